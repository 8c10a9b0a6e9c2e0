//! What are the parcels judged by?

use crate::criteria::Rules;
use crate::transit::Settings;

/// All that is asked of a city: rules, and what a planner decides beside them.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Rule set, numbers, waivers.
    pub rules: Rules,
    /// The kind of facility that is planned; `None`: not said.
    pub planned_kind: Option<String>,
    /// The codes of municipalities that the programme leaves out.
    pub excluded_municipalities: Option<Vec<String>>,
    /// How timetables are counted and stops connected.
    pub transit: Settings,
}

impl Default for Terms {
    /// The programme's own rules and numbers.
    fn default() -> Self {
        Self {
            rules: Rules::default(),
            planned_kind: None,
            excluded_municipalities: None,
            transit: Settings::default(),
        }
    }
}
