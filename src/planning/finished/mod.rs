//! A finished run, read again: what its `run.json` says, its parcels, and what it wrote beside them.
//!
//! Nothing is measured: what is asked of a finished run is answered from its files alone.

mod error;
mod folder;
mod json;
mod lots;
mod product;
pub(super) mod row;
pub(super) mod stops;

pub use error::FinishedError;
pub use folder::FinishedRun;
pub use json::{
    CountOfRun, ErrorBounds, ExpectationOfRun, FileOfRun, InputOfRun, PlaneOfRun, ProjectOfRun, RulesOfRun, RunJson,
    ToolOfRun,
};
pub use lots::{LotChunk, Lots};
pub use product::ProductFeature;
pub use stops::{Counts, RunStop};
