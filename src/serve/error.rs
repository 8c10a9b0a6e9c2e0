//! Why a run cannot be shown.

use std::io;
use std::path::PathBuf;

use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::outputs::names::{MAP, RUN};
use crate::runs::RunFolderError;
use crate::text::Text;

/// Why a run cannot be shown.
#[derive(Debug, thiserror::Error)]
pub struct ServeError {
    /// The run folder.
    pub(super) folder: PathBuf,
    #[source]
    pub(super) fault: ServeFault,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum ServeFault {
    /// A run that was broken off while it was put into place, and cannot be.
    Unsettled(Box<RunFolderError>),
    Folder(io::Error),
    Record(io::Error),
    NoMap,
    Map(io::Error),
}

impl Diagnose for ServeFault {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![match self {
            Self::Unsettled(error) => return error.diagnostics(),
            Self::Folder(error) => Diagnostic::error(
                "run-not-opened",
                text!("開けません（{reason}）。", "cannot be opened ({reason})", reason = refusal(error)),
            )
            .help(Text::new("パスを確かめてください。", "check the path")),
            Self::Record(error) => Diagnostic::error(
                "run-record-unreadable",
                text!(
                    "{RUN} を読めません（{reason}）。",
                    "its {RUN} cannot be read ({reason})",
                    reason = refusal(error)
                ),
            )
            .help(Text::new(
                "`kyoten run` が書いたフォルダーを指定するか、もう一度実行してください。",
                "give the folder that `kyoten run` wrote, or do the run anew",
            )),
            Self::NoMap => Diagnostic::error(
                "run-without-map",
                Text::new("この実行結果には地図がありません。", "this run has no map"),
            )
            .help(Text::new("--no-map を付けずに、もう一度実行してください。", "run again without --no-map")),
            Self::Map(error) => Diagnostic::error(
                "map-unreadable",
                text!(
                    "{MAP} を読めません（{reason}）。",
                    "its {MAP} cannot be read ({reason})",
                    reason = refusal(error)
                ),
            )
            .help(Text::new("もう一度実行すれば、作り直されます。", "run again to have it back")),
        }]
    }
}

impl Diagnose for ServeError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        self.fault.diagnostics().into_iter().map(|one| one.at(self.folder.display())).collect()
    }
}

display_diagnosed!(ServeFault, ServeError);
