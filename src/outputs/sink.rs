//! The end of the way: files that take what was made of the batches, in the order of the input.

use std::sync::Arc;

use super::table::Table;
use super::{OutputError, OutputFile, Product};

/// What a format makes of one batch of parcels.
#[derive(Debug)]
pub struct Piece {
    /// The bytes of its own encoder; none where it has none.
    pub(super) bytes: Vec<u8>,
    /// The batch's columns and shapes, shared between formats; empty where no format of the run has types.
    pub(super) table: Arc<Table>,
    /// The columns of a format that wants them as Arrow has them; none of others.
    #[cfg(feature = "geoparquet")]
    pub(super) arrays: Vec<arrow_array::ArrayRef>,
}

impl Piece {
    /// A piece of which nothing but the table is made yet.
    pub(super) fn new(table: Arc<Table>) -> Self {
        Self {
            bytes: Vec::new(),
            table,
            #[cfg(feature = "geoparquet")]
            arrays: Vec::new(),
        }
    }
}

/// A file of parcels while it is being written. Only one thread writes.
pub trait Sink: Send {
    /// Adds a piece; pieces come in the order of the input.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError>;

    /// Ends the file and makes sure that it is on the disk. What the run writes `beside` the parcels is for formats that
    /// hold several layers.
    ///
    /// # Errors
    /// Where the rest cannot be written.
    fn finish(self: Box<Self>, beside: &[Product]) -> Result<(), OutputError>;
}

/// What stands around the pieces of a file that is nothing but its pieces.
pub(super) struct Frame {
    pub(super) between: &'static [u8],
    pub(super) end: &'static [u8],
}

/// A file that is written from the first byte to the last.
pub(super) struct Plain {
    file: OutputFile,
    frame: Frame,
    is_first: bool,
}

impl Plain {
    /// Begins such a file.
    pub(super) fn open(mut file: OutputFile, begin: &[u8], frame: Frame) -> Result<Box<dyn Sink>, OutputError> {
        file.write(begin)?;
        Ok(Box::new(Self { file, frame, is_first: true }))
    }
}

impl Sink for Plain {
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError> {
        if piece.bytes.is_empty() {
            return Ok(());
        }
        if !std::mem::replace(&mut self.is_first, false) {
            self.file.write(self.frame.between)?;
        }
        self.file.write(&piece.bytes)
    }

    fn finish(mut self: Box<Self>, _: &[Product]) -> Result<(), OutputError> {
        self.file.write(self.frame.end)?;
        self.file.finish()
    }
}
