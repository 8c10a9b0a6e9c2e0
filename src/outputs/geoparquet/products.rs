//! What a run writes beside the parcels, each in a file of its own.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::errors::ParquetError;

use super::super::{OutputError, OutputFile, Product};
use super::places::{Places, Seen, fields};
use super::{about, data_type, options, reason};
use crate::inputs::{ValueType, plain_text};

/// Writes a product and ends its file.
pub(super) fn write(product: &Product, file: OutputFile) -> Result<(), OutputError> {
    let goal = file.goal().to_owned();
    let written = written(product, file).map_err(|error| OutputError::at(&goal)(reason(error)))?;
    written.finish()
}

fn written(product: &Product, file: OutputFile) -> Result<OutputFile, ParquetError> {
    let own = product.fields.iter().map(|field| Field::new(&field.name, data_type(field.value_type), true));
    let schema = Arc::new(Schema::new(own.chain(fields()).collect::<Vec<_>>()));
    let (mut places, mut seen) = (Places::new(), Seen::NOTHING);
    for row in &product.rows {
        places.add_place(&row.place);
        seen.see_place(&row.place);
    }
    let own = product.fields.iter().enumerate().map(|(index, field)| column(product, index, field.value_type));
    let arrays: Vec<ArrayRef> = own.chain(places.arrays()).collect();
    let rows = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    let mut writer = ArrowWriter::try_new_with_options(file, schema, options())?;
    writer.write(&rows)?;
    writer.append_key_value_metadata(about(&seen));
    writer.into_inner()
}

/// A column as its type has it; what is no single value stands as its JSON.
fn column(product: &Product, index: usize, value_type: ValueType) -> ArrayRef {
    let cells = product.rows.iter().map(|row| &row.cells[index]);
    match value_type {
        ValueType::Bool => Arc::new(cells.map(serde_json::Value::as_bool).collect::<BooleanArray>()),
        ValueType::Integer => Arc::new(cells.map(serde_json::Value::as_i64).collect::<Int64Array>()),
        ValueType::Number => Arc::new(cells.map(serde_json::Value::as_f64).collect::<Float64Array>()),
        ValueType::Text => {
            let text = |cell: &serde_json::Value| (!cell.is_null()).then(|| plain_text(&cell.to_string()).into_owned());
            Arc::new(cells.map(text).collect::<StringArray>())
        }
    }
}
