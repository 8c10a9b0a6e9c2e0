//! A shape cut by upright and level lines into small parts, for sums of areas.
//!
//! Half a ring is closed along the cut, there and back where the ring comes over it more than once (Sutherland and Hodgman,
//! Reentrant polygon clipping, 1974). Such a part is no polygon to be drawn; but what its edges go round, counted with the
//! sign of their turning, is just what lies on its side, and nothing else is asked by [`super::area`]. So a cut takes time in step with the points,
//! where an overlay would sort and join them.

use super::{Point, Shape, Shapes};

/// A cut helps where no half keeps more of the points than this: edges that run close together, or along an earlier cut, are in
/// both halves however often they are cut.
const HELPS: f64 = 0.75;

/// A shape in parts of at most `most_side` metres a side, and of about `most_points` points where cutting can bring that about,
/// side by side; together they have its area. Their rings turn as the shape's do, and may run along a cut in both directions.
#[must_use]
pub fn small_parts(shape: &Shape<'_>, most_points: usize, most_side: f64) -> Shapes {
    let mut done = Shapes::default();
    let mut first = Shapes::default();
    shape.rings().for_each(|ring| first.push_ring(ring));
    end(&mut first);
    let mut open = vec![first];
    while let Some(part) = open.pop() {
        let [width, height] = part.bounds().size();
        let (points, is_large) = (part.points().len(), width.max(height) > most_side);
        if points <= most_points && !is_large {
            part.iter().for_each(|part| done.push(&part));
            continue;
        }
        let axis = usize::from(height > width);
        let at = part.bounds().centre()[axis];
        let halves = [Side::Below, Side::Above].map(|kept| half(&part, Cut { axis, at, kept }));
        let most = halves.iter().map(|half| half.points().len()).max().unwrap_or_default();
        if is_large || most as f64 <= points as f64 * HELPS {
            open.extend(halves);
        } else {
            part.iter().for_each(|part| done.push(&part));
        }
    }
    done
}

/// A line along an axis, and the side of it that is kept.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// Which coordinate is `at` on the line.
    axis: usize,
    at: f64,
    kept: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    Above,
}

impl Cut {
    /// Whether a point is kept; one on the line is, on either side.
    fn keeps(&self, point: Point) -> bool {
        match self.kept {
            Side::Below => point[self.axis] <= self.at,
            Side::Above => point[self.axis] >= self.at,
        }
    }

    /// Where an edge with ends on both sides passes the line; the same for both halves.
    fn crossing(&self, a: Point, b: Point) -> Point {
        let other = 1 - self.axis;
        let part = (self.at - a[self.axis]) / (b[self.axis] - a[self.axis]);
        let mut point = [self.at; 2];
        point[other] = a[other] + part * (b[other] - a[other]);
        point
    }
}

/// The half of all rings on the kept side; one shape, or none where nothing is left.
fn half(rings: &Shapes, cut: Cut) -> Shapes {
    let mut half = Shapes::default();
    let mut kept: Vec<Point> = Vec::new();
    for ring in rings.rings() {
        kept.clear();
        for pair in ring.windows(2) {
            let [from, to] = [pair[0], pair[1]].map(|point| cut.keeps(point));
            if from {
                add(&mut kept, pair[0], cut);
            }
            if from != to {
                add(&mut kept, cut.crossing(pair[0], pair[1]), cut);
            }
        }
        if kept.len() > 2 {
            kept.push(kept[0]);
            half.push_ring(&kept);
        }
    }
    if !half.points().is_empty() {
        end(&mut half);
    }
    half
}

/// Adds a point; of several in a row on the cut the first and the last say all.
fn add(kept: &mut Vec<Point>, point: Point, cut: Cut) {
    let is_on_it = |point: &Point| point[cut.axis] == cut.at;
    if let [.., before, last] = kept.as_mut_slice()
        && [&*before, &*last, &point].into_iter().all(is_on_it)
    {
        *last = point;
    } else {
        kept.push(point);
    }
}

/// Makes one shape of all rings.
fn end(rings: &mut Shapes) {
    rings.end_polygon();
    rings.end_shape();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::area::area;
    use crate::geometry::{Bounds, overlay};

    #[test]
    fn parts_cover_a_shape_side_by_side() {
        let square = Shapes::from(Bounds { min: [0.0; 2], max: [1000.0, 300.0] });
        let parts = small_parts(&square.get(0), 100, 100.0);
        assert!(parts.len() >= 30 && parts.iter().all(|part| part.bounds().size().iter().all(|side| *side <= 100.0)));
        assert!((parts.iter().map(|part| area(&part)).sum::<f64>() - 300_000.0).abs() < 1e-6);
    }

    /// A comb: so many teeth, each of which comes over the cut.
    fn comb(teeth: u32) -> Shapes {
        let mut ring = vec![[0.0, 0.0]];
        for tooth in 0..teeth {
            let x = f64::from(tooth);
            ring.extend([[x + 0.2, 100.0], [x + 0.4, 100.0], [x + 0.6, 1.0], [x + 0.8, 1.0]]);
        }
        ring.extend([[f64::from(teeth), 0.0], [0.0, 0.0]]);
        let mut shapes = Shapes::default();
        shapes.push_ring(&ring);
        shapes.end_polygon();
        shapes.end_shape();
        shapes.orient(|_| ());
        shapes
    }

    #[test]
    fn a_comb_of_many_teeth_has_no_more_points_than_its_parts_need() {
        let comb = comb(2000);
        let parts = small_parts(&comb.get(0), 64, 1e6);
        let points = parts.points().len();
        assert!(points < 4 * comb.points().len(), "{points} of {}", comb.points().len());
        let sum: f64 = parts.iter().map(|part| area(&part)).sum();
        assert!((sum - area(&comb.get(0))).abs() < 1e-6, "{sum}");
    }

    proptest! {
        #[test]
        fn a_part_has_the_area_that_an_overlay_cuts_there(
            corners in prop::collection::vec((0.0..1000.0_f64, 0.0..1000.0_f64), 3..40),
        ) {
            let ring: Vec<Point> = corners.iter().chain(corners.first()).map(|&(x, y)| [x, y]).collect();
            let drawn = overlay::even_odd(std::iter::once(ring.as_slice()));
            for shape in drawn.iter() {
                let mut alone = Shapes::default();
                alone.push(&shape);
                let mut sum = 0.0;
                for part in small_parts(&shape, 8, 300.0).iter() {
                    let there = overlay::intersection(&alone, &Shapes::from(part.bounds()));
                    let there: f64 = there.iter().map(|piece| area(&piece)).sum();
                    // A box around a part may hold more of the shape only where the part's own box is the cut's.
                    prop_assert!(area(&part) <= there + 1e-3, "{} {there}", area(&part));
                    sum += area(&part);
                }
                prop_assert!((sum - area(&shape)).abs() < 1e-6, "{sum} {}", area(&shape));
            }
        }
    }
}
