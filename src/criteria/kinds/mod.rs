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
pub use municipality::{InMunicipality};
pub use near_centre::NearCentre;
pub use near_facilities::NearFacilities;
pub use near_stops::NearStops;
pub use parcel_area::ParcelArea;
pub use units::{UnitDensity, UnitRatio};
