//! Arrow's IPC stream: the columns of [`super::arrow`], one batch of records after the other, for whoever takes them as they come.
//!
//! A batch is what was read at a time, so that the bytes hang on the input alone.

use std::io::{self, BufWriter};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, Schema};

use super::arrow::{arrays, parcels_schema};
use super::formats::{ParcelFormat, Rows, Writer};
use super::layout::ParcelLayout;
use super::sink::{Beside, Piece, Sink};
use super::{OutputError, OutputFile};

/// The ending is the one that Arrow gives to streams; `.arrow` is a file with a table of contents at its end.
pub(super) const PARCELS: ParcelFormat = ParcelFormat {
    name: "arrow",
    file: "parcels.arrows",
    has_shapes: true,
    is_typed: true,
    is_workbook: false,
    is_styled_beside: true,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open, beside: None }),
};

/// A stream while it is being written.
struct ArrowStream {
    schema: Arc<Schema>,
    writer: StreamWriter<BufWriter<OutputFile>>,
}

fn encode(piece: &mut Piece, layout: &ParcelLayout, _: &Rows<'_>) {
    piece.arrays = arrays(&piece.table, layout);
}

fn open(file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    file.hold_properties(&layout.properties)?;
    let schema = Arc::new(parcels_schema(layout)?);
    let goal = file.goal().to_owned();
    let writer =
        StreamWriter::try_new_buffered(file, &schema).map_err(|error| OutputError::at(&goal)(reason(error)))?;
    Ok(Box::new(ArrowStream { schema, writer }))
}

impl ArrowStream {
    fn failed(&self, error: ArrowError) -> OutputError {
        self.writer.get_ref().get_ref().failed(reason(error))
    }
}

impl Sink for ArrowStream {
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError> {
        if piece.table.len() == 0 {
            return Ok(());
        }
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), piece.arrays.clone());
        batch.and_then(|batch| self.writer.write(&batch)).map_err(|error| self.failed(error))
    }

    fn finish(mut self: Box<Self>, _: &Beside<'_>) -> Result<(), OutputError> {
        self.writer.finish().map_err(|error| self.failed(error))?;
        let goal = self.writer.get_ref().get_ref().goal().to_owned();
        let buffer = self.writer.into_inner().map_err(|error| OutputError::at(&goal)(reason(error)))?;
        let file = buffer.into_inner().map_err(|error| OutputError::at(&goal)(error.into_error()))?;
        file.finish()
    }
}

/// What went wrong, as an error of reading and writing: a disk that is full stays one.
fn reason(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, source) => source,
        other => io::Error::other(other),
    }
}
