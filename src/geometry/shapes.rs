//! Many polygons in four flat arrays: no allocation a polygon, and a slice is enough to walk one.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Bounds;
use super::area::signed_area;

/// A point of the plane or a lon/lat pair, x (easting, longitude) before y (northing, latitude).
pub type Point = [f64; 2];

/// A list of multipolygons: every shape is a run of polygons, every polygon a run of rings (the shell
/// first, then its holes), every ring a run of points. The last point of a ring repeats the first.
///
/// ```
/// use kyoten::geometry::Shapes;
/// let mut shapes = Shapes::default();
/// shapes.push_ring(&[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]]);
/// shapes.end_polygon();
/// shapes.end_shape();
/// assert_eq!(shapes.len(), 1);
/// assert_eq!(shapes.get(0).rings().count(), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Shapes {
    #[serde(with = "crate::flat")]
    points: Vec<Point>,
    #[serde(with = "crate::flat")]
    ring_ends: Vec<u32>,
    #[serde(with = "crate::flat")]
    polygon_ends: Vec<u32>,
    #[serde(with = "crate::flat")]
    shape_ends: Vec<u32>,
}

impl Shapes {
    /// One shape a multipolygon, in its coordinates.
    #[must_use]
    pub fn from_polygons<'a>(all: impl IntoIterator<Item = &'a geo::MultiPolygon<f64>>) -> Self {
        let mut shapes = Self::default();
        for polygons in all {
            for polygon in polygons {
                let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                // `geo` closes rings.
                for ring in rings.filter(|ring| !ring.0.is_empty()) {
                    ring.coords().for_each(|position| shapes.push_point([position.x, position.y]));
                    shapes.end_ring();
                }
                shapes.end_polygon();
            }
            shapes.end_shape();
        }
        shapes
    }

    /// The number of shapes that were ended.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shape_ends.len()
    }

    /// Whether there is no shape.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shape_ends.is_empty()
    }

    /// Adds one point to the ring under construction.
    pub fn push_point(&mut self, point: Point) {
        self.points.push(point);
    }

    /// Ends the ring under construction and returns its points.
    pub fn end_ring(&mut self) -> &mut [Point] {
        let start = last(&self.ring_ends);
        self.ring_ends.push(array_index(self.points.len()));
        &mut self.points[start..]
    }

    /// Adds a whole ring to the polygon under construction.
    pub fn push_ring(&mut self, ring: &[Point]) {
        self.points.extend_from_slice(ring);
        self.end_ring();
    }

    /// Ends the polygon under construction.
    pub fn end_polygon(&mut self) {
        self.polygon_ends.push(array_index(self.ring_ends.len()));
    }

    /// Ends the shape under construction; one without a polygon is an empty shape and keeps its index.
    pub fn end_shape(&mut self) {
        self.shape_ends.push(array_index(self.polygon_ends.len()));
    }

    /// Takes back all that was added since the last shape was ended.
    pub fn drop_unfinished(&mut self) {
        self.polygon_ends.truncate(last(&self.shape_ends));
        self.ring_ends.truncate(last(&self.polygon_ends));
        self.points.truncate(last(&self.ring_ends));
    }

    /// Appends a copy of a shape.
    pub fn push(&mut self, shape: &Shape<'_>) {
        for polygon in shape.polygons() {
            for ring in polygon.rings() {
                self.push_ring(ring);
            }
            self.end_polygon();
        }
        self.end_shape();
    }

    /// Turns every ring the way the stage that follows relies on: shells counterclockwise, holes clockwise.
    /// Calls `turned` with the index of each shape in which a ring had to be turned.
    pub fn orient(&mut self, mut turned: impl FnMut(usize)) {
        for shape in 0..self.len() {
            let mut any = false;
            for polygon in run(&self.shape_ends, shape) {
                for (part, ring) in run(&self.polygon_ends, polygon).enumerate() {
                    let points = &mut self.points[run(&self.ring_ends, ring)];
                    let area = signed_area(points);
                    if (part == 0 && area < 0.0) || (part > 0 && area > 0.0) {
                        points.reverse();
                        any = true;
                    }
                }
            }
            if any {
                turned(shape);
            }
        }
    }

    /// The shape at `index`.
    ///
    /// # Panics
    /// Where `index` is not below [`Shapes::len`].
    #[must_use]
    pub fn get(&self, index: usize) -> Shape<'_> {
        Shape { shapes: self, polygons: run(&self.shape_ends, index) }
    }

    /// Every shape in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Shape<'_>> + Clone {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The rings of all shapes, shells and holes alike.
    #[must_use]
    pub fn rings(&self) -> impl ExactSizeIterator<Item = &[Point]> {
        (0..self.ring_ends.len()).map(|index| ring(self, index))
    }

    /// The smallest box around all points.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds::of(&self.points)
    }

    /// All points of all shapes, for a change of coordinates in place.
    pub fn points_mut(&mut self) -> &mut [Point] {
        &mut self.points
    }

    /// All points of all shapes.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }
}

/// One shape: an upright rectangle, counterclockwise.
impl From<Bounds> for Shapes {
    fn from(Bounds { min, max }: Bounds) -> Self {
        let mut shapes = Self::default();
        shapes.push_ring(&[min, [max[0], min[1]], max, [min[0], max[1]], min]);
        shapes.end_polygon();
        shapes.end_shape();
        shapes
    }
}

/// One multipolygon of [`Shapes`].
#[derive(Debug, Clone)]
pub struct Shape<'a> {
    shapes: &'a Shapes,
    polygons: Range<usize>,
}

impl<'a> Shape<'a> {
    /// Whether the shape has no polygon.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.polygons.is_empty()
    }

    /// The polygons.
    #[must_use]
    pub fn polygons(&self) -> impl ExactSizeIterator<Item = Polygon<'a>> + use<'a> {
        let shapes = self.shapes;
        self.polygons.clone().map(move |index| Polygon { shapes, rings: run(&shapes.polygon_ends, index) })
    }

    /// The rings of all polygons, shells and holes alike.
    pub fn rings(&self) -> impl Iterator<Item = &'a [Point]> + use<'a> {
        let shapes = self.shapes;
        let first = ring_start(shapes, self.polygons.start);
        let end = ring_start(shapes, self.polygons.end);
        (first..end).map(move |index| ring(shapes, index))
    }

    /// The points of all rings.
    #[must_use]
    pub fn points(&self) -> &'a [Point] {
        let first = ring_start(self.shapes, self.polygons.start);
        let end = ring_start(self.shapes, self.polygons.end);
        let start_of = |index: usize| if index == 0 { 0 } else { self.shapes.ring_ends[index - 1] as usize };
        &self.shapes.points[start_of(first)..start_of(end)]
    }
}

impl Shape<'_> {
    /// The smallest box around the shape.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds::of(self.points())
    }
}

/// One polygon of a [`Shape`].
#[derive(Debug, Clone)]
pub struct Polygon<'a> {
    shapes: &'a Shapes,
    rings: Range<usize>,
}

impl<'a> Polygon<'a> {
    /// The rings: the shell, then the holes.
    #[must_use]
    pub fn rings(&self) -> impl ExactSizeIterator<Item = &'a [Point]> + use<'a> {
        let shapes = self.shapes;
        self.rings.clone().map(move |index| ring(shapes, index))
    }
}

fn ring(shapes: &Shapes, index: usize) -> &[Point] {
    &shapes.points[run(&shapes.ring_ends, index)]
}

fn ring_start(shapes: &Shapes, polygon: usize) -> usize {
    if polygon == 0 { 0 } else { shapes.polygon_ends[polygon - 1] as usize }
}

/// Where what was ended last ends.
fn last(ends: &[u32]) -> usize {
    ends.last().map_or(0, |&end| end as usize)
}

fn run(ends: &[u32], index: usize) -> Range<usize> {
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    start..ends[index] as usize
}

/// An index into one of the arrays; 2³² points are 64 GiB, far past what a chunk or a layer holds.
fn array_index(length: usize) -> u32 {
    u32::try_from(length).expect("fewer than 2^32 points in one set of shapes")
}
