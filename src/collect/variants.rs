//! What would change if timetables were counted by another rule?

use std::collections::{BTreeMap, BTreeSet};

use super::{Collector, Enough};
use crate::assess::{Assessor, BatchResult, Groundwork};
use crate::criteria::Zone;
use crate::evidence::{KnownIndex, ShareColumns};
use crate::runs::{CountRecord, StatusChangeRecord, VariantRecord};
use crate::transit::{CountingRule, Stop};
use crate::units::SquareMetres;
use crate::verdicts::{Judge, Status};

/// Counts how parcels change status under every rule of counting that differs from the chosen one by one switch.
#[derive(Debug)]
pub struct Variants<'a> {
    judge: &'a Judge,
    others: Vec<Variant>,
    changes: Vec<Changes>,
}

/// Another rule, and the city as it counts.
#[derive(Debug)]
struct Variant {
    rule: CountingRule,
    /// Names of the stops that reach the peak service for certain by this rule and not by the chosen one.
    gained: BTreeSet<String>,
    /// Names of the stops that reach it by the chosen one only.
    lost: BTreeSet<String>,
    /// The zones by this rule; `None` where all stays as it is.
    zones: Option<Vec<KnownIndex>>,
}

/// How parcels change status under one variant.
type Changes = BTreeMap<(Zone, Status, Status), CountRecord>;

impl<'a> Variants<'a> {
    /// Works out the city under the other rules.
    #[must_use]
    pub fn new(groundwork: &Groundwork<'_>, chosen: &'a Assessor, rule: CountingRule) -> Self {
        let others = rule.switches().into_iter().filter(|other| *other != rule);
        let others: Vec<Variant> = others.map(|rule| Variant::of(rule, groundwork, chosen)).collect();
        Self { judge: &chosen.judge, changes: vec![Changes::new(); others.len()], others }
    }
}

impl Variant {
    fn of(rule: CountingRule, groundwork: &Groundwork<'_>, chosen: &Assessor) -> Self {
        let recount = groundwork.recount(rule, chosen);
        let reaches = |stop: &Stop| chosen.judge.rules.has_service(stop)[0];
        let names = |is_meant: &dyn Fn(&Stop, &Stop) -> bool| -> BTreeSet<String> {
            let both = chosen.stops.iter().zip(&recount.stops);
            let meant = both.filter(|(chosen, other)| is_meant(chosen, other));
            // Of the rows of one stop, the last one's name.
            let groups: BTreeMap<usize, &Stop> = meant.map(|(_, stop)| (stop.group, stop)).collect();
            groups.values().map(|stop| stop.name.clone().unwrap_or_default()).collect()
        };
        Self {
            rule,
            gained: names(&|chosen, other| reaches(other) && !reaches(chosen)),
            lost: names(&|chosen, other| reaches(chosen) && !reaches(other)),
            zones: recount.zones,
        }
    }

    /// How a batch of parcels changes status.
    fn changes(&self, result: &BatchResult<'_>, judge: &Judge) -> Changes {
        let mut changes = Changes::new();
        let Some(zones) = &self.zones else { return changes };
        let (assessment, measures) = (&result.assessment, &result.assessment.measures);
        let shares: Vec<ShareColumns> = zones.iter().map(|zone| zone.shares(&result.batch)).collect();
        let statuses = judge.statuses_in(&shares, measures);
        for (zone, (chosen, other)) in judge.rules.zones().zip(assessment.statuses.iter().zip(&statuses)) {
            for (row, (&from, &to)) in chosen.iter().zip(other).enumerate().filter(|(_, (from, to))| from != to) {
                let count = changes.entry((zone, from, to)).or_default();
                count.parcels += 1;
                count.hectares += measures.area_m2.get(row).map_or(0.0, |area| SquareMetres(area).hectares());
            }
        }
        changes
    }

    fn record(self, changes: Changes) -> VariantRecord {
        let change = |((zone, from, to), count): ((Zone, Status, Status), CountRecord)| {
            StatusChangeRecord::new(zone.id(), from, to, count)
        };
        VariantRecord {
            rule: self.rule.id(),
            stops_gained: self.gained,
            stops_lost: self.lost,
            changes: changes.into_iter().map(change).collect(),
        }
    }
}

impl Collector for Variants<'_> {
    /// By variant.
    type Piece = Vec<BTreeMap<(Zone, Status, Status), CountRecord>>;
    type Output = Vec<VariantRecord>;

    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
        self.others.iter().map(|variant| variant.changes(result, self.judge)).collect()
    }

    fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough> {
        for (known, changes) in self.changes.iter_mut().zip(piece) {
            for (change, count) in changes {
                *known.entry(change).or_default() += count;
            }
        }
        Ok(())
    }

    fn finish(self) -> Vec<VariantRecord> {
        self.others.into_iter().zip(self.changes).map(|(variant, changes)| variant.record(changes)).collect()
    }
}
