//! Numbers of land units: the public-land ratio 公共用地率 of evaluation units, the density of older residents
//! of census units.

use rayon::prelude::*;

use crate::crs::ScaleField;
use crate::geometry::area::{area, centroid};
use crate::layers::{Census, LandUnits};
use crate::regions::{Prepared, Scratch};
use crate::units::Interval;

/// The public-land ratio of each unit: the share of its area in `public_land`, whose overlaps count once. Without
/// that layer nothing is known: 0 to 1.
#[must_use]
pub fn unit_ratios(units: &LandUnits, public_land: Option<&Prepared>) -> Vec<Interval<f64>> {
    let Some(public_land) = public_land else {
        return vec![Interval::new(0.0, 1.0); units.shapes.len()];
    };
    (0..units.shapes.len())
        .into_par_iter()
        .map_init(Scratch::default, |scratch, place| {
            let unit = units.shapes.get(place);
            Interval::exactly(public_land.share(&unit, &unit.bounds(), area(&unit), scratch))
        })
        .collect()
}

/// Residents aged 65 or over a hectare of ground, by unit; an infinite `hi` where nothing is known.
#[must_use]
pub fn senior_densities(census: &Census, scale: &ScaleField) -> Vec<Interval<f64>> {
    census
        .shapes
        .iter()
        .zip(&census.units)
        .map(|(shape, unit)| {
            let hectares = scale.ground_area(area(&shape), centroid(&shape).unwrap_or_default()).hectares();
            unit.seniors.map(|persons| persons / hectares)
        })
        .collect()
}
