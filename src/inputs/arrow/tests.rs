//! Tables in memory through the front door: as a layer, as parcels, and what cannot be one.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, DictionaryArray, Int64Array, LargeBinaryArray, LargeStringArray, RecordBatch,
};
use arrow_schema::{Field, Schema};
use serde_json::json;

use super::ArrowTable;
use crate::inputs::{GeometryProblem, InputError, ReadOptions, open_parcels, read_layer};
use crate::notices::Notices;

const WKB: &str = "geoarrow.wkb";

/// The well-known binary of a right-angled triangle at a place.
fn triangle(x: f64) -> Vec<u8> {
    let corners = [[x, 35.0], [x + 1.0, 35.0], [x, 36.0], [x, 35.0]].concat();
    let numbers = corners.into_iter().flat_map(f64::to_le_bytes);
    [1_u8, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0].into_iter().chain(numbers).collect()
}

/// Three rows, the last without a geometry, in batches of `size`; the column of geometries has this name and type.
fn table(name: &str, extension: Option<&str>, size: usize, wanted: Option<&str>) -> Result<ArrowTable, InputError> {
    let shapes = [Some(triangle(136.0)), Some(triangle(138.0)), None];
    let shapes: ArrayRef = Arc::new(shapes.iter().map(Option::as_deref).collect::<LargeBinaryArray>());
    let chiban: ArrayRef = Arc::new(LargeStringArray::from(vec![Some("1-1"), Some("1-2\""), None]));
    let land: ArrayRef = Arc::new([Some("田"), None, Some("畑")].into_iter().collect::<DictionaryArray<Int32Type>>());
    let number: ArrayRef = Arc::new(Int64Array::from(vec![7, 8, 9]));
    let about = json!({"crs": {"type": "GeographicCRS", "id": {"authority": "EPSG", "code": 6668}}}).to_string();
    let said: Vec<(String, String)> = extension
        .map(|extension| [("ARROW:extension:name", extension), ("ARROW:extension:metadata", about.as_str())])
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let columns = [("chiban", chiban), ("land", land), (name, shapes), ("number", number)];
    let fields = columns.iter().map(|(of, array)| {
        let field = Field::new(*of, array.data_type().clone(), true);
        if *of == name { field.with_metadata(said.iter().cloned().collect()) } else { field }
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let all = RecordBatch::try_new(Arc::clone(&schema), columns.into_iter().map(|(_, array)| array).collect()).unwrap();
    let batches = (0..3).step_by(size).map(|from| all.slice(from, size.min(3 - from))).collect();
    ArrowTable::new("<parcels>", schema, batches, wanted)
}

fn of(table: ArrowTable) -> ReadOptions {
    ReadOptions { table: Some(table), ..ReadOptions::default() }
}

#[test]
fn rows_are_the_same_however_they_are_divided() {
    let read = |size| {
        let parcels = open_parcels(&[], &of(table("shape", Some(WKB), size, None).unwrap()), Some("chiban")).unwrap();
        let mut found = Vec::new();
        for chunk in 0..parcels.chunks() {
            let chunk = parcels.read_chunk(chunk).unwrap();
            for (row, record) in chunk.records.iter().enumerate() {
                let id = record.id.as_deref().map(str::to_owned);
                let points = chunk.shapes.get(row).points().to_vec();
                found.push((chunk.first + row, id, record.properties.to_string(), record.problem, points));
            }
        }
        let file = &parcels.files()[0];
        assert_eq!(file.crs.as_ref().map(|crs| crs.text.as_str()), Some("EPSG:6668"));
        assert_eq!((file.features, file.path.clone()), (3, PathBuf::from("<parcels>")));
        (found, file.sha256.hex().to_owned())
    };
    let (whole, sha256) = read(3);
    assert_eq!(whole[0].2, r#"{"chiban":"1-1","land":"田","number":7}"#);
    assert_eq!(whole[1].2, r#"{"chiban":"1-2\"","land":null,"number":8}"#);
    assert_eq!((whole[1].1.as_deref(), whole[2].1.as_deref()), (Some("1-2\""), None));
    assert!(whole[0].4.len() > 2);
    assert_eq!(whole[2].3, Some(GeometryProblem::Null));
    for size in [1, 2] {
        assert_eq!(read(size), (whole.clone(), sha256.clone()));
    }
}

#[test]
fn a_layer_has_the_rows_and_a_crs_that_is_said_counts() {
    let options = ReadOptions { crs: Some("EPSG:4612".to_owned()), ..of(table("geom", None, 2, None).unwrap()) };
    let layer = read_layer(&[], &options, &mut Notices::default(), "did").unwrap();
    assert_eq!((layer.features.len(), layer.files[0].crs.as_ref()), (3, None));
    assert!(layer.features[0].geometry.is_some() && layer.features[2].geometry.is_none());
    assert_eq!((layer.features[2].number, &layer.features[2].fields["land"]), (3, &json!("畑")));
}

#[test]
fn a_column_that_is_named_is_the_geometry_and_one_that_cannot_be_is_refused() {
    assert!(table("shape", None, 3, Some("shape")).is_ok());
    assert!(matches!(table("shape", None, 3, Some("form")), Err(InputError::MissingField { .. })));
    let refused = table("shape", None, 3, Some("chiban"));
    assert!(matches!(refused, Err(InputError::GeometryEncoding { column, .. }) if column == "chiban"));
    assert!(matches!(table("shape", Some("geoarrow.wkt"), 3, None), Err(InputError::GeometryEncoding { .. })));
    // Bytes that nobody calls a geometry are left out, and told.
    let mut notices = Notices::default();
    let layer = read_layer(&[], &of(table("shape", None, 3, None).unwrap()), &mut notices, "did").unwrap();
    assert!(layer.features.iter().all(|feature| feature.geometry.is_none()));
    assert_eq!(notices.iter().map(|(_, kind, _)| kind.id).collect::<Vec<_>>(), ["columns-left-out"]);
}

#[test]
fn damaged_bytes_name_their_row() {
    let cut: ArrayRef = Arc::new(BinaryArray::from_vec(vec![&triangle(136.0)[..20]]));
    let schema = Arc::new(Schema::new(vec![Field::new("geometry", cut.data_type().clone(), true)]));
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![cut]).unwrap();
    let parcels = open_parcels(&[], &of(ArrowTable::new("<parcels>", schema, vec![batch], None).unwrap()), None);
    let error = parcels.unwrap().read_chunk(0).unwrap_err();
    assert!(matches!(error, InputError::DamagedRecord { record: 1, .. }), "{error}");
}
