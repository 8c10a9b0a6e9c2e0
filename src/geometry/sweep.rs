//! Do the rings of a polygon meet? Asked of polygons of many corners: in n log n steps however long the edges are, and however many
//! of them lie side by side.
//!
//! A line sweeps over the polygon from left to right and keeps the edges that it crosses in their order from below. Two edges that meet
//! stand next to one another in that order before they do, so only neighbours are compared. Predicates are exact.
//!
//! Source: Shamos and Hoey, Geometric Intersection Problems, 1976.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Bound;

use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

use super::{Point, Polygon};

/// Whether two edges that do not follow one another have a point in common, or a hole lies outside its shell, the first ring. The shell
/// turns counterclockwise.
pub(super) fn rings_meet(polygon: &Polygon<'_>) -> bool {
    let edges = edges(polygon);
    let mut events: Vec<Event> = Vec::with_capacity(edges.len() * 2);
    for (index, edge) in (0_u32..).zip(&edges) {
        events.push(Event { at: edge.left, begins: true, edge: index });
        events.push(Event { at: edge.right, begins: false, edge: index });
    }
    // An edge ends before the next one begins where it ends.
    events.sort_unstable_by(|a, b| along(a.at, b.at).then(a.begins.cmp(&b.begins)));
    let mut crossed: BTreeSet<Edge> = BTreeSet::new();
    let mut begun = vec![false; polygon.rings().len()];
    for event in events {
        let edge = edges[event.edge as usize];
        if !event.begins && !crossed.remove(&edge) {
            return true;
        }
        let below = crossed.range(..edge).next_back().copied();
        let above = crossed.range((Bound::Excluded(edge), Bound::Unbounded)).next().copied();
        if !event.begins {
            if below.zip(above).is_some_and(|(below, above)| below.meets(&above)) {
                return true;
            }
            continue;
        }
        if [below, above].into_iter().flatten().any(|other| edge.meets(&other)) || !crossed.insert(edge) {
            return true;
        }
        if edge.ring > 0 && !begun[edge.ring as usize] {
            begun[edge.ring as usize] = true;
            // What lies below the leftmost point of a hole is the same land as the point itself. Any hole met before is inside.
            if !below.is_some_and(|below| below.ring > 0 || below.rightward) {
                return true;
            }
        }
    }
    false
}

/// Where an edge begins or ends.
struct Event {
    at: Point,
    begins: bool,
    edge: u32,
}

/// An edge from left to right, or upward, with its place in its ring.
#[derive(Debug, Clone, Copy)]
struct Edge {
    left: Point,
    right: Point,
    ring: u32,
    index: u32,
    /// The index of the ring's last edge.
    last: u32,
    /// Whether the ring runs along it from left to right.
    rightward: bool,
}

/// The edges of all rings, without those of no length.
fn edges(polygon: &Polygon<'_>) -> Vec<Edge> {
    let mut edges: Vec<Edge> = Vec::new();
    for (ring, points) in (0_u32..).zip(polygon.rings()) {
        let start = edges.len();
        for pair in points.windows(2).filter(|pair| pair[0] != pair[1]) {
            let rightward = along(pair[0], pair[1]).is_lt();
            let [left, right] = if rightward { [pair[0], pair[1]] } else { [pair[1], pair[0]] };
            let index = (edges.len() - start) as u32;
            edges.push(Edge { left, right, ring, index, last: 0, rightward });
        }
        let last = (edges.len() - start).saturating_sub(1) as u32;
        edges[start..].iter_mut().for_each(|edge| edge.last = last);
    }
    edges
}

/// The order in which the line comes over points.
fn along(a: Point, b: Point) -> Ordering {
    a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]))
}

/// On which side of the way from `a` to `b` a point lies: greater to the left, which is above.
pub(super) fn side(a: Point, b: Point, point: Point) -> Ordering {
    match RobustKernel::orient2d(a.into(), b.into(), point.into()) {
        Orientation::CounterClockwise => Ordering::Greater,
        Orientation::Clockwise => Ordering::Less,
        Orientation::Collinear => Ordering::Equal,
    }
}

impl Edge {
    /// Whether the two have a point in common, unless one begins where the other ends.
    fn meets(&self, other: &Self) -> bool {
        let apart = self.index.abs_diff(other.index);
        if self.ring == other.ring && (apart == 1 || apart == self.last) {
            return false;
        }
        let beside = |edge: &Self, other: &Self| {
            let (one, two) = (side(edge.left, edge.right, other.left), side(edge.left, edge.right, other.right));
            one == two && one != Ordering::Equal
        };
        let level = |axis: usize| {
            let span = |edge: &Self| {
                let (a, b) = (edge.left[axis], edge.right[axis]);
                (a.min(b), a.max(b))
            };
            let ((low, high), (other_low, other_high)) = (span(self), span(other));
            low <= other_high && other_low <= high
        };
        level(0) && level(1) && !beside(self, other) && !beside(other, self)
    }
}

/// From below to above, of edges that one line crosses and that do not meet before it.
impl Ord for Edge {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.ring == other.ring && self.index == other.index {
            return Ordering::Equal;
        }
        let over = |lower: &Self, edge: &Self| {
            side(lower.left, lower.right, edge.left).then_with(|| side(lower.left, lower.right, edge.right))
        };
        // The one that begins later is held against the other.
        if along(self.left, other.left).is_lt() { over(self, other).reverse() } else { over(other, self) }
    }
}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Edge {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Edge {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::area::{area, signed_area};
    use crate::geometry::{Shapes, overlay};

    fn polygon(rings: &[Vec<Point>]) -> Shapes {
        let mut shapes = Shapes::default();
        for ring in rings {
            shapes.push_ring(&ring.iter().copied().chain(ring.first().copied()).collect::<Vec<_>>());
        }
        shapes.end_polygon();
        shapes.end_shape();
        shapes.orient(|_| ());
        shapes
    }

    fn meet(rings: &[Vec<Point>]) -> bool {
        polygon(rings).get(0).polygons().any(|polygon| rings_meet(&polygon))
    }

    /// A zigzag between two circles, which crosses nothing.
    fn star(corners: u32, outer: f64, inner: f64) -> Vec<Point> {
        let corner = |index: u32| {
            let (sin, cos) = (f64::from(index) / f64::from(corners) * std::f64::consts::TAU).sin_cos();
            let radius = if index.is_multiple_of(2) { outer } else { inner };
            [radius * cos, radius * sin]
        };
        (0..corners).map(corner).collect()
    }

    #[test]
    fn long_edges_side_by_side_do_not_meet() {
        let around = star(5000, 1000.0, 500.0);
        assert!(!meet(std::slice::from_ref(&around)));
        assert!(!meet(&[around.clone(), star(5000, 400.0, 100.0)]), "a hole within");
        assert!(meet(&[around.clone(), star(5000, 4000.0, 2000.0)]), "a hole around");
        let mut crossed = around;
        crossed.swap(1000, 2000);
        assert!(meet(&[crossed]));
    }

    #[test]
    fn holes_within_holes_are_inside_and_holes_beside_are_not() {
        let square = |x: f64, y: f64, side: f64| vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
        let shell = square(0.0, 0.0, 100.0);
        assert!(!meet(&[shell.clone(), square(10.0, 10.0, 50.0), square(20.0, 20.0, 10.0), square(70.0, 70.0, 10.0)]));
        assert!(meet(&[shell.clone(), square(10.0, 10.0, 50.0), square(120.0, 20.0, 10.0)]));
        assert!(meet(&[shell, square(10.0, 120.0, 50.0)]));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4000, ..ProptestConfig::default() })]
        #[test]
        fn rings_that_do_not_meet_cover_what_they_say(
            rings in prop::collection::vec(prop::collection::vec([0..9_i8, 0..9_i8], 3..7), 1..3),
        ) {
            let rings: Vec<Vec<Point>> = rings.iter().map(|ring| ring.iter().map(|point| point.map(f64::from)).collect()).collect();
            let shapes = polygon(&rings);
            if !meet(&rings) {
                let anew = overlay::even_odd(shapes.get(0).rings());
                let covered: f64 = anew.iter().map(|part| area(&part)).sum();
                prop_assert!((covered - area(&shapes.get(0))).abs() < 1e-3, "{rings:?}");
            }
        }

        #[test]
        fn corners_around_a_middle_in_order_do_not_meet(radii in prop::collection::vec(1.0..50.0_f64, 3..60)) {
            let corners = radii.len() as f64;
            let at = |(index, radius): (usize, &f64)| {
                let (sin, cos) = (index as f64 / corners * std::f64::consts::TAU).sin_cos();
                [radius * cos, radius * sin]
            };
            let ring: Vec<Point> = radii.iter().enumerate().map(at).collect();
            prop_assume!(radii.len() > 4 && signed_area(&ring).abs() > 0.0);
            prop_assert!(!meet(&[ring]));
        }
    }
}
