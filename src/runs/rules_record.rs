//! What `run.json` says of the rules that a run judged by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Ordered;

/// The rules of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RulesRecord {
    /// The id of the rule set.
    pub set: String,
    /// The programme and its years.
    #[serde(default)]
    pub title: String,
    /// The SHA-256 of its file; `None` of one that comes with the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_sha256: Option<String>,
    /// What could not be read in a primary source, of the rule set and by criterion that is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<UnreadRecord>,
    /// Ids of criteria by zone.
    pub required: Ordered<Vec<String>>,
    /// Numbers by key.
    pub thresholds: Ordered<f64>,
    /// Reasons by criterion that was set aside.
    pub waived: BTreeMap<String, String>,
}

/// Something that could not be read in a primary source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnreadRecord {
    /// The criterion; `None` of the whole rule set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// What it is, in English.
    pub what: String,
    /// The same in Japanese.
    pub what_ja: String,
}
