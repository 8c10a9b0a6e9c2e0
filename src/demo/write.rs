//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::DemoError;

/// The folder of the city, and what was written there so far.
pub(super) struct Folder {
    path: PathBuf,
    files: Vec<PathBuf>,
}

impl Folder {
    pub(super) fn create(path: &Path) -> Result<Self, DemoError> {
        fs::create_dir_all(path).map_err(|source| DemoError::Write { path: path.to_path_buf(), source })?;
        Ok(Self { path: path.to_path_buf(), files: Vec::new() })
    }

    /// Opens a file under a passing name; it gets its own with [`Folder::keep`].
    pub(super) fn open(&self, name: &str) -> Result<NewFile, DemoError> {
        let path = self.path.join(name);
        let passing = self.path.join(format!(".{name}.part"));
        match File::create(&passing) {
            Ok(file) => Ok(NewFile { path, passing, out: BufWriter::with_capacity(1 << 18, file) }),
            Err(source) => Err(DemoError::Write { path, source }),
        }
    }

    /// Gives a finished file its name.
    pub(super) fn keep(&mut self, file: NewFile) -> Result<PathBuf, DemoError> {
        let NewFile { path, passing, mut out } = file;
        let named = out.flush().and_then(|()| fs::rename(&passing, &path));
        match named {
            Ok(()) => {
                self.files.push(path.clone());
                Ok(path)
            }
            Err(source) => Err(DemoError::Write { path, source }),
        }
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

/// A file that does not have its name yet.
pub(super) struct NewFile {
    path: PathBuf,
    passing: PathBuf,
    out: BufWriter<File>,
}

impl NewFile {
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), DemoError> {
        self.out.write_all(bytes).map_err(|source| DemoError::Write { path: self.path.clone(), source })
    }
}
