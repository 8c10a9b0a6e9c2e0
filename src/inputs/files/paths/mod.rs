//! Paths, patterns and lists of them → files that exist, in a fixed order. An archive is a folder on the way.

#[cfg(test)]
pub(in crate::inputs::files) mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::editions::{Editions, editions};
use super::store::{Store, into_archive, is_archive};
use super::twins;
use crate::inputs::InputError;
use crate::inputs::fields::likeness;
use crate::inputs::is_grid_file;
use crate::text::Text;

/// How many names an error lists.
const SHOWN: usize = 5;

/// Which of an archive's layers are meant where a path names the archive alone.
#[derive(Clone, Copy)]
pub struct Choice<'a> {
    /// `layer =` of the project file: the name of the file without its ending.
    pub layer: Option<&'a str>,
    /// Whether a file of this name is known to be of the layer that is asked for.
    pub is_known: &'a dyn Fn(&Path) -> bool,
}

impl Choice<'_> {
    /// Nothing is known of what is wanted.
    pub const ANY: Self = Self { layer: None, is_known: &|_| false };
}

/// The files that patterns name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    /// In the order of the patterns, sorted within each, none twice.
    pub files: Vec<PathBuf>,
    /// Layers of archives that were left for others, and twins of those that were taken.
    pub left: Vec<PathBuf>,
    /// Files of archives that are older editions of those that were taken.
    pub older: Vec<PathBuf>,
}

/// The files that `patterns` name, relative to `base`. A name that exists is taken as it is, whatever signs it holds; a
/// path may lead into an archive, and one that ends at an archive stands for the layer in it.
///
/// # Errors
/// [`InputError::NotFound`] for a path, or a pattern without a match; [`InputError::Folder`] and
/// [`InputError::Pattern`] where a pattern is not one of files; [`InputError::SeveralLayers`] where an archive holds
/// layers of which none is chosen; whatever keeps an archive from being opened.
pub fn expand(base: &Path, patterns: &[String], choice: Choice<'_>) -> Result<Expanded, InputError> {
    let mut expanded = Expanded::default();
    let mut taken = BTreeSet::new();
    for pattern in patterns {
        for path in expand_one(base, pattern)? {
            let mut found = if is_archive(&path) { layer_of(&path, choice)? } else { only(path) };
            found.files.retain(|file| taken.insert(file.clone()));
            expanded.files.append(&mut found.files);
            expanded.left.append(&mut found.left);
            expanded.older.append(&mut found.older);
        }
    }
    Ok(expanded)
}

/// The archive that all of some files lie in, where naming it alone stands for these files and such others as `may_join`.
#[must_use]
pub fn archive_of(files: &[PathBuf], choice: Choice<'_>, may_join: &dyn Fn(&Path) -> bool) -> Option<PathBuf> {
    let (outer, _) = into_archive(files.first()?)?;
    let meant = layer_of(&outer, choice).ok()?.files;
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (files.iter().collect(), meant.iter().collect());
    let no_more = theirs.difference(&ours).all(|file| may_join(file));
    (ours.is_subset(&theirs) && no_more).then_some(outer)
}

/// The files that `patterns` name, relative to `base`, and every layer and grid of the archives among them.
///
/// # Errors
/// As [`expand`], but that an archive may hold any number of layers.
pub fn expand_all(base: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, InputError> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut taken = BTreeSet::new();
    let mut empty = None;
    for pattern in patterns {
        let paths = expand_one(base, pattern)?;
        // Among several that a pattern matches, one may hold nothing.
        let only = paths.len() == 1;
        for path in paths {
            if !is_archive(&path) {
                files.extend(Some(path).filter(|path| taken.insert(path.clone())));
                continue;
            }
            let inside = Store::default().files_in(&path)?;
            let mut found = twins::layers(&inside).files;
            found.extend(inside.iter().filter(|file| is_grid_file(file)).cloned());
            if found.is_empty() {
                let error = no_layer(&path, &inside);
                if only {
                    return Err(error);
                }
                empty = empty.or(Some(error));
            }
            found.retain(|file| taken.insert(file.clone()));
            files.append(&mut found);
        }
    }
    empty.filter(|_| files.is_empty()).map_or(Ok(files), Err)
}

pub(super) fn no_layer(archive: &Path, inside: &[PathBuf]) -> InputError {
    let names = inside.iter().take(SHOWN).map(|file| name_of(file)).collect();
    InputError::NoLayerInside { path: archive.to_owned(), names }
}

fn only(path: PathBuf) -> Expanded {
    Expanded { files: vec![path], ..Expanded::default() }
}

/// The files of the layer that is meant by naming an archive.
fn layer_of(archive: &Path, choice: Choice<'_>) -> Result<Expanded, InputError> {
    let inside = Store::default().files_in(archive)?;
    let twins::Layers { files, twins } = twins::layers(&inside);
    if files.is_empty() {
        return Err(no_layer(archive, &inside));
    }
    let stem = |file: &Path| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let named = |file: &PathBuf| choice.layer.is_some_and(|layer| stem(file) == layer || name_of(file) == layer);
    let chosen: Vec<PathBuf> = [&named as &dyn Fn(&PathBuf) -> bool, &|file: &PathBuf| (choice.is_known)(file)]
        .iter()
        .map(|is_chosen| files.iter().filter(|file| is_chosen(file)).cloned().collect::<Vec<_>>())
        .find(|chosen| !chosen.is_empty())
        .unwrap_or_else(|| files.clone());
    let several = |files: &[PathBuf]| {
        let layers = files.iter().map(|file| stem(file)).collect();
        Err(InputError::SeveralLayers { path: archive.to_owned(), layers })
    };
    let is_one = |files: &[PathBuf]| files.len() == 1 || twins::are_a_series(files);
    match editions(archive, &chosen) {
        Editions::One if is_one(&chosen) => {
            let left = files.into_iter().filter(|file| !chosen.contains(file)).chain(twins).collect();
            Ok(Expanded { files: chosen, left, older: Vec::new() })
        }
        Editions::Newest { taken, older } if is_one(&taken) => {
            let left = files.into_iter().filter(|file| !chosen.contains(file)).chain(twins).collect();
            Ok(Expanded { files: taken, left, older })
        }
        _ => several(&chosen),
    }
}

pub(super) fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

pub(super) fn expand_one(base: &Path, pattern: &str) -> Result<Vec<PathBuf>, InputError> {
    let path = against(base, pattern);
    if path.is_dir() {
        return Err(InputError::Folder { path });
    }
    if path.exists() {
        return Ok(vec![path]);
    }
    if let Some((archive, inner)) = into_archive(&path) {
        return inside(&archive, &inner);
    }
    if !is_pattern(pattern) {
        return same_name(&path).map(|found| vec![found]).ok_or_else(|| not_found(path));
    }
    let mut files = matches(base, pattern)?;
    files.retain(|found| !found.is_dir());
    if files.is_empty() { Err(not_found(path)) } else { Ok(files) }
}

/// The path that a pattern is, relative to `base`.
pub(super) fn against(base: &Path, pattern: &str) -> PathBuf {
    // Messages name a file as the project file does where that is in the working folder.
    if base == Path::new(".") { PathBuf::from(pattern) } else { base.join(pattern) }
}

pub(super) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// The files and folders of the disk that match a pattern, sorted.
pub(super) fn matches(base: &Path, pattern: &str) -> Result<Vec<PathBuf>, InputError> {
    let whole = if against(base, pattern) == Path::new(pattern) {
        pattern.to_owned()
    } else {
        format!("{}/{pattern}", glob::Pattern::escape(&base.to_string_lossy()))
    };
    let matches = glob::glob(&whole).map_err(|error| not_a_pattern(pattern, &error))?;
    let path = |found: glob::GlobResult| {
        found.map_err(|error| InputError::Io { path: error.path().to_owned(), source: error.into() })
    };
    let mut found = matches.map(path).collect::<Result<Vec<_>, _>>()?;
    // The files that macOS lays beside others on foreign disks.
    found.retain(|path| !name_of(path).starts_with("._"));
    found.sort();
    Ok(found)
}

/// A pattern of a way within an archive, and how it is matched: `*` stays within a folder.
pub(super) fn pattern_inside(inner: &str) -> Result<(glob::Pattern, glob::MatchOptions), InputError> {
    let pattern = glob::Pattern::new(inner).map_err(|error| not_a_pattern(inner, &error))?;
    Ok((pattern, glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() }))
}

/// The files of an archive that a way within it names, or a pattern.
fn inside(archive: &Path, inner: &str) -> Result<Vec<PathBuf>, InputError> {
    let files = Store::default().files_in(archive)?;
    let path = archive.join(inner);
    if files.contains(&path) {
        return Ok(vec![path]);
    }
    let (pattern, options) = pattern_inside(inner)?;
    let within = |file: &Path| file.strip_prefix(archive).map(Path::to_owned).unwrap_or_default();
    let mut found: Vec<PathBuf> =
        files.iter().filter(|file| pattern.matches_path_with(&within(file), options)).cloned().collect();
    found.sort();
    if found.is_empty() {
        let names = files.iter().map(|file| within(file).to_string_lossy().into_owned());
        return Err(InputError::NotFound { near: near_names(inner, names), path });
    }
    Ok(found)
}

fn not_a_pattern(pattern: &str, error: &glob::PatternError) -> InputError {
    let ja = match error.msg {
        "invalid range pattern" => "[ ] の書き方に誤りがあります",
        "recursive wildcards must form a single path component" => "** はフォルダー名の全体として書く必要があります",
        "wildcards are either regular `*` or recursive `**`" => "* を3つ以上続けることはできません",
        _ => "書き方に誤りがあります",
    };
    InputError::Pattern { pattern: pattern.to_owned(), problem: Text { ja: ja.into(), en: error.msg.into() } }
}

/// The file of the same name in another Unicode form: macOS takes バ apart into ハ and its mark.
pub(super) fn same_name(path: &Path) -> Option<PathBuf> {
    let wanted: String = path.file_name()?.to_str()?.nfkc().collect();
    let names = names_beside(path).into_iter();
    names.filter(|name| name.nfkc().eq(wanted.chars())).map(|name| path.with_file_name(name)).next()
}

pub(super) fn not_found(path: PathBuf) -> InputError {
    let near = near_names(&name_of(&path), names_beside(&path));
    InputError::NotFound { path, near }
}

/// The names that look most like the one that is wanted, the nearest first.
pub(super) fn near_names(wanted: &str, names: impl IntoIterator<Item = String>) -> Vec<String> {
    let like = names.into_iter().map(|name| (likeness(wanted, &name), name));
    let mut near: Vec<(f64, String)> = like.filter(|(like, _)| *like > 0.5).collect();
    near.sort_by(|(one, name), (other, next)| other.total_cmp(one).then_with(|| name.cmp(next)));
    near.truncate(SHOWN);
    near.into_iter().map(|(_, name)| name).collect()
}

fn names_beside(path: &Path) -> Vec<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}
