//! What all parcels come to: counts and hectares by zone and status, and what keeps the open ones open.

use std::collections::BTreeMap;

use super::{Collector, Enough};
use crate::assess::{Assessor, BatchResult};
use crate::criteria::Zone;
use crate::runs::CountRecord;
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// Counts the parcels.
#[derive(Debug)]
pub struct Totals<'a> {
    assessor: &'a Assessor,
    sum: RunTotals,
}

/// What some parcels come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunTotals {
    /// How many there are.
    pub parcels: u64,
    /// How many of them have no usable geometry.
    pub unusable: u64,
    /// By zone and status.
    pub counts: BTreeMap<Zone, BTreeMap<Status, CountRecord>>,
    /// By zone and reason ([`crate::verdicts::Reason`]), the undetermined parcels that it keeps open.
    pub open: BTreeMap<Zone, BTreeMap<&'static str, u64>>,
}

impl<'a> Totals<'a> {
    /// Nothing as yet.
    #[must_use]
    pub fn new(assessor: &'a Assessor) -> Self {
        Self { assessor, sum: RunTotals::default() }
    }
}

impl Collector for Totals<'_> {
    type Piece = RunTotals;
    type Output = RunTotals;

    fn piece(&self, result: &BatchResult<'_>) -> RunTotals {
        let assessment = &result.assessment;
        let (judge, areas) = (&self.assessor.judge, &assessment.measures.area_m2);
        let usable = areas.known();
        let unusable = usable.iter().filter(|known| !**known).count() as u64;
        let mut totals = RunTotals { parcels: assessment.len() as u64, unusable, ..RunTotals::default() };
        for (zone, statuses) in judge.rules.zones().zip(&assessment.statuses) {
            let counts = totals.counts.entry(zone).or_default();
            for (row, status) in statuses.iter().enumerate() {
                let count = counts.entry(*status).or_default();
                count.parcels += 1;
                count.hectares += areas.get(row).map_or(0.0, |area| SquareMetres(area).hectares());
            }
            if !counts.contains_key(&Status::Undetermined) {
                continue;
            }
            for open in judge.open(zone, &assessment.measures, statuses) {
                let parcels = open.is_open.iter().filter(|is_open| **is_open).count() as u64;
                totals.open.entry(zone).or_default().insert(open.reason.id(), parcels);
            }
        }
        totals
    }

    fn merge(&mut self, piece: RunTotals) -> Result<(), Enough> {
        let totals = &mut self.sum;
        totals.parcels += piece.parcels;
        totals.unusable += piece.unusable;
        for (zone, counts) in piece.counts {
            let known = totals.counts.entry(zone).or_default();
            for (status, count) in counts {
                *known.entry(status).or_default() += count;
            }
        }
        for (zone, criteria) in piece.open {
            let known = totals.open.entry(zone).or_default();
            for (id, parcels) in criteria {
                *known.entry(id).or_default() += parcels;
            }
        }
        Ok(())
    }

    fn finish(self) -> RunTotals {
        self.sum
    }
}
