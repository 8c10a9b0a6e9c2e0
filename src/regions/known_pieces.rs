//! By what does a piece of the plane differ from pieces that were there before?
//!
//! Whatever is a sum over a piece's edges, as an area in a set is, is that of the pieces before, and of the rings by which their
//! outlines differ from its own: where a city is asked for one number after the other, these are narrow strips.

use super::Region;
use super::edge::Edge;
use super::edges::{EdgeTable, edges_of, rings};
use crate::geometry::{Shape, Shapes};

/// The pieces of a region, ready to be compared with.
#[derive(Debug)]
pub struct KnownPieces {
    region: Region,
    edges: EdgeTable,
    /// For each piece, where its edges end.
    ends: Vec<usize>,
}

/// What a piece is made of.
#[derive(Debug)]
pub struct MadeOf {
    /// Pieces that were there before, by their places.
    pub pieces: Vec<usize>,
    /// One shape: what the piece has beside them, and turned round what they have beside it. Rings may run back and forth.
    pub beside: Shapes,
}

impl KnownPieces {
    /// The pieces of a region; none of one without bound.
    #[must_use]
    pub fn new(region: &Region) -> Self {
        let mut edges: Vec<Edge> = Vec::new();
        let mut ends = Vec::new();
        for piece in region.pieces().into_iter().flat_map(Shapes::iter) {
            edges.extend(edges_of(&piece));
            ends.push(edges.len());
        }
        Self { region: region.clone(), edges: EdgeTable::new(edges), ends }
    }

    /// What a piece is made of: pieces of which it has half of the edges, and rings. `None` where it has hardly anything of any.
    #[must_use]
    pub fn compare(&self, piece: &Shape<'_>) -> Option<MadeOf> {
        let pieces = self.region.pieces()?;
        let edges: Vec<Edge> = edges_of(piece).collect();
        let mut common = vec![0; self.ends.len()];
        for edge in &edges {
            if let Some(place) = self.edges.same(edge).next() {
                common[self.ends.partition_point(|&end| end <= place)] += 1;
            }
        }
        let count = |index: usize| self.ends[index] - index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let made_of: Vec<usize> = (0..common.len()).filter(|&index| 2 * common[index] > count(index)).collect();
        if made_of.is_empty() {
            return None;
        }
        let before = made_of.iter().flat_map(|&index| edges_of(&pieces.get(index)).collect::<Vec<_>>()).collect();
        let (less, more) = EdgeTable::new(before).unpaired(edges);
        let turned = less.into_iter().map(|Edge { a, b }| Edge { a: b, b: a });
        Some(MadeOf { beside: rings(turned.chain(more).collect())?, pieces: made_of })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Bounds;
    use crate::regions::Scratch;

    type Squares = Vec<((u32, u32), u32)>;

    fn squares(count: usize) -> impl Strategy<Value = Squares> {
        prop::collection::vec(((0..900_u32, 0..900_u32), 1..300_u32), 1..count)
    }

    fn region(squares: &Squares) -> Region {
        let square = |&((x, y), side): &((u32, u32), u32)| {
            let [x, y, side] = [x, y, side].map(f64::from);
            Shapes::from(Bounds { min: [x, y], max: [x + side, y + side] })
        };
        let drawn: Vec<Shapes> = squares.iter().map(square).collect();
        Region::union_of(&drawn.iter().collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn an_area_in_a_set_is_that_of_the_pieces_before_and_of_the_rings(
            (common, before, after, land) in (squares(8), squares(4), squares(4), squares(12)),
        ) {
            let with = |more: &Squares| region(&common.iter().chain(more).copied().collect());
            let (before, after, land) = (with(&before), with(&after), region(&land).index());
            let area = |shape: &Shape<'_>| land.area_of(shape, &mut Scratch::default());
            let known = KnownPieces::new(&before);
            let pieces = before.pieces().unwrap();
            for piece in after.pieces().unwrap().iter() {
                if let Some(MadeOf { pieces: made_of, beside }) = known.compare(&piece) {
                    let sum: f64 = made_of.iter().map(|&index| area(&pieces.get(index))).sum();
                    let whole = area(&piece);
                    prop_assert!((sum + area(&beside.get(0)) - whole).abs() < 1e-6 * whole.max(1.0), "{} {}", sum, whole);
                }
            }
        }
    }

    #[test]
    fn a_piece_that_was_there_is_made_of_it_alone_and_one_far_off_of_nothing() {
        let two = region(&vec![((0, 0), 10), ((500, 0), 20)]);
        let known = KnownPieces::new(&two);
        let MadeOf { pieces, beside } = known.compare(&two.pieces().unwrap().get(1)).unwrap();
        assert!(pieces == [1] && beside.points().is_empty());
        assert!(known.compare(&region(&vec![((100, 100), 10)]).pieces().unwrap().get(0)).is_none());
    }
}
