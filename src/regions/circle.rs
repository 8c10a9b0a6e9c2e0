//! What lies within a distance of a point or a line: true circles, and the two sides of each segment.
//!
//! # Error
//! A circle becomes a ring of chords whose vertices stand as far outside the true circle as the chords' middles
//! lie inside it: never more than [`MAX_ERROR`]. The radius is taken along the ground in each direction (see
//! [`ScaleField::reach`]), so the ring is a circle on the ellipsoid, not on the plane.
//!
//! # Cost
//! Where many circles overlap, most of each lies deep inside the others. There a ring is drawn with few vertices:
//! along the tangents, a little outside the circle, which another circle covers anyway. Every ring thus holds
//! its whole circle, and what it holds beyond lies in another one: the union is the same. Circles that lie wholly in
//! others are not drawn at all; see [`super::hidden`].

use std::f64::consts::TAU;

use rstar::{AABB, RTree, RTreeObject};

use super::Region;
use super::hidden::{Round, needed};
use crate::crs::ScaleField;
use crate::geometry::{Footprint, Point, Shapes};
use crate::units::Metres;

/// The most that a ring departs from the true circle, printed with every run.
pub const MAX_ERROR: Metres = Metres(0.002);

/// A full turn has at least so many steps, hidden or not.
const COARSE_STEPS: usize = 48;

/// All points within `radius` on the ground of at least one of the polylines `sites` (a point is a line of one
/// vertex), in plane metres: overlapping rings, to be united by [`super::Region::union_of`].
#[must_use]
pub fn around<'a>(sites: impl IntoIterator<Item = (&'a [Point], Metres)>, scale: &ScaleField) -> Shapes {
    around_behind(sites, std::iter::empty(), scale)
}

/// The same where arcs may be hidden by what is around other points as well, to which all of it is added in the end.
fn around_behind<'a>(
    sites: impl IntoIterator<Item = (&'a [Point], Metres)>,
    others: impl IntoIterator<Item = (Point, Metres)>,
    scale: &ScaleField,
) -> Shapes {
    let mut discs: Vec<Disc> = Vec::new();
    let mut covers: Vec<Cover> = Vec::new();
    let mut shapes = Shapes::default();
    let mut add = |ring: &[Point]| {
        shapes.push_ring(ring);
        shapes.end_polygon();
        shapes.end_shape();
    };
    for (line, radius) in sites {
        discs.extend(line.iter().map(|&centre| Disc {
            centre,
            radius,
            cover_reach: cover_reach(centre, radius, scale),
        }));
        for pair in line.windows(2).filter(|pair| pair[0] != pair[1]) {
            add(&strip(pair[0], pair[1], radius, scale));
            let reach = cover_reach(pair[0], radius, scale).min(cover_reach(pair[1], radius, scale));
            covers.push(Cover { from: pair[0], to: pair[1], reach });
        }
    }
    covers.extend(discs.iter().map(|disc| Cover { from: disc.centre, to: disc.centre, reach: disc.cover_reach }));
    covers.extend(others.into_iter().map(|(centre, radius)| Cover {
        from: centre,
        to: centre,
        reach: cover_reach(centre, radius, scale),
    }));
    let tree = RTree::bulk_load(covers);
    let rounds: Vec<Round> = discs.iter().map(|disc| disc.round(scale)).collect();
    for (disc, _) in discs.iter().zip(needed(&rounds)).filter(|(_, is_needed)| *is_needed) {
        add(&disc.ring(&tree, scale));
    }
    shapes
}

/// All points within a distance on the ground of where things stand: around their points and lines, and around and in
/// their areas.
#[must_use]
pub fn near<'a>(sites: impl IntoIterator<Item = (&'a Footprint, Metres)>, scale: &ScaleField) -> Region {
    near_behind(&sites.into_iter().collect::<Vec<_>>(), &[], scale)
}

/// The same, drawn with fewer vertices where it is hidden by what is near other things: more than is near, and no more than is near
/// either of them. So it is of use only where what is near the others is added to it.
#[must_use]
pub fn near_behind(sites: &[(&Footprint, Metres)], others: &[(&Footprint, Metres)], scale: &ScaleField) -> Region {
    let parts = sites.iter().flat_map(|(site, radius)| site.iter().map(|part| (part.as_slice(), *radius)));
    let points = |(site, radius): &(&'_ Footprint, Metres)| {
        let radius = *radius;
        site.iter().flatten().map(move |&point| (point, radius)).collect::<Vec<_>>()
    };
    let around = around_behind(parts, others.iter().flat_map(points), scale);
    let areas = sites.iter().map(|(site, _)| site.areas()).filter(|areas| !areas.is_empty());
    Region::union_of(&std::iter::once(&around).chain(areas).collect::<Vec<_>>())
}

/// All points within `radius` on the ground of a convex area, in plane metres: one ring. `outline` turns
/// counterclockwise and is closed.
///
/// Takes time in step with the outline's vertices, where [`around`] would lay a strip along each of its sides and
/// have all of them united.
#[must_use]
pub fn around_convex(outline: &[Point], radius: Metres, scale: &ScaleField) -> Shapes {
    let sides: Vec<(Point, Point)> =
        outline.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| (pair[0], pair[1])).collect();
    // To the right of a side that runs counterclockwise is outside.
    let outside = |(a, b): (Point, Point)| (a[0] - b[0]).atan2(b[1] - a[1]);
    let (step, _) = step(radius);
    let outward = outward(radius, step);
    let mut ring = Vec::new();
    for (index, &side) in sides.iter().enumerate() {
        let before = sides[(index + sides.len() - 1) % sides.len()];
        let (from, to) = (outside(before), outside(side));
        let turn = (to - from).rem_euclid(TAU);
        let steps = (turn / step).ceil().max(1.0);
        ring.extend((0..=steps as usize).map(|vertex| {
            let (sin, cos) = (from + turn * vertex as f64 / steps).sin_cos();
            scale.reach(side.0, outward, [cos, sin])
        }));
    }
    ring.extend(ring.first().copied());
    let mut shapes = Shapes::default();
    shapes.push_ring(&ring);
    shapes.end_polygon();
    shapes.end_shape();
    shapes
}

/// The angle between two vertices of a full ring, and how many such steps make a coarse one.
fn step(radius: Metres) -> (f64, usize) {
    // A chord over the angle `s` lies r(1 - cos(s/2)) inside the circle through its ends; with the ends
    // moved out by half of that, both errors are half.
    let cos = 1.0 - 2.0 * MAX_ERROR.0 / radius.0.max(4.0 * MAX_ERROR.0);
    let fine = (TAU / (2.0 * cos.acos()) / COARSE_STEPS as f64).ceil().max(1.0);
    (TAU / (COARSE_STEPS as f64 * fine), fine as usize)
}

/// How far out a ring's vertices stand for their chords to run as far inside the circle as they outside.
fn outward(radius: Metres, step: f64) -> Metres {
    radius * (2.0 / (1.0 + (step / 2.0).cos()))
}

/// How far out the tips of a coarse ring stand: a millimetre more than the tangents need, for the curve of the ground.
fn tip_reach(outward: Metres) -> Metres {
    outward * (1.0 / (TAU / COARSE_STEPS as f64 / 2.0).cos()) + MAX_ERROR
}

/// How far from `centre` a point of the plane is within `radius` in every direction, and inside the ring drawn.
fn cover_reach(centre: Point, radius: Metres, scale: &ScaleField) -> f64 {
    (radius.0 - 2.0 * MAX_ERROR.0) * scale.at(centre) * (1.0 - 2e-5)
}

/// The convex strip within `radius` to both sides of a segment, counterclockwise; the discs round its ends.
fn strip(a: Point, b: Point, radius: Metres, scale: &ScaleField) -> [Point; 5] {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx.hypot(dy);
    let right = [dy / length, -dx / length];
    let left = right.map(|v| -v);
    let first = scale.reach(a, radius, right);
    [first, scale.reach(b, radius, right), scale.reach(b, radius, left), scale.reach(a, radius, left), first]
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Disc {
    centre: Point,
    radius: Metres,
    /// See [`cover_reach`].
    cover_reach: f64,
}

/// What hides the rings in it: a disc, or two and the strip between them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cover {
    from: Point,
    to: Point,
    /// All points so near to the way between both ends lie in it for certain; see [`cover_reach`].
    reach: f64,
}

impl RTreeObject for Cover {
    type Envelope = AABB<Point>;

    fn envelope(&self) -> Self::Envelope {
        let (reach, ends) = (self.reach, |axis: usize| (self.from[axis], self.to[axis]));
        let [low, high]: [fn((f64, f64)) -> f64; 2] = [|(a, b)| a.min(b), |(a, b)| a.max(b)];
        AABB::from_corners([0, 1].map(|axis| low(ends(axis)) - reach), [0, 1].map(|axis| high(ends(axis)) + reach))
    }
}

impl Cover {
    /// Whether a point lies in it for certain.
    fn holds(&self, [x, y]: Point) -> bool {
        let (dx, dy) = (x - self.from[0], y - self.from[1]);
        let (along_x, along_y) = (self.to[0] - self.from[0], self.to[1] - self.from[1]);
        let squared = along_x * along_x + along_y * along_y;
        // How far along the way the point is nearest to it.
        let part = if squared > 0.0 { ((dx * along_x + dy * along_y) / squared).clamp(0.0, 1.0) } else { 0.0 };
        let (dx, dy) = (dx - part * along_x, dy - part * along_y);
        dx * dx + dy * dy <= self.reach * self.reach
    }
}

impl Disc {
    /// Between which radii its ring lies in the plane.
    fn round(&self, scale: &ScaleField) -> Round {
        let (step, _) = step(self.radius);
        let outer = tip_reach(outward(self.radius, step)).0 * scale.at(self.centre) * (1.0 + 2e-5);
        Round { centre: self.centre, inner: self.cover_reach, outer }
    }

    /// The ring, counterclockwise and closed: chords, or tangents where another disc or a strip hides them.
    fn ring(&self, covers: &RTree<Cover>, scale: &ScaleField) -> Vec<Point> {
        let own = Cover { from: self.centre, to: self.centre, reach: self.cover_reach };
        let near: Vec<&Cover> = covers
            .locate_in_envelope_intersecting(&own.envelope())
            .filter(|other| other.from != self.centre || other.to != self.centre)
            .collect();
        let (step, fine) = step(self.radius);
        let outward = outward(self.radius, step);
        let at = |angle: f64, reach: Metres| {
            let (sin, cos) = angle.sin_cos();
            scale.reach(self.centre, reach, [cos, sin])
        };
        let coarse = TAU / COARSE_STEPS as f64;
        let tip_reach = tip_reach(outward);
        let mut ring = Vec::new();
        let mut from = at(0.0, outward);
        for index in 0..COARSE_STEPS {
            let to = at((index + 1) as f64 * coarse, outward);
            let tip = at((index as f64 + 0.5) * coarse, tip_reach);
            ring.push(from);
            if near.iter().any(|other| [from, tip, to].iter().all(|&corner| other.holds(corner))) {
                ring.push(tip);
            } else {
                ring.extend((index * fine + 1..(index + 1) * fine).map(|vertex| at(vertex as f64 * step, outward)));
            }
            from = to;
        }
        ring.push(ring[0]);
        ring
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;
    use crate::geometry::distance::{line_way, shortest_way};
    use crate::regions::Region;

    fn polygon(corners: usize, radius: f64) -> Vec<Point> {
        let corner = |index: usize| (index as f64 / corners as f64 * TAU).sin_cos();
        (0..=corners).map(|index| corner(index % corners)).map(|(sin, cos)| [cos * radius, sin * radius]).collect()
    }

    #[test]
    fn what_is_around_a_convex_area_ends_at_its_radius() {
        let (scale, radius) = (ScaleField::new(Plane::new(8).unwrap()), Metres(5000.0));
        for corners in [3, 4, 7] {
            let outline = polygon(corners, 2000.0);
            let mut inside = Shapes::default();
            inside.push_ring(&outline);
            inside.end_polygon();
            inside.end_shape();
            let region = Region::union_of(&[&around_convex(&outline, radius, &scale)]).index();
            for index in 0..3000 {
                let (sin, cos) = (f64::from(index) * 0.01).sin_cos();
                let far = 5000.0 + f64::from(index);
                let point = [cos * far, sin * far];
                let way = shortest_way(&inside.get(0), &[point]).unwrap();
                let over = scale.ground_distance(way.from, way.to).0 - radius.0;
                assert!(over.abs() <= MAX_ERROR.0 || region.contains(point) == (over < 0.0), "{corners} {over}");
            }
        }
    }

    #[test]
    fn what_is_near_a_line_ends_at_its_radius_wherever_arcs_are_hidden() {
        let (scale, radius) = (ScaleField::new(Plane::new(8).unwrap()), Metres(400.0));
        let lines: [&[Point]; 4] = [
            &[[0.0, 0.0], [150.0, 40.0], [300.0, 20.0]],
            &[[0.0, 0.0], [1500.0, 0.0]],
            &[[0.0, 0.0], [100.0, 0.0], [20.0, 30.0], [500.0, 900.0]],
            &[[0.0, 0.0], [120.0, 0.0], [0.0, 0.0]],
        ];
        for line in lines {
            let region = Region::union_of(&[&around([(line, radius)], &scale)]).index();
            for index in 0..20_000 {
                let (sin, cos) = (f64::from(index) * 0.01).sin_cos();
                let far = 100.0 + f64::from(index % 500);
                let from = line[index as usize % line.len()];
                let point = [from[0] + cos * far, from[1] + sin * far];
                let way = line_way(line, &[point]).unwrap();
                let over = scale.ground_distance(way.from, way.to).0 - radius.0;
                assert!(over.abs() <= MAX_ERROR.0 || region.contains(point) == (over < 0.0), "{line:?} {over}");
            }
        }
    }

    #[test]
    fn what_is_near_an_area_is_all_of_it_and_what_is_around_it() {
        let scale = ScaleField::new(Plane::new(8).unwrap());
        let polygon = geo::Rect::new((0.0, 0.0), (3000.0, 3000.0)).to_polygon();
        let station = Footprint::of(&polygon.into());
        let region = near([(&station, Metres(100.0))], &scale).index();
        for (point, is_near) in [([1500.0, 1500.0], true), ([3099.0, 1500.0], true), ([3101.0, 1500.0], false)] {
            assert_eq!(region.contains(point), is_near, "{point:?}");
        }
    }

    #[test]
    fn a_round_hull_costs_no_more_than_its_corners() {
        let scale = ScaleField::new(Plane::new(8).unwrap());
        let ring = around_convex(&polygon(1570, 1000.0), Metres(5000.0), &scale);
        assert!(ring.len() == 1 && ring.points().len() < 7000, "{}", ring.points().len());
    }
}
