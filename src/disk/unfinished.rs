//! What of this process is not finished, so that it can be cleared when the process is told to end.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{LOCK, change, is_unsettled, leftovers};

/// Something that goes where the process ends before it is finished.
#[derive(Debug, Clone)]
pub(super) enum Leftover {
    /// A file.
    File(PathBuf),
    /// A folder of ours with everything in it.
    Folder(PathBuf),
    /// A goal that is held locked, and the folders that were made for it, the innermost first.
    Goal(PathBuf, Vec<PathBuf>),
    /// Folders that were made for a file, the innermost first.
    Made(Vec<PathBuf>),
}

static ALL: Mutex<(u64, BTreeMap<u64, Vec<Leftover>>)> = Mutex::new((0, BTreeMap::new()));
static STEP: Mutex<()> = Mutex::new(());

fn all() -> MutexGuard<'static, (u64, BTreeMap<u64, Vec<Leftover>>)> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is to be cleared as long as this is held.
#[derive(Debug)]
pub(super) struct Unfinished(u64);

impl Unfinished {
    pub(super) fn new(left: Vec<Leftover>) -> Self {
        let mut all = all();
        all.0 += 1;
        let number = all.0;
        all.1.insert(number, left);
        Self(number)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        all().1.remove(&self.0);
    }
}

/// Holds up [`abandon`] while something is put into place.
pub(super) fn step() -> MutexGuard<'static, ()> {
    STEP.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes folders in which nothing is, the innermost first.
fn remove_empty(folders: &[PathBuf]) {
    for folder in folders {
        let _ = change::remove_folder(folder);
    }
}

/// Clears everything that this process has begun and not finished, for when it is about to end. What is just being
/// put into place is put there first. Nothing can be finished afterwards.
pub fn abandon() {
    let step = step();
    // What was begun last lies within what was begun before it.
    let left: Vec<Leftover> = all().1.values().rev().flatten().cloned().collect();
    for one in left {
        match one {
            Leftover::File(path) => {
                let _ = change::remove(&path);
            }
            // What a journal has yet to put into place is needed.
            Leftover::Folder(path) if path.parent().is_some_and(is_unsettled) => {}
            Leftover::Folder(path) => leftovers::remove_all(&path),
            Leftover::Goal(place, made) => {
                let _ = change::remove(&place.join(LOCK));
                remove_empty(&made);
            }
            Leftover::Made(made) => remove_empty(&made),
        }
    }
    // Whoever would finish something now waits for the end of the process.
    std::mem::forget(step);
}
