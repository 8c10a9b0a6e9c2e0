//! Numbers of land units: the public-land ratio 公共用地率 of evaluation units, the density of older residents
//! of census units.

use rayon::prelude::*;

use crate::crs::ScaleField;
use crate::geometry::area::{area, centroid};
use crate::layers::{Census, LandUnits};
use crate::regions::{RegionIndex, Scratch};
use crate::units::{Interval, PerHectare, Share};

/// The public-land ratio of each unit: the share of its area in `public_land`, whose overlaps count once. Without
/// that layer nothing is known: 0 to 1.
#[must_use]
pub fn unit_ratios(units: &LandUnits, public_land: Option<&RegionIndex>) -> Vec<Interval<f64>> {
    let Some(public_land) = public_land else {
        return vec![Interval::new(0.0, 1.0); units.shapes.len()];
    };
    (0..units.shapes.len())
        .into_par_iter()
        .map_init(Scratch::default, |scratch, index| {
            let unit = units.shapes.get(index);
            let exact = public_land.share(&unit, &unit.bounds(), area(&unit), scratch);
            // As it is told: a unit drawn to hold just the ratio asked for reaches it.
            Interval::exactly(Share(exact).told().0)
        })
        .collect()
}

/// Which residents are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Residents {
    /// All of them.
    All,
    /// Those aged 65 or over.
    Seniors,
}

impl Residents {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::All, Self::Seniors];

    /// What rule sets call them.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::All => "population",
            Self::Seniors => "seniors",
        }
    }
}

/// Residents a hectare of ground, by unit, as they are told ([`PerHectare::told`]); an infinite `hi` where nothing is known.
#[must_use]
pub fn densities(census: &Census, residents: Residents, scale: &ScaleField) -> Vec<Interval<f64>> {
    census
        .shapes
        .iter()
        .zip(&census.units)
        .map(|(shape, unit)| {
            let hectares = scale.ground_area(area(&shape), centroid(&shape).unwrap_or_default()).hectares();
            let persons = match residents {
                Residents::All => unit.population,
                Residents::Seniors => unit.seniors,
            };
            persons.map(|persons| PerHectare(persons / hectares).told().0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Bounds, Shapes};
    use crate::layers::UnitsOrigin;

    #[test]
    fn a_unit_that_holds_just_the_ratio_asked_for_reaches_it() {
        for index in 0..200 {
            let (x, y) = (-35_000.0 + f64::from(index) * 131.7, 12_345.678 - f64::from(index) * 77.3);
            let (width, height) = (777.7 + f64::from(index), 311.1);
            let shapes = Shapes::from(Bounds { min: [x, y], max: [x + width, y + height] });
            let public = Shapes::from(Bounds { min: [x, y], max: [x + width * 0.15, y + height] });
            let units = LandUnits { shapes, origin: UnitsOrigin::Given };
            let ratio = unit_ratios(&units, Some(&crate::regions::Region::union_of(&[&public]).index()))[0];
            assert_eq!(ratio.reaches(0.15), Some(true), "{index}: {ratio:?}");
        }
    }
}
