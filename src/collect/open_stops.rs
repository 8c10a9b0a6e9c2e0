//! Which stops of unknown service matter? Those near parcels that would be settled if it were known.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{Collector, Enough};
use crate::assess::{Assessor, BatchResult};
use crate::criteria::{Criterion, Rules, StopQuestion, Zone};
use crate::geometry::{Bounds, Point};
use crate::layers::StopKind;
use crate::transit::{Stop, by_group};
use crate::verdicts::Status;

/// Counts, by group of stops whose peak service is not known, the undetermined parcels near it.
#[derive(Debug)]
pub struct OpenStops<'a> {
    assessor: &'a Assessor,
    /// The zones that ask for peak service.
    zones: Vec<Zone>,
    /// A box around each part of the open stops, as far as it reaches, with its group.
    tree: RTree<GeomWithData<Rectangle<Point>, usize>>,
    parcels: BTreeMap<usize, u64>,
}

impl<'a> OpenStops<'a> {
    /// Nothing as yet.
    #[must_use]
    pub fn new(assessor: &'a Assessor) -> Self {
        let rules = &assessor.judge.rules;
        let of_zone = |zone: Zone| rules.criteria(zone).find_map(asks_for_service).map(|question| (zone, question));
        let questions: Vec<(Zone, StopQuestion)> = rules.zones().filter_map(of_zone).collect();
        let reach = |stop: &Stop| {
            let within = questions.iter().filter_map(|(_, asked)| rules.thresholds.get(asked.of(stop.kind)?.within));
            within.fold(0.0, f64::max)
        };
        let mut boxes = Vec::new();
        for stop in open_groups(&assessor.stops, rules).values().flatten() {
            for part in &stop.parts {
                let around = Bounds::of(part).grown(reach(stop));
                boxes.push(GeomWithData::new(Rectangle::from_corners(around.min, around.max), stop.group));
            }
        }
        let zones = questions.into_iter().map(|(zone, _)| zone).collect();
        Self { assessor, zones, tree: RTree::bulk_load(boxes), parcels: BTreeMap::new() }
    }
}

/// What a criterion asks of stops, where that is the service of some mode.
fn asks_for_service(criterion: &Criterion) -> Option<StopQuestion> {
    criterion
        .kind
        .stop_question()
        .filter(|question| StopKind::ALL.into_iter().any(|mode| question.asks_for_service(mode)))
}

/// The stops, by group, of which nobody says whether their service is enough.
#[must_use]
pub fn open_groups<'a>(stops: &'a [Stop], rules: &Rules) -> BTreeMap<usize, Vec<&'a Stop>> {
    let mut groups = by_group(stops);
    groups.retain(|_, rows| rows.iter().all(|stop| rules.lacks_service(stop)));
    groups
}

impl Collector for OpenStops<'_> {
    type Piece = BTreeMap<usize, u64>;
    type Output = BTreeMap<usize, u64>;

    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
        let mut parcels = BTreeMap::new();
        if self.tree.size() == 0 {
            return parcels;
        }
        let mut is_open = vec![false; result.len()];
        for &zone in &self.zones {
            let standings = self.assessor.judge.standing_columns(zone, &result.assessment.measures);
            for standing in standings.iter().filter(|standing| asks_for_service(standing.criterion).is_some()) {
                let statuses = &result.assessment.statuses[zone.index()];
                for ((is_open, met), status) in is_open.iter_mut().zip(&standing.is_met).zip(statuses) {
                    *is_open |= met.is_none() && *status == Status::Undetermined;
                }
            }
        }
        for (parcel, is_open) in result.batch.parcels().zip(is_open) {
            let Some(parcel) = parcel.filter(|_| is_open) else { continue };
            let around = AABB::from_corners(parcel.bounds.min, parcel.bounds.max);
            let mut near: Vec<usize> =
                self.tree.locate_in_envelope_intersecting(&around).map(|stop| stop.data).collect();
            near.sort_unstable();
            near.dedup();
            for group in near {
                *parcels.entry(group).or_default() += 1;
            }
        }
        parcels
    }

    fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough> {
        for (group, parcels) in piece {
            *self.parcels.entry(group).or_default() += parcels;
        }
        Ok(())
    }

    fn finish(self) -> Self::Output {
        self.parcels
    }
}
