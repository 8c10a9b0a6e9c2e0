//! What the tables say, however they are written.

use chrono::NaiveDate;

use super::super::Boarding::{Arranged, Forbidden, Regular};
use super::super::{Feed, Frequency};
use super::{CALENDAR, CALLS, STOPS, Tables, calls};
use crate::units::ServiceTime;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn plain(feed: &Feed) -> String {
    format!("{:?}", Feed { path: "x".into(), files: Vec::new(), ..feed.clone() })
}

#[test]
fn a_small_timetable_is_read_whole() {
    let info = "feed_publisher_name,feed_version,feed_start_date,feed_end_date\n焼津市,２０２６－１,20260401,\n";
    let (feed, told) = Tables::small().with("feed_info.txt", info).read();
    assert_eq!(told, []);
    assert_eq!((feed.publisher.as_deref(), feed.version.as_deref()), (Some("焼津市"), Some("2026-1")));
    assert_eq!((feed.from, feed.to), (Some(day("2026-04-01")), None));
    let route = &feed.routes[0];
    assert_eq!(
        (route.names.join("/"), route.operator.as_deref(), route.kind),
        ("港線/1".to_owned(), Some("焼津バス"), 3)
    );
    assert_eq!(feed.stops[1].name.as_deref(), Some("市役所"));
    assert_eq!(feed.stops[1].lon_lat, Some([138.323, 34.868]));
    let trip = &feed.trips[0];
    assert_eq!((trip.id.as_str(), trip.direction, trip.calls.clone()), ("t1", Some(0), 0..3));
    assert_eq!(calls(&feed), ["a 07:00 07:00", "b 07:04 07:05", "c 07:10 07:10"]);
    assert!(feed.services[0].runs_on(day("2026-04-01")) && !feed.services[0].runs_on(day("2026-04-04")));
}

/// The small timetable as other programs write it.
#[test]
fn marks_quotes_blanks_other_columns_and_empty_lines_change_nothing() {
    let (expected, _) = Tables::small().read();
    let odd = Tables::small()
        .with("routes.txt", "\u{feff}route_type,note,route_id,agency_id,route_long_name,route_short_name\r\n3,\"a \"\"b\"\", c\r\nd\",r1,1,港線 ,\u{3000}１\r\n\r\n")
        .with("stops.txt", "\u{feff}\"stop_lon\",\"stop_lat\",\"stop_name\",\"stop_id\"\r\n\"138.32\",\" 34.87\",\"焼津駅前\",\"a\"\r\n 138.323 ,34.868,市役所,b\r\n138.33,34.86,港,c\r\n,,,\r\n\r\n")
        .with("stop_times.txt", "stop_sequence, trip_id ,stop_id,departure_time,arrival_time,timepoint\r\n5,t1,c,07:10:00,07:10:00,1\r\n1,t1, a,07:00:00,07:00:00,1\r\n2, t1,b,\"07:05:00\",7:04:00,0\r\n");
    let (feed, told) = odd.read();
    assert_eq!(told, []);
    assert_eq!(plain(&feed), plain(&expected));
}

#[test]
fn cp932_is_read_and_told_of() {
    let mut tables = Tables::small();
    let (expected, _) = tables.read();
    for bytes in tables.0.values_mut() {
        *bytes = encoding_rs::SHIFT_JIS.encode(std::str::from_utf8(bytes).unwrap()).0.into_owned();
    }
    let (feed, told) = tables.read();
    // The table of calls has no character beyond ASCII.
    assert_eq!(told, [("tables-in-other-encoding", 5)]);
    assert_eq!(plain(&feed), plain(&expected));
    assert_eq!(feed.files[0].encoding.as_ref().unwrap().en, "Shift_JIS (from the bytes)");
}

#[test]
fn what_is_optional_may_be_missing() {
    let bare = Tables::small()
        .without("agency.txt")
        .with("routes.txt", "route_id,route_type\nr1,3\n")
        .with("trips.txt", "route_id,service_id,trip_id\nr1,平日,t1\n");
    let (feed, told) = bare.read();
    assert_eq!(told, []);
    assert_eq!((&feed.routes[0].names, &feed.routes[0].operator, feed.trips[0].direction), (&vec![], &None, None));
}

#[test]
fn the_only_agency_runs_routes_that_name_none() {
    let routes = "route_id,route_type\nr1,3\n";
    let without_id = Tables::small().with("routes.txt", routes).with("agency.txt", "agency_name\nバス\n");
    for tables in [Tables::small().with("routes.txt", routes), without_id] {
        let (feed, told) = tables.read();
        assert!(feed.routes[0].operator.is_some() && told.is_empty());
    }
    let two = Tables::small().with("routes.txt", routes).with_rows("agency.txt", "2,電鉄\n");
    assert_eq!(two.read().0.routes[0].operator, None);
}

#[test]
fn names_of_a_route_come_once_and_none_is_empty() {
    let header = "route_id,route_type,route_long_name,route_short_name,jp_parent_route_id\n";
    let (feed, _) = Tables::small().with("routes.txt", &format!("{header}r1,3,ﾐﾅﾄ線,ミナト線,P1\nr2,3,, ,P1\n")).read();
    assert_eq!(feed.routes[0].names, ["ミナト線", "P1"]);
    assert_eq!(feed.routes[1].names, ["P1"]);
}

#[test]
fn days_come_from_either_table_or_both() {
    let dates = "service_id,date,exception_type\n平日,20260505,2\n平日,20260404,1\n平日,20260404,1\n平日,20260403,1\n祝日,20260505,1\n";
    let (feed, told) = Tables::small().with("calendar_dates.txt", dates).read();
    assert_eq!(told, []);
    let [weekday, holiday] = &feed.services[..] else { panic!() };
    assert_eq!(weekday.added, [day("2026-04-03"), day("2026-04-04")]);
    assert!(!weekday.runs_on(day("2026-05-05")) && holiday.runs_on(day("2026-05-05")));
    assert_eq!((holiday.span, holiday.weekdays), (None, [false; 7]));
    let (only, told) = Tables::small().without("calendar.txt").with("calendar_dates.txt", dates).read();
    assert_eq!((only.services.len(), only.trips.len(), told), (2, 1, vec![]));
}

#[test]
fn stops_take_from_their_station_what_they_lack() {
    let stops = "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\na,,,,0,S\nb,市役所,34.8,138.3,,gone\nS,焼津駅,34.87,138.32,1,\ne,北口,34.9,138.4,2,S\nc,港,34.86,138.33,0,\n";
    let (feed, told) = Tables::small().with("stops.txt", stops).read();
    assert_eq!(told, [("parents-unknown", 1)]);
    assert_eq!(feed.stops.iter().map(|stop| stop.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!((feed.stops[0].name.as_deref(), feed.stops[0].lon_lat), (Some("焼津駅"), Some([138.32, 34.87])));
    assert_eq!([0, 1, 2].map(|at: usize| feed.stops[at].parent.as_deref()), [Some("S"), None, None]);
    assert_eq!(calls(&feed)[2], "c 07:10 07:10");
}

#[test]
fn calls_come_in_the_order_of_trips_and_stop_sequence() {
    let tables = Tables::small().with_rows("trips.txt", "t2,r1,平日,1\n").with(
        "stop_times.txt",
        &format!("{CALLS}t2,c,10,25:00:00,\nt1,b,2,,7:05:00\nt2,a,90,,25:09:30\nt1,a,1,7:00:00,7:00:00\n"),
    );
    let (feed, told) = tables.read();
    assert_eq!(told, []);
    assert_eq!(calls(&feed), ["a 07:00 07:00", "b 07:05 07:05", "c 25:00 25:00", "a 25:09:30 25:09:30"]);
    assert_eq!((feed.trips[0].calls.clone(), feed.trips[1].calls.clone()), (0..2, 2..4));
}

#[test]
fn calls_without_times_are_spread_between_those_with() {
    let text = format!("{CALLS}t1,a,1,7:00:00,7:01:00\nt1,b,2,,\nt1,a,3,,\nt1,c,4,7:02:40,7:03:00\n");
    let (feed, told) = Tables::small().with("stop_times.txt", &text).read();
    assert_eq!(told, [("times-interpolated", 2)]);
    assert_eq!(calls(&feed)[1..3], ["b 07:01:33 07:01:33", "a 07:02:06 07:02:06"]);
}

#[test]
fn boarding_and_frequencies_are_read() {
    let (feed, told) = Tables::small()
        .with("stop_times.txt", "trip_id,stop_id,stop_sequence,arrival_time,pickup_type,drop_off_type\nt1,a,1,7:00:00,,1\nt1,b,2,7:04:00,2,3\nt1,c,5,7:10:00,1,0\n")
        .with_rows("trips.txt", "t0,r1,平日,\n")
        .with("frequencies.txt", "trip_id,start_time,end_time,headway_secs,exact_times\nt1,6:00:00,24:30:00,600,0\nt0,6:00:00,7:00:00,600,\n")
        .read();
    // The frequency of a trip without calls goes with the trip.
    assert_eq!(told, [("trips-without-calls", 1)]);
    let kinds: Vec<_> = feed.calls.iter().map(|call| (call.pickup, call.drop_off)).collect();
    assert_eq!(kinds, [(Regular, Forbidden), (Arranged, Arranged), (Forbidden, Regular)]);
    let expected = Frequency { trip: 0, from: ServiceTime(21_600), to: ServiceTime(88_200), headway: 600 };
    assert_eq!(feed.frequencies, [expected]);
}

#[test]
fn empty_tables_are_no_problem_but_for_the_trips() {
    let empty = Tables::small()
        .with("agency.txt", "")
        .with("frequencies.txt", "trip_id,start_time,end_time,headway_secs\n")
        .with("calendar.txt", CALENDAR)
        .with("stops.txt", STOPS)
        .with("trips.txt", "trip_id,route_id,service_id\n")
        .with("stop_times.txt", CALLS);
    let (feed, told) = empty.read();
    assert_eq!((feed.calls.len(), told), (0, vec![("feeds-without-trips", 1)]));
}
