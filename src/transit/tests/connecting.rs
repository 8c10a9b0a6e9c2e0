//! Which stops connect to a central zone: here the land west of x = 500 m.

use std::collections::BTreeMap;

use super::*;
use crate::geometry::Shapes;
use crate::regions::Certainty::{self, No, Possible, Sure};
use crate::regions::Region;

const IN: Point = [0.0, 0.0];

fn west() -> Region {
    let mut shapes = Shapes::default();
    shapes.push_ring(&[[-500.0, -500.0], [500.0, -500.0], [500.0, 500.0], [-500.0, 500.0], [-500.0, -500.0]]);
    shapes.end_polygon();
    shapes.end_shape();
    Region::union_of(&[&shapes])
}

/// The feed of the tests: 中 in the zone, 東 and 谷 far from it and from one another, all on the line 東線 of 港バス.
fn three_stops() -> (Feed, u32) {
    let mut feed = feed(&[("中", IN), ("東", [2000.0, 0.0]), ("谷", [4000.0, 0.0])]);
    let line = route(&mut feed, "港バス", "東線", BUS);
    (feed, line)
}

/// What connects to the zone by name.
fn connects_to(
    [sure, possible]: [&Region; 2],
    feed: Feed,
    rows: &[StopRow],
    transfers: u8,
) -> BTreeMap<String, Certainty> {
    let timetable = timetable(feed);
    let stops = stops(&timetable, &Rows { stops: rows, ..Rows::default() });
    let settings = Settings { transfers, ..Settings::default() };
    let scale = scale();
    let links = Links { timetable: Some(&timetable), settings: &settings, scale: &scale };
    let found = connected(&stops, &links, sure, possible);
    stops.into_iter().zip(found).map(|(stop, how)| (stop.name.unwrap(), how)).collect()
}

fn connects(feed: Feed, rows: &[StopRow], transfers: u8) -> BTreeMap<String, Certainty> {
    connects_to([&west(), &west()], feed, rows, transfers)
}

fn bus(name: &str, at: Point, lines: &[(&str, &str)]) -> StopRow {
    row(StopKind::Bus, name, at, lines)
}

#[test]
fn one_seat_ride_connects_either_way() {
    let (mut feed, line) = three_stops();
    trip(&mut feed, line, &[(1, 420), (0, 430)]);
    trip(&mut feed, line, &[(0, 440), (2, 450)]);
    let found = connects(feed, &[], 0);
    assert!(["中", "東", "谷"].iter().all(|name| found[*name] == Sure), "{found:?}");
}

#[test]
fn where_nobody_may_get_on_or_off_nobody_rides() {
    for (on, off, wanted) in [
        (Boarding::Regular, Boarding::Arranged, Sure),
        (Boarding::Forbidden, Boarding::Regular, No),
        (Boarding::Regular, Boarding::Forbidden, No),
    ] {
        let (mut feed, line) = three_stops();
        trip(&mut feed, line, &[(1, 420), (0, 430)]);
        feed.calls[0].pickup = on;
        feed.calls[1].drop_off = off;
        let found = connects(feed, &[], 0);
        assert_eq!((found["東"], found["中"]), (wanted, Sure), "{on:?} {off:?}");
    }
}

#[test]
fn a_trip_of_another_day_connects_nothing() {
    let (mut feed, line) = three_stops();
    let other_day = trip(&mut feed, line, &[(1, 420), (0, 430)]);
    feed.trips[other_day].service = 1;
    assert_eq!(connects(feed, &[], 0)["東"], No);
}

#[test]
fn a_trip_that_runs_every_so_often_connects_where_it_runs_at_all() {
    for (to, wanted) in [(480, Sure), (420, No)] {
        let (mut feed, line) = three_stops();
        trip(&mut feed, line, &[(1, 0), (0, 10)]);
        let (from, to) = (ServiceTime(420 * 60), ServiceTime(to * 60));
        feed.frequencies.push(Frequency { trip: 0, from, to, headway: 1200 });
        assert_eq!(connects(feed, &[], 0)["東"], wanted);
    }
}

#[test]
fn two_stops_with_timetables_connect_by_trips_and_not_by_the_name_of_a_line() {
    let (mut feed, line) = three_stops();
    feed.stops.push(FeedStop { name: Some("西".into()), lon_lat: feed.stops[0].lon_lat, ..FeedStop::default() });
    trip(&mut feed, line, &[(0, 420), (3, 425)]);
    trip(&mut feed, line, &[(1, 420), (2, 430)]);
    let found = connects(feed, &[], 0);
    assert_eq!((found["中"], found["東"], found["谷"]), (Sure, No, No));
}

#[test]
fn what_layers_call_the_line_of_two_stops_with_timetables_connects_them_only_where_it_has_none() {
    for (operator, other, wanted) in [
        // The timetable's own operator, in its spelling and in another; then one that it knows nothing of.
        ("港バス", None, [Sure, No]),
        ("港バス株式会社", None, [Sure, No]),
        ("港バス", Some("村営"), [Sure, Possible]),
    ] {
        let (mut feed, line) = three_stops();
        trip(&mut feed, line, &[(0, 420), (1, 430)]);
        trip(&mut feed, line, &[(2, 420), (1, 430)]);
        let lines: Vec<(&str, &str)> = std::iter::once(operator).chain(other).map(|one| (one, "東線")).collect();
        let rows = [bus("中", [10.0, 0.0], &lines), bus("谷", [4010.0, 0.0], &lines)];
        let found = connects(feed, &rows, 0);
        assert_eq!([found["中"], found["谷"]], wanted, "{operator} {other:?}");
    }
}

#[test]
fn a_line_that_a_stop_with_a_timetable_has_lost_may_be_that_of_a_stop_without_one() {
    let how = |valley: StopRow, centre: StopRow| {
        let (mut feed, line) = three_stops();
        trip(&mut feed, line, &[(1, 420), (2, 430)]);
        let line = route(&mut feed, "港バス", "西線", BUS);
        trip(&mut feed, line, &[(1, 420), (0, 430)]);
        connects(feed, &[valley, centre], 0)["谷"]
    };
    let told = |lines: &[(&str, &str)]| bus("谷", [4010.0, 0.0], lines);
    let lost = || StopRow { blank: Blank { line: true, ..Blank::default() }, ..told(&[]) };
    let centre = || bus("役場", IN, &[("市営", "南線")]);
    assert_eq!(how(told(&[("市営", "南線")]), centre()), Sure);
    assert_eq!(how(told(&[("港バス", "東線")]), centre()), No);
    assert_eq!(how(lost(), centre()), Possible);
    // The timetable tells of all that runs between two stops for which it speaks.
    assert_eq!(how(lost(), bus("中", IN, &[("港バス", "西線")])), No);
}

#[test]
fn a_stop_of_a_layer_connects_by_a_line_of_the_timetable_inside() {
    let (mut feed, line) = three_stops();
    trip(&mut feed, line, &[(0, 420), (2, 430)]);
    let rows = [
        bus("同じ", [1000.0, 900.0], &[("港バス", "東線")]),
        bus("他社", [1000.0, 1900.0], &[("市営", "東線")]),
        bus("不明", [1000.0, 2900.0], &[("", "東線")]),
        bus("無印", [1000.0, 3900.0], &[]),
        bus("西線", [1000.0, 4900.0], &[("港バス", "西線")]),
    ];
    let found = connects(feed, &rows, 0);
    let how: Vec<Certainty> = rows.iter().map(|row| found[row.name.as_ref().unwrap()]).collect();
    assert_eq!(how, [Sure, No, Possible, Possible, No]);
}

#[test]
fn a_zone_that_is_only_possible_makes_connections_that_are_only_possible() {
    let (mut feed, line) = three_stops();
    trip(&mut feed, line, &[(1, 420), (0, 430)]);
    let rows = [bus("同じ", [1000.0, 900.0], &[("港バス", "東線")])];
    for transfers in [0, 1] {
        let found = connects_to([&Region::nothing(), &west()], feed.clone(), &rows, transfers);
        assert!(found.values().all(|how| *how == Possible), "{found:?}");
        let found = connects_to([&Region::nothing(), &Region::nothing()], feed.clone(), &rows, transfers);
        assert!(found.values().all(|how| *how == No), "{found:?}");
    }
}

/// 谷 → 東 arriving at 7:10, then on to 中 at the minute given; `apart` metres between the two poles of the change.
fn with_a_change(leaves: u32, apart: f64) -> Feed {
    let mut feed = feed(&[("中", IN), ("東", [2000.0, 0.0]), ("谷", [4000.0, 0.0]), ("東口", [2000.0, apart])]);
    let line = route(&mut feed, "港バス", "東線", BUS);
    trip(&mut feed, line, &[(2, 420), (1, 430)]);
    trip(&mut feed, line, &[(if apart > 0.0 { 3 } else { 1 }, leaves), (0, leaves + 10)]);
    feed
}

#[test]
fn one_change_connects_in_time_and_not_too_late() {
    for (leaves, wanted) in [(440, Sure), (430, Sure), (429, No)] {
        let found = connects(with_a_change(leaves, 0.0), &[], 1);
        assert_eq!((found["谷"], found["東"]), (wanted, Sure), "{leaves}");
        assert_eq!(connects(with_a_change(leaves, 0.0), &[], 0)["谷"], No);
    }
}

#[test]
fn one_walks_150_m_for_a_change_and_not_250() {
    for (apart, wanted) in [(150.0, Sure), (250.0, No)] {
        assert_eq!(connects(with_a_change(440, apart), &[], 1)["谷"], wanted, "{apart} m");
    }
}

#[test]
fn two_changes_are_one_too_many() {
    let mut feed = feed(&[("中", IN), ("東", [2000.0, 0.0]), ("谷", [4000.0, 0.0]), ("奥", [6000.0, 0.0])]);
    let line = route(&mut feed, "港バス", "東線", BUS);
    trip(&mut feed, line, &[(3, 420), (2, 430)]);
    trip(&mut feed, line, &[(2, 440), (1, 450)]);
    trip(&mut feed, line, &[(1, 460), (0, 470)]);
    let found = connects(feed, &[], 1);
    assert_eq!((found["谷"], found["奥"]), (Sure, No));
}

#[test]
fn to_walk_to_a_stop_of_the_zone_is_no_ride() {
    let mut feed = feed(&[("中", [400.0, 0.0]), ("隣", [550.0, 0.0]), ("谷", [4000.0, 0.0]), ("奥", [6000.0, 0.0])]);
    let line = route(&mut feed, "港バス", "東線", BUS);
    trip(&mut feed, line, &[(0, 420), (2, 430)]);
    // It begins beside the zone, but nobody may get off there or return.
    let away = trip(&mut feed, line, &[(1, 440), (3, 450)]);
    let first = feed.trips[away].calls.start as usize;
    feed.calls[first].pickup = Boarding::Forbidden;
    let found = connects(feed, &[], 1);
    assert_eq!((found["隣"], found["谷"]), (No, Sure));
}

#[test]
fn a_change_between_a_line_and_a_timetable_is_in_time_since_nobody_knows_when_the_line_runs() {
    // 谷 rides to 東, where 北線 of the layers calls as well as at 駅前 in the zone; 奥 is on 東線 without a timetable.
    let (mut feed, line) = three_stops();
    trip(&mut feed, line, &[(2, 420), (1, 430)]);
    let rows = [
        bus("駅前", [100.0, 100.0], &[("市営", "北線")]),
        bus("東", [2010.0, 0.0], &[("市営", "北線"), ("港バス", "東線")]),
        bus("奥", [8000.0, 0.0], &[("港バス", "東線")]),
        bus("遠", [9000.0, 0.0], &[("村営", "南線")]),
    ];
    let found = connects(feed.clone(), &rows, 0);
    assert_eq!((found["東"], found["谷"], found["奥"]), (Sure, No, No));
    let found = connects(feed.clone(), &rows, 1);
    assert_eq!((found["谷"], found["奥"], found["遠"]), (Sure, Sure, No));
    // A trip of 東 into the zone, too early for 谷, takes nothing of that away.
    trip(&mut feed, line, &[(1, 300), (0, 310)]);
    assert_eq!(connects(feed, &rows, 1)["谷"], Sure);
}

#[test]
fn with_a_change_one_may_come_by_a_line_that_may_call() {
    let (mut feed, line) = three_stops();
    trip(&mut feed, line, &[(0, 420), (1, 430)]);
    let rows = [bus("不明", [6000.0, 0.0], &[("", "東線")]), bus("奥", [8000.0, 0.0], &[("港バス", "西線")])];
    let found = connects(feed, &rows, 1);
    assert_eq!((found["不明"], found["奥"]), (Possible, No));
}

#[test]
fn one_changes_on_foot_to_a_station_or_stop_without_a_timetable_and_back() {
    let (mut feed, line) = three_stops();
    trip(&mut feed, line, &[(2, 420), (1, 430)]);
    let rail = |name, at| row(StopKind::Rail, name, at, &[("丙鉄", "丙線")]);
    // 東駅 stands 18 m from 東, and its line leads into the zone.
    let rows = [rail("東駅前", [2018.0, 0.0]), rail("丙中央", IN)];
    let found = connects(feed.clone(), &rows, 1);
    assert_eq!((found["谷"], found["東駅前"], found["東"]), (Sure, Sure, No), "{found:?}");
    assert_eq!(connects(feed.clone(), &rows, 0)["谷"], No);
    assert_eq!(connects(feed.clone(), &[rail("東駅前", [2218.0, 0.0]), rail("丙中央", IN)], 1)["谷"], No);
    // The other way round: by a line without timetable, on foot, and on by a trip.
    trip(&mut feed, line, &[(1, 440), (0, 450)]);
    let rows = [rail("東駅前", [2018.0, 0.0]), rail("丙奥", [9000.0, 0.0])];
    let found = connects(feed, &rows, 1);
    assert_eq!((found["丙奥"], found["東駅前"]), (Sure, No), "{found:?}");
}
