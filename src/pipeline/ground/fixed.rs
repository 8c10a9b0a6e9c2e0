//! What no counting of transit changes: land, people, and the criteria that ask for neither stops nor central zones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::asked;
use crate::criteria::{Asks, Criterion, Ground, Needs, Thresholds, excluded_by_default};
use crate::evidence::{senior_densities, unit_ratios};
use crate::layers::City;
use crate::project::Project;
use crate::regions::{Known, Prepared, Region};
use crate::transit::{Links, Settings};
use crate::units::Interval;

/// What is known of a city whatever the service of its stops is.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct Fixed {
    /// Where the criteria hold.
    pub(super) known: BTreeMap<&'static str, Known>,
    /// Public land without overlaps, ready to be asked; `None` where the layer is missing.
    pub(super) public_land: Option<Arc<Prepared>>,
    /// Public-land ratios of the evaluation units.
    pub(super) ratios: Vec<Interval<f64>>,
    /// Densities of older residents of the census units, 1/ha.
    pub(super) densities: Vec<Interval<f64>>,
    excluded: Vec<String>,
}

impl Fixed {
    pub(in crate::pipeline) fn of(city: &City, project: &Project) -> Self {
        let excluded = project.excluded_municipalities.clone().unwrap_or_else(excluded_by_default);
        let densities = city.census.as_ref().map(|census| senior_densities(census, &city.scale)).unwrap_or_default();
        let empty = Self { densities, excluded, ..Self::default() };
        let settings = Settings::default();
        let ground = empty.ground(city, &project.rules.thresholds, &settings);
        let wants = |needs: Needs| {
            move |criterion: &Criterion| criterion.needs == needs && !matches!(criterion.asks, Asks::Stops(_))
        };
        // Uniting a city's public land takes as long as all criteria that can do without it.
        let ((public_land, ratios), mut known) =
            rayon::join(|| public_land(city), || asked(wants(Needs::Layers), &ground));
        known.extend(asked(wants(Needs::PublicLand), &Ground { ratios: &ratios, ..ground }));
        Self { known, public_land, ratios, ..empty }
    }

    /// What criteria may look at, still without stops and central zones.
    pub(super) fn ground<'a>(
        &'a self,
        city: &'a City,
        thresholds: &'a Thresholds,
        settings: &'a Settings,
    ) -> Ground<'a> {
        Ground {
            city,
            thresholds,
            stops: &[],
            planned_stops: &[],
            links: Links { timetable: None, settings, scale: &city.scale },
            ratios: &self.ratios,
            densities: &self.densities,
            excluded_municipalities: &self.excluded,
            central: None,
        }
    }
}

/// Public land with its overlaps counted once, and the ratios of the evaluation units.
fn public_land(city: &City) -> (Option<Arc<Prepared>>, Vec<Interval<f64>>) {
    let land = city.public_land.as_ref().map(|shapes| Arc::new(Region::union_of(&[shapes]).prepare()));
    let ratios = city.units.as_ref().map(|units| unit_ratios(units, land.as_deref())).unwrap_or_default();
    (land, ratios)
}
