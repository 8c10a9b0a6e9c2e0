//! `times.json`: what differs between equal runs.

use serde::{Deserialize, Serialize};

use super::record::pretty;

/// How long a run took, and on how many threads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Seconds of wall time by stage.
    pub seconds: Seconds,
    /// The threads that the run used.
    pub threads: usize,
}

/// Seconds of wall time by stage. The stages of the parcels run side by side; their common time is shared out by
/// the work that each did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Seconds {
    /// Files into layers and parcels.
    pub read: f64,
    /// Criteria and zones as sets of the plane, made ready.
    pub prepare: f64,
    /// Parcels measured and judged.
    pub measure: f64,
    /// Candidate zones and facilities.
    pub zones: f64,
    /// Outputs.
    pub write: f64,
}

impl Times {
    /// The bytes of `times.json`: seconds to a thousandth.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        let milli = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
        let Seconds { read, prepare, measure, zones, write } = self.seconds;
        let seconds = Seconds {
            read: milli(read),
            prepare: milli(prepare),
            measure: milli(measure),
            zones: milli(zones),
            write: milli(write),
        };
        pretty(&Self { seconds, ..*self })
    }
}
