//! What does a file mean? Raw features → typed, repaired, projected layers.

pub mod area;
mod asked;
mod backdrop;
mod blanks;
mod buildings;
mod census;
mod city;
mod code;
mod content;
mod datums;
mod division;
mod drawn;
mod error;
mod facility;
mod filter;
mod land_units;
mod law;
mod line_number;
mod load;
pub mod lost;
mod memory;
mod mesh;
mod nonsense;
mod own;
mod parcel_reader;
mod place;
mod read;
mod recognise;
mod rings;
mod selection;
mod sheets;
mod spec;
pub mod stops;
mod stored;
mod supposed;
mod taken;
mod title;
pub mod wards;

pub use asked::{LayerSpec, PeakSource};
pub use backdrop::{BACKDROP, BACKDROP_TITLE, Backdrop, BackdropSpec, Ground, ground_of_file, read_backdrop};
pub use blanks::Blank;
pub use buildings::{Building, RatioArea};
pub use census::{Census, CensusUnit, census};
pub use city::{City, Layer, Municipality};
pub use code::{CodeFault, five_digits as municipality_code};
pub use content::{Content, Wanted};
pub use datums::off_grid_notice;
pub use drawn::{DRAWN, DrawnZone, DrawnZones, read_drawn};
pub use error::LayerError;
pub use facility::{Facility, facilities};
pub use land_units::{LandUnits, UnitsOrigin};
pub use law::{RailwayLaw, SUBWAY_OPERATORS, TRAM_CLASSES};
pub use line_number::{LineNumber, NamedLine};
pub use load::{FileReport, LayerReport, Loaded, as_text, files, load};
pub use mesh::Mesh;
pub use nonsense::Nonsense;
pub use own::OwnLayer;
pub use parcel_reader::{IntoPlane, ParcelReader, ReadBatch, Survey};
pub use place::{CrsUsed, DATUM, Onto, PROJECT_FILE, PUBLICATION, convert, crs_of};
pub use read::{EXPECTED, SUPPOSED, Sources, read_city};
pub use recognise::{
    Publication, Recognised, Use, UseZones, census_of_table, census_year, credit, has_published_classes, is_named_as,
    matches as is_field, page as publications_page, publications, recognise,
};
pub use selection::{BoxFault, Condition, Filter, LonLatBox, NothingSelected, Selection};
pub use spec::{LAYERS, LayerKey, LayerKind, Role};
pub use stops::{Line, PeakRow, StopKind, StopRow};
pub use supposed::Supposed;
pub use taken::{Places, plane_of, read_places};
pub use title::title_of;

/// A layer further than this from every parcel, m, is of another place: a town whose nearest station is 7 km away has its
/// layer, and one of another prefecture does not say that there is none here.
pub const OF_ANOTHER_PLACE: f64 = 30_000.0;
