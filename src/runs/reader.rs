//! A run folder: what its `run.json` says, and where its parcels and products are.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Ordered, RunFolderError, RunRecord, settle, sha256};
use crate::criteria::{RuleSet, Rules, Thresholds};
use crate::crs::Plane;
use crate::inputs::{InputError, ParcelSource, ReadOptions, open_parcels};
use crate::outputs::ParcelFormat;
use crate::outputs::names::{self, RULES, RUN};

/// A run folder, opened.
#[derive(Debug)]
pub struct RunFolder {
    /// The folder.
    pub folder: PathBuf,
    /// What its `run.json` says.
    pub record: RunRecord,
    /// The plane that it was measured on.
    pub plane: Plane,
    /// Its rules.
    pub rules: Rules,
    /// The file of parcels that is read.
    pub parcels: PathBuf,
    /// Its format.
    pub format: &'static ParcelFormat,
    /// The bytes of its `run.json`.
    pub(super) told: Vec<u8>,
}

impl RunFolder {
    /// Opens a run folder.
    ///
    /// # Errors
    /// Where it is none, where its `run.json` is not what a run writes, where its parcels are gone or not those that it
    /// wrote, and where a run was broken off in it whose rest cannot be put into place.
    ///
    /// ```no_run
    /// let run = kyoten::runs::RunFolder::open("kyoten-out".as_ref())?;
    /// println!("{} by {}", run.record.project.name, run.record.rules.set);
    /// # Ok::<(), kyoten::runs::RunFolderError>(())
    /// ```
    pub fn open(folder: &Path) -> Result<Self, RunFolderError> {
        settle(folder)?;
        let path = folder.join(RUN);
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            ErrorKind::NotFound if !folder.exists() => RunFolderError::NoFolder { folder: folder.to_owned() },
            ErrorKind::NotFound | ErrorKind::NotADirectory => RunFolderError::NotARun { folder: folder.to_owned() },
            _ => InputError::Io { path: path.clone(), source }.into(),
        })?;
        let wrong = |problem: String| RunFolderError::Record { path: path.clone(), problem };
        let record: RunRecord = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        if record.tool.name != env!("CARGO_PKG_NAME") {
            return Err(wrong(format!("it says that {} wrote it", record.tool.name)));
        }
        let plane = plane(&record.plane.name).ok_or_else(|| wrong(format!("the plane is “{}”", record.plane.name)))?;
        let set = rule_set(folder, &record)?;
        let thresholds = thresholds(set, &record.rules.thresholds).map_err(wrong)?;
        let waived = record.rules.waived.iter();
        let waived = waived.filter_map(|(id, reason)| Some((set.criterion(id)?.id, reason.clone()))).collect();
        let rules = Rules { set, thresholds, waived };
        let (format, parcels) = parcels(folder, &record.files)?;
        let run = Self { folder: folder.to_owned(), plane, rules, format, parcels, record, told: bytes };
        if let Some(file_sha256) = &run.record.rules.file_sha256
            && *file_sha256 != sha256(run.rules.set.text.as_bytes())
        {
            return Err(run.altered(&folder.join(RULES)));
        }
        run.check_length(&run.parcels)?;
        Ok(run)
    }

    /// Makes sure that the parcels stand in a file that programs read.
    ///
    /// # Errors
    /// [`RunFolderError::OnlyWorkbook`] where they stand in a workbook alone.
    pub fn check_readable(&self) -> Result<(), RunFolderError> {
        if self.format.is_workbook {
            return Err(RunFolderError::OnlyWorkbook { folder: self.folder.clone() });
        }
        Ok(())
    }

    /// Opens the parcels. Of a table they have no shapes.
    ///
    /// # Errors
    /// A workbook alone; whatever keeps the file from being read.
    pub fn open_parcels(&self) -> Result<Box<dyn ParcelSource>, RunFolderError> {
        self.check_readable()?;
        let layer = self.format.layer.map(str::to_owned);
        let options = ReadOptions { layer, ..ReadOptions::default() };
        Ok(open_parcels(std::slice::from_ref(&self.parcels), &options, None)?)
    }

    /// The file of a product such as `stops`, where the run has one.
    #[must_use]
    pub fn product_file(&self, product: &str) -> Option<PathBuf> {
        let name = names::product(product);
        let path = self.folder.join(&name);
        (self.record.files.contains(&name) && path.is_file()).then_some(path)
    }

    /// Every file of the run that is there, `run.json` among them.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let names = self.record.files.iter().map(String::as_str).chain([RUN]);
        names.map(|name| self.folder.join(name)).filter(|path| path.is_file())
    }
}

fn plane(name: &str) -> Option<Plane> {
    (1..=19).filter_map(Plane::new).find(|plane| plane.name() == name)
}

/// The rule set that a run was judged by: one that ships, or that whose file lies in the folder.
fn rule_set(folder: &Path, record: &RunRecord) -> Result<&'static RuleSet, RunFolderError> {
    let rules = &record.rules;
    match RuleSet::named(&rules.set).filter(|_| rules.file_sha256.is_none()) {
        Some(set) => Ok(set),
        None => Ok(RuleSet::open(&folder.join(RULES))?),
    }
}

/// The run's numbers; one that it does not have is an error, since a default would be another rule.
fn thresholds(set: &'static RuleSet, told: &Ordered<f64>) -> Result<Thresholds, String> {
    let mut thresholds = Thresholds::of(set);
    for threshold in &set.thresholds {
        let (Some(&number), Some(place)) = (told.get(threshold.key), thresholds.get_mut(threshold.key)) else {
            return Err(format!("no number rules.thresholds.{}", threshold.key));
        };
        *place = number;
    }
    Ok(thresholds)
}

/// The best file of parcels that the run wrote and that is still there.
fn parcels(folder: &Path, files: &[String]) -> Result<(&'static ParcelFormat, PathBuf), RunFolderError> {
    let written: Vec<_> =
        ParcelFormat::by_preference().filter(|format| files.iter().any(|file| file == format.file)).collect();
    let there = written.iter().map(|&format| (format, folder.join(format.file))).find(|(_, path)| path.is_file());
    let gone = || written.iter().map(|format| format.file).collect();
    there.ok_or_else(|| RunFolderError::NoParcels { folder: folder.to_owned(), gone: gone() })
}
