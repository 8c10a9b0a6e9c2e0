//! Why does a parcel stand as it does in every zone, and what is the smallest change that would turn it?
//!
//! A criterion is moved while all else of the zone stays as it is: a distance grows, a border moves, a unit holds more, a stop has one
//! departure more. What is looked for is not how far the parcel's nearest edge is, but the change with which the part of the parcel that
//! is asked for comes to lie in the zone. What of a criterion can be moved, its kind says ([`crate::criteria::Lever`]).

mod at;
mod border;
mod columns;
mod deciders;
mod distances;
mod document;
mod ground;
mod land;
mod meant;
mod parcel_changes;
mod parts;
mod prepared;
mod seen;
mod service_changes;
mod sites;
mod told;
mod turns;
mod unit_changes;
mod words;

pub use document::document;
pub use land::{Ends, LandExplained};
pub use meant::{is_meant, not_one};
pub use seen::percent;
pub use told::{
    Answer, Change, ChangeOf, CriterionExplained, Decider, Explanation, StopSeen, Turn, UnitSeen, Way, WholeExplained,
    ZoneExplained,
};
pub use words::{Sayings, Turned, direction, named, rule_of};

use ground::Ground;
use parcel_changes::Row;
use prepared::Prepared;

use crate::assess::{Assessment, Assessor, Groundwork};
use crate::criteria::{Context, Criterion, Zone};
use crate::evidence::Batch;
use crate::transit::Stop;
use crate::verdicts::{Reason, Shares};

/// A city ready to explain its parcels. Can be shared between threads.
pub struct Explainer<'a> {
    groundwork: &'a Groundwork<'a>,
    assessor: &'a Assessor,
    context: Context<'a>,
    /// The criteria of the rule set, in its order.
    prepared: Vec<Prepared<'a>>,
}

impl<'a> Explainer<'a> {
    /// Makes a city ready. `assessor` and `groundwork` are what [`Groundwork::lay`] gave.
    #[must_use]
    pub fn new(groundwork: &'a Groundwork<'a>, assessor: &'a Assessor) -> Self {
        let context = groundwork.context_of(assessor);
        let of = |criterion: &'static Criterion| Prepared::of(criterion, assessor, &context);
        let prepared = assessor.judge.rules.set.criteria.iter().map(of).collect();
        Self { groundwork, assessor, context, prepared }
    }

    /// Explains a parcel of a batch; `assessment` is what [`Assessor::assess`] gave of the batch.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn explain(&self, batch: &Batch, assessment: &Assessment, row: usize) -> Explanation {
        let rules = &self.assessor.judge.rules;
        let explained = |zone: Zone| self.zone(zone, batch, assessment, row);
        Explanation {
            id: assessment.ids.get(row).unwrap_or_default().to_owned(),
            area_m2: assessment.measures.area_m2.get(row),
            membership: rules.thresholds.membership(),
            zones: rules.zones().map(explained).collect(),
            land: LandExplained::of(self.assessor, assessment, row),
        }
    }

    fn zone(&self, zone: Zone, batch: &Batch, assessment: &Assessment, row: usize) -> ZoneExplained {
        let (judge, measures) = (&self.assessor.judge, &assessment.measures);
        let status = assessment.statuses[zone.index()][row];
        let usable = measures.area_m2.get(row).is_some();
        let parcel = batch.parcel(row);
        let criteria = usable.then(|| {
            let ground = Ground::of(&parcel);
            let standings = judge.standings(zone, measures, row);
            let one = |standing| self.criterion((zone, status), standing, (&ground, batch), Row { measures, row });
            standings.map(one).collect()
        });
        let rules = &judge.rules;
        let waived = zone.criteria().filter_map(|id| Some((rules.set.criterion(id)?, rules.waived.get(id)?.clone())));
        let told = judge.told_columns(zone, measures);
        let statuses = &assessment.statuses[zone.index()];
        let is_open = |column: &crate::verdicts::OpenColumn| column.is_open[row];
        let reasons: Vec<Reason> =
            judge.open(zone, measures, statuses).into_iter().filter(is_open).map(|column| column.reason).collect();
        ZoneExplained {
            zone,
            status,
            shares: usable.then(|| Shares::of(&measures.zones[zone.index()], row)),
            criteria: criteria.unwrap_or_default(),
            waived: waived.collect(),
            told: told.iter().map(|column| (column.criterion, column.is_met[row])).collect(),
            reasons,
            whole: self.whole(zone, assessment, row),
        }
    }

    /// The candidate zone that a parcel lies in.
    fn whole(&self, zone: Zone, assessment: &Assessment, row: usize) -> Option<WholeExplained> {
        let found = assessment.candidates[zone.region()?].get(row)?;
        let candidate = &self.assessor.candidates[found as usize];
        let facts = &candidate.facts;
        let set = self.assessor.judge.rules.set;
        let asked: Vec<&str> = zone.rule().as_a_whole.clone();
        Some(WholeExplained {
            id: candidate.id.clone(),
            hectares: candidate.area.hectares(),
            centre: candidate.centre,
            meets: facts.meets_as_a_whole().filter(|_| !asked.is_empty()),
            fails: facts.fails().filter(|id| asked.contains(id)).filter_map(|id| set.criterion(id)).collect(),
            public_land_ratio: facts.public_land_ratio,
            seniors_per_ha: facts.seniors_per_ha,
        })
    }

    fn prepared(&self, criterion: &Criterion) -> Option<&Prepared<'a>> {
        self.prepared.iter().find(|one| one.criterion.id == criterion.id)
    }

    /// The number of a threshold that is a distance.
    fn metres(&self, key: &str) -> crate::units::Metres {
        crate::units::Metres(self.context.thresholds.get(key).unwrap_or_default())
    }

    /// The hour of a stop's peak, where a timetable tells.
    fn window(&self, stop: &Stop) -> Option<[String; 2]> {
        let peak = self.assessor.peaks.get(stop.timetable?)?;
        peak.window.map(|window| window.map(|time| time.to_string()))
    }
}

impl std::fmt::Debug for Explainer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explainer").finish_non_exhaustive()
    }
}
