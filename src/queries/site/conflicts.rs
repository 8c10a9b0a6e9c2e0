//! Which candidate sites stand too close to one another? Asked pair by pair: the pairs of a dense town are too many to be kept.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree, SelectionFunction};

use crate::crs::ScaleField;
use crate::geometry::distance::{Way, holds, shortest_way};
use crate::geometry::{Bounds, Point, Shape, Shapes};
use crate::units::Metres;

/// More than the plane's scale varies within a city beyond what its corners say, and than sums of metres round.
const SLACK: f64 = 1e-6;

/// Distances are told to the millimetre: so far apart, rounding cannot turn an answer.
const TOLD_M: f64 = 1e-3;

/// Sites, and how far they must stand apart.
#[derive(Debug)]
pub struct Conflicts {
    shapes: Shapes,
    bounds: Vec<Bounds>,
    tree: RTree<Boxed>,
    scale: ScaleField,
    spacing: Metres,
    /// Plane metres within which two points are too close for certain, and beyond which they are not.
    near_m: f64,
    far_m: f64,
}

type Boxed = GeomWithData<Rectangle<Point>, u32>;

impl Conflicts {
    /// Among sites on the plane, one a shape.
    #[must_use]
    pub fn new(shapes: Shapes, spacing: Metres, scale: &ScaleField) -> Self {
        let bounds: Vec<Bounds> = shapes.iter().map(|shape| shape.bounds()).collect();
        let all = bounds.iter().fold(Bounds::EMPTY, |all, &one| all.union(one));
        let (least, most) = if all.is_empty() { (1.0, 1.0) } else { scales(&all, scale) };
        let boxes = bounds.iter().zip(0..);
        let boxes = boxes.map(|(one, index)| Boxed::new(Rectangle::from_corners(one.min, one.max), index));
        Self {
            tree: RTree::bulk_load(boxes.collect()),
            near_m: spacing.0 * least * (1.0 - SLACK) - TOLD_M,
            far_m: spacing.0 * most * (1.0 + SLACK) + TOLD_M,
            shapes,
            bounds,
            scale: scale.clone(),
            spacing,
        }
    }

    /// How many sites there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bounds.is_empty()
    }

    /// The shape of a site.
    #[must_use]
    pub fn shape(&self, site: u32) -> Shape<'_> {
        self.shapes.get(site as usize)
    }

    /// The box around a site.
    #[must_use]
    pub fn bounds(&self, site: u32) -> &Bounds {
        &self.bounds[site as usize]
    }

    /// Beyond so many plane metres no two points of sites are too close.
    #[must_use]
    pub fn reach(&self) -> f64 {
        self.far_m
    }

    /// Plane metres that are between two points of any two sites that stand far enough apart, at least.
    #[must_use]
    pub fn apart(&self) -> f64 {
        self.near_m
    }

    /// Whether two sites stand closer than they may, edge to edge on the ground, as distances are told. A facility of the one may
    /// stand anywhere on it, as near to the other as its edge is.
    #[must_use]
    pub fn are_close(&self, one: u32, other: u32) -> bool {
        let (a, b) = (one.min(other), one.max(other));
        let (first, second) = (&self.bounds[a as usize], &self.bounds[b as usize]);
        // Most pairs are settled by their boxes, nearly all others by what lies foremost in the direction of the other.
        let gap = |axis: usize| {
            let between = (second.min[axis] - first.max[axis]).max(first.min[axis] - second.max[axis]);
            let across = (second.max[axis] - first.min[axis]).max(first.max[axis] - second.min[axis]);
            (between.max(0.0), across)
        };
        let ((dx, far_x), (dy, far_y)) = (gap(0), gap(1));
        if dx * dx + dy * dy > self.far_m * self.far_m {
            return false;
        }
        if self.near_m > 0.0 && far_x * far_x + far_y * far_y < self.near_m * self.near_m {
            return true;
        }
        let (first, second) = (self.shape(a), self.shape(b));
        match self.foremost(&first, &second) {
            Some(answer) => answer,
            None => self.distance(a, b).told() < self.spacing,
        }
    }

    /// What the points that lie foremost towards the other site say: between them no less than the sites' distance, and along
    /// the direction no more of it.
    fn foremost(&self, a: &Shape<'_>, b: &Shape<'_>) -> Option<bool> {
        let (from, to) = (Bounds::of(a.points()).centre(), Bounds::of(b.points()).centre());
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = (dx * dx + dy * dy).sqrt();
        if length == 0.0 {
            return None;
        }
        let along = |&[x, y]: &Point| (x - from[0]) * (dx / length) + (y - from[1]) * (dy / length);
        let first = a.points().iter().max_by(|one, other| along(one).total_cmp(&along(other)))?;
        let second = b.points().iter().min_by(|one, other| along(one).total_cmp(&along(other)))?;
        let apart = along(second) - along(first);
        let between = (first[0] - second[0]).hypot(first[1] - second[1]);
        if apart > self.far_m {
            Some(false)
        } else if between < self.near_m {
            Some(true)
        } else {
            None
        }
    }

    /// How far apart two sites are, edge to edge on the ground; 0 where they touch or overlap.
    #[must_use]
    pub fn distance(&self, one: u32, other: u32) -> Metres {
        distance_of(&self.shape(one), &self.shape(other), &self.scale)
    }

    /// The sites that stand too close to a site, in order.
    #[must_use]
    pub fn close_to(&self, site: u32) -> Vec<u32> {
        let around = self.bounds[site as usize].grown(self.far_m);
        let found = self.tree.locate_in_envelope_intersecting(&AABB::from_corners(around.min, around.max));
        let others = found.map(|found| found.data).filter(|&other| other != site && self.are_close(site, other));
        let mut others: Vec<u32> = others.collect();
        others.sort_unstable();
        others
    }

    /// The sites in groups that have nothing to do with one another, each in order: `are_linked` says which do, and no two do whose boxes are
    /// further apart than `reach`.
    #[must_use]
    pub fn groups(&self, reach: f64, are_linked: impl Fn(u32, u32) -> bool) -> Vec<Vec<u32>> {
        let mut left = self.tree.clone();
        let mut is_seen = vec![false; self.len()];
        let mut groups = Vec::new();
        for first in 0..self.len() as u32 {
            if std::mem::replace(&mut is_seen[first as usize], true) {
                continue;
            }
            let mut group = vec![first];
            let mut next = 0;
            while let Some(&site) = group.get(next) {
                next += 1;
                let around = self.bounds[site as usize].grown(reach);
                let around = AABB::from_corners(around.min, around.max);
                let taken = Linked { around, is_linked: |other| other == site || are_linked(site, other) };
                // What is taken out is never looked at again: a dense town costs no more than a few passes.
                for found in left.drain_with_selection_function(taken) {
                    if !std::mem::replace(&mut is_seen[found.data as usize], true) {
                        group.push(found.data);
                    }
                }
            }
            group.sort_unstable();
            groups.push(group);
        }
        groups
    }
}

/// How far apart two shapes are, edge to edge on the ground; 0 where they touch or overlap.
#[must_use]
pub fn distance_of(a: &Shape<'_>, b: &Shape<'_>, scale: &ScaleField) -> Metres {
    let inside = |outer: &Shape<'_>, inner: &Shape<'_>| {
        let firsts = inner.polygons().filter_map(|polygon| polygon.rings().next()?.first().copied());
        firsts.into_iter().any(|point| holds(outer, point))
    };
    if inside(a, b) || inside(b, a) {
        return Metres(0.0);
    }
    let ways = b.rings().filter_map(|ring| shortest_way(a, ring));
    let shortest: Option<Way> = ways.min_by(|one, other| one.squared.total_cmp(&other.squared));
    shortest.map_or(Metres(f64::INFINITY), |way| scale.ground_distance(way.from, way.to))
}

/// The least and the most that the plane's scale is within a box.
fn scales(bounds: &Bounds, scale: &ScaleField) -> (f64, f64) {
    let (Bounds { min, max }, middle) = (bounds, bounds.centre());
    // It grows away from the meridian, and hardly changes along it.
    let nearest = 0.0_f64.clamp(min[0], max[0]);
    let all = [min[0], max[0], nearest].into_iter().flat_map(|x| [min[1], middle[1], max[1]].map(|y| scale.at([x, y])));
    all.fold((f64::INFINITY, 0.0), |(least, most), one| (least.min(one), most.max(one)))
}

/// What is taken out of a tree: what meets a box and is linked.
struct Linked<F> {
    around: AABB<Point>,
    is_linked: F,
}

impl<F: Fn(u32) -> bool> SelectionFunction<Boxed> for Linked<F> {
    fn should_unpack_parent(&self, envelope: &AABB<Point>) -> bool {
        use rstar::Envelope as _;
        envelope.intersects(&self.around)
    }

    fn should_unpack_leaf(&self, leaf: &Boxed) -> bool {
        use rstar::{Envelope as _, RTreeObject as _};
        leaf.envelope().intersects(&self.around) && (self.is_linked)(leaf.data)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::crs::Plane;

    /// Squares of so many metres, by their lower left corners.
    pub(in crate::queries::site) fn squares(corners: &[Point], side: f64) -> Shapes {
        let mut all = Shapes::default();
        for &[x, y] in corners {
            let one = Shapes::from(Bounds { min: [x, y], max: [x + side, y + side] });
            all.push(&one.get(0));
        }
        all
    }

    pub(in crate::queries::site) fn scale() -> ScaleField {
        Plane::new(8).map(ScaleField::new).expect("plane 8")
    }

    proptest! {
        #[test]
        fn shortcuts_say_what_distances_say(
            corners in proptest::collection::vec([0.0..1500.0_f64, 0.0..1500.0_f64], 2..12),
            side in 1.0..400.0_f64,
        ) {
            let conflicts = Conflicts::new(squares(&corners, side), Metres(700.0), &scale());
            for one in 0..corners.len() as u32 {
                let close: Vec<u32> = (0..corners.len() as u32)
                    .filter(|&other| other != one && conflicts.distance(one, other).told().0 < 700.0)
                    .collect();
                prop_assert_eq!(conflicts.close_to(one), close);
            }
        }
    }

    #[test]
    fn sites_just_so_far_apart_are_far_enough() {
        let factor = scale().at([360.0, 0.0]);
        for (gap, is_close) in [(699.998, true), (700.0, false), (700.002, false)] {
            let corners = [[0.0, 0.0], [20.0 + gap * factor, 0.0]];
            let conflicts = Conflicts::new(squares(&corners, 20.0), Metres(700.0), &scale());
            assert_eq!(conflicts.are_close(0, 1), is_close, "{gap}");
        }
    }

    #[test]
    fn groups_have_nothing_to_do_with_one_another() {
        let corners = [[0.0, 0.0], [5000.0, 0.0], [600.0, 0.0], [1200.0, 0.0], [5100.0, 0.0]];
        let conflicts = Conflicts::new(squares(&corners, 10.0), Metres(700.0), &scale());
        let groups = conflicts.groups(conflicts.reach(), |one, other| conflicts.are_close(one, other));
        assert_eq!(groups, [vec![0, 2, 3], vec![1, 4]]);
    }

    #[test]
    fn a_site_inside_another_is_no_way_off() {
        let mut shapes = squares(&[[0.0, 0.0]], 5000.0);
        shapes.push(&squares(&[[2500.0, 2500.0]], 10.0).get(0));
        let conflicts = Conflicts::new(shapes, Metres(700.0), &scale());
        assert!(conflicts.are_close(0, 1) && conflicts.distance(0, 1).0 == 0.0);
    }
}
