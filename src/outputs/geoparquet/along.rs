//! In which order do rows stand that are near to one another?

use arrow_array::ArrayRef;
use arrow_select::interleave::interleave;
use parquet::errors::ParquetError;

use super::super::sink::Piece;
use crate::geometry::{Bounds, Point, hilbert};

/// All rows of a file, held until the box around them is known.
#[derive(Default)]
pub(super) struct Along {
    batches: Vec<Vec<ArrayRef>>,
    /// For each row its batch, its place there, and the middle of its shape; not a number where it has none.
    rows: Vec<(usize, usize, Point)>,
}

impl Along {
    /// Adds rows.
    pub(super) fn add(&mut self, piece: &Piece) {
        let batch = self.batches.len();
        self.batches.push(piece.arrays.clone());
        let middles =
            piece.table.shapes.iter().map(|shape| if shape.is_empty() { NOWHERE } else { middle(shape.bounds()) });
        self.rows.extend(middles.enumerate().map(|(row, middle)| (batch, row, middle)));
    }

    /// The rows, each as its batch and its place there, along Hilbert's curve through a box; those without a shape first, and what
    /// stands at one place as it came.
    pub(super) fn order(&self, within: &Bounds) -> Vec<(usize, usize)> {
        let mut keyed: Vec<_> =
            self.rows.iter().map(|&(batch, row, middle)| (hilbert(middle, within), batch, row)).collect();
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, batch, row)| (batch, row)).collect()
    }

    /// The columns of some of the rows.
    pub(super) fn taken(&self, rows: &[(usize, usize)]) -> Result<Vec<ArrayRef>, ParquetError> {
        let columns = self.batches.first().map_or(0, Vec::len);
        let column = |at: usize| {
            let parts: Vec<&dyn arrow_array::Array> = self.batches.iter().map(|batch| batch[at].as_ref()).collect();
            Ok(interleave(&parts, rows)?)
        };
        (0..columns).map(column).collect()
    }
}

const NOWHERE: Point = [f64::NAN; 2];

fn middle(around: Bounds) -> Point {
    let Bounds { min, max } = around;
    [f64::midpoint(min[0], max[0]), f64::midpoint(min[1], max[1])]
}
