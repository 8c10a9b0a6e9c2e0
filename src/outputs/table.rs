//! A batch as columns with types, and its shapes in longitude and latitude: what the formats with types are written from.

use std::sync::Arc;

use super::layout::ParcelLayout;
use super::text::rounded;
use crate::assess::{Assessment, BatchResult};
use crate::geometry::Shapes;
use crate::table::{Cell, Values};

/// Degrees are given to a billionth, 0.1 mm, where they do not go out as they came.
pub(crate) const DEGREES: usize = 9;

/// Some parcels: first their own properties, then kyoten's columns, as [`ParcelLayout::fields`] names them.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Their own properties, one column each.
    pub(super) own: Vec<Values>,
    /// What was found of them: kyoten's columns.
    pub(super) assessment: Arc<Assessment>,
    /// Longitude and latitude; an empty shape where there is no geometry. As in GeoJSON, they are the input's own
    /// where that may go out as it came.
    pub(super) shapes: Shapes,
}

impl Table {
    /// The parcels of a batch.
    pub(super) fn new(layout: &ParcelLayout, result: &BatchResult<'_>) -> Self {
        let mut own: Vec<Values> = layout.properties.iter().map(|(_, value_type)| Values::of(value_type)).collect();
        let (mut shapes, mut texts) = (Shapes::default(), Vec::new());
        for (row, record) in result.records.iter().enumerate() {
            layout.properties.values(&record.properties, &mut texts);
            own.iter_mut().zip(&texts).for_each(|(values, json)| values.push_json(*json));
            push_shape(&mut shapes, layout, result, row);
        }
        Self { own, assessment: Arc::clone(&result.assessment), shapes }
    }

    /// How many parcels there are.
    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }
}

/// The number in a cell, with the digits that are written.
pub(super) fn number(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Millionths(share) => Some(f64::from(share) / crate::evidence::SHARE_STEPS),
        Cell::Number(number, decimals) => Some(rounded(number, decimals)),
        Cell::Text(_) | Cell::Name(..) | Cell::Null => None,
    }
}

/// Adds the shape of a row in longitude and latitude: the same numbers as in the row's GeoJSON.
fn push_shape(shapes: &mut Shapes, layout: &ParcelLayout, result: &BatchResult<'_>, row: usize) {
    if let Some(as_they_came) = result.as_they_came.as_ref().filter(|_| result.keeps_shape(row)) {
        shapes.push(&as_they_came.get(row));
        return;
    }
    for polygon in result.batch.parcel(row).shape.polygons() {
        for ring in polygon.rings() {
            for &point in ring {
                shapes.push_point(layout.from_plane.lon_lat(point).map(|degrees| rounded(degrees, DEGREES)));
            }
            shapes.end_ring();
        }
        shapes.end_polygon();
    }
    shapes.end_shape();
}
