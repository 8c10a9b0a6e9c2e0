//! The end of the way: files that take what was made of the batches, in the order of the input.

use std::sync::Arc;
use std::time::SystemTime;

use super::table::Table;
#[cfg(feature = "xlsx")]
use super::workbook::Whys;
use super::workbook::{SheetTable, newest};
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
    /// Why the parcels are not eligible, by zone, of a format that says so in words; none of others.
    #[cfg(feature = "xlsx")]
    pub(super) whys: Vec<Whys>,
}

impl Piece {
    /// A piece of which nothing but the table is made yet.
    pub(super) fn new(table: Arc<Table>) -> Self {
        Self {
            bytes: Vec::new(),
            table,
            #[cfg(feature = "geoparquet")]
            arrays: Vec::new(),
            #[cfg(feature = "xlsx")]
            whys: Vec::new(),
        }
    }
}

/// What a run tells beside the parcels, for formats that hold it.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// What it writes as files of its own.
    pub products: &'a [Product],
    /// What a workbook says in words: the summary first. None where no format holds any.
    pub sheets: &'a [SheetTable],
    /// The date of files that must have one: that of the newest input.
    pub made: SystemTime,
}

impl Default for Beside<'_> {
    /// Nothing.
    fn default() -> Self {
        Self { products: &[], sheets: &[], made: newest([]) }
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
    fn finish(self: Box<Self>, beside: &Beside<'_>) -> Result<(), OutputError>;
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

    fn finish(mut self: Box<Self>, _: &Beside<'_>) -> Result<(), OutputError> {
        self.file.write(self.frame.end)?;
        self.file.finish()
    }
}
