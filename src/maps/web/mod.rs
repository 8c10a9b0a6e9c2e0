//! `map.html`: the run as a page that opens from the disk, without a network.
//!
//! The page itself is built beforehand (`page/`, its sources; `page.html`, what is built of them). A run puts its data
//! into it: parcels as vector tiles (`tiles`) and as columns (`columns`), everything else as GeoJSON and facts. All of
//! it is packed and in base64, so nothing that the input says ever stands in the page as text. Where the page would be larger than
//! [`LARGEST_FILE`], and nobody asks for one file, it leaves tiles and columns beside itself, where `kyoten serve` shows them.

mod addition;
mod block;
mod circles;
mod columns;
mod facts;
mod outlines;
mod page;
mod parcels;
mod tiles;

use rayon::prelude::*;
use serde_json::Value;

use crate::assess::Assessor;
use crate::crs::FromPlane;
use crate::layers::City;
use crate::outputs::names::{MAP, MAP_COLUMNS, MAP_TILES};
use crate::outputs::{OutputError, ParcelLayout, Product};
use crate::queries::Spacing;
use crate::runs::{RunRecord, RunWriter};

pub use addition::with_addition;
pub use parcels::{MapParcels, MapPiece, Mapper};

use facts::Blocks;
use page::Part;
use tiles::TileParcels;

/// A page of more bytes than this is too large to be mailed and slow to open.
pub const LARGEST_FILE: usize = 15_000_000;

/// What the map tells beside its parcels.
#[derive(Debug, Clone, Copy)]
pub struct MapContext<'a> {
    /// Rules, counts, sources.
    pub record: &'a RunRecord,
    /// The layers.
    pub city: &'a City,
    /// What the parcels were measured and judged by.
    pub assessor: &'a Assessor,
    /// Names of places.
    pub layout: &'a ParcelLayout,
    /// How the facilities stand to one another; `None` without that layer.
    pub spacing: Option<&'a Spacing>,
    /// Back to longitude and latitude.
    pub from_plane: &'a FromPlane,
    /// What lies under the map, as GeoJSON.
    pub backdrop: Option<&'a [u8]>,
}

/// Writes the page, and what is too large for it beside it; with `one_file` nothing is too large.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(
    parcels: &MapParcels,
    products: &[Product],
    context: &MapContext<'_>,
    one_file: bool,
    writer: &mut RunWriter,
) -> Result<(), OutputError> {
    let MapParcels { outlines, middles, zones, statuses, .. } = parcels;
    let drawn = TileParcels { outlines, middles, zones, statuses };
    let (archive, rest) = rayon::join(|| tiles::archive(&drawn), || packed(products, context));
    let archive = archive.map_err(|error| writer.failed(MAP_TILES, error))?;
    let (tiles, zooms) = archive.map_or((Vec::new(), None), |(tiles, zooms)| (tiles, Some(zooms)));
    let (columns, spans) = parcels.columns_file();
    let blocks = Blocks { columns: &parcels.columns, rows: &parcels.rows, spans: &spans };
    let facts = |beside| facts::facts(context, &blocks, zooms, parcels.bounds(), beside);
    let with_facts = |facts: &Value| Part::packed("facts", facts.to_string().as_bytes());
    let mut parts = vec![with_facts(&facts(None)), Part::plain("columns", &columns), Part::plain("tiles", &tiles)];
    parts.extend(rest);
    // In memory nothing lies beside the page.
    if !one_file && !writer.is_in_memory() && page::length(&parts) > LARGEST_FILE {
        writer.write(MAP_TILES, &tiles)?;
        writer.write(MAP_COLUMNS, &columns)?;
        parts.drain(..3);
        parts.insert(0, with_facts(&facts(Some((MAP_TILES, MAP_COLUMNS)))));
    }
    let mut page = writer.create(MAP)?;
    page::write(&parts, |bytes| page.write(bytes))?;
    page.finish()
}

/// Everything that is shown beside the parcels.
fn packed(products: &[Product], context: &MapContext<'_>) -> Vec<Part<'static>> {
    let mut parts: Vec<Part<'_>> =
        products.par_iter().map(|product| Part::packed(product.name, &product.coarse_geojson())).collect();
    parts.extend(context.backdrop.map(|backdrop| Part::packed("backdrop", backdrop)));
    parts.extend(circles::circles(context).map(|circles| Part::packed("circles", &circles)));
    parts
}

/// A colour as pages write it.
fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
