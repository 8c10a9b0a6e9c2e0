//! Which cells have their middle in a parcel?

use crate::maps::web::outlines::Step;

/// Calls `take` with every cell from the first to the last of `window` whose middle an odd number of `rings` go round, row by row. Cells
/// are 2^`bits` steps wide.
///
/// Each edge is walked once, from row to row: it is to the right of the middles of all cells of a row up to some column, and turns
/// inside and outside round for them.
pub(super) fn covered<'a>(
    rings: impl Iterator<Item = &'a [Step]>,
    window: [Step; 2],
    bits: u32,
    mut take: impl FnMut(Step),
) {
    let [low, high] = window;
    let [columns, rows] = [0, 1].map(|axis| (high[axis] - low[axis] + 1).unsigned_abs() as usize);
    // By row, where columns turn round: those before the place.
    let mut turns = vec![false; (columns + 1) * rows];
    for ring in rings {
        let next = ring.iter().cycle().skip(1);
        for (&from, &to) in ring.iter().zip(next) {
            let (lower, upper) = if from[1] < to[1] { (from, to) } else { (to, from) };
            let first = first_middle(i64::from(lower[1]), 1, bits).max(i64::from(low[1]));
            let end = first_middle(i64::from(upper[1]), 1, bits).min(i64::from(high[1]) + 1);
            for row in first..end {
                let [x0, y0, x1, y1] = [lower[0], lower[1], upper[0], upper[1]].map(i64::from);
                // Where the edge is at the height of the middle, as a fraction: no rounding moves it across one.
                let height = y1 - y0;
                let at = x0 * height + (x1 - x0) * (middle(row, bits) - y0);
                let column = first_middle(at, height, bits) - i64::from(low[0]);
                let column = column.clamp(0, i64::from(high[0] - low[0]) + 1) as usize;
                let turn = &mut turns[(row - i64::from(low[1])) as usize * (columns + 1) + column];
                *turn = !*turn;
            }
        }
    }
    for (row, turns) in (low[1]..).zip(turns.chunks_exact(columns + 1)) {
        let mut is_inside = turns.iter().filter(|&&turn| turn).count() % 2 == 1;
        for (column, &turn) in (low[0]..).zip(&turns[..columns]) {
            is_inside ^= turn;
            if is_inside {
                take([column, row]);
            }
        }
    }
}

/// The middle of a cell, along one axis.
fn middle(cell: i64, bits: u32) -> i64 {
    (cell << bits) + (1 << (bits - 1))
}

/// The first cell whose middle is not before `at` / `parts`.
fn first_middle(at: i64, parts: i64, bits: u32) -> i64 {
    let (place, side) = (at - parts * (1 << (bits - 1)), parts << bits);
    place.div_euclid(side) + i64::from(place.rem_euclid(side) > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether a ring goes round a point: a ray from it eastward meets the ring an odd number of times.
    fn goes_round(ring: &[Step], [x, y]: Step) -> bool {
        let next = ring.iter().cycle().skip(1);
        let crossings = ring.iter().zip(next).filter(|&(&[x0, y0], &[x1, y1])| {
            (y0 <= y) != (y1 <= y) && {
                let [x0, y0, x1, y1, x, y] = [x0, y0, x1, y1, x, y].map(i64::from);
                let turn = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0);
                (turn > 0) == (y1 > y0) && turn != 0
            }
        });
        crossings.count() % 2 == 1
    }

    #[test]
    fn a_ring_goes_round_what_is_within() {
        let ring = [[0, 0], [10, 0], [10, 10], [5, 2], [0, 10]];
        assert!(goes_round(&ring, [1, 1]) && goes_round(&ring, [9, 6]) && goes_round(&ring, [1, 6]));
        assert!(!goes_round(&ring, [5, 6]) && !goes_round(&ring, [11, 1]) && !goes_round(&ring, [-1, 1]));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn cells_are_those_whose_middles_are_within(
            rings in prop::collection::vec(prop::collection::vec([0..64_i32, 0..64_i32], 3..9), 1..3),
            bits in 1..5_u32,
        ) {
            let window = [[0, 0], [63 >> bits, 63 >> bits]];
            let mut found = Vec::new();
            covered(rings.iter().map(Vec::as_slice), window, bits, |cell| found.push(cell));
            let at = |cell: i32| middle(i64::from(cell), bits) as i32;
            let is_within = |&[x, y]: &Step| rings.iter().filter(|ring| goes_round(ring, [at(x), at(y)])).count() % 2 == 1;
            let all = (0..=window[1][1]).flat_map(|y| (0..=window[1][0]).map(move |x| [x, y]));
            prop_assert_eq!(found, all.filter(is_within).collect::<Vec<_>>());
        }
    }
}
