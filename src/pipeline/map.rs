//! The map of a run: what its parcels are divided by, and all that it is told in the end.

use super::ground::Prepared;
use crate::criteria::Zone;
use crate::crs::FromPlane;
use crate::evidence::{Parting, PreparedKnown, Units};
use crate::layers::City;
use crate::outputs::{Layout, MAP_REST, MapBasis, Mapper, Report};
use crate::planning::Spacing;
use crate::project::Project;
use crate::regions::Known;
use crate::units::Metres;

/// What makes ready the map while parcels go through.
pub(super) struct Mapping<'a> {
    pub(super) mapper: Mapper,
    pub(super) parting: Parting<'a>,
}

impl<'a> Mapping<'a> {
    pub(super) fn new(city: &'a City, prepared: &Prepared, from_plane: &FromPlane) -> Self {
        let mapper = Mapper::new(from_plane.clone(), city.scale.clone());
        Self { mapper, parting: parting(city, prepared) }
    }
}

/// What parcels are divided by, so that the page can tell their status under other thresholds.
fn parting<'a>(city: &'a City, prepared: &Prepared) -> Parting<'a> {
    let rules = &prepared.judge.rules;
    let without = |(zone, of_units): &(Zone, &[&str])| {
        let others = rules.asked(*zone).filter(|id| !of_units.contains(id));
        PreparedKnown::new(&Known::all(others.filter_map(|id| prepared.known.get(id))))
    };
    let land = prepared.study.land.as_ref().zip(city.units.as_ref());
    let people = prepared.study.people.as_ref().zip(city.census.as_ref());
    Parting {
        land: land.map(|((coverage, _), units)| Units {
            coverage: coverage.clone(),
            shapes: &units.shapes,
            settled: None,
        }),
        people: people.map(|((coverage, _), census)| Units {
            coverage: coverage.clone(),
            shapes: &census.shapes,
            settled: Some(&census.surveyed),
        }),
        rest: MAP_REST.iter().map(without).collect(),
    }
}

/// All that the map is told beside its parcels.
pub(super) fn basis<'a>(
    (project, city): (&'a Project, &'a City),
    prepared: &'a Prepared,
    (report, layout): (&'a Report, &'a Layout),
    spacing: Option<&'a Spacing>,
) -> MapBasis<'a> {
    let closest = Metres(project.rules.thresholds.facility_spacing_m);
    MapBasis {
        report,
        judge: &prepared.judge,
        layout,
        land: prepared.study.land.as_ref().map(|(_, ratios)| ratios.as_slice()),
        people: prepared.study.people.as_ref().map(|(_, densities)| densities.as_slice()),
        stops_anywhere: prepared.stops_anywhere,
        facilities: city.facilities.as_deref().zip(spacing).map(|(facilities, spacing)| (facilities, spacing, closest)),
        scale: &city.scale,
        from_plane: &layout.from_plane,
    }
}
