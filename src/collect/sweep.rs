//! How many parcels come to which status while one threshold goes from number to number?

use std::collections::BTreeMap;

use super::{Collector, Enough};
use crate::assess::{Assessor, BatchResult, Groundwork, Retold};
use crate::criteria::Zone;
use crate::evidence::{KnownIndex, ShareColumns};
use crate::runs::CountRecord;
use crate::units::SquareMetres;
use crate::verdicts::{Judge, Status};

/// A threshold and the numbers that it takes in turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// The key of the threshold.
    pub key: &'static str,
    /// The numbers, rising.
    pub numbers: Vec<f64>,
}

/// Counts the parcels under every number of a sweep, in one pass over them.
#[derive(Debug)]
pub struct SweepCounts<'a> {
    assessor: &'a Assessor,
    steps: Vec<Step>,
    sum: Vec<StepCounts>,
}

/// By zone and status.
pub type StepCounts = BTreeMap<(Zone, Status), CountRecord>;

/// The city under one number.
#[derive(Debug)]
struct Step {
    judge: Judge,
    /// The zones; `None` where they lie as in the run.
    zones: Option<Vec<KnownIndex>>,
}

impl<'a> SweepCounts<'a> {
    /// Works out the city under every number of the sweep.
    #[must_use]
    pub fn new(groundwork: &Groundwork<'_>, assessor: &'a Assessor, sweep: &Sweep) -> Self {
        let step = |&number: &f64| {
            let Retold { zones, rules } = groundwork.with_threshold(sweep.key, number, assessor);
            Step { judge: assessor.judge.under(rules), zones }
        };
        let steps: Vec<Step> = sweep.numbers.iter().map(step).collect();
        Self { assessor, sum: vec![StepCounts::new(); steps.len()], steps }
    }

    fn counts(&self, step: &Step, result: &BatchResult<'_>) -> StepCounts {
        let measures = &result.assessment.measures;
        let shares = step.zones.as_ref().map(|zones| self.shares(zones, result));
        let statuses = step.judge.statuses_in(shares.as_ref().unwrap_or(&measures.zones), measures);
        let mut counts = StepCounts::new();
        for (zone, statuses) in step.judge.rules.zones().zip(&statuses) {
            for (row, &status) in statuses.iter().enumerate() {
                let count = counts.entry((zone, status)).or_default();
                count.parcels += 1;
                count.hectares += measures.area_m2.get(row).map_or(0.0, |area| SquareMetres(area).hectares());
            }
        }
        counts
    }

    /// The shares in zones; those of the run where a zone is the same.
    fn shares(&self, zones: &[KnownIndex], result: &BatchResult<'_>) -> Vec<ShareColumns> {
        let of_run = self.assessor.study.zones.iter().zip(&result.assessment.measures.zones);
        let share = |(zone, (known, shares)): (&KnownIndex, (&KnownIndex, &ShareColumns))| {
            if zone.is_same(known) { shares.clone() } else { zone.shares(&result.batch) }
        };
        zones.iter().zip(of_run).map(share).collect()
    }
}

impl Collector for SweepCounts<'_> {
    /// By number.
    type Piece = Vec<StepCounts>;
    type Output = Vec<StepCounts>;

    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
        self.steps.iter().map(|step| self.counts(step, result)).collect()
    }

    fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough> {
        for (known, counts) in self.sum.iter_mut().zip(piece) {
            for (of, count) in counts {
                *known.entry(of).or_default() += count;
            }
        }
        Ok(())
    }

    fn finish(self) -> Vec<StepCounts> {
        self.sum
    }
}
