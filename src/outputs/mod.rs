//! What does a run leave behind? One file a product.

mod columns;
mod csv;
mod facilities;
mod folder;
mod geojson;
mod parcels;
mod report;
mod run_json;
mod text;
mod zones;

pub use columns::{Cell, Column, Judged, columns};
pub use facilities::{facilities_geojson, spacing_csv};
pub use folder::{Folder, OutputError, OutputFile};
pub use parcels::{Layout, PARCEL_OUTPUTS, ParcelOutput, ParcelRow};
pub use report::{Count, Expectation, Open, Report, Seconds, ZoneCounts, ZoneTotals};
pub use run_json::run_json;
pub use zones::zones_geojson;
