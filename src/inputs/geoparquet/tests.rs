//! GeoParquet files through the front door: as other programs write them, made for one case, and damaged.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray};
use geo::Geometry;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;
use rayon::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::diagnostics::Diagnose as _;
use crate::geometry::Bounds;
use crate::inputs::{GeometryProblem, InputError, ParcelSource, RawLayer, ReadOptions, open_parcels, read_layer};
use crate::notices::Notices;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name)
}

fn parcels(path: &Path, id: Option<&str>) -> Result<Box<dyn ParcelSource>, InputError> {
    open_parcels(&[path.to_owned()], &ReadOptions::default(), id)
}

fn layer(path: &Path) -> Result<RawLayer, InputError> {
    read_layer(&[path.to_owned()], &ReadOptions::default(), &mut Notices::default(), "layer")
}

/// The well-known binary of a right-angled triangle at a place.
fn triangle(x: f64) -> Vec<u8> {
    let corners = [[x, 0.0], [x + 1.0, 0.0], [x, 1.0], [x, 0.0]].concat();
    let numbers = corners.into_iter().flat_map(f64::to_le_bytes);
    [1_u8, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0].into_iter().chain(numbers).collect()
}

fn has_name(row: usize) -> bool {
    !row.is_multiple_of(5)
}

fn has_shape(row: usize) -> bool {
    !row.is_multiple_of(7)
}

/// How a file is written.
struct Made<'a> {
    column: &'a str,
    geo: Option<Value>,
    row_group: usize,
    page: usize,
    compression: Compression,
}

impl Default for Made<'_> {
    fn default() -> Self {
        let column = json!({"encoding": "WKB", "geometry_types": ["Polygon"], "crs": null});
        let geo = json!({"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": column}});
        Self { column: "geometry", geo: Some(geo), row_group: 5000, page: 700, compression: Compression::SNAPPY }
    }
}

impl Made<'_> {
    /// Triangles side by side, numbered from 0, every seventh without geometry.
    fn file(&self, rows: usize) -> (TempDir, PathBuf) {
        let numbers = Int64Array::from_iter_values((0..).take(rows));
        let names: StringArray = (0..rows).map(|row| has_name(row).then(|| format!("町{}", row % 50))).collect();
        let shapes: BinaryArray = (0..rows).map(|row| has_shape(row).then(|| triangle(row as f64 / 1000.0))).collect();
        let columns: [(&str, ArrayRef); 3] =
            [("number", Arc::new(numbers)), (self.column, Arc::new(shapes)), ("name", Arc::new(names))];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let geo = self.geo.as_ref().map(|geo| vec![KeyValue::new("geo".to_owned(), geo.to_string())]);
        let properties = WriterProperties::builder()
            .set_max_row_group_row_count(Some(self.row_group))
            .set_data_page_row_count_limit(self.page)
            .set_write_batch_size(100)
            .set_compression(self.compression)
            .set_key_value_metadata(geo)
            .build();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let file = std::fs::File::create(&path).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        (folder, path)
    }
}

#[test]
fn what_geopandas_writes_is_read_with_every_type() {
    let source = parcels(&fixture("geopandas.parquet"), Some("地番")).unwrap();
    let crs = source.files()[0].crs.as_ref().unwrap();
    assert_eq!((crs.text.as_str(), crs.found_in.en.as_ref(), source.len()), ("EPSG:6676", "geo metadata", 3));
    let chunk = source.read_chunk(0).unwrap();
    assert_eq!(chunk.records[0].id.as_deref(), Some("1-1"));
    assert_eq!(chunk.records[2].id, None);
    assert_eq!(
        chunk.records[0].properties,
        r#"{"地番":"1-1","area":400.0,"floors":2,"public":true,"use":"宅地","built":"1999-12-31","surveyed":"2024-04-01T09:30:00Z","value":12.50,"tags":["角地","a\"b"],"owner":{"name":"甲","share":0.5}}"#
    );
    assert_eq!(
        chunk.records[2].properties,
        r#"{"地番":null,"area":null,"floors":0,"public":true,"use":"宅地","built":null,"surveyed":"2024-04-01T09:30:00.250Z","value":null,"tags":null,"owner":null}"#
    );
    let problems: Vec<_> = chunk.records.iter().map(|record| record.problem).collect();
    assert_eq!(problems, [None, None, Some(GeometryProblem::Null)]);
    assert_eq!(chunk.shapes.get(1).polygons().map(|polygon| polygon.rings().len()).collect::<Vec<_>>(), [2, 1]);
    let kinds: Vec<&str> = source.notices().iter().map(|(_, kind, _)| kind.id).collect();
    assert_eq!(kinds, ["columns-left-out"]);
}

#[test]
fn what_duckdb_writes_is_read_with_every_type() {
    let source = parcels(&fixture("duckdb.parquet"), None).unwrap();
    assert_eq!(source.files()[0].crs.as_ref().unwrap().found_in.en, "GeoParquet standard");
    let chunk = source.read_chunk(0).unwrap();
    assert_eq!(
        chunk.records[1].properties,
        r#"{"chiban":"1-2","tiny":2,"half":3.0,"price":20.50,"day":"2024-02-29","hour":"12:34:56","moment":"2024-02-29T12:34:56.500","zoned":"2024-02-29T03:34:56Z","list":["a",null],"nested":{"x":2,"y":[2,3]},"pairs":[{"key":"k","value":2}],"mood":"sad"}"#
    );
    assert_eq!(source.bounds(0).unwrap().1, Bounds { min: [1.0, 0.0], max: [4.0, 1.0] });
}

#[test]
fn native_geometries_are_those_of_well_known_binary() {
    let (native, wkb) = (layer(&fixture("native.parquet")).unwrap(), layer(&fixture("geopandas.parquet")).unwrap());
    let parts = |layer: &RawLayer| -> Vec<Option<geo::MultiPolygon<f64>>> {
        let geometry = |geometry: Geometry<f64>| match geometry {
            Geometry::Polygon(polygon) => polygon.into(),
            other => other.try_into().unwrap(),
        };
        layer.features.iter().map(|feature| feature.geometry.clone().map(geometry)).collect()
    };
    assert_eq!(parts(&native), parts(&wkb));
    let source = parcels(&fixture("native.parquet"), None).unwrap();
    let chunk = source.read_chunk(0).unwrap();
    assert_eq!(chunk.shapes.bounds(), source.bounds(0).unwrap().1);
    assert_eq!(chunk.records[2].problem, Some(GeometryProblem::Null));
}

#[test]
fn chunks_are_the_same_in_any_order_from_any_thread() {
    for (row_group, page) in [(20_000, 700), (20_000, 20_000), (3000, 100)] {
        let (_folder, path) = Made { row_group, page, ..Made::default() }.file(12_345);
        let source = parcels(&path, Some("number")).unwrap();
        let read = |chunk: usize| {
            let parcels = source.read_chunk(chunk).unwrap();
            assert_eq!(parcels.shapes.bounds(), source.bounds(chunk).unwrap().1);
            for (index, record) in parcels.records.iter().enumerate() {
                let number = parcels.first + index;
                assert_eq!(record.id.as_deref(), Some(number.to_string().as_str()));
                let name = if has_name(number) { json!(format!("町{}", number % 50)) } else { Value::Null };
                assert_eq!(record.properties, json!({"number": number, "name": name}).to_string());
                assert_eq!(record.problem, (!has_shape(number)).then_some(GeometryProblem::Null));
                let corner = parcels.shapes.get(index).points().first().copied();
                assert_eq!(corner, has_shape(number).then_some([number as f64 / 1000.0, 0.0]));
            }
            parcels.records.len()
        };
        let count = source.chunks();
        let at_once: usize = (0..count).into_par_iter().map(read).sum();
        let backwards: usize = (0..count).rev().map(read).sum();
        let again: usize = (0..count).flat_map(|chunk| [chunk, count - 1 - chunk]).map(read).sum();
        assert_eq!((at_once, backwards, again), (12_345, 12_345, 2 * 12_345));
    }
}

#[test]
fn packing_that_is_not_read_is_named() {
    let (_folder, path) = Made { compression: Compression::LZ4, ..Made::default() }.file(10);
    assert!(matches!(layer(&path), Err(InputError::Packing { packing, .. }) if packing.en == "LZ4 in frames"));
    assert!(matches!(parcels(&path, None), Err(InputError::Packing { .. })));
}

#[test]
fn a_layer_has_the_same_features_as_parcels_have() {
    let gzip = Compression::GZIP(GzipLevel::default());
    let zstd = Compression::ZSTD(ZstdLevel::default());
    for compression in [Compression::UNCOMPRESSED, gzip, zstd, Compression::LZ4_RAW] {
        let (_folder, path) = Made { compression, row_group: 900, ..Made::default() }.file(2500);
        let (layer, source) = (layer(&path).unwrap(), parcels(&path, None).unwrap());
        assert_eq!((layer.features.len(), layer.files[0].format.en.as_ref()), (2500, "GeoParquet"));
        let chunks: Vec<_> = (0..source.chunks()).map(|chunk| source.read_chunk(chunk).unwrap()).collect();
        let records = chunks.iter().flat_map(|chunk| &chunk.records);
        for (index, (feature, record)) in layer.features.iter().zip(records).enumerate() {
            assert_eq!(feature.number, index + 1);
            assert_eq!(Value::Object(feature.fields.clone()).to_string(), record.properties);
            assert_eq!(feature.geometry.is_none(), record.problem.is_some());
        }
    }
}

#[test]
fn a_file_without_metadata_is_known_by_the_usual_names_and_its_crs_is_asked_for() {
    for column in ["geometry", "GEOM", "wkb_geometry"] {
        let (_folder, path) = Made { column, geo: None, ..Made::default() }.file(10);
        let source = parcels(&path, None).unwrap();
        assert_eq!(source.files()[0].crs, None);
        assert_eq!(source.read_chunk(0).unwrap().shapes.points().len(), 8 * 4, "{column}");
    }
    // Any other column of bytes is no geometry: what is left is a table.
    let (_folder, path) = Made { column: "photo", geo: None, ..Made::default() }.file(10);
    let table = layer(&path).unwrap();
    assert!(table.features.iter().all(|feature| feature.geometry.is_none()));
    assert_eq!(table.features[3].fields["number"], 3);
    assert_eq!(parcels(&path, None).unwrap().read_chunk(0).unwrap().records[1].problem, Some(GeometryProblem::Null));
}

#[test]
fn a_missing_id_and_an_unknown_encoding_are_told_with_what_to_do() {
    let (_folder, path) = Made::default().file(3);
    let Err(InputError::MissingField { known, nearest, .. }) = parcels(&path, Some("nunber")).map(|_| ()) else {
        panic!()
    };
    assert_eq!((known, nearest.as_deref()), (vec!["number".to_owned(), "name".to_owned()], Some("number")));
    let mut geo = Made::default().geo;
    geo.as_mut().unwrap()["columns"]["geometry"]["encoding"] = json!("multipolygon");
    let (_folder, path) = Made { geo, ..Made::default() }.file(3);
    let error = parcels(&path, None).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("multipolygon") && error.help()[0].en.contains("WKB"), "{error}");
}

#[test]
fn latitude_before_longitude_is_seen() {
    let swapped = [1_u8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0].into_iter();
    let swapped: Vec<u8> = swapped.chain([34.8_f64, 138.3].into_iter().flat_map(f64::to_le_bytes)).collect();
    let shapes: ArrayRef = Arc::new(BinaryArray::from_iter_values([swapped]));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let batch = RecordBatch::try_from_iter([("geometry", shapes)]).unwrap();
    let mut writer = ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let error = parcels(&path, None).unwrap().read_chunk(0).map(|_| ()).unwrap_err();
    assert!(matches!(error, InputError::SwappedAxes { feature: 1, .. }), "{error}");
}

/// Opens damaged bytes and reads all that there is.
fn read_damaged(bytes: &[u8]) -> Result<(), InputError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    std::fs::write(&path, bytes).unwrap();
    let source = parcels(&path, None)?;
    for chunk in 0..source.chunks().min(8) {
        source.bounds(chunk)?;
        source.read_chunk(chunk)?;
    }
    Ok(())
}

#[test]
fn a_file_that_is_cut_off_is_one_clear_error() {
    let bytes = std::fs::read(fixture("duckdb.parquet")).unwrap();
    for end in (4..bytes.len()).step_by(13) {
        let error = read_damaged(&bytes[..end]).unwrap_err();
        assert!(matches!(error, InputError::Damaged { .. }), "{end}: {error}");
        assert!(error.to_string().contains("cut off or damaged"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_damage_makes_it_panic(
        name in prop::sample::select(vec!["duckdb.parquet", "geopandas.parquet", "native.parquet"]),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = std::fs::read(fixture(name)).unwrap();
        for (index, byte) in flips {
            let offset = index.index(bytes.len());
            bytes[offset] = byte;
        }
        let _ = read_damaged(&bytes);
    }
}

#[test]
fn a_geometry_type_without_a_crs_is_longitude_and_latitude() {
    use parquet::basic::{LogicalType, Repetition, Type as Physical};
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::Type;

    let crs_of = |crs: Option<&str>| {
        let kind = LogicalType::geometry(crs.map(str::to_owned));
        let column = Type::primitive_type_builder("shape", Physical::BYTE_ARRAY)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(Some(kind));
        let root = Type::group_type_builder("schema").with_fields(vec![Arc::new(column.build().unwrap())]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let file = std::fs::File::create(&path).unwrap();
        let mut writer = SerializedFileWriter::new(file, Arc::new(root.build().unwrap()), Arc::default()).unwrap();
        let mut rows = writer.next_row_group().unwrap();
        let mut cells = rows.next_column().unwrap().unwrap();
        cells.typed::<ByteArrayType>().write_batch(&[ByteArray::from(triangle(138.0))], None, None).unwrap();
        cells.close().unwrap();
        rows.close().unwrap();
        writer.close().unwrap();
        parcels(&path, None).unwrap().files()[0].crs.clone().map(|crs| crs.text)
    };
    assert_eq!(crs_of(None).as_deref(), Some("OGC:CRS84"));
    assert_eq!(crs_of(Some("EPSG:6676")).as_deref(), Some("EPSG:6676"));
    assert_eq!(crs_of(Some("srid:6676")).as_deref(), Some("6676"));
    assert_eq!(crs_of(Some("srid:0")), None);
}
