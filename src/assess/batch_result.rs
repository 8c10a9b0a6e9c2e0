//! A batch of a run: what its reader said of it and what was found.

use std::path::Path;
use std::sync::Arc;

use super::Assessment;
use crate::crs::OffGrid;
use crate::evidence::Batch;
use crate::geometry::Shapes;
use crate::inputs::{GeometryProblem, ParcelRecord};

/// Parcels that follow each other in the input, or some of them, with what was found of them.
#[derive(Debug)]
pub struct BatchResult<'a> {
    /// The 0-based position of the first parcel of their chunk in the whole input.
    pub first: usize,
    /// Which of the chunk they are, where they are a selection; `None`: all of it.
    pub rows: Option<Vec<usize>>,
    /// What their files hold of them beside their shapes, one record a parcel.
    pub records: Vec<ParcelRecord<'a>>,
    /// Their shapes on the plane.
    pub batch: Batch,
    /// What was found.
    pub assessment: Arc<Assessment>,
    /// Whether their coordinates are longitude and latitude of the world as outputs have them.
    pub is_degrees: bool,
    /// Their polygons as they came, where `is_degrees` and somebody asks for them.
    pub as_they_came: Option<Shapes>,
    /// The file that they are from.
    pub file: &'a Path,
    /// Whether that is a table in memory.
    pub is_in_memory: bool,
    /// Which of them have points that the grids of shifts from older datums do not simply shift, with the reasons.
    pub off_grid: Vec<(usize, OffGrid)>,
}

impl BatchResult<'_> {
    /// How many parcels there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The 1-based position of a parcel in the whole input.
    #[must_use]
    pub fn position(&self, row: usize) -> usize {
        position(self.first, self.rows.as_deref(), row)
    }

    /// Whether the text of a parcel's geometry may go out as it came.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn keeps_geometry(&self, row: usize) -> bool {
        self.records[row].geometry.is_some() && self.may_go_out(row)
    }

    /// Whether the coordinates of a parcel may go out as they came.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn keeps_shape(&self, row: usize) -> bool {
        (self.is_in_memory || self.records[row].geometry.is_some()) && self.may_go_out(row)
    }

    fn may_go_out(&self, row: usize) -> bool {
        self.is_degrees && self.records[row].problem != Some(GeometryProblem::Unclosed)
    }
}

/// The 1-based position in the whole input of the parcel in a row of a batch, which begins at `first` and is all that follows, or
/// these `rows` of it.
#[must_use]
pub(crate) fn position(first: usize, rows: Option<&[usize]>, row: usize) -> usize {
    first + rows.map_or(row, |rows| rows[row]) + 1
}
