//! What does a project come to under the programme, step by step?
//!
//! A planner's file ([`Plan`]) becomes steps ([`Reckoning`]): each has its statement, says where fractions of a yen were cut off
//! (円未満切捨て, the usual practice and an assumption of ours, since the leaflet is silent on it), and names the reading that it
//! rests on. What is not said is not zero: an amount without its key leaves the steps after it open upward.

mod conditions;
mod cost;
mod direct;
mod document;
mod grant;
mod indirect;
mod plan;
mod range;
mod reading;
mod reckoning;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use conditions::{Answer, AskedCondition, Condition, conditions};
pub use document::{PriorityPlan, priority_plans};
pub use plan::{BuiltFacility, FillRate, Implementer, Plan, ProjectKind};
pub use range::Range;
pub use reading::SUPPORT_FILE;
pub use reckoning::{Reckoning, Step, Worth};

use super::ExclusionList;
use crate::settings::{self, SettingsError};

/// A file to begin with.
pub const EXAMPLE: &str = include_str!("../data/support_example.toml");

/// Opens a planner's file and works out what the project comes to. `list` says which municipalities the density type is closed to.
///
/// # Errors
/// What keeps the file from being read, or every problem that it has; figures that do not go together are problems.
pub fn open(file: &Path, list: Option<&ExclusionList>) -> Result<(Plan, Reckoning), SettingsError> {
    let bytes = settings::bytes(file, &SUPPORT_FILE)?;
    read(settings::text(&bytes, file, &SUPPORT_FILE)?, file, list)
}

/// The same of a text; `file` is what messages name.
///
/// # Errors
/// As [`open`].
pub fn read(text: &str, file: &Path, list: Option<&ExclusionList>) -> Result<(Plan, Reckoning), SettingsError> {
    let read = settings::read(text, file, &SUPPORT_FILE, |root| reading::understand(root, list))?;
    read.ok_or_else(|| unreachable!("what is missing is reported"))
}
