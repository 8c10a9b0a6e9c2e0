//! Where does a condition hold? Sets of the plane, what is known of them, and how they are asked.

mod circle;
mod edge;
mod grid;
mod prepared;
mod region;

pub use circle::{MAX_ERROR, around, around_convex};
pub use prepared::{Prepared, Scratch};
pub use region::{Known, Region};
