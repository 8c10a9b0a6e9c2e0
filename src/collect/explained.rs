//! Why do chosen parcels stand as they do?

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::queries::{Explainer, Explanation};

/// Explains the parcels that are meant.
pub struct ExplainChosen<'a> {
    explainer: &'a Explainer<'a>,
    is_meant: &'a (dyn Fn(&str, usize) -> bool + Sync),
    found: ExplainedParcels,
}

/// Parcels that were explained.
#[derive(Debug, Clone, Default)]
pub struct ExplainedParcels {
    /// Each with its 1-based position in the whole input, in the order of the input.
    pub parcels: Vec<(usize, Explanation)>,
    /// The ids of all parcels, those that were not meant among them.
    pub ids: Vec<String>,
}

impl<'a> ExplainChosen<'a> {
    /// Those of which `is_meant` says so, by id and 1-based position.
    #[must_use]
    pub fn new(explainer: &'a Explainer<'a>, is_meant: &'a (dyn Fn(&str, usize) -> bool + Sync)) -> Self {
        Self { explainer, is_meant, found: ExplainedParcels::default() }
    }
}

impl Collector for ExplainChosen<'_> {
    type Piece = ExplainedParcels;
    type Output = ExplainedParcels;

    fn piece(&self, result: &BatchResult<'_>) -> ExplainedParcels {
        let mut piece = ExplainedParcels::default();
        for row in 0..result.len() {
            let id = result.assessment.ids.get(row).unwrap_or_default();
            if (self.is_meant)(id, result.position(row)) {
                let explained = self.explainer.explain(&result.batch, &result.assessment, row);
                piece.parcels.push((result.position(row), explained));
            }
            piece.ids.push(id.to_owned());
        }
        piece
    }

    fn merge(&mut self, piece: ExplainedParcels) -> Result<(), Enough> {
        self.found.parcels.extend(piece.parcels);
        self.found.ids.extend(piece.ids);
        Ok(())
    }

    fn finish(self) -> ExplainedParcels {
        self.found
    }
}

impl std::fmt::Debug for ExplainChosen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExplainChosen").field("found", &self.found).finish_non_exhaustive()
    }
}
