//! Which kind of table does somebody wish for? What the name of its file ends with says.

use std::path::{Path, PathBuf};

use super::Failure;
use super::reader::{lang, say};
use crate::diagnostics::Diagnostic;
use crate::outputs::workbook::NO_WORKBOOK;
use crate::text::Text;

/// What a file of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableFormat {
    Csv,
    Workbook,
}

impl TableFormat {
    /// By what a name ends with.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Workbook),
            _ => None,
        }
    }
}

/// A file of one of the formats that this build can write.
pub(super) fn table_file(given: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(given);
    match TableFormat::of(&path) {
        Some(TableFormat::Workbook) if cfg!(not(feature = "xlsx")) => Err(NO_WORKBOOK.get(lang()).to_owned()),
        Some(_) => Ok(path),
        None => Err(say(
            "名前が .csv か .xlsx で終わるファイルを指定してください。",
            "name a file that ends in .csv or .xlsx",
        )
        .to_owned()),
    }
}

/// A workbook that cannot be.
pub(super) fn no_workbook(reason: Text, goal: &Path) -> Failure {
    Diagnostic::error("workbook-not-possible", reason).at(goal.display()).into()
}
