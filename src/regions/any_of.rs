//! Which part of a set lies in any of several others, without uniting those? Where each of them is large and they lie on one another, as
//! what is within kilometres of zones does, one of them holds most pieces whole.

use std::cell::OnceCell;

use super::{Region, RegionIndex};
use crate::geometry::Bounds;

impl Region {
    /// The points of this set that lie in at least one of the others: the same as with their union, of which only as much is made
    /// as has an edge near a piece that none of them holds.
    #[must_use]
    pub fn within_any(&self, others: &[&Self]) -> Self {
        let pieces: usize = others.iter().map(|other| other.area.len()).sum();
        if self.complement || others.iter().any(|other| other.complement) || self.area.len() < pieces {
            return self.intersection(&Self::union_of_regions(others));
        }
        let mut others = Others::new(others);
        let held: Vec<Option<bool>> = self.area.iter().map(|piece| others.hold(&piece.bounds())).collect();
        let passing: Vec<&Self> = others.all.iter().filter(|one| one.passes).map(|one| one.region).collect();
        self.within_where(&Self::union_of_regions(&passing), |place| held[place])
    }
}

/// Sets of which pieces are asked.
struct Others<'a> {
    all: Vec<Other<'a>>,
    /// The one that held the piece before: it may well hold the next.
    last: usize,
}

struct Other<'a> {
    region: &'a Region,
    bounds: Bounds,
    index: OnceCell<RegionIndex>,
    /// Whether its boundary comes near a piece that none of them holds.
    passes: bool,
}

impl<'a> Others<'a> {
    fn new(others: &[&'a Region]) -> Self {
        let one = |&region: &&'a Region| Other {
            region,
            bounds: region.area.bounds(),
            index: OnceCell::new(),
            passes: false,
        };
        Self { all: others.iter().map(one).collect(), last: 0 }
    }

    /// Whether any of them holds the box whole, or none any of it; `None` where that is open.
    fn hold(&mut self, piece: &Bounds) -> Option<bool> {
        let holds = |one: &Other<'_>| {
            if one.bounds.meets(piece) {
                one.index.get_or_init(|| one.region.index()).holds(piece)
            } else {
                Some(false)
            }
        };
        if self.all.get(self.last).is_some_and(|one| holds(one) == Some(true)) {
            return Some(true);
        }
        let mut passing = Vec::new();
        for (place, one) in self.all.iter().enumerate() {
            match holds(one) {
                Some(true) => {
                    self.last = place;
                    return Some(true);
                }
                Some(false) => {}
                None => passing.push(place),
            }
        }
        for &place in &passing {
            self.all[place].passes = true;
        }
        passing.is_empty().then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;

    type Squares = Vec<((u32, u32), u32)>;

    fn squares(most: u32, count: usize) -> impl Strategy<Value = Squares> {
        prop::collection::vec(((0..900_u32, 0..900_u32), 1..most), 1..count)
    }

    fn square(&((x, y), side): &((u32, u32), u32)) -> Shapes {
        let [x, y, side] = [x, y, side].map(f64::from);
        Shapes::from(Bounds { min: [x, y], max: [x + side, y + side] })
    }

    proptest! {
        #[test]
        fn it_is_the_part_in_their_union(small in squares(40, 60), large in squares(600, 6), complement in any::<bool>()) {
            let drawn: Vec<Shapes> = small.iter().map(square).collect();
            let small = Region::union_of(&drawn.iter().collect::<Vec<_>>());
            let mut large: Vec<Region> = large.iter().map(|one| Region::union_of(&[&square(one)])).collect();
            if complement {
                large[0] = large[0].clone().complement();
            }
            let large: Vec<&Region> = large.iter().collect();
            prop_assert_eq!(small.within_any(&large), small.intersection(&Region::union_of_regions(&large)));
        }
    }
}
