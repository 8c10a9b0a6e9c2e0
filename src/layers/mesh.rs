//! Grid squares 地域メッシュ (JIS X 0410): a code is a shape.
//!
//! Every side is a whole multiple of 3.75″ of latitude and 5.625″ of longitude (a 125 m mesh), so corners are
//! counted in those and two cells that meet share their corners to the last bit.

use crate::geometry::Point;

/// 125 m steps in a degree of latitude.
const LAT_STEPS: f64 = 960.0;
/// 125 m steps in a degree of longitude.
const LON_STEPS: f64 = 640.0;
/// 125 m steps along a side of a primary mesh 第1次地域区画 (about 80 km).
pub const PRIMARY_STEPS: u32 = 640;

/// Side of the largest squares that have codes of their own here, 1 km.
const LARGEST_LISTED: u32 = 8;

/// A grid square: its lower left corner and side in 125 m steps from 0° and 100°E.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mesh {
    /// Steps north of the equator.
    pub south: u32,
    /// Steps east of 100°E.
    pub west: u32,
    /// Steps along a side: 8 for 1 km, 4, 2, 1 for 125 m.
    pub side: u32,
}

impl Mesh {
    /// The square of a code of 8 (1 km), 9 (500 m), 10 (250 m) or 11 (125 m) digits.
    ///
    /// ```
    /// use kyoten::layers::Mesh;
    /// let [west, south] = Mesh::parse("53394611").unwrap().corner(0, 0);
    /// assert!((west - 139.7625).abs() < 1e-12 && (south - 35.675).abs() < 1e-12);
    /// assert_eq!(Mesh::parse("5339461"), None);
    /// ```
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let digits: Vec<u32> = code.chars().map(|sign| sign.to_digit(10)).collect::<Option<_>>()?;
        let [p0, p1, u0, u1, q, v, r, w, halves @ ..] = digits.as_slice() else { return None };
        if *q > 7 || *v > 7 || halves.len() > 3 || halves.iter().any(|half| !(1..=4).contains(half)) {
            return None;
        }
        let mut side = LARGEST_LISTED;
        let mut south = (p0 * 10 + p1) * PRIMARY_STEPS + q * 80 + r * 8;
        let mut west = (u0 * 10 + u1) * PRIMARY_STEPS + v * 80 + w * 8;
        for half in halves {
            side /= 2;
            south += (half - 1) / 2 * side;
            west += (half - 1) % 2 * side;
        }
        Some(Self { south, west, side })
    }

    /// The 250 m square that holds a point given as longitude and latitude.
    #[must_use]
    pub fn quarter_at([lon, lat]: Point) -> Self {
        let cell = |steps: f64| (steps / 2.0).floor().max(0.0) as u32 * 2;
        Self { south: cell(lat * LAT_STEPS), west: cell((lon - 100.0) * LON_STEPS), side: 2 }
    }

    /// The primary mesh that the square lies in.
    #[must_use]
    pub fn primary(&self) -> Self {
        let down = |steps: u32| steps / PRIMARY_STEPS * PRIMARY_STEPS;
        Self { south: down(self.south), west: down(self.west), side: PRIMARY_STEPS }
    }

    /// The square of twice the side that the square is a quarter of; `None` for one of 1 km and above.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let side = self.side * 2;
        let down = |steps: u32| steps / side * side;
        (side <= LARGEST_LISTED).then(|| Self { south: down(self.south), west: down(self.west), side })
    }

    /// The four squares of half the side, from the south-west, rows first. A square of 125 m has none smaller: its
    /// quarters are of no use.
    #[must_use]
    pub fn quarters(&self) -> [Self; 4] {
        let side = self.side / 2;
        [[0, 0], [0, side], [side, 0], [side, side]].map(|[north, east]| Self {
            south: self.south + north,
            west: self.west + east,
            side,
        })
    }

    /// Whether another square lies in this one.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        let within = |start: u32, inner: u32| start <= inner && inner + other.side <= start + self.side;
        within(self.south, other.south) && within(self.west, other.west)
    }

    /// Whether a point given as longitude and latitude lies in the square.
    #[must_use]
    pub fn contains(&self, [lon, lat]: Point) -> bool {
        let within = |start: u32, steps: f64| (f64::from(start)..f64::from(start + self.side)).contains(&steps);
        within(self.south, lat * LAT_STEPS) && within(self.west, (lon - 100.0) * LON_STEPS)
    }

    /// Longitude and latitude of the point so many steps east and north of the lower left corner.
    #[must_use]
    pub fn corner(&self, east: u32, north: u32) -> Point {
        [100.0 + f64::from(self.west + east) / LON_STEPS, f64::from(self.south + north) / LAT_STEPS]
    }

    /// The outline as longitudes and latitudes, counterclockwise and closed; a large square gets points along
    /// its sides, because a side is no straight line of the plane.
    #[must_use]
    pub fn ring(&self) -> Vec<Point> {
        let step = if self.side > 8 { 8 } else { self.side };
        let side = self.side;
        let along = || (0..side).step_by(step as usize);
        let mut ring: Vec<Point> = along().map(|n| self.corner(n, 0)).collect();
        ring.extend(along().map(|n| self.corner(side, n)));
        ring.extend(along().map(|n| self.corner(side - n, side)));
        ring.extend(along().map(|n| self.corner(0, side - n)));
        ring.push(self.corner(0, 0));
        ring
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_halves_of_a_square_meet_in_its_middle() {
        let whole = Mesh::parse("52383771").unwrap();
        let half = |digit: u32| Mesh::parse(&format!("52383771{digit}")).unwrap();
        assert_eq!(half(1).corner(4, 4), half(4).corner(0, 0));
        assert_eq!(half(2).corner(0, 4), half(3).corner(4, 0));
        assert_eq!(half(4).corner(4, 4), whole.corner(8, 8));
    }

    #[test]
    fn parents_and_quarters_belong_together() {
        let cell = Mesh::parse("52383771").unwrap();
        assert_eq!(cell.parent(), None);
        for (digit, quarter) in ["1", "2", "3", "4"].into_iter().zip(cell.quarters()) {
            assert_eq!(Some(quarter), Mesh::parse(&format!("52383771{digit}")));
            assert_eq!(quarter.parent(), Some(cell));
            assert!(cell.holds(&quarter) && !quarter.holds(&cell));
            assert!(cell.contains(quarter.corner(1, 1)) && quarter.contains(quarter.corner(1, 1)));
        }
        assert!(!cell.contains(cell.corner(8, 0)));
    }

    #[test]
    fn codes_that_are_none_are_refused() {
        for code in ["", "5238", "52388771", "523837715", "523837710", "52383771x", "523837711111"] {
            assert_eq!(Mesh::parse(code), None, "{code}");
        }
    }

    #[test]
    fn a_primary_mesh_has_points_along_its_sides() {
        let ring = Mesh::parse("523800001").unwrap().primary().ring();
        assert_eq!(ring.len(), 4 * 80 + 1);
        assert_eq!((ring[0], ring[160]), ([138.0, 34.0 + 2.0 / 3.0], [139.0, 35.0 + 1.0 / 3.0]));
    }
}
