//! Where are sites that are taken already, and facilities that belong to no project? Files of points, lines or areas.

use super::load::{LayerReport, known_fields, load_filling};
use super::lost::Lost;
use super::{Facility, LayerError, LayerKey, LayerSpec, Onto, crs_of, facilities};
use crate::crs::{DatumGrids, FromPlane, Plane};
use crate::notices::Notices;

/// The places of a file that belongs to no project.
#[derive(Debug)]
pub struct Places {
    /// The places in the order of their files, those that are nowhere among them.
    pub places: Vec<Facility>,
    /// How many have no place that is known, as far as readers and this stage can say.
    pub lost: usize,
    /// The fields that there are.
    pub known: Vec<String>,
    /// What was read.
    pub report: LayerReport,
}

/// Reads them onto a plane, as the layer `key`. Whatever is wrong with a feature is told.
///
/// # Errors
/// A file that cannot be read, whose place on the earth is not known, or in which nothing has a place.
pub fn read_places(
    key: LayerKey,
    spec: &LayerSpec,
    onto: Onto<'_>,
    notices: &mut Notices,
) -> Result<Places, LayerError> {
    let (loaded, _) = load_filling(key, spec, &[], onto, notices)?;
    let mut lost = Lost::in_reading(&loaded.raw);
    let places = facilities(&loaded, &mut lost, notices)?;
    Ok(Places { places, lost: lost.count(), known: known_fields(&loaded.raw), report: loaded.report })
}

/// The plane of a file with places, as that of parcels is chosen: its own where it is in a plane rectangular system, else the nearest to its
/// first place.
///
/// # Errors
/// As [`read_places`].
pub fn plane_of(key: LayerKey, spec: &LayerSpec, grids: &DatumGrids) -> Result<Plane, LayerError> {
    // Any plane reaches all of Japan well enough to tell the right one.
    let somewhere = Plane::nearest(137.0, 36.0);
    // What is wrong with the file is told once it is read onto its plane.
    let read = read_places(key, spec, Onto { plane: somewhere, grids }, &mut Notices::default())?;
    let first = read.report.files.first().map(|file| &file.source);
    let crs = first.and_then(|file| crs_of(file, spec.read.crs.as_deref(), key.name()).ok());
    let epsg = crs.and_then(|(crs, _)| crs.epsg());
    let own = (1..=19).filter_map(Plane::new).find(|plane| epsg == Some(u32::from(plane.epsg())));
    let place = read.places.iter().find_map(|place| place.parts.first()?.first().copied());
    let nearest = |at| {
        let [lon, lat] = FromPlane::new(somewhere).lon_lat(at);
        Plane::nearest(lon, lat)
    };
    Ok(own.or_else(|| place.map(nearest)).unwrap_or(somewhere))
}
