//! Which candidate zone is a parcel in?

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::Candidate;
use crate::criteria::Zone;
use crate::geometry::{Bounds, Point, Shape};
use crate::regions::{Prepared, Region, Scratch};
use crate::verdicts::Status;

/// Candidate zones ready to be asked for the parcels in them.
#[derive(Debug)]
pub struct Placer {
    tree: RTree<GeomWithData<Rectangle<Point>, usize>>,
    zones: Vec<(Zone, Status, Prepared)>,
}

impl Placer {
    /// Makes the candidates ready.
    #[must_use]
    pub fn new(candidates: &[Candidate]) -> Self {
        let boxed = |(place, zone): (usize, &Candidate)| {
            let bounds = zone.shape.bounds();
            GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), place)
        };
        let prepare = |zone: &Candidate| {
            (zone.zone, zone.status, Region::from(std::borrow::Cow::Borrowed(&zone.shape)).prepare())
        };
        Self {
            tree: RTree::bulk_load(candidates.iter().enumerate().map(boxed).collect()),
            zones: candidates.iter().map(prepare).collect(),
        }
    }

    /// The candidate of a zone and status that holds most of a lot; the first of those that hold as much. `None`
    /// where none holds any of it.
    #[must_use]
    pub fn place(
        &self,
        (zone, status): (Zone, Status),
        lot: &Shape<'_>,
        bounds: &Bounds,
        lot_area: f64,
        scratch: &mut Scratch,
    ) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for found in self.tree.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max)) {
            let (of_zone, of_status, region) = &self.zones[found.data];
            if *of_zone != zone || *of_status != status {
                continue;
            }
            let share = region.share(lot, bounds, lot_area, scratch);
            if share > 0.0 && best.is_none_or(|(most, first)| share > most || (share == most && found.data < first)) {
                best = Some((share, found.data));
            }
        }
        best.map(|(_, place)| place)
    }
}
