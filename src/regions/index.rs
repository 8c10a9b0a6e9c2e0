//! A region made ready for a million questions: "which part of this shape lies inside?"
//!
//! The boundary's edges stand in a grid of square cells, each cell with the edges that pass it and with the
//! winding number of its lower left corner. A shape whose box meets no edge lies wholly inside or outside
//! and is answered from the winding number alone; only a shape on the boundary is measured, against the few
//! edges in its box, by [`crate::geometry::area`].
//!
//! # Exactness
//!
//! The winding number of a point is the count of edges straight above it, leftward less rightward. Moving
//! sideways it changes exactly where an edge crosses the line of travel. Every such place is computed by one
//! function, [`Edge::crossing`], and compared the same way everywhere, so that the count can never come out
//! differently in two places, also where a point lies on an edge, on a vertex or on a cell's border.

use rayon::prelude::*;

use super::edge::Edge;
use super::grid::Grid;
use crate::flat::Later;
use crate::geometry::area::{Slope, area, shared_below};
use crate::geometry::distance::{holds, line_way};
use crate::geometry::{Bounds, MANY_POINTS, MOST_CUTS, Point, Shape, Shapes, halves};

/// Shares closer to 0 or 1 than this are 0 or 1: rounding, not area.
const ROUNDING: f64 = 1e-9;

/// An index of so many edges is made by two threads.
const LARGE: usize = 10_000;

/// A shape of [`MANY_POINTS`] that comes to so many pairs of edges is cut into halves until its parts come to few: of each
/// part, only the edges in its box are asked.
const MANY_PAIRS: usize = 1 << 20;
const FEW_PAIRS: usize = 1 << 14;

/// To cut a shape costs as much as to hold each of its edges against so many.
const FEW_EDGES: usize = 16;

/// A set of the plane, ready to be asked for shares. Made by [`super::Region::index`].
#[derive(Debug)]
pub struct RegionIndex {
    pub(super) edges: Later<Vec<Edge>>,
    pub(super) grid: Grid,
    /// For each cell, where its run in `listed` begins; one more at the end.
    pub(super) starts: Later<Vec<u32>>,
    /// Edges by cell.
    pub(super) listed: Later<Vec<u32>>,
    /// Winding number of each cell's lower left corner.
    pub(super) corner: Later<Vec<i16>>,
    /// Winding number of the plane outside the grid: 1 for the complement of an area.
    pub(super) outside: i16,
}

/// Memory that a thread keeps between questions.
#[derive(Debug, Default)]
pub struct Scratch {
    near: Vec<u32>,
    parcel: Vec<Slope>,
}

impl RegionIndex {
    /// The region of `area`'s polygons, or of all that lies outside them where `complement` is set.
    /// Shells turn counterclockwise, holes clockwise, and the interiors do not overlap.
    #[must_use]
    pub(crate) fn new(area: &Shapes, complement: bool) -> Self {
        let mut edges: Vec<Edge> = Vec::with_capacity(area.points().len());
        for ring in area.rings() {
            edges.extend(ring.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| {
                if complement { Edge { a: pair[1], b: pair[0] } } else { Edge { a: pair[0], b: pair[1] } }
            }));
        }
        Self::of_edges(edges, i16::from(complement))
    }

    /// The index of edges that have what they bound to the left; `outside` is the winding number of the plane outside.
    pub(super) fn of_edges(edges: Vec<Edge>, outside: i16) -> Self {
        let around = edges.iter().fold(Bounds::EMPTY, |around, edge| around.union(edge.bounds()));
        let grid = Grid::around(around, edges.len());
        let ((starts, listed), corner) = if edges.len() < LARGE {
            (grid.list(&edges), grid.corners(&edges, outside))
        } else {
            rayon::join(|| grid.list(&edges), || grid.corners(&edges, outside))
        };
        let (starts, listed, corner) = (starts.into(), listed.into(), corner.into());
        Self { edges: edges.into(), grid, starts, listed, corner, outside }
    }

    /// The share of `parcel`'s area that lies in the region. `parcel` has an area of `parcel_area` plane m² and the box
    /// `bounds`; its shells turn counterclockwise, its holes clockwise.
    ///
    /// Exact to about 1e-9; 0 and 1 are given for nothing and all.
    #[must_use]
    pub fn share(&self, parcel: &Shape<'_>, bounds: &Bounds, parcel_area: f64, scratch: &mut Scratch) -> f64 {
        rounded(self.unrounded_share(parcel, bounds, parcel_area, scratch))
    }

    /// The same without taking what is rounding for nothing.
    pub(super) fn unrounded_share(
        &self,
        parcel: &Shape<'_>,
        bounds: &Bounds,
        parcel_area: f64,
        scratch: &mut Scratch,
    ) -> f64 {
        let winding = self.gather(bounds, &mut scratch.near);
        if scratch.near.is_empty() {
            return f64::from(winding);
        }
        let points = parcel.points().len();
        let within = if points > MANY_POINTS && points.saturating_mul(scratch.near.len()) > MANY_PAIRS {
            self.area_by_parts(parcel, bounds, MOST_CUTS, scratch)
        } else {
            self.area_on_boundary(parcel, bounds, parcel_area, winding, scratch)
        };
        within / parcel_area
    }

    /// Whether an edge comes near the box, or it lies wholly inside.
    #[must_use]
    pub fn is_at(&self, bounds: &Bounds) -> bool {
        let Some((columns, rows)) = self.grid.cells(bounds) else { return self.upper_left(bounds) != 0 };
        let comes_near = |&edge: &u32| self.edges[edge as usize].bounds().meets(bounds);
        (rows.0..=rows.1).any(|row| {
            (columns.0..=columns.1).any(|column| self.cell_edges(self.grid.cell(column, row)).iter().any(comes_near))
        }) || self.upper_left(bounds) != 0
    }

    /// The plane area of `shape` in the region, asked part by part: for shapes that have many edges or meet many. Rings may run back and
    /// forth, as [`halves`] leaves them.
    #[must_use]
    pub fn area_of(&self, shape: &Shape<'_>, scratch: &mut Scratch) -> f64 {
        self.area_by_parts(shape, &shape.bounds(), MOST_CUTS, scratch)
    }

    fn area_by_parts(&self, shape: &Shape<'_>, bounds: &Bounds, cuts: u32, scratch: &mut Scratch) -> f64 {
        if bounds.is_empty() || bounds.size().contains(&0.0) {
            return 0.0;
        }
        // Of a shape that is cut anyway, not all edges are gathered.
        let few = if cuts == 0 { usize::MAX } else { FEW_EDGES.max(FEW_PAIRS / shape.points().len().max(1)) };
        if self.gather_at_most(few, bounds, &mut scratch.near) {
            let winding = self.upper_left(bounds);
            if scratch.near.is_empty() {
                return f64::from(winding.clamp(-1, 1)) * area(shape);
            }
            return self.area_on_boundary(shape, bounds, area(shape), winding, scratch);
        }
        let parts = halves(shape, bounds);
        parts
            .iter()
            .map(|part| {
                let part = part.get(0);
                self.area_by_parts(&part, &part.bounds(), cuts - 1, scratch)
            })
            .sum()
    }

    /// Whether the point lies in the region (on its boundary: either).
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        self.winding(point) > 0
    }

    /// Whether a point of the region lies within `reach` plane metres of the polyline.
    #[must_use]
    pub fn comes_within(&self, line: &[Point], reach: f64) -> bool {
        let mut near = Vec::new();
        self.gather(&Bounds::of(line).grown(reach), &mut near);
        let close = |&index: &u32| {
            let edge = &self.edges[index as usize];
            line_way(&[edge.a, edge.b], line).is_some_and(|way| way.squared <= reach * reach)
        };
        line.iter().any(|&point| self.contains(point)) || near.iter().any(close)
    }

    /// Whether the shape and the region have a point in common, be it of their boundaries.
    #[must_use]
    pub fn meets(&self, shape: &Shape<'_>) -> bool {
        let mut near = Vec::new();
        self.gather(&shape.bounds(), &mut near);
        // Where no boundaries meet, either lies in the other or they are apart.
        shape.rings().any(|ring| self.comes_within(ring, 0.0))
            || near.iter().any(|&index| holds(shape, self.edges[index as usize].a))
    }

    /// Whether the box lies wholly in the region, or wholly outside; `None` where an edge comes near.
    #[must_use]
    pub fn holds(&self, bounds: &Bounds) -> Option<bool> {
        let mut near = Vec::new();
        let winding = self.gather(bounds, &mut near);
        near.is_empty().then_some(winding > 0)
    }

    /// The area of `parcel` in a region whose edges `scratch.near` meet its box; `winding` is that of the box's
    /// upper left corner.
    fn area_on_boundary(
        &self,
        parcel: &Shape<'_>,
        bounds: &Bounds,
        parcel_area: f64,
        winding: i32,
        scratch: &mut Scratch,
    ) -> f64 {
        let (left, right) = (bounds.min[0], bounds.max[0]);
        let (origin, top) = (bounds.min, bounds.max[1]);
        let slopes = &mut scratch.parcel;
        slopes.clear();
        for ring in parcel.rings() {
            slopes.extend(ring.windows(2).filter_map(|pair| Slope::new(pair[0], pair[1], origin)));
        }
        let mut area = f64::from(winding) * parcel_area;
        for &index in &scratch.near {
            let edge = &self.edges[index as usize];
            area += step_area(edge, top, left, right, slopes);
            if let Some(upper) = edge.below(top, origin).and_then(|slope| slope.between(0.0, right - left)) {
                area += slopes.iter().map(|parcel_edge| shared_below(parcel_edge, &upper)).sum::<f64>();
            }
        }
        area
    }

    /// Collects the edges whose boxes meet `bounds`, each once, and returns the winding number of the box's
    /// upper left corner.
    fn gather(&self, bounds: &Bounds, near: &mut Vec<u32>) -> i32 {
        self.gather_at_most(usize::MAX, bounds, near);
        self.upper_left(bounds)
    }

    /// Collects these edges; returns whether there are no more than so many, and ends where there are.
    fn gather_at_most(&self, most: usize, bounds: &Bounds, near: &mut Vec<u32>) -> bool {
        near.clear();
        let Some((columns, rows)) = self.grid.cells(bounds) else { return true };
        let single = columns.0 == columns.1 && rows.0 == rows.1;
        for row in rows.0..=rows.1 {
            for column in columns.0..=columns.1 {
                near.extend(
                    self.cell_edges(self.grid.cell(column, row))
                        .iter()
                        .filter(|&&edge| self.edges[edge as usize].bounds().meets(bounds)),
                );
                // Edges stand in every cell that they pass; counted are those that differ.
                if near.len() / 2 > most {
                    near.sort_unstable();
                    near.dedup();
                    if near.len() > most {
                        return false;
                    }
                }
            }
        }
        if !single {
            near.sort_unstable();
            near.dedup();
        }
        near.len() <= most
    }

    /// The winding number of a box's upper left corner.
    fn upper_left(&self, bounds: &Bounds) -> i32 {
        self.winding([bounds.min[0], bounds.max[1]])
    }

    /// The cells of another grid that the boundary passes, some of them more than once.
    pub(super) fn passed_cells(&self, grid: &Grid) -> Vec<usize> {
        /// So many edges are followed together.
        const TOGETHER: usize = 4096;
        let follow = |edges: &[Edge]| {
            let (mut all, mut passed) = (Vec::new(), Vec::new());
            for edge in edges {
                grid.passed(edge, grid.hair(), &mut passed);
                all.extend_from_slice(&passed);
            }
            all
        };
        self.edges.par_chunks(TOGETHER).flat_map_iter(follow).collect()
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.corner.len()
    }

    /// The edges that pass a cell.
    pub(super) fn cell_edges(&self, cell: usize) -> &[u32] {
        &self.listed[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// The winding number of a point: that of its cell's corner, then up, then to the right.
    pub(super) fn winding(&self, [x, y]: Point) -> i32 {
        let Some((column, row)) = self.grid.cell_of([x, y]) else {
            return i32::from(self.outside);
        };
        let cell = self.grid.cell(column, row);
        let [corner_x, corner_y] = self.grid.corner(column, row);
        let mut winding = i32::from(self.corner[cell]);
        for &index in self.cell_edges(cell) {
            let edge = &self.edges[index as usize];
            if edge.covers(corner_x) {
                let passed = i32::from(edge.above(corner_x, corner_y)) - i32::from(edge.above(corner_x, y));
                winding -= passed * edge.direction();
            }
            if let Some((crossing, step)) = edge.crossing(y)
                && corner_x < crossing
                && crossing <= x
            {
                winding += step;
            }
        }
        winding
    }
}

/// A share without what is rounding and no area.
pub(crate) fn rounded(share: f64) -> f64 {
    if share < ROUNDING {
        0.0
    } else if share > 1.0 - ROUNDING {
        1.0
    } else {
        share
    }
}

/// What the parcel gains or loses to the right of the place where `edge` leaves the box through its top.
fn step_area(edge: &Edge, top: f64, left: f64, right: f64, parcel: &[Slope]) -> f64 {
    match edge.crossing(top) {
        Some((crossing, step)) if left < crossing && crossing <= right => {
            f64::from(step) * parcel.iter().map(|slope| slope.area_from(crossing - left)).sum::<f64>()
        }
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regions::Region;

    fn square(from: f64, to: f64) -> Shapes {
        Shapes::from(Bounds { min: [from; 2], max: [to; 2] })
    }

    #[test]
    fn a_shape_meets_a_region_that_it_holds_lies_in_crosses_or_touches() {
        let zone = Region::union_of(&[&square(0.0, 100.0), &square(500.0, 600.0)]).index();
        for (shape, meets) in [
            (square(-1000.0, 300.0), true),
            (square(40.0, 60.0), true),
            (square(90.0, 110.0), true),
            (square(100.0, 110.0), true),
            (square(110.0, 490.0), false),
        ] {
            assert_eq!(zone.meets(&shape.get(0)), meets, "{:?}", shape.bounds());
        }
        // A cross whose corners all lie outside.
        let bar = Shapes::from(Bounds { min: [-50.0, 40.0], max: [150.0, 60.0] });
        assert!(zone.meets(&bar.get(0)));
    }
}
