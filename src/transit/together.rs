//! How many of some runs go one way at most, where a trip that begins and ends here is one run?
//!
//! What ties runs to one another makes parts of them, each with two sides; one side of each goes the way that is counted, and nobody
//! knows which. A trip whose beginning and end both go that way is one run there: at its beginning or at its end, for all such trips
//! alike, since whoever counts goes by the one or by the other. Where one of the two goes the other way, the trip is there in that
//! one. So which sides go that way decides where a trip is counted, and a trip may tie two parts.

use std::collections::BTreeMap;

use super::counting::Window;
use super::daily::Tally;
use super::departures::{Departure, LastCall};
use super::peak::MORNING;
use crate::units::ServiceTime;

/// A trip may tie so many parts together; beyond, its beginning and its end count as if they were two runs.
const MOST_TIED: usize = 10;

/// A run at a stop: a departure or a last call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    at: ServiceTime,
    /// The part, and its side. What has none goes the way that is counted.
    on: Side,
    /// The trip, with its feed, where it begins or ends here, and this is its beginning or its end.
    ends_of: Option<((u32, u32), End)>,
}

type Side = Option<(u32, bool)>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Beginning,
    Last,
}

impl Run {
    /// Something leaves.
    pub(super) fn leaving(departure: &Departure, on: Side) -> Self {
        let begins = departure.from.is_none();
        let ends_of = begins.then_some(((departure.feed, departure.trip), End::Beginning));
        Self { at: departure.at, on, ends_of }
    }

    /// Something ends.
    pub(super) fn ending(last: &LastCall, on: Side) -> Self {
        Self { at: last.at, on, ends_of: Some(((last.feed, last.trip), End::Last)) }
    }

    /// The same where the side of a part that goes the way that is counted is known, and this is on that.
    pub(super) fn known(self, part: Option<u32>) -> Self {
        Self { on: self.on.filter(|(of, _)| Some(*of) != part), ..self }
    }

    fn trip(&self, end: End) -> Option<(u32, u32)> {
        self.ends_of.filter(|(_, of)| *of == end).map(|(trip, _)| trip)
    }
}

/// The most runs that there may be, those that end here among them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Most {
    /// In the peak hour in one direction.
    pub(super) in_window: f64,
    /// In the whole day.
    pub(super) of_day: Tally,
}

impl Most {
    /// The more of each.
    pub(super) fn or(self, other: Self) -> Self {
        let (ours, theirs) = (self.of_day, other.of_day);
        let of_day = Tally {
            one_direction: ours.one_direction.max(theirs.one_direction),
            both_directions: ours.both_directions.max(theirs.both_directions),
        };
        Self { in_window: self.in_window.max(other.in_window), of_day }
    }
}

/// The most of what is counted together.
pub(super) fn most_together(runs: &[Run], window: Window) -> Most {
    let by = |end: End| {
        let placed = Placed::of(runs, end);
        let of_day = Tally { one_direction: f64::from(placed.in_a_day()), both_directions: 0.0 };
        Most { in_window: placed.in_a_window(window), of_day }
    };
    // What no trip both begins and ends counts the same by either.
    let both_ends = in_any_way(runs, End::Beginning) < runs.len();
    let most = by(End::Beginning);
    let mut most = if both_ends { most.or(by(End::Last)) } else { most };
    most.of_day.both_directions = once(runs);
    most
}

/// How many there are, whichever way they go: a trip that begins and ends here is one.
pub(super) fn once(runs: &[Run]) -> f64 {
    in_any_way(runs, End::Beginning).max(in_any_way(runs, End::Last)) as f64
}

fn in_any_way(runs: &[Run], end: End) -> usize {
    Rounds::of(runs, end).counted(runs).count()
}

/// Where the trips that begin and end here are counted if they can be.
struct Rounds {
    /// The other end of them.
    other: End,
    /// By trip, on which side it is.
    trips: BTreeMap<(u32, u32), Side>,
}

impl Rounds {
    fn of(runs: &[Run], end: End) -> Self {
        let other = if end == End::Last { End::Beginning } else { End::Last };
        // A trip that leaves several poles of the stop leaves them for one; runs of one trip are alike.
        let trips = runs.iter().filter_map(|run| Some((run.trip(end)?, run.on))).collect();
        Self { other, trips }
    }

    /// The side of the end at which a trip is counted, for its other end.
    fn instead_of(&self, run: &Run) -> Option<Side> {
        self.trips.get(&run.trip(self.other)?).copied()
    }

    /// What is counted in any case if all go one way.
    fn counted<'a>(&'a self, runs: &'a [Run]) -> impl Iterator<Item = &'a Run> {
        runs.iter().filter(|run| self.instead_of(run).is_none())
    }

    /// What must go the way that is counted for a run to count: none, one, or two sides; `None` where it never does.
    fn sides(&self, run: &Run) -> Option<[Side; 2]> {
        let Some(instead) = self.instead_of(run) else { return Some([run.on, None]) };
        // It counts where the trip's end that is counted goes the other way.
        let (part, side) = instead?;
        match run.on {
            Some((of, on)) if of == part => (on != side).then_some([run.on, None]),
            on => Some([on, Some((part, !side))]),
        }
    }
}

/// Runs in the order of time, each with the sides on which it depends.
struct Placed {
    runs: Vec<(ServiceTime, Option<Depends>)>,
    /// For each group of parts that trips tie, the first of the counts of its ways to go, and how many ways there are.
    groups: Vec<(usize, usize)>,
}

/// On which ways that a group of parts may go a run counts: those that have these bits where the mask has some.
#[derive(Debug, Clone, Copy)]
struct Depends {
    group: usize,
    mask: usize,
    bits: usize,
}

impl Placed {
    fn of(runs: &[Run], end: End) -> Self {
        let rounds = Rounds::of(runs, end);
        let mut sided: Vec<(ServiceTime, [Side; 2])> =
            runs.iter().filter_map(|run| Some((run.at, rounds.sides(run)?))).collect();
        sided.sort_unstable_by_key(|(at, sides)| (*at, *sides));
        let mut tied = Tied::default();
        for (_, sides) in &mut sided {
            if !tied.tie(sides.map(|side| side.map(|(part, _)| part))) {
                sides[1] = None;
            }
        }
        let depends = |sides: [Side; 2]| {
            let of = |(part, side): (u32, bool)| {
                let (group, place) = tied.places[&part];
                Depends { group, mask: 1 << place, bits: usize::from(side) << place }
            };
            let both = |one: Depends, other: Depends| Depends {
                group: one.group,
                mask: one.mask | other.mask,
                bits: one.bits | other.bits,
            };
            sides.into_iter().flatten().map(of).reduce(both)
        };
        let runs = sided.into_iter().map(|(at, sides)| (at, depends(sides))).collect();
        let first = |from: &mut usize, ways: usize| {
            let first = *from;
            *from += ways;
            Some((first, ways))
        };
        let groups = tied.groups.iter().map(|parts| 1 << parts.len()).scan(0, first).collect();
        Self { runs, groups }
    }

    fn in_a_day(&self) -> i32 {
        let mut together = Together::of(self);
        self.runs.iter().for_each(|(_, depends)| together.put(*depends, 1));
        together.count
    }

    /// The most runs in one window.
    fn in_a_window(&self, window: Window) -> f64 {
        let clock_hour = |time: ServiceTime| ServiceTime(time.0 / ServiceTime::HOUR * ServiceTime::HOUR);
        match window {
            Window::AnyHour => self.in_an_hour(|time| time),
            Window::ClockHour => self.in_an_hour(clock_hour),
            Window::MorningMean => {
                let mut together = Together::of(self);
                let inside = self.runs.iter().filter(|(at, _)| (MORNING[0]..MORNING[1]).contains(at));
                inside.for_each(|(_, depends)| together.put(*depends, 1));
                f64::from(together.count) / 2.0
            }
        }
    }

    /// The most of the hours in which a run is the first, each hour beginning where `begins` says for its first.
    fn in_an_hour(&self, begins: impl Fn(ServiceTime) -> ServiceTime) -> f64 {
        let (mut end, mut best) = (0, 0);
        let mut together = Together::of(self);
        for (first, depends) in &self.runs {
            let until = begins(*first).later(ServiceTime::HOUR);
            for (_, depends) in self.runs[end..].iter().take_while(|(at, _)| *at < until) {
                together.put(*depends, 1);
                end += 1;
            }
            best = best.max(together.count);
            together.put(*depends, -1);
        }
        f64::from(best)
    }
}

/// The groups of parts that trips tie.
#[derive(Default)]
struct Tied {
    groups: Vec<Vec<u32>>,
    /// By part, its group and its place in it.
    places: BTreeMap<u32, (usize, usize)>,
}

impl Tied {
    /// Puts parts into one group, unless that has too many.
    fn tie(&mut self, parts: [Option<u32>; 2]) -> bool {
        let groups = parts.map(|part| part.map(|part| self.group(part)));
        let [Some(one), Some(other)] = groups else { return true };
        if one == other {
            return true;
        }
        if self.groups[one].len() + self.groups[other].len() > MOST_TIED {
            return false;
        }
        for part in std::mem::take(&mut self.groups[other]) {
            self.places.insert(part, (one, self.groups[one].len()));
            self.groups[one].push(part);
        }
        true
    }

    fn group(&mut self, part: u32) -> usize {
        let next = self.groups.len();
        let (group, _) = *self.places.entry(part).or_insert((next, 0));
        if group == next {
            self.groups.push(vec![part]);
        }
        group
    }
}

/// How many of some runs go one way at most.
struct Together<'a> {
    placed: &'a Placed,
    count: i32,
    /// For each group of parts, one after the other, what goes that way, by which of their sides do.
    by_sides: Vec<i32>,
}

impl<'a> Together<'a> {
    fn of(placed: &'a Placed) -> Self {
        let ways = placed.groups.iter().map(|(_, ways)| ways).sum();
        Self { placed, count: 0, by_sides: vec![0; ways] }
    }

    fn put(&mut self, depends: Option<Depends>, more: i32) {
        let Some(Depends { group, mask, bits }) = depends else {
            self.count += more;
            return;
        };
        let (first, ways) = self.placed.groups[group];
        let counts = &mut self.by_sides[first..first + ways];
        let most = |counts: &[i32]| counts.iter().copied().max().unwrap_or_default();
        self.count -= most(counts);
        counts.iter_mut().enumerate().filter(|(sides, _)| sides & mask == bits).for_each(|(_, count)| *count += more);
        self.count += most(counts);
    }
}
