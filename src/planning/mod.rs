//! What else would a planner ask? Questions put to a city or to a finished run.

mod spacing;

pub use spacing::{Neighbour, Spacing, spacing};
