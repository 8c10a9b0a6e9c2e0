//! From a city to an assessor; and to what another counting of timetables would make of the same city.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::fixed::Fixed;
use super::regions::{Before, ByStops, LandByZone, Regions, by_stops_alone, reaches_alone};
use super::service::{Service, taking_part};
use super::{Assessor, Terms};
use crate::criteria::{Context, Criterion, NearPlaces, NearSet, Rules, StopQuestion, Zone, ZonePieces};
use crate::evidence::{Coverage, FloorAreas, KnownIndex, KnownShift, Nearest, Place, Study, UnitValues, split_by_kind};
use crate::geometry::Bounds;
use crate::layers::{City, LayerKey, UnitsOrigin};
use crate::regions::{Known, Labels, Memo, Region, RegionIndex};
use crate::transit::{CountingRule, Links, Settings, Stop, Timetable};
use crate::verdicts::Judge;
use crate::zones::{Candidate, Candidates, Placer, candidates};

/// A city with all that no counting of its timetables changes.
#[derive(Debug)]
pub struct Groundwork<'a> {
    pub(super) city: &'a City,
    pub(super) timetable: Option<&'a Timetable>,
    pub(super) terms: &'a Terms,
    /// A box of the plane around the parcels.
    pub(super) extent: Bounds,
    pub(super) fixed: Fixed,
    /// Where the criteria about stops hold that ask for no zone.
    pub(super) by_stops: ByStops,
    /// Where the zones lie, in the order of the rules.
    pub(super) zones: Vec<Known>,
    /// All stations and stops, also those that are too far to take part.
    pub(super) stops: Vec<Stop>,
    /// What was drawn around places.
    pub(super) memo: Arc<Memo>,
}

/// The city under another counting of its timetables.
#[derive(Debug)]
pub struct Recount {
    /// The stations and stops that take part, in the order of [`Assessor::stops`].
    pub stops: Vec<Stop>,
    /// The zones, in the order of the rules; `None` where no stop counts otherwise, so that all stays as it is.
    pub zones: Option<Vec<KnownIndex>>,
}

/// What is kept from one number of a threshold to the next, which is close to it.
#[derive(Debug, Default)]
pub struct LastNumber {
    land: LandByZone,
}

/// The city where a threshold is another number.
#[derive(Debug)]
pub struct Retold {
    /// How the zones lie otherwise than in the run, in the order of the rules; `None` of one that lies as it does there.
    pub zones: Vec<Option<KnownShift>>,
    /// The rules with that number.
    pub rules: Rules,
}

impl<'a> Groundwork<'a> {
    /// Works out where every criterion holds, and from that where the zones lie. Returns the assessor, and what can be
    /// counted again by another rule. `extent` is a box around the parcels; stops far from it take no part.
    #[must_use]
    pub fn lay(city: &'a City, timetable: Option<&'a Timetable>, terms: &'a Terms, extent: Bounds) -> (Assessor, Self) {
        let service = Service::of(city, timetable, &terms.transit, &terms.rules, extent);
        let mut work = Self {
            city,
            timetable,
            terms,
            extent,
            fixed: Fixed::default(),
            by_stops: ByStops::new(),
            zones: Vec::new(),
            stops: service.all.clone(),
            memo: Arc::default(),
        };
        let (fixed, by_stops) =
            rayon::join(|| Fixed::of(city, terms, extent, &work.memo), || by_stops_alone(&work, &service.near));
        (work.fixed, work.by_stops) = (fixed, by_stops);
        let regions = Regions::of(&work, &work.fixed, &service.near, work.by_stops.clone());
        work.zones.clone_from(&regions.zones);
        (work.assessor(service, regions), work)
    }

    /// What criteria may look at beside zones.
    pub(super) fn context<'b>(&'b self, fixed: &'b Fixed, stops: &'b [Stop]) -> Context<'b> {
        Context {
            stops,
            links: Links { timetable: self.timetable, settings: &self.terms.transit, scale: &self.city.scale },
            ..fixed.context(self.city, self.terms, &self.memo)
        }
    }

    /// What criteria look at once the zones are known. `assessor` is what [`Groundwork::lay`] gave with it.
    #[must_use]
    pub fn context_of<'b>(&'b self, assessor: &'b Assessor) -> Context<'b> {
        Context { zones: &assessor.pieces, ..self.context(&self.fixed, &assessor.stops) }
    }

    fn assessor(&self, service: Service, regions: Regions) -> Assessor {
        let Self { city, terms, fixed, .. } = self;
        let Regions { known, pieces, zones, withheld, makers } = regions;
        let context = self.context(fixed, &service.near);
        let regions: Vec<Zone> = terms.rules.zone_regions().collect();
        let by_zone: BTreeMap<Zone, Candidates> = regions
            .into_par_iter()
            .map(|zone| {
                let index = zone.index();
                (zone, self.candidates(zone, &zones[index], &withheld[index], &context))
            })
            .collect();
        let candidates: Vec<Candidate> = by_zone.values().flat_map(|found| found.zones.iter().cloned()).collect();
        let of_criteria: Vec<&Known> = terms.rules.set.regions().map(|criterion| &known[criterion.id]).collect();
        let of_zones = indices(&zones.iter().collect::<Vec<_>>(), &[]);
        let of_criteria = indices(&of_criteria, &of_zones.iter().zip(&zones).collect::<Vec<_>>());
        let withheld: Vec<Option<KnownIndex>> = withheld.iter().map(withheld_index).collect();
        let labels = self.labels(of_zones.iter().chain(&of_criteria).chain(withheld.iter().flatten()));
        let (land, people) = self.unit_values();
        let sets: Vec<_> = zones.iter().map(|known| &known.sure).zip(of_zones.iter().map(KnownIndex::sure)).collect();
        let placer = Placer::new(&candidates, &sets);
        Assessor {
            anywhere: self.anywhere(&context),
            study: Study {
                scale: city.scale.clone(),
                criteria: of_criteria,
                zones: of_zones,
                withheld,
                labels,
                nearest: self.nearest(&service.all, &pieces),
                land,
                people,
                floors: terms.rules.set.unused_land.and_then(|_| FloorAreas::of(city, self.extent)),
            },
            judge: Judge::new(terms.rules.clone(), city.facilities().is_some(), self.unplaced_same_kind()),
            pieces: pieces.into(),
            placer,
            candidates,
            by_zone,
            makers: makers.into(),
            far_stops: service.all.len() - service.near.len(),
            stops: service.near,
            peaks: service.peaks.into(),
            known: known.into(),
        }
    }

    /// Labels of all sets of which parcels are asked, those that are the same once.
    fn labels<'k>(&self, regions: impl Iterator<Item = &'k KnownIndex>) -> Labels {
        let mut sets: Vec<Arc<RegionIndex>> = Vec::new();
        for set in regions.flat_map(KnownIndex::sets) {
            if !sets.iter().any(|one| Arc::ptr_eq(one, set)) {
                sets.push(Arc::clone(set));
            }
        }
        Labels::new(sets, self.extent)
    }

    /// The candidate zones of a kind.
    fn candidates(&self, zone: Zone, known: &Known, withheld: &Region, context: &Context<'_>) -> Candidates {
        let asked: Vec<_> = self.terms.rules.criteria(zone).collect();
        candidates(zone, known, withheld, &asked, context)
    }

    /// The city as another rule counts it. `chosen` is what [`Groundwork::lay`] gave.
    #[must_use]
    pub fn recount(&self, rule: CountingRule, chosen: &Assessor) -> Recount {
        let terms = Terms { transit: Settings { rule, ..self.terms.transit }, ..self.terms.clone() };
        let service = Service::of(self.city, self.timetable, &terms.transit, &terms.rules, self.extent);
        let questions: Vec<_> = terms.rules.set.criteria.iter().filter_map(|one| one.kind.stop_question()).collect();
        let counts = |stop: &Stop| -> Vec<[bool; 2]> {
            questions.iter().map(|question| question.is_met(stop, &terms.rules.thresholds)).collect()
        };
        // The rule changes what is counted, not which stops there are, so they stand in the same order.
        let is_same = chosen.stops.iter().zip(&service.near).all(|(chosen, other)| counts(chosen) == counts(other));
        let zones = (!is_same).then(|| {
            let work = self.under(&terms);
            let by_stops = by_stops_alone(&work, &service.near);
            let regions = Regions::of(&work, &self.fixed, &service.near, by_stops);
            self.zones_ready(&regions.zones, chosen)
        });
        Recount { stops: service.near, zones }
    }

    /// The same city, without what it came to, under other terms.
    pub(super) fn under<'b>(&self, terms: &'b Terms) -> Groundwork<'b>
    where
        'a: 'b,
    {
        let Self { city, timetable, extent, .. } = *self;
        let (fixed, by_stops, zones, stops) = (Fixed::default(), ByStops::new(), Vec::new(), Vec::new());
        Groundwork { city, timetable, terms, extent, fixed, by_stops, zones, stops, memo: Arc::clone(&self.memo) }
    }

    /// Zones ready to be asked; those that lie as they did are the run's own.
    fn zones_ready(&self, zones: &[Known], chosen: &Assessor) -> Vec<KnownIndex> {
        let own: Vec<(&KnownIndex, &Known)> = chosen.study.zones.iter().zip(&self.zones).collect();
        indices(&zones.iter().collect::<Vec<_>>(), &own)
    }

    /// The city where one threshold is another number. What does not hang on it is not worked out again. `chosen` is what
    /// [`Groundwork::lay`] gave, `last` what was kept of a number before: it saves work, and answers hang on it by no more than the
    /// last bits of a sum.
    ///
    /// # Panics
    /// Where there is no such threshold.
    #[must_use]
    pub fn with_threshold(&self, key: &'static str, number: f64, chosen: &Assessor, last: &mut LastNumber) -> Retold {
        let mut terms = self.terms.clone();
        *terms.rules.thresholds.get_mut(key).expect("the threshold is known") = number;
        let rules = &terms.rules;
        let zones = rules.hanging_on(key);
        if zones.is_empty() {
            return Retold { zones: rules.zones().map(|_| None).collect(), rules: terms.rules };
        }
        let hangs = |one: &Criterion| one.kind.thresholds().contains(&key) && rules.asks_for(one);
        let work = self.under(&terms);
        // What is counted of a stop hangs on no threshold; how far one may be to take part does.
        let stops = taking_part(&self.stops, rules, self.extent);
        let fixed = self.fixed.where_changed(hangs, self.city, &terms, &self.memo);
        let by_stops = (self.by_stops.clone(), reaches_alone(&work, &stops, hangs));
        let before = Before { chosen, hanging: &zones, land: Some(&last.land) };
        let (lie, land) = before.retold(&work, &fixed, &stops, by_stops);
        last.land = land;
        let zones = self.zones.par_iter().zip(lie).map(|(old, new)| KnownShift::between(old, &new?)).collect();
        Retold { zones, rules: terms.rules }
    }

    /// The criteria for which a stop or facility that counts may stand where none is given.
    fn anywhere(&self, context: &Context<'_>) -> BTreeSet<&'static str> {
        let is_anywhere = |one: &&'static Criterion| {
            one.kind.stop_question().is_some_and(|question| context.stops_anywhere(&question))
                || one.kind.facilities().is_some_and(|asked| asked.may_stand_anywhere(self.city))
        };
        self.terms.rules.set.criteria.iter().filter(is_anywhere).map(|one| one.id).collect()
    }

    /// The sets of places of which each parcel is told the nearest, in the order of the rules.
    fn nearest(&self, stops: &[Stop], zones: &BTreeMap<&'static str, ZonePieces>) -> Vec<Nearest> {
        let (city, rules) = (self.city, &self.terms.rules);
        let [same, maybe] = self.same_kind();
        let places = |set: &NearSet| -> Vec<Place> {
            match &set.places {
                NearPlaces::Stops { criterion, modes } => {
                    let asked = rules.set.criterion(criterion).and_then(|one| one.kind.stop_question());
                    let counts = |stop: &&Stop| {
                        let is_met = |question: &StopQuestion| question.is_met(stop, &rules.thresholds)[0];
                        modes.contains(&stop.kind) && asked.as_ref().is_some_and(is_met)
                    };
                    stops.iter().filter(counts).map(Place::from).collect()
                }
                NearPlaces::Centres { zone } => {
                    zones.get(zone).into_iter().flat_map(ZonePieces::sure_centres).map(Place::at).collect()
                }
                NearPlaces::Facilities { criterion } => {
                    let asked = rules.set.criterion(criterion).and_then(|one| one.kind.facilities());
                    let sure = asked.into_iter().flat_map(|asked| asked.sure(city));
                    sure.map(Place::from).collect()
                }
                NearPlaces::AllOf(layer) => {
                    city.facilities_of(*layer).unwrap_or_default().iter().map(Place::from).collect()
                }
                NearPlaces::SameKind => same.clone(),
                NearPlaces::MaybeSameKind => maybe.clone(),
            }
        };
        let mut made: Vec<Nearest> = Vec::new();
        for set in &rules.set.near_sets {
            let places = places(set);
            let same = made.iter().find(|one| one.places() == places).cloned();
            made.push(same.unwrap_or_else(|| Nearest::new(places)));
        }
        made
    }

    /// The facilities that are of the planned kind for certain, and those that may be.
    pub(super) fn same_kind(&self) -> [Vec<Place>; 2] {
        let facilities = self.city.facilities().unwrap_or_default();
        let (same, maybe) = split_by_kind(facilities, self.terms.planned_kind.as_deref());
        [same, maybe].map(|indices| indices.iter().map(|&index| Place::from(&facilities[index])).collect())
    }

    pub(super) fn unplaced_same_kind(&self) -> bool {
        let facilities = self.city.facilities().unwrap_or_default();
        let (same, maybe) = split_by_kind(facilities, self.terms.planned_kind.as_deref());
        self.city.facilities_in_part() || same.iter().chain(&maybe).any(|&index| facilities[index].parts.is_empty())
    }

    /// Evaluation units and census units with their values, ready to be asked; one set where they are the same.
    fn unit_values(&self) -> (Option<UnitValues>, Option<UnitValues>) {
        let people = self.fixed.people.clone();
        let in_part = self.city.area_in_part(LayerKey::PublicLand).is_some();
        let land = self.city.units().filter(|_| self.fixed.public_land.is_some() || in_part);
        let land = land.map(|units| match &people {
            Some(people) if units.origin == UnitsOrigin::Census => Arc::clone(people),
            _ => Arc::new(Coverage::new(&units.shapes, self.extent)),
        });
        let with = |coverage: Arc<Coverage>, values: &[_]| UnitValues { coverage, values: values.to_vec() };
        (
            land.map(|coverage| with(coverage, &self.fixed.ratios)),
            people.map(|coverage| with(coverage, &self.fixed.densities)),
        )
    }
}

/// Regions ready to be asked; one that is the same as one before it, or as one of `others`, is made ready once.
fn indices(regions: &[&Known], others: &[(&KnownIndex, &Known)]) -> Vec<KnownIndex> {
    let first = |index: usize| regions[..index].iter().position(|one| one == &regions[index]);
    let made: Vec<Option<KnownIndex>> = (0..regions.len())
        .into_par_iter()
        .map(|index| match others.iter().find(|(_, known)| *known == regions[index]) {
            Some((made, _)) => Some((*made).clone()),
            None => first(index).is_none().then(|| KnownIndex::new(regions[index])),
        })
        .collect();
    let of = |index: usize| made[index].clone().or_else(|| made[first(index)?].clone());
    (0..regions.len()).filter_map(of).collect()
}

fn withheld_index(region: &Region) -> Option<KnownIndex> {
    (!region.is_nothing()).then(|| KnownIndex::new(&Known::exactly(region.clone())))
}
