//! Tables read whole.

use super::*;
use crate::inputs::{RawLayer, ReadOptions, read_layer};
use crate::notices::Notices;

fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> (Result<RawLayer, InputError>, Vec<(&'static str, u64)>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut notices = Notices::default();
    let layer = read_layer(&[path], options, &mut notices, "layer");
    (layer, notices.iter().map(|(_, kind, tally)| (kind.id, tally.count)).collect())
}

fn point(layer: &RawLayer, row: usize) -> Option<(f64, f64)> {
    match layer.features[row].geometry {
        Some(Geometry::Point(point)) => Some(point.x_y()),
        _ => None,
    }
}

#[test]
fn quoted_line_breaks_leading_zeros_and_cp932_survive() {
    let text = "名称,code,緯度,経度\r\n\"焼津\r\n駅\",07203,34.8,138.3\r\n";
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(text);
    for bytes in [&bytes[..], text.as_bytes(), &[b"\xef\xbb\xbf", text.as_bytes()].concat()] {
        let (layer, notices) = read("a.csv", bytes, &ReadOptions::default());
        let layer = layer.unwrap();
        assert_eq!(layer.features[0].fields["名称"], "焼津\r\n駅");
        assert_eq!(layer.features[0].fields["code"], "07203");
        assert_eq!(point(&layer, 0), Some((138.3, 34.8)));
        assert_eq!(layer.files[0].crs.as_ref().unwrap().found_in.en, "column names");
        assert_eq!(notices, []);
    }
}

#[test]
fn rows_that_lack_something_are_kept_and_counted() {
    let text = "lon\tlat\tname\n138.3\t34.8\ta\n\t\tb\nx\t34.8\tc\n138.3\t34.8\n";
    let (layer, notices) = read("a.tsv", text.as_bytes(), &ReadOptions::default());
    let layer = layer.unwrap();
    assert_eq!(layer.features.iter().filter(|row| row.geometry.is_some()).count(), 2);
    assert_eq!(layer.features[2].fields["lat"], "34.8");
    assert_eq!(notices, [("rows-of-other-length", 1), ("rows-without-coordinates", 2)]);
}

#[test]
fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
    let mut text = b"name\na\n\"b".to_vec();
    text.resize(LARGEST_FEATURE + 20, b'x');
    let (layer, _) = read("a.csv", &text, &ReadOptions::default());
    assert!(matches!(layer, Err(InputError::TooLarge { place, .. }) if place.en == "row 2"));
}

#[test]
fn a_table_without_coordinates_is_no_problem() {
    let (layer, notices) = read("peaks.csv", b"name,line,,name\na,b,c,d\n", &ReadOptions::default());
    let names: Vec<_> = layer.unwrap().features[0].fields.keys().cloned().collect();
    assert_eq!(names, ["name", "line", "column_3", "name_2"]);
    assert_eq!(notices, []);
}

#[test]
fn plane_columns_need_a_crs_and_named_columns_must_be_there() {
    let text = b"X,Y\n-15000,-120000\n";
    let plane = ReadOptions { crs: Some("EPSG:6676".to_owned()), ..ReadOptions::default() };
    assert_eq!(point(&read("a.csv", text, &plane).0.unwrap(), 0), Some((-15000.0, -120_000.0)));
    assert_eq!(point(&read("a.csv", text, &ReadOptions::default()).0.unwrap(), 0), None);
    let named = |x: &str| ReadOptions { xy: Some((x.to_owned(), "Y".to_owned())), ..ReadOptions::default() };
    assert!(matches!(read("a.csv", text, &named("X")).0, Err(InputError::PlaneMetresAsDegrees { feature: 1, .. })));
    assert!(matches!(read("a.csv", text, &named("XX")).0, Err(InputError::MissingField { .. })));
    assert!(matches!(
        read("a.csv", b"lat,lon\n138.3,34.8\n", &ReadOptions::default()).0,
        Err(InputError::SwappedAxes { .. })
    ));
}

const PLACE: (f64, f64) = (138.336_407, 34.870_023);

/// Whether a table is read as the one place, with these notices.
fn is_place(name: &str, bytes: &[u8], options: &ReadOptions, expected: &[(&'static str, u64)]) {
    let (layer, notices) = read(name, bytes, options);
    let layer = layer.unwrap();
    let (x, y) = point(&layer, 0).unwrap_or_else(|| panic!("{:?}", layer.unplaced));
    assert!((x - PLACE.0).abs() < 1e-7 && (y - PLACE.1).abs() < 1e-7, "{x} {y}");
    assert_eq!((layer.features.len(), notices.as_slice()), (1, expected));
    assert_eq!(layer.features[0].fields["名称"], "福寿園");
}

#[test]
fn titles_semicolons_tabs_brackets_and_padding_hide_no_coordinates() {
    let plain = ReadOptions::default();
    for (text, notices) in [
        ("名称;緯度;経度\n福寿園;34.870023;138.336407\n", &[][..]),
        ("名称;緯度;経度\n福寿園;34,870023;138,336407\n", &[]),
        ("sep=;\r\n名称;緯度;経度\r\n福寿園;34.870023;138.336407\r\n", &[]),
        ("名称\t緯度\t経度\n福寿園\t34.870023\t138.336407\n", &[]),
        ("令和6年度 施設一覧,,\n名称,緯度,経度\n福寿園,34.870023,138.336407\n", &[("rows-above-names", 1)]),
        (
            "施設一覧\n\n令和6年4月1日現在\n名称\t緯度\t経度\n福寿園\t34.870023\t138.336407\n",
            &[("rows-above-names", 2)],
        ),
        (",,\n名称,緯度,経度\n福寿園,34.870023,138.336407\n,,\n,,,,\n", &[]),
        ("名称,緯度（世界測地系）,経度（世界測地系）\n福寿園,34.870023,138.336407\n", &[]),
        ("名称, 緯度 ,　経度　\n福寿園,　34.870023 , 138.336407\n\0\0\0", &[]),
        ("名称, \"緯度\", \"経度\"\n福寿園, \"34.870023\", \"138.336407\"\n\u{1a}", &[]),
        ("名称,WKT\n福寿園,POINT (138.336407 34.870023)\n", &[]),
        ("\"名称\",\"geom\"\n\"福寿園\",\"SRID=6668;POINT(138.336407 34.870023)\"\n", &[]),
    ] {
        is_place("a.csv", text.as_bytes(), &plain, notices);
        let (sjis, ..) = encoding_rs::SHIFT_JIS.encode(text);
        is_place("a.csv", &sjis, &plain, notices);
        for (mark, big) in [([0xff, 0xfe], false), ([0xfe, 0xff], true)] {
            let units = text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            let bytes: Vec<u8> = mark.into_iter().chain(units).collect();
            is_place("a.txt", &bytes, &plain, notices);
        }
    }
}

#[test]
fn degrees_minutes_and_seconds_are_read() {
    for (lat, lon) in [
        ("34度52分12.0828秒", "138度20分11.0652秒"),
        ("北緯34°52′12.0828″", "東経138°20′11.0652″"),
        ("34:52:12.0828", "138:20:11.0652"),
    ] {
        let text = format!("名称,緯度,経度\n福寿園,{lat},{lon}\n");
        is_place("a.csv", text.as_bytes(), &ReadOptions::default(), &[]);
    }
}

#[test]
fn zeros_are_no_place() {
    for zeros in ["0,0", "0.0,0.000", "0,138.3", "０,０", "0度0分0秒,0度0分0秒"] {
        let text = format!("名称,緯度,経度\n福寿園,34.870023,138.336407\n長生館,{zeros}\n");
        let (layer, notices) = read("a.csv", text.as_bytes(), &ReadOptions::default());
        assert_eq!(point(&layer.unwrap(), 1), None, "{zeros}");
        assert_eq!(notices, [("rows-without-coordinates", 1)], "{zeros}");
    }
}

#[test]
fn the_old_datum_in_the_names_of_columns_is_not_passed_over() {
    let text = "名称,緯度（旧日本測地系）,経度（旧日本測地系）\n福寿園,34.8,138.3\n";
    let layer = read("a.csv", text.as_bytes(), &ReadOptions::default()).0.unwrap();
    assert_eq!(layer.files[0].crs.as_ref().unwrap().text, "EPSG:4301");
}

#[test]
fn axes_of_a_survey_run_north_and_east() {
    let plane = ReadOptions { crs: Some("EPSG:6676".to_owned()), ..ReadOptions::default() };
    let at = |text: &str| point(&read("a.csv", text.as_bytes(), &plane).0.unwrap(), 0);
    assert_eq!(at("X座標,Y座標\n-125344.57,-15956.18\n"), Some((-15956.18, -125_344.57)));
    assert_eq!(at("\"X座標(m)\",\"Y座標(m)\"\n\"-125,344.57\",\"-15,956.18\"\n"), Some((-15956.18, -125_344.57)));
    // 500 km is no easting of any place.
    let far = read("a.csv", "X座標,Y座標\n-15956.18,-500344.57\n".as_bytes(), &plane).0;
    assert!(matches!(far, Err(InputError::PlaneAxes { x, .. }) if x == "Y座標"));
    let far = read("a.csv", b"X,Y\n-500344.57,-15956.18\n", &plane).0;
    assert!(matches!(far, Err(InputError::PlaneAxes { x, .. }) if x == "X"));
}

#[test]
fn what_stands_in_the_way_of_a_place_is_told() {
    for (text, told) in [
        ("名称,緯度（度）,緯度（分）,経度（度）,経度（分）\na,34,52,138,20\n", "緯度（度）, 緯度（分）"),
        ("名称,緯度,経度\na,不明,不明\n", "“経度” and “緯度”"),
        ("名称,X座標,Y座標\na,1,2\n", "crs"),
        ("名称,所在地\na,b\n", "名称, 所在地"),
        ("名称,WKT\na,POINT EMPTY\n", "WKT"),
    ] {
        let layer = read("a.csv", text.as_bytes(), &ReadOptions::default()).0.unwrap();
        let why = layer.unplaced.unwrap();
        assert!(why.en.contains(told), "{text}: {}", why.en);
        assert!(crate::text::is_japanese(&why.ja), "{}", why.ja);
    }
}

#[test]
fn polygons_as_text_are_read_and_two_systems_refused() {
    let text = "id,geometry\n1,\"POLYGON ((138.3 34.8, 138.4 34.8, 138.4 34.9, 138.3 34.8))\"\n2,\n";
    let (layer, notices) = read("a.csv", text.as_bytes(), &ReadOptions::default());
    let layer = layer.unwrap();
    assert!(matches!(layer.features[0].geometry, Some(Geometry::Polygon(_))));
    assert!(layer.files[0].crs.is_some());
    assert_eq!(notices, [("rows-without-coordinates", 1)]);
    let metres = "id,geometry\n1,POINT (-15000 -120000)\n";
    assert!(read("a.csv", metres.as_bytes(), &ReadOptions::default()).0.is_err());
    let two = "id,geom\n1,SRID=6668;POINT (138 34)\n2,SRID=4301;POINT (138 34)\n";
    assert!(matches!(read("a.csv", two.as_bytes(), &ReadOptions::default()).0, Err(InputError::Table { row: 2, .. })));
}

proptest::proptest! {
    #[test]
    fn no_table_makes_it_panic(text in "(緯度|経度|lat|lon|WKT|X座標|[,;\t\n\r\"() 0-9.:度分POINT]){0,40}", plane in proptest::bool::ANY) {
        let crs = plane.then(|| "EPSG:6676".to_owned());
        let _ = read("a.csv", text.as_bytes(), &ReadOptions { crs, ..ReadOptions::default() });
    }
}

#[test]
fn a_million_columns_of_one_name_are_told_apart_at_once() {
    let header = csv::StringRecord::from(vec!["a"; 1_000_000]);
    let names = column_names(&header);
    assert_eq!((names[0].as_str(), names[1].as_str(), names[999_999].as_str()), ("a", "a_2", "a_1000000"));
    let names = column_names(&csv::StringRecord::from(vec!["a", "a_2", "a", "", "a"]));
    assert_eq!(names, ["a", "a_2", "a_3", "column_4", "a_4"]);
}
