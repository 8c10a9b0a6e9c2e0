//! What a run writes beside the parcels, each in a file of its own.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::errors::ParquetError;

use super::super::arrow::{data_type, product_columns};
use super::super::{GeoParquetVersion, OutputError, OutputFile, Product, Writing};
use super::places::{Places, Seen, fields};
use super::{about, options, reason};

/// Writes a product and ends its file.
pub(super) fn write(product: &Product, file: OutputFile, writing: Writing) -> Result<(), OutputError> {
    let goal = file.goal().to_owned();
    let written =
        written(product, file, writing.geoparquet.version).map_err(|error| OutputError::at(&goal)(reason(error)))?;
    written.finish()
}

fn written(product: &Product, file: OutputFile, version: GeoParquetVersion) -> Result<OutputFile, ParquetError> {
    let own = product.fields.iter().map(|field| Field::new(&field.name, data_type(field.value_type), true));
    let schema = Arc::new(Schema::new(own.chain(fields(version)).collect::<Vec<_>>()));
    let (mut places, mut seen) = (Places::new(), Seen::default());
    for row in &product.rows {
        places.add_place(&row.place);
        seen.see_place(&row.place);
    }
    let mut arrays = product_columns(product);
    arrays.extend(places.arrays(version));
    let rows = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    let mut writer = ArrowWriter::try_new_with_options(file, schema, options(version))?;
    writer.write(&rows)?;
    writer.append_key_value_metadata(about(&seen, version));
    writer.into_inner()
}
