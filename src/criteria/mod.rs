//! What does the programme ask? One file a criterion, the list of them, and the rules that make zones of them.

mod clear_of_same_kind;
mod criterion;
mod eligible_municipality;
mod enough_public_land;
mod enough_seniors;
mod in_did;
mod in_induction_area;
mod in_urban_zone;
mod large_enough_site;
mod near_central_hub;
mod near_connected_stop;
mod near_frequent_transit;
mod near_stop;
pub mod page;
mod rules;
mod thresholds;

pub use criterion::{Asks, CentralZones, Criterion, Ground, LotFacts, Measure, Needs, StopReach};
pub use eligible_municipality::{excluded_by_default, is_excluded};
pub use rules::{RULE_SETS, RuleSet, Rules, Zone};
pub use thresholds::{Threshold, Thresholds};

/// Every criterion, in the order of columns and tables: the programme's own.
pub static CATALOGUE: [&Criterion; 12] = [
    &in_did::IN_DID,
    &near_frequent_transit::NEAR_FREQUENT_TRANSIT,
    &enough_public_land::ENOUGH_PUBLIC_LAND,
    &eligible_municipality::ELIGIBLE_MUNICIPALITY,
    &near_connected_stop::NEAR_CONNECTED_STOP,
    &near_central_hub::NEAR_CENTRAL_HUB,
    &in_urban_zone::IN_URBAN_ZONE,
    &in_induction_area::IN_INDUCTION_AREA,
    &enough_seniors::ENOUGH_SENIORS,
    &near_stop::NEAR_STOP,
    &large_enough_site::LARGE_ENOUGH_SITE,
    &clear_of_same_kind::CLEAR_OF_SAME_KIND,
];

/// The criterion of an id.
#[must_use]
pub fn criterion(id: &str) -> Option<&'static Criterion> {
    CATALOGUE.iter().copied().find(|criterion| criterion.id == id)
}

/// The criteria about places of the plane, in the order of [`CATALOGUE`]: those with share columns.
pub fn places() -> impl Iterator<Item = &'static Criterion> {
    CATALOGUE.iter().copied().filter(|criterion| criterion.is_place())
}
