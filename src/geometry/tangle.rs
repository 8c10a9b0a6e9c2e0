//! How much work would it be to overlay a shape? Counted before it is done, and no further than a bound.
//!
//! An overlay compares the edges whose boxes meet and cuts each edge where another meets it. A ring of n corners in no order has n²/9
//! crossings, so that 400 kB of input become gigabytes; n long edges side by side cross nowhere and are compared n²/8 times. A
//! shape beyond the bound is not drawn anew: whoever asked takes it for one whose area nobody knows.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{RTree, RTreeObject};

use super::sweep::side;
use super::{Point, Shape};

/// So many cuts are made of any shape: an overlay of a fifth of a second and 30 MB, as measured with a ring of random corners.
pub const MOST_CUTS: usize = 20_000;

/// So many cuts a corner are made of larger ones. Roads of a city that cross at each corner, in one multipolygon, have two.
pub const CUTS_A_CORNER: usize = 4;

/// So many pairs of edges are compared of any shape: a quarter of a second.
pub const MOST_PAIRS: usize = 1 << 24;

/// So many pairs an edge are compared of larger ones. Coastlines have two or three.
pub const PAIRS_A_CORNER: usize = 64;

/// What an overlay may cost.
struct Allowed {
    cuts: usize,
    pairs: usize,
}

impl Allowed {
    fn of(corners: usize) -> Self {
        Self {
            cuts: MOST_CUTS.max(corners.saturating_mul(CUTS_A_CORNER)),
            pairs: MOST_PAIRS.max(corners.saturating_mul(PAIRS_A_CORNER)),
        }
    }

    /// Whether so few edges cannot come to more, wherever they lie: each may be cut at both ends of each other.
    fn holds_any(&self, edges: usize) -> bool {
        edges.saturating_mul(edges) <= self.cuts
    }
}

/// Whether to overlay the shape would be more work than is done for one shape.
#[must_use]
pub fn is_beyond(shape: &Shape<'_>) -> bool {
    let corners = corners(shape);
    let allowed = Allowed::of(corners);
    if allowed.holds_any(corners) {
        return false;
    }
    let edges: Vec<[Point; 2]> =
        shape.rings().flat_map(|ring| ring.windows(2)).map(|pair| [pair[0], pair[1]]).filter(|[a, b]| a != b).collect();
    let boxed = |(index, &[a, b]): (u32, &[Point; 2])| GeomWithData::new(Rectangle::from_corners(a, b), index);
    let tree = RTree::bulk_load((0_u32..).zip(&edges).map(boxed).collect());
    let (mut pairs, mut cuts) = (0_usize, 0_usize);
    for (index, edge) in (0_u32..).zip(&edges) {
        let bounds = Rectangle::from_corners(edge[0], edge[1]);
        for other in tree.locate_in_envelope_intersecting(&bounds.envelope()).filter(|other| other.data > index) {
            pairs += 1;
            cuts += cuts_of(edge, &edges[other.data as usize]);
            if pairs > allowed.pairs || cuts > allowed.cuts {
                return true;
            }
        }
    }
    false
}

/// How many cuts and how many pairs of edges are worked out of a shape of so many corners.
#[must_use]
pub fn allowed(corners: usize) -> (usize, usize) {
    let allowed = Allowed::of(corners);
    (allowed.cuts, allowed.pairs)
}

/// The same of a shape whose rings are known not to cross: of those alone that have so many corners that they may be.
#[must_use]
pub fn is_beyond_though_valid(shape: &Shape<'_>) -> bool {
    let corners = shape.points().len();
    corners.saturating_mul(corners) / 2 > MOST_PAIRS && is_beyond(shape)
}

/// The corners of a shape, the last point of each ring being its first.
#[must_use]
pub fn corners(shape: &Shape<'_>) -> usize {
    shape.rings().map(|ring| ring.len().saturating_sub(1)).sum()
}

/// At how many places the two cut one another.
fn cuts_of(one: &[Point; 2], other: &[Point; 2]) -> usize {
    let sides = |[a, b]: &[Point; 2], other: &[Point; 2]| other.map(|point| side(*a, *b, point));
    let (others, own) = (sides(one, other), sides(other, one));
    let are_opposite = |[a, b]: [std::cmp::Ordering; 2]| a.is_ne() && a == b.reverse();
    if are_opposite(others) && are_opposite(own) {
        return 2;
    }
    // An end of the one on the other, but for its own ends.
    let on = |edge: &[Point; 2], points: &[Point; 2], sides: [std::cmp::Ordering; 2]| {
        let within = |point: &Point| (0..2).all(|axis| is_between(edge[0][axis], point[axis], edge[1][axis]));
        points.iter().zip(sides).filter(|(point, side)| side.is_eq() && !edge.contains(point) && within(point)).count()
    };
    on(one, other, others) + on(other, one, own)
}

fn is_between(a: f64, value: f64, b: f64) -> bool {
    (a.min(b)..=a.max(b)).contains(&value)
}
