//! In which units does a parcel lie, and with how much of its area? For units that cover the city side by side.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::Parcel;
use crate::flat::Later;
use crate::geometry::{Bounds, MANY_POINTS, MOST_CUTS, Point, Shape, Shapes, halves};
use crate::regions::{Holders, Region, RegionIndex, Scratch, rounded};
use crate::units::Interval;

/// A parcel of [`MANY_POINTS`] that comes to so many pairs of points and units is cut into parts of few points.
const MANY_PAIRS: usize = 1 << 16;
const FEW_POINTS: usize = 128;

/// Units in an R-tree, each ready to be asked for shares.
#[derive(Debug)]
pub struct Coverage(Later<Covered>);

/// The same, once somebody asks.
#[derive(Debug)]
pub(super) struct Covered {
    tree: RTree<GeomWithData<Rectangle<Point>, u32>>,
    pub(super) units: Vec<(RegionIndex, Bounds)>,
    pub(super) holders: Holders,
}

impl Covered {
    /// Units that are ready.
    pub(super) fn of(units: Vec<(RegionIndex, Bounds)>, holders: Holders) -> Self {
        let boxed = |(index, (_, bounds)): (u32, &(RegionIndex, Bounds))| {
            GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), index)
        };
        Self { tree: RTree::bulk_load((0_u32..).zip(&units).map(boxed).collect()), units, holders }
    }
}

impl Coverage {
    /// Units as they come, one a shape; shells turn counterclockwise, holes clockwise. Parcels within the box `around` are
    /// weighed faster than others.
    #[must_use]
    pub fn new(shapes: &Shapes, around: Bounds) -> Self {
        let one = |shape: Shape<'_>| {
            let mut alone = Shapes::default();
            alone.push(&shape);
            (Region::from(std::borrow::Cow::Owned(alone)).index(), shape.bounds())
        };
        let units: Vec<(RegionIndex, Bounds)> = shapes.iter().map(one).collect();
        let holders = Holders::new(&units, around);
        Self(Covered::of(units, holders).into())
    }

    /// Units that are yet to be taken from where they were kept.
    pub(super) fn later(units: Later<Covered>) -> Self {
        Self(units)
    }

    pub(super) fn covered(&self) -> &Covered {
        &self.0
    }

    /// Fills `weights` with the units that share area with a parcel, in their order, and the share of the parcel in each.
    pub fn weigh(&self, parcel: &Parcel<'_>, scratch: &mut Scratch, weights: &mut Vec<(u32, f64)>) {
        weights.clear();
        let Parcel { shape, bounds, plane_area } = parcel;
        if let Some(holder) = self.0.holders.of(bounds) {
            weights.extend(holder.map(|unit| (unit, 1.0)));
            return;
        }
        let points = shape.points().len();
        if points > MANY_POINTS && points.saturating_mul(self.meeting(bounds).count()) > MANY_PAIRS {
            let mut areas = BTreeMap::new();
            self.add_areas(shape, bounds, MOST_CUTS, scratch, &mut areas);
            let shares = areas.into_iter().map(|(unit, area)| (unit, rounded(area / plane_area)));
            weights.extend(shares.filter(|&(_, share)| share > 0.0));
            return;
        }
        for found in self.0.tree.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max)) {
            let share = self.0.units[found.data as usize].0.share(shape, bounds, *plane_area, scratch);
            if share > 0.0 {
                weights.push((found.data, share));
            }
        }
        weights.sort_unstable_by_key(|&(unit, _)| unit);
    }

    /// Adds the area of a shape in each unit. A shape of many edges is cut into halves until its parts meet one unit or have few.
    fn add_areas(
        &self,
        shape: &Shape<'_>,
        bounds: &Bounds,
        cuts: u32,
        scratch: &mut Scratch,
        areas: &mut BTreeMap<u32, f64>,
    ) {
        if bounds.is_empty() {
            return;
        }
        if cuts == 0 || shape.points().len() <= FEW_POINTS || self.meeting(bounds).nth(1).is_none() {
            for unit in self.meeting(bounds) {
                *areas.entry(unit).or_default() += self.0.units[unit as usize].0.area_of(shape, scratch);
            }
            return;
        }
        for part in halves(shape, bounds) {
            let part = part.get(0);
            self.add_areas(&part, &part.bounds(), cuts - 1, scratch, areas);
        }
    }

    /// The units that a box meets.
    pub fn meeting(&self, bounds: &Bounds) -> impl Iterator<Item = u32> + '_ {
        self.0.tree.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max)).map(|found| found.data)
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
