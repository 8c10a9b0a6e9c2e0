//! Tiles for zooms at which parcels are too small to be drawn: square cells, each in the colours of one parcel in it.
//!
//! A cell shows the parcel under its middle; where there is none, the largest parcel whose own middle is in the cell. So
//! a tile has no more cells than [`Grain::Coarse`] allows however many parcels are on it, and the part of the cells with one
//! status is near the part of the land.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::cover::covered;
use super::layer::{Figure, ParcelLayer};
use super::wide::{Drawn, Wide};
use super::{MOST_ON_A_TILE, TileParcels, Zoom};

/// How large cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    /// 2 pixels where a tile is drawn with 512: for zooms whose tiles stay light with it.
    Fine,
    /// 4 pixels: 16,384 cells at most.
    Coarse,
}

impl Grain {
    /// The cells along the side of a tile are a power of two.
    fn bits(self) -> u32 {
        match self {
            Self::Fine => 8,
            Self::Coarse => 7,
        }
    }
}

/// A cell with a parcel that it may show. The order puts the one first that it does show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// From the north-western corner of the world: southward, then eastward.
    tile: [u32; 2],
    /// In its tile, likewise.
    cell: [i32; 2],
    /// Whether the parcel has its own middle in the cell but not the cell's middle in it.
    is_beside: bool,
    /// The size of the box around the parcel, the largest first.
    size: Reverse<i64>,
    parcel: u32,
}

/// The cells of a zoom.
pub(super) struct Mosaic {
    grain: Grain,
    /// Sorted by tile and cell.
    cells: Vec<Candidate>,
}

impl Mosaic {
    /// As fine as tiles stay light.
    pub(super) fn new(parcels: &TileParcels<'_>, zoom: Zoom) -> Self {
        let coarse = Self::of(parcels, zoom, Grain::Coarse);
        // Half as wide, there are twice as many at least where parcels stand side by side.
        if coarse.fullest() > MOST_ON_A_TILE / 2 {
            return coarse;
        }
        let fine = Self::of(parcels, zoom, Grain::Fine);
        if fine.fullest() > MOST_ON_A_TILE { coarse } else { fine }
    }

    /// The most cells of a tile.
    fn fullest(&self) -> usize {
        self.tiles().iter().map(|(_, cells)| cells.len()).max().unwrap_or_default()
    }

    fn of(parcels: &TileParcels<'_>, zoom: Zoom, grain: Grain) -> Self {
        let wide = Wide::new(parcels, |drawn| cost(drawn, zoom, grain));
        let with_parcel = |mut cells: Vec<Candidate>, parcel: usize| {
            add_candidates(&mut cells, parcels, zoom, grain, parcel, !wide.holds(parcel));
            cells
        };
        let parts: Vec<Vec<Candidate>> =
            (0..parcels.outlines.len()).into_par_iter().fold(Vec::new, with_parcel).collect();
        let mut cells = parts.concat();
        cells.par_sort_unstable();
        cells.dedup_by_key(|candidate| (candidate.tile, candidate.cell));
        Self { grain, cells }
    }

    /// The cells by tile.
    pub(super) fn tiles(&self) -> Vec<([u32; 2], &[Candidate])> {
        let tiles = self.cells.chunk_by(|a, b| a.tile == b.tile);
        tiles.map(|cells| ([cells[0].tile[1], cells[0].tile[0]], cells)).collect()
    }

    /// The bytes of a tile with these cells: a parcel's cells beside each other are drawn as one bar.
    pub(super) fn tile(&self, parcels: &TileParcels<'_>, zoom: Zoom, cells: &[Candidate]) -> Option<Vec<u8>> {
        let mut bars: Vec<(u32, [i32; 2], i32)> = Vec::new();
        for &Candidate { parcel, cell: [y, x], .. } in cells {
            match bars.last_mut() {
                Some((of, start, length)) if *of == parcel && start[1] == y && start[0] + *length == x => *length += 1,
                _ => bars.push((parcel, [x, y], 1)),
            }
        }
        bars.sort_by_key(|&(parcel, ..)| parcel);
        let mut layer = ParcelLayer::new(zoom.extent());
        let side = zoom.extent() >> self.grain.bits();
        for of_parcel in bars.chunk_by(|a, b| a.0 == b.0) {
            let mut figure = Figure::default();
            for &(_, start, length) in of_parcel {
                let [west, north] = start.map(|part| part * side);
                let (east, south) = (west + length * side, north + side);
                figure.add(&mut vec![[west, north], [east, north], [east, south], [west, south]]);
            }
            let parcel = of_parcel[0].0;
            layer.push(parcel, parcels.told(parcel), figure);
        }
        layer.finish()
    }
}

/// Adds the cells that may show a parcel; where `everywhere` is not set, that of its own middle alone.
fn add_candidates(
    cells: &mut Vec<Candidate>,
    parcels: &TileParcels<'_>,
    zoom: Zoom,
    grain: Grain,
    parcel: usize,
    everywhere: bool,
) {
    let Some([low, high]) = parcels.outlines.bounds(parcel) else { return };
    let bits = zoom.tile_bits() - grain.bits();
    let size = Reverse(i64::from(high[0] - low[0]) * i64::from(high[1] - low[1]));
    let candidate = |[x, y]: [i32; 2], is_beside| Candidate {
        tile: [y, x].map(|part| (part >> grain.bits()) as u32),
        cell: [y, x].map(|part| part & ((1 << grain.bits()) - 1)),
        is_beside,
        size,
        parcel: parcel as u32,
    };
    cells.push(candidate(parcels.middles[parcel].map(|part| part >> bits), true));
    if everywhere {
        let window = [low, high].map(|corner| corner.map(|part| part >> bits));
        covered(parcels.outlines.rings(parcel), window, bits, |cell| cells.push(candidate(cell, false)));
    }
}

/// What it costs to find the cells of a parcel: each is looked at, and each edge in each row that it passes.
fn cost(drawn: &Drawn, zoom: Zoom, grain: Grain) -> u64 {
    let bits = zoom.tile_bits() - grain.bits();
    let [low, high] = drawn.bounds;
    let [columns, rows] =
        [0, 1].map(|axis| ((high[axis] >> bits) - (low[axis] >> bits)).unsigned_abs() + 1).map(u64::from);
    columns.saturating_mul(rows).saturating_add(drawn.weight.saturating_mul(rows) / 8)
}
