//! A file of its own, outside a run folder: it appears whole or not at all.
//!
//! It is written beside the place where it will stand and renamed into it when all is on the disk. A process that is
//! killed leaves that other file, hidden by a dot before its name.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::OutputError;
use crate::text::Text;

/// A file while it is being written. Dropped before [`SingleFile::finish`], it leaves nothing.
#[derive(Debug)]
pub struct SingleFile {
    /// `None` once it is in its place.
    file: Option<BufWriter<File>>,
    partial: PathBuf,
    goal: PathBuf,
}

impl SingleFile {
    /// Begins a file that will stand at `goal` and take the place of a file there, unless that is one of `inputs`.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn begin<'a>(goal: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<Self, OutputError> {
        let refuse = |why| Err(OutputError::refused(goal, io::ErrorKind::AlreadyExists, why));
        let Some(name) = goal.file_name().filter(|_| !goal.is_dir()) else {
            return refuse(Text::new("ファイルではなくフォルダーです", "it is a folder, not a file"));
        };
        let there = goal.canonicalize().ok();
        if there.is_some_and(|there| inputs.into_iter().any(|input| input.canonicalize().is_ok_and(|it| it == there))) {
            return refuse(Text::new("入力のファイルです", "it is an input"));
        }
        let partial = goal.with_file_name(format!(".{}.partial-{}", name.to_string_lossy(), std::process::id()));
        let file = File::create(&partial).map_err(OutputError::at(goal))?;
        Ok(Self { file: Some(BufWriter::new(file)), partial, goal: goal.to_owned() })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        let written = self.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes));
        written.map_err(OutputError::at(&self.goal))
    }

    /// Puts the file into its place.
    ///
    /// # Errors
    /// Where the rest cannot be written or the file not be renamed.
    pub fn finish(mut self) -> Result<(), OutputError> {
        let at = OutputError::at(&self.goal);
        let Some(file) = self.file.take() else { return Ok(()) };
        let placed = file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.partial, &self.goal));
        if placed.is_err() {
            // Nothing more can be done where this fails; the name says what the file is.
            let _ = fs::remove_file(&self.partial);
        }
        placed.map_err(at)
    }
}

impl Drop for SingleFile {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.partial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_appears_whole_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("a.csv");
        let mut file = SingleFile::begin(&goal, []).unwrap();
        file.write(b"1").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
        let mut file = SingleFile::begin(&goal, []).unwrap();
        file.write(b"12").unwrap();
        assert!(!goal.exists());
        file.finish().unwrap();
        assert_eq!(fs::read(&goal).unwrap(), b"12");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn folders_and_inputs_are_not_written_over() {
        let place = tempfile::tempdir().unwrap();
        let input = place.path().join("parcels.csv");
        fs::write(&input, "mine").unwrap();
        let other_way = place.path().join(".").join("parcels.csv");
        assert!(SingleFile::begin(&other_way, [input.as_path()]).unwrap_err().to_string().contains("it is an input"));
        assert!(SingleFile::begin(place.path(), []).unwrap_err().to_string().contains("it is a folder"));
        assert_eq!(fs::read(&input).unwrap(), b"mine");
    }
}
