//! Shapefiles made byte by byte, with the quirks that real ones have, and by another program's rules.

use std::path::{Path, PathBuf};

use geo::Geometry;
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::diagnostics::Diagnose as _;
use crate::inputs::{GeometryProblem, InputError, RawLayer, ReadOptions, open_parcels, read_layer};
use crate::notices::Notices;

pub(super) fn shp(contents: &[Vec<u8>]) -> Vec<u8> {
    let mut records = Vec::new();
    for (index, content) in contents.iter().enumerate() {
        records.extend(u32::try_from(index + 1).unwrap().to_be_bytes());
        records.extend(u32::try_from(content.len() / 2).unwrap().to_be_bytes());
        records.extend(content);
    }
    let mut file = vec![0, 0, 0x27, 0x0a];
    file.resize(24, 0);
    file.extend(u32::try_from(50 + records.len() / 2).unwrap().to_be_bytes());
    file.resize(100, 0);
    file.extend(records);
    file
}

pub(super) fn point(x: f64, y: f64) -> Vec<u8> {
    [&1_i32.to_le_bytes()[..], &x.to_le_bytes(), &y.to_le_bytes()].concat()
}

pub(super) fn null() -> Vec<u8> {
    vec![0; 4]
}

/// Columns as (name, type, width) and rows whose first byte is the mark of deletion.
pub(super) fn dbf(language: u8, columns: &[(&[u8], u8, u8)], rows: &[&[u8]]) -> Vec<u8> {
    let start = 32 + 32 * columns.len() + 1;
    let length = 1 + columns.iter().map(|column| usize::from(column.2)).sum::<usize>();
    let mut file = vec![3, 120, 1, 1];
    file.extend(u32::try_from(rows.len()).unwrap().to_le_bytes());
    file.extend(u16::try_from(start).unwrap().to_le_bytes());
    file.extend(u16::try_from(length).unwrap().to_le_bytes());
    file.resize(32, 0);
    file[29] = language;
    for (name, kind, width) in columns {
        let mut column = name.to_vec();
        column.resize(32, 0);
        column[11] = *kind;
        column[16] = *width;
        file.extend(column);
    }
    file.push(0x0d);
    for row in rows {
        assert_eq!(row.len(), length);
        file.extend(*row);
    }
    file
}

pub(super) fn place(files: &[(&str, &[u8])]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (extension, bytes) in files {
        std::fs::write(folder.path().join("a").with_extension(extension), bytes).unwrap();
    }
    let path = folder.path().join("a.shp");
    (folder, path)
}

pub(super) fn read(path: &Path) -> Result<(RawLayer, Notices), InputError> {
    let mut notices = Notices::default();
    let layer = read_layer(&[path.to_owned()], &ReadOptions::default(), &mut notices, "layer")?;
    Ok((layer, notices))
}

pub(super) const NAME: &[(&[u8], u8, u8)] = &[(b"\x96\xbc", b'C', 6)]; // 名
pub(super) const STATION: &[u8] = b" \x8f\xc4\x92\xc3\x89\x77"; // 焼津駅

#[test]
fn shift_jis_is_found_by_cpg_by_language_byte_and_by_guess() {
    let shapes = shp(&[point(138.3, 34.8)]);
    for (language, cpg, expected) in [
        (0, Some("Shift_JIS"), "Shift_JIS (.cpg)"),
        (0, Some("UTF-8"), "Shift_JIS (from the bytes)"),
        (0x13, None, "Shift_JIS (code page byte of the .dbf)"),
        (0x57, None, "Shift_JIS (from the bytes)"),
    ] {
        let table = dbf(language, NAME, &[STATION]);
        let mut files = vec![("shp", &shapes[..]), ("dbf", &table[..])];
        files.extend(cpg.map(|cpg| ("cpg", cpg.as_bytes())));
        let (_folder, path) = place(&files);
        let (layer, _) = read(&path).unwrap();
        assert_eq!(layer.features[0].fields["名"], "焼津駅");
        assert_eq!(layer.files[0].encoding.as_ref().unwrap().en, expected);
        assert_eq!(layer.files[0].crs, None);
    }
}

#[test]
fn values_keep_what_they_mean() {
    let columns: &[(&[u8], u8, u8)] = &[
        (b"code", b'N', 5),
        (b"pop", b'N', 5),
        (b"area", b'F', 5),
        (b"day", b'D', 8),
        (b"flag", b'L', 1),
        (b"note", b'C', 2),
    ];
    let rows: &[&[u8]] = &[b" 07203  120 1.50" as &[u8], b"", b""];
    let first = [rows[0], b"20201001", b"T", b"  "].concat();
    let second = [b"           *****     " as &[u8], b"00000000", b"?", b"ab"].concat();
    let second = &second[second.len() - first.len()..];
    let table = dbf(0, columns, &[&first, second]);
    let (_folder, path) = place(&[("shp", &shp(&[point(1.0, 2.0), null()])), ("dbf", &table)]);
    let (layer, _) = read(&path).unwrap();
    let values: Vec<String> = layer.features[0].fields.values().map(Value::to_string).collect();
    assert_eq!(values, ["\"07203\"", "120", "1.5", "\"2020-10-01\"", "true", "null"]);
    let values: Vec<String> = layer.features[1].fields.values().map(Value::to_string).collect();
    assert_eq!(values, ["null", "null", "null", "null", "null", "\"ab\""]);
    assert_eq!(layer.features[1].geometry, None);
}

#[test]
fn deleted_and_missing_records_are_counted() {
    let deleted = [b"*", &STATION[1..]].concat();
    let table = dbf(0, NAME, &[&deleted, STATION]);
    let shapes = shp(&[point(1.0, 2.0), point(1.0, 2.0), point(1.0, 2.0)]);
    let (_folder, path) = place(&[("shp", &shapes), ("dbf", &table), ("prj", b"GEOGCS[\"JGD2011\"]\0")]);
    let (layer, notices) = read(&path).unwrap();
    assert_eq!(layer.features.iter().map(|feature| feature.number).collect::<Vec<_>>(), [2, 3]);
    let ids: Vec<_> = notices.iter().map(|(_, kind, tally)| (kind.id, tally.count)).collect();
    assert_eq!(ids, [("deleted-records", 1), ("shapes-without-record", 1)]);
    assert_eq!(layer.files[0].crs.as_ref().unwrap().text, "GEOGCS[\"JGD2011\"]");
}

#[test]
fn a_missing_dbf_and_other_parts_are_named() {
    let (folder, path) = place(&[("shp", &shp(&[null()])), ("prj", b"x")]);
    let error = read(&path).unwrap_err();
    assert!(matches!(&error, InputError::MissingSidecar { missing, .. } if missing.ends_with("a.dbf")), "{error}");
    let error = read(&folder.path().join("a.prj")).unwrap_err();
    assert!(error.help()[0].en.contains("a.shp"), "{error}");
    let (_folder, path) = place(&[("shp", &shp(&[[31, 0, 0, 0].to_vec()])), ("dbf", &dbf(0, NAME, &[STATION]))]);
    assert!(matches!(read(&path), Err(InputError::UnsupportedShape { shape_type: 31, record: 1, .. })));
}

#[test]
fn polygons_with_heights_written_by_another_program_keep_their_holes() {
    use shapefile::{PointZ, PolygonRing, PolygonZ};
    let ring = |x: f64, side: f64| {
        let corner = |dx, dy| PointZ::new(x + dx, x + dy, 9.0, 1.0);
        vec![corner(0.0, 0.0), corner(0.0, side), corner(side, side), corner(side, 0.0), corner(0.0, 0.0)]
    };
    let shape = PolygonZ::with_rings(vec![
        PolygonRing::Outer(ring(0.0, 4.0)),
        PolygonRing::Inner(ring(1.0, 1.0)),
        PolygonRing::Outer(ring(6.0, 2.0)),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("z.shp");
    let table = shapefile::dbase::TableWriterBuilder::new().add_character_field("id".try_into().unwrap(), 5);
    let mut writer = shapefile::Writer::from_path(&path, table).unwrap();
    let mut record = shapefile::dbase::Record::default();
    record.insert("id".to_owned(), shapefile::dbase::FieldValue::Character(Some("007".to_owned())));
    writer.write_shape_and_record(&shape, &record).unwrap();
    drop(writer);

    let (layer, _) = read(&path).unwrap();
    let Some(Geometry::MultiPolygon(polygons)) = &layer.features[0].geometry else { panic!() };
    assert_eq!(polygons.iter().map(|polygon| polygon.interiors().len()).collect::<Vec<_>>(), [1, 0]);

    let parcels = open_parcels(&[path.clone(), path], &ReadOptions::default(), Some("id")).unwrap();
    assert_eq!((parcels.len(), parcels.chunks()), (2, 2));
    let chunk = parcels.read_chunk(1).unwrap();
    assert_eq!((chunk.file, chunk.records[0].id.as_deref()), (1, Some("007")));
    assert_eq!(chunk.records[0].properties, r#"{"id":"007"}"#);
    assert_eq!(chunk.shapes.get(0).rings().map(<[_]>::len).collect::<Vec<_>>(), [5, 5, 5]);
}

#[test]
fn parcels_without_polygons_say_why() {
    let shapes = shp(&[null(), point(138.3, 34.8), point(f64::NAN, 34.8)]);
    let (_folder, path) = place(&[("shp", &shapes), ("dbf", &dbf(0, NAME, &[STATION, STATION, STATION]))]);
    let parcels = open_parcels(&[path], &ReadOptions::default(), None).unwrap();
    let chunk = parcels.read_chunk(0).unwrap();
    let problems: Vec<_> = chunk.records.iter().map(|record| record.problem.unwrap()).collect();
    assert_eq!(problems, [GeometryProblem::Null, GeometryProblem::NotAPolygon, GeometryProblem::NotFinite]);
    assert_eq!(chunk.shapes.len(), 3);
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(cut in 0_usize..200, at in 0_usize..400, byte: u8) {
        let table = dbf(0, NAME, &[STATION, STATION]);
        let mut content = vec![5, 0, 0, 0];
        content.resize(36, 0);
        content.extend([1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);
        content.resize(content.len() + 64, 1);
        let mut shapes = shp(&[point(1.0, 2.0), content]);
        let mut damaged_table = table.clone();
        if let Some(hit) = shapes.get_mut(at) { *hit = byte }
        if let Some(hit) = damaged_table.get_mut(at) { *hit = byte }
        for bytes in [&shapes[..], &shapes[..shapes.len().saturating_sub(cut)]] {
            let found = super::places::find(Path::new("a.shp"), bytes, None, 2);
            for place in found.map(|found| found.of).unwrap_or_default() {
                let _ = super::shp::read(Path::new("a.shp"), bytes, &[place], 0);
            }
        }
        for bytes in [&damaged_table[..], &damaged_table[..table.len().saturating_sub(cut)]] {
            if let Ok(table) = super::dbf::DbfTable::open(Path::new("a.dbf"), bytes, None) {
                for index in 0..table.records {
                    let _ = table.record(bytes, index);
                }
            }
        }
    }
}

#[test]
fn parcels_in_runs_are_those_of_the_whole_file_and_deleted_ones_take_no_number() {
    let count = 5000;
    let place = |number: usize| f64::from(u16::try_from(number).unwrap()) / 1e4;
    let shapes: Vec<Vec<u8>> = (0..count).map(|number| point(138.0 + place(number), 34.0)).collect();
    let rows: Vec<Vec<u8>> =
        (0..count).map(|number| format!("{}{number:06}", if number % 1000 == 7 { "*" } else { " " }).into()).collect();
    let rows: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("parcels.shp");
    std::fs::write(&path, shp(&shapes)).unwrap();
    std::fs::write(path.with_extension("dbf"), dbf(0, &[(b"ID", b'C', 6)], &rows)).unwrap();
    let parcels = open_parcels(std::slice::from_ref(&path), &ReadOptions::default(), Some("ID")).unwrap();
    assert_eq!((parcels.len(), parcels.chunks()), (count - 5, 3));
    let chunks: Vec<_> = (0..3).map(|chunk| parcels.read_chunk(chunk).unwrap()).collect();
    assert_eq!(chunks.iter().map(|chunk| chunk.first).collect::<Vec<_>>(), [0, 2048 - 3, 4096 - 5]);
    let ids: Vec<String> =
        chunks.iter().flat_map(|chunk| &chunk.records).map(|record| record.id.clone().unwrap().into_owned()).collect();
    let mut notices = Notices::default();
    let layer = read_layer(&[path], &ReadOptions::default(), &mut notices, "layer").unwrap();
    assert_eq!(ids, layer.features.iter().map(|feature| feature.fields["ID"].as_str().unwrap()).collect::<Vec<_>>());
    let told = |notices: &Notices| notices.iter().map(|(_, kind, tally)| (kind.id, tally.count)).collect::<Vec<_>>();
    assert_eq!(told(&notices), [("deleted-records", 5)]);
    assert_eq!(told(parcels.notices()), [("deleted-records", 5)]);
}
