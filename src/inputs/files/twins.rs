//! One layer lies in a download more than once: as GML, as a shapefile and as GeoJSON, in Shift_JIS and in UTF-8.
//! Which of these is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Endings of files that hold a layer, the better twin first: what says its encoding and CRS itself before what does
/// not. Tables and XML are asked only where there is nothing of these.
const LAYERS: &[&str] = &["geojson", "json", "gpkg", "fgb", "parquet", "shp", "geojsonl", "ndjson"];
/// XML that is a layer of its own: the registry's maps 登記所備付地図, and CityGML.
const XML: &[&str] = &["xml", "gml"];
const TABLES: &[&str] = &["csv", "txt", "tsv"];
/// What spreadsheet programs keep. Lists of codes lie beside tables as such.
pub(in crate::inputs) const WORKBOOKS: &[&str] = &["xlsx", "xlsm", "ods"];

/// All of them, the better first.
const ENDINGS: [&[&str]; 4] = [LAYERS, XML, TABLES, WORKBOOKS];

/// Folders that hold the same files in two encodings, the better first.
const ENCODINGS: [&[&str]; 2] = [&["utf-8", "utf8", "utf_8"], &["shift-jis", "shift_jis", "shiftjis", "sjis", "cp932"]];

/// Metadata of 国土数値情報.
const METADATA: &str = "KS-META";

/// The layers of a download.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Layers {
    /// One file a layer, in the order of their names.
    pub(super) files: Vec<PathBuf>,
    /// Their twins, which are not read.
    pub(super) twins: Vec<PathBuf>,
}

/// Finds the layers among the files of an archive.
pub(super) fn layers(files: &[PathBuf]) -> Layers {
    let of_kind = |endings: &[&str]| -> Vec<PathBuf> {
        files.iter().filter(|file| endings.contains(&ending(file).as_str()) && !is_metadata(file)).cloned().collect()
    };
    let chosen = ENDINGS.into_iter().map(of_kind).find(|found| !found.is_empty()).unwrap_or_default();
    resolve(chosen)
}

/// Whether a file's ending is that of a layer or table, and it is not about other files.
pub(super) fn is_data(file: &Path) -> bool {
    ENDINGS.iter().any(|endings| endings.contains(&ending(file).as_str())) && !is_metadata(file)
}

/// Of files that are the same but for their ending and the folder of their encoding, the best one each.
pub(super) fn resolve(files: Vec<PathBuf>) -> Layers {
    let mut by_layer: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in files {
        by_layer.entry(without_encoding(&file).with_extension("")).or_default().push(file);
    }
    let mut found = Layers::default();
    for (_, mut twins) in by_layer {
        twins.sort_by_key(|file| (encoding_rank(file), ending_rank(file)));
        let mut twins = twins.into_iter();
        found.files.extend(twins.next());
        found.twins.extend(twins);
    }
    found
}

/// Whether names differ in their digits only, as the files of several prefectures or meshes do.
pub(super) fn are_a_series(files: &[PathBuf]) -> bool {
    let pattern = |file: &PathBuf| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut plain: String = name.chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect();
        while plain.contains("00") {
            plain = plain.replace("00", "0");
        }
        plain
    };
    files.windows(2).all(|pair| pattern(&pair[0]) == pattern(&pair[1]))
}

/// The ending in lower case, `.gz` left out.
fn ending(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_owned())
}

fn ending_rank(file: &Path) -> usize {
    let ending = ending(file);
    ENDINGS.iter().flat_map(|endings| endings.iter()).position(|known| *known == ending).unwrap_or(0)
}

fn is_metadata(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(METADATA))
}

fn is_encoding(part: &str, names: &[&str]) -> bool {
    names.contains(&part.to_lowercase().as_str())
}

fn encoding_rank(file: &Path) -> usize {
    let has = |names: &[&str]| file.iter().any(|part| is_encoding(&part.to_string_lossy(), names));
    ENCODINGS.iter().position(|names| has(names)).unwrap_or(1)
}

fn without_encoding(file: &Path) -> PathBuf {
    let is_encoding = |part: &str| ENCODINGS.iter().any(|names| is_encoding(part, names));
    file.iter().filter(|part| !is_encoding(&part.to_string_lossy())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Layers {
        layers(&paths(names))
    }

    fn paths(names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn utf8_goes_before_shift_jis_and_geojson_before_the_shapefile() {
        let found = of(&[
            "N02-23_GML/KS-META-N02-23.xml",
            "N02-23_GML/N02-23.xml",
            "N02-23_GML/Shift-JIS/N02-23_Station.shp",
            "N02-23_GML/Shift-JIS/N02-23_Station.dbf",
            "N02-23_GML/UTF-8/N02-23_Station.shp",
            "N02-23_GML/UTF-8/N02-23_Station.geojson",
            "N02-23_GML/Shift-JIS/N02-23_RailroadSection.shp",
        ]);
        let wanted = ["N02-23_GML/Shift-JIS/N02-23_RailroadSection.shp", "N02-23_GML/UTF-8/N02-23_Station.geojson"];
        assert_eq!(found.files, paths(&wanted));
        let twins = ["N02-23_GML/UTF-8/N02-23_Station.shp", "N02-23_GML/Shift-JIS/N02-23_Station.shp"];
        assert_eq!(found.twins, paths(&twins));
    }

    #[test]
    fn tables_and_xml_count_where_there_is_nothing_else() {
        assert_eq!(of(&["tblT001141H22.txt"]).files, paths(&["tblT001141H22.txt"]));
        assert_eq!(of(&["a.xml", "readme.txt"]).files, paths(&["a.xml"]));
        assert_eq!(of(&["施設.csv", "コード一覧.xlsx"]).files, paths(&["施設.csv"]));
        assert_eq!(of(&["施設.xlsx", "readme.pdf"]).files, paths(&["施設.xlsx"]));
        assert_eq!(of(&["a.shp", "a.xml", "readme.txt"]).files, paths(&["a.shp"]));
        assert_eq!(of(&["a.pdf"]), Layers::default());
    }

    #[test]
    fn the_files_of_prefectures_are_a_series() {
        assert!(are_a_series(&paths(&["x/P11-22_01.shp", "y/P11-22_22.shp"])));
        assert!(!are_a_series(&paths(&["N02-23_Station.shp", "N02-23_RailroadSection.shp"])));
    }
}
