//! Sheets read as layers.

use geo::{Coord, Geometry, LineString, MultiPolygon, Polygon};

use super::sheet::Sheet;
use super::spatial::Surface;
use crate::geometry::Point;
use crate::inputs::format::{FeatureTable, Input, Reporter};
use crate::inputs::text::{self, Said};
use crate::inputs::{InputError, RawFeature};

pub(super) fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let text = text::decode(&input.path, &input.bytes, input.options.encoding.as_deref().map(Said::Demanded))?;
    let sheet = Sheet::read(&input.path, &text.text)?;
    sheet.report(&input.path, reporter);
    let features = sheet.parcels.iter().map(|parcel| RawFeature {
        number: parcel.position,
        file: 0,
        geometry: parcel.surface.as_ref().and_then(geometry),
        fields: parcel.fields(&sheet.about),
    });
    Ok(FeatureTable {
        features: features.collect(),
        crs: sheet.crs(),
        encoding: Some(text.encoding),
        left_out: sheet.left_out(),
        lost: sheet.without_place(),
        ..FeatureTable::default()
    })
}

/// The surface in `geo` types; `None` where it is empty.
fn geometry(surface: &Surface) -> Option<Geometry<f64>> {
    let ring = |ring: &Vec<Point>| LineString(ring.iter().map(|&[x, y]| Coord { x, y }).collect());
    let polygon = |rings: &Vec<Vec<Point>>| {
        let mut rings = rings.iter().map(ring);
        rings.next().map(|shell| Polygon::new(shell, rings.collect()))
    };
    let mut polygons: Vec<Polygon<f64>> = surface.polygons.iter().filter_map(polygon).collect();
    match polygons.len() {
        0 => None,
        1 => polygons.pop().map(Geometry::from),
        _ => Some(MultiPolygon(polygons).into()),
    }
}
