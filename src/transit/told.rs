//! What do outputs tell of timetables once all is counted? As much as is needed when the timetables are no longer at hand.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Edits, FeedReport, LineTold, Peak, Timetable};
use crate::layers::StopKind;

/// What is told of the timetables of a study.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ToldTimetables {
    /// Each as it was used.
    pub feeds: Vec<FeedReport>,
    /// The kinds of stops that they serve.
    pub kinds: BTreeSet<StopKind>,
    /// What a what-if did to them, and to lines without them.
    pub edits: Edits,
    /// Lines of which the table of peak trips speaks as a whole.
    pub lines: Vec<LineTold>,
    /// Their groups of poles, by their numbers.
    pub groups: Vec<ToldGroup>,
}

/// What is told of a group of poles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldGroup {
    /// The `stop_id` of each pole.
    pub stop_ids: Vec<String>,
    /// In which direction it has its peak, as outputs name it: a `direction_id`, or the name of a pole or stop. `None` where
    /// nothing departs.
    pub direction: Option<Result<u8, String>>,
}

impl Timetable {
    /// What is told of its groups, whose peaks are counted.
    #[must_use]
    pub fn told_groups(&self, peaks: &[Peak]) -> Vec<ToldGroup> {
        let told = |(group, peak): (usize, &Peak)| ToldGroup {
            stop_ids: self.stop_ids(group).into_iter().map(str::to_owned).collect(),
            direction: peak.direction.map(|direction| self.direction(direction).map_err(str::to_owned)),
        };
        peaks.iter().enumerate().map(told).collect()
    }
}
