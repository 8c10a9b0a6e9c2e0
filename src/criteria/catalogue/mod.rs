//! Which criteria are there? One file a criterion with all that is to be said of it, its page beside it, and the list.

mod clear_of_same_kind;
mod eligible_municipality;
mod enough_public_land;
mod enough_seniors;
mod in_did;
mod in_induction_area;
mod in_senior_zone;
mod in_urban_zone;
mod large_enough_site;
mod near_central_hub;
mod near_connected_stop;
mod near_frequent_transit;
mod near_stop;

use super::Criterion;
use crate::layers::LayerKey;

/// Every criterion, in the order of columns and tables: the programme's own.
pub static CATALOGUE: &[&Criterion] = &[
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
    &in_senior_zone::IN_SENIOR_ZONE,
    &large_enough_site::LARGE_ENOUGH_SITE,
    &clear_of_same_kind::CLEAR_OF_SAME_KIND,
];

/// The criterion of an id.
#[must_use]
pub fn criterion(id: &str) -> Option<&'static Criterion> {
    CATALOGUE.iter().copied().find(|criterion| criterion.id == id)
}

/// The criteria about regions of the plane, in the order of [`CATALOGUE`]: those with share columns.
pub fn regions() -> impl Iterator<Item = &'static Criterion> {
    CATALOGUE.iter().copied().filter(|criterion| criterion.is_region())
}

/// The criteria that a layer settles, in the order of [`CATALOGUE`].
pub fn of_layer(layer: LayerKey) -> impl Iterator<Item = &'static Criterion> {
    CATALOGUE.iter().copied().filter(move |criterion| criterion.layers.contains(&layer))
}
