//! Tiles with the true outlines of parcels.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::clip::{Spot, clipped};
use super::layer::{Figure, ParcelLayer};
use super::wide::{Drawn, Wide};
use super::{TileParcels, Zoom};
use crate::maps::web::outlines::Step;

/// Steps of a tile beyond its border: what is drawn there hides the border's own line.
const MARGIN: i32 = 64;

/// The tiles that each parcel is in, as pairs of tile and parcel, in no order. One that is too wide is only in those of others.
pub(super) fn placed(parcels: &TileParcels<'_>, zoom: Zoom) -> Vec<([u32; 2], u32)> {
    let wide = Wide::new(parcels, |drawn| cost(drawn, zoom));
    let with_parcel = |mut placed: Vec<([u32; 2], u32)>, parcel: usize| {
        if let Some(bounds) = parcels.outlines.bounds(parcel).filter(|_| !wide.holds(parcel)) {
            let [[west, north], [east, south]] = tiles(bounds, zoom);
            for y in north..=south {
                placed.extend((west..=east).map(|x| ([x, y], parcel as u32)));
            }
        }
        placed
    };
    let parts: Vec<_> = (0..parcels.outlines.len()).into_par_iter().fold(Vec::new, with_parcel).collect();
    let mut placed = parts.concat();
    if !wide.is_empty() {
        add_wide(&mut placed, parcels, zoom, &wide);
    }
    placed
}

/// Puts parcels that are too wide on the tiles of the others.
fn add_wide(placed: &mut Vec<([u32; 2], u32)>, parcels: &TileParcels<'_>, zoom: Zoom, wide: &Wide) {
    let taken: BTreeSet<[u32; 2]> = placed.iter().map(|&(tile, _)| tile).collect();
    let within = |parcel: u32| {
        let bounds = parcels.outlines.bounds(parcel as usize).map(|bounds| tiles(bounds, zoom));
        let holds = move |tile: &[u32; 2]| {
            bounds.is_some_and(|[low, high]| (0..2).all(|axis| (low[axis]..=high[axis]).contains(&tile[axis])))
        };
        taken.iter().copied().filter(holds)
    };
    let cost = |parcel: u32| {
        let weight = Drawn::of(parcels, parcel as usize).map_or(0, |drawn| drawn.weight);
        weight.saturating_mul(within(parcel).count() as u64).max(taken.len() as u64)
    };
    for parcel in wide.affordable(cost) {
        placed.extend(within(parcel).map(|tile| (tile, parcel)));
    }
}

/// What it costs to draw a parcel on all its tiles.
pub(super) fn cost(drawn: &Drawn, zoom: Zoom) -> u64 {
    let [low, high] = tiles(drawn.bounds, zoom);
    let [width, height] = [0, 1].map(|axis| u64::from(high[axis] - low[axis]) + 1);
    width.saturating_mul(height).saturating_mul(drawn.weight)
}

/// The first and last tile both ways.
fn tiles([low, high]: [Step; 2], zoom: Zoom) -> [[u32; 2]; 2] {
    let margin = MARGIN << zoom.shift();
    [low.map(|part| zoom.tile(part - margin)), high.map(|part| zoom.tile(part + margin))]
}

/// One tile; `None` where nothing of the parcels can be seen on it.
pub(super) fn tile(
    parcels: &TileParcels<'_>,
    zoom: Zoom,
    tile: [u32; 2],
    inside: &[([u32; 2], u32)],
) -> Option<Vec<u8>> {
    let mut layer = ParcelLayer::new(zoom.extent());
    let (mut ring, mut spare) = (Vec::new(), Vec::new());
    for &(_, parcel) in inside {
        let mut figure = Figure::default();
        for outline in parcels.outlines.rings(parcel as usize) {
            draw(outline, zoom, tile, &mut ring);
            clipped(&mut ring, -MARGIN, zoom.extent() + MARGIN, &mut spare);
            figure.add(&mut ring);
        }
        layer.push(parcel, parcels.told(parcel), figure);
    }
    layer.finish()
}

/// A ring in steps of a tile.
fn draw(outline: &[Step], zoom: Zoom, tile: [u32; 2], ring: &mut Vec<Spot>) {
    ring.clear();
    ring.extend(outline.iter().map(|step| {
        let spot = |axis: usize| zoom.rounded(step[axis]) - tile[axis].cast_signed() * zoom.extent();
        [spot(0), spot(1)]
    }));
}
