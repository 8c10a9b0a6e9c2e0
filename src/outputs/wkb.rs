//! Well-known binary: shapes as GeoParquet and GeoPackage hold them.

use crate::geometry::{Polygon, Shape};

/// All numbers are little-endian.
const LITTLE_ENDIAN: u8 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// The kinds that only layers beside the parcels have.
const POINT: u32 = 1;
const LINE_STRING: u32 = 2;
const MULTI_POINT: u32 = 4;
const MULTI_LINE_STRING: u32 = 5;
const GEOMETRY_COLLECTION: u32 = 7;

/// Writes a shape as a multipolygon, also where it is one polygon: a column holds one type.
///
/// Source: OGC 06-103r4, 8.2.
#[cfg(any(feature = "geopackage", test))]
pub(super) fn multi_polygon(out: &mut Vec<u8>, shape: &Shape<'_>) {
    let polygons = shape.polygons();
    begin(out, MULTI_POLYGON, polygons.len());
    polygons.for_each(|polygon| one_polygon(out, &polygon));
}

/// Writes a shape as a polygon where it is one, and else as a multipolygon.
///
/// Source: OGC 06-103r4, 8.2.
#[cfg(feature = "geoparquet")]
pub(super) fn polygons(out: &mut Vec<u8>, shape: &Shape<'_>) {
    let polygons = shape.polygons();
    if polygons.len() != 1 {
        begin(out, MULTI_POLYGON, polygons.len());
    }
    polygons.for_each(|polygon| one_polygon(out, &polygon));
}

fn one_polygon(out: &mut Vec<u8>, polygon: &Polygon<'_>) {
    let rings = polygon.rings();
    begin(out, POLYGON, rings.len());
    for ring in rings {
        count(out, ring.len());
        ring.iter().flatten().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
    }
}

/// Writes a geometry as what it is.
///
/// Source: OGC 06-103r4, 8.2.
pub(super) fn geometry(out: &mut Vec<u8>, geometry: &geo::Geometry<f64>) {
    use geo::Geometry as G;
    match geometry {
        G::Point(point) => {
            kind(out, POINT);
            positions(out, [point.0]);
        }
        G::Line(line) => line_string(out, &geo::LineString::from(*line)),
        G::LineString(line) => line_string(out, line),
        G::Polygon(polygon) => area(out, polygon),
        G::Rect(rectangle) => area(out, &rectangle.to_polygon()),
        G::Triangle(triangle) => area(out, &triangle.to_polygon()),
        G::MultiPoint(points) => {
            begin(out, MULTI_POINT, points.0.len());
            points.0.iter().for_each(|&point| self::geometry(out, &point.into()));
        }
        G::MultiLineString(lines) => {
            begin(out, MULTI_LINE_STRING, lines.0.len());
            lines.0.iter().for_each(|line| line_string(out, line));
        }
        G::MultiPolygon(polygons) => {
            begin(out, MULTI_POLYGON, polygons.0.len());
            polygons.0.iter().for_each(|polygon| area(out, polygon));
        }
        G::GeometryCollection(parts) => {
            begin(out, GEOMETRY_COLLECTION, parts.0.len());
            parts.0.iter().for_each(|part| self::geometry(out, part));
        }
    }
}

fn line_string(out: &mut Vec<u8>, line: &geo::LineString<f64>) {
    begin(out, LINE_STRING, line.0.len());
    positions(out, line.0.iter().copied());
}

fn area(out: &mut Vec<u8>, polygon: &geo::Polygon<f64>) {
    begin(out, POLYGON, 1 + polygon.interiors().len());
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        count(out, ring.0.len());
        positions(out, ring.0.iter().copied());
    }
}

fn positions(out: &mut Vec<u8>, positions: impl IntoIterator<Item = geo::Coord<f64>>) {
    for at in positions {
        out.extend_from_slice(&at.x.to_le_bytes());
        out.extend_from_slice(&at.y.to_le_bytes());
    }
}

fn begin(out: &mut Vec<u8>, kind: u32, parts: usize) {
    self::kind(out, kind);
    count(out, parts);
}

fn kind(out: &mut Vec<u8>, kind: u32) {
    out.push(LITTLE_ENDIAN);
    out.extend_from_slice(&kind.to_le_bytes());
}

/// A number of parts or points; [`crate::geometry::Shapes`] holds fewer than 2³².
fn count(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&(number as u32).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;

    #[test]
    fn a_triangle_is_laid_out_as_the_standard_says() {
        let mut shapes = Shapes::default();
        shapes.push_ring(&[[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 2.0]]);
        shapes.end_polygon();
        shapes.end_shape();
        let mut out = Vec::new();
        multi_polygon(&mut out, &shapes.get(0));
        assert_eq!(out.len(), 9 + 9 + 4 + 4 * 16);
        assert_eq!(out[..9], [1, 6, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(out[9..22], [1, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]);
        assert_eq!(out[22..38], [1.0_f64.to_le_bytes(), 2.0_f64.to_le_bytes()].concat());
    }
}
