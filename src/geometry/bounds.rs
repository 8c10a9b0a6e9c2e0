//! An upright box of the plane.

use serde::{Deserialize, Serialize};

use super::Point;

/// The points from `min` to `max`, ends included; empty where `min` is not below `max`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// The lower left corner.
    pub min: Point,
    /// The upper right corner.
    pub max: Point,
}

impl Bounds {
    /// The box without a point, which any union replaces.
    pub const EMPTY: Self = Self { min: [f64::INFINITY; 2], max: [f64::NEG_INFINITY; 2] };

    /// The smallest box around `points`.
    #[must_use]
    pub fn of(points: &[Point]) -> Self {
        points.iter().fold(Self::EMPTY, |bounds, &point| bounds.including(point))
    }

    /// The smallest box around this one and `point`.
    #[must_use]
    pub fn including(self, [x, y]: Point) -> Self {
        Self { min: [self.min[0].min(x), self.min[1].min(y)], max: [self.max[0].max(x), self.max[1].max(y)] }
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        // Corner by corner and not point by point: the corners of an empty box are no points.
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    /// The box with `margin` added on every side.
    #[must_use]
    pub fn grown(self, margin: f64) -> Self {
        Self { min: self.min.map(|v| v - margin), max: self.max.map(|v| v + margin) }
    }

    /// Whether no point lies in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !(self.min[0] <= self.max[0] && self.min[1] <= self.max[1])
    }

    /// Whether the two have a point in common.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.min[0] <= other.max[0]
            && other.min[0] <= self.max[0]
            && self.min[1] <= other.max[1]
            && other.min[1] <= self.max[1]
    }

    /// Whether all of the other lies in it.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.min[0] <= other.min[0]
            && self.min[1] <= other.min[1]
            && other.max[0] <= self.max[0]
            && other.max[1] <= self.max[1]
    }

    /// The middle.
    #[must_use]
    pub fn centre(&self) -> Point {
        [f64::midpoint(self.min[0], self.max[0]), f64::midpoint(self.min[1], self.max[1])]
    }

    /// The lengths of the sides.
    #[must_use]
    pub fn size(&self) -> Point {
        [self.max[0] - self.min[0], self.max[1] - self.min[1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_box_adds_nothing_to_a_union() {
        let unit = Bounds { min: [0.0, 0.0], max: [1.0, 1.0] };
        for (one, other, both) in [(unit, Bounds::EMPTY, unit), (Bounds::EMPTY, unit, unit)] {
            assert_eq!(one.union(other), both);
        }
        assert!(Bounds::EMPTY.union(Bounds::EMPTY).is_empty());
    }
}
