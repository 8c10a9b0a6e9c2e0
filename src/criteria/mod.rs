//! What does the programme ask? Kinds of criteria as code, the criteria as data over them, and the rules that make zones
//! of criteria.

mod catalogue;
mod context;
mod criterion;
mod kind;
pub mod kinds;
pub mod page;
mod prose;
mod rules;
mod thresholds;
mod zone_pieces;

pub use catalogue::{CATALOGUE, criterion, of_layer, regions};
pub use context::{Context, ParcelFacts, ReachedStop, StopReach, around_stops};
pub use criterion::Criterion;
pub use kind::{
    Asks, AsksOfZone, AsksParcel, AsksRegion, AsksStops, AsksWhole, Kind, Measure, Needs, StopCounts, StopQuestion,
    UnitQuestion, WholeAnswer, Within,
};
pub use kinds::excluded_by_default;
pub use rules::{RULE_SETS, RuleSet, Rules, Zone};
pub use thresholds::{Threshold, Thresholds};
pub use zone_pieces::{Centre, World, ZonePiece, ZonePieces};
