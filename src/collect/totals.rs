//! What all parcels come to: counts and hectares by zone and status, what keeps the open ones open, and what the others
//! lack.

use std::collections::BTreeMap;

use super::{Collector, Enough};
use crate::assess::{Assessment, Assessor, BatchResult};
use crate::criteria::{self, Measure, Zone};
use crate::runs::{BesideRecord, CountRecord, LackingRecord, ShortfallRecord};
use crate::table::{Column, parcel_columns};
use crate::units::SquareMetres;
use crate::verdicts::{StandingColumn, Status};

/// Counts the parcels.
#[derive(Debug)]
pub struct Totals<'a> {
    assessor: &'a Assessor,
    /// By criterion, the measures that decide it, each with its column.
    measures: BTreeMap<&'static str, Vec<(Measure, Column)>>,
    totals: RunTotals,
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
    /// By zone and criterion, the undetermined parcels for which the criterion is not settled.
    pub open: BTreeMap<Zone, BTreeMap<&'static str, u64>>,
    /// By zone, what the ineligible parcels lack.
    pub lacking: BTreeMap<Zone, LackingRecord>,
    /// By zone and criterion that it does not ask for but is told of, its eligible parcels.
    pub beside: BTreeMap<Zone, BTreeMap<String, BesideRecord>>,
}

impl<'a> Totals<'a> {
    /// Nothing as yet.
    #[must_use]
    pub fn new(assessor: &'a Assessor) -> Self {
        let columns = parcel_columns();
        // Of an interval, the end that comes nearest to what could still hold.
        let column = |measure: &Measure| {
            let upper = format!("{}_hi", measure.column);
            columns.iter().find(|column| column.name == measure.column || column.name == upper).cloned()
        };
        let of = |criterion: &criteria::Criterion| {
            let measures = criterion.kind.measures().into_iter();
            measures.filter_map(|measure| Some((measure, column(&measure)?))).collect()
        };
        let measures = criteria::CATALOGUE.iter().map(|criterion| (criterion.id, of(criterion))).collect();
        Self { assessor, measures, totals: RunTotals::default() }
    }

    /// What the ineligible parcels of a zone lack.
    fn lacking(&self, assessment: &Assessment, statuses: &[Status], standings: &[StandingColumn]) -> LackingRecord {
        let usable = assessment.measures.area_m2.known();
        let mut misses = vec![0_u8; statuses.len()];
        for standing in standings {
            for (misses, is_met) in misses.iter_mut().zip(&standing.is_met) {
                *misses += u8::from(*is_met == Some(false));
            }
        }
        let is_out = |row: usize| statuses[row] == Status::Ineligible && usable[row];
        let mut lacking = LackingRecord::default();
        lacking.together = (0..statuses.len()).filter(|&row| is_out(row) && misses[row] == 0).count() as u64;
        for standing in standings {
            let failing = |row: &usize| standing.is_met[*row] == Some(false) && is_out(*row);
            let mut shortfall = ShortfallRecord::default();
            for row in (0..statuses.len()).filter(failing) {
                shortfall.parcels += 1;
                shortfall.alone += u64::from(misses[row] == 1);
            }
            if shortfall.parcels == 0 {
                continue;
            }
            for (measure, column) in self.measures.get(standing.criterion.id).into_iter().flatten() {
                let view = column.view(assessment);
                let best = (0..statuses.len())
                    .filter(failing)
                    .filter_map(|row| view.number(row))
                    .filter(|&found| !measure.is_met_by(found, &self.assessor.judge.rules.thresholds))
                    .reduce(|best, one| measure.nearer(best, one));
                if let Some(best) = best {
                    shortfall.nearest.insert(measure.column.to_owned(), best);
                }
            }
            lacking.criteria.insert(standing.criterion.id.to_owned(), shortfall);
        }
        lacking
    }
}

impl Collector for Totals<'_> {
    type Piece = RunTotals;
    type Output = RunTotals;

    fn piece(&self, result: &BatchResult<'_>) -> RunTotals {
        let assessment = &result.assessment;
        let (judge, areas) = (&self.assessor.judge, &assessment.measures.area_m2);
        let usable = areas.known();
        let mut totals = RunTotals { parcels: assessment.len() as u64, ..RunTotals::default() };
        totals.unusable = usable.iter().filter(|known| !**known).count() as u64;
        for (zone, statuses) in Zone::ALL.into_iter().zip(&assessment.statuses) {
            let counts = totals.counts.entry(zone).or_default();
            for (row, status) in statuses.iter().enumerate() {
                let count = counts.entry(*status).or_default();
                count.parcels += 1;
                count.hectares += areas.get(row).map_or(0.0, |area| SquareMetres(area).hectares());
            }
            let there_is = |status: Status| counts.contains_key(&status);
            let standings = if there_is(Status::Undetermined) || there_is(Status::Ineligible) {
                judge.standing_columns(zone, &assessment.measures)
            } else {
                Vec::new()
            };
            let is_open = |row: usize| statuses[row] == Status::Undetermined && usable[row];
            for standing in &standings {
                let open = |row: &usize| standing.is_met[*row].is_none() && is_open(*row);
                let open = (0..statuses.len()).filter(open).count() as u64;
                if open > 0 {
                    totals.open.entry(zone).or_default().insert(standing.criterion.id, open);
                }
            }
            totals.lacking.insert(zone, self.lacking(assessment, statuses, &standings));
            for told in judge.told_columns(zone, &assessment.measures) {
                let eligible = |is_met: Option<bool>| {
                    let rows = statuses.iter().zip(&told.is_met);
                    rows.filter(|(status, met)| **status == Status::Eligible && **met == is_met).count() as u64
                };
                let beside = BesideRecord { outside: eligible(Some(false)), not_known: eligible(None) };
                totals.beside.entry(zone).or_default().insert(told.criterion.id.to_owned(), beside);
            }
        }
        totals
    }

    fn merge(&mut self, piece: RunTotals) -> Result<(), Enough> {
        let totals = &mut self.totals;
        totals.parcels += piece.parcels;
        totals.unusable += piece.unusable;
        for (zone, counts) in piece.counts {
            let known = totals.counts.entry(zone).or_default();
            for (status, count) in counts {
                let sum = known.entry(status).or_default();
                sum.parcels += count.parcels;
                sum.hectares += count.hectares;
            }
        }
        for (zone, criteria) in piece.open {
            let known = totals.open.entry(zone).or_default();
            for (id, parcels) in criteria {
                *known.entry(id).or_default() += parcels;
            }
        }
        for (zone, lacking) in piece.lacking {
            let known = totals.lacking.entry(zone).or_default();
            known.together += lacking.together;
            for (id, shortfall) in lacking.criteria {
                let measures = self.measures.get(id.as_str()).map(Vec::as_slice).unwrap_or_default();
                add(known.criteria.entry(id).or_default(), &shortfall, measures);
            }
        }
        for (zone, criteria) in piece.beside {
            let known = totals.beside.entry(zone).or_default();
            for (id, beside) in criteria {
                let sum = known.entry(id).or_default();
                sum.outside += beside.outside;
                sum.not_known += beside.not_known;
            }
        }
        Ok(())
    }

    fn finish(self) -> RunTotals {
        self.totals
    }
}

/// Adds the parcels of another piece that fail the same criterion.
fn add(sum: &mut ShortfallRecord, other: &ShortfallRecord, measures: &[(Measure, Column)]) {
    sum.parcels += other.parcels;
    sum.alone += other.alone;
    for (measure, _) in measures {
        let Some(&found) = other.nearest.get(measure.column) else { continue };
        let nearest = sum.nearest.entry(measure.column.to_owned()).or_insert(found);
        *nearest = measure.nearer(*nearest, found);
    }
}
