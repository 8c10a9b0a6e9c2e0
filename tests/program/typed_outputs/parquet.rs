//! GeoParquet as the crate `parquet` reads it.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

use super::layer::{Layer, multi_polygon};

pub fn read(bytes: Vec<u8>) -> Layer {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap();
    let about = reader.metadata().file_metadata();
    assert!(about.created_by().unwrap().starts_with("kyoten version "));
    let geo = about.key_value_metadata().unwrap().iter().find(|entry| entry.key == "geo").unwrap();
    let geo: Value = serde_json::from_str(geo.value.as_ref().unwrap()).unwrap();
    assert_eq!((&geo["version"], &geo["primary_column"]), (&Value::from("1.1.0"), &Value::from("geometry")));
    let about = &geo["columns"]["geometry"];
    assert_eq!((&about["encoding"], &about["edges"]), (&Value::from("WKB"), &Value::from("planar")));
    assert_eq!(about["geometry_types"], serde_json::json!(["MultiPolygon"]));
    assert_eq!(about["crs"]["id"], serde_json::json!({ "authority": "EPSG", "code": 6668 }));
    let bounds: Vec<f64> = about["bbox"].as_array().unwrap().iter().map(|side| side.as_f64().unwrap()).collect();

    let (geometry, fields) = reader.schema().fields().split_last().unwrap();
    assert_eq!((geometry.name().as_str(), geometry.data_type()), ("geometry", &DataType::Binary));
    let kind = |kind: &DataType| match kind {
        DataType::Boolean => "bool",
        DataType::Int64 => "integer",
        DataType::Float64 => "number",
        DataType::Utf8 => "text",
        other => panic!("{other:?}"),
    };
    let columns = fields.iter().map(|field| (field.name().clone(), kind(field.data_type()))).collect();
    let mut layer = Layer { columns, bounds: bounds.try_into().unwrap(), ..Layer::default() };
    for batch in reader.build().unwrap() {
        take(&mut layer, &batch.unwrap());
    }
    layer
}

fn take(layer: &mut Layer, batch: &RecordBatch) {
    let (shapes, columns) = batch.columns().split_last().unwrap();
    for row in 0..batch.num_rows() {
        layer.rows.push(columns.iter().map(|column| value(column, row)).collect());
        layer.shapes.push(shapes.is_valid(row).then(|| multi_polygon(shapes.as_binary::<i32>().value(row))));
    }
}

fn value(column: &ArrayRef, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        _ => column.as_string::<i32>().value(row).into(),
    }
}
