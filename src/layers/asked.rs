//! How does a project file ask for one layer?

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::inputs::ReadOptions;

/// How a project file asks for one layer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerSpec {
    /// Paths and globs, relative to [`LayerSpec::base`].
    pub paths: Vec<String>,
    /// The folder of the project file.
    pub base: PathBuf,
    /// `crs`, `encoding`, `layer`, `x` and `y`.
    pub read: ReadOptions,
    /// Role → field, where the project file names it.
    pub fields: BTreeMap<&'static str, String>,
    /// `peak_trips`: a number for every feature, or a field.
    pub peak_trips: Option<PeakSource>,
    /// `daily_trips`: the same for the departures of the day.
    pub daily_trips: Option<PeakSource>,
    /// `where`: only features whose field has one of the values take part.
    pub filter: Vec<(String, Vec<String>)>,
    /// `class` and `classes`: a filter by the publication's own classes. Without a field, that of the publication
    /// counts ([`super::Publication::classes`]).
    pub classes: Option<(Option<String>, Vec<String>)>,
    /// `note`: what the planner says of it, printed in every output.
    pub note: Option<String>,
    /// `source`: where its files are from, as maps say it; `None`: what their names and attributes tell.
    pub source: Option<String>,
}

/// Where a number of a stop's service comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum PeakSource {
    /// The same for every feature, departures in one direction.
    Constant(f64),
    /// A column of the layer.
    Field(String),
}
