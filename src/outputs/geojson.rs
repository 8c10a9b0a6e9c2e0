//! GeoJSON as RFC 7946 has it: longitude and latitude, one feature a line.

use std::sync::Arc;

use super::formats::{ParcelFormat, Rows, Writer};
use super::layout::ParcelLayout;
use super::sink::{Frame, Piece, Plain, Sink};
use super::table::DEGREES;
use super::text::{fixed, fixed_steps, json_text};
use super::{OutputError, OutputFile};
use crate::geometry::{Point, Shape};
use crate::inputs::INPUT_PREFIX;
use crate::table::{Cell, SHARE_DECIMALS, View};

/// The steps of a degree that can be written.
pub(super) const DEGREE_STEPS: f64 = 1e9;

/// Between features.
const BETWEEN: &[u8] = b",\n";

pub(super) const PARCELS: ParcelFormat = ParcelFormat {
    name: "geojson",
    file: "parcels.geojson",
    has_shapes: true,
    is_typed: false,
    is_workbook: false,
    is_styled_beside: true,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open, beside: None }),
};

fn open(file: OutputFile, _layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    let begin = b"{\"type\":\"FeatureCollection\",\"features\":[\n";
    Plain::open(file, begin, Frame { between: BETWEEN, end: b"\n]}\n" })
}

fn encode(piece: &mut Piece, layout: &ParcelLayout, rows: &Rows<'_>) {
    let out = &mut piece.bytes;
    let views: Vec<View<'_>> = layout.columns.iter().map(|column| column.view(&rows.result.assessment)).collect();
    for row in 0..rows.result.len() {
        out.extend_from_slice(if row == 0 { b"" } else { BETWEEN });
        feature(out, layout, rows, &views, row);
        if row == 0 {
            // The others are about as long.
            out.reserve(out.len() * rows.result.len());
        }
    }
}

/// One feature, without a line end of ours.
pub(super) fn feature(out: &mut Vec<u8>, layout: &ParcelLayout, rows: &Rows<'_>, views: &[View<'_>], row: usize) {
    let (result, record) = (rows.result, &rows.result.records[row]);
    out.extend_from_slice(b"{\"type\":\"Feature\",\"properties\":");
    own_properties(out, if layout.drops_own { "{}" } else { &record.properties }, layout);
    for (view, key) in views.iter().zip(&layout.json_keys) {
        let comma_too_many = usize::from(out.last() == Some(&b'{'));
        out.extend_from_slice(&key.as_bytes()[comma_too_many..]);
        match view.cell(row) {
            Cell::Null => out.extend_from_slice(b"null"),
            Cell::Text(text) => json_text(out, text),
            Cell::Name(set, index) => {
                let name = layout.json_names[set][index].as_deref().unwrap_or("null");
                out.extend_from_slice(name.as_bytes());
            }
            Cell::Millionths(share) => fixed_steps(out, share.into(), SHARE_DECIMALS),
            Cell::Number(value, decimals) => fixed(out, value, decimals),
        }
    }
    out.extend_from_slice(b"},\"geometry\":");
    match record.geometry {
        Some(text) if result.keeps_geometry(row) => out.extend_from_slice(text.as_bytes()),
        _ => geometry(out, &result.batch.parcel(row).shape, |point| layout.from_plane.lon_lat(point)),
    }
    out.push(b'}');
}

/// The input's own properties, without the closing brace; one that has the name of a column is renamed.
fn own_properties(out: &mut Vec<u8>, text: &str, layout: &ParcelLayout) {
    let inner = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default().trim();
    out.push(b'{');
    let mut written = 0;
    for (start, end) in top_level_keys(inner) {
        if layout.taken.contains(&inner[start..end]) {
            out.extend_from_slice(&inner.as_bytes()[written..start]);
            out.extend_from_slice(new_prefix(inner, &inner[start..end]).as_bytes());
            written = start;
        }
    }
    out.extend_from_slice(&inner.as_bytes()[written..]);
}

/// What to put before a key so that no other property has its name: a run on a run's output finds `input_` taken.
fn new_prefix(inner: &str, key: &str) -> String {
    let mut prefix = INPUT_PREFIX.to_owned();
    let is_taken =
        |prefix: &str| top_level_keys(inner).any(|(start, end)| inner[start..end].strip_prefix(prefix) == Some(key));
    while is_taken(&prefix) {
        prefix.push_str(INPUT_PREFIX);
    }
    prefix
}

/// Where the keys of an object stand in the text between its braces, quotes left out. The text is known to be JSON.
fn top_level_keys(inner: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = inner.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    std::iter::from_fn(move || {
        while let Some(found) = memchr::memchr3(b'"', b'{', b'}', &bytes[at..]).map(|found| at + found) {
            at = found + 1;
            match bytes[found] {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {
                    let start = at;
                    let end = string_end(bytes, start);
                    at = end + 1;
                    let is_key =
                        bytes[at.min(bytes.len())..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
                    if depth == 0 && is_key {
                        return Some((start, end));
                    }
                }
            }
        }
        None
    })
}

/// Where the string that begins at `start` ends: the index of its closing quote.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[at..]).map(|found| at + found) {
        if bytes[found] == b'"' {
            return found;
        }
        at = (found + 2).min(bytes.len());
    }
    bytes.len()
}

/// A shape as a GeoJSON geometry, its points brought to longitude and latitude by `degrees`; `null` for an empty one.
pub(crate) fn geometry(out: &mut Vec<u8>, shape: &Shape<'_>, degrees: impl Fn(Point) -> Point) {
    let polygons = shape.polygons();
    let many = polygons.len() > 1;
    if polygons.len() == 0 {
        out.extend_from_slice(b"null");
        return;
    }
    out.extend_from_slice(if many {
        b"{\"type\":\"MultiPolygon\",\"coordinates\":["
    } else {
        b"{\"type\":\"Polygon\",\"coordinates\":"
    });
    for (index, polygon) in polygons.enumerate() {
        out.extend_from_slice(if index > 0 { b",[" } else { b"[" });
        for (index, ring) in polygon.rings().enumerate() {
            out.extend_from_slice(if index > 0 { b",[" } else { b"[" });
            positions(out, ring, &degrees);
            out.push(b']');
        }
        out.push(b']');
    }
    out.extend_from_slice(if many { b"]}" } else { b"}" });
}

/// Positions, separated by commas.
fn positions(out: &mut Vec<u8>, points: &[Point], degrees: impl Fn(Point) -> Point) {
    for (index, &point) in points.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        position(out, degrees(point));
    }
}

/// One position of longitude and latitude.
fn position(out: &mut Vec<u8>, [lon, lat]: Point) {
    out.push(b'[');
    fixed(out, lon, DEGREES);
    out.push(b',');
    fixed(out, lat, DEGREES);
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{Assessor, Terms};
    use crate::crs::{FromPlane, Plane};
    use crate::geometry::Bounds;
    use crate::layers::City;
    use crate::table::ColumnChoice;

    fn written(properties: &str) -> String {
        let plane = Plane::new(8).unwrap();
        let assessor = Assessor::build(&City::empty(plane, None), None, &Terms::default(), Bounds::EMPTY);
        let layout = ParcelLayout::new(
            &assessor,
            FromPlane::new(plane),
            None,
            &ColumnChoice::default(),
            crate::outputs::Writing::default(),
        );
        let mut out = Vec::new();
        own_properties(&mut out, properties, &layout);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn properties_go_out_as_they_came() {
        assert_eq!(written(r#"{ "a": 1, "b": [2, {"c": "}"}] }"#), r#"{"a": 1, "b": [2, {"c": "}"}]"#);
        assert_eq!(written("{}"), "{");
        assert_eq!(written("null"), "{");
    }

    #[test]
    fn a_property_with_the_name_of_a_column_is_renamed() {
        assert_eq!(
            written(r#"{"central":"x","a":"central","b":{"central":1},"area_m2" : 3}"#),
            r#"{"input_central":"x","a":"central","b":{"central":1},"input_area_m2" : 3"#
        );
        assert_eq!(
            written(r#"{"input_central":"x","central":"y"}"#),
            r#"{"input_central":"x","input_input_central":"y""#
        );
    }
}
