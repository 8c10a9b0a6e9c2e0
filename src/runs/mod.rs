//! What is a run folder?
//!
//! Its files appear whole or not at all ([`RunWriter`]). What `run.json` says is said by one set of types ([`RunRecord`]),
//! which write it and read it again; the columns of parcels are those of [`crate::table`]. A finished run is opened as a
//! [`RunFolder`]; nothing is measured again.

mod addition;
mod check;
mod error;
mod goal;
mod lacking;
mod line_record;
mod listed;
mod ordered;
mod parcels;
mod product;
mod reader;
mod record;
pub(crate) mod row;
mod rules_record;
mod selection_record;
mod set_zones;
mod sheet_words;
mod some_parcels;
pub(crate) mod stops;
mod times;
mod transit_record;
mod writer;

pub use addition::RunAddition;
pub(crate) use check::{HashedReader, sha256};
pub use error::RunFolderError;
pub use lacking::{BesideRecord, LackingRecord, ShortfallRecord};
pub use line_record::{LineRecord, LineTodayRecord, TripsRange};
pub use listed::{ListedFiles, OutputRecord, listed_files, settle};
pub use ordered::Ordered;
pub use parcels::{RunParcelChunk, RunParcels};
pub use product::ProductFeature;
pub use reader::RunFolder;
pub use record::{
    CountRecord, ErrorBounds, ExpectationRecord, FileRecord, InputRecord, NoticeRecord, ParcelsRecord, PlaneRecord,
    ProjectRecord, RunRecord, SweepRecord, SweepStepRecord, ToolRecord, ZoneCount, ZonesRecord, hectares,
};
pub use rules_record::{RulesRecord, UnreadRecord};
pub use selection_record::SelectionRecord;
pub use set_zones::SetZonesRecord;
pub use sheet_words::SheetWords;
pub use some_parcels::{ChosenParcels, RunParcel};
pub use stops::RunStop;
pub use times::{Seconds, Times};
pub use transit_record::{
    AddedLayerRecord, AddedStopRecord, HeadwayRecord, RemovalRecord, ScenarioRecord, StatusChangeRecord, TransitRecord,
    VariantRecord,
};
pub use writer::{Finished, RunWriter};
