//! What of a stop's runs may go one way, and what is sure to, where trips name no direction: every run held against every other.
//!
//! There are two ways. Two runs go one way where both leave for one stop, or both came from one; they go opposite ways where one
//! leaves for the stop from which the other came. What is tied to one another so is a part, and of two parts nobody knows.

use std::collections::{BTreeMap, BTreeSet};

use kyoten::transit::{CountingRule, DirectionRule, Unit};

use super::ending::{Ending, Seen, most_together};
use super::plainly::Departure;

pub struct Together<'a> {
    pub departures: &'a [Departure],
    pub endings: &'a [Ending],
    pub rule: CountingRule,
}

/// What is looked at of a run.
#[derive(Clone, Copy)]
struct Tied {
    from: Option<usize>,
    toward: Option<usize>,
    /// The feed and the pole, where that is one way.
    pole: Option<(usize, usize)>,
}

impl Tied {
    fn is_alike(self, other: Self) -> bool {
        let same = |one: Option<usize>, other: Option<usize>| one.is_some() && one == other;
        same(self.from, other.from)
            || same(self.toward, other.toward)
            || (self.pole.is_some() && self.pole == other.pole)
    }

    fn is_opposite(self, other: Self) -> bool {
        let same = |one: Option<usize>, other: Option<usize>| one.is_some() && one == other;
        same(self.from, other.toward) || same(self.toward, other.from)
    }
}

/// The part and the side of each run; none where its part contradicts itself, or nothing is known of it.
fn sides(runs: &[Option<Tied>]) -> Vec<Option<(usize, bool)>> {
    let mut found: Vec<Option<(usize, bool)>> = vec![None; runs.len()];
    let mut contradicts: BTreeSet<usize> = BTreeSet::new();
    for first in 0..runs.len() {
        if runs[first].is_none() || found[first].is_some() {
            continue;
        }
        found[first] = Some((first, false));
        let mut ahead = vec![first];
        while let Some(one) = ahead.pop() {
            for other in 0..runs.len() {
                let (Some(a), Some(b), Some((part, side))) = (runs[one], runs[other], found[one]) else { continue };
                for (is_tied, side) in [(a.is_alike(b), side), (a.is_opposite(b), !side)] {
                    match found[other] {
                        _ if !is_tied => {}
                        None => {
                            found[other] = Some((part, side));
                            ahead.push(other);
                        }
                        Some((_, seen)) => contradicts.extend((seen != side).then_some(part)),
                    }
                }
            }
        }
    }
    for one in &mut found {
        *one = one.filter(|(part, _)| !contradicts.contains(part));
    }
    found
}

/// The sides of departures.
pub struct Ways(Vec<(Departure, Option<(usize, bool)>)>);

impl Ways {
    pub fn of(&self, departure: &Departure) -> Option<(usize, bool)> {
        let same = |other: &Departure| {
            (other.at, &other.trip, other.pole, other.toward)
                == (departure.at, &departure.trip, departure.pole, departure.toward)
        };
        self.0.iter().find(|(other, _)| same(other)).and_then(|(_, side)| *side)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Goes {
    Id(u8),
    Side(usize, bool),
    Anywhere,
}

impl Together<'_> {
    fn departing(one: &Departure, is_one_way: bool) -> Option<Tied> {
        let tied = Tied {
            from: one.from,
            toward: (!one.stays).then_some(one.toward),
            pole: is_one_way.then_some((one.feed, one.pole)),
        };
        let is_tied = tied.from.is_some() || tied.toward.is_some() || tied.pole.is_some();
        (one.direction.is_none() && is_tied).then_some(tied)
    }

    /// The sides of departures, where a pole is one way for the trips of a feed unless it is one of both.
    pub fn ways(&self, is_of_both: &dyn Fn(usize) -> bool) -> Ways {
        let tied: Vec<Option<Tied>> =
            self.departures.iter().map(|one| Self::departing(one, !is_of_both(one.pole))).collect();
        Ways(self.departures.iter().cloned().zip(sides(&tied)).collect())
    }

    fn unit(&self, pole: usize, route: usize, of_group: bool) -> Option<usize> {
        match self.rule.unit {
            Unit::StopGroup => of_group.then_some(0),
            Unit::Pole => Some(pole),
            Unit::GroupAndRoute => of_group.then_some(route),
        }
    }

    /// What is sure where both directions are asked for: what each of the two `direction_id` has, or each side of one part.
    pub fn least(&self, ways: &Ways) -> f64 {
        if self.rule.direction == DirectionRule::Best || self.departures.iter().all(|one| one.direction.is_some()) {
            return f64::INFINITY;
        }
        let mut counted: BTreeMap<Goes, BTreeMap<usize, Vec<Seen>>> = BTreeMap::new();
        for (one, side) in &ways.0 {
            let goes = match (one.direction, side) {
                (Some(id), _) => Goes::Id(id),
                (None, Some((part, side))) => Goes::Side(*part, *side),
                (None, None) => continue,
            };
            let Some(unit) = self.unit(one.pole, one.route, one.leaves_group) else { continue };
            let seen = Seen { at: one.at, ends: false, neighbour: None, side: false, round: None };
            counted.entry(goes).or_default().entry(unit).or_default().push(seen);
        }
        let of = |goes: Goes| {
            let units = counted.get(&goes).into_iter().flat_map(BTreeMap::values);
            units.map(|seen| most_together(seen, self.rule.window)).fold(0.0, f64::max)
        };
        let pairs = counted.keys().map(|goes| match goes {
            Goes::Side(part, _) => of(Goes::Side(*part, false)).min(of(Goes::Side(*part, true))),
            _ => of(Goes::Id(0)).min(of(Goes::Id(1))),
        });
        pairs.fold(0.0, f64::max)
    }

    /// The most that may go one way, or each of two ways where both are asked for.
    pub fn most(&self) -> f64 {
        let mut tied: Vec<Option<Tied>> = self.departures.iter().map(|one| Self::departing(one, false)).collect();
        tied.extend(self.endings.iter().map(|one| {
            let from = one.from.filter(|_| one.direction.is_none());
            from.map(|from| Tied { from: Some(from), toward: None, pole: None })
        }));
        if self.departures.iter().all(|one| one.direction.is_some())
            && self.endings.iter().all(|one| one.direction.is_some())
        {
            return 0.0;
        }
        let sides = sides(&tied);
        let rounds: BTreeSet<&str> =
            self.endings.iter().filter(|one| one.is_round).map(|one| one.trip.as_str()).collect();
        let mut runs: Vec<(usize, Goes, Seen)> = Vec::new();
        let goes = |direction: Option<u8>, side: Option<(usize, bool)>| match (direction, side) {
            (Some(id), _) => Goes::Id(id),
            (None, Some((part, side))) => Goes::Side(part, side),
            (None, None) => Goes::Anywhere,
        };
        for (one, side) in self.departures.iter().zip(&sides) {
            let round = Some(one.trip.clone()).filter(|trip| one.from.is_none() && rounds.contains(trip.as_str()));
            let seen = Seen { at: one.at, ends: false, neighbour: None, side: false, round };
            let unit = self.unit(one.pole, one.route, one.leaves_group);
            runs.extend(unit.map(|unit| (unit, goes(one.direction, *side), seen)));
        }
        for (one, side) in self.endings.iter().zip(&sides[self.departures.len()..]) {
            let seen = Seen {
                at: one.at,
                ends: true,
                neighbour: None,
                side: false,
                round: one.is_round.then(|| one.trip.clone()),
            };
            let unit = self.unit(one.pole, one.route, one.from.is_some());
            runs.extend(unit.map(|unit| (unit, goes(one.direction, *side), seen)));
        }
        self.of_runs(&runs)
    }

    fn of_runs(&self, runs: &[(usize, Goes, Seen)]) -> f64 {
        let without = |not: Option<Goes>| {
            let units: BTreeSet<usize> = runs.iter().map(|(unit, ..)| *unit).collect();
            let of_unit = |unit: usize| {
                let counted = runs.iter().filter(|(other, goes, _)| *other == unit && Some(*goes) != not);
                most_of_parts(&counted.collect::<Vec<_>>(), not, self.rule)
            };
            units.into_iter().map(of_unit).fold(0.0, f64::max)
        };
        let parts: BTreeSet<usize> = runs
            .iter()
            .filter_map(|(_, goes, _)| match goes {
                Goes::Side(part, _) => Some(*part),
                _ => None,
            })
            .collect();
        let pairs: Vec<[Option<Goes>; 2]> = if runs.iter().any(|(_, goes, _)| matches!(goes, Goes::Id(_))) {
            vec![[1, 0].map(|id| Some(Goes::Id(id)))]
        } else if parts.is_empty() {
            vec![[None; 2]]
        } else {
            parts.into_iter().map(|part| [true, false].map(|side| Some(Goes::Side(part, side)))).collect()
        };
        let of_pair = |pair: [Option<Goes>; 2]| {
            let [one, other] = pair.map(without);
            if self.rule.direction == DirectionRule::Best { one.max(other) } else { one.min(other) }
        };
        pairs.into_iter().map(of_pair).reduce(f64::min).unwrap_or(0.0)
    }
}

/// In each window of each part the side that has more, but that which is not counted.
fn most_of_parts(runs: &[&(usize, Goes, Seen)], not: Option<Goes>, rule: CountingRule) -> f64 {
    // As neighbours are told apart among what ends and what leaves: each part a neighbour, each side a way.
    let is_known = |part: usize| matches!(not, Some(Goes::Side(of, _)) if of == part);
    let seen: Vec<Seen> = runs
        .iter()
        .map(|(_, goes, seen)| match goes {
            Goes::Side(part, side) if !is_known(*part) => Seen { neighbour: Some(*part), side: *side, ..seen.clone() },
            _ => seen.clone(),
        })
        .collect();
    most_together(&seen, rule.window)
}
