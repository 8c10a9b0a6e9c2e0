//! The edits of a scenario done to timetables, one after the other, and what each did.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::error::nearest;
use super::headway::run_every;
use super::{Headway, Removal, Scenario, ScenarioError, ScenarioFault};
use crate::inputs::gtfs::{Feed, FeedRoute};
use crate::transit::{KnownLines, LineTold, ServiceDay};

/// What a scenario did to the timetables and to lines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Edits {
    /// What each of [`Scenario::removals`] did.
    pub removals: Vec<Removed>,
    /// What each of [`Scenario::headways`] did.
    pub headways: Vec<Replaced>,
    /// Where each of [`Scenario::lines`] counts, once the stops are known.
    pub lines: Vec<LineTold>,
}

/// What a removal did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The routes that it was done to, by `route_id`.
    pub routes: BTreeSet<String>,
    /// How many trips it took out.
    pub trips: usize,
}

/// What a headway did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// The routes that it was done to, by `route_id`.
    pub routes: BTreeSet<String>,
    /// How many trips with times of their own gave way, those whose stops the new runs take among them.
    pub trips: usize,
    /// How many runs (lines of `frequencies.txt`) of before were cut to what lies outside of the window.
    pub cut: usize,
    /// How many runs took their place.
    pub runs: usize,
}

impl Scenario {
    /// Changes timetables as the scenario says: the removals, then the headways. `file` is the project file, for
    /// messages; `known` are the lines that layers name, in which those of the scenario are looked for.
    ///
    /// A headway changes what runs on the day that is counted, of `days` one a feed. It is set apart for each feed and
    /// direction (`direction_id`; else the first and last stop) that has departures in its window. They give way to one run,
    /// which takes the stops and the travel times of the earliest trip of the commonest sequence of stops among them.
    ///
    /// # Errors
    /// [`ScenarioError`] where an edit has nothing to change, with every such edit; the feeds are then changed in part.
    pub fn edit(
        &self,
        feeds: &mut [Feed],
        days: &[ServiceDay],
        known: &KnownLines<'_>,
        file: &Path,
    ) -> Result<Edits, ScenarioError> {
        let failed = |faults| Err(ScenarioError { file: file.to_owned(), faults });
        if feeds.is_empty() && !(self.removals.is_empty() && self.headways.is_empty()) {
            let faults = self.faults_of_lines(known, feeds);
            return failed(std::iter::once(ScenarioFault::NoTimetables).chain(faults).collect());
        }
        let (mut edits, mut faults) = (Edits::default(), Vec::new());
        for removal in &self.removals {
            match remove(removal, feeds) {
                Ok(removed) => edits.removals.push(removed),
                Err(found) => faults.extend(found),
            }
        }
        for headway in &self.headways {
            match replace(headway, feeds, days) {
                Ok(replaced) => edits.headways.push(replaced),
                Err(fault) => faults.push(fault),
            }
        }
        faults.extend(self.faults_of_lines(known, feeds));
        if faults.is_empty() { Ok(edits) } else { failed(faults) }
    }
}

fn remove(removal: &Removal, feeds: &mut [Feed]) -> Result<Removed, Vec<ScenarioFault>> {
    match removal {
        Removal::Route(route) => remove_route(route, feeds).map_err(|fault| vec![fault]),
        Removal::Trips(trips) => remove_trips(trips, feeds),
    }
}

fn remove_route(route: &str, feeds: &mut [Feed]) -> Result<Removed, ScenarioFault> {
    let named = Named::find(route, feeds, "[[scenario.remove]]")?;
    let mut removed = Removed::default();
    for (feed, is_named) in feeds.iter_mut().zip(&named.0) {
        let keep: Vec<bool> = feed.trips.iter().map(|trip| !is_named[trip.route as usize]).collect();
        removed.take_out(feed, &keep);
    }
    if removed.trips > 0 { Ok(removed) } else { Err(ScenarioFault::NothingToRemove { route: route.to_owned() }) }
}

fn remove_trips(trips: &[String], feeds: &mut [Feed]) -> Result<Removed, Vec<ScenarioFault>> {
    let wanted: BTreeSet<&str> = trips.iter().map(String::as_str).collect();
    let known: BTreeSet<&str> = feeds.iter().flat_map(|feed| &feed.trips).map(|trip| trip.id.as_str()).collect();
    let unknown = wanted.difference(&known);
    let faults: Vec<ScenarioFault> = unknown
        .map(|&trip| ScenarioFault::UnknownTrip { trip: trip.to_owned(), nearest: nearest(trip, &known) })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut removed = Removed::default();
    for feed in feeds {
        let keep: Vec<bool> = feed.trips.iter().map(|trip| !wanted.contains(trip.id.as_str())).collect();
        removed.take_out(feed, &keep);
    }
    Ok(removed)
}

impl Removed {
    fn take_out(&mut self, feed: &mut Feed, keep: &[bool]) {
        for (trip, _) in feed.trips.iter().zip(keep).filter(|(_, keep)| !**keep) {
            self.trips += 1;
            self.routes.insert(feed.routes[trip.route as usize].id.clone());
        }
        keep_trips(feed, keep);
    }
}

fn replace(headway: &Headway, feeds: &mut [Feed], days: &[ServiceDay]) -> Result<Replaced, ScenarioFault> {
    let named = Named::find(&headway.route, feeds, "[[scenario.headway]]")?;
    let mut replaced = Replaced::default();
    for ((feed, day), is_named) in feeds.iter_mut().zip(days).zip(&named.0) {
        run_every(headway, feed, day.date, is_named, &mut replaced);
    }
    if replaced.runs > 0 {
        return Ok(replaced);
    }
    let trips = feeds
        .iter()
        .zip(&named.0)
        .flat_map(|(feed, is_named)| feed.trips.iter().filter(|trip| is_named[trip.route as usize]));
    let without_direction = headway.direction.is_some() && trips.into_iter().any(|trip| trip.direction.is_none());
    Err(ScenarioFault::NothingToReplace { headway: headway.clone(), without_direction })
}

/// For each feed, for each of its routes, whether it is meant.
struct Named(Vec<Vec<bool>>);

impl Named {
    /// The routes of an id or a name; `table` is where it was written.
    fn find(route: &str, feeds: &[Feed], table: &'static str) -> Result<Self, ScenarioFault> {
        // Names of feeds have been folded, ids have not.
        let name: String = route.nfkc().collect();
        let is_named = |known: &FeedRoute| known.id == route || known.names.contains(&name);
        let named: Vec<Vec<bool>> = feeds.iter().map(|feed| feed.routes.iter().map(is_named).collect()).collect();
        if named.iter().flatten().any(|&is_named| is_named) {
            return Ok(Self(named));
        }
        let known = feeds
            .iter()
            .flat_map(|feed| &feed.routes)
            .flat_map(|route| std::iter::once(&route.id).chain(&route.names))
            .map(String::as_str)
            .collect();
        Err(ScenarioFault::UnknownRoute { table, route: route.to_owned(), nearest: nearest(route, &known) })
    }
}

/// Leaves the trips that are to be kept, with their calls and their runs.
pub(super) fn keep_trips(feed: &mut Feed, keep: &[bool]) {
    if keep.iter().all(|&keep| keep) {
        return;
    }
    let mut new_indices: Vec<Option<u32>> = vec![None; feed.trips.len()];
    let (mut trips, mut calls) = (Vec::with_capacity(feed.trips.len()), Vec::with_capacity(feed.calls.len()));
    for (index, mut trip) in std::mem::take(&mut feed.trips).into_iter().enumerate() {
        if !keep[index] {
            continue;
        }
        new_indices[index] = Some(trips.len() as u32);
        let start = calls.len() as u32;
        calls.extend_from_slice(&feed.calls[trip.calls.start as usize..trip.calls.end as usize]);
        trip.calls = start..calls.len() as u32;
        trips.push(trip);
    }
    (feed.trips, feed.calls) = (trips, calls);
    feed.frequencies.retain_mut(|run| match new_indices[run.trip as usize] {
        Some(index) => {
            run.trip = index;
            true
        }
        None => false,
    });
}
