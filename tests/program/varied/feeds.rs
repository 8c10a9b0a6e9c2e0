//! Feeds as they are published: calendars that keep old services, operators that share poles, buses that must be booked, years
//! apart; and one of which nothing that calls can be read.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Draw, each_case};
use crate::support::{Folder, Run, unwrapped};

/// One trip: its service, its route, when it leaves (minutes), and the stops at which it calls.
type Trip<'t> = (&'t str, &'t str, u32, &'t [&'t str]);

/// A feed in a folder of this name: rows of `stops.txt`, `routes.txt` and `calendar.txt`, and trips.
fn put(folder: &Folder, name: &str, stops: &[String], routes: &[String], calendar: &[String], trips: &[Trip<'_>]) {
    let table = |head: &str, rows: &[String]| format!("{head}\n{}\n", rows.join("\n"));
    let mut trip_rows = String::from("route_id,service_id,trip_id\n");
    let mut calls = String::from("trip_id,arrival_time,departure_time,stop_id,stop_sequence\n");
    for (number, (service, route, start, stops)) in trips.iter().enumerate() {
        writeln!(trip_rows, "{route},{service},{name}-{number}").unwrap();
        for (minutes, (sequence, stop)) in (0..).step_by(5).zip(stops.iter().enumerate()) {
            let minute = start + minutes;
            let time = format!("{:02}:{:02}:00", minute / 60, minute % 60);
            writeln!(calls, "{name}-{number},{time},{time},{stop},{sequence}").unwrap();
        }
    }
    let days = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date";
    for (file, text) in [
        ("agency", format!("agency_id,agency_name,agency_url,agency_timezone\na,{name}バス,http://x,Asia/Tokyo\n")),
        ("stops", table("stop_id,stop_name,stop_lat,stop_lon", stops)),
        ("routes", table("route_id,agency_id,route_long_name,route_type", routes)),
        ("calendar", table(days, calendar)),
        ("trips", trip_rows),
        ("stop_times", calls),
    ] {
        folder.put(&format!("{name}/{file}.txt"), text);
    }
}

fn weekdays(service: &str, from: &str, to: &str) -> String {
    format!("{service},1,1,1,1,1,0,0,{from},{to}")
}

fn line() -> Vec<String> {
    vec!["r,a,線,3".to_owned()]
}

/// The service of a stop that `peaks` tells, the least and the most; and what it says besides.
fn peak(folder: &Folder, feeds: &[&str], name: &str) -> ([f64; 2], Run) {
    let run = folder.kyoten(&[&["peaks"], feeds, &["--json"]].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let mut range = [f64::NAN; 2];
    for stop in found["stops"].as_array().unwrap().iter().filter(|stop| stop["name"] == name) {
        let ends = [0, 1].map(|end| stop["peak_trips_range"][end].as_f64().unwrap_or(f64::INFINITY));
        range = [range[0].min(ends[0]), range[1].max(ends[1])];
    }
    (range, run)
}

#[test]
fn a_weekday_with_a_fraction_of_the_usual_trips_is_warned_of() {
    each_case("accumulated", |by| {
        let (usual, remnants) = (by.0.u32(4..12), by.0.u32(1..3));
        let (until, forever) =
            (by.one(&["20260930", "20260630", "20270331"]), by.one(&["20301231", "20991231", "20360331"]));
        let mut calendar = vec![weekdays("now", "20260401", until)];
        calendar.extend((0..remnants).map(|number| weekdays(&format!("old{number}"), "20260401", forever)));
        let olds: Vec<String> = (0..remnants).map(|number| format!("old{number}")).collect();
        let mut trips: Vec<Trip<'_>> = olds.iter().map(|old| (old.as_str(), "r", 720, &["A", "B"][..])).collect();
        trips.extend((0..usual).map(|run| ("now", "r", 480 + 60 / usual * run, &["A", "B"][..])));
        let folder = Folder::new();
        put(
            &folder,
            "f",
            &["A,甲,35.66,138.57".into(), "B,乙,35.67,138.57".into()],
            &line(),
            &by.shuffled(calendar),
            &trips,
        );
        let (range, run) = peak(&folder, &["f"], "甲");
        let what = format!("{usual} until {until}, {remnants} until {forever}: {range:?} {}", run.stderr);
        let said = unwrapped(&run.stderr);
        let enough = range[1] >= f64::from(usual);
        // So few more are no matter.
        let few = usual + remnants <= 2 * remnants;
        assert!(enough || few || (said.contains("weekday") && said.contains("--date")), "{what}");
    });
}

#[test]
fn what_must_be_booked_counts_or_is_told_with_its_type() {
    each_case("booked", |by| {
        let kind = by.one(&["715", "1500", "1501", "1502", "1503", "1505", "1507", "1550", "1599", "1700", "9999"]);
        let folder = Folder::with_project("", "stations = []\ngtfs = \"f\"");
        let name = by.one(&["予約バス", "デマンド北線", "のりあいタクシー"]);
        let routes = [format!("t,a,{name},{kind}"), "b,a,市街線,3".to_owned()];
        let stops =
            ["A,北口,34.9005,138.4005", "B,北終点,34.91,138.41", "C,市役所前,34.99,138.4", "D,駅前,34.99,138.41"];
        let first = 60 * by.0.u32(6..20);
        let trips: Vec<Trip<'_>> = (0..3)
            .map(|run| ("w", "t", first + 10 * run, &["A", "B"][..]))
            .chain([("w", "b", 420, &["C", "D"][..])])
            .collect();
        put(&folder, "f", &stops.map(str::to_owned), &routes, &[weekdays("w", "20260401", "20990331")], &trips);
        let (range, run) = peak(&folder, &["f"], "北口");
        let is_told = |said: &str| said.contains(kind) && (said.contains("route_type") || said.contains(name));
        assert!(range[0] >= 3.0 || is_told(&run.stderr), "{kind}: {range:?} {}", run.stderr);
        let run = folder.run(&["kyoten.toml", "--out", "out", "--format", "csv", "--no-map"]);
        let (near, _) = super::parcels(&folder, "near_stop_lo", kind);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(near[0] == "1" || is_told(&said), "{kind}: {near:?} {said}");
    });
}

#[test]
fn operators_that_share_a_pole_count_together() {
    each_case("shared", |by| {
        // The other operator's pole: under its own number or the same, a little beside, its name as it is or with a suffix.
        let (own_ids, metres) = (by.yes(), by.one(&[0.0, 0.5, 2.0, 2.5]));
        let (north, suffix) = (metres / 111_000.0, by.one(&["", " "]));
        let counts = [by.0.u32(1..4), by.0.u32(1..4)];
        let folder = Folder::new();
        for (feed, (count, first)) in ["a", "b"].into_iter().zip(counts.into_iter().zip([480, 487])) {
            let is_other = feed == "b";
            let id = |id: &str| if is_other && own_ids { format!("x{id}") } else { id.to_owned() };
            let lat = |lat: f64| if is_other { lat + north } else { lat };
            let name = |name: &str| if is_other { format!("{name}{suffix}") } else { name.to_owned() };
            let stops = [
                format!("{},{},{:.7},138.4", id("8_2"), name("市役所前"), lat(34.656)),
                format!("{},{},{:.7},138.41", id("9_2"), name("駅前"), lat(34.656)),
            ];
            let ids = [id("8_2"), id("9_2")];
            let way: Vec<&str> = ids.iter().map(String::as_str).collect();
            let trips: Vec<Trip<'_>> = (0..count).map(|run| ("w", "r", first + 15 * run, &way[..])).collect();
            put(&folder, feed, &stops, &line(), &[weekdays("w", "20260401", "20990331")], &trips);
        }
        let (range, run) = peak(&folder, &by.shuffled(vec!["a", "b"]), "市役所前");
        let all = f64::from(counts.iter().sum::<u32>());
        let what = format!("own ids {own_ids}, {metres} m, {suffix:?}, {counts:?}: {range:?} {}", run.stderr);
        assert!(range[0] <= all && all <= range[1], "{what}");
    });
}

#[test]
fn timetables_of_one_place_that_are_years_apart_are_told() {
    each_case("years", |by| {
        let (old, new) = (by.one(&[2010, 2015, 2021]), by.one(&[2024, 2026]));
        let overlap = by.one(&[0.0, 0.004, 0.02]);
        let folder = Folder::new();
        for (feed, year, north) in [("old", old, 0.0), ("new", new, overlap)] {
            let stops = [
                format!("{feed}1,{feed}一丁目,{},138.4", 34.9 + north),
                format!("{feed}2,{feed}二丁目,{},138.41", 34.91 + north),
            ];
            let ids = [format!("{feed}1"), format!("{feed}2")];
            let way = [ids[0].as_str(), ids[1].as_str()];
            let calendar = [weekdays("w", &format!("{year}0401"), &format!("{}0331", year + 1))];
            put(&folder, feed, &stops, &line(), &calendar, &[("w", "r", 480, &way)]);
        }
        let (_, run) = peak(&folder, &by.shuffled(vec!["old", "new"]), "old一丁目");
        let said = unwrapped(&run.stderr);
        let is_one_place = overlap < 0.01;
        let told =
            said.contains("of the same place") && said.contains(&old.to_string()) && said.contains(&new.to_string());
        assert_eq!(told, is_one_place, "{old} {new} {overlap}: {said}");
    });
}

/// Makes every row of `stop_times.txt` unreadable in one of its ways.
fn unreadable(by: &mut Draw, folder: &Folder) -> String {
    let (column, value) = by.one(&[(0, "x"), (0, ""), (2, "7時"), (2, "x"), (3, "Z"), (3, ""), (4, "x"), (4, "")]);
    let text = folder.text("f/stop_times.txt");
    let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
    for row in &mut rows[1..] {
        let mut cells: Vec<&str> = row.split(',').collect();
        cells[column] = value;
        if column == 2 {
            cells[1] = value;
        }
        *row = cells.join(",");
    }
    folder.put("f/stop_times.txt", rows.join("\n"));
    format!("column {column} “{value}”")
}

#[test]
fn where_no_call_can_be_read_nothing_is_sure_of_any_stop() {
    each_case("no call", |by| {
        let layers = by.one(&["stations = []", "stations = []\nstops = \"p11.geojson\""]);
        let folder = Folder::with_project("", &format!("{layers}\ngtfs = \"f\"\ndid = \"did.geojson\""));
        folder.put(
            "did.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[138.3,34.8],[138.5,34.8],[138.5,35],[138.3,35],[138.3,34.8]]]}}]}"#,
        );
        folder.put(
            "p11.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"北口"},"geometry":{"type":"Point","coordinates":[138.4005,34.9005]}}]}"#,
        );
        let stops = ["A,北口,34.9005,138.4005".to_owned(), "B,北終点,34.91,138.41".to_owned()];
        let trips: Vec<Trip<'_>> = (0..4).map(|run| ("w", "r", 480 + 10 * run, &["A", "B"][..])).collect();
        put(&folder, "f", &stops, &line(), &[weekdays("w", "20260401", "20990331")], &trips);
        let (sure, _) = super::parcels(&folder, "near_frequent_transit_lo", "readable");
        assert_eq!(sure[0], "1");
        let what = unreadable(by, &folder);
        for (zone, column) in [("low", "near_frequent_transit_lo"), ("high", "near_frequent_transit_hi")] {
            let (found, told) = super::parcels(&folder, column, &what);
            let wanted = if zone == "low" { "0" } else { "1" };
            assert_eq!(found, [wanted; 2], "{what}, {layers}, {column}: {told}");
            assert!(told.contains("gtfs"), "{what}: {told}");
        }
        for column in ["central", "local", "senior"] {
            let (found, told) = super::parcels(&folder, column, &what);
            // The other parcel may be too far from any stop.
            assert_eq!(found[0], "undetermined", "{what}, {layers}, {column}: {told}");
        }
    });
}
