//! Tables as Arrow has them: parcels batch by batch, products whole; the geometry as GeoArrow's well-known binary.

use std::io;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::BinaryBuilder;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Schema};
use serde_json::{Value, json};

use super::file::too_sparse;
use super::jgd2011::projjson;
use super::layout::ParcelLayout;
use super::table::{Table, number};
use super::{OutputError, Product, RowPlace, wkb};
use crate::assess::{Assessment, BatchResult};
use crate::geometry::Shapes;
use crate::inputs::ValueType;
use crate::table::{Cell, Column, Field, Values, View};

/// The column of shapes.
pub(super) const GEOMETRY: &str = "geometry";

/// The columns of a run's parcels: those of the formats with types, and the geometry in JGD2011, longitude before latitude.
///
/// # Errors
/// Where nearly all of the table would be empty.
pub fn parcels_schema(layout: &ParcelLayout) -> Result<Schema, OutputError> {
    if let Some(why) = too_sparse(&layout.properties) {
        return Err(OutputError::refused(Path::new("parcels"), io::ErrorKind::Unsupported, why));
    }
    Ok(schema(&layout.fields))
}

/// A batch of parcels, with the columns of [`parcels_schema`].
///
/// # Errors
/// Where that is the schema of another layout.
pub fn parcels(
    layout: &ParcelLayout,
    schema: &Arc<Schema>,
    result: &BatchResult<'_>,
) -> Result<RecordBatch, ArrowError> {
    RecordBatch::try_new(Arc::clone(schema), arrays(&Table::new(layout, result), layout))
}

/// A product as one batch.
///
/// # Errors
/// Where a column holds what it does not say.
pub fn product(product: &Product) -> Result<RecordBatch, ArrowError> {
    let mut columns = product_columns(product);
    let (mut places, mut bytes) = (BinaryBuilder::new(), Vec::new());
    for row in &product.rows {
        bytes.clear();
        match &row.place {
            RowPlace::Unknown => {}
            RowPlace::Area(area) => wkb::polygons(&mut bytes, &area.get(0)),
            RowPlace::Geometry(geometry) => wkb::geometry(&mut bytes, geometry),
        }
        places.append_option((!bytes.is_empty()).then_some(&bytes));
    }
    columns.push(Arc::new(places.finish()));
    RecordBatch::try_new(Arc::new(schema(&product.fields)), columns)
}

/// The columns of a product but its geometry.
pub(super) fn product_columns(product: &Product) -> Vec<ArrayRef> {
    let column = |(index, field): (usize, &Field)| -> ArrayRef {
        let cells = product.rows.iter().map(|row| &row.cells[index]);
        match field.value_type {
            ValueType::Bool => Arc::new(cells.map(Value::as_bool).collect::<BooleanArray>()),
            ValueType::Integer => Arc::new(cells.map(Value::as_i64).collect::<Int64Array>()),
            ValueType::Number => Arc::new(cells.map(Value::as_f64).collect::<Float64Array>()),
            ValueType::Text => Arc::new(cells.map(as_text).collect::<StringArray>()),
        }
    };
    product.fields.iter().enumerate().map(column).collect()
}

/// A text as it is, anything else as its JSON.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The columns of kyoten's alone.
#[must_use]
pub fn found_schema(layout: &ParcelLayout) -> Schema {
    Schema::new(layout.columns.iter().map(|column| titled(&Field::from(column))).collect::<Vec<_>>())
}

/// Kyoten's columns of some parcels, as [`found_schema`] names them.
#[must_use]
pub fn found_arrays(layout: &ParcelLayout, assessment: &Assessment) -> Vec<ArrayRef> {
    let rows = assessment.len();
    layout.columns.iter().map(|column| found(column, &column.view(assessment), rows, layout)).collect()
}

fn titled(field: &Field) -> ArrowField {
    let title = field.title.iter().map(|title| ("title_ja".to_owned(), title.ja.to_string()));
    ArrowField::new(&field.name, data_type(field.value_type), true).with_metadata(title.collect())
}

fn schema(fields: &[Field]) -> Schema {
    let geometry = ArrowField::new(GEOMETRY, DataType::Binary, true).with_metadata(geoarrow().into());
    Schema::new(fields.iter().map(titled).chain([geometry]).collect::<Vec<_>>())
}

pub(super) fn data_type(value_type: ValueType) -> DataType {
    match value_type {
        ValueType::Bool => DataType::Boolean,
        ValueType::Integer => DataType::Int64,
        ValueType::Number => DataType::Float64,
        ValueType::Text => DataType::Utf8,
    }
}

/// What makes bytes geometries. Source: GeoArrow 0.2, "Extension type definitions".
pub(super) fn geoarrow() -> [(String, String); 2] {
    let about = json!({ "crs": projjson(), "crs_type": "projjson" }).to_string();
    [("ARROW:extension:name", "geoarrow.wkb".to_owned()), ("ARROW:extension:metadata", about)]
        .map(|(key, value)| (key.to_owned(), value))
}

/// The columns of a batch, the geometry last.
pub(super) fn arrays(table: &Table, layout: &ParcelLayout) -> Vec<ArrayRef> {
    let mut arrays = columns(table, layout);
    arrays.push(shapes(&table.shapes));
    arrays
}

/// The columns of a batch but its geometry: its own, then kyoten's.
pub(super) fn columns(table: &Table, layout: &ParcelLayout) -> Vec<ArrayRef> {
    let own = table.own.iter().map(|values| -> ArrayRef {
        match values {
            Values::Bool(values) => Arc::new(values.iter().collect::<BooleanArray>()),
            Values::Integer(values) => Arc::new(values.iter().collect::<Int64Array>()),
            Values::Number(values) => Arc::new(values.iter().collect::<Float64Array>()),
            Values::Text(texts) => Arc::new(texts.iter().collect::<StringArray>()),
        }
    });
    let found = layout.columns.iter().map(|column| found(column, &column.view(&table.assessment), table.len(), layout));
    own.chain(found).collect()
}

fn shapes(shapes: &Shapes) -> ArrayRef {
    let (mut column, mut bytes) = (BinaryBuilder::new(), Vec::new());
    for shape in shapes.iter() {
        bytes.clear();
        wkb::polygons(&mut bytes, &shape);
        column.append_option((!shape.is_empty()).then_some(&bytes));
    }
    Arc::new(column.finish())
}

/// A column of kyoten's, numbers with the digits that are written.
fn found(column: &Column, view: &View<'_>, rows: usize, layout: &ParcelLayout) -> ArrayRef {
    let cells = (0..rows).map(|row| view.cell(row));
    if column.value_type() != ValueType::Text {
        return Arc::new(cells.map(number).collect::<Float64Array>());
    }
    let text = |cell| match cell {
        Cell::Text(text) => Some(text),
        Cell::Name(set, index) => layout.names[set][index].as_deref(),
        Cell::Millionths(_) | Cell::Number(..) | Cell::Null => None,
    };
    Arc::new(cells.map(text).collect::<StringArray>())
}
