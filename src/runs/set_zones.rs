//! What does a run say of zones that a plan has set?

use serde::{Deserialize, Serialize};

/// The zones of a kind that a plan has set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SetZonesRecord {
    /// The key of their layer.
    pub layer: String,
    /// How many are sure to be there, with a centre that is sure.
    pub zones: u64,
    /// Together, ha.
    pub hectares: f64,
    /// Whether there may be others, or some of another shape, because something of the layer is lost.
    pub open: bool,
}
