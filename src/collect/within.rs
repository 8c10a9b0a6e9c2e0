//! How many parcels lie in each of some areas?

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::evidence::{Parcel, SHARE_STEPS};
use crate::geometry::{Bounds, Shapes};
use crate::regions::{Region, RegionIndex, Scratch};
use crate::verdicts::reaches;

/// Counts the parcels of which enough lies in an area. Areas may overlap; a parcel can lie in several.
#[derive(Debug)]
pub struct Within {
    areas: Vec<(Bounds, RegionIndex)>,
    membership: f64,
    counts: Vec<u64>,
}

impl Within {
    /// Nothing as yet. A parcel lies in an area with at least `membership` of its own.
    #[must_use]
    pub fn new<'a>(areas: impl IntoIterator<Item = &'a Shapes>, membership: f64) -> Self {
        // The polygons of a drawn zone may touch.
        let ready = |shapes: &'a Shapes| (shapes.bounds(), Region::union_of(&[shapes]).index());
        let areas: Vec<_> = areas.into_iter().map(ready).collect();
        Self { counts: vec![0; areas.len()], areas, membership }
    }

    fn holds(&self, (bounds, area): &(Bounds, RegionIndex), parcel: &Parcel<'_>, scratch: &mut Scratch) -> bool {
        bounds.meets(&parcel.bounds) && {
            let share = area.share(&parcel.shape, &parcel.bounds, parcel.plane_area, scratch);
            reaches((share * SHARE_STEPS).round() as u32, self.membership)
        }
    }
}

impl Collector for Within {
    type Piece = Vec<u64>;
    /// By area.
    type Output = Vec<u64>;

    fn piece(&self, result: &BatchResult<'_>) -> Vec<u64> {
        let mut scratch = Scratch::default();
        let mut counts = vec![0; self.areas.len()];
        for parcel in result.batch.parcels().flatten() {
            for (count, area) in counts.iter_mut().zip(&self.areas) {
                *count += u64::from(self.holds(area, &parcel, &mut scratch));
            }
        }
        counts
    }

    fn merge(&mut self, piece: Vec<u64>) -> Result<(), Enough> {
        self.counts.iter_mut().zip(piece).for_each(|(sum, more)| *sum += more);
        Ok(())
    }

    fn finish(self) -> Vec<u64> {
        self.counts
    }
}
