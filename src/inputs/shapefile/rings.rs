//! A shapefile's polygon is a bag of rings: which are shells, and whose holes are the others.

use geo::{Area, BoundingRect, Coord, Geometry, LineString, MultiPolygon, Polygon, Rect};

/// Sorts rings into polygons by what lies in what: a ring inside an even number of others is a shell, one
/// inside an odd number is a hole of the smallest around it. The winding, which should say the same
/// (shells clockwise), is not relied on, since many files have it wrong. `None` where there are no rings.
///
/// Quadratic in the number of rings, but for a comparison of two boxes only.
pub(super) fn assemble(rings: Vec<LineString<f64>>) -> Option<Geometry<f64>> {
    if rings.len() <= 1 {
        return rings.into_iter().next().map(|shell| Polygon::new(shell, Vec::new()).into());
    }
    let mut rings: Vec<Ring> = rings.into_iter().map(Ring::new).collect();
    rings.sort_by(|one, other| other.area.total_cmp(&one.area));
    let mut placed: Vec<Placed> = Vec::with_capacity(rings.len());
    for (index, ring) in rings.iter().enumerate() {
        // The smallest around it is the last one before it.
        let parent = (0..index).rev().find(|&outer| rings[outer].holds(ring));
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
}

impl Ring {
    fn new(line: LineString<f64>) -> Self {
        let area = Polygon::new(line.clone(), Vec::new()).unsigned_area();
        Self { bounds: line.bounding_rect(), line, area }
    }

    /// Whether the other ring lies in this one; where they touch, its first corner off the border decides.
    fn holds(&self, other: &Self) -> bool {
        let (Some(outer), Some(inner)) = (self.bounds, other.bounds) else { return false };
        let in_box = outer.min().x <= inner.min().x
            && outer.min().y <= inner.min().y
            && outer.max().x >= inner.max().x
            && outer.max().y >= inner.max().y;
        in_box && other.line.0.iter().find_map(|&corner| inside(&self.line.0, corner)).unwrap_or(false)
    }
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
}
