//! GeoJSON files through the front door: quirks, errors, and agreement with the `geojson` crate.

use std::io::Write;
use std::path::{Path, PathBuf};

use geo::Geometry;
use geojson::GeoJson;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::Digest;
use tempfile::TempDir;

use crate::inputs::GeometryProblem::{Empty, NotAPolygon, Null, Unclosed};
use crate::inputs::{InputError, ParcelSource, RawLayer, ReadOptions, open_parcels, read_layer};
use crate::notices::Notices;

const SQUARE: &str = "[[[138,34],[138.1,34],[138.1,34.1],[138,34.1],[138,34]]]";

fn feature(properties: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":{SQUARE}}}}}"#)
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\n\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn parcels(text: &str, id_field: Option<&str>) -> Result<Box<dyn ParcelSource>, InputError> {
    let (_folder, path) = file("a.geojson", text.as_bytes());
    open_parcels(&[path], &ReadOptions::default(), id_field)
}

fn layer(name: &str, bytes: &[u8]) -> Result<RawLayer, InputError> {
    let (_folder, path) = file(name, bytes);
    read_layer(&[path], &ReadOptions::default(), &mut Notices::default(), "layer")
}

/// The error that reading a file of parcels ends in.
fn parcels_error(text: &str) -> InputError {
    let read =
        |source: Box<dyn ParcelSource>| (0..source.chunks()).try_for_each(|chunk| source.read_chunk(chunk).map(|_| ()));
    parcels(text, None).and_then(read).unwrap_err()
}

#[test]
fn every_container_is_read() {
    let one = feature(r#"{"a":"焼津"}"#);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(collection(&[one.clone(), one.clone()]).as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let (in_cp932, ..) = encoding_rs::SHIFT_JIS.encode(&one);
    let cases: [(&str, Vec<u8>, usize); 7] = [
        ("a.geojson", collection(&[one.clone(), one.clone()]).into_bytes(), 2),
        ("a.geojson.gz", packed, 2),
        ("a.json", one.clone().into_bytes(), 1),
        ("a.json", [b"\xef\xbb\xbf", one.as_bytes()].concat(), 1),
        ("a.ndjson", format!("{one}\n{one}\n").into_bytes(), 2),
        ("a.geojsons", format!("\u{1e}{one}\n\u{1e}{one}\n").into_bytes(), 2),
        ("a.geojson", in_cp932.into_owned(), 1),
    ];
    for (name, bytes, features) in cases {
        let layer = layer(name, &bytes).unwrap();
        assert_eq!((layer.files[0].format.en.as_ref(), layer.features.len()), ("GeoJSON", features), "{name}");
        assert_eq!(layer.features[features - 1].fields["a"], "焼津");
        assert_eq!(layer.features[features - 1].number, features);
        let of_the_file: Vec<String> = sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(layer.files[0].sha256.hex(), of_the_file.concat(), "{name}");
    }
    let bare = layer("a.geojson", br#"{"type":"Point","coordinates":[138.3,34.8,5]}"#).unwrap();
    assert_eq!(bare.features[0].geometry, Some(geo::Point::new(138.3, 34.8).into()));
}

#[test]
fn the_crs_member_counts_also_after_the_features() {
    let declared = |crs: &str| {
        let text = format!(r#"{{"type":"FeatureCollection","features":[],"crs":{crs}}}"#);
        let crs = layer("a.geojson", text.as_bytes()).unwrap().files.remove(0).crs.unwrap();
        (crs.text, crs.found_in.en.as_ref())
    };
    let named = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2450"}}"#;
    assert_eq!(declared(named), ("urn:ogc:def:crs:EPSG::2450".to_owned(), "crs member"));
    assert_eq!(declared(r#"{"type":"EPSG","properties":{"code":6668}}"#).0, "EPSG:6668");
    assert_eq!(declared("null").1, "RFC 7946");
}

#[test]
fn metres_and_swapped_axes_are_told_unless_a_crs_is_given() {
    let text = |x: f64, y: f64| format!(r#"{{"type":"Polygon","coordinates":[[[{x},{y}],[{x},{y}]]]}}"#);
    assert!(matches!(parcels_error(&text(-15_000.0, -120_000.0)), InputError::PlaneMetresAsDegrees { feature: 1, .. }));
    assert!(matches!(parcels_error(&text(34.8, 138.3)), InputError::SwappedAxes { feature: 1, .. }));
    assert!(matches!(layer("a.json", text(34.8, 138.3).as_bytes()), Err(InputError::SwappedAxes { .. })));
    let (_folder, path) = file("a.json", text(-15_000.0, -120_000.0).as_bytes());
    let options = ReadOptions { crs: Some("EPSG:6676".to_owned()), ..ReadOptions::default() };
    assert!(open_parcels(&[path], &options, None).unwrap().read_chunk(0).is_ok());
}

#[test]
fn a_box_of_positions_that_are_no_degrees_says_which_feature_it_is() {
    let parcel = |at: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[{at},{at},{at}]]}}}}"#
        )
    };
    let (good, swapped) = (parcel("[138.3,34.8]"), parcel("[34.8,138.3]"));
    let parcels = parcels(&collection(&[good, swapped]), None).unwrap();
    assert!(matches!(parcels.bounds(0), Err(InputError::SwappedAxes { feature: 2, .. })));
}

#[test]
fn ids_come_from_the_mapped_field_then_from_the_feature() {
    let with_id = feature(r#"{"chiban":null}"#).replacen('{', r#"{"id":12,"#, 1);
    let text = collection(&[
        feature(r#"{"chiban":"1-1"}"#),
        feature(r#"{"x":{"chiban":3},"chiban":0.50}"#),
        with_id,
        feature("null"),
    ]);
    let parcels = parcels(&text, Some("chiban")).unwrap();
    let chunk = parcels.read_chunk(0).unwrap();
    let ids: Vec<_> = chunk.records.iter().map(|record| record.id.as_deref()).collect();
    assert_eq!(ids, [Some("1-1"), Some("0.50"), Some("12"), None]);
    assert_eq!(chunk.records[1].properties, r#"{"x":{"chiban":3},"chiban":0.50}"#);
    assert_eq!(chunk.records[3].properties, "{}");
}

#[test]
fn a_field_that_no_feature_has_is_named_with_the_nearest() {
    let Err(InputError::MissingField { known, nearest, .. }) =
        parcels(&feature(r#"{"chiban":1,"b":2}"#), Some("chibann"))
    else {
        panic!()
    };
    assert_eq!((known.join(","), nearest.as_deref()), ("chiban,b".to_owned(), Some("chiban")));
    assert!(matches!(parcels(&collection(&[]), None), Err(InputError::EmptyLayer { .. })));
}

#[test]
fn parcels_without_polygons_keep_their_index() {
    let with = |geometry: &str| format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#);
    let text = collection(&[
        with("null"),
        with(r#"{"type":"Point","coordinates":[138,34]}"#),
        with(r#"{"type":"Polygon","coordinates":[]}"#),
        with(r#"{"type":"Polygon","coordinates":[[[138,34],[139,34],[139,35]]]}"#),
        r#"{"type":"Feature"}"#.to_owned(),
    ]);
    let parcels = parcels(&text, None).unwrap();
    let chunk = parcels.read_chunk(0).unwrap();
    let problems: Vec<_> = chunk.records.iter().map(|record| record.problem.unwrap()).collect();
    assert_eq!(problems, [Null, NotAPolygon, Empty, Unclosed, Null]);
    assert_eq!(chunk.shapes.iter().map(|shape| shape.points().len()).collect::<Vec<_>>(), [0, 0, 0, 4, 0]);
}

#[test]
fn errors_name_the_feature_and_the_line() {
    let good = feature("{}");
    for (bad, problem) in [
        (good.replace("34.1", "thirty-four"), "there should be a number here"),
        (good.replace("[[[", "[[[["), "there should be a number here"),
        (good.replace("{}", "[]"), "properties in braces"),
        (good.replace("{}", r#"{"a":1,}"#), "trailing comma"),
        (good.replace("Feature", "feature"), "its `type` is not"),
    ] {
        let error = parcels_error(&collection(&[good.clone(), bad.clone()]));
        let InputError::Json { feature: 2, line: 4, .. } = error else { panic!("{bad}: {error}") };
        assert!(error.to_string().contains(problem), "{error}");
    }
    let text = collection(&[good.clone(), good.clone()]);
    let cut = parcels_error(&text[..text.len() - 20]);
    assert!(matches!(cut, InputError::Truncated { feature: 2, line: 4, .. }), "{cut}");
    assert!(
        matches!(parcels_error("{\"type\":\"Topology\"}"), InputError::NotGeoJson { found: Some(found), .. } if found == "Topology")
    );
    let rubbish = parcels_error(&text.replace(",\n{", ",\n 7 {"));
    assert!(matches!(rubbish, InputError::Json { feature: 2, line: 4, .. }), "{rubbish}");
}

#[test]
fn the_layer_reader_refuses_what_the_parcel_reader_refuses() {
    for bad in [
        feature("{}").replace("34.1", "x"),
        feature("{}").replace("[[[", "[[[["),
        feature("[]"),
        feature("{}").replace(r#""Polygon""#, r#""Circle""#),
        r#"{"type":"Feature","geometry":{"type":"Polygon"}}"#.to_owned(),
    ] {
        assert!(
            matches!(layer("a.geojson", bad.as_bytes()), Err(InputError::Json { feature: 1, line: 1, .. })),
            "{bad}"
        );
        assert!(matches!(parcels_error(&bad), InputError::Json { feature: 1, line: 1, .. }), "{bad}");
    }
}

fn ring() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let position = proptest::collection::vec(-90.0..90.0_f64, 2..4);
    proptest::collection::vec(position, 3..6).prop_map(|mut ring| {
        ring.push(ring[0].clone());
        ring
    })
}

fn geometry() -> impl Strategy<Value = Value> {
    let polygon = || proptest::collection::vec(ring(), 1..3);
    let simple = prop_oneof![
        polygon().prop_map(|rings| json!({"type": "Polygon", "coordinates": rings})),
        proptest::collection::vec(polygon(), 1..3).prop_map(|all| json!({"coordinates": all, "type": "MultiPolygon"})),
        ring().prop_map(|line| json!({"type": "LineString", "coordinates": line})),
    ];
    let collection = proptest::collection::vec(simple.clone(), 0..3)
        .prop_map(|parts| json!({"type": "GeometryCollection", "geometries": parts}));
    prop_oneof![4 => simple, 1 => collection, 1 => Just(Value::Null)]
}

fn features() -> impl Strategy<Value = Vec<Value>> {
    let one = (geometry(), "\\PC{0,6}", "[a-z\"\\\\{}]{0,5}").prop_map(
        |(geometry, id, note)| json!({"type": "Feature", "properties": {"note": note, "id": id}, "geometry": geometry}),
    );
    proptest::collection::vec(one, 1..6)
}

/// The polygons of a geometry, as the other crate reads it: ring by ring.
fn rings(geometry: &Geometry<f64>) -> Vec<Vec<[f64; 2]>> {
    match geometry {
        Geometry::Polygon(polygon) => std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| ring.coords().map(|at| [at.x, at.y]).collect())
            .collect(),
        Geometry::MultiPolygon(polygons) => polygons.iter().flat_map(|part| rings(&part.clone().into())).collect(),
        Geometry::GeometryCollection(parts) => parts.iter().flat_map(rings).collect(),
        _ => Vec::new(),
    }
}

/// Equal but for the last digits: without its feature `float_roundtrip`, serde_json does not round to the nearest.
fn nearly(ours: &[[f64; 2]], theirs: &[[f64; 2]]) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() <= 1e-13 * one.abs();
    ours.len() == theirs.len()
        && ours.iter().zip(theirs).all(|(one, other)| near(one[0], other[0]) && near(one[1], other[1]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn parcels_and_layers_are_those_of_the_geojson_crate(features in features(), pretty: bool) {
        let collection = json!({"type": "FeatureCollection", "features": features});
        let text = if pretty { serde_json::to_string_pretty(&collection) } else { serde_json::to_string(&collection) }.unwrap();
        let GeoJson::FeatureCollection(expected) = text.parse::<GeoJson>().unwrap() else { panic!() };
        let source = parcels(&text, Some("id")).unwrap();
        let chunk = source.read_chunk(0).unwrap();
        let layer = layer("a.geojson", text.as_bytes()).unwrap();
        prop_assert_eq!(chunk.records.len(), expected.features.len());
        for (index, expected) in expected.features.into_iter().enumerate() {
            let record = &chunk.records[index];
            prop_assert_eq!(record.id.as_deref(), expected.property("id").unwrap().as_str());
            let properties: crate::inputs::Fields = serde_json::from_str(&record.properties).unwrap();
            prop_assert_eq!(&properties, expected.properties.as_ref().unwrap());
            prop_assert_eq!(&layer.features[index].fields, &properties);
            if !pretty {
                prop_assert_eq!(record.geometry.unwrap(), features[index]["geometry"].to_string());
            }
            let theirs = expected.geometry.map(|geometry| Geometry::<f64>::try_from(geometry).unwrap());
            let their_rings = theirs.as_ref().map(rings).unwrap_or_default();
            let our_rings: Vec<_> = chunk.shapes.get(index).rings().map(<[_]>::to_vec).collect();
            prop_assert_eq!(our_rings.len(), their_rings.len());
            prop_assert!(our_rings.iter().zip(&their_rings).all(|(ours, theirs)| nearly(ours, theirs)));
            let of_layer = layer.features[index].geometry.as_ref().map(rings).unwrap_or_default();
            prop_assert_eq!(of_layer, our_rings);
        }
    }

    #[test]
    fn no_truncation_and_no_changed_byte_makes_it_panic(features in features(), cut in 0.0..1.0_f64, byte: u8) {
        let mut bytes = serde_json::to_vec(&json!({"type": "FeatureCollection", "features": features})).unwrap();
        let at = (bytes.len() as f64 * cut) as usize;
        let truncated = String::from_utf8_lossy(&bytes[..at]).into_owned();
        if at > 0 {
            prop_assert!(parcels(&truncated, None).is_err());
        }
        bytes[at] = byte;
        let (_folder, path) = file("a.geojson", &bytes);
        let _ = read_layer(std::slice::from_ref(&path), &ReadOptions::default(), &mut Notices::default(), "layer");
        if let Ok(source) = open_parcels(&[path], &ReadOptions::default(), None) {
            let _ = source.read_chunk(0);
        }
    }

    #[test]
    fn arbitrary_bytes_are_no_reason_to_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80), name in "a\\.(geojson|csv|txt|shp|gz)") {
        let (_folder, path) = file(&name, &bytes);
        let _ = read_layer(std::slice::from_ref(&path), &ReadOptions::default(), &mut Notices::default(), "layer");
        let _ = open_parcels(&[path], &ReadOptions::default(), Some("id"));
    }
}

#[test]
fn a_missing_file_is_an_error_of_its_own() {
    let missing = read_layer(
        &[Path::new("/nowhere/a.geojson").to_owned()],
        &ReadOptions::default(),
        &mut Notices::default(),
        "x",
    );
    assert!(matches!(missing, Err(InputError::Io { .. })));
}

#[test]
fn a_system_that_is_named_is_never_passed_over() {
    let feature = |own: &str, inner: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{}}{own},"geometry":{{"type":"Point","coordinates":[138.3,34.8]{inner}}}}}"#
        )
    };
    let file = |crs: &str, feature: &str| format!(r#"{{"type":"FeatureCollection"{crs},"features":[{feature}]}}"#);
    let read = |text: String| {
        let mut notices = crate::notices::Notices::default();
        let options = crate::inputs::ReadOptions::default();
        let layer = crate::inputs::read_layer_from_memory("a.geojson", text.into(), &options, &mut notices, "a")?;
        Ok::<_, InputError>(layer.files[0].crs.clone().map(|crs| crs.text))
    };
    let tokyo = r#","crs":{"type":"EPSG","properties":{"code":"4301"}}"#;
    let world = r#","crs":{"type":"name","properties":{"name":"EPSG:4326"}}"#;
    assert_eq!(read(file(tokyo, &feature("", ""))).unwrap().as_deref(), Some("EPSG:4301"));
    assert!(read(file("", &feature(world, world))).is_ok());
    assert!(read(file(tokyo, &feature(tokyo, tokyo))).is_ok());
    for text in [
        file("", &feature(tokyo, "")),
        file("", &feature("", tokyo)),
        file(tokyo, &feature(world, "")),
        feature(tokyo, "") + &feature(world, ""),
    ] {
        let error = read(text.clone()).unwrap_err().to_string();
        assert!(error.contains("another system"), "{text}: {error}");
    }
}
