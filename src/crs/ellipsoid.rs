//! An ellipsoid with the series that Krüger's projection needs, worked out at compile time.

/// An ellipsoid of revolution and its Krüger coefficients to the sixth power of the third flattening `n`.
///
/// At `n` = 1/600 the first term left out is below 1e-18, so the series are exact to rounding.
///
/// Sources: L. Krüger, *Konforme Abbildung des Erdellipsoids in der Ebene* (1912); 河瀬和重, 国土地理院時報 121
/// (2011), the method that GSI publishes; C. Karney, *Transverse Mercator with an accuracy of a few
/// nanometers*, J. Geodesy 85 (2011), eqs. 35 and 36, for the terms in n⁶.
#[derive(Debug, PartialEq)]
pub(super) struct Ellipsoid {
    /// Semi-major axis, in metres.
    pub(super) semi_major: f64,
    /// The square of the first eccentricity.
    pub(super) eccentricity_squared: f64,
    /// Radius of the circle as long as the meridian, in metres.
    pub(super) rectifying_radius: f64,
    /// Conformal sphere to plane (α).
    pub(super) alpha: [f64; 6],
    /// Plane to conformal sphere (β).
    pub(super) beta: [f64; 6],
    /// Geodetic to conformal latitude.
    pub(super) to_conformal: [f64; 6],
    /// Conformal to geodetic latitude (δ).
    pub(super) to_geodetic: [f64; 6],
}

/// GRS80, the ellipsoid of JGD2000 and JGD2011.
pub(super) static GRS80: Ellipsoid = Ellipsoid::new(6_378_137.0, 298.257_222_101);

/// WGS84; its polar axis is 0.1 mm longer than that of GRS80.
pub(super) static WGS84: Ellipsoid = Ellipsoid::new(6_378_137.0, 298.257_223_563);

/// Bessel 1841, the ellipsoid of the Tokyo datum 旧日本測地系 (EPSG:7004).
pub(super) static BESSEL: Ellipsoid = Ellipsoid::new(6_377_397.155, 299.152_812_8);

impl Ellipsoid {
    #[rustfmt::skip] // a table of coefficients is checked column by column
    const fn new(semi_major: f64, inverse_flattening: f64) -> Self {
        let flattening = 1.0 / inverse_flattening;
        let n = flattening / (2.0 - flattening);
        Self {
            semi_major,
            eccentricity_squared: flattening * (2.0 - flattening),
            rectifying_radius: semi_major / (1.0 + n) * (1.0 + n * n / 4.0 + n * n * n * n / 64.0 + n * n * n * n * n * n / 256.0),
            alpha: [
                powers(n, 1, &[1. / 2., -2. / 3., 5. / 16., 41. / 180., -127. / 288., 7_891. / 37_800.]),
                powers(n, 2, &[13. / 48., -3. / 5., 557. / 1_440., 281. / 630., -1_983_433. / 1_935_360.]),
                powers(n, 3, &[61. / 240., -103. / 140., 15_061. / 26_880., 167_603. / 181_440.]),
                powers(n, 4, &[49_561. / 161_280., -179. / 168., 6_601_661. / 7_257_600.]),
                powers(n, 5, &[34_729. / 80_640., -3_418_889. / 1_995_840.]),
                powers(n, 6, &[212_378_941. / 319_334_400.]),
            ],
            beta: [
                powers(n, 1, &[1. / 2., -2. / 3., 37. / 96., -1. / 360., -81. / 512., 96_199. / 604_800.]),
                powers(n, 2, &[1. / 48., 1. / 15., -437. / 1_440., 46. / 105., -1_118_711. / 3_870_720.]),
                powers(n, 3, &[17. / 480., -37. / 840., -209. / 4_480., 5_569. / 90_720.]),
                powers(n, 4, &[4_397. / 161_280., -11. / 504., -830_251. / 7_257_600.]),
                powers(n, 5, &[4_583. / 161_280., -108_847. / 3_991_680.]),
                powers(n, 6, &[20_648_693. / 638_668_800.]),
            ],
            to_conformal: [
                powers(n, 1, &[-2., 2. / 3., 4. / 3., -82. / 45., 32. / 45., 4_642. / 4_725.]),
                powers(n, 2, &[5. / 3., -16. / 15., -13. / 9., 904. / 315., -1_522. / 945.]),
                powers(n, 3, &[-26. / 15., 34. / 21., 8. / 5., -12_686. / 2_835.]),
                powers(n, 4, &[1_237. / 630., -12. / 5., -24_832. / 14_175.]),
                powers(n, 5, &[-734. / 315., 109_598. / 31_185.]),
                powers(n, 6, &[444_337. / 155_925.]),
            ],
            to_geodetic: [
                powers(n, 1, &[2., -2. / 3., -2., 116. / 45., 26. / 45., -2_854. / 675.]),
                powers(n, 2, &[7. / 3., -8. / 5., -227. / 45., 2_704. / 315., 2_323. / 945.]),
                powers(n, 3, &[56. / 15., -136. / 35., -1_262. / 105., 73_814. / 2_835.]),
                powers(n, 4, &[4_279. / 630., -332. / 35., -399_572. / 14_175.]),
                powers(n, 5, &[4_174. / 315., -144_838. / 6_237.]),
                powers(n, 6, &[601_676. / 22_275.]),
            ],
        }
    }

    /// The product of the two principal radii of curvature (the square of the Gaussian mean radius,
    /// 平均曲率半径) at a geodetic latitude, in m².
    pub(super) fn gaussian_radius_squared(&self, latitude_rad: f64) -> f64 {
        let w_squared = 1.0 - self.eccentricity_squared * latitude_rad.sin().powi(2);
        self.semi_major.powi(2) * (1.0 - self.eccentricity_squared) / w_squared.powi(2)
    }
}

/// `coefficients[0]·n^first + coefficients[1]·n^(first+1) + …`
const fn powers(n: f64, first: usize, coefficients: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut i = coefficients.len();
    while i > 0 {
        i -= 1;
        sum = sum * n + coefficients[i];
    }
    let mut power = 0;
    while power < first {
        sum *= n;
        power += 1;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meridian_quadrant_of_grs80_is_as_published() {
        // H. Moritz, Geodetic Reference System 1980: Q = 10 001 965.7293 m.
        let quadrant = GRS80.rectifying_radius * std::f64::consts::FRAC_PI_2;
        assert!((quadrant - 10_001_965.729_3).abs() < 1e-4, "{quadrant}");
    }

    #[test]
    fn the_gaussian_radius_runs_from_the_equators_to_the_poles() {
        let flattening = 1.0 / 298.257_222_101;
        let polar_axis = GRS80.semi_major * (1.0 - flattening);
        let equator = GRS80.gaussian_radius_squared(0.0).sqrt();
        let pole = GRS80.gaussian_radius_squared(std::f64::consts::FRAC_PI_2).sqrt();
        assert!((equator - polar_axis).abs() < 1e-6, "{equator}");
        assert!((pole - GRS80.semi_major.powi(2) / polar_axis).abs() < 1e-6, "{pole}");
    }
}
