//! How far does one datum lie from the next at a place? A grid of shifts, as GSI (国土地理院) publishes them.
//!
//! Nodes are the south-west corners of third-level meshes 3次メッシュ (JIS X 0410): 30″ of latitude and 45″ of longitude
//! apart. Between four of them a shift is interpolated bilinearly, as GSI's own programs do. Source: 飛田幹男, 世界測地系
//! 移行のための座標変換ソフトウェア“TKY2JGD”, 国土地理院時報 97 (2002).

/// Nodes to a degree of latitude.
const ROWS: f64 = 120.0;

/// Nodes to a degree of longitude.
const COLUMNS: f64 = 80.0;

/// The longitude from which mesh codes count, in degrees.
const WEST: f64 = 100.0;

/// No code has as many rows or columns: two digits of 80 nodes each.
const MOST: f64 = 8000.0;

/// Arc seconds to a degree.
const SECONDS: f64 = 3600.0;

/// Between which datums a grid leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridKind {
    /// From the Tokyo datum 旧日本測地系 to JGD2000.
    Tky2Jgd,
    /// From JGD2000 to JGD2011, or over the movement of the ground in another earthquake.
    PatchJgd,
}

impl GridKind {
    /// What GSI calls such grids.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tky2Jgd => "TKY2JGD",
            Self::PatchJgd => "PatchJGD",
        }
    }
}

/// A node of a grid: the south-west corner of a third-level mesh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GridNode(u32);

impl GridNode {
    /// The node of a mesh code; `None` where that is not one of the third level.
    ///
    /// ```
    /// use kyoten::crs::GridNode;
    /// let [lon, lat] = GridNode::of_code(b"53394611").unwrap().lon_lat();
    /// assert!((lon - 139.7625).abs() < 1e-12 && (lat - 35.675).abs() < 1e-12);
    /// assert_eq!(GridNode::of_code(b"53398011"), None);
    /// ```
    #[must_use]
    pub fn of_code(code: &[u8]) -> Option<Self> {
        let code: &[u8; 8] = code.try_into().ok()?;
        if !code.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let [p, q, u, v, row, column, south, west] = code.map(|digit| u32::from(digit - b'0'));
        if row > 7 || column > 7 {
            return None;
        }
        Some(Self::at((p * 10 + q) * 80 + row * 10 + south, (u * 10 + v) * 80 + column * 10 + west))
    }

    /// Its longitude and latitude, in degrees.
    #[must_use]
    pub fn lon_lat(self) -> [f64; 2] {
        [WEST + f64::from(self.0 & 0xFFFF) / COLUMNS, f64::from(self.0 >> 16) / ROWS]
    }

    /// Rows and columns are below 2¹⁶, and nodes are in the order of rows, then columns.
    fn at(row: u32, column: u32) -> Self {
        Self(row << 16 | column)
    }
}

/// A grid of shifts.
#[derive(Debug, Clone, PartialEq)]
pub struct DatumGrid {
    name: String,
    kind: GridKind,
    /// In order, none twice.
    nodes: Vec<GridNode>,
    /// Of each node, the arc seconds to be added, longitude first.
    shifts: Vec<[f64; 2]>,
}

impl DatumGrid {
    /// A grid of nodes in any order, each with the arc seconds to be added there, longitude first. `name` is what
    /// messages call it.
    ///
    /// # Errors
    /// The positions of two shifts for one node: the first such node, the first and the second shift of it.
    pub fn new(name: String, kind: GridKind, given: &[(GridNode, [f64; 2])]) -> Result<Self, (usize, usize)> {
        let mut order: Vec<usize> = (0..given.len()).collect();
        order.sort_by_key(|&position| given[position].0);
        let twice = order.windows(2).filter(|pair| given[pair[0]].0 == given[pair[1]].0);
        if let Some(pair) = twice.min_by_key(|pair| pair[1]) {
            return Err((pair[0], pair[1]));
        }
        let (nodes, shifts) = order.into_iter().map(|position| given[position]).unzip();
        Ok(Self { name, kind, nodes, shifts })
    }

    /// What messages call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Between which datums it leads.
    #[must_use]
    pub fn kind(&self) -> GridKind {
        self.kind
    }

    /// Whether another is the same but for its name.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.kind == other.kind && self.nodes == other.nodes && self.shifts == other.shifts
    }

    /// Its nodes, from south to north, from west to east.
    #[must_use]
    pub fn nodes(&self) -> &[GridNode] {
        &self.nodes
    }

    /// What is to be added to a longitude and latitude, in degrees; `None` where the place is not between four nodes of
    /// the grid, nor on a line between two, nor on one.
    #[must_use]
    pub fn shift(&self, [lon, lat]: [f64; 2]) -> Option<[f64; 2]> {
        let (row, north) = place(lat * ROWS)?;
        let (column, east) = place((lon - WEST) * COLUMNS)?;
        let southern = self.between(row, column, east)?;
        if north == 0.0 {
            return Some(southern.map(|seconds| seconds / SECONDS));
        }
        let northern = self.between(row + 1, column, east)?;
        Some([0, 1].map(|axis| (southern[axis] * (1.0 - north) + northern[axis] * north) / SECONDS))
    }

    /// The shift on a row, so far to the east of a column.
    fn between(&self, row: u32, column: u32, east: f64) -> Option<[f64; 2]> {
        let index = self.nodes.binary_search(&GridNode::at(row, column)).ok()?;
        let west = self.shifts[index];
        if east == 0.0 {
            return Some(west);
        }
        // The next node to the east is the next in the order, where it is there.
        let next = self.nodes.get(index + 1).filter(|node| **node == GridNode::at(row, column + 1));
        let eastern = next.map(|_| self.shifts[index + 1])?;
        Some([0, 1].map(|axis| west[axis] * (1.0 - east) + eastern[axis] * east))
    }
}

/// The row or column before a place, and how far behind it the place is, from 0 up to 1.
fn place(nodes: f64) -> Option<(u32, f64)> {
    (0.0..MOST).contains(&nodes).then(|| (nodes as u32, nodes.fract()))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A grid of so many rows and columns of nodes, from the mesh 53394500 on, its shifts by row and column.
    pub(in super::super) fn grid_of(
        kind: GridKind,
        [rows, columns]: [u32; 2],
        mut shift: impl FnMut(u32, u32) -> [f64; 2],
    ) -> DatumGrid {
        let first = GridNode::of_code(b"53394500").unwrap().0;
        let node = |row: u32, column: u32| GridNode(first + (row << 16) + column);
        let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        let given: Vec<_> = places.map(|(row, column)| (node(row, column), shift(row, column))).collect();
        DatumGrid::new(format!("{}.par", kind.name()), kind, &given).unwrap()
    }

    /// The arc seconds of a node of such a grid.
    #[cfg(feature = "proj")]
    pub(in super::super) fn seconds(grid: &DatumGrid, columns: u32, row: u32, column: u32) -> [f64; 2] {
        grid.shifts[(row * columns + column) as usize]
    }

    /// The south-west corner of these grids.
    pub(in super::super) const CORNER: [f64; 2] = [139.0 + 5.0 / 8.0, 53.0 / 1.5 + 4.0 / 12.0];

    #[test]
    fn a_node_is_where_its_mesh_begins() {
        for (code, lon_lat) in [
            (b"53394500", CORNER),
            (b"53394599", [139.625 + 9.0 / 80.0, CORNER[1] + 9.0 / 120.0]),
            (b"36225777", [122.0 + 7.0 / 8.0 + 7.0 / 80.0, 24.0 + 5.0 / 12.0 + 7.0 / 120.0]),
        ] {
            let found = GridNode::of_code(code).unwrap().lon_lat();
            assert!((0..2).all(|axis| (found[axis] - lon_lat[axis]).abs() < 1e-12), "{found:?} {lon_lat:?}");
        }
        for code in [&b"5339450"[..], b"533945000", b"53394508a", b"5339 500", b"53398000", b"53390800", b"-3394500"] {
            assert_eq!(GridNode::of_code(code), None, "{}", String::from_utf8_lossy(code));
        }
    }

    #[test]
    fn a_constant_grid_shifts_by_its_constant() {
        let grid = grid_of(GridKind::Tky2Jgd, [4, 5], |_, _| [-11.5, 12.25]);
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..1000 {
            let at = [CORNER[0] + random.f64() * 4.0 / 80.0, CORNER[1] + random.f64() * 3.0 / 120.0];
            let shift = grid.shift(at).unwrap();
            assert!((shift[0] * 3600.0 + 11.5).abs() < 1e-12 && (shift[1] * 3600.0 - 12.25).abs() < 1e-12, "{shift:?}");
        }
    }

    #[test]
    fn between_nodes_a_shift_is_bilinear() {
        // By hand: corners 0, 1, 2 and 10 seconds; a quarter to the east, half to the north.
        let corner = [[0.0, 1.0], [2.0, 10.0]];
        let grid = grid_of(GridKind::PatchJgd, [2, 2], |row, column| [corner[row as usize][column as usize], 0.0]);
        let at = [CORNER[0] + 0.25 / 80.0, CORNER[1] + 0.5 / 120.0];
        let south = 0.25;
        let north = 2.0 * 0.75 + 10.0 * 0.25;
        let wanted = f64::midpoint(south, north) / 3600.0;
        assert!((grid.shift(at).unwrap()[0] - wanted).abs() < 1e-12);
        // A plane of shifts is met everywhere, also across cells.
        let grid = grid_of(GridKind::PatchJgd, [11, 11], |row, column| [f64::from(column), 3.0 * f64::from(row)]);
        let mut random = fastrand::Rng::with_seed(2);
        for _ in 0..1000 {
            let [east, north] = [random.f64() * 10.0, random.f64() * 10.0];
            let shift = grid.shift([CORNER[0] + east / 80.0, CORNER[1] + north / 120.0]).unwrap();
            assert!((shift[0] * 3600.0 - east).abs() < 1e-8 && (shift[1] * 3600.0 - 3.0 * north).abs() < 1e-8);
        }
    }

    #[test]
    fn a_place_without_four_nodes_around_it_is_outside() {
        let grid = grid_of(GridKind::Tky2Jgd, [3, 3], |_, _| [1.0, 1.0]);
        let inside = |east: f64, north: f64| grid.shift([CORNER[0] + east / 80.0, CORNER[1] + north / 120.0]).is_some();
        assert!(inside(0.5, 0.5) && inside(1.9, 1.9) && inside(1e-6, 1e-6));
        for (east, north) in [(-0.1, 0.5), (0.5, -0.1), (2.1, 0.5), (0.5, 2.1), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            assert!(!inside(east, north), "{east} {north}");
        }
        for at in [[35.6, 139.7], [-1e300, 35.6], [139.7, 1e300], [200.0, 70.0]] {
            assert_eq!(grid.shift(at), None, "{at:?}");
        }
        // A node that is not there takes the four cells around it away.
        let nodes: Vec<_> = grid.nodes.iter().copied().filter(|node| *node != grid.nodes[4]).collect();
        let given: Vec<_> = nodes.into_iter().map(|node| (node, [1.0, 1.0])).collect();
        let hole = DatumGrid::new(String::new(), GridKind::Tky2Jgd, &given).unwrap();
        assert_eq!(hole.shift([CORNER[0] + 0.5 / 80.0, CORNER[1] + 0.5 / 120.0]), None);
    }

    #[test]
    fn a_node_that_comes_twice_is_told_with_both_places() {
        let node = |code: &[u8; 8]| (GridNode::of_code(code).unwrap(), [0.0, 0.0]);
        let given = [node(b"53394512"), node(b"53394511"), node(b"53394512"), node(b"53394511")];
        assert_eq!(DatumGrid::new(String::new(), GridKind::Tky2Jgd, &given), Err((0, 2)));
    }

    #[test]
    fn an_independent_reader_interpolates_the_same() {
        use jgdtrans::{Format, ParData, Parameter, Point, Transformer};
        let mut random = fastrand::Rng::with_seed(3);
        let mut shifts = std::collections::HashMap::new();
        let grid = grid_of(GridKind::Tky2Jgd, [10, 10], |row, column| {
            let shift = [random.f64() * 20.0 - 15.0, random.f64() * 20.0 - 5.0];
            shifts.insert(53_394_500 + row * 10 + column, Parameter::new(shift[1], shift[0], 0.0));
            shift
        });
        let theirs = Transformer::new(ParData::new(Format::TKY2JGD, shifts));
        for _ in 0..5000 {
            let at = [CORNER[0] + random.f64() * 9.0 / 80.0, CORNER[1] + random.f64() * 9.0 / 120.0];
            let shift = grid.shift(at).unwrap();
            let correction = theirs.forward_corr(&Point::new_unchecked(at[1], at[0], 0.0)).unwrap();
            let [lon, lat] = [correction.longitude, correction.latitude];
            assert!((shift[0] - lon).abs() < 1e-12 && (shift[1] - lat).abs() < 1e-12, "{at:?}: {shift:?}");
        }
    }
}
