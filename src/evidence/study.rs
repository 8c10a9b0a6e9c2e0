//! Everything that a measurement needs, prepared once, and the measurement itself.

use std::sync::Arc;

use super::coverage::weighted;
use super::{Coverage, Hint, Nearest};
use crate::crs::ScaleField;
use crate::geometry::area::{area, centroid};
use crate::geometry::repair::Mended;
use crate::geometry::{Bounds, Shape};
use crate::regions::{Known, Prepared, Region, Scratch};
use crate::units::{Interval, Metres, Share, SquareMetres};

/// Shares are given to a millionth, and verdicts are taken from what is given: what a reader computes from the
/// columns is what the run says.
const SHARE_STEPS: f64 = 1e6;

/// Areas are given to a thousandth of a square metre.
const AREA_STEPS: f64 = 1e3;

/// A place known between two sets, ready to be asked for shares. Sets that are equal are prepared once.
#[derive(Debug, Clone)]
pub struct PreparedKnown {
    sure: Arc<Prepared>,
    /// `None` where nothing is in doubt.
    possible: Option<Arc<Prepared>>,
    /// `None` where nothing is expected.
    expected: Option<Arc<Prepared>>,
}

impl PreparedKnown {
    /// Makes ready what is known of a place.
    #[must_use]
    pub fn new(known: &Known) -> Self {
        let other = |region: &Region| (*region != known.sure).then(|| Arc::new(region.prepare()));
        Self {
            sure: Arc::new(known.sure.prepare()),
            possible: other(&known.possible),
            expected: other(&known.expected),
        }
    }

    /// The shares of a shape in what is sure, possible and expected, not rounded. Arguments as for [`Prepared::share`].
    pub(super) fn exactly(
        &self,
        shape: &Shape<'_>,
        bounds: &Bounds,
        plane_area: f64,
        scratch: &mut Scratch,
    ) -> [f64; 3] {
        let mut share = |region: &Prepared| region.share(shape, bounds, plane_area, scratch);
        let lo = share(&self.sure);
        let mut or_lo = |region: &Option<Arc<Prepared>>| region.as_ref().map_or(lo, |region| share(region));
        [lo, or_lo(&self.possible), or_lo(&self.expected)]
    }

    fn shares(&self, lot: &Lot<'_>, scratch: &mut Scratch) -> PlaceShares {
        let exact = self.exactly(&lot.shape, &lot.bounds, lot.plane_area, scratch);
        let [lo, hi, expected] = exact.map(|share| Share((share * SHARE_STEPS).round() / SHARE_STEPS));
        // Both are exact to a billionth; where a lot touches both boundaries rounding must not turn them round.
        PlaceShares { share: Interval::new(lo, if hi < lo { lo } else { hi }), expected }
    }
}

/// The shares of a parcel in a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceShares {
    /// The share in what is sure, and in what is possible.
    pub share: Interval<Share>,
    /// The share in what is sure with the planner's expectations added.
    pub expected: Share,
}

/// The nearest of some places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Which one, by its position among the places that were prepared.
    pub place: u32,
    /// How far from the parcel's edge.
    pub distance: Metres,
}

/// What is measured of one parcel. A measure that cannot be had is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Ground area; `None` where the parcel has no usable geometry, and then all else is empty too.
    pub area: Option<SquareMetres>,
    /// By criterion, in the study's order.
    pub criteria: Vec<PlaceShares>,
    /// By zone, in the study's order.
    pub zones: Vec<PlaceShares>,
    /// By set of places, in the study's order.
    pub near: Vec<Option<Near>>,
    /// The public-land ratio of the evaluation units that the parcel lies in, weighted by area.
    pub public_land_ratio: Option<Interval<f64>>,
    /// Residents aged 65 or over a hectare, of the census units that it lies in, weighted by area.
    pub seniors_per_ha: Option<Interval<f64>>,
}

/// What a parcel is measured against. Can be shared between threads; holds no file and prints nothing.
#[derive(Debug)]
pub struct Study {
    /// The plane's point scale factor.
    pub scale: ScaleField,
    /// The criteria's places.
    pub criteria: Vec<PreparedKnown>,
    /// The zones' places.
    pub zones: Vec<PreparedKnown>,
    /// Sets of places of which the nearest is asked.
    pub nearest: Vec<Nearest>,
    /// Evaluation units and their public-land ratios.
    pub land: Option<(Arc<Coverage>, Vec<Interval<f64>>)>,
    /// Census units and their densities.
    pub people: Option<(Arc<Coverage>, Vec<Interval<f64>>)>,
}

/// What the measuring of a batch keeps from parcel to parcel.
#[derive(Debug, Default)]
struct Tools {
    scratch: Scratch,
    weights: Vec<(u32, f64)>,
    /// For each set of places, what was found for the parcel before.
    hints: Vec<Option<Hint>>,
}

/// A parcel while it is measured.
struct Lot<'a> {
    shape: Shape<'a>,
    bounds: Bounds,
    plane_area: f64,
}

impl Study {
    /// Measures every parcel of a batch, in order. Shapes are in the study's plane.
    ///
    /// Costs some microseconds a parcel; parcels far from every boundary cost least.
    #[must_use]
    pub fn measure(&self, parcels: &Mended) -> Vec<Measured> {
        let mut tools = Tools { hints: vec![None; self.nearest.len()], ..Tools::default() };
        (0..parcels.len())
            .map(|place| {
                let shape = parcels.get(place);
                let plane_area = area(&shape);
                if plane_area > 0.0 {
                    let lot = Lot { bounds: shape.bounds(), shape, plane_area };
                    self.measure_one(&lot, &mut tools)
                } else {
                    Measured::default()
                }
            })
            .collect()
    }

    fn measure_one(&self, lot: &Lot<'_>, tools: &mut Tools) -> Measured {
        let Tools { scratch, weights, hints } = tools;
        let centre = centroid(&lot.shape).unwrap_or_default();
        let criteria = self.criteria.iter().map(|place| place.shares(lot, scratch)).collect();
        let zones = self.zones.iter().map(|place| place.shares(lot, scratch)).collect();
        let near = self.nearest.iter().zip(hints).map(|(places, hint)| {
            let (place, distance) = places.to(&lot.shape, &lot.bounds, &self.scale, hint)?;
            Some(Near { place, distance })
        });
        let mut mean = |units: &Option<(Arc<Coverage>, Vec<Interval<f64>>)>, same_as_before: bool| {
            let (coverage, values) = units.as_ref()?;
            if !same_as_before {
                coverage.weigh(&lot.shape, &lot.bounds, lot.plane_area, scratch, weights);
            }
            weighted(weights, values)
        };
        let public_land_ratio = mean(&self.land, false);
        let seniors_per_ha = mean(&self.people, self.same_units());
        Measured {
            area: Some(SquareMetres(
                (self.scale.ground_area(lot.plane_area, centre).0 * AREA_STEPS).round() / AREA_STEPS,
            )),
            criteria,
            zones,
            near: near.collect(),
            public_land_ratio,
            seniors_per_ha,
        }
    }

    /// Whether the evaluation units are the census units.
    fn same_units(&self) -> bool {
        matches!((&self.land, &self.people), (Some((land, _)), Some((people, _))) if Arc::ptr_eq(land, people))
    }
}
