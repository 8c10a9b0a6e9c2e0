//! Well-known binary: shapes as GeoParquet and GeoPackage hold them.

use crate::geometry::Shape;

/// All numbers are little-endian.
const LITTLE_ENDIAN: u8 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// Writes a shape as a multipolygon, also where it is one polygon: a column holds one type.
///
/// Source: OGC 06-103r4, 8.2.
pub(super) fn multi_polygon(out: &mut Vec<u8>, shape: &Shape<'_>) {
    let polygons = shape.polygons();
    begin(out, MULTI_POLYGON, polygons.len());
    for polygon in polygons {
        let rings = polygon.rings();
        begin(out, POLYGON, rings.len());
        for ring in rings {
            count(out, ring.len());
            ring.iter().flatten().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
        }
    }
}

fn begin(out: &mut Vec<u8>, kind: u32, parts: usize) {
    out.push(LITTLE_ENDIAN);
    out.extend_from_slice(&kind.to_le_bytes());
    count(out, parts);
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
