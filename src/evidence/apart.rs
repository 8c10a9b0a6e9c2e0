//! Which pieces are areas that may overlap, each with what is known of the ground there?

use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::geometry::area::{Sharing, area};
use crate::geometry::{Bounds, Point, Shape, Shapes, overlay};
use crate::units::Interval;

/// So little ground, m² of the plane, is none: borders that are the same on paper differ by rounding.
pub(super) const HAIR_M2: f64 = 1e-6;

/// What lies on a place, one value a shape.
#[derive(Debug, Clone, Default)]
pub(super) struct Valued {
    pub(super) shapes: Shapes,
    pub(super) values: Vec<Interval<f64>>,
}

/// A piece of ground and what is known of it.
type Piece = (Shapes, Interval<f64>);

/// The boxes of shapes in a tree, with their numbers.
pub(super) type Boxes = RTree<GeomWithData<Rectangle<Point>, u32>>;

/// The boxes of shapes.
pub(super) fn boxes(shapes: &Shapes) -> Boxes {
    let boxed = |(index, shape): (u32, Shape<'_>)| {
        let Bounds { min, max } = shape.bounds();
        GeomWithData::new(Rectangle::from_corners(min, max), index)
    };
    RTree::bulk_load((0_u32..).zip(shapes.iter()).map(boxed).collect())
}

/// The shapes whose boxes meet a box, in no order.
pub(super) fn meeting(boxes: &Boxes, bounds: &Bounds) -> impl Iterator<Item = usize> {
    boxes.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max)).map(|found| found.data as usize)
}

impl Valued {
    /// The same as pieces that have no ground in common: of ground that several shapes claim, `both` says what is known. Shapes that
    /// claim theirs alone stay as they are, before the others.
    pub(super) fn apart(self, both: fn(Interval<f64>, Interval<f64>) -> Interval<f64>) -> Self {
        let groups = self.overlapping();
        if groups.is_empty() {
            return self;
        }
        let mut is_alone = vec![true; self.values.len()];
        groups.iter().flatten().for_each(|&index| is_alone[index] = false);
        let mut found = Self::default();
        for index in (0..self.values.len()).filter(|&index| is_alone[index]) {
            found.push(&self.shapes.get(index), self.values[index]);
        }
        let pieces: Vec<Vec<Piece>> = groups.par_iter().map(|group| self.pieces(group, both)).collect();
        for (shapes, value) in pieces.iter().flatten() {
            shapes.iter().for_each(|shape| found.push(&shape, *value));
        }
        found
    }

    fn push(&mut self, shape: &Shape<'_>, value: Interval<f64>) {
        self.shapes.push(shape);
        self.values.push(value);
    }

    /// The shapes that have ground in common with another, in groups that hang together.
    fn overlapping(&self) -> Vec<Vec<usize>> {
        let boxes = boxes(&self.shapes);
        let overlaps_of = |sharing: &mut Sharing, index: usize| -> Vec<usize> {
            let shape = self.shapes.get(index);
            let bounds = shape.bounds();
            sharing.ask(&shape, &bounds);
            let mut found: Vec<usize> = meeting(&boxes, &bounds).filter(|&other| other != index).collect();
            found.retain(|&other| {
                let other = self.shapes.get(other);
                sharing.area_with(&other, &other.bounds()) > HAIR_M2
            });
            found.sort_unstable();
            found
        };
        let overlaps: Vec<Vec<usize>> =
            (0..self.values.len()).into_par_iter().map_init(Sharing::default, overlaps_of).collect();
        let mut seen = vec![false; overlaps.len()];
        let mut groups = Vec::new();
        for first in 0..overlaps.len() {
            if overlaps[first].is_empty() || std::mem::replace(&mut seen[first], true) {
                continue;
            }
            let (mut group, mut open) = (vec![first], vec![first]);
            while let Some(one) = open.pop() {
                for &other in &overlaps[one] {
                    if !std::mem::replace(&mut seen[other], true) {
                        group.push(other);
                        open.push(other);
                    }
                }
            }
            group.sort_unstable();
            groups.push(group);
        }
        groups
    }

    /// The pieces of shapes that overlap: shape by shape, what it has in common with the pieces before it, and what it has alone.
    fn pieces(&self, group: &[usize], both: fn(Interval<f64>, Interval<f64>) -> Interval<f64>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for &index in group {
            let (mut alone, value) = (Shapes::default(), self.values[index]);
            alone.push(&self.shapes.get(index));
            let (whole, bounds) = (alone.clone(), alone.bounds());
            let mut next = Vec::with_capacity(pieces.len() + 1);
            for (piece, known) in pieces {
                let common = if piece.bounds().meets(&bounds) {
                    overlay::intersection(&piece, &whole)
                } else {
                    Shapes::default()
                };
                if is_none(&common) {
                    next.push((piece, known));
                    continue;
                }
                next.push((overlay::difference(&piece, &whole), known));
                alone = overlay::difference(&alone, &piece);
                next.push((common, both(known, value)));
            }
            next.push((alone, value));
            next.retain(|(piece, _)| !is_none(piece));
            pieces = next;
        }
        pieces
    }
}

/// Whether there is hardly any ground.
fn is_none(shapes: &Shapes) -> bool {
    shapes.iter().map(|shape| area(&shape)).sum::<f64>() <= HAIR_M2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Bounds {
        Bounds { min: [x, y], max: [x + side, y + side] }
    }

    fn valued(squares: &[(Bounds, f64)]) -> Valued {
        let mut all = Valued::default();
        for &(bounds, value) in squares {
            all.push(&Shapes::from(bounds).get(0), Interval::exactly(value));
        }
        all
    }

    fn sum(valued: &Valued, of: fn(&Interval<f64>) -> f64) -> f64 {
        valued.shapes.iter().zip(&valued.values).map(|(shape, value)| area(&shape) * of(value)).sum()
    }

    #[test]
    fn what_only_touches_stays_as_it_is() {
        let squares = [(square(0.0, 0.0, 10.0), 2.0), (square(10.0, 0.0, 10.0), 3.0)];
        assert_eq!(valued(&squares).apart(|one, _| one).values.len(), 2);
    }

    #[test]
    fn three_that_overlap_come_apart_into_pieces_that_do_not() {
        let squares = [(square(0.0, 0.0, 10.0), 1.0), (square(5.0, 0.0, 10.0), 2.0), (square(5.0, 5.0, 10.0), 4.0)];
        let least_and_sum = |one: Interval<f64>, two: Interval<f64>| Interval::new(one.lo.min(two.lo), one.hi + two.hi);
        let apart = valued(&squares).apart(least_and_sum);
        let covered: f64 = apart.shapes.iter().map(|shape| area(&shape)).sum();
        // 100 + 100 - 50, and of the third what neither holds: 100 - 50.
        assert!((covered - 200.0).abs() < 1e-6, "{covered}");
        assert!((sum(&apart, |value| value.hi) - 700.0).abs() < 1e-5);
        // Least: the first has its 100, the second alone 50 × 2, the third alone 50 × 4.
        assert!((sum(&apart, |value| value.lo) - 400.0).abs() < 1e-5);
    }
}
