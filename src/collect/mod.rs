//! What is gathered from all batches?
//!
//! A [`Collector`] makes a piece of each batch, on the thread that assessed it; pieces are merged in the order of the
//! input, and the end makes something of them. One file a collector. Several collect at once as a tuple, so that what a
//! run gathers is one list.

#[cfg(feature = "geoparquet")]
mod arrow_parcels;
mod candidate_counts;
mod collector;
mod duplicates;
mod explained;
mod formulas;
mod kept_parcels;
mod lacking;
#[cfg(feature = "maps")]
mod map_parcels;
mod open_stops;
mod parcel_files;
mod parcel_notices;
mod site_parcels;
mod sweep;
mod totals;
mod variants;
mod within;

#[cfg(feature = "geoparquet")]
pub use arrow_parcels::{ArrowParcels, ParcelTable};
pub use candidate_counts::CandidateCounts;
pub use collector::{Collector, Enough};
pub use duplicates::Duplicates;
pub use explained::{ExplainChosen, ExplainedParcels};
pub use formulas::Formulas;
pub use kept_parcels::Keep;
pub use lacking::{Lacking, Lacks};
#[cfg(feature = "maps")]
pub use map_parcels::CollectMap;
pub use open_stops::{OpenStops, open_groups};
pub use parcel_files::{OpenParcelFiles, ParcelFiles};
pub use parcel_notices::{ParcelNotices, notices_by_row};
pub use site_parcels::{FoundParcels, SiteParcels};
pub use sweep::{StepCounts, Sweep, SweepCounts};
pub use totals::{RunTotals, Totals};
pub use variants::Variants;
pub use within::Within;
