//! A shape cut in two along a level or an upright line, in one pass over its corners.
//!
//! Rings that the line cuts into several pieces stay one ring, which runs back and forth along the line. For sums of signed areas
//! ([`super::area`]) that is as good: what runs both ways counts for nothing. An overlay would cut them apart, at many times the cost.
//!
//! Source: Sutherland and Hodgman, Reentrant Polygon Clipping, 1974.

use super::{Bounds, Point, Shape, Shapes};

/// A shape of no more points than this is not worth being cut.
pub const MANY_POINTS: usize = 1024;

/// Cut so often, a part is a thousandth of the shape both ways, and edges that still lie in its box lie on one another.
pub const MOST_CUTS: u32 = 20;

/// The parts of a shape on either side of the line through the middle of its box, across the longer side. Shells keep turning
/// counterclockwise, holes clockwise.
#[must_use]
pub fn halves(shape: &Shape<'_>, bounds: &Bounds) -> [Shapes; 2] {
    let [width, height] = bounds.size();
    let axis = usize::from(height > width);
    let line = bounds.centre()[axis];
    let mut halves = [Shapes::default(), Shapes::default()];
    for ring in shape.rings() {
        let mut first = [None; 2];
        let mut push = |half: usize, point: Point| {
            halves[half].push_point(point);
            first[half].get_or_insert(point);
        };
        for pair in ring.windows(2) {
            let [from, to] = [pair[0], pair[1]];
            let half = usize::from(from[axis] > line);
            push(half, from);
            if half != usize::from(to[axis] > line) {
                let crossing = crossing(from, to, axis, line);
                push(0, crossing);
                push(1, crossing);
            }
        }
        for (half, first) in halves.iter_mut().zip(first) {
            if let Some(first) = first {
                half.push_point(first);
                half.end_ring();
            }
        }
    }
    for half in &mut halves {
        half.end_polygon();
        half.end_shape();
    }
    halves
}

/// Where the way between two points on different sides of a line meets it.
fn crossing(from: Point, to: Point, axis: usize, line: f64) -> Point {
    let other = 1 - axis;
    let part = (line - from[axis]) / (to[axis] - from[axis]);
    let mut point = [line; 2];
    point[other] = from[other] + part * (to[other] - from[other]);
    point
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::area::area;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_halves_together_are_the_shape(points in prop::collection::vec([-100.0..100.0_f64, -100.0..100.0], 3..40)) {
            let mut shapes = Shapes::default();
            let ring: Vec<Point> = points.iter().copied().chain([points[0]]).collect();
            shapes.push_ring(&ring);
            shapes.end_polygon();
            shapes.end_shape();
            let whole = shapes.get(0);
            let parts = halves(&whole, &whole.bounds());
            let sum: f64 = parts.iter().map(|part| area(&part.get(0))).sum();
            prop_assert!((sum - area(&whole)).abs() < 1e-6);
            let [width, height] = whole.bounds().size();
            for part in &parts {
                let [part_width, part_height] = part.bounds().size();
                prop_assert!(part_width.max(part_height) <= width.max(height) && (part_width < width || part_height < height));
            }
        }
    }
}
