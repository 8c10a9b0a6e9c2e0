//! The runs that are being read: a few at a time, each by whoever asks for its next chunk.
//!
//! Workers ask for neighbouring chunks, in about the order of the file. One of them reads on to the chunk that it wants;
//! the chunks on the way wait for the others. What is read are arrow arrays: to make parcels of them is done outside,
//! by all workers at once. The geometries and the attributes are read separately, so that two can read as well.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow_array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::layout::{ChunkLocation, Run};
use super::pages;
use crate::diagnostics::guard::guarded;
use crate::inputs::files::Bytes;
use crate::inputs::foreign;
use crate::text::Text;

/// What is said where the crate panics.
const NOT_DECODED: Text = Text::new("ページの中身を読み取れません", "a page cannot be decoded");

/// Reads some columns of a file, chunk by chunk.
pub(super) struct Runs {
    file: Arc<Bytes>,
    /// The same bytes as the parquet crate takes them; slices of it are no copies.
    bytes: bytes::Bytes,
    metadata: ArrowReaderMetadata,
    columns: ProjectionMask,
    /// The runs that were begun, the one last asked for at the end.
    begun: Mutex<VecDeque<(Run, Arc<Mutex<Reading>>)>>,
}

/// The bytes of a file as an owner that the `bytes` crate takes.
struct Owner(Arc<Bytes>);

impl AsRef<[u8]> for Owner {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A run as far as it was read.
#[derive(Default)]
struct Reading {
    reader: Option<ParquetRecordBatchReader>,
    /// The chunk that the reader gives next.
    next: usize,
    /// Chunks that were read and not asked for yet.
    waiting: BTreeMap<usize, RecordBatch>,
}

impl Runs {
    /// The columns are given by their indices at the top level.
    pub(super) fn new(
        file: &Arc<Bytes>,
        metadata: &ArrowReaderMetadata,
        columns: impl IntoIterator<Item = usize>,
    ) -> Self {
        Self {
            file: Arc::clone(file),
            bytes: bytes::Bytes::from_owner(Owner(Arc::clone(file))),
            metadata: metadata.clone(),
            columns: ProjectionMask::roots(metadata.parquet_schema(), columns),
            begun: Mutex::default(),
        }
    }

    /// The columns of one chunk. The error says what is wrong with the file.
    pub(super) fn read(&self, location: &ChunkLocation) -> Result<RecordBatch, Text> {
        let reading = self.reading(location.run);
        let batch = self.read_on(&mut lock(&reading), location);
        if batch.is_err() {
            self.forget(location.run);
        }
        batch
    }

    /// The run as far as it was read; where too many are begun, the one that was not asked for longest is given up.
    fn reading(&self, run: Run) -> Arc<Mutex<Reading>> {
        let mut begun = lock(&self.begun);
        let known = begun.iter().position(|(known, _)| *known == run).and_then(|at| begun.remove(at));
        let reading = known.map_or_else(Arc::default, |(_, reading)| reading);
        begun.push_back((run, Arc::clone(&reading)));
        // Each worker is in one run; a second one ends where the first goes on to the next.
        if begun.len() > 2 * rayon::current_num_threads().max(2) {
            begun.pop_front();
        }
        reading
    }

    fn forget(&self, run: Run) {
        lock(&self.begun).retain(|(known, _)| *known != run);
    }

    fn read_on(&self, reading: &mut Reading, location: &ChunkLocation) -> Result<RecordBatch, Text> {
        let ChunkLocation { run, in_run, .. } = *location;
        if let Some(batch) = reading.waiting.remove(&in_run) {
            self.end(reading, run);
            return Ok(batch);
        }
        if reading.reader.is_none() || reading.next > in_run {
            *reading = Reading { reader: Some(self.begin(run)?), ..Reading::default() };
        }
        let twice = || Text::new("2度は読めません", "it cannot be read twice");
        let reader = reading.reader.as_mut().ok_or_else(twice)?;
        loop {
            let rows = run.chunk_rows.min(run.rows - reading.next * run.chunk_rows);
            let batch = next(reader)?.filter(|batch| batch.num_rows() == rows);
            let batch = batch.ok_or_else(|| {
                Text::new("行グループの行の数が、書かれた数と合いません", "a row group has not as many rows as it says")
            })?;
            reading.next += 1;
            if reading.next > in_run {
                self.end(reading, run);
                return Ok(batch);
            }
            reading.waiting.insert(reading.next - 1, batch);
        }
    }

    fn begin(&self, run: Run) -> Result<ParquetRecordBatchReader, Text> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.bytes.clone(), self.metadata.clone())
            .with_projection(self.columns.clone())
            .with_row_groups(vec![run.group])
            .with_offset(run.start)
            .with_limit(run.rows)
            .with_batch_size(run.chunk_rows);
        guarded(&NOT_DECODED, || builder.build()).and_then(|reader| reader.map_err(|error| unreadable(&error)))
    }

    /// Lets go of what is not needed any more where the run is read to its end.
    fn end(&self, reading: &mut Reading, run: Run) {
        if reading.next < run.chunks() {
            return;
        }
        if reading.reader.take().is_some() {
            let chunks = self.metadata.metadata().row_group(run.group).columns().iter().enumerate();
            for (_, chunk) in chunks.filter(|(leaf, _)| self.columns.leaf_included(*leaf)) {
                if let Some(range) = pages::range(self.file.len(), chunk) {
                    self.file.release(run.share_of(&range));
                }
            }
        }
        if reading.waiting.is_empty() {
            self.forget(run);
        }
    }
}

fn next(reader: &mut ParquetRecordBatchReader) -> Result<Option<RecordBatch>, Text> {
    guarded(&NOT_DECODED, || reader.next().transpose()).and_then(|batch| batch.map_err(|error| unreadable(&error)))
}

fn unreadable(error: &impl std::fmt::Display) -> Text {
    foreign("ページの中身を読み取れません", error)
}

/// What a panic left locked is whole: nothing is changed while the parquet crate is called.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
