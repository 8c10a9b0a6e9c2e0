//! What a project may say about the counting of transit, `[transit]` in its file.

use chrono::NaiveDate;

use super::CountingRule;
use crate::units::Metres;

/// How timetables are counted and stops connected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// `window`, `unit` and `direction`: the rule of counting.
    pub rule: CountingRule,
    /// `day`: the service day of every timetable; `None` for each feed's representative weekday 代表的な平日.
    pub day: Option<NaiveDate>,
    /// `stop_group_m`: poles 標柱 of one name within this distance are one stop group 停留所.
    pub stop_group: Metres,
    /// `transfers`: how many times one may change between a stop and a central zone that it connects to, 0 or 1.
    pub transfers: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rule: CountingRule::STANDARD, day: None, stop_group: Metres(200.0), transfers: 0 }
    }
}
