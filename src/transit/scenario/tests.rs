//! Small timetables and what edits make of them.

use std::path::Path;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::crs::Plane;
use crate::diagnostics::Diagnose;
use crate::inputs::gtfs::{Call, Feed, FeedRoute, FeedStop, FeedTrip, Frequency, Service};
use crate::transit::{KnownLines, ServiceDay};

/// The day that is counted; the first service runs on it, the second does not.
const DAY: ServiceDay = ServiceDay { date: NaiveDate::from_ymd_opt(2026, 6, 3).expect("a date"), given: true };

/// A trip of the tests: route, service, direction, the stops, its first departure in minutes.
type Plan = (u32, u32, Option<u8>, Vec<u32>, u32);

/// A feed of three routes (`r0` 東線, `r1` 東線, `r2` 西線), two services and five stops; a stop takes two minutes.
fn feed(trips: &[Plan], runs: &[(u32, u32, u32, u32)]) -> Feed {
    let mut feed = Feed {
        routes: ["東線", "東線", "西線"]
            .iter()
            .enumerate()
            .map(|(index, name)| FeedRoute {
                id: format!("r{index}"),
                names: vec![(*name).into()],
                ..FeedRoute::default()
            })
            .collect(),
        services: (0..2)
            .map(|index| Service {
                id: format!("s{index}"),
                added: if index == 0 { vec![DAY.date] } else { vec![] },
                ..Service::default()
            })
            .collect(),
        stops: (0..5).map(|index| FeedStop { id: format!("p{index}"), ..FeedStop::default() }).collect(),
        ..Feed::default()
    };
    for (index, (route, service, direction, stops, minute)) in trips.iter().enumerate() {
        let start = feed.calls.len() as u32;
        for (order, &stop) in (0..).zip(stops) {
            let time = ServiceTime((minute + 2 * order) * 60);
            let (pickup, drop_off) = Default::default();
            feed.calls.push(Call { stop, arrival: time, departure: time, pickup, drop_off });
        }
        feed.trips.push(FeedTrip {
            id: format!("t{index}"),
            route: *route,
            service: *service,
            direction: *direction,
            calls: start..feed.calls.len() as u32,
            ..FeedTrip::default()
        });
    }
    feed.frequencies = runs.iter().map(|&(trip, from, to, every)| run(trip, from, to, every)).collect();
    feed
}

/// A run, in minutes.
fn run(trip: u32, from: u32, to: u32, every: u32) -> Frequency {
    Frequency { trip, from: ServiceTime(from * 60), to: ServiceTime(to * 60), headway: every * 60 }
}

fn scenario(removals: Vec<Removal>, headways: Vec<Headway>) -> Scenario {
    Scenario { note: "2027 再編案".into(), stops: Vec::new(), removals, headways, lines: Vec::new() }
}

fn headway(route: &str, minutes: u32, (from, to): (u32, u32), direction: Option<u8>) -> Headway {
    let (from, to) = (ServiceTime(from * 60), ServiceTime(to * 60));
    Headway { route: route.into(), seconds: minutes * 60, from, to, direction }
}

fn edit(scenario: &Scenario, feed: &mut Feed) -> Result<Edits, ScenarioError> {
    scenario.edit(std::slice::from_mut(feed), &[DAY], &KnownLines::default(), Path::new("kyoten.toml"))
}

/// A departure from a first stop: the route, service and direction, the stops, the second.
type Departure = (u32, u32, Option<u8>, Vec<u32>, u32);

/// Every departure of a feed, runs expanded, sorted.
fn departures(feed: &Feed) -> Vec<Departure> {
    let mut all = Vec::new();
    for (index, trip) in (0..).zip(&feed.trips) {
        let calls = &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
        let Some(first) = calls.first() else { continue };
        let stops: Vec<u32> = calls.iter().map(|call| call.stop).collect();
        let mut push = |second| all.push((trip.route, trip.service, trip.direction, stops.clone(), second));
        let runs: Vec<&Frequency> = feed.frequencies.iter().filter(|run| run.trip == index).collect();
        if runs.is_empty() {
            push(first.departure.0);
        }
        for run in runs {
            (run.from.0..run.to.0).step_by(run.headway as usize).for_each(&mut push);
        }
    }
    all.sort();
    all
}

fn is_whole(feed: &Feed) -> bool {
    let mut end = 0;
    let trips = feed.trips.iter().all(|trip| {
        let follows = trip.calls.start == end && trip.calls.end >= end;
        end = trip.calls.end;
        follows && (trip.route as usize) < feed.routes.len() && (trip.service as usize) < feed.services.len()
    });
    trips
        && end as usize == feed.calls.len()
        && feed.calls.iter().all(|call| (call.stop as usize) < feed.stops.len())
        && feed.frequencies.iter().all(|run| (run.trip as usize) < feed.trips.len() && run.from < run.to)
}

#[test]
fn a_route_goes_by_its_id_and_routes_by_their_name() {
    let trips = [0, 1, 2].map(|route| (route, 0, None, vec![0, 1], 420));
    for (name, left, taken) in [("r1", vec!["t0", "t2"], 1), ("東線", vec!["t2"], 2), ("西線", vec!["t0", "t1"], 1)]
    {
        let mut feed = feed(&trips, &[]);
        let edits = edit(&scenario(vec![Removal::Route(name.into())], vec![]), &mut feed).expect(name);
        assert_eq!((edits.removals[0].trips, edits.removals[0].routes.len()), (taken, taken));
        assert_eq!(feed.trips.iter().map(|trip| trip.id.as_str()).collect::<Vec<_>>(), left);
        assert!(is_whole(&feed));
    }
}

#[test]
fn a_trip_goes_with_its_runs() {
    let trips = [420, 430, 440].map(|minute| (0, 0, None, vec![0, 1, 2], minute));
    let mut feed = feed(&trips, &[(0, 420, 480, 30), (1, 600, 660, 20), (2, 700, 720, 10)]);
    edit(&scenario(vec![Removal::Trips(vec!["t1".into()])], vec![]), &mut feed).expect("it is there");
    assert_eq!(feed.frequencies, [run(0, 420, 480, 30), run(1, 700, 720, 10)]);
    assert_eq!((feed.trips[1].id.as_str(), feed.calls.len()), ("t2", 6));
}

#[test]
fn the_commonest_stops_and_their_earliest_trip_are_the_model() {
    let (long, short) = (vec![0, 1, 2, 3], vec![0, 1, 2]);
    let trips = [
        (0, 0, Some(0), short.clone(), 425),
        (0, 0, Some(0), long.clone(), 470),
        (0, 0, Some(0), long.clone(), 450),
        (0, 0, Some(0), short.clone(), 540),
    ];
    let mut feed = feed(&trips, &[]);
    let edits = edit(&scenario(vec![], vec![headway("r0", 15, (420, 540), None)]), &mut feed).expect("three trips");
    let replaced = Replaced { routes: ["r0".to_owned()].into(), trips: 3, cut: 0, runs: 1 };
    assert_eq!(edits.headways, [replaced]);
    assert_eq!(feed.trips.iter().map(|trip| trip.id.as_str()).collect::<Vec<_>>(), ["t2", "t3"]);
    assert_eq!(feed.frequencies, [run(0, 420, 540, 15)]);
    let tie = [(0, 0, Some(0), long, 430), (0, 0, Some(0), short, 425)];
    let mut feed = self::feed(&tie, &[]);
    edit(&scenario(vec![], vec![headway("r0", 15, (420, 540), None)]), &mut feed).expect("two trips");
    assert_eq!(feed.trips[0].id, "t1", "of equals the one with the earlier trip");
}

#[test]
fn a_run_is_cut_and_keeps_its_minutes_outside() {
    let mut feed = feed(&[(0, 0, Some(1), vec![0, 1], 0)], &[(0, 410, 600, 25)]);
    let edits = edit(&scenario(vec![], vec![headway("東線", 30, (420, 480), Some(1))]), &mut feed).expect("a run");
    assert_eq!((edits.headways[0].trips, edits.headways[0].cut, edits.headways[0].runs), (0, 1, 1));
    assert_eq!(feed.frequencies, [run(0, 410, 420, 25), run(0, 485, 600, 25), run(0, 420, 480, 30)]);
    let minutes: Vec<u32> = departures(&feed).iter().map(|departure| departure.4 / 60).collect();
    assert_eq!(minutes, [410, 420, 450, 485, 510, 535, 560, 585]);
}

#[test]
fn a_trip_without_stops_is_no_model_and_stays() {
    let mut feed = feed(&[(0, 0, None, vec![], 0)], &[(0, 400, 500, 10)]);
    let before = feed.clone();
    edit(&scenario(vec![], vec![headway("r0", 15, (420, 480), None)]), &mut feed).expect_err("nothing departs");
    assert_eq!((feed.trips, feed.frequencies), (before.trips, before.frequencies));
}

#[test]
fn directions_run_apart_and_what_does_not_run_that_day_stays() {
    let there = vec![0, 1, 2];
    let back = vec![2, 1, 0];
    let trips = [
        (0, 0, None, there.clone(), 420),
        (0, 0, None, back, 425),
        (0, 1, None, there.clone(), 430),
        (0, 1, None, there, 900),
    ];
    let mut feed = feed(&trips, &[]);
    let edits = edit(&scenario(vec![], vec![headway("r0", 20, (420, 480), None)]), &mut feed).expect("two trips");
    assert_eq!(edits.headways[0].runs, 2, "one each way");
    assert_eq!(departures(&feed).len(), 2 * 3 + 2);
}

#[test]
fn an_edit_without_anything_to_change_is_told() {
    let said = |scenario: &Scenario, feed: &mut Feed| {
        let error = edit(scenario, feed).expect_err("nothing to change");
        (error.to_string(), error.help().into_iter().map(|help| help.en).collect::<Vec<_>>().join("\n"))
    };
    let trips = [(0, 0, None, vec![0, 1], 420)];
    let headways = vec![headway("r0", 10, (600, 660), None), headway("r0", 10, (420, 480), Some(1))];
    let removals = vec![Removal::Route("r9".into()), Removal::Trips(vec!["t00".into()]), Removal::Route("西線".into())];
    let (message, help) = said(&scenario(removals, headways), &mut feed(&trips, &[]));
    assert_eq!(
        message.lines().collect::<Vec<_>>(),
        [
            "kyoten.toml: [[scenario.remove]] names the route \"r9\", which no timetable has; the nearest is \"r0\"",
            "kyoten.toml: [[scenario.remove]] names the trip \"t00\", which no timetable has; the nearest is \"t0\"",
            "kyoten.toml: [[scenario.remove]] takes out the route \"西線\", of which no trip is left",
            "kyoten.toml: [[scenario.headway]] of the route \"r0\" finds no trip that departs from 10:00 to 11:00",
            "kyoten.toml: [[scenario.headway]] of the route \"r0\", direction 1, finds no trip that departs from 07:00 to 08:00",
        ]
    );
    assert!(help.starts_with("write a route_id or a name of routes.txt; near ones: r0, r1, r2\n"), "{help}");
    assert!(help.contains("leave `direction` out"), "{help}");
}

#[test]
fn without_timetables_there_is_nothing_to_edit() {
    let none = scenario(vec![], vec![headway("r0", 10, (420, 480), None)]);
    let error = none.edit(&mut [], &[], &KnownLines::default(), Path::new("kyoten.toml")).expect_err("no feeds");
    assert_eq!(error.faults, [ScenarioFault::NoTimetables]);
    assert_eq!(
        scenario(vec![], vec![]).edit(&mut [], &[], &KnownLines::default(), Path::new("kyoten.toml")),
        Ok(Edits::default())
    );
}

#[test]
fn added_stops_become_rows_on_the_plane() {
    let stop = AddedStop {
        name: "新駅".into(),
        kind: StopKind::Rail,
        at: [138.5, 36.0],
        peak_trips: Some(4.0),
        daily_trips: Some(40.0),
        lines: vec![Line { operator: None, name: "東海道線".into() }],
    };
    let scenario = Scenario { stops: vec![stop], ..scenario(vec![], vec![]) };
    let rows = scenario.stop_rows(Plane::new(8).expect("VIII")).expect("it is in Japan");
    let [x, y] = rows[0].parts[0][0];
    assert!(x.abs() < 1e-6 && y.abs() < 1e-6, "the origin of plane VIII: {x} {y}");
    assert_eq!((rows[0].name.as_deref(), rows[0].kind, rows[0].peak_trips), (Some("新駅"), StopKind::Rail, Some(4.0)));
    assert_eq!(rows[0].daily_trips, Some(40.0));
}

/// Timetables of up to twelve trips, some of which run every so often.
fn feeds() -> impl Strategy<Value = Feed> {
    let stops = prop::sample::select(vec![vec![0, 1, 2], vec![0, 2], vec![2, 1, 0], vec![3, 4], vec![]]);
    let trip = (0..3_u32, 0..2_u32, prop::option::of(0..2_u8), stops, 380..560_u32);
    let runs = prop::collection::vec((any::<prop::sample::Index>(), 360..500_u32, 1..200_u32, 1..60_u32), 0..6);
    (prop::collection::vec(trip, 1..12), runs).prop_map(|(trips, runs)| {
        let runs: Vec<_> = runs
            .iter()
            .map(|(trip, from, length, every)| (trip.index(trips.len()) as u32, *from, from + length, *every))
            .collect();
        feed(&trips, &runs)
    })
}

proptest! {
    #[test]
    fn a_headway_leaves_a_whole_timetable_with_as_many_departures_as_it_says(
        mut feed in feeds(),
        minutes in 1..70_u32,
        from in 400..500_u32,
        direction in prop::option::of(0..2_u8),
    ) {
        let asked = headway("東線", minutes, (from, from + 60), direction);
        let before = departures(&feed);
        let outcome = edit(&scenario(vec![], vec![asked.clone()]), &mut feed);
        prop_assert!(is_whole(&feed));
        let after = departures(&feed);
        let is_meant = |departure: &&Departure| {
            departure.0 < 2
                && departure.1 == 0
                && (direction.is_none() || departure.2 == direction)
                && (asked.from.0..asked.to.0).contains(&departure.4)
        };
        // All else stays as it was, to the second.
        let others = |all: &[Departure]| all.iter().filter(|one| !is_meant(one)).cloned().collect::<Vec<_>>();
        prop_assert_eq!(others(&before), others(&after));
        // Each direction has its run, however many routes of the name there are.
        let ends = |one: &Departure| match one.2 {
            Some(direction) => (Some(direction), None),
            None => (None, Some((one.3[0], *one.3.last().unwrap()))),
        };
        let mut groups: Vec<_> = before.iter().filter(is_meant).map(ends).collect();
        groups.sort();
        groups.dedup();
        prop_assert_eq!(outcome.is_ok(), !groups.is_empty());
        for group in groups {
            let inside = after.iter().filter(is_meant).filter(|one| ends(one) == group);
            prop_assert_eq!(inside.count() as u32, 60_u32.div_ceil(minutes));
        }
    }

    #[test]
    fn a_removal_leaves_a_whole_timetable_and_the_other_routes_as_they_were(
        mut feed in feeds(),
        name in prop::sample::select(vec!["r0", "r1", "東線", "西線"]),
    ) {
        let before = departures(&feed);
        let is_taken = |route: u32| match name { "r0" => route == 0, "r1" => route == 1, "東線" => route < 2, _ => route == 2 };
        let there = feed.trips.iter().filter(|trip| is_taken(trip.route)).count();
        let outcome = edit(&scenario(vec![Removal::Route(name.into())], vec![]), &mut feed);
        prop_assert!(is_whole(&feed));
        prop_assert_eq!(outcome.ok().map(|edits| edits.removals[0].trips), (there > 0).then_some(there));
        let others: Vec<_> = before.into_iter().filter(|one| !is_taken(one.0)).collect();
        prop_assert_eq!(departures(&feed), others);
    }
}
