//! Which circles are needed to draw what all of them cover together?
//!
//! Where stops stand close, most circles lie wholly in others, and to unite them would cost as many crossings as there are pairs.
//! Over the circles lies a grid. A cell that a circle holds whole is covered by that circle alone. Kept are all circles that meet a
//! cell which none holds whole, and as many of the others as it takes for every cell that is held to be held by one that is kept:
//! first those of which much is not covered yet. Whatever is left out lies in cells that are covered: the union is the same.

use crate::geometry::Point;

/// How much of what a circle holds has to be new for it to be kept, from turn to turn.
const NEW: [f64; 4] = [0.3, 0.1, 0.03, 0.0];

/// So many cells lie along the smallest radius: the finer they are, the more of them are held whole.
const CELLS_A_RADIUS: f64 = 8.0;

/// And no more than so many along the largest.
const MOST_A_RADIUS: f64 = 40.0;

/// No more cells than this: 4 MiB twice.
const MOST_CELLS: f64 = (1 << 22) as f64;

/// A circle of the plane, between two radii.
#[derive(Debug, Clone, Copy)]
pub(super) struct Round {
    /// Its centre.
    pub(super) centre: Point,
    /// Whatever is so near lies in it for certain.
    pub(super) inner: f64,
    /// Whatever is drawn of it is no further.
    pub(super) outer: f64,
}

/// By circle, whether it has to be drawn.
pub(super) fn needed(rounds: &[Round]) -> Vec<bool> {
    let Some(cells) = Cells::over(rounds) else { return vec![true; rounds.len()] };
    let (mut held, mut held_by_kept) = (vec![false; cells.len()], vec![false; cells.len()]);
    for round in rounds {
        cells.held_by(round).for_each(|cell| held[cell] = true);
    }
    let mut kept: Vec<bool> = rounds.iter().map(|round| cells.met_by(round).any(|cell| !held[cell])).collect();
    let keep = |round: &Round, held_by_kept: &mut [bool]| {
        cells.held_by(round).for_each(|cell| held_by_kept[cell] = true);
    };
    for (round, _) in rounds.iter().zip(&kept).filter(|(_, is_kept)| **is_kept) {
        keep(round, &mut held_by_kept);
    }
    for least in NEW {
        for (round, is_kept) in rounds.iter().zip(&mut kept).filter(|(_, is_kept)| !**is_kept) {
            let (mut all, mut new) = (0, 0);
            for cell in cells.held_by(round) {
                all += 1;
                new += u32::from(!held_by_kept[cell]);
            }
            if new > 0 && f64::from(new) >= least * f64::from(all) {
                *is_kept = true;
                keep(round, &mut held_by_kept);
            }
        }
    }
    kept
}

/// The cells over the circles.
struct Cells {
    min: Point,
    side: f64,
    columns: usize,
    rows: usize,
}

impl Cells {
    /// `None` where there are too few circles for any to be hidden, or no cells that would be of use.
    fn over(rounds: &[Round]) -> Option<Self> {
        if rounds.len() < 3 {
            return None;
        }
        let (mut min, mut max) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        let (mut smallest, mut largest) = (f64::INFINITY, 0.0_f64);
        for Round { centre, outer, .. } in rounds {
            for axis in [0, 1] {
                min[axis] = min[axis].min(centre[axis] - outer);
                max[axis] = max[axis].max(centre[axis] + outer);
            }
            (smallest, largest) = (smallest.min(*outer), largest.max(*outer));
        }
        let [width, height] = [0, 1].map(|axis| max[axis] - min[axis]);
        let side = (smallest / CELLS_A_RADIUS).max(largest / MOST_A_RADIUS).max((width * height / MOST_CELLS).sqrt());
        // Of cells as large as the circles none is held whole.
        if !(side.is_finite() && side < smallest) {
            return None;
        }
        let count = |length: f64| (length / side) as usize + 1;
        Some(Self { min, side, columns: count(width), rows: count(height) })
    }

    fn len(&self) -> usize {
        self.columns * self.rows
    }

    /// The cells that a circle holds whole.
    fn held_by(&self, round: &Round) -> impl Iterator<Item = usize> {
        let inner = round.inner.max(0.0);
        self.around(round, inner, move |_, far| far <= inner * inner)
    }

    /// The cells in which anything of a circle may be drawn.
    fn met_by(&self, round: &Round) -> impl Iterator<Item = usize> {
        let outer = round.outer;
        self.around(round, outer, move |near, _| near <= outer * outer)
    }

    /// The cells about a circle of which the squared distances from its centre to the nearest and to the furthest point are so.
    fn around(
        &self,
        round: &Round,
        reach: f64,
        is_so: impl Fn(f64, f64) -> bool + Copy,
    ) -> impl Iterator<Item = usize> {
        let Self { min, side, columns, rows } = *self;
        let centre = round.centre;
        let range = |axis: usize, count: usize| {
            let cell = |at: f64| (((at - min[axis]) / side).max(0.0) as usize).min(count - 1);
            cell(centre[axis] - reach)..=cell(centre[axis] + reach)
        };
        // From a place to the nearest and the furthest of a cell's column or row.
        let ways = move |axis: usize, cell: usize| {
            let (from, to) = (min[axis] + cell as f64 * side, min[axis] + (cell + 1) as f64 * side);
            let near = (from - centre[axis]).max(centre[axis] - to).max(0.0);
            let far = (centre[axis] - from).abs().max((to - centre[axis]).abs());
            [near * near, far * far]
        };
        let in_columns = range(0, columns);
        range(1, rows).flat_map(move |row| {
            let [near_y, far_y] = ways(1, row);
            in_columns.clone().filter_map(move |column| {
                let [near_x, far_x] = ways(0, column);
                is_so(near_x + near_y, far_x + far_y).then_some(row * columns + column)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn round(x: f64, y: f64, radius: f64) -> Round {
        Round { centre: [x, y], inner: radius - 0.01, outer: radius + 1.0 }
    }

    fn holds(round: &Round, [x, y]: Point, reach: f64) -> bool {
        (x - round.centre[0]).hypot(y - round.centre[1]) <= reach
    }

    #[test]
    fn of_a_crowd_few_are_needed() {
        let crowd: Vec<Round> =
            (0..2500).map(|index| round(f64::from(index % 50) * 40.0, f64::from(index / 50) * 40.0, 500.0)).collect();
        let kept = needed(&crowd).into_iter().filter(|is_kept| *is_kept).count();
        assert!(kept < 350, "{kept}");
    }

    #[test]
    fn one_alone_and_one_that_is_hidden_by_none_are_needed() {
        assert_eq!(needed(&[round(0.0, 0.0, 10.0)]), [true]);
        assert_eq!(needed(&[0.0, 100.0, 200.0].map(|x| round(x, 0.0, 10.0))), [true; 3]);
    }

    proptest! {
        #[test]
        fn what_is_left_out_lies_in_what_is_kept(
            drawn in prop::collection::vec((0.0..600.0_f64, 0.0..600.0_f64, prop_oneof![Just(100.0), Just(250.0)]), 1..120),
            places in prop::collection::vec((-260.0..860.0_f64, -260.0..860.0_f64), 200),
        ) {
            let rounds: Vec<Round> = drawn.iter().map(|&(x, y, radius)| round(x, y, radius)).collect();
            let kept = needed(&rounds);
            for (x, y) in places {
                let of = |is_kept: bool| rounds.iter().zip(&kept).filter(move |(_, kept)| **kept == is_kept);
                if of(false).any(|(round, _)| holds(round, [x, y], round.outer)) {
                    prop_assert!(of(true).any(|(round, _)| holds(round, [x, y], round.inner)), "{} {}", x, y);
                }
            }
        }
    }
}
