//! The parcels as a table of Arrow in memory, for whoever asks for no file.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::outputs::arrow::{parcels, parcels_schema};
use crate::outputs::{OutputError, ParcelLayout};

/// Keeps the parcels of a run.
#[derive(Debug)]
pub struct ArrowParcels {
    layout: Arc<ParcelLayout>,
    schema: Arc<Schema>,
    batches: Result<Vec<RecordBatch>, ArrowError>,
}

/// The parcels of a run, in the order of the input.
#[derive(Debug, Clone)]
pub struct ParcelTable {
    /// The columns: the input's own properties, kyoten's, and `geometry`.
    pub schema: Arc<Schema>,
    /// Some rows each.
    pub batches: Vec<RecordBatch>,
}

impl ArrowParcels {
    /// Keeps parcels with the columns of a layout.
    ///
    /// # Errors
    /// Where nearly all of the table would be empty.
    pub fn new(layout: &Arc<ParcelLayout>) -> Result<Self, OutputError> {
        let schema = Arc::new(parcels_schema(layout)?);
        Ok(Self { layout: Arc::clone(layout), schema, batches: Ok(Vec::new()) })
    }
}

impl Collector for ArrowParcels {
    type Piece = Result<RecordBatch, ArrowError>;
    type Output = Result<ParcelTable, ArrowError>;

    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
        parcels(&self.layout, &self.schema, result)
    }

    fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough> {
        match (&mut self.batches, piece) {
            (Ok(batches), Ok(piece)) => batches.push(piece),
            (batches, Err(error)) => *batches = Err(error),
            (Err(_), Ok(_)) => {}
        }
        if self.batches.is_ok() { Ok(()) } else { Err(Enough) }
    }

    fn finish(self) -> Self::Output {
        Ok(ParcelTable { schema: self.schema, batches: self.batches? })
    }
}
