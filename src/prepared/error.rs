//! Why is a file not the study that is asked for?

use std::io;
use std::path::{Path, PathBuf};

use super::container::FORMAT;
use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::disk::OutputError;
use crate::text::Text;

/// Why a prepared study cannot be used, or not be written.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// The file cannot be read.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is another kind of file.
    Unknown {
        /// The file.
        path: PathBuf,
    },
    /// It is not whole, or not as it was written.
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// It is in a format of another version of kyoten.
    Format {
        /// The file.
        path: PathBuf,
        /// The number of its format.
        found: u64,
    },
    /// It was written by another version of kyoten, which may come to something else.
    Program {
        /// The file.
        path: PathBuf,
        /// That version.
        found: String,
        /// This one.
        known: String,
    },
    /// It was made of something else than what is asked for.
    Stale {
        /// The file.
        path: PathBuf,
        /// In what it differs.
        differences: Vec<Text>,
    },
    /// It holds what a run's parcels are judged by, and not what is asked for beside.
    NotWith {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be written.
    Output(#[from] OutputError),
}

impl StudyError {
    pub(super) fn damaged(path: &Path) -> Self {
        Self::Damaged { path: path.to_owned() }
    }
}

/// What to do where the study cannot be used.
const PREPARE_ANEW: Text = Text::new(
    "`kyoten prepare` で作り直すか、`--study` を付けずに実行してください。",
    "make it anew with `kyoten prepare`, or run without `--study`",
);

impl Diagnose for StudyError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let (path, error, help) = match self {
            Self::Output(error) => return error.diagnostics(),
            Self::Io { path, source } => {
                let reason = refusal(source);
                let message = text!("読めません（{reason}）。", "cannot be read ({reason})", reason = reason);
                let help = Text::new(
                    "`kyoten prepare` で書いたファイルを指定してください。",
                    "give the path of a file that `kyoten prepare` wrote",
                );
                (path, Diagnostic::error("study-not-read", message), help)
            }
            Self::Unknown { path } => {
                let message = Text::new(
                    "準備済みの検討のファイル（.kyoten）ではありません。",
                    "is not a prepared study (.kyoten)",
                );
                let help = Text::new(
                    "`kyoten prepare` で書いたファイルを指定してください。",
                    "give the path of a file that `kyoten prepare` wrote",
                );
                (path, Diagnostic::error("study-unknown", message), help)
            }
            Self::Damaged { path } => {
                let message = Text::new(
                    "準備済みの検討のファイルが壊れているか、途中で切れています。",
                    "is a prepared study that is damaged or cut short",
                );
                (path, Diagnostic::error("study-damaged", message), PREPARE_ANEW)
            }
            Self::Format { path, found } => {
                let message = text!(
                    "準備済みの検討の形式が違います（ファイルは{found}、このkyotenは{FORMAT}）。",
                    "is a prepared study in format {found}; this kyoten reads format {FORMAT}"
                );
                (path, Diagnostic::error("study-format", message), PREPARE_ANEW)
            }
            Self::Program { path, found, known } => {
                let message = text!(
                    "別のバージョンのkyotenで準備したものです（ファイルは{found}、このkyotenは{known}）。",
                    "was prepared by kyoten {found}; this is kyoten {known}"
                );
                (path, Diagnostic::error("study-program", message), PREPARE_ANEW)
            }
            Self::Stale { path, differences } => {
                let message = text!(
                    "今のプロジェクトから準備したものではありません。違うのは、{differences}です。",
                    "was not prepared from this project as it is now; what differs: {differences}",
                    differences = Text::list(differences)
                );
                (path, Diagnostic::error("study-stale", message), PREPARE_ANEW)
            }
            Self::NotWith { path } => {
                let message = Text::new(
                    "準備済みの検討では、ほかの数え方や基準値での結果は出せません。レイヤーを読む必要があります。",
                    "holds nothing of other ways of counting or other thresholds, for which the layers are needed",
                );
                let help = Text::new(
                    "`--sweep` と `--peak-variants` は、`--study` を付けずに使ってください。",
                    "use `--sweep` and `--peak-variants` without `--study`",
                );
                (path, Diagnostic::error("study-not-with", message), help)
            }
        };
        vec![error.at(path.display()).help(help)]
    }
}

display_diagnosed!(StudyError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::checks;

    #[test]
    fn every_refusal_says_in_both_languages_what_differs() {
        let path = || PathBuf::from("city.kyoten");
        let errors = [
            StudyError::Io { path: path(), source: io::ErrorKind::NotFound.into() },
            StudyError::Unknown { path: path() },
            StudyError::Damaged { path: path() },
            StudyError::Format { path: path(), found: 7 },
            StudyError::Program { path: path(), found: "0.0.9".to_owned(), known: "0.1.0".to_owned() },
            StudyError::Stale {
                path: path(),
                differences: vec![Text::new("筆のある範囲", "the box around the parcels")],
            },
            StudyError::NotWith { path: path() },
            StudyError::Output(OutputError::at(&path())(io::ErrorKind::StorageFull.into())),
        ];
        let numbered = errors.iter().enumerate();
        let said: Vec<_> =
            numbered.flat_map(|(kind, error)| error.diagnostics().into_iter().map(move |one| (kind, one))).collect();
        checks::of_every_variant(errors.len(), &said);
    }
}
