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
    /// Two runs by rule sets without a zone in common.
    NoZoneInCommon {
        /// The run folders.
        folders: [PathBuf; 2],
        /// The rule set of each.
        sets: [String; 2],
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
            Self::NoZoneInCommon { folders: [before, after], sets: [old, new] } => {
                let (before, after) = (before.display(), after.display());
                let message = text!(
                    "{before} と {after} のルール（「{old}」と「{new}」）には、共通の区域がありません。",
                    "{before} and {after}: their rules, “{old}” and “{new}”, have no zone in common"
                );
                vec![Diagnostic::error("rules-have-nothing-in-common", message).help(Text::new(
                    "同じルールの2つの実行結果、または同じIDの区域を持つルールの結果を比べてください。",
                    "compare two runs by one rule set, or by rule sets whose zones have the same ids",
                ))]
            }
            Self::Run(error) => error.diagnostics(),
        }
    }
}

display_diagnosed!(DiffError);
