//! A run folder: what its `run.json` says, and where its parcels and stops are.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::DiffError;
use crate::criteria::{Thresholds, Zone};
use crate::crs::Plane;
use crate::inputs::InputError;

/// The file that stands for a finished run.
const RUN: &str = "run.json";

/// The file with the stations and stops that took part.
const STOPS: &str = "stops.geojson";

/// The table of parcels, which has no shapes.
const TABLE: &str = "parcels.csv";

/// The files of parcels in the order in which they are tried: those with shapes first, those that this build cannot read
/// last, for their readers say what to build.
static PARCELS: &[&str] = &[
    "parcels.geojson",
    "parcels.fgb",
    #[cfg(feature = "geoparquet")]
    "parcels.parquet",
    #[cfg(feature = "geopackage")]
    "parcels.gpkg",
    TABLE,
    #[cfg(not(feature = "geoparquet"))]
    "parcels.parquet",
    #[cfg(not(feature = "geopackage"))]
    "parcels.gpkg",
];

/// As much of `run.json` as is compared.
#[derive(Debug, Deserialize)]
pub(super) struct RunJson {
    pub(super) tool: Tool,
    pub(super) project: About,
    pub(super) plane: PlaneName,
    pub(super) rules: RulesOfRun,
    pub(super) expectations: Vec<ExpectationOfRun>,
    pub(super) inputs: Vec<InputOfRun>,
    files: Vec<String>,
    /// What the project file changed of the network 想定; null in most runs, absent in older ones.
    #[serde(default)]
    pub(super) scenario: Value,
    /// How timetables were counted; absent in older runs.
    #[serde(default)]
    pub(super) transit: Value,
}

#[derive(Debug, Deserialize)]
pub(super) struct Tool {
    name: String,
    pub(super) version: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct About {
    pub(super) name: String,
    pub(super) municipality: Option<String>,
    pub(super) planned_kind: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PlaneName {
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct RulesOfRun {
    pub(super) set: String,
    pub(super) required: Map<String, Value>,
    pub(super) thresholds: Map<String, Value>,
    pub(super) waived: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ExpectationOfRun {
    pub(super) layer: String,
    pub(super) note: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct InputOfRun {
    pub(super) layer: String,
    pub(super) files: Vec<FileOfRun>,
    pub(super) used: u64,
    /// By role, the fields that were taken; the parcels have none.
    #[serde(default)]
    pub(super) fields: Value,
}

#[derive(Debug, Deserialize)]
pub(super) struct FileOfRun {
    pub(super) path: String,
    pub(super) sha256: String,
}

/// A run folder, opened.
#[derive(Debug)]
pub(super) struct RunFolder {
    pub(super) folder: PathBuf,
    pub(super) json: RunJson,
    pub(super) plane: Plane,
    pub(super) thresholds: Thresholds,
    /// The file of parcels that is read.
    pub(super) parcels: PathBuf,
    /// Whether that file has shapes.
    pub(super) has_shapes: bool,
    /// The file of stops, where the run has one.
    pub(super) stops: Option<PathBuf>,
}

impl RunFolder {
    /// Opens a run folder.
    ///
    /// # Errors
    /// Where it is none, where its `run.json` is not what a run writes, and where its parcels are gone.
    pub(super) fn open(folder: &Path) -> Result<Self, DiffError> {
        let path = folder.join(RUN);
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            ErrorKind::NotFound if !folder.exists() => DiffError::NoFolder { folder: folder.to_owned() },
            ErrorKind::NotFound | ErrorKind::NotADirectory => DiffError::NotARun { folder: folder.to_owned() },
            _ => InputError::Io { path: path.clone(), source }.into(),
        })?;
        let wrong = |problem: String| DiffError::RunJson { path: path.clone(), problem };
        let json: RunJson = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        if json.tool.name != env!("CARGO_PKG_NAME") {
            return Err(wrong(format!("it says that {} wrote it", json.tool.name)));
        }
        let plane = plane(&json.plane.name).ok_or_else(|| wrong(format!("the plane is “{}”", json.plane.name)))?;
        let thresholds = thresholds(&json.rules.thresholds).map_err(wrong)?;
        let parcels = parcels(folder, &json.files)?;
        let stops = folder.join(STOPS);
        Ok(Self {
            folder: folder.to_owned(),
            plane,
            thresholds,
            has_shapes: !parcels.ends_with(TABLE),
            parcels,
            stops: (json.files.iter().any(|name| name == STOPS) && stops.is_file()).then_some(stops),
            json,
        })
    }

    /// The criteria that a zone asks for and that were not set aside.
    pub(super) fn asked(&self, zone: Zone) -> impl Iterator<Item = &str> {
        let required = self.json.rules.required.get(zone.id()).and_then(Value::as_array);
        let ids = required.into_iter().flatten().filter_map(Value::as_str);
        ids.filter(|id| !self.json.rules.waived.contains_key(*id))
    }

    /// Every file of the run that is there, `run.json` among them.
    pub(super) fn files(&self) -> impl Iterator<Item = PathBuf> {
        let names = self.json.files.iter().map(String::as_str).chain([RUN]);
        names.map(|name| self.folder.join(name)).filter(|path| path.is_file())
    }
}

fn plane(name: &str) -> Option<Plane> {
    (1..=19).filter_map(Plane::new).find(|plane| plane.name() == name)
}

/// The run's numbers; one that it does not have is an error, since a default would be another rule.
fn thresholds(told: &Map<String, Value>) -> Result<Thresholds, String> {
    let mut thresholds = Thresholds::default();
    for threshold in Thresholds::ALL {
        let number = told.get(threshold.key).and_then(Value::as_f64);
        let place = thresholds.get_mut(threshold.key);
        let (Some(number), Some(place)) = (number, place) else {
            return Err(format!("no number rules.thresholds.{}", threshold.key));
        };
        *place = number;
    }
    Ok(thresholds)
}

/// The best file of parcels that the run wrote and that is still there.
fn parcels(folder: &Path, files: &[String]) -> Result<PathBuf, DiffError> {
    let written: Vec<&str> = PARCELS.iter().copied().filter(|name| files.iter().any(|file| file == name)).collect();
    let there = written.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    there.ok_or_else(|| DiffError::NoParcels { folder: folder.to_owned(), gone: written })
}
