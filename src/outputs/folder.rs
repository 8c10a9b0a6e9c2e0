//! The run folder: its files appear whole or not at all.
//!
//! Everything is written into a folder beside it. When all is written and on the disk, the files are renamed into
//! place, `run.json` last: a folder with a `run.json` holds the whole of one run.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file that stands for a finished run.
const SEAL: &str = "run.json";

/// An output that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot be written ({source})", path.display())]
pub struct OutputError {
    path: PathBuf,
    source: io::Error,
}

impl OutputError {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self { path: path.to_owned(), source }
    }

    /// What the reader can do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self.source.kind() {
            io::ErrorKind::StorageFull => "free some space on the disk; nothing was left half-written".to_owned(),
            io::ErrorKind::PermissionDenied => "choose another folder with --out".to_owned(),
            _ => "check the folder that --out names; nothing was left half-written".to_owned(),
        }
    }
}

/// A run folder while it is being written. Dropped before [`Folder::finish`], it leaves nothing.
#[derive(Debug)]
pub struct Folder {
    goal: PathBuf,
    partial: PathBuf,
    files: Vec<String>,
}

impl Folder {
    /// Begins a run folder at `goal`, which need not exist.
    ///
    /// # Errors
    /// Where a folder cannot be made beside it.
    pub fn begin(goal: &Path) -> Result<Self, OutputError> {
        let name = goal.file_name().unwrap_or_default().to_string_lossy();
        let parent = goal.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if goal.exists() && !goal.is_dir() {
            let error = io::Error::new(io::ErrorKind::NotADirectory, "a file of that name is in the way");
            return Err(OutputError::at(goal)(error));
        }
        let partial = parent.join(format!(".{name}.partial-{}", std::process::id()));
        fs::create_dir_all(&partial).map_err(OutputError::at(&partial))?;
        Ok(Self { goal: goal.to_owned(), partial, files: Vec::new() })
    }

    /// Begins a file of the run. Write through the handle, then go on.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn create(&mut self, name: &str) -> Result<OutputFile, OutputError> {
        let path = self.partial.join(name);
        let file = File::create(&path).map_err(OutputError::at(&path))?;
        self.files.push(name.to_owned());
        Ok(OutputFile { file, path })
    }

    /// Writes a whole file of the run.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let mut file = self.create(name)?;
        file.write(bytes)?;
        file.finish()
    }

    /// The names of the files so far.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Puts everything into place and returns the paths.
    ///
    /// # Errors
    /// Where the folder cannot be made or a file cannot be renamed.
    pub fn finish(mut self) -> Result<Vec<PathBuf>, OutputError> {
        fs::create_dir_all(&self.goal).map_err(OutputError::at(&self.goal))?;
        let seal = self.goal.join(SEAL);
        match fs::remove_file(&seal) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(OutputError::at(&seal)(error)),
            _ => {}
        }
        let mut files = std::mem::take(&mut self.files);
        files.sort_by_key(|name| name == SEAL);
        let mut placed = Vec::new();
        for name in files {
            let to = self.goal.join(&name);
            fs::rename(self.partial.join(&name), &to).map_err(OutputError::at(&to))?;
            placed.push(to);
        }
        // A rename is on the disk when its folder is; not every system lets a folder be opened for that.
        if let Ok(folder) = File::open(&self.goal) {
            let _ = folder.sync_all();
        }
        Ok(placed)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing more can be done where this fails; the name says what the folder is.
        let _ = fs::remove_dir_all(&self.partial);
    }
}

/// A file of a run while it is being written.
#[derive(Debug)]
pub struct OutputFile {
    file: File,
    path: PathBuf,
}

impl OutputFile {
    /// Adds bytes; callers give large pieces.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        self.file.write_all(bytes).map_err(OutputError::at(&self.path))
    }

    /// Makes sure that the file is on the disk.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn finish(self) -> Result<(), OutputError> {
        self.file.sync_all().map_err(OutputError::at(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_run_that_fails_leaves_nothing_and_the_last_one_untouched() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        let mut first = Folder::begin(&goal).unwrap();
        first.write("run.json", b"1").unwrap();
        first.finish().unwrap();
        let mut second = Folder::begin(&goal).unwrap();
        second.write("run.json", b"2").unwrap();
        drop(second);
        assert_eq!(fs::read(goal.join("run.json")).unwrap(), b"1");
        assert_eq!(names(place.path()), ["out"]);
    }

    #[test]
    fn a_file_where_the_folder_should_be_is_said() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("out");
        fs::write(&goal, "x").unwrap();
        assert!(Folder::begin(&goal).unwrap_err().to_string().contains("in the way"));
    }
}
