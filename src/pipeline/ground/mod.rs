//! From a city to everything that its parcels are measured against.

mod fixed;
mod places;
mod service;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::criteria::{self, CentralZones, Criterion, Ground, StopReach, Zone};
use crate::evidence::{Coverage, NearSet, Nearest, Place, PreparedKnown, Study, split_by_kind};
use crate::geometry::Bounds;
use crate::layers::{City, StopKind};
use crate::project::Project;
use crate::regions::Known;
use crate::transit::{Peak, Stop, Timetable};
use crate::units::Interval;
use crate::verdicts::Judge;
use crate::zones::{Candidate, Candidates, Placer, candidates};

pub(super) use fixed::Fixed;
pub(super) use places::{Basis, Places};
pub(super) use service::Service;

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
    /// Where each criterion about a place holds.
    pub known: BTreeMap<&'static str, Known>,
    /// Whether a station or stop may stand where none is given.
    pub stops_anywhere: bool,
    /// How many stations and stops were too far from every parcel to take part in regions and zones.
    pub far_stops: usize,
}

/// Works out where every criterion holds, and from that where the zones lie; stops of the timetable are counted as the
/// project says. `extent` is a box around the parcels.
#[must_use]
pub fn prepare(city: &City, timetable: Option<&Timetable>, project: &Project, extent: Bounds) -> Prepared {
    let basis = Basis { city, project, timetable, settings: &project.transit };
    prepare_and_keep(basis, extent).0
}

/// [`prepare`], with what another counting of transit would not change.
pub(super) fn prepare_and_keep(basis: Basis<'_>, extent: Bounds) -> (Prepared, Fixed) {
    let Basis { city, project, timetable, settings } = basis;
    let service = Service::of(city, timetable, settings, &project.rules.thresholds, extent);
    let (fixed, by_stops) = rayon::join(|| Fixed::of(city, project), || basis.by_stops(&service));
    let Places { known, central, zones, makers } = Places::of(basis, &fixed, &service, by_stops);
    let by_zone: BTreeMap<Zone, Candidates> =
        Zone::PLACES.iter().map(|&zone| (zone, candidates(zone, &zones[zone as usize], &city.scale))).collect();
    let candidates: Vec<Candidate> = by_zone.values().flat_map(|found| found.zones.iter().cloned()).collect();
    let nearest = nearest(city, project, &service.all, &central);
    let (land, people) = coverages(city, fixed.ratios.clone(), fixed.densities.clone());
    let placing: Vec<&Known> = criteria::places().map(|criterion| &known[criterion.id]).chain(&zones).collect();
    let mut prepared: Vec<PreparedKnown> = placing.par_iter().map(|known| PreparedKnown::new(known)).collect();
    let of_zones = prepared.split_off(prepared.len() - Zone::ALL.len());
    let stops_anywhere = basis.with_stops(&fixed, &service).stops_missing();
    let prepared = Prepared {
        study: Study { scale: city.scale.clone(), criteria: prepared, zones: of_zones, nearest, land, people },
        judge: Judge {
            rules: project.rules.clone(),
            facilities_known: city.facilities.is_some(),
            unplaced_same_kind: unplaced_same_kind(city, project),
        },
        placer: Placer::new(&candidates),
        candidates,
        by_zone,
        public_land: fixed.public_land.clone(),
        makers,
        far_stops: service.all.len() - service.near.len(),
        stops: service.near,
        planned_stops: service.planned,
        peaks: service.peaks,
        known,
        stops_anywhere,
    };
    (prepared, fixed)
}

/// Where the criteria hold that are meant, asked in parallel.
fn asked(is_meant: impl Fn(&Criterion) -> bool, ground: &Ground<'_>) -> BTreeMap<&'static str, Known> {
    let chosen: Vec<&Criterion> = criteria::CATALOGUE.iter().copied().filter(|one| is_meant(one)).collect();
    chosen.par_iter().map(|criterion| (criterion.id, criterion.known(ground))).collect()
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
