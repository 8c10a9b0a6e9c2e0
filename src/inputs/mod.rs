//! What does a file hold? Bytes → raw features: one file a format, and the list of them ([`FORMATS`]).
//!
//! [`expand`] finds the files, [`read_layer`] reads a layer whole, [`open_parcels`] opens the one layer that
//! may be too large for that. Bytes that are no file go to [`read_layer_from_memory`] and [`open_parcels_in_memory`];
//! a table of Arrow stands in the place of a file by [`ReadOptions`].
//! What a feature *means* is not asked here.

/// A text that lasts as long as the program, in faults that are copied and in constants.
macro_rules! words {
    ($same:literal) => {
        const { &$crate::text::Text::same($same) }
    };
    ($ja:literal, $en:literal $(,)?) => {
        const { &$crate::text::Text::new($ja, $en) }
    };
}

#[cfg(feature = "geoparquet")]
mod arrow;
mod axes;
mod csv;
mod error;
mod estat;
mod fields;
mod files;
mod flatgeobuf;
mod format;
mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
#[cfg(feature = "geoparquet")]
mod geoparquet;
pub mod gtfs;
mod json_text;
mod layer;
#[cfg(not(all(feature = "geoparquet", feature = "geopackage", feature = "workbooks")))]
mod left_out;
mod look;
mod moj;
mod par;
mod parcels;
mod plateau;
mod properties;
mod raw;
mod shapefile;
mod text;
#[cfg(any(feature = "geoparquet", feature = "geopackage"))]
mod wkb;
#[cfg(feature = "workbooks")]
mod workbook;
mod xml;

#[cfg(feature = "geoparquet")]
pub use arrow::ArrowTable;
pub use axes::{check_degrees, check_features, check_metres};
pub use error::InputError;
#[cfg(any(feature = "geoparquet", feature = "geopackage", feature = "workbooks"))]
use error::foreign;
pub(crate) use fields::missing_field;
pub use fields::{number, require_field};
pub use files::{
    Choice, Expanded, Fingerprint, FolderFiles, PipeError, RUN_RECORD, Spooled, archive_of, day_in_name, expand,
    expand_all, files_of_folder, may_be_editions, witness,
};
pub use format::{FORMATS, Format};
pub use layer::{read_layer, read_layer_from_memory};
pub use look::{FieldLook, InTurn, Look, Looked, geometry_name, look_at_all};
pub use par::{GridFile, grid_files, is_grid_file, read_grid, read_grid_from_memory, read_grids};
pub use parcels::{ParcelSource, open_parcels, open_parcels_in_memory};
pub use properties::{INPUT_PREFIX, Properties, ValueType, plain_text};
pub use raw::{
    DeclaredCrs, Fields, GeometryProblem, ParcelRecord, RawFeature, RawLayer, RawParcels, ReadOptions, SourceFile,
    WantedColumns,
};
