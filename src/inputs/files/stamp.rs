//! Is a file still the one that was opened? What is measured is what `run.json` tells of only as long as nobody writes to it.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What tells a file of the disk from what it was before or becomes later.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    path: PathBuf,
    bytes: u64,
    modified: Option<SystemTime>,
    /// The file itself, and when anything about it was last changed, which no program can set back.
    itself: [i64; 4],
}

impl Stamp {
    pub(super) fn new(path: &Path, about: &Metadata) -> Self {
        Self { path: path.to_owned(), bytes: about.len(), modified: about.modified().ok(), itself: itself(about) }
    }

    /// The path of a file that is another one by now, was written to, or is gone.
    pub(super) fn changed(&self) -> Option<&Path> {
        let now = std::fs::metadata(&self.path).ok().map(|about| Self::new(&self.path, &about));
        (now.as_ref() != Some(self)).then_some(&self.path)
    }
}

#[cfg(unix)]
fn itself(about: &Metadata) -> [i64; 4] {
    use std::os::unix::fs::MetadataExt as _;
    [about.dev().cast_signed(), about.ino().cast_signed(), about.ctime(), about.ctime_nsec()]
}

#[cfg(not(unix))]
fn itself(_: &Metadata) -> [i64; 4] {
    [0; 4]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_written_to_replaced_or_taken_away_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let stamp = || Stamp::new(&path, &std::fs::metadata(&path).unwrap());
        std::fs::write(&path, "abc").unwrap();
        let before = stamp();
        assert_eq!(before.changed(), None);
        std::fs::write(folder.path().join("b.csv"), "abc").unwrap();
        std::fs::rename(folder.path().join("b.csv"), &path).unwrap();
        assert_eq!(before.changed(), Some(path.as_path()));
        let before = stamp();
        std::fs::write(&path, "abcd").unwrap();
        assert!(before.changed().is_some());
        let before = stamp();
        std::fs::remove_file(&path).unwrap();
        assert!(before.changed().is_some());
    }
}
