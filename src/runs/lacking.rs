//! What a run says of the parcels that are not eligible, and of what the eligible ones lack without asking for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the ineligible parcels of a zone lack.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LackingRecord {
    /// Parcels that may meet every criterion, but not in one place of theirs that is large enough.
    pub together: u64,
    /// Parcels that meet every criterion, in a zone that as a whole has none of what it must have.
    #[serde(default)]
    pub as_a_whole: u64,
    /// By criterion, the parcels that fail it.
    pub criteria: BTreeMap<String, ShortfallRecord>,
}

/// Parcels that fail a criterion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ShortfallRecord {
    /// How many.
    pub parcels: u64,
    /// How many of them fail no other.
    pub alone: u64,
    /// By measure that decides it, how near to the threshold the nearest of them came.
    pub nearest: BTreeMap<String, f64>,
}

/// Eligible parcels of a zone, by a criterion that it does not ask for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideRecord {
    /// Those that do not meet it.
    pub outside: u64,
    /// Those of which that is not known.
    pub not_known: u64,
}
