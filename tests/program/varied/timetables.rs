//! Timetables of one meaning: written by other programs, with parents that are there or not, with times and whole numbers in
//! other spellings.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Draw, each_case};
use crate::support::Folder;

/// A table: its columns, and its rows.
type Table = (Vec<&'static str>, Vec<Vec<String>>);

/// Three stops on a line, four buses there and three back in the morning, and three around midnight.
fn feed() -> BTreeMap<&'static str, Table> {
    let row = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
    let mut trips = Vec::new();
    let mut calls = Vec::new();
    let runs = [(0, 480, 4, 15), (1, 485, 3, 15), (0, 1430, 3, 4)];
    for (line, &(direction, first, count, headway)) in runs.iter().enumerate() {
        for run in 0..count {
            let trip = format!("t{line}-{run}");
            trips.push(vec!["r".to_owned(), "w".to_owned(), trip.clone(), direction.to_string()]);
            let mut stops = ["a", "b", "c"];
            if direction == 1 {
                stops.reverse();
            }
            for (sequence, stop) in stops.iter().enumerate() {
                let minute = first + run * headway + 5 * i32::try_from(sequence).unwrap();
                let time = format!("{:02}:{:02}:00", minute / 60, minute % 60);
                // Nobody may board at 市役所前 on the way back.
                let pickup = if direction == 1 && *stop == "b" { "1" } else { "0" };
                let sequence = (sequence + 1).to_string();
                calls.push(row(&[&trip, &time, &time, stop, &sequence, pickup]));
            }
        }
    }
    let stop = |id: &str, name: &str, lat: &str| row(&[id, name, lat, "138.4", "0", ""]);
    BTreeMap::from([
        (
            "agency",
            (
                vec!["agency_name", "agency_url", "agency_timezone"],
                vec![row(&["港バス", "https://example.jp", "Asia/Tokyo"])],
            ),
        ),
        ("routes", (vec!["route_id", "route_short_name", "route_type"], vec![row(&["r", "1系統", "3"])])),
        (
            "calendar",
            (
                vec![
                    "service_id",
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                    "start_date",
                    "end_date",
                ],
                vec![row(&["w", "1", "1", "1", "1", "1", "0", "0", "20260401", "20270331"])],
            ),
        ),
        (
            "stops",
            (
                vec!["stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station"],
                vec![stop("a", "駅前", "34.9"), stop("b", "市役所前", "34.91"), stop("c", "病院前", "34.92")],
            ),
        ),
        ("trips", (vec!["route_id", "service_id", "trip_id", "direction_id"], trips)),
        (
            "stop_times",
            (vec!["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence", "pickup_type"], calls),
        ),
    ])
}

/// The peak of each stop with its range, and what was said.
fn peaks(by: &mut Draw, feed: &BTreeMap<&'static str, Table>, what: &str) -> (BTreeMap<String, [Value; 2]>, String) {
    let folder = Folder::new();
    for (name, (columns, rows)) in feed {
        let order = by.shuffled((0..columns.len()).collect::<Vec<_>>());
        let (line_end, mark) = (by.one(&["\n", "\r\n"]), by.one(&["", "\u{feff}"]));
        let (quoted, padded) = (by.yes(), by.yes());
        let cell = |text: &str| {
            let text = if padded { format!("{text} ") } else { text.to_owned() };
            if quoted { format!("\"{text}\"") } else { text }
        };
        let line = |cells: Vec<String>| cells.join(",") + line_end;
        let mut text = mark.to_owned() + &line(order.iter().map(|&at| columns[at].to_owned()).collect());
        for row in by.shuffled(rows.clone()) {
            text += &line(order.iter().map(|&at| cell(&row[at])).collect());
        }
        folder.put(&format!("feed/{name}.txt"), text);
    }
    let run = folder.kyoten(&["peaks", "feed", "--json"]);
    assert_eq!(run.status, 0, "{what}: {}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let stops = found["stops"].as_array().unwrap();
    let of = |stop: &Value| [stop["peak_trips"].clone(), stop["peak_trips_range"].clone()];
    let peaks = stops.iter().map(|stop| (stop["name"].as_str().unwrap().to_owned(), of(stop))).collect();
    (peaks, run.stderr)
}

/// Changes the cells of a column.
fn change(feed: &mut BTreeMap<&'static str, Table>, table: &str, column: &str, mut to: impl FnMut(&str) -> String) {
    let (columns, rows) = feed.get_mut(table).unwrap();
    let at = columns.iter().position(|known| *known == column).unwrap();
    for row in rows {
        row[at] = to(&row[at]);
    }
}

fn plain() -> BTreeMap<String, [Value; 2]> {
    let mut found = BTreeMap::new();
    // Whatever the order of rows and columns.
    each_case("plain", |by| {
        let (peaks, said) = peaks(by, &feed(), "plain");
        assert!(found.is_empty() || found == peaks, "{said}");
        found = peaks;
    });
    assert_eq!(found["駅前"][0], 4);
    found
}

#[test]
fn whole_numbers_may_have_decimals() {
    let right = plain();
    each_case("decimals", |by| {
        let mut feed = feed();
        let decimals = by.one(&[".0", ".00", "."]);
        let columns = [
            ("routes", "route_type"),
            ("trips", "direction_id"),
            ("stop_times", "stop_sequence"),
            ("stop_times", "pickup_type"),
            ("stops", "location_type"),
            ("calendar", "monday"),
            ("calendar", "start_date"),
        ];
        let mut changed = by.shuffled(columns.to_vec());
        changed.truncate(by.0.usize(1..=columns.len()));
        for (table, column) in &changed {
            change(&mut feed, table, column, |cell| format!("{cell}{decimals}"));
        }
        let what = format!("{decimals} in {changed:?}");
        assert_eq!(peaks(by, &feed, &what).0, right, "{what}");
    });
}

#[test]
fn times_may_lack_seconds_or_a_digit_or_begin_again_at_midnight() {
    let right = plain();
    each_case("times", |by| {
        let mut feed = feed();
        let (short, one_digit, wraps) = (by.yes(), by.yes(), by.yes());
        for column in ["arrival_time", "departure_time"] {
            change(&mut feed, "stop_times", column, |time| {
                let mut time = time.to_owned();
                if wraps && time.starts_with("24") {
                    time.replace_range(..2, "00");
                }
                if short {
                    time.truncate(5);
                }
                if one_digit { time.strip_prefix('0').unwrap_or(&time).to_owned() } else { time }
            });
        }
        let what = format!("short {short}, one digit {one_digit}, wraps {wraps}");
        let (found, said) = peaks(by, &feed, &what);
        for (stop, [_, range]) in &right {
            // What begins again at midnight may be left open, and must hold the truth.
            let (least, most) = (&found[stop][1][0], &found[stop][1][1]);
            assert!(
                least.as_f64() <= range[0].as_f64() && range[1].as_f64() <= most.as_f64(),
                "{what}: {stop} {found:?}"
            );
            assert!(wraps || found[stop][1] == *range, "{what}: {stop} {found:?}: {said}");
        }
    });
}

#[test]
fn a_parent_that_is_not_there_is_none_and_one_of_some_poles_is_that_of_all() {
    let right = plain();
    each_case("parents", |by| {
        let mut feed = feed();
        let nobody = by.one(&["0", "X", "NULL", "-", "none"]);
        change(&mut feed, "stops", "parent_station", |_| nobody.to_owned());
        let (found, said) = peaks(by, &feed, nobody);
        assert_eq!(found, right, "{nobody}: {said}");
        assert!(said.contains("parent_station"), "{nobody}: {said}");
    });
    each_case("poles", |by| {
        // A second pole of 駅前, 20 m north, from which half of the buses leave; and a station, of the one, of the other, of both, of none.
        let mut feed = feed();
        let (own, other) = (by.yes(), by.yes());
        let parent = |has: bool| if has { "P" } else { "" };
        let stops = &mut feed.get_mut("stops").unwrap().1;
        stops[0][5] = parent(own).to_owned();
        let pole = |id: &str, lat: &str, kind: &str, parent: &str| {
            [id, "駅前", lat, "138.4", kind, parent].map(str::to_owned).to_vec()
        };
        stops.push(pole("a2", "34.90018", "0", parent(other)));
        stops.push(pole("P", "34.90009", "1", ""));
        let mut number = 0;
        change(&mut feed, "stop_times", "stop_id", |stop| {
            number += usize::from(stop == "a");
            if stop == "a" && number % 2 == 0 { "a2".to_owned() } else { stop.to_owned() }
        });
        let what = format!("parent of the one {own}, of the other {other}");
        let (found, said) = peaks(by, &feed, &what);
        assert_eq!(found, right, "{what}: {said}");
    });
}
