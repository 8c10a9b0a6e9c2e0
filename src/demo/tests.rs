//! What holds of every city.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use geo::Validation;
use serde_json::Value;

use super::{DemoError, DemoOptions, gtfs, odd, write_city};
use crate::discovery::discover;
use crate::inputs::gtfs::{Feed, read_feeds};
use crate::layers::LayerKey;
use crate::notices::Notices;
use crate::pipeline::{self, Options};
use crate::project::Project;

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

/// The timetables of a city in a folder; they hold no row that cannot be used.
fn feeds(folder: &Path, parcels: usize) -> Vec<Feed> {
    write_city(folder, &DemoOptions { parcels, seed: 1 }).unwrap();
    let mut notices = Notices::default();
    let names: Vec<String> = gtfs::files().map(str::to_owned).collect();
    let feeds = read_feeds(folder, &names, &mut notices).unwrap();
    assert_eq!(notices.iter().count(), 0, "{parcels} parcels: {:?}", notices.iter().next());
    feeds
}

#[test]
fn two_operators_share_poles_and_one_of_them_names_no_direction() {
    for parcels in [10, 300, 3_000] {
        let folder = tempfile::tempdir().unwrap();
        let feeds = feeds(folder.path(), parcels);
        let poles: Vec<BTreeSet<String>> = feeds
            .iter()
            .map(|feed| feed.stops.iter().map(|stop| format!("{:?} {:?}", stop.name, stop.lon_lat)).collect())
            .collect();
        assert!(poles[0].intersection(&poles[1]).count() >= 2, "{parcels} parcels: {poles:?}");
        let named = |feed: &Feed| feed.trips.iter().filter(|trip| trip.direction.is_some()).count();
        assert_eq!(feeds.iter().map(named).collect::<Vec<_>>(), [feeds[0].trips.len(), 0]);
    }
}

#[test]
fn timetables_call_at_stops_of_the_layer_and_leave_some_without() {
    let folder = tempfile::tempdir().unwrap();
    let feeds = feeds(folder.path(), 3_000);
    let layer = features(&fs::read(folder.path().join("P11-22_22.geojson")).unwrap());
    let of_layer: BTreeSet<&str> = layer.iter().map(|stop| stop["properties"]["P11_001"].as_str().unwrap()).collect();
    let of_feeds: BTreeSet<&str> =
        feeds.iter().flat_map(|feed| &feed.stops).map(|stop| stop.name.as_deref().unwrap()).collect();
    assert!(of_feeds.is_subset(&of_layer), "{of_feeds:?} {of_layer:?}");
    assert!(of_layer.contains("旧道口") && !of_feeds.contains("旧道口"));
}

#[test]
fn every_file_is_recognised_as_what_it_is_or_left_to_the_planner() {
    let folder = tempfile::tempdir().unwrap();
    write_city(folder.path(), &DemoOptions { parcels: 300, seed: 1 }).unwrap();
    let found = discover(folder.path()).unwrap();
    let of = |file: &str| {
        let finding = found.findings.iter().find(|finding| found.name_of(&finding.path) == file);
        let finding = finding.unwrap_or_else(|| panic!("{file} was not looked at"));
        finding.recognised.map_or("", |recognised| recognised.publication.id)
    };
    for (file, publication) in [
        ("parcels.geojson", "lots"),
        ("N02-20_Station.geojson", "N02"),
        ("P11-22_22.geojson", "P11-22"),
        ("peaks.csv", "peaks"),
        ("A16-20_22_DID.geojson", "A16"),
        ("public_land.geojson", "public land"),
        ("tblT001101H5238.txt", "e-Stat mesh"),
        ("市街化区域.shp", "area division"),
        ("A50-20_22999.geojson", "A50"),
        ("facilities.csv", "welfare facilities"),
        ("N03-23_22.geojson", "N03"),
        ("P04-20_22.geojson", "P04"),
    ] {
        assert_eq!(of(file), publication, "{file}");
    }
    assert_eq!(found.filled_by(LayerKey::ResidenceArea), Some(LayerKey::InductionArea));
    let timetables: Vec<String> = found.timetables.iter().map(|path| found.name_of(path)).collect();
    assert_eq!(timetables, gtfs::files().collect::<Vec<_>>());
    assert!(found.findings.iter().all(|finding| finding.look.is_ok()));
    // What stands beside is in the way of nothing: the parcels are found, and a project is made.
    assert_eq!(found.project().unwrap().municipality.as_deref(), Some("22999"));
}

#[test]
fn runs_on_equal_cities_write_equal_files() {
    let runs = [(); 2].map(|()| {
        let folder = tempfile::tempdir().unwrap();
        let city = write_city(&folder.path().join("city"), &DemoOptions { parcels: 300, seed: 6 }).unwrap();
        let project = Project::open(&city.project).unwrap();
        let out = folder.path().join("out");
        let options = Options { out: Some(out.clone()), ..Options::default() };
        pipeline::run(&project, &options, &()).unwrap();
        ["parcels.geojson", "zones.geojson", "stops.geojson", "spacing.csv"]
            .map(|name| fs::read(out.join(name)).unwrap())
    });
    assert!(runs[0] == runs[1]);
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
