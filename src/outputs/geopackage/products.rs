//! What a run writes beside the parcels, as layers beside theirs.

use geo::{BoundingRect, Geometry};
use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use serde_json::Value;

use super::super::product::{Product, RowPlace};
use super::super::wkb;
use super::styles::Named;
use super::{header, index, schema};
use crate::geometry::Bounds;
use crate::inputs::{ValueType, plain_text};

/// Adds a product with its index and its style.
pub(super) fn add(database: &Connection, product: &Product) -> rusqlite::Result<()> {
    let is_areas = product.rows.iter().all(|row| matches!(row.place, RowPlace::Area(_)));
    let geometries = if is_areas { "MULTIPOLYGON" } else { "GEOMETRY" };
    schema::add_layer(database, product.name, geometries, &product.fields)?;
    let mut insert = database.prepare(&schema::insert(product.name, product.fields.len()))?;
    let mut bounds = Bounds::EMPTY;
    for row in &product.rows {
        let (blob, around) = geometry(&row.place);
        bounds = bounds.union(around);
        insert.raw_bind_parameter(1, blob)?;
        for ((column, field), cell) in (2..).zip(&product.fields).zip(&row.cells) {
            insert.raw_bind_parameter(column, sql(cell, field.value_type))?;
        }
        insert.raw_execute()?;
    }
    index::create(database, product.name)?;
    schema::set_extent(database, product.name, &bounds)?;
    let style =
        Named { layer: product.name, name: product.name, qml: &product.qml(), description: "", is_default: true };
    style.add(database)
}

/// A cell as its column's type has it; what is no single value stands as its JSON.
fn sql(cell: &Value, value_type: ValueType) -> Sql {
    let found = match value_type {
        ValueType::Bool => cell.as_bool().map(Sql::from),
        ValueType::Integer => cell.as_i64().map(Sql::from),
        ValueType::Number => cell.as_f64().map(Sql::from),
        ValueType::Text => (!cell.is_null()).then(|| Sql::from(plain_text(&cell.to_string()).into_owned())),
    };
    found.unwrap_or(Sql::Null)
}

/// The bytes of a place, and a box around it; none where there is no point.
fn geometry(place: &RowPlace) -> (Option<Vec<u8>>, Bounds) {
    let mut blob = Vec::new();
    let bounds = match place {
        RowPlace::Unknown => Bounds::EMPTY,
        RowPlace::Area(shapes) => shapes.bounds(),
        RowPlace::Geometry(geometry) => around(geometry),
    };
    if bounds.is_empty() {
        return (None, bounds);
    }
    header(&mut blob, bounds);
    match place {
        RowPlace::Unknown => {}
        RowPlace::Area(shapes) => wkb::multi_polygon(&mut blob, &shapes.get(0)),
        RowPlace::Geometry(geometry) => wkb::geometry(&mut blob, geometry),
    }
    (Some(blob), bounds)
}

fn around(geometry: &Geometry<f64>) -> Bounds {
    geometry.bounding_rect().map_or(Bounds::EMPTY, |around| {
        let (min, max) = (around.min(), around.max());
        Bounds { min: [min.x, min.y], max: [max.x, max.y] }
    })
}
