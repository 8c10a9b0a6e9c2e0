//! GeoParquet as the crate `parquet` reads it.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

use super::layer::{Layer, geometry};
use super::{polygons, positions};

/// What stands in a file, with its shapes as polygons where they are some.
pub fn read(bytes: Vec<u8>) -> Layer {
    let (mut layer, geometries) = features(bytes);
    layer.shapes = geometries.iter().map(polygons).collect();
    layer
}

/// What stands in a file, and its geometries as GeoJSON. Every box is that of its geometry, and the types that the file tells of are
/// those that it has.
pub fn features(bytes: Vec<u8>) -> (Layer, Vec<Value>) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap();
    let about = reader.metadata().file_metadata();
    assert!(about.created_by().unwrap().starts_with("kyoten version "));
    let geo = about.key_value_metadata().unwrap().iter().find(|entry| entry.key == "geo").unwrap();
    let geo: Value = serde_json::from_str(geo.value.as_ref().unwrap()).unwrap();
    assert_eq!((&geo["version"], &geo["primary_column"]), (&Value::from("1.1.0"), &Value::from("geometry")));
    let about = &geo["columns"]["geometry"];
    assert_eq!((&about["encoding"], &about["edges"]), (&Value::from("WKB"), &Value::from("planar")));
    let box_of = serde_json::json!({ "xmin": ["bbox", "xmin"], "ymin": ["bbox", "ymin"], "xmax": ["bbox", "xmax"],
        "ymax": ["bbox", "ymax"] });
    assert_eq!(about["covering"]["bbox"], box_of);
    assert_eq!(about["crs"]["id"], serde_json::json!({ "authority": "EPSG", "code": 6668 }));
    let bounds: Vec<f64> = about["bbox"].as_array().unwrap().iter().map(|side| side.as_f64().unwrap()).collect();
    let types = about["geometry_types"].clone();

    let (boxes, fields) = reader.schema().fields().split_last().unwrap();
    let (shapes, fields) = fields.split_last().unwrap();
    assert_eq!((boxes.name().as_str(), shapes.name().as_str()), ("bbox", "geometry"));
    assert_eq!(shapes.data_type(), &DataType::Binary);
    let kind = |kind: &DataType| match kind {
        DataType::Boolean => "bool",
        DataType::Int64 => "integer",
        DataType::Float64 => "number",
        DataType::Utf8 => "text",
        other => panic!("{other:?}"),
    };
    let columns = fields.iter().map(|field| (field.name().clone(), kind(field.data_type()))).collect();
    let mut layer = Layer { columns, bounds: bounds.try_into().unwrap(), ..Layer::default() };
    let mut geometries = Vec::new();
    for batch in reader.build().unwrap() {
        take(&mut layer, &mut geometries, &batch.unwrap());
    }
    let there: std::collections::BTreeSet<&str> = geometries.iter().filter_map(|one| one["type"].as_str()).collect();
    assert_eq!(types, serde_json::json!(there));
    (layer, geometries)
}

fn take(layer: &mut Layer, geometries: &mut Vec<Value>, batch: &RecordBatch) {
    let (boxes, columns) = batch.columns().split_last().unwrap();
    let (shapes, columns) = columns.split_last().unwrap();
    let sides = boxes.as_struct();
    for row in 0..batch.num_rows() {
        layer.rows.push(columns.iter().map(|column| value(column, row)).collect());
        let shape = shapes.is_valid(row).then(|| geometry(shapes.as_binary::<i32>().value(row)));
        let side = |part: usize| sides.column(part).as_primitive::<Float64Type>().value(row);
        let around = boxes.is_valid(row).then(|| [0, 1, 2, 3].map(side));
        assert_eq!(around, shape.as_ref().map(|shape| super::around(&positions(&shape["coordinates"]))));
        geometries.push(shape.unwrap_or(Value::Null));
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

/// The columns of a file that are packed by a dictionary.
pub fn by_dictionary(bytes: Vec<u8>) -> Vec<String> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap();
    let group = reader.metadata().row_group(0);
    let by_dictionary = group.columns().iter().filter(|column| column.dictionary_page_offset().is_some());
    by_dictionary.map(|column| column.column_path().string()).collect()
}
