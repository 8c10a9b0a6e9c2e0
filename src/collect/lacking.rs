//! Why not? What the ineligible parcels of each zone lack, and what the eligible ones lack without being asked for it.

use std::collections::BTreeMap;

use super::{Collector, Enough};
use crate::assess::{Assessment, Assessor, BatchResult};
use crate::criteria::{Criterion, Measure, Zone};
use crate::runs::{BesideRecord, LackingRecord, ShortfallRecord};
use crate::table::{Column, parcel_columns};
use crate::verdicts::{StandingColumn, Status};

/// Counts what parcels lack.
#[derive(Debug)]
pub struct Lacking<'a> {
    assessor: &'a Assessor,
    /// By criterion, the measures that decide it, each with its column.
    measures: BTreeMap<&'static str, Vec<(Measure, Column)>>,
    sum: Lacks,
}

/// What some parcels lack.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lacks {
    /// By zone, what its ineligible parcels lack.
    pub lacking: BTreeMap<Zone, LackingRecord>,
    /// By zone and criterion that it does not ask for, its eligible parcels.
    pub beside: BTreeMap<Zone, BTreeMap<String, BesideRecord>>,
}

impl<'a> Lacking<'a> {
    /// Nothing as yet.
    #[must_use]
    pub fn new(assessor: &'a Assessor) -> Self {
        let set = assessor.judge.rules.set;
        let columns = parcel_columns(set);
        // Of an interval, the end that comes nearest to what could still hold.
        let column = |measure: &Measure| {
            let upper = format!("{}_hi", measure.column);
            columns.iter().find(|column| column.name == measure.column || column.name == upper).cloned()
        };
        let of = |criterion: &Criterion| {
            let measures = criterion.measures().into_iter();
            measures.filter_map(|measure| Some((measure, column(&measure)?))).collect()
        };
        let measures = set.criteria.iter().map(|criterion| (criterion.id, of(criterion))).collect();
        Self { assessor, measures, sum: Lacks::default() }
    }

    /// What the ineligible parcels of a zone lack.
    fn lacking(&self, assessment: &Assessment, zone: Zone, standings: &[StandingColumn]) -> LackingRecord {
        let statuses = &assessment.statuses[zone.index()];
        let usable = assessment.measures.area_m2.known();
        let mut misses = vec![0_u8; statuses.len()];
        for standing in standings {
            for (misses, is_met) in misses.iter_mut().zip(&standing.is_met) {
                *misses += u8::from(*is_met == Some(false));
            }
        }
        let is_out = |row: usize| statuses[row] == Status::Ineligible && usable[row];
        let judge = &self.assessor.judge;
        let none_missed = (0..statuses.len()).filter(|&row| is_out(row) && misses[row] == 0);
        let is_withheld = |row: &usize| judge.is_withheld(zone, &assessment.measures, *row);
        let (withheld, others): (Vec<usize>, Vec<usize>) = none_missed.partition(is_withheld);
        let mut lacking = LackingRecord {
            together: others.len() as u64,
            as_a_whole: withheld.len() as u64,
            criteria: BTreeMap::new(),
        };
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

    /// The eligible parcels of a zone, by the criteria that it does not ask for and outputs tell of.
    fn beside(&self, assessment: &Assessment, zone: Zone, statuses: &[Status]) -> BTreeMap<String, BesideRecord> {
        let told = self.assessor.judge.told_columns(zone, &assessment.measures);
        let of = |told: StandingColumn| {
            let eligible = |is_met: Option<bool>| {
                let rows = statuses.iter().zip(&told.is_met);
                rows.filter(|(status, met)| **status == Status::Eligible && **met == is_met).count() as u64
            };
            let found = BesideRecord { outside: eligible(Some(false)), not_known: eligible(None) };
            (told.criterion.id.to_owned(), found)
        };
        told.into_iter().map(of).collect()
    }
}

impl Collector for Lacking<'_> {
    type Piece = Lacks;
    type Output = Lacks;

    fn piece(&self, result: &BatchResult<'_>) -> Lacks {
        let assessment = &result.assessment;
        let mut lacks = Lacks::default();
        for (zone, statuses) in self.assessor.judge.rules.zones().zip(&assessment.statuses) {
            let standings = self.assessor.judge.standing_columns(zone, &assessment.measures);
            lacks.lacking.insert(zone, self.lacking(assessment, zone, &standings));
            lacks.beside.insert(zone, self.beside(assessment, zone, statuses));
        }
        lacks
    }

    fn merge(&mut self, piece: Lacks) -> Result<(), Enough> {
        for (zone, lacking) in piece.lacking {
            let known = self.sum.lacking.entry(zone).or_default();
            known.together += lacking.together;
            known.as_a_whole += lacking.as_a_whole;
            for (id, shortfall) in lacking.criteria {
                let measures = self.measures.get(id.as_str()).map(Vec::as_slice).unwrap_or_default();
                add(known.criteria.entry(id).or_default(), &shortfall, measures);
            }
        }
        for (zone, criteria) in piece.beside {
            let known = self.sum.beside.entry(zone).or_default();
            for (id, beside) in criteria {
                let sum = known.entry(id).or_default();
                sum.outside += beside.outside;
                sum.not_known += beside.not_known;
            }
        }
        Ok(())
    }

    fn finish(self) -> Lacks {
        self.sum
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
