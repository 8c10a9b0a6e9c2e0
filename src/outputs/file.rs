//! A file while it is being written, and what keeps it from being.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::text::Text;

/// An output that could not be written.
#[derive(Debug, thiserror::Error)]
pub struct OutputError {
    path: PathBuf,
    source: io::Error,
    /// Why, where kyoten refuses and not the system.
    why: Option<Text>,
}

impl OutputError {
    /// The error of a file.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self { path: path.to_owned(), source, why: None }
    }

    /// The error of a file that is not written, whatever the system says.
    #[must_use]
    pub fn refused(path: &Path, kind: io::ErrorKind, why: Text) -> Self {
        let source = io::Error::new(kind, why.en.to_string());
        Self { path: path.to_owned(), source, why: Some(why) }
    }
}

impl Diagnose for OutputError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let help = match self.source.kind() {
            io::ErrorKind::StorageFull => Text::new(
                "ディスクの空きを増やしてから、もう一度実行してください。書きかけのファイルは残っていません。",
                "free some space on the disk; nothing was left half-written",
            ),
            io::ErrorKind::PermissionDenied | io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                Text::new("--out で別のフォルダーを指定してください。", "choose another folder with --out")
            }
            io::ErrorKind::Unsupported => {
                Text::new("--format からその形式を外してください。", "leave that format out of --format")
            }
            _ => Text::new(
                "--out のフォルダーを確かめてください。書きかけのファイルは残っていません。",
                "check the folder that --out names; nothing was left half-written",
            ),
        };
        let reason = self.why.clone().unwrap_or_else(|| refusal(&self.source));
        let message = text!("書き込めません（{reason}）。", "cannot be written ({reason})", reason = reason);
        vec![Diagnostic::error("output-not-written", message).at(self.path.display()).help(help)]
    }
}

display_diagnosed!(OutputError);

/// A file of a run while it is being written.
#[derive(Debug)]
pub struct OutputFile {
    file: File,
    /// Where it stands while it is being written, for libraries that write files themselves.
    #[cfg(any(feature = "geoparquet", feature = "geopackage"))]
    partial: PathBuf,
    /// Where it will stand.
    path: PathBuf,
}

impl OutputFile {
    /// Makes the file `partial`, which will stand at `path`. Messages name the latter.
    ///
    /// # Errors
    /// Where it cannot be made.
    #[cfg_attr(
        not(any(feature = "geoparquet", feature = "geopackage")),
        expect(clippy::needless_pass_by_value, reason = "kept for libraries that write files themselves")
    )]
    pub fn create(partial: PathBuf, path: PathBuf) -> Result<Self, OutputError> {
        let file = File::create(&partial).map_err(OutputError::at(&path))?;
        Ok(Self {
            file,
            #[cfg(any(feature = "geoparquet", feature = "geopackage"))]
            partial,
            path,
        })
    }

    /// Adds bytes; callers give large pieces.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        self.file.write_all(bytes).map_err(OutputError::at(&self.path))
    }

    /// Refuses more columns than a file of its format can have.
    ///
    /// # Errors
    /// Where there are more.
    pub(super) fn hold_columns(&self, columns: usize, most: usize) -> Result<(), OutputError> {
        if columns <= most {
            return Ok(());
        }
        Err(self.unsupported(text!(
            "筆の属性は{columns}列になり、この形式のファイルには{most}列しか入りません",
            "the parcels have properties for {columns} columns, and such a file holds {most}"
        )))
    }

    /// The error of a file that cannot be of its format.
    pub(super) fn unsupported(&self, why: Text) -> OutputError {
        OutputError::refused(&self.path, io::ErrorKind::Unsupported, why)
    }

    /// Writes the first bytes anew, as many as were written there before; no more can be added then.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub(super) fn write_first(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        let written = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.write_all(bytes));
        written.map_err(OutputError::at(&self.path))
    }

    /// Makes sure that the file is on the disk.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn finish(self) -> Result<(), OutputError> {
        self.file.sync_all().map_err(OutputError::at(&self.path))
    }
}

/// For libraries that write files themselves.
#[cfg(any(feature = "geoparquet", feature = "geopackage"))]
impl OutputFile {
    /// Where the file stands while it is being written.
    pub(super) fn partial(&self) -> &Path {
        &self.partial
    }

    /// The error of a file that could not be written.
    pub(super) fn failed(&self, source: io::Error) -> OutputError {
        OutputError::at(&self.path)(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::checks;

    #[test]
    fn what_is_refused_is_told_with_the_reason_in_both_languages() {
        let path = Path::new("parcels.fgb");
        let why = Text::new("入力のファイルです", "it is an input");
        let refused = OutputError::refused(path, io::ErrorKind::AlreadyExists, why);
        assert_eq!(refused.to_string(), "parcels.fgb: cannot be written (it is an input)");
        assert_eq!(refused.diagnostics()[0].message.ja, "書き込めません（入力のファイルです）。");
        let kinds = [
            io::ErrorKind::StorageFull,
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::Unsupported,
            io::ErrorKind::Other,
        ];
        let errors = kinds.map(|kind| OutputError::at(path)(kind.into()));
        let said = errors.iter().chain([&refused]).flat_map(OutputError::diagnostics);
        checks::of_every_variant(1, &said.map(|one| (0, one)).collect::<Vec<_>>());
    }
}
