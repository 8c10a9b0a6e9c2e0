//! What else would a planner ask? Questions put to a city or to a finished run.

mod peaks;
mod spacing;

pub use peaks::{Peaks, RuleSeen, StopPeaks, peaks};
pub use spacing::{Neighbour, Spacing, spacing};
