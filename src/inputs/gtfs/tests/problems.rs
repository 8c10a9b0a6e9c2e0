//! Rows that cannot be used, or are used as they should not be: each kind of notice.

use super::{CALENDAR, STOPS, Tables, calls};
use crate::inputs::InputError;
use crate::inputs::gtfs::TripDoubt;
use crate::notices::Notices;

/// The small timetable with more calls, all of which are refused.
fn more_calls(rows: &str) -> Tables {
    Tables::small().with_rows("stop_times.txt", rows)
}

fn assert_unchanged(tables: &Tables, told: &[(&str, u64)]) {
    let (feed, found) = tables.read();
    assert_eq!(found, told);
    assert_eq!(calls(&feed), calls(&Tables::small().read().0));
}

/// What is told, what doubt there is of each trip, and how many calls are lost.
fn lost(tables: &Tables) -> (Vec<(&'static str, u64)>, Vec<TripDoubt>, u64) {
    let (feed, told) = tables.read();
    (told, feed.trips.iter().map(|trip| trip.doubt).collect(), feed.lost.calls)
}

#[test]
fn calls_of_unknown_trips_and_at_unknown_stops_are_lost_and_not_left_out() {
    let tables = more_calls("t9,a,1,7:00:00,7:00:00\nt9,b,2,7:00:00,7:00:00\n");
    assert_unchanged(&tables, &[("calls-of-unknown-trips", 2)]);
    assert_eq!(lost(&tables), (vec![("calls-of-unknown-trips", 2)], vec![TripDoubt::None], 2));
    let tables = more_calls("t1,x,6,7:00:00,7:00:00\nt1,,7,7:00:00,7:00:00\n");
    assert_unchanged(&tables, &[("calls-at-unknown-stops", 2)]);
    assert_eq!(lost(&tables), (vec![("calls-at-unknown-stops", 2)], vec![TripDoubt::Calls], 2));
    let tables = more_calls("t1,x,6,7:00:00,7:00:00\n");
    assert_eq!(tables.example("calls-at-unknown-stops"), "stop_times.txt: row 4: “x” is not in stops.txt");
}

#[test]
fn a_station_is_no_stop() {
    let stops =
        "stop_id,stop_name,stop_lat,stop_lon,location_type\na,A,34,138,\nb,B,34,138,\nc,C,34,138,0\nS,駅,34,138,1\n";
    let tables = more_calls("t1,S,6,7:20:00,7:20:00\n").with("stops.txt", stops);
    let expected = "stop_times.txt: row 4: “S” is a station, an entrance or the like";
    assert_eq!(tables.example("calls-at-unknown-stops"), expected);
}

#[test]
fn calls_without_an_order_or_with_one_twice_leave_their_trip_in_doubt() {
    let unordered = more_calls("t1,c,x,7:20:00,7:20:00\nt1,c,-1,7:20:00,\n");
    assert_eq!(lost(&unordered), (vec![("calls-without-sequence", 2)], vec![TripDoubt::Calls], 0));
    assert_eq!(calls(&unordered.read().0).len(), 5);
    let twice = more_calls("t1,c,2,7:20:00,7:20:00\nt1,a,2,7:20:00,7:20:00\n");
    let told = vec![("calls-doubled", 2), ("times-backwards", 1)];
    assert_eq!(lost(&twice), (told, vec![TripDoubt::Calls], 0));
    // A row that stands there twice says nothing new.
    let same = more_calls("t1,a,1,7:00:00,7:00:00\n");
    assert_unchanged(&same, &[("calls-doubled", 1)]);
    assert_eq!(lost(&same).1, [TripDoubt::None]);
    let example = more_calls("t1,c,2,7:20:00,7:20:00\n").example("calls-doubled");
    assert_eq!(example, "stop_times.txt: row 4: call 2 stands in row 2");
}

#[test]
fn times_that_are_none_leave_their_trip_in_doubt_and_keep_the_call() {
    let tables = more_calls("t1,c,6,7時,7:20:00\nt1,c,7,7:20:00,100:00:00\n");
    assert_eq!(lost(&tables), (vec![("times-unreadable", 2)], vec![TripDoubt::Calls], 0));
    assert_eq!(tables.read().0.calls.len(), 5);
    assert_eq!(more_calls("t1,c,6,7時,\n").example("times-unreadable"), "stop_times.txt: row 4: “7時”");
}

#[test]
fn calls_at_the_ends_need_times() {
    let tables = more_calls("t1,b,0,,\nt1,c,6,,\nt1,c,7,,\n");
    assert_eq!(lost(&tables), (vec![("ends-without-time", 3)], vec![TripDoubt::Calls], 0));
    assert_eq!(tables.read().0.calls.len(), 6);
}

#[test]
fn times_that_go_back_are_kept_and_leave_their_trip_in_doubt() {
    let tables = more_calls("t1,c,6,7:01:00,7:00:00\n");
    assert_eq!(lost(&tables), (vec![("times-backwards", 1)], vec![TripDoubt::Calls], 0));
    assert_eq!(calls(&tables.read().0)[3], "c 07:01 07:00");
}

#[test]
fn boarding_of_an_unknown_kind_leaves_its_trip_in_doubt() {
    let text = "trip_id,stop_id,stop_sequence,arrival_time,pickup_type\nt1,a,1,7:00:00,9\nt1,b,2,7:04:00,\n";
    let (feed, told) = Tables::small().with("stop_times.txt", text).read();
    assert_eq!((feed.calls.len(), told), (2, vec![("boarding-unknown", 1)]));
    assert_eq!(feed.trips[0].doubt, TripDoubt::Calls);
}

#[test]
fn trips_of_unknown_routes_lose_their_calls_and_those_of_unknown_services_may_run() {
    let tables = Tables::small()
        .with_rows("trips.txt", "t2,rX,平日,0\nt3,r1,休日,0\n")
        .with_rows("stop_times.txt", "t2,a,1,7:00:00,\nt2,b,2,7:05:00,\nt3,a,1,7:00:00,\nt3,b,2,7:05:00,\n");
    let told = vec![("trips-of-unknown-routes", 1), ("trips-of-unknown-services", 1)];
    assert_eq!(lost(&tables), (told, vec![TripDoubt::None; 2], 2));
    let (feed, _) = tables.read();
    let of = |id: &str| &feed.services[feed.trips.iter().find(|trip| trip.id == id).unwrap().service as usize];
    let day = "2026-06-03".parse().unwrap();
    assert!(of("t3").may_run_on(day) && !of("t3").surely_runs_on(day) && of("t1").surely_runs_on(day));
    assert_eq!(tables.example("trips-of-unknown-services"), "trips.txt: row 3: service “休日”");
}

#[test]
fn trips_with_one_call_or_none_have_lost_the_others() {
    let tables = Tables::small()
        .with_rows("trips.txt", "t2,r1,平日,0\nt3,r1,平日,0\n")
        .with_rows("stop_times.txt", "t2,a,1,7:00:00,\n");
    // Each calls at two stops at least.
    let doubt = vec![TripDoubt::None, TripDoubt::Calls];
    assert_eq!(lost(&tables), (vec![("trips-without-calls", 2)], doubt, 1 + 2));
}

#[test]
fn a_direction_of_another_number_leaves_its_trip_in_doubt() {
    let (feed, told) =
        Tables::small().with("trips.txt", "trip_id,route_id,service_id,direction_id\nt1,r1,平日,2\n").read();
    assert_eq!((feed.trips[0].direction, told), (None, vec![("directions-unreadable", 1)]));
    assert_eq!(feed.trips[0].doubt, TripDoubt::Calls);
}

#[test]
fn blank_and_duplicate_ids_are_skipped() {
    let tables = Tables::small()
        .with_rows("stops.txt", "a,別,35,139\n,無,35,139\n")
        .with_rows("routes.txt", "r1,1,2,別,3\n")
        .with_rows("calendar.txt", "平日,0,0,0,0,0,0,0,20260401,20270331\n")
        .with_rows("agency.txt", "1,別\n")
        .with_rows("trips.txt", "t1,r1,平日,1\n");
    assert_unchanged(&tables, &[("ids-doubled", 5), ("rows-without-id", 1), ("stops-without-coordinates", 1)]);
    let (feed, _) = tables.read();
    // Of two rows that differ nobody knows which is the one.
    assert_eq!((feed.stops[0].name.as_deref(), feed.stops[0].lon_lat, feed.stops.len()), (None, None, 3));
    assert_eq!((feed.trips[0].doubt, feed.services[0].lost.span), (TripDoubt::Calls, true));
}

#[test]
fn stops_without_a_usable_place_are_kept() {
    let stops = format!("{STOPS}a,A,,\nb,B,0,0\nc,C,138.3,34.8\n");
    let (feed, told) = Tables::small().with("stops.txt", &stops).read();
    assert_eq!(told, [("stops-without-coordinates", 3)]);
    assert!(feed.stops.iter().all(|stop| stop.lon_lat.is_none()) && feed.calls.len() == 3);
}

#[test]
fn routes_without_a_type_lose_their_trips_and_unknown_agencies_are_told() {
    let routes = "route_id,agency_id,route_type\nr1,9,\n";
    let (feed, told) = Tables::small().with("routes.txt", routes).read();
    assert_eq!((feed.routes[0].operator.as_ref(), feed.trips.len(), feed.lost.calls), (None, 0, 3));
    let without_trips = ("feeds-without-trips", 1);
    assert_eq!(told, [without_trips, ("routes-of-unknown-agencies", 1), ("routes-without-type", 1)]);
}

#[test]
fn days_that_cannot_be_read_may_be_any() {
    let tables = Tables::small()
        .with("calendar.txt", &format!("{CALENDAR}平日,1,1,1,1,1,0,0,20260401,20270331\n土,0,0,0,0,0,1,0,2026/4/1,20270331\n日,0,0,0,0,0,0,1,20270401,20260331\n"))
        .with("calendar_dates.txt", "service_id,date,exception_type\n平日,20260230,1\n平日,20260401,3\n,20260401,1\n")
        .with("feed_info.txt", "feed_start_date,feed_end_date\n2026年,20270331\n");
    assert_unchanged(&tables, &[("days-unreadable", 5), ("validity-unreadable", 1)]);
    let (feed, _) = tables.read();
    let lost: Vec<_> = feed.services.iter().map(|service| (service.lost.span, service.lost.dates)).collect();
    // Two rows of 平日, and one of which nobody knows whose it is.
    assert_eq!((lost, feed.lost.days), (vec![(false, 3), (true, 1), (true, 1)], true));
}

#[test]
fn frequencies_that_say_nothing_leave_open_how_often_the_trip_runs() {
    let rows = [
        "t1,8:00:00,7:00:00,600",
        "t1,7:00:00,7:00:00,600",
        "t1,7:00:00,8:00:00,0",
        "t1,7,8:00:00,600",
        "t9,7:00:00,8:00:00,600",
    ];
    let text = format!("trip_id,start_time,end_time,headway_secs\n{}\n", rows.join("\n"));
    assert_unchanged(&Tables::small().with("frequencies.txt", &text), &[("frequencies-unusable", 5)]);
    assert_eq!(lost(&Tables::small().with("frequencies.txt", &text)).1, [TripDoubt::Runs]);
    let one =
        Tables::small().with("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt1,7:00:00,8:00:00,\n");
    let expected = "frequencies.txt: row 1: trip “t1” from “7:00:00” to “8:00:00” every “” s: the headway is no number of seconds above 0";
    assert_eq!(one.example("frequencies-unusable"), expected);
}

#[test]
fn what_a_pattern_matches_and_is_no_timetable_is_told() {
    let base = tempfile::tempdir().unwrap();
    Tables::small().write(&base.path().join("feed"));
    std::fs::write(base.path().join("fee.pdf"), "x").unwrap();
    let mut notices = Notices::default();
    let feeds = super::super::read_feeds(base.path(), &["fe*".to_owned()], &mut notices).unwrap();
    assert_eq!(feeds.len(), 1);
    let told: Vec<_> = notices.iter().map(|(place, kind, tally)| (place, kind.id, tally.count)).collect();
    assert_eq!(told, [("gtfs", "matches-without-timetable", 1)]);
}

#[test]
fn bytes_in_no_encoding_and_quotes_without_end_are_errors() {
    let mut tables = Tables::small();
    tables.0.insert("trips.txt", b"trip_id,route_id,service_id\n\x81\xff\xff,r1,x\n".to_vec());
    assert!(matches!(tables.try_read().0, Err(InputError::Encoding { .. })));
    let Err(InputError::Table { row, .. }) = more_calls("t1,\"a,6,7:20:00,7:20:00\nt1,a,7,7:20:00,\n").try_read().0
    else {
        panic!()
    };
    assert_eq!(row, 4);
}

#[test]
fn weekdays_of_calendar_txt_that_are_yes_or_2_or_blank_are_not_taken_for_no() {
    for cell in ["yes", "2", "x", "", "０"] {
        let calendar = format!("{CALENDAR}平日,1,1,{cell},1,1,0,0,20260401,20270331\n");
        let (feed, told) = Tables::small().with("calendar.txt", &calendar).read();
        assert_eq!(told, [("weekdays-unreadable", 1)], "{cell}");
        let [tuesday, wednesday] = ["2026-06-02", "2026-06-03"].map(|day| day.parse().unwrap());
        let service = &feed.services[0];
        assert!(service.surely_runs_on(tuesday) && service.may_run_on(wednesday), "{cell}");
        assert!(!service.surely_runs_on(wednesday) && !service.lost.span, "{cell}");
    }
}

#[test]
fn a_timetable_that_claims_a_departure_every_second_of_days_is_not_expanded() {
    let every_second = "t1,0:00:00,99:00:00,1\n".repeat(40);
    let text = format!("trip_id,start_time,end_time,headway_secs\n{every_second}");
    let (feed, _) = Tables::small().with("frequencies.txt", &text).read();
    let runs: u64 = feed.frequencies.iter().map(|frequency| u64::from(frequency.runs())).sum();
    assert!(feed.frequencies.len() < 40 && runs < 20_000_000, "{runs}");
}
