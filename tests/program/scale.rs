//! What costs how much: four times the input is no more than five times the work.
//!
//! Work is the time that the processors spent on the program, which does not grow while it waits for other programs. What is
//! quadratic takes sixteen times as long, so a few tries tell it from a busy machine.

#![allow(clippy::print_stdout, reason = "what was counted is worth a look")]

use std::fmt::Write as _;
use std::process::Command;

use crate::support::{Folder, unwrapped, zipped};
use crate::tangled::{collection, star};

/// How many times the work four times the input may be.
const MOST: f64 = 5.0;

/// So often it is tried; once is enough.
const TRIES: usize = 4;

/// Less than this is the start of a program, seconds.
const START: f64 = 0.02;

/// The seconds that the processors spend on the program in a folder.
fn work(folder: &Folder, arguments: &[&str]) -> f64 {
    let mut shell = Command::new("sh");
    // The shell's `times` tells of itself in the first line and of what it started in the second.
    shell.args(["-c", r#""$@" >said 2>&1 || { cat said >&2; exit 1; }; times"#, "sh", env!("CARGO_BIN_EXE_kyoten")]);
    shell.current_dir(folder.path()).args(arguments).env("KYOTEN_LANG", "en").env("LC_ALL", "C");
    let output = shell.output().expect("a shell is there");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stdout);
    let seconds = |time: &str| -> Option<f64> {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m')?;
        Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    };
    let children = told.lines().nth(1).unwrap_or_default();
    children.split_whitespace().map(|time| seconds(time).expect("`times` tells minutes and seconds")).sum()
}

/// Holds what `few` and four times as many of something cost against each other.
fn grows_in_line(what: &str, few: u32, arguments: &[&str], folder: impl Fn(u32) -> Folder) {
    let [few_of_it, many_of_it] = [few, 4 * few].map(&folder);
    let is_in_line = (0..TRIES).any(|_| {
        let [less, more] = [&few_of_it, &many_of_it].map(|folder| work(folder, arguments));
        println!("{what}: {few}: {less:.3} s, {}: {more:.3} s", 4 * few);
        more < MOST * less.max(START)
    });
    assert!(is_in_line, "{what}: {} take more than {MOST} times as long as {few}", 4 * few);
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
    grows_in_line("archives in an archive", 300, &["inspect", "all.zip"], |count| {
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
