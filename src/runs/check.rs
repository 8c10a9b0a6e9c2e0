//! Are the files of a run those that its record tells of, and all of one run?
//!
//! Their lengths are compared before they are read, their fingerprints when they have been, and at the end the record once
//! more: so neither a file that somebody edited nor a folder that was replaced meanwhile is taken for what it is not.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{OutputRecord, RunFolder, RunFolderError};
use crate::inputs::{InputError, SourceFile};
use crate::outputs::names::{PROJECT, RUN};
use crate::text::hex;

impl RunFolder {
    /// Refuses a file that is not as long as the record says. What the record does not tell of, and what older
    /// runs do not tell, is not compared.
    pub(super) fn check_length(&self, path: &Path) -> Result<(), RunFolderError> {
        let Some(told) = self.told_of(path) else { return Ok(()) };
        match fs::metadata(path) {
            Ok(about) if about.len() != told.bytes => Err(self.altered(path)),
            Err(source) => Err(self.replaced_or(InputError::Io { path: path.to_owned(), source }.into())),
            Ok(_) => Ok(()),
        }
    }

    /// Whether every file that the record tells of is there, and as long as it says. What is in them is not looked at; and a project
    /// for QGIS may be saved anew by whoever works with it.
    #[must_use]
    pub fn is_as_written(&self) -> bool {
        let has_length = |told: &OutputRecord| {
            fs::metadata(self.folder.join(&told.file)).is_ok_and(|about| about.len() == told.bytes)
        };
        self.record.files.iter().all(|name| self.folder.join(name).is_file())
            && self.record.outputs.iter().filter(|told| told.file != PROJECT).all(has_length)
    }

    /// Refuses a file that was read, where it is not the one that the record tells of.
    pub(crate) fn check_read(&self, path: &Path, sha256: &str) -> Result<(), RunFolderError> {
        match self.told_of(path) {
            Some(told) if told.sha256 != sha256 => Err(self.altered(path)),
            _ => Ok(()),
        }
    }

    /// The same of files that a reader has opened.
    pub(crate) fn check_sources(&self, files: &[SourceFile]) -> Result<(), RunFolderError> {
        files.iter().try_for_each(|file| self.check_read(&file.path, file.sha256.hex()))
    }

    /// Refuses to have read a run that was replaced by another meanwhile.
    pub(crate) fn check_unchanged(&self) -> Result<(), RunFolderError> {
        let is_same = fs::read(self.folder.join(RUN)).is_ok_and(|bytes| bytes == self.told);
        if is_same { Ok(()) } else { Err(RunFolderError::Replaced { folder: self.folder.clone() }) }
    }

    fn told_of(&self, path: &Path) -> Option<&OutputRecord> {
        let name = path.file_name()?.to_str()?;
        self.record.outputs.iter().find(|output| output.file == name)
    }

    /// What is wrong where a file is not the one that the record tells of.
    pub(super) fn altered(&self, path: &Path) -> RunFolderError {
        self.replaced_or(RunFolderError::Altered { path: path.to_owned() })
    }

    /// What is wrong, unless the reason is that there is another run now.
    fn replaced_or(&self, error: RunFolderError) -> RunFolderError {
        self.check_unchanged().err().unwrap_or(error)
    }
}

/// The SHA-256 of some bytes, 64 hex digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Reads on, and works out the fingerprint of what was read.
pub(crate) struct HashedReader<R> {
    inner: R,
    digest: Sha256,
}

impl<R> HashedReader<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, digest: Sha256::new() }
    }

    /// The fingerprint of all that was read.
    pub(crate) fn sha256(self) -> String {
        hex(&self.digest.finalize())
    }
}

impl<R: Read> Read for HashedReader<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.digest.update(&bytes[..read]);
        Ok(read)
    }
}
