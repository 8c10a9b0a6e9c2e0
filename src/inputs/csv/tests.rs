//! Tables read whole.

use super::*;
use crate::inputs::{RawLayer, ReadOptions, read_layer};
use crate::notices::Notices;

fn read(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> (Result<RawLayer, InputError>, Vec<(&'static str, u64)>) {
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
