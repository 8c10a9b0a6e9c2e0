//! What `run.json` says of timetables and of a what-if.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::LineRecord;
use super::record::{CountRecord, hectares};
use crate::layers::{LayerReport, SUPPOSED};
use crate::transit::{Edits, FeedReport, Headway, LineTold, Replaced, Scenario, Settings};
use crate::verdicts::Status;

/// How transit was counted, and on which timetables and days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TransitRecord {
    /// The rule of counting.
    pub rule: String,
    /// Its window.
    pub window: String,
    /// Its unit.
    pub unit: String,
    /// Its rule of directions.
    pub direction: String,
    /// The service day that was asked for.
    pub day: Option<String>,
    /// How far apart poles of one stop group may be, m.
    pub stop_group_m: f64,
    /// How many times one may change.
    pub transfers: u8,
    /// The timetables.
    pub feeds: Vec<FeedReport>,
    /// Lines of which the table of peak trips says how often they run wherever they call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineRecord>,
}

impl TransitRecord {
    /// What was asked for, and what was found.
    #[must_use]
    pub fn new(settings: &Settings, feeds: Vec<FeedReport>, lines: &[LineTold]) -> Self {
        Self {
            rule: settings.rule.id(),
            window: settings.rule.window.id().to_owned(),
            unit: settings.rule.unit.id().to_owned(),
            direction: settings.rule.direction.id().to_owned(),
            day: settings.day.map(|day| day.to_string()),
            stop_group_m: settings.stop_group.0,
            transfers: settings.transfers,
            feeds,
            lines: lines.iter().map(LineRecord::new).collect(),
        }
    }
}

/// What was supposed and what it changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScenarioRecord {
    /// What is supposed, in the planner's words.
    pub note: String,
    /// What is added to layers; the inputs have its files, under `scenario.` and the layer's key.
    #[serde(default)]
    pub layers: Vec<AddedLayerRecord>,
    /// Stops that are added.
    pub stops: Vec<AddedStopRecord>,
    /// What was taken out of the timetables.
    pub removals: Vec<RemovalRecord>,
    /// Routes that run every so often.
    pub headways: Vec<HeadwayRecord>,
    /// Lines without timetables that run so often wherever they call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineRecord>,
}

/// What is added to a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedLayerRecord {
    /// The layer's key.
    pub layer: String,
    /// How many features.
    pub features: u64,
    /// The planner's note of this layer, if any.
    pub note: Option<String>,
}

/// A stop that there is not today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddedStopRecord {
    /// Its name.
    pub name: String,
    /// `rail`, `tram` or `bus`.
    pub kind: String,
    /// Longitude, degrees.
    pub lon: f64,
    /// Latitude, degrees.
    pub lat: f64,
    /// Departures in the peak hour in one direction.
    pub peak_trips: Option<f64>,
    /// Departures of the day in one direction; not there where the project does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_trips: Option<f64>,
    /// The lines that call there.
    pub lines: Vec<String>,
}

/// What a removal took out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalRecord {
    /// The routes, by `route_id`.
    pub routes: BTreeSet<String>,
    /// How many trips.
    pub trips: usize,
}

/// What a headway put in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadwayRecord {
    /// The routes, by `route_id`.
    pub routes: BTreeSet<String>,
    /// Minutes between departures.
    pub minutes: f64,
    /// The first departure.
    pub from: String,
    /// No departure at or after this time.
    pub to: String,
    /// The `direction_id`; `None` for every direction.
    pub direction: Option<u8>,
    /// How many trips gave way.
    pub trips_replaced: usize,
    /// How many runs took their place.
    pub runs: usize,
}

impl ScenarioRecord {
    /// What was supposed, and what that changed; `read` is what a run read beside its parcels.
    #[must_use]
    pub fn new(scenario: &Scenario, edits: &Edits, read: &[LayerReport]) -> Self {
        let layer = |report: &LayerReport| {
            let layer = report.name.strip_prefix(SUPPOSED)?.to_owned();
            Some(AddedLayerRecord { layer, features: report.used as u64, note: report.note.clone() })
        };
        let stop = |stop: &crate::transit::AddedStop| AddedStopRecord {
            name: stop.name.clone(),
            kind: stop.kind.id().to_owned(),
            lon: stop.at[0],
            lat: stop.at[1],
            peak_trips: stop.peak_trips,
            daily_trips: stop.daily_trips,
            lines: stop.lines.iter().map(ToString::to_string).collect(),
        };
        let removals = edits.removals.iter();
        Self {
            note: scenario.note.clone(),
            layers: read.iter().filter_map(layer).collect(),
            stops: scenario.stops.iter().map(stop).collect(),
            removals: removals.map(|one| RemovalRecord { routes: one.routes.clone(), trips: one.trips }).collect(),
            headways: scenario.headways.iter().zip(&edits.headways).map(headway).collect(),
            lines: edits.lines.iter().map(LineRecord::new).collect(),
        }
    }
}

fn headway((asked, done): (&Headway, &Replaced)) -> HeadwayRecord {
    HeadwayRecord {
        routes: done.routes.clone(),
        minutes: f64::from(asked.seconds) / 60.0,
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        direction: asked.direction,
        trips_replaced: done.trips,
        runs: done.runs,
    }
}

/// What would change if timetables were counted by another rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VariantRecord {
    /// The rule.
    pub rule: String,
    /// Names of the stops that reach the peak service for certain by this rule and not by the run's.
    pub stops_gained: BTreeSet<String>,
    /// Names of those that reach it by the run's only.
    pub stops_lost: BTreeSet<String>,
    /// The parcels that change status, by zone, from and to.
    pub changes: Vec<StatusChangeRecord>,
}

/// Parcels that change from one status to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusChangeRecord {
    /// For which zone.
    pub zone: String,
    /// What they are in the run.
    pub from: Status,
    /// What they would be.
    pub to: Status,
    /// How many, and how large.
    #[serde(flatten)]
    pub count: CountRecord,
}

impl StatusChangeRecord {
    /// So many parcels of so many hectares.
    #[must_use]
    pub fn new(zone: &str, from: Status, to: Status, count: CountRecord) -> Self {
        let count = CountRecord { hectares: hectares(count.hectares), ..count };
        Self { zone: zone.to_owned(), from, to, count }
    }
}
