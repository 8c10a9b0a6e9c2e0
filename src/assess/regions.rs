//! Where every criterion and every zone hold, under one counting of transit.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fixed::Fixed;
use super::groundwork::Groundwork;
use super::one_zone::of_one_zone;
use super::service::{Raised, Service};
use crate::criteria::{Asks, Context, Criterion, Needs, RuleSet, Rules, StopReach, Zone, ZonePieces};
use crate::layers::City;
use crate::regions::{Known, Region};
use crate::zones::{AskedAsWholes, Centres, Growth, asked_as_wholes, zone_pieces};

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
    /// Works them out. `fixed` is what no counting changes, `by_stops` what [`by_stops_alone`] gave for the same service.
    ///
    /// Zones that look at no other come first; then the criteria that look at them, and the zones that ask for these.
    pub(super) fn of(work: &Groundwork<'_>, fixed: &Fixed, service: &Service, by_stops: ByStops) -> Self {
        let (city, rules) = (work.city, &work.terms.rules);
        let mut found = Finding { set: rules.set, known: fixed.known.clone(), by_stops: ByStops::new() };
        found.take(by_stops);
        let (mut pieces, mut settled) = (BTreeMap::new(), BTreeMap::new());
        let context_of_layers = work.context(fixed, service);
        let raised = service.raised(rules);
        let raised = match &raised {
            Raised::No => Lossy::None,
            Raised::Here(raised) => Lossy::Here(by_stops_alone(work, raised, |_| true)),
            Raised::Anywhere => Lossy::Anywhere,
        };
        loop {
            let context = Context { zones: &pieces, ..work.context(fixed, service) };
            found.ask(&context);
            let is_ready = |zone: &Zone| !settled.contains_key(zone) && found.is_ready(*zone, rules, &pieces);
            let ready: Vec<Zone> = rules.zones().filter(is_ready).collect();
            if ready.is_empty() {
                break;
            }
            let growth = |zone: Zone, known: &Known| {
                let open = (is_unsure(zone, rules, &context_of_layers), &raised);
                found.growth(zone, (rules, &context), known, open)
            };
            let ask = |zone: Zone| {
                let known = found.zone(zone, rules, &context, &ByStops::new());
                let growth = growth(zone, &known);
                (asked_as_wholes(known, &rules.wholes(zone), &growth, &context), growth)
            };
            let new: Vec<(AskedAsWholes, Growth)> = ready.par_iter().map(|&zone| ask(zone)).collect();
            for (zone, (new, growth)) in ready.into_iter().zip(new) {
                if rules.is_looked_at(zone) {
                    let centres = own_centres(zone, city);
                    pieces.insert(zone.id(), zone_pieces(new.known.clone(), centres, &growth, &city.scale));
                }
                settled.insert(zone, new);
            }
        }
        let Finding { known, by_stops, .. } = found;
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

/// What is known so far.
struct Finding {
    set: &'static RuleSet,
    known: BTreeMap<&'static str, Known>,
    by_stops: ByStops,
}

impl Finding {
    /// Asks the criteria that look at zones which are known by now.
    fn ask(&mut self, context: &Context<'_>) {
        let can_tell = |criterion: &Criterion| {
            criterion.kind.needs() == Needs::Zone
                && criterion.kind.zone().is_some_and(|zone| context.zones.contains_key(zone))
                && !self.known.contains_key(criterion.id)
        };
        let by_stops = by_stops(self.set, can_tell, context);
        let known = known_of(self.set, |criterion| can_tell(criterion) && !is_of_stops(criterion), context);
        self.take(by_stops);
        self.known.extend(known);
    }

    fn take(&mut self, more: ByStops) {
        self.known.extend(more.iter().map(|(&id, (_, known))| (id, known.clone())));
        self.by_stops.extend(more);
    }

    /// Whether all that a zone asks for is known.
    fn is_ready(&self, zone: Zone, rules: &Rules, pieces: &BTreeMap<&str, ZonePieces>) -> bool {
        let is_known = |one: &Criterion| self.known.contains_key(one.id) || !one.is_region();
        rules.criteria(zone).all(is_known) && rules.belongs_to(zone).is_none_or(|other| pieces.contains_key(other.id()))
    }

    /// How far a zone may reach beyond where it is sure: anyhow where something of its layers is lost (`is_unsure`), and as far as
    /// single stops of which something is lost take it.
    fn growth(
        &self,
        zone: Zone,
        (rules, context): (&Rules, &Context<'_>),
        known: &Known,
        (is_unsure, lossy): (bool, &Lossy),
    ) -> Growth {
        let asks = |zone: Zone| rules.criteria(zone).any(|one| one.kind.stop_question().is_some());
        let looks_at_other = || rules.criteria(zone).any(|one| one.kind.zone().is_some());
        match lossy {
            _ if is_unsure => Growth::AsPossible,
            Lossy::None => Growth::None,
            // What is lost of a zone at which it looks moves it, too.
            _ if looks_at_other() => Growth::AsPossible,
            _ if !asks(zone) => Growth::None,
            Lossy::Anywhere => Growth::AsPossible,
            Lossy::Here(raised) => {
                let grown = self.zone(zone, rules, context, raised).sure;
                if grown == known.sure { Growth::None } else { Growth::Within(grown) }
            }
        }
    }

    /// Where any criterion of a clause holds; `None` of one about the parcel alone. What is given `instead` of a criterion's stops
    /// counts in their place.
    fn any<'k>(&'k self, clause: &[&Criterion], instead: &'k ByStops) -> Option<Cow<'k, Known>> {
        let of = |one: &&Criterion| instead.get(one.id).map(|(_, known)| known).or_else(|| self.known.get(one.id));
        let known: Vec<&Known> = clause.iter().filter_map(of).collect();
        match known.as_slice() {
            [] => None,
            [one] => Some(Cow::Borrowed(one)),
            several => Some(Cow::Owned(Known::any(several))),
        }
    }

    /// Where a zone lies. Criteria about the parcel alone do not bound it.
    fn zone(&self, zone: Zone, rules: &Rules, context: &Context<'_>, instead: &ByStops) -> Known {
        let other = rules.belongs_to(zone);
        let is_bound = |clause: &Vec<&'static Criterion>| match (clause.as_slice(), other) {
            ([one], Some(other)) => one.zone_that_it_belongs_to() == Some(other.id()),
            _ => false,
        };
        let (bound, free): (Vec<_>, Vec<_>) = rules.clauses(zone).partition(is_bound);
        let bound: Vec<&'static Criterion> = bound.into_iter().flatten().collect();
        let of_one = other.map(|other| {
            let stops = bound.iter().find_map(|one| Some(&self.by_stops.get(one.id)?.0));
            of_one_zone(&context.zones[other.id()], stops, &bound, context)
        });
        let mut free: Vec<Cow<'_, Known>> = free.iter().filter_map(|clause| self.any(clause, instead)).collect();
        free.extend(of_one.map(Cow::Owned));
        Known::all(free.iter().map(|known| &**known))
    }
}

/// The planner's own centres of a kind of zone.
fn own_centres(zone: Zone, city: &City) -> Centres<'_> {
    let Some(layer) = zone.rule().centres else { return Centres::default() };
    Centres { own: city.hub_centres().unwrap_or_default(), in_part: city.lacks(layer) }
}

/// Whether something is lost of what a zone is made of. What is asked of the parcel alone bounds none.
fn is_unsure(zone: Zone, rules: &Rules, context: &Context<'_>) -> bool {
    let of_other = |id: &str| rules.zones().any(|other| other.id() == id && is_unsure(other, rules, context));
    rules.criteria(zone).filter(|criterion| criterion.is_region()).any(|criterion| {
        let kind = criterion.kind.as_ref();
        context.is_unsure_of(kind) || kind.zone().is_some_and(of_other)
    })
}

fn is_of_stops(criterion: &Criterion) -> bool {
    matches!(criterion.kind.asks(), Asks::Stops(_))
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

/// The answers of the criteria about stops that are meant.
fn by_stops(set: &'static RuleSet, is_meant: impl Fn(&Criterion) -> bool, context: &Context<'_>) -> ByStops {
    let chosen: Vec<&Criterion> = set.criteria.iter().filter(|one| is_meant(one)).collect();
    let of_stops = chosen.par_iter().filter_map(|criterion| {
        let reach = criterion.stops(context)?;
        let known = reach.known(context);
        Some((criterion.id, (reach, known)))
    });
    of_stops.collect()
}

/// Where the criteria about stops hold that ask for no zone, of those that are meant.
pub(super) fn by_stops_alone(
    work: &Groundwork<'_>,
    service: &Service,
    is_meant: impl Fn(&Criterion) -> bool,
) -> ByStops {
    let alone = |criterion: &Criterion| criterion.kind.needs() == Needs::Layers && is_meant(criterion);
    by_stops(work.terms.rules.set, alone, &work.context(&Fixed::default(), service))
}

/// The stops that a zone owes its place to: those of the criterion about stops that the rules ask of it.
fn makers(rules: &Rules, by_stops: &ByStops) -> BTreeMap<Zone, StopReach> {
    let of_zone =
        |zone: Zone| rules.asked(zone).find_map(|id| by_stops.get(id)).map(|(reach, _)| (zone, reach.clone()));
    rules.zone_regions().filter_map(of_zone).collect()
}
