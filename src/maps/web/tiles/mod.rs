//! Parcels as vector tiles in one PMTiles archive: their true outlines where they can be seen one by one, a mosaic of
//! cells further out. So a tile is never heavy, however many parcels a city has.
//!
//! Sources: Mapbox Vector Tile Specification 2.1; PMTiles Version 3 Specification.

mod clip;
mod cover;
mod layer;
mod mosaic;
mod parcels;
mod wide;

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use pmtiles::{PmTilesWriter, PmtError, TileCoord, TileId, TileType};
use rayon::prelude::*;

use mosaic::Mosaic;
use wide::Wide;

use super::outlines::{Outlines, STEP_BITS, Step, lon_lat};
use crate::verdicts::Status;

/// The closest zoom; readers enlarge its tiles beyond.
const CLOSEST: u8 = 15;

/// The most parcels on a tile with outlines.
const MOST_ON_A_TILE: usize = 16_384;

/// The smallest side of a usual parcel that is drawn with its outline: 2 pixels of 512 a tile.
const SMALLEST_SIDE: i32 = 8;

/// What is drawn.
pub(super) struct TileParcels<'a> {
    pub(super) outlines: &'a Outlines,
    /// A point inside each.
    pub(super) middles: &'a [Step],
    /// The ids of the zones.
    pub(super) zones: &'a [&'static str],
    /// Of each parcel its status in every zone.
    pub(super) statuses: &'a [Status],
}

impl TileParcels<'_> {
    /// The statuses of a parcel, each with its zone.
    fn told(&self, parcel: u32) -> impl Iterator<Item = (&'static str, Status)> {
        let of_parcel = &self.statuses[parcel as usize * self.zones.len()..];
        self.zones.iter().copied().zip(of_parcel.iter().copied())
    }
}

/// Which zooms there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zooms {
    pub(super) furthest: u8,
    pub(super) closest: u8,
    /// From this one on parcels have their outlines.
    pub(super) outlines_from: u8,
}

/// A zoom: the world is 2^zoom tiles wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Zoom(u8);

impl Zoom {
    /// Steps along the side of a tile. The closest tiles are enlarged, so they have more.
    fn extent(self) -> i32 {
        1 << self.extent_bits()
    }

    fn extent_bits(self) -> u32 {
        if self.0 == CLOSEST { 13 } else { 12 }
    }

    /// The bits of a step of the world that tell where on a tile it is.
    fn tile_bits(self) -> u32 {
        STEP_BITS - u32::from(self.0)
    }

    /// By so many bits a step of a tile is larger than one of the world.
    fn shift(self) -> u32 {
        self.tile_bits() - self.extent_bits()
    }

    /// The tile of a step, along one axis.
    fn tile(self, step: i32) -> u32 {
        (step.max(0) >> self.tile_bits()).min((1 << self.0) - 1) as u32
    }

    /// The nearest step of tiles, counted from the corner of the world.
    fn rounded(self, step: i32) -> i32 {
        let half = (1 << self.shift()) >> 1;
        (step + half) >> self.shift()
    }
}

/// The archive and its zooms; `None` where no parcel can be seen.
///
/// # Errors
/// Where the archive cannot be put together.
pub(super) fn archive(parcels: &TileParcels<'_>) -> Result<Option<(Vec<u8>, Zooms)>, PmtError> {
    let Some([low, high]) = parcels.outlines.extent() else { return Ok(None) };
    let furthest = furthest(low, high);
    let closest = closest(parcels, furthest);
    let (outlines_from, by_zoom) = outlines_from(parcels, furthest, closest);
    let zooms = Zooms { furthest, closest, outlines_from };
    let [[west, north], [east, south]] = [low, high].map(lon_lat);
    let mut bytes = Vec::new();
    let mut archive = PmTilesWriter::new(TileType::Mvt)
        .precompressed(pmtiles::Compression::Gzip)
        .min_zoom(furthest)
        .max_zoom(closest)
        .bounds(west, south, east, north)
        .center(f64::midpoint(west, east), f64::midpoint(south, north))
        .center_zoom(furthest)
        .metadata(METADATA)
        .create(Cursor::new(&mut bytes))?;
    for zoom in (furthest..outlines_from).map(Zoom) {
        let mosaic = Mosaic::new(parcels, zoom);
        add(&mut archive, zoom, mosaic.tiles(), |_, cells| mosaic.tile(parcels, zoom, cells))?;
    }
    for (zoom, placed) in by_zoom {
        let tiles = placed.chunk_by(|a, b| a.0 == b.0).map(|inside| (inside[0].0, inside)).collect();
        add(&mut archive, zoom, tiles, |tile, inside| parcels::tile(parcels, zoom, tile, inside))?;
    }
    archive.finalize()?;
    Ok(Some((bytes, zooms)))
}

/// What readers are told of the one layer.
const METADATA: &str = r#"{"name":"kyoten","vector_layers":[{"id":"lots","fields":{"central":"Number","local":"Number","senior":"Number","senior_site":"Number"}}]}"#;

type Archive<'a> = pmtiles::PmTilesStreamWriter<Cursor<&'a mut Vec<u8>>>;

/// Adds the tiles of a zoom in the archive's own order, drawn in parallel.
fn add<T: Sync + ?Sized>(
    archive: &mut Archive<'_>,
    zoom: Zoom,
    tiles: Vec<([u32; 2], &T)>,
    draw: impl Fn([u32; 2], &T) -> Option<Vec<u8>> + Sync,
) -> Result<(), PmtError> {
    let coordinates = |[x, y]: [u32; 2]| TileCoord::new(zoom.0, x, y);
    let mut tiles: Vec<(TileId, TileCoord, [u32; 2], &T)> = tiles
        .into_iter()
        .filter_map(|(tile, what)| coordinates(tile).ok().map(|at| (TileId::from(at), at, tile, what)))
        .collect();
    tiles.sort_unstable_by_key(|&(id, ..)| id);
    let drawn: Vec<Option<Vec<u8>>> =
        tiles.par_iter().map(|&(_, _, tile, what)| draw(tile, what).map(|bytes| gzip(&bytes))).collect();
    for ((_, at, ..), bytes) in tiles.iter().zip(drawn) {
        if let Some(bytes) = bytes {
            archive.add_tile(*at, &bytes)?;
        }
    }
    Ok(())
}

/// The bytes as a member of a gzip file, without a time in it.
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::default());
    // Writing into memory cannot fail.
    let _ = packed.write_all(bytes);
    let mut packed = packed.finish().unwrap_or_default();
    // Blocks of all batches are kept until the end.
    packed.shrink_to_fit();
    packed
}

/// The closest zoom at which all parcels lie on a tile's width.
fn furthest(low: Step, high: Step) -> u8 {
    let side = (high[0] - low[0]).max(high[1] - low[1]).max(1);
    let fits = |zoom: &u8| 1 << Zoom(*zoom).tile_bits() >= side;
    (0..=CLOSEST).rev().find(fits).unwrap_or_default()
}

/// The closest zoom at which there is a parcel that is not too wide to be drawn wherever it is.
fn closest(parcels: &TileParcels<'_>, furthest: u8) -> u8 {
    let can_be_drawn =
        |zoom: &u8| Wide::new(parcels, |drawn| parcels::cost(drawn, Zoom(*zoom))).len() < parcels.outlines.len();
    (furthest..=CLOSEST).rev().find(can_be_drawn).unwrap_or(furthest)
}

/// A zoom with its tiles and their parcels, sorted by tile.
type Placed = (Zoom, Vec<([u32; 2], u32)>);

/// From which zoom on parcels have outlines, and what is on the tiles of these zooms: as far out as tiles stay light
/// and a usual parcel can still be seen.
fn outlines_from(parcels: &TileParcels<'_>, furthest: u8, closest: u8) -> (u8, Vec<Placed>) {
    let side = usual_side(parcels);
    let mut by_zoom: Vec<Placed> = Vec::new();
    for zoom in (furthest..=closest).rev().map(Zoom) {
        let mut placed = parcels::placed(parcels, zoom);
        placed.par_sort_unstable_by_key(|&([x, y], parcel)| (y, x, parcel));
        let fullest = placed.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len).max().unwrap_or_default();
        let can_be_seen = side >> zoom.shift() >= SMALLEST_SIDE;
        if zoom.0 < CLOSEST && (fullest > MOST_ON_A_TILE || !can_be_seen) {
            break;
        }
        by_zoom.push((zoom, placed));
    }
    by_zoom.reverse();
    (by_zoom.first().map_or(closest, |(zoom, _)| zoom.0), by_zoom)
}

/// The longer side of the box around a parcel of middle size.
fn usual_side(parcels: &TileParcels<'_>) -> i32 {
    let sides = (0..parcels.outlines.len()).filter_map(|parcel| parcels.outlines.bounds(parcel));
    let mut sides: Vec<i32> = sides.map(|[low, high]| (high[0] - low[0]).max(high[1] - low[1])).collect();
    if sides.is_empty() {
        return 0;
    }
    let middle = sides.len() / 2;
    *sides.select_nth_unstable(middle).1
}

#[cfg(test)]
mod tests;
