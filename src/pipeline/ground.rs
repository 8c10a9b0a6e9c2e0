//! From a city to everything that its parcels are measured against.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::criteria::{
    self, Asks, CentralZones, Criterion, Ground, Needs, Rules, StopReach, Thresholds, Zone, excluded_by_default,
};
use crate::evidence::{
    Coverage, NearSet, Nearest, Place, PreparedKnown, Study, senior_densities, split_by_kind, unit_ratios,
};
use crate::geometry::Bounds;
use crate::layers::{City, StopKind};
use crate::project::Project;
use crate::regions::{Known, Region};
use crate::transit::{Counted, Links, Origin, Peak, Rows, Settings, Stop, Timetable, services};
use crate::units::Interval;
use crate::verdicts::Judge;
use crate::zones::{Candidate, Candidates, Placer, candidates, central_zones};

/// Everything that the parcels of a city are measured and judged against.
#[derive(Debug)]
pub struct Prepared {
    /// What is measured against.
    pub study: Study,
    /// What the measures are judged by.
    pub judge: Judge,
    /// The candidate zones, all kinds in one list.
    pub candidates: Vec<Candidate>,
    /// Slivers and bounds by zone.
    pub by_zone: BTreeMap<Zone, Candidates>,
    /// The candidates ready to be asked for their parcels.
    pub placer: Placer,
    /// Public land without overlaps, ready to be asked; `None` where the layer is missing.
    pub public_land: Option<Arc<crate::regions::Prepared>>,
    /// The stops that make each zone.
    pub makers: BTreeMap<Zone, StopReach>,
    /// The stations and stops that take part in regions and zones.
    pub stops: Vec<Stop>,
    /// Those that the planner expects.
    pub planned_stops: Vec<Stop>,
    /// The peak service of each group of the timetable.
    pub peaks: Vec<Peak>,
    /// How many stations and stops were too far from every parcel to take part in regions and zones.
    pub far_stops: usize,
}

/// Stops further from every parcel than so many times the longest reach of any criterion (30 km unless `[thresholds]`
/// says otherwise) take no part in regions and zones.
const FAR_REACHES: f64 = 6.0;

/// Works out where every criterion holds, and from that where the zones lie; stops of the timetable are counted as
/// `settings` say. `extent` is a box around the parcels.
#[must_use]
pub fn prepare(
    city: &City,
    timetable: Option<&Timetable>,
    project: &Project,
    settings: &Settings,
    extent: Bounds,
) -> Prepared {
    let peaks = timetable.map(|timetable| timetable.peaks(settings.rule)).unwrap_or_default();
    let (all_stops, planned_stops) = stations_and_stops(city, timetable, &peaks, settings);
    let around = extent.grown(FAR_REACHES * longest_reach(&project.rules.thresholds));
    let stops = near(&all_stops, &around);
    let densities = city.census.as_ref().map(|census| senior_densities(census, &city.scale)).unwrap_or_default();
    let excluded = project.excluded_municipalities.clone().unwrap_or_else(excluded_by_default);
    let ground = Ground {
        city,
        thresholds: &project.rules.thresholds,
        stops: &stops,
        planned_stops: &planned_stops,
        links: Links { timetable, settings, scale: &city.scale },
        ratios: &[],
        densities: &densities,
        excluded_municipalities: &excluded,
        central: None,
    };

    // Uniting a city's public land takes as long as all criteria that can do without it.
    let ((public_land, ratios), mut known) = rayon::join(|| public_land(city), || ask(Needs::Layers, &ground));
    let ground = Ground { ratios: &ratios, ..ground };
    known.extend(ask(Needs::PublicLand, &ground));
    let central_zone = zone_of(Zone::Central, &project.rules, &known);
    let central = central_zones(central_zone, city.hub_centres.as_deref(), &city.scale);
    let ground = Ground { central: Some(&central), ..ground };
    known.extend(ask(Needs::CentralZones, &ground));

    let zones: Vec<Known> = Zone::ALL.par_iter().map(|&zone| zone_of(zone, &project.rules, &known)).collect();
    let by_zone: BTreeMap<Zone, Candidates> =
        Zone::PLACES.iter().map(|&zone| (zone, candidates(zone, &zones[zone as usize], &city.scale))).collect();
    let candidates: Vec<Candidate> = by_zone.values().flat_map(|found| found.zones.iter().cloned()).collect();
    let makers = makers(&project.rules, &ground);
    let nearest = nearest(city, project, &all_stops, &central);
    let (land, people) = coverages(city, ratios, densities);
    let placing: Vec<&Known> = criteria::places().map(|criterion| &known[criterion.id]).chain(&zones).collect();
    let mut prepared: Vec<PreparedKnown> = placing.par_iter().map(|known| PreparedKnown::new(known)).collect();
    let of_zones = prepared.split_off(prepared.len() - Zone::ALL.len());
    Prepared {
        study: Study { scale: city.scale.clone(), criteria: prepared, zones: of_zones, nearest, land, people },
        judge: Judge {
            rules: project.rules.clone(),
            facilities_known: city.facilities.is_some(),
            unplaced_same_kind: unplaced_same_kind(city, project),
        },
        placer: Placer::new(&candidates),
        candidates,
        by_zone,
        public_land,
        makers,
        far_stops: all_stops.len() - stops.len(),
        stops,
        planned_stops,
        peaks,
    }
}

/// Every station and stop with its service: those that there are, or would be in a what-if, and those that the planner
/// expects.
fn stations_and_stops(
    city: &City,
    timetable: Option<&Timetable>,
    peaks: &[Peak],
    settings: &Settings,
) -> (Vec<Stop>, Vec<Stop>) {
    let rows = Rows {
        stations: city.stations.as_deref().unwrap_or_default(),
        stops: city.stops.as_deref().unwrap_or_default(),
        expected: &city.expectations.stops,
        added: &city.added_stops,
        peaks: &city.peaks,
    };
    let counted = timetable.map(|timetable| Counted { timetable, peaks });
    let all = services(&rows, counted, settings.stop_group, &city.scale);
    all.into_iter().partition(|stop| stop.origin != Origin::Expected)
}

/// The stops of which a row comes near a box, with all their rows.
fn near(stops: &[Stop], around: &Bounds) -> Vec<Stop> {
    let is_near = |stop: &&Stop| stop.parts.iter().any(|part| Bounds::of(part).meets(around));
    let groups: BTreeSet<usize> = stops.iter().filter(is_near).map(|stop| stop.group).collect();
    stops.iter().filter(|stop| groups.contains(&stop.group)).cloned().collect()
}

/// The longest distance that a criterion about places asks for, m.
fn longest_reach(thresholds: &Thresholds) -> f64 {
    [thresholds.hub_radius_m, thresholds.station_radius_m, thresholds.stop_radius_m, thresholds.near_stop_radius_m]
        .into_iter()
        .fold(0.0, f64::max)
}

/// Public land with its overlaps counted once, and the ratios of the evaluation units.
fn public_land(city: &City) -> (Option<Arc<crate::regions::Prepared>>, Vec<Interval<f64>>) {
    let land = city.public_land.as_ref().map(|shapes| Arc::new(Region::union_of(&[shapes]).prepare()));
    let ratios = city.units.as_ref().map(|units| unit_ratios(units, land.as_deref())).unwrap_or_default();
    (land, ratios)
}

/// Where the criteria hold that need just so much, asked in parallel.
fn ask(needs: Needs, ground: &Ground<'_>) -> BTreeMap<&'static str, Known> {
    let chosen: Vec<&Criterion> = criteria::CATALOGUE.iter().copied().filter(|one| one.needs == needs).collect();
    chosen.par_iter().map(|criterion| (criterion.id, criterion.known(ground))).collect()
}

/// Where all criteria hold that the rules ask of a zone. Criteria about the lot alone do not bound it.
fn zone_of(zone: Zone, rules: &Rules, known: &BTreeMap<&'static str, Known>) -> Known {
    Known::all(rules.asked(zone).filter_map(|id| known.get(id)))
}

/// The stops that a zone owes its place to: those of the criterion about stops that the rules ask of it.
fn makers(rules: &Rules, ground: &Ground<'_>) -> BTreeMap<Zone, StopReach> {
    let reach = |zone: Zone| {
        let criterion =
            rules.asked(zone).filter_map(criteria::criterion).find_map(|criterion| match criterion.asks {
                Asks::Stops(reach) => Some(reach),
                _ => None,
            })?;
        Some((zone, criterion(ground)))
    };
    Zone::PLACES.into_iter().filter_map(reach).collect()
}

/// The sets of places of which each parcel is told the nearest, in the order of [`NearSet::ALL`].
fn nearest(city: &City, project: &Project, stops: &[Stop], central: &CentralZones) -> Vec<Nearest> {
    let enough = |stop: &&Stop| stop.peak.lo >= project.rules.thresholds.min_peak_trips;
    let facilities = city.facilities.as_deref().unwrap_or_default();
    let (same, maybe) = split_by_kind(facilities, project.planned_kind.as_deref());
    let chosen = |places: &[usize]| places.iter().map(|&place| Place::from(&facilities[place])).collect();
    NearSet::ALL
        .into_iter()
        .map(|set| match set {
            NearSet::Station => {
                stops.iter().filter(|stop| stop.kind == StopKind::Rail).filter(enough).map(Place::from).collect()
            }
            NearSet::Stop => {
                stops.iter().filter(|stop| stop.kind != StopKind::Rail).filter(enough).map(Place::from).collect()
            }
            NearSet::AnyStop => stops.iter().map(Place::from).collect(),
            NearSet::Hub => {
                let point = |&centre| Place { name: None, parts: vec![vec![centre]], filled: false };
                central.sure_centres.iter().map(point).collect()
            }
            NearSet::Facility => facilities.iter().map(Place::from).collect(),
            NearSet::SameKind => chosen(&same),
            NearSet::MaybeSameKind => chosen(&maybe),
        })
        .map(Nearest::new)
        .collect()
}

fn unplaced_same_kind(city: &City, project: &Project) -> bool {
    let facilities = city.facilities.as_deref().unwrap_or_default();
    let (same, maybe) = split_by_kind(facilities, project.planned_kind.as_deref());
    same.iter().chain(&maybe).any(|&place| facilities[place].parts.is_empty())
}

/// Units and their values.
type Values = Option<(Arc<Coverage>, Vec<Interval<f64>>)>;

/// Evaluation units and census units ready to be asked; one set where they are the same.
fn coverages(city: &City, ratios: Vec<Interval<f64>>, densities: Vec<Interval<f64>>) -> (Values, Values) {
    let people = city.census.as_ref().map(|census| Arc::new(Coverage::new(&census.shapes)));
    let land = city.units.as_ref().map(|units| match &people {
        Some(people) if units.origin == "census" => Arc::clone(people),
        _ => Arc::new(Coverage::new(&units.shapes)),
    });
    let land = land.filter(|_| city.public_land.is_some());
    (land.map(|units| (units, ratios)), people.map(|units| (units, densities)))
}
