//! Which poles 標柱 are one stop 停留所: those of one parent station, else those of one name that stand close.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Mode, mode};
use super::law::Stations;
use super::places::shared;
use super::union::Union;
use crate::crs::{Crs, Plane, ScaleField, ToPlane};
use crate::geometry::Point;
use crate::inputs::gtfs::Feed;
use crate::layers::{StopKind, StopRow};
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
    /// Whether it may be a railway's, though for certain it is no more than a tram stop.
    pub may_be_rail: bool,
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
    /// For each pole the first that is the same pole in the street: operators share them, and each has it in its own feed.
    pub place: Vec<u32>,
    /// Pole by feed, stop and mode.
    by_stop: Vec<Vec<[u32; MODES.len()]>>,
}

/// Every mode, and nothing at all.
const MODES: [Option<Mode>; 5] = [
    Some(Mode::Known(StopKind::Rail)),
    Some(Mode::Known(StopKind::Tram)),
    Some(Mode::Known(StopKind::Bus)),
    Some(Mode::Monorail),
    None,
];
const NONE: u32 = u32::MAX;

fn column(mode: Option<Mode>) -> usize {
    match mode {
        Some(Mode::Known(StopKind::Rail)) => 0,
        Some(Mode::Known(StopKind::Tram)) => 1,
        Some(Mode::Known(StopKind::Bus)) => 2,
        Some(Mode::Monorail) => 3,
        None => 4,
    }
}

impl Poles {
    /// Finds and groups the poles of feeds. `stations` say of some whether they are a railway's or a tramway's. Poles of one name within `within` of one another are one stop,
    /// unless their feed gives each another parent.
    #[must_use]
    pub fn of(feeds: &[Feed], plane: Plane, within: Metres, stations: &[StopRow]) -> Self {
        let mut found = Self::default();
        let scale = &ScaleField::new(plane);
        let stations = Stations::of(stations, scale);
        for (number, feed) in feeds.iter().enumerate() {
            found.add(number as u32, feed, plane, &stations);
        }
        let grouping = Grouping { feeds, scale, within };
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
        found.place = shared(feeds, &found.poles, &found.groups, scale);
        found
    }

    /// The pole of a stop at which a route of this mode calls.
    #[must_use]
    pub fn pole(&self, feed: usize, stop: u32, mode: Mode) -> u32 {
        self.by_stop[feed][stop as usize][column(Some(mode))]
    }

    /// Whether something calls at a pole of which nobody knows where it is.
    pub(super) fn any_lost(&self) -> bool {
        self.poles.iter().any(|pole| pole.is_called_at && pole.at.is_none())
    }

    fn add(&mut self, number: u32, feed: &Feed, plane: Plane, stations: &Stations<'_>) {
        let mut by_stop = vec![[NONE; MODES.len()]; feed.stops.len()];
        let mut operators: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for trip in &feed.trips {
            let route = &feed.routes[trip.route as usize];
            let Some(mode) = mode(route.kind) else { continue };
            for call in &feed.calls[trip.calls.start as usize..trip.calls.end as usize] {
                by_stop[call.stop as usize][column(Some(mode))] = 0;
                if mode == Mode::Monorail {
                    operators.entry(call.stop as usize).or_default().extend(route.operator.as_deref());
                }
            }
        }
        let places = places(feed, plane);
        for (stop, poles) in by_stop.iter_mut().enumerate() {
            if poles.iter().all(|&pole| pole == NONE) {
                poles[column(None)] = 0;
            }
            let (first, name, at) = (self.poles.len(), feed.stops[stop].name.as_deref(), places[stop]);
            let operators = operators.remove(&stop).unwrap_or_default();
            for mode in MODES {
                if poles[column(mode)] == NONE {
                    continue;
                }
                let law = mode.map(|mode| stations.law(mode, name, at, &operators));
                let (kind, may_be_rail) = (law.map(|law| law.kind), law.is_some_and(|law| law.is_open));
                let same = |pole: &Pole| pole.kind == kind && pole.may_be_rail == may_be_rail;
                let made = self.poles[first..].iter().position(same);
                let pole = made.map_or(self.poles.len(), |made| first + made);
                poles[column(mode)] = pole as u32;
                if pole == self.poles.len() {
                    let (stop, is_called_at) = (stop as u32, mode.is_some());
                    self.poles.push(Pole { feed: number, stop, kind, may_be_rail, is_called_at, at });
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
            let sibling = siblings
                .filter(|&(bond, other)| poles[other].is_called_at && self.are_one(bond, pole, &poles[other]))
                .find(|&(_, other)| poles[other].kind.is_some());
            if let Some((_, other)) = sibling {
                (poles[index].kind, poles[index].may_be_rail) = (poles[other].kind, poles[other].may_be_rail);
            }
        }
    }

    /// For each pole the first of its stop.
    fn stops(&self, poles: &[Pole]) -> Vec<usize> {
        let mut union = Union::of(poles.len());
        for (bond, indices) in self.bonds(poles) {
            for (position, &index) in indices.iter().enumerate() {
                for &earlier in &indices[..position] {
                    let (one, other) = (&poles[earlier], &poles[index]);
                    let are_alike = one.kind == other.kind && one.may_be_rail == other.may_be_rail;
                    if are_alike && self.are_one(bond, one, other) {
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

    /// Whether two poles with something in common are one stop. Of two parents of a feed each is a stop of its own, whatever their
    /// names; a pole without parent is where its name is.
    fn are_one(&self, bond: Bond<'_>, one: &Pole, other: &Pole) -> bool {
        let parentless = |pole: &Pole| self.feeds[pole.feed as usize].stops[pole.stop as usize].parent.is_none();
        let close = |a: Point, b: Point| self.scale.ground_distance(a, b) <= self.within;
        match bond {
            Bond::Parent(..) => true,
            Bond::Name(_) => {
                let by_place = one.feed != other.feed || parentless(one) || parentless(other);
                by_place && one.at.zip(other.at).is_some_and(|(a, b)| close(a, b))
            }
        }
    }
}
