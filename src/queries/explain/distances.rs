//! By how much must a distance be another, or a border stand elsewhere? Found to the centimetre, so that the share of the parcel that
//! is asked for is just reached, or just missed.

use std::cell::OnceCell;

use super::at::{At, Target, smallest};
use super::border::Seen;
use super::parts::Asked;
use super::sites::Sites;
use super::told::{Change, ChangeOf, Way};
use crate::criteria::{Asks, Context, Lever, World};
use crate::evidence::distance_from;
use crate::geometry::{Footprint, Point, Shapes};
use crate::layers::LayerKey;
use crate::regions::Region;

/// Steps a metre.
pub(super) const STEPS: f64 = 100.0;

/// No change is looked for beyond: 1000 km.
const MOST: i64 = 100_000_000;

impl<'e> At<'e> {
    /// The change of one threshold of a distance that meets a target.
    pub(super) fn reach(&self, target: Target, key: &'static str) -> Option<Change> {
        let base = self.explainer.context.thresholds.get(key)?;
        let cells: [OnceCell<Vec<Option<Sites<'e>>>>; 3] = Default::default();
        let seen = |world: World| cells[world as usize].get_or_init(|| self.sites(world, key));
        let sign = if target.way == Way::Gain { 1.0 } else { -1.0 };
        let region = |world: World, part: usize, steps: i64| match &seen(world)[part] {
            Some(sites) => sites.region(sign * steps as f64 / STEPS, self.ground),
            None => self.by_threshold(world, part, key, base + sign * steps as f64 / STEPS),
        };
        let turned = |steps: i64| self.is_turned(target, &|world: World, part: usize| region(world, part, steps));
        let nearest = seen(target.world).iter().flatten().map(Sites::nearest).fold(f64::INFINITY, f64::min);
        let (likely, most) = match target.way {
            Way::Gain if nearest.is_finite() => (((nearest - 1.0) * STEPS) as i64, MOST),
            Way::Gain => (1, MOST),
            // From where the nearest place no longer reaches all of the parcel.
            Way::Loss if nearest.is_finite() => {
                (((-nearest - self.ground.diagonal() - 1.0).max(0.0) * STEPS) as i64, (base * STEPS).floor() as i64)
            }
            Way::Loss => (1, (base * STEPS).floor() as i64),
        };
        let steps = smallest(turned, likely, most)?;
        let to = ((base + sign * steps as f64 / STEPS) * 1e6).round() / 1e6;
        let status = self.status(&|world: World, part: usize| region(world, part, steps));
        let place = self.nearest_place(target.world, key);
        let of = ChangeOf::Reach { key, metres: steps as f64 / STEPS, to, place };
        Some(Change { of, to: status, is_verified: false })
    }

    /// By part, the places that one must be near; `None` where a part is not asked for places.
    fn sites(&self, world: World, key: &'static str) -> Vec<Option<Sites<'e>>> {
        let scale = &self.explainer.context.city.scale;
        let of_part = |asked: &Asked| match (&self.prepared.lever, &self.prepared.reach) {
            (Lever::Places(lever), _) => {
                let places = lever.places.iter().filter(|(.., is_sure)| *is_sure || world == World::Possible);
                let within = self.explainer.metres(lever.within);
                let all = places.map(|(parts, ..)| (*parts, within, lever.within == key));
                Some(Sites::of(self.ground, all, scale))
            }
            (_, Some(reach)) => {
                let all = reach.in_world(world);
                let question = self.prepared.criterion.kind.stop_question();
                let moves = |index: usize| {
                    question
                        .as_ref()
                        .and_then(|asked| asked.of(all[index].stop.kind))
                        .is_some_and(|mode| mode.within == key)
                };
                let of = |index: usize| (&all[index].stop.parts, all[index].within, moves(index));
                Some(match asked {
                    Asked::Stops(chosen) => Sites::of(self.ground, chosen.iter().map(|&index| of(index)), scale),
                    _ => Sites::of(self.ground, (0..all.len()).map(of), scale),
                })
            }
            _ => None,
        };
        let is_open = world == World::Possible && self.prepared.is_anywhere();
        let parts = self.parts[world as usize].iter();
        parts.map(|part| if is_open { None } else { of_part(&part.asked) }).collect()
    }

    /// Where the criterion holds with another number, as its kind says.
    fn by_threshold(&self, world: World, part: usize, key: &'static str, number: f64) -> Region {
        let context = &self.explainer.context;
        let mut thresholds = context.thresholds.clone();
        if let Some(place) = thresholds.get_mut(key) {
            *place = number;
        }
        let context = Context { thresholds: &thresholds, ..*context };
        let criterion = self.prepared.criterion;
        let (Asks::OfZone(asks), Some(zones)) =
            (criterion.kind.asks(), criterion.kind.zone().and_then(|zone| context.zones.get(zone)))
        else {
            return Region::everything();
        };
        match self.asked(world, part) {
            Asked::Piece(index) => self.ground.within(&asks.region(&zones.each[*index], &context)),
            Asked::Nothing => Region::everything(),
            Asked::All | Asked::Stops(_) => {
                let regions: Vec<Region> =
                    zones.in_world(world).map(|(_, piece)| self.ground.within(&asks.region(piece, &context))).collect();
                Region::union_of_regions(&regions.iter().collect::<Vec<_>>())
            }
        }
    }

    /// How far the border must move for a target to be met.
    pub(super) fn border(&self, target: Target, layers: &[LayerKey], is_inside: bool) -> Option<Change> {
        let cells: [OnceCell<Option<Seen<'e>>>; 2] = Default::default();
        let seen = |world: World| cells[world as usize].get_or_init(|| self.seen_border(world)).as_ref();
        let sign = if target.way == Way::Gain { 1.0 } else { -1.0 };
        let expectations = &self.explainer.context.city.expectations;
        // What is expected of the layers stays where it is.
        let expected = || layers.iter().filter_map(|layer| expectations.get(layer)).flat_map(Shapes::iter);
        let region = |world: World, steps: i64| {
            let here = if world == World::Possible { World::Possible } else { World::Sure };
            let moved = match seen(here) {
                Some(seen) => seen.region(sign * steps as f64 / STEPS, self.ground),
                None => self.prepared.place(here).map_or_else(Region::everything, |place| self.ground.cut(place)),
            };
            if world == World::Expected && is_inside { moved.union(&self.ground.cut_units(expected())) } else { moved }
        };
        let own = seen(if target.world == World::Possible { World::Possible } else { World::Sure })?;
        let turned = |steps: i64| self.is_turned(target, &|world: World, _: usize| region(world, steps));
        let steps = smallest(turned, ((own.metres.0 - 1.0) * STEPS) as i64, MOST)?;
        let to = self.status(&|world: World, _: usize| region(world, steps));
        let (from, border) = (own.nearest.from, own.nearest.to);
        let middle = self.ground.parcel.bounds.centre();
        // From the border towards the parcel; where it runs through that, towards the middle.
        let ends = if own.metres.0 > 0.0 { (border, from) } else { (border, middle) };
        let bearing = bearing(ends.0, ends.1);
        let metres = steps as f64 / STEPS;
        let of = ChangeOf::Border { layers: layers.to_vec(), is_inside, metres, bearing };
        Some(Change { of, to, is_verified: false })
    }

    /// The border of where the criterion holds.
    pub(super) fn seen_border(&self, world: World) -> Option<Seen<'e>> {
        let (place, border) = (self.prepared.place(world)?, self.prepared.border(world)?);
        border.seen_from(self.ground, place, &self.explainer.context.city.scale)
    }
}

/// The direction from one point of the plane to another: from north, clockwise, degrees.
pub(super) fn bearing(from: Point, to: Point) -> f64 {
    let degrees = (to[0] - from[0]).atan2(to[1] - from[1]).to_degrees();
    (degrees + 360.0) % 360.0
}

impl At<'_> {
    /// The nearest of the places that count in a state of things and that a threshold is about.
    fn nearest_place(&self, world: World, key: &'static str) -> Option<(Option<String>, f64)> {
        let scale = &self.explainer.context.city.scale;
        let far = |parts: &Footprint| Some(distance_from(&self.ground.parcel.shape, parts, scale)?.told().0);
        let nearest = |all: Vec<(Option<String>, f64)>| all.into_iter().min_by(|one, other| one.1.total_cmp(&other.1));
        if let Lever::Places(lever) = &self.prepared.lever {
            let counting = lever.places.iter().filter(|(.., is_sure)| *is_sure || world == World::Possible);
            let found = counting.filter_map(|(parts, name, _)| Some((name.map(str::to_owned), far(parts)?)));
            return nearest(found.collect());
        }
        let question = self.prepared.criterion.kind.stop_question()?;
        let reach = self.prepared.reach.as_ref()?;
        let is_meant = |kind| question.of(kind).is_some_and(|asked| asked.within == key);
        let all = reach.in_world(world).iter().filter(|one| is_meant(one.stop.kind));
        nearest(all.filter_map(|one| Some((one.stop.name.clone(), far(&one.stop.parts)?))).collect())
    }
}
