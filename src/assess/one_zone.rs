//! Where do several questions about a kind of zone hold for one and the same zone?

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::criteria::{Asks, Context, Criterion, ReachedStop, StopReach, World, ZonePieces, around_stops_within};
use crate::regions::{Known, Place, Region};

/// Where all of the bound criteria hold for some one of the zones, near a stop that connects to it, say, and near its
/// centre, within what is known of a place. Without criteria it is all of the place if there is a zone at all, and nowhere else.
///
/// `stops` are those of the criterion among them that is about stops. What is around them is cut to the place before it is cut to
/// the zones: the one is the same however the zones lie.
pub(super) fn of_one_zone(
    zones: &ZonePieces,
    stops: Option<&StopReach>,
    bound: &[&'static Criterion],
    within: &Known,
    context: &Context<'_>,
) -> Known {
    let around_zone = |index: usize| {
        let asked = bound.iter().filter_map(|one| match one.kind.asks() {
            Asks::OfZone(asks) => Some(asks.region(&zones.each[index], context)),
            Asks::Region(_) | Asks::Stops(_) | Asks::Parcel(_) => None,
        });
        asked.fold(Region::everything(), |region, more| region.intersection(&more))
    };
    let by_zone: Vec<Region> = (0..zones.each.len()).into_par_iter().map(around_zone).collect();
    let in_world = |world: World| {
        let within = world.of(within);
        let Some(reach) = stops.filter(|reach| !(world == World::Possible && reach.anywhere)) else {
            return union(zones.in_world(world).map(|(index, _)| index), &by_zone).intersection(within);
        };
        let place = Place::of(within);
        let near = by_zones(reach.in_world(world)).into_par_iter();
        let near: Vec<Region> = near
            .map(|(those, stops)| {
                let zones: Vec<&Region> = those.iter().map(|&index| &by_zone[index]).collect();
                around_stops_within(stops, &place, context).within_any(&zones)
            })
            .collect();
        Region::union_of_regions(&near.iter().collect::<Vec<_>>())
    };
    let sure = in_world(World::Sure);
    let is_as_sure = |world: World| {
        let same_stops = stops.is_none_or(|reach| {
            reach.in_world(world) == reach.sure.as_slice() && !(world == World::Possible && reach.anywhere)
        });
        same_stops
            && zones.in_world(world).map(|(index, _)| index).eq(zones.in_world(World::Sure).map(|(index, _)| index))
            && *world.of(within) == within.sure
    };
    let or_sure = |world: World| if is_as_sure(world) { sure.clone() } else { in_world(world) };
    Known { possible: or_sure(World::Possible), expected: or_sure(World::Expected), sure }
}

fn union(indices: impl Iterator<Item = usize>, regions: &[Region]) -> Region {
    Region::union_of_regions(&indices.map(|index| &regions[index]).collect::<Vec<_>>())
}

/// Stops by the zones to which they connect, so that those that go to the same ones are taken together.
fn by_zones(stops: &[ReachedStop]) -> BTreeMap<&[usize], Vec<&ReachedStop>> {
    let mut found: BTreeMap<&[usize], Vec<&ReachedStop>> = BTreeMap::new();
    for stop in stops {
        found.entry(&stop.zones).or_default().push(stop);
    }
    found
}
