//! The same parcels give the same answer: in whatever format and system they come, with however many threads, and
//! after a run that was killed.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{Folder, column, rows, until};
use flate2::write::GzEncoder;
use flatgeobuf::geozero::{ColumnValue, FeatureProcessor, GeomProcessor, PropertyProcessor};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use kyoten::crs::{Crs, Plane, ToPlane};
use kyoten::demo::{DemoOptions, write_city};
use kyoten::outputs::PARCEL_FORMATS;
use serde_json::Value;
use shapefile::dbase::{FieldValue, Record, TableWriterBuilder};

/// The sample's parcels, one JSON object each.
fn sample_parcels(folder: &Folder) -> Vec<Value> {
    folder.json("city/parcels.geojson")["features"].as_array().unwrap().clone()
}

/// Runs on the sample city with other parcels, and returns `parcels.csv`.
fn with_parcels(folder: &Folder, file: &str, more: &str) -> String {
    let told = r#"{ path = "parcels.geojson", id = "chiban" }"#;
    folder.put("city/other.toml", folder.bytes("city/kyoten.toml"));
    folder.edit("city/other.toml", told, &format!("{{ path = \"{file}\", id = \"chiban\"{more} }}"));
    folder.run(&["city/other.toml", "--out", "other", "--format", "csv", "--drop-own"]);
    folder.text("other/parcels.csv")
}

fn as_they_are(folder: &Folder) -> String {
    folder.run(&["city", "--out", "out", "--format", "csv", "--drop-own"]);
    folder.text("out/parcels.csv")
}

/// Areas may differ by square millimetres and lengths by tenths of a millimetre where coordinates were rounded on
/// another grid; statuses and shares well inside or outside may not.
fn assert_same_answers(one: &str, other: &str) {
    let (one, other) = (rows(one), rows(other));
    assert_eq!(one.len(), other.len());
    for (a, b) in one.iter().zip(&other) {
        for (place, name) in one[0].iter().enumerate() {
            match (a[place].parse::<f64>(), b[place].parse::<f64>()) {
                (Ok(x), Ok(y)) => assert!((x - y).abs() <= 0.02, "{} {name}: {x} and {y}", a[0]),
                _ => assert_eq!(a[place], b[place], "{} {name}", a[0]),
            }
        }
    }
}

#[test]
fn a_feature_a_line_is_a_feature_collection() {
    let folder = Folder::with_sample();
    let lines: Vec<String> = sample_parcels(&folder).iter().map(Value::to_string).collect();
    folder.put("city/parcels.ndjson", lines.join("\n"));
    assert_eq!(with_parcels(&folder, "parcels.ndjson", ""), as_they_are(&folder));
}

#[test]
fn a_packed_file_is_the_file() {
    let folder = Folder::with_sample();
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&folder.bytes("city/parcels.geojson")).unwrap();
    folder.put("city/parcels.geojson.gz", packed.finish().unwrap());
    assert_eq!(with_parcels(&folder, "parcels.geojson.gz", ""), as_they_are(&folder));
}

#[test]
fn several_files_follow_each_other() {
    let folder = Folder::with_sample();
    let all = sample_parcels(&folder);
    for (name, part) in [("a", &all[..120]), ("b", &all[120..])] {
        let collection = serde_json::json!({ "type": "FeatureCollection", "features": part });
        folder.put(&format!("city/{name}.geojson"), collection.to_string());
    }
    let other = with_parcels(&folder, "[ab].geojson", "");
    assert_eq!(other, as_they_are(&folder));
}

/// A run's parcels, odd ones and all, read again in every format that can be written: the rows are the same bytes.
#[test]
fn every_format_that_is_written_is_read_again_to_the_same_bytes() {
    let folder = Folder::with_sample();
    let formats: Vec<&str> = PARCEL_FORMATS.iter().map(|format| format.name).collect();
    folder.run(&["city", "--out", "out", "--format", &formats.join(",")]);
    let first = as_they_are(&folder);
    folder.run(&["city", "--out", "out", "--format", &formats.join(",")]);
    for format in PARCEL_FORMATS.iter().filter(|format| format.has_shapes) {
        folder.put(&format!("city/again/{}", format.file), folder.bytes(&format!("out/{}", format.file)));
        assert_eq!(with_parcels(&folder, &format!("again/{}", format.file), ""), first, "{}", format.name);
    }
}

#[test]
fn a_shapefile_gives_the_same_answers() {
    let folder = Folder::with_sample();
    let path = folder.path().join("city/parcels.shp");
    let table = TableWriterBuilder::new().add_character_field("chiban".try_into().unwrap(), 20);
    let mut writer = shapefile::Writer::from_path(&path, table).unwrap();
    // Its rings are always closed and there is no polygon without any, so the odd parcels stay out.
    let mut parcels = sample_parcels(&folder);
    parcels.truncate(293);
    for parcel in &parcels {
        let rings = parcel["geometry"]["coordinates"].as_array().unwrap().iter();
        let point = |at: &Value| shapefile::Point::new(at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
        let rings =
            rings.map(|ring| shapefile::PolygonRing::Outer(ring.as_array().unwrap().iter().map(point).collect()));
        let mut record = Record::default();
        let id = parcel["properties"]["chiban"].as_str().unwrap().to_owned();
        record.insert("chiban".to_owned(), FieldValue::Character(Some(id)));
        writer.write_shape_and_record(&shapefile::Polygon::with_rings(rings.collect()), &record).unwrap();
    }
    drop(writer);
    let collection = serde_json::json!({ "type": "FeatureCollection", "features": parcels });
    folder.put("city/parcels.geojson", collection.to_string());
    let other = with_parcels(&folder, "parcels.shp", ", crs = \"EPSG:6668\"");
    assert_same_answers(&as_they_are(&folder), &other);
}

#[test]
fn flatgeobuf_gives_the_same_answers() {
    let folder = Folder::with_sample();
    let crs = FgbCrs { code: 6668, ..FgbCrs::default() };
    // Without an index, which would put the parcels into another order.
    let options = FgbWriterOptions { write_index: false, promote_to_multi: false, crs, ..FgbWriterOptions::default() };
    let mut writer = FgbWriter::create_with_options("parcels", GeometryType::Polygon, options).unwrap();
    writer.add_column("chiban", ColumnType::String, |_, _| {});
    // The writer knows no parcel without a polygon, so the odd parcels stay out.
    let mut parcels = sample_parcels(&folder);
    parcels.truncate(293);
    for parcel in &parcels {
        let rings = parcel["geometry"]["coordinates"].as_array().unwrap();
        writer.polygon_begin(true, rings.len(), 0).unwrap();
        for (place, ring) in rings.iter().map(|ring| ring.as_array().unwrap()).enumerate() {
            writer.linestring_begin(false, ring.len(), place).unwrap();
            for (corner, at) in ring.iter().enumerate() {
                writer.xy(at[0].as_f64().unwrap(), at[1].as_f64().unwrap(), corner).unwrap();
            }
            writer.linestring_end(false, place).unwrap();
        }
        writer.polygon_end(true, 0).unwrap();
        writer.property(0, "chiban", &ColumnValue::String(parcel["properties"]["chiban"].as_str().unwrap())).unwrap();
        writer.feature_end(0).unwrap();
    }
    let mut file = Vec::new();
    writer.write(&mut file).unwrap();
    folder.put("city/parcels.fgb", file);
    let collection = serde_json::json!({ "type": "FeatureCollection", "features": parcels });
    folder.put("city/parcels.geojson", collection.to_string());
    assert_eq!(with_parcels(&folder, "parcels.fgb", ""), as_they_are(&folder));
}

#[test]
fn metres_of_the_plane_give_the_same_answers() {
    let folder = Folder::with_sample();
    let to_plane = ToPlane::new(&Crs::parse("EPSG:6668").unwrap(), Plane::new(8).unwrap()).unwrap();
    let mut all = folder.json("city/parcels.geojson");
    all.as_object_mut().unwrap().remove("crs");
    for feature in all["features"].as_array_mut().unwrap() {
        if let Some(geometry) = feature["geometry"].as_object_mut() {
            positions(&mut geometry["coordinates"], &to_plane);
        }
    }
    folder.put("city/plane.geojson", all.to_string());
    let other = with_parcels(&folder, "plane.geojson", ", crs = \"EPSG:6676\"");
    assert_same_answers(&as_they_are(&folder), &other);

    // What came in metres goes out in longitude and latitude.
    folder.run(&["city/other.toml", "--out", "other"]);
    let parcel = &folder.json("other/parcels.geojson")["features"][0];
    let there = parcel["geometry"]["coordinates"][0][0].as_array().unwrap();
    let here = &sample_parcels(&folder)[0]["geometry"]["coordinates"][0][0];
    for axis in 0..2 {
        assert!((there[axis].as_f64().unwrap() - here[axis].as_f64().unwrap()).abs() < 2e-9, "{there:?} and {here}");
    }
}

/// Brings all positions of a geometry into the plane, to a tenth of a millimetre.
fn positions(coordinates: &mut Value, to_plane: &ToPlane) {
    let Some(list) = coordinates.as_array_mut() else { return };
    if let [Value::Number(x), Value::Number(y)] = &list[..] {
        let mut points = [[x.as_f64().unwrap(), y.as_f64().unwrap()]];
        to_plane.convert(&mut points).unwrap();
        *list = points[0].iter().map(|metres| Value::from((metres * 1e4).round() / 1e4)).collect();
    } else {
        for one in list {
            positions(one, to_plane);
        }
    }
}

/// A made-up city of several chunks of parcels in `city/`.
fn large_city(parcels: usize) -> Folder {
    let folder = Folder::new();
    write_city(&folder.path().join("city"), &DemoOptions { parcels, seed: 7 }).unwrap();
    folder
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let folder = large_city(7000);
    let all = PARCEL_FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(",");
    let twice = format!("{all},geojson");
    let mut first = None;
    for (out, threads, formats) in [("a", "1", &all), ("b", "2", &all), ("c", "5", &twice), ("d", "1", &all)] {
        folder.run(&["city", "--out", out, "--format", formats, "--threads", threads]);
        let names = folder.names(out);
        // Of products GeoParquet has files of its own.
        let of_products =
            names.iter().filter(|name| name.ends_with(".parquet") && !name.starts_with("parcels")).count();
        assert_eq!((names.len(), of_products), (14 + PARCEL_FORMATS.len() + 4, 4), "{names:?}");
        let files: Vec<(String, Vec<u8>)> = names
            .into_iter()
            .filter(|name| name != "times.json")
            .map(|name| (name.clone(), folder.bytes(&format!("{out}/{name}"))))
            .collect();
        match &first {
            None => first = Some(files),
            Some(first) => {
                for (one, other) in first.iter().zip(&files) {
                    assert!(one == other, "{} differs with {threads} threads", one.0);
                }
            }
        }
    }
}

#[test]
fn a_killed_run_leaves_no_run_and_the_next_one_cleans_up() {
    let folder = large_city(20_000);
    let has_partial =
        || folder.path().join("out").is_dir() && folder.names("out").iter().any(|name| name.starts_with(".partial-"));
    let mut run = Command::new(env!("CARGO_BIN_EXE_kyoten"))
        .current_dir(folder.path())
        .args(["run", "city", "--out", "out", "--format", "geojson,csv,fgb"])
        .env("KYOTEN_LANG", "en")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    until("the run begins to write", || {
        assert!(run.try_wait().unwrap().is_none(), "the run was over before it could be killed");
        has_partial()
    });
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(!Path::new(&folder.path().join("out/run.json")).exists());
    assert!(has_partial(), "{:?}", folder.names("out"));

    folder.run(&["city", "--out", "out", "--format", "csv"]);
    assert_eq!(folder.names(""), ["city", "out"]);
    assert!(!has_partial(), "{:?}", folder.names("out"));
    let parcels = rows(&folder.text("out/parcels.csv"));
    assert_eq!(parcels.len(), 20_001);
    assert_eq!(column(&parcels, "kyoten_id"), 0);
    assert!(fs::metadata(folder.path().join("out/run.json")).is_ok());
}
