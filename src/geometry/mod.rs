//! How large, how far, what in common? Plain geometry of the plane, without any meaning: polygons, their areas, distances and overlay.

pub mod area;
mod bounds;
pub mod cut;
pub mod distance;
mod footprint;
mod inside;
pub mod overlay;
pub mod repair;
mod shapes;

pub use bounds::Bounds;
pub use footprint::Footprint;
pub use inside::point_inside;
pub use shapes::{Point, Polygon, Shape, Shapes};
