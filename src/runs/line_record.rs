//! What `run.json` says of a line that runs so often wherever it calls.

use serde::{Deserialize, Serialize};

use crate::transit::LineTold;
use crate::units::Interval;

/// How often a line runs at its stops.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineRecord {
    /// Its name.
    pub name: String,
    /// Who runs it, where that is said.
    pub operator: Option<String>,
    /// `rail`, `tram` or `bus`, where that is said.
    pub kind: Option<String>,
    /// Departures in the peak hour in one direction; `None`: nothing is said of them.
    pub peak_trips: Option<f64>,
    /// Departures of the day in one direction; `None`: nothing is said of them.
    pub daily_trips: Option<f64>,
    /// Of a what-if, what is known of them today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<LineTodayRecord>,
    /// The stops at which it counts, by name.
    pub stops: Vec<String>,
    /// The stops at which the line may call, so that it counts perhaps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perhaps: Vec<String>,
}

/// What is known of a line's service at its stops today: from the least to the most, `None` where nothing is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineTodayRecord {
    /// Departures in the peak hour in one direction.
    pub peak_trips: Option<TripsRange>,
    /// Departures of the day in one direction.
    pub daily_trips: Option<TripsRange>,
}

/// From the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TripsRange {
    /// The least.
    pub lo: f64,
    /// The most; `None` where that is not known.
    pub hi: Option<f64>,
}

impl From<Interval<f64>> for TripsRange {
    fn from(trips: Interval<f64>) -> Self {
        Self { lo: trips.lo, hi: Some(trips.hi).filter(|trips| trips.is_finite()) }
    }
}

impl LineRecord {
    /// What is said of a line.
    #[must_use]
    pub fn new(told: &LineTold) -> Self {
        let (line, range) = (&told.said.line, |trips: Option<Interval<f64>>| trips.map(TripsRange::from));
        let today = LineTodayRecord { peak_trips: range(told.peak_today), daily_trips: range(told.daily_today) };
        Self {
            name: line.name.clone(),
            operator: line.operator.clone(),
            kind: line.kind.map(|kind| kind.id().to_owned()),
            peak_trips: told.said.peak_trips,
            daily_trips: told.said.daily_trips,
            today: Some(today).filter(|today| today.peak_trips.is_some() || today.daily_trips.is_some()),
            stops: told.stops.clone(),
            perhaps: told.perhaps.clone(),
        }
    }

    /// Its operator, where that is said, and its name.
    #[must_use]
    pub fn title(&self) -> String {
        self.operator.iter().map(|operator| format!("{operator} ")).chain([self.name.clone()]).collect()
    }
}
