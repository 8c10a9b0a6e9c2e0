//! What else would a planner ask? Questions put to a city or to a finished run.

mod diff;
mod finished;
mod peaks;
mod spacing;

pub use diff::{
    Amount, BlamedBy, Change, Diff, DiffError, DiffRun, Difference, LoneParcel, StopAmounts, StopChange, StopDiff,
    StopsDiff, ZoneDiff, diff,
};
pub use finished::{
    CountOfRun, Counts, ErrorBounds, ExpectationOfRun, FileOfRun, FinishedError, FinishedRun, InputOfRun, LotChunk,
    Lots, PlaneOfRun, ProductFeature, ProjectOfRun, RulesOfRun, RunJson, RunStop, ToolOfRun,
};
pub use peaks::{Peaks, RuleSeen, StopPeaks, peaks};
pub use spacing::{Neighbour, Spacing, spacing};
