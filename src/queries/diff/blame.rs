//! Which stop did it? For a changed parcel, the nearest changed stop whose walking distance reaches it.
//!
//! A criterion that holds on more of a parcel than before is put down to a stop that counts in B and did not in A, by
//! the distances of B; one that holds on less, to a stop that counted in A and does not in B, by those of A. A stop that
//! moved does both.

use std::collections::BTreeMap;

use super::compare::Change;
use super::parcels::{NearNames, Parcels};
use super::stop_changes::StopChange;
use crate::criteria::{Criterion, NearPlaces, NearSet, StopCounts, StopQuestion, Thresholds};
use crate::crs::ScaleField;
use crate::evidence::Nearest;
use crate::geometry::Shape;
use crate::layers::StopKind;
use crate::regions::Certainty;
use crate::runs::row::{Kept, NO_SHARE};
use crate::runs::stops::plain;
use crate::runs::{RunFolder, RunStop};
use crate::units::Metres;
use crate::verdicts::Status;

/// A walkshed is drawn up to so much too large, so that a parcel's share may come from a little beyond the radius.
const DRAWN_TO: Metres = Metres(0.01);

/// A criterion that asks for stops.
#[derive(Debug, Clone)]
struct Near {
    criterion: &'static Criterion,
    question: StopQuestion,
    /// Its index among the criteria with shares.
    share: usize,
    /// The indices of the sets of the nearest that show it.
    sets: Vec<usize>,
}

/// The run in which a stop counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    A,
    B,
}

/// One way in which a parcel can have changed because of a stop: the index of a criterion in [`Blame::near`], the run in
/// which the stop counts, and how surely.
type Question = (usize, Side, Certainty);

/// The certainties by which stops may count.
const CERTAINTIES: [Certainty; 2] = [Certainty::Sure, Certainty::Possible];

impl Near {
    fn all(kept: &Kept) -> Vec<Self> {
        let near = |(share, &criterion): (usize, &&'static Criterion)| {
            let question = criterion.kind.stop_question()?;
            let of = |id: &str| {
                let shows =
                    |set: &NearSet| matches!(&set.places, NearPlaces::Stops { criterion, .. } if *criterion == id);
                (0..kept.near.len()).filter(|&set| shows(kept.near[set])).collect::<Vec<_>>()
            };
            // Of stops that connect no column tells; the nearest of any service may be one.
            let of_any = || {
                kept.criteria
                    .iter()
                    .find(|other| other.kind.stop_question().is_some_and(|question| is_of_any(&question)))
            };
            let sets = match of(criterion.id) {
                none if none.is_empty() => of_any().map(|other| of(other.id)).unwrap_or_default(),
                sets => sets,
            };
            Some(Self { criterion, question, share, sets })
        };
        kept.criteria.iter().enumerate().filter_map(near).collect()
    }

    fn counts(&self, stop: &RunStop, certainty: Certainty) -> bool {
        let counts = match self.question.of(stop.kind).map(|asked| asked.counts) {
            Some(StopCounts::Service { .. }) => stop.frequent,
            Some(StopCounts::Connected) => stop.connects.unwrap_or(Certainty::No),
            Some(StopCounts::Any) => Certainty::Sure,
            None => Certainty::No,
        };
        match certainty {
            Certainty::Sure => counts == Certainty::Sure,
            Certainty::Possible => counts != Certainty::No,
            // Nobody expects a stop.
            Certainty::Expected | Certainty::No => false,
        }
    }

    fn radius(&self, mode: StopKind, thresholds: &Thresholds) -> Metres {
        Metres(self.question.of(mode).and_then(|asked| thresholds.get(asked.within)).unwrap_or_default())
    }
}

/// Whether stops of any service count, of every mode.
fn is_of_any(question: &StopQuestion) -> bool {
    StopKind::ALL.into_iter().all(|mode| question.of(mode).is_some_and(|asked| asked.counts == StopCounts::Any))
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
    /// For each, its index among the changes.
    of: Vec<u32>,
}

/// The changed stops, ready to be asked which of them did it.
pub(super) struct Blame<'a> {
    stops: &'a [StopChange],
    /// By question, stops of each radius.
    sites: BTreeMap<Question, Vec<Sites>>,
    thresholds: [&'a Thresholds; 2],
    scale: &'a ScaleField,
    /// The criteria that ask for stops.
    near: Vec<Near>,
    /// The modes of each set of the nearest.
    modes: Vec<Vec<StopKind>>,
}

impl<'a> Blame<'a> {
    pub(super) fn new(stops: &'a [StopChange], runs: &'a [RunFolder; 2], kept: &Kept, scale: &'a ScaleField) -> Self {
        let near = Near::all(kept);
        let thresholds = runs.each_ref().map(|run| &run.rules.thresholds);
        let mut blame = Self {
            stops,
            sites: BTreeMap::new(),
            thresholds,
            scale,
            near,
            modes: kept.near.iter().map(|set| modes(set)).collect(),
        };
        for near in 0..blame.near.len() {
            for side in [Side::A, Side::B] {
                for certainty in CERTAINTIES {
                    let question = (near, side, certainty);
                    blame.sites.insert(question, blame.sites(question));
                }
            }
        }
        blame
    }

    /// The stops that answer a question, by mode.
    fn sites(&self, question: Question) -> Vec<Sites> {
        let (near, side, _) = question;
        let mut found = Vec::new();
        for mode in StopKind::ALL {
            let (mut places, mut of) = (Vec::new(), Vec::new());
            for (change, number) in self.stops.iter().zip(0..) {
                let stop = side.of(change).filter(|stop| stop.kind == mode);
                if let Some(stop) = stop.filter(|_| self.answers(question, change)) {
                    places.push(stop.place.clone());
                    of.push(number);
                }
            }
            if !places.is_empty() {
                let radius = self.near[near].radius(mode, self.thresholds[side as usize]);
                found.push(Sites { radius, nearest: Nearest::new(places), of });
            }
        }
        found
    }

    /// Whether a changed stop counts on one side and not, or not there, on the other.
    fn answers(&self, (near, side, certainty): Question, change: &StopChange) -> bool {
        let counts = |side: Side| side.of(change).is_some_and(|stop| self.near[near].counts(stop, certainty));
        counts(side) && (change.moved.is_some() || !counts(side.other()))
    }

    /// What is to be asked of a changed parcel, the likeliest first; nothing where no stop can have done it.
    fn questions(&self, change: &Change, parcels: &[Parcels; 2]) -> Vec<Question> {
        let mut questions = Vec::new();
        let shares = [parcels[0].shares(change.before), parcels[1].shares(change.after)];
        for (index, near) in self.near.iter().enumerate() {
            if !change.criteria().any(|id| id == near.criterion.id) {
                continue;
            }
            let end = |end: usize, certainty: Certainty| {
                let [before, after] = shares.map(|shares| shares[2 * near.share + end]);
                let known = before != NO_SHARE && after != NO_SHARE && before != after;
                known.then_some((index, if after > before { Side::B } else { Side::A }, certainty))
            };
            let mut ends = [end(0, Certainty::Sure), end(1, Certainty::Possible)];
            if change.from != Status::Eligible && change.to != Status::Eligible {
                ends.reverse();
            }
            questions.extend(ends.into_iter().flatten());
        }
        questions
    }

    /// Whether any stop can have done it.
    pub(super) fn is_asked(&self, change: &Change, parcels: &[Parcels; 2]) -> bool {
        self.questions(change, parcels).iter().any(|question| !self.sites[question].is_empty())
    }

    /// The stop that did it, by the parcel's shape on the plane; of stops equally near, the first.
    pub(super) fn by_shape(&self, change: &Change, parcels: &[Parcels; 2], parcel: &Shape<'_>) -> Option<u32> {
        if parcel.is_empty() {
            return None;
        }
        let bounds = parcel.bounds();
        self.questions(change, parcels).iter().find_map(|question| {
            let nearest = self.sites[question].iter().filter_map(|sites| {
                let (index, distance) = sites.nearest.to(parcel, &bounds, self.scale, &mut None)?;
                (distance <= sites.radius + DRAWN_TO).then_some((distance, sites.of[index as usize]))
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
            self.named(question, &self.candidates(&self.near[near].sets, names, parcel))
        })
    }

    /// The first changed stop that answers a question and is called so.
    fn named(&self, question: Question, candidates: &[(&str, &[StopKind], f64)]) -> Option<u32> {
        let (near, side, _) = question;
        candidates.iter().find_map(|(name, kinds, metres)| {
            let name = plain(name);
            let is_it = |change: &StopChange| {
                side.of(change).is_some_and(|stop| {
                    let radius = self.near[near].radius(stop.kind, self.thresholds[side as usize]) + DRAWN_TO;
                    stop.name.as_deref() == Some(&name) && kinds.contains(&stop.kind) && *metres <= radius.0
                })
            };
            let found = self.stops.iter().position(|change| is_it(change) && self.answers(question, change))?;
            Some(found as u32)
        })
    }

    /// The stops that the columns of some sets name, the nearest first.
    fn candidates<'n>(&self, sets: &[usize], names: &'n NearNames, parcel: u32) -> Vec<(&'n str, &[StopKind], f64)> {
        let named =
            |&set: &usize| names.get(parcel, set).map(|(name, metres)| (name, self.modes[set].as_slice(), metres));
        let mut found: Vec<_> = sets.iter().filter_map(named).collect();
        found.sort_by(|one, other| one.2.total_cmp(&other.2));
        found
    }
}

/// The modes of the stops in a set of the nearest.
fn modes(set: &NearSet) -> Vec<StopKind> {
    match &set.places {
        NearPlaces::Stops { modes, .. } => modes.clone(),
        _ => Vec::new(),
    }
}
