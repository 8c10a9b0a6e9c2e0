//! What costs how much: four times the input is no more than five times the work.
//!
//! Work is counted in instructions of the program, which other programs beside it do not change. Where the system does not let them be
//! counted, a line says so.

#![allow(clippy::print_stdout, reason = "what was counted is worth a look")]

use std::fmt::Write as _;
use std::process::Command;

use crate::support::{Folder, unwrapped, zipped};
use crate::tangled::{collection, star};

/// How many times the work four times the input may be.
const MOST: f64 = 5.0;

/// The instructions that the program takes in a folder; `None` where nobody counts them.
fn instructions(folder: &Folder, arguments: &[&str]) -> Option<u64> {
    let mut perf = Command::new("perf");
    perf.args(["stat", "-x", ",", "-e", "instructions:u", "-o", "counted", "--", env!("CARGO_BIN_EXE_kyoten")]);
    perf.current_dir(folder.path()).args(arguments).env("KYOTEN_LANG", "en").env("LC_ALL", "C");
    let output = perf.output().ok()?;
    let counted = std::fs::read_to_string(folder.path().join("counted")).ok()?;
    let line = counted.lines().find(|line| line.contains("instructions"))?;
    let count = line.split(',').next()?.parse().ok()?;
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(count)
}

/// Holds what `few` and four times as many of something cost against each other.
fn grows_in_line(what: &str, few: u32, arguments: &[&str], folder: impl Fn(u32) -> Folder) {
    let [Some(less), Some(more)] = [few, 4 * few].map(|count| instructions(&folder(count), arguments)) else {
        println!("{what}: not asked, since instructions cannot be counted here");
        return;
    };
    let times = more as f64 / less as f64;
    println!("{what}: {few}: {less}, {}: {more} instructions, {times:.2} times", 4 * few);
    assert!(times < MOST, "{what}: {few}: {less}, {}: {more} instructions, {times:.2} times", 4 * few);
}

fn square(index: u32) -> Vec<[f64; 2]> {
    let (west, south) = (138.4 + f64::from(index % 100) * 0.0004, 34.9 + f64::from(index / 100) * 0.0004);
    vec![[west, south], [west + 3e-4, south], [west + 3e-4, south + 3e-4], [west, south + 3e-4], [west, south]]
}

fn with_layers(layers: &str) -> Folder {
    let folder = Folder::with_project("", "");
    folder.put("kyoten.toml", format!("[layers]\n{layers}\n"));
    folder
}

#[test]
fn entries_of_an_archive() {
    grows_in_line("entries of an archive", 500, &["run", "kyoten.toml", "--no-map", "--out", "out"], |count| {
        let folder = with_layers("parcels = \"all.zip/*.geojson\"");
        let files: Vec<(String, String)> =
            (0..count).map(|index| (format!("{index}.geojson"), collection(&[square(index)]))).collect();
        let entries: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        folder.put("all.zip", zipped(&entries));
        folder
    });
}

#[test]
fn archives_in_an_archive() {
    grows_in_line("archives in an archive", 50, &["inspect", "all.zip"], |count| {
        let folder = with_layers("");
        let inner: Vec<(String, Vec<u8>)> = (0..count)
            .map(|index| {
                (format!("{index}.zip"), zipped(&[("parcels.geojson", collection(&[square(index)]).as_bytes())]))
            })
            .collect();
        let entries: Vec<(&str, &[u8])> = inner.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        folder.put("all.zip", zipped(&entries));
        folder
    });
}

#[test]
fn files_of_a_pattern() {
    grows_in_line("files of a pattern", 500, &["run", "kyoten.toml", "--no-map", "--out", "out"], |count| {
        let folder = with_layers("parcels = \"parcels/*.geojson\"");
        for index in 0..count {
            folder.put(&format!("parcels/{index}.geojson"), collection(&[square(index)]));
        }
        folder
    });
}

#[test]
fn columns_of_a_table() {
    grows_in_line("columns of a table", 5000, &["run", "kyoten.toml", "--no-map", "--out", "out"], |count| {
        let folder = with_layers("parcels = \"parcels.geojson\"\nfacilities = \"facilities.csv\"");
        let (mut names, mut cells) = ("name,kind,lon,lat".to_owned(), "A,老人福祉センター,138.4,34.9".to_owned());
        for index in 0..count {
            let _ = write!(names, ",column {index}");
            let _ = write!(cells, ",{index}");
        }
        folder.put("facilities.csv", format!("{names}\n{cells}\n"));
        folder
    });
}

#[test]
fn corners_of_a_polygon() {
    grows_in_line("corners of a polygon", 20_000, &["run", "kyoten.toml", "--no-map", "--out", "out"], |count| {
        let folder = Folder::with_sample();
        folder.put("parcels.geojson", collection(&[star(count)]));
        folder.put("kyoten.toml", "[layers]\nparcels = \"parcels.geojson\"\ndid = \"city/A16-20_22_DID.geojson\"\n");
        folder
    });
}

#[test]
fn corners_of_a_polygon_on_the_map() {
    grows_in_line("corners of a polygon on the map", 20_000, &["run", "kyoten.toml", "--out", "out"], |count| {
        let folder = with_layers("parcels = \"parcels.geojson\"");
        folder.put("parcels.geojson", collection(&[star(count)]));
        folder
    });
}

#[test]
fn parcels_on_the_map() {
    grows_in_line("parcels on the map", 4000, &["run", "kyoten.toml", "--out", "out"], |count| {
        let folder = with_layers("parcels = \"parcels.geojson\"");
        folder.put("parcels.geojson", collection(&(0..count).map(square).collect::<Vec<_>>()));
        folder
    });
}

#[test]
fn poles_of_a_timetable() {
    grows_in_line("poles of a timetable", 2000, &["peaks", "feed", "--json"], |count| {
        let folder = with_layers("");
        let (mut stops, mut calls) = (String::new(), String::new());
        for index in 0..count {
            let [lon, lat] = square(index)[0];
            let _ = writeln!(stops, "p{index},stop {index},{lat},{lon}");
            let minute = index % 60;
            let _ = writeln!(calls, "t{},07:{minute:02}:00,07:{minute:02}:00,p{index},{}", index / 60, index % 60 + 1);
        }
        let trips: String = (0..=count / 60).fold(String::new(), |mut trips, trip| {
            let _ = writeln!(trips, "r,weekday,t{trip},0");
            trips
        });
        let feed = |name: &str, header: &str, rows: &str| {
            folder.put(&format!("feed/{name}.txt"), format!("{header}\n{rows}"));
        };
        feed("agency", "agency_id,agency_name,agency_url,agency_timezone", "a,A,http://example.com,Asia/Tokyo\n");
        feed("routes", "route_id,agency_id,route_short_name,route_type", "r,a,1,3\n");
        feed("trips", "route_id,service_id,trip_id,direction_id", &trips);
        feed("stops", "stop_id,stop_name,stop_lat,stop_lon", &stops);
        feed("stop_times", "trip_id,arrival_time,departure_time,stop_id,stop_sequence", &calls);
        let days = "monday,tuesday,wednesday,thursday,friday,saturday,sunday";
        feed(
            "calendar",
            &format!("service_id,{days},start_date,end_date"),
            "weekday,1,1,1,1,1,0,0,20250401,20260331\n",
        );
        folder
    });
}

#[test]
fn a_table_that_would_be_nearly_empty_is_refused_and_nothing_is_written() {
    let folder = with_layers("parcels = \"parcels.geojson\"");
    let feature = |index: u32| {
        let ring = serde_json::json!([square(index)]);
        format!(
            r#"{{"type":"Feature","properties":{{"p{index}":1}},"geometry":{{"type":"Polygon","coordinates":{ring}}}}}"#
        )
    };
    let features: Vec<String> = (0..4500).map(feature).collect();
    folder.put("parcels.geojson", format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")));
    for format in ["fgb", "parquet"] {
        let run = folder.kyoten(&["run", "kyoten.toml", "--no-map", "--format", format, "--out", "out"]);
        assert_eq!(run.status, 2, "{format}: {}", run.stdout);
        let said = unwrapped(&run.stderr);
        assert!(said.contains("the 4500 parcels have properties for") && said.contains("only 4500 values"), "{said}");
        assert!(!folder.path().join("out").exists());
    }
}
