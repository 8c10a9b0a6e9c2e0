//! Paths, patterns and lists of them → files that exist, in a fixed order.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::InputError;
use super::fields::likeness;

/// How many near names an error lists.
const NEAR_NAMES: usize = 5;

/// The files that `patterns` name, relative to `base`: in the order of the patterns, sorted within each,
/// none twice. A name that exists is taken as it is, whatever signs it holds.
///
/// # Errors
/// [`InputError::NotFound`] for a path, or a pattern without a match; [`InputError::Folder`] and
/// [`InputError::Pattern`] where a pattern is not one of files.
pub fn expand(base: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, InputError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for pattern in patterns {
        for file in expand_one(base, pattern)? {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    Ok(files)
}

fn expand_one(base: &Path, pattern: &str) -> Result<Vec<PathBuf>, InputError> {
    // Messages name a file as the project file does where that is in the working folder.
    let path = if base == Path::new(".") { PathBuf::from(pattern) } else { base.join(pattern) };
    if path.is_dir() {
        return Err(InputError::Folder { path });
    }
    if path.exists() {
        return Ok(vec![path]);
    }
    if !pattern.contains(['*', '?', '[']) {
        return same_name(&path).map(|found| vec![found]).ok_or_else(|| not_found(path));
    }
    let whole = if path == Path::new(pattern) {
        pattern.to_owned()
    } else {
        format!("{}/{pattern}", glob::Pattern::escape(&base.to_string_lossy()))
    };
    let matches =
        glob::glob(&whole).map_err(|error| InputError::Pattern { pattern: pattern.to_owned(), problem: error.msg })?;
    let mut files = Vec::new();
    for found in matches {
        let found = found.map_err(|error| InputError::Io { path: error.path().to_owned(), source: error.into() })?;
        if !found.is_dir() {
            files.push(found);
        }
    }
    files.sort();
    if files.is_empty() { Err(not_found(path)) } else { Ok(files) }
}

/// The file of the same name in another Unicode form: macOS takes バ apart into ハ and its mark.
fn same_name(path: &Path) -> Option<PathBuf> {
    let wanted: String = path.file_name()?.to_str()?.nfkc().collect();
    let names = names_beside(path).into_iter();
    names.filter(|name| name.nfkc().eq(wanted.chars())).map(|name| path.with_file_name(name)).next()
}

fn not_found(path: PathBuf) -> InputError {
    let wanted = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut near: Vec<(f64, String)> = names_beside(&path)
        .into_iter()
        .map(|name| (likeness(&wanted, &name), name))
        .filter(|(like, _)| *like > 0.5)
        .collect();
    near.sort_by(|(one, name), (other, next)| other.total_cmp(one).then_with(|| name.cmp(next)));
    near.truncate(NEAR_NAMES);
    InputError::NotFound { path, near: near.into_iter().map(|(_, name)| name).collect() }
}

fn names_beside(path: &Path) -> Vec<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_of(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        folder
    }

    fn names(base: &Path, patterns: &[&str]) -> Result<Vec<String>, InputError> {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        let files = expand(base, &patterns)?;
        Ok(files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect())
    }

    #[test]
    fn the_order_is_that_of_the_list_and_sorted_within_a_pattern() {
        let folder = folder_of(&["b.shp", "a.shp", "z.csv", "a[1].shp"]);
        assert_eq!(
            names(folder.path(), &["z.csv", "*.shp", "a.shp"]).unwrap(),
            ["z.csv", "a.shp", "a[1].shp", "b.shp"]
        );
        assert_eq!(names(folder.path(), &["a[1].shp"]).unwrap(), ["a[1].shp"]);
    }

    #[test]
    fn a_missing_file_is_named_with_its_near_names() {
        let folder = folder_of(&["stations.geojson", "zzz.txt"]);
        let Err(InputError::NotFound { near, .. }) = names(folder.path(), &["station.geojson"]) else { panic!() };
        assert_eq!(near, ["stations.geojson"]);
        assert!(matches!(names(folder.path(), &["*.gpkg"]), Err(InputError::NotFound { .. })));
        assert!(matches!(names(folder.path(), &["a**b"]), Err(InputError::Pattern { .. })));
        assert!(matches!(names(folder.path(), &["."]), Err(InputError::Folder { .. })));
    }

    #[test]
    fn a_name_is_found_in_the_other_unicode_form() {
        let apart: String = "バス停.csv".nfd().collect();
        let folder = folder_of(&[&apart]);
        assert_eq!(names(folder.path(), &["バス停.csv"]).unwrap(), [apart]);
    }
}
