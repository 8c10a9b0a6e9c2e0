//! How large, how far, what in common? Plain geometry of the plane, without any meaning: polygons, their areas, distances and overlay.

pub mod area;
mod bounds;
pub mod distance;
mod footprint;
mod halves;
mod hilbert;
mod inside;
pub mod overlay;
pub mod repair;
mod shapes;
mod sweep;
pub mod tangle;

pub use bounds::Bounds;
pub use footprint::Footprint;
pub use halves::{MANY_POINTS, MOST_CUTS, halves};
pub use hilbert::hilbert;
pub use inside::point_inside;
pub use shapes::{Point, Polygon, Shape, Shapes};
