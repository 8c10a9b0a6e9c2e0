//! Points from any system to a plane, and from a plane to longitude and latitude.

use rayon::prelude::*;

use super::definition::{Crs, SystemKind};
use super::ellipsoid::{GRS80, WGS84};
use super::error::CrsError;
use super::grids::{DatumGrids, OffGrid};
use super::krueger::Krueger;
use super::over_grids::OverGrids;
use super::plane::Plane;
use super::systems::{Form, System};

/// The way from one system to a plane.
///
/// Points are x first in and out: longitude or easting, then latitude or northing, whatever the axes of the
/// systems. JGD2011, JGD2000 and WGS84 are taken as one datum (see [`Crs::datum_note`]) where there are no grids. A point costs
/// about 0.1 µs from degrees, 0.2 µs from another plane or a UTM zone, and 0.4 µs through libproj.
///
/// ```
/// use kyoten::crs::{Crs, Plane, ToPlane};
/// let plane = Plane::new(9).unwrap();
/// let mut points = [[139.0 + 50.0 / 60.0, 36.0]];
/// ToPlane::new(&Crs::jgd2011(), plane)?.convert(&mut points)?;
/// assert!(points[0][0].abs() < 1e-6 && points[0][1].abs() < 1e-6);
/// # Ok::<(), kyoten::crs::CrsError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ToPlane {
    from: Crs,
    to: Plane,
    way: Way,
}

#[derive(Debug, Clone)]
pub(super) enum Way {
    /// The points are on this plane already.
    Same(Krueger),
    /// From degrees.
    Degrees(Krueger),
    /// From a plane or UTM zone over degrees.
    Projected(Krueger, Krueger),
    /// From Web Mercator over degrees.
    WebMercator(Krueger),
    /// Through libproj, from this definition to that code.
    #[cfg(feature = "proj")]
    Libproj(String, u32, Krueger),
    /// Over grids from an older datum.
    OverGrids(OverGrids),
}

impl ToPlane {
    /// The way from a system to a plane without grids; through libproj it costs about 1 ms for each thread that converts.
    ///
    /// # Errors
    /// [`CrsError::NoWay`] where libproj has none; [`CrsError::NeedsLibproj`] in a build without it.
    pub fn new(from: &Crs, to: Plane) -> Result<Self, CrsError> {
        Self::over(from, to, &DatumGrids::NONE)
    }

    /// The same over grids from an older datum, where they lead on from that of the system. What they do not cover goes the
    /// way without them.
    ///
    /// # Errors
    /// As [`ToPlane::new`].
    pub fn over(from: &Crs, to: Plane, grids: &DatumGrids) -> Result<Self, CrsError> {
        let way = match &from.0 {
            SystemKind::Known(system) => match native_way(*system, to) {
                Some(way) => way,
                None => libproj_way(from, &format!("EPSG:{}", system.epsg), to)?,
            },
            #[cfg(feature = "proj")]
            SystemKind::Foreign(foreign) => libproj_way(from, &foreign.definition, to)?,
        };
        let way = OverGrids::new(from, grids, plane_projection(to), &way).map_or(way, Way::OverGrids);
        Ok(Self { from: from.clone(), to, way })
    }

    /// Whether points go over grids.
    #[must_use]
    pub fn is_over_grids(&self) -> bool {
        matches!(self.way, Way::OverGrids(_))
    }

    /// Converts points in place.
    ///
    /// # Errors
    /// [`CrsError::OutOfReach`] names the first point that is not finite or lies too far away (35° of longitude
    /// from the plane's meridian, or outside of 15 to 51° N, within which all of Japan is); points are then partly converted.
    pub fn convert(&self, points: &mut [[f64; 2]]) -> Result<(), CrsError> {
        self.convert_telling(points, &mut Vec::new())
    }

    /// The same, and adds to `off` in order the positions of points that grids do not simply shift, with the reasons.
    ///
    /// # Errors
    /// As [`ToPlane::convert`].
    pub fn convert_telling(&self, points: &mut [[f64; 2]], off: &mut Vec<(usize, OffGrid)>) -> Result<(), CrsError> {
        let (from, to) = (|| self.from.title(), self.to);
        let outcome = self.way.convert(points, off).map_err(|reason| CrsError::NoWay { from: from(), to, reason })?;
        outcome.map_err(|(index, [x, y])| CrsError::OutOfReach { index, x, y, from: from(), to })
    }
}

impl Way {
    /// Converts points in place. The inner error is the position and the coordinates of a point out of reach, the outer one
    /// what libproj says where it has no way.
    pub(super) fn convert(
        &self,
        points: &mut [[f64; 2]],
        off: &mut Vec<(usize, OffGrid)>,
    ) -> Result<Result<(), (usize, [f64; 2])>, String> {
        Ok(match self {
            Self::Same(plane) => each(points, |point| plane.reaches_plane(point).then_some(point)),
            Self::Degrees(plane) => each(points, |point| reach(plane, point)),
            Self::Projected(source, plane) => {
                each(
                    points,
                    |point| {
                        if source.reaches_plane(point) { reach(plane, source.inverse(point)) } else { None }
                    },
                )
            }
            Self::WebMercator(plane) => each(points, |point| reach(plane, web_mercator_lon_lat(point))),
            #[cfg(feature = "proj")]
            Self::Libproj(definition, to, plane) => {
                let reached = |point| plane.reaches_plane(point);
                super::libproj::convert(definition, *to, reached, points)?.map_err(|index| (index, points[index]))
            }
            Self::OverGrids(way) => way.convert(points, off)?,
        })
    }
}

/// Converts each point, up to the first that gives `None`: the error is its position and coordinates.
fn each(points: &mut [[f64; 2]], convert: impl Fn([f64; 2]) -> Option<[f64; 2]>) -> Result<(), (usize, [f64; 2])> {
    for (index, point) in points.iter_mut().enumerate() {
        *point = convert(*point).ok_or((index, *point))?;
    }
    Ok(())
}

/// The plane point of a longitude and latitude that the plane reaches.
fn reach(plane: &Krueger, lon_lat: [f64; 2]) -> Option<[f64; 2]> {
    plane.reaches_lon_lat(lon_lat).then(|| plane.forward(lon_lat))
}

/// The longitude and latitude of a point on the sphere of web maps.
///
/// Source: EPSG guidance note 7-2, method 1024 (Popular Visualisation Pseudo-Mercator).
fn web_mercator_lon_lat([x, y]: [f64; 2]) -> [f64; 2] {
    let radius = WGS84.semi_major;
    [(x / radius).to_degrees(), (y / radius).sinh().atan().to_degrees()]
}

fn plane_projection(plane: Plane) -> Krueger {
    let (lon, lat) = plane.origin();
    Krueger::new(&GRS80, [lon, lat], super::plane::SCALE_AT_ORIGIN, [0.0, 0.0])
}

fn native_way(from: System, to: Plane) -> Option<Way> {
    let ellipsoid = from.native_ellipsoid()?;
    let plane = plane_projection(to);
    Some(match from.form {
        Form::Degrees => Way::Degrees(plane),
        Form::WebMercator => Way::WebMercator(plane),
        Form::Plane(same) if same == to => Way::Same(plane),
        Form::Plane(_) | Form::Utm(_) => {
            let source = from.form.transverse_mercator()?;
            Way::Projected(Krueger::new(ellipsoid, source.origin, source.scale, source.false_origin), plane)
        }
    })
}

#[cfg(feature = "proj")]
fn libproj_way(from: &Crs, definition: &str, to: Plane) -> Result<Way, CrsError> {
    let epsg = to.epsg().into();
    super::libproj::check(definition, epsg).map_err(|reason| CrsError::NoWay { from: from.title(), to, reason })?;
    Ok(Way::Libproj(definition.to_owned(), epsg, plane_projection(to)))
}

#[cfg(not(feature = "proj"))]
fn libproj_way(from: &Crs, _definition: &str, _to: Plane) -> Result<Way, CrsError> {
    Err(CrsError::NeedsLibproj { definition: from.name() })
}

/// The way from a plane to longitude and latitude on JGD2011 (EPSG:6668), in degrees, longitude first.
#[derive(Debug, Clone)]
pub struct FromPlane(Krueger);

/// So many points at least a thread converts: to share fewer takes longer than it saves.
const TOGETHER: usize = 1024;

impl FromPlane {
    /// The way from a plane.
    #[must_use]
    pub fn new(from: Plane) -> Self {
        Self(plane_projection(from))
    }

    /// The longitude and latitude of a plane point; good to nanometres within 3900 km of the central meridian,
    /// and not finite where the point is not.
    #[must_use]
    pub fn lon_lat(&self, point: [f64; 2]) -> [f64; 2] {
        self.0.inverse(point)
    }

    /// Converts points in place, as [`FromPlane::lon_lat`] does.
    pub fn convert(&self, points: &mut [[f64; 2]]) {
        points.par_iter_mut().with_min_len(TOGETHER).for_each(|point| *point = self.lon_lat(*point));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnose as _;

    fn plane(zone: u8) -> Plane {
        Plane::new(zone).unwrap()
    }

    fn to_plane(from: &str, zone: u8) -> ToPlane {
        ToPlane::new(&Crs::parse(from).unwrap(), plane(zone)).unwrap()
    }

    #[test]
    fn a_conversion_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<ToPlane>();
        shared::<FromPlane>();
    }

    #[test]
    fn points_that_are_no_place_are_named() {
        for from in ["EPSG:6668", "EPSG:6676", "EPSG:6677", "EPSG:3857", "EPSG:32654"] {
            let way = to_plane(from, 8);
            for bad in [[f64::NAN, 35.0], [138.0, f64::INFINITY], [1e8, 0.0], [-1e300, 1e300]] {
                let mut points = [[138.5, 36.0], bad];
                if !way.from.is_geographic() {
                    points[0] = [0.0, 0.0];
                }
                if from == "EPSG:32654" {
                    points[0] = [500_000.0, 4_000_000.0];
                }
                if from == "EPSG:3857" {
                    points[0] = [15_400_000.0, 4_300_000.0];
                }
                let error = way.convert(&mut points).unwrap_err();
                let CrsError::OutOfReach { index, .. } = error else { panic!("{error}") };
                assert_eq!(index, 1, "{from} {bad:?}");
            }
        }
        let error = to_plane("EPSG:6668", 8).convert(&mut [[35.0, 138.5]]).unwrap_err();
        let swapped = format!("{error}; {}", error.help()[0].en);
        assert!(swapped.contains("(35, 138.5)") && swapped.contains("longitude (easting) comes first"), "{swapped}");
    }

    #[test]
    fn the_same_plane_on_jgd2000_is_left_as_it_is() {
        let mut points = [[-12_345.678, 98_765.432]];
        to_plane("EPSG:2450", 8).convert(&mut points).unwrap();
        assert_eq!(points, [[-12_345.678, 98_765.432]]);
    }

    #[test]
    fn all_of_japan_is_within_reach_of_every_plane() {
        for plane in Plane::all() {
            let way = ToPlane::new(&Crs::jgd2011(), plane).unwrap();
            let corners = [[122.9, 24.4], [154.0, 24.3], [136.1, 20.4], [148.8, 45.6]];
            let mut points = corners;
            way.convert(&mut points).unwrap();
            FromPlane::new(plane).convert(&mut points);
            for (back, there) in points.iter().zip(corners) {
                assert!((back[0] - there[0]).abs() < 1e-10 && (back[1] - there[1]).abs() < 1e-10, "{plane:?}");
            }
        }
    }
}

#[cfg(test)]
#[cfg(feature = "proj")]
mod against_libproj {
    use proj::Proj;

    use super::super::systems::tests::known;
    use super::*;

    /// Random points within 2° of longitude and 4° of latitude of a plane's origin.
    fn around(plane: Plane, count: usize) -> Vec<[f64; 2]> {
        let mut random = fastrand::Rng::with_seed(plane.zone().into());
        let (lon, lat) = plane.origin();
        (0..count).map(|_| [lon + 4.0 * random.f64() - 2.0, lat + 8.0 * random.f64() - 4.0]).collect()
    }

    fn by_libproj(from: &str, to: &str, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let proj = Proj::new_known_crs(from, to, None).unwrap();
        let mut pairs: Vec<(f64, f64)> = points.iter().map(|&[x, y]| (x, y)).collect();
        proj.convert_array(&mut pairs).unwrap();
        pairs.into_iter().map(|(x, y)| [x, y]).collect()
    }

    fn largest_difference(a: &[[f64; 2]], b: &[[f64; 2]]) -> f64 {
        let differences = a.iter().zip(b).flat_map(|(a, b)| [(a[0] - b[0]).abs(), (a[1] - b[1]).abs()]);
        // `f64::max` would pass over a NaN.
        differences.fold(0.0, |largest, next| if next <= largest { largest } else { next })
    }

    #[test]
    fn every_plane_agrees_both_ways() {
        for plane in Plane::all() {
            let degrees = around(plane, 200);
            let code = format!("EPSG:{}", plane.epsg());
            let mut ours = degrees.clone();
            ToPlane::new(&Crs::jgd2011(), plane).unwrap().convert(&mut ours).unwrap();
            let theirs = by_libproj("EPSG:6668", &code, &degrees);
            assert!(largest_difference(&ours, &theirs) < 1e-7, "{}", largest_difference(&ours, &theirs));
            FromPlane::new(plane).convert(&mut ours);
            let theirs = by_libproj(&code, "EPSG:6668", &theirs);
            assert!(largest_difference(&ours, &theirs) < 1e-12, "{:e}", largest_difference(&ours, &theirs));
        }
    }

    #[test]
    fn every_system_that_we_convert_ourselves_agrees() {
        for system in known().into_iter().filter(|system| system.native_ellipsoid().is_some()) {
            let near = match system.form {
                Form::Plane(plane) => plane,
                Form::Utm(_) | Form::Degrees | Form::WebMercator => plane(9),
            };
            let code = format!("EPSG:{}", system.epsg);
            // A neighbouring plane, so that the way is never the short one.
            let to = plane(near.zone() % 19 + 1);
            let from = by_libproj("EPSG:6668", &code, &around(near, 50));
            let mut ours = from.clone();
            ToPlane::new(&Crs::parse(&code).unwrap(), to).unwrap().convert(&mut ours).expect(&code);
            let theirs = by_libproj(&code, &format!("EPSG:{}", to.epsg()), &from);
            let difference = largest_difference(&ours, &theirs);
            assert!(difference < 1e-6, "{code}: {difference:e}");
        }
    }

    fn plane(zone: u8) -> Plane {
        Plane::new(zone).unwrap()
    }

    #[test]
    fn the_tokyo_datum_is_shifted_by_some_450_metres() {
        let mut points = [[138.5, 35.0]];
        ToPlane::new(&Crs::parse("EPSG:4301").unwrap(), plane(8)).unwrap().convert(&mut points).unwrap();
        let mut unshifted = [[138.5, 35.0]];
        ToPlane::new(&Crs::jgd2011(), plane(8)).unwrap().convert(&mut unshifted).unwrap();
        let shift = (points[0][0] - unshifted[0][0]).hypot(points[0][1] - unshifted[0][1]);
        assert!((400.0..500.0).contains(&shift), "{shift}");
    }

    #[test]
    fn a_plane_of_a_towns_own_is_converted_by_its_text() {
        let own = r#"PROJCS["own",GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],
            PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],
            PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",500.0],PARAMETER["Central_Meridian",138.5],
            PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",36.0],UNIT["Meter",1.0]]"#;
        let crs = Crs::parse(own).unwrap();
        assert_eq!((crs.epsg(), crs.name()), (None, "own".to_owned()));
        let mut points = [[1000.0, 2500.0]];
        ToPlane::new(&crs, plane(8)).unwrap().convert(&mut points).unwrap();
        assert!(largest_difference(&points, &[[999.9, 1999.8]]) < 1e-6, "{points:?}");
    }

    #[test]
    fn libproj_names_the_bad_point_and_serves_many_threads() {
        let way = ToPlane::new(&Crs::parse("EPSG:30168").unwrap(), plane(8)).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let mut points = vec![[1000.0, 2000.0]; 10_000];
                    way.convert(&mut points).unwrap();
                    assert!(points.iter().all(|point| point == &points[0]) && points[0] != [1000.0, 2000.0]);
                    points[9000] = [f64::NAN, 0.0];
                    let error = way.convert(&mut points).unwrap_err();
                    assert!(matches!(error, CrsError::OutOfReach { index: 9000, .. }), "{error}");
                });
            }
        });
        assert_eq!(way.convert(&mut []), Ok(()));
    }
}
