//! What does a file hold? Bytes → raw features: one file a format, and the list of them ([`FORMATS`]).
//!
//! [`expand`] finds the files, [`read_layer`] reads a layer whole, [`open_parcels`] opens the one layer that
//! may be too large for that. What a feature *means* is not asked here.

mod axes;
mod bytes;
mod csv;
mod error;
mod estat;
mod fields;
mod format;
mod geojson;
mod layer;
mod parcels;
mod paths;
mod raw;
mod shapefile;
mod text;

pub use axes::{check_degrees, check_features, check_metres};
pub use bytes::Fingerprint;
pub use error::InputError;
pub use fields::{number, require_field};
pub use format::{FORMATS, Format};
pub use layer::read_layer;
pub use parcels::{ParcelSource, open_parcels};
pub use paths::expand;
pub use raw::{
    DeclaredCrs, Fields, GeometryProblem, ParcelRecord, RawFeature, RawLayer, RawParcels, ReadOptions, SourceFile,
    WantedColumns,
};
