//! All parcels, batch by batch: read, assessed and gathered.
//!
//! Batches are independent and go through all steps on one thread each; what they give is merged in the order of the
//! input. Only a window of batches is in memory at a time.

use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::clock::Work;
use super::open::Opened;
use super::{Progress, RunError, go_on};
use crate::assess::{Assessment, Assessor, BatchResult, position};
use crate::collect::Collector;
use crate::evidence::{Batch, Texts};
use crate::layers::{IntoPlane, ParcelReader, ReadBatch};
use crate::queries::Explainer;

/// Batches in memory at a time, for each thread.
const BATCHES_A_THREAD: usize = 4;

/// So many batches may wait to be written.
pub(super) fn waiting() -> usize {
    2 * window()
}

fn window() -> usize {
    BATCHES_A_THREAD * rayon::current_num_threads()
}

/// What every batch is read and assessed with.
struct BatchContext<'a, C> {
    parcels: &'a ParcelReader,
    into_plane: IntoPlane,
    /// `None` where the parcels are only read.
    assessor: Option<&'a Assessor>,
    /// Who says what fails of each; `None` where nobody asks.
    explainer: Option<&'a Explainer<'a>>,
    collectors: &'a C,
    /// Whether a format asks for the polygons as they came.
    keep: bool,
}

/// Reads all parcels without assessing them: their ids, shapes and flaws are there to be gathered, nothing else.
pub(super) fn read<C: Collector>(
    opened: &Opened,
    collectors: C,
    progress: &dyn Progress,
) -> Result<C::Output, RunError> {
    all(opened, (None, None), collectors, false, progress).map(|(output, _)| output)
}

/// Assesses all parcels; returns what was gathered, and the work that it was.
pub(super) fn collect<C: Collector>(
    opened: &Opened,
    assessor: &Assessor,
    collectors: C,
    keep: bool,
    progress: &dyn Progress,
) -> Result<(C::Output, Work), RunError> {
    all(opened, (Some(assessor), None), collectors, keep, progress)
}

/// The same, with what fails of each and by how much where there is somebody to say it.
pub(super) fn collect_explained<C: Collector>(
    opened: &Opened,
    (assessor, explainer): (&Assessor, Option<&Explainer<'_>>),
    collectors: C,
    keep: bool,
    progress: &dyn Progress,
) -> Result<(C::Output, Work), RunError> {
    all(opened, (Some(assessor), explainer), collectors, keep, progress)
}

fn all<C: Collector>(
    opened: &Opened,
    (assessor, explainer): (Option<&Assessor>, Option<&Explainer<'_>>),
    mut collectors: C,
    keep: bool,
    progress: &dyn Progress,
) -> Result<(C::Output, Work), RunError> {
    let parcels = &opened.parcels;
    let of = parcels.len() as u64;
    let (mut done, mut all) = (0, Work::default());
    let mut into_plane = parcels.into_plane(opened.plane)?;
    'windows: for first in (0..parcels.batches()).step_by(window()) {
        go_on(progress)?;
        let context = BatchContext { parcels, into_plane, assessor, explainer, collectors: &collectors, keep };
        let last = parcels.batches().min(first + window());
        let pieces: Vec<Result<_, RunError>> =
            (first..last).into_par_iter().map(|batch| context.piece(batch)).collect();
        into_plane = context.into_plane;
        for piece in pieces {
            let (piece, rows, work) = piece?;
            done += rows as u64;
            all.add(work);
            if collectors.merge(piece).is_err() {
                // Why no more is wanted, the end tells.
                break 'windows;
            }
        }
        progress.parcels(done, of);
    }
    Ok((collectors.finish(), all))
}

impl<C: Collector> BatchContext<'_, C> {
    /// All the work on a batch: what it gives, and how many parcels it has.
    fn piece(&self, batch: usize) -> Result<(C::Piece, usize, Work), RunError> {
        let begun = Instant::now();
        let read = self.parcels.read(batch, &self.into_plane, self.keep)?;
        let been_read = Instant::now();
        let result = assessed(read, self.assessor, self.explainer);
        let been_measured = Instant::now();
        let piece = self.collectors.piece(&result);
        let work = Work {
            read: been_read.duration_since(begun),
            measure: been_measured.duration_since(been_read),
            write: been_measured.elapsed(),
        };
        Ok((piece, result.len(), work))
    }
}

/// Assesses a batch that was read; one without an id is called by its position.
pub(super) fn assessed<'r>(
    read: ReadBatch<'r>,
    assessor: Option<&Assessor>,
    explainer: Option<&Explainer<'_>>,
) -> BatchResult<'r> {
    let ReadBatch { first, rows, shapes, records, is_degrees, as_they_came, file, is_in_memory, off_grid } = read;
    let mut ids = Texts::default();
    for (row, record) in records.iter().enumerate() {
        match record.id.as_deref() {
            Some(id) => ids.push(Some(id)),
            None => ids.push_display(position(first, rows.as_deref(), row)),
        }
    }
    let batch = Batch::new(shapes);
    let assessment = match assessor {
        Some(assessor) => assessor.assess(&batch, ids),
        None => Assessment { ids, ..Assessment::default() },
    };
    let margins = explainer.map(|explainer| explainer.columns(&batch, &assessment)).unwrap_or_default();
    let assessment = Arc::new(Assessment { margins, ..assessment });
    BatchResult { first, rows, records, batch, assessment, is_degrees, as_they_came, file, is_in_memory, off_grid }
}
