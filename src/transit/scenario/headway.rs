//! A route that runs every so often for some hours: what departs in them gives way to one run.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::edit::keep_trips;
use super::{Headway, Replaced};
use crate::inputs::gtfs::{Feed, FeedTrip, Frequency, TripDoubt};
use crate::units::ServiceTime;

/// What a headway is set for: the departures of the day that go one way, of all the routes that are named, so that a line of
/// several routes 系統 does not run several times as often.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// `direction_id`.
    Direction(u8),
    /// The first and the last stop, where there is no `direction_id`.
    Ends(u32, u32),
}

/// Departures of a trip from its first stop inside the window.
#[derive(Clone, Copy)]
struct Departures {
    count: u64,
    first: ServiceTime,
}

/// A sequence of stops.
struct Pattern {
    departures: u64,
    /// The first departure, and the index of its trip.
    earliest: (ServiceTime, u32),
}

/// Sets the headway for the routes that are named, on the day that is counted, and adds what was done to `replaced`.
pub(super) fn run_every(
    headway: &Headway,
    feed: &mut Feed,
    day: NaiveDate,
    is_named: &[bool],
    replaced: &mut Replaced,
) {
    let runs: Vec<bool> = feed.services.iter().map(|service| service.runs_on(day)).collect();
    let departing = departing(headway, feed, |trip| runs[trip.service as usize] && is_named[trip.route as usize]);
    let models = models(feed, &departing);
    if models.is_empty() {
        return;
    }
    let had_runs: BTreeSet<u32> = feed.frequencies.iter().map(|run| run.trip).collect();
    let mut runs = Vec::with_capacity(feed.frequencies.len() + models.len());
    for run in std::mem::take(&mut feed.frequencies) {
        let inside = departing.contains_key(&run.trip).then(|| departures_of(&run, headway)).flatten();
        if inside.is_some() {
            replaced.cut += 1;
            runs.extend(outside(&run, headway));
        } else {
            runs.push(run);
        }
    }
    runs.extend(models.iter().map(|&trip| Frequency {
        trip,
        from: headway.from,
        to: headway.to,
        headway: headway.seconds,
    }));
    feed.frequencies = runs;
    replaced.runs += models.len();
    replaced.trips += departing.keys().filter(|trip| !had_runs.contains(trip)).count();
    let routes = departing.keys().map(|&trip| feed.trips[trip as usize].route as usize);
    replaced.routes.extend(routes.map(|route| feed.routes[route].id.clone()));

    // A trip that has lost its last run goes too: left alone it would be taken for one with times of its own.
    let running: BTreeSet<u32> = feed.frequencies.iter().map(|run| run.trip).collect();
    let is_kept = |trip: u32| running.contains(&trip) || !departing.contains_key(&trip);
    let keep: Vec<bool> = (0..feed.trips.len() as u32).map(is_kept).collect();
    keep_trips(feed, &keep);
}

/// The trips that depart in the window, by index, of those that are meant.
fn departing(headway: &Headway, feed: &Feed, is_meant: impl Fn(&FeedTrip) -> bool) -> BTreeMap<u32, Departures> {
    let mut runs_of: BTreeMap<u32, Vec<&Frequency>> = BTreeMap::new();
    for run in &feed.frequencies {
        runs_of.entry(run.trip).or_default().push(run);
    }
    let asked = |trip: &FeedTrip| {
        let is_way = headway.direction.is_none() || trip.direction == headway.direction;
        is_meant(trip) && is_way && !trip.calls.is_empty() && trip.doubt == TripDoubt::None
    };
    let mut found = BTreeMap::new();
    for (index, trip) in (0..).zip(&feed.trips).filter(|(_, trip)| asked(trip)) {
        let inside = match runs_of.get(&index) {
            Some(runs) => runs
                .iter()
                .filter_map(|run| departures_of(run, headway))
                .reduce(|one, other| Departures { count: one.count + other.count, first: one.first.min(other.first) }),
            None => feed.calls[trip.calls.start as usize..trip.calls.end as usize]
                .first()
                .map(|call| call.departure)
                .filter(|departure| (headway.from..headway.to).contains(departure))
                .map(|first| Departures { count: 1, first }),
        };
        found.extend(inside.map(|inside| (index, inside)));
    }
    found
}

/// For each way the trip that a run is modelled on: of the sequence of stops with the most departures the earliest;
/// of two such sequences the one with the earlier trip.
fn models(feed: &Feed, departing: &BTreeMap<u32, Departures>) -> Vec<u32> {
    let mut ways: BTreeMap<Way, BTreeMap<Vec<u32>, Pattern>> = BTreeMap::new();
    for (&index, inside) in departing {
        let trip = &feed.trips[index as usize];
        let calls = &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
        let (Some(first), Some(last)) = (calls.first(), calls.last()) else { continue };
        let way = trip.direction.map_or(Way::Ends(first.stop, last.stop), Way::Direction);
        let stops = calls.iter().map(|call| call.stop).collect();
        let patterns = ways.entry(way).or_default();
        let known = patterns.entry(stops).or_insert(Pattern { departures: 0, earliest: (inside.first, index) });
        known.departures += inside.count;
        known.earliest = known.earliest.min((inside.first, index));
    }
    let best = |patterns: &BTreeMap<Vec<u32>, Pattern>| {
        patterns
            .values()
            .min_by_key(|pattern| (Reverse(pattern.departures), pattern.earliest))
            .map(|best| best.earliest.1)
    };
    ways.values().filter_map(best).collect()
}

/// The departures of a run inside the window.
fn departures_of(run: &Frequency, headway: &Headway) -> Option<Departures> {
    let first = first_from(run, headway.from);
    let end = u64::from(run.to.min(headway.to).0);
    (first < end).then(|| Departures {
        count: (end - first).div_ceil(every(run)),
        first: ServiceTime(first as u32), // below `end`, which is of 32 bits
    })
}

/// What a run is before and after the window; its departures there stay at their times.
fn outside(run: &Frequency, headway: &Headway) -> impl Iterator<Item = Frequency> {
    let before = (run.from < headway.from).then(|| Frequency { to: run.to.min(headway.from), ..*run });
    let next = first_from(run, headway.to);
    let after = (next < u64::from(run.to.0)).then_some(Frequency { from: ServiceTime(next as u32), ..*run });
    before.into_iter().chain(after)
}

/// The first departure of an endless run at or after a time, in seconds.
fn first_from(run: &Frequency, time: ServiceTime) -> u64 {
    let late = u64::from(time.0.saturating_sub(run.from.0));
    u64::from(run.from.0) + late.div_ceil(every(run)) * every(run)
}

fn every(run: &Frequency) -> u64 {
    u64::from(run.headway.max(1))
}
