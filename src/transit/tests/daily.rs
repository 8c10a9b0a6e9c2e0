//! The service of the whole day: counted by hand, and against a plain recount of random small timetables.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::layers::PeakRow;

fn exactly(one: f64, both: f64) -> Daily {
    Daily { one_direction: Interval::exactly(one), both_directions: Interval::exactly(both) }
}

fn between(one: [f64; 2], both: [f64; 2]) -> Daily {
    Daily { one_direction: Interval::new(one[0], one[1]), both_directions: Interval::new(both[0], both[1]) }
}

fn of(stops: &[Stop], name: &str) -> Daily {
    let named: Vec<&Stop> = stops.iter().filter(|stop| stop.name.as_deref() == Some(name)).collect();
    assert!(named.iter().all(|stop| stop.daily == named[0].daily), "rows of one stop have one service: {named:#?}");
    named[0].daily
}

/// A line that goes on, from 港 (two poles, 40 m apart) by 町 to 山 and back: three trips out and two in, over the day.
fn there_and_back(has_directions: bool) -> Feed {
    let poles = [("港", [0.0, 0.0]), ("港", [0.0, 40.0]), ("町", [2000.0, 0.0]), ("山", [4000.0, 0.0])];
    let mut feed = feed(&poles);
    let line = route(&mut feed, "港バス", "東線", BUS);
    for minute in [420, 700, 1080] {
        trip(&mut feed, line, &[(0, minute), (2, minute + 10), (3, minute + 20)]);
    }
    for minute in [500, 900] {
        let back = trip(&mut feed, line, &[(3, minute), (2, minute + 10), (1, minute + 20)]);
        feed.trips[back].direction = Some(1);
    }
    if !has_directions {
        feed.trips.iter_mut().for_each(|trip| trip.direction = None);
    }
    feed
}

#[test]
fn the_day_counts_each_direction_and_both_and_last_calls_may_count() {
    let found = stops(&timetable(there_and_back(true)), &Rows::default());
    assert_eq!(of(&found, "町"), exactly(3.0, 5.0));
    // Three leave; two end, the other way.
    assert_eq!(of(&found, "港"), between([3.0, 3.0], [3.0, 5.0]));
    assert_eq!(of(&found, "山"), between([2.0, 3.0], [2.0, 5.0]));
    let town = found.iter().find(|stop| stop.name.as_deref() == Some("町")).unwrap();
    assert_eq!(town.peak, Interval::exactly(1.0));
    let asked = |question| town.service(question);
    assert_eq!(asked(ServiceQuestion::PeakInOneDirection), town.peak);
    assert_eq!(asked(ServiceQuestion::DailyInOneDirection), Interval::exactly(3.0));
    assert_eq!(asked(ServiceQuestion::DailyInBothDirections), Interval::exactly(5.0));
}

#[test]
fn one_pole_of_trips_without_a_direction_leaves_one_direction_open_and_both_together_not() {
    let found = stops(&timetable(there_and_back(false)), &Rows::default());
    assert_eq!(of(&found, "町"), between([3.0, 5.0], [5.0, 5.0]));
    // Arrivals have a pole of their own.
    assert_eq!(of(&found, "港"), between([3.0, 3.0], [3.0, 5.0]));
}

#[test]
fn what_the_other_direction_has_counts_where_the_rule_asks_for_both() {
    let timetable = timetable(there_and_back(true));
    let both = CountingRule { direction: DirectionRule::Both, ..CountingRule::STANDARD };
    let town = (0..timetable.poles.groups.len()).find(|&group| timetable.name(group) == Some("町")).unwrap();
    assert_eq!(timetable.peaks(both)[town].daily, exactly(2.0, 5.0));
}

#[test]
fn a_day_of_two_timetables_counts_a_joint_departure_once() {
    let one = there_and_back(true);
    let mut other = there_and_back(true);
    // Another company with the same first bus, and one of its own; only the joint one is of the same line.
    for index in 1..other.trips.len() {
        other.trips[index].service = 1;
    }
    let own = route(&mut other, "市営", "市営線", BUS);
    trip(&mut other, own, &[(0, 421), (2, 431), (3, 441)]);
    let days = vec![DAY, DAY];
    let timetable = Timetable::of(vec![one, other], days, &Settings::default(), plane(), &[], &mut Notices::default());
    let found = stops(&timetable, &Rows::default());
    assert_eq!(of(&found, "町"), exactly(4.0, 6.0));
}

#[test]
fn every_run_of_a_frequency_is_a_departure_of_the_day() {
    let mut feed = feed(&[("港", [0.0, 0.0]), ("山", [2000.0, 0.0])]);
    let line = route(&mut feed, "港バス", "東線", BUS);
    let every = trip(&mut feed, line, &[(0, 0), (1, 10)]) as u32;
    for (from, to, headway) in [(360, 600, 20), (600, 1200, 60)] {
        let (from, to) = (ServiceTime(from * 60), ServiceTime(to * 60));
        feed.frequencies.push(Frequency { trip: every, from, to, headway: headway * 60 });
    }
    let found = stops(&timetable(feed), &Rows::default());
    assert_eq!(of(&found, "港"), exactly(22.0, 22.0));
    assert_eq!(of(&found, "山"), between([0.0, 22.0], [0.0, 22.0]));
}

const ANY: f64 = f64::INFINITY;

#[test]
fn an_operator_without_a_timetable_adds_what_it_may_have() {
    let ours = row(StopKind::Bus, "町", [2000.0, 0.0], &[("港バス", "東線")]);
    let other =
        |daily_trips| StopRow { daily_trips, ..row(StopKind::Bus, "町", [2010.0, 0.0], &[("市営", "1号線")]) };
    for (told, daily) in [
        (None, between([3.0, ANY], [5.0, ANY])),
        (Some(1.0), between([3.0, 4.0], [5.0, 7.0])),
        (Some(9.0), between([9.0, 12.0], [9.0, 23.0])),
    ] {
        let rows = [ours.clone(), other(told)];
        let found = stops(&timetable(there_and_back(true)), &Rows { stops: &rows, ..Rows::default() });
        assert_eq!(of(&found, "町"), daily, "{told:?}");
        assert_eq!(found.iter().find(|stop| stop.name.as_deref() == Some("町")).unwrap().peak.hi, ANY);
    }
}

fn without_timetable(rows: &[StopRow], peaks: &[PeakRow]) -> Daily {
    let rows = Rows { stops: rows, peaks, ..Rows::default() };
    of(&services(&rows, None, Metres(200.0), &scale()), "港")
}

fn said(line: Option<&str>, peak_trips: Option<f64>, daily_trips: Option<f64>) -> PeakRow {
    PeakRow { name: Some("港".to_owned()), line: line.map(str::to_owned), peak_trips, daily_trips }
}

#[test]
fn a_stop_without_a_timetable_has_the_day_that_somebody_tells() {
    let stop = |peak_trips, daily_trips| StopRow {
        peak_trips,
        daily_trips,
        ..row(StopKind::Bus, "港", [0.0, 0.0], &[("", "東線"), ("", "西線")])
    };
    assert_eq!(without_timetable(&[stop(None, None)], &[]), between([0.0, ANY], [0.0, ANY]));
    assert_eq!(without_timetable(&[stop(None, Some(30.0))], &[]), between([30.0, 30.0], [30.0, 60.0]));
    // What leaves in the peak hour leaves in the day; more is not known.
    assert_eq!(without_timetable(&[stop(Some(4.0), None)], &[]), between([4.0, ANY], [4.0, ANY]));
    // A row of the table may fill one of the two.
    let open = [stop(Some(4.0), None)];
    assert_eq!(without_timetable(&open, &[said(None, Some(6.0), Some(30.0))]), between([30.0, 30.0], [30.0, 60.0]));
    assert_eq!(without_timetable(&open, &[said(None, Some(6.0), None)]), between([4.0, ANY], [4.0, ANY]));
    // Lines of which the table tells are different departures, whichever way the most of each go.
    let [east, west] = ["東線", "西線"].map(|line| said(Some(line), None, Some(20.0)));
    assert_eq!(without_timetable(&open, &[east.clone(), west]), between([20.0, 40.0], [40.0, 80.0]));
    assert_eq!(without_timetable(&open, &[east]), between([20.0, ANY], [20.0, ANY]));
}

#[test]
fn the_table_settles_a_day_that_a_timetable_leaves_open() {
    let (harbour, open) = ("港", between([3.0, 3.0], [3.0, 5.0]));
    let with = |peaks: &[PeakRow]| {
        let feed = there_and_back(true);
        stops(&timetable(feed), &Rows { peaks, ..Rows::default() })
    };
    assert_eq!(of(&with(&[said(None, None, Some(4.0))]), harbour), open, "the timetable rules that out");
    let summit =
        |peak: Option<f64>, day: Option<f64>| PeakRow { name: Some("山".to_owned()), ..said(None, peak, day) };
    assert_eq!(of(&with(&[summit(None, Some(3.0))]), "山"), between([3.0, 3.0], [3.0, 5.0]));
    assert_eq!(of(&with(&[summit(Some(1.0), None)]), "山"), between([2.0, 3.0], [2.0, 5.0]));
}

/// The stops of the random cities: two poles at each of two of them.
const POLES: [(&str, Point); 6] = [
    ("ア", [0.0, 0.0]),
    ("ア", [0.0, 50.0]),
    ("イ", [2000.0, 0.0]),
    ("ウ", [4000.0, 0.0]),
    ("ウ", [4000.0, 50.0]),
    ("エ", [6000.0, 0.0]),
];

/// A trip: its route, its direction, its first minute, its poles with whether one may get on, how often it runs if so.
type Planned = (u32, Option<u8>, u32, Vec<(u32, bool)>, Option<u32>);

/// Trips that begin within so many minutes from seven.
fn planned(minutes: u32) -> impl Strategy<Value = Vec<Planned>> {
    let call = (0..POLES.len() as u32, prop::bool::weighted(0.85));
    let runs = prop::option::weighted(0.15, 1..4_u32);
    let direction = prop_oneof![Just(None), Just(Some(0)), Just(Some(1))];
    prop::collection::vec((0..2_u32, direction, 0..minutes, prop::collection::vec(call, 2..6), runs), 1..14)
}

fn city(plans: &[Planned]) -> Feed {
    let mut feed = feed(&POLES);
    for name in ["東線", "西線"] {
        route(&mut feed, "港バス", name, BUS);
    }
    for (line, direction, first, calls, runs) in plans {
        let at: Vec<(u32, u32)> = (0..).zip(calls).map(|(later, &(pole, _))| (pole, 420 + first + later)).collect();
        let number = trip(&mut feed, *line, &at);
        feed.trips[number].direction = *direction;
        let start = feed.trips[number].calls.start as usize;
        for (call, (_, boards)) in feed.calls[start..].iter_mut().zip(calls) {
            call.pickup = if *boards { Boarding::Regular } else { Boarding::Forbidden };
        }
        if let Some(runs) = runs {
            let from = ServiceTime((420 + first) * 60);
            feed.frequencies.push(Frequency { trip: number as u32, from, to: from.later(runs * 60), headway: 60 });
        }
    }
    feed
}

/// Which way something leaves: the direction, else the pole, and the next stop.
type Way = (Option<u8>, u32, &'static str);

/// What leaves a stop and what ends there, from the plans alone: the sure number in one direction, and both ends of the
/// number in both.
fn by_hand(plans: &[Planned], name: &str) -> (f64, [f64; 2]) {
    let of = |pole: u32| POLES[pole as usize].0;
    let name = POLES.iter().map(|(of_pole, _)| *of_pole).find(|of_pole| *of_pole == name).unwrap();
    let mut ways: BTreeMap<Way, u32> = BTreeMap::new();
    let mut links: BTreeMap<u32, [BTreeSet<&str>; 2]> = BTreeMap::new();
    let (mut leaving, mut ending) = (0, 0);
    for (_, direction, _, calls, runs) in plans {
        let runs = runs.unwrap_or(1);
        let last = calls.len() - 1;
        let (mut begins, mut ends) = (0, 0);
        for (index, &(pole, boards)) in calls.iter().enumerate().filter(|(_, (pole, _))| of(*pole) == name) {
            let before = calls[..index].iter().rev().map(|call| of(call.0)).find(|other| *other != name);
            let after = calls[index..].iter().map(|call| of(call.0)).find(|other| *other != name);
            if index == last {
                ends += u32::from(before.is_some());
            } else if boards {
                if direction.is_none() {
                    let [from, toward] = links.entry(pole).or_default();
                    from.extend(before);
                    toward.insert(after.unwrap_or(name));
                }
                let stay: Vec<usize> = (index + 1..=last).take_while(|&next| of(calls[next].0) == name).collect();
                if !stay.contains(&last) && stay.iter().all(|&next| !calls[next].1) {
                    begins += u32::from(before.is_none());
                    leaving += runs;
                    let by_pole = if direction.is_some() { u32::MAX } else { pole };
                    *ways.entry((*direction, by_pole, after.unwrap_or(name))).or_default() += runs;
                }
            }
        }
        let is_round = of(calls[0].0) == name && of(calls[last].0) == name;
        ending += if is_round && begins > 0 { 0 } else { ends * runs };
    }
    let most = |key: &dyn Fn(&Way) -> Way| {
        let mut together: BTreeMap<Way, u32> = BTreeMap::new();
        for (way, count) in &ways {
            *together.entry(key(way)).or_default() += count;
        }
        together.into_values().max().unwrap_or(0)
    };
    let is_of_both = |pole: &u32| links.get(pole).is_some_and(|[from, toward]| !from.is_disjoint(toward));
    let one = most(&|&(direction, pole, _)| (direction, pole, ""));
    let apart = most(&|way| if is_of_both(&way.1) { (None, u32::MAX, way.2) } else { (way.0, way.1, "") });
    (f64::from(one.min(apart)), [f64::from(leaving), f64::from(leaving + ending)])
}

proptest! {
    #[test]
    fn a_day_is_what_a_plain_recount_finds(plans in planned(900)) {
        let timetable = timetable(city(&plans));
        for (group, peak) in timetable.peaks(CountingRule::STANDARD).iter().enumerate() {
            let name = timetable.name(group).unwrap();
            let (one, both) = by_hand(&plans, name);
            prop_assert_eq!(peak.daily.one_direction.lo, one, "{}", name);
            let found = peak.daily.both_directions;
            prop_assert_eq!([found.lo, found.hi], both, "{}", name);
        }
    }

    #[test]
    fn a_day_holds_its_peak_whatever_the_rule_and_both_directions_hold_one(plans in planned(900)) {
        let timetable = timetable(city(&plans));
        let of_day = |rule: CountingRule| timetable.peaks(CountingRule { window: Window::default(), ..rule });
        for rule in CountingRule::ALL {
            for (peak, of_day) in timetable.peaks(rule).iter().zip(of_day(rule)) {
                let Daily { one_direction: one, both_directions: both } = peak.daily;
                prop_assert_eq!(peak.daily, of_day.daily, "no window is asked for");
                prop_assert!(peak.range.lo <= one.lo && peak.range.hi <= one.hi, "{} {peak:?}", rule.id());
                prop_assert!(one.lo <= both.lo && one.hi <= both.hi, "{} {peak:?}", rule.id());
            }
        }
    }

    #[test]
    fn a_day_of_one_busy_hour_is_its_peak(plans in planned(45)) {
        let timetable = timetable(city(&plans));
        for rule in CountingRule::ALL.into_iter().filter(|rule| rule.window == Window::AnyHour) {
            for peak in timetable.peaks(rule) {
                let one = peak.daily.one_direction;
                prop_assert_eq!(peak.range.lo, one.lo, "{} {:?}", rule.id(), &peak);
                // Where the better direction is asked for, the day also looks at the poles of both directions apart.
                let is_more = rule.direction == DirectionRule::Best && peak.range.hi < one.hi;
                prop_assert!(is_more || peak.range.hi == one.hi, "{} {peak:?}", rule.id());
            }
        }
    }
}
