//! Which poles 標柱 are one stop 停留所: those of one parent station, else those of one name that stand close.

use std::collections::BTreeMap;

use super::kinds::stop_kind;
use super::union::Union;
use crate::crs::{Crs, Plane, ScaleField, ToPlane};
use crate::geometry::Point;
use crate::inputs::gtfs::Feed;
use crate::layers::StopKind;
use crate::units::Metres;

/// A place where the vehicles of one kind call. A platform of trams and buses is two.
#[derive(Debug, Clone, PartialEq)]
pub struct Pole {
    /// Place of its feed.
    pub feed: u32,
    /// Place in the feed's stops.
    pub stop: u32,
    /// What calls there, or at its neighbours of the same stop; `None` where no trip of the feed does.
    pub kind: Option<StopKind>,
    /// Whether a trip of the feed calls there, on whatever day.
    pub is_called_at: bool,
    /// Where it stands, plane metres; `None` where the feed does not say.
    pub at: Option<Point>,
}

/// The poles of feeds, and the groups that they make.
#[derive(Debug, Default)]
pub struct Poles {
    /// Every pole, feed after feed.
    pub poles: Vec<Pole>,
    /// The group of each: an index in [`Poles::groups`].
    pub group: Vec<u32>,
    /// The poles of each group.
    pub groups: Vec<Vec<u32>>,
    /// Pole by feed, stop and kind.
    by_stop: Vec<Vec<[u32; KINDS]>>,
}

const KINDS: usize = 4;
const NONE: u32 = u32::MAX;

fn column(kind: Option<StopKind>) -> usize {
    match kind {
        Some(StopKind::Rail) => 0,
        Some(StopKind::Tram) => 1,
        Some(StopKind::Bus) => 2,
        None => 3,
    }
}

impl Poles {
    /// Finds and groups the poles of feeds. Poles of one name within `within` of one another are one stop where they have no
    /// parent, or are of two feeds.
    #[must_use]
    pub fn of(feeds: &[Feed], plane: Plane, within: Metres) -> Self {
        let mut found = Self::default();
        for (number, feed) in feeds.iter().enumerate() {
            found.add(number as u32, feed, plane);
        }
        let grouping = Grouping { feeds, scale: &ScaleField::new(plane), within };
        grouping.settle_kinds(&mut found.poles);
        let firsts = grouping.stops(&found.poles);
        found.group = vec![NONE; firsts.len()];
        for (pole, first) in firsts.into_iter().enumerate() {
            if first == pole {
                found.group[pole] = found.groups.len() as u32;
                found.groups.push(Vec::new());
            }
            found.group[pole] = found.group[first];
            found.groups[found.group[pole] as usize].push(pole as u32);
        }
        found
    }

    /// The pole of a stop at which a route of this kind calls.
    #[must_use]
    pub fn pole(&self, feed: usize, stop: u32, kind: StopKind) -> u32 {
        self.by_stop[feed][stop as usize][column(Some(kind))]
    }

    fn add(&mut self, number: u32, feed: &Feed, plane: Plane) {
        let mut by_stop = vec![[NONE; KINDS]; feed.stops.len()];
        for trip in &feed.trips {
            let Some(kind) = stop_kind(feed.routes[trip.route as usize].kind) else { continue };
            for call in &feed.calls[trip.calls.start as usize..trip.calls.end as usize] {
                by_stop[call.stop as usize][column(Some(kind))] = 0;
            }
        }
        let places = places(feed, plane);
        for (stop, poles) in by_stop.iter_mut().enumerate() {
            if poles.iter().all(|&pole| pole == NONE) {
                poles[column(None)] = 0;
            }
            for kind in [Some(StopKind::Rail), Some(StopKind::Tram), Some(StopKind::Bus), None] {
                let pole = &mut poles[column(kind)];
                if *pole != NONE {
                    *pole = self.poles.len() as u32;
                    let is_called_at = kind.is_some();
                    self.poles.push(Pole { feed: number, stop: stop as u32, kind, is_called_at, at: places[stop] });
                }
            }
        }
        self.by_stop.push(by_stop);
    }
}

/// Where the stops of a feed stand, plane metres.
fn places(feed: &Feed, plane: Plane) -> Vec<Option<Point>> {
    let way = ToPlane::new(&Crs::jgd2011(), plane).ok();
    let place = |lon_lat: [f64; 2]| {
        let mut point = [lon_lat];
        way.as_ref()?.convert(&mut point).ok()?;
        Some(point[0])
    };
    feed.stops.iter().map(|stop| stop.lon_lat.and_then(place)).collect()
}

/// What poles of one stop have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond<'a> {
    /// The parent station of a feed.
    Parent(u32, &'a str),
    /// The name.
    Name(&'a str),
}

/// Everything that the grouping looks at beside the poles.
struct Grouping<'a> {
    feeds: &'a [Feed],
    scale: &'a ScaleField,
    within: Metres,
}

impl<'a> Grouping<'a> {
    /// Poles at which nothing calls are of the kind of the stop that they belong to, where they belong to one.
    fn settle_kinds(&self, poles: &mut [Pole]) {
        let bonds = self.bonds(poles);
        for index in (0..poles.len()).filter(|&index| !poles[index].is_called_at).collect::<Vec<_>>() {
            let pole = &poles[index];
            let siblings = self.bonds_of(pole).flat_map(|bond| bonds[&bond].iter().map(move |&other| (bond, other)));
            let kind = siblings
                .filter(|&(bond, other)| poles[other].is_called_at && self.are_one(bond, pole, &poles[other]))
                .find_map(|(_, other)| poles[other].kind);
            poles[index].kind = kind;
        }
    }

    /// For each pole the first of its stop.
    fn stops(&self, poles: &[Pole]) -> Vec<usize> {
        let mut union = Union::of(poles.len());
        for (bond, indices) in self.bonds(poles) {
            for (position, &index) in indices.iter().enumerate() {
                for &earlier in &indices[..position] {
                    let (one, other) = (&poles[earlier], &poles[index]);
                    if one.kind == other.kind && self.are_one(bond, one, other) {
                        union.join(earlier, index);
                    }
                }
            }
        }
        union.groups()
    }

    /// The poles of each bond.
    fn bonds(&self, poles: &[Pole]) -> BTreeMap<Bond<'a>, Vec<usize>> {
        let mut bonds: BTreeMap<Bond<'a>, Vec<usize>> = BTreeMap::new();
        for (index, pole) in poles.iter().enumerate() {
            self.bonds_of(pole).for_each(|bond| bonds.entry(bond).or_default().push(index));
        }
        bonds
    }

    fn bonds_of(&self, pole: &Pole) -> impl Iterator<Item = Bond<'a>> + use<'a> {
        let stop = &self.feeds[pole.feed as usize].stops[pole.stop as usize];
        let parent = stop.parent.as_deref().map(|parent| Bond::Parent(pole.feed, parent));
        parent.into_iter().chain(stop.name.as_deref().map(Bond::Name))
    }

    /// Whether two poles with something in common are one stop. Within a feed its parents are believed.
    fn are_one(&self, bond: Bond<'_>, one: &Pole, other: &Pole) -> bool {
        let parentless = |pole: &Pole| self.feeds[pole.feed as usize].stops[pole.stop as usize].parent.is_none();
        let close = |a: Point, b: Point| self.scale.ground_distance(a, b) <= self.within;
        match bond {
            Bond::Parent(..) => true,
            Bond::Name(_) => {
                let by_place = one.feed != other.feed || (parentless(one) && parentless(other));
                by_place && one.at.zip(other.at).is_some_and(|(a, b)| close(a, b))
            }
        }
    }
}
