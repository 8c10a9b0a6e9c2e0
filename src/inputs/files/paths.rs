//! Paths, patterns and lists of them → files that exist, in a fixed order. An archive is a folder on the way.

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
    for pattern in patterns {
        for path in expand_one(base, pattern)? {
            let mut found = if is_archive(&path) { layer_of(&path, choice)? } else { only(path) };
            found.files.retain(|file| !expanded.files.contains(file));
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
    let all = files.iter().all(|file| meant.contains(file));
    let no_more = meant.iter().all(|file| files.contains(file) || may_join(file));
    (all && no_more).then_some(outer)
}

/// The files that `patterns` name, relative to `base`, and every layer and grid of the archives among them.
///
/// # Errors
/// As [`expand`], but that an archive may hold any number of layers.
pub fn expand_all(base: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, InputError> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut empty = None;
    for pattern in patterns {
        let paths = expand_one(base, pattern)?;
        // Among several that a pattern matches, one may hold nothing.
        let only = paths.len() == 1;
        for path in paths {
            if !is_archive(&path) {
                files.extend(Some(path).filter(|path| !files.contains(path)));
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
            found.retain(|file| !files.contains(file));
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
    if chosen.len() > 1 && !twins::are_a_series(&chosen) {
        return several(&chosen);
    }
    let left = files.into_iter().filter(|file| !chosen.contains(file)).chain(twins).collect();
    match editions(archive, &chosen) {
        Editions::One => Ok(Expanded { files: chosen, left, older: Vec::new() }),
        Editions::Newest { taken, older } => Ok(Expanded { files: taken, left, older }),
        Editions::Unclear => several(&chosen),
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

#[cfg(test)]
pub(in crate::inputs::files) mod tests {
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
        let found = expand(base, &patterns, Choice::ANY)?;
        Ok(found.files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect())
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

    pub(in crate::inputs::files) fn zipped(path: &Path, entries: &[(&str, &[u8])]) {
        let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
        for (name, bytes) in entries {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, bytes).unwrap();
        }
        zip.finish().unwrap();
    }

    #[test]
    fn an_archive_is_a_folder_and_stands_for_its_only_layer() {
        let folder = folder_of(&[]);
        let base = folder.path();
        zipped(&base.join("one.zip"), &[("x/UTF-8/a.geojson", b""), ("x/Shift-JIS/a.shp", b""), ("x/readme.pdf", b"")]);
        assert_eq!(names(base, &["one.zip"]).unwrap(), ["a.geojson"]);
        assert_eq!(names(base, &["one.zip/x/*/a.*"]).unwrap(), ["a.shp", "a.geojson"]);
        let missing = names(base, &["one.zip/x/UTF-8/b.geojson"]);
        assert!(matches!(missing, Err(InputError::NotFound { near, .. }) if near == ["x/UTF-8/a.geojson"]));
    }

    #[test]
    fn of_several_layers_the_known_one_is_taken_or_the_one_that_is_named() {
        let folder = folder_of(&[]);
        let base = folder.path();
        zipped(&base.join("n.zip"), &[("N02_Station.shp", b""), ("N02_RailroadSection.shp", b"")]);
        let Err(InputError::SeveralLayers { layers: known, .. }) = names(base, &["n.zip"]) else { panic!() };
        assert_eq!(known, ["N02_RailroadSection", "N02_Station"]);
        let patterns = ["n.zip".to_owned()];
        let is_station = |file: &Path| file.to_string_lossy().contains("Station");
        let known = expand(base, &patterns, Choice { layer: None, is_known: &is_station }).unwrap();
        assert_eq!(known.files, [base.join("n.zip/N02_Station.shp")]);
        assert_eq!(known.left, [base.join("n.zip/N02_RailroadSection.shp")]);
        let named = Choice { layer: Some("N02_RailroadSection"), is_known: &is_station };
        assert_eq!(expand(base, &patterns, named).unwrap().files, [base.join("n.zip/N02_RailroadSection.shp")]);
    }

    #[test]
    fn the_zips_of_prefectures_in_a_zip_are_one_layer() {
        let folder = folder_of(&[]);
        let base = folder.path();
        for prefecture in ["01", "22"] {
            zipped(&base.join(format!("{prefecture}.zip")), &[(&format!("P11-22_{prefecture}.shp"), b"")]);
        }
        let inner: Vec<Vec<u8>> =
            ["01", "22"].iter().map(|name| std::fs::read(base.join(format!("{name}.zip"))).unwrap()).collect();
        zipped(&base.join("all.zip"), &[("01.zip", &inner[0]), ("22.zip", &inner[1])]);
        assert_eq!(names(base, &["all.zip"]).unwrap(), ["P11-22_01.shp", "P11-22_22.shp"]);
    }

    #[test]
    fn two_editions_in_an_archive_are_not_united() {
        let folder = folder_of(&[]);
        let base = folder.path();
        zipped(
            &base.join("a.zip"),
            &[("A16-15_22/A16-15_22_DID.geojson", b""), ("A16-20_22/A16-20_22_DID.geojson", b"")],
        );
        let found = expand(base, &["a.zip".to_owned()], Choice::ANY).unwrap();
        assert_eq!(found.files, [base.join("a.zip/A16-20_22/A16-20_22_DID.geojson")]);
        assert_eq!(found.older, [base.join("a.zip/A16-15_22/A16-15_22_DID.geojson")]);
        zipped(&base.join("b.zip"), &[("A16-15_22.shp", b""), ("A16-20_23.shp", b"")]);
        assert!(matches!(names(base, &["b.zip"]), Err(InputError::SeveralLayers { .. })));
    }

    #[test]
    fn an_archive_without_a_layer_is_told_unless_others_are_meant_too() {
        let folder = folder_of(&[]);
        let base = folder.path();
        zipped(&base.join("plan.zip"), &[("plan.pdf", b"x")]);
        let all = |pattern: &str| expand_all(base, &[pattern.to_owned()]);
        assert!(matches!(all("plan.zip"), Err(InputError::NoLayerInside { .. })));
        assert!(matches!(all("*.zip"), Err(InputError::NoLayerInside { .. })));
        zipped(&base.join("list.xlsx"), &[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")]);
        assert_eq!(all("list.xlsx").unwrap(), [base.join("list.xlsx")]);
        zipped(&base.join("did.zip"), &[("did.geojson", b"x")]);
        assert_eq!(all("*.zip").unwrap(), [base.join("did.zip/did.geojson")]);
    }

    #[test]
    fn archives_are_opened_to_a_depth_and_no_further() {
        let folder = folder_of(&[]);
        let base = folder.path();
        zipped(&base.join("0.zip"), &[("a.csv", b"x")]);
        for depth in 1..6 {
            let inner = std::fs::read(base.join(format!("{}.zip", depth - 1))).unwrap();
            zipped(&base.join(format!("{depth}.zip")), &[("in.zip", &inner)]);
        }
        assert_eq!(names(base, &["3.zip"]).unwrap(), ["a.csv"]);
        assert!(matches!(names(base, &["5.zip"]), Err(InputError::NestedTooDeep { .. })));
    }

    #[test]
    fn a_name_is_found_in_the_other_unicode_form() {
        let apart: String = "バス停.csv".nfd().collect();
        let folder = folder_of(&[&apart]);
        assert_eq!(names(folder.path(), &["バス停.csv"]).unwrap(), [apart]);
    }
}
