//! Of which parcels a run is, where it is not of all of its input.

use serde::{Deserialize, Serialize};

/// Of which parcels a run is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SelectionRecord {
    /// West, south, east and north of the box that they have a point in common with, degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f64; 4]>,
    /// The conditions that their own properties fulfil, as they were written.
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// The most that were to be taken, the first of the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// How many parcels the input has.
    pub of: u64,
}

impl SelectionRecord {
    /// What was asked, in the words of the options.
    #[must_use]
    pub fn asked(&self) -> String {
        let bbox = self.bbox.iter().map(|bbox| format!("--bbox {}", bbox.map(|degrees| degrees.to_string()).join(",")));
        let conditions = self.conditions.iter().map(|condition| format!("--where \"{condition}\""));
        let limit = self.limit.iter().map(|limit| format!("--limit {limit}"));
        bbox.chain(conditions).chain(limit).collect::<Vec<_>>().join(" ")
    }
}
