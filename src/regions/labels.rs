//! Which of many sets does a place lie wholly in, wholly outside of, or on the boundary of? Asked of all of them at once.
//!
//! Square cells cover the parcels; each holds a label: for every set one bit that says whether a piece of its boundary passes the
//! cell, and one that says whether the cell lies in it otherwise. A parcel lies in one to four cells, whose labels settle most
//! sets without looking at any; what is not settled, the set itself answers, so that no answer hangs on the cells.
//!
//! Source of the idea: Kipf et al., Adaptive main-memory indexing for high-performance point-polygon joins, 2020; Georgiadis and
//! Mamoulis, Raster interval object approximations for spatial intersection joins, 2023.

use std::sync::Arc;

use rayon::prelude::*;

use super::RegionIndex;
use super::grid::Grid;
use crate::flat::{Flat, Later};
use crate::geometry::Bounds;

/// The most sets that a label tells of.
const SETS: usize = u64::BITS as usize;

/// The places of the cells of so many sets are worked out at a time.
const AT_A_TIME: usize = 8;

/// Sets of the plane with the labels of all cells.
#[derive(Debug)]
pub struct Labels {
    pub(super) sets: Vec<Arc<RegionIndex>>,
    pub(super) grid: Grid,
    /// Where the cells are.
    pub(super) around: Bounds,
    pub(super) cells: Later<Vec<Label>>,
}

/// What is known of a place, one bit a set, in the order of [`Labels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    inside: u64,
    boundary: u64,
}

impl Label {
    /// Nothing is known of any set.
    pub const OPEN: Self = Self { inside: 0, boundary: u64::MAX };

    /// Whether the place lies in the set of a bit; `None` where its boundary may pass.
    #[inline]
    #[must_use]
    pub fn holds(self, bit: u32) -> Option<bool> {
        (self.boundary >> bit & 1 == 0).then_some(self.inside >> bit & 1 == 1)
    }
}

impl Flat for Label {
    const BYTES: usize = <[u64; 2]>::BYTES;

    fn put(self, bytes: &mut Vec<u8>) {
        [self.inside, self.boundary].put(bytes);
    }

    #[inline]
    fn take(bytes: &[u8]) -> Self {
        let [inside, boundary] = <[u64; 2]>::take(bytes);
        Self { inside, boundary }
    }
}

impl Labels {
    /// Labels of sets within the box around the parcels. Of more sets than a label has bits the first are told of.
    #[must_use]
    pub fn new(mut sets: Vec<Arc<RegionIndex>>, around: Bounds) -> Self {
        sets.truncate(SETS);
        let grid = Grid::of_parcels(around);
        let around = if grid.len() == 0 { Bounds::EMPTY } else { around };
        let mut cells = vec![Label { inside: 0, boundary: 0 }; grid.len()];
        for (some, first) in sets.chunks(AT_A_TIME).zip((0_u32..).step_by(AT_A_TIME)) {
            let of_sets: Vec<Vec<Place>> = some.par_iter().map(|set| places(set, &grid)).collect();
            for (places, bit) in of_sets.iter().zip(first..) {
                for (label, place) in cells.iter_mut().zip(places) {
                    match place {
                        Place::Outside => {}
                        Place::Inside => label.inside |= 1 << bit,
                        Place::Boundary => label.boundary |= 1 << bit,
                    }
                }
            }
        }
        Self { sets, grid, around, cells: cells.into() }
    }

    /// The bit of a set; `None` of one that has none.
    #[must_use]
    pub fn bit(&self, set: &Arc<RegionIndex>) -> Option<u32> {
        (0_u32..).zip(&self.sets).find(|(_, one)| Arc::ptr_eq(one, set)).map(|(bit, _)| bit)
    }

    /// What is known of a box.
    #[must_use]
    pub fn of(&self, bounds: &Bounds) -> Label {
        if !self.around.holds(bounds) {
            return Label::OPEN;
        }
        let Some((columns, rows)) = self.grid.few_cells(bounds) else { return Label::OPEN };
        // Where no boundary passes any of the cells, all lie on one side, so that any of them says on which.
        let mut label = self.cells[self.grid.cell(columns.0, rows.0)];
        self.grid.between(columns, rows).for_each(|cell| label.boundary |= self.cells[cell].boundary);
        label
    }
}

/// Where a cell lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Inside,
    Boundary,
}

/// Where every cell lies. Along a row only a cell behind the boundary has to be asked for: the next ones lie as it does.
fn places(set: &RegionIndex, grid: &Grid) -> Vec<Place> {
    let mut places = vec![Place::Outside; grid.len()];
    set.passed_cells(grid).into_iter().for_each(|cell| places[cell] = Place::Boundary);
    places.par_chunks_mut(grid.columns().max(1)).enumerate().for_each(|(row, places)| {
        let mut before = Place::Boundary;
        for (column, place) in places.iter_mut().enumerate() {
            if *place != Place::Boundary {
                *place = match before {
                    Place::Boundary if set.contains(grid.centre(column, row)) => Place::Inside,
                    Place::Boundary => Place::Outside,
                    as_before => as_before,
                };
            }
            before = *place;
        }
    });
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;
    use crate::geometry::area::area;
    use crate::regions::{Region, Scratch};

    fn square([x, y]: [f64; 2], side: f64) -> Shapes {
        Shapes::from(Bounds { min: [x, y], max: [x + side, y + side] })
    }

    #[test]
    fn a_cell_without_a_boundary_lies_on_one_side() {
        let set = Arc::new(Region::union_of(&[&square([100.0; 2], 500.0)]).index());
        let labels = Labels::new(vec![Arc::clone(&set)], Bounds { min: [0.0; 2], max: [1000.0; 2] });
        let bit = labels.bit(&set).unwrap();
        let holds = |x: f64| labels.of(&Bounds { min: [x; 2], max: [x + 10.0; 2] }).holds(bit);
        assert_eq!([10.0, 95.0, 300.0, 590.0, 700.0].map(holds), [Some(false), None, Some(true), None, Some(false)]);
        assert_eq!(holds(995.0), None, "beyond the cells nothing is known");
    }

    proptest! {
        #[test]
        fn what_a_label_settles_the_set_says_too(
            squares in prop::collection::vec(((0.0..900.0_f64, 0.0..900.0_f64), 1.0..400.0_f64), 0..6),
            parcels in prop::collection::vec(((0.0..950.0_f64, 0.0..950.0_f64), 0.5..60.0_f64), 40),
            complement in any::<bool>(),
        ) {
            let drawn: Vec<Shapes> = squares.iter().map(|&((x, y), side)| square([x, y], side)).collect();
            let region = Region::union_of(&drawn.iter().collect::<Vec<_>>());
            let set = Arc::new(if complement { region.complement() } else { region }.index());
            let labels = Labels::new(vec![Arc::clone(&set)], Bounds { min: [0.0; 2], max: [1000.0; 2] });
            for ((x, y), side) in parcels {
                let parcel = square([x, y], side);
                let shape = parcel.get(0);
                if let Some(holds) = labels.of(&shape.bounds()).holds(0) {
                    let share = set.share(&shape, &shape.bounds(), area(&shape), &mut Scratch::default());
                    prop_assert_eq!(share, f64::from(u8::from(holds)));
                }
            }
        }
    }
}
