//! Residents by census unit, with what is not published as an interval: from polygons with numbers, from a mesh table,
//! or from tables and boundaries that belong together by their codes.

mod cells;
mod columns;
mod kinds;
mod polygons;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::lost::Lost;
use super::{LayerError, Loaded};
use crate::crs::Plane;
use crate::geometry::Shapes;
use crate::inputs::RawFeature;
use crate::notices::Notices;
use crate::units::Interval;

use columns::Columns;
pub use columns::may_hold_residents;
use rows::Codes;
use serde::{Deserialize, Serialize};

/// Residents by unit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Census {
    /// The units' shapes, plane metres.
    pub shapes: Shapes,
    /// One record a shape.
    pub units: Vec<CensusUnit>,
    /// Where a unit that is not listed has no residents (the tables list inhabited meshes only); elsewhere
    /// outside the units nothing is known.
    pub surveyed: Shapes,
}

/// The residents of one unit, persons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CensusUnit {
    /// Its code, where the layer has one.
    pub code: Option<String>,
    /// All residents; an infinite `hi` where nothing is known.
    pub population: Interval<f64>,
    /// Residents aged 65 or over.
    pub seniors: Interval<f64>,
}

/// Reads a census layer: polygons with their numbers, a mesh table whose codes are the shapes, or tables with the
/// boundaries that their codes belong to.
///
/// # Errors
/// No field for the numbers or codes, or several that could be it; a code or number that is none; tables of small
/// areas without boundaries, or whose codes no boundary has.
pub fn census(loaded: &Loaded, plane: Plane, lost: &mut Lost, notices: &mut Notices) -> Result<Census, LayerError> {
    let columns = Columns::find(loaded)?;
    let codes = Codes::of(loaded);
    let is_table = tables(loaded);
    let polygons: Vec<&RawFeature> = loaded.raw.features.iter().filter(|feature| !is_table[feature.file]).collect();
    if !is_table.contains(&true) {
        // Polygons with a table's columns joined to them are its rows as well.
        let withheld = polygons.iter().any(|feature| feature.fields.contains_key(rows::STATE));
        let of_all = vec![true; is_table.len()];
        let rows = if withheld { rows::rows(loaded, &columns, codes, &of_all)? } else { Vec::new() };
        return polygons::census(loaded, &polygons, &rows, (&columns, codes), lost, notices);
    }
    loaded.need("code")?;
    let rows = rows::rows(loaded, &columns, codes, &is_table)?;
    if polygons.is_empty() && codes == Codes::SmallAreas {
        let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        return Err(LayerError::NoBoundaries { path });
    }
    // Outlines of meshes hold every mesh, the table the inhabited ones; the codes say where they are.
    if polygons.is_empty() || cells::are_outlines(loaded, &polygons, plane) {
        return cells::census(loaded, &rows, plane, notices);
    }
    polygons::census(loaded, &polygons, &rows, (&columns, codes), lost, notices)
}

/// Role → the columns that hold it, as they were found.
///
/// # Errors
/// As [`census`].
pub fn column_names(loaded: &Loaded) -> Result<BTreeMap<&'static str, String>, LayerError> {
    Ok(Columns::find(loaded)?.names())
}

/// Which files are tables: no feature of theirs has a geometry.
fn tables(loaded: &Loaded) -> Vec<bool> {
    let mut is_table = vec![true; loaded.raw.files.len()];
    for feature in loaded.raw.features.iter().filter(|feature| feature.geometry.is_some()) {
        is_table[feature.file] = false;
    }
    is_table
}

/// Tells of a unit whose older residents are not published.
fn tell_withheld(loaded: &Loaded, feature: &RawFeature, unit: &CensusUnit, notices: &mut Notices) {
    if !unit.seniors.is_exact() {
        notices.add(loaded.key.name(), &kinds::SUPPRESSED, loaded.feature_name(feature));
    }
}
