//! What lies within a distance of a point or a line: true circles, and the two sides of each segment.
//!
//! # Error
//! A circle becomes a ring of chords whose vertices stand as far outside the true circle as the chords' middles
//! lie inside it: never more than [`MAX_ERROR`]. The radius is taken along the ground in each direction (see
//! [`ScaleField::reach`]), so the ring is a circle on the ellipsoid, not on the plane.
//!
//! # Cost
//! Where many circles overlap, most of each lies deep inside the others. There a ring is drawn with few
//! vertices, but only where an *earlier* circle of the list covers the whole piece between the chord and the
//! circle. Each hidden piece is thus kept by an earlier ring, or by a still earlier one, and the union of the
//! rings stays what it was.

use std::f64::consts::TAU;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::crs::ScaleField;
use crate::geometry::{Point, Shapes};
use crate::units::Metres;

/// The most that a ring departs from the true circle, printed with every run.
pub const MAX_ERROR: Metres = Metres(0.001);

/// A full turn has at least so many steps, hidden or not.
const COARSE_STEPS: usize = 48;

/// All points within `radius` on the ground of at least one of `sites`: overlapping rings, to be united
/// by [`super::Region::union_of`].
#[must_use]
pub fn around<'a>(sites: impl IntoIterator<Item = (&'a [Point], Metres)>, scale: &ScaleField) -> Shapes {
    let mut discs: Vec<Disc> = Vec::new();
    let mut shapes = Shapes::default();
    for (line, radius) in sites {
        discs.extend(line.iter().map(|&centre| Disc { centre, radius }));
        for pair in line.windows(2).filter(|pair| pair[0] != pair[1]) {
            shapes.push_ring(&strip(pair[0], pair[1], radius, scale));
            shapes.end_polygon();
            shapes.end_shape();
        }
    }
    // The same place given twice is one disc: a copy would hide itself.
    discs.sort_by(|a, b| {
        b.radius
            .0
            .total_cmp(&a.radius.0)
            .then(a.centre[0].total_cmp(&b.centre[0]))
            .then(a.centre[1].total_cmp(&b.centre[1]))
    });
    discs.dedup_by(|a, b| a.centre == b.centre);
    let tree = RTree::bulk_load(
        discs.iter().enumerate().map(|(place, disc)| GeomWithData::new(disc.envelope(), place)).collect(),
    );
    for place in 0..discs.len() {
        let ring = discs[place].ring(&earlier(&tree, &discs, place, scale), scale);
        shapes.push_ring(&ring);
        shapes.end_polygon();
        shapes.end_shape();
    }
    shapes
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
}

impl Disc {
    fn envelope(&self) -> Rectangle<Point> {
        // Half a per cent is far more than any plane stretches.
        let reach = self.radius.0 * 1.005;
        Rectangle::from_corners(self.centre.map(|v| v - reach), self.centre.map(|v| v + reach))
    }

    /// The angle between two vertices of a full ring.
    fn step(&self) -> f64 {
        // A chord over the angle `s` lies r(1 - cos(s/2)) inside the circle through its ends; with the ends
        // moved out by half of that, both errors are half.
        let cos = 1.0 - 2.0 * MAX_ERROR.0 / self.radius.0.max(4.0 * MAX_ERROR.0);
        let steps = (TAU / (2.0 * cos.acos())).ceil().max(COARSE_STEPS as f64);
        // A multiple of the coarse steps, so that every coarse step is a whole number of fine ones.
        TAU / ((steps / COARSE_STEPS as f64).ceil() * COARSE_STEPS as f64)
    }

    /// The ring of chords, counterclockwise and closed, with fine steps wherever `cover` does not hide it.
    fn ring(&self, cover: &[Cover], scale: &ScaleField) -> Vec<Point> {
        let step = self.step();
        let fine = (TAU / COARSE_STEPS as f64 / step).round() as usize;
        let outward = self.radius * (2.0 / (1.0 + (step / 2.0).cos()));
        let vertex = |place: usize| {
            let (sin, cos) = (place as f64 * step).sin_cos();
            scale.reach(self.centre, outward, [cos, sin])
        };
        let mut ring = Vec::new();
        for coarse in 0..COARSE_STEPS {
            let (from, to) = (coarse * fine, (coarse + 1) * fine);
            ring.push(vertex(from));
            if !self.hidden(from as f64 * step, to as f64 * step, cover) {
                ring.extend((from + 1..to).map(vertex));
            }
        }
        ring.push(ring[0]);
        ring
    }

    /// Whether one disc of `cover` holds the whole piece between the chord and the circle: the piece lies in the
    /// triangle of the chord and the two tangents, and a disc that holds a triangle's corners holds the triangle.
    fn hidden(&self, from: f64, to: f64, cover: &[Cover]) -> bool {
        let reach = self.radius.0 * 1.001;
        let at = |angle: f64, reach: f64| {
            let (sin, cos) = angle.sin_cos();
            [self.centre[0] + reach * cos, self.centre[1] + reach * sin]
        };
        let tip = at(f64::midpoint(from, to), reach / ((to - from) / 2.0).cos());
        let corners = [at(from, reach), tip, at(to, reach)];
        cover.iter().any(|disc| corners.iter().all(|corner| disc.holds(*corner)))
    }
}

/// A disc of the plane that lies inside a [`Disc`] and inside the ring drawn for it.
struct Cover {
    centre: Point,
    reach_squared: f64,
}

impl Cover {
    fn holds(&self, [x, y]: Point) -> bool {
        let (dx, dy) = (x - self.centre[0], y - self.centre[1]);
        dx * dx + dy * dy <= self.reach_squared
    }
}

/// The discs before `place` that could cover some of its circle.
fn earlier(
    tree: &RTree<GeomWithData<Rectangle<Point>, usize>>,
    discs: &[Disc],
    place: usize,
    scale: &ScaleField,
) -> Vec<Cover> {
    let box_around = discs[place].envelope();
    let mut places: Vec<usize> = tree
        .locate_in_envelope_intersecting(&AABB::from_corners(box_around.lower(), box_around.upper()))
        .map(|found| found.data)
        .filter(|&other| other < place)
        .collect();
    places.sort_unstable();
    places
        .into_iter()
        .map(|other| {
            let Disc { centre, radius } = discs[other];
            // A hair under the smallest reach in any direction.
            let reach = (radius.0 - 2.0 * MAX_ERROR.0) * scale.at(centre) * (1.0 - 2e-5);
            Cover { centre, reach_squared: reach * reach }
        })
        .collect()
}
