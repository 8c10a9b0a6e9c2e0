//! Into which format? Encoders of parcels and of products, and how QGIS draws them.

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
mod jgd2011;
mod layout;
pub mod names;
pub(crate) mod outline;
mod product;
pub mod qgis;
mod single_file;
mod sink;
mod table;
pub(crate) mod text;
#[cfg(any(feature = "geopackage", feature = "geoparquet"))]
mod wkb;

pub use colours::colour;
pub(crate) use colours::{BORDER, CONFLICT, KINDS, STRONG_BORDER};
pub use file::{OutputError, OutputFile};
pub use formats::{PARCEL_FORMATS, ParcelFormat, Rows};
pub use layout::ParcelLayout;
pub use product::{Product, ProductRow, RowPlace};
pub use single_file::SingleFile;
pub use sink::{Piece, Sink};
pub use text::thousands;
