//! What a run writes beside the parcels: candidate zones, stations and stops, facilities.

use super::timetables::Timetables;
use super::{Prepared, zones};
use crate::criteria::Zone;
use crate::crs::FromPlane;
use crate::layers::City;
use crate::outputs::{Folder, OutputError, StopGround, facilities_geojson, spacing_csv, stops_geojson, zones_geojson};
use crate::planning::spacing;
use crate::project::Project;
use crate::transit::Stop;
use crate::units::Metres;

/// What the products are made of.
pub(super) struct Products<'a> {
    pub(super) project: &'a Project,
    pub(super) city: &'a City,
    pub(super) timetables: &'a Timetables,
    pub(super) prepared: &'a Prepared,
    pub(super) from_plane: &'a FromPlane,
}

impl Products<'_> {
    /// The candidate zones with what they carry, and how many parcels each has.
    pub(super) fn zones(&self, folder: &mut Folder, parcels: &[u64]) -> Result<(), OutputError> {
        let zones = zones::with_facts(self.city, self.prepared, parcels);
        folder.write("zones.geojson", &zones_geojson(&zones, self.from_plane))
    }

    /// The stations and stops, where there are any.
    pub(super) fn stops(&self, folder: &mut Folder) -> Result<(), OutputError> {
        let stops: Vec<&Stop> = self.prepared.stops.iter().chain(&self.prepared.planned_stops).collect();
        if stops.is_empty() {
            return Ok(());
        }
        let ground = StopGround {
            stops: &stops,
            timetable: self.timetables.timetable.as_ref(),
            peaks: &self.prepared.peaks,
            min_peak_trips: self.project.rules.thresholds.min_peak_trips,
            connecting: self.prepared.makers.get(&Zone::Local),
            from_plane: self.from_plane,
        };
        folder.write("stops.geojson", &stops_geojson(&ground))
    }

    /// The facilities, and how many pairs of a kind stand too close; `None` without the layer.
    pub(super) fn facilities(&self, folder: &mut Folder) -> Result<Option<usize>, OutputError> {
        let Some(facilities) = &self.city.facilities else { return Ok(None) };
        let closest = Metres(self.project.rules.thresholds.facility_spacing_m);
        let found = spacing(facilities, closest, &self.city.scale);
        folder.write("facilities.geojson", &facilities_geojson(facilities, &found, self.from_plane))?;
        folder.write("spacing.csv", &spacing_csv(facilities, &found))?;
        Ok(Some(found.pairs.len()))
    }
}
