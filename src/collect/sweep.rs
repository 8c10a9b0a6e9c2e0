//! How many parcels come to which status while one threshold goes from number to number?

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Collector, Enough};
use crate::assess::{Assessor, BatchResult, Groundwork, LastNumber, Retold};
use crate::criteria::{Criterion, Zone};
use crate::evidence::{KnownShift, Moved};
use crate::runs::CountRecord;
use crate::units::SquareMetres;
use crate::verdicts::{Judge, Shares, Status};

/// Numbers are taken in so many runs of neighbours, the runs at the same time.
const RUNS: usize = 8;

/// A threshold and the numbers that it takes in turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// The key of the threshold.
    pub key: &'static str,
    /// The numbers, rising.
    pub numbers: Vec<f64>,
}

/// Counts the parcels under every number of a sweep, in one pass over them.
///
/// Of the city under a number, only what differs from the run is kept, and of the parcels, only those are asked again that
/// it touches.
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
    /// By zone, in the order of the rules.
    zones: Vec<ZoneStep>,
}

/// A zone under one number.
#[derive(Debug)]
struct ZoneStep {
    /// `None` where it lies as in the run.
    shift: Option<KnownShift>,
    /// Whether a parcel whose shares are those of the run has the status of the run.
    is_judged_alike: bool,
}

/// The counts of a zone, in the order of [`Status::ALL`].
type ZoneCounts = [CountRecord; Status::ALL.len()];

impl<'a> SweepCounts<'a> {
    /// Works out the city under every number of the sweep.
    #[must_use]
    pub fn new(groundwork: &Groundwork<'_>, assessor: &'a Assessor, sweep: &Sweep) -> Self {
        let step = |number: f64, last: &mut LastNumber| {
            Step::new(groundwork.with_threshold(sweep.key, number, assessor, last), sweep.key, assessor)
        };
        let run = |numbers: &[f64]| -> Vec<Step> {
            let mut last = LastNumber::default();
            numbers.iter().map(|&number| step(number, &mut last)).collect()
        };
        // What numbers have in common is drawn under the first one and remembered; what neighbours have is kept within a run of
        // numbers, which are cut by their count and not by threads.
        let (first, others) = sweep.numbers.split_at(sweep.numbers.len().min(1));
        let length = others.len().div_ceil(RUNS).max(1);
        let steps: Vec<Step> =
            run(first).into_iter().chain(others.par_chunks(length).flat_map_iter(run).collect::<Vec<_>>()).collect();
        Self { assessor, sum: vec![StepCounts::new(); steps.len()], steps }
    }

    /// `of_run` are the counts of the run.
    fn counts(&self, step: &Step, result: &BatchResult<'_>, of_run: &[ZoneCounts]) -> StepCounts {
        let (measures, statuses) = (&result.assessment.measures, &result.assessment.statuses);
        let mut counts = StepCounts::new();
        for (zone, of_step) in step.judge.rules.zones().zip(&step.zones) {
            let index = zone.index();
            let moved =
                of_step.shift.as_ref().map(|shift| shift.moved(&self.assessor.study.zones[index], &result.batch));
            let of_zone = match (of_step.is_judged_alike, moved) {
                (true, None) => of_run[index],
                (true, Some(moved)) if moved.rows.is_empty() => of_run[index],
                (true, Some(moved)) => {
                    let mut statuses = statuses[index].clone();
                    step.judge_again(zone, &moved, result, &mut statuses);
                    counted(&statuses, result)
                }
                (false, moved) => {
                    let mut statuses = step.judge.statuses_of(zone, &measures.zones[index], measures);
                    step.judge_again(zone, &moved.unwrap_or_default(), result, &mut statuses);
                    counted(&statuses, result)
                }
            };
            let there = Status::ALL.into_iter().zip(of_zone).filter(|(_, count)| count.parcels > 0);
            counts.extend(there.map(|(status, count)| ((zone, status), count)));
        }
        counts
    }
}

impl Step {
    fn new(Retold { zones, rules }: Retold, key: &str, assessor: &Assessor) -> Self {
        let same_membership = rules.thresholds.membership() == assessor.judge.rules.thresholds.membership();
        let hangs = |one: &Criterion| !one.is_region() && one.kind.thresholds().contains(&key);
        let of_zone = |(zone, shift): (Zone, Option<KnownShift>)| ZoneStep {
            shift,
            is_judged_alike: same_membership && !rules.criteria(zone).any(hangs),
        };
        let zones = rules.zones().zip(zones).map(of_zone).collect();
        Self { judge: assessor.judge.under(rules), zones }
    }

    /// Gives the parcels whose shares are other ones their statuses.
    fn judge_again(&self, zone: Zone, moved: &Moved, result: &BatchResult<'_>, statuses: &mut [Status]) {
        for (index, &row) in moved.rows.iter().enumerate() {
            let shares = Shares::of(&moved.shares, index);
            statuses[row] = self.judge.status(zone, shares, &result.assessment.measures, row);
        }
    }
}

/// How many parcels have which status.
fn counted(statuses: &[Status], result: &BatchResult<'_>) -> ZoneCounts {
    let mut counts = ZoneCounts::default();
    for (status, area) in statuses.iter().zip(result.assessment.measures.area_m2.iter()) {
        let count = &mut counts[*status as usize];
        count.parcels += 1;
        count.hectares += area.map_or(0.0, |area| SquareMetres(area).hectares());
    }
    counts
}

impl Collector for SweepCounts<'_> {
    /// By number.
    type Piece = Vec<StepCounts>;
    type Output = Vec<StepCounts>;

    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
        let of_run: Vec<ZoneCounts> =
            result.assessment.statuses.iter().map(|statuses| counted(statuses, result)).collect();
        self.steps.iter().map(|step| self.counts(step, result, &of_run)).collect()
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
