//! Timetables in GTFS (General Transit Feed Specification): paths and patterns → folders of tables, on the disk and in
//! archives.

use std::path::{Path, PathBuf};

use super::paths::{against, is_pattern, matches, name_of, not_found, pattern_inside, same_name};
use super::store::{Located, Store, into_archive, is_archive};
use crate::inputs::InputError;
use crate::text::Text;

/// The tables that tell a folder with a timetable from others.
const MARKS: [&str; 3] = ["stops.txt", "trips.txt", "stop_times.txt"];

/// The tables without which a timetable says nothing.
const NEEDED: [&str; 4] = ["stops.txt", "trips.txt", "stop_times.txt", "routes.txt"];

/// One of these says on which days trips run.
const DAYS: [&str; 2] = ["calendar.txt", "calendar_dates.txt"];

/// A timetable whose tables are known by name; none is read yet.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::inputs) struct Timetable {
    /// What names it: the folder, or the archive where it holds no other.
    pub(in crate::inputs) path: PathBuf,
    /// Whether it lies in an archive.
    pub(in crate::inputs) packed: bool,
    /// The files of its folder.
    files: Vec<PathBuf>,
}

impl Timetable {
    /// Finds a table; `None` where the folder has none of that name.
    pub(in crate::inputs) fn table(&self, name: &str, store: &mut Store) -> Result<Option<Located>, InputError> {
        self.files.iter().find(|file| name_of(file) == name).map(|file| store.locate(file)).transpose()
    }

    /// Its tables: those that it is read from, and those that it could be read from.
    pub(in crate::inputs) fn tables(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().filter(|file| file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt")))
    }

    /// The timetable of a folder, if it has what is needed.
    fn of(path: PathBuf, packed: bool, files: Vec<PathBuf>) -> Result<Self, InputError> {
        let missing = missing(&files);
        if missing.is_empty() {
            Ok(Self { path, packed, files })
        } else {
            Err(InputError::NotATimetable { path, missing })
        }
    }
}

/// The timetables that `patterns` name, relative to `base`, in the order of the patterns, sorted within each, none
/// twice; and what matches a pattern but holds none.
pub(in crate::inputs) fn timetables(
    base: &Path,
    patterns: &[String],
) -> Result<(Vec<Timetable>, Vec<PathBuf>), InputError> {
    let (mut found, mut left): (Vec<Timetable>, Vec<PathBuf>) = (Vec::new(), Vec::new());
    for pattern in patterns {
        let path = against(base, pattern);
        let on_disk = path.exists() || into_archive(&path).is_some() || !is_pattern(pattern);
        let these = if on_disk { named(path)? } else { matching(base, pattern, &mut left)? };
        for timetable in these {
            if !found.contains(&timetable) {
                found.push(timetable);
            }
        }
    }
    Ok((found, left))
}

/// Whether a folder with these files holds a timetable.
pub(super) fn is_timetable(files: &[PathBuf]) -> bool {
    MARKS.iter().all(|wanted| has(files, wanted))
}

/// The folders among those of some files that hold timetables, sorted.
pub(super) fn folders(files: &[PathBuf]) -> Vec<PathBuf> {
    let stops = files.iter().filter(|file| name_of(file) == MARKS[0]);
    let mut folders: Vec<PathBuf> = stops.filter_map(|file| Some(file.parent()?.to_owned())).collect();
    folders.retain(|folder| is_timetable(&files_of(files, folder)));
    folders.sort();
    folders
}

fn has(files: &[PathBuf], name: &str) -> bool {
    files.iter().any(|file| name_of(file) == name)
}

/// Those of some files that lie in a folder itself.
fn files_of(files: &[PathBuf], folder: &Path) -> Vec<PathBuf> {
    files.iter().filter(|file| file.parent() == Some(folder)).cloned().collect()
}

/// What a timetable of these files would lack.
fn missing(files: &[PathBuf]) -> Vec<Text> {
    let mut missing: Vec<Text> = NEEDED.into_iter().filter(|name| !has(files, name)).map(Text::same).collect();
    if !DAYS.iter().any(|name| has(files, name)) {
        let days = Text::new("calendar.txt（または calendar_dates.txt）", "calendar.txt (or calendar_dates.txt)");
        missing.push(days);
    }
    missing
}

/// The timetables at a path: one, but for a pattern within an archive.
fn named(path: PathBuf) -> Result<Vec<Timetable>, InputError> {
    if path.is_dir() {
        let files = files_on_disk(&path)?;
        return Timetable::of(path, false, files).map(|found| vec![found]);
    }
    if path.exists() {
        return if is_archive(&path) { inside(&path, path.clone(), "") } else { Err(InputError::NotAFolder { path }) };
    }
    if let Some((archive, inner)) = into_archive(&path) {
        return inside(&archive, path, &inner);
    }
    match same_name(&path) {
        Some(found) => named(found),
        None => Err(not_found(path)),
    }
}

/// The timetables among what matches a pattern on the disk.
fn matching(base: &Path, pattern: &str, left: &mut Vec<PathBuf>) -> Result<Vec<Timetable>, InputError> {
    let mut found = Vec::new();
    for path in matches(base, pattern)? {
        match named(path) {
            Ok(these) => found.extend(these),
            // What has some of the tables is a timetable that is not whole; anything else was not meant.
            Err(InputError::NotATimetable { path, missing }) if missing.len() > NEEDED.len() => left.push(path),
            Err(InputError::NotAFolder { path }) => left.push(path),
            Err(error) => return Err(error),
        }
    }
    if found.is_empty() { Err(not_found(against(base, pattern))) } else { Ok(found) }
}

fn files_on_disk(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let entries = std::fs::read_dir(folder).map_err(|source| InputError::io(folder, source))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.is_file());
    files.sort();
    Ok(files)
}

/// The timetable in an archive that a path leads to: the folder itself, or the only one below it. A pattern may lead to
/// several.
fn inside(archive: &Path, path: PathBuf, inner: &str) -> Result<Vec<Timetable>, InputError> {
    let files = Store::default().files_in(archive)?;
    let folders = folders(&files);
    let within = |folder: &Path, of: &Path| folder.strip_prefix(of).map(Path::to_owned).unwrap_or_default();
    let below: Vec<&PathBuf> = folders.iter().filter(|folder| folder.starts_with(&path)).collect();
    match below[..] {
        [one] => return Timetable::of(path, true, files_of(&files, one)).map(|found| vec![found]),
        [first, ..] if *first == path => {
            return Timetable::of(path, true, files_of(&files, first)).map(|found| vec![found]);
        }
        [_, ..] => {
            let folders = below.iter().map(|folder| within(folder, &path).to_string_lossy().into_owned()).collect();
            return Err(InputError::SeveralTimetables { path, folders });
        }
        [] => {}
    }
    let (pattern, options) = pattern_inside(inner)?;
    let fits = |folder: &&PathBuf| {
        let way = folder.ancestors().take_while(|ancestor| *ancestor != archive);
        way.into_iter().any(|part| pattern.matches_path_with(&within(part, archive), options))
    };
    let matching: Vec<&PathBuf> = folders.iter().filter(fits).collect();
    if !matching.is_empty() {
        return matching.into_iter().map(|one| Timetable::of(one.clone(), true, files_of(&files, one))).collect();
    }
    Err(nothing_at(path, &files))
}

/// The error for a way into an archive at whose end there is no timetable: what the most likely folder lacks.
fn nothing_at(path: PathBuf, files: &[PathBuf]) -> InputError {
    let folders = files.iter().filter(|file| file.starts_with(&path)).filter_map(|file| file.parent());
    let lacks = folders.map(|folder| missing(&files_of(files, folder))).min_by_key(Vec::len);
    match lacks {
        Some(missing) => InputError::NotATimetable { path, missing },
        None if path.is_file() => InputError::NotATimetable { path, missing: missing(&[]) },
        None => not_found(path),
    }
}

#[cfg(test)]
mod tests {
    use super::super::paths::tests::zipped;
    use super::*;

    /// The tables of a timetable, below a folder.
    fn tables(folder: &str) -> Vec<String> {
        NEEDED.iter().chain(&DAYS[..1]).map(|name| format!("{folder}{name}")).collect()
    }

    fn write(base: &Path, names: &[String]) {
        for name in names {
            let path = base.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
    }

    fn zip(path: &Path, names: &[String]) {
        let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
        zipped(path, &entries);
    }

    fn found(base: &Path, patterns: &[&str]) -> Result<Vec<String>, InputError> {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        let (found, _) = timetables(base, &patterns)?;
        Ok(found.iter().map(|one| one.path.strip_prefix(base).unwrap().to_string_lossy().into_owned()).collect())
    }

    #[test]
    fn folders_come_in_the_order_of_patterns_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        for name in ["b/", "a/", "z/"] {
            write(base, &tables(name));
        }
        write(base, &["readme.txt".to_owned(), "photos/a.jpg".to_owned()]);
        assert_eq!(found(base, &["z", "*", "a"]).unwrap(), ["z", "a", "b"]);
        let (_, left) = timetables(base, &["*".to_owned()]).unwrap();
        assert_eq!(left, [base.join("photos"), base.join("readme.txt")]);
    }

    #[test]
    fn an_archive_stands_for_its_only_timetable_wherever_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        zip(&base.join("plain.zip"), &tables(""));
        zip(&base.join("deep.zip"), &[tables("feed/x/"), vec!["readme.md".to_owned()]].concat());
        assert_eq!(found(base, &["*.zip"]).unwrap(), ["deep.zip", "plain.zip"]);
        assert_eq!(found(base, &["deep.zip/feed"]).unwrap(), ["deep.zip/feed"]);
        let (deep, _) = timetables(base, &["deep.zip".to_owned()]).unwrap();
        let located = deep[0].table("stops.txt", &mut Store::default()).unwrap().unwrap();
        assert_eq!(&located.open().unwrap().bytes[..], b"x");
        assert!(deep[0].packed && deep[0].table("agency.txt", &mut Store::default()).unwrap().is_none());
    }

    #[test]
    fn of_several_in_an_archive_one_is_named_or_all() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        zip(&base.join("all.zip"), &[tables("b/"), tables("a/"), tables("other/c/")].concat());
        let Err(InputError::SeveralTimetables { folders, .. }) = found(base, &["all.zip"]) else { panic!() };
        assert_eq!(folders, ["a", "b", "other/c"]);
        assert_eq!(found(base, &["all.zip/b"]).unwrap(), ["all.zip/b"]);
        assert_eq!(found(base, &["all.zip/*"]).unwrap(), ["all.zip/a", "all.zip/b", "all.zip/other/c"]);
        assert!(matches!(found(base, &["all.zip/d"]), Err(InputError::NotFound { .. })));
    }

    #[test]
    fn an_archive_in_an_archive_is_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        zip(&base.join("in.zip"), &tables(""));
        let inner = std::fs::read(base.join("in.zip")).unwrap();
        zipped(&base.join("out.zip"), &[("a.zip", &inner), ("b.zip", &inner)]);
        assert_eq!(found(base, &["out.zip/b.zip"]).unwrap(), ["out.zip/b.zip"]);
        assert_eq!(found(base, &["out.zip/*.zip"]).unwrap(), ["out.zip/a.zip", "out.zip/b.zip"]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        write(base, &tables("half/")[1..3]);
        write(base, &["plain.txt".to_owned()]);
        zip(&base.join("half.zip"), &tables("feed/")[..3]);
        let missing = |name: &str| match found(base, &[name]) {
            Err(InputError::NotATimetable { missing, .. }) => {
                missing.into_iter().map(|table| table.en).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(missing("half"), ["stops.txt", "routes.txt", "calendar.txt (or calendar_dates.txt)"]);
        assert_eq!(missing("half.zip"), ["routes.txt", "calendar.txt (or calendar_dates.txt)"]);
        assert_eq!(missing("h*").len(), 3, "a part of a timetable is not passed over");
        assert!(matches!(found(base, &["plain.txt"]), Err(InputError::NotAFolder { .. })));
        assert!(matches!(found(base, &["none"]), Err(InputError::NotFound { .. })));
        assert!(matches!(found(base, &["p*"]), Err(InputError::NotFound { .. })));
    }
}
