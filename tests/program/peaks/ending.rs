//! Runs that end at a stop, counted as plainly as the departures: the upper end of what a stop's service may be.

use std::collections::BTreeSet;

use kyoten::transit::{CountingRule, DirectionRule, Unit, Window};

use super::plainly::{Departure, Plain, Way};

/// A trip's last call.
#[derive(Clone)]
pub struct Ending {
    pub at: u32,
    pub trip: String,
    pub pole: usize,
    pub route: usize,
    pub direction: Option<u8>,
    /// The other group where it called last; `None` where it never was at another.
    pub from: Option<usize>,
    /// Whether it began at this group too.
    pub is_round: bool,
}

/// Something at a stop: when, whether it ends, the neighbour that tells opposite ways apart, the trip where it is a round one.
#[derive(Clone)]
pub struct Seen {
    pub at: u32,
    pub ends: bool,
    pub neighbour: Option<usize>,
    /// Which of the two ways that the neighbour tells apart.
    pub side: bool,
    pub round: Option<String>,
}

/// The most that a group's service can be where what ends there counts as well.
pub fn most(plain: &Plain, group: usize, rule: CountingRule) -> f64 {
    let stop = Stop { departures: &plain.departures[group], endings: &plain.endings[group], rule };
    let as_one = stop.most(false);
    if rule.direction == DirectionRule::Both { as_one.max(stop.most(true)) } else { as_one }
}

struct Stop<'a> {
    departures: &'a [Departure],
    endings: &'a [Ending],
    rule: CountingRule,
}

impl Stop<'_> {
    /// Whether a pole is one of both directions: something leaves it for where something else, without a direction, came from.
    fn is_of_both(&self, pole: usize) -> bool {
        let leaving = || self.departures.iter().filter(|one| one.direction.is_none() && one.pole == pole);
        let ending = || self.endings.iter().filter(|one| one.direction.is_none() && one.pole == pole);
        leaving().any(|one| {
            let back = Some(one.toward);
            leaving().any(|other| other.from == back) || ending().any(|other| other.from == back)
        })
    }

    /// `split`: whether poles of both directions are taken for as many directions as something leaves for.
    fn most(&self, split: bool) -> f64 {
        let mut ways: BTreeSet<Way> = BTreeSet::new();
        let of_pole = |pole: usize, toward: Option<usize>| match toward {
            Some(toward) if split && self.is_of_both(pole) => Way::Toward(toward),
            _ => Way::Pole(pole),
        };
        let leaves = |one: &Departure| one.direction.map_or(of_pole(one.pole, Some(one.toward)), Way::Id);
        let ends = |one: &Ending| one.direction.map_or(Way::Pole(one.pole), Way::Id);
        ways.extend(self.departures.iter().map(leaves));
        ways.extend(self.endings.iter().map(ends));
        let units: BTreeSet<usize> = match self.rule.unit {
            Unit::StopGroup => [0].into(),
            Unit::Pole => {
                self.departures.iter().map(|one| one.pole).chain(self.endings.iter().map(|one| one.pole)).collect()
            }
            Unit::GroupAndRoute => {
                self.departures.iter().map(|one| one.route).chain(self.endings.iter().map(|one| one.route)).collect()
            }
        };
        let mut found: Vec<f64> = Vec::new();
        for way in &ways {
            // What ends at a pole of both directions goes any way but back.
            let goes = |one: &Ending| match way {
                Way::Toward(toward) => {
                    let leads = |other: &Departure| {
                        other.direction.is_none() && other.pole == one.pole && other.toward == *toward
                    };
                    one.direction.is_none()
                        && self.is_of_both(one.pole)
                        && self.departures.iter().any(leads)
                        && one.from != Some(*toward)
                }
                other => ends(one) == *other,
            };
            let of_unit = |unit: &usize| {
                let of_rule = |pole: usize, route: usize, other_stop: bool| match self.rule.unit {
                    Unit::StopGroup => other_stop,
                    Unit::Pole => pole == *unit,
                    Unit::GroupAndRoute => other_stop && route == *unit,
                };
                let departures = self
                    .departures
                    .iter()
                    .filter(|one| leaves(one) == *way && of_rule(one.pole, one.route, one.leaves_group));
                let endings =
                    self.endings.iter().filter(|one| goes(one) && of_rule(one.pole, one.route, one.from.is_some()));
                let rounds: BTreeSet<&str> =
                    self.endings.iter().filter(|one| one.is_round).map(|one| one.trip.as_str()).collect();
                let mut seen: Vec<Seen> = departures
                    .map(|one| Seen {
                        at: one.at,
                        ends: false,
                        side: false,
                        neighbour: one.direction.is_none().then_some(one.toward),
                        round: Some(one.trip.clone())
                            .filter(|trip| one.from.is_none() && rounds.contains(trip.as_str())),
                    })
                    .collect();
                seen.extend(endings.map(|one| Seen {
                    at: one.at,
                    ends: true,
                    side: true,
                    neighbour: one.from.filter(|_| one.direction.is_none()),
                    round: one.is_round.then(|| one.trip.clone()),
                }));
                most_together(&seen, self.rule.window)
            };
            found.push(units.iter().map(of_unit).fold(0.0, f64::max));
        }
        found.sort_by(|one, other| other.total_cmp(one));
        let wanted = usize::from(self.rule.direction == DirectionRule::Both);
        found.get(wanted).copied().unwrap_or(0.0)
    }
}

/// The most that may go one way. Of each neighbour one side does, whichever; a round trip both of whose ends do is there once: at
/// its beginning, or at its end, all alike.
pub fn most_together(seen: &[Seen], window: Window) -> f64 {
    let has = |trip: &Option<String>, ends: bool| seen.iter().any(|one| one.round == *trip && one.ends == ends);
    let is_twice = |one: &&Seen| one.round.is_some() && has(&one.round, true) && has(&one.round, false);
    // Which sides go that way is tried out for the neighbours of round trips; for the others the side with more does.
    let neighbours: Vec<usize> =
        seen.iter().filter(is_twice).filter_map(|one| one.neighbour).collect::<BTreeSet<_>>().into_iter().collect();
    assert!(neighbours.len() < 20, "too many to be tried out");
    let mut most = 0.0;
    for sides in 0..1_usize << neighbours.len() {
        let goes = |one: &&Seen| match neighbours.iter().position(|other| Some(*other) == one.neighbour) {
            Some(place) => one.side == (sides >> place & 1 == 1),
            None => true,
        };
        let of_tried = |one: &Seen| one.neighbour.is_some_and(|other| neighbours.contains(&other));
        let that_way: Vec<&Seen> = seen.iter().filter(goes).collect();
        let is_there_twice = |one: &Seen| {
            let has = |ends: bool| that_way.iter().any(|other| other.round == one.round && other.ends == ends);
            one.round.is_some() && has(true) && has(false)
        };
        for not_counted in [true, false] {
            let left = that_way.iter().filter(|one| one.ends != not_counted || !is_there_twice(one));
            let left: Vec<Seen> = left
                .map(|one| Seen { neighbour: one.neighbour.filter(|_| !of_tried(one)), ..(*one).clone() })
                .collect();
            most = busiest(&left, window).max(most);
        }
    }
    most
}

fn busiest(seen: &[Seen], window: Window) -> f64 {
    let begins: Vec<u32> = match window {
        Window::AnyHour => seen.iter().map(|one| one.at).collect(),
        Window::ClockHour => (0..120).map(|hour| hour * 3600).collect(),
        Window::MorningMean => vec![7 * 3600],
    };
    let (hours, length) = if window == Window::MorningMean { (2.0, 7200) } else { (1.0, 3600) };
    let count = |begin: u32| {
        let inside: Vec<&Seen> = seen.iter().filter(|one| (begin..begin + length).contains(&one.at)).collect();
        let neighbours: BTreeSet<Option<usize>> = inside.iter().map(|one| one.neighbour).collect();
        let of = |neighbour: &Option<usize>| {
            let some =
                |side: bool| inside.iter().filter(|one| one.neighbour == *neighbour && one.side == side).count() as f64;
            // There and back are two ways; where nothing tells, all may go one.
            if neighbour.is_some() { some(true).max(some(false)) } else { some(true) + some(false) }
        };
        neighbours.iter().map(of).sum::<f64>() / hours
    };
    begins.into_iter().map(count).fold(0.0, f64::max)
}
