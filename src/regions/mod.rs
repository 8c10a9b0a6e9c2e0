//! Where does a condition hold? Sets of the plane, what is known of them, and how they are asked.

mod any_of;
mod certainty;
mod circle;
mod edge;
mod edges;
mod grid;
mod hidden;
mod holders;
mod index;
mod known_pieces;
mod labels;
mod memo;
mod overlaps;
mod region;
mod shift;
mod stored;

pub use certainty::Certainty;
pub use circle::{MAX_ERROR, around, around_convex, near, near_behind};
pub use holders::Holders;
pub(crate) use index::rounded;
pub use index::{RegionIndex, Scratch};
pub use known_pieces::{KnownPieces, MadeOf};
pub use labels::{Label, Labels};
pub use memo::{Memo, Place};
pub use region::{Known, Region};
pub use shift::Shift;
pub use stored::{StoredIndex, StoredLabels};
