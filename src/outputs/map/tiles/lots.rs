//! Tiles with the true outlines of parcels.

use rayon::prelude::*;

use super::clip::{Spot, clipped};
use super::layer::{Figure, LotLayer};
use super::{Lots, Zoom};
use crate::outputs::map::outlines::Step;

/// Steps of a tile beyond its border: what is drawn there hides the border's own line.
const MARGIN: i32 = 64;

/// The tiles that each parcel is in, as pairs of tile and parcel, in no order.
pub(super) fn placed(lots: &Lots<'_>, zoom: Zoom) -> Vec<([u32; 2], u32)> {
    let margin = MARGIN << zoom.shift();
    let with_lot = |mut placed: Vec<([u32; 2], u32)>, lot: usize| {
        if let Some([low, high]) = lots.outlines.bounds(lot) {
            let [west, north] = low.map(|part| zoom.tile(part - margin));
            let [east, south] = high.map(|part| zoom.tile(part + margin));
            for y in north..=south {
                placed.extend((west..=east).map(|x| ([x, y], lot as u32)));
            }
        }
        placed
    };
    let parts: Vec<_> = (0..lots.outlines.len()).into_par_iter().fold(Vec::new, with_lot).collect();
    parts.concat()
}

/// One tile; `None` where nothing of the parcels can be seen on it.
pub(super) fn tile(lots: &Lots<'_>, zoom: Zoom, tile: [u32; 2], inside: &[([u32; 2], u32)]) -> Option<Vec<u8>> {
    let mut layer = LotLayer::new(zoom.extent());
    let (mut ring, mut spare) = (Vec::new(), Vec::new());
    for &(_, lot) in inside {
        let mut figure = Figure::default();
        for outline in lots.outlines.rings(lot as usize) {
            draw(outline, zoom, tile, &mut ring);
            clipped(&mut ring, -MARGIN, zoom.extent() + MARGIN, &mut spare);
            figure.add(&mut ring);
        }
        layer.push(lot, lots.statuses[lot as usize], figure);
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
