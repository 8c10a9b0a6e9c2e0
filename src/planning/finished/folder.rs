//! A run folder: what its `run.json` says, and where its parcels and products are.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::{FinishedError, RunJson};
use crate::criteria::{Thresholds, Zone};
use crate::crs::Plane;
use crate::inputs::{InputError, ParcelSource, ReadOptions, open_parcels};

/// The file that stands for a finished run.
const RUN: &str = "run.json";

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

/// A run folder, opened.
#[derive(Debug)]
pub struct FinishedRun {
    /// The folder.
    pub folder: PathBuf,
    /// What its `run.json` says.
    pub json: RunJson,
    /// The plane that it was measured on.
    pub plane: Plane,
    /// The numbers of its rules.
    pub thresholds: Thresholds,
    /// The file of parcels that is read.
    pub parcels: PathBuf,
    /// Whether that file has shapes.
    pub has_shapes: bool,
}

impl FinishedRun {
    /// Opens a run folder.
    ///
    /// # Errors
    /// Where it is none, where its `run.json` is not what a run writes, and where its parcels are gone.
    ///
    /// ```no_run
    /// let run = kyoten::planning::FinishedRun::open("kyoten-out".as_ref())?;
    /// println!("{} by {}", run.json.project.name, run.json.rules.set);
    /// # Ok::<(), kyoten::planning::FinishedError>(())
    /// ```
    pub fn open(folder: &Path) -> Result<Self, FinishedError> {
        let path = folder.join(RUN);
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            ErrorKind::NotFound if !folder.exists() => FinishedError::NoFolder { folder: folder.to_owned() },
            ErrorKind::NotFound | ErrorKind::NotADirectory => FinishedError::NotARun { folder: folder.to_owned() },
            _ => InputError::Io { path: path.clone(), source }.into(),
        })?;
        let wrong = |problem: String| FinishedError::RunJson { path: path.clone(), problem };
        let json: RunJson = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        if json.tool.name != env!("CARGO_PKG_NAME") {
            return Err(wrong(format!("it says that {} wrote it", json.tool.name)));
        }
        let plane = plane(&json.plane.name).ok_or_else(|| wrong(format!("the plane is “{}”", json.plane.name)))?;
        let thresholds = thresholds(&json.rules.thresholds).map_err(wrong)?;
        let parcels = parcels(folder, &json.files)?;
        Ok(Self { folder: folder.to_owned(), plane, thresholds, has_shapes: !parcels.ends_with(TABLE), parcels, json })
    }

    /// The criteria that a zone asks for and that were not set aside.
    pub fn asked(&self, zone: Zone) -> impl Iterator<Item = &str> {
        let required = self.json.rules.required.get(zone.id()).and_then(Value::as_array);
        let ids = required.into_iter().flatten().filter_map(Value::as_str);
        ids.filter(|id| !self.json.rules.waived.contains_key(*id))
    }

    /// Opens the parcels. Of a table they have no shapes.
    ///
    /// # Errors
    /// Whatever keeps the file from being read.
    pub(in crate::planning) fn open_parcels(&self) -> Result<Box<dyn ParcelSource>, InputError> {
        // A GeoPackage holds the products beside the parcels too.
        let layer = self.parcels.extension().is_some_and(|ending| ending == "gpkg").then(|| "parcels".to_owned());
        open_parcels(std::slice::from_ref(&self.parcels), &ReadOptions { layer, ..ReadOptions::default() }, None)
    }

    /// The file of a product such as `stops`, where the run has one.
    #[must_use]
    pub fn product_file(&self, product: &str) -> Option<PathBuf> {
        let name = format!("{product}.geojson");
        let path = self.folder.join(&name);
        (self.json.files.contains(&name) && path.is_file()).then_some(path)
    }

    /// Every file of the run that is there, `run.json` among them.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
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
fn parcels(folder: &Path, files: &[String]) -> Result<PathBuf, FinishedError> {
    let written: Vec<&str> = PARCELS.iter().copied().filter(|name| files.iter().any(|file| file == name)).collect();
    let there = written.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    there.ok_or_else(|| FinishedError::NoParcels { folder: folder.to_owned(), gone: written })
}
