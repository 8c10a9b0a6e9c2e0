//! What `run.json` says of a run, as far as anybody asks a finished one.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// As much of `run.json` as is read again.
#[derive(Debug, Deserialize)]
pub struct RunJson {
    /// What made the run.
    pub tool: ToolOfRun,
    /// Whose run it is.
    pub project: ProjectOfRun,
    /// The plane that it was measured on.
    pub plane: PlaneOfRun,
    /// The rules that it judged by.
    pub rules: RulesOfRun,
    /// What the planner expects 見込み.
    pub expectations: Vec<ExpectationOfRun>,
    /// The files that it read, by layer.
    pub inputs: Vec<InputOfRun>,
    /// The names of the files that it wrote.
    pub files: Vec<String>,
    /// What the project file changed of the network 想定; null in most runs, absent in older ones.
    #[serde(default)]
    pub scenario: Value,
    /// How timetables were counted; absent in older runs.
    #[serde(default)]
    pub transit: Value,
    /// The layers that were not given, by key.
    #[serde(default)]
    pub missing_layers: Vec<String>,
    /// Parcels and hectares by zone and status.
    #[serde(default)]
    pub counts: BTreeMap<String, BTreeMap<String, CountOfRun>>,
    /// By how much lines may be off.
    pub error_bounds: Option<ErrorBounds>,
}

/// What made a run.
#[derive(Debug, Deserialize)]
pub struct ToolOfRun {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Whose run it is.
#[derive(Debug, Deserialize)]
pub struct ProjectOfRun {
    /// The name, with the note of a scenario.
    pub name: String,
    /// The municipality's code.
    pub municipality: Option<String>,
    /// The kind of facility that is planned.
    pub planned_kind: Option<String>,
}

/// The plane of a run.
#[derive(Debug, Deserialize)]
pub struct PlaneOfRun {
    /// Its name, with the EPSG code.
    pub name: String,
}

/// The rules of a run.
#[derive(Debug, Deserialize)]
pub struct RulesOfRun {
    /// The id of the rule set.
    pub set: String,
    /// The programme and its years; absent in older runs.
    #[serde(default)]
    pub title: String,
    /// Ids of criteria by zone.
    pub required: Map<String, Value>,
    /// Numbers by key.
    pub thresholds: Map<String, Value>,
    /// Reasons by criterion that was set aside.
    pub waived: Map<String, Value>,
}

/// What is expected of a layer.
#[derive(Debug, Deserialize)]
pub struct ExpectationOfRun {
    /// The layer's key.
    pub layer: String,
    /// The planner's note.
    pub note: String,
}

/// A layer that a run read.
#[derive(Debug, Deserialize)]
pub struct InputOfRun {
    /// Its key.
    pub layer: String,
    /// Its files.
    pub files: Vec<FileOfRun>,
    /// How many features took part.
    pub used: u64,
    /// By role, the fields that were taken; the parcels have none.
    #[serde(default)]
    pub fields: Value,
}

/// A file that a run read.
#[derive(Debug, Deserialize)]
pub struct FileOfRun {
    /// Where it lay.
    pub path: String,
    /// Its fingerprint.
    pub sha256: String,
}

/// So many parcels, and their ground area.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct CountOfRun {
    /// How many.
    pub parcels: u64,
    /// Together, ha.
    pub hectares: f64,
}

/// By how much lines may be off.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct ErrorBounds {
    /// The most that a circle departs from its true line, m.
    pub circle_m: f64,
    /// The most that an overlay moves a vertex, m.
    pub overlay_grid_m: f64,
}
