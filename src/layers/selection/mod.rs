//! Which of the parcels does a run ask about? Those in a box, those whose properties fit, the first so many of these.
//!
//! It is a question to the parcels alone. Layers are read whole, and the box around all parcels stays what it is, so that a
//! parcel of a selection has the answers that it has among all.

mod choose;
mod condition;
mod lon_lat_box;
mod nothing;
mod value;
mod words;

use std::fmt;

pub(super) use choose::{Chosen, Looked};
pub use condition::{Condition, Filter};
pub use lon_lat_box::{BoxFault, LonLatBox};
pub use nothing::NothingSelected;

/// What is asked of the parcels. Nothing: all of them are meant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// Those that have a point in common with this box.
    pub bbox: Option<LonLatBox>,
    /// Those that fulfil all of these.
    pub filters: Vec<Filter>,
    /// No more than so many of them, the first of the input.
    pub limit: Option<u64>,
}

impl Selection {
    /// Whether all parcels are meant.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// The conditions of all filters.
    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.filters.iter().flat_map(|filter| &filter.conditions)
    }
}

impl fmt::Display for Selection {
    /// As it was asked for, in the words of the options.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bbox = self.bbox.iter().map(|bbox| format!("--bbox {bbox}"));
        let filters = self.filters.iter().map(|filter| format!("--where \"{}\"", filter.written));
        let limit = self.limit.iter().map(|limit| format!("--limit {limit}"));
        f.write_str(&bbox.chain(filters).chain(limit).collect::<Vec<_>>().join(" "))
    }
}
