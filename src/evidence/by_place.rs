//! Which rows of a batch lie where? Asked of groups of rows first, which stand close together whatever their order in the input.

use crate::geometry::{Bounds, hilbert};

/// So many rows are a group, and so many groups a larger one.
const GROUP: usize = 8;

/// Rows along a curve that keeps near what is near, with boxes around groups of them.
#[derive(Debug, Clone, Default)]
pub(super) struct RowsByPlace {
    rows: Vec<u32>,
    /// Around each [`GROUP`] rows, then around as many of these boxes, and so on; the last level is short.
    levels: Vec<Vec<Bounds>>,
}

impl RowsByPlace {
    /// The rows that are meant, with the boxes of all rows.
    pub(super) fn new(rows: impl Iterator<Item = usize>, bounds: &[Bounds]) -> Self {
        let rows: Vec<usize> = rows.collect();
        let around = rows.iter().fold(Bounds::EMPTY, |around, &row| around.union(bounds[row]));
        let mut placed: Vec<(u32, u32)> =
            rows.into_iter().map(|row| (hilbert(bounds[row].centre(), &around), row as u32)).collect();
        placed.sort_unstable();
        let rows: Vec<u32> = placed.into_iter().map(|(_, row)| row).collect();
        let mut level: Vec<Bounds> = rows.iter().map(|&row| bounds[row as usize]).collect();
        let mut levels = Vec::new();
        while level.len() > GROUP {
            let around = |group: &[Bounds]| group.iter().fold(Bounds::EMPTY, |around, one| around.union(*one));
            level = level.chunks(GROUP).map(around).collect();
            levels.push(level.clone());
        }
        Self { rows, levels }
    }

    /// The rows of whose boxes it is so, rising. Of a box that holds one of which it is so, it has to be so as well.
    pub(super) fn of_which(&self, bounds: &[Bounds], mut is_so: impl FnMut(&Bounds) -> bool) -> Vec<usize> {
        let mut groups: Vec<usize> = match self.levels.last() {
            Some(top) => (0..top.len()).collect(),
            None => (0..self.rows.len()).collect(),
        };
        for (number, level) in self.levels.iter().enumerate().rev() {
            groups.retain(|&group| is_so(&level[group]));
            let below = if number > 0 { self.levels[number - 1].len() } else { self.rows.len() };
            groups = groups.iter().flat_map(|group| group * GROUP..((group + 1) * GROUP).min(below)).collect();
        }
        let rows = groups.into_iter().map(|place| self.rows[place] as usize);
        let mut found: Vec<usize> = rows.filter(|&row| is_so(&bounds[row])).collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn groups_leave_out_no_row(
            boxes in prop::collection::vec(((0.0..900.0_f64, 0.0..900.0_f64), 0.5..60.0_f64), 0..700),
            ((x, y), side) in ((0.0..900.0_f64, 0.0..900.0_f64), 0.5..300.0_f64),
        ) {
            let square = |((x, y), side): &((f64, f64), f64)| Bounds { min: [*x, *y], max: [x + side, y + side] };
            let bounds: Vec<Bounds> = boxes.iter().map(square).collect();
            let wanted = square(&((x, y), side));
            let is_meant = |row: &usize| !row.is_multiple_of(7);
            let rows = RowsByPlace::new((0..bounds.len()).filter(is_meant), &bounds);
            let found = rows.of_which(&bounds, |one| one.meets(&wanted));
            let each: Vec<usize> =
                (0..bounds.len()).filter(|row| is_meant(row) && bounds[*row].meets(&wanted)).collect();
            prop_assert_eq!(found, each);
        }
    }
}
