//! Where every criterion and every zone hold, under one counting of transit.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Assessor;
use super::fixed::Fixed;
use super::groundwork::Groundwork;
use super::one_zone::of_one_zone;
use super::service::{Raised, raised};
use super::set_zones::{set_by, set_zones};
use crate::criteria::{Context, Criterion, Needs, RuleSet, Rules, StopReach, Zone, ZonePieces};
use crate::layers::City;
use crate::regions::{Known, Region};
use crate::transit::Stop;
use crate::zones::{AskedAsWholes, Centres, Growth, LandOfWholes, asked_as_wholes, zone_pieces};

/// Where criteria and zones hold.
#[derive(Debug)]
pub(super) struct Regions {
    /// By criterion, but for those about the parcel alone.
    pub(super) known: BTreeMap<&'static str, Known>,
    /// By id of a zone at which a criterion looks, its zones each by itself.
    pub(super) pieces: BTreeMap<&'static str, ZonePieces>,
    /// By zone, in the order of the rules.
    pub(super) zones: Vec<Known>,
    /// By zone, what would be sure if its pieces were not asked as wholes.
    pub(super) withheld: Vec<Region>,
    /// The stops that make each zone.
    pub(super) makers: BTreeMap<Zone, StopReach>,
}

/// The stops of criteria and where they make them hold, by the criteria's ids.
pub(super) type ByStops = BTreeMap<&'static str, (StopReach, Known)>;

impl Regions {
    /// Works them out. `fixed` is what no counting changes, `by_stops` what [`by_stops_alone`] gave for the same stops.
    pub(super) fn of(work: &Groundwork<'_>, fixed: &Fixed, stops: &[Stop], by_stops: ByStops) -> Self {
        let rules = &work.terms.rules;
        let mut found = Finding::new(rules, fixed, by_stops);
        found.settle(work, fixed, stops, |_| true);
        let Finding { known, by_stops, pieces, settled, .. } = found;
        let (zones, withheld) = settled.into_values().map(|found| (found.known, found.withheld)).unzip();
        Self { makers: makers(rules, &by_stops), known, pieces, zones, withheld }
    }
}

/// Where criteria about stops would hold if stops of which something is lost had all the service that they may have.
enum Lossy {
    /// Where they do.
    None,
    /// There.
    Here(ByStops),
    /// Nobody knows where.
    Anywhere,
}

impl Lossy {
    fn of(work: &Groundwork<'_>, stops: &[Stop]) -> Self {
        match raised(stops, &work.terms.rules) {
            Raised::No => Self::None,
            Raised::Here(raised) => Self::Here(by_stops_alone(work, &raised)),
            Raised::Anywhere => Self::Anywhere,
        }
    }
}

/// What is known of a city before a threshold is another number.
pub(super) struct Before<'a> {
    /// What was made of it.
    pub(super) chosen: &'a Assessor,
    /// The zones that hang on the threshold; the others stay as they are.
    pub(super) hanging: &'a [Zone],
    /// What zones carried under the number before; `None` where no other number follows, either.
    pub(super) land: Option<&'a LandByZone>,
}

/// What zones carry before their pieces are asked as wholes.
pub(super) type LandByZone = BTreeMap<Zone, LandOfWholes>;

impl Before<'_> {
    /// Where the zones lie, in the order of the rules, as [`Regions::of`] gives it; `None` of one that stays as it is. `work` has
    /// the number, and so has what else is given; `changed` are the stops of criteria that hang on the threshold and look at
    /// no zone. With it comes what the zones carry.
    pub(super) fn retold(
        &self,
        work: &Groundwork<'_>,
        fixed: &Fixed,
        stops: &[Stop],
        (by_stops, changed): (ByStops, BTreeMap<&'static str, StopReach>),
    ) -> (Vec<Option<Known>>, LandByZone) {
        let rules = &work.terms.rules;
        let mut found = Finding { land: self.land, ..Finding::new(rules, fixed, by_stops) };
        found.known.retain(|id, _| !changed.contains_key(id));
        found.by_stops.extend(changed);
        for zone in rules.zones().filter(|zone| !self.hanging.contains(zone)) {
            let (known, withheld) = (Known::exactly(Region::nothing()), Region::nothing());
            found.settled.insert(zone, AskedAsWholes { known, withheld, land: None });
            if let Some(pieces) = self.chosen.pieces.get(zone.id()) {
                found.pieces.insert(zone.id(), pieces.clone());
            }
        }
        // Where a criterion holds that belongs to one and the same zone with others, nobody asks.
        let is_free = |criterion: &Criterion| {
            self.hanging.iter().any(|&zone| {
                let (_, free) = clauses(zone, rules);
                free.iter().flatten().any(|one| one.id == criterion.id)
            })
        };
        found.settle(work, fixed, stops, is_free);
        let mut land = LandByZone::new();
        let lies = |(zone, found): (Zone, AskedAsWholes)| {
            land.extend(found.land.map(|of_zone| (zone, of_zone)));
            self.hanging.contains(&zone).then_some(found.known)
        };
        (found.settled.into_iter().map(lies).collect(), land)
    }
}

/// What is known so far.
struct Finding<'a> {
    rules: &'a Rules,
    known: BTreeMap<&'static str, Known>,
    by_stops: BTreeMap<&'static str, StopReach>,
    /// The criteria that look at zones and were asked.
    asked: BTreeSet<&'static str>,
    pieces: BTreeMap<&'static str, ZonePieces>,
    settled: BTreeMap<Zone, AskedAsWholes>,
    /// What zones carried under another number; `None` where none follows.
    land: Option<&'a LandByZone>,
}

/// Nothing is known of what a zone carried.
static NO_LAND: LandOfWholes = LandOfWholes::NONE;

impl<'a> Finding<'a> {
    fn new(rules: &'a Rules, fixed: &Fixed, alone: ByStops) -> Self {
        let (mut known, mut by_stops) = (fixed.known.clone(), BTreeMap::new());
        for (id, (reach, of_stops)) in alone {
            known.insert(id, of_stops);
            by_stops.insert(id, reach);
        }
        let (asked, pieces, settled) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
        Self { rules, known, by_stops, asked, pieces, settled, land: None }
    }

    /// Works out all zones that are not settled. Those that look at no other come first; then the criteria that look at them,
    /// and the zones that ask for these. `is_wanted` says whether it is told where a criterion about zones holds.
    fn settle(
        &mut self,
        work: &Groundwork<'_>,
        fixed: &Fixed,
        stops: &[Stop],
        is_wanted: impl Fn(&Criterion) -> bool + Sync,
    ) {
        let (city, rules) = (work.city, self.rules);
        let context_of_layers = work.context(fixed, stops);
        let lossy = Lossy::of(work, stops);
        loop {
            let context = Context { zones: &self.pieces, ..work.context(fixed, stops) };
            let can_tell = self.can_tell();
            let (known, by_stops) = asked_of_zones(&can_tell, &is_wanted, &context);
            self.asked.extend(can_tell.iter().map(|criterion| criterion.id));
            self.known.extend(known);
            self.by_stops.extend(by_stops);
            let ready: Vec<Zone> = rules.zones().filter(|zone| self.is_ready(*zone)).collect();
            if ready.is_empty() {
                break;
            }
            let ask = |&zone: &Zone| {
                let is_unsure = is_unsure(zone, rules, &context_of_layers);
                self.zone(zone, &context, (is_unsure, &lossy))
            };
            let new: Vec<(AskedAsWholes, Growth)> = ready.par_iter().map(ask).collect();
            for (zone, (new, growth)) in ready.into_iter().zip(new) {
                if rules.is_looked_at(zone) {
                    let centres = own_centres(zone, city);
                    let worked_out = || zone_pieces(new.known.clone(), centres, &growth, &city.scale);
                    self.pieces.insert(zone.id(), set_zones(zone, centres, city).unwrap_or_else(worked_out));
                }
                self.settled.insert(zone, new);
            }
        }
    }

    /// The criteria that look at zones which are known by now, and that were not asked.
    fn can_tell(&self) -> Vec<&'static Criterion> {
        let can_tell = |criterion: &&Criterion| {
            criterion.kind.needs() == Needs::Zone
                && criterion.kind.zone().is_some_and(|zone| self.pieces.contains_key(zone))
                && !self.asked.contains(criterion.id)
        };
        self.rules.set.criteria.iter().filter(can_tell).collect()
    }

    /// Whether a zone is not settled, and all that it asks for is known.
    fn is_ready(&self, zone: Zone) -> bool {
        let is_known = |one: &Criterion| {
            let is_of_stops = self.by_stops.contains_key(one.id);
            is_of_stops || self.known.contains_key(one.id) || self.asked.contains(one.id) || !one.is_region()
        };
        !self.settled.contains_key(&zone)
            && self.rules.criteria(zone).all(is_known)
            && self.rules.belongs_to(zone).is_none_or(|other| self.pieces.contains_key(other.id()))
    }

    /// How far a zone may reach beyond where it is sure: anyhow where something of its layers is lost (`is_unsure`), and as far as
    /// single stops of which something is lost take it.
    fn growth(&self, zone: Zone, known: &Known, context: &Context<'_>, (is_unsure, lossy): (bool, &Lossy)) -> Growth {
        let criteria = || self.rules.criteria(zone);
        match lossy {
            _ if is_unsure => Growth::AsPossible,
            Lossy::None => Growth::None,
            // What is lost of a zone at which it looks moves it, too.
            _ if criteria().any(|one| one.kind.zone().is_some()) => Growth::AsPossible,
            _ if !criteria().any(|one| one.kind.stop_question().is_some()) => Growth::None,
            Lossy::Anywhere => Growth::AsPossible,
            Lossy::Here(raised) => {
                let grown = self.lies(zone, context, raised).sure;
                if grown == known.sure { Growth::None } else { Growth::Within(grown) }
            }
        }
    }

    /// Where any criterion of a clause holds; `None` of one about the parcel alone. What is given `instead` of a criterion's stops
    /// counts in their place.
    fn any<'k>(&'k self, clause: &[&Criterion], instead: &'k ByStops, context: &Context<'_>) -> Option<Cow<'k, Known>> {
        let known = |one: &&Criterion| match instead.get(one.id).map(|(_, known)| known).or(self.known.get(one.id)) {
            Some(known) => Some(Cow::Borrowed(known)),
            None => Some(Cow::Owned(self.by_stops.get(one.id)?.known(context))),
        };
        let mut known: Vec<Cow<'_, Known>> = clause.iter().filter_map(known).collect();
        match known.len() {
            0 | 1 => known.pop(),
            _ => Some(Cow::Owned(Known::any(&known.iter().map(|known| &**known).collect::<Vec<_>>()))),
        }
    }

    /// The stops of a clause near which nothing is drawn as yet.
    fn undrawn(&self, clause: &[&Criterion], instead: &ByStops) -> Option<&StopReach> {
        match clause {
            [one] if !self.known.contains_key(one.id) && !instead.contains_key(one.id) => self.by_stops.get(one.id),
            _ => None,
        }
    }

    /// Where a zone lies. Criteria about the parcel alone do not bound it.
    fn lies(&self, zone: Zone, context: &Context<'_>, instead: &ByStops) -> Known {
        let (bound, free) = clauses(zone, self.rules);
        let (undrawn, drawn): (Vec<_>, Vec<_>) =
            free.iter().partition(|clause| self.undrawn(clause, instead).is_some());
        let drawn: Vec<Cow<'_, Known>> =
            drawn.into_iter().filter_map(|clause| self.any(clause, instead, context)).collect();
        let free = Known::all(drawn.iter().map(|known| &**known));
        let known = match self.rules.belongs_to(zone) {
            Some(other) => {
                let stops = bound.iter().find_map(|one| self.by_stops.get(one.id));
                of_one_zone(&context.zones[other.id()], stops, &bound, &free, context)
            }
            None => free,
        };
        let undrawn = undrawn.into_iter().filter_map(|clause| self.undrawn(clause, instead));
        undrawn.fold(known, |place, stops| stops.known_within(&place, context))
    }

    /// A zone once its pieces are asked as wholes, and how far it may grow.
    fn zone(&self, zone: Zone, context: &Context<'_>, open: (bool, &Lossy)) -> (AskedAsWholes, Growth) {
        let known = self.lies(zone, context, &ByStops::new());
        let growth = self.growth(zone, &known, context, open);
        let before = self.land.map(|land| land.get(&zone).unwrap_or(&NO_LAND));
        (asked_as_wholes(known, &self.rules.wholes(zone), &growth, context, before), growth)
    }
}

/// What a zone asks of one and the same zone to which it belongs, and what it asks beside.
pub(super) fn clauses(zone: Zone, rules: &Rules) -> (Vec<&'static Criterion>, Vec<Vec<&'static Criterion>>) {
    let other = rules.belongs_to(zone);
    let is_bound = |clause: &Vec<&'static Criterion>| match (clause.as_slice(), other) {
        ([one], Some(other)) => one.zone_that_it_belongs_to() == Some(other.id()),
        _ => false,
    };
    let (bound, free): (Vec<_>, Vec<_>) = rules.clauses(zone).partition(is_bound);
    (bound.into_iter().flatten().collect(), free)
}

/// The planner's own centres of a kind of zone.
pub(super) fn own_centres(zone: Zone, city: &City) -> Centres<'_> {
    let Some(layer) = zone.rule().centres else { return Centres::default() };
    Centres { own: city.hub_centres().unwrap_or_default(), in_part: city.lacks(layer) }
}

/// Whether something is lost of what a zone is made of. What is asked of the parcel alone bounds none.
fn is_unsure(zone: Zone, rules: &Rules, context: &Context<'_>) -> bool {
    let of_other = |id: &str| {
        let other = rules.zones().find(|other| other.id() == id);
        other.is_some_and(|other| match set_by(other, context.city) {
            Some(layer) => context.city.is_unsure_of(layer),
            None => is_unsure(other, rules, context),
        })
    };
    rules.criteria(zone).filter(|criterion| criterion.is_region()).any(|criterion| {
        let kind = criterion.kind.as_ref();
        context.is_unsure_of(kind) || kind.zone().is_some_and(of_other)
    })
}

/// Asks criteria about zones: where those hold of which it is wanted, and near which stops those do that are about stops.
fn asked_of_zones(
    criteria: &[&'static Criterion],
    is_wanted: impl Fn(&Criterion) -> bool + Sync,
    context: &Context<'_>,
) -> (BTreeMap<&'static str, Known>, BTreeMap<&'static str, StopReach>) {
    let answers = criteria.par_iter().map(|criterion| {
        let (reach, is_wanted) = (criterion.stops(context), is_wanted(criterion));
        let known = is_wanted.then(|| match &reach {
            Some(reach) => reach.known(context),
            None => criterion.known(context),
        });
        (criterion.id, known, reach)
    });
    let (mut known, mut by_stops) = (BTreeMap::new(), BTreeMap::new());
    for (id, of_criterion, reach) in answers.collect::<Vec<_>>() {
        known.extend(of_criterion.map(|of_criterion| (id, of_criterion)));
        by_stops.extend(reach.map(|reach| (id, reach)));
    }
    (known, by_stops)
}

/// Where the criteria hold that are meant, asked in parallel.
pub(super) fn known_of(
    set: &'static RuleSet,
    is_meant: impl Fn(&Criterion) -> bool,
    context: &Context<'_>,
) -> BTreeMap<&'static str, Known> {
    let chosen: Vec<&Criterion> = set.criteria.iter().filter(|one| is_meant(one)).collect();
    chosen.par_iter().map(|criterion| (criterion.id, criterion.known(context))).collect()
}

/// Where the criteria about stops hold that ask for no zone.
pub(super) fn by_stops_alone(work: &Groundwork<'_>, stops: &[Stop]) -> ByStops {
    let fixed = Fixed::default();
    let context = work.context(&fixed, stops);
    let reaches: Vec<(&str, StopReach)> = reaches_alone(work, stops, |_| true).into_iter().collect();
    let known = |(id, reach): (&'static str, StopReach)| {
        let known = reach.known(&context);
        (id, (reach, known))
    };
    reaches.into_par_iter().map(known).collect()
}

/// Near which stops those of them hold that are meant.
pub(super) fn reaches_alone(
    work: &Groundwork<'_>,
    stops: &[Stop],
    is_meant: impl Fn(&Criterion) -> bool,
) -> BTreeMap<&'static str, StopReach> {
    let fixed = Fixed::default();
    let context = work.context(&fixed, stops);
    let is_alone = |one: &&Criterion| one.kind.needs() == Needs::Layers && is_meant(one);
    let chosen = work.terms.rules.set.criteria.iter().filter(is_alone);
    chosen.filter_map(|criterion| Some((criterion.id, criterion.stops(&context)?))).collect()
}

/// The stops that a zone owes its place to: those of the criterion about stops that the rules ask of it.
fn makers(rules: &Rules, by_stops: &BTreeMap<&'static str, StopReach>) -> BTreeMap<Zone, StopReach> {
    let of_zone = |zone: Zone| rules.asked(zone).find_map(|id| by_stops.get(id)).map(|reach| (zone, reach.clone()));
    rules.zone_regions().filter_map(of_zone).collect()
}
