//! Questions that a planner asks of a city or of a finished run.

mod spacing;

pub use spacing::{Neighbour, Spacing, spacing};
