//! What may run that is not sure to, because something of a timetable is lost? And what follows for the service of stops?
//!
//! A trip of which something is lost, or which may run on the day and may not, makes none of its departures sure, and all of
//! them possible. Which way it goes tells of the ways of others as well, so where one may call, only those departures are
//! taken to go one way for certain that leave one pole for one stop.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::counting::{CountingRule, DirectionRule, Window};
use super::departures::{Departure, Direction, LastCall, Running};
use super::groups::Poles;
use super::peak::{MORNING, Peak, count};
use super::service_day::{ServiceDay, trips_by_service, weekday_sets};
use crate::inputs::gtfs::{Feed, Service, ServiceLost, TripDoubt};
use crate::units::{Interval, ServiceTime};

/// What may leave a stop besides what is sure to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MayLeave {
    /// At these times.
    pub at: Vec<ServiceTime>,
    /// At times that nobody knows; infinite where nobody knows how often.
    pub at_any_time: f64,
}

impl MayLeave {
    pub(super) fn is_nothing(&self) -> bool {
        self.at.is_empty() && self.at_any_time == 0.0
    }
}

/// Which services run on a day: for certain, and perhaps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Runs {
    /// For certain.
    pub surely: bool,
    /// For certain, or perhaps.
    pub perhaps: bool,
}

/// Which services of a feed run on the day that is counted.
///
/// Where the day is found by what most days have in common ([`super::representative_weekday`]), a service whose days are lost may
/// make another day the most common one. Then a service is sure to run that runs on every day which may be it.
pub(super) fn running(feed: &Feed, day: ServiceDay) -> Vec<Runs> {
    let on_the_day = || {
        let runs = feed
            .services
            .iter()
            .map(|service| Runs { surely: service.surely_runs_on(day.date), perhaps: service.may_run_on(day.date) });
        runs.collect()
    };
    let mut trips = trips_by_service(feed);
    let is_open = |weekdays: &[bool; 7]| weekdays[..5].contains(&true);
    let any_span = span_is_lost(feed);
    // Where trips are lost, a service without any may have had some, and of sets as common another may have more.
    let any_trip = feed.lost.calls > 0;
    let may_be_used = |&index: &usize| {
        let service = &feed.services[index];
        any_trip && trips[index] == 0 && (is_open(&service.weekdays) || !service.added.is_empty())
    };
    let idle: BTreeSet<usize> = (0..trips.len()).filter(may_be_used).collect();
    for &index in &idle {
        trips[index] = 1;
    }
    let more = usize::try_from(feed.lost.calls).unwrap_or(usize::MAX).min(idle.len());
    let open = used(feed).filter(|lost| is_open(&lost.weekdays)).count() + more;
    let dates: usize = used(feed).map(|lost| lost.dates).sum();
    if day.given || !(any_span || any_trip || open > 0 || dates > 0) {
        return on_the_day();
    }
    if any_span {
        // Any day may be the one.
        return vec![Runs { surely: false, perhaps: true }; feed.services.len()];
    }
    let mut known = feed.clone_calendar();
    for service in known.services.iter_mut().filter(|service| is_open(&service.lost.weekdays)) {
        service.span = None;
        service.added.clear();
    }
    let mut sets: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for (set, (days, _)) in weekday_sets(&known, &trips) {
        *sets.entry(set.into_iter().filter(|index| !idle.contains(index)).collect()).or_default() += days;
    }
    // Days without any service are no weekday where there are others, unless a service that may run does so on them.
    sets.retain(|set, _| open > 0 || !set.is_empty());
    let most = sets.iter().filter(|(set, _)| !set.is_empty()).map(|(_, &days)| days).max().unwrap_or(0) as f64;
    // Each service that may run or not parts every set of days in two; each day that nobody knows may be taken from one
    // set and added to another.
    let least = most / 2_f64.powi(i32::try_from(open).unwrap_or(i32::MAX)) - 2.0 * dates as f64;
    let may_be: Vec<&Vec<usize>> = sets.iter().filter(|&(_, &days)| days as f64 >= least).map(|(set, _)| set).collect();
    let runs = |(index, service): (usize, &Service)| {
        let is_open = is_open(&service.lost.weekdays);
        let is_in = |set: &&Vec<usize>| set.contains(&index);
        Runs { surely: !is_open && may_be.iter().all(is_in), perhaps: is_open || may_be.iter().any(is_in) }
    };
    feed.services.iter().enumerate().map(runs).collect()
}

/// Whether nobody knows for which days a feed is.
pub(super) fn span_is_lost(feed: &Feed) -> bool {
    feed.lost.days || used(feed).any(|lost| lost.span)
}

/// Whether nobody can say for certain what runs on a weekday.
pub(super) fn days_are_lost(feed: &Feed) -> bool {
    span_is_lost(feed) || used(feed).any(|lost| lost.any())
}

/// What is lost of the days of services that have trips.
fn used(feed: &Feed) -> impl Iterator<Item = ServiceLost> + '_ {
    let trips = trips_by_service(feed);
    feed.services.iter().zip(trips).filter(|(_, trips)| *trips > 0).map(|(service, _)| service.lost)
}

/// Some day that its tables name.
pub(super) fn some_day(feed: &Feed) -> NaiveDate {
    let of = |service: &Service| service.span.map(|(from, _)| from).or_else(|| service.added.first().copied());
    feed.from.or(feed.to).or_else(|| feed.services.iter().find_map(of)).unwrap_or_default()
}

/// Adds what may leave each group of a feed's poles.
pub(super) fn list(running: &Running<'_>, poles: &Poles, may_leave: &mut [MayLeave]) {
    for (trip, shift) in running.perhaps() {
        let groups = running.poles(trip, poles).into_iter().map(|pole| poles.group[pole as usize]);
        for (call, group) in running.calls(trip).iter().zip(groups) {
            let there = &mut may_leave[group as usize];
            match running.feed.trips[trip as usize].doubt {
                TripDoubt::None => there.at.push(shift.of(call.departure)),
                TripDoubt::Calls => there.at_any_time += 1.0,
                TripDoubt::Runs => there.at_any_time = f64::INFINITY,
            }
        }
    }
    if running.feed.lost.calls > 0 {
        for there in may_leave.iter_mut() {
            there.at_any_time += running.feed.lost.calls as f64;
        }
    }
}

/// The service of a stop where more may leave it.
pub(super) fn widened(
    found: Peak,
    departures: &[Departure],
    last_calls: &[LastCall],
    may_leave: &MayLeave,
    rule: CountingRule,
) -> Peak {
    if may_leave.is_nothing() {
        return found;
    }
    let [least, least_of_day] = least(departures, rule);
    let mut times: Vec<ServiceTime> = departures.iter().map(|one| one.at).collect();
    times.extend(last_calls.iter().map(|one| one.at).chain(may_leave.at.iter().copied()));
    times.sort_unstable();
    let more = may_leave.at_any_time;
    let most =
        most_in_a_window(&times, rule.window) + if rule.window == Window::MorningMean { more / 2.0 } else { more };
    let of_day = times.len() as f64 + more;
    let around = |range: Interval<f64>, least: f64, most: f64| Interval::new(range.lo.min(least), range.hi.max(most));
    let mut wide = found;
    wide.range = around(wide.range, least, most);
    wide.trips = wide.trips.clamp(wide.range.lo, wide.range.hi);
    wide.daily.one_direction = around(wide.daily.one_direction, least_of_day, of_day);
    wide.daily.both_directions = around(wide.daily.both_directions, least_of_day, of_day);
    wide
}

/// What leaves for certain in one direction, in the busiest window and in the day.
fn least(departures: &[Departure], rule: CountingRule) -> [f64; 2] {
    if rule.direction == DirectionRule::Both {
        return [0.0; 2];
    }
    let ways: BTreeSet<(u32, u32, u32)> = departures.iter().map(way).collect();
    let number: BTreeMap<(u32, u32, u32), u32> = ways.into_iter().zip(0..).collect();
    let (found, of_day) = count(departures, rule, |departure| match departure.direction {
        Direction::Id(id) => Direction::Id(id),
        Direction::Pole(_) | Direction::Toward(_) => Direction::Pole(number[&way(departure)]),
    });
    [found.trips, of_day.one_direction]
}

/// What leaves one pole for one stop goes one way.
fn way(departure: &Departure) -> (u32, u32, u32) {
    (departure.place, departure.feed, departure.toward)
}

fn most_in_a_window(times: &[ServiceTime], window: Window) -> f64 {
    let hour = |begins: &dyn Fn(ServiceTime) -> ServiceTime| {
        let in_hour = |(index, &first): (usize, &ServiceTime)| {
            let until = begins(first).later(ServiceTime::HOUR);
            times[index..].partition_point(|&time| time < until)
        };
        times.iter().enumerate().map(in_hour).max().unwrap_or(0) as f64
    };
    match window {
        Window::AnyHour => hour(&|time| time),
        Window::ClockHour => hour(&|time| ServiceTime(time.0 / ServiceTime::HOUR * ServiceTime::HOUR)),
        Window::MorningMean => {
            let [from, to] = MORNING.map(|end| times.partition_point(|&time| time < end));
            (to - from) as f64 / 2.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::gtfs::FeedTrip;

    fn service(weekdays: [bool; 7]) -> Service {
        let day = |text: &str| text.parse().unwrap();
        Service { weekdays, span: Some((day("2026-06-01"), day("2026-06-28"))), ..Service::default() }
    }

    /// Services of Monday to Wednesday and of Thursday and Friday, with so many trips each.
    fn feed(trips: [u32; 2]) -> Feed {
        let early = [true, true, true, false, false, false, false];
        let of = |(service, count): (u32, u32)| (0..count).map(move |_| FeedTrip { service, ..FeedTrip::default() });
        Feed {
            services: vec![service(early), service([false, false, false, true, true, false, false])],
            trips: (0..).zip(trips).flat_map(of).collect(),
            ..Feed::default()
        }
    }

    fn surely(feed: &Feed) -> Vec<bool> {
        let date = super::super::representative_weekday(feed).unwrap();
        running(feed, ServiceDay { date, given: false }).into_iter().map(|runs| runs.surely).collect()
    }

    #[test]
    fn a_service_whose_trips_are_lost_may_have_made_the_weekday() {
        assert_eq!(surely(&feed([1, 1])), [true, false]);
        // Nothing says that the first service ever had a trip.
        assert_eq!(surely(&feed([0, 1])), [false, true]);
        let mut lossy = feed([0, 1]);
        lossy.lost.calls = 1;
        assert_eq!(surely(&lossy), [false, false]);
        // Three days a week are more than two, whatever else runs on them.
        let mut settled = feed([1, 1]);
        settled.lost.calls = 1;
        assert_eq!(surely(&settled), [true, false]);
    }
}
