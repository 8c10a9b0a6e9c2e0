//! Every file of parcels: encoded by the threads that assess, written by one thread of their own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::outputs::{Beside, OutputError, ParcelFormat, ParcelLayout, Piece, Rows, Sink};
use crate::runs::RunWriter;

/// Writes the parcels in some formats.
#[derive(Debug)]
pub struct ParcelFiles {
    formats: Vec<&'static ParcelFormat>,
    layout: Arc<ParcelLayout>,
    sender: SyncSender<Vec<Piece>>,
    writer: JoinHandle<Result<OpenParcelFiles, OutputError>>,
}

/// Files that hold all parcels and still wait to be ended.
pub struct OpenParcelFiles {
    sinks: Vec<Box<dyn Sink>>,
    /// How long writing took, without the waiting.
    pub writing: Duration,
}

impl ParcelFiles {
    /// Begins the files in a run folder. At most `waiting` batches wait to be written; then those who assess wait.
    ///
    /// # Errors
    /// Where a file cannot be made, or cannot hold such columns.
    pub fn begin(
        formats: &[&'static ParcelFormat],
        layout: &Arc<ParcelLayout>,
        folder: &mut RunWriter,
        waiting: usize,
    ) -> Result<Self, OutputError> {
        let open = |format: &&'static ParcelFormat| format.open(folder.create(format.file)?, layout);
        let sinks = formats.iter().map(open).collect::<Result<Vec<_>, OutputError>>()?;
        let (sender, receiver) = sync_channel(waiting);
        let writer = std::thread::spawn(move || write_all(sinks, receiver));
        Ok(Self { formats: formats.to_vec(), layout: Arc::clone(layout), sender, writer })
    }
}

impl Collector for ParcelFiles {
    /// One piece a format.
    type Piece = Vec<Piece>;
    type Output = Result<OpenParcelFiles, OutputError>;

    fn piece(&self, result: &BatchResult<'_>) -> Vec<Piece> {
        let is_typed = self.formats.iter().any(|format| format.is_typed);
        let rows = Rows::new(&self.layout, result, is_typed);
        self.formats.iter().map(|format| format.encode(&self.layout, &rows)).collect()
    }

    fn merge(&mut self, piece: Vec<Piece>) -> Result<(), Enough> {
        // The writer ends before its time only where it cannot write.
        self.sender.send(piece).map_err(|_| Enough)
    }

    fn finish(self) -> Result<OpenParcelFiles, OutputError> {
        drop(self.sender);
        // A writer does not panic; if it did, the run must not look finished.
        self.writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// Writes what comes, one piece a file, until no more comes.
fn write_all(mut sinks: Vec<Box<dyn Sink>>, receiver: Receiver<Vec<Piece>>) -> Result<OpenParcelFiles, OutputError> {
    let mut writing = Duration::ZERO;
    for pieces in receiver {
        let begun = Instant::now();
        for (sink, piece) in sinks.iter_mut().zip(&pieces) {
            sink.take(piece)?;
        }
        writing += begun.elapsed();
    }
    Ok(OpenParcelFiles { sinks, writing })
}

impl OpenParcelFiles {
    /// Ends the files. What the run writes `beside` the parcels is for formats that hold several layers.
    ///
    /// # Errors
    /// Where the rest cannot be written.
    pub fn finish(self, beside: &Beside<'_>) -> Result<(), OutputError> {
        self.sinks.into_iter().try_for_each(|sink| sink.finish(beside))
    }
}
