//! `run.json`: everything that a run rests on and what it came to, so that it can be checked and done again. The same types
//! write it and read it.
//!
//! What older runs do not say is taken for nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::{
    BesideRecord, LackingRecord, Ordered, OutputRecord, RulesRecord, ScenarioRecord, SelectionRecord, SetZonesRecord,
    SheetWords, TransitRecord, VariantRecord,
};
use crate::notices::{NoticeKind, Severity, Tally};
use crate::text::{Lang, Text};
use crate::verdicts::Status;

/// The record of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// What made the run.
    pub tool: ToolRecord,
    /// Whose run it is.
    pub project: ProjectRecord,
    /// The plane that it was measured on.
    pub plane: PlaneRecord,
    /// The rules that it judged by.
    pub rules: RulesRecord,
    /// What the planner expects 見込み.
    pub expectations: Vec<ExpectationRecord>,
    /// What the project file supposes of the network 想定; `None` of the city as it is.
    #[serde(default)]
    pub scenario: Option<ScenarioRecord>,
    /// How timetables were counted.
    #[serde(default)]
    pub transit: Option<TransitRecord>,
    /// What would change under other rules of counting; `None` where nobody asked.
    #[serde(default)]
    pub peak_variants: Option<Vec<VariantRecord>>,
    /// The files that it read, by layer; the parcels first.
    pub inputs: Vec<InputRecord>,
    /// The layers that were not given and are missed, by key.
    #[serde(default)]
    pub missing_layers: Vec<String>,
    /// Where the evaluation units of the public-land ratio come from.
    #[serde(default)]
    pub public_land_units: Option<String>,
    /// How many parcels there were.
    #[serde(default)]
    pub parcels: ParcelsRecord,
    /// Which of the input's these are; `None`: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<SelectionRecord>,
    /// Parcels and hectares by zone and status.
    #[serde(default)]
    pub counts: Ordered<BTreeMap<Status, CountRecord>>,
    /// By zone and criterion, the undetermined parcels that the criterion keeps so.
    #[serde(default)]
    pub open: Ordered<BTreeMap<String, u64>>,
    /// By zone, what the ineligible parcels lack.
    #[serde(default)]
    pub lacking: Ordered<LackingRecord>,
    /// By zone and criterion that it does not ask for, the eligible parcels that do not meet it.
    #[serde(default)]
    pub beside: Ordered<BTreeMap<String, BesideRecord>>,
    /// What becomes of the parcels while one threshold goes from number to number; of a sweep alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweep: Option<SweepRecord>,
    /// The columns of parcels that were written; `None`: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// Whether the input's own properties were left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_properties_left_out: bool,
    /// The candidate zones of each zone.
    #[serde(default)]
    pub zones: Ordered<ZonesRecord>,
    /// By kind of zone, the zones that a plan has set, at which others look in the place of those worked out.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    pub set_zones: Ordered<SetZonesRecord>,
    /// Pairs of facilities that stand too close; `None` without the layer.
    #[serde(default)]
    pub facility_pairs_too_close: Option<usize>,
    /// What was skipped, mended or is worth a warning.
    #[serde(default)]
    pub notices: Vec<NoticeRecord>,
    /// By how much lines may be off.
    #[serde(default)]
    pub error_bounds: Option<ErrorBounds>,
    /// The names of the files that it wrote.
    pub files: Vec<String>,
    /// What these are, but for this record itself and for what differs between equal runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<OutputRecord>,
}

/// What made a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolRecord {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Default for ToolRecord {
    /// This program.
    fn default() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// Whose run it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRecord {
    /// The name, with the note of a scenario.
    pub name: String,
    /// The project file.
    #[serde(default)]
    pub file: String,
    /// The municipality's code.
    pub municipality: Option<String>,
    /// Whether an area division 区域区分 is drawn; `None` where the project does not say.
    #[serde(default)]
    pub area_division: Option<bool>,
    /// The kind of facility that is planned.
    pub planned_kind: Option<String>,
    /// Whether the project was found in the folder of its data, and there is no such file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_found: bool,
    /// What was put in the place of what the file says, for this run: `K=V`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<String>,
    /// What decides beside the files, as one SHA-256; older runs do not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub settings_sha256: String,
    /// What the project file says that stands on still maps.
    #[serde(default, skip_serializing_if = "SheetWords::is_empty")]
    pub map: SheetWords,
}

/// The plane of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaneRecord {
    /// Its name, with the EPSG code.
    pub name: String,
    /// The same in Japanese.
    #[serde(default)]
    pub name_ja: String,
    /// How it was chosen.
    #[serde(default)]
    pub chosen_by: String,
    /// The same in Japanese.
    #[serde(default)]
    pub chosen_by_ja: String,
}

impl PlaneRecord {
    /// Its name for readers; older runs have it in English only.
    #[must_use]
    pub fn title(&self) -> Text {
        let ja = if self.name_ja.is_empty() { &self.name } else { &self.name_ja };
        Text { ja: ja.clone().into(), en: self.name.clone().into() }
    }
}

/// What becomes of the parcels while one threshold goes from number to number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepRecord {
    /// The key of the threshold.
    pub threshold: String,
    /// By number, rising.
    pub steps: Vec<SweepStepRecord>,
}

/// What becomes of the parcels under one number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepStepRecord {
    /// The number.
    pub number: f64,
    /// Parcels and hectares by zone and status.
    pub counts: Ordered<BTreeMap<Status, CountRecord>>,
}

/// What is expected of a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectationRecord {
    /// The layer's key.
    pub layer: String,
    /// The planner's note.
    pub note: String,
}

/// A layer that a run read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRecord {
    /// Its key, after `prospective.` where it is expected, after `scenario.` where a what-if adds it.
    pub layer: String,
    /// Its files.
    pub files: Vec<FileRecord>,
    /// By role, the fields that were taken; the parcels have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<BTreeMap<String, String>>,
    /// How many features took part.
    pub used: u64,
    /// The planner's note, if any; the parcels have no place for one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    #[allow(clippy::option_option, reason = "no place for a note, and none in it, are two things")]
    pub note: Option<Option<String>>,
}

/// What is there, null or not, is said.
#[expect(clippy::option_option, reason = "as in the field")]
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A file that a run read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Where it lay.
    pub path: String,
    /// Its format.
    #[serde(default)]
    pub format: String,
    /// Its fingerprint.
    pub sha256: String,
    /// The reference system of its coordinates; `None` of a table without any.
    #[serde(default)]
    pub crs: Option<String>,
    /// The same in Japanese.
    #[serde(default)]
    pub crs_ja: Option<String>,
    /// Where that was learnt from.
    #[serde(default)]
    pub crs_from: Option<String>,
    /// The same in Japanese.
    #[serde(default)]
    pub crs_from_ja: Option<String>,
    /// The paths of the grids of datum shifts that its coordinates went through, where these cover them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datum_grids: Vec<String>,
    /// The encoding of its text, where it has one to choose.
    #[serde(default)]
    pub encoding: Option<String>,
    /// How many features it holds.
    #[serde(default)]
    pub features: usize,
    /// Whose data it is, and of which year, where the project file or the file itself says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The same in Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_ja: Option<String>,
}

/// How many parcels a run had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelsRecord {
    /// How many came in.
    pub count: u64,
    /// How many of them have no usable geometry.
    pub without_usable_geometry: u64,
}

/// So many parcels, and their ground area.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct CountRecord {
    /// How many.
    pub parcels: u64,
    /// Together, ha.
    pub hectares: f64,
}

impl std::ops::AddAssign for CountRecord {
    fn add_assign(&mut self, other: Self) {
        self.parcels += other.parcels;
        self.hectares += other.hectares;
    }
}

/// The candidate zones of one zone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ZonesRecord {
    /// By status, how many and how large.
    #[serde(flatten)]
    pub by_status: BTreeMap<Status, ZoneCount>,
    /// Pieces too small to be a zone.
    pub slivers_dropped: usize,
    /// Whether zones that are not determined could not be drawn, because nothing bounds them.
    pub unbounded: bool,
    /// How many meet what can be asked of them as wholes: by `yes`, `no` and `undetermined`.
    #[serde(default)]
    pub as_a_whole: BTreeMap<String, u64>,
}

/// So many candidate zones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct ZoneCount {
    /// How many.
    pub zones: u64,
    /// Together, ha.
    pub hectares: f64,
}

/// What a run noticed of its input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRecord {
    /// The layer, or the layer's file.
    pub layer: String,
    /// How much it asks of the reader.
    pub severity: String,
    /// Which kind of notice.
    pub id: String,
    /// How many times.
    pub count: u64,
    /// What happened, after the count.
    pub what: String,
    /// The same as a sentence in Japanese.
    #[serde(default)]
    pub what_ja: String,
    /// What the reader can do about it; empty where nothing needs doing.
    pub advice: String,
    /// The same in Japanese.
    #[serde(default)]
    pub advice_ja: String,
    /// The first few.
    pub examples: Vec<String>,
    /// The same in Japanese.
    #[serde(default)]
    pub examples_ja: Vec<String>,
}

impl NoticeRecord {
    /// How much it asks of the reader.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::of_word(&self.severity).unwrap_or(Severity::Info)
    }

    /// What was found of one kind in one place.
    #[must_use]
    pub fn new(place: &str, kind: &NoticeKind, found: &Tally) -> Self {
        let examples = |lang| found.examples.iter().map(|example| example.get(lang).to_owned()).collect();
        let advice = |lang| kind.advice.as_ref().map_or("", |advice| advice.get(lang)).to_owned();
        Self {
            layer: place.to_owned(),
            severity: kind.severity.word().to_owned(),
            id: kind.id.to_owned(),
            count: found.count,
            what: kind.what.en.to_string(),
            what_ja: kind.what.ja.to_string(),
            advice: advice(Lang::En),
            advice_ja: advice(Lang::Ja),
            examples: examples(Lang::En),
            examples_ja: examples(Lang::Ja),
        }
    }
}

/// By how much lines may be off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ErrorBounds {
    /// The most that a circle departs from its true line, m.
    pub circle_m: f64,
    /// The most that an overlay moves a vertex, m.
    pub overlay_grid_m: f64,
    /// The step of shares.
    #[serde(default)]
    pub share: f64,
}

/// Hectares to the square metre, as a run tells them.
#[must_use]
pub fn hectares(area: f64) -> f64 {
    (area * 1e4).round() / 1e4
}

impl RunRecord {
    /// The bytes of `run.json`.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        pretty(self)
    }
}

/// A document as a run's files have it: indented, with a line end behind it.
pub(super) fn pretty(value: &impl Serialize) -> Vec<u8> {
    // Numbers, texts, lists and objects with names: nothing of it can fail to print.
    let mut text = serde_json::to_vec_pretty(value).unwrap_or_default();
    text.push(b'\n');
    text
}
