//! What does a file mean? Raw features → typed, mended, projected layers.

pub mod area;
mod census;
mod city;
mod error;
mod facility;
mod filter;
mod load;
mod mesh;
mod place;
mod recognise;
mod spec;
pub mod stops;
pub mod wards;

pub use census::{Census, CensusUnit, census};
pub use city::{City, Expectations, LandUnits, Municipality, Sources, read_city};
pub use error::LayerError;
pub use facility::{Facility, facilities};
pub use load::{FileReport, LayerReport, Loaded, as_text, files, load};
pub use mesh::Mesh;
pub use place::{DATUM, convert, crs_of};
pub use recognise::{
    Publication, Recognised, Use, has_published_classes, is_named_as, matches as is_field, page as publications_page,
    publications, recognise,
};
pub use spec::{LAYERS, LayerKey, LayerKind, LayerSpec, PeakSource, Role};
pub use stops::{Line, PeakRow, StopKind, StopRow};
