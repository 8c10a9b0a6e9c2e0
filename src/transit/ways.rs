//! Which of a stop's runs go one way, where trips name no direction, and what follows for the most and the least of its service?
//!
//! There are two ways. What leaves for a stop and what comes from that stop go opposite ways: so each run is tied to the stop before
//! and the stop after it, and by them to other runs. All that is tied together is a part with two sides; nobody knows which
//! sides of two parts go one way, nor with which `direction_id`. Poles do not matter for the most: bays of a terminal may all be left
//! one way. For the least a pole is one way, unless it is seen to serve both.

use std::collections::{BTreeMap, BTreeSet};

use super::counting::{CountingRule, DirectionRule, Unit};
use super::daily::Tally;
use super::departures::{Departure, Direction, LastCall};
use super::together::{Most, Run, most_together, once};
use super::union::Sides;

/// Which way a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// The `direction_id`.
    Id(u8),
    /// A side of a part.
    Side(usize, bool),
    /// Nothing tells, or what tells contradicts itself.
    Either,
}

/// What runs are tied to: a neighbouring stop, for which they leave; a pole, for the trips of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Knot {
    Stop(u32),
    Pole(u32, u32),
}

/// More parts than this are not tried one by one.
const MOST_PARTS: usize = 64;

/// What ties the runs of a stop that name no direction.
#[derive(Debug, Default)]
pub(super) struct Ways {
    numbers: BTreeMap<Knot, usize>,
    sides: Sides,
    /// The poles that are one way.
    one_way: BTreeSet<u32>,
}

impl Ways {
    /// By the stops before and after.
    fn by_stops(departures: &[Departure], last_calls: &[LastCall]) -> Self {
        let mut ways = Self::default();
        for departure in departures.iter().filter(|one| names_none(one.direction)) {
            let from = departure.from.map(|from| ways.number(Knot::Stop(from)));
            // What stays at the stop to its end leaves for none; what goes on within it leaves by another departure.
            if departure.leaves_group {
                let toward = ways.number(Knot::Stop(departure.toward));
                if let Some(from) = from {
                    ways.sides.tie(from, toward, true);
                }
            }
        }
        for from in last_calls.iter().filter(|one| names_none(one.direction)).filter_map(|one| one.from) {
            ways.number(Knot::Stop(from));
        }
        ways
    }

    /// The same where each pole is one way for the trips of a feed, unless it is one of `both_ways`.
    pub(super) fn by_poles(departures: &[Departure], both_ways: &BTreeSet<u32>) -> Self {
        let mut ways = Self::by_stops(departures, &[]);
        for departure in departures.iter().filter(|one| names_none(one.direction)) {
            if both_ways.contains(&departure.place) {
                continue;
            }
            ways.one_way.insert(departure.place);
            let pole = ways.number(Knot::Pole(departure.place, departure.feed));
            if let Some((stop, is_opposite)) = ways.tied_to(departure.from, Some(departure.toward)) {
                ways.sides.tie(pole, stop, is_opposite);
            }
        }
        ways
    }

    fn number(&mut self, knot: Knot) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(knot).or_insert_with(|| {
            self.sides.add();
            next
        })
    }

    /// The neighbouring stop that tells the way of a run, and whether it tells the opposite.
    fn tied_to(&self, from: Option<u32>, toward: Option<u32>) -> Option<(usize, bool)> {
        let number = |stop: Option<u32>| self.numbers.get(&Knot::Stop(stop?)).copied();
        number(from).map(|stop| (stop, true)).or_else(|| number(toward).map(|stop| (stop, false)))
    }

    fn of_departure(&self, departure: &Departure) -> Way {
        if let Direction::Id(id) = departure.direction {
            return Way::Id(id);
        }
        if self.one_way.contains(&departure.place) {
            let pole = self.numbers.get(&Knot::Pole(departure.place, departure.feed));
            return self.side(pole.map(|&pole| (pole, false)));
        }
        self.side(self.tied_to(departure.from, Some(departure.toward)))
    }

    fn of_last_call(&self, last: &LastCall) -> Way {
        match last.direction {
            Direction::Id(id) => Way::Id(id),
            _ => self.side(self.tied_to(last.from, None)),
        }
    }

    fn side(&self, knot: Option<(usize, bool)>) -> Way {
        let Some((knot, is_opposite)) = knot else { return Way::Either };
        let (part, side) = self.sides.find(knot);
        if self.sides.contradicts(part) { Way::Either } else { Way::Side(part, side != is_opposite) }
    }

    /// What tells apart, at a pole that several feeds share, trips that are not sure to go one way.
    pub(super) fn apart_at_a_pole(&self, departure: &Departure) -> (u32, Option<(usize, bool)>, u32) {
        match self.of_departure(departure) {
            Way::Side(part, side) => (departure.place, Some((part, side)), 0),
            _ => (departure.place, None, departure.feed),
        }
    }
}

fn names_none(direction: Direction) -> bool {
    !matches!(direction, Direction::Id(_))
}

/// The most runs that there may be in the peak hour in one direction and in the day, those that end here among them, however the ways
/// lie that nothing tells; nothing where every trip names its direction.
pub(super) fn most_either_way(departures: &[Departure], last_calls: &[LastCall], rule: CountingRule) -> Most {
    let all_named = departures.iter().all(|one| !names_none(one.direction));
    if all_named && last_calls.iter().all(|one| !names_none(one.direction)) {
        return Most::default();
    }
    let runs = Runs::of(&Ways::by_stops(departures, last_calls), departures, last_calls, rule);
    let all = once(&runs.list.iter().map(|(.., run)| *run).collect::<Vec<_>>());
    let mut found = runs.two_ways().map(|ways| together(ways, rule.direction));
    let Some(first) = found.next() else { return Most::default() };
    // Each part may be taken for the one whose ways are known: what holds by any of them holds.
    let mut most = found.fold(first, |most, other| Most {
        in_window: most.in_window.min(other.in_window),
        of_day: Tally {
            one_direction: most.of_day.one_direction.min(other.of_day.one_direction),
            both_directions: most.of_day.both_directions.min(other.of_day.both_directions),
        },
    });
    most.of_day.both_directions = most.of_day.both_directions.min(all);
    most
}

/// Says nothing of the least.
pub(super) const UNBOUNDED: Most =
    Most { in_window: f64::INFINITY, of_day: Tally { one_direction: f64::INFINITY, both_directions: f64::INFINITY } };

/// The least that leaves for certain, where the rule asks for both directions or counts by units: what the sides of one part have, or
/// what names its direction. Of the better direction nothing is said.
pub(super) fn least_either_way(departures: &[Departure], ways: &Ways, rule: CountingRule) -> Most {
    let mut least = UNBOUNDED;
    let runs = Runs::of(ways, departures, &[], rule);
    let parts: BTreeSet<usize> = runs.parts();
    let of = |way: Way| runs.most(None, |other| other == way);
    let pairs = std::iter::once([Way::Id(0), Way::Id(1)])
        .chain(parts.into_iter().map(|part| [Way::Side(part, false), Way::Side(part, true)]));
    let sure = pairs.map(|pair| together(pair.map(of), rule.direction)).fold(Most::default(), Most::or);
    if rule.direction == DirectionRule::Both {
        (least.in_window, least.of_day.one_direction) = (sure.in_window, sure.of_day.one_direction);
    }
    if rule.unit != Unit::StopGroup {
        least.of_day.both_directions = sure.of_day.both_directions;
    }
    least
}

/// What two ways have under a rule of directions.
fn together([one, other]: [Most; 2], rule: DirectionRule) -> Most {
    let asked = |of: fn(&Most) -> f64| match rule {
        DirectionRule::Best => of(&one).max(of(&other)),
        DirectionRule::Both => of(&one).min(of(&other)),
    };
    Most {
        in_window: asked(|most| most.in_window),
        of_day: Tally {
            one_direction: asked(|most| most.of_day.one_direction),
            both_directions: one.of_day.one_direction + other.of_day.one_direction,
        },
    }
}

/// The runs that a rule counts, each with its unit and its way.
struct Runs {
    list: Vec<(u32, Way, Run)>,
    rule: CountingRule,
}

impl Runs {
    fn of(ways: &Ways, departures: &[Departure], last_calls: &[LastCall], rule: CountingRule) -> Self {
        let on = |way: Way| match way {
            Way::Side(part, side) => Some((part as u32, side)),
            Way::Id(_) | Way::Either => None,
        };
        let leaving = departures.iter().filter_map(|one| {
            let way = ways.of_departure(one);
            Some((one.unit(rule.unit)?, way, Run::leaving(one, on(way))))
        });
        let ending = last_calls.iter().filter_map(|one| {
            let way = ways.of_last_call(one);
            Some((one.unit(rule.unit)?, way, Run::ending(one, on(way))))
        });
        Self { list: leaving.chain(ending).collect(), rule }
    }

    fn parts(&self) -> BTreeSet<usize> {
        let parts = self.list.iter().filter_map(|(_, way, _)| match way {
            Way::Side(part, _) => Some(*part),
            _ => None,
        });
        parts.collect()
    }

    /// The most of those whose way counts, by the busiest unit; of a part of which both sides count the side with more. `known` is a part
    /// of which one side counts for certain.
    fn most(&self, known: Option<usize>, counts: impl Fn(Way) -> bool) -> Most {
        let known = known.map(|part| part as u32);
        let mut units: BTreeMap<u32, Vec<Run>> = BTreeMap::new();
        for (unit, _, run) in self.list.iter().filter(|(_, way, _)| counts(*way)) {
            units.entry(*unit).or_default().push(run.known(known));
        }
        units.values().map(|runs| most_together(runs, self.rule.window)).fold(Most::default(), Most::or)
    }

    /// The most of each of the two ways, where those of something are known: of what names its direction, else of a part; each part
    /// once.
    fn two_ways(&self) -> impl Iterator<Item = [Most; 2]> {
        let has_ids = self.list.iter().any(|(_, way, _)| matches!(way, Way::Id(_)));
        let parts = if has_ids { BTreeSet::new() } else { self.parts() };
        let excluded: Vec<[Option<Way>; 2]> = match parts.len() {
            _ if has_ids => vec![[Some(Way::Id(1)), Some(Way::Id(0))]],
            1..=MOST_PARTS => {
                parts.into_iter().map(|part| [true, false].map(|side| Some(Way::Side(part, side)))).collect()
            }
            _ => vec![[None; 2]],
        };
        // In the better direction, all routes and poles together, one is as good as another.
        let is_one_enough = self.rule.direction == DirectionRule::Best && self.rule.unit == Unit::StopGroup;
        let tried = if is_one_enough { 1 } else { excluded.len() };
        let most = |but: Option<Way>| {
            let known = match but {
                Some(Way::Side(part, _)) => Some(part),
                _ => None,
            };
            self.most(known, |way| Some(way) != but)
        };
        excluded.into_iter().take(tried).map(move |ways| ways.map(most))
    }
}
