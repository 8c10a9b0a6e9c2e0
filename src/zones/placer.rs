//! Which candidate zone is a parcel in?

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::Candidate;
use crate::criteria::Zone;
use crate::evidence::Parcel;
use crate::geometry::{Bounds, Point};
use crate::regions::{Region, RegionIndex, Scratch};
use crate::verdicts::Status;

/// Candidate zones ready to be asked for the parcels in them.
#[derive(Debug)]
pub struct Placer {
    tree: RTree<GeomWithData<Rectangle<Point>, usize>>,
    zones: Vec<(Zone, Status, RegionIndex)>,
}

impl Placer {
    /// Makes the candidates ready.
    #[must_use]
    pub fn new(candidates: &[Candidate]) -> Self {
        let ready = |zone: &Candidate| Region::from(std::borrow::Cow::Borrowed(&**zone.shape)).index();
        Self::with(candidates, candidates.iter().map(|zone| (ready(zone), zone.shape.bounds())))
    }

    /// Of candidates that are ready, each with what was made of it and the box around it.
    #[must_use]
    pub fn with(candidates: &[Candidate], ready: impl IntoIterator<Item = (RegionIndex, Bounds)>) -> Self {
        let (ready, boxes): (Vec<_>, Vec<_>) = ready.into_iter().unzip();
        let boxed = |(index, bounds): (usize, Bounds)| {
            GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), index)
        };
        let named = |(zone, ready): (&Candidate, RegionIndex)| (zone.zone, zone.status, ready);
        Self {
            tree: RTree::bulk_load(boxes.into_iter().enumerate().map(boxed).collect()),
            zones: candidates.iter().zip(ready).map(named).collect(),
        }
    }

    /// What was made of each candidate.
    #[must_use]
    pub fn ready(&self) -> impl ExactSizeIterator<Item = &RegionIndex> {
        self.zones.iter().map(|(_, _, ready)| ready)
    }

    /// The candidate of a zone and status that holds most of a parcel; the first of those that hold as much. `None`
    /// where none holds any of it.
    #[must_use]
    pub fn place(&self, zone: Zone, status: Status, parcel: &Parcel<'_>, scratch: &mut Scratch) -> Option<usize> {
        let Parcel { shape, bounds, plane_area } = parcel;
        let mut best: Option<(f64, usize)> = None;
        for found in self.tree.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max)) {
            let (of_zone, of_status, region) = &self.zones[found.data];
            if *of_zone != zone || *of_status != status {
                continue;
            }
            let share = region.share(shape, bounds, *plane_area, scratch);
            if share > 0.0 && best.is_none_or(|(most, first)| share > most || (share == most && found.data < first)) {
                best = Some((share, found.data));
            }
        }
        best.map(|(_, index)| index)
    }
}
