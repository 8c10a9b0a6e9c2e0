//! Feeds that write things otherwise than GTFS has them, and mean what they write.

use super::{CALENDAR, CALLS, Tables, calls};
use crate::inputs::gtfs::Boarding;

#[test]
fn times_without_seconds_are_full_minutes() {
    let text = format!("{CALLS}t1,a,1,7:00,7:00\nt1,b,2,07:04,07:05\nt1,c,5,7:10:00,\n");
    let (feed, told) = Tables::small().with("stop_times.txt", &text).read();
    assert_eq!((calls(&feed), told), (calls(&Tables::small().read().0), vec![]));
}

#[test]
fn times_that_begin_again_at_midnight_go_on_and_are_told_of() {
    let text = format!("{CALLS}t1,a,1,23:55:00,23:55:00\nt1,b,2,,\nt1,c,5,0:05:00,0:05:00\n");
    let tables = Tables::small().with("stop_times.txt", &text);
    let (feed, mut told) = tables.read();
    told.sort_unstable();
    assert_eq!(calls(&feed), ["a 23:55 23:55", "b 24:00 24:00", "c 24:05 24:05"]);
    assert_eq!(told, [("times-interpolated", 1), ("times-past-midnight", 1)]);
    assert_eq!(tables.example("times-past-midnight"), "stop_times.txt: trip “t1”");
    // Within a call too.
    let text = format!("{CALLS}t1,a,1,23:50:00,23:50:00\nt1,c,5,23:59:00,0:01:00\n");
    let (feed, _) = Tables::small().with("stop_times.txt", &text).read();
    assert_eq!(calls(&feed), ["a 23:50 23:50", "c 23:59 24:01"]);
}

#[test]
fn what_runs_every_so_often_over_midnight_ends_on_the_next_day() {
    let rows = "trip_id,start_time,end_time,headway_secs\nt1,23:00:00,1:00:00,600.0\n";
    let (feed, told) = Tables::small().with("frequencies.txt", rows).read();
    assert_eq!((feed.frequencies[0].to.to_string(), feed.frequencies[0].runs(), told), ("25:00".into(), 12, vec![]));
}

#[test]
fn whole_numbers_with_decimals_are_whole_numbers() {
    let stops = "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n\
                 a,焼津駅前,34.87,138.32,0.0,7.0\nb,市役所,34.868,138.323,,\nc,港,34.86,138.33,0.0,\n7,焼津駅,34.87,138.32,1.0,\n";
    let times = "trip_id,stop_id,stop_sequence,arrival_time,departure_time,pickup_type,drop_off_type\n\
                 t1,a,1.0,7:00:00,7:00:00,0.0,1.0\nt1,b,2.00,7:04:00,7:05:00,1.0,\nt1,c,5.,7:10:00,7:10:00,,2.0\n";
    let tables = Tables::small()
        .with("routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\nr1,1.0,1,港線,2.0\n")
        .with("calendar.txt", &format!("{CALENDAR}平日,1.0,1.0,1,1,1,0.0,0,20260401.0,20270331\n"))
        .with("calendar_dates.txt", "service_id,date,exception_type\n平日,20260503.0,1.0\n平日,20260504,2.0\n")
        .with("trips.txt", "trip_id,route_id,service_id,direction_id\nt1,r1,平日,1.0\n")
        .with("stops.txt", stops)
        .with("stop_times.txt", times);
    let (feed, told) = tables.read();
    assert_eq!(told, []);
    assert_eq!(calls(&feed), calls(&Tables::small().read().0));
    let boarding: Vec<_> = feed.calls.iter().map(|call| (call.pickup, call.drop_off)).collect();
    assert_eq!(boarding[..2], [(Boarding::Regular, Boarding::Forbidden), (Boarding::Forbidden, Boarding::Regular)]);
    assert_eq!((feed.routes[0].kind, feed.routes[0].operator.as_deref()), (2, Some("焼津バス")));
    assert_eq!((feed.trips[0].direction, feed.stops[0].parent.as_deref()), (Some(1), Some("7")));
    let service = &feed.services[0];
    assert_eq!((service.added.len(), service.removed.len(), service.weekdays[0]), (1, 1, true));
    // What is no whole number stays none.
    let half = Tables::small().with("trips.txt", "trip_id,route_id,service_id,direction_id\nt1,r1,平日,0.5\n");
    assert_eq!(half.read().1, [("directions-unreadable", 1)]);
}

#[test]
fn a_parent_that_is_not_there_is_none_and_told_of() {
    let stops = "stop_id,stop_name,stop_lat,stop_lon,parent_station\na,焼津駅前,34.87,138.32,0\nb,市役所,34.868,138.323,S\nc,港,34.86,138.33,\n";
    let tables = Tables::small().with("stops.txt", stops);
    let (feed, told) = tables.read();
    assert_eq!(
        (feed.stops.iter().filter_map(|stop| stop.parent.as_ref()).count(), told),
        (0, vec![("parents-unknown", 2)])
    );
    let one = Tables::small().with("stops.txt", &stops.replace(",S\n", ",\n"));
    assert_eq!(one.example("parents-unknown"), "stops.txt: row 1: stop “a”, parent_station “0”");
}
