//! Sets of the plane as outlines in longitude and latitude.

use geo::{LineString, Simplify};

use super::geojson::DEGREE_STEPS;
use super::table::DEGREES;
use super::text;
use crate::crs::FromPlane;
use crate::geometry::{Shapes, overlay};

/// All shapes as one multipolygon in degrees, valid after rounding to the digits that are written. Polygons do not overlap.
pub(crate) fn degrees(shapes: &Shapes, from_plane: &FromPlane) -> Shapes {
    let mut all = as_one(shapes);
    from_plane.convert(all.points_mut());
    let mut one = Shapes::default();
    if all.is_empty() {
        return one;
    }
    for shape in overlay::on_grid(&all.get(0), DEGREE_STEPS).iter() {
        for polygon in shape.polygons() {
            for ring in polygon.rings() {
                for point in ring {
                    one.push_point(point.map(|degrees| text::rounded(degrees, DEGREES)));
                }
                one.end_ring();
            }
            one.end_polygon();
        }
    }
    one.end_shape();
    one
}

/// The shapes with fewer points: no line departs by more than `error`, in the unit of the points.
///
/// Source: Douglas and Peucker, Algorithms for the reduction of the number of points, 1973.
pub(crate) fn simplified(shapes: &Shapes, error: f64) -> Shapes {
    let mut simple = Shapes::default();
    for shape in shapes.iter() {
        for polygon in shape.polygons() {
            let rings: Vec<Vec<[f64; 2]>> = polygon
                .rings()
                .map(|ring| {
                    let line: LineString<f64> = ring.iter().copied().collect();
                    line.simplify(error).coords().map(|point| [point.x, point.y]).collect()
                })
                .filter(|ring: &Vec<_>| ring.len() > 3)
                .collect();
            if !rings.is_empty() {
                for ring in &rings {
                    simple.push_ring(ring);
                }
                simple.end_polygon();
            }
        }
        simple.end_shape();
    }
    simple
}

/// Outlines in degrees for maps that are looked at and not measured: no line departs by more than half a metre.
pub(crate) fn coarse(degrees: &Shapes) -> Shapes {
    /// Half a metre northward; eastward it is less.
    const ERROR: f64 = 0.5 / 111_000.0;
    const DECIMALS: usize = 7;
    let mut coarse = simplified(degrees, ERROR);
    coarse.points_mut().iter_mut().for_each(|point| *point = point.map(|degrees| text::rounded(degrees, DECIMALS)));
    coarse
}

/// Many shapes as one.
fn as_one(shapes: &Shapes) -> Shapes {
    let mut one = Shapes::default();
    for polygon in shapes.iter().flat_map(|shape| shape.polygons()) {
        polygon.rings().for_each(|ring| one.push_ring(ring));
        one.end_polygon();
    }
    if !shapes.is_empty() {
        one.end_shape();
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::{Plane, ScaleField};
    use crate::geometry::area::area;
    use crate::regions::{Region, around};
    use crate::units::Metres;

    #[test]
    fn a_circle_with_fewer_points_keeps_its_area() {
        let scale = ScaleField::new(Plane::new(8).unwrap());
        let centre = [[1000.0, 2000.0]];
        let circle = Region::union_of(&[&around([(&centre[..], Metres(700.0))], &scale)]);
        let circle = circle.pieces().unwrap();
        let simple = simplified(circle, 0.05);
        assert!(simple.points().len() * 2 < circle.points().len(), "{}", simple.points().len());
        let [before, after] = [circle, &simple].map(|shapes| area(&shapes.get(0)));
        assert!((before - after).abs() / before < 1e-4, "{before} {after}");
    }
}
