//! Where every criterion and every zone hold, under one counting of transit.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fixed::Fixed;
use super::groundwork::Groundwork;
use super::service::Service;
use crate::criteria::{Asks, CATALOGUE, CentralZones, Context, Criterion, Needs, Rules, StopReach, Zone};
use crate::regions::Known;
use crate::zones::central_zones;

/// Where criteria and zones hold.
#[derive(Debug)]
pub(super) struct Regions {
    /// By criterion, but for those about the parcel alone.
    pub(super) known: BTreeMap<&'static str, Known>,
    /// The central zones.
    pub(super) central: CentralZones,
    /// By zone, in the order of [`Zone::ALL`].
    pub(super) zones: Vec<Known>,
    /// The stops that make each zone.
    pub(super) makers: BTreeMap<Zone, StopReach>,
}

/// The stops of criteria and where they make them hold, by the criteria's ids.
pub(super) type ByStops = BTreeMap<&'static str, (StopReach, Known)>;

impl Regions {
    /// Works them out. `fixed` is what no counting changes, `by_stops` what [`by_stops_alone`] gave for the same service.
    pub(super) fn of(work: &Groundwork<'_>, fixed: &Fixed, service: &Service, by_stops: ByStops) -> Self {
        let (city, rules) = (work.city, &work.terms.rules);
        let mut found = Finding { known: fixed.known.clone(), by_stops: ByStops::new() };
        found.take(by_stops);
        let central = central_zones(zone_of(Zone::Central, rules, &found.known), city.hub_centres(), &city.scale);
        let context = Context { central: Some(&central), ..work.context(fixed, service) };
        found.ask(Needs::CentralZones, &context);
        let zones = settled_zones(rules, &found.known);
        found.ask(Needs::Zones, &Context { zones: &zones, ..context });
        let Finding { known, by_stops } = found;
        let zones = Zone::ALL.par_iter().map(|&zone| zone_of(zone, rules, &known)).collect();
        Self { makers: makers(rules, &by_stops), known, central, zones }
    }
}

/// What is known so far.
struct Finding {
    known: BTreeMap<&'static str, Known>,
    by_stops: ByStops,
}

impl Finding {
    /// Asks the criteria that need just so much.
    fn ask(&mut self, needs: Needs, context: &Context<'_>) {
        self.take(by_stops(needs, context));
        let is_meant =
            |criterion: &Criterion| criterion.kind.needs() == needs && !matches!(criterion.kind.asks(), Asks::Stops(_));
        self.known.extend(known_of(is_meant, context));
    }

    fn take(&mut self, more: ByStops) {
        self.known.extend(more.iter().map(|(&id, (_, known))| (id, known.clone())));
        self.by_stops.extend(more);
    }
}

/// Where the criteria hold that are meant, asked in parallel.
pub(super) fn known_of(is_meant: impl Fn(&Criterion) -> bool, context: &Context<'_>) -> BTreeMap<&'static str, Known> {
    let chosen: Vec<&Criterion> = CATALOGUE.iter().copied().filter(|one| is_meant(one)).collect();
    chosen.par_iter().map(|criterion| (criterion.id, criterion.known(context))).collect()
}

/// The answers of the criteria about stops that need just so much.
pub(super) fn by_stops(needs: Needs, context: &Context<'_>) -> ByStops {
    let of_stops = CATALOGUE.par_iter().filter(|criterion| criterion.kind.needs() == needs).filter_map(|criterion| {
        let reach = criterion.stops(context)?;
        let known = reach.known(context);
        Some((criterion.id, (reach, known)))
    });
    of_stops.collect()
}

/// Where the criteria about stops hold that ask for no zone.
pub(super) fn by_stops_alone(work: &Groundwork<'_>, service: &Service) -> ByStops {
    by_stops(Needs::Layers, &work.context(&Fixed::default(), service))
}

/// The zones all of whose criteria are known.
fn settled_zones(rules: &Rules, known: &BTreeMap<&'static str, Known>) -> BTreeMap<Zone, Known> {
    let is_settled = |zone: &Zone| rules.criteria(*zone).all(|one| one.kind.needs() != Needs::Zones);
    // Only a criterion that looks into zones wants to know.
    if CATALOGUE.iter().all(|criterion| criterion.kind.needs() != Needs::Zones) {
        return BTreeMap::new();
    }
    Zone::ALL.into_iter().filter(is_settled).map(|zone| (zone, zone_of(zone, rules, known))).collect()
}

/// Where all criteria hold that the rules ask of a zone. Criteria about the parcel alone do not bound it.
fn zone_of(zone: Zone, rules: &Rules, known: &BTreeMap<&'static str, Known>) -> Known {
    Known::all(rules.asked(zone).filter_map(|id| known.get(id)))
}

/// The stops that a zone owes its place to: those of the criterion about stops that the rules ask of it.
fn makers(rules: &Rules, by_stops: &ByStops) -> BTreeMap<Zone, StopReach> {
    let of_zone =
        |zone: Zone| rules.asked(zone).find_map(|id| by_stops.get(id)).map(|(reach, _)| (zone, reach.clone()));
    Zone::REGIONS.into_iter().filter_map(of_zone).collect()
}
