//! `map.html`: the run as a page that opens from the disk, without a network.
//!
//! The page itself is built beforehand (`page/`, its sources; `page.html`, what is built of them). A run puts its data
//! into it: parcels as vector tiles ([`tiles`]) and as columns ([`columns`]), everything else as GeoJSON and facts. All of it is
//! packed and in base64, so nothing that the input says ever stands in the page as text. A run of more than
//! [`MOST_IN_ONE_FILE`] parcels leaves tiles and columns beside the page, where `kyoten serve` shows them.

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

use super::{Folder, Layout, OutputError, Product, Report};
use crate::crs::{FromPlane, ScaleField};
use crate::layers::Facility;
use crate::planning::Spacing;
use crate::units::{Interval, Metres};
use crate::verdicts::Judge;

pub use columns::REST;
pub use parcels::{MapParcels, MapPiece, Mapper};

use facts::Blocks;
use page::Part;
use tiles::Lots;

/// More parcels than this go beside the page.
pub const MOST_IN_ONE_FILE: usize = 50_000;

/// A page larger than this is too large to be mailed and slow to open.
const LARGEST_FILE: usize = 15_000_000;

/// The files beside a page that does not hold everything.
const TILES: &str = "map.pmtiles";
const COLUMNS: &str = "map.columns";

/// What the map tells beside its parcels.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// Rules, counts, sources.
    pub report: &'a Report,
    /// What the parcels were judged by.
    pub judge: &'a Judge,
    /// Names of places.
    pub layout: &'a Layout,
    /// Public-land ratios of the evaluation units.
    pub land: Option<&'a [Interval<f64>]>,
    /// Densities of older residents of the census units, 1/ha.
    pub people: Option<&'a [Interval<f64>]>,
    /// Whether a station or stop may stand where none is given.
    pub stops_anywhere: bool,
    /// The facilities and how they stand to one another, and the distance that the rules ask for.
    pub facilities: Option<(&'a [Facility], &'a Spacing, Metres)>,
    /// Lengths on the ground.
    pub scale: &'a ScaleField,
    /// Back to longitude and latitude.
    pub from_plane: &'a FromPlane,
}

/// Writes the page, and what is too large for it beside it.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(
    parcels: &MapParcels,
    products: &[Product],
    basis: &Basis<'_>,
    folder: &mut Folder,
) -> Result<(), OutputError> {
    let lots = Lots { outlines: &parcels.outlines, middles: &parcels.middles, statuses: &parcels.statuses };
    let (archive, mut rest) = rayon::join(|| tiles::archive(&lots), || packed(products, basis));
    let archive = archive.map_err(|error| folder.failed(TILES, error))?;
    let (tiles, zooms) = archive.map_or((Vec::new(), None), |(tiles, zooms)| (tiles, Some(zooms)));
    let (columns, places) = parcels.columns_file();
    let blocks = Blocks { columns: &parcels.columns, rows: &parcels.rows, places: &places };
    let facts = |beside| facts::facts(basis, &blocks, zooms, parcels.bounds(), beside);
    let with_facts = |facts: &Value| Part::packed("facts", facts.to_string().as_bytes());
    if parcels.len() <= MOST_IN_ONE_FILE {
        let mut parts = vec![with_facts(&facts(None)), Part::plain("columns", &columns), Part::plain("tiles", &tiles)];
        parts.extend(rest.iter().cloned());
        let page = page::page(&parts);
        if page.len() <= LARGEST_FILE {
            return folder.write(page::FILE, page.as_bytes());
        }
    }
    folder.write(TILES, &tiles)?;
    folder.write(COLUMNS, &columns)?;
    rest.insert(0, with_facts(&facts(Some((TILES, COLUMNS)))));
    folder.write(page::FILE, page::page(&rest).as_bytes())
}

/// Everything that is shown beside the parcels.
fn packed(products: &[Product], basis: &Basis<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> =
        products.par_iter().map(|product| Part::packed(product.name, &product.coarse_geojson())).collect();
    if let Some((facilities, spacing, closest)) = basis.facilities {
        let circles = circles::circles(facilities, spacing, closest, basis.scale, basis.from_plane);
        parts.push(Part::packed("circles", &circles));
    }
    parts
}

/// A colour as pages write it.
fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
