//! Folders that are made on the way to a file, and go again where the file is not finished.

use std::io;
use std::path::{Path, PathBuf};

use super::change;
use super::unfinished::{Leftover, Unfinished};

/// Folders that were made for a file. Dropped before [`MadeFolders::keep`], those go again that were not there before.
#[derive(Debug)]
pub struct MadeFolders {
    /// The innermost first.
    made: Vec<PathBuf>,
    _unfinished: Unfinished,
}

impl MadeFolders {
    /// Makes a folder and those that lead to it, where they are not there.
    ///
    /// # Errors
    /// What the system says.
    pub fn make(folder: &Path) -> io::Result<Self> {
        let is_named = |folder: &&Path| !folder.as_os_str().is_empty();
        let missing = folder.ancestors().filter(is_named).take_while(|folder| !folder.exists());
        let made: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        // Known from now on, so that also a half of them goes.
        let unfinished = Unfinished::new(vec![Leftover::Made(made.clone())]);
        let folders = Self { made, _unfinished: unfinished };
        change::make_folders(folder)?;
        Ok(folders)
    }

    /// They stay.
    pub fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.made.drain(..) {
            // One in which somebody else has put something stays.
            let _ = change::remove_folder(&folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn folders_go_again_where_nothing_is_kept_in_them() {
        let place = tempfile::tempdir().unwrap();
        let goal = place.path().join("a/b");
        drop(MadeFolders::make(&goal).unwrap());
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
        MadeFolders::make(&goal).unwrap().keep();
        assert!(goal.is_dir());
        let deeper = MadeFolders::make(&goal.join("c/d")).unwrap();
        fs::write(goal.join("c/mine"), "").unwrap();
        drop(deeper);
        assert!(goal.join("c/mine").is_file() && !goal.join("c/d").exists());
        drop(MadeFolders::make(&goal).unwrap());
        assert!(goal.is_dir(), "it was there before");
    }
}
