//! What of a scenario the timetables do not bear, and what to do about it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use thiserror::Error;

use super::Headway;

/// How many near names a fault gives.
const NEAR: usize = 3;

/// Why timetables could not be edited as a scenario says.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", faults.iter().map(|fault| format!("{}: {fault}", file.display())).collect::<Vec<_>>().join("\n"))]
pub struct ScenarioError {
    /// The project file.
    pub file: PathBuf,
    /// Every fault, in the order of the edits; at least one.
    pub faults: Vec<ScenarioFault>,
}

impl ScenarioError {
    /// What to do about it, one advice a line.
    #[must_use]
    pub fn help(&self) -> String {
        let mut advice: Vec<String> = Vec::new();
        for line in self.faults.iter().map(ScenarioFault::help) {
            if !advice.contains(&line) {
                advice.push(line);
            }
        }
        advice.join("\n")
    }
}

/// One edit that has nothing to change.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScenarioFault {
    /// There are edits, and no timetable.
    #[error("[scenario] changes timetables, and there are none")]
    NoTimetables,
    /// No timetable has a route of this id or name.
    #[error("{table} names the route {route:?}, which no timetable has{}", nearest_of(nearest))]
    UnknownRoute {
        /// The table of the project file, in its brackets.
        table: &'static str,
        /// The route as it was written.
        route: String,
        /// The ids and names that are most like it, the best first.
        nearest: Vec<String>,
    },
    /// No timetable has a trip of this id.
    #[error("[[scenario.remove]] names the trip {trip:?}, which no timetable has{}", nearest_of(nearest))]
    UnknownTrip {
        /// The trip as it was written.
        trip: String,
        /// The ids that are most like it, the best first.
        nearest: Vec<String>,
    },
    /// The route is there, but no trip of it, or none any more.
    #[error("[[scenario.remove]] takes out the route {route:?}, of which no trip is left")]
    NothingToRemove {
        /// The route as it was written.
        route: String,
    },
    /// The route has no departure in the window.
    #[error("[[scenario.headway]] of the route {:?}{} finds no trip that departs from {} to {}", .headway.route, direction_of(headway), .headway.from, .headway.to)]
    NothingToReplace {
        /// The edit.
        headway: Headway,
        /// Whether trips of the route do without `direction_id`, so that none has the direction that is asked for.
        without_direction: bool,
    },
}

impl ScenarioFault {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NoTimetables => "name them with `gtfs` in [layers], or take the edits out".to_owned(),
            Self::UnknownRoute { nearest, .. } => {
                let near = if nearest.len() > 1 { format!("; near ones: {}", nearest.join(", ")) } else { String::new() };
                format!("write a route_id or a name of routes.txt{near}").escape_debug().to_string()
            }
            Self::UnknownTrip { nearest, .. } => {
                let near = if nearest.len() > 1 { format!("; near ones: {}", nearest.join(", ")) } else { String::new() };
                format!("write the trip_id as trips.txt has it{near}").escape_debug().to_string()
            }
            Self::NothingToRemove { .. } => {
                "take this [[scenario.remove]] out: an earlier one has done it, or the timetable never had a trip".to_owned()
            }
            Self::NothingToReplace { without_direction: true, .. } => {
                "leave `direction` out: the trips of this route have no direction_id; without it each direction runs so often".to_owned()
            }
            Self::NothingToReplace { .. } => {
                "a headway changes trips that run in these hours, which show where the route goes; give other hours, or \
                 add the stops with [[scenario.stops]]"
                    .to_owned()
            }
        }
    }
}

fn nearest_of(nearest: &[String]) -> String {
    nearest.first().map(|name| format!("; the nearest is {name:?}")).unwrap_or_default()
}

fn direction_of(headway: &Headway) -> String {
    headway.direction.map(|direction| format!(", direction {direction},")).unwrap_or_default()
}

/// The known names that are most like one, the best first; of equals in the order of the alphabet.
pub(super) fn nearest(name: &str, known: &BTreeSet<&str>) -> Vec<String> {
    let likeness = |other: &str| strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase());
    let mut ranked: Vec<(f64, &str)> = known.iter().map(|&other| (likeness(other), other)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(NEAR).map(|(_, other)| other.to_owned()).collect()
}

impl crate::diagnostics::Diagnose for ScenarioError {
    fn diagnostics(&self) -> Vec<crate::diagnostics::Diagnostic> {
        let said = self.to_string();
        let help: Option<String> = Some(self.help());
        vec![
            crate::diagnostics::Diagnostic::error("bridge", text!("〓{said}", "{said}"))
                .help(help.map(|help| text!("〓{help}", "{help}"))),
        ]
    }
}
