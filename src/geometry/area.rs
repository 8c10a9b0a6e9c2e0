//! Areas, by the signed trapezoids below edges.
//!
//! A ring that turns counterclockwise is the sum of the trapezoids below its leftward edges less those below
//! its rightward edges. The area that two polygons share is then a sum over pairs of edges of the area
//! below both: no vertex is constructed, nothing is sorted, and edges that touch, overlap or repeat are no
//! special case. For a parcel of 5 edges and a boundary of 10 it is some 50 pairs of a few nanoseconds each.

use super::{Bounds, Point, Shape};

/// The area that a ring goes round, positive where it turns counterclockwise.
#[must_use]
pub fn signed_area(ring: &[Point]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    let twice: f64 = ring
        .windows(2)
        .map(|pair| {
            let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
            (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        })
        .sum();
    twice / 2.0
}

/// The area of a shape whose shells turn counterclockwise and whose holes turn clockwise.
#[must_use]
pub fn area(shape: &Shape<'_>) -> f64 {
    shape.rings().map(signed_area).sum()
}

/// The centre of gravity of a shape oriented as for [`area`]; its first point where it has no area, `None`
/// where it has no point.
#[must_use]
pub fn centroid(shape: &Shape<'_>) -> Option<Point> {
    let &[x0, y0] = shape.points().first()?;
    let (mut twice, mut x_sum, mut y_sum) = (0.0, 0.0, 0.0);
    for ring in shape.rings() {
        for pair in ring.windows(2) {
            let (ax, ay, bx, by) = (pair[0][0] - x0, pair[0][1] - y0, pair[1][0] - x0, pair[1][1] - y0);
            let cross = ax * by - bx * ay;
            twice += cross;
            x_sum += (ax + bx) * cross;
            y_sum += (ay + by) * cross;
        }
    }
    if twice == 0.0 { Some([x0, y0]) } else { Some([x0 + x_sum / (3.0 * twice), y0 + y_sum / (3.0 * twice)]) }
}

/// An edge as the trapezoid below it: `sign` is +1 where the ring runs leftward along it, -1 rightward.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slope {
    x0: f64,
    x1: f64,
    y0: f64,
    rise: f64,
    pub(crate) sign: f64,
}

impl Slope {
    /// The edge from `a` to `b`, relative to `origin`; `None` for an upright one, which has nothing below it.
    #[inline]
    pub(crate) fn new(a: Point, b: Point, origin: Point) -> Option<Self> {
        let (left, right, sign) = if a[0] < b[0] { (a, b, -1.0) } else { (b, a, 1.0) };
        let width = right[0] - left[0];
        (width > 0.0).then(|| Self {
            x0: left[0] - origin[0],
            x1: right[0] - origin[0],
            y0: left[1] - origin[1],
            rise: (right[1] - left[1]) / width,
            sign,
        })
    }

    /// The part of the edge between two x.
    #[inline]
    pub(crate) fn between(self, x0: f64, x1: f64) -> Option<Self> {
        let (from, to) = (self.x0.max(x0), self.x1.min(x1));
        (from < to).then(|| Self { x0: from, x1: to, y0: self.at(from), ..self })
    }

    #[inline]
    fn at(&self, x: f64) -> f64 {
        self.y0 + (x - self.x0) * self.rise
    }

    /// The signed area below the edge from `x` on, down to y = 0.
    #[inline]
    pub(crate) fn area_from(&self, x: f64) -> f64 {
        self.between(x, f64::INFINITY)
            .map_or(0.0, |part| part.sign * trapezoid(part.x1 - part.x0, part.y0, part.at(part.x1)))
    }
}

/// The signed area below both edges, down to y = 0. `upper` may run below y = 0, `parcel_edge` may not.
#[inline]
pub(crate) fn shared_below(parcel_edge: &Slope, upper: &Slope) -> f64 {
    let (from, to) = (parcel_edge.x0.max(upper.x0), parcel_edge.x1.min(upper.x1));
    if from >= to {
        return 0.0;
    }
    let width = to - from;
    let (l0, l1, u0, u1) = (parcel_edge.at(from), parcel_edge.at(to), upper.at(from), upper.at(to));
    let below = if u0 >= l0 && u1 >= l1 {
        trapezoid(width, l0, l1)
    } else if u0 <= 0.0 && u1 <= 0.0 {
        0.0
    } else {
        lower_of(width, (l0, l1), (u0, u1))
    };
    parcel_edge.sign * upper.sign * below
}

/// A shape of which is asked how much ground it has in common with others, one after the other.
#[derive(Debug, Default)]
pub struct Sharing {
    origin: Point,
    edges: Vec<Slope>,
}

impl Sharing {
    /// Asks about this shape from now on; `bounds` is the smallest box around it.
    pub fn ask(&mut self, shape: &Shape<'_>, bounds: &Bounds) {
        self.origin = bounds.min;
        self.edges.clear();
        let edges = shape.rings().flat_map(|ring| ring.windows(2));
        self.edges.extend(edges.filter_map(|edge| Slope::new(edge[0], edge[1], bounds.min)));
    }

    /// The area that it has in common with another; both turn as for [`area`].
    ///
    /// Costs some nanoseconds a pair of edges that lie above one another.
    #[must_use]
    pub fn area_with(&self, other: &Shape<'_>, bounds: &Bounds) -> f64 {
        let [from, to] = [bounds.min[0] - self.origin[0], bounds.max[0] - self.origin[0]];
        let mut sum = 0.0;
        for own in self.edges.iter().filter(|own| own.x0 < to && own.x1 > from) {
            let edges = other.rings().flat_map(|ring| ring.windows(2));
            let edges = edges.filter_map(|edge| Slope::new(edge[0], edge[1], self.origin));
            sum += edges.map(|edge| shared_below(own, &edge)).sum::<f64>();
        }
        // What only touches comes to a rounding error of either sign.
        sum.max(0.0)
    }
}

/// ∫ min(l, max(u, 0)) over a width, for two straight lines given by their ends.
fn lower_of(width: f64, l: (f64, f64), u: (f64, f64)) -> f64 {
    // Where u comes up through zero or goes down through it, the part before or after counts for nothing.
    if (u.0 < 0.0) != (u.1 < 0.0) {
        let zero = u.0 / (u.0 - u.1);
        let l_there = l.0 + (l.1 - l.0) * zero;
        return if u.0 < 0.0 {
            lower_of(width * (1.0 - zero), (l_there, l.1), (0.0, u.1))
        } else {
            lower_of(width * zero, (l.0, l_there), (u.0, 0.0))
        };
    }
    let (gap0, gap1) = (u.0 - l.0, u.1 - l.1);
    if gap0 >= 0.0 && gap1 >= 0.0 {
        trapezoid(width, l.0, l.1)
    } else if gap0 <= 0.0 && gap1 <= 0.0 {
        trapezoid(width, u.0, u.1)
    } else {
        let crossing = gap0 / (gap0 - gap1);
        let y = l.0 + (l.1 - l.0) * crossing;
        let (first, second) = if gap0 < 0.0 { (u.0, l.1) } else { (l.0, u.1) };
        trapezoid(width * crossing, first, y) + trapezoid(width * (1.0 - crossing), y, second)
    }
}

#[inline]
fn trapezoid(width: f64, left: f64, right: f64) -> f64 {
    width * (left + right) / 2.0
}
