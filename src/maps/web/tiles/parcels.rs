//! Tiles with the true outlines of parcels.

use rayon::prelude::*;

use super::clip::{Spot, clipped};
use super::layer::{Figure, ParcelLayer};
use super::{TileParcels, Zoom};
use crate::maps::web::outlines::Step;

/// Steps of a tile beyond its border: what is drawn there hides the border's own line.
const MARGIN: i32 = 64;

/// The tiles that each parcel is in, as pairs of tile and parcel, in no order.
pub(super) fn placed(parcels: &TileParcels<'_>, zoom: Zoom) -> Vec<([u32; 2], u32)> {
    let margin = MARGIN << zoom.shift();
    let with_parcel = |mut placed: Vec<([u32; 2], u32)>, parcel: usize| {
        if let Some([low, high]) = parcels.outlines.bounds(parcel) {
            let [west, north] = low.map(|part| zoom.tile(part - margin));
            let [east, south] = high.map(|part| zoom.tile(part + margin));
            for y in north..=south {
                placed.extend((west..=east).map(|x| ([x, y], parcel as u32)));
            }
        }
        placed
    };
    let parts: Vec<_> = (0..parcels.outlines.len()).into_par_iter().fold(Vec::new, with_parcel).collect();
    parts.concat()
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
