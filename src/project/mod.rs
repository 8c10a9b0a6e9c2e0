//! What does the planner ask for? `kyoten.toml` → a typed [`Project`].
//!
//! Which keys there are is data (`keys`); [`crate::settings`] asks a document for values by key and type and keeps every
//! problem with its place; `layers` and `rules` know what the values mean. What only a project file can have wrong is a type
//! (`error`) that `words` says in both languages; of a file that is none `given` knows what other file it is. For planners:
//! `docs/project-file.md`.

mod decides;
mod error;
mod given;
mod keys;
mod layers;
#[cfg(feature = "geoparquet")]
mod memory;
mod own;
mod rules;
mod scenario;
mod setting;
mod transit;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

pub use error::ProjectError;
use error::ProjectFault;
pub use given::DataFile;
#[cfg(feature = "geoparquet")]
pub use memory::{LayerTable, not_a_table};
use own::OwnLayers;
use words::PROJECT_FILE;

use crate::assess::Terms;
use crate::criteria::{Criterion, Rules};
use crate::crs::DatumGrids;
use crate::inputs::{ReadOptions, Spooled};
use crate::layers::{BackdropSpec, LayerKey, LayerSpec, RailwayLaw, Sources};
pub use crate::layers::{CodeFault, municipality_code};
use crate::runs::SheetWords;
use crate::settings::{self, Entry, Fault, Misread, SettingsError, TomlTable};
use crate::text::Text;
use crate::transit::{Scenario, Settings};

/// The name of the file in a project's folder.
pub const FILE_NAME: &str = "kyoten.toml";

/// A project file, read and checked. The files that it names have not been looked at.
#[derive(Debug, Clone)]
pub struct Project {
    /// The project file.
    pub file: PathBuf,
    /// Its folder, from which relative paths start.
    pub base: PathBuf,
    /// `name`: how outputs call the study; the folder's name where the file does not say.
    pub name: String,
    /// `municipality`: five digits (全国地方公共団体コード without its check digit).
    pub municipality: Option<String>,
    /// `area_division`: whether an area division 区域区分 is drawn; `None` where the file does not say.
    pub area_division: Option<bool>,
    /// `plane`: the zone 系 of the plane rectangular system 平面直角座標系, 1 to 19.
    pub plane: Option<u8>,
    /// `rules`, `[thresholds]` and `[waive]`.
    pub rules: Rules,
    /// `[layers]`, parcels and layers of one's own among them.
    pub layers: BTreeMap<LayerKey, LayerSpec>,
    /// `[prospective]`: layers as the planner expects them, each with its note.
    pub expectations: BTreeMap<LayerKey, LayerSpec>,
    /// `gtfs` in `[layers]`: paths and globs of timetables, relative to [`Project::base`].
    pub gtfs: Vec<String>,
    /// `backdrop` in `[layers]`: what is drawn under maps, and judged by nothing.
    pub backdrop: Vec<BackdropSpec>,
    /// `[map]`: what stands on still maps of it.
    pub map: SheetWords,
    /// `excluded_municipalities`: five-digit codes in the place of those that the rules leave out; `None`: these.
    pub excluded_municipalities: Option<Vec<String>>,
    /// `planned_kind`: the kind of the senior facility that is planned.
    pub planned_kind: Option<String>,
    /// `datum_grids`: paths and globs of grids of shifts from older datums, relative to [`Project::base`].
    pub datum_grids: Vec<String>,
    /// `tram_classes` and `subway_operators` in `[transit]`: which stations are of railways, which of tramways 軌道.
    pub law: RailwayLaw,
    /// The rest of `[transit]`: how timetables are counted.
    pub transit: Settings,
    /// `[scenario]`: what if stops were added, and timetables were other ones.
    pub scenario: Option<Scenario>,
    /// `layers` in `[scenario]`: what a what-if adds to the layers.
    pub supposed: BTreeMap<LayerKey, LayerSpec>,
    /// Files of the folder that are no layer, with the reasons, where the project was found and not written.
    pub left: Vec<(PathBuf, Text)>,
    /// Whether it was found in a folder, so that there is no such file.
    pub is_found: bool,
    /// What [`Project::set`] has put in the place of what the file says, as it was given.
    pub settings: Vec<String>,
}

impl Project {
    /// Opens a `kyoten.toml`, or the one in a folder.
    ///
    /// # Errors
    /// [`ProjectError::NoProjectFile`] for a folder without one; otherwise what kept the file from being read, or
    /// every problem that it has.
    pub fn open(path: &Path) -> Result<Self, ProjectError> {
        let file = if path.is_dir() { path.join(FILE_NAME) } else { path.to_owned() };
        if path.is_dir() && !file.exists() {
            return Err(ProjectError::NoProjectFile { folder: path.to_owned() });
        }
        let bytes = settings::bytes(&file, &PROJECT_FILE)?;
        let text = settings::text(&bytes, &file, &PROJECT_FILE).map_err(|error| none_of_ours(error, &bytes))?;
        Self::parse(text, &file)
    }

    /// Reads the text of a project file. `file` says where paths start and what messages name; it is not opened.
    ///
    /// ```
    /// use std::path::Path;
    /// let project = kyoten::project::Project::parse("layers.parcels = 'parcels.geojson'", Path::new("焼津/kyoten.toml"))?;
    /// assert_eq!(project.name, "焼津");
    /// # Ok::<(), kyoten::project::ProjectError>(())
    /// ```
    ///
    /// # Errors
    /// [`ProjectError::Settings`] where the text is not TOML, or does not say what a project file says;
    /// [`ProjectError::Data`] where it is data instead.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ProjectError> {
        settings::read(text, file, &PROJECT_FILE, |document| read(&document.knowing(keys::TOP), file))
            .map_err(|error| none_of_ours(error, text.as_bytes()))
    }
}

/// Parcels in the place of those that a project file names.
#[derive(Debug, Clone)]
pub enum OtherParcels {
    /// A path or a pattern, from the working folder on.
    File(String),
    /// What came down a pipe.
    Piped(Spooled),
}

impl Project {
    /// Where the parcels are.
    ///
    /// # Panics
    /// Never: a project without parcels is not read.
    #[must_use]
    pub fn parcels(&self) -> &LayerSpec {
        self.layers.get(&LayerKey::Parcels).expect("a project file without parcels is an error")
    }

    /// Puts other parcels in the place of those that the file names, for one run. `id` stays, whatever else the file says of how its
    /// own are read does not hold for others.
    pub fn replace_parcels(&mut self, parcels: OtherParcels) {
        let fields = self.parcels().fields.get("id").map(|field| ("id", field.clone())).into_iter().collect();
        let spec = LayerSpec { fields, base: PathBuf::from("."), ..LayerSpec::default() };
        let spec = match parcels {
            OtherParcels::File(path) => LayerSpec { paths: vec![path], ..spec },
            OtherParcels::Piped(spooled) => {
                LayerSpec { read: ReadOptions { spooled: Some(spooled), ..ReadOptions::default() }, ..spec }
            }
        };
        self.layers.insert(LayerKey::Parcels, spec);
    }

    /// The layers other than the parcels, for [`crate::layers::read_city`], with the grids that were read of
    /// [`Project::datum_grids`].
    #[must_use]
    pub fn sources<'a>(&'a self, grids: &'a DatumGrids) -> Sources<'a> {
        Sources {
            layers: &self.layers,
            expectations: &self.expectations,
            supposed: &self.supposed,
            municipality: self.municipality.as_deref(),
            area_division: self.area_division,
            law: &self.law,
            grids,
        }
    }

    /// What the parcels are judged by.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms {
            rules: self.rules.clone(),
            planned_kind: self.planned_kind.clone(),
            excluded_municipalities: self.excluded_municipalities.clone(),
            transit: self.transit,
        }
    }

    /// The name; a what-if says in it that it is one, wherever the name goes.
    #[must_use]
    pub fn full_name(&self) -> String {
        match &self.scenario {
            Some(scenario) => format!("{} (what-if: {})", self.name, scenario.note),
            None => self.name.clone(),
        }
    }

    /// The layers that the rules ask for and that are not given.
    #[must_use]
    pub fn missing_layers(&self) -> Vec<LayerKey> {
        let known = self.municipality.is_some();
        let missing = |layer: &LayerKey| !self.layers.contains_key(layer) && layer.kind().wanted.is_missed(known);
        let asked: BTreeSet<LayerKey> = self.rules.set.criteria.iter().flat_map(Criterion::layers).collect();
        asked.into_iter().filter(missing).collect()
    }
}

/// The project as far as the document gives it; what it does not, is in the report.
fn read(document: &TomlTable<'_>, file: &Path) -> Project {
    let base = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let table = |key: &str| document.get(key).and_then(|entry| entry.table());
    let layers = table("layers");
    if !document.has("layers") {
        document.missing("layers.parcels", layers::NO_PARCELS);
    }
    let inner = |key: &str, inner: &str| document.get(key)?.inner(inner).filter(Entry::is_table)?.table();
    let whole = |key: &str| document.get(key).filter(Entry::is_table)?.table();
    let own = OwnLayers::of(
        rules::set_of(document, &base),
        [whole("layers"), whole("prospective"), inner("scenario", "layers")],
    );
    let what_if = table("scenario").map(|table| table.knowing(keys::SCENARIO));
    let mut project = Project {
        name: folder_name(&base),
        municipality: None,
        area_division: None,
        plane: None,
        rules: Rules::default(),
        layers: layers.as_ref().map(|table| layers::today(table, &own, &base)).unwrap_or_default(),
        expectations: table("prospective").map(|table| layers::expected(&table, &own, &base)).unwrap_or_default(),
        gtfs: layers.as_ref().map(layers::timetables).unwrap_or_default(),
        backdrop: layers.as_ref().map(|table| layers::backdrop(table, &base)).unwrap_or_default(),
        map: SheetWords::default(),
        excluded_municipalities: None,
        planned_kind: None,
        datum_grids: document.get("datum_grids").and_then(|entry| entry.paths(layers::PATHS)).unwrap_or_default(),
        law: RailwayLaw::default(),
        transit: Settings::default(),
        scenario: what_if.as_ref().map(scenario::scenario),
        supposed: what_if.as_ref().map(|table| scenario::layers(table, &own, &base)).unwrap_or_default(),
        left: Vec::new(),
        is_found: false,
        settings: Vec::new(),
        file: file.to_owned(),
        base,
    };
    apply(document, &mut project);
    project
}

/// What the document says that is not read from files, in the place of what the project has.
fn apply(document: &TomlTable<'_>, project: &mut Project) {
    if let Some(name) = document.get("name").and_then(|entry| entry.text()) {
        project.name = name;
    }
    let municipality = document.get("municipality").and_then(|entry| code(&entry, &entry.text()?));
    project.municipality = municipality.or(project.municipality.take());
    project.area_division = document.get("area_division").and_then(|entry| entry.truth()).or(project.area_division);
    project.plane = document.get("plane").and_then(|entry| plane(&entry)).or(project.plane);
    let base = project.base.clone();
    project.rules = rules::rules(document, std::mem::take(&mut project.rules), &base);
    let excluded = document.get("excluded_municipalities").and_then(|entry| codes(&entry));
    project.excluded_municipalities = excluded.or(project.excluded_municipalities.take());
    let kind = document.get("planned_kind").and_then(|entry| entry.text()).map(|kind| kind.nfkc().collect());
    project.planned_kind = kind.or(project.planned_kind.take());
    let counting = document.get("transit").and_then(|entry| entry.table()).map(|table| table.knowing(keys::TRANSIT));
    if let Some(table) = counting {
        project.law = transit::law(&table, std::mem::take(&mut project.law));
        project.transit = transit::settings(&table, project.transit);
    }
    if let Some(table) = document.get("map").and_then(|entry| entry.table()).map(|table| table.knowing(keys::MAP)) {
        let text = |key: &str| table.get(key).and_then(|entry| entry.text());
        project.map = SheetWords {
            title: text("title"),
            subtitle: text("subtitle"),
            author: text("author"),
            date: table.get("date").and_then(|entry| written_date(&entry)),
            note: text("note"),
        }
        .over(&project.map);
    }
}

/// A date as it is to stand on a map: a text, or a date of TOML as 2026-04-01.
fn written_date(entry: &Entry<'_>) -> Option<String> {
    if entry.as_text().is_some() { entry.text() } else { entry.date().map(|day| day.to_string()) }
}

fn code(entry: &Entry<'_>, text: &str) -> Option<String> {
    let known = municipality_code(text);
    if let Err(why) = known {
        let is_code = |text: &str| municipality_code(text).is_ok();
        match entry.in_full_width(is_code) {
            Some(slip) => entry.fault(Fault::Slip(slip)),
            None => ProjectFault::NotAMunicipality { value: text.to_owned(), why }.report(entry),
        }
    }
    known.ok()
}

fn codes(entry: &Entry<'_>) -> Option<Vec<String>> {
    let wanted = Text::new("引用符で囲んだコード、またはその一覧", "a code or a list of codes, in quotes");
    entry.texts(wanted)?;
    entry.items().iter().map(|item| code(item, item.as_text()?)).collect()
}

fn plane(entry: &Entry<'_>) -> Option<u8> {
    let wanted = Text::new("1〜19の整数", "a whole number from 1 to 19");
    entry.whole((1, 19), "", wanted).map(|zone| zone as u8)
}

/// The name of a folder, also of one that is given as `.` or `..`.
fn folder_name(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map_or_else(|| "kyoten".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The error of a file that was given for a project file: a file of data is told as what it is.
fn none_of_ours(error: SettingsError, bytes: &[u8]) -> ProjectError {
    let is_toml = matches!(error.what, Misread::Invalid(_));
    match given::data(bytes, &error.file).filter(|_| !is_toml) {
        Some(data) => ProjectError::Data { file: error.file, data },
        None => error.into(),
    }
}

#[cfg(test)]
mod tests;
