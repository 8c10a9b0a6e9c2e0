//! What does the programme offer, to whom, and how is its support reckoned?
//!
//! Everything that the programme's two documents say stands in files of `data/`, each entry with its source: every statement is a
//! [`Clause`], municipalities, core cities 中枢中核都市, kinds of facilities and offices are tables over them. [`about`] says what holds for
//! one municipality, [`open`] does the arithmetic for one project of a planner.

mod about;
mod clauses;
mod core_cities;
mod error;
mod exclusion;
mod existing;
mod facilities;
mod fold;
mod municipalities;
mod offices;
mod page;
mod support;
mod wards;

pub use about::{About, about};
pub use clauses::{Clause, Document, clause, clauses, documents};
pub use core_cities::{Ceiling, CoreClass, Theme, ceilings, classes_of, core_classes, themes};
pub use error::NotOne;
pub use exclusion::{Exclusion, ExclusionList};
pub use existing::{Existing, KindCount, existing};
pub use facilities::{FacilityGroup, FacilityKind, FacilityZone, facility_zones};
pub use municipalities::{Found, Municipality, find, municipalities};
pub use offices::{Office, office_of};
pub use page::page;
pub use support::{
    Answer, AskedCondition, BuiltFacility, Condition, EXAMPLE, FillRate, Implementer, Plan, PriorityPlan, ProjectKind,
    Range, Reckoning, SUPPORT_FILE, Step, Worth, conditions, open, priority_plans, read,
};

pub use wards::Ward;

use serde::de::DeserializeOwned;

/// A file of facts that is built in, as a type. A test reads all of them.
fn built_in<T: DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| unreachable!("{name} is built in, and a test reads it: {error}"))
}

/// The rows of a built-in table, without the remarks above them.
fn built_in_rows<T: DeserializeOwned>(name: &str, text: &str) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let rows: Result<Vec<T>, csv::Error> = reader.deserialize().collect();
    rows.unwrap_or_else(|error| unreachable!("{name} is built in, and a test reads it: {error}"))
}
