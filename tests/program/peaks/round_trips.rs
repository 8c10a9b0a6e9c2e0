//! Trips that begin and end at one stop: in one direction each is one run, and out and back are two directions.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::made::peaks;
use crate::support::Folder;

/// The service of the stop 広場, of trips there, each with its calls: stop and time.
fn square(trips: &[&[(&str, &str)]]) -> Value {
    const STOPS: [&str; 5] = ["広場", "東", "西", "南", "北"];
    let folder = Folder::new();
    let [mut stops, mut rows, mut calls] = [
        "stop_id,stop_name,stop_lat,stop_lon\n",
        "route_id,service_id,trip_id\n",
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n",
    ]
    .map(str::to_owned);
    // Writing to a String cannot fail.
    for (number, stop) in STOPS.iter().enumerate() {
        let _ = writeln!(stops, "{stop},{stop},{:.2},138.0", 35.0 + 0.01 * number as f64);
    }
    for (trip, of_trip) in trips.iter().enumerate() {
        let _ = writeln!(rows, "R,all,T{trip}");
        for (place, (stop, at)) in of_trip.iter().enumerate() {
            let _ = writeln!(calls, "T{trip},{at}:00,{at}:00,{stop},{place}");
        }
    }
    let put = |table: &str, text: String| folder.put(&format!("feed/{table}.txt"), text);
    put("stops", stops);
    put("trips", rows);
    put("stop_times", calls);
    put("routes", "route_id,route_long_name,route_type\nR,線,3\n".to_owned());
    put("calendar_dates", "service_id,date,exception_type\nall,20260601,1\n".to_owned());
    let (found, _) = peaks(&folder, &["feed"]);
    found["stops"].as_array().unwrap().iter().find(|stop| stop["name"] == "広場").unwrap()["peak_trips_range"].clone()
}

#[test]
fn a_bus_that_comes_back_counts_with_one_that_leaves_the_way_it_came() {
    let ending = [[("東", "07:16"), ("広場", "07:22")], [("南", "06:55"), ("広場", "07:00")]];
    // Out at 6:25 and back at 7:01, out at 7:59 and back at 8:05: in the hour from 7:00 either one way or the other.
    let back = [("広場", "06:25"), ("東", "06:26"), ("西", "06:32"), ("東", "06:54"), ("広場", "07:01")];
    let out = [("広場", "07:59"), ("西", "08:02"), ("広場", "08:05")];
    assert_eq!(square(&[&back, &out, &ending[0], &ending[1]]), json!([1, 4]));
    // Whoever goes out to the stop from which the other comes goes the other way.
    let opposite = [("広場", "07:59"), ("東", "08:02"), ("広場", "08:05")];
    assert_eq!(square(&[&back, &opposite, &ending[0], &ending[1]]), json!([1, 3]));
}

#[test]
fn a_loop_is_one_run_wherever_its_ways_lie() {
    let trip =
        |out: &'static str, back: &'static str| [("広場", out), ("東", "07:05"), ("西", "09:05"), ("広場", back)];
    // Each half hour, back after forty minutes: never three in an hour.
    let half_hourly = [
        [("広場", "07:00"), ("東", "07:10"), ("西", "07:30"), ("広場", "07:40")],
        [("広場", "07:30"), ("東", "07:40"), ("西", "08:00"), ("広場", "08:10")],
        [("広場", "08:00"), ("東", "08:10"), ("西", "08:30"), ("広場", "08:40")],
    ];
    let trips: Vec<&[(&str, &str)]> = half_hourly.iter().map(|trip| &trip[..]).collect();
    assert_eq!(square(&trips), json!([2, 2]));
    // Three that come back in one hour are three then.
    let together = [trip("05:00", "09:30"), trip("06:00", "09:40"), trip("07:00", "09:50")];
    let trips: Vec<&[(&str, &str)]> = together.iter().map(|trip| &trip[..]).collect();
    assert_eq!(square(&trips), json!([1, 3]));
}
