//! What does an answer settle? Verdicts of parcels that are undetermined today and are not once it is filled in.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::fill::{Fill, filled};
use super::{Item, KeptParcels, Surveyed};
use crate::assess::{Assessor, Groundwork};
use crate::geometry::{Bounds, Point};
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// Verdicts, each one of a parcel in a zone: `parcel × zones + zone`, rising.
pub(super) type Verdicts = Vec<u64>;

/// How much something comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Amounts {
    /// Parcels, each once in however many zones.
    pub parcels: u64,
    /// Their ground area, ha.
    pub hectares: f64,
    /// By zone, in the order of the rules.
    pub zones: Vec<ZoneAmounts>,
}

/// How much something comes to in a zone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ZoneAmounts {
    /// Parcels.
    pub parcels: u64,
    /// Their ground area, ha.
    pub hectares: f64,
}

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What is undetermined today and would not be.
    pub settled: Amounts,
    /// What is not undetermined today and would be: a zone that grows may no longer be sure as a whole.
    pub opened: Amounts,
}

/// All parcels of a city.
pub(super) struct Parcels<'k> {
    kept: &'k [KeptParcels],
    /// The index of the first parcel of each batch.
    first: Vec<u64>,
    hectares: Vec<f64>,
    zones: u64,
    /// The verdicts that are undetermined.
    open: Verdicts,
    /// Boxes around the parcels that have one.
    tree: RTree<GeomWithData<Rectangle<Point>, u64>>,
}

impl<'k> Parcels<'k> {
    pub(super) fn of(kept: &'k [KeptParcels], assessor: &Assessor) -> Self {
        let zones = assessor.judge.rules.zones().len() as u64;
        let (mut first, mut hectares, mut open, mut boxes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for KeptParcels { batch, assessment } in kept {
            let begin = hectares.len() as u64;
            first.push(begin);
            hectares.extend(
                assessment.measures.area_m2.iter().map(|area| area.map_or(0.0, |area| SquareMetres(area).hectares())),
            );
            for row in 0..batch.len() {
                let parcel = begin + row as u64;
                let is_open = |zone: &u64| assessment.statuses[*zone as usize][row] == Status::Undetermined;
                let before = open.len();
                open.extend((0..zones).filter(is_open).map(|zone| parcel * zones + zone));
                if open.len() > before && batch.is_usable(row) {
                    let around = batch.bounds()[row];
                    boxes.push(GeomWithData::new(Rectangle::from_corners(around.min, around.max), parcel));
                }
            }
        }
        Self { kept, first, hectares, zones, open, tree: RTree::bulk_load(boxes) }
    }

    /// What is undetermined.
    pub(super) fn open(&self) -> Amounts {
        self.amounts(&self.open)
    }

    /// How many parcels with an undetermined verdict may come near any of some boxes; all of them without boxes.
    pub(super) fn open_near(&self, around: &[Bounds]) -> u64 {
        if around.is_empty() {
            return self.tree.size() as u64;
        }
        let mut near = BTreeSet::new();
        for one in around {
            let envelope = AABB::from_corners(one.min, one.max);
            near.extend(self.tree.locate_in_envelope_intersecting(&envelope).map(|found| found.data));
        }
        near.len() as u64
    }

    /// How much verdicts come to.
    pub(super) fn amounts(&self, verdicts: &[u64]) -> Amounts {
        let mut amounts = Amounts { zones: vec![ZoneAmounts::default(); self.zones as usize], ..Amounts::default() };
        let mut last = None;
        for verdict in verdicts {
            let (parcel, zone) = (verdict / self.zones, (verdict % self.zones) as usize);
            let hectares = self.hectares[parcel as usize];
            amounts.zones[zone].parcels += 1;
            amounts.zones[zone].hectares += hectares;
            if last != Some(parcel) {
                amounts.parcels += 1;
                amounts.hectares += hectares;
                last = Some(parcel);
            }
        }
        amounts
    }

    /// The area of the parcel of a verdict.
    pub(super) fn hectares_of(&self, verdict: u64) -> f64 {
        self.hectares[(verdict / self.zones) as usize]
    }
}

/// Puts the city together again with answers filled in.
pub(super) struct Reckoner<'a> {
    pub(super) groundwork: &'a Groundwork<'a>,
    pub(super) assessor: &'a Assessor,
    pub(super) parcels: &'a Parcels<'a>,
}

/// What some answers settle, and what they open.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Change {
    pub(super) settled: Verdicts,
    pub(super) opened: Verdicts,
}

/// An item with the verdicts that it settles.
pub(super) struct Reckoned {
    pub(super) item: Item,
    /// By answer.
    pub(super) changes: Vec<Change>,
    pub(super) whichever: Verdicts,
    /// How much it is worth, the highest first.
    rank: [f64; 3],
}

impl Reckoner<'_> {
    /// What comes of answers that are filled in together.
    pub(super) fn change(&self, fills: &[&Fill]) -> Change {
        let city = filled(self.groundwork.city(), self.groundwork.terms().planned_kind.as_deref(), fills);
        let learnt = self.groundwork.where_found(&city.found(), self.assessor);
        let mut change = Change::default();
        if learnt.is_nothing() {
            return change;
        }
        let Parcels { kept, first, zones, .. } = self.parcels;
        let of_batch = |(KeptParcels { batch, assessment }, first): (&KeptParcels, &u64)| {
            let (mut settled, mut opened) = (Vec::new(), Vec::new());
            for turned in learnt.turned(self.assessor, batch, assessment) {
                let index = turned.zone.index();
                let verdict = (first + turned.row as u64) * zones + index as u64;
                let was_open = assessment.statuses[index][turned.row] == Status::Undetermined;
                match (was_open, turned.to == Status::Undetermined) {
                    (true, false) => settled.push(verdict),
                    (false, true) => opened.push(verdict),
                    _ => {}
                }
            }
            settled.sort_unstable();
            opened.sort_unstable();
            Change { settled, opened }
        };
        let pieces: Vec<Change> = kept.par_iter().zip(first).map(of_batch).collect();
        for piece in pieces {
            change.settled.extend(piece.settled);
            change.opened.extend(piece.opened);
        }
        change
    }

    /// What an item comes to by itself; `None` where no answer changes anything.
    pub(super) fn reckon(&self, item: Item) -> Option<Reckoned> {
        let of_answer = |answer: &super::Answer| {
            let mut ways: Vec<Change> = Vec::new();
            for fill in &answer.fills {
                ways.push(self.change(&[fill]));
            }
            let settled = common(ways.iter().map(|way| way.settled.as_slice()));
            let opened: BTreeSet<u64> = ways.iter().flat_map(|way| way.opened.iter().copied()).collect();
            Change { settled, opened: opened.into_iter().collect() }
        };
        let changes: Vec<Change> = item.answers.par_iter().map(of_answer).collect();
        if changes.iter().all(|change| change.settled.is_empty()) {
            return None;
        }
        let whichever = common(changes.iter().map(|change| change.settled.as_slice()));
        let of = |verdicts: &[u64]| self.parcels.amounts(verdicts).hectares;
        let each: Vec<f64> = changes.iter().map(|change| of(&change.settled)).collect();
        let mean = each.iter().sum::<f64>() / each.len() as f64;
        let least = each.iter().copied().fold(f64::INFINITY, f64::min);
        let rank = [mean, of(&whichever), least];
        Some(Reckoned { item, changes, whichever, rank })
    }
}

impl Reckoned {
    /// How much it is worth, the highest first.
    pub(super) fn rank(&self) -> [f64; 3] {
        self.rank
    }

    /// As it is told.
    pub(super) fn told(self, parcels: &Parcels<'_>) -> Surveyed {
        let outcome = |change: &Change| Outcome {
            settled: parcels.amounts(&change.settled),
            opened: parcels.amounts(&change.opened),
        };
        Surveyed {
            whichever: parcels.amounts(&self.whichever),
            outcomes: self.changes.iter().map(outcome).collect(),
            item: self.item,
        }
    }
}

/// What several rising lists have in common.
pub(super) fn common<'v>(mut lists: impl Iterator<Item = &'v [u64]>) -> Verdicts {
    let mut all = lists.next().map(<[u64]>::to_vec).unwrap_or_default();
    for list in lists {
        all.retain(|verdict| list.binary_search(verdict).is_ok());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_settled_whichever_is_what_all_answers_settle() {
        let lists: [&[u64]; 3] = [&[1, 4, 6, 9], &[4, 5, 9], &[2, 4, 9, 11]];
        assert_eq!(common(lists.into_iter()), [4, 9]);
        assert_eq!(common(std::iter::empty()), [0_u64; 0]);
    }
}
