//! What does the planner ask for? `kyoten.toml` → a typed [`Project`].
//!
//! Which keys there are is data (`keys`); `walk` asks a document for values by key and type and keeps every
//! problem with its place; `layers`, `own` and `rules` know what the values mean. What can be wrong is a type (`error`) that `words`
//! says in both languages; of a text that is not TOML `syntax` knows what the parser says, `slips` what a planner meant,
//! `given` what other file it is. For planners: `docs/project-file.md`.

mod error;
mod given;
mod keys;
mod layers;
mod own;
mod rules;
mod scenario;
mod setting;
mod slips;
mod syntax;
mod transit;
mod value;
mod walk;
mod words;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use toml::de::DeTable;
use unicode_normalization::UnicodeNormalization as _;

pub use error::{Fault, KeyPath, NotToml, Problem, ProjectError, SyntaxFault, WhatIf};
pub use given::DataFile;
use own::OwnLayers;
pub use slips::{Slip, SlipKind};
use walk::{Entry, Report, TomlTable};

use crate::assess::Terms;
use crate::criteria::{Rules, excluded_by_default};
pub use crate::layers::{CodeFault, municipality_code};
use crate::layers::{LAYERS, LayerKey, LayerKind, LayerSpec, RailwayLaw, Sources};
use crate::text::Text;
use crate::transit::{Scenario, Settings};

/// The name of the file in a project's folder.
pub const FILE_NAME: &str = "kyoten.toml";

/// The largest project file that is read, in bytes; larger ones are data given by mistake.
const LARGEST: u64 = 1 << 20;

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
    /// `excluded_municipalities`: five-digit codes that stand for the programme's list; `None`: that list.
    pub excluded_municipalities: Option<Vec<String>>,
    /// `planned_kind`: the kind of the senior facility that is planned.
    pub planned_kind: Option<String>,
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
        let bytes = bytes_of(&file)?;
        let data = || given::data(&bytes, &file);
        if bytes.len() as u64 > LARGEST {
            return Err(match data() {
                Some(data) => ProjectError::Data { file, data },
                None => ProjectError::TooLarge { file, limit: LARGEST },
            });
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => Self::parse(text, &file),
            Err(error) => {
                let line = 1 + memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count();
                Err(match data() {
                    Some(data) => ProjectError::Data { file, data },
                    None => ProjectError::NotUtf8 { file, line },
                })
            }
        }
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
    /// [`ProjectError::Syntax`] where the text is not TOML, [`ProjectError::Data`] where it is data instead,
    /// [`ProjectError::Invalid`] where it does not say what a project file says.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ProjectError> {
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let file = file.to_owned();
            return Err(match given::data(text.as_bytes(), &file) {
                Some(data) => ProjectError::Data { file, data },
                None => ProjectError::Syntax { file, faults: slips::faults(text, &errors) },
            });
        }
        let report = Report::default();
        let project = read(&TomlTable::root(&report, document.get_ref()).knowing(keys::TOP), file);
        let problems = report.into_problems(text);
        if problems.is_empty() { Ok(project) } else { Err(ProjectError::Invalid { file: file.to_owned(), problems }) }
    }
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

    /// The layers other than the parcels, for [`crate::layers::read_city`].
    #[must_use]
    pub fn sources(&self) -> Sources<'_> {
        Sources {
            layers: &self.layers,
            expectations: &self.expectations,
            supposed: &self.supposed,
            municipality: self.municipality.as_deref(),
            area_division: self.area_division,
            law: &self.law,
        }
    }

    /// What the parcels are judged by.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms {
            rules: self.rules.clone(),
            planned_kind: self.planned_kind.clone(),
            excluded_municipalities: self.excluded_municipalities.clone().unwrap_or_else(excluded_by_default),
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

    /// The layers that are not given and could settle something.
    #[must_use]
    pub fn missing_layers(&self) -> Vec<LayerKey> {
        let known = self.municipality.is_some();
        let missing = |kind: &&LayerKind| !self.layers.contains_key(&kind.key) && kind.wanted.is_missed(known);
        LAYERS.iter().filter(missing).map(|kind| kind.key).collect()
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
    let own = OwnLayers::of([whole("layers"), whole("prospective"), inner("scenario", "layers")]);
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
        excluded_municipalities: None,
        planned_kind: None,
        law: RailwayLaw::default(),
        transit: Settings::default(),
        scenario: what_if.as_ref().map(scenario::scenario),
        supposed: what_if.as_ref().map(|table| scenario::layers(table, &own, &base)).unwrap_or_default(),
        left: Vec::new(),
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
    project.rules = rules::rules(document, std::mem::take(&mut project.rules));
    let excluded = document.get("excluded_municipalities").and_then(|entry| codes(&entry));
    project.excluded_municipalities = excluded.or(project.excluded_municipalities.take());
    let kind = document.get("planned_kind").and_then(|entry| entry.text()).map(|kind| kind.nfkc().collect());
    project.planned_kind = kind.or(project.planned_kind.take());
    let counting = document.get("transit").and_then(|entry| entry.table()).map(|table| table.knowing(keys::TRANSIT));
    if let Some(table) = counting {
        project.law = transit::law(&table, std::mem::take(&mut project.law));
        project.transit = transit::settings(&table, project.transit);
    }
}

fn code(entry: &Entry<'_>, text: &str) -> Option<String> {
    let known = municipality_code(text);
    if let Err(why) = known {
        let is_code = |text: &str| municipality_code(text).is_ok();
        match slips::in_full_width(entry.lone_key(), text, is_code) {
            Some(slip) => entry.slip(slip),
            None => entry.fault(Fault::NotAMunicipality { value: text.to_owned(), why }),
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

/// What a file holds, as far as a project file can go, and one byte more.
fn bytes_of(file: &Path) -> Result<Vec<u8>, ProjectError> {
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|source| ProjectError::Read { file: file.to_owned(), source })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
