//! What `GeoDataFrame.to_feather` says of its geometries: not by the type of the column, as GeoArrow does, but as GeoParquet's `geo`
//! metadata of the whole table.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema};
use serde_json::json;

use super::super::columns::{ABOUT_TYPE, TYPE, is_geometry};
use crate::inputs::geoparquet::{Primary, primary};
use crate::text::Text;

/// The key of the metadata.
const KEY: &str = "geo";

/// The same rows, their geometries of a type of GeoArrow where only the metadata of the table speak of them.
pub(super) fn described(
    schema: Arc<Schema>,
    batches: Vec<RecordBatch>,
) -> Result<(Arc<Schema>, Vec<RecordBatch>), Text> {
    let Some(told) = schema.metadata().get(KEY) else { return Ok((schema, batches)) };
    if schema.fields().iter().any(|field| is_geometry(field)) {
        return Ok((schema, batches));
    }
    let Primary { column, encoding, crs, .. } = primary(told)?;
    let name = format!("geoarrow.{}", encoding.to_ascii_lowercase());
    let about = json!({ "crs": crs.map(|crs| crs.text) }).to_string();
    let typed = |field: &Arc<Field>| {
        if *field.name() != column {
            return Arc::clone(field);
        }
        let mut metadata = field.metadata().clone();
        metadata.extend([(TYPE.to_owned(), name.clone()), (ABOUT_TYPE.to_owned(), about.clone())]);
        Arc::new(field.as_ref().clone().with_metadata(metadata))
    };
    let fields: Vec<Arc<Field>> = schema.fields().iter().map(typed).collect();
    let schema = Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()));
    let same = |batch: RecordBatch| batch.with_schema(Arc::clone(&schema));
    let batches = batches.into_iter().map(same).collect::<Result<_, _>>();
    let batches = batches.map_err(|error| crate::inputs::foreign("列の定義に誤りがあります", &error))?;
    Ok((schema, batches))
}
