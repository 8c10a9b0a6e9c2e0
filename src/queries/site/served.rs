//! How many residents aged 65 or over live within walking distance of sites, each counted once?
//!
//! The residents of a census unit are spread evenly over the points of a lattice in it, so that what several sites reach together is
//! a set of points, and no overlay.

use crate::crs::ScaleField;
use crate::geometry::area::centroid;
use crate::geometry::{Bounds, Point, Shape};
use crate::layers::Census;
use crate::units::Metres;

/// Plane metres from a point of the lattice to the next. A circle of 500 m holds some 2,000 of them: its area is met to a few parts in
/// a thousand.
pub const STEP: f64 = 20.0;

/// Parts of a person that are counted: whole numbers, so that no order of adding matters.
pub(super) const PARTS: f64 = 1e6;

/// Where more than this share of the points around sites lies in no census unit, the most that live there is not known.
const COVER_TOLERANCE: f64 = 1e-3;

/// Points next to one another in a row of the lattice, from the first to before the last.
pub(super) type Run = (u32, u32);

/// Residents aged 65 or over, by point of the lattice.
#[derive(Debug)]
pub struct Seniors {
    /// The lattice's first column and row, as multiples of [`STEP`] from the plane's origin.
    first: [i64; 2],
    columns: i64,
    rows: i64,
    /// By point, the fewest that live there, in parts of a person.
    lo: Vec<u64>,
    /// The most; [`u64::MAX`] where that is not known.
    hi: Vec<u64>,
    /// Whether the census says anything of the point.
    is_told: Vec<bool>,
}

/// Points that sites reach.
#[derive(Debug, Clone)]
pub(super) struct Reached(Vec<u64>);

/// How many live somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Served {
    /// The fewest.
    pub lo: f64,
    /// The most; `None` where the census does not say.
    pub hi: Option<f64>,
}

impl Seniors {
    /// Those of a census, as far as they live in a box of the plane.
    #[must_use]
    pub fn of(census: &Census, bounds: &Bounds) -> Self {
        let cell = |at: f64| (at / STEP).floor() as i64;
        let (first, last) = (bounds.min.map(cell), bounds.max.map(cell));
        let (columns, rows) = ((last[0] - first[0] + 1).max(0), (last[1] - first[1] + 1).max(0));
        let points = (columns * rows) as usize;
        let (lo, hi, is_told) = (vec![0; points], vec![0; points], vec![false; points]);
        let mut all = Self { first, columns, rows, lo, hi, is_told };
        for shape in census.surveyed.iter() {
            for (row, from, to) in filled(&shape) {
                (from..to).filter_map(|column| all.index(column, row)).collect::<Vec<_>>().into_iter().for_each(|at| {
                    all.is_told[at] = true;
                });
            }
        }
        for (shape, unit) in census.shapes.iter().zip(&census.units) {
            if shape.bounds().meets(&bounds.grown(STEP)) {
                all.put(&shape, [unit.seniors.lo, unit.seniors.hi]);
            }
        }
        all
    }

    /// Spreads the residents of a unit over its points, those that no one asks for among them.
    fn put(&mut self, shape: &Shape<'_>, persons: [f64; 2]) {
        let runs = filled(shape);
        let mut points: Vec<(i64, i64)> =
            runs.into_iter().flat_map(|(row, from, to)| (from..to).map(move |column| (column, row))).collect();
        if points.is_empty() {
            // A unit between the points stands at the nearest.
            let [x, y] = centroid(shape).unwrap_or_default();
            points.push(((x / STEP).floor() as i64, (y / STEP).floor() as i64));
        }
        let count = points.len() as u64;
        let [lo, hi] = persons.map(|end| end.is_finite().then(|| (end.max(0.0) * PARTS).round() as u64));
        let share = |all: u64, place: u64| all / count + u64::from(place < all % count);
        for ((column, row), place) in points.into_iter().zip(0..) {
            let Some(at) = self.index(column, row) else { continue };
            self.is_told[at] = true;
            self.lo[at] += lo.map_or(0, |all| share(all, place));
            self.hi[at] = hi.map_or(u64::MAX, |all| self.hi[at].saturating_add(share(all, place)));
        }
    }

    fn index(&self, column: i64, row: i64) -> Option<usize> {
        let (column, row) = (column - self.first[0], row - self.first[1]);
        let is_there = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        is_there.then(|| (row * self.columns + column) as usize)
    }

    /// The points within a distance on the ground of a shape, row by row.
    pub(super) fn around(&self, shape: &Shape<'_>, within: Metres, scale: &ScaleField) -> Vec<Run> {
        let bounds = shape.bounds();
        let reach = scale.plane_length(within, bounds.centre()).0;
        let cell = |at: f64| ((at / STEP) - 0.5).ceil() as i64;
        let (first, end) = (cell(bounds.min[1] - reach), cell(bounds.max[1] + reach) + 1);
        let mut rows: Vec<Vec<(i64, i64)>> = vec![Vec::new(); (end - first).max(0) as usize];
        for (row, from, to) in filled(shape) {
            if let Some(runs) = usize::try_from(row - first).ok().and_then(|row| rows.get_mut(row)) {
                runs.push((from, to));
            }
        }
        for edge in shape.rings().flat_map(|ring| ring.windows(2)) {
            let (low, high) = (edge[0][1].min(edge[1][1]) - reach, edge[0][1].max(edge[1][1]) + reach);
            for row in cell(low)..=cell(high) {
                let Some([from, to]) = across(edge[0], edge[1], reach, middle(row)) else { continue };
                if let Some(runs) = usize::try_from(row - first).ok().and_then(|row| rows.get_mut(row)) {
                    runs.push((cell(from), (to / STEP - 0.5).floor() as i64 + 1));
                }
            }
        }
        let mut found: Vec<Run> = Vec::new();
        for (row, mut runs) in (first..).zip(rows) {
            runs.sort_unstable();
            let mut joined: Vec<(i64, i64)> = Vec::new();
            for (from, to) in runs {
                match joined.last_mut() {
                    Some(last) if from <= last.1 => last.1 = last.1.max(to),
                    _ => joined.push((from, to)),
                }
            }
            for (from, to) in joined {
                let (from, to) = (from.max(self.first[0]), to.min(self.first[0] + self.columns));
                if let Some(start) = self.index(from, row).filter(|_| from < to) {
                    found.push((start as u32, start as u32 + (to - from) as u32));
                }
            }
        }
        found
    }

    /// No point as yet.
    pub(super) fn nothing(&self) -> Reached {
        Reached(vec![0; self.lo.len().div_ceil(64)])
    }

    /// The fewest that live at those of these points that are not reached as yet, in parts of a person.
    pub(super) fn more(&self, runs: &[Run], reached: &Reached) -> u64 {
        let mut sum = 0;
        each_word(runs, |word, mask| {
            let mut left = mask & !reached.0[word];
            while left != 0 {
                sum += self.lo[word * 64 + left.trailing_zeros() as usize];
                left &= left - 1;
            }
        });
        sum
    }

    /// How many live at the points reached, less those that `without` reaches.
    pub(super) fn served(&self, reached: &Reached, without: &Reached) -> Served {
        let (mut lo, mut hi, mut untold, mut points) = (0, Some(0_u64), 0_usize, 0_usize);
        for (word, (&all, &less)) in reached.0.iter().zip(&without.0).enumerate() {
            let mut left = all & !less;
            while left != 0 {
                let at = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                points += 1;
                untold += usize::from(!self.is_told[at]);
                lo += self.lo[at];
                hi = hi.and_then(|sum| (self.hi[at] != u64::MAX).then(|| sum + self.hi[at]));
            }
        }
        let is_told = untold as f64 <= points as f64 * COVER_TOLERANCE;
        Served { lo: persons(lo), hi: hi.filter(|_| is_told).map(persons) }
    }
}

/// Parts of a person as persons.
pub(super) fn persons(parts: u64) -> f64 {
    parts as f64 / PARTS
}

impl Reached {
    /// Adds points; gives back what undoes it.
    pub(super) fn add(&mut self, runs: &[Run]) -> Vec<(usize, u64)> {
        let mut before = Vec::new();
        each_word(runs, |word, mask| {
            if mask & !self.0[word] != 0 {
                before.push((word, self.0[word]));
                self.0[word] |= mask;
            }
        });
        before
    }

    pub(super) fn undo(&mut self, before: Vec<(usize, u64)>) {
        for (word, bits) in before.into_iter().rev() {
            self.0[word] = bits;
        }
    }
}

/// Goes through runs by words of 64 points.
fn each_word(runs: &[Run], mut visit: impl FnMut(usize, u64)) {
    for &(from, to) in runs {
        let mut at = from as usize;
        while at < to as usize {
            let word = at / 64;
            let end = ((word + 1) * 64).min(to as usize);
            let (low, count) = (at % 64, end - at);
            let mask = if count == 64 { u64::MAX } else { ((1 << count) - 1) << low };
            visit(word, mask);
            at = end;
        }
    }
}

/// Where a row of the lattice lies.
fn middle(row: i64) -> f64 {
    (row as f64 + 0.5) * STEP
}

/// The points in a shape, as rows, each with its first column and that after its last; by the even-odd rule over all rings.
fn filled(shape: &Shape<'_>) -> Vec<(i64, i64, i64)> {
    let cell = |at: f64| ((at / STEP) - 0.5).ceil() as i64;
    let bounds = shape.bounds();
    if bounds.is_empty() {
        return Vec::new();
    }
    let first = cell(bounds.min[1]);
    let mut rows: Vec<Vec<f64>> = vec![Vec::new(); (cell(bounds.max[1]) - first + 1).max(0) as usize];
    for edge in shape.rings().flat_map(|ring| ring.windows(2)) {
        let ([ax, ay], [bx, by]) = (edge[0], edge[1]);
        for row in cell(ay.min(by))..=cell(ay.max(by)) {
            let y = middle(row);
            if (ay > y) != (by > y)
                && let Some(crossings) = usize::try_from(row - first).ok().and_then(|row| rows.get_mut(row))
            {
                crossings.push(ax + (y - ay) / (by - ay) * (bx - ax));
            }
        }
    }
    let mut found = Vec::new();
    for (row, mut crossings) in (first..).zip(rows) {
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let (from, to) = (cell(pair[0]), cell(pair[1]));
            if from < to {
                found.push((row, from, to));
            }
        }
    }
    found
}

/// From where to where a level line at `y` runs within `reach` of a segment.
fn across(a: Point, b: Point, reach: f64, y: f64) -> Option<[f64; 2]> {
    let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut see = |x: f64| (from, to) = (from.min(x), to.max(x));
    for [px, py] in [a, b] {
        let left = reach * reach - (y - py) * (y - py);
        if left >= 0.0 {
            see(px - left.sqrt());
            see(px + left.sqrt());
        }
    }
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx.hypot(dy);
    if length > 0.0 {
        for side in [-reach, reach] {
            let (ox, oy) = (-dy / length * side, dx / length * side);
            let (ay, by) = (a[1] + oy, b[1] + oy);
            if (ay > y) != (by > y) {
                see(a[0] + ox + (y - ay) / (by - ay) * dx);
            }
        }
    }
    (from <= to).then_some([from, to])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::conflicts::tests::{scale, squares};
    use super::*;
    use crate::geometry::Shapes;
    use crate::layers::CensusUnit;
    use crate::units::Interval;

    fn census(units: &[(Point, f64, Interval<f64>)]) -> Census {
        let mut census = Census::default();
        for &(corner, side, seniors) in units {
            census.shapes.push(&squares(&[corner], side).get(0));
            census.units.push(CensusUnit { code: None, population: seniors, seniors });
        }
        census
    }

    const ALL: Bounds = Bounds { min: [-3000.0, -3000.0], max: [3000.0, 3000.0] };

    fn served(seniors: &Seniors, shape: &Shapes, within: f64) -> Served {
        let mut reached = seniors.nothing();
        reached.add(&seniors.around(&shape.get(0), Metres(within), &scale()));
        seniors.served(&reached, &seniors.nothing())
    }

    #[test]
    fn all_of_a_unit_that_is_reached_is_counted_and_half_of_one_that_is_half_reached() {
        let site = squares(&[[0.0, 0.0]], 20.0);
        let whole = Seniors::of(&census(&[([-100.0, -100.0], 200.0, Interval::exactly(70.0))]), &ALL);
        assert!((served(&whole, &site, 500.0).lo - 70.0).abs() < 1e-9);
        // From 20 m east of the site on: 500 m of 1,000 m, in a strip so low that the circle hardly matters.
        let mut strip = Census::default();
        strip.shapes.push(&Shapes::from(Bounds { min: [20.0, 0.0], max: [1020.0, 20.0] }).get(0));
        let persons = Interval::exactly(100.0);
        strip.units.push(CensusUnit { code: None, population: persons, seniors: persons });
        assert!((served(&Seniors::of(&strip, &ALL), &site, 500.0).lo - 50.0).abs() < 1e-9);
    }

    #[test]
    fn a_unit_between_the_points_is_not_lost() {
        let site = squares(&[[0.0, 0.0]], 20.0);
        let tiny = Seniors::of(&census(&[([31.0, 31.0], 2.0, Interval::exactly(5.0))]), &ALL);
        assert!((served(&tiny, &site, 500.0).lo - 5.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_withheld_has_two_ends_and_where_no_unit_is_nothing_bounds_them() {
        let site = squares(&[[0.0, 0.0]], 20.0);
        let wide = [([-1000.0, -1000.0], 2000.0, Interval::new(10.0, 30.0))];
        let found = served(&Seniors::of(&census(&wide), &ALL), &site, 500.0);
        assert!(found.hi.is_some_and(|hi| hi > 2.9 * found.lo && hi < 3.1 * found.lo), "{found:?}");
        let open = [([-1000.0, -1000.0], 2000.0, Interval::new(10.0, f64::INFINITY))];
        assert_eq!(served(&Seniors::of(&census(&open), &ALL), &site, 500.0).hi, None);
        let half = [([0.0, -1000.0], 2000.0, Interval::exactly(10.0))];
        let found = served(&Seniors::of(&census(&half), &ALL), &site, 500.0);
        assert!(found.lo > 0.0 && found.hi.is_none());
    }

    proptest! {
        #[test]
        fn points_around_are_those_within_the_distance(corner in [-200.0..200.0_f64, -200.0..200.0_f64], side in 1.0..900.0_f64) {
            let seniors = Seniors::of(&Census::default(), &ALL);
            let site = squares(&[corner], side);
            let mut reached = seniors.nothing();
            reached.add(&seniors.around(&site.get(0), Metres(300.0), &scale()));
            let radius = scale().plane_length(Metres(300.0), site.get(0).bounds().centre()).0;
            for row in 0..seniors.rows {
                for column in 0..seniors.columns {
                    let [x, y] = [middle(column + seniors.first[0]), middle(row + seniors.first[1])];
                    let away = |at: f64, from: f64| (from - at).max(at - from - side).max(0.0);
                    let distance = away(x, corner[0]).hypot(away(y, corner[1]));
                    let at = (row * seniors.columns + column) as usize;
                    if (distance - radius).abs() > 1e-6 {
                        prop_assert_eq!(reached.0[at / 64] >> (at % 64) & 1 == 1, distance < radius);
                    }
                }
            }
        }
    }
}
