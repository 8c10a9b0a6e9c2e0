//! The parcels of a run, of each only what is compared: some 100 bytes a parcel, whatever else the files hold.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use rayon::prelude::*;

use crate::criteria::RuleSet;
use crate::inputs::{InputError, ParcelSource};
use crate::runs::row::{ComparedColumns, Kept, RunRow};
use crate::runs::{HashedReader, RunFolder, RunFolderError};
use crate::table::{Source, parcel_columns};
use crate::verdicts::Status;

/// Chunks in memory at a time, for each thread.
const CHUNKS_A_THREAD: usize = 4;

/// The ids of parcels, one after the other in one text.
#[derive(Debug, Default)]
pub(super) struct Ids {
    text: String,
    ends: Vec<usize>,
}

impl Ids {
    pub(super) fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }

    fn append(&mut self, other: &Self) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| start + end));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, parcel: u32) -> &str {
        let index = parcel as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..self.ends[index]]
    }
}

/// The nearest stops of each parcel by name, for runs whose parcels have no shapes.
#[derive(Debug, Default)]
pub(super) struct NearNames {
    names: Vec<String>,
    indices: BTreeMap<String, u32>,
    /// Sets a parcel.
    sets: usize,
    /// By parcel, of every set.
    found: Vec<Option<(u32, f32)>>,
}

impl NearNames {
    fn push(&mut self, row: &mut RunRow) {
        for (name, metres) in &mut row.near {
            let found = name.take().zip(*metres).map(|(name, metres)| (self.index(name), metres as f32));
            self.found.push(found);
        }
    }

    fn index(&mut self, name: String) -> u32 {
        if let Some(&index) = self.indices.get(&name) {
            return index;
        }
        let index = self.names.len() as u32;
        self.names.push(name.clone());
        self.indices.insert(name, index);
        index
    }

    /// The name of the nearest of a set, and how far it is in metres.
    pub(super) fn get(&self, parcel: u32, set: usize) -> Option<(&str, f64)> {
        let (name, metres) = self.found[parcel as usize * self.sets + set]?;
        Some((&self.names[name as usize], f64::from(metres)))
    }
}

/// The parcels of a run in the order of its file.
#[derive(Debug)]
pub(super) struct Parcels {
    pub(super) ids: Ids,
    areas: Vec<Option<f64>>,
    /// For each parcel, as [`RunRow::statuses`].
    statuses: Vec<Status>,
    /// Zones a parcel.
    zones: usize,
    /// For each parcel, as [`RunRow::shares`].
    shares: Vec<u32>,
    /// Share columns a parcel.
    stride: usize,
    pub(super) near: Option<NearNames>,
    /// For each chunk of the file, the parcel that it begins with; none for a table.
    pub(super) chunks: Vec<u32>,
}

impl Parcels {
    fn with_room(parcels: usize, kept: &Kept) -> Self {
        let (zones, stride) = (kept.zones.len(), kept.shares());
        Self {
            ids: Ids { text: String::new(), ends: Vec::with_capacity(parcels) },
            areas: Vec::with_capacity(parcels),
            statuses: Vec::with_capacity(parcels * zones),
            zones,
            shares: Vec::with_capacity(parcels * stride),
            stride,
            near: None,
            chunks: Vec::new(),
        }
    }

    /// Reads the parcels of a run: files with shapes chunk by chunk on all threads, a table row by row.
    ///
    /// # Errors
    /// Whatever keeps the file from being read, and a parcel that no run wrote so.
    pub(super) fn read(run: &RunFolder, kept: &Kept) -> Result<Self, RunFolderError> {
        run.check_readable()?;
        if !run.format.has_shapes {
            return read_table(run, kept);
        }
        let source = run.open_parcels()?;
        let columns = ComparedColumns::new(kept, false);
        let mut all = Self::with_room(source.len(), kept);
        let window = CHUNKS_A_THREAD * rayon::current_num_threads();
        for first in (0..source.chunks()).step_by(window) {
            let chunks = first..source.chunks().min(first + window);
            let read: Vec<Result<Self, RunFolderError>> = chunks
                .into_par_iter()
                .map(|chunk| read_chunk(&*source, chunk, (kept, &columns), &run.parcels))
                .collect();
            for parcels in read {
                all.append(&parcels?);
            }
        }
        run.check_sources(source.files())?;
        Ok(all)
    }

    fn push(&mut self, row: &mut RunRow) {
        self.ids.push(&row.id);
        self.areas.push(row.area);
        self.statuses.extend_from_slice(&row.statuses);
        self.shares.extend_from_slice(&row.shares);
        if let Some(near) = &mut self.near {
            near.push(row);
        }
    }

    /// Adds the parcels of the next chunk.
    fn append(&mut self, other: &Self) {
        self.chunks.push(self.len() as u32);
        self.ids.append(&other.ids);
        self.areas.extend_from_slice(&other.areas);
        self.statuses.extend_from_slice(&other.statuses);
        self.shares.extend_from_slice(&other.shares);
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Ground area in m²; `None` without usable geometry.
    pub(super) fn area(&self, parcel: u32) -> Option<f64> {
        self.areas[parcel as usize]
    }

    pub(super) fn statuses(&self, parcel: u32) -> &[Status] {
        &self.statuses[parcel as usize * self.zones..][..self.zones]
    }

    /// The shares of a parcel, as [`RunRow::shares`].
    pub(super) fn shares(&self, parcel: u32) -> &[u32] {
        &self.shares[parcel as usize * self.stride..][..self.stride]
    }
}

fn read_chunk(
    source: &dyn ParcelSource,
    chunk: usize,
    (kept, columns): (&Kept, &ComparedColumns),
    path: &Path,
) -> Result<Parcels, RunFolderError> {
    let raw = source.read_chunk(chunk)?;
    let mut parcels = Parcels::with_room(raw.records.len(), kept);
    let mut row = RunRow::new(columns);
    for (index, record) in raw.records.iter().enumerate() {
        let read = row.read_json(columns, &record.properties);
        read.map_err(|problem| wrong(path, raw.first + index + 1, problem))?;
        parcels.push(&mut row);
    }
    Ok(parcels)
}

fn wrong(path: &Path, parcel: usize, problem: String) -> RunFolderError {
    RunFolderError::Parcel { path: path.to_owned(), parcel, problem }
}

/// Reads `parcels.csv` row by row. The general reader of tables keeps every cell of the file, which for a million parcels
/// is gigabytes; here the form is known, since a run wrote it.
fn read_table(run: &RunFolder, kept: &Kept) -> Result<Parcels, RunFolderError> {
    let path = &run.parcels;
    let file = File::open(path).map_err(|source| InputError::Io { path: path.to_owned(), source })?;
    let mut table = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(BufReader::with_capacity(1 << 16, HashedReader::new(file)));
    let columns = ComparedColumns::new(kept, true);
    let near = NearNames { sets: kept.near.len(), ..NearNames::default() };
    let mut parcels = Parcels { near: Some(near), ..Parcels::with_room(0, kept) };
    let mut sources: Vec<Option<Source>> = Vec::new();
    let mut row = RunRow::new(&columns);
    let mut record = csv::StringRecord::new();
    for number in 0.. {
        let read = table.read_record(&mut record);
        let more = read.map_err(|error| InputError::table(path, number, &error))?;
        if !more {
            break;
        }
        if number == 0 {
            let names = record.iter().map(|name| name.trim_start_matches('\u{feff}'));
            sources = sources_of(names, &columns, run.rules.set);
            continue;
        }
        let cells = sources.iter().zip(&record).filter_map(|(source, cell)| Some(((*source)?, cell)));
        row.read_cells(&columns, cells).map_err(|problem| wrong(path, number, problem))?;
        parcels.push(&mut row);
    }
    run.check_read(path, &table.into_inner().into_inner().sha256())?;
    if parcels.len() == 0 {
        return Err(wrong(path, 1, "there is none".to_owned()));
    }
    Ok(parcels)
}

/// What stands in the columns with these headers, which are names or, where a run was asked for that, titles. The input's own
/// stand last and may be called like a title.
fn sources_of<'n>(
    names: impl Iterator<Item = &'n str>,
    columns: &ComparedColumns,
    set: &'static RuleSet,
) -> Vec<Option<Source>> {
    let titled = parcel_columns(set);
    let mut found: Vec<Option<Source>> = Vec::new();
    for name in names {
        let of_title = || titled.iter().find(|column| column.title.ja == name || column.title.en == name);
        let source = columns.source(name).or_else(|| columns.source(&of_title()?.name));
        found.push(source.filter(|source| !found.contains(&Some(*source))));
    }
    found
}
