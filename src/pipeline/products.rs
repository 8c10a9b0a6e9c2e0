//! What a run writes beside the parcels: candidate zones, places of criteria, stations and stops, facilities.

use super::timetables::Timetables;
use super::{Prepared, zones};
use crate::criteria::{self, Zone};
use crate::crs::FromPlane;
use crate::geometry::Bounds;
use crate::layers::City;
use crate::outputs::{self, Folder, OutputError, Product, StopGround, spacing_csv};
use crate::planning::{Spacing, spacing};
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
    /// A box around the parcels.
    pub(super) extent: Bounds,
}

impl Products<'_> {
    /// Writes them all. `parcels` says how many parcels each candidate zone has. Returns them for the formats of parcels
    /// that hold them too, and how facilities stand to one another; `None` without the layer.
    pub(super) fn write(
        &self,
        parcels: &[u64],
        folder: &mut Folder,
    ) -> Result<(Vec<Product>, Option<Spacing>), OutputError> {
        let zones = zones::with_facts(self.city, self.prepared, parcels);
        let mut products = vec![outputs::zones(&zones, self.from_plane)];
        if !self.extent.is_empty() {
            let known: Vec<_> =
                criteria::places().filter_map(|one| Some((one, self.prepared.known.get(one.id)?))).collect();
            products.push(outputs::places(&known, self.extent, self.from_plane));
        }
        products.extend(self.stops());
        let mut spaced = None;
        if let Some(facilities) = &self.city.facilities {
            let closest = Metres(self.project.rules.thresholds.facility_spacing_m);
            let found = spacing(facilities, closest, &self.city.scale);
            products.push(outputs::facilities(facilities, &found, closest, self.from_plane));
            folder.write("spacing.csv", &spacing_csv(facilities, &found))?;
            spaced = Some(found);
        }
        products.iter().try_for_each(|product| product.write(folder))?;
        Ok((products, spaced))
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
