//! What a run writes beside the parcels: candidate zones, stations and stops, facilities.

use super::timetables::Timetables;
use super::{Prepared, zones};
use crate::criteria::Zone;
use crate::crs::FromPlane;
use crate::layers::City;
use crate::outputs::{self, Folder, OutputError, Product, StopGround, spacing_csv};
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
    /// Writes them all. `parcels` says how many parcels each candidate zone has. Returns them for the formats of parcels
    /// that hold them too, and how many pairs of facilities of a kind stand too close; `None` without the layer.
    pub(super) fn write(
        &self,
        parcels: &[u64],
        folder: &mut Folder,
    ) -> Result<(Vec<Product>, Option<usize>), OutputError> {
        let zones = zones::with_facts(self.city, self.prepared, parcels);
        let mut products = vec![outputs::zones(&zones, self.from_plane)];
        products.extend(self.stops());
        let mut close_pairs = None;
        if let Some(facilities) = &self.city.facilities {
            let closest = Metres(self.project.rules.thresholds.facility_spacing_m);
            let found = spacing(facilities, closest, &self.city.scale);
            products.push(outputs::facilities(facilities, &found, closest, self.from_plane));
            folder.write("spacing.csv", &spacing_csv(facilities, &found))?;
            close_pairs = Some(found.pairs.len());
        }
        products.iter().try_for_each(|product| product.write(folder))?;
        Ok((products, close_pairs))
    }

    /// The stations and stops, where there are any.
    fn stops(&self) -> Option<Product> {
        let stops: Vec<&Stop> = self.prepared.stops.iter().chain(&self.prepared.planned_stops).collect();
        let ground = StopGround {
            stops: &stops,
            timetable: self.timetables.timetable.as_ref(),
            peaks: &self.prepared.peaks,
            min_peak_trips: self.project.rules.thresholds.min_peak_trips,
            connecting: self.prepared.makers.get(&Zone::Local),
            from_plane: self.from_plane,
        };
        (!stops.is_empty()).then(|| outputs::stops(&ground))
    }
}
