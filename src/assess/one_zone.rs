//! Where do several questions about a kind of zone hold for one and the same zone?

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::criteria::{Asks, Context, Criterion, ReachedStop, StopReach, World, ZonePieces, around_stops};
use crate::regions::{Known, Region};

/// Where all of the bound criteria hold for some one of the zones: near a stop that connects to it, say, and near its
/// centre. Without criteria it is everywhere if there is a zone at all, and nowhere else.
///
/// `stops` are those of the criterion among them that is about stops.
pub(super) fn of_one_zone(
    zones: &ZonePieces,
    stops: Option<&StopReach>,
    bound: &[&'static Criterion],
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
        let Some(reach) = stops.filter(|reach| !(world == World::Possible && reach.anywhere)) else {
            return union(zones.in_world(world).map(|(index, _)| index), &by_zone);
        };
        let near = by_zones(reach.in_world(world)).into_par_iter();
        let near: Vec<Region> = near
            .map(|(those, stops)| {
                let zones = union(those.iter().copied(), &by_zone);
                around_stops(stops, context).intersection(&zones)
            })
            .collect();
        Region::union_of_regions(&near.iter().collect::<Vec<_>>())
    };
    let is_one =
        stops.is_none_or(|reach| reach.sure == reach.possible && reach.sure == reach.expected && !reach.anywhere);
    if zones.is_settled() && is_one { Known::exactly(in_world(World::Sure)) } else { World::known(in_world) }
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
