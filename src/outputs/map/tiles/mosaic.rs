//! Tiles for zooms at which parcels are too small to be drawn: square cells, each in the colours of one parcel in it.
//!
//! A cell shows the parcel under its middle; where there is none, the largest parcel whose own middle is in the cell. So
//! a tile has no more cells than [`CELLS`]² however many parcels are on it, and the part of the cells with one status is near the part of the land.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::layer::{Figure, LotLayer};
use super::{Lots, Zoom};
use crate::outputs::map::outlines::Step;

/// Cells along a side of a tile: 4 pixels each where a tile is drawn with 512.
const CELL_BITS: u32 = 7;
pub(super) const CELLS: i32 = 1 << CELL_BITS;

/// A cell with a parcel that it may show. The order puts the one first that it does show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// The cell, from the world's corner: southward, then eastward.
    cell: [i32; 2],
    /// Whether the parcel has its own middle in the cell but not the cell's middle in it.
    is_beside: bool,
    /// The size of the box around the parcel, the largest first.
    size: Reverse<i64>,
    lot: u32,
}

impl Candidate {
    fn tile(&self) -> [u32; 2] {
        let [y, x] = self.cell.map(|part| (part >> CELL_BITS) as u32);
        [x, y]
    }
}

/// The cells of a zoom that show a parcel, sorted by cell.
pub(super) fn cells(lots: &Lots<'_>, zoom: Zoom) -> Vec<Candidate> {
    let bits = zoom.tile_bits() - CELL_BITS;
    let middle = |cell: i32| (cell << bits) + (1 << (bits - 1));
    let of_lot = |lot: usize| {
        let mut cells = Vec::new();
        let Some([low, high]) = lots.outlines.bounds(lot) else { return cells };
        let size = Reverse(i64::from(high[0] - low[0]) * i64::from(high[1] - low[1]));
        let candidate = |cell, is_beside| Candidate { cell, is_beside, size, lot: lot as u32 };
        let [x, y] = lots.middles[lot].map(|part| part >> bits);
        cells.push(candidate([y, x], true));
        for y in low[1] >> bits..=high[1] >> bits {
            for x in low[0] >> bits..=high[0] >> bits {
                let within =
                    || lots.outlines.rings(lot).filter(|ring| goes_round(ring, [middle(x), middle(y)])).count();
                if within() % 2 == 1 {
                    cells.push(candidate([y, x], false));
                }
            }
        }
        cells
    };
    let mut cells: Vec<Candidate> = (0..lots.outlines.len()).into_par_iter().flat_map_iter(of_lot).collect();
    cells.par_sort_unstable();
    cells.dedup_by_key(|candidate| candidate.cell);
    cells.sort_by_key(|candidate| {
        let [x, y] = candidate.tile();
        [y, x]
    });
    cells
}

/// One tile of such cells, sorted: a parcel's cells beside each other are drawn as one bar.
pub(super) fn tile(lots: &Lots<'_>, zoom: Zoom, cells: &[Candidate]) -> Option<Vec<u8>> {
    let mut bars: Vec<(u32, [i32; 2], i32)> = Vec::new();
    for candidate in cells {
        let [y, x] = candidate.cell.map(|part| part & (CELLS - 1));
        match bars.last_mut() {
            Some((lot, start, length)) if *lot == candidate.lot && start[1] == y && start[0] + *length == x => {
                *length += 1;
            }
            _ => bars.push((candidate.lot, [x, y], 1)),
        }
    }
    bars.sort_by_key(|&(lot, ..)| lot);
    let mut layer = LotLayer::new(zoom.extent());
    let side = zoom.extent() / CELLS;
    for of_lot in bars.chunk_by(|a, b| a.0 == b.0) {
        let mut figure = Figure::default();
        for &(_, start, length) in of_lot {
            let [west, north] = start.map(|part| part * side);
            let (east, south) = (west + length * side, north + side);
            figure.add(&mut vec![[west, north], [east, north], [east, south], [west, south]]);
        }
        let lot = of_lot[0].0;
        layer.push(lot, lots.statuses[lot as usize], figure);
    }
    layer.finish()
}

/// The cells by tile.
pub(super) fn by_tile(cells: &[Candidate]) -> Vec<([u32; 2], &[Candidate])> {
    cells.chunk_by(|a, b| a.tile() == b.tile()).map(|cells| (cells[0].tile(), cells)).collect()
}

/// Whether a ring goes round a point: a ray from it eastward meets the ring an odd number of times.
fn goes_round(ring: &[Step], [x, y]: Step) -> bool {
    let next = ring.iter().cycle().skip(1);
    let crossings = ring.iter().zip(next).filter(|&(&[x0, y0], &[x1, y1])| {
        (y0 <= y) != (y1 <= y) && {
            let [x0, y0, x1, y1, x, y] = [x0, y0, x1, y1, x, y].map(i64::from);
            // Where the edge is at the height of the point, without a division: sides of a product.
            let turn = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0);
            (turn > 0) == (y1 > y0) && turn != 0
        }
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_goes_round_what_is_within() {
        let ring = [[0, 0], [10, 0], [10, 10], [5, 2], [0, 10]];
        assert!(goes_round(&ring, [1, 1]) && goes_round(&ring, [9, 6]) && goes_round(&ring, [1, 6]));
        assert!(!goes_round(&ring, [5, 6]) && !goes_round(&ring, [11, 1]) && !goes_round(&ring, [-1, 1]));
    }
}
