//! Which files did the run in a folder write, and what are they? What can be said of a run whichever version of kyoten it is of.

use std::io::{self, Read as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ToolRecord;
use crate::disk::{self, OutputError, Written, open_regular};
use crate::outputs::names::RUN;

/// A file that a run wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputRecord {
    /// Its name.
    pub file: String,
    /// How long it is.
    pub bytes: u64,
    /// Its fingerprint.
    pub sha256: String,
}

impl OutputRecord {
    /// What was written under a name.
    #[must_use]
    pub fn new(file: &str, written: &Written) -> Self {
        Self { file: file.to_owned(), bytes: written.bytes, sha256: written.sha256.clone() }
    }
}

/// What the run in a folder says of its files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ListedFiles {
    /// The names of the files that it wrote.
    pub files: Vec<String>,
    /// What these are; older runs do not say.
    #[serde(default)]
    pub outputs: Vec<OutputRecord>,
}

/// The files that the run in a folder wrote, whichever version of kyoten it was.
///
/// # Errors
/// Where there is no such run.
pub fn listed_files(folder: &Path) -> io::Result<ListedFiles> {
    Ok(serde_json::from_slice(&record(folder)?)?)
}

/// The bytes of `run.json`.
fn record(folder: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(&folder.join(RUN))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The names of the files in a folder that kyoten wrote there, whichever version it was; `None` where there is no run.
pub(super) fn own_files(folder: &Path) -> Option<Vec<String>> {
    #[derive(Deserialize)]
    struct Own {
        tool: ToolRecord,
        files: Vec<String>,
    }
    let Own { tool, mut files } = serde_json::from_slice(&record(folder).ok()?).ok()?;
    files.retain(|name| Path::new(name).file_name().is_some_and(|last| last == name.as_str()));
    (tool.name == env!("CARGO_PKG_NAME")).then_some(files)
}

/// Puts the rest of a run into place that was broken off while it was. Whoever reads a run folder asks for that first.
///
/// # Errors
/// Where it cannot be put into place.
pub fn settle(folder: &Path) -> Result<(), OutputError> {
    disk::settle(folder, own_files)
}
