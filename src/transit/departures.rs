//! What leaves a stop, and what ends there, and when: the departures and the last calls of the service day.

use serde::{Deserialize, Serialize};

use super::counting::Unit;
use super::doubt::Runs;
use super::groups::Poles;
use super::kinds::mode;
use crate::inputs::gtfs::{Boarding, Call, Feed, FeedTrip, TripDoubt};
use crate::units::ServiceTime;

/// Which way a departure goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// The trip's `direction_id`.
    Id(u8),
    /// The place of the pole where it leaves, for a trip without one.
    Pole(u32),
    /// The next stop, for a trip without one from a pole where others leave the opposite way.
    Toward(u32),
}

/// A departure: somebody may get on, and the trip goes on from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Departure {
    /// When.
    pub at: ServiceTime,
    /// Which way.
    pub direction: Direction,
    /// The pole.
    pub pole: u32,
    /// The first of all feeds' poles that is the same in the street.
    pub place: u32,
    /// The route, numbered through all feeds.
    pub route: u32,
    /// Place of the feed.
    pub feed: u32,
    /// Place of the trip in the feed.
    pub trip: u32,
    /// The other group where it called before; `None` where it began at this one.
    pub from: Option<u32>,
    /// The other group where it calls next; its own where it stays there to its end.
    pub toward: u32,
    /// Whether the vehicle leaves the stop, rather than moving on to another pole of it.
    pub leaves_group: bool,
    /// Whether it leaves only where somebody asked for it.
    pub by_arrangement: bool,
}

/// A trip's last call: a run that is no departure, and may count as service 運行本数 all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastCall {
    /// When it arrives.
    pub at: ServiceTime,
    /// Which way it came.
    pub direction: Direction,
    /// The pole.
    pub pole: u32,
    /// The first of all feeds' poles that is the same in the street.
    pub place: u32,
    /// The route, numbered through all feeds.
    pub route: u32,
    /// Place of the feed.
    pub feed: u32,
    /// Place of the trip in the feed.
    pub trip: u32,
    /// The other group where it called before; `None` where it never was at another.
    pub from: Option<u32>,
}

impl Departure {
    /// With what else it is counted; `None` where it is not.
    pub(super) fn unit(&self, unit: Unit) -> Option<u32> {
        match unit {
            Unit::StopGroup => self.leaves_group.then_some(0),
            Unit::Pole => Some(self.place),
            Unit::GroupAndRoute => self.leaves_group.then_some(self.route),
        }
    }
}

impl LastCall {
    /// With what else it is counted; `None` where it is not.
    pub(super) fn unit(&self, unit: Unit) -> Option<u32> {
        match unit {
            Unit::StopGroup => self.from.map(|_| 0),
            Unit::Pole => Some(self.place),
            Unit::GroupAndRoute => self.from.map(|_| self.route),
        }
    }
}

/// What a feed does at stops on its day, by their groups.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub(super) departures: Vec<Vec<Departure>>,
    pub(super) last_calls: Vec<Vec<LastCall>>,
}

/// A feed with what runs of it on its service day.
#[derive(Debug)]
pub struct Running<'a> {
    /// The feed.
    pub feed: &'a Feed,
    /// Place of the feed.
    pub number: u32,
    /// The number of its first route through all feeds.
    pub first_route: u32,
    /// For each service whether it runs.
    pub services: Vec<Runs>,
}

impl Running<'_> {
    /// When the trips of the day begin that are sure to run: each trip with how much later than its own times it runs, for a
    /// trip that runs every so often once a run. Ferries and ropeways are left out.
    pub fn runs(&self) -> impl Iterator<Item = (u32, Shift)> + '_ {
        self.runs_of(|trip| self.is_sure(trip))
    }

    /// The same of the trips that may run and are not sure to, or of which something is lost.
    pub fn perhaps(&self) -> impl Iterator<Item = (u32, Shift)> + '_ {
        self.runs_of(|trip| self.services[trip.service as usize].perhaps && !self.is_sure(trip))
    }

    fn is_sure(&self, trip: &FeedTrip) -> bool {
        self.services[trip.service as usize].surely && trip.doubt == TripDoubt::None
    }

    fn runs_of(&self, is_meant: impl Fn(&FeedTrip) -> bool) -> impl Iterator<Item = (u32, Shift)> {
        let mut frequencies: Vec<(u32, usize)> =
            self.feed.frequencies.iter().enumerate().map(|(index, one)| (one.trip, index)).collect();
        frequencies.sort_unstable();
        let running =
            self.feed.trips.iter().enumerate().filter(move |(_, trip)| self.is_counted(trip) && is_meant(trip));
        running.flat_map(move |(number, trip)| {
            let number = number as u32;
            let own = frequencies.partition_point(|&(of, _)| of < number);
            let of_trip: Vec<usize> =
                frequencies[own..].iter().take_while(|&&(of, _)| of == number).map(|&(_, index)| index).collect();
            let as_it_is = of_trip.is_empty().then_some((number, Shift::default()));
            let begins = self.feed.calls.get(trip.calls.start as usize).map_or(0, |call| call.departure.0);
            let every = of_trip.into_iter().flat_map(move |index| {
                let frequency = self.feed.frequencies[index];
                (0..frequency.runs()).map(move |run| {
                    let at = frequency.from.later(run.saturating_mul(frequency.headway));
                    (number, Shift(i64::from(at.0) - i64::from(begins)))
                })
            });
            as_it_is.into_iter().chain(every)
        })
    }

    fn is_counted(&self, trip: &FeedTrip) -> bool {
        mode(self.feed.routes[trip.route as usize].kind).is_some()
    }

    /// The calls of a trip.
    #[must_use]
    pub fn calls(&self, trip: u32) -> &[Call] {
        let calls = &self.feed.trips[trip as usize].calls;
        &self.feed.calls[calls.start as usize..calls.end as usize]
    }

    /// The poles of a trip's calls.
    ///
    /// # Panics
    /// Never for a trip of [`Running::runs`]: what runs makes poles of its stops.
    #[must_use]
    pub fn poles(&self, trip: u32, poles: &Poles) -> Vec<u32> {
        let route = self.feed.trips[trip as usize].route;
        let mode = mode(self.feed.routes[route as usize].kind).expect("a ferry does not run here");
        self.calls(trip).iter().map(|call| poles.pole(self.number as usize, call.stop, mode)).collect()
    }
}

/// How much later than its own times a trip runs, in seconds; negative for earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shift(i64);

impl Shift {
    /// The time of the run.
    #[must_use]
    pub fn of(self, time: ServiceTime) -> ServiceTime {
        ServiceTime((i64::from(time.0) + self.0).clamp(0, i64::from(u32::MAX)) as u32)
    }
}

/// Adds the departures and last calls of a feed on its day, by the group of their stop.
pub(super) fn list(running: &Running<'_>, poles: &Poles, events: &mut Events) {
    let mut last: Option<(u32, Vec<u32>)> = None;
    for (number, shift) in running.runs() {
        if last.as_ref().is_none_or(|(of, _)| *of != number) {
            last = Some((number, running.poles(number, poles)));
        }
        let Some((_, called)) = &last else { continue };
        let trip = &running.feed.trips[number as usize];
        let groups: Vec<u32> = called.iter().map(|&pole| poles.group[pole as usize]).collect();
        let direction = |place: u32| trip.direction.map_or(Direction::Pole(place), Direction::Id);
        let route = running.first_route + trip.route;
        for (index, call) in leaving(running.calls(number)) {
            let (pole, group) = (called[index], groups[index]);
            let place = poles.place[pole as usize];
            // A stay at several poles of one stop is one: setting down at one pole says nothing of the way to the next.
            let other = |&&at: &&u32| at != group;
            events.departures[group as usize].push(Departure {
                at: shift.of(call.departure),
                direction: direction(place),
                pole,
                place,
                route,
                feed: running.number,
                trip: number,
                from: groups[..index].iter().rev().find(other).copied(),
                toward: groups[index..].iter().find(other).copied().unwrap_or(group),
                leaves_group: leaves_group(index, running.calls(number), &groups),
                by_arrangement: call.pickup == Boarding::Arranged,
            });
        }
        if let ([_, .., call], [_, .., group]) = (running.calls(number), groups.as_slice()) {
            let pole = called[called.len() - 1];
            let place = poles.place[pole as usize];
            events.last_calls[*group as usize].push(LastCall {
                at: shift.of(call.arrival),
                direction: direction(place),
                pole,
                place,
                route,
                feed: running.number,
                trip: number,
                from: groups.iter().rev().find(|at| *at != group).copied(),
            });
        }
    }
}

/// The calls of a trip that are departures: all but the last, where one may get on.
fn leaving(calls: &[Call]) -> impl Iterator<Item = (usize, &Call)> {
    let all_but_last = calls.len().saturating_sub(1);
    calls[..all_but_last].iter().enumerate().filter(|(_, call)| call.pickup != Boarding::Forbidden)
}

/// Whether the trip leaves the stop after a call: not where it calls next at another pole of it and takes people there too,
/// and not where it stays to its end.
fn leaves_group(index: usize, calls: &[Call], groups: &[u32]) -> bool {
    for next in index + 1..calls.len() {
        if groups[next] != groups[index] {
            return true;
        }
        let is_last = next + 1 == calls.len();
        if is_last || calls[next].pickup != Boarding::Forbidden {
            return false;
        }
    }
    false
}
