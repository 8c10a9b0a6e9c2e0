//! What else would a planner ask? Questions put to a city or to a finished run.

mod diff;
mod peaks;
mod spacing;

pub use diff::{
    Amount, BlamedBy, Change, Counts, Diff, DiffError, DiffRun, Difference, LoneParcel, RunStop, StopAmounts,
    StopChange, StopDiff, StopsDiff, ZoneDiff, diff,
};
pub use peaks::{Peaks, RuleSeen, StopPeaks, peaks};
pub use spacing::{Neighbour, Spacing, spacing};
