//! How many parcels does each candidate zone have?

use super::{Collector, Enough};
use crate::assess::BatchResult;

/// Counts the parcels by candidate zone.
#[derive(Debug)]
pub struct CandidateCounts(Vec<u64>);

impl CandidateCounts {
    /// Nothing as yet, of so many candidate zones.
    #[must_use]
    pub fn new(candidates: usize) -> Self {
        Self(vec![0; candidates])
    }
}

impl Collector for CandidateCounts {
    type Piece = Vec<u64>;
    /// By index in [`crate::assess::Assessor::candidates`].
    type Output = Vec<u64>;

    fn piece(&self, result: &BatchResult<'_>) -> Vec<u64> {
        let mut counts = vec![0; self.0.len()];
        let found = result.assessment.candidates.iter().flat_map(|zone| zone.iter().flatten());
        found.for_each(|candidate| counts[candidate as usize] += 1);
        counts
    }

    fn merge(&mut self, piece: Vec<u64>) -> Result<(), Enough> {
        self.0.iter_mut().zip(piece).for_each(|(sum, more)| *sum += more);
        Ok(())
    }

    fn finish(self) -> Vec<u64> {
        self.0
    }
}
