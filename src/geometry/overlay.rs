//! Union, intersection and difference of polygon sets, on a fixed grid of 2⁻²⁴ m (60 nm).
//!
//! The overlay itself is [`i_overlay`]'s, with its 64-bit integer engine: exact predicates, no tolerance,
//! no panic on touching, nested, repeated or crossing input. The grid is the same for every operation, so a
//! result can be an input again without moving, and the order of operations does not show.

use i_float::int::point::IntPoint;
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float;
use i_overlay::i_shape::int::shape::IntShapes;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{RTree, RTreeObject};

use super::{Point, Shape, Shapes};

/// Grid steps in a metre.
const STEPS: f64 = 16_777_216.0;

/// How far a coordinate can move when it is put on the grid, in metres.
pub const GRID_ERROR_M: f64 = 0.5 / STEPS;

/// The points of the plane in at least one of the shapes of `sets`: shells counterclockwise, holes
/// clockwise, one connected polygon a shape.
///
/// Rings must turn as [`super::repair`] leaves them: shells counterclockwise, holes clockwise, none crossing
/// another of its shape. Shapes whose boxes meet no other's are taken over as they are; the others are united
/// cluster by cluster, in parallel.
#[must_use]
pub fn union(sets: &[&Shapes]) -> Shapes {
    let shapes: Vec<Shape<'_>> = sets.iter().flat_map(|set| set.iter()).collect();
    let united: Vec<Shapes> = clusters(&shapes).par_iter().map(|cluster| unite(&shapes, cluster)).collect();
    let mut all = Shapes::default();
    united.iter().flat_map(Shapes::iter).for_each(|shape| all.push(&shape));
    all
}

fn unite(shapes: &[Shape<'_>], cluster: &[usize]) -> Shapes {
    if let &[alone] = cluster {
        let mut pieces = Shapes::default();
        for polygon in shapes[alone].polygons() {
            polygon.rings().for_each(|ring| pieces.push_ring(ring));
            pieces.end_polygon();
            pieces.end_shape();
        }
        return pieces;
    }
    let mut overlay = overlay_for(cluster.iter().map(|&index| shapes[index].points().len()).sum());
    for &index in cluster {
        shapes[index].rings().for_each(|ring| add_ring(&mut overlay, ring, ShapeType::Subject));
    }
    to_shapes(&overlay.overlay(OverlayRule::Subject, FillRule::NonZero), STEPS)
}

/// The shapes by groups whose boxes hang together, each group in the order of the shapes.
fn clusters(shapes: &[Shape<'_>]) -> Vec<Vec<usize>> {
    let boxes: Vec<Boxed> = shapes
        .iter()
        .map(Shape::bounds)
        .enumerate()
        .filter(|(_, bounds)| !bounds.is_empty())
        .map(|(index, bounds)| Boxed::new(Rectangle::from_corners(bounds.min, bounds.max), index))
        .collect();
    let tree = RTree::bulk_load(boxes.clone());
    let mut seen = vec![false; shapes.len()];
    let mut clusters = Vec::new();
    for first in &boxes {
        if std::mem::replace(&mut seen[first.data], true) {
            continue;
        }
        let (mut cluster, mut open) = (vec![first.data], vec![*first.geom()]);
        while let Some(around) = open.pop() {
            for found in tree.locate_in_envelope_intersecting(&around.envelope()) {
                if !std::mem::replace(&mut seen[found.data], true) {
                    cluster.push(found.data);
                    open.push(*found.geom());
                }
            }
        }
        cluster.sort_unstable();
        clusters.push(cluster);
    }
    clusters
}

type Boxed = GeomWithData<Rectangle<Point>, usize>;

/// The points of the plane in both `a` and `b`; rings as for [`union`].
#[must_use]
pub fn intersection(a: &Shapes, b: &Shapes) -> Shapes {
    binary(a, b, OverlayRule::Intersect)
}

/// The points of the plane in `a` and not in `b`; rings as for [`union`].
#[must_use]
pub fn difference(a: &Shapes, b: &Shapes) -> Shapes {
    binary(a, b, OverlayRule::Difference)
}

/// The points that an odd number of `rings` go round, whatever the rings' direction: what a polygon
/// means whose rings cross themselves or each other.
#[must_use]
pub fn even_odd<'a>(rings: impl Iterator<Item = &'a [Point]>) -> Shapes {
    let mut overlay = overlay_for(0);
    for ring in rings {
        add_ring(&mut overlay, ring, ShapeType::Subject);
    }
    to_shapes(&overlay.overlay(OverlayRule::Subject, FillRule::EvenOdd), STEPS)
}

/// A shape on a coarser grid of `steps` to the unit (metre or degree), valid there: hairs and spikes thinner than a
/// step are gone, and rings that would touch after rounding are drawn anew. Rings as for [`union`].
#[must_use]
pub fn on_grid(shape: &Shape<'_>, steps: f64) -> Shapes {
    let to_grid = |&[x, y]: &Point| IntPoint::new((x * steps).round() as i64, (y * steps).round() as i64);
    let mut overlay = overlay_for(shape.points().len());
    for ring in shape.rings() {
        overlay.add_path_iter(open(ring).iter().map(to_grid), ShapeType::Subject);
    }
    to_shapes(&overlay.overlay(OverlayRule::Subject, FillRule::NonZero), steps)
}

fn binary(a: &Shapes, b: &Shapes, rule: OverlayRule) -> Shapes {
    let mut overlay = overlay_for(a.points().len() + b.points().len());
    add(&mut overlay, a, ShapeType::Subject);
    add(&mut overlay, b, ShapeType::Clip);
    to_shapes(&overlay.overlay(rule, FillRule::NonZero), STEPS)
}

fn overlay_for(points: usize) -> Overlay<i64> {
    // Polygons as the OGC means them: parts that meet in a point only are parts of their own.
    let options = IntOverlayOptions { ogc: true, ..Default::default() };
    Overlay::new_custom(points, options, i_overlay::core::solver::Solver::default())
}

fn add(overlay: &mut Overlay<i64>, set: &Shapes, role: ShapeType) {
    set.rings().for_each(|ring| add_ring(overlay, ring, role));
}

fn add_ring(overlay: &mut Overlay<i64>, ring: &[Point], role: ShapeType) {
    overlay.add_path_iter(open(ring).iter().map(|&point| to_grid(point)), role);
}

/// The ring without the repeated last point.
fn open(ring: &[Point]) -> &[Point] {
    match ring {
        [rest @ .., last] if rest.first() == Some(last) => rest,
        _ => ring,
    }
}

fn to_grid([x, y]: Point) -> IntPoint<i64> {
    IntPoint::new((x * STEPS).round() as i64, (y * STEPS).round() as i64)
}

fn to_shapes(found: &IntShapes<i64>, steps: f64) -> Shapes {
    let from_grid = |point: &IntPoint<i64>| [point.x as f64 / steps, point.y as f64 / steps];
    let mut shapes = Shapes::default();
    for shape in found {
        for contour in shape {
            contour.iter().map(from_grid).for_each(|point| shapes.push_point(point));
            if let Some(first) = contour.first() {
                shapes.push_point(from_grid(first));
            }
            shapes.end_ring();
        }
        shapes.end_polygon();
        shapes.end_shape();
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::area::area;

    #[test]
    fn hairs_thinner_than_the_grid_are_gone_and_touching_rings_are_drawn_anew() {
        // A square with a spike of 0.2 steps, and a bridge of 0.2 steps to a second square.
        let ring = [
            [0.0, 0.0],
            [10.0, 0.0],
            [10.0, 4.9],
            [20.0, 4.9],
            [20.0, 0.0],
            [30.0, 0.0],
            [30.0, 10.0],
            [20.0, 10.0],
            [20.0, 5.1],
            [10.0, 5.1],
            [10.0, 10.0],
            [5.1, 10.0],
            [5.0, 90.0],
            [4.9, 10.0],
            [0.0, 10.0],
            [0.0, 0.0],
        ];
        let mut shapes = Shapes::default();
        shapes.push_ring(&ring);
        shapes.end_polygon();
        shapes.end_shape();
        let rounded = on_grid(&shapes.get(0), 1.0);
        assert_eq!(rounded.len(), 2);
        assert_eq!(rounded.iter().map(|shape| area(&shape)).sum::<f64>(), 200.0);
    }
}
