//! What became of the parcels that both runs have, zone by zone.

use std::collections::BTreeMap;

use super::matching::Matching;
use super::parcels::Parcels;
use crate::criteria::{Asks, Criterion, ParcelFacts, RuleSet, Thresholds, Zone};
use crate::runs::RunFolder;
use crate::runs::row::Kept;
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// Areas of one parcel that differ by more than this part are two areas; less is another plane or a redrawn corner.
const SAME_AREA: f64 = 0.01;

/// So many parcels, and their area on the ground.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Amount {
    /// How many.
    pub parcels: u64,
    /// How much; a parcel without usable geometry adds nothing.
    pub area: SquareMetres,
}

impl Amount {
    /// Adds one parcel.
    pub(super) fn add(&mut self, change: &Change) {
        self.parcels += 1;
        self.area = self.area + SquareMetres(change.area_m2.unwrap_or(0.0));
    }
}

/// A parcel whose status in a zone is not the same in both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its index in B.
    pub(super) after: u32,
    /// Its index in A.
    pub(super) before: u32,
    /// The zone.
    pub zone: Zone,
    /// The status in A.
    pub from: Status,
    /// The status in B.
    pub to: Status,
    /// Its ground area: as A has it where it was eligible there, else as B has it.
    pub area_m2: Option<f64>,
    /// The criteria that changed with it, a bit an index in the rule set of B.
    criteria: u64,
    /// That rule set.
    set: &'static RuleSet,
    /// The stop that did it, by its index among the stops of the answer.
    pub stop: Option<u32>,
}

impl Change {
    /// The ids of the criteria of the zone that are not the same for it, in the order of the rule set.
    pub fn criteria(&self) -> impl Iterator<Item = &'static str> {
        let bits = self.criteria;
        self.set
            .criteria
            .iter()
            .enumerate()
            .filter(move |(index, _)| bits >> index & 1 == 1)
            .map(|(_, criterion)| criterion.id)
    }
}

/// What became of the parcels in one zone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ZoneDiff {
    /// From a status to another.
    pub changes: BTreeMap<(Status, Status), Amount>,
    /// By criterion, the changed parcels for which it changed too; a parcel may count for several.
    pub criteria: BTreeMap<&'static str, Amount>,
    /// Changed parcels for which no criterion of the zone changed: something else did it.
    pub without_criterion: Amount,
}

impl ZoneDiff {
    /// Parcels that became eligible.
    #[must_use]
    pub fn gained(&self) -> Amount {
        self.sum(|_, to| to == Status::Eligible)
    }

    /// Parcels that were eligible.
    #[must_use]
    pub fn lost(&self) -> Amount {
        self.sum(|from, _| from == Status::Eligible)
    }

    /// Parcels that are eligible in neither run.
    #[must_use]
    pub fn other(&self) -> Amount {
        self.sum(|from, to| from != Status::Eligible && to != Status::Eligible)
    }

    fn sum(&self, which: impl Fn(Status, Status) -> bool) -> Amount {
        let amounts = self.changes.iter().filter(|((from, to), _)| which(*from, *to)).map(|(_, amount)| amount);
        amounts.fold(Amount::default(), |sum, one| Amount {
            parcels: sum.parcels + one.parcels,
            area: sum.area + one.area,
        })
    }

    fn add(&mut self, change: &Change) {
        self.changes.entry((change.from, change.to)).or_default().add(change);
        if change.criteria == 0 {
            self.without_criterion.add(change);
        }
        for criterion in change.criteria() {
            self.criteria.entry(criterion).or_default().add(change);
        }
    }
}

/// What came of comparing the parcels.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// In the order of B, then of the zones.
    pub(super) changes: Vec<Change>,
    /// The zones that both rule sets have, in the order of B.
    pub(super) zones: Vec<(Zone, ZoneDiff)>,
    /// Parcels with the statuses that they had, and other shares.
    pub(super) shares_only: u64,
    /// Parcels with another area.
    pub(super) other_area: u64,
}

/// Compares the parcels that both runs have.
pub(super) fn compare(runs: &[RunFolder; 2], kept: &Kept, parcels: &[Parcels; 2], matching: &Matching) -> Compared {
    let [a, b] = parcels;
    let asked: Vec<Asked<'_>> = kept.zones.iter().map(|&zone| Asked::new(runs, kept, zone)).collect();
    let zones = kept.zones.iter().map(|&zone| (zone, ZoneDiff::default())).collect();
    let mut compared = Compared { zones, ..Compared::default() };
    for &(before, after) in &matching.pairs {
        let (was, is) = (a.statuses(before), b.statuses(after));
        let areas = [a.area(before), b.area(after)];
        if let [Some(one), Some(other)] = areas {
            compared.other_area += u64::from((one - other).abs() > SAME_AREA * one.max(other));
        }
        if was == is {
            compared.shares_only += u64::from(a.shares(before) != b.shares(after));
            continue;
        }
        for (index, zone) in kept.zones.iter().copied().enumerate().filter(|(index, _)| was[*index] != is[*index]) {
            let (from, to) = (was[index], is[index]);
            let change = Change {
                after,
                before,
                zone,
                from,
                to,
                area_m2: areas[usize::from(from != Status::Eligible)],
                criteria: asked[index].changed([a.shares(before), b.shares(after)], areas),
                set: runs[1].rules.set,
                stop: None,
            };
            compared.zones[index].1.add(&change);
            compared.changes.push(change);
        }
    }
    compared
}

/// What a zone asks for in either run.
struct Asked<'a> {
    /// Each with its index in the rule set of B, and among those with shares.
    criteria: Vec<(&'static Criterion, usize, Option<usize>)>,
    /// Whether both runs ask for the same.
    is_same: bool,
    thresholds: [&'a Thresholds; 2],
}

impl<'a> Asked<'a> {
    fn new(runs: &'a [RunFolder; 2], kept: &Kept, zone: Zone) -> Self {
        let clauses = runs.each_ref().map(|run| {
            let zone = run.rules.set.zone(zone.id());
            let clauses = zone.into_iter().flat_map(|zone| run.rules.clauses(zone));
            clauses.map(|clause| clause.iter().map(|one| one.id).collect()).collect::<Vec<Vec<&str>>>()
        });
        let either = |criterion: &Criterion| clauses.iter().flatten().any(|clause| clause.contains(&criterion.id));
        let share = |id: &str| kept.criteria.iter().position(|criterion| criterion.id == id);
        let of_parcel = |criterion: &Criterion| matches!(criterion.kind.asks(), Asks::Parcel(_));
        let criteria = runs[1].rules.set.criteria.iter().enumerate();
        let criteria =
            criteria.filter(|(_, criterion)| either(criterion)).map(|(index, one)| (one, index, share(one.id)));
        Self {
            // Of one about a region that only one run has there is nothing to compare.
            criteria: criteria.filter(|(one, _, share)| share.is_some() || of_parcel(one)).collect(),
            is_same: clauses[0] == clauses[1],
            thresholds: runs.each_ref().map(|run| &run.rules.thresholds),
        }
    }

    /// The criteria that are not the same for a parcel of these shares and areas, a bit each.
    fn changed(&self, shares: [&[u32]; 2], areas: [Option<f64>; 2]) -> u64 {
        let (mut changed, mut unseen) = (0, Vec::new());
        for &(criterion, index, share) in &self.criteria {
            let bit = 1 << index;
            if let Some(share) = share {
                let [before, after] = shares.map(|shares| &shares[2 * share..][..2]);
                changed |= if before == after { 0 } else { bit };
                continue;
            }
            let [before, after] = [0, 1].map(|run| parcel_answer(criterion, areas[run], self.thresholds[run]));
            changed |= if before == after { 0 } else { bit };
            if before.is_none() {
                unseen.push(bit);
            }
        }
        // What no column tells must have changed where all else is the same.
        match unseen[..] {
            [only] if changed == 0 && self.is_same && areas.iter().all(Option::is_some) => only,
            _ => changed,
        }
    }
}

/// The answer of a criterion about the parcel alone, as far as its area tells.
fn parcel_answer(criterion: &Criterion, area: Option<f64>, thresholds: &Thresholds) -> Option<bool> {
    let facts = ParcelFacts { area: area.map(SquareMetres), ..ParcelFacts::default() };
    match criterion.kind.asks() {
        Asks::Parcel(asks) => asks.answer(&facts, thresholds),
        Asks::Region(_) | Asks::Stops(_) | Asks::OfZone(_) => None,
    }
}
