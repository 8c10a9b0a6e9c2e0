//! What can be measured of a parcel? Shares, distances, ratios and densities, as intervals.
//!
//! A [`Study`] is everything that a measurement needs, prepared once; it can be shared between threads and knows
//! nothing of files. [`Study::measure`] turns a [`Batch`] of parcels into [`Measures`], one array a measure.

mod apart;
mod arrays;
mod batch;
mod by_place;
mod coverage;
mod floor_areas;
mod kinds;
mod known_land;
mod moved;
mod nearest;
mod parts;
mod stored;
mod study;
mod units;
mod whole;

pub(crate) use arrays::steps;
pub use arrays::{IntervalColumn, NearestColumn, Nullable, SHARE_STEPS, ShareColumns, Texts};
pub use batch::{Batch, Parcel};
pub use coverage::Coverage;
pub use floor_areas::{FillColumns, FloorAreas};
pub use kinds::split_by_kind;
pub use known_land::KnownLand;
pub use moved::{KnownShift, Moved};
pub use nearest::{Hint, Nearest, Place, distance_between, distance_from};
pub use parts::{InUnit, Part, Parting, Units};
pub use stored::StoredStudy;
pub use study::{KnownIndex, Measures, Study, UnitValues};
pub use units::{Residents, densities, unit_ratios};
pub use whole::{People, PublicLand, WholeArea, Wholes, known_land, uninhabited};
