//! What a candidate zone carries: its people, its public land, the stops that make it.

use std::collections::BTreeSet;

use super::Candidate;
use crate::criteria::StopReach;
use crate::crs::ScaleField;
use crate::evidence::Coverage;
use crate::geometry::area::area;
use crate::geometry::overlay::tiles;
use crate::geometry::{Bounds, Point, Shapes};
use crate::layers::{Census, StopKind};
use crate::regions::{Region, RegionIndex, Scratch};
use crate::units::Interval;
use crate::verdicts::Status;

/// Zones are measured in parts of this many points and metres, so that a long outline meets few edges at a time.
const PART_POINTS: usize = 128;
const PART_SIDE: f64 = 400.0;

/// Where a zone is not covered by census units by more than this share, its people are not known.
const COVER_TOLERANCE: f64 = 1e-3;

/// What the facts are taken from.
#[derive(Debug)]
pub struct ZoneContext<'a> {
    /// The plane's scale.
    pub scale: &'a ScaleField,
    /// Residents, and their units ready to be asked.
    pub census: Option<(&'a Census, &'a Coverage)>,
    /// Where the census lists no unit because nobody lives there; see [`uninhabited`].
    pub uninhabited: Option<&'a RegionIndex>,
    /// Public land, overlaps counted once.
    pub public_land: Option<&'a RegionIndex>,
    /// The stops near which the zone's condition about stops holds.
    pub stops: Option<StopReach>,
}

/// The numbers of a candidate zone; `None` where one cannot be had.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ZoneFacts {
    /// Residents, area-weighted over the census units.
    pub population: Option<Interval<f64>>,
    /// Residents aged 65 or over a hectare.
    pub seniors_per_ha: Option<Interval<f64>>,
    /// Public land of the zone as a whole, a share of its area.
    pub public_land_ratio: Option<Interval<f64>>,
    /// Names of the stations that make it.
    pub stations: BTreeSet<String>,
    /// Names of the stops that make it.
    pub stops: BTreeSet<String>,
}

/// The facts of one zone.
#[must_use]
pub fn facts(zone: &Candidate, context: &ZoneContext<'_>) -> ZoneFacts {
    let region = Region::from(std::borrow::Cow::Borrowed(&zone.shape)).index();
    let people = context.census.and_then(|(census, units)| people(zone, &region, census, units, context.uninhabited));
    let made_by = context.stops.as_ref().map(|reach| makers(zone, &region, reach, context.scale));
    let (stations, stops) = made_by.unwrap_or_default();
    ZoneFacts {
        population: people.map(|(population, _)| population),
        seniors_per_ha: people.map(|(_, seniors)| seniors.map(|persons| persons / zone.area.hectares())),
        public_land_ratio: context.public_land.map(|land| Interval::exactly(public_share(zone, land))),
        stations,
        stops,
    }
}

/// Residents, and those aged 65 or over.
fn people(
    zone: &Candidate,
    region: &RegionIndex,
    census: &Census,
    units: &Coverage,
    uninhabited: Option<&RegionIndex>,
) -> Option<(Interval<f64>, Interval<f64>)> {
    let mut scratch = Scratch::default();
    let (mut covered, mut sums) = (0.0, [0.0; 4]);
    for index in sorted(units.meeting(&zone.shape.bounds())) {
        let shape = census.shapes.get(index);
        let unit_area = area(&shape);
        let share = region.share(&shape, &shape.bounds(), unit_area, &mut scratch);
        let unit = &census.units[index];
        if share > 0.0 {
            covered += share * unit_area;
            let ends = [unit.population.lo, unit.population.hi, unit.seniors.lo, unit.seniors.hi];
            sums.iter_mut().zip(ends).for_each(|(sum, end)| *sum += share * end);
        }
    }
    let shape = zone.shape.get(0);
    let whole = area(&shape);
    if let Some(empty) = uninhabited.filter(|_| covered < whole * (1.0 - COVER_TOLERANCE)) {
        covered += whole * empty.share(&shape, &shape.bounds(), whole, &mut scratch);
    }
    let [population_lo, population_hi, seniors_lo, seniors_hi] = sums;
    (covered >= whole * (1.0 - COVER_TOLERANCE))
        .then(|| (Interval::new(population_lo, population_hi), Interval::new(seniors_lo, seniors_hi)))
}

/// Where a census lists no unit because nobody lives there; nothing for a census of areas, which says nothing of what
/// lies between them.
#[must_use]
pub fn uninhabited(census: &Census) -> Option<Region> {
    (!census.surveyed.is_empty())
        .then(|| Region::union_of(&[&census.surveyed]).minus(&Region::union_of(&[&census.shapes])))
}

fn sorted(indices: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut indices: Vec<usize> = indices.map(|index| index as usize).collect();
    indices.sort_unstable();
    indices
}

fn public_share(zone: &Candidate, public_land: &RegionIndex) -> f64 {
    let parts: Shapes = tiles(&zone.shape.get(0), PART_POINTS, PART_SIDE);
    let mut scratch = Scratch::default();
    let (mut public, mut whole) = (0.0, 0.0);
    for part in parts.iter() {
        let part_area = area(&part);
        whole += part_area;
        public += part_area * public_land.share(&part, &part.bounds(), part_area, &mut scratch);
    }
    if whole > 0.0 { (public / whole).min(1.0) } else { 0.0 }
}

/// The stations and stops that reach into the zone.
fn makers(
    zone: &Candidate,
    region: &RegionIndex,
    reach: &StopReach,
    scale: &ScaleField,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let counting = match zone.status {
        Status::Eligible => &reach.sure,
        Status::Prospective => &reach.expected,
        Status::Undetermined | Status::Ineligible => &reach.possible,
    };
    let around = zone.shape.bounds();
    let (mut stations, mut stops) = (BTreeSet::new(), BTreeSet::new());
    for (stop, radius) in counting {
        let reaches = |part: &Vec<Point>| {
            let plane = scale.plane_length(*radius, part[0]).0;
            Bounds::of(part).grown(plane).meets(&around) && region.comes_within(part, plane)
        };
        let holds_it = || stop.parts.areas().iter().any(|area| region.meets(&area));
        if let Some(name) = &stop.name
            && (stop.parts.iter().any(reaches) || holds_it())
        {
            let set = if stop.kind == StopKind::Rail { &mut stations } else { &mut stops };
            set.insert(name.clone());
        }
    }
    (stations, stops)
}
