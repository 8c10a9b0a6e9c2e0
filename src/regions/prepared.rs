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

use crate::geometry::area::{Slope, shared_below};
use crate::geometry::distance::line_way;
use crate::geometry::{Bounds, Point, Shape, Shapes};

/// Shares closer to 0 or 1 than this are 0 or 1: rounding, not area.
const ROUNDING: f64 = 1e-9;

/// Edges a cell should hold where the boundary is spread evenly.
const EDGES_PER_CELL: f64 = 2.0;

/// The most cells a side.
const MAX_SIDE: usize = 2048;

/// A set of the plane, ready to be asked for shares. Made by [`super::Region::prepare`].
#[derive(Debug)]
pub struct Prepared {
    edges: Vec<Edge>,
    grid: Grid,
    /// For each cell, where its run in `listed` begins; one more at the end.
    starts: Vec<u32>,
    /// Edges by cell.
    listed: Vec<u32>,
    /// Winding number of each cell's lower left corner.
    corner: Vec<i16>,
    /// Winding number of the plane outside the grid: 1 for the complement of an area.
    outside: i16,
}

/// Memory that a thread keeps between questions.
#[derive(Debug, Default)]
pub struct Scratch {
    near: Vec<u32>,
    lot: Vec<Slope>,
}

impl Prepared {
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
        let grid = Grid::around(area.bounds(), edges.len());
        let (starts, listed) = grid.list(&edges);
        let outside = i16::from(complement);
        let corner = grid.corners(&edges, outside);
        Self { edges, grid, starts, listed, corner, outside }
    }

    /// The share of `lot`'s area that lies in the region. `lot` has an area of `lot_area` plane m² and the box
    /// `bounds`; its shells turn counterclockwise, its holes clockwise.
    ///
    /// Exact to about 1e-9; 0 and 1 are given for nothing and all.
    #[must_use]
    pub fn share(&self, lot: &Shape<'_>, bounds: &Bounds, lot_area: f64, scratch: &mut Scratch) -> f64 {
        let winding = self.gather(bounds, &mut scratch.near);
        if scratch.near.is_empty() {
            return f64::from(winding.clamp(0, 1));
        }
        let share = self.area_on_boundary(lot, bounds, lot_area, winding, scratch) / lot_area;
        if share < ROUNDING {
            0.0
        } else if share > 1.0 - ROUNDING {
            1.0
        } else {
            share
        }
    }

    /// Whether the point lies in the region (on its boundary: either).
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        self.winding(point) > 0
    }

    /// Whether a point of the region lies within `reach` plane metres of the bent line.
    #[must_use]
    pub fn comes_within(&self, line: &[Point], reach: f64) -> bool {
        let mut near = Vec::new();
        self.gather(&Bounds::of(line).grown(reach), &mut near);
        let close = |&place: &u32| {
            let edge = &self.edges[place as usize];
            line_way(&[edge.a, edge.b], line).is_some_and(|way| way.squared <= reach * reach)
        };
        line.iter().any(|&point| self.contains(point)) || near.iter().any(close)
    }

    /// Whether the box lies wholly in the region, or wholly outside; `None` where an edge comes near.
    #[must_use]
    pub fn holds(&self, bounds: &Bounds) -> Option<bool> {
        let mut near = Vec::new();
        let winding = self.gather(bounds, &mut near);
        near.is_empty().then_some(winding > 0)
    }

    /// The area of `lot` in a region whose edges `scratch.near` meet its box; `winding` is that of the box's
    /// upper left corner.
    fn area_on_boundary(
        &self,
        lot: &Shape<'_>,
        bounds: &Bounds,
        lot_area: f64,
        winding: i32,
        scratch: &mut Scratch,
    ) -> f64 {
        let (left, right) = (bounds.min[0], bounds.max[0]);
        let (origin, top) = (bounds.min, bounds.max[1]);
        let slopes = &mut scratch.lot;
        slopes.clear();
        for ring in lot.rings() {
            slopes.extend(ring.windows(2).filter_map(|pair| Slope::new(pair[0], pair[1], origin)));
        }
        let mut area = f64::from(winding) * lot_area;
        for &place in &scratch.near {
            let edge = &self.edges[place as usize];
            area += step_area(edge, top, left, right, slopes);
            if let Some(upper) = edge.below(top, origin).and_then(|slope| slope.between(0.0, right - left)) {
                area += slopes.iter().map(|lot_edge| shared_below(lot_edge, &upper)).sum::<f64>();
            }
        }
        area
    }

    /// Collects the edges whose boxes meet `bounds`, each once, and returns the winding number of the box's
    /// upper left corner.
    fn gather(&self, bounds: &Bounds, near: &mut Vec<u32>) -> i32 {
        near.clear();
        let Some((columns, rows)) = self.grid.cells(bounds) else {
            return i32::from(self.outside);
        };
        let single = columns.0 == columns.1 && rows.0 == rows.1;
        for row in rows.0..=rows.1 {
            for column in columns.0..=columns.1 {
                near.extend(
                    self.cell_edges(self.grid.cell(column, row))
                        .iter()
                        .filter(|&&edge| self.edges[edge as usize].bounds().meets(bounds)),
                );
            }
        }
        if !single {
            near.sort_unstable();
            near.dedup();
        }
        self.winding([bounds.min[0], bounds.max[1]])
    }

    fn cell_edges(&self, cell: usize) -> &[u32] {
        &self.listed[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// The winding number of a point: that of its cell's corner, then up, then to the right.
    fn winding(&self, [x, y]: Point) -> i32 {
        let Some((column, row)) = self.grid.cell_of([x, y]) else {
            return i32::from(self.outside);
        };
        let cell = self.grid.cell(column, row);
        let [corner_x, corner_y] = self.grid.corner(column, row);
        let mut winding = i32::from(self.corner[cell]);
        for &place in self.cell_edges(cell) {
            let edge = &self.edges[place as usize];
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

/// What the lot gains or loses to the right of the place where `edge` leaves the box through its top.
fn step_area(edge: &Edge, top: f64, left: f64, right: f64, lot: &[Slope]) -> f64 {
    match edge.crossing(top) {
        Some((crossing, step)) if left < crossing && crossing <= right => {
            f64::from(step) * lot.iter().map(|slope| slope.area_from(crossing - left)).sum::<f64>()
        }
        _ => 0.0,
    }
}

/// A piece of the boundary; the region lies to the left of the way from `a` to `b`.
#[derive(Debug, Clone, Copy)]
struct Edge {
    a: Point,
    b: Point,
}

impl Edge {
    fn bounds(&self) -> Bounds {
        Bounds {
            min: [self.a[0].min(self.b[0]), self.a[1].min(self.b[1])],
            max: [self.a[0].max(self.b[0]), self.a[1].max(self.b[1])],
        }
    }

    /// Where the edge crosses the level line at `y`, and by how much the winding number changes there on the
    /// way to the right.
    fn crossing(&self, y: f64) -> Option<(f64, i32)> {
        let (a_above, b_above) = (self.a[1] > y, self.b[1] > y);
        if a_above == b_above {
            return None;
        }
        let ([ax, ay], [bx, by]) = (self.a, self.b);
        let x = ax + (y - ay) / (by - ay) * (bx - ax);
        Some((x.clamp(ax.min(bx), ax.max(bx)), if b_above { -1 } else { 1 }))
    }

    /// Whether the edge stands over `x`; its right end does not, so that a chain of edges stands over it once.
    fn covers(&self, x: f64) -> bool {
        (self.a[0] <= x) != (self.b[0] <= x)
    }

    /// Whether the edge, which covers `x`, passes there above `y`.
    fn above(&self, x: f64, y: f64) -> bool {
        let right_end_above = if self.a[0] < self.b[0] { self.b[1] > y } else { self.a[1] > y };
        match self.crossing(y) {
            Some((crossing, _)) => (x >= crossing) == right_end_above,
            None => right_end_above,
        }
    }

    /// What the edge adds to the winding number of a point below it.
    fn direction(&self) -> i32 {
        if self.b[0] < self.a[0] { 1 } else { -1 }
    }

    /// The part of the edge that is not above `top`, as a slope relative to `origin`.
    fn below(&self, top: f64, origin: Point) -> Option<Slope> {
        let slope = Slope::new(self.a, self.b, origin)?;
        match self.crossing(top) {
            None => (self.a[1] <= top).then_some(slope),
            Some((crossing, _)) => {
                let right_end_above = if self.a[0] < self.b[0] { self.b[1] > top } else { self.a[1] > top };
                let x = crossing - origin[0];
                if right_end_above { slope.between(f64::NEG_INFINITY, x) } else { slope.between(x, f64::INFINITY) }
            }
        }
    }
}

/// Square cells over the box of a region.
#[derive(Debug)]
struct Grid {
    min: Point,
    side: f64,
    columns: usize,
    rows: usize,
}

impl Grid {
    fn around(bounds: Bounds, edges: usize) -> Self {
        if bounds.is_empty() {
            return Self { min: [0.0; 2], side: 1.0, columns: 0, rows: 0 };
        }
        let [width, height] = bounds.size().map(|v| v.max(1e-3));
        let wanted = (edges as f64 / EDGES_PER_CELL).max(1.0);
        let side = (width * height / wanted).sqrt().max(width.max(height) / MAX_SIDE as f64);
        // A margin of half a cell keeps every edge strictly inside the grid.
        let count = |length: f64| (length / side) as usize + 2;
        Self { min: bounds.min.map(|v| v - side / 2.0), side, columns: count(width), rows: count(height) }
    }

    fn cell(&self, column: usize, row: usize) -> usize {
        row * self.columns + column
    }

    fn corner(&self, column: usize, row: usize) -> Point {
        [self.min[0] + column as f64 * self.side, self.min[1] + row as f64 * self.side]
    }

    /// The column and row of the cell whose half-open square holds the point, as [`Grid::corner`] draws it.
    fn cell_of(&self, [x, y]: Point) -> Option<(usize, usize)> {
        Some((self.place(x, 0, self.columns)?, self.place(y, 1, self.rows)?))
    }

    fn place(&self, value: f64, axis: usize, count: usize) -> Option<usize> {
        let guess = ((value - self.min[axis]) / self.side).floor();
        if count == 0 || !(-1.0..=count as f64).contains(&guess) {
            return None;
        }
        // The division may round across a border; the corners decide.
        let border = |place: f64| self.min[axis] + place * self.side;
        let place = if value < border(guess) {
            guess - 1.0
        } else if value >= border(guess + 1.0) {
            guess + 1.0
        } else {
            guess
        };
        (place >= 0.0 && place < count as f64).then_some(place as usize)
    }

    /// The first and last column and row that a box meets, clamped to the grid.
    #[expect(clippy::type_complexity, reason = "two ranges, read in one line by both callers")]
    fn cells(&self, bounds: &Bounds) -> Option<((usize, usize), (usize, usize))> {
        let span = |axis: usize, count: usize| {
            let first = ((bounds.min[axis] - self.min[axis]) / self.side).floor();
            let last = ((bounds.max[axis] - self.min[axis]) / self.side).floor();
            (count > 0 && last >= 0.0 && first < count as f64)
                .then(|| (first.max(0.0) as usize, (last as usize).min(count.saturating_sub(1))))
        };
        Some((span(0, self.columns)?, span(1, self.rows)?))
    }

    /// The edges of each cell, as runs in one list. A hair of margin puts an edge on a border into both cells.
    fn list(&self, edges: &[Edge]) -> (Vec<u32>, Vec<u32>) {
        let hair = self.side * 1e-6;
        let mut starts = vec![0_u32; self.columns * self.rows + 1];
        let mut cells = Vec::new();
        for edge in edges {
            self.passed(edge, hair, &mut cells);
            for &cell in &cells {
                starts[cell + 1] += 1;
            }
        }
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        let mut next = starts.clone();
        let mut listed = vec![0; starts.last().map_or(0, |&end| end as usize)];
        for (place, edge) in (0_u32..).zip(edges) {
            self.passed(edge, hair, &mut cells);
            for &cell in &cells {
                listed[next[cell] as usize] = place;
                next[cell] += 1;
            }
        }
        (starts, listed)
    }

    /// The cells that an edge passes, row by row.
    fn passed(&self, edge: &Edge, hair: f64, cells: &mut Vec<usize>) {
        cells.clear();
        let bounds = edge.bounds().grown(hair);
        let Some((columns, rows)) = self.cells(&bounds) else { return };
        for row in rows.0..=rows.1 {
            let (from, to) = if rows.0 == rows.1 || columns.0 == columns.1 {
                columns
            } else {
                let [_, low] = self.corner(0, row);
                self.columns_between(edge, low - hair, low + self.side + hair, hair).unwrap_or(columns)
            };
            cells.extend((from..=to).map(|column| self.cell(column, row)));
        }
    }

    /// The columns of the part of an edge between two levels.
    fn columns_between(&self, edge: &Edge, low: f64, high: f64, hair: f64) -> Option<(usize, usize)> {
        let ([ax, ay], [bx, by]) = (edge.a, edge.b);
        let at = |y: f64| ax + ((y - ay) / (by - ay)).clamp(0.0, 1.0) * (bx - ax);
        let (x0, x1) = (at(low), at(high));
        let part = Bounds { min: [x0.min(x1) - hair, low], max: [x0.max(x1) + hair, high] };
        self.cells(&part).map(|(columns, _)| columns)
    }

    /// The winding number of every cell's lower left corner: each row's line is walked from the left.
    fn corners(&self, edges: &[Edge], outside: i16) -> Vec<i16> {
        let mut steps = vec![0_i16; self.columns * self.rows];
        for edge in edges {
            let Some((_, rows)) = self.cells(&edge.bounds()) else { continue };
            for row in rows.0..=(rows.1 + 1).min(self.rows - 1) {
                let [_, level] = self.corner(0, row);
                if let Some((crossing, step)) = edge.crossing(level)
                    && let Some(column) = self.first_column_from(crossing)
                {
                    steps[self.cell(column, row)] += step as i16;
                }
            }
        }
        for row in steps.chunks_mut(self.columns.max(1)) {
            let mut winding = outside;
            for corner in row {
                winding += *corner;
                *corner = winding;
            }
        }
        steps
    }

    /// The first column whose left border is at `x` or to its right.
    fn first_column_from(&self, x: f64) -> Option<usize> {
        let border = |column: usize| self.min[0] + column as f64 * self.side;
        let mut column = (((x - self.min[0]) / self.side).ceil().max(0.0)) as usize;
        while column > 0 && border(column - 1) >= x {
            column -= 1;
        }
        while border(column) < x {
            column += 1;
        }
        (column < self.columns).then_some(column)
    }
}
