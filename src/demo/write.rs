//! Files that appear whole or not at all.

use std::path::{Path, PathBuf};

use super::DemoError;
use crate::disk::{SingleFile, make_folders};

/// The folder of the city, and what was written there so far.
pub(super) struct Folder {
    path: PathBuf,
    files: Vec<PathBuf>,
}

impl Folder {
    pub(super) fn create(path: &Path) -> Result<Self, DemoError> {
        make_folders(path).map_err(|source| DemoError::Write { path: path.to_path_buf(), source })?;
        Ok(Self { path: path.to_path_buf(), files: Vec::new() })
    }

    /// Begins a file; it stands in its place with [`Folder::keep`].
    pub(super) fn open(&self, name: &str) -> Result<NewFile, DemoError> {
        let path = self.path.join(name);
        let file = SingleFile::begin(&path, [])?;
        Ok(NewFile { path, file })
    }

    /// Puts a finished file into its place.
    pub(super) fn keep(&mut self, file: NewFile) -> Result<PathBuf, DemoError> {
        let NewFile { path, file } = file;
        file.finish()?;
        self.files.push(path.clone());
        Ok(path)
    }

    /// Writes a file that is held in memory.
    pub(super) fn write(&mut self, name: &str, bytes: &[u8]) -> Result<PathBuf, DemoError> {
        let mut file = self.open(name)?;
        file.write(bytes)?;
        self.keep(file)
    }

    pub(super) fn into_files(self) -> Vec<PathBuf> {
        self.files
    }
}

/// A file that does not stand in its place yet.
pub(super) struct NewFile {
    path: PathBuf,
    file: SingleFile,
}

impl NewFile {
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), DemoError> {
        Ok(self.file.write(bytes)?)
    }
}
