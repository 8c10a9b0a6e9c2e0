//! What does the programme ask? One file a criterion, and the rules that make zones of them.

mod rules;
mod thresholds;

pub use rules::{RULE_SETS, RuleSet, Rules, Zone};
pub use thresholds::{Threshold, Thresholds};

/// The ids of all criteria.
pub const IDS: [&str; 12] = [
    "in-did",
    "near-frequent-transit",
    "enough-public-land",
    "eligible-municipality",
    "near-connected-stop",
    "near-central-hub",
    "in-urban-zone",
    "in-induction-area",
    "enough-seniors",
    "near-stop",
    "large-enough-site",
    "clear-of-same-kind",
];
