//! A point inside a shape, for labels and for whoever must find the shape again.

use super::area::signed_area;
use super::{Bounds, Point, Polygon, Shape};

/// A point inside the largest polygon of a shape: the middle of the widest stretch of it on a line half-way up. `None`
/// where the shape has no area there.
#[must_use]
pub fn point_inside(shape: &Shape<'_>) -> Option<Point> {
    let area = |polygon: &Polygon<'_>| polygon.rings().map(signed_area).sum::<f64>();
    let largest = shape.polygons().max_by(|a, b| area(a).total_cmp(&area(b)))?;
    let bounds = largest.rings().map(Bounds::of).fold(Bounds::EMPTY, Bounds::union);
    let [low, high] = [bounds.min[1], bounds.max[1]];
    // Half-way may be just the height of a vertex, where crossings are hard to count; a little beside it is as good.
    let height = low + (high - low) * 0.498_7;
    let mut crossings: Vec<f64> = Vec::new();
    for ring in largest.rings() {
        for pair in ring.windows(2) {
            let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
            if (y0 <= height) != (y1 <= height) {
                crossings.push(x0 + (height - y0) / (y1 - y0) * (x1 - x0));
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    let stretches = crossings.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let (west, east) = stretches.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    (east > west).then_some([f64::midpoint(west, east), height])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;
    use crate::geometry::distance::holds;

    fn ring(points: &[Point]) -> Shapes {
        let mut shapes = Shapes::default();
        shapes.push_ring(points);
        shapes.end_polygon();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn of_a_parcel_bent_round_a_corner_the_point_is_on_the_parcel() {
        let bent = ring(&[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [9.0, 10.0], [9.0, 1.0], [0.0, 1.0], [0.0, 0.0]]);
        let point = point_inside(&bent.get(0)).unwrap();
        assert!(holds(&bent.get(0), point), "{point:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn it_is_inside_any_triangle(a: [i16; 2], b: [i16; 2], c: [i16; 2]) {
            let [a, b, c] = [a, b, c].map(|point| point.map(f64::from));
            let shapes = ring(&[a, b, c, a]);
            match point_inside(&shapes.get(0)) {
                Some(point) => prop_assert!(holds(&shapes.get(0), point), "{point:?}"),
                None => prop_assert!(a[1] == b[1] && b[1] == c[1] || super::super::area::area(&shapes.get(0)).abs() < 1e-6),
            }
        }
    }
}
