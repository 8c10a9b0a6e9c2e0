//! What kinds of criteria are there? One file a kind: what it asks, and what follows from that.

mod clear_of;
mod connected_stops;
mod inside;
mod inside_zone;
mod municipality;
mod near_centre;
mod near_facilities;
mod near_stops;
mod parcel_area;
#[cfg(test)]
mod tests;
mod units;

pub use clear_of::ClearOf;
pub use connected_stops::ConnectedStops;
pub use inside::{Inside, Outside};
pub use inside_zone::InsideZone;
pub use municipality::InMunicipality;
pub use near_centre::NearCentre;
pub use near_facilities::NearFacilities;
pub use near_stops::NearStops;
pub use parcel_area::ParcelArea;
pub use units::{UnitDensity, UnitRatio};

use super::Kind;
use super::reading::Words;
use crate::settings::TomlTable;

/// How a criterion of a kind is read from a file of rules.
pub(super) struct KindReader {
    /// What rule sets call the kind.
    pub(super) id: &'static str,
    /// The keys that it knows.
    pub(super) keys: &'static [&'static str],
    /// Reads them; what is wrong is reported.
    pub(super) read: fn(&TomlTable<'_>, &Words) -> Option<Box<dyn Kind>>,
}

/// Every kind that there is.
pub(super) const KINDS: &[KindReader] = &[
    inside::INSIDE,
    inside::OUTSIDE,
    near_stops::READER,
    connected_stops::READER,
    near_centre::READER,
    units::RATIO,
    units::DENSITY,
    parcel_area::READER,
    clear_of::READER,
    near_facilities::READER,
    municipality::READER,
    inside_zone::READER,
];
