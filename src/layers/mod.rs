//! What does a file mean? Raw features → typed, mended, projected layers.

pub mod area;
mod census;
mod city;
mod error;
mod facility;
mod load;
mod mesh;
mod spec;
pub mod stops;
pub mod wards;

pub use census::{Census, CensusUnit, census};
pub use city::{City, Expectations, LandUnits, Municipality, Sources, read_city};
pub use error::LayerError;
pub use facility::{Facility, facilities};
pub use load::{DATUM, FileReport, LayerReport, Loaded, as_text, crs_of, load};
pub use mesh::Mesh;
pub use spec::{LAYERS, LayerKey, LayerKind, LayerSpec, PeakSource, Role};
pub use stops::{Line, PeakRow, StopKind, StopRow};
