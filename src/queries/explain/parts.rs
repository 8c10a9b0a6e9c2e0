//! What else of a zone must hold where a criterion does? A zone at one parcel as parts, each with what of the criterion is asked there,
//! so that the criterion can be moved while all else stays as it is.

use std::collections::BTreeMap;

use super::Explainer;
use super::ground::Ground;
use super::prepared::Prepared;
use crate::criteria::{Asks, Criterion, ReachedStop, World, Zone, ZonePieces, around_stops};
use crate::regions::Region;

/// What of a criterion is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// That it holds.
    All,
    /// That it holds for this zone of another kind, by its index among them.
    Piece(usize),
    /// That one of these stops is near, by their indices among those that count.
    Stops(Vec<usize>),
    /// Nothing: the part lies in the zone without it.
    Nothing,
}

/// Where all else of a zone holds, and what of the criterion is asked there.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) keep: Region,
    pub(super) asked: Asked,
}

/// A criterion by itself.
pub(super) fn alone() -> Vec<Part> {
    vec![Part { keep: Region::everything(), asked: Asked::All }]
}

impl Explainer<'_> {
    /// A zone at a parcel, as the union of parts.
    pub(super) fn parts(&self, zone: Zone, of: &Criterion, world: World, ground: &Ground<'_>) -> Vec<Part> {
        let rules = &self.assessor.judge.rules;
        let other = rules.belongs_to(zone);
        let is_bound = |clause: &[&'static Criterion]| match (clause, other) {
            ([one], Some(other)) => one.zone_that_it_belongs_to() == Some(other.id()),
            _ => false,
        };
        let (mut keep, mut bound, mut besides) = (Region::everything(), Vec::new(), None);
        for clause in rules.clauses(zone) {
            if is_bound(&clause) {
                bound.extend(clause);
                continue;
            }
            let regions: Vec<&Criterion> = clause.iter().copied().filter(|one| one.is_region()).collect();
            let others = regions.iter().filter(|one| one.id != of.id).map(|one| self.region(one, world, ground));
            let others = others.fold(Region::nothing(), |any, one| any.union(&one));
            match regions.iter().any(|one| one.id == of.id) {
                true => besides = Some(others),
                false if regions.is_empty() => {}
                false => keep = keep.intersection(&others),
            }
        }
        if let Some(other) = other {
            let pieces = &self.context.zones[other.id()];
            let parts = self.of_one_zone(pieces, &bound, of, world, ground);
            if bound.iter().any(|one| one.id == of.id) {
                let with = |part: Part| Part { keep: part.keep.intersection(&keep), ..part };
                return parts.into_iter().map(with).filter(|part| !part.keep.is_nothing()).collect();
            }
            let all: Vec<Region> = parts.into_iter().map(|part| part.keep).collect();
            keep = keep.intersection(&all.iter().fold(Region::nothing(), |any, one| any.union(one)));
        }
        let beside = besides.filter(|others| !others.is_nothing());
        let beside = beside.map(|others| Part { keep: keep.intersection(&others), asked: Asked::Nothing });
        std::iter::once(Part { keep, asked: Asked::All }).chain(beside).filter(|part| !part.keep.is_nothing()).collect()
    }

    /// Where a criterion holds, as far as it concerns the parcel.
    fn region(&self, criterion: &Criterion, world: World, ground: &Ground<'_>) -> Region {
        let place = self.prepared(criterion).and_then(|prepared| prepared.place(world));
        place.map_or_else(Region::everything, |place| ground.cut(place))
    }

    /// Where what is bound to one and the same zone of another kind holds, but for the criterion that is asked about; the whole where
    /// that is not among them.
    fn of_one_zone(
        &self,
        pieces: &ZonePieces,
        bound: &[&'static Criterion],
        of: &Criterion,
        world: World,
        ground: &Ground<'_>,
    ) -> Vec<Part> {
        let there: Vec<usize> = pieces.in_world(world).map(|(index, _)| index).collect();
        // Around one zone, what is asked of each, but for the criterion.
        let around_zone = |index: usize| {
            let asked = bound.iter().filter(|one| one.id != of.id);
            let places = asked.filter_map(|one| self.prepared(one)?.piece(index, &self.context));
            places.fold(Region::everything(), |region, place| region.intersection(&ground.cut(place)))
        };
        let by_zone: BTreeMap<usize, Region> = there.iter().map(|&index| (index, around_zone(index))).collect();
        let around = |index: usize| by_zone.get(&index).cloned().unwrap_or_else(Region::nothing);
        let stops = bound.iter().find_map(|one| self.prepared(one).filter(|prepared| prepared.reach.is_some()));
        let is_of_zone = bound.iter().any(|one| one.id == of.id && matches!(one.kind.asks(), Asks::OfZone(_)));
        let asked = |index: usize| if is_of_zone { Asked::Piece(index) } else { Asked::Nothing };
        let bounded = stops.filter(|stops| !(world == World::Possible && stops.is_anywhere()));
        let Some(Prepared { criterion, reach: Some(reach), .. }) = bounded else {
            let is_of_stops = stops.is_some_and(|stops| stops.criterion.id == of.id);
            let asked = |index: usize| if is_of_stops { Asked::All } else { asked(index) };
            return there.into_iter().map(|index| Part { keep: around(index), asked: asked(index) }).collect();
        };
        let reached = reach.in_world(world);
        let united = |zones: &[usize]| zones.iter().fold(Region::nothing(), |any, &zone| any.union(&around(zone)));
        if criterion.id == of.id {
            let part =
                |(zones, stops): (&[usize], Vec<usize>)| Part { keep: united(zones), asked: Asked::Stops(stops) };
            return by_zones(reached).into_iter().map(part).collect();
        }
        // Near the stops that go to a zone, and around that zone.
        let part = |index: usize| {
            let those = reached.iter().filter(|one| one.zones.contains(&index)).filter(|one| ground.may_reach(one));
            let near = ground.within(&around_stops(those, &self.context));
            Part { keep: around(index).intersection(&near), asked: asked(index) }
        };
        there.into_iter().map(part).collect()
    }
}

/// Stops by the zones to which they connect.
fn by_zones(stops: &[ReachedStop]) -> BTreeMap<&[usize], Vec<usize>> {
    let mut found: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
    for (index, stop) in stops.iter().enumerate() {
        found.entry(&stop.zones).or_default().push(index);
    }
    found
}
