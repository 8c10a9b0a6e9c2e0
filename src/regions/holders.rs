//! Which of many areas side by side holds a place wholly? Asked of all of them at once.
//!
//! As with [`super::Labels`], square cells tell what most parcels need to know: most lie in a cell that no border passes.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::RegionIndex;
use super::grid::Grid;
use crate::flat::Flat;
use crate::geometry::Bounds;

/// The holders of cells.
#[derive(Debug, Serialize, Deserialize)]
pub struct Holders {
    grid: Grid,
    around: Bounds,
    #[serde(with = "crate::flat")]
    cells: Vec<Holder>,
}

/// Who holds a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// None of the areas.
    Nobody,
    /// One, wholly.
    One(u32),
    /// A border passes, or areas lie one over the other.
    Several,
}

impl Flat for Holder {
    const BYTES: usize = u64::BYTES;

    fn put(self, bytes: &mut Vec<u8>) {
        let code = match self {
            Self::Nobody => 0,
            Self::Several => 1,
            Self::One(index) => u64::from(index) + 2,
        };
        code.put(bytes);
    }

    #[inline]
    fn take(bytes: &[u8]) -> Self {
        match u64::take(bytes) {
            0 => Self::Nobody,
            code => u32::try_from(code - 1).map_or(Self::Several, |index| match index.checked_sub(1) {
                Some(index) => Self::One(index),
                None => Self::Several,
            }),
        }
    }
}

impl Holders {
    /// The holders of the cells of a box, of areas with their boxes.
    #[must_use]
    pub fn new(areas: &[(RegionIndex, Bounds)], around: Bounds) -> Self {
        let grid = Grid::of_parcels(around);
        let around = if grid.len() == 0 { Bounds::EMPTY } else { around };
        let near: Vec<usize> = (0..areas.len()).filter(|&index| areas[index].1.meets(&around)).collect();
        let found: Vec<(Vec<usize>, Vec<usize>)> = near
            .par_iter()
            .map(|&index| {
                let (area, bounds) = &areas[index];
                (area.passed_cells(&grid), held(area, bounds, &grid))
            })
            .collect();
        let mut cells = vec![Holder::Nobody; grid.len()];
        for (&index, (passed, held)) in near.iter().zip(&found) {
            for &cell in held {
                let one = u32::try_from(index).map_or(Holder::Several, Holder::One);
                cells[cell] = if cells[cell] == Holder::Nobody { one } else { Holder::Several };
            }
            for &cell in passed {
                cells[cell] = Holder::Several;
            }
        }
        Self { grid, around, cells }
    }

    /// Who holds a box: nobody, or one area wholly; the outer `None` where neither can be told.
    #[must_use]
    pub fn of(&self, bounds: &Bounds) -> Option<Option<u32>> {
        if !self.around.holds(bounds) {
            return None;
        }
        let (columns, rows) = self.grid.few_cells(bounds)?;
        let first = self.cells[self.grid.cell(columns.0, rows.0)];
        let mut cells = self.grid.between(columns, rows);
        match first {
            Holder::Several => None,
            _ if !cells.all(|cell| self.cells[cell] == first) => None,
            Holder::Nobody => Some(None),
            Holder::One(index) => Some(Some(index)),
        }
    }
}

/// The cells whose middle lies in an area.
fn held(area: &RegionIndex, bounds: &Bounds, grid: &Grid) -> Vec<usize> {
    let Some((columns, rows)) = grid.cells(bounds) else { return Vec::new() };
    let mut held = Vec::new();
    for row in rows.0..=rows.1 {
        for column in columns.0..=columns.1 {
            if area.contains(grid.centre(column, row)) {
                held.push(grid.cell(column, row));
            }
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;
    use crate::geometry::area::area;
    use crate::regions::{Region, Scratch};

    fn square([x, y]: [f64; 2], side: f64) -> (Shapes, Bounds) {
        let bounds = Bounds { min: [x, y], max: [x + side, y + side] };
        (Shapes::from(bounds), bounds)
    }

    proptest! {
        /// Areas of a board, some of them over others, and places outside all.
        #[test]
        fn what_a_cell_tells_the_areas_say_too(
            areas in prop::collection::vec((0_u8..6, 0_u8..6, 1_u8..3), 0..8),
            parcels in prop::collection::vec(((0.0..950.0_f64, 0.0..950.0_f64), 0.5..60.0_f64), 40),
        ) {
            let area_of = |&(x, y, side): &(u8, u8, u8)| {
                let (shapes, bounds) =
                    square([f64::from(x) * 150.0, f64::from(y) * 150.0], f64::from(side) * 150.0);
                (Region::union_of(&[&shapes]).index(), bounds)
            };
            let areas: Vec<(RegionIndex, Bounds)> = areas.iter().map(area_of).collect();
            let holders = Holders::new(&areas, Bounds { min: [0.0; 2], max: [1000.0; 2] });
            for ((x, y), side) in parcels {
                let (parcel, bounds) = square([x, y], side);
                let Some(holder) = holders.of(&bounds) else { continue };
                for ((region, _), index) in areas.iter().zip(0_u32..) {
                    let shape = parcel.get(0);
                    let share = region.share(&shape, &bounds, area(&shape), &mut Scratch::default());
                    prop_assert_eq!(share, f64::from(u8::from(holder == Some(index))));
                }
            }
        }
    }
}
