//! Plain geometry of the plane, without any meaning: polygons, their areas, distances and overlay.

mod shapes;

pub use shapes::{Point, Polygon, Shape, Shapes};
