//! What if: stops added, and timetables as they would be.
//!
//! A scenario is no expectation (見込み): it answers what a plan would bring, and a run with one is not the city of today.

mod edit;
mod error;
mod headway;
mod lines;
mod of_lines;
mod stops;
#[cfg(test)]
mod tests;

pub use edit::{Edits, Removed, Replaced};
pub use error::{ScenarioError, ScenarioFault};

use crate::layers::{Line, LineNumber, StopKind};
use crate::units::ServiceTime;

/// What a planner supposes, `[scenario]` in the project file.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// `note`: what is supposed, for the summary, `run.json` and the run's name.
    pub note: String,
    /// `[[scenario.stops]]`: stops that are added.
    pub stops: Vec<AddedStop>,
    /// `[[scenario.remove]]`: what no longer runs.
    pub removals: Vec<Removal>,
    /// `[[scenario.headway]]`: routes that run every so often; after the removals, each after those before it.
    pub headways: Vec<Headway>,
    /// `[[scenario.lines]]`: how often lines without timetables run, wherever they call.
    pub lines: Vec<LineNumber>,
}

/// A stop that there is not today.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedStop {
    /// Its name, trimmed, NFKC.
    pub name: String,
    /// What it is.
    pub kind: StopKind,
    /// Longitude and latitude on JGD2011, degrees.
    pub at: [f64; 2],
    /// Departures in the peak hour in one direction ピーク時運行本数(片道); `None` where that is not known.
    pub peak_trips: Option<f64>,
    /// Departures of the day in one direction 1日の運行本数(片道); `None` where that is not known.
    pub daily_trips: Option<f64>,
    /// The lines that call there, names trimmed, NFKC; empty where that is not known.
    pub lines: Vec<Line>,
}

/// What is taken out of the timetables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removal {
    /// All trips of the routes 系統 of this `route_id` or name.
    Route(String),
    /// Single trips 便, by `trip_id`.
    Trips(Vec<String>),
}

/// A route that runs every so often for some hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headway {
    /// The `route_id` or the name; routes of one name count as one.
    pub route: String,
    /// Seconds between departures, at least 1.
    pub seconds: u32,
    /// The first departure.
    pub from: ServiceTime,
    /// No departure at or after this time.
    pub to: ServiceTime,
    /// The `direction_id`, 0 or 1; `None` for every direction.
    pub direction: Option<u8>,
}
