//! Transverse Mercator by Krüger's series, forward and inverse.
//!
//! The way goes over the conformal sphere: geodetic → conformal latitude, spherical transverse Mercator,
//! then one complex series to the plane. The sines and hyperbolic sines that the series start from
//! follow from the spherical step by algebra, so that a point costs five transcendental functions.

use super::ellipsoid::Ellipsoid;

/// How far from the central meridian a point may lie, in degrees of longitude. All of Japan lies within 30° of any
/// plane's meridian; the series are good to nanometres within 3900 km (Karney 2011, section 5).
pub(super) const REACH_DEG: f64 = 35.0;

/// Between which latitudes a point can lie, in degrees: Japan lies between 20° and 46°. The series are good everywhere, but what lies
/// elsewhere is no place of a plane, and would pass for one that is far from everything.
pub(super) const REACH_LAT: [f64; 2] = [15.0, 51.0];

/// Between which longitudes a point can lie, in degrees: Japan lies between 122° and 154°.
const REACH_LON: [f64; 2] = [117.0, 159.0];

/// Whether a longitude and latitude can be a place in Japan: whatever the plane, it reaches no other.
///
/// ```
/// use kyoten::crs::can_be_in_japan;
/// assert!(can_be_in_japan([138.3, 34.9]) && can_be_in_japan([153.99, 24.3]));
/// assert!(![[138.3, 3.49], [0.0, 0.0], [34.9, 138.3], [138.3, f64::NAN]].into_iter().any(can_be_in_japan));
/// ```
#[must_use]
pub fn can_be_in_japan([lon, lat]: [f64; 2]) -> bool {
    (REACH_LON[0]..=REACH_LON[1]).contains(&lon) && (REACH_LAT[0]..=REACH_LAT[1]).contains(&lat)
}

/// The same limit for an easting, in metres from the central meridian.
pub(super) const REACH_M: f64 = 3_900_000.0;

/// A transverse Mercator projection: degrees (longitude first) to metres (easting first) and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Krueger {
    ellipsoid: &'static Ellipsoid,
    central_meridian_deg: f64,
    /// Scale on the central meridian times the rectifying radius, in metres a radian.
    radius: f64,
    false_easting: f64,
    /// What is added to the scaled arc from the equator: the false northing less the arc to the origin.
    northing_shift: f64,
}

impl Krueger {
    /// The projection with its origin at `origin` (degrees, longitude first), the scale `k0` on its central
    /// meridian and the coordinates `false_origin` (metres, easting first) at the origin.
    pub(super) fn new(ellipsoid: &'static Ellipsoid, origin: [f64; 2], k0: f64, false_origin: [f64; 2]) -> Self {
        let from_equator = Self {
            ellipsoid,
            central_meridian_deg: origin[0],
            radius: k0 * ellipsoid.rectifying_radius,
            false_easting: false_origin[0],
            northing_shift: 0.0,
        };
        let arc_to_origin = from_equator.forward(origin)[1];
        Self { northing_shift: false_origin[1] - arc_to_origin, ..from_equator }
    }

    /// The easting and northing of a longitude and latitude; not finite where the projection is not defined.
    pub(super) fn forward(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        let (sin_lambda, cos_lambda) = (lon - self.central_meridian_deg).to_radians().sin_cos();
        let phi = lat.to_radians();
        let (sin_phi, cos_phi) = phi.sin_cos();
        let chi = phi + sine_series(&self.ellipsoid.to_conformal, sin_phi, cos_phi);
        let (sin_chi, cos_chi) = chi.sin_cos();
        // tan ξ' = up / along and tanh η' = across; 1 − across² = up² + along².
        let (up, along, across) = (sin_chi, cos_chi * cos_lambda, cos_chi * sin_lambda);
        let norm = up * up + along * along;
        let doubled = Doubled {
            sin: 2.0 * up * along / norm,
            cos: (along * along - up * up) / norm,
            sinh: 2.0 * across / norm,
            cosh: (1.0 + across * across) / norm,
        };
        let [d_xi, d_eta] = complex_sine_series(&self.ellipsoid.alpha, &doubled);
        let (xi, eta) = (up.atan2(along) + d_xi, across.atanh() + d_eta);
        [self.false_easting + self.radius * eta, self.northing_shift + self.radius * xi]
    }

    /// The longitude and latitude, in degrees, of an easting and northing.
    pub(super) fn inverse(&self, [easting, northing]: [f64; 2]) -> [f64; 2] {
        let xi = (northing - self.northing_shift) / self.radius;
        let eta = (easting - self.false_easting) / self.radius;
        let (sin, cos) = (2.0 * xi).sin_cos();
        let growth = (2.0 * eta).exp();
        let doubled =
            Doubled { sin, cos, sinh: (growth - 1.0 / growth) / 2.0, cosh: f64::midpoint(growth, 1.0 / growth) };
        let [d_xi, d_eta] = complex_sine_series(&self.ellipsoid.beta, &doubled);
        let (sin_xi, cos_xi) = (xi - d_xi).sin_cos();
        let sinh_eta = (eta - d_eta).sinh();
        let lambda = sinh_eta.atan2(cos_xi);
        // On the unit sphere, scaled by cosh η': the height is sin ξ', the distance from the axis hypot(sinh η', cos ξ').
        let from_axis = (sinh_eta * sinh_eta + cos_xi * cos_xi).sqrt();
        let scale = (from_axis * from_axis + sin_xi * sin_xi).sqrt();
        let chi = sin_xi.atan2(from_axis);
        let phi = chi + sine_series(&self.ellipsoid.to_geodetic, sin_xi / scale, from_axis / scale);
        [self.central_meridian_deg + lambda.to_degrees(), phi.to_degrees()]
    }

    /// Whether a longitude and latitude can be a place of a plane; false for anything not finite.
    pub(super) fn reaches_lon_lat(&self, [lon, lat]: [f64; 2]) -> bool {
        (lon - self.central_meridian_deg).abs() <= REACH_DEG && (REACH_LAT[0]..=REACH_LAT[1]).contains(&lat)
    }

    /// Whether plane coordinates can be those of such a place; false for anything not finite.
    pub(super) fn reaches_plane(&self, [easting, northing]: [f64; 2]) -> bool {
        // Far from the meridian a parallel is bent away from the equator, by 3° at most within Japan's longitudes.
        let [south, north] = [REACH_LAT[0] - 1.0, REACH_LAT[1] + 5.0].map(|lat| self.radius * lat.to_radians());
        (easting - self.false_easting).abs() <= REACH_M && (south..=north).contains(&(northing - self.northing_shift))
    }
}

/// The functions of the doubled argument 2(ξ + iη) that a series in it starts from.
struct Doubled {
    sin: f64,
    cos: f64,
    sinh: f64,
    cosh: f64,
}

/// Σ `c[j]`·sin 2(j+1)x from sin x and cos x, by Clenshaw's recurrence.
fn sine_series(c: &[f64; 6], sin: f64, cos: f64) -> f64 {
    let twice_cos_2x = 2.0 * (cos - sin) * (cos + sin);
    let (mut next, mut after) = (0.0, 0.0);
    for coefficient in c.iter().rev() {
        (next, after) = (coefficient + twice_cos_2x * next - after, next);
    }
    2.0 * sin * cos * next
}

/// The real and imaginary part of Σ `c[j]`·sin 2(j+1)(ξ + iη), by Clenshaw's recurrence.
fn complex_sine_series(c: &[f64; 6], z: &Doubled) -> [f64; 2] {
    let factor = [2.0 * z.cos * z.cosh, -2.0 * z.sin * z.sinh];
    let (mut next, mut after) = ([0.0; 2], [0.0; 2]);
    for coefficient in c.iter().rev() {
        let product = multiply(factor, next);
        (next, after) = ([coefficient + product[0] - after[0], product[1] - after[1]], next);
    }
    multiply([z.sin * z.cosh, z.cos * z.sinh], next)
}

fn multiply(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ellipsoid::GRS80;
    use super::*;

    fn zone_9() -> Krueger {
        Krueger::new(&GRS80, [139.0 + 50.0 / 60.0, 36.0], 0.9999, [0.0, 0.0])
    }

    #[test]
    fn the_origin_is_at_nought() {
        let [x, y] = zone_9().forward([139.0 + 50.0 / 60.0, 36.0]);
        assert!(x.abs() < 1e-9 && y.abs() < 1e-9, "{x} {y}");
    }

    #[test]
    fn the_scale_on_the_central_meridian_is_k0() {
        // One arc minute of the meridian at 36° is M·π/10800 long, M being the radius of curvature there.
        let w = 1.0 - GRS80.eccentricity_squared * 36_f64.to_radians().sin().powi(2);
        let m = GRS80.semi_major * (1.0 - GRS80.eccentricity_squared) / w.powf(1.5);
        let half = 1.0 / 120.0;
        let lon = 139.0 + 50.0 / 60.0;
        let length = zone_9().forward([lon, 36.0 + half])[1] - zone_9().forward([lon, 36.0 - half])[1];
        assert!((length / (m * (2.0 * half).to_radians()) - 0.9999).abs() < 1e-9, "{length}");
    }

    #[test]
    fn what_is_not_finite_or_too_far_is_out_of_reach() {
        let zone = zone_9();
        assert!(zone.reaches_lon_lat([123.0, 24.0]) && zone.reaches_lon_lat([154.0, 24.3]));
        assert!(!zone.reaches_lon_lat([f64::NAN, 36.0]) && !zone.reaches_lon_lat([139.0, f64::INFINITY]));
        assert!(!zone.reaches_lon_lat([0.0, 51.0]) && !zone.reaches_lon_lat([36.0, 139.0]));
        assert!(!zone.reaches_plane([f64::NAN, 0.0]) && !zone.reaches_plane([5e6, 0.0]));
    }

    #[test]
    fn a_slip_of_the_pen_in_a_latitude_is_no_place_far_away() {
        let zone = zone_9();
        for lat in [0.0, 3.49, -34.9, -90.0, 90.0, 60.0] {
            assert!(!zone.reaches_lon_lat([139.0, lat]), "{lat}");
            assert!(lat.abs() > 89.0 || !zone.reaches_plane(zone.forward([139.0, lat])), "{lat}");
        }
        for corner in [[122.9, 24.4], [154.0, 24.3], [136.1, 20.4], [148.8, 45.6], [122.9, 45.6]] {
            assert!(zone.reaches_lon_lat(corner) && zone.reaches_plane(zone.forward(corner)), "{corner:?}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_where_one_was(lon in 110.0..170.0, lat in -80.0..80.0) {
            let [lon_back, lat_back] = zone_9().inverse(zone_9().forward([lon, lat]));
            prop_assert!((lon_back - lon).abs() < 1e-11 && (lat_back - lat).abs() < 1e-11);
        }

        #[test]
        fn east_and_west_of_the_meridian_mirror_each_other(away in 0.0..30.0, lat in 20.0..46.0) {
            let lon0 = 139.0 + 50.0 / 60.0;
            let east = zone_9().forward([lon0 + away, lat]);
            let west = zone_9().forward([lon0 - away, lat]);
            prop_assert!((east[0] + west[0]).abs() < 1e-6 && (east[1] - west[1]).abs() < 1e-6);
        }
    }
}
