//! Who may write? Whoever holds the lock of the goal. The system lets go of it when the process ends, however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::change;
use crate::text::Text;

/// How often a lock file is opened anew that another process took away meanwhile.
const TRIES: u32 = 100;

/// A locked file, which goes when it is let go of.
#[derive(Debug)]
pub(super) struct Lock {
    /// `None` once it is let go of.
    file: Option<File>,
    path: PathBuf,
    /// Whether the file stays: it tells what its folder is, and goes with that.
    is_mark: bool,
}

/// Why there is no lock.
#[derive(Debug)]
pub(super) enum NoLock {
    /// Another process has it.
    Taken,
    /// The file cannot be made.
    Refused(io::Error),
    /// The disk does not know locks.
    Unknown(io::Error),
}

impl NoLock {
    /// Why, in words, where it is not for the system to say.
    pub(super) fn why(self) -> (io::Error, Option<Text>) {
        match self {
            Self::Taken => {
                let why = Text::new("ほかの実行が、いまここに書き込んでいます", "another run is writing there");
                (io::Error::new(io::ErrorKind::ResourceBusy, why.en.to_string()), Some(why))
            }
            Self::Refused(error) => (error, None),
            Self::Unknown(error) => {
                let why = text!(
                    "このディスクではファイルをロックできず、ほかの実行と重ならないことを確かめられません",
                    "it cannot be locked, so nothing keeps another run from writing there: {error}"
                );
                (io::Error::new(error.kind(), why.en.to_string()), Some(why))
            }
        }
    }
}

impl Lock {
    /// Takes the lock of a file, which is made where it is not there.
    pub(super) fn take(path: PathBuf) -> Result<Self, NoLock> {
        for _ in 0..TRIES {
            let file = change::open_lock(&path).map_err(NoLock::Refused)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(NoLock::Taken),
                Err(TryLockError::Error(error)) => return Err(NoLock::Unknown(error)),
            }
            // The last holder takes the file away before it lets go: then this is the lock of nothing.
            if is_at(&file, &path) {
                return Ok(Self { file: Some(file), path, is_mark: false });
            }
        }
        Err(NoLock::Taken)
    }

    /// The same, of an unfinished folder: the file stays as long as the folder does.
    pub(super) fn mark(path: PathBuf) -> Result<Self, NoLock> {
        let mut lock = Self::take(path)?;
        lock.is_mark = true;
        Ok(lock)
    }

    /// The folder of one lock was exchanged for that of another.
    pub(super) fn exchange(one: &mut Self, other: &mut Self) {
        std::mem::swap(&mut one.file, &mut other.file);
    }

    /// Lets go of the file, which stays where it is.
    pub(super) fn let_go(&mut self) {
        self.file = None;
    }

    /// The lock is now the file of another name, since its folder got one.
    pub(super) fn moved(&mut self, path: PathBuf) {
        self.path = path;
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let Some(file) = self.file.take().filter(|_| !self.is_mark) else { return };
        // Removed while it is held, so that nobody takes a file that is about to go. Left where that fails: an unlocked
        // file is in nobody's way.
        if cfg!(unix) && is_at(&file, &self.path) {
            let _ = change::remove(&self.path);
        }
        drop(file);
        if cfg!(not(unix)) {
            let _ = change::remove(&self.path);
        }
    }
}

/// Whether an open file is the one of that name.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let (Ok(held), Ok(named)) = (file.metadata(), path.symlink_metadata()) else { return false };
        (held.dev(), held.ino()) == (named.dev(), named.ino())
    }
    // A file that is open cannot be taken away there.
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

/// Whether nobody holds a file locked: what a process left that is no more.
pub(super) fn is_left(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}
