//! FlatGeobuf as the crate `flatgeobuf` reads it.

use flatgeobuf::geozero::error::Result;
use flatgeobuf::geozero::{ColumnValue, FeatureProperties, PropertyProcessor};
use flatgeobuf::{ColumnType, FallibleStreamingIterator, FgbReader, Geometry, GeometryType};
use serde_json::Value;

use super::layer::{Layer, MultiPolygon};

pub fn read(bytes: &[u8]) -> Layer {
    let reader = FgbReader::open(bytes).unwrap();
    let header = reader.header();
    assert_eq!(header.geometry_type(), GeometryType::MultiPolygon);
    assert_eq!((header.crs().unwrap().org(), header.crs().unwrap().code()), (Some("EPSG"), 6668));
    assert_eq!(header.index_node_size(), 0);
    let kind = |kind: ColumnType| match kind {
        ColumnType::Bool => "bool",
        ColumnType::Long => "integer",
        ColumnType::Double => "number",
        ColumnType::String => "text",
        other => panic!("{other:?}"),
    };
    let columns = header.columns().unwrap().iter().map(|column| (column.name().to_owned(), kind(column.type_())));
    let columns: Vec<(String, &str)> = columns.collect();
    let envelope: Vec<f64> = header.envelope().unwrap().iter().collect();
    let mut layer = Layer { columns, bounds: envelope.try_into().unwrap(), ..Layer::default() };
    let count = header.features_count();
    let mut features = reader.select_all_seq().unwrap();
    while let Some(feature) = features.next().unwrap() {
        let mut row = Row(vec![Value::Null; layer.columns.len()]);
        feature.process_properties(&mut row).unwrap();
        layer.rows.push(row.0);
        layer.shapes.push(feature.fbs_feature().geometry().map(|geometry| shape(&geometry)));
    }
    assert_eq!(layer.rows.len() as u64, count);
    layer
}

struct Row(Vec<Value>);

impl PropertyProcessor for Row {
    fn property(&mut self, place: usize, _: &str, value: &ColumnValue<'_>) -> Result<bool> {
        self.0[place] = match value {
            ColumnValue::Bool(value) => Value::from(*value),
            ColumnValue::Long(value) => Value::from(*value),
            ColumnValue::Double(value) => Value::from(*value),
            ColumnValue::String(value) => Value::from(*value),
            other => panic!("{other:?}"),
        };
        Ok(false)
    }
}

fn shape(geometry: &Geometry<'_>) -> MultiPolygon {
    let part = |part: Geometry<'_>| {
        let flat: Vec<f64> = part.xy().unwrap().iter().collect();
        let (points, rest) = flat.as_chunks::<2>();
        assert!(rest.is_empty());
        let mut start = 0;
        let ring = |end: u32| points[std::mem::replace(&mut start, end as usize)..end as usize].to_vec();
        part.ends().unwrap().iter().map(ring).collect()
    };
    geometry.parts().unwrap().iter().map(part).collect()
}
