//! Goes through the changed parcels once more and puts each down to the stop that did it.

use rayon::prelude::*;

use super::blame::Blame;
use super::compare::{Amount, Change, Compared};
use super::line_changes::{LineChange, line_changes};
use super::parcels::Parcels;
use super::stop_changes::{StopChange, stop_changes};
use crate::criteria::Zone;
use crate::crs::{ScaleField, ToPlane};
use crate::layers::crs_of;
use crate::runs::row::Kept;
use crate::runs::{RunFolder, RunFolderError};
use crate::verdicts::Status;

/// How parcels were put down to stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlamedBy {
    /// By the parcels' shapes: the nearest changed stop that reaches them.
    Shapes,
    /// By the names of the nearest stops in the columns, since neither run has shapes.
    Columns,
}

/// What a stop did to the parcels of one zone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct StopAmounts {
    /// Parcels that became eligible.
    pub gained: Amount,
    /// Parcels that were eligible.
    pub lost: Amount,
    /// Parcels that are eligible in neither run.
    pub other: Amount,
}

impl StopAmounts {
    fn add(&mut self, other: &Self) {
        for (sum, more) in
            [(&mut self.gained, other.gained), (&mut self.lost, other.lost), (&mut self.other, other.other)]
        {
            sum.parcels += more.parcels;
            sum.area = sum.area + more.area;
        }
    }
}

/// A stop that changed, and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct StopDiff {
    /// What became of it.
    pub change: StopChange,
    /// The zones that both rule sets have, in the order of B.
    pub zones: Vec<(Zone, StopAmounts)>,
}

impl StopDiff {
    /// How many changes of parcels, one a zone, are put down to it.
    #[must_use]
    pub fn parcels(&self) -> u64 {
        self.zones.iter().map(|(_, zone)| zone.gained.parcels + zone.lost.parcels + zone.other.parcels).sum()
    }

    /// Square metres gained and lost, then those of other changes: what stops are listed by.
    fn weight(&self) -> (f64, f64) {
        let sum = |area: fn(&StopAmounts) -> f64| self.zones.iter().map(|(_, zone)| area(zone)).sum();
        (sum(|zone| zone.gained.area.0 + zone.lost.area.0), sum(|zone| zone.other.area.0))
    }
}

/// A line that runs more or less often than before, and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct LineDiff {
    /// What became of it.
    pub change: LineChange,
    /// The stops whose service it changed, by their indices, in their order.
    pub stops: Vec<usize>,
    /// The zones that both rule sets have, in the order of B: what is put down to these stops.
    pub zones: Vec<(Zone, StopAmounts)>,
}

/// The stops that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct StopsDiff {
    /// Those that did most first.
    pub stops: Vec<StopDiff>,
    /// The lines that changed.
    pub lines: Vec<LineDiff>,
    /// How parcels were put down to them.
    pub by: BlamedBy,
}

/// Finds for each changed parcel the stop that did it; `None` where a run has no file of stops.
pub(super) fn attribute(
    runs: &[RunFolder; 2],
    kept: &Kept,
    parcels: &[Parcels; 2],
    compared: &mut Compared,
) -> Result<Option<StopsDiff>, RunFolderError> {
    let [a, b] = runs;
    // One plane for both, that of B.
    let (Some(before), Some(after)) = (a.stops_on(b.plane)?, b.stops_on(b.plane)?) else { return Ok(None) };
    let scale = ScaleField::new(b.plane);
    let lines = line_changes(&a.record, &b.record);
    let changed = stop_changes(before, after, &lines, &scale);
    let blame = Blame::new(&changed, runs, kept, &scale);
    let with_shapes = [1, 0].into_iter().find(|&run| runs[run].format.has_shapes);
    let by = if with_shapes.is_some() { BlamedBy::Shapes } else { BlamedBy::Columns };
    match with_shapes {
        Some(run) => by_shapes(&blame, run, runs, parcels, &mut compared.changes)?,
        None => compared.changes.iter_mut().for_each(|change| change.stop = blame.by_columns(change, parcels)),
    }
    let stops = ranked(changed, &kept.zones, &mut compared.changes);
    let lines = lines.into_iter().enumerate().map(|(index, change)| line_diff(index, change, &kept.zones, &stops));
    Ok(Some(StopsDiff { lines: lines.collect(), stops, by }))
}

/// What a line did: what its stops did.
fn line_diff(index: usize, change: LineChange, zones: &[Zone], all: &[StopDiff]) -> LineDiff {
    let mut line = LineDiff {
        change,
        stops: Vec::new(),
        zones: zones.iter().map(|&zone| (zone, StopAmounts::default())).collect(),
    };
    for (place, stop) in all.iter().enumerate() {
        if stop.change.lines.iter().any(|cause| cause.line == index) {
            line.stops.push(place);
            for ((_, sum), (_, one)) in line.zones.iter_mut().zip(&stop.zones) {
                sum.add(one);
            }
        }
    }
    line
}

/// Reads the chunks of a run that hold changed parcels again, for their shapes.
fn by_shapes(
    blame: &Blame<'_>,
    run: usize,
    runs: &[RunFolder; 2],
    parcels: &[Parcels; 2],
    changes: &mut [Change],
) -> Result<(), RunFolderError> {
    let parcel = |change: &Change| [change.before, change.after][run];
    let mut asked: Vec<usize> = (0..changes.len()).filter(|&index| blame.is_asked(&changes[index], parcels)).collect();
    if asked.is_empty() {
        return Ok(());
    }
    asked.sort_by_key(|&index| parcel(&changes[index]));
    let path = &runs[run].parcels;
    let source = runs[run].open_parcels()?;
    // What was counted when the file was read first stands for this one too.
    runs[run].check_sources(source.files())?;
    if source.len() != parcels[run].len() {
        return Err(RunFolderError::Replaced { folder: runs[run].folder.clone() });
    }
    let (crs, _) = crs_of(&source.files()[0], None, "parcels")?;
    let to_plane = ToPlane::new(&crs, runs[1].plane).map_err(|error| RunFolderError::crs(path, error))?;
    let chunk_of = |index: usize| parcels[run].chunks.partition_point(|&first| first <= parcel(&changes[index])) - 1;
    let chunks: Vec<&[usize]> = asked.chunk_by(|&one, &other| chunk_of(one) == chunk_of(other)).collect();
    let found: Vec<Vec<(usize, Option<u32>)>> = chunks
        .into_par_iter()
        .map(|asked| {
            let chunk = chunk_of(asked[0]);
            let first = parcels[run].chunks[chunk];
            let mut raw = source.read_chunk(chunk)?;
            to_plane.convert(raw.shapes.points_mut()).map_err(|error| RunFolderError::crs(path, error))?;
            let stop = |&index: &usize| {
                let change = &changes[index];
                let parcel = raw.shapes.get((parcel(change) - first) as usize);
                (index, blame.by_shape(change, parcels, &parcel))
            };
            Ok(asked.iter().map(stop).collect())
        })
        .collect::<Result<_, RunFolderError>>()?;
    for (index, stop) in found.into_iter().flatten() {
        changes[index].stop = stop;
    }
    Ok(())
}

/// The stops with what they did, those that did most first; changes are told the new indices of their stops.
fn ranked(changed: Vec<StopChange>, zones: &[Zone], changes: &mut [Change]) -> Vec<StopDiff> {
    let nothing: Vec<(Zone, StopAmounts)> = zones.iter().map(|&zone| (zone, StopAmounts::default())).collect();
    let mut stops: Vec<(usize, StopDiff)> =
        changed.into_iter().map(|change| StopDiff { change, zones: nothing.clone() }).enumerate().collect();
    for change in &*changes {
        let Some(stop) = change.stop else { continue };
        let zones = &mut stops[stop as usize].1.zones;
        let Some((_, amounts)) = zones.iter_mut().find(|(zone, _)| *zone == change.zone) else { continue };
        match (change.from, change.to) {
            (_, Status::Eligible) => amounts.gained.add(change),
            (Status::Eligible, _) => amounts.lost.add(change),
            _ => amounts.other.add(change),
        }
    }
    stops.sort_by(|(index, one), (other_index, other)| {
        let ((most, more), (other_most, other_more)) = (one.weight(), other.weight());
        other_most.total_cmp(&most).then(other_more.total_cmp(&more)).then(index.cmp(other_index))
    });
    let mut indices = vec![0; stops.len()];
    for ((old, _), new) in stops.iter().zip(0..) {
        indices[*old] = new;
    }
    for change in changes {
        change.stop = change.stop.map(|stop| indices[stop as usize]);
    }
    stops.into_iter().map(|(_, stop)| stop).collect()
}
