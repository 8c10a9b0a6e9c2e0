//! What is worth a warning before anything is measured: data that are in order one by one and do not fit together. One
//! check a file; each adds notices that say what to do next.

mod place;
mod service;
mod years;

use super::Prepared;
use crate::crs::FromPlane;
use crate::geometry::Bounds;
use crate::layers::{City, LayerReport};
use crate::notices::Notices;
use crate::project::Project;
use crate::transit::Timetable;

/// What the checks look at.
pub(super) struct Preflight<'a> {
    pub(super) project: &'a Project,
    pub(super) city: &'a City,
    /// What was read, layer by layer.
    pub(super) layers: &'a [LayerReport],
    pub(super) timetable: Option<&'a Timetable>,
    pub(super) prepared: &'a Prepared,
    /// A box of the plane around all parcels.
    pub(super) parcels: Bounds,
    pub(super) from_plane: &'a FromPlane,
}

impl Preflight<'_> {
    /// How far from a parcel a station or stop can matter to it, m: it makes a central zone around itself, and that
    /// zone's centre makes local zones around itself.
    fn stop_reach(&self) -> f64 {
        let thresholds = &self.project.rules.thresholds;
        thresholds.hub_radius_m + thresholds.station_radius_m.max(thresholds.stop_radius_m)
    }
}

/// Does every check.
pub(super) fn check(flight: &Preflight<'_>, notices: &mut Notices) {
    place::layers_elsewhere(flight, notices);
    years::did_of_another_census(flight.layers, notices);
    service::stops_without_lines(flight, notices);
    service::stops_without_peaks(flight, notices);
}
