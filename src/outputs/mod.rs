//! What does a run leave behind? One file a product.

mod changes;
mod colours;
mod columns;
mod csv;
mod facilities;
mod flatgeobuf;
mod folder;
mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
#[cfg(feature = "geoparquet")]
mod geoparquet;
mod jgd2011;
mod map;
mod outline;
mod parcels;
mod places;
mod product;
mod properties;
mod qgis;
mod report;
mod run_json;
mod single;
mod sink;
pub mod still;
mod stops;
mod table;
mod text;
mod transit_json;
#[cfg(any(feature = "geopackage", feature = "geoparquet"))]
mod wkb;
mod zones;

pub use changes::{diff_document, write_changes};
pub use colours::colour;
pub use columns::{Cell, Column, Judged, columns};
pub use facilities::{facilities, spacing_csv};
pub use folder::{Folder, OutputError, OutputFile};
pub use map::{Basis as MapBasis, MapParcels, MapPiece, Mapper, REST as MAP_REST, write as write_map};
pub use parcels::{Chunk, LEFT_OUT, Layout, PARCEL_OUTPUTS, ParcelOutput, ParcelRow};
pub use places::{PLACE_ERROR_M, places};
pub use product::Product;
pub use properties::{Properties, ValueType};
pub use report::{
    Count, Expectation, Open, Report, ScenarioReport, Seconds, StatusChange, TransitReport, VariantReport, ZoneCounts,
    ZoneTotals,
};
pub use run_json::run_json;
pub use single::SingleFile;
pub use sink::{Piece, Sink};
pub use stops::{StopGround, stops};
pub use text::thousands;
pub use zones::zones;
