//! Which facilities does a project's layer have, or a file alone? Nothing else is read for it.

use std::collections::BTreeMap;

use super::RunError;
use super::grids::Grids;
use crate::crs::{DatumGrids, Plane};
use crate::layers::{Facility, LayerKey, LayerSpec, RailwayLaw, Sources, read_city};
use crate::notices::Notices;
use crate::project::Project;

/// The facilities of a project; `None` where it has no such layer.
///
/// # Errors
/// A file that cannot be used.
pub fn facilities_of_project(project: &Project, notices: &mut Notices) -> Result<Option<Vec<Facility>>, RunError> {
    let Some(spec) = project.layers.get(&LayerKey::Facilities) else { return Ok(None) };
    let grids = Grids::read(project).map_err(RunError::of)?;
    read(spec.clone(), &grids.all, notices).map(Some)
}

/// The facilities of a file.
///
/// # Errors
/// A file that cannot be used.
pub fn facilities_of_file(file: &str, notices: &mut Notices) -> Result<Vec<Facility>, RunError> {
    let spec = LayerSpec { paths: vec![file.to_owned()], ..LayerSpec::default() };
    read(spec, &DatumGrids::default(), notices)
}

fn read(spec: LayerSpec, grids: &DatumGrids, notices: &mut Notices) -> Result<Vec<Facility>, RunError> {
    let (layers, none) = (BTreeMap::from([(LayerKey::Facilities, spec)]), BTreeMap::new());
    let law = RailwayLaw::default();
    let sources = Sources {
        layers: &layers,
        expectations: &none,
        supposed: &none,
        municipality: None,
        area_division: None,
        law: &law,
        grids,
    };
    // No distance is measured: any plane will do.
    let read = read_city(&sources, Plane::nearest(137.0, 36.0), notices);
    let (city, _) = read.map_err(|errors| RunError::of(errors.into_iter().map(RunError::from).collect()))?;
    Ok(city.facilities().map(<[Facility]>::to_vec).unwrap_or_default())
}
