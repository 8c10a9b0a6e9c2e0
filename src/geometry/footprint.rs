//! Where a thing stands on the plane: points, lines and areas, whichever it is drawn as.

use std::ops::Deref;

use geo::Geometry;
use serde::{Deserialize, Serialize};

use super::area::area;
use super::distance::{Way, holds, line_way};
use super::repair::repaired;
use super::{Point, Polygon, Shape, Shapes, tangle};

/// Where a station, a stop or a facility stands. What lies in one of its areas is 0 m from it; from all else the way
/// is to its points and lines, or to the outline of an area.
///
/// Dereferences to its parts: points, polylines (a point is a line of one vertex), and the rings of the areas.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Footprint {
    /// Points and polylines, then rings.
    parts: Vec<Vec<Point>>,
    /// How many of the parts are points and polylines.
    lines: usize,
    /// The areas as one shape, repaired; none where there is no area.
    areas: Shapes,
    /// The corners of areas of which nobody can say where they are ([`tangle`]); there are then no parts.
    beyond: Option<usize>,
}

impl Footprint {
    /// That of a geometry, in its coordinates. An area that is none, since its outline encloses nothing, stands as a line.
    #[must_use]
    pub fn of(geometry: &Geometry<f64>) -> Self {
        let (mut lines, mut areas) = (Vec::new(), Shapes::default());
        gather(geometry, &mut lines, &mut areas);
        areas.end_shape();
        Self::new(lines, areas)
    }

    /// Of points and polylines, and of areas whose rings are closed.
    #[must_use]
    fn new(mut lines: Vec<Vec<Point>>, mut areas: Shapes) -> Self {
        lines.retain(|line| !line.is_empty());
        if areas.points().is_empty() {
            areas = Shapes::default();
        } else {
            let repaired = repaired(areas);
            let is_beyond = repaired.flaws.values().any(|flaws| flaws.beyond.is_some())
                || (0..repaired.len()).any(|index| tangle::is_beyond_though_valid(&repaired.get(index)));
            areas = repaired.into_shapes();
            if is_beyond {
                let corners = areas.iter().map(|shape| tangle::corners(&shape)).sum();
                return Self { beyond: Some(corners), ..Self::default() };
            }
        }
        let enclosed: f64 = areas.iter().map(|shape| area(&shape)).sum();
        let rings = areas.rings().filter(|ring| !ring.is_empty()).map(<[Point]>::to_vec);
        let mut parts = lines;
        if enclosed > 0.0 {
            let lines = parts.len();
            parts.extend(rings);
            return Self { parts, lines, areas, beyond: None };
        }
        parts.extend(rings);
        Self { lines: parts.len(), parts, ..Self::default() }
    }

    /// How many corners its areas have, where they are too many and too tangled to say where it is: it then has no parts.
    #[must_use]
    pub fn beyond(&self) -> Option<usize> {
        self.beyond
    }

    /// The points and polylines, without the rings of areas.
    #[must_use]
    pub fn lines(&self) -> &[Vec<Point>] {
        &self.parts[..self.lines]
    }

    /// The areas as one shape, repaired; none where there is no area.
    #[must_use]
    pub fn areas(&self) -> &Shapes {
        &self.areas
    }

    /// Every polygon of the areas.
    pub fn polygons(&self) -> impl Iterator<Item = Polygon<'_>> {
        self.areas.iter().flat_map(|shape| shape.polygons())
    }

    /// Whether an area holds the point.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        self.areas.iter().any(|shape| holds(&shape, point))
    }

    /// Whether an area holds the first point of a polygon of `shape`: of a polygon that no outline crosses all of it.
    #[must_use]
    pub fn holds_part_of(&self, shape: &Shape<'_>) -> bool {
        let first = |polygon: Polygon<'_>| polygon.rings().next().and_then(|ring| ring.first().copied());
        !self.areas.is_empty() && shape.polygons().filter_map(first).any(|point| self.holds(point))
    }

    /// The shortest way from this one to another; of length 0 where they have a point in common. `None` where either is
    /// nowhere.
    #[must_use]
    pub fn way_to(&self, other: &Self) -> Option<Way> {
        let inside = |outer: &Self, inner: &Self| {
            let within = |part: &Vec<Point>| part.first().copied().filter(|&point| outer.holds(point));
            if outer.areas.is_empty() { None } else { inner.iter().find_map(within) }
        };
        if let Some(point) = inside(self, other).or_else(|| inside(other, self)) {
            return Some(Way { from: point, to: point, squared: 0.0 });
        }
        let ways = self.iter().flat_map(|part| other.iter().filter_map(move |other| line_way(part, other)));
        ways.min_by(|one, other| one.squared.total_cmp(&other.squared))
    }

    /// Changes its coordinates in place; `change` is called with runs of points.
    ///
    /// # Errors
    /// The first that `change` gives.
    pub fn convert<E>(&mut self, mut change: impl FnMut(&mut [Point]) -> Result<(), E>) -> Result<(), E> {
        self.parts.iter_mut().try_for_each(|part| change(part))?;
        change(self.areas.points_mut())
    }
}

/// Adds the points, lines and polygons of a geometry.
fn gather(geometry: &Geometry<f64>, lines: &mut Vec<Vec<Point>>, areas: &mut Shapes) {
    let line = |line: &geo::LineString<f64>| line.coords().map(|at| [at.x, at.y]).collect::<Vec<Point>>();
    let mut polygon = |polygon: &geo::Polygon<f64>| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let rings: Vec<Vec<Point>> = rings.map(line).filter(|ring| !ring.is_empty()).collect();
        if !rings.is_empty() {
            for ring in &rings {
                areas.push_ring(ring);
            }
            areas.end_polygon();
        }
    };
    match geometry {
        Geometry::Point(point) => lines.push(vec![[point.x(), point.y()]]),
        Geometry::MultiPoint(all) => lines.extend(all.iter().map(|point| vec![[point.x(), point.y()]])),
        Geometry::LineString(one) => lines.push(line(one)),
        Geometry::MultiLineString(all) => lines.extend(all.iter().map(line)),
        Geometry::Polygon(one) => polygon(one),
        Geometry::MultiPolygon(all) => all.iter().for_each(polygon),
        Geometry::GeometryCollection(all) => all.iter().for_each(|one| gather(one, lines, areas)),
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {}
    }
}

impl Deref for Footprint {
    type Target = [Vec<Point>];

    fn deref(&self) -> &Self::Target {
        &self.parts
    }
}

/// Points and polylines; no areas.
impl From<Vec<Vec<Point>>> for Footprint {
    fn from(lines: Vec<Vec<Point>>) -> Self {
        Self::new(lines, Shapes::default())
    }
}

/// A single point.
impl From<Point> for Footprint {
    fn from(point: Point) -> Self {
        Self { parts: vec![vec![point]], lines: 1, ..Self::default() }
    }
}

/// Points.
impl FromIterator<Point> for Footprint {
    fn from_iter<I: IntoIterator<Item = Point>>(points: I) -> Self {
        Self::from(points.into_iter().map(|point| vec![point]).collect::<Vec<_>>())
    }
}

impl<'a> IntoIterator for &'a Footprint {
    type Item = &'a Vec<Point>;
    type IntoIter = std::slice::Iter<'a, Vec<Point>>;

    fn into_iter(self) -> Self::IntoIter {
        self.parts.iter()
    }
}

#[cfg(test)]
mod tests {
    use geo::{GeometryCollection, LineString, MultiPolygon, polygon};

    use super::*;

    /// A square from `from` to `to` with a hole of `hole` round its middle.
    fn square(from: f64, to: f64, hole: f64) -> geo::Polygon<f64> {
        let ring = |a: f64, b: f64| LineString::from(vec![(a, a), (b, a), (b, b), (a, b), (a, a)]);
        let middle = f64::midpoint(from, to);
        let holes = if hole > 0.0 { vec![ring(middle - hole, middle + hole)] } else { vec![] };
        geo::Polygon::new(ring(from, to), holes)
    }

    #[test]
    fn an_area_holds_what_its_rings_go_round_and_no_hole() {
        let found = Footprint::of(&square(0.0, 100.0, 10.0).into());
        assert_eq!((found.len(), found.lines().len()), (2, 0));
        assert!(found.holds([5.0, 5.0]) && !found.holds([50.0, 50.0]) && !found.holds([101.0, 5.0]));
    }

    #[test]
    fn polygons_that_overlap_hold_what_any_of_them_holds() {
        let two = MultiPolygon(vec![square(0.0, 100.0, 0.0), square(50.0, 150.0, 0.0)]);
        let found = Footprint::of(&two.into());
        assert!([[10.0, 10.0], [75.0, 75.0], [140.0, 140.0]].iter().all(|&point| found.holds(point)));
    }

    #[test]
    fn a_collection_keeps_its_lines_and_its_areas() {
        let line = Geometry::LineString(LineString::from(vec![(200.0, 0.0), (300.0, 0.0)]));
        let all = GeometryCollection(vec![square(0.0, 100.0, 0.0).into(), line]);
        let found = Footprint::of(&Geometry::GeometryCollection(all));
        assert_eq!((found.lines(), found.polygons().count()), (&[vec![[200.0, 0.0], [300.0, 0.0]]][..], 1));
    }

    #[test]
    fn an_outline_that_encloses_nothing_is_a_line() {
        let flat = polygon![(x: 0.0, y: 0.0), (x: 10.0, y: 0.0), (x: 20.0, y: 0.0)];
        let found = Footprint::of(&flat.into());
        assert_eq!((found.lines().len(), found.areas().len()), (1, 0));
        assert!(!found.is_empty() && Footprint::default().is_empty());
    }

    #[test]
    fn what_stands_inside_an_area_is_no_way_off() {
        let station = Footprint::of(&square(0.0, 1000.0, 0.0).into());
        let way = |other: Footprint| station.way_to(&other).map(|way| way.squared);
        assert_eq!(way(Footprint::from([500.0, 500.0])), Some(0.0));
        assert_eq!(way([[2000.0, 0.0], [500.0, 500.0]].into_iter().collect()), Some(0.0));
        assert_eq!(way(Footprint::from([1003.0, 500.0])), Some(9.0));
        assert_eq!(way(Footprint::default()), None);
    }
}
