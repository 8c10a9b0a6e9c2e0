//! The reference systems that are read without libproj: those in which Japanese open data come.

use super::ellipsoid::{BESSEL, Ellipsoid, GRS80, WGS84};
use super::plane::{Plane, SCALE_AT_ORIGIN};
use crate::text::Text;

/// The scale on the central meridian of every UTM zone.
const UTM_SCALE: f64 = 0.9996;

/// The false easting of every UTM zone, in metres.
const UTM_FALSE_EASTING: f64 = 500_000.0;

/// A geodetic datum (測地系).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Datum {
    /// 日本測地系2011 (世界測地系).
    Jgd2011,
    /// 日本測地系2000 (世界測地系).
    Jgd2000,
    /// WGS84, taken as one with JGD2011.
    Wgs84,
    /// 旧日本測地系, on the Bessel ellipsoid; grids shift it, else only libproj does.
    Tokyo,
}

impl Datum {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Jgd2011 => "JGD2011",
            Self::Jgd2000 => "JGD2000",
            Self::Wgs84 => "WGS 84",
            Self::Tokyo => "Tokyo",
        }
    }

    /// The same as Japanese texts call it.
    fn japanese(self) -> &'static str {
        match self {
            Self::Tokyo => "旧日本測地系",
            other => other.name(),
        }
    }

    /// The ellipsoid.
    pub(super) fn ellipsoid(self) -> &'static Ellipsoid {
        match self {
            Self::Wgs84 => &WGS84,
            Self::Tokyo => &BESSEL,
            Self::Jgd2011 | Self::Jgd2000 => &GRS80,
        }
    }

    /// What a reader of data on this datum should know.
    pub(super) fn note(self) -> Option<Text> {
        match self {
            Self::Jgd2011 | Self::Wgs84 => None,
            Self::Jgd2000 => Some(Text::new(
                "JGD2000はJGD2011として読みます。西日本では一致しますが、2011年の地震で地面が動いた地域では最大で数m違います。\
                 その地域では、国土地理院のPatchJGD（.par）を`datum_grids`に指定してください。",
                "JGD2000 is read as JGD2011: they agree in western Japan, but where the 2011 earthquake moved the ground they \
                 differ by up to metres; there, name GSI's PatchJGD (.par grid) in `datum_grids`",
            )),
            Self::Tokyo => Some(Text::new(
                "旧日本測地系は、約9mの精度のヘルマート変換でJGD2011に移します。それより正確にするには、国土地理院のTKY2JGD（.par）を\
                 `datum_grids`に指定してください。",
                "the Tokyo datum (旧日本測地系) is shifted to JGD2011 by a Helmert transformation, good to about 9 m; \
                 for more, name GSI's TKY2JGD (.par grid) in `datum_grids`",
            )),
        }
    }
}

/// How coordinates on a datum are laid out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Form {
    /// Longitude and latitude in degrees.
    Degrees,
    /// A plane rectangular system (平面直角座標系).
    Plane(Plane),
    /// A UTM zone of the northern hemisphere, 51 to 55.
    Utm(u8),
    /// The sphere of web maps.
    WebMercator,
}

/// A known system: its EPSG code, datum and form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct System {
    pub(super) epsg: u32,
    pub(super) datum: Datum,
    pub(super) form: Form,
}

/// A transverse Mercator projection by its parameters, in degrees and metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TransverseMercator {
    pub(super) origin: [f64; 2],
    pub(super) scale: f64,
    pub(super) false_origin: [f64; 2],
}

impl System {
    pub(super) const JGD2011: Self = Self { epsg: 6668, datum: Datum::Jgd2011, form: Form::Degrees };
    pub(super) const WGS84: Self = Self { epsg: 4326, datum: Datum::Wgs84, form: Form::Degrees };

    /// The system of a plane on JGD2011.
    pub(super) fn of_plane(plane: Plane) -> Self {
        Self { epsg: plane.epsg().into(), datum: Datum::Jgd2011, form: Form::Plane(plane) }
    }

    /// The system of an EPSG code, where it is a known one; heights of compound and 3D systems are left aside.
    ///
    /// Source: the EPSG dataset, as in the database of PROJ 9.6.
    pub(super) fn by_epsg(epsg: u32) -> Option<Self> {
        use Datum::{Jgd2000, Jgd2011, Tokyo, Wgs84};
        let plane_after = |before: u32| Plane::new(u8::try_from(epsg - before).ok()?).map(Form::Plane);
        let utm_from = |first: u32| Some(Form::Utm(u8::try_from(51 + epsg - first).ok()?));
        let (datum, form) = match epsg {
            6667 | 6668 | 6697 => (Jgd2011, Some(Form::Degrees)),
            4612 | 4947 => (Jgd2000, Some(Form::Degrees)),
            4326 | 4979 => (Wgs84, Some(Form::Degrees)),
            4301 => (Tokyo, Some(Form::Degrees)),
            6669..=6687 => (Jgd2011, plane_after(6668)),
            10_162..=10_174 => (Jgd2011, plane_after(10_161)), // the planes I to XIII with a height
            2443..=2461 => (Jgd2000, plane_after(2442)),
            30_161..=30_179 => (Tokyo, plane_after(30_160)),
            6688..=6692 => (Jgd2011, utm_from(6688)),
            3097..=3101 => (Jgd2000, utm_from(3097)),
            32_651..=32_655 => (Wgs84, utm_from(32_651)),
            3092..=3096 => (Tokyo, utm_from(3092)),
            3857 => (Wgs84, Some(Form::WebMercator)),
            _ => return None,
        };
        Some(Self { epsg, datum, form: form? })
    }

    /// The two-dimensional system of a datum and form; `None` for Web Mercator on any datum but WGS84.
    fn of(datum: Datum, form: Form) -> Option<Self> {
        let first_plane = match datum {
            Datum::Jgd2011 => Some(6668),
            Datum::Jgd2000 => Some(2442),
            Datum::Tokyo => Some(30_160),
            Datum::Wgs84 => None,
        };
        let epsg = match form {
            Form::Degrees => Some(match datum {
                Datum::Jgd2011 => 6668,
                Datum::Jgd2000 => 4612,
                Datum::Wgs84 => 4326,
                Datum::Tokyo => 4301,
            }),
            Form::Plane(plane) => first_plane.map(|before| before + u32::from(plane.zone())),
            Form::Utm(zone) => Some(
                u32::from(zone) - 51
                    + match datum {
                        Datum::Jgd2011 => 6688,
                        Datum::Jgd2000 => 3097,
                        Datum::Wgs84 => 32_651,
                        Datum::Tokyo => 3092,
                    },
            ),
            Form::WebMercator => (datum == Datum::Wgs84).then_some(3857),
        };
        epsg.map(|epsg| Self { epsg, datum, form })
    }

    /// Longitude and latitude on a datum.
    pub(super) fn geographic(datum: Datum) -> Option<Self> {
        Self::of(datum, Form::Degrees)
    }

    /// Web Mercator, where the datum is that of web maps.
    pub(super) fn web_mercator(datum: Datum) -> Option<Self> {
        Self::of(datum, Form::WebMercator)
    }

    /// The plane or UTM zone on a datum that has these parameters, but for their rounding in the file.
    pub(super) fn matching(datum: Datum, found: &TransverseMercator) -> Option<Self> {
        let near = |a: f64, b: f64, tolerance: f64| (a - b).abs() <= tolerance;
        Plane::all().map(Form::Plane).chain((51..=55).map(Form::Utm)).find_map(|form| {
            let known = form.transverse_mercator()?;
            let same = (0..2).all(|axis| {
                near(known.origin[axis], found.origin[axis], 1e-5)
                    && near(known.false_origin[axis], found.false_origin[axis], 1e-3)
            }) && near(known.scale, found.scale, 1e-9);
            same.then(|| Self::of(datum, form)).flatten()
        })
    }

    /// The ellipsoid of the coordinates, where they can be converted without libproj.
    pub(super) fn native_ellipsoid(self) -> Option<&'static Ellipsoid> {
        (self.datum != Datum::Tokyo).then(|| self.datum.ellipsoid())
    }

    /// The name in the manner of the EPSG dataset.
    pub(super) fn name(self) -> String {
        let datum = self.datum.name();
        match self.form {
            Form::Degrees => datum.to_owned(),
            Form::Plane(plane) => format!("{datum} / Japan Plane Rectangular CS {}", plane.roman()),
            Form::Utm(zone) => format!("{datum} / UTM zone {zone}N"),
            Form::WebMercator => format!("{datum} / Pseudo-Mercator"),
        }
    }

    /// The name as Japanese texts have it.
    pub(super) fn japanese(self) -> String {
        let datum = self.datum.japanese();
        match self.form {
            Form::Degrees => format!("{datum} 緯度経度"),
            Form::Plane(plane) => format!("{datum} {}", plane.japanese()),
            Form::Utm(zone) => format!("{datum} UTM座標系第{zone}帯"),
            Form::WebMercator => format!("{datum} ウェブメルカトル"),
        }
    }
}

impl Form {
    /// The parameters of a plane or UTM zone; `None` for the other forms.
    pub(super) fn transverse_mercator(self) -> Option<TransverseMercator> {
        match self {
            Self::Plane(plane) => {
                let (lon, lat) = plane.origin();
                Some(TransverseMercator { origin: [lon, lat], scale: SCALE_AT_ORIGIN, false_origin: [0.0, 0.0] })
            }
            Self::Utm(zone) => Some(TransverseMercator {
                origin: [f64::from(zone) * 6.0 - 183.0, 0.0],
                scale: UTM_SCALE,
                false_origin: [UTM_FALSE_EASTING, 0.0],
            }),
            Self::Degrees | Self::WebMercator => None,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Every code that [`System::by_epsg`] knows.
    pub(in super::super) fn known() -> Vec<System> {
        (0..40_000).filter_map(System::by_epsg).collect()
    }

    #[test]
    fn every_system_without_height_is_found_by_its_datum_and_form() {
        let with_height = [4947, 4979, 6667, 6697].into_iter().chain(10_162..=10_174).collect::<Vec<u32>>();
        assert_eq!(known().len(), 3 * 19 + 4 * 5 + 1 + 4 + with_height.len());
        for system in known().into_iter().filter(|system| !with_height.contains(&system.epsg)) {
            assert_eq!(System::of(system.datum, system.form), Some(system));
            if let Some(parameters) = system.form.transverse_mercator() {
                assert_eq!(System::matching(system.datum, &parameters), Some(system));
            }
        }
    }

    #[test]
    fn parameters_that_differ_by_more_than_rounding_match_nothing() {
        let plane = Form::Plane(Plane::new(8).unwrap()).transverse_mercator().unwrap();
        let rounded = TransverseMercator { origin: [138.500_001, 36.0], ..plane };
        assert_eq!(System::matching(Datum::Jgd2011, &rounded).map(|system| system.epsg), Some(6676));
        for other in [
            TransverseMercator { origin: [138.501, 36.0], ..plane },
            TransverseMercator { scale: 1.0, ..plane },
            TransverseMercator { false_origin: [0.0, 1000.0], ..plane },
            TransverseMercator { origin: [f64::NAN, 36.0], ..plane },
        ] {
            assert_eq!(System::matching(Datum::Jgd2011, &other), None, "{other:?}");
        }
    }

    #[cfg(feature = "proj")]
    #[test]
    fn the_names_are_those_of_the_epsg_dataset() {
        for system in known() {
            let described = super::super::libproj::describe(&format!("EPSG:{}", system.epsg)).unwrap();
            let plain = described.name.split(" + ").next().unwrap_or_default();
            assert_eq!(plain, system.name(), "EPSG:{}", system.epsg);
            assert_eq!(described.is_geographic, system.form == Form::Degrees, "EPSG:{}", system.epsg);
        }
    }
}
