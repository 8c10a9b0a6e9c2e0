//! Which stop did it? For a changed parcel, the nearest changed stop whose walking distance reaches it.
//!
//! A criterion that holds on more of a parcel than before is put down to a stop that counts in B and did not in A, by
//! the distances of B; one that holds on less, to a stop that counted in A and does not in B, by those of A. A stop that
//! moved does both.

use std::collections::BTreeMap;

use super::compare::Change;
use super::parcels::{NearNames, Parcels};
use super::stop_changes::StopChange;
use crate::criteria::{self, Thresholds, Zone};
use crate::crs::ScaleField;
use crate::evidence::Nearest;
use crate::geometry::Shape;
use crate::layers::StopKind;
use crate::planning::finished::row::NO_SHARE;
use crate::planning::finished::stops::plain;
use crate::planning::{Counts, FinishedRun, RunStop};
use crate::units::Metres;
use crate::verdicts::Status;

/// A walkshed is drawn up to so much too large, so that a parcel's share may come from a little beyond the radius.
const DRAWN_TO: Metres = Metres(0.01);

/// The criteria that ask for stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    Frequent,
    Connected,
    Any,
}

/// The run in which a stop counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    A,
    B,
}

/// How surely it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sure,
    Possible,
    /// For sure once the planner's expectations 見込み come true.
    Expected,
}

/// One way in which a parcel can have changed because of a stop.
type Question = (Near, Side, Level);

impl Near {
    const ALL: [Self; 3] = [Self::Frequent, Self::Connected, Self::Any];

    fn id(self) -> &'static str {
        match self {
            Self::Frequent => "near-frequent-transit",
            Self::Connected => "near-connected-stop",
            Self::Any => "near-stop",
        }
    }

    fn counts(self, stop: &RunStop, level: Level) -> bool {
        let counts = match self {
            Self::Frequent => stop.frequent,
            Self::Connected => stop.connects.unwrap_or(Counts::No),
            Self::Any => Counts::Sure,
        };
        match level {
            Level::Sure => counts == Counts::Sure && !stop.is_expected(),
            Level::Possible => counts != Counts::No && !stop.is_expected(),
            Level::Expected => counts == Counts::Sure,
        }
    }

    fn radius(self, kind: StopKind, thresholds: &Thresholds) -> Metres {
        Metres(match (self, kind) {
            (Self::Frequent, StopKind::Rail) => thresholds.station_radius_m,
            (Self::Frequent, StopKind::Tram | StopKind::Bus) => thresholds.stop_radius_m,
            (Self::Connected | Self::Any, _) => thresholds.near_stop_radius_m,
        })
    }
}

impl Side {
    fn of(self, change: &StopChange) -> Option<&RunStop> {
        match self {
            Self::A => change.before.as_ref(),
            Self::B => change.after.as_ref(),
        }
    }

    fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// Stops with one radius.
struct Sites {
    radius: Metres,
    nearest: Nearest,
    /// For each, its place among the changes.
    of: Vec<u32>,
}

/// The changed stops, ready to be asked which of them did it.
pub(super) struct Blame<'a> {
    stops: &'a [StopChange],
    /// By question, stops of each radius.
    sites: BTreeMap<Question, Vec<Sites>>,
    thresholds: [&'a Thresholds; 2],
    scale: &'a ScaleField,
    /// The places of the criteria among those with shares.
    shares: [Option<usize>; 3],
    /// By zone, the criteria that either run asks for.
    asked: [Vec<Near>; 4],
}

impl<'a> Blame<'a> {
    pub(super) fn new(stops: &'a [StopChange], runs: &'a [FinishedRun; 2], scale: &'a ScaleField) -> Self {
        let shares = Near::ALL.map(|near| criteria::places().position(|criterion| criterion.id == near.id()));
        let thresholds = runs.each_ref().map(|run| &run.thresholds);
        let asks = |zone: Zone, near: Near| runs.iter().any(|run| run.asked(zone).any(|id| id == near.id()));
        let asked = Zone::ALL.map(|zone| Near::ALL.into_iter().filter(|&near| asks(zone, near)).collect());
        let mut blame = Self { stops, sites: BTreeMap::new(), thresholds, scale, shares, asked };
        for near in Near::ALL {
            for side in [Side::A, Side::B] {
                for level in [Level::Sure, Level::Possible, Level::Expected] {
                    let question = (near, side, level);
                    blame.sites.insert(question, blame.sites(question));
                }
            }
        }
        blame
    }

    /// The stops that answer a question, by radius.
    fn sites(&self, question: Question) -> Vec<Sites> {
        let (near, side, _) = question;
        let mut found = Vec::new();
        for kinds in [&[StopKind::Rail][..], &[StopKind::Tram, StopKind::Bus]] {
            let (mut places, mut of) = (Vec::new(), Vec::new());
            for (change, number) in self.stops.iter().zip(0..) {
                let stop = side.of(change).filter(|stop| kinds.contains(&stop.kind));
                if let Some(stop) = stop.filter(|_| answers(question, change)) {
                    places.push(stop.place.clone());
                    of.push(number);
                }
            }
            if !places.is_empty() {
                let radius = near.radius(kinds[0], self.thresholds[side as usize]);
                found.push(Sites { radius, nearest: Nearest::new(places), of });
            }
        }
        found
    }

    /// What is to be asked of a changed parcel, the likeliest first; nothing where no stop can have done it.
    fn questions(&self, change: &Change, parcels: &[Parcels; 2]) -> Vec<Question> {
        let mut questions = Vec::new();
        let shares = [parcels[0].shares(change.before), parcels[1].shares(change.after)];
        for near in Near::ALL.into_iter().filter(|near| change.criteria().any(|id| id == near.id())) {
            let Some(place) = self.shares[near as usize] else { continue };
            let end = |end: usize, level: Level| {
                let [before, after] = shares.map(|shares| shares[2 * place + end]);
                let known = before != NO_SHARE && after != NO_SHARE && before != after;
                known.then_some((near, if after > before { Side::B } else { Side::A }, level))
            };
            let mut ends = [end(0, Level::Sure), end(1, Level::Possible)];
            if change.from != Status::Eligible && change.to != Status::Eligible {
                ends.reverse();
            }
            questions.extend(ends.into_iter().flatten());
        }
        // No column tells what holds once expectations come true.
        let side = match (change.from, change.to) {
            (Status::Undetermined | Status::Ineligible, Status::Prospective) => Side::B,
            (Status::Prospective, Status::Undetermined | Status::Ineligible) => Side::A,
            _ => return questions,
        };
        let asked = &self.asked[change.zone as usize];
        questions.extend(asked.iter().map(|&near| (near, side, Level::Expected)));
        questions
    }

    /// Whether any stop can have done it.
    pub(super) fn is_asked(&self, change: &Change, parcels: &[Parcels; 2]) -> bool {
        self.questions(change, parcels).iter().any(|question| !self.sites[question].is_empty())
    }

    /// The stop that did it, by the parcel's shape on the plane; of stops equally near, the first.
    pub(super) fn by_shape(&self, change: &Change, parcels: &[Parcels; 2], lot: &Shape<'_>) -> Option<u32> {
        if lot.is_empty() {
            return None;
        }
        let bounds = lot.bounds();
        self.questions(change, parcels).iter().find_map(|question| {
            let nearest = self.sites[question].iter().filter_map(|sites| {
                let (place, distance) = sites.nearest.to(lot, &bounds, self.scale, &mut None)?;
                (distance <= sites.radius + DRAWN_TO).then_some((distance, sites.of[place as usize]))
            });
            nearest.min_by(|one, other| one.0.0.total_cmp(&other.0.0).then(one.1.cmp(&other.1))).map(|(_, stop)| stop)
        })
    }

    /// The stop that did it, by the names in the columns of the run in which it counts.
    pub(super) fn by_columns(&self, change: &Change, parcels: &[Parcels; 2]) -> Option<u32> {
        self.questions(change, parcels).into_iter().find_map(|question| {
            let (near, side, _) = question;
            let parcel = [change.before, change.after][side as usize];
            let names = parcels[side as usize].near.as_ref()?;
            self.named(question, &candidates(near, names, parcel))
        })
    }

    /// The first changed stop that answers a question and is called so.
    fn named(&self, question: Question, candidates: &[(&str, &[StopKind], f64)]) -> Option<u32> {
        let (near, side, _) = question;
        candidates.iter().find_map(|(name, kinds, metres)| {
            let name = plain(name);
            let is_it = |change: &StopChange| {
                side.of(change).is_some_and(|stop| {
                    let radius = near.radius(stop.kind, self.thresholds[side as usize]) + DRAWN_TO;
                    stop.name.as_deref() == Some(&name) && kinds.contains(&stop.kind) && *metres <= radius.0
                })
            };
            let found = self.stops.iter().position(|change| is_it(change) && answers(question, change))?;
            Some(found as u32)
        })
    }
}

/// Whether a changed stop counts on one side and not, or not there, on the other.
fn answers((near, side, level): Question, change: &StopChange) -> bool {
    let counts = |side: Side| side.of(change).is_some_and(|stop| near.counts(stop, level));
    counts(side) && (change.moved.is_some() || !counts(side.other()))
}

/// The stops that the columns name for a criterion, the nearest first.
fn candidates(near: Near, names: &NearNames, parcel: u32) -> Vec<(&str, &'static [StopKind], f64)> {
    const RAIL: &[StopKind] = &[StopKind::Rail];
    const STOPS: &[StopKind] = &[StopKind::Tram, StopKind::Bus];
    const ANY: &[StopKind] = &[StopKind::Rail, StopKind::Tram, StopKind::Bus];
    let sets: &[(usize, &[StopKind])] = match near {
        Near::Frequent => &[(0, RAIL), (1, STOPS)],
        Near::Connected | Near::Any => &[(2, ANY)],
    };
    let found = sets.iter().filter_map(|&(set, kinds)| names.get(parcel, set).map(|(name, m)| (name, kinds, m)));
    let mut found: Vec<_> = found.collect();
    found.sort_by(|one, other| one.2.total_cmp(&other.2));
    found
}
