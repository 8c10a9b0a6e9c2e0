//! What changed between two runs, and why? Statuses gained and lost by parcels and hectares, the stop that did it, and
//! what else differs.
//!
//! Only the run folders are read, nothing is measured again. Of a parcel some 100 bytes are kept, so that two runs of a
//! million parcels fit into a few hundred megabytes; shapes are read a second time for the changed parcels alone.

mod attribute;
mod blame;
mod changed_things;
mod compare;
mod differences;
mod document;
mod error;
mod line_changes;
mod lists;
mod matching;
mod parcels;
mod sheets;
mod stop_changes;
mod zone_changes;

use std::path::{Path, PathBuf};

pub use attribute::{BlamedBy, LineDiff, StopAmounts, StopDiff, StopsDiff};
pub use compare::{Amount, Change, ZoneDiff};
pub use differences::Difference;
pub use document::{diff_document, write_changes};
pub use error::DiffError;
pub use line_changes::LineChange;
pub use lists::RowDiff;
pub use sheets::diff_sheets;
pub use stop_changes::{LineCause, StopChange};
pub use zone_changes::{CandidateChange, CandidateZone, CandidatesDiff};

use crate::criteria::{RuleSet, Zone};
use crate::runs::RunFolder;
use crate::runs::row::Kept;
use parcels::{Ids, Parcels};

/// One of the two runs.
#[derive(Debug)]
pub struct DiffRun {
    /// Its folder.
    pub folder: PathBuf,
    /// The name of its project.
    pub name: String,
    /// The version of kyoten that made it.
    pub version: String,
    /// The file of parcels that was read.
    pub parcels_file: PathBuf,
    /// How many parcels it has.
    pub parcels: u64,
    /// Whether it has a file of stops.
    pub has_stops: bool,
    /// Whether it has a file of candidate zones.
    pub has_zones: bool,
    /// How many of its parcels have the `kyoten_id` of an earlier one.
    pub repeated_ids: u64,
    /// The parcels that the other run does not have, in order.
    pub alone: Vec<LoneParcel>,
    /// Every file of the run, which nothing may be written over.
    pub files: Vec<PathBuf>,
}

/// A parcel that only one run has.
#[derive(Debug, Clone, PartialEq)]
pub struct LoneParcel {
    /// Its `kyoten_id`.
    pub id: String,
    /// Its ground area; `None` without usable geometry.
    pub area_m2: Option<f64>,
}

/// What changed between two runs.
#[derive(Debug)]
pub struct Diff {
    /// The runs: A, before, and B, after.
    pub runs: [DiffRun; 2],
    /// How many parcels both have.
    pub matched: u64,
    /// How many of these differ in area by more than 1 %.
    pub other_area: u64,
    /// How many of these have the same statuses and other shares.
    pub shares_only: u64,
    /// The rule set of B.
    pub set: &'static RuleSet,
    /// The zones that both rule sets have, in the order of B.
    pub zones: Vec<(Zone, ZoneDiff)>,
    /// The stops that changed; `None` where a run has no file of stops.
    pub stops: Option<StopsDiff>,
    /// The candidate zones that changed; `None` where a run has no file of them.
    pub candidates: Option<CandidatesDiff>,
    /// What else differs.
    pub differences: Vec<Difference>,
    /// Every change of a parcel's status, in the order of B, then of the zones.
    pub changes: Vec<Change>,
    ids: Ids,
}

impl Diff {
    /// The `kyoten_id` of a changed parcel.
    #[must_use]
    pub fn id(&self, change: &Change) -> &str {
        self.ids.get(change.after)
    }

    /// The stop that did a change.
    #[must_use]
    pub fn stop(&self, change: &Change) -> Option<&StopDiff> {
        self.stops.as_ref()?.stops.get(change.stop? as usize)
    }

    /// Whether nothing that is compared differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self.differences.is_empty()
            && self.shares_only == 0
            && self.other_area == 0
            && self.runs.iter().all(|run| run.alone.is_empty())
            && self.stops.as_ref().is_none_or(|stops| stops.stops.is_empty())
            && self.candidates.as_ref().is_none_or(|candidates| candidates.changes.is_empty())
    }
}

/// Compares two run folders: A, before, and B, after.
///
/// # Errors
/// Where a folder is none of a run, where a file of it cannot be read, and where the runs have no parcel in common.
///
/// ```no_run
/// let diff = kyoten::queries::diff("2025".as_ref(), "2026".as_ref())?;
/// println!("{} hectares gained", diff.zones[0].1.gained().area.hectares());
/// # Ok::<(), kyoten::queries::DiffError>(())
/// ```
pub fn diff(a: &Path, b: &Path) -> Result<Diff, DiffError> {
    let runs = [RunFolder::open(a)?, RunFolder::open(b)?];
    let kept = Kept::of_both(&runs[0].rules, &runs[1].rules);
    if kept.zones.is_empty() {
        let sets = runs.each_ref().map(|run| run.rules.set.id.to_owned());
        return Err(DiffError::NoZoneInCommon { folders: runs.map(|run| run.folder), sets });
    }
    let parcels = [Parcels::read(&runs[0], &kept)?, Parcels::read(&runs[1], &kept)?];
    let matching = matching::matching(&parcels[0].ids, &parcels[1].ids);
    if matching.pairs.is_empty() {
        let ids = parcels.each_ref().map(|parcels| parcels.ids.get(0).to_owned());
        return Err(DiffError::NothingInCommon { folders: runs.map(|run| run.folder), ids });
    }
    let mut compared = compare::compare(&runs, &kept, &parcels, &matching);
    let stops = attribute::attribute(&runs, &kept, &parcels, &mut compared)?;
    let candidates = zone_changes::candidates(&runs, &kept.zones)?;
    runs.iter().try_for_each(RunFolder::check_unchanged)?;
    let differences = differences::differences(&runs);
    let alone = [&matching.only_a, &matching.only_b];
    let about = [0, 1].map(|side| about(&runs[side], &parcels[side], alone[side], matching.repeated[side]));
    let set = runs[1].rules.set;
    let [_, Parcels { ids, .. }] = parcels;
    Ok(Diff {
        runs: about,
        set,
        matched: matching.pairs.len() as u64,
        other_area: compared.other_area,
        shares_only: compared.shares_only,
        zones: compared.zones,
        stops,
        candidates,
        differences,
        changes: compared.changes,
        ids,
    })
}

fn about(run: &RunFolder, parcels: &Parcels, alone: &[u32], repeated_ids: u64) -> DiffRun {
    let lone = |&parcel: &u32| LoneParcel { id: parcels.ids.get(parcel).to_owned(), area_m2: parcels.area(parcel) };
    DiffRun {
        folder: run.folder.clone(),
        name: run.record.project.name.clone(),
        version: run.record.tool.version.clone(),
        parcels_file: run.parcels.clone(),
        parcels: parcels.len() as u64,
        has_stops: run.product_file("stops").is_some(),
        has_zones: run.product_file("zones").is_some(),
        repeated_ids,
        alone: alone.iter().map(lone).collect(),
        files: run.files().collect(),
    }
}
