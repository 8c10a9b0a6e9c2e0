//! What holds of every city.

use std::collections::BTreeMap;
use std::fs;

use geo::Validation;
use serde_json::Value;

use super::{DemoError, DemoOptions, odd, write_city};

/// The bytes of every file of a city, by name.
fn city(parcels: usize, seed: u64) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let city = write_city(folder.path(), &DemoOptions { parcels, seed }).unwrap();
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let written: BTreeMap<_, _> = city.files.iter().map(|path| (name(path), fs::read(path).unwrap())).collect();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), written.len(), "a file that is not in the list");
    written
}

fn features(file: &[u8]) -> Vec<Value> {
    let collection: Value = serde_json::from_slice(file).unwrap();
    collection["features"].as_array().unwrap().clone()
}

/// The rings of a polygon or multipolygon.
fn rings(geometry: &Value) -> Vec<Vec<[f64; 2]>> {
    let ring = |ring: &Value| serde_json::from_value(ring.clone()).unwrap();
    let polygon = |polygon: &Value| polygon.as_array().unwrap().iter().map(ring).collect::<Vec<_>>();
    match geometry["type"].as_str() {
        Some("Polygon") => polygon(&geometry["coordinates"]),
        Some("MultiPolygon") => geometry["coordinates"].as_array().unwrap().iter().flat_map(polygon).collect(),
        _ => Vec::new(),
    }
}

fn geometry(feature: &Value) -> geojson::Geometry {
    serde_json::from_value(feature["geometry"].clone()).unwrap()
}

fn turns_left(ring: &[[f64; 2]]) -> bool {
    let [x, y] = ring[0];
    ring.windows(2).map(|side| (side[0][0] - x) * (side[1][1] - y) - (side[1][0] - x) * (side[0][1] - y)).sum::<f64>()
        > 0.0
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_does_not() {
    let first = city(120, 4);
    assert_eq!(first, city(120, 4));
    assert_ne!(first["parcels.geojson"], city(120, 5)["parcels.geojson"]);
}

#[test]
fn there_are_as_many_parcels_as_were_asked_for_each_with_its_own_number_but_one() {
    for wanted in [10, 11, 300, 2_345] {
        let parcels = features(&city(wanted, 2)["parcels.geojson"]);
        assert_eq!(parcels.len(), wanted);
        let mut numbers: Vec<_> =
            parcels.iter().map(|parcel| parcel["properties"]["chiban"].as_str().unwrap()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), wanted - 1, "of {wanted} parcels");
    }
}

#[test]
fn every_polygon_is_valid_closed_and_turns_the_right_way_but_the_odd_ones() {
    for (name, bytes) in city(300, 1).iter().filter(|(name, _)| name.ends_with(".geojson")) {
        let mut features = features(bytes);
        if name == "parcels.geojson" {
            let odd = features.split_off(features.len() - odd::COUNT);
            let [bow_tie, unclosed, clockwise, null, parts, hole, double] = odd.try_into().unwrap();
            assert!(rings(&bow_tie["geometry"])[0].len() == 5);
            assert_ne!(rings(&unclosed["geometry"])[0].first(), rings(&unclosed["geometry"])[0].last());
            assert!(!turns_left(&rings(&clockwise["geometry"])[0]));
            assert!(null["geometry"].is_null());
            assert_eq!(parts["geometry"]["type"], "MultiPolygon");
            assert_eq!(rings(&hole["geometry"]).len(), 2);
            assert_eq!(double["properties"]["chiban"], features[0]["properties"]["chiban"]);
        }
        for feature in features {
            if feature["geometry"]["type"] == "Polygon" {
                let polygon = geo::Polygon::<f64>::try_from(&geometry(&feature)).unwrap();
                assert!(polygon.is_valid(), "{name}: {feature}");
            }
            for (index, ring) in rings(&feature["geometry"]).iter().enumerate() {
                assert!(ring.len() >= 4 && ring.first() == ring.last(), "{name}: {feature}");
                assert_eq!(turns_left(ring), index == 0, "{name}: {feature}");
            }
        }
    }
}

#[test]
fn every_file_that_the_projects_name_is_there() {
    let files = city(10, 1);
    let read = |name: &str| -> toml::Table { String::from_utf8(files[name].clone()).unwrap().parse().unwrap() };
    let (project, what_if) = (read("kyoten.toml"), read("what_if.toml"));
    for layers in [&project["layers"], &project["prospective"], &what_if["layers"], &what_if["scenario"]["layers"]] {
        for (layer, value) in layers.as_table().unwrap() {
            let path = value.get("path").unwrap_or(value);
            let paths = path.as_array().cloned().unwrap_or_else(|| vec![path.clone()]);
            for path in paths {
                assert!(files.contains_key(path.as_str().unwrap()), "{layer}: {path}");
            }
        }
    }
}

#[test]
fn a_city_of_nine_parcels_is_refused_with_the_sizes_that_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let refused = write_city(&folder.path().join("city"), &DemoOptions { parcels: 9, seed: 1 }).unwrap_err();
    assert!(matches!(refused, DemoError::Size { given: 9 }));
    assert_eq!(refused.to_string(), "a city of 9 parcels cannot be drawn; ask for 10 to 2000000");
    assert!(!folder.path().join("city").exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("taken"), b"").unwrap();
    let refused = write_city(&folder.path().join("taken"), &DemoOptions { parcels: 10, seed: 1 }).unwrap_err();
    assert!(refused.to_string().contains("taken: could not be written"), "{refused}");
}
