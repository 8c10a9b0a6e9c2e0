//! FlatGeobuf files made table by table, and by the crate's writer.

use std::path::PathBuf;

use flatbuffers::{FlatBufferBuilder, ForwardsUOffset, Vector, WIPOffset};
use flatgeobuf::geozero::{ColumnValue, FeatureProcessor, GeomProcessor, PropertyProcessor};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs, FgbCrs, FgbWriter, FgbWriterOptions, Geometry,
    GeometryArgs, GeometryType, Header, HeaderArgs,
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::geometry::Point;
use crate::inputs::{
    GeometryProblem, InputError, ParcelSource, RawLayer, ReadOptions, open_parcels, read_layer_from_memory,
};
use crate::notices::Notices;

const SQUARE: [Point; 5] = [[138.0, 34.0], [138.4, 34.0], [138.4, 34.4], [138.0, 34.4], [138.0, 34.0]];
const HOLE: [Point; 4] = [[138.1, 34.1], [138.1, 34.2], [138.2, 34.2], [138.1, 34.1]];

/// A geometry to be written.
#[derive(Clone, Default)]
struct Shape {
    kind: GeometryType,
    lines: Vec<Vec<Point>>,
    parts: Vec<Shape>,
    heights: bool,
}

impl Shape {
    fn new(kind: GeometryType, lines: &[&[Point]]) -> Self {
        Self { kind, lines: lines.iter().map(|line| line.to_vec()).collect(), ..Self::default() }
    }

    fn of_parts(kind: GeometryType, parts: &[Shape]) -> Self {
        Self { kind, parts: parts.to_vec(), ..Self::default() }
    }

    fn write<'a>(&self, to: &mut FlatBufferBuilder<'a>) -> WIPOffset<Geometry<'a>> {
        let parts: Vec<_> = self.parts.iter().map(|part| part.write(to)).collect();
        let parts = (!parts.is_empty()).then(|| to.create_vector(&parts));
        let xy: Vec<f64> = self.lines.iter().flatten().flatten().copied().collect();
        let ends: Vec<u32> = self
            .lines
            .iter()
            .scan(0, |end, line| {
                *end += u32::try_from(line.len()).unwrap();
                Some(*end)
            })
            .collect();
        let z = self.heights.then(|| to.create_vector(&vec![9.0; xy.len() / 2]));
        let xy = (!xy.is_empty()).then(|| to.create_vector(&xy));
        let ends = (ends.len() > 1).then(|| to.create_vector(&ends));
        Geometry::create(to, &GeometryArgs { type_: self.kind, xy, ends, z, parts, ..GeometryArgs::default() })
    }
}

type Columns<'a> = WIPOffset<Vector<'a, ForwardsUOffset<Column<'a>>>>;

fn write_columns<'a>(to: &mut FlatBufferBuilder<'a>, names: &[&str]) -> Columns<'a> {
    let columns: Vec<_> = names
        .iter()
        .map(|name| {
            let name = Some(to.create_string(name));
            Column::create(to, &ColumnArgs { name, type_: ColumnType::String, ..ColumnArgs::default() })
        })
        .collect();
    to.create_vector(&columns)
}

/// Texts for the columns from the first on.
fn cells(texts: &[&str]) -> Vec<u8> {
    let cell = |(index, text): (usize, &&str)| {
        let (index, length) = (u16::try_from(index).unwrap(), u32::try_from(text.len()).unwrap());
        [&index.to_le_bytes()[..], &length.to_le_bytes(), text.as_bytes()].concat()
    };
    texts.iter().enumerate().flat_map(cell).collect()
}

fn feature(shape: Option<&Shape>, texts: &[&str], own_columns: &[&str]) -> Vec<u8> {
    let mut to = FlatBufferBuilder::new();
    let geometry = shape.map(|shape| shape.write(&mut to));
    let properties = Some(to.create_vector(&cells(texts)));
    let columns = (!own_columns.is_empty()).then(|| write_columns(&mut to, own_columns));
    let feature = Feature::create(&mut to, &FeatureArgs { geometry, properties, columns });
    to.finish_size_prefixed(feature, None);
    to.finished_data().to_vec()
}

/// What a header says.
#[derive(Default)]
struct Head {
    kind: GeometryType,
    columns: &'static [&'static str],
    count: u64,
    node: u16,
    epsg: i32,
    authority: Option<&'static str>,
    wkt: Option<&'static str>,
}

impl Head {
    /// The file: the header, `gap` bytes for an index, the features.
    fn file(&self, gap: usize, features: &[Vec<u8>]) -> Vec<u8> {
        let mut to = FlatBufferBuilder::new();
        let columns = (!self.columns.is_empty()).then(|| write_columns(&mut to, self.columns));
        let org = self.authority.map(|text| to.create_string(text));
        let wkt = self.wkt.map(|text| to.create_string(text));
        let crs = Crs::create(&mut to, &CrsArgs { org, code: self.epsg, wkt, ..CrsArgs::default() });
        let header = Header::create(
            &mut to,
            &HeaderArgs {
                geometry_type: self.kind,
                columns,
                features_count: self.count,
                index_node_size: self.node,
                crs: Some(crs),
                ..HeaderArgs::default()
            },
        );
        to.finish_size_prefixed(header, None);
        let mut file = [b"fgb\x03fgb\x01", to.finished_data()].concat();
        file.resize(file.len() + gap, 0xff);
        file.extend(features.concat());
        file
    }
}

fn place(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn layer(bytes: &[u8]) -> Result<RawLayer, InputError> {
    let options = ReadOptions::default();
    read_layer_from_memory("a.fgb", bytes.to_vec(), &options, &mut Notices::default(), "layer")
}

fn parcels(bytes: &[u8], id: Option<&str>) -> Result<Box<dyn ParcelSource>, InputError> {
    let (_folder, path) = place(bytes);
    open_parcels(&[path], &ReadOptions::default(), id)
}

fn polygon() -> Shape {
    Shape::new(GeometryType::Polygon, &[&SQUARE, &HOLE])
}

#[test]
fn a_file_of_another_writer_is_read_with_its_index_passed_over() {
    let crs = FgbCrs { code: 6676, ..FgbCrs::default() };
    let options = FgbWriterOptions { write_index: true, crs, promote_to_multi: false, ..FgbWriterOptions::default() };
    let mut writer = FgbWriter::create_with_options("parcels", GeometryType::Polygon, options).unwrap();
    writer.add_column("chiban", ColumnType::String, |_, _| {});
    writer.add_column("area", ColumnType::Double, |_, _| {});
    for parcel in 0..40_i32 {
        writer.polygon_begin(true, 1, 0).unwrap();
        writer.linestring_begin(false, 4, 0).unwrap();
        for (index, [x, y]) in [[0, 0], [9, 0], [9, 9], [0, 0]].into_iter().enumerate() {
            writer.xy(f64::from(20 * parcel + x), f64::from(y), index).unwrap();
        }
        writer.linestring_end(false, 0).unwrap();
        writer.polygon_end(true, 0).unwrap();
        writer.property(0, "chiban", &ColumnValue::String(&format!("{parcel}-1"))).unwrap();
        writer.property(1, "area", &ColumnValue::Double(40.5)).unwrap();
        writer.feature_end(0).unwrap();
    }
    let mut file = Vec::new();
    writer.write(&mut file).unwrap();

    let source = parcels(&file, Some("chiban")).unwrap();
    assert_eq!((source.len(), source.chunks()), (40, 1));
    assert_eq!(source.files()[0].crs.as_ref().map(|crs| crs.text.as_str()), Some("EPSG:6676"));
    let chunk = source.read_chunk(0).unwrap();
    let mut ids: Vec<&str> = chunk.records.iter().map(|record| record.id.as_deref().unwrap()).collect();
    let first: i32 = ids[0].split('-').next().unwrap().parse().unwrap();
    assert_eq!(chunk.records[0].properties, format!(r#"{{"chiban":"{}","area":40.5}}"#, ids[0]));
    assert_eq!(chunk.shapes.get(0).points()[0], [f64::from(20 * first), 0.0]);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 40);
    assert_eq!(source.bounds(0).unwrap().1, chunk.shapes.bounds());
    assert_eq!(layer(&file).unwrap().features[39].fields["area"], 40.5);
}

#[test]
fn without_a_count_the_file_is_read_to_its_end() {
    let head = Head { kind: GeometryType::Polygon, columns: &["id"], ..Head::default() };
    let features: Vec<_> = ["a", "b", "c"].map(|id| feature(Some(&polygon()), &[id], &[])).into_iter().collect();
    let source = parcels(&head.file(0, &features), Some("id")).unwrap();
    assert_eq!(source.len(), 3);
    assert_eq!(source.read_chunk(0).unwrap().records[2].id.as_deref(), Some("c"));
    assert!(matches!(parcels(&head.file(0, &[]), None), Err(InputError::EmptyLayer { .. })));
}

#[test]
fn every_type_of_geometry_is_read() {
    let heights = Shape { heights: true, ..polygon() };
    let line = Shape::new(GeometryType::LineString, &[&SQUARE]);
    let shapes = [
        (Shape::new(GeometryType::Point, &[&SQUARE[..1]]), "POINT(138.0 34.0)"),
        (Shape::new(GeometryType::MultiPoint, &[&SQUARE[..2]]), "MULTIPOINT("),
        (Shape::new(GeometryType::LineString, &[&SQUARE[..2]]), "LINESTRING(138.0 34.0,138.4 34.0)"),
        (
            Shape::new(GeometryType::MultiLineString, &[&SQUARE[..2], &HOLE[..2]]),
            "MULTILINESTRING((138.0 34.0,138.4 34.0),(138.1 34.1,138.1 34.2))",
        ),
        (heights.clone(), "POLYGON"),
        (Shape::of_parts(GeometryType::MultiPolygon, &[heights.clone(), polygon()]), "MULTIPOLYGON"),
        (Shape::of_parts(GeometryType::GeometryCollection, &[line.clone(), heights]), "GEOMETRYCOLLECTION"),
        (Shape::of_parts(GeometryType::MultiSurface, &[polygon()]), "GEOMETRYCOLLECTION"),
        (Shape::new(GeometryType::Triangle, &[&HOLE]), "POLYGON((138.1 34.1"),
    ];
    // Each says what it is, and the header does not.
    let features: Vec<_> = shapes.iter().map(|(shape, _)| feature(Some(shape), &[], &[])).collect();
    let file = Head::default().file(0, &features);
    let layer = layer(&file).unwrap();
    for (feature, (_, expected)) in layer.features.iter().zip(&shapes) {
        let found = format!("{:?}", feature.geometry.as_ref().unwrap());
        assert!(found.starts_with(expected), "{found}, not {expected}");
    }
    let source = parcels(&file, None).unwrap();
    let chunk = source.read_chunk(0).unwrap();
    let rings =
        |index: usize| chunk.shapes.get(index).polygons().map(|polygon| polygon.rings().len()).collect::<Vec<_>>();
    assert_eq!([rings(3), rings(4), rings(5), rings(6), rings(7)], [vec![], vec![2], vec![2, 2], vec![2], vec![2]]);
    assert_eq!(chunk.records[3].problem, Some(GeometryProblem::NotAPolygon));
    assert_eq!(chunk.records[5].problem, None);
    let curved =
        Head::default().file(0, &[feature(Some(&Shape::new(GeometryType::CurvePolygon, &[&SQUARE])), &[], &[])]);
    assert!(matches!(layer_error(&curved), InputError::UnsupportedShape { record: 1, shape_type: 10, .. }));
}

fn layer_error(bytes: &[u8]) -> InputError {
    layer(bytes).unwrap_err()
}

#[test]
fn parcels_without_polygons_keep_their_index_and_say_why() {
    use GeometryProblem::{Empty, NotFinite, Null, Unclosed};
    let far = [[138.0, 34.0], [f64::NAN, 34.0], [138.4, 34.4], [138.0, 34.0]];
    let head = Head { kind: GeometryType::Polygon, ..Head::default() };
    let shapes = [
        None,
        Some(Shape::new(GeometryType::Polygon, &[])),
        Some(Shape::new(GeometryType::Polygon, &[&far])),
        Some(Shape::new(GeometryType::Polygon, &[&SQUARE[..4]])),
    ];
    let features: Vec<_> = shapes.iter().map(|shape| feature(shape.as_ref(), &[], &[])).collect();
    let source = parcels(&head.file(0, &features), None).unwrap();
    let chunk = source.read_chunk(0).unwrap();
    let problems: Vec<_> = chunk.records.iter().map(|record| record.problem.unwrap()).collect();
    assert_eq!(problems, [Null, Empty, NotFinite, Unclosed]);
    assert_eq!(chunk.shapes.points(), SQUARE);
    assert_eq!(chunk.records[0].properties, "{}");
}

#[test]
fn features_may_have_columns_of_their_own() {
    let features = [
        feature(Some(&polygon()), &["1", "2"], &["a", "id"]),
        feature(Some(&polygon()), &["3"], &["id"]),
        feature(Some(&polygon()), &["4", "5"], &["b", "b"]),
    ];
    let file = Head::default().file(0, &features);
    let source = parcels(&file, Some("id")).unwrap();
    let chunk = source.read_chunk(0).unwrap();
    let texts: Vec<&str> = chunk.records.iter().map(|record| record.properties.as_ref()).collect();
    assert_eq!(texts, [r#"{"a":"1","id":"2"}"#, r#"{"id":"3"}"#, r#"{"b":"4","b_2":"5"}"#]);
    let ids: Vec<_> = chunk.records.iter().map(|record| record.id.as_deref()).collect();
    assert_eq!(ids, [Some("2"), Some("3"), None]);
    let Err(InputError::MissingField { known, nearest, .. }) = parcels(&file, Some("idd")) else { panic!() };
    assert_eq!((known.join(" ").as_str(), nearest.as_deref()), ("a id b b_2", Some("id")));
}

#[test]
fn the_crs_is_that_of_the_header() {
    let text = |head: Head| layer(&head.file(0, &[])).unwrap().files[0].crs.clone().map(|crs| crs.text);
    let wkt = Some("GEOGCS[\"x\"]");
    assert_eq!(text(Head { epsg: 6668, wkt, ..Head::default() }).as_deref(), Some("EPSG:6668"));
    assert_eq!(text(Head { epsg: 4326, authority: Some("epsg"), ..Head::default() }).as_deref(), Some("epsg:4326"));
    assert_eq!(text(Head { epsg: 1, authority: Some("ESRI"), wkt, ..Head::default() }).as_deref(), wkt);
    assert_eq!(text(Head { wkt, ..Head::default() }).as_deref(), wkt);
    assert_eq!(text(Head::default()), None);
}

#[test]
fn latitude_before_longitude_is_told_of_parcels() {
    let swapped: Vec<Point> = SQUARE.iter().map(|[x, y]| [*y, *x]).collect();
    let head = Head { kind: GeometryType::Polygon, ..Head::default() };
    let features = [feature(Some(&polygon()), &[], &[]), feature(Some(&Shape::new(head.kind, &[&swapped])), &[], &[])];
    let error = parcels(&head.file(0, &features), None).unwrap().read_chunk(0).unwrap_err();
    assert!(matches!(error, InputError::SwappedAxes { feature: 2, .. }), "{error}");
}

#[test]
fn chunks_are_read_in_any_order() {
    let head = Head { kind: GeometryType::Polygon, columns: &["id"], count: 5000, node: 16, ..Head::default() };
    let nodes = 5000 + 313 + 20 + 2 + 1;
    let features: Vec<_> = (0..5000).map(|id| feature(Some(&polygon()), &[&id.to_string()], &[])).collect();
    let source = parcels(&head.file(nodes * 40, &features), Some("id")).unwrap();
    assert_eq!((source.len(), source.chunks()), (5000, 3));
    for (chunk, first) in [(2, 4096), (0, 0), (1, 2048)] {
        let parcels = source.read_chunk(chunk).unwrap();
        assert_eq!((parcels.first, parcels.records[0].id.clone()), (first, Some(first.to_string().into())));
        assert_eq!(source.bounds(chunk).unwrap().1, parcels.shapes.bounds());
    }
}

#[test]
fn lengths_and_counts_that_lie_are_told_with_the_record() {
    let head = |count, node| Head { kind: GeometryType::Polygon, count, node, ..Head::default() };
    let one = || feature(Some(&polygon()), &[], &[]);
    let problem = |bytes: &[u8]| match layer_error(bytes) {
        InputError::DamagedRecord { record, problem, .. } => (record, problem.en.as_ref()),
        other => panic!("{other}"),
    };
    assert_eq!(problem(&head(2, 0).file(0, &[one()])), (2, "the file ends before it"));
    assert_eq!(problem(&head(1, 0).file(0, &[one(), one()])).0, 0);
    let does_not_fit = (0, "its index does not fit into the file");
    assert_eq!(problem(&head(u64::MAX, 16).file(0, &[one()])), does_not_fit);
    assert_eq!(problem(&head(9, 2).file(9 * 40, &[])), does_not_fit);
    assert_eq!(problem(&head(1, 1).file(40, &[one()])).0, 0);
    let huge = u32::to_le_bytes(300 << 20).to_vec();
    assert_eq!(problem(&head(0, 0).file(0, &[one(), huge])), (2, "it says that it is larger than 256 MiB"));
    let whole = head(0, 0).file(0, &[one()]);
    assert_eq!(problem(&whole[..whole.len() - 1]), (1, "it reaches past the end of the file"));
    assert_eq!(
        problem(&head(0, 0).file(0, &[vec![4, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]])),
        (1, "it is no FlatBuffers table")
    );
    assert_eq!(problem(&whole[..30]).0, 0);
}

#[test]
fn a_part_that_stands_for_a_thousand_others_is_refused() {
    let mut to = FlatBufferBuilder::new();
    let mut shape = Shape::new(GeometryType::Polygon, &[&[SQUARE; 200].concat()]).write(&mut to);
    for _ in 0..3 {
        let parts = Some(to.create_vector(&[shape; 10]));
        let type_ = GeometryType::GeometryCollection;
        shape = Geometry::create(&mut to, &GeometryArgs { type_, parts, ..GeometryArgs::default() });
    }
    let feature = Feature::create(&mut to, &FeatureArgs { geometry: Some(shape), ..FeatureArgs::default() });
    to.finish_size_prefixed(feature, None);
    let file = Head::default().file(0, &[to.finished_data().to_vec()]);
    assert!(matches!(layer_error(&file), InputError::DamagedRecord { record: 1, .. }));
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(cut in 0_usize..900, hits in prop::collection::vec((8_usize..900, any::<u8>()), 1..4)) {
        let multi = Shape::of_parts(GeometryType::MultiPolygon, &[polygon(), polygon()]);
        let head = Head { columns: &["id", "大字"], count: 2, epsg: 6668, node: 16, ..Head::default() };
        let features = [feature(Some(&multi), &["1", "あ"], &[]), feature(Some(&polygon()), &["2"], &["own"])];
        let mut file = head.file(3 * 40, &features);
        for (at, byte) in hits {
            if let Some(hit) = file.get_mut(at) { *hit = byte }
        }
        for bytes in [&file[..], &file[..file.len().saturating_sub(cut).max(8)]] {
            let _ = layer(bytes);
            if let Ok(source) = parcels(bytes, None) {
                for chunk in 0..source.chunks() {
                    let read = source.read_chunk(chunk).is_ok();
                    prop_assert!(!read || source.bounds(chunk).is_ok());
                }
            }
        }
    }
}
