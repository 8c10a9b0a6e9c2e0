//! Where does a set lie otherwise than another one? Only there a parcel's share in it can be another.
//!
//! The share of a shape in a set is a sum over the edges of the set's boundary. Edges that two sets have in common drop out of the
//! difference of both sums; what is left are the edges of the one and, turned round, those of the other. An index of these tells
//! by how much the shares differ, and of most parcels that they do not, at the cost of the difference and not of the set.

use std::collections::BTreeMap;

use super::edge::Edge;
use super::edges::{EdgeTable, edges_of};
use super::{Region, RegionIndex, Scratch, rounded};
use crate::geometry::{Bounds, Point, Shape};

/// What a set has that another does not, and the other way round.
#[derive(Debug)]
pub struct Shift {
    /// Where points lie in the new set alone, the winding number is 1; where they lie in the old one alone, −1.
    difference: RegionIndex,
    /// A box around the difference; `None` where it has no bound.
    around: Option<Bounds>,
}

impl Shift {
    /// From one set to another; `None` between sets that are the same.
    #[must_use]
    pub fn between(old: &Region, new: &Region) -> Option<Self> {
        if old == new {
            return None;
        }
        let (old_edges, new_edges) = edges_of_changed_pieces(old, new);
        let (old_edges, new_edges) = EdgeTable::new(old_edges).unpaired(new_edges);
        let turned = old_edges.into_iter().map(|Edge { a, b }| Edge { a: b, b: a });
        let edges = without_pairs(turned.chain(new_edges).collect());
        let outside = i16::from(new.complement) - i16::from(old.complement);
        let around =
            (outside == 0).then(|| edges.iter().fold(Bounds::EMPTY, |around, edge| around.union(edge.bounds())));
        Some(Self { difference: RegionIndex::of_edges(edges, outside), around })
    }

    /// Whether the share of something in the box may be another.
    #[must_use]
    pub fn touches(&self, bounds: &Bounds) -> bool {
        self.around.is_none_or(|around| around.meets(bounds)) && self.difference.is_at(bounds)
    }

    /// The share of `parcel` in the new set; `old` is the index of the other one, the rest as [`RegionIndex::share`] asks.
    #[must_use]
    pub fn share(
        &self,
        old: &RegionIndex,
        parcel: &Shape<'_>,
        bounds: &Bounds,
        parcel_area: f64,
        scratch: &mut Scratch,
    ) -> f64 {
        let mut of = |index: &RegionIndex| index.unrounded_share(parcel, bounds, parcel_area, scratch);
        rounded(of(old) + of(&self.difference))
    }
}

/// The edges of the pieces that only one of two sets has, each with its set to the left.
fn edges_of_changed_pieces(old: &Region, new: &Region) -> (Vec<Edge>, Vec<Edge>) {
    let is_comparable = old.complement == new.complement;
    let without = |of: &Region, other: &Region| {
        let mut others: BTreeMap<[u64; 3], Vec<Shape<'_>>> = BTreeMap::new();
        for piece in other.area.iter().filter(|_| is_comparable) {
            others.entry(name(&piece)).or_default().push(piece);
        }
        let is_kept = |piece: &Shape<'_>| {
            others.get(&name(piece)).is_some_and(|same| same.iter().any(|other| other.points() == piece.points()))
        };
        let mut edges = Vec::new();
        for piece in of.area.iter().filter(|piece| !is_kept(piece)) {
            edges.extend(
                edges_of(&piece).map(|Edge { a, b }| if of.complement { Edge { a: b, b: a } } else { Edge { a, b } }),
            );
        }
        edges
    };
    (without(old, new), without(new, old))
}

/// By what pieces are looked up: few have it in common.
fn name(piece: &Shape<'_>) -> [u64; 3] {
    let points = piece.points();
    let [x, y] = points.first().copied().unwrap_or_default();
    [x.to_bits(), y.to_bits(), points.len() as u64]
}

/// The edges without those that run to and fro.
fn without_pairs(mut edges: Vec<Edge>) -> Vec<Edge> {
    let bits = |[x, y]: Point| [x.to_bits(), y.to_bits()];
    // Both directions of an edge stand together, in order of their ends.
    let ends = |edge: &Edge| {
        let (a, b) = (bits(edge.a), bits(edge.b));
        (a.min(b), a.max(b))
    };
    edges.sort_unstable_by_key(ends);
    let mut rest = Vec::with_capacity(edges.len());
    for same in edges.chunk_by(|one, other| ends(one) == ends(other)) {
        let is_forth = |edge: &&Edge| bits(edge.a) <= bits(edge.b);
        let forth = same.iter().filter(is_forth).count();
        let back = same.len() - forth;
        rest.extend(same.iter().filter(is_forth).skip(back));
        rest.extend(same.iter().filter(|edge| !is_forth(edge)).skip(forth));
    }
    rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;
    use crate::geometry::area::area;

    type Squares = Vec<((f64, f64), f64)>;

    fn square([x, y]: [f64; 2], side: f64) -> Shapes {
        Shapes::from(Bounds { min: [x, y], max: [x + side, y + side] })
    }

    fn squares(count: usize) -> impl Strategy<Value = Squares> {
        prop::collection::vec(((0.0..900.0_f64, 0.0..900.0_f64), 1.0..400.0_f64), 0..count)
    }

    #[test]
    fn sets_that_are_the_same_have_no_difference() {
        let region = Region::union_of(&[&square([0.0; 2], 10.0)]);
        assert!(Shift::between(&region, &region.clone()).is_none());
    }

    proptest! {
        #[test]
        fn the_share_in_a_new_set_is_that_in_the_old_one_and_the_difference(
            (common, before, after) in (squares(5), squares(3), squares(3)),
            (was_complement, is_complement) in any::<(bool, bool)>(),
            parcels in prop::collection::vec(((-20.0..950.0_f64, -20.0..950.0_f64), 0.5..60.0_f64), 40),
        ) {
            let region = |more: &Squares, complement: bool| {
                let drawn: Vec<Shapes> =
                    common.iter().chain(more).map(|&((x, y), side)| square([x, y], side)).collect();
                let region = Region::union_of(&drawn.iter().collect::<Vec<_>>());
                if complement { region.complement() } else { region }
            };
            let (old, new) = (region(&before, was_complement), region(&after, is_complement));
            let (of_old, of_new, shift) = (old.index(), new.index(), Shift::between(&old, &new));
            let mut scratch = Scratch::default();
            for ((x, y), side) in parcels {
                let parcel = square([x, y], side);
                let (shape, bounds) = (parcel.get(0), parcel.bounds());
                let whole = area(&shape);
                let (was, is) = (
                    of_old.share(&shape, &bounds, whole, &mut scratch),
                    of_new.share(&shape, &bounds, whole, &mut scratch),
                );
                match shift.as_ref().filter(|shift| shift.touches(&bounds)) {
                    Some(shift) => {
                        let moved = shift.share(&of_old, &shape, &bounds, whole, &mut scratch);
                        prop_assert!((moved - is).abs() < 1e-9, "{} {}", moved, is);
                    }
                    None => prop_assert!((was - is).abs() < 1e-9, "{} {}", was, is),
                }
            }
        }
    }
}
