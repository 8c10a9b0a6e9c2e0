//! Where every criterion and every zone hold, under one counting of transit.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::asked;
use super::fixed::Fixed;
use super::service::Service;
use crate::criteria::{Asks, CATALOGUE, CentralZones, Criterion, Ground, Needs, Rules, StopReach, Zone};
use crate::layers::City;
use crate::project::Project;
use crate::regions::Known;
use crate::transit::{Links, Settings, Timetable};
use crate::zones::central_zones;

/// Where criteria and zones hold.
#[derive(Debug)]
pub(in crate::pipeline) struct Places {
    /// By criterion, but for those about the lot alone.
    pub(super) known: BTreeMap<&'static str, Known>,
    /// The central zones.
    pub(super) central: CentralZones,
    /// By zone, in the order of [`Zone::ALL`].
    pub(in crate::pipeline) zones: Vec<Known>,
    /// The stops that make each zone.
    pub(super) makers: BTreeMap<Zone, StopReach>,
}

/// What the places are worked out from.
#[derive(Clone, Copy)]
pub(in crate::pipeline) struct Basis<'a> {
    pub(in crate::pipeline) city: &'a City,
    pub(in crate::pipeline) project: &'a Project,
    pub(in crate::pipeline) timetable: Option<&'a Timetable>,
    pub(in crate::pipeline) settings: &'a Settings,
}

/// The stops of criteria and where they make them hold, by the criteria's ids.
pub(in crate::pipeline) type ByStops = BTreeMap<&'static str, (StopReach, Known)>;

impl Places {
    /// Works them out. `by_stops` is what [`Basis::by_stops`] gave for the same service.
    pub(in crate::pipeline) fn of(basis: Basis<'_>, fixed: &Fixed, service: &Service, mut by_stops: ByStops) -> Self {
        let rules = &basis.project.rules;
        let mut known = fixed.known.clone();
        let of_stops =
            |by_stops: &ByStops| by_stops.iter().map(|(&id, (_, known))| (id, known.clone())).collect::<Vec<_>>();
        known.extend(of_stops(&by_stops));
        let central_zone = zone_of(Zone::Central, rules, &known);
        let central = central_zones(central_zone, basis.city.hub_centres.as_deref(), &basis.city.scale);
        let ground = Ground { central: Some(&central), ..basis.with_stops(fixed, service) };
        by_stops.extend(reached(Needs::CentralZones, &ground));
        known.extend(of_stops(&by_stops));
        let is_meant =
            |criterion: &Criterion| criterion.needs == Needs::CentralZones && !matches!(criterion.asks, Asks::Stops(_));
        known.extend(asked(is_meant, &ground));
        let zones = Zone::ALL.par_iter().map(|&zone| zone_of(zone, rules, &known)).collect();
        let makers = makers(rules, &by_stops);
        Self { known, central, zones, makers }
    }
}

impl<'a> Basis<'a> {
    /// Where the criteria about stops hold that do not ask for central zones.
    pub(in crate::pipeline) fn by_stops(self, service: &Service) -> ByStops {
        reached(Needs::Layers, &self.with_stops(&Fixed::default(), service))
    }

    pub(super) fn with_stops<'b>(self, fixed: &'b Fixed, service: &'b Service) -> Ground<'b>
    where
        'a: 'b,
    {
        let Self { city, project, timetable, settings } = self;
        Ground {
            stops: &service.near,
            planned_stops: &service.planned,
            links: Links { timetable, settings, scale: &city.scale },
            ..fixed.ground(city, &project.rules.thresholds, settings)
        }
    }
}

/// The answers of the criteria about stops that need just so much.
fn reached(needs: Needs, ground: &Ground<'_>) -> ByStops {
    let of_stops = CATALOGUE.par_iter().filter(|criterion| criterion.needs == needs).filter_map(|criterion| {
        let Asks::Stops(reach) = criterion.asks else { return None };
        let reach = reach(ground);
        let known = reach.known(ground);
        Some((criterion.id, (reach, known)))
    });
    of_stops.collect()
}

/// Where all criteria hold that the rules ask of a zone. Criteria about the lot alone do not bound it.
fn zone_of(zone: Zone, rules: &Rules, known: &BTreeMap<&'static str, Known>) -> Known {
    Known::all(rules.asked(zone).filter_map(|id| known.get(id)))
}

/// The stops that a zone owes its place to: those of the criterion about stops that the rules ask of it.
fn makers(rules: &Rules, by_stops: &ByStops) -> BTreeMap<Zone, StopReach> {
    let of_zone =
        |zone: Zone| rules.asked(zone).find_map(|id| by_stops.get(id)).map(|(reach, _)| (zone, reach.clone()));
    Zone::PLACES.into_iter().filter_map(of_zone).collect()
}
