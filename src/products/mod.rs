//! What is told beside the parcels? One file a product, and the list of them.

mod assessed;
mod backdrop;
mod book;
mod facilities;
mod measured;
mod places;
mod qgis;
mod set_zones;
mod sites;
mod sources;
mod stops;
mod survey;
mod words;
mod zones;

use rayon::prelude::*;

use crate::assess::Assessor;
use crate::crs::FromPlane;
use crate::geometry::Bounds;
use crate::layers::City;
use crate::outputs::Product;
use crate::queries::Spacing;
use crate::transit::ToldGroup;

pub use assessed::assessed;
pub use backdrop::backdrop;
pub use book::{BookContext, book_sheets};
pub use facilities::spacing_csv;
pub use places::{MARGIN_M, PLACE_ERROR_M};
pub use qgis::{ProjectContext, added_layer, qgis_project};
pub use set_zones::SET_ZONES;
pub use sites::{SITES, site_circles, sites};
pub use sources::Sources;
pub use survey::survey;

/// What products are made of.
#[derive(Debug, Clone, Copy)]
pub struct ProductContext<'a> {
    /// The layers.
    pub city: &'a City,
    /// The groups of timetables, which speak for some of the stops.
    pub timetables: &'a [ToldGroup],
    /// Where criteria and zones hold.
    pub assessor: &'a Assessor,
    /// A box of the plane around all parcels.
    pub extent: Bounds,
    /// How many parcels each candidate zone has.
    pub parcels_by_candidate: &'a [u64],
    /// How the facilities stand to one another; `None` without that layer.
    pub spacing: Option<&'a Spacing>,
    /// The way out of the plane.
    pub from_plane: &'a FromPlane,
}

/// Makes a product; `None` where there is nothing to tell.
type Make = fn(&ProductContext<'_>) -> Option<Product>;

/// Every product, in the order in which files and layers have them.
pub static PRODUCTS: &[Make] =
    &[zones::zones, places::places, stops::stops, facilities::facilities, set_zones::set_zones];

/// Makes them all.
#[must_use]
pub fn products(context: &ProductContext<'_>) -> Vec<Product> {
    PRODUCTS.par_iter().filter_map(|make| make(context)).collect()
}
