//! Two mistakes that a file of longitudes and latitudes can show by its numbers alone.

use std::path::Path;

use geo::CoordsIter;

use super::{DeclaredCrs, InputError, RawFeature};
use crate::geometry::{Point, Shapes};

/// Checks that a position can be longitude and latitude in degrees, in this order. Call it for every
/// layer whose CRS is geographic or not known.
///
/// # Errors
/// [`InputError::SwappedAxes`] for a place in Japan with latitude first (Japan lies in 20–46° N, 122–154° E);
/// [`InputError::PlaneMetresAsDegrees`] for anything past ±180 or ±90.
pub fn check_degrees(path: &Path, feature: usize, [x, y]: Point) -> Result<(), InputError> {
    if (20.0..=46.0).contains(&x) && (122.0..=154.0).contains(&y) {
        return Err(InputError::SwappedAxes { path: path.to_owned(), feature, x, y });
    }
    // Written so that a coordinate that is not a number passes: it is reported for what it is.
    if x.abs() > 180.0 || y.abs() > 90.0 {
        return Err(InputError::PlaneMetresAsDegrees { path: path.to_owned(), feature, x, y });
    }
    Ok(())
}

/// [`check_degrees`] for every position of some features.
///
/// # Errors
/// As [`check_degrees`], for the first position at fault.
pub fn check_features(path: &Path, features: &[RawFeature]) -> Result<(), InputError> {
    for feature in features {
        let positions = feature.geometry.iter().flat_map(CoordsIter::coords_iter);
        for position in positions {
            check_degrees(path, feature.number, [position.x, position.y])?;
        }
    }
    Ok(())
}

fn is_in_range([x, y]: &Point) -> bool {
    x.abs() <= 180.0 && y.abs() <= 90.0
}

/// Whether all within two corners of a box can be longitude and latitude.
pub(super) fn can_be_degrees(min: &Point, max: &Point) -> bool {
    is_in_range(min) && is_in_range(max)
}

/// [`check_degrees`] for the shapes of a chunk, the first being the feature after `first` others. One comparison a
/// coordinate; only where one is out of range is it asked which.
pub(super) fn check_shapes(path: &Path, first: usize, shapes: &Shapes) -> Result<(), InputError> {
    if shapes.points().iter().all(is_in_range) {
        return Ok(()); // an axis swapped in Japan is out of range too: its longitudes are past 90
    }
    for (index, shape) in shapes.iter().enumerate() {
        for &point in shape.points() {
            check_degrees(path, first + index + 1, point)?;
        }
    }
    Ok(())
}

/// Checks that positions of a plane in metres are not longitudes and latitudes of Japan, all of them: no layer fits
/// into the 32 m by 26 m of the plane that this would be. Call it for layers and chunks of a plane CRS; `crs` is its
/// name.
///
/// # Errors
/// [`InputError::DegreesAsPlaneMetres`] with the first position.
pub fn check_metres<'a>(
    path: &Path,
    crs: &str,
    positions: impl IntoIterator<Item = (usize, &'a Point)>,
) -> Result<(), InputError> {
    let is_degrees = |[x, y]: &Point| (122.0..=154.0).contains(x) && (20.0..=46.0).contains(y);
    let mut first = None;
    for (feature, position) in positions {
        if !is_degrees(position) {
            return Ok(());
        }
        first = first.or(Some((feature, *position)));
    }
    match first {
        Some((feature, [x, y])) => {
            Err(InputError::DegreesAsPlaneMetres { path: path.to_owned(), feature, x, y, crs: crs.to_owned() })
        }
        None => Ok(()),
    }
}

/// Whether the positions must be degrees, as far as this can be told without a register of systems: the
/// project file names no CRS, and the file names none or one of longitude and latitude.
pub(super) fn means_degrees(demanded: Option<&str>, declared: Option<&DeclaredCrs>) -> bool {
    const GEOGRAPHIC: [&str; 5] = ["CRS84", "4326", "6668", "4612", "6697"];
    demanded.is_none()
        && declared.is_none_or(|crs| {
            let text = crs.text.trim().to_ascii_uppercase();
            text.starts_with("GEOG") || GEOGRAPHIC.iter().any(|code| text.ends_with(code))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_japan_passes_and_both_mistakes_are_told_apart() {
        let check = |x, y| check_degrees(Path::new("a"), 1, [x, y]);
        assert!(check(138.3, 34.8).is_ok());
        assert!(check(-122.4, 37.8).is_ok());
        assert!(matches!(check(34.8, 138.3), Err(InputError::SwappedAxes { .. })));
        assert!(matches!(check(-15_000.0, -120_000.0), Err(InputError::PlaneMetresAsDegrees { .. })));
    }

    #[test]
    fn degrees_pass_for_metres_only_beside_real_metres() {
        let check = |points: &[Point]| check_metres(Path::new("a"), "VIII", points.iter().map(|point| (1, point)));
        assert!(matches!(check(&[[138.3, 34.8]]), Err(InputError::DegreesAsPlaneMetres { feature: 1, .. })));
        assert!(check(&[[138.3, 34.8], [160.0, 34.8]]).is_ok());
        assert!(check(&[]).is_ok());
    }

    #[test]
    fn degrees_are_meant_unless_something_says_otherwise() {
        let named = |text: &str| Some(DeclaredCrs { text: text.to_owned(), found_in: words!(".prj") });
        assert!(means_degrees(None, None));
        assert!(means_degrees(None, named("urn:ogc:def:crs:EPSG::6668").as_ref()));
        assert!(means_degrees(None, named("GEOGCS[\"GCS_JGD_2011\",…]").as_ref()));
        assert!(!means_degrees(None, named("EPSG:2450").as_ref()));
        assert!(!means_degrees(Some("EPSG:2450"), None));
    }
}
