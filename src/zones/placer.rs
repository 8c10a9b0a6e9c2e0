//! Which candidate zone is a parcel in?

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;
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
    zones: Vec<(Zone, Status, Arc<RegionIndex>)>,
}

impl Placer {
    /// Makes the candidates ready. `sets` are regions that are: where a candidate is the whole of one, it is not made ready again.
    #[must_use]
    pub fn new(candidates: &[Candidate], sets: &[(&Region, &Arc<RegionIndex>)]) -> Self {
        let ready = |one: &Candidate| {
            let region = Region::from(Cow::Borrowed(&**one.shape));
            let same = sets.iter().find(|(set, _)| **set == region);
            let index = same.map_or_else(|| Arc::new(region.index()), |(_, index)| Arc::clone(index));
            (index, one.shape.bounds())
        };
        Self::with(candidates, candidates.par_iter().map(ready).collect::<Vec<_>>())
    }

    /// Of candidates that are ready, each with what was made of it and the box around it.
    #[must_use]
    pub fn with(candidates: &[Candidate], ready: impl IntoIterator<Item = (Arc<RegionIndex>, Bounds)>) -> Self {
        let (ready, boxes): (Vec<_>, Vec<_>) = ready.into_iter().unzip();
        let boxed = |(index, bounds): (usize, Bounds)| {
            GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), index)
        };
        let named = |(zone, ready): (&Candidate, Arc<RegionIndex>)| (zone.zone, zone.status, ready);
        Self {
            tree: RTree::bulk_load(boxes.into_iter().enumerate().map(boxed).collect()),
            zones: candidates.iter().zip(ready).map(named).collect(),
        }
    }

    /// What was made of each candidate.
    #[must_use]
    pub fn ready(&self) -> impl ExactSizeIterator<Item = &Arc<RegionIndex>> {
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
