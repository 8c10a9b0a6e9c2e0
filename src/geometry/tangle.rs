//! How much work would it be to overlay a shape? Counted before it is done, and no further than a bound.
//!
//! An overlay compares the edges whose boxes meet and cuts each edge where another meets it. A ring of n corners in no order has n²/9
//! crossings, so that 400 kB of input become gigabytes; n long edges side by side cross nowhere and are compared n²/8 times. A
//! shape beyond the bound is not drawn anew: whoever asked takes it for one whose area nobody knows.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{RTree, RTreeObject};

use super::sweep::side;
use super::{Bounds, Point, Shape};

/// So many cuts are made of any shape: those of a ring of 300 corners in no order, whose overlay was measured with 0.03 s and 12 MB.
pub const MOST_CUTS: usize = 20_000;

/// So many cuts a corner are made of larger ones. Roads of a city that cross at each corner, in one multipolygon, have two.
pub const CUTS_A_CORNER: usize = 4;

/// So many pairs of edges are compared of any shape: an overlay takes some 15 ns each, and what is a layer goes through dozens.
pub const MOST_PAIRS: usize = 1 << 22;

/// So many pairs an edge are compared of larger ones. Coastlines have two or three.
pub const PAIRS_A_CORNER: usize = 64;

/// What an overlay may cost.
#[derive(Debug, Clone, Copy)]
pub struct Allowed {
    /// Places at which an edge is cut by another, each edge by itself.
    pub cuts: usize,
    /// Pairs of edges whose boxes meet.
    pub pairs: usize,
}

impl Allowed {
    /// That of a shape of so many corners.
    #[must_use]
    pub fn of(corners: usize) -> Self {
        Self {
            cuts: MOST_CUTS.max(corners.saturating_mul(CUTS_A_CORNER)),
            pairs: MOST_PAIRS.max(corners.saturating_mul(PAIRS_A_CORNER)),
        }
    }
}

/// Whether to overlay the shape would be more work than is done for one shape.
#[must_use]
pub fn is_beyond(shape: &Shape<'_>) -> bool {
    let corners = corners(shape);
    exceeds(shape, corners, Allowed::of(corners))
}

fn exceeds(shape: &Shape<'_>, corners: usize, allowed: Allowed) -> bool {
    // Wherever so few edges lie, they cannot come to more: each may be cut at both ends of each other.
    if corners.saturating_mul(corners) <= allowed.cuts {
        return false;
    }
    // All pairs are counted before the first is compared.
    corners.saturating_mul(corners) / 2 > allowed.pairs && pairs(shape) > allowed.pairs
        || has_more_cuts(shape, allowed.cuts)
}

fn has_more_cuts(shape: &Shape<'_>, most: usize) -> bool {
    let edges: Vec<[Point; 2]> = edges(shape).collect();
    let boxed = |(index, &[a, b]): (u32, &[Point; 2])| GeomWithData::new(Rectangle::from_corners(a, b), index);
    let tree = RTree::bulk_load((0_u32..).zip(&edges).map(boxed).collect());
    let mut cuts = 0;
    (0_u32..).zip(&edges).any(|(index, edge)| {
        let bounds = Rectangle::from_corners(edge[0], edge[1]);
        let meeting = tree.locate_in_envelope_intersecting(&bounds.envelope()).filter(|other| other.data > index);
        cuts += meeting.map(|other| cuts_of(edge, &edges[other.data as usize])).sum::<usize>();
        cuts > most
    })
}

/// Whether a shape whose rings are known not to cross has more pairs of edges than are worked out.
#[must_use]
pub fn is_beyond_though_valid(shape: &Shape<'_>) -> bool {
    let corners = corners(shape);
    let most = Allowed::of(corners).pairs;
    corners.saturating_mul(corners) / 2 > most && pairs(shape) > most
}

/// The corners of a shape, the last point of each ring being its first.
#[must_use]
pub fn corners(shape: &Shape<'_>) -> usize {
    shape.rings().map(|ring| ring.len().saturating_sub(1)).sum()
}

/// How many pairs of edges have boxes that meet: counted in n log n steps, however many there are.
///
/// From left to right, of the boxes that stand over a place those are counted that do not end below it or begin above it.
#[must_use]
pub fn pairs(shape: &Shape<'_>) -> usize {
    let boxes: Vec<Bounds> = edges(shape).map(|ends| Bounds::of(&ends)).collect();
    let sorted = |end: fn(&Bounds) -> f64| {
        let mut all: Vec<f64> = boxes.iter().map(end).collect();
        all.sort_unstable_by(f64::total_cmp);
        all
    };
    let (bottoms, tops) = (sorted(|bounds| bounds.min[1]), sorted(|bounds| bounds.max[1]));
    let by = |axis: fn(&Bounds) -> f64| {
        let mut order: Vec<u32> = (0..boxes.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| axis(&boxes[a as usize]).total_cmp(&axis(&boxes[b as usize])));
        order
    };
    let (beginning, ending) = (by(|bounds| bounds.min[0]), by(|bounds| bounds.max[0]));
    let (mut begun, mut ended) = (Counts::new(boxes.len()), Counts::new(boxes.len()));
    let (mut over, mut pairs) = (0_usize, 0_usize);
    let mut ending = ending.into_iter().peekable();
    for index in beginning {
        let bounds = &boxes[index as usize];
        while let Some(past) = ending.next_if(|&past| boxes[past as usize].max[0] < bounds.min[0]) {
            let past = &boxes[past as usize];
            begun.add(rank(&bottoms, past.min[1]), -1);
            ended.add(rank(&tops, past.max[1]), -1);
            over -= 1;
        }
        let above = over - begun.before(bottoms.partition_point(|&bottom| bottom <= bounds.max[1]));
        let below = ended.before(rank(&tops, bounds.min[1]));
        pairs += over - above - below;
        begun.add(rank(&bottoms, bounds.min[1]), 1);
        ended.add(rank(&tops, bounds.max[1]), 1);
        over += 1;
    }
    pairs
}

/// How many of the sorted values are less.
fn rank(sorted: &[f64], value: f64) -> usize {
    sorted.partition_point(|&other| other < value)
}

/// Counts at places, and their sums from the first one on.
///
/// Source: Fenwick, A New Data Structure for Cumulative Frequency Tables, 1994.
struct Counts(Vec<i32>);

impl Counts {
    fn new(places: usize) -> Self {
        Self(vec![0; places + 1])
    }

    fn add(&mut self, place: usize, count: i32) {
        let mut at = place + 1;
        while at < self.0.len() {
            self.0[at] += count;
            at += at & at.wrapping_neg();
        }
    }

    /// The sum of the counts before a place.
    fn before(&self, place: usize) -> usize {
        let (mut at, mut sum) = (place, 0);
        while at > 0 {
            sum += self.0[at];
            at &= at - 1;
        }
        sum.unsigned_abs() as usize
    }
}

/// The edges of all rings, without those of no length.
fn edges<'a>(shape: &Shape<'a>) -> impl Iterator<Item = [Point; 2]> + use<'a> {
    let rings: Vec<&'a [Point]> = shape.rings().collect();
    rings.into_iter().flat_map(|ring| ring.windows(2)).map(|pair| [pair[0], pair[1]]).filter(|[a, b]| a != b)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;
    use crate::geometry::repair::repaired;

    fn shape(points: impl Iterator<Item = Point>) -> Shapes {
        let mut shapes = Shapes::default();
        let ring: Vec<Point> = points.collect();
        shapes.push_ring(&ring);
        shapes.end_polygon();
        shapes.end_shape();
        shapes
    }

    fn in_no_order(corners: usize) -> Shapes {
        let mut random = fastrand::Rng::with_seed(1);
        let points: Vec<Point> = (0..corners).map(|_| [random.f64() * 1000.0, random.f64() * 1000.0]).collect();
        shape(points.iter().copied().chain([points[0]]))
    }

    /// A comb whose teeth lie slantwise, each in the boxes of many others.
    fn comb(teeth: u32) -> Shapes {
        let tooth = |index: u32| [[f64::from(index), 0.0], [f64::from(index) + 1e5 + 0.5, 1e5]];
        let back = [[f64::from(teeth), -1.0], [0.0, -1.0], [0.0, 0.0]];
        shape((0..teeth).flat_map(tooth).chain(back))
    }

    #[test]
    fn a_ring_in_no_order_is_drawn_up_to_the_bound_and_told_beyond() {
        let flaws = |corners| repaired(in_no_order(corners)).flaws[&0];
        assert!(flaws(200).crossing && flaws(200).beyond.is_none());
        assert_eq!(flaws(600).beyond, Some(600));
    }

    #[test]
    fn many_crossings_are_drawn_where_corners_are_as_many() {
        // Ten thousand bow ties in a row: a crossing for every two corners.
        let tie = |index: u32| [[f64::from(index), 0.0], [f64::from(index) + 0.5, 1.0]];
        let there = (0..10_000).flat_map(tie);
        let back = (0..10_000).rev().flat_map(|index| [[f64::from(index) + 0.6, 0.0], [f64::from(index) + 0.2, 1.0]]);
        let ring: Vec<Point> = there.chain(back).collect();
        let ties = shape(ring.iter().copied().chain([ring[0]]));
        assert!(!is_beyond(&ties.get(0)));
    }

    #[test]
    fn edges_side_by_side_are_counted_though_they_do_not_cross() {
        let comb = comb(1000);
        let shape = comb.get(0);
        let corners = corners(&shape);
        assert!(pairs(&shape) > 1_000_000, "{}", pairs(&shape));
        assert!(exceeds(&shape, corners, Allowed { cuts: 100, pairs: 1_000_000 }));
        assert!(!exceeds(&shape, corners, Allowed { cuts: 100, pairs: 4_000_000 }), "no edge is cut");
        assert!(repaired(comb.clone()).flaws.values().all(|flaws| !flaws.crossing && flaws.beyond.is_none()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn pairs_are_those_whose_boxes_meet(points in prop::collection::vec([0..9_i8, 0..9_i8], 3..30)) {
            let shapes = shape(points.iter().map(|point| point.map(f64::from)));
            let boxes: Vec<Bounds> = edges(&shapes.get(0)).map(|ends| Bounds::of(&ends)).collect();
            let later = |index: usize| boxes[index + 1..].iter().filter(|other| other.meets(&boxes[index])).count();
            prop_assert_eq!(pairs(&shapes.get(0)), (0..boxes.len()).map(later).sum::<usize>());
        }
    }
}
