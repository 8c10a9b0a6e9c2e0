//! The files of a folder that may hold layers: those on the disk and those in its archives.

use std::path::{Path, PathBuf};

use super::paths::{name_of, not_found};
use super::store::{Store, is_archive};
use super::{timetables, twins};
use crate::diagnostics::Diagnose;
use crate::disk::is_unsettled;
use crate::inputs::error::advice_by_ending;
use crate::inputs::{InputError, is_grid_file};
use crate::text::{Lang, Text};

/// What a run rests on and came to. A folder that holds it was written by a run, so what lies there is no download.
pub const RUN_RECORD: &str = "run.json";

/// How many folders may lie one in the other.
const DEEPEST: usize = 16;

/// More files than this are no study; somebody named the root of a disk.
const MOST_FILES: usize = 100_000;

/// Endings of files that belong to a shapefile.
const COMPANIONS: &[&str] =
    &["dbf", "shx", "prj", "cpg", "sbn", "sbx", "qix", "qmd", "qml", "qpj", "fix", "ain", "aih", "xml"];

/// What a folder holds.
#[derive(Debug, Default)]
pub struct FolderFiles {
    /// Files that may hold a layer, in the order of their paths; one of twins.
    pub layers: Vec<PathBuf>,
    /// Timetables: folders and archives that hold the files of GTFS.
    pub timetables: Vec<PathBuf>,
    /// Parameter files of GSI by their names, in the order of their paths.
    pub grids: Vec<PathBuf>,
    /// The other files, and why they are not looked at.
    pub left: Vec<(PathBuf, Text)>,
}

/// Finds the files of a folder and the folders in it that may hold layers. Hidden ones, and folders of a run, are passed
/// over.
///
/// # Errors
/// Where the folder cannot be read, or is no folder.
pub fn files_of_folder(folder: &Path) -> Result<FolderFiles, InputError> {
    if !folder.exists() {
        return Err(not_found(folder.to_owned()));
    }
    if !folder.is_dir() {
        return Err(InputError::NotAFolder { path: folder.to_owned() });
    }
    let mut files = Vec::new();
    let mut found = FolderFiles::default();
    walk(folder, 0, &mut files, &mut found)?;
    let mut data = Vec::new();
    for file in files {
        // A download that was broken off before it began: no twin of a file that holds something.
        let is_empty = std::fs::metadata(&file).is_ok_and(|about| about.is_file() && about.len() == 0);
        if is_empty && !is_companion(&file) {
            found.left.push((file, Text::new("空のファイルです（0バイト）", "it is empty (0 bytes)")));
        } else if is_archive(&file) {
            archive(&file, &mut found)?;
        } else if is_grid_file(&file) {
            found.grids.push(file);
        } else if twins::is_data(&file) {
            data.push(file);
        } else if !is_companion(&file) {
            let why = not_read(&file);
            found.left.push((file, why));
        }
    }
    found.take(twins::resolve(data));
    found.layers.sort();
    found.grids.sort();
    found.left.sort();
    Ok(found)
}

impl FolderFiles {
    fn take(&mut self, layers: twins::Layers) {
        self.layers.extend(layers.files);
        let better = || Text::new("同じレイヤーのより良い形式があります", "the same layer in a better form");
        let twin = |file: PathBuf| (!is_companion(&file)).then(|| (file, better()));
        self.left.extend(layers.twins.into_iter().filter_map(twin));
    }
}

/// Collects the files below a folder, sorted; folders of timetables are found here.
fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>, found: &mut FolderFiles) -> Result<(), InputError> {
    let entries = std::fs::read_dir(folder).map_err(|source| InputError::io(folder, source))?;
    let entries = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = entries.collect::<Result<_, _>>().map_err(|source| InputError::io(folder, source))?;
    paths.retain(|path| !name_of(path).starts_with('.'));
    paths.sort();
    // A run that is being put into place, or was broken off, has no record.
    if paths.iter().any(|path| name_of(path) == RUN_RECORD) || is_unsettled(folder) {
        return Ok(());
    }
    if timetables::is_timetable(&paths) {
        found.timetables.push(folder.to_owned());
        paths.retain(|path| path.is_dir());
    }
    for path in paths {
        if !path.is_dir() {
            files.push(path);
        } else if depth == DEEPEST {
            let why = text!("フォルダーの入れ子が{DEEPEST}段を超えています", "it lies in more than {DEEPEST} folders");
            found.left.push((path, why));
        } else {
            walk(&path, depth + 1, files, found)?;
        }
        if files.len() > MOST_FILES {
            return Err(InputError::TooManyFiles { folder: folder.to_owned(), limit: MOST_FILES });
        }
    }
    Ok(())
}

/// Looks into an archive. One that is damaged is left, with the reason.
///
/// # Errors
/// Where the system refuses it ([`InputError::is_refusal`]).
fn archive(file: &Path, found: &mut FolderFiles) -> Result<(), InputError> {
    match Store::default().files_in(file) {
        Ok(inside) => {
            let timetables = timetables::folders(&inside);
            if !timetables.is_empty() {
                // An archive's name stands for the only one in it.
                found.timetables.extend(if timetables.len() == 1 { vec![file.to_owned()] } else { timetables });
                return Ok(());
            }
            let layers = twins::layers(&inside);
            let before = found.grids.len();
            found.grids.extend(inside.iter().filter(|file| is_grid_file(file)).cloned());
            if layers.files.is_empty() && found.grids.len() == before {
                let why =
                    Text::new("読める形式のファイルが入っていません", "it holds no file of a format that is read");
                found.left.push((file.to_owned(), why));
            }
            found.take(layers);
        }
        Err(error) if error.is_refusal() => return Err(error),
        Err(error) => found.left.push((file.to_owned(), said(&error))),
    }
    Ok(())
}

/// Why a file is not looked at, and what to do where its kind is known.
fn not_read(file: &Path) -> Text {
    match advice_by_ending(file) {
        Some(advice) => {
            text!("読める形式ではありません。{advice}", "it is in no format that is read; {advice}", advice = advice)
        }
        None => Text::new("読める形式ではありません", "it is in no format that is read"),
    }
}

/// All that an error says but its advice.
fn said(error: &InputError) -> Text {
    let all = error.diagnostics();
    let lines = |lang: Lang| all.iter().map(|one| one.line(lang)).collect::<Vec<_>>().join("\n");
    Text { ja: lines(Lang::Ja).into(), en: lines(Lang::En).into() }
}

/// Whether a file is part of a shapefile that lies beside it.
fn is_companion(file: &Path) -> bool {
    let name = name_of(file).to_lowercase();
    let Some((_, ending)) = name.rsplit_once('.') else { return false };
    let beside = |ending: &str| file.with_extension(ending).is_file();
    COMPANIONS.contains(&ending) && (beside("shp") || beside("SHP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_of(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        folder
    }

    #[test]
    fn an_empty_file_is_no_twin_of_one_that_holds_something() {
        let folder = folder_of(&["a.shp", "a.dbf"]);
        std::fs::write(folder.path().join("a.gpkg"), "").unwrap();
        let found = files_of_folder(folder.path()).unwrap();
        assert_eq!(found.layers, [folder.path().join("a.shp")]);
        let left: Vec<&str> = found.left.iter().map(|(_, why)| &*why.en).collect();
        assert_eq!(left, ["it is empty (0 bytes)"]);
    }

    #[test]
    fn what_to_do_with_a_file_of_a_known_kind_that_is_not_read_is_said() {
        let folder = folder_of(&["a.xls", "b.dxf", "c.lzh", "d.pdf"]);
        let found = files_of_folder(folder.path()).unwrap();
        let told: Vec<&str> = found.left.iter().map(|(_, why)| &*why.en).collect();
        let said = |word: &str| told.iter().filter(|why| why.contains(word)).count();
        assert_eq!((said(".xlsx"), said("QGIS"), said("unpack"), told.len()), (1, 1, 1, 4));
    }

    #[test]
    fn layers_timetables_and_the_rest_are_told_apart() {
        let folder = folder_of(&[
            "bus/stops.txt",
            "bus/trips.txt",
            "bus/stop_times.txt",
            "a/zones.shp",
            "a/zones.dbf",
            "a/zones.prj",
            "a/orphan.dbf",
            "a/plan.pdf",
            "kyoten-out/run.json",
            "kyoten-out/parcels.geojson",
            ".hidden/a.geojson",
        ]);
        let found = files_of_folder(folder.path()).unwrap();
        assert_eq!(found.layers, [folder.path().join("a/zones.shp")]);
        assert_eq!(found.timetables, [folder.path().join("bus")]);
        let left: Vec<String> = found.left.iter().map(|(path, _)| name_of(path)).collect();
        assert_eq!(left, ["orphan.dbf", "plan.pdf"]);
    }
}
