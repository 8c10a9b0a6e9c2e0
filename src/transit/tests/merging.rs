//! Which rows of layers and which poles are one station or stop, and who speaks for it.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Two departures from 港 at the origin to 山, 2 km east, by the line 東線 of 港バス.
fn two_departures() -> Feed {
    let mut feed = feed(&[("港", [0.0, 0.0]), ("山", [2000.0, 0.0])]);
    let line = route(&mut feed, "港バス", "東線", BUS);
    for minute in [420, 440] {
        trip(&mut feed, line, &[(0, minute), (1, minute + 10)]);
    }
    feed
}

fn merged(feed: Feed, rows: &Rows<'_>) -> Vec<Stop> {
    stops(&timetable(feed), rows)
}

fn with_stops(rows: &[StopRow]) -> Rows<'_> {
    Rows { stops: rows, ..Rows::default() }
}

fn named<'s>(stops: &'s [Stop], name: &str) -> Vec<&'s Stop> {
    stops.iter().filter(|stop| stop.name.as_deref() == Some(name)).collect()
}

#[test]
fn a_row_and_a_pole_of_one_name_close_by_are_one_stop_for_which_the_timetable_speaks() {
    let rows = [row(StopKind::Bus, "港", [150.0, 0.0], &[("港バス", "東線")])];
    let found = merged(two_departures(), &with_stops(&rows));
    let harbour = named(&found, "港");
    assert_eq!(harbour.len(), 2);
    assert_eq!(harbour[0].group, harbour[1].group);
    assert!(harbour.iter().all(|stop| stop.peak == Interval::exactly(2.0) && stop.timetable.is_some()));
    let origins: Vec<Origin> = harbour.iter().map(|stop| stop.origin).collect();
    assert_eq!(origins, [Origin::Layer, Origin::Timetable]);
    // A bus stop stands where its poles do.
    assert!(harbour[0].parts.is_empty());
    assert!(harbour[1].parts[0][0].iter().all(|metres| metres.abs() < 0.001), "{:?}", harbour[1].parts);
}

#[test]
fn further_off_or_of_another_name_they_are_two() {
    for (name, x) in [("港", 250.0), ("港東", 10.0)] {
        let rows = [row(StopKind::Bus, name, [x, 0.0], &[("港バス", "東線")])];
        let found = merged(two_departures(), &with_stops(&rows));
        let of_layer = found.iter().find(|stop| stop.origin == Origin::Layer).unwrap();
        assert_eq!((of_layer.timetable, of_layer.peak), (None, Interval::new(0.0, f64::INFINITY)), "{name}");
        assert_eq!(of_layer.parts[..], [[[x, 0.0]]]);
        assert!(found.iter().all(|stop| stop.origin == Origin::Layer || stop.group != of_layer.group));
    }
}

#[test]
fn a_station_goes_with_or_without_its_last_character() {
    for (kind, route_type, merges) in
        [(StopKind::Rail, RAIL, true), (StopKind::Tram, TRAM, true), (StopKind::Bus, BUS, false)]
    {
        for (layers, timetables) in [("港駅", "港"), ("港", "港駅")] {
            let mut feed = feed(&[(timetables, [0.0, 0.0]), ("山", [2000.0, 0.0])]);
            let line = route(&mut feed, "港鉄", "本線", route_type);
            trip(&mut feed, line, &[(0, 420), (1, 430)]);
            let rows = [row(kind, layers, [10.0, 0.0], &[])];
            let rows = match kind {
                StopKind::Bus => with_stops(&rows),
                _ => Rows { stations: &rows, ..Rows::default() },
            };
            let found = merged(feed, &rows);
            assert_eq!(found[0].timetable.is_some(), merges, "{layers}, {timetables}, {kind:?}");
        }
    }
}

#[test]
fn a_station_is_where_its_platforms_are() {
    let mut feed = feed(&[("港", [0.0, 0.0]), ("山", [2000.0, 0.0])]);
    let line = route(&mut feed, "港鉄", "本線", RAIL);
    trip(&mut feed, line, &[(0, 420), (1, 430)]);
    let platform = [[-280.0, 0.0], [-480.0, 0.0]];
    let station = |x: f64| {
        let moved: Vec<Point> = platform.iter().map(|[at, y]| [at + x, *y]).collect();
        StopRow { parts: vec![moved].into(), ..row(StopKind::Rail, "港", [0.0, 0.0], &[]) }
    };
    let rows = [station(0.0)];
    let found = merged(feed.clone(), &Rows { stations: &rows, ..Rows::default() });
    let parts: Vec<&[Point]> = named(&found, "港").iter().flat_map(|stop| &stop.parts).map(Vec::as_slice).collect();
    assert_eq!(parts, [&platform[..]]);
    assert!(named(&found, "港").iter().all(|stop| stop.peak == Interval::exactly(1.0)));
    // 300 m, not the stops' 200 m, but no more than that.
    let rows = [station(-40.0)];
    let found = merged(feed, &Rows { stations: &rows, ..Rows::default() });
    assert_eq!(found.iter().find(|stop| stop.origin == Origin::Layer).unwrap().timetable, None);
}

#[test]
fn an_operator_that_the_layer_has_beyond_the_timetables_leaves_an_interval() {
    let ours = row(StopKind::Bus, "港", [10.0, 0.0], &[("港バス", "東線")]);
    let other = |peak_trips| StopRow { peak_trips, ..row(StopKind::Bus, "港", [20.0, 0.0], &[("市営", "1号線")]) };
    for (peak, range) in [
        (None, Interval::new(2.0, f64::INFINITY)),
        (Some(1.0), Interval::new(2.0, 3.0)),
        (Some(5.0), Interval::new(5.0, 7.0)),
    ] {
        let rows = [ours.clone(), other(peak)];
        let found = merged(two_departures(), &with_stops(&rows));
        assert!(named(&found, "港").iter().all(|stop| stop.peak == range), "{peak:?}: {found:#?}");
        // Where the other operator's buses stop only the layer knows.
        let places: Vec<bool> = named(&found, "港").iter().map(|stop| !stop.parts.is_empty()).collect();
        assert_eq!(places, [false, true, true]);
    }
}

#[test]
fn a_station_without_its_line_is_still_its_operators() {
    let far = |x: f64, lines: &[(&str, &str)], peak| StopRow {
        operator: Some("港鉄".to_owned()),
        peak_trips: Some(peak),
        ..row(StopKind::Rail, "港", [x, 0.0], lines)
    };
    let service = |second: StopRow| {
        let rows = [far(0.0, &[("港鉄", "本線")], 2.0), second];
        let found = services(&Rows { stations: &rows, ..Rows::default() }, None, Metres(200.0), &scale());
        found.into_iter().map(|stop| stop.peak).collect::<Vec<_>>()
    };
    let lost = |blank: Blank, operator: Option<&str>| StopRow {
        blank,
        operator: operator.map(str::to_owned),
        ..far(900.0, &[], 3.0)
    };
    assert_eq!(service(far(900.0, &[("港鉄", "本線")], 3.0)), [Interval::exactly(3.0); 2]);
    let line = Blank { line: true, ..Blank::default() };
    assert_eq!(service(lost(line, Some("港鉄"))), [Interval::new(3.0, 5.0); 2]);
    // Nobody knows whose it is: either may have the other's service as well.
    let both = Blank { line: true, operator: true, ..Blank::default() };
    assert_eq!(service(lost(both, None)), [Interval::new(2.0, 5.0), Interval::new(3.0, 5.0)]);
}

#[test]
fn two_rows_without_their_lines_may_be_of_two_lines() {
    let lost = |x: f64| StopRow {
        blank: Blank { line: true, ..Blank::default() },
        peak_trips: Some(2.0),
        ..row(StopKind::Bus, "港", [x, 0.0], &[])
    };
    let found = services(&with_stops(&[lost(0.0), lost(20.0)]), None, Metres(200.0), &scale());
    assert!(found.iter().all(|stop| stop.peak == Interval::new(2.0, 4.0)), "{found:?}");
}

#[test]
fn a_station_that_lost_its_class_is_one_with_no_tram_stop_for_certain() {
    let known = StopRow { peak_trips: Some(1.0), ..row(StopKind::Tram, "港", [500.0, 0.0], &[("港鉄", "本線")]) };
    let lost = StopRow {
        may_be: Some(StopKind::Rail),
        peak_trips: Some(3.0),
        ..row(StopKind::Tram, "港", [0.0, 0.0], &[("港鉄", "本線")])
    };
    let rows = [known, lost];
    let found = services(&Rows { stations: &rows, ..Rows::default() }, None, Metres(200.0), &scale());
    let peak = |x: f64| found.iter().find(|stop| stop.parts.iter().flatten().any(|at| at[0] == x)).unwrap().peak;
    assert_eq!([peak(500.0).lo, peak(0.0).lo], [1.0, 3.0]);
    assert!(peak(500.0).hi >= 4.0 && peak(0.0).hi >= 4.0);
}

#[test]
fn a_stop_of_a_timetable_of_which_an_operator_is_lost_may_be_anothers_too() {
    let lost = StopRow {
        blank: Blank { operator: true, ..Blank::default() },
        peak_trips: Some(4.0),
        ..row(StopKind::Bus, "港", [20.0, 0.0], &[("", "1号線")])
    };
    let rows = [row(StopKind::Bus, "港", [10.0, 0.0], &[("港バス", "東線")]), lost];
    let found = merged(two_departures(), &with_stops(&rows));
    let known = found.iter().filter(|stop| stop.timetable.is_some() && stop.name.as_deref() == Some("港"));
    assert!(known.clone().count() > 0);
    known.for_each(|stop| assert_eq!((stop.peak.lo, stop.peak.hi), (2.0, f64::INFINITY)));
    // It stands where its row has it, perhaps.
    let perhaps: Vec<&Stop> = found.iter().filter(|stop| stop.timetable.is_none() && !stop.parts.is_empty()).collect();
    assert_eq!(perhaps.len(), 2);
    assert!(perhaps.iter().all(|stop| stop.peak.lo == 0.0 && stop.lines.is_empty()));
}

#[test]
fn one_operator_in_two_spellings_is_one() {
    let rows = [row(StopKind::Bus, "港", [10.0, 0.0], &[("港バス株式会社", "東線")])];
    let found = merged(two_departures(), &with_stops(&rows));
    assert!(named(&found, "港").iter().all(|stop| stop.peak == Interval::exactly(2.0)));
}

#[test]
fn a_stop_of_timetables_alone_is_a_stop_with_all_its_poles() {
    let mut feed = feed(&[("港", [0.0, 0.0]), ("山", [2000.0, 0.0]), ("港", [0.0, 120.0])]);
    let line = route(&mut feed, "港バス", "東線", BUS);
    trip(&mut feed, line, &[(0, 420), (1, 430)]);
    trip(&mut feed, line, &[(1, 440), (2, 450)]);
    let found = merged(feed, &Rows::default());
    let harbour = named(&found, "港");
    assert_eq!(harbour.len(), 2);
    assert!(harbour.iter().all(|stop| stop.origin == Origin::Timetable && stop.group == harbour[0].group));
    assert!((harbour[1].parts[0][0][1] - 120.0).abs() < 0.001);
    let lines: Vec<String> = harbour[0].lines.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["港バス 東線"]);
}

#[test]
fn groups_of_layers_timetables_and_scenario_never_collide() {
    let layer = [row(StopKind::Bus, "港", [10.0, 0.0], &[]), row(StopKind::Bus, "港", [900.0, 0.0], &[])];
    let stations = [row(StopKind::Rail, "港", [0.0, 0.0], &[])];
    let supposed = [row(StopKind::Bus, "港", [10.0, 0.0], &[]), row(StopKind::Rail, "港", [10.0, 0.0], &[])];
    let added = [row(StopKind::Bus, "港", [10.0, 0.0], &[]), row(StopKind::Bus, "港", [10.0, 0.0], &[])];
    let rows = Rows { stations: &stations, stops: &layer, supposed: &supposed, added: &added, ..Rows::default() };
    let found = merged(two_departures(), &rows);
    let mut groups: BTreeMap<usize, BTreeSet<Origin>> = BTreeMap::new();
    for stop in &found {
        groups.entry(stop.group).or_default().insert(stop.origin);
    }
    // The station, the layer's far stop, 港 of both, 山 of the timetable, two of the what-if's layers, two that are added.
    assert_eq!(groups.len(), 8, "{found:#?}");
    let of_two: Vec<&BTreeSet<Origin>> = groups.values().filter(|origins| origins.len() > 1).collect();
    assert_eq!(of_two, [&BTreeSet::from([Origin::Layer, Origin::Timetable])]);
}

#[test]
fn a_stop_at_which_no_trip_calls_is_none_and_one_of_another_day_is_one_without_service() {
    let mut feed = feed(&[("港", [0.0, 0.0]), ("山", [2000.0, 0.0]), ("廃止", [500.0, 0.0])]);
    let line = route(&mut feed, "港バス", "東線", BUS);
    let other_day = trip(&mut feed, line, &[(0, 420), (1, 430)]);
    feed.trips[other_day].service = 1;
    let found = merged(feed, &Rows::default());
    assert!(named(&found, "廃止").is_empty());
    assert_eq!(named(&found, "港")[0].peak, Interval::exactly(0.0));
}

#[test]
fn buses_and_trams_at_one_platform_are_two_stops() {
    let mut feed = two_departures();
    let line = route(&mut feed, "港電", "電車", TRAM);
    trip(&mut feed, line, &[(0, 430), (1, 440)]);
    let found = merged(feed, &Rows::default());
    let harbour: BTreeSet<(usize, StopKind)> = named(&found, "港").iter().map(|stop| (stop.group, stop.kind)).collect();
    assert_eq!(harbour.iter().map(|(_, kind)| *kind).collect::<BTreeSet<_>>().len(), 2);
    assert_eq!(harbour.len(), 2);
}

/// Two operators' feeds of the same two trips each, 港 to 山, without directions; the second has its poles `off` metres away.
fn two_operators(off: f64, same_ids: bool) -> Timetable {
    let mut feeds = [0.0, off].map(|x| feed(&[("港", [x, 0.0]), ("山", [2000.0 + x, 0.0])]));
    for (number, feed) in feeds.iter_mut().enumerate() {
        let line = route(feed, "バス", &format!("{number}号線"), BUS);
        for minute in [420, 440] {
            trip(feed, line, &[(0, minute + 5 * number as u32), (1, minute + 15)]);
        }
        feed.trips.iter_mut().for_each(|trip| trip.direction = None);
        for stop in feed.stops.iter_mut().filter(|_| !same_ids) {
            stop.id = format!("{number}-{}", stop.id);
        }
    }
    let days = vec![DAY; 2];
    Timetable::of(feeds.into(), days, &Settings::default(), plane(), &[], &mut Notices::default())
}

#[test]
fn one_pole_in_the_feeds_of_two_operators_is_one() {
    for (off, same_ids, trips) in
        [(0.0, true, 4.0), (2.0, false, 4.0), (0.0, false, 4.0), (5.0, false, 2.0), (60.0, true, 2.0)]
    {
        let timetable = two_operators(off, same_ids);
        let harbour = (0..timetable.poles.groups.len()).find(|&group| timetable.name(group) == Some("港")).unwrap();
        let peak = &timetable.peaks(CountingRule::STANDARD)[harbour];
        assert_eq!((peak.trips, peak.range), (trips, Interval::new(trips, 4.0)), "{off} m, {same_ids}");
    }
}

#[test]
fn timetables_of_one_place_that_are_years_apart_are_told_of() {
    let told = |years: i32, x: f64| {
        let feeds = [0.0, x].map(|x| {
            let mut feed = feed(&[("港", [x, 0.0]), ("山", [2000.0 + x, 0.0])]);
            let line = route(&mut feed, "バス", "線", BUS);
            trip(&mut feed, line, &[(0, 420), (1, 430)]);
            feed
        });
        let old = NaiveDate::from_ymd_opt(2026 - years, 6, 3).unwrap();
        let days = vec![ServiceDay { date: old, given: false }, DAY];
        let mut notices = Notices::default();
        let _ = Timetable::of(feeds.into(), days, &Settings::default(), plane(), &[], &mut notices);
        notices.iter().any(|(_, kind, _)| kind.id == "timetables-years-apart")
    };
    assert!(told(6, 500.0) && told(2, 0.0));
    assert!(!told(1, 500.0) && !told(6, 50_000.0));
}

#[test]
fn a_pole_without_parent_is_one_with_those_of_its_name_and_two_parents_are_two() {
    let groups = |parents: [Option<&str>; 3]| {
        let mut feed = feed(&[("港", [0.0, 0.0]), ("港", [20.0, 0.0]), ("山", [2000.0, 0.0])]);
        let line = route(&mut feed, "バス", "線", BUS);
        trip(&mut feed, line, &[(0, 420), (2, 430)]);
        trip(&mut feed, line, &[(1, 440), (2, 450)]);
        for (stop, parent) in feed.stops.iter_mut().zip(parents) {
            stop.parent = parent.map(str::to_owned);
        }
        timetable(feed).poles.groups.len()
    };
    assert_eq!([groups([None; 3]), groups([Some("P"), None, None]), groups([Some("P"), Some("P"), None])], [2; 3]);
    assert_eq!(groups([Some("P"), Some("Q"), None]), 3);
}
