//! What does the programme ask? Kinds of criteria as code; criteria, zones and numbers as data over them: rule sets.

mod context;
mod criterion;
mod kind;
pub mod kinds;
mod lever;
mod near_set;
pub mod page;
mod prose;
mod reading;
mod rule_set;
mod rules;
mod shipped;
mod stop_question;
mod stored;
mod thresholds;
mod unused_land;
mod zone;
mod zone_pieces;

pub use context::{Context, ParcelFacts, ReachedStop, StopReach, around_stops, around_stops_within};
pub use criterion::Criterion;
pub use kind::{
    Asks, AsksOfZone, AsksParcel, AsksRegion, AsksStops, AsksWhole, Kind, Measure, Named, Needs, UnitQuestion,
    WholeAnswer,
};
pub use lever::{Lever, PlaceLever, UnitHolds, UnitLever};
pub use near_set::{NearPlaces, NearSet};
pub use reading::RULE_FILE;
pub use rule_set::RuleSet;
pub use rules::{FAR_REACHES, Rules};
pub use shipped::{default_rules, shipped, shipped_ids};
pub use stop_question::{OfMode, StopCounts, StopQuestion};
pub use stored::StoredRules;
pub use thresholds::{MEMBERSHIP, Threshold, Thresholds, WHOLE};
pub use unused_land::UnusedLand;
pub use zone::{Zone, ZoneRule};
pub use zone_pieces::{Centre, World, ZonePiece, ZonePieces};
