//! Square cells over a region's boundary: which edges pass a cell, and the winding number of its corner.

use serde::{Deserialize, Serialize};

use super::edge::Edge;
use crate::geometry::{Bounds, Point};

/// Edges a cell should hold where the boundary is spread evenly.
const EDGES_PER_CELL: f64 = 2.0;

/// The most cells a side.
const MAX_SIDE: usize = 2048;

/// The side of a cell for parcels, plane metres: a few parcels wide, and small beside what a radius or a block spans.
const SIDE: f64 = 32.0;

/// The most cells for parcels; those of a larger city are larger.
const MOST: f64 = 1_000_000.0;

/// A box that meets more cells than this is asked without them.
const FEW: usize = 256;

/// Square cells over a box.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Grid {
    min: Point,
    side: f64,
    columns: usize,
    rows: usize,
}

impl Grid {
    pub(super) fn around(bounds: Bounds, edges: usize) -> Self {
        if bounds.is_empty() {
            return Self { min: [0.0; 2], side: 1.0, columns: 0, rows: 0 };
        }
        let [width, height] = bounds.size().map(|v| v.max(1e-3));
        let wanted = (edges as f64 / EDGES_PER_CELL).max(1.0);
        let side = (width * height / wanted).sqrt().max(width.max(height) / MAX_SIDE as f64);
        Self::with_side(bounds, side)
    }

    /// Cells for what is asked of parcels, over the box around them; none where there is no such box.
    pub(super) fn of_parcels(around: Bounds) -> Self {
        if around.is_empty() || !around.size().iter().all(|side| side.is_finite()) {
            return Self::around(Bounds::EMPTY, 0);
        }
        let [width, height] = around.size();
        let side = SIDE.max((width * height / MOST).sqrt()).max(width.max(height) / MAX_SIDE as f64);
        Self::with_side(around, side)
    }

    /// Cells of a given side over a box that is not empty.
    fn with_side(bounds: Bounds, side: f64) -> Self {
        let [width, height] = bounds.size();
        // A margin of half a cell keeps every edge strictly inside the grid.
        let count = |length: f64| (length / side) as usize + 2;
        Self { min: bounds.min.map(|v| v - side / 2.0), side, columns: count(width), rows: count(height) }
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.columns * self.rows
    }

    /// The middle of a cell.
    pub(super) fn centre(&self, column: usize, row: usize) -> Point {
        self.corner(column, row).map(|v| v + self.side / 2.0)
    }

    /// By how much edges are grown, so that one on a border is in both cells.
    pub(super) fn hair(&self) -> f64 {
        self.side * 1e-6
    }

    pub(super) fn cell(&self, column: usize, row: usize) -> usize {
        row * self.columns + column
    }

    /// The cells between these columns and rows, both ends among them.
    #[inline]
    pub(super) fn between(
        &self,
        columns: (usize, usize),
        rows: (usize, usize),
    ) -> impl Iterator<Item = usize> + Clone + use<'_> {
        (rows.0..=rows.1).flat_map(move |row| (columns.0..=columns.1).map(move |column| self.cell(column, row)))
    }

    pub(super) fn corner(&self, column: usize, row: usize) -> Point {
        [self.min[0] + column as f64 * self.side, self.min[1] + row as f64 * self.side]
    }

    /// The column and row of the cell whose half-open square holds the point, as [`Grid::corner`] draws it.
    pub(super) fn cell_of(&self, [x, y]: Point) -> Option<(usize, usize)> {
        Some((self.index(x, 0, self.columns)?, self.index(y, 1, self.rows)?))
    }

    fn index(&self, value: f64, axis: usize, count: usize) -> Option<usize> {
        let guess = floor((value - self.min[axis]) / self.side);
        if count == 0 || !(-1.0..=count as f64).contains(&guess) {
            return None;
        }
        // The division may round across a border; the corners decide.
        let border = |index: f64| self.min[axis] + index * self.side;
        let index = if value < border(guess) {
            guess - 1.0
        } else if value >= border(guess + 1.0) {
            guess + 1.0
        } else {
            guess
        };
        (index >= 0.0 && index < count as f64).then_some(index as usize)
    }

    /// The first and last column and row that a box meets, clamped to the grid.
    pub(super) fn cells(&self, bounds: &Bounds) -> Option<((usize, usize), (usize, usize))> {
        let span = |axis: usize, count: usize| {
            let first = floor((bounds.min[axis] - self.min[axis]) / self.side);
            let last = floor((bounds.max[axis] - self.min[axis]) / self.side);
            (count > 0 && last >= 0.0 && first < count as f64)
                .then(|| (first.max(0.0) as usize, (last as usize).min(count.saturating_sub(1))))
        };
        Some((span(0, self.columns)?, span(1, self.rows)?))
    }

    /// The same, of a box that does not meet so many cells that it is quicker to ask without them.
    pub(super) fn few_cells(&self, bounds: &Bounds) -> Option<((usize, usize), (usize, usize))> {
        let (columns, rows) = self.cells(bounds)?;
        ((columns.1 - columns.0 + 1) * (rows.1 - rows.0 + 1) <= FEW).then_some((columns, rows))
    }

    /// The edges of each cell, as runs in one list. A hair of margin puts an edge on a border into both cells.
    pub(super) fn list(&self, edges: &[Edge]) -> (Vec<u32>, Vec<u32>) {
        let hair = self.hair();
        let mut starts = vec![0_u32; self.columns * self.rows + 1];
        let mut cells = Vec::new();
        for edge in edges {
            self.passed(edge, hair, &mut cells);
            for &cell in &cells {
                starts[cell + 1] += 1;
            }
        }
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        let mut next = starts.clone();
        let mut listed = vec![0; starts.last().map_or(0, |&end| end as usize)];
        for (index, edge) in (0_u32..).zip(edges) {
            self.passed(edge, hair, &mut cells);
            for &cell in &cells {
                listed[next[cell] as usize] = index;
                next[cell] += 1;
            }
        }
        (starts, listed)
    }

    /// The cells that an edge passes, row by row.
    pub(super) fn passed(&self, edge: &Edge, hair: f64, cells: &mut Vec<usize>) {
        cells.clear();
        let bounds = edge.bounds().grown(hair);
        let Some((columns, rows)) = self.cells(&bounds) else { return };
        for row in rows.0..=rows.1 {
            let (from, to) = if rows.0 == rows.1 || columns.0 == columns.1 {
                columns
            } else {
                let [_, low] = self.corner(0, row);
                self.columns_between(edge, low - hair, low + self.side + hair, hair).unwrap_or(columns)
            };
            cells.extend((from..=to).map(|column| self.cell(column, row)));
        }
    }

    /// The columns of the part of an edge between two levels.
    fn columns_between(&self, edge: &Edge, low: f64, high: f64, hair: f64) -> Option<(usize, usize)> {
        let ([ax, ay], [bx, by]) = (edge.a, edge.b);
        let at = |y: f64| ax + ((y - ay) / (by - ay)).clamp(0.0, 1.0) * (bx - ax);
        let (x0, x1) = (at(low), at(high));
        let part = Bounds { min: [x0.min(x1) - hair, low], max: [x0.max(x1) + hair, high] };
        self.cells(&part).map(|(columns, _)| columns)
    }

    /// The winding number of every cell's lower left corner: each row's line is walked from the left.
    pub(super) fn corners(&self, edges: &[Edge], outside: i16) -> Vec<i16> {
        let mut steps = vec![0_i16; self.columns * self.rows];
        for edge in edges {
            let Some((_, rows)) = self.cells(&edge.bounds()) else { continue };
            for row in rows.0..=(rows.1 + 1).min(self.rows - 1) {
                let [_, level] = self.corner(0, row);
                if let Some((crossing, step)) = edge.crossing(level)
                    && let Some(column) = self.first_column_from(crossing)
                {
                    steps[self.cell(column, row)] += step as i16;
                }
            }
        }
        for row in steps.chunks_mut(self.columns.max(1)) {
            let mut winding = outside;
            for corner in row {
                winding += *corner;
                *corner = winding;
            }
        }
        steps
    }

    /// The first column whose left border is at `x` or to its right.
    fn first_column_from(&self, x: f64) -> Option<usize> {
        let border = |column: usize| self.min[0] + column as f64 * self.side;
        let mut column = (((x - self.min[0]) / self.side).ceil().max(0.0)) as usize;
        while column > 0 && border(column - 1) >= x {
            column -= 1;
        }
        while border(column) < x {
            column += 1;
        }
        (column < self.columns).then_some(column)
    }
}

/// The greatest whole number that is not more. Asked for some millions a city, where `f64::floor` is a call: not every processor
/// of the platform has an instruction for it. What is too large stays too large.
#[inline]
fn floor(value: f64) -> f64 {
    debug_assert!(!value.is_nan(), "no place of the plane is NaN");
    let towards_zero = value as i64 as f64;
    if towards_zero > value { towards_zero - 1.0 } else { towards_zero }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::floor;

    proptest! {
        #[test]
        fn floor_is_that_of_the_library(value in -1e7..1e7_f64) {
            for value in [value, value.trunc(), 0.0, -0.5, f64::INFINITY, f64::NEG_INFINITY] {
                // Beyond 2⁶³ any number is as far out as another.
                prop_assert_eq!(floor(value).clamp(-1e9, 1e9), value.floor().clamp(-1e9, 1e9));
            }
        }
    }
}
