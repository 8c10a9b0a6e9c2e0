//! One straight piece of a region's boundary, and where it crosses level lines.

use crate::flat::Flat;
use crate::geometry::area::Slope;
use crate::geometry::{Bounds, Point};

/// A piece of the boundary; the region lies to the left of the way from `a` to `b`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) a: Point,
    pub(super) b: Point,
}

impl Flat for Edge {
    const BYTES: usize = <[Point; 2]>::BYTES;

    fn put(self, bytes: &mut Vec<u8>) {
        [self.a, self.b].put(bytes);
    }

    #[inline]
    fn take(bytes: &[u8]) -> Self {
        let [a, b] = <[Point; 2]>::take(bytes);
        Self { a, b }
    }
}

impl Edge {
    pub(super) fn bounds(&self) -> Bounds {
        Bounds {
            min: [self.a[0].min(self.b[0]), self.a[1].min(self.b[1])],
            max: [self.a[0].max(self.b[0]), self.a[1].max(self.b[1])],
        }
    }

    /// Where the edge crosses the level line at `y`, and by how much the winding number changes there on the
    /// way to the right.
    pub(super) fn crossing(&self, y: f64) -> Option<(f64, i32)> {
        let (a_above, b_above) = (self.a[1] > y, self.b[1] > y);
        if a_above == b_above {
            return None;
        }
        let ([ax, ay], [bx, by]) = (self.a, self.b);
        let x = ax + (y - ay) / (by - ay) * (bx - ax);
        Some((x.clamp(ax.min(bx), ax.max(bx)), if b_above { -1 } else { 1 }))
    }

    /// Whether the edge stands over `x`; its right end does not, so that a chain of edges stands over it once.
    pub(super) fn covers(&self, x: f64) -> bool {
        (self.a[0] <= x) != (self.b[0] <= x)
    }

    /// Whether the edge, which covers `x`, passes there above `y`.
    pub(super) fn above(&self, x: f64, y: f64) -> bool {
        let right_end_above = if self.a[0] < self.b[0] { self.b[1] > y } else { self.a[1] > y };
        match self.crossing(y) {
            Some((crossing, _)) => (x >= crossing) == right_end_above,
            None => right_end_above,
        }
    }

    /// What the edge adds to the winding number of a point below it.
    pub(super) fn direction(&self) -> i32 {
        if self.b[0] < self.a[0] { 1 } else { -1 }
    }

    /// The part of the edge that is not above `top`, as a slope relative to `origin`.
    pub(super) fn below(&self, top: f64, origin: Point) -> Option<Slope> {
        let slope = Slope::new(self.a, self.b, origin)?;
        match self.crossing(top) {
            None => (self.a[1] <= top).then_some(slope),
            Some((crossing, _)) => {
                let right_end_above = if self.a[0] < self.b[0] { self.b[1] > top } else { self.a[1] > top };
                let x = crossing - origin[0];
                if right_end_above { slope.between(f64::NEG_INFINITY, x) } else { slope.between(x, f64::INFINITY) }
            }
        }
    }
}
