//! All parcels, kept in memory with what the run says of them: for questions that ask them many times over.

use std::sync::Arc;

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::queries::KeptParcels;

/// Keeps every parcel.
#[derive(Debug, Default)]
pub struct Keep(Vec<KeptParcels>);

impl Collector for Keep {
    type Piece = KeptParcels;
    type Output = Vec<KeptParcels>;

    fn piece(&self, result: &BatchResult<'_>) -> KeptParcels {
        KeptParcels { batch: result.batch.clone(), assessment: Arc::clone(&result.assessment) }
    }

    fn merge(&mut self, piece: KeptParcels) -> Result<(), Enough> {
        self.0.push(piece);
        Ok(())
    }

    fn finish(self) -> Vec<KeptParcels> {
        self.0
    }
}
