//! What no counting of transit changes: land, people, and the criteria that ask for neither stops nor zones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Terms;
use super::regions::known_of;
use crate::criteria::{Asks, Context, Criterion, Needs, ZonePieces};
use crate::evidence::{Coverage, PublicLand, Residents, Wholes, densities, uninhabited, unit_ratios};
use crate::geometry::{Bounds, Shapes};
use crate::layers::{City, LayerKey};
use crate::regions::{Known, Memo, RegionIndex};
use crate::transit::Links;
use crate::units::Interval;

/// No zone is known as yet.
static NO_ZONES: BTreeMap<&'static str, ZonePieces> = BTreeMap::new();

/// What is known of a city whatever the service of its stops is.
#[derive(Debug, Clone, Default)]
pub(super) struct Fixed {
    /// Where the criteria hold.
    pub(super) known: BTreeMap<&'static str, Known>,
    /// Public land without overlaps, ready to be asked; `None` where the layer is missing.
    pub(super) public_land: Option<Arc<RegionIndex>>,
    /// Public land of which there is more, and nobody knows where.
    public_land_in_part: Option<Arc<RegionIndex>>,
    /// Public land with what may be public, where something may be.
    possible_public_land: Option<Arc<RegionIndex>>,
    /// Public-land ratios of the evaluation units.
    pub(super) ratios: Vec<Interval<f64>>,
    /// Densities of older residents of the census units, 1/ha.
    pub(super) densities: Vec<Interval<f64>>,
    /// The census units, ready to be asked.
    pub(super) people: Option<Arc<Coverage>>,
    /// Where the census lists no unit because nobody lives there.
    uninhabited: Option<Arc<RegionIndex>>,
}

impl Fixed {
    /// Works it out; `extent` is a box around the parcels.
    pub(super) fn of(city: &City, terms: &Terms, extent: Bounds, memo: &Memo) -> Self {
        let seniors = |census| densities(census, Residents::Seniors, &city.scale);
        let densities = city.census().map(seniors).unwrap_or_default();
        let people = city.census().map(|census| Arc::new(Coverage::new(&census.shapes, extent)));
        let uninhabited = city.census().and_then(uninhabited).map(|region| Arc::new(region.index()));
        let empty = Self { densities, people, uninhabited, ..Self::default() };
        let context = empty.context(city, terms, memo);
        let wants = |needs: Needs| {
            move |criterion: &Criterion| {
                criterion.kind.needs() == needs && !matches!(criterion.kind.asks(), Asks::Stops(_))
            }
        };
        // Uniting a city's public land takes as long as all criteria that can do without it.
        let (land, mut known) =
            rayon::join(|| Self::of_public_land(city), || known_of(terms.rules.set, wants(Needs::Layers), &context));
        let ratios = &land.ratios;
        known.extend(known_of(terms.rules.set, wants(Needs::PublicLand), &Context { ratios, ..context }));
        let Self { densities, people, uninhabited, .. } = empty;
        Self { known, densities, people, uninhabited, ..land }
    }

    /// The same under other terms, of which only the criteria that are meant tell a difference.
    pub(super) fn where_changed(
        &self,
        is_meant: impl Fn(&Criterion) -> bool,
        city: &City,
        terms: &Terms,
        memo: &Memo,
    ) -> Self {
        let fixed = |criterion: &Criterion| {
            criterion.kind.needs() != Needs::Zone && !matches!(criterion.kind.asks(), Asks::Stops(_))
        };
        let mut known = self.known.clone();
        known.extend(known_of(
            terms.rules.set,
            |criterion| fixed(criterion) && is_meant(criterion),
            &self.context(city, terms, memo),
        ));
        Self { known, ..self.clone() }
    }

    /// The same of a city of which more is known in some layers.
    pub(super) fn where_found(&self, layers: &[LayerKey], city: &City, terms: &Terms, memo: &Memo) -> Self {
        let mut found = self.clone();
        if layers.contains(&LayerKey::Census) {
            let seniors = |census| densities(census, Residents::Seniors, &city.scale);
            found.densities = city.census().map(seniors).unwrap_or_default();
        }
        if layers.contains(&LayerKey::PublicLand) {
            let Self { public_land, public_land_in_part, possible_public_land, ratios, .. } =
                Self::of_public_land(city);
            found = Self { public_land, public_land_in_part, possible_public_land, ratios, ..found };
        }
        let hangs = |one: &Criterion| one.kind.layers().iter().any(|layer| layers.contains(layer));
        found.where_changed(hangs, city, terms, memo)
    }

    /// What criteria may look at, still without stops and zones.
    pub(super) fn context<'a>(&'a self, city: &'a City, terms: &'a Terms, memo: &'a Memo) -> Context<'a> {
        Context {
            city,
            thresholds: &terms.rules.thresholds,
            stops: &[],
            links: Links { timetable: None, settings: &terms.transit, scale: &city.scale },
            ratios: &self.ratios,
            densities: &self.densities,
            excluded_municipalities: terms.excluded_municipalities.as_deref(),
            wholes: Wholes {
                scale: &city.scale,
                public_land: self.wholes_of_public_land(),
                census: city.census().zip(self.people.as_deref()),
                uninhabited: self.uninhabited.as_deref(),
            },
            zones: &NO_ZONES,
            memo,
        }
    }

    /// What areas are asked for public land by; nothing where no more than what a what-if adds is known.
    fn wholes_of_public_land(&self) -> Option<PublicLand<'_>> {
        let possible = self.possible_public_land.as_deref();
        match (&self.public_land, &self.public_land_in_part) {
            (Some(sure), _) => Some(PublicLand { sure, possible, in_part: false }),
            (None, Some(sure)) => Some(PublicLand { sure, possible: None, in_part: true }),
            (None, None) => None,
        }
    }

    /// Public land with its overlaps counted once, and the ratios of the evaluation units. Where only a what-if gives any, or
    /// some of it is lost, there may be more.
    fn of_public_land(city: &City) -> Self {
        let index = |sets: &[&Shapes]| Arc::new(RegionIndex::of_union(sets));
        let key = LayerKey::PublicLand;
        let (given, in_part) = (city.area(key), city.area_in_part(key));
        let public_land = given.map(|land| index(&[land]));
        let possible_public_land = given.zip(city.doubtful(key)).map(|(land, doubtful)| index(&[land, doubtful]));
        let part = in_part.map(|land| index(&[land]));
        let ratios = city.units().map(|units| {
            let sure = unit_ratios(units, part.as_deref().or(public_land.as_deref()));
            let with =
                |hi: Vec<f64>| sure.iter().zip(hi).map(|(sure, hi)| Interval::new(sure.lo.min(hi), hi)).collect();
            match (&part, &possible_public_land) {
                (Some(_), _) => with(vec![1.0; sure.len()]),
                (None, Some(possible)) => with(unit_ratios(units, Some(possible)).iter().map(|most| most.hi).collect()),
                (None, None) => sure,
            }
        });
        let public_land_in_part = part.filter(|_| city.lacks(key));
        let ratios = ratios.unwrap_or_default();
        Self { public_land, public_land_in_part, possible_public_land, ratios, ..Self::default() }
    }
}
