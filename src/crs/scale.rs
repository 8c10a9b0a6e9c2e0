//! The point scale factor (縮尺係数): how much longer a plane metre is drawn than the ground metre that it stands for.

use serde::{Deserialize, Serialize};

use super::ellipsoid::GRS80;
use super::krueger::Krueger;
use super::plane::{Plane, SCALE_AT_ORIGIN};
use crate::units::{Metres, PlaneMetres, SquareMetres};

/// Northings of the table's first entry and between entries, in plane metres, and how many there are: all that lies
/// within 3000 km of an origin.
const TABLE_START: f64 = -3_000_000.0;
const TABLE_STEP: f64 = 50_000.0;
const TABLE_LEN: usize = 121;

/// The last position in the table, in steps, that has an entry after it.
const TABLE_END: f64 = TABLE_LEN as f64 - 1.000_001;

/// The point scale factor of one plane, made for reading it at many points.
///
/// With `s = x²/(2R²k₀²)` it is `k₀(1 + s + s²/6)`, where `R` is the Gaussian mean radius at the footpoint
/// latitude, the latitude of the northing on the central meridian. The next terms are below 1e-9 within 200 km of
/// the meridian. `1/(2R²k₀²)` comes from a table over the northing, 50 km a step.
///
/// Source: the expansion of 縮尺係数 in 作業規程の準則 (公共測量), 付録6 計算式集.
///
/// ```
/// use kyoten::crs::{Plane, ScaleField};
/// let field = ScaleField::new(Plane::new(9).unwrap());
/// assert_eq!(field.at([0.0, 0.0]), 0.9999);
/// // 90 km from the central meridian a plane metre is a metre.
/// assert!((field.at([90_000.0, 0.0]) - 1.0).abs() < 1e-6);
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Plane", into = "Plane")]
pub struct ScaleField {
    plane: Plane,
    /// `1/(2R²k₀²)` at `TABLE_START`, `TABLE_START + TABLE_STEP`, …, in 1/m².
    half_curvature: [f64; TABLE_LEN],
}

impl From<Plane> for ScaleField {
    fn from(plane: Plane) -> Self {
        Self::new(plane)
    }
}

impl From<ScaleField> for Plane {
    fn from(scale: ScaleField) -> Self {
        scale.plane
    }
}

impl ScaleField {
    /// The scale factors of a plane; costs some 15 µs, so make one and keep it.
    #[must_use]
    pub fn new(plane: Plane) -> Self {
        let (lon, lat) = plane.origin();
        let projection = Krueger::new(&GRS80, [lon, lat], SCALE_AT_ORIGIN, [0.0, 0.0]);
        let half_curvature = std::array::from_fn(|i| {
            let [_, footpoint_lat] = projection.inverse([0.0, TABLE_START + TABLE_STEP * i as f64]);
            let radius_squared = GRS80.gaussian_radius_squared(footpoint_lat.to_radians());
            0.5 / (radius_squared * SCALE_AT_ORIGIN.powi(2))
        });
        Self { plane, half_curvature }
    }

    /// The plane whose scale this is.
    #[must_use]
    pub fn plane(&self) -> Plane {
        self.plane
    }

    /// The point scale factor at a plane point (metres, easting first): plane length over ground length.
    ///
    /// Good to 1e-8 within 200 km of the central meridian and 3000 km of the origin; rougher beyond.
    #[must_use]
    #[inline]
    pub fn at(&self, [x, y]: [f64; 2]) -> f64 {
        let position = ((y - TABLE_START) * (1.0 / TABLE_STEP)).clamp(0.0, TABLE_END);
        // By way of i32, which the processor converts to in one instruction.
        let row = position as i32 as usize;
        let (before, after) = (self.half_curvature[row], self.half_curvature[row + 1]);
        let half_curvature = before + (after - before) * (position - row as f64);
        let s = x * x * half_curvature;
        SCALE_AT_ORIGIN * (1.0 + s + s * s / 6.0)
    }

    /// The distance on the ground between two plane points: their plane distance over the scale factor at the middle.
    ///
    /// Against the geodesic it is good to 1 mm at 5 km and 0.2 m at 50 km.
    #[must_use]
    #[inline]
    pub fn ground_distance(&self, a: [f64; 2], b: [f64; 2]) -> Metres {
        let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
        // Not `hypot`: it guards against overflow that metres cannot reach, at four times the cost.
        let length = PlaneMetres((dx * dx + dy * dy).sqrt());
        self.ground_length(length, [a[0] + 0.5 * dx, a[1] + 0.5 * dy])
    }

    /// The ground length of a plane length around a plane point.
    #[must_use]
    #[inline]
    pub fn ground_length(&self, length: PlaneMetres, around: [f64; 2]) -> Metres {
        Metres(length.0 / self.at(around))
    }

    /// The plane length of a ground length around a plane point.
    #[must_use]
    #[inline]
    pub fn plane_length(&self, length: Metres, around: [f64; 2]) -> PlaneMetres {
        PlaneMetres(length.0 * self.at(around))
    }

    /// The ground area of a plane area (square plane metres) with its centroid at a plane point.
    #[must_use]
    #[inline]
    pub fn ground_area(&self, plane_area_m2: f64, centroid: [f64; 2]) -> SquareMetres {
        SquareMetres(plane_area_m2 / self.at(centroid).powi(2))
    }

    /// The plane point at a ground distance from `centre` in a direction (a unit vector of the plane).
    ///
    /// The scale factor is taken at the middle of the way, so that [`ScaleField::ground_distance`] of the two
    /// points is `radius` to 1 mm at 5 km.
    #[must_use]
    pub fn reach(&self, centre: [f64; 2], radius: Metres, direction: [f64; 2]) -> [f64; 2] {
        let along = |length: f64| [centre[0] + direction[0] * length, centre[1] + direction[1] * length];
        let PlaneMetres(half) = self.plane_length(radius * 0.5, centre);
        let PlaneMetres(whole) = self.plane_length(radius, along(half));
        along(whole)
    }
}

/// The first digits of scales of maps that people are used to.
const SCALES: [f64; 12] = [1.0, 1.2, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0];

/// The next round scale, as 1 : this, that is not larger.
#[must_use]
pub fn round_scale(needed: f64) -> f64 {
    let power = 10_f64.powf(needed.log10().floor());
    let tens = [1.0, 10.0].into_iter().flat_map(|ten| SCALES.map(|digit| digit * ten * power));
    tens.into_iter().find(|scale| *scale >= needed).unwrap_or(needed)
}

#[cfg(test)]
mod tests {
    use geo::{Distance, Geodesic, Point};
    use proptest::prelude::*;

    use super::*;

    fn projection(plane: Plane) -> Krueger {
        let (lon, lat) = plane.origin();
        Krueger::new(&GRS80, [lon, lat], SCALE_AT_ORIGIN, [0.0, 0.0])
    }

    /// The scale factor from the exact projection: the plane length of a short step north over its ground length.
    fn differentiated(projection: &Krueger, [lon, lat]: [f64; 2]) -> f64 {
        let step = 1e-3;
        let [south, north] = [lat - step, lat + step].map(|lat| projection.forward([lon, lat]));
        let [wide_south, wide_north] = [lat - 2.0 * step, lat + 2.0 * step].map(|lat| projection.forward([lon, lat]));
        // Five points, so that the error is of the fourth order of the step.
        let per_step = |i: usize| (8.0 * (north[i] - south[i]) - (wide_north[i] - wide_south[i])) / 12.0;
        let plane = per_step(0).hypot(per_step(1));
        let w = 1.0 - GRS80.eccentricity_squared * lat.to_radians().sin().powi(2);
        let meridian_radius = GRS80.semi_major * (1.0 - GRS80.eccentricity_squared) / w.powf(1.5);
        plane / (meridian_radius * step.to_radians())
    }

    #[test]
    fn within_200_km_of_the_meridian_the_factor_is_good_to_1e_8() {
        let mut worst: f64 = 0.0;
        for plane in Plane::all() {
            let (exact, field) = (projection(plane), ScaleField::new(plane));
            for i in -8..=8 {
                for j in -20..=20 {
                    let point = [25_000.0 * f64::from(i), 37_000.0 * f64::from(j)];
                    let truth = differentiated(&exact, exact.inverse(point));
                    worst = worst.max((field.at(point) / truth - 1.0).abs());
                }
            }
        }
        assert!(worst < 1e-8, "{worst:e}");
    }

    #[test]
    fn far_off_and_odd_points_give_a_number_or_nan_but_no_panic() {
        let field = ScaleField::new(Plane::new(1).unwrap());
        assert!(field.at([0.0, 1e12]) == 0.9999 && field.at([0.0, -1e12]) == 0.9999);
        assert!(field.at([f64::NAN, 0.0]).is_nan());
        assert!(field.at([1.0, f64::NAN]).is_nan());
    }

    #[test]
    fn an_area_shrinks_by_the_square_of_the_factor() {
        let field = ScaleField::new(Plane::new(9).unwrap());
        assert!((field.ground_area(1e6, [0.0, 0.0]).0 - 1e6 / 0.9999_f64.powi(2)).abs() < 1e-6);
    }

    fn any_plane() -> impl Strategy<Value = Plane> {
        (1_u8..=19).prop_map(|zone| Plane::new(zone).unwrap())
    }

    proptest! {
        #[test]
        fn ground_distance_is_the_geodesic(
            plane in any_plane(),
            away in -1.5..1.5,
            north in -3.0..3.0,
            azimuth in 0.0..std::f64::consts::TAU,
            (length, tolerance) in prop_oneof![Just((1_000.0, 0.000_2)), Just((5_000.0, 0.001)), Just((50_000.0, 0.2))],
        ) {
            let (exact, field) = (projection(plane), ScaleField::new(plane));
            let (lon, lat) = plane.origin();
            let from = [lon + away, lat + north];
            let a = exact.forward(from);
            let b = [a[0] + length * azimuth.sin(), a[1] + length * azimuth.cos()];
            let to = exact.inverse(b);
            // WGS84 there, GRS80 here: 0.1 mm over the length of a quadrant.
            let geodesic = Geodesic.distance(Point::new(from[0], from[1]), Point::new(to[0], to[1]));
            let Metres(ground) = field.ground_distance(a, b);
            prop_assert!((ground - geodesic).abs() < tolerance, "{} for {}", ground, geodesic);
        }

        #[test]
        fn what_one_reaches_is_at_that_distance(
            plane in any_plane(),
            x in -150_000.0..150_000.0,
            y in -400_000.0..400_000.0,
            azimuth in 0.0..std::f64::consts::TAU,
            radius in 1.0..5_000.0,
        ) {
            let field = ScaleField::new(plane);
            let reached = field.reach([x, y], Metres(radius), [azimuth.cos(), azimuth.sin()]);
            let Metres(distance) = field.ground_distance([x, y], reached);
            prop_assert!((distance - radius).abs() < 1e-3);
        }

        #[test]
        fn a_length_there_and_back_is_the_same(x in -2e5..2e5, y in -1e6..1e6, length in 0.0..1e5) {
            let field = ScaleField::new(Plane::new(8).unwrap());
            let back = field.ground_length(field.plane_length(Metres(length), [x, y]), [x, y]);
            prop_assert!((back.0 - length).abs() <= 1e-10 * length);
        }
    }
}
