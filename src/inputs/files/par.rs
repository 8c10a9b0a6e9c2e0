//! The parameter files of GSI that paths and patterns name: on the disk, or in archives.

use std::path::{Path, PathBuf};

use super::paths::expand_one;
use super::store::{Store, is_archive};
use crate::inputs::{InputError, is_grid_file};

/// The files that `patterns` name, relative to `base`, in the order of the list, none twice; an archive stands for the
/// parameter files in it.
///
/// # Errors
/// As [`super::expand`]; an archive without such a file.
pub(in crate::inputs) fn par_files(base: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, InputError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for pattern in patterns {
        for path in expand_one(base, pattern)? {
            let found = if is_archive(&path) { par_files_in(&path)? } else { vec![path] };
            for file in found {
                if !files.contains(&file) {
                    files.push(file);
                }
            }
        }
    }
    Ok(files)
}

fn par_files_in(archive: &Path) -> Result<Vec<PathBuf>, InputError> {
    let inside = Store::default().files_in(archive)?;
    let found: Vec<PathBuf> = inside.iter().filter(|file| is_grid_file(file)).cloned().collect();
    if found.is_empty() {
        return Err(super::paths::no_layer(archive, &inside));
    }
    Ok(found)
}
