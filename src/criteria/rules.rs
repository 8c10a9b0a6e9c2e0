//! The rules of one run: a rule set, its numbers, and what was set aside.

use std::collections::BTreeMap;

use super::{AsksWhole, Criterion, RuleSet, StopQuestion, Threshold, Thresholds, Zone, default_rules};
use crate::layers::{LayerKey, StopKind};
use crate::transit::{ServiceQuestion, Stop};
use crate::units::Metres;

/// What is further away than so many times the longest distance that is asked for is near to nobody (30 km by the rules that ship
/// first, unless `[thresholds]` says otherwise).
pub const FAR_REACHES: f64 = 6.0;

/// The rules of one run.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Which criteria make which zone.
    pub set: &'static RuleSet,
    /// The numbers.
    pub thresholds: Thresholds,
    /// Criteria set aside on purpose, each with the planner's reason.
    pub waived: BTreeMap<&'static str, String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self::of(default_rules())
    }
}

impl Rules {
    /// A rule set with its own numbers, nothing set aside.
    #[must_use]
    pub fn of(set: &'static RuleSet) -> Self {
        Self { set, thresholds: Thresholds::of(set), waived: BTreeMap::new() }
    }

    /// The same planner's numbers and waivers under another rule set, as far as it has such thresholds and criteria.
    #[must_use]
    pub fn under(self, set: &'static RuleSet) -> Self {
        let mut rules = Self::of(set);
        for threshold in self.thresholds.all() {
            let number = self.thresholds.get(threshold.key).filter(|number| *number != threshold.default);
            if let Some((place, number)) = rules.thresholds.get_mut(threshold.key).zip(number) {
                *place = number;
            }
        }
        let still = |(id, reason): (&str, String)| Some((set.criterion(id)?.id, reason));
        rules.waived = self.waived.into_iter().filter_map(still).collect();
        rules
    }

    /// The zones.
    #[must_use]
    pub fn zones(&self) -> impl DoubleEndedIterator<Item = Zone> + ExactSizeIterator + Clone + use<> {
        self.set.zones()
    }

    /// The zones that are regions of the plane.
    #[must_use]
    pub fn zone_regions(&self) -> impl DoubleEndedIterator<Item = Zone> + Clone + use<> {
        self.set.zone_regions()
    }

    /// What a zone asks for: each a criterion, or several any of which serves. Where one of several was set aside, none of
    /// them is asked.
    pub fn clauses(&self, zone: Zone) -> impl Iterator<Item = Vec<&'static Criterion>> + '_ {
        let is_asked = |clause: &&Vec<&'static str>| !clause.iter().any(|id| self.waived.contains_key(id));
        let criteria = |clause: &Vec<&'static str>| clause.iter().filter_map(|id| self.set.criterion(id)).collect();
        zone.rule().all_of.iter().filter(is_asked).map(criteria)
    }

    /// The criteria that a zone asks for and that were not set aside, by their ids.
    pub fn asked(&self, zone: Zone) -> impl Iterator<Item = &'static str> + '_ {
        self.criteria(zone).map(|criterion| criterion.id)
    }

    /// The same as criteria.
    pub fn criteria(&self, zone: Zone) -> impl Iterator<Item = &'static Criterion> + '_ {
        self.clauses(zone).flatten()
    }

    /// The criteria that outputs tell of a zone although it does not ask for them.
    pub fn told(&self, zone: Zone) -> impl Iterator<Item = &'static Criterion> + '_ {
        zone.rule().told.iter().filter_map(|id| self.set.criterion(id))
    }

    /// The questions that a zone is asked as a whole.
    #[must_use]
    pub fn wholes(&self, zone: Zone) -> Vec<&'static dyn AsksWhole> {
        let is_of_whole = |one: &&Criterion| zone.rule().as_a_whole.contains(&one.id);
        self.criteria(zone).filter(is_of_whole).filter_map(|one| one.kind.whole()).collect()
    }

    /// The other kind of zone to which a zone belongs: it exists only where that one does, whatever is set aside.
    #[must_use]
    pub fn belongs_to(&self, zone: Zone) -> Option<Zone> {
        let of = |id: &str| self.set.zone(self.set.criterion(id)?.zone_that_it_belongs_to()?);
        zone.alone().find_map(of)
    }

    /// Whether a zone asks how far facilities are, or a zone does for whose sites it is made.
    #[must_use]
    pub fn asks_for_facilities(&self, zone: Zone) -> bool {
        let asks = |zone: Zone| self.criteria(zone).any(|one| one.kind.spacing().is_some());
        let is_for = |other: Zone| self.criteria(other).any(|one| one.kind.zone() == Some(zone.id()));
        asks(zone) || self.zones().any(|other| is_for(other) && asks(other))
    }

    /// Whether any criterion looks at a zone.
    #[must_use]
    pub fn is_looked_at(&self, zone: Zone) -> bool {
        self.set.criteria.iter().any(|criterion| criterion.kind.zone() == Some(zone.id()))
    }

    /// The zones whose places hang on a threshold: those that ask for a criterion which does, and those that look at one of
    /// these.
    #[must_use]
    pub fn hanging_on(&self, key: &str) -> Vec<Zone> {
        self.hanging_where(|one| one.kind.thresholds().contains(&key))
    }

    /// The same of zones whose places hang on criteria that are meant.
    #[must_use]
    pub fn hanging_where(&self, is_meant: impl Fn(&Criterion) -> bool) -> Vec<Zone> {
        let mut found: Vec<Zone> = Vec::new();
        loop {
            let is_found = |id: &str| found.iter().any(|zone| zone.id() == id);
            let hangs = |one: &Criterion| one.is_region() && (is_meant(one) || one.kind.zone().is_some_and(is_found));
            let hangs = |zone: &Zone| {
                self.criteria(*zone).any(hangs) || self.belongs_to(*zone).is_some_and(|other| is_found(other.id()))
            };
            let more: Vec<Zone> = self.zones().filter(|zone| !is_found(zone.id()) && hangs(zone)).collect();
            if more.is_empty() {
                return found;
            }
            found.extend(more);
        }
    }

    /// Whether any zone asks for a criterion.
    #[must_use]
    pub fn asks_for(&self, criterion: &Criterion) -> bool {
        self.zones().any(|zone| self.asked(zone).any(|id| id == criterion.id))
    }

    /// What its criteria ask of stations and stops.
    fn stop_questions(&self) -> impl Iterator<Item = StopQuestion> + '_ {
        self.set.criteria.iter().filter_map(|criterion| criterion.kind.stop_question())
    }

    /// The service that the first criterion which asks for any asks for: what is counted, the threshold, and its number.
    #[must_use]
    pub fn service(&self) -> Option<(ServiceQuestion, &'static Threshold, f64)> {
        let (counted, key) = self.stop_questions().find_map(|question| question.services().first().copied())?;
        Some((counted, self.set.threshold(key)?, self.thresholds.get(key)?))
    }

    /// The same of the stops of a mode.
    #[must_use]
    pub fn service_of(&self, mode: StopKind) -> Option<(ServiceQuestion, &'static Threshold, f64)> {
        let (counted, key) = self.stop_questions().find_map(|question| question.of(mode)?.counts.service())?;
        Some((counted, self.set.threshold(key)?, self.thresholds.get(key)?))
    }

    /// Whether stops of a mode count for any criterion, whatever their service.
    #[must_use]
    pub fn counts(&self, mode: StopKind) -> bool {
        self.stop_questions().any(|question| question.of(mode).is_some())
    }

    /// Whether any criterion asks for such service.
    #[must_use]
    pub fn asks_for_service(&self, wanted: ServiceQuestion) -> bool {
        self.stop_questions().any(|question| question.services().iter().any(|(counted, _)| *counted == wanted))
    }

    /// Whether a stop has the service that some criterion asks of its mode: for certain, and possibly.
    #[must_use]
    pub fn has_service(&self, stop: &Stop) -> [bool; 2] {
        let asked = self.stop_questions().filter(|question| question.asks_for_service(stop.kind));
        asked.fold([false; 2], |[sure, possible], question| {
            let [is_met, may_be] = question.is_met(stop, &self.thresholds);
            [sure | is_met, possible | may_be]
        })
    }

    /// Whether some criterion asks for a stop's service, and nobody says what it is.
    #[must_use]
    pub fn lacks_service(&self, stop: &Stop) -> bool {
        self.stop_questions().any(|question| question.is_open(stop, &self.thresholds))
    }

    /// How far facilities of one kind must stand apart; no distance where the rules do not say.
    #[must_use]
    pub fn spacing(&self) -> Metres {
        let key = self.set.criteria.iter().find_map(|criterion| criterion.kind.spacing());
        Metres(key.and_then(|key| self.thresholds.get(key)).unwrap_or_default())
    }

    /// Beyond which distance the nearest of something is not named to a reader, m: [`FAR_REACHES`] times the longest distance of the rule
    /// set. Columns have it however far it is. 0 where the rules ask for no distance.
    #[must_use]
    pub fn named_within(&self) -> f64 {
        let metres = self.thresholds.all().iter().filter(|threshold| threshold.unit == "m");
        FAR_REACHES * metres.filter_map(|threshold| self.thresholds.get(threshold.key)).fold(0.0, f64::max)
    }

    /// Whether outputs tell of a criterion although no zone need ask for it.
    #[must_use]
    pub fn tells(&self, criterion: &Criterion) -> bool {
        self.zones().any(|zone| zone.rule().told.contains(&criterion.id))
    }

    /// How far from a parcel a feature of a layer can lie and still matter to it: by the criteria that the layer settles,
    /// and where these make a zone that others look at, as far beyond as those reach; of zones that a plan has set, as far as these
    /// reach.
    #[must_use]
    pub fn reach_of(&self, layer: LayerKey) -> Metres {
        let of_zone = |zone: Zone| {
            let looking = self.set.criteria.iter().filter(move |criterion| criterion.kind.zone() == Some(zone.id()));
            looking.map(|criterion| criterion.reach(&self.thresholds).0).fold(0.0, f64::max)
        };
        let of_criterion = |criterion: &Criterion| {
            let makes = self.zones().filter(|zone| zone.asks_for(criterion.id));
            criterion.reach(&self.thresholds).0 + makes.map(of_zone).fold(0.0, f64::max)
        };
        let sets = self.zones().filter(|zone| zone.rule().set_by == Some(layer)).map(of_zone);
        Metres(self.set.of_layer(layer).map(of_criterion).chain(sets).fold(0.0, f64::max))
    }
}
