//! What asks the library: criteria as their documents tell them, sets of the plane, pages and data that are made of the code.

#![allow(clippy::unwrap_used, reason = "what cannot go on has failed")]

mod architecture;
mod changed_inputs;
mod criteria_examples;
mod criteria_page;
mod docs;
mod drawn_zones;
mod explain;
mod lost;
mod messages_page;
mod native_projection;
mod pages;
mod programme;
mod publications_page;
mod random_rules;
mod regions;
mod sample;
mod sites;
#[path = "../support/mod.rs"]
mod support;
mod sweeps;
