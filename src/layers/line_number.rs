//! How does somebody say how often a line 路線 runs, wherever it calls?

use serde::{Deserialize, Serialize};

use super::{Line, StopKind};
use crate::text::Text;

/// A line as somebody names it who means all of its stops.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NamedLine {
    /// What stops there; `None`: stops of whichever kind have a line of that name, if all are of one.
    pub kind: Option<StopKind>,
    /// Who runs it; `None`: the only operator that has a line of that name.
    pub operator: Option<String>,
    /// Its name, trimmed, NFKC.
    pub name: String,
}

impl NamedLine {
    /// A line of which nothing but the name is said.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self { kind: None, operator: None, name: name.to_owned() }
    }

    /// Its operator, where that is said, and its name.
    #[must_use]
    pub fn title(&self) -> Text {
        Text::from(Line { operator: self.operator.clone(), name: self.name.clone() })
    }
}

/// A line of a what-if with at least one number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineNumber {
    /// The line.
    pub line: NamedLine,
    /// Departures in the peak hour in one direction at each of its stops; `None`: as today.
    pub peak_trips: Option<f64>,
    /// Departures of the day in one direction at each of its stops; `None`: as today.
    pub daily_trips: Option<f64>,
}
