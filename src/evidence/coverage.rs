//! In which units does a parcel lie, and with how much of its area? For units that cover the city side by side.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::Parcel;
use crate::geometry::{Bounds, Point, Shape, Shapes};
use crate::regions::{Holders, Region, RegionIndex, Scratch};
use crate::units::Interval;

/// Units in an R-tree, each ready to be asked for shares.
#[derive(Debug)]
pub struct Coverage {
    tree: RTree<GeomWithData<Rectangle<Point>, u32>>,
    units: Vec<(RegionIndex, Bounds)>,
    holders: Holders,
}

impl Coverage {
    /// Units as they come, one a shape; shells turn counterclockwise, holes clockwise. Parcels within the box `around` are
    /// weighed faster than others.
    #[must_use]
    pub fn new(shapes: &Shapes, around: Bounds) -> Self {
        let boxed = |(index, shape): (u32, Shape<'_>)| {
            let bounds = shape.bounds();
            GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), index)
        };
        let one = |shape: Shape<'_>| {
            let mut alone = Shapes::default();
            alone.push(&shape);
            (Region::from(std::borrow::Cow::Owned(alone)).index(), shape.bounds())
        };
        let units: Vec<(RegionIndex, Bounds)> = shapes.iter().map(one).collect();
        Self {
            tree: RTree::bulk_load((0_u32..).zip(shapes.iter()).map(boxed).collect()),
            holders: Holders::new(&units, around),
            units,
        }
    }

    /// Fills `weights` with the units that share area with a parcel, in their order, and the share of the parcel in each.
    pub fn weigh(&self, parcel: &Parcel<'_>, scratch: &mut Scratch, weights: &mut Vec<(u32, f64)>) {
        weights.clear();
        let Parcel { shape, bounds, plane_area } = parcel;
        if let Some(holder) = self.holders.of(bounds) {
            weights.extend(holder.map(|unit| (unit, 1.0)));
            return;
        }
        for found in self.tree.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max)) {
            let share = self.units[found.data as usize].0.share(shape, bounds, *plane_area, scratch);
            if share > 0.0 {
                weights.push((found.data, share));
            }
        }
        weights.sort_unstable_by_key(|&(unit, _)| unit);
    }

    /// The units that a box meets.
    pub fn meeting(&self, bounds: &Bounds) -> impl Iterator<Item = u32> + '_ {
        self.tree.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max)).map(|found| found.data)
    }
}

/// The mean of the units' values, weighted by area; `None` without a unit.
#[must_use]
pub(super) fn weighted(weights: &[(u32, f64)], values: &[Interval<f64>]) -> Option<Interval<f64>> {
    let total: f64 = weights.iter().map(|&(_, weight)| weight).sum();
    let mean = |end: fn(&Interval<f64>) -> f64| {
        weights.iter().map(|&(unit, weight)| weight * end(&values[unit as usize])).sum::<f64>() / total
    };
    (total > 0.0).then(|| {
        let (lo, hi) = (mean(|value| value.lo), mean(|value| value.hi));
        Interval::new(lo.min(hi), hi)
    })
}
