//! A shapefile's polygon is a bag of rings: which are shells, and whose holes are the others.

use geo::{Area, BoundingRect, Coord, Geometry, LineString, MultiPolygon, Polygon, Rect};

/// Sorts rings into polygons by what lies in what: a ring inside an even number of others is a shell, one
/// inside an odd number is a hole of the smallest around it. The winding, which should say the same
/// (shells clockwise), is not relied on, since many files have it wrong; only where rings cross or go around
/// the same place it says whether the second is a hole, or land in one. `None` where there are no rings.
///
/// Quadratic in the number of rings, but for a comparison with a box only.
pub(super) fn assemble(rings: Vec<LineString<f64>>) -> Option<Geometry<f64>> {
    if rings.len() <= 1 {
        return rings.into_iter().next().map(|shell| Polygon::new(shell, Vec::new()).into());
    }
    let mut rings: Vec<Ring> = rings.into_iter().map(Ring::new).collect();
    rings.sort_by(|one, other| other.area.total_cmp(&one.area));
    let mut placed: Vec<Placed> = Vec::with_capacity(rings.len());
    for (index, ring) in rings.iter().enumerate() {
        // The smallest around it is the last one before it.
        let fills = |outer: usize| placed[outer].hole_of.is_some() && rings[outer].clockwise != ring.clockwise;
        let holds = |outer: usize| rings[outer].holds(ring) && (!rings[outer].is_twin_of(ring) || fills(outer));
        let parent = (0..index).rev().find(|&outer| holds(outer));
        let hole_of = parent.filter(|&outer| placed[outer].hole_of.is_none());
        placed.push(Placed { hole_of });
    }
    let mut polygons: Vec<(usize, Vec<LineString<f64>>)> = Vec::new();
    for (index, Placed { hole_of }) in placed.iter().enumerate() {
        match hole_of {
            None => polygons.push((index, Vec::new())),
            Some(shell) => {
                if let Some((_, holes)) = polygons.iter_mut().find(|(of, _)| of == shell) {
                    holes.push(rings[index].line.clone());
                }
            }
        }
    }
    let polygon = |(shell, holes): (usize, Vec<LineString<f64>>)| Polygon::new(rings[shell].line.clone(), holes);
    let mut polygons: Vec<Polygon<f64>> = polygons.into_iter().map(polygon).collect();
    if polygons.len() == 1 { polygons.pop().map(Geometry::from) } else { Some(MultiPolygon(polygons).into()) }
}

struct Placed {
    /// The shell that the ring is a hole of; `None` for a shell.
    hole_of: Option<usize>,
}

struct Ring {
    line: LineString<f64>,
    bounds: Option<Rect<f64>>,
    area: f64,
    clockwise: bool,
    /// A point well inside; `None` where there is none, or where a position is not finite.
    within: Option<Coord<f64>>,
}

impl Ring {
    fn new(line: LineString<f64>) -> Self {
        let polygon = Polygon::new(line, Vec::new()); // closes it
        let signed = polygon.signed_area();
        let (line, _) = polygon.into_inner();
        let (bounds, within) = (line.bounding_rect(), within(&line.0));
        Self { line, bounds, area: signed.abs(), clockwise: signed < 0.0, within }
    }

    /// Whether the other ring, which is no larger, lies in this one. Where they turn in different ways, as a hole and its
    /// shell should, a point inside the other tells: its corners may all stand on this ring, or beside it by a rounding,
    /// or reach over it. Where they turn alike, two shells may cross; so its first corner off this ring has to say the same,
    /// and where it does not, none may lie out of this one by more than a rounding.
    fn holds(&self, other: &Self) -> bool {
        let (Some(outer), Some(inner)) = (self.bounds, other.bounds) else { return false };
        let in_box = |at: Coord<f64>| {
            outer.min().x <= at.x && at.x <= outer.max().x && outer.min().y <= at.y && at.y <= outer.max().y
        };
        let is_boxed = in_box(inner.min()) && in_box(inner.max());
        let by_corner = || other.line.0.iter().find_map(|&corner| inside(&self.line.0, corner));
        let Some(point) = other.within else { return is_boxed && by_corner().unwrap_or(false) };
        let by_point = in_box(point) && inside(&self.line.0, point).unwrap_or(false);
        if self.clockwise != other.clockwise || !by_point {
            return by_point;
        }
        (is_boxed && by_corner().unwrap_or(true)) || self.holds_but_for_roundings(other)
    }

    /// Whether no corner of the other ring lies out of this one by more than a rounding, compared with its own size.
    fn holds_but_for_roundings(&self, other: &Self) -> bool {
        let rounding = other.area.sqrt() * ROUNDING;
        let lies_in =
            |corner| inside(&self.line.0, corner).unwrap_or(true) || is_beside(&self.line.0, corner, rounding);
        other.line.0.iter().all(|&corner| lies_in(corner))
    }

    /// Whether both go around the same place.
    fn is_twin_of(&self, other: &Self) -> bool {
        // Corners that a writer put in between, or a rounding, change an area by less. A hole turns the other way.
        let unlike = if self.clockwise == other.clockwise { 10.0 * ROUNDING } else { 1e-9 };
        (self.area - other.area).abs() <= self.area * unlike && self.holds(other) && other.holds(self)
    }
}

/// What corners that are meant to be one are apart at most, by the width of their ring: a millimetre where that is 10 m wide.
const ROUNDING: f64 = 1e-4;

/// Whether a point lies so near to a ring.
fn is_beside(ring: &[Coord<f64>], point: Coord<f64>, within: f64) -> bool {
    ring.windows(2).any(|edge| {
        let (along, to) = (edge[1] - edge[0], point - edge[0]);
        let length = along.x.hypot(along.y);
        let at = if length > 0.0 { ((to.x * along.x + to.y * along.y) / length / length).clamp(0.0, 1.0) } else { 0.0 };
        (to.x - along.x * at).hypot(to.y - along.y * at) <= within
    })
}

/// A point inside a ring: in the middle of the widest stretch of a level line between two of its corners, the ones about
/// halfway up. It lies as far from the ring as the ring's shape at that height allows.
fn within(ring: &[Coord<f64>]) -> Option<Coord<f64>> {
    if !ring.iter().all(|at| at.x.is_finite() && at.y.is_finite()) {
        return None;
    }
    let (low, high) = ring.iter().fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at.y), high.max(at.y)));
    let half = low.midpoint(high);
    let below = ring.iter().map(|at| at.y).filter(|&y| y < half).fold(low, f64::max);
    let above = ring.iter().map(|at| at.y).filter(|&y| y >= half).fold(high, f64::min);
    let level = below.midpoint(above);
    let mut crossings: Vec<f64> = ring
        .windows(2)
        .filter(|edge| (edge[0].y > level) != (edge[1].y > level))
        .map(|edge| edge[0].x + (edge[1].x - edge[0].x) * ((level - edge[0].y) / (edge[1].y - edge[0].y)))
        .collect();
    crossings.sort_by(f64::total_cmp);
    let widest = crossings.chunks_exact(2).max_by(|one, other| (one[1] - one[0]).total_cmp(&(other[1] - other[0])))?;
    (widest[1] > widest[0]).then(|| Coord { x: widest[0].midpoint(widest[1]), y: level })
}

/// Whether a point lies inside a closed ring, by the crossings of a ray; `None` on the ring itself.
fn inside(ring: &[Coord<f64>], point: Coord<f64>) -> Option<bool> {
    let mut inside = false;
    for edge in ring.windows(2) {
        let (from, to) = (edge[0], edge[1]);
        let side = (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
        let beside = |from: f64, to: f64, at: f64| from.min(to) <= at && at <= from.max(to);
        if side == 0.0 && beside(from.x, to.x, point.x) && beside(from.y, to.y, point.y) {
            return None;
        }
        if (from.y > point.y) != (to.y > point.y) && (side > 0.0) == (to.y > from.y) {
            inside = !inside;
        }
    }
    Some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64, clockwise: bool) -> LineString<f64> {
        let mut corners = vec![(x, y), (x, y + side), (x + side, y + side), (x + side, y), (x, y)];
        if !clockwise {
            corners.reverse();
        }
        LineString::from(corners)
    }

    fn holes(rings: Vec<LineString<f64>>) -> Vec<usize> {
        match assemble(rings) {
            None => Vec::new(),
            Some(Geometry::Polygon(polygon)) => vec![polygon.interiors().len()],
            Some(Geometry::MultiPolygon(polygons)) => {
                polygons.iter().map(|polygon| polygon.interiors().len()).collect()
            }
            Some(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn nesting_decides_whatever_the_winding_and_the_order() {
        for clockwise in [true, false] {
            let (outer, hole) = (square(0.0, 0.0, 10.0, true), square(1.0, 1.0, 8.0, clockwise));
            let island = square(2.0, 2.0, 2.0, clockwise);
            let apart = square(20.0, 0.0, 1.0, true);
            assert_eq!(holes(vec![island, apart, hole, outer]), [1, 0, 0]);
        }
        assert_eq!(holes(Vec::new()), [0; 0]);
    }

    #[test]
    fn a_hole_that_touches_its_shell_is_still_its_hole() {
        assert_eq!(holes(vec![square(0.0, 0.0, 10.0, true), square(0.0, 0.0, 3.0, false)]), [1]);
        assert_eq!(holes(vec![square(0.0, 0.0, 10.0, true), square(10.0, 0.0, 3.0, true)]), [0, 0]);
    }

    #[test]
    fn a_hole_all_of_whose_corners_stand_on_its_shell_is_still_its_hole() {
        // Four cells around a fifth, whose corners are corners of the shell.
        let cross =
            [(1, 0), (2, 0), (2, 1), (3, 1), (3, 2), (2, 2), (2, 3), (1, 3), (1, 2), (0, 2), (0, 1), (1, 1), (1, 0)];
        let cross: LineString<f64> = cross.map(|(x, y)| (f64::from(x), f64::from(y))).to_vec().into();
        for clockwise in [true, false] {
            assert_eq!(holes(vec![cross.clone(), square(1.0, 1.0, 1.0, clockwise)]), [1]);
        }
        // Corners in the middle of the shell's edges; the shell's own corners in the middle of the hole's.
        let diamond = LineString::from(vec![(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0), (5.0, 0.0)]);
        assert_eq!(holes(vec![diamond.clone(), square(0.0, 0.0, 10.0, true)]), [1]);
        assert_eq!(holes(vec![square(2.5, 2.5, 5.0, false), diamond]), [1]);
    }

    #[test]
    fn a_corner_beside_the_shell_by_a_rounding_makes_no_second_shell() {
        let shell = square(0.0, 0.0, 10.0, true);
        for off in [1e-12, -1e-12] {
            let hole = LineString::from(vec![(4.0, 10.0 + off), (2.0, 8.0), (6.0, 8.0), (4.0, 10.0 + off)]);
            assert_eq!(holes(vec![hole, shell.clone()]), [1], "{off}");
            let beside = LineString::from(vec![(4.0, 10.0 + off), (6.0, 12.0), (2.0, 12.0), (4.0, 10.0 + off)]);
            assert_eq!(holes(vec![beside, shell.clone()]), [0, 0], "{off}");
        }
    }

    #[test]
    fn of_rings_that_cross_only_one_that_turns_the_other_way_is_a_hole() {
        let shell = square(0.0, 0.0, 10.0, true);
        let across = |clockwise| square(7.0, 4.0, 3.5, clockwise);
        assert_eq!(holes(vec![across(false), shell.clone()]), [1]);
        let corner_outside_first =
            LineString::from(vec![(10.5, 4.0), (7.0, 4.0), (7.0, 7.5), (10.5, 7.5), (10.5, 4.0)]);
        assert_eq!(holes(vec![corner_outside_first, shell.clone()]), [0, 0]);
        assert_eq!(holes(vec![across(true), shell]), [0, 0]);
    }

    #[test]
    fn an_island_that_fills_its_hole_is_land_and_a_ring_written_twice_cuts_nothing_out() {
        let (shell, hole, island) =
            (square(0.0, 0.0, 10.0, true), square(1.0, 1.0, 3.0, false), square(1.0, 1.0, 3.0, true));
        assert_eq!(holes(vec![shell.clone(), hole.clone(), island]), [1, 0]);
        assert_eq!(holes(vec![shell.clone(), hole.clone(), hole]), [2]);
        assert_eq!(holes(vec![shell.clone(), shell]), [0, 0]);
    }

    #[test]
    fn a_hole_wound_like_its_shell_that_lies_beside_it_by_a_rounding_is_still_its_hole() {
        let shell = |of: &[(f64, f64)]| LineString::from([of, &of[..1]].concat());
        let square = [(138.0, 34.0), (138.0, 34.001), (138.001, 34.001), (138.001, 34.0)];
        // Out of the shell by a rounding, at one corner, at all, at all but one.
        let off = 1e-9;
        for corners in [
            vec![(138.0005, 34.001 + off), (138.0007, 34.0008), (138.0003, 34.0008)],
            vec![(138.0 - off, 34.0005), (138.0005, 34.001 + off), (138.001 + off, 34.0005), (138.0005, 34.0 - off)],
            vec![(138.0 - off, 34.0005), (138.0005, 34.001 + off), (138.001 + off, 34.0005), (138.0005, 34.0001)],
            vec![(138.0005, 34.0001), (138.0 - off, 34.0005), (138.0005, 34.001 + off), (138.001 - off, 34.0005)],
            vec![(138.0 - off, 34.0 - off), (138.0 - off, 34.0002), (138.0002, 34.0002)],
        ] {
            for start in 0..corners.len() {
                let mut corners = corners.clone();
                corners.rotate_left(start);
                assert_eq!(holes(vec![shell(&corners), shell(&square)]), [1], "{corners:?}");
                corners.reverse();
                assert_eq!(holes(vec![shell(&corners), shell(&square)]), [1], "{corners:?}");
            }
        }
        // A ring that is written twice, the second time rounded.
        let again = square.map(|(x, y)| (x + off, y - off));
        assert_eq!(holes(vec![shell(&again), shell(&square)]), [0, 0]);
        // Beside it, and over its edge by a hundredth of its width.
        let beside = [(138.001 - off, 34.0), (138.001 - off, 34.0005), (138.0015, 34.0005), (138.0015, 34.0)];
        assert_eq!(holes(vec![shell(&beside), shell(&square)]), [0, 0]);
        let over = [(138.0005, 34.0002), (138.0005, 34.0008), (138.001_005, 34.0008), (138.001_005, 34.0002)];
        for start in 0..4 {
            let mut over = over;
            over.rotate_left(start);
            let found = holes(vec![shell(&over), shell(&square)]);
            assert_eq!(found, [0, 0], "{over:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_triangle_hung_between_the_corners_of_its_shell_is_a_hole(
            angles in proptest::collection::btree_set(0_u32..3600, 4..20), picks in proptest::array::uniform3(0_usize..100), turned: bool,
        ) {
            let corner = |angle: u32| {
                let (sin, cos) = (f64::from(angle) / 1800.0 * std::f64::consts::PI).sin_cos();
                (138.0 + cos / 1000.0, 34.8 + sin / 1000.0)
            };
            let corners: Vec<_> = angles.into_iter().map(corner).collect();
            let mut picked = picks.map(|pick| pick % corners.len());
            picked.sort_unstable();
            proptest::prop_assume!(picked[0] < picked[1] && picked[1] < picked[2]);
            let ring = |of: Vec<(f64, f64)>| LineString::from([&of[..], &of[..1]].concat());
            let mut hole = picked.map(|pick| corners[pick]).to_vec();
            if turned {
                hole.reverse();
            }
            proptest::prop_assert_eq!(holes(vec![ring(hole), ring(corners)]), [1]);
        }
    }
}
