//! Why two runs cannot be compared.

use std::path::PathBuf;

use crate::diagnostics::{Diagnose, Diagnostic};
use crate::runs::RunFolderError;
use crate::text::Text;

/// Why two runs cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// Two runs without a parcel in common.
    NothingInCommon {
        /// The run folders.
        folders: [PathBuf; 2],
        /// The first id of each.
        ids: [String; 2],
    },
    /// A run that cannot be read.
    Run(#[from] RunFolderError),
}

impl Diagnose for DiffError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::NothingInCommon { folders: [before, after], ids: [old, new] } => {
                let (before, after) = (before.display(), after.display());
                vec![
                    Diagnostic::error(
                        "runs-have-nothing-in-common",
                        text!(
                            "{before} と {after} には、共通の筆がありません。kyoten_id は、一方では「{old}」、他方では「{new}」のように書かれています。",
                            "{before} and {after}: no parcel of the one is in the other: a kyoten_id of the first is “{old}”, of the second “{new}”"
                        ),
                    )
                    .help(Text::new(
                        "同じ市の2つの実行結果を比べてください。筆は kyoten_id で突き合わせるので、レイヤー parcels の `id` を両方のプロジェクトで同じにします。",
                        "compare two runs of one city; parcels are matched by kyoten_id, so the `id` of the layer `parcels` must be the same in both projects",
                    )),
                ]
            }
            Self::Run(error) => error.diagnostics(),
        }
    }
}

display_diagnosed!(DiffError);
