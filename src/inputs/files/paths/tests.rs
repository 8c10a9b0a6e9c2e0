//! Patterns, archives and what is meant by them.

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
    assert_eq!(names(folder.path(), &["z.csv", "*.shp", "a.shp"]).unwrap(), ["z.csv", "a.shp", "a[1].shp", "b.shp"]);
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
    zipped(&base.join("a.zip"), &[("A16-15_22/A16-15_22_DID.geojson", b""), ("A16-20_22/A16-20_22_DID.geojson", b"")]);
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
fn archives_within_an_archive_may_not_unpack_to_more_than_it_may() {
    let folder = folder_of(&[]);
    let base = folder.path();
    // Each is within its own limit: 200 MiB of zeros, packed three times over.
    zipped(&base.join("in.zip"), &[("a.csv", &vec![0; 200 << 20])]);
    let inner = std::fs::read(base.join("in.zip")).unwrap();
    zipped(&base.join("one.zip"), &[("a.zip", &inner)]);
    zipped(&base.join("two.zip"), &[("a.zip", &inner), ("b.zip", &inner)]);
    assert_eq!(expand_all(base, &["one.zip".to_owned()]).unwrap(), [base.join("one.zip/a.zip/a.csv")]);
    assert!(matches!(expand_all(base, &["two.zip".to_owned()]), Err(InputError::UnpacksTooLarge { .. })));
    let way = Store::default().locate(&base.join("two.zip/a.zip/a.csv")).unwrap();
    assert_eq!(way.open().unwrap().bytes.len(), 200 << 20);
}

#[test]
fn a_name_is_found_in_the_other_unicode_form() {
    let apart: String = "バス停.csv".nfd().collect();
    let folder = folder_of(&[&apart]);
    assert_eq!(names(folder.path(), &["バス停.csv"]).unwrap(), [apart]);
}
