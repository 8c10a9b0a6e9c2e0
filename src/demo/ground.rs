//! Where the city stands: between its own streets' axes, the plane and the globe.

use super::DemoError;
use crate::crs::{Crs, FromPlane, Plane, ToPlane};

/// A point in metres along the city's streets, from the middle of its main block: u about east, v about north.
pub(super) type Uv = [f64; 2];

/// The plane of Shizuoka prefecture (平面直角座標系 VIII).
const ZONE: u8 = 8;

/// The middle of the city in degrees: the middle of a 500 m mesh cell, so that the town of the small sample city lies
/// in one cell, and no real town, since it is out in Suruga Bay (駿河湾).
pub(super) const CENTRE: [f64; 2] = [138.403_125, 34.902_083];

/// How far the streets are turned from the plane's axes, degrees anticlockwise.
const TURN: f64 = 9.0;

/// The place of the city.
pub(super) struct Ground {
    to_plane: ToPlane,
    from_plane: FromPlane,
    centre: [f64; 2],
    cos: f64,
    sin: f64,
}

impl Ground {
    pub(super) fn new() -> Result<Self, DemoError> {
        let plane = Plane::new(ZONE).expect("8 is one of the nineteen zones");
        let to_plane = ToPlane::new(&Crs::jgd2011(), plane)?;
        let mut centre = [CENTRE];
        to_plane.convert(&mut centre)?;
        let (sin, cos) = TURN.to_radians().sin_cos();
        Ok(Self { to_plane, from_plane: FromPlane::new(plane), centre: centre[0], cos, sin })
    }

    /// Easting and northing on the plane, in metres.
    pub(super) fn plane(&self, [u, v]: Uv) -> [f64; 2] {
        [self.centre[0] + self.cos * u - self.sin * v, self.centre[1] + self.sin * u + self.cos * v]
    }

    /// Longitude and latitude in degrees, JGD2011.
    pub(super) fn lon_lat(&self, at: Uv) -> [f64; 2] {
        self.from_plane.lon_lat(self.plane(at))
    }

    /// The point of a longitude and latitude in degrees.
    pub(super) fn uv(&self, lon_lat: [f64; 2]) -> Result<Uv, DemoError> {
        let mut point = [lon_lat];
        self.to_plane.convert(&mut point)?;
        let [x, y] = [point[0][0] - self.centre[0], point[0][1] - self.centre[1]];
        Ok([self.cos * x + self.sin * y, self.cos * y - self.sin * x])
    }
}

/// The distance of two points in metres.
pub(super) fn distance(a: Uv, b: Uv) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_comes_back_from_the_globe() {
        let ground = Ground::new().unwrap();
        let there = ground.lon_lat([1234.5, -987.25]);
        let back = ground.uv(there).unwrap();
        assert!(distance(back, [1234.5, -987.25]) < 1e-5, "{back:?}");
    }
}
