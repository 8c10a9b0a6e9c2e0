//! A city ready to be asked about parcels.

use std::collections::{BTreeMap, BTreeSet};

use super::{Assessment, Groundwork, Terms};
use crate::criteria::{StopReach, Zone, ZonePieces};
use crate::evidence::{Batch, Nullable, Study, Texts};
use crate::flat::Later;
use crate::geometry::Bounds;
use crate::layers::City;
use crate::regions::{Known, Scratch};
use crate::transit::{Peak, Stop, Timetable};
use crate::verdicts::{Judge, Standing, Status};
use crate::zones::{Candidate, Candidates, Placer};

/// Everything that the parcels of a city are measured and judged against. Can be shared between threads.
#[derive(Debug)]
pub struct Assessor {
    /// What is measured against.
    pub study: Study,
    /// What the measures are judged by.
    pub judge: Judge,
    /// By id of a zone at which a criterion looks, its zones each by itself.
    pub pieces: Later<BTreeMap<&'static str, ZonePieces>>,
    /// The candidate zones, all zones in one list.
    pub candidates: Vec<Candidate>,
    /// The same by zone, with what was left out of them.
    pub by_zone: BTreeMap<Zone, Candidates>,
    /// The candidates ready to be asked for their parcels.
    pub(super) placer: Placer,
    /// The stops that make each zone.
    pub makers: Later<BTreeMap<Zone, StopReach>>,
    /// The stations and stops that take part in regions and zones.
    pub stops: Vec<Stop>,
    /// The peak service of each group of the timetable.
    pub peaks: Later<Vec<Peak>>,
    /// Where each criterion about a region holds, by id.
    pub known: Later<BTreeMap<&'static str, Known>>,
    /// The criteria for which a station, stop or facility that counts may stand where none is given, by id.
    pub anywhere: BTreeSet<&'static str>,
    /// How many stations and stops were too far from every parcel to take part in regions and zones.
    pub far_stops: usize,
}

impl Assessor {
    /// Works out where every criterion and every zone of a city holds, and makes it ready to be asked. `extent` is a box of
    /// the plane around the parcels that will be asked about: stops far from it take no part.
    ///
    /// Costs a second or two for a city of 100,000 parcels, most of it the union of public land.
    #[must_use]
    pub fn build(city: &City, timetable: Option<&Timetable>, terms: &Terms, extent: Bounds) -> Self {
        Groundwork::lay(city, timetable, terms, extent).0
    }

    /// Measures, judges and places every parcel of a batch.
    ///
    /// Costs some microseconds a parcel on one thread, and a fixed number of allocations a batch.
    #[must_use]
    pub fn assess(&self, batch: &Batch, ids: Texts) -> Assessment {
        let measures = self.study.measure(batch);
        let statuses = self.judge.statuses(&measures);
        let candidates = self.candidates_of(batch, &statuses);
        // Only zones that are asked as wholes have columns of their candidates.
        let has_columns: Vec<bool> =
            self.judge.rules.zone_regions().map(|zone| !zone.rule().as_a_whole.is_empty()).collect();
        let told = |of: &dyn Fn(&Candidate) -> Option<&str>| -> Vec<Texts> {
            let texts = |(found, &has_columns): (&Nullable<u32>, &bool)| {
                let mut texts = Texts::default();
                if !has_columns {
                    return texts;
                }
                let one = |index: u32| of(&self.candidates[index as usize]);
                (0..found.len()).for_each(|row| texts.push(found.get(row).and_then(one)));
                texts
            };
            candidates.iter().zip(&has_columns).map(texts).collect()
        };
        let candidate_ids = told(&|zone| Some(&zone.id));
        let as_a_whole = told(&|zone| zone.facts.meets_as_a_whole());
        let unused_land = self.judge.unused_land(&measures);
        let margins = Vec::new();
        Assessment { ids, measures, statuses, candidates, candidate_ids, as_a_whole, unused_land, margins }
    }

    /// How every criterion that a zone asks for stands for a parcel: met, not met, or not known.
    pub fn standings<'a>(
        &'a self,
        assessment: &'a Assessment,
        zone: Zone,
        row: usize,
    ) -> impl Iterator<Item = Standing> + 'a {
        self.judge.standings(zone, &assessment.measures, row)
    }

    /// By zone, the candidate zone that each parcel lies in.
    fn candidates_of(&self, batch: &Batch, statuses: &[Vec<Status>]) -> Vec<Nullable<u32>> {
        let mut scratch = Scratch::default();
        let mut of_zone = |zone: Zone| {
            let statuses = &statuses[zone.index()];
            let place = |(parcel, &status): (Option<_>, &Status)| {
                let parcel = parcel.filter(|_| status != Status::Ineligible)?;
                self.placer.place(zone, status, &parcel, &mut scratch).map(|index| index as u32)
            };
            batch.parcels().zip(statuses).map(place).collect()
        };
        self.judge.rules.zone_regions().map(&mut of_zone).collect()
    }
}
