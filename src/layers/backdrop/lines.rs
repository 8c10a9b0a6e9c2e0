//! Lines of which every edge is drawn once: a border that two municipalities share, a track that two lines use. What meets end
//! to end is one line, so that its dashes go on.

use std::collections::{BTreeMap, BTreeSet};

use geo::{LineString, Simplify as _};

use crate::geometry::{Bounds, Point};

/// A place, whole millimetres of the plane: what two files have in common they seldom have to the last digit.
type Place = [i64; 2];

/// Edges between places, the lesser place first.
#[derive(Debug, Default)]
pub(super) struct Edges(BTreeSet<[Place; 2]>);

impl Edges {
    /// Adds the edges of a line as far as they lie in a box. Returns whether any does.
    pub(super) fn add(&mut self, line: &LineString<f64>, around: &Bounds) -> bool {
        let mut any = false;
        for edge in line.lines() {
            let Some(ends) = clipped([edge.start.into(), edge.end.into()], around) else { continue };
            let [a, b] = ends.map(|end: Point| end.map(|metres| (metres * 1000.0).round() as i64));
            if a != b {
                self.0.insert(if a < b { [a, b] } else { [b, a] });
                any = true;
            }
        }
        any
    }

    pub(super) fn merge(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// All edges as lines that end where they end, or where more than two meet; plane metres.
    pub(super) fn joined(self) -> Vec<Vec<Point>> {
        let mut left = self.0;
        let mut beside: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
        for &[a, b] in &left {
            beside.entry(a).or_default().push(b);
            beside.entry(b).or_default().push(a);
        }
        let mut lines = Vec::new();
        for (&start, others) in beside.iter().filter(|(_, others)| others.len() != 2) {
            for &next in others {
                lines.extend(walk([start, next], &beside, &mut left));
            }
        }
        // What is left goes around.
        while let Some(&edge) = left.first() {
            lines.extend(walk(edge, &beside, &mut left));
        }
        lines
    }
}

/// The line that begins with an edge; `None` where it is gone already.
fn walk(
    [start, mut next]: [Place; 2],
    beside: &BTreeMap<Place, Vec<Place>>,
    left: &mut BTreeSet<[Place; 2]>,
) -> Option<Vec<Point>> {
    let edge = |a: Place, b: Place| if a < b { [a, b] } else { [b, a] };
    let metres = |place: Place| place.map(|millimetres| millimetres as f64 / 1000.0);
    if !left.remove(&edge(start, next)) {
        return None;
    }
    let mut line = vec![metres(start), metres(next)];
    while let Some(&[a, b]) = beside.get(&next).map(Vec::as_slice).and_then(|others| others.first_chunk::<2>())
        && beside[&next].len() == 2
    {
        let Some(after) = [a, b].into_iter().find(|&other| left.remove(&edge(next, other))) else { break };
        line.push(metres(after));
        next = after;
    }
    Some(line)
}

/// The part of an edge within a box.
///
/// Source: Liang and Barsky, A new concept and method for line clipping, 1984.
fn clipped([a, b]: [Point; 2], around: &Bounds) -> Option<[Point; 2]> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let step = b[axis] - a[axis];
        for (ahead, room) in [(-step, a[axis] - around.min[axis]), (step, around.max[axis] - a[axis])] {
            if ahead == 0.0 && room < 0.0 {
                return None;
            } else if ahead < 0.0 {
                from = from.max(room / ahead);
            } else if ahead > 0.0 {
                to = to.min(room / ahead);
            }
        }
    }
    let at = |part: f64| [0, 1].map(|axis| a[axis] + (b[axis] - a[axis]) * part);
    (from <= to).then(|| [if from > 0.0 { at(from) } else { a }, if to < 1.0 { at(to) } else { b }])
}

/// A line of more points is simplified in pieces, since the work may grow with the square of them and goes as deep: a coast has 100,000.
const PIECE: usize = 512;

/// Lines with fewer points, none of which departs by more than `error` metres; what is shorter than that is nothing.
pub(super) fn simplified(lines: &[Vec<Point>], error: f64) -> Vec<LineString<f64>> {
    let is_long = |line: &&Vec<Point>| {
        let [width, height] = Bounds::of(line).size();
        width.max(height) > error
    };
    let simple = |line: &Vec<Point>| {
        let mut simple = LineString::new(Vec::new());
        for start in (0..line.len() - 1).step_by(PIECE) {
            let piece: LineString<f64> = line[start..line.len().min(start + PIECE + 1)].iter().copied().collect();
            // Where one ends the next begins.
            simple.0.pop();
            simple.0.extend(piece.simplify(error));
        }
        simple
    };
    lines.iter().filter(is_long).map(simple).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AROUND: Bounds = Bounds { min: [0.0, 0.0], max: [10.0, 10.0] };

    fn joined(lines: &[&[Point]]) -> Vec<Vec<Point>> {
        let mut edges = Edges::default();
        for line in lines {
            edges.add(&line.iter().copied().collect(), &AROUND);
        }
        edges.joined()
    }

    #[test]
    fn a_border_that_two_share_is_drawn_once_and_what_meets_end_to_end_is_one_line() {
        let (west, east): (&[Point], &[Point]) = (
            &[[1.0, 1.0], [5.0, 1.0], [5.0, 5.0], [1.0, 5.0], [1.0, 1.0]],
            &[[5.0, 5.0], [5.0, 1.0], [9.0, 1.0], [9.0, 5.0], [5.0, 5.0]],
        );
        let lines = joined(&[west, east]);
        let edges: usize = lines.iter().map(|line| line.len() - 1).sum();
        // Seven edges: one is both one's and the other's. They meet in two places.
        assert_eq!((lines.len(), edges), (3, 7), "{lines:?}");
        assert_eq!(joined(&[&[[1.0, 1.0], [2.0, 1.0]], &[[3.0, 1.0], [2.0, 1.0]]]).len(), 1);
        // A ring goes around once.
        assert_eq!(joined(&[west])[0].len(), 5);
    }

    #[test]
    fn what_lies_outside_is_cut_off_at_the_box() {
        assert_eq!(joined(&[&[[-5.0, 5.0], [5.0, 5.0]]]), [[[0.0, 5.0], [5.0, 5.0]]]);
        assert_eq!(joined(&[&[[-5.0, 5.0], [20.0, 5.0]]]), [[[0.0, 5.0], [10.0, 5.0]]]);
        assert!(joined(&[&[[-5.0, 5.0], [5.0, 16.0]], &[[11.0, 0.0], [11.0, 9.0]]]).is_empty());
    }
}
