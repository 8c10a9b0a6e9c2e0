//! Which polygons of a layer surely share no area with another? They need not be united before areas are asked for.
//!
//! Most layers of land draw side by side: lots of one use, the squares of a mesh, roads around blocks. To unite all of them takes
//! more time than everything else that is prepared. A [`RegionIndex`] counts how many polygons hold a place, so it is right where
//! no place is held twice; that no place is, the index itself can tell:
//!
//! * no edge comes near another but at an end that both have, and beside one that runs the same way back (a common border);
//! * a hair to the left of every edge, where its polygon lies, one polygon is counted and not two.
//!
//! If two polygons shared an area, that area would be bounded by edges of theirs with the area to the left. An edge that nothing
//! touches has the same count all along its left, so there it would be two. Whatever breaks a rule is united as ever, with all
//! that it may share area with; rounding can only add to these.

use rayon::prelude::*;

use super::edge::Edge;
use super::{Region, RegionIndex};
use crate::geometry::distance::line_way;
use crate::geometry::{Bounds, Point, Shapes};

/// Edges nearer than this touch, plane metres: far more than coordinates are rounded by, far less than anything is drawn by.
const TOUCH: f64 = 1e-5;

/// How far beside an edge its polygon is looked for. An edge that touches nothing has nothing within half of [`TOUCH`] of its
/// middle.
const BESIDE: f64 = TOUCH / 8.0;

/// In a cell of more edges than this not every pair is tried: all of them count as touching. Most cells have two to four.
const CROWD: usize = 128;

impl RegionIndex {
    /// The points in at least one shape of `sets`, which may overlap, ready to be asked; as [`Region::union_of`] and
    /// [`Region::index`] give them, without uniting what lies side by side. Rings turn as there.
    #[must_use]
    pub fn of_union(sets: &[&Shapes]) -> Self {
        let mut all = Shapes::default();
        sets.iter().flat_map(|set| set.iter()).for_each(|shape| all.push(&shape));
        let index = Self::new(&all, false);
        let overlapping = index.overlapping(&all);
        if !overlapping.contains(&true) {
            return index;
        }
        let [mut alone, mut others] = [Shapes::default(), Shapes::default()];
        for (shape, &is_overlapping) in all.iter().zip(&overlapping) {
            if is_overlapping { others.push(&shape) } else { alone.push(&shape) }
        }
        let united = Region::union_of(&[&others]);
        united.pieces().into_iter().flat_map(Shapes::iter).for_each(|piece| alone.push(&piece));
        Self::new(&alone, false)
    }

    /// Of every shape of `all`, of which this is the index, whether it may share area with another.
    fn overlapping(&self, all: &Shapes) -> Vec<bool> {
        let owners = self.owners(all);
        let touching = (0..self.cells()).into_par_iter().flat_map_iter(|cell| self.touching(cell));
        let crowded = (0..self.edges.len()).into_par_iter().filter(|&index| self.is_crowded(&self.edges[index]));
        let (touching, crowded): (Vec<u32>, Vec<usize>) = rayon::join(|| touching.collect(), || crowded.collect());
        let mut overlapping = vec![false; all.len()];
        for index in touching {
            overlapping[owners[index as usize] as usize] = true;
        }
        let beside: Vec<Point> = crowded.iter().map(|&index| left_of(&self.edges[index])).collect();
        for index in crowded {
            overlapping[owners[index] as usize] = true;
        }
        // The other polygon may have no edge near.
        if !beside.is_empty() {
            let around = Bounds::of(&beside);
            for (shape, overlapping) in all.iter().zip(&mut overlapping) {
                let bounds = shape.bounds();
                *overlapping |=
                    bounds.meets(&around) && beside.iter().any(|&point| bounds.meets(&Bounds::of(&[point])));
            }
        }
        overlapping
    }

    /// By edge, the shape that it is of.
    fn owners(&self, all: &Shapes) -> Vec<u32> {
        let mut owners = Vec::with_capacity(self.edges.len());
        for (shape, owner) in all.iter().zip(0_u32..) {
            let edges = shape.rings().flat_map(|ring| ring.windows(2)).filter(|pair| pair[0] != pair[1]);
            owners.extend(edges.map(|_| owner));
        }
        owners
    }

    /// The edges of a cell that touch another there.
    fn touching(&self, cell: usize) -> Vec<u32> {
        let listed = self.cell_edges(cell);
        if listed.len() > CROWD {
            return listed.to_vec();
        }
        let mut found = Vec::new();
        for (index, &one) in listed.iter().enumerate() {
            for &other in &listed[index + 1..] {
                if touch(&self.edges[one as usize], &self.edges[other as usize]) {
                    found.extend([one, other]);
                }
            }
        }
        found
    }

    /// Whether more than one polygon lies to the left of an edge.
    fn is_crowded(&self, edge: &Edge) -> bool {
        self.winding(left_of(edge)) != 1
    }
}

/// A point a hair to the left of the middle of an edge.
fn left_of(edge: &Edge) -> Point {
    let ([ax, ay], [bx, by]) = (edge.a, edge.b);
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx.hypot(dy);
    [f64::midpoint(ax, bx) - dy / length * BESIDE, f64::midpoint(ay, by) + dx / length * BESIDE]
}

/// Whether two edges come near each other elsewhere than at a common end, and are no common border.
fn touch(one: &Edge, other: &Edge) -> bool {
    if !one.bounds().grown(TOUCH).meets(&other.bounds()) {
        return false;
    }
    let is_near =
        |line: &[Point], edge: &Edge| line_way(line, &[edge.a, edge.b]).is_none_or(|way| way.squared < TOUCH * TOUCH);
    match (one.a == other.b, one.b == other.a, one.a == other.a, one.b == other.b) {
        // There and back.
        (true, true, ..) => false,
        // Twice the same way.
        (.., true, true) => true,
        (true, ..) => is_near(&[one.b], other) || is_near(&[other.a], one),
        (_, true, ..) => is_near(&[one.a], other) || is_near(&[other.b], one),
        (_, _, true, _) => is_near(&[one.b], other) || is_near(&[other.b], one),
        (.., true) => is_near(&[one.a], other) || is_near(&[other.a], one),
        _ => is_near(&[one.a, one.b], other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::area::area;
    use crate::geometry::repair::repaired;
    use crate::regions::Scratch;

    /// Squares of a board of unit 100 m, drawn as rings of their own.
    fn board(squares: impl IntoIterator<Item = [f64; 4]>) -> Shapes {
        let mut shapes = Shapes::default();
        for [x, y, width, height] in squares {
            Shapes::from(Bounds { min: [x, y], max: [x + width, y + height] }).iter().for_each(|one| shapes.push(&one));
        }
        shapes
    }

    fn is_overlapping(shapes: &Shapes) -> Vec<bool> {
        RegionIndex::new(shapes, false).overlapping(shapes)
    }

    #[test]
    fn squares_side_by_side_need_not_be_united() {
        let all =
            board((0..100).map(|index| [f64::from(index % 10) * 100.0, f64::from(index / 10) * 100.0, 100.0, 100.0]));
        assert!(!is_overlapping(&all).contains(&true));
    }

    #[test]
    fn one_square_over_another_is_found_and_the_rest_is_left_alone() {
        let apart = [500.0, 0.0, 100.0, 100.0];
        for over in [
            [50.0, 50.0, 100.0, 100.0],
            [25.0, 25.0, 50.0, 50.0],
            [-50.0, -50.0, 300.0, 300.0],
            [0.0, 0.0, 100.0, 100.0],
            [0.0, 0.0, 50.0, 50.0],
            [0.0, 25.0, 100.0, 50.0],
            [25.0, -25.0, 50.0, 150.0],
            [100.0 - 1e-7, 0.0, 100.0, 100.0],
        ] {
            let all = board([[0.0, 0.0, 100.0, 100.0], over, apart]);
            assert_eq!(is_overlapping(&all), [true, true, false], "{over:?}");
        }
    }

    #[test]
    fn a_park_in_the_hole_of_a_road_is_beside_it() {
        let mut all = Shapes::default();
        all.push_ring(&[[0.0, 0.0], [300.0, 0.0], [300.0, 300.0], [0.0, 300.0], [0.0, 0.0]]);
        all.push_ring(&[[100.0, 100.0], [100.0, 200.0], [200.0, 200.0], [200.0, 100.0], [100.0, 100.0]]);
        all.end_polygon();
        all.end_shape();
        let road = all.clone();
        all.push(&Shapes::from(Bounds { min: [100.0; 2], max: [200.0; 2] }).get(0));
        assert_eq!(is_overlapping(&all), [false, false]);
        // In the hole of one road and on another: both lie over it.
        all.push(&Shapes::from(Bounds { min: [120.0; 2], max: [130.0; 2] }).get(0));
        assert_eq!(is_overlapping(&all)[1..], [true, true]);
        assert!(is_overlapping(&road) == [false]);
    }

    proptest! {
        /// Drawn on a coarse board, so that corners, borders and overlaps fall together often.
        #[test]
        fn shares_are_those_in_the_union(
            rings in prop::collection::vec(prop::collection::vec((0_i8..8, 0_i8..8), 3..6), 1..12),
            asked in (0.0..600.0_f64, 0.0..600.0_f64, 1.0..300.0_f64),
        ) {
            let mut drawn = Shapes::default();
            for corners in &rings {
                let ring: Vec<Point> =
                    corners.iter().chain(corners.first()).map(|&(x, y)| [f64::from(x) * 100.0, f64::from(y) * 100.0]).collect();
                drawn.push_ring(&ring);
                drawn.end_polygon();
                drawn.end_shape();
            }
            let repaired = repaired(drawn);
            let mut drawn = Shapes::default();
            (0..repaired.len()).for_each(|index| drawn.push(&repaired.get(index)));
            let (x, y, side) = asked;
            let parcel = Shapes::from(Bounds { min: [x, y], max: [x + side, y + side] });
            let share = |index: &RegionIndex| {
                let shape = parcel.get(0);
                index.share(&shape, &shape.bounds(), area(&shape), &mut Scratch::default())
            };
            let (one, other) = (RegionIndex::of_union(&[&drawn]), Region::union_of(&[&drawn]).index());
            prop_assert!((share(&one) - share(&other)).abs() < 1e-6, "{} {}", share(&one), share(&other));
        }
    }
}
