//! Where does a condition hold? Sets of the plane, what is known of them, and how they are asked.

mod certainty;
mod circle;
mod edge;
mod grid;
mod hidden;
mod holders;
mod index;
mod labels;
mod memo;
mod overlaps;
mod region;
mod shift;
mod stored;

pub use certainty::Certainty;
pub use circle::{MAX_ERROR, around, around_convex, near};
pub use holders::Holders;
pub(crate) use index::rounded;
pub use index::{RegionIndex, Scratch};
pub use labels::{Label, Labels};
pub use memo::{Memo, Place};
pub use region::{Known, Region};
pub use shift::Shift;
pub use stored::{StoredIndex, StoredLabels};
