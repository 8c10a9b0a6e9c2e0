//! Reading a timetable, as a folder and as an archive. KYOTEN_BENCH_CALLS says how many calls it has, 200,000 where it
//! does not.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fastrand::Rng;
use kyoten::inputs::gtfs::{Feed, read_feeds};
use kyoten::notices::Notices;

/// Calls of a trip.
const CALLS: usize = 20;
/// Seconds from one call to the next.
const STEP: usize = 97;
const ROUTES: usize = 500;
const STOPS: usize = 10_000;

/// The tables of a timetable with so many trips: name and text.
fn tables(trips: usize) -> Vec<(&'static str, String)> {
    let mut random = Rng::with_seed(1);
    let courses: Vec<Vec<usize>> = (0..ROUTES).map(|_| (0..CALLS).map(|_| random.usize(0..STOPS)).collect()).collect();
    let mut stops = "stop_id,stop_name,stop_lat,stop_lon\n".to_owned();
    for stop in 0..STOPS {
        let [lat, lon] = [34.0, 138.0].map(|least| least + random.f64());
        let _ = writeln!(stops, "{stop:05}_01,停留所{stop},{lat:.6},{lon:.6}"); // writing to a String cannot fail
    }
    let mut routes = "route_id,route_long_name,route_type\n".to_owned();
    for route in 0..ROUTES {
        let _ = writeln!(routes, "R{route},路線{route},3");
    }
    let mut trip_table = "route_id,service_id,trip_id,direction_id\n".to_owned();
    let mut calls =
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,stop_headsign,pickup_type,drop_off_type,timepoint\n"
            .to_owned();
    for trip in 0..trips {
        let id = format!("平日_{:02}時{:02}分_系統{trip}", 6 + trip % 14, trip % 60);
        let _ = writeln!(trip_table, "R{},平日,{id},{}", trip % ROUTES, trip % 2);
        for (place, stop) in courses[trip % ROUTES].iter().enumerate() {
            let seconds = first(trip) + place * STEP;
            let clock = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
            let _ = writeln!(calls, "{id},{clock},{clock},{stop:05}_01,{},,0,0,1", place + 1);
        }
    }
    let calendar = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n\
                    平日,1,1,1,1,1,0,0,20260401,20270331\n";
    vec![
        ("stops.txt", stops),
        ("routes.txt", routes),
        ("calendar.txt", calendar.to_owned()),
        ("trips.txt", trip_table),
        ("stop_times.txt", calls),
    ]
}

/// When a trip begins, seconds after midnight.
fn first(trip: usize) -> usize {
    6 * 3600 + trip % 1000 * 50
}

fn write(tables: &[(&str, String)], place: &Path) {
    let folder = place.join("feed");
    std::fs::create_dir(&folder).expect("a folder for the timetable");
    let file = std::fs::File::create(place.join("feed.zip")).expect("a file for the archive");
    let mut zip = zip::ZipWriter::new(file);
    for (name, text) in tables {
        std::fs::write(folder.join(name), text).expect("the table can be written");
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("the archive can be written");
        zip.write_all(text.as_bytes()).expect("the archive can be written");
    }
    zip.finish().expect("the archive can be written");
}

fn read(place: &Path, name: &str) -> Feed {
    let mut notices = Notices::default();
    let feeds = read_feeds(place, &[name.to_owned()], &mut notices).expect("the timetable can be read");
    assert_eq!(notices.iter().count(), 0, "nothing is wrong with the timetable");
    feeds.into_iter().next().expect("a feed a name")
}

/// Counts, and the sum of all times.
fn check(feed: &Feed, trips: usize) {
    assert_eq!((feed.stops.len(), feed.trips.len(), feed.calls.len()), (STOPS, trips, trips * CALLS));
    let of_trip = |trip| CALLS * first(trip) + STEP * CALLS * (CALLS - 1) / 2;
    let sum: usize = feed.calls.iter().map(|call| call.departure.0 as usize).sum();
    assert_eq!(sum, (0..trips).map(of_trip).sum::<usize>());
}

fn timetables(criterion: &mut Criterion) {
    let calls = std::env::var("KYOTEN_BENCH_CALLS").ok().and_then(|calls| calls.parse().ok()).unwrap_or(200_000);
    let trips = calls / CALLS;
    let place = tempfile::tempdir().expect("a folder for the timetable");
    write(&tables(trips), place.path());
    let mut group = criterion.benchmark_group("timetable");
    group.sample_size(10).throughput(Throughput::Elements((trips * CALLS) as u64));
    for name in ["feed", "feed.zip"] {
        check(&read(place.path(), name), trips);
        let kind = if name == "feed" { "folder" } else { "archive" };
        group.bench_function(format!("{} calls, {kind}", trips * CALLS), |bench| {
            bench.iter(|| read(place.path(), name));
        });
    }
    group.finish();
}

criterion_group!(benches, timetables);
criterion_main!(benches);
