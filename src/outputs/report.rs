//! What a run has to say of itself: the one source of `run.json` and of the summary on the terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::criteria::{Rules, Zone};
use crate::layers::{FileReport, LayerReport};
use crate::notices::Notices;
use crate::transit::{CountingRule, Edits, FeedReport, Scenario, Settings};
use crate::verdicts::Status;

/// The report of a finished run.
#[derive(Debug)]
pub struct Report {
    /// The project's name, with the note of its scenario.
    pub name: String,
    /// The project file.
    pub project: PathBuf,
    /// The municipality's code.
    pub municipality: Option<String>,
    /// The plane rectangular system, by name, and how it was chosen.
    pub plane: (String, &'static str),
    /// Rule set, thresholds, waivers.
    pub rules: Rules,
    /// The kind of facility that is planned.
    pub planned_kind: Option<String>,
    /// The planner's expectations.
    pub expectations: Vec<Expectation>,
    /// How timetables were counted.
    pub transit: TransitReport,
    /// What was supposed; `None` for the city as it is.
    pub scenario: Option<ScenarioReport>,
    /// What would change under other rules of counting; `None` where nobody asked.
    pub variants: Option<Vec<VariantReport>>,
    /// The parcels' files.
    pub parcel_files: Vec<FileReport>,
    /// Every other layer.
    pub layers: Vec<LayerReport>,
    /// Layers that are not given.
    pub missing: Vec<crate::layers::LayerKey>,
    /// Where the evaluation units of the public-land ratio come from.
    pub land_units: Option<&'static str>,
    /// How many parcels came in, and how many of them have no usable geometry.
    pub parcels: (u64, u64),
    /// Parcels and hectares by zone and status.
    pub counts: BTreeMap<Zone, ZoneCounts>,
    /// Why parcels are undetermined.
    pub open: BTreeMap<Zone, Vec<Open>>,
    /// Candidate zones by zone and status.
    pub zones: BTreeMap<Zone, ZoneTotals>,
    /// Pairs of facilities that stand too close; `None` without the layer.
    pub close_pairs: Option<usize>,
    /// What was skipped, mended or is worth a warning.
    pub notices: Notices,
    /// The most that a circle departs from its true line, m.
    pub circle_error_m: f64,
    /// The most that an overlay moves a vertex, m.
    pub grid_error_m: f64,
    /// Seconds by stage.
    pub seconds: Seconds,
    /// The files, as they were placed.
    pub files: Vec<PathBuf>,
}

/// What a planner expects of a layer, and why.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// The layer.
    pub layer: &'static str,
    /// The planner's note.
    pub note: String,
}

/// How timetables were counted.
#[derive(Debug, Clone, Default)]
pub struct TransitReport {
    /// Rule, day and distances.
    pub settings: Settings,
    /// The timetables.
    pub feeds: Vec<FeedReport>,
}

/// What would change if timetables were counted by another rule.
#[derive(Debug, Clone)]
pub struct VariantReport {
    /// The rule.
    pub rule: CountingRule,
    /// Names of the stops that reach the peak service for certain by this rule and not by the run's.
    pub stops_gained: BTreeSet<String>,
    /// Names of those that reach it by the run's only.
    pub stops_lost: BTreeSet<String>,
    /// The parcels that change status, by zone, from and to.
    pub changes: Vec<StatusChange>,
}

/// Parcels that change from one status to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StatusChange {
    /// For which zone.
    pub zone: Zone,
    /// What they are in the run.
    pub from: Status,
    /// What they would be.
    pub to: Status,
    /// How many, and how large.
    pub count: Count,
}

/// A what-if and what it did to the timetables.
#[derive(Debug, Clone)]
pub struct ScenarioReport {
    /// What was supposed.
    pub scenario: Scenario,
    /// What that changed.
    pub edits: Edits,
}

/// Parcels and their ground area.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Count {
    /// How many.
    pub parcels: u64,
    /// Together, ha.
    pub hectares: f64,
}

/// Counts by status.
pub type ZoneCounts = BTreeMap<Status, Count>;

/// A criterion that keeps parcels from being settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its id.
    pub criterion: &'static str,
    /// Undetermined parcels for which it is not settled.
    pub parcels: u64,
}

/// Candidate zones of one kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ZoneTotals {
    /// Number and hectares by status.
    pub by_status: BTreeMap<Status, (u64, f64)>,
    /// Pieces too small to be a zone.
    pub slivers: usize,
    /// Whether zones that are not determined could not be drawn, because nothing bounds them.
    pub unbounded: bool,
}

/// Seconds of wall time by stage. The stages of the parcels run side by side; their common time is shared out by
/// the work that each did.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Seconds {
    /// Files into layers and parcels.
    pub read: f64,
    /// Criteria and zones as sets of the plane, made ready.
    pub prepare: f64,
    /// Parcels measured and judged.
    pub measure: f64,
    /// Candidate zones and facilities.
    pub zones: f64,
    /// Outputs.
    pub write: f64,
}
