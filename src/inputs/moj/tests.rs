//! Invented sheets (`tests/data/formats`), and what happens to them when they are damaged.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use geo::{Area, Geometry};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::diagnostics::Diagnose as _;
use crate::inputs::{
    GeometryProblem, InputError, ParcelSource, RawLayer, ReadOptions, open_parcels, open_parcels_in_memory, read_layer,
    read_layer_from_memory,
};
use crate::notices::Notices;

const PLANE: &str = "moj_plane.xml";
const ARBITRARY: &str = "moj_arbitrary.xml";

fn invented(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name)
}

/// An invented sheet with something in it replaced.
fn edited(name: &str, edits: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let mut text = std::fs::read_to_string(invented(name)).unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sheet.xml");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

/// Ids of notices with their counts.
type Counts = Vec<(&'static str, u64)>;

fn layer(paths: &[PathBuf]) -> Result<(RawLayer, Counts), InputError> {
    let mut notices = Notices::default();
    let layer = read_layer(paths, &ReadOptions::default(), &mut notices, "units")?;
    Ok((layer, counts(&notices)))
}

fn parcels(paths: &[PathBuf], id: Option<&str>) -> Result<Box<dyn ParcelSource>, InputError> {
    open_parcels(paths, &ReadOptions::default(), id)
}

fn counts(notices: &Notices) -> Counts {
    notices.iter().map(|(_, kind, tally)| (kind.id, tally.count)).collect()
}

#[test]
fn a_sheet_gives_its_parcels_with_easting_first() {
    let source = parcels(&[invented(PLANE)], None).unwrap();
    assert_eq!((source.len(), source.chunks()), (4, 1));
    let crs = source.files()[0].crs.clone().unwrap();
    assert_eq!((crs.text.as_str(), crs.found_in.en.as_ref()), ("EPSG:6676", "座標系"));
    let chunk = source.read_chunk(0).unwrap();
    let rings: Vec<Vec<usize>> = chunk.shapes.iter().map(|shape| shape.rings().map(<[_]>::len).collect()).collect();
    assert_eq!(rings, [vec![5, 5], vec![5], vec![5], vec![5]]);
    let first = chunk.shapes.get(0).bounds();
    assert_eq!((first.min, first.max), ([-15000.0, -120_000.0], [-14960.0, -119_970.0]));
    assert_eq!(source.bounds(0).unwrap().1, chunk.shapes.bounds());
    assert!(chunk.records.iter().all(|record| record.problem.is_none()));
}

#[test]
fn areas_follow_from_lines_however_they_are_turned() {
    let (layer, _) = layer(&[invented(PLANE)]).unwrap();
    let area = |feature: &crate::inputs::RawFeature| match &feature.geometry {
        Some(Geometry::Polygon(polygon)) => polygon.unsigned_area(),
        other => panic!("{other:?}"),
    };
    assert_eq!(layer.features.iter().map(area).collect::<Vec<_>>(), [1100.0, 100.0, 600.0, 1200.0]);
}

#[test]
fn properties_are_those_of_the_parcel_and_its_sheet_in_a_fixed_order() {
    let source = parcels(&[invented(PLANE)], None).unwrap();
    let chunk = source.read_chunk(0).unwrap();
    let expected = "{\"筆ID\":\"H000000001\",\"筆キー\":\"22999-001-002-0000-00-100-1\",\"地図名\":\"試験図1\",\
                    \"市区町村コード\":\"22999\",\"市区町村名\":\"架空市\",\"座標系\":\"公共座標8系\",\"測地系判別\":\"測量\",\
                    \"大字コード\":\"001\",\"丁目コード\":\"002\",\"小字コード\":\"0000\",\"予備コード\":\"00\",\
                    \"大字名\":\"白銀町\",\"丁目名\":\"二丁目\",\"小字名\":null,\"予備名\":null,\"地番\":\"100-1\",\
                    \"筆界未定構成筆\":null,\"精度区分\":\"甲一\",\"座標値種別\":\"測量成果\"}";
    assert_eq!(chunk.records[0].properties, expected);
    assert_eq!(chunk.records[0].id.as_deref(), Some("22999-001-002-0000-00-100-1"));
    let (layer, _) = layer(&[invented(PLANE)]).unwrap();
    for (record, feature) in chunk.records.iter().zip(&layer.features) {
        assert_eq!(record.properties, serde_json::to_string(&feature.fields).unwrap());
    }
    // The parts of a parcel without settled boundaries do not overwrite its own number.
    assert_eq!(layer.features[3].fields["地番"], "(102-1+102-2)");
    assert_eq!(layer.features[3].fields["筆界未定構成筆"], "102-1、102-2");
}

#[test]
fn an_attribute_may_be_the_id() {
    let id = |field| {
        let source = parcels(&[invented(PLANE)], Some(field))?;
        let chunk = source.read_chunk(0)?;
        Ok(chunk.records[1].id.clone().map(Cow::into_owned))
    };
    assert_eq!(id("地番").unwrap().as_deref(), Some("100-2"));
    assert_eq!(id("小字名").unwrap(), None);
    assert!(matches!(id("地番号"), Err(InputError::MissingField { nearest: Some(nearest), .. }) if nearest == "地番"));
}

#[test]
fn what_is_left_out_is_told() {
    let both = [invented(PLANE), invented(ARBITRARY)];
    let expected = [("moj-arbitrary-system", 3), ("moj-outside-the-sheet", 2)];
    let (layer, notices) = layer(&both).unwrap();
    assert_eq!((layer.features.len(), notices.as_slice()), (4, &expected[..]));
    let source = parcels(&both, None).unwrap();
    assert_eq!((source.len(), source.chunks(), source.files().len()), (4, 1, 2));
    assert_eq!(counts(source.notices()), expected);
}

#[test]
fn sheets_that_lie_nowhere_are_no_layer() {
    for error in
        [layer(&[invented(ARBITRARY)]).unwrap_err(), parcels(&[invented(ARBITRARY)], None).map(|_| ()).unwrap_err()]
    {
        let message = error.to_string();
        assert!(matches!(error, InputError::NothingLeft { left_out: 3, .. }), "{message}");
        assert!(message.contains("moj_arbitrary.xml") && message.contains("任意座標系"), "{message}");
        assert!(error.help()[0].en.contains("地番図"));
    }
}

#[test]
fn a_sheet_without_a_datum_is_used_and_told() {
    let (_folder, path) = edited(PLANE, &[("<測地系判別>測量</測地系判別>", "")]);
    let (layer, notices) = layer(&[path]).unwrap();
    assert_eq!(notices, [("moj-datum-unknown", 1), ("moj-outside-the-sheet", 2)]);
    assert_eq!(layer.files[0].crs.as_ref().unwrap().text, "EPSG:6676");
}

#[test]
fn full_width_digits_name_a_system_and_others_none() {
    let system = |text: &str| {
        let (_folder, path) = edited(PLANE, &[("公共座標8系", text)]);
        layer(&[path]).map(|(layer, _)| layer.files[0].crs.clone().unwrap().text)
    };
    assert_eq!(system("公共座標１２系").unwrap(), "EPSG:6680");
    for text in ["公共座標20系", "公共座標系", ""] {
        assert!(matches!(system(text), Err(InputError::Xml { .. })), "{text}");
    }
}

#[test]
fn a_parcel_without_a_shape_keeps_its_index() {
    let (_folder, path) = edited(PLANE, &[("<形状 idref=\"F000000002\"/>", "")]);
    let source = parcels(&[path], None).unwrap();
    let problems: Vec<_> = source.read_chunk(0).unwrap().records.iter().map(|record| record.problem).collect();
    assert_eq!(problems, [None, Some(GeometryProblem::Null), None, None]);
}

#[test]
fn lines_that_do_not_meet_are_told() {
    let (_folder, path) = edited(PLANE, &[("<zmn:GM_CompositeCurve.generator idref=\"C000000002\"/>", "")]);
    let (_, notices) = layer(&[path]).unwrap();
    assert!(notices.contains(&("moj-open-boundary", 1)), "{notices:?}");
}

#[test]
fn references_that_lead_nowhere_are_told_with_the_line() {
    for (from, to) in [
        ("point idref=\"P000000001\"", "point idref=\"P9\""),
        ("generator idref=\"C000000001\"", "generator idref=\"C9\""),
        ("形状 idref=\"F000000001\"", "形状 idref=\"F9\""),
        ("<zmn:X>-120000.000</zmn:X>", "<zmn:X>north</zmn:X>"),
        ("<zmn:X>-120000.000</zmn:X>", "<zmn:X>NaN</zmn:X>"),
    ] {
        let (_folder, path) = edited(PLANE, &[(from, to)]);
        let Err(InputError::Xml { line, .. }) = layer(&[path]) else { panic!("{to}") };
        assert!(line > 8, "{to}: {line}");
    }
}

#[test]
fn a_few_points_used_over_and_over_do_not_fill_the_memory() {
    let generator = "<zmn:GM_CompositeCurve.generator idref=\"C000000001\"/>";
    let column = "<zmn:GM_PointArray.column><zmn:GM_Position.indirect><zmn:GM_PointRef.point idref=\"P000000001\"/>\
                  <zmn:GM_PointRef.point idref=\"P000000002\"/></zmn:GM_Position.indirect></zmn:GM_PointArray.column>";
    let points = "<zmn:GM_LineString.controlPoint>";
    let (_folder, path) =
        edited(PLANE, &[(generator, &generator.repeat(2000)), (points, &format!("{points}{}", column.repeat(200)))]);
    assert!(matches!(layer(&[path]), Err(InputError::Xml { .. })));
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(cut in 0_usize..40_000, hits in prop::collection::vec((0_usize..40_000, any::<u8>()), 1..4)) {
        let mut bytes = std::fs::read(invented(PLANE)).unwrap();
        for (at, byte) in hits {
            if let Some(hit) = bytes.get_mut(at) { *hit = byte }
        }
        for bytes in [&bytes[..], &bytes[..cut.min(bytes.len())]] {
            let options = ReadOptions::default();
            let _ = read_layer_from_memory("a.xml", bytes.to_vec(), &options, &mut Notices::default(), "units");
            if let Ok(source) = open_parcels_in_memory("a.xml", bytes.to_vec(), &options, None) {
                for chunk in 0..source.chunks() {
                    prop_assert!(source.read_chunk(chunk).is_ok());
                }
            }
        }
    }
}
