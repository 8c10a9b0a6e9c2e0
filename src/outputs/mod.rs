//! Into which format? Encoders of parcels and of products, and how QGIS draws them.

#[cfg(feature = "geoparquet")]
pub mod arrow;
#[cfg(feature = "geoparquet")]
mod arrow_stream;
mod cells;
mod colours;
pub(crate) mod csv;
mod file;
mod flatgeobuf;
mod formats;
pub(crate) mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
#[cfg(feature = "geoparquet")]
mod geoparquet;
mod ground;
mod jgd2011;
mod layout;
pub mod names;
mod ndjson;
pub(crate) mod outline;
mod product;
pub mod qgis;
mod sink;
mod table;
pub(crate) mod text;
#[cfg(any(feature = "geopackage", feature = "geoparquet"))]
mod wkb;
pub mod workbook;
mod writing;

pub use crate::disk::{OutputError, SingleFile};
pub use cells::{CsvCells, TableWords};
pub use colours::colour;
pub(crate) use colours::{BORDER, CONFLICT, KINDS, PLACES, SITE_COLOUR, STRONG_BORDER, SURVEY_COLOUR};
pub use file::OutputFile;
pub(crate) use file::{Kept, Ledger, Nameless};
pub use formats::{PARCEL_FORMATS, ParcelFormat, Rows};
pub use ground::{GroundLine, GroundLook};
pub use layout::ParcelLayout;
pub use product::{Product, ProductRow, RowPlace};
pub use sink::{Beside, Piece, Sink};
pub(crate) use table::DEGREES;
pub use text::thousands;
pub use writing::{GeoParquetVersion, GeoParquetWriting, RowOrder, Writing};
