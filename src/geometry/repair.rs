//! Polygons as they come: rings turned the wrong way, repeated points, rings that cross themselves.
//!
//! The kernel of [`super::area`] needs shells counterclockwise, holes clockwise and no ring that crosses another.
//! Turning is done in place. A shape whose rings meet is drawn anew by [`overlay::even_odd`], polygon by
//! polygon, and united; what comes out is what an odd number of its rings go round. One that would be too much work to draw
//! ([`super::tangle`]) is left as it is, and said to be.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rstar::primitives::Rectangle;
use rstar::{RTree, RTreeObject};

use super::area::{area, signed_area};
use super::sweep::rings_meet;
use super::{Bounds, Point, Polygon, Shape, Shapes, overlay, tangle};

/// So many shapes are worth a task of their own.
const SHAPES_A_TASK: usize = 512;

/// Areas that differ by less than this share are the same: drawing a shape anew moves its vertices by up to
/// [`overlay::GRID_ERROR_M`].
const SAME_AREA: f64 = 1e-6;

/// Polygons with more points than this are swept, shapes with more parts than this indexed: below it is quicker to compare all
/// that stand over the same stretch.
const MANY: usize = 1024;

/// What was wrong with a shape; several can be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flaws {
    /// A shell turned clockwise or a hole counterclockwise.
    pub turned: bool,
    /// A point stood twice in a row.
    pub doubled: bool,
    /// Rings crossed, so that the shape had to be drawn anew.
    pub crossing: bool,
    /// Rings cross or touch, and there are too many corners and crossings to draw the shape anew: how many corners. What area it
    /// has is not known.
    pub beyond: Option<usize>,
}

/// Shapes ready for measuring: the original ones, but for those that had to be drawn anew. Those whose flaws say that they are
/// beyond repair are the original ones as well.
#[derive(Debug, Clone, Default)]
pub struct RepairedShapes {
    shapes: Shapes,
    redrawn: BTreeMap<usize, Shapes>,
    /// The flawed shapes by index.
    pub flaws: BTreeMap<usize, Flaws>,
}

impl RepairedShapes {
    /// How many shapes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is no shape.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// The shape at `index`, repaired.
    ///
    /// # Panics
    /// Where `index` is not below [`RepairedShapes::len`].
    #[must_use]
    pub fn get(&self, index: usize) -> Shape<'_> {
        self.redrawn.get(&index).map_or_else(|| self.shapes.get(index), |redrawn| redrawn.get(0))
    }

    /// All shapes in one set.
    #[must_use]
    pub fn into_shapes(self) -> Shapes {
        if self.redrawn.is_empty() {
            return self.shapes;
        }
        let mut shapes = Shapes::default();
        for index in 0..self.len() {
            shapes.push(&self.get(index));
        }
        shapes
    }
}

/// Repairs shapes whose rings are closed and whose coordinates are finite.
///
/// Costs some 20 ns a vertex for shapes of a few edges, more by the logarithm for those of many, and an overlay for one whose
/// rings meet.
#[must_use]
pub fn repaired(mut shapes: Shapes) -> RepairedShapes {
    let mut flaws: BTreeMap<usize, Flaws> = BTreeMap::new();
    shapes.orient(|index| flaws.entry(index).or_default().turned = true);
    let found: Vec<(usize, bool, Redrawn)> = (0..shapes.len())
        .into_par_iter()
        .with_min_len(SHAPES_A_TASK)
        .filter_map(|index| {
            let shape = shapes.get(index);
            let repeated = shape.rings().any(|ring| ring.windows(2).any(|pair| pair[0] == pair[1]));
            let anew = redraw(&shape);
            (repeated || !matches!(anew, Redrawn::Same)).then_some((index, repeated, anew))
        })
        .collect();
    let mut redrawn = BTreeMap::new();
    for (index, repeated, anew) in found {
        let flaw = flaws.entry(index).or_default();
        flaw.doubled = repeated;
        match anew {
            Redrawn::Same => {}
            Redrawn::Anew(anew) => {
                *flaw = Flaws { turned: false, crossing: true, ..*flaw };
                redrawn.insert(index, anew);
            }
            Redrawn::Beyond(corners) => *flaw = Flaws { beyond: Some(corners), ..Flaws::default() },
        }
    }
    RepairedShapes { shapes, redrawn, flaws }
}

/// What comes of drawing a shape anew.
enum Redrawn {
    /// It covers what its rings say.
    Same,
    /// Another area, as one multipolygon.
    Anew(Shapes),
    /// It was not drawn, having so many corners.
    Beyond(usize),
}

fn redraw(shape: &Shape<'_>) -> Redrawn {
    let suspicious = shape.polygons().any(|polygon| rings_may_meet(&polygon)) || parts_may_overlap(shape);
    if !suspicious {
        return Redrawn::Same;
    }
    if tangle::is_beyond(shape) {
        return Redrawn::Beyond(tangle::corners(shape));
    }
    let parts: Vec<Shapes> = shape.polygons().map(|polygon| overlay::even_odd(polygon.rings())).collect();
    let anew = overlay::union(&parts.iter().collect::<Vec<_>>());
    let (before, after) = (area(shape), anew.iter().map(|part| area(&part)).sum::<f64>());
    let differs = (before - after).abs() > SAME_AREA * after.max(before.abs());
    if differs { Redrawn::Anew(as_one(&anew)) } else { Redrawn::Same }
}

/// All polygons of `shapes` as one multipolygon.
fn as_one(shapes: &Shapes) -> Shapes {
    let mut one = Shapes::default();
    for polygon in shapes.iter().flat_map(|shape| shape.polygons().collect::<Vec<_>>()) {
        polygon.rings().for_each(|ring| one.push_ring(ring));
        one.end_polygon();
    }
    one.end_shape();
    one
}

/// Whether two edges of a polygon that do not follow one another meet, or a hole may lie outside its shell.
fn rings_may_meet(polygon: &Polygon<'_>) -> bool {
    if polygon.rings().map(<[Point]>::len).sum::<usize>() > MANY {
        return rings_meet(polygon);
    }
    let mut edges: Vec<Edge> = Vec::new();
    for (ring, points) in polygon.rings().enumerate() {
        let last = points.len().saturating_sub(2);
        edges.extend(points.windows(2).enumerate().map(|(index, pair)| Edge {
            left: pair[0][0].min(pair[1][0]),
            right: pair[0][0].max(pair[1][0]),
            ring,
            index,
            last,
            ends: [pair[0], pair[1]],
        }));
    }
    // From left to right: an edge can only meet those that begin before it ends.
    edges.sort_unstable_by(|a, b| a.left.total_cmp(&b.left));
    let any_meets = edges.iter().enumerate().any(|(first, edge)| {
        edges[first + 1..]
            .iter()
            .take_while(|other| other.left <= edge.right)
            .any(|other| !edge.follows(other) && meet(edge.ends, other.ends))
    });
    any_meets || holes_outside(polygon)
}

/// An edge of a polygon: which ring it is of, where in it, and which edge of that ring is the last.
struct Edge {
    left: f64,
    right: f64,
    ring: usize,
    index: usize,
    last: usize,
    ends: [Point; 2],
}

impl Edge {
    /// Whether one of the two begins where the other ends.
    fn follows(&self, other: &Self) -> bool {
        let apart = self.index.abs_diff(other.index);
        self.ring == other.ring && (apart == 1 || apart == self.last)
    }
}

fn holes_outside(polygon: &Polygon<'_>) -> bool {
    let mut rings = polygon.rings();
    let Some(shell) = rings.next() else { return false };
    rings.any(|hole| hole.first().is_some_and(|&point| !goes_round(shell, point)))
}

fn parts_may_overlap(shape: &Shape<'_>) -> bool {
    let boxes: Vec<Bounds> =
        shape.polygons().map(|polygon| polygon.rings().next().map_or(Bounds::EMPTY, Bounds::of)).collect();
    if boxes.len() > MANY {
        let boxes = boxes.iter().filter(|bounds| !bounds.is_empty());
        let boxes: Vec<_> = boxes.map(|bounds| Rectangle::from_corners(bounds.min, bounds.max)).collect();
        let tree = RTree::bulk_load(boxes.clone());
        return boxes.iter().any(|one| tree.locate_in_envelope_intersecting(&one.envelope()).nth(1).is_some());
    }
    boxes.iter().enumerate().any(|(index, one)| boxes[index + 1..].iter().any(|other| one.meets(other)))
}

/// Whether a ring goes round a point, by the even-odd rule.
#[must_use]
pub fn goes_round(ring: &[Point], [x, y]: Point) -> bool {
    ring.windows(2).fold(false, |inside, pair| {
        let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
        let passes = (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax);
        inside != passes
    })
}

/// Whether two edges have a point in common.
fn meet([a, b]: [Point; 2], [c, d]: [Point; 2]) -> bool {
    if !Bounds::of(&[a, b]).meets(&Bounds::of(&[c, d])) {
        return false;
    }
    let side = |p: Point, q: Point, r: Point| signed_area(&[p, q, r, p]);
    let (c_side, d_side) = (side(a, b, c), side(a, b, d));
    let (a_side, b_side) = (side(c, d, a), side(c, d, b));
    c_side * d_side <= 0.0 && a_side * b_side <= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(rings: &[&[Point]]) -> Shapes {
        let mut shapes = Shapes::default();
        for ring in rings {
            shapes.push_ring(ring);
        }
        shapes.end_polygon();
        shapes.end_shape();
        shapes
    }

    const SQUARE: [Point; 5] = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];

    #[test]
    fn a_clean_square_has_no_flaw() {
        let repaired = repaired(shape(&[&SQUARE]));
        assert!(repaired.flaws.is_empty());
        assert_eq!(area(&repaired.get(0)), 100.0);
    }

    #[test]
    fn a_clockwise_shell_and_a_counterclockwise_hole_are_turned() {
        let mut clockwise = SQUARE;
        clockwise.reverse();
        let hole = [[2.0, 2.0], [4.0, 2.0], [4.0, 4.0], [2.0, 4.0], [2.0, 2.0]];
        let repaired = repaired(shape(&[&clockwise, &hole]));
        assert_eq!(area(&repaired.get(0)), 96.0);
        assert_eq!(repaired.flaws[&0], Flaws { turned: true, ..Flaws::default() });
    }

    #[test]
    fn a_bow_tie_becomes_its_two_triangles() {
        let tie = [[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0], [0.0, 0.0]];
        let repaired = repaired(shape(&[&tie]));
        assert_eq!(repaired.get(0).polygons().len(), 2);
        assert!((area(&repaired.get(0)) - 50.0).abs() < 1e-6);
        assert!(repaired.flaws[&0].crossing);
    }

    #[test]
    fn parts_that_overlap_count_once() {
        let mut shapes = Shapes::default();
        for shift in [0.0, 5.0] {
            shapes.push_ring(&SQUARE.map(|[x, y]| [x + shift, y]));
            shapes.end_polygon();
        }
        shapes.end_shape();
        let repaired = repaired(shapes);
        assert!((area(&repaired.get(0)) - 150.0).abs() < 1e-6);
    }

    #[test]
    fn a_hole_that_touches_its_shell_is_left_alone() {
        let hole = [[0.0, 0.0], [0.0, 5.0], [5.0, 5.0], [0.0, 0.0]];
        let repaired = repaired(shape(&[&SQUARE, &hole]));
        assert!(repaired.flaws.is_empty());
        assert_eq!(area(&repaired.get(0)), 87.5);
    }

    #[test]
    fn a_hole_outside_its_shell_is_land() {
        let hole = [[20.0, 0.0], [20.0, 5.0], [25.0, 5.0], [20.0, 0.0]];
        let repaired = repaired(shape(&[&SQUARE, &hole]));
        assert!((area(&repaired.get(0)) - 112.5).abs() < 1e-6);
    }

    #[test]
    fn repeated_points_are_told() {
        let repeated = [[0.0, 0.0], [10.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
        let repaired = repaired(shape(&[&repeated]));
        assert!(repaired.flaws[&0].doubled && !repaired.flaws[&0].crossing);
        assert_eq!(area(&repaired.get(0)), 100.0);
    }
}
