//! What killed processes left: unfinished folders and files, and runs that had just been exchanged for new ones.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::{LOCK, OwnNames, PARTIAL, change, is_ours, lock};

/// What begins the names beside a goal of what is not finished.
pub(super) fn stem_beside(name: &OsStr) -> String {
    format!(".{}{PARTIAL}", name.to_string_lossy())
}

/// Clears what was left of runs into a folder, in it and beside it. Only who holds the folder's lock may: then nobody else
/// writes there. What cannot be removed is in nobody's way.
pub(super) fn clear(place: &Path, own: OwnNames) {
    let mut found = named(place, PARTIAL);
    if let (Some(parent), Some(name)) = (place.parent(), place.file_name()) {
        found.extend(named(parent, &stem_beside(name)));
    }
    for folder in found.into_iter().filter(|path| path.symlink_metadata().is_ok_and(|about| about.is_dir())) {
        let lock = folder.join(LOCK);
        if lock::is_left(&lock) {
            discard(&folder, place, own);
        } else if !lock.exists() {
            // Killed before it had its lock, or after: only an empty folder is removed so.
            let _ = change::remove_folder(&folder);
        }
    }
}

/// Removes a folder that is not finished, or is no longer the run. Whatever else somebody put into a finished run goes over
/// into the folder that took its place.
pub(super) fn discard(folder: &Path, place: &Path, own: OwnNames) {
    if let Some(names) = own(folder) {
        let names: BTreeSet<String> = names.into_iter().collect();
        // These first: once its record is gone, nothing tells what belongs to the run.
        for path in entries(folder) {
            let name = path.file_name().unwrap_or_default();
            let is_own = is_ours(name) || name.to_str().is_some_and(|name| names.contains(name));
            if !is_own && change::rename_new(&path, &place.join(name)).is_err() {
                // It stays for its owner to find, and the folder with it.
                return;
            }
        }
    }
    remove_all(folder);
}

/// Removes a folder of ours with everything in it. The lock goes last: it tells that the folder may be cleared.
pub(crate) fn remove_all(folder: &Path) {
    for path in entries(folder).into_iter().filter(|path| path.file_name() != Some(OsStr::new(LOCK))) {
        if path.symlink_metadata().is_ok_and(|about| about.is_dir()) {
            remove_all(&path);
        } else {
            let _ = change::remove(&path);
        }
    }
    if entries(folder).iter().all(|path| path.file_name() == Some(OsStr::new(LOCK))) {
        let _ = change::remove(&folder.join(LOCK));
        let _ = change::remove_folder(folder);
    }
}

/// Clears what was left of a single file: nobody holds it locked.
pub(super) fn clear_beside(goal: &Path) {
    let (Some(parent), Some(name)) = (goal.parent(), goal.file_name()) else { return };
    for path in named(parent, &stem_beside(name)) {
        if path.symlink_metadata().is_ok_and(|about| about.is_file()) && lock::is_left(&path) {
            let _ = change::remove(&path);
        }
    }
}

/// Everything in a folder, in the order of names.
pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn named(folder: &Path, stem: &str) -> Vec<PathBuf> {
    let mut paths = entries(folder);
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(stem)));
    paths
}
