//! How many departures more, or fewer, at which stop?

use std::collections::BTreeMap;

use super::at::{At, Target};
use super::parts::Asked;
use super::told::{Change, ChangeOf, Way};
use crate::criteria::{ReachedStop, StopQuestion, World, around_stops};
use crate::layers::StopKind;
use crate::regions::Region;
use crate::transit::{ServiceQuestion, Stop};
use crate::units::Metres;

/// A station or stop with what would have to be other at it.
struct Wanted<'s> {
    group: usize,
    kind: StopKind,
    stop: &'s Stop,
    /// Departures more, or fewer; infinite where nobody says how many there are at most.
    trips: f64,
    /// Whether it is known how many there are.
    is_exact: bool,
    enough: f64,
    counted: ServiceQuestion,
    key: &'static str,
}

impl At<'_> {
    /// The stop at which the least would have to be other for a target to be met.
    pub(super) fn service_change(&self, target: Target) -> Option<Change> {
        let question = self.prepared.criterion.kind.stop_question()?;
        let reach = self.prepared.reach.as_ref()?;
        let context = &self.explainer.context;
        let is_near = |one: &ReachedStop| self.ground.may_reach(one);
        let reached = |stop: &Stop| {
            let within = context.thresholds.get(question.of(stop.kind)?.within)?;
            Some(ReachedStop { stop: stop.clone(), within: Metres(within), zones: Vec::new() })
        };
        let mut wanted: BTreeMap<(usize, StopKind), Wanted<'_>> = BTreeMap::new();
        for stop in context.stops.iter().filter(|stop| stop.may_be.is_none()) {
            if let Some(one) = self.wanted(stop, target, &question)
                && reached(stop).as_ref().is_some_and(is_near)
            {
                wanted.entry((one.group, one.kind)).or_insert(one);
            }
        }
        let mut wanted: Vec<Wanted<'_>> = wanted.into_values().collect();
        wanted.sort_by(|one, other| one.trips.total_cmp(&other.trips));
        let near_now = World::ALL.map(|world| {
            let near = reach.in_world(world).iter().filter(|one| is_near(one));
            near.cloned().collect::<Vec<ReachedStop>>()
        });
        let moved = |world: World, one: &Wanted<'_>| {
            if world == World::Possible && reach.anywhere {
                return Region::everything();
            }
            let is_it = |stop: &Stop| stop.group == one.group && stop.kind == one.kind;
            let others = near_now[world as usize].iter().filter(|reached| !is_it(&reached.stop)).cloned();
            let own = context.stops.iter().filter(|stop| target.way == Way::Gain && is_it(stop));
            let stops: Vec<ReachedStop> = others.chain(own.filter_map(reached)).collect();
            around_stops(&stops, context)
        };
        let does = |one: &Wanted<'_>| self.is_turned(target, &|world: World, _: usize| moved(world, one));
        let one = wanted.into_iter().find(does)?;
        let to = self.status(&|world: World, _: usize| moved(world, &one));
        let window =
            (one.counted == ServiceQuestion::PeakInOneDirection).then(|| self.explainer.window(one.stop)).flatten();
        let of = ChangeOf::Service {
            key: one.key,
            counted: one.counted,
            trips: (one.is_exact && one.trips.is_finite()).then_some(one.trips),
            enough: one.enough,
            stop: one.stop.name.clone(),
            window,
        };
        Some(Change { of, to, is_verified: false })
    }

    /// What would have to be other at a stop for it to count, or no longer to count, in the state of things that is meant.
    fn wanted<'s>(&self, stop: &'s Stop, target: Target, question: &StopQuestion) -> Option<Wanted<'s>> {
        let (counted, key) = question.of(stop.kind)?.counts.service()?;
        let enough = self.explainer.context.thresholds.get(key)?;
        let there = stop.service(counted);
        let is_exact = there.is_exact();
        let there = if target.world == World::Possible { there.hi } else { there.lo };
        let trips = match target.way {
            Way::Gain if there < enough => enough - there,
            Way::Loss if there >= enough => (there - enough).floor() + 1.0,
            _ => return None,
        };
        Some(Wanted { group: stop.group, kind: stop.kind, stop, trips, is_exact, enough, counted, key })
    }

    /// Whether the criterion asks for stops of the zone as one whole, and not by the zones to which they go.
    pub(super) fn asks_for_any_stop(&self) -> bool {
        let all = self.parts.iter().flatten();
        all.into_iter().all(|part| matches!(part.asked, Asked::All | Asked::Nothing))
    }
}
