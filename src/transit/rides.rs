//! Where one can ride from a stop, and back, by the trips of the service day.

use std::collections::BTreeSet;

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::departures::Running;
use super::timetable::Timetable;
use crate::crs::ScaleField;
use crate::geometry::Point;
use crate::inputs::gtfs::{Boarding, Call};
use crate::regions::Certainty;
use crate::units::Metres;

/// The trips of a day as a way between groups of [`Timetable::poles`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Rides<'a> {
    timetable: &'a Timetable,
}

/// By when a group must be reached to ride on to the zone, and from when one is there who comes from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Meeting {
    /// The latest departure towards the zone; `None` where none goes there.
    towards: Option<u32>,
    /// The earliest arrival from the zone.
    from: Option<u32>,
}

const NEVER: Meeting = Meeting { towards: None, from: None };
const ALWAYS: Meeting = Meeting { towards: Some(u32::MAX), from: Some(0) };

impl<'a> Rides<'a> {
    pub(super) fn of(timetable: &'a Timetable) -> Self {
        Self { timetable }
    }

    /// For each of some sets of groups: the groups from which one rides to it, or to which one rides from there, without
    /// changing; and those of the set itself at which a trip of the day calls. Each trip is followed once.
    pub(super) fn direct_to_each(self, sets: &[BTreeSet<usize>], how: Certainty) -> Vec<BTreeSet<usize>> {
        let mut sets_of_group: Vec<Vec<usize>> = vec![Vec::new(); self.timetable.poles.groups.len()];
        for (set, groups) in sets.iter().enumerate() {
            for &group in groups {
                sets_of_group[group].push(set);
            }
        }
        let mut found = vec![BTreeSet::new(); sets.len()];
        for running in self.timetable.running() {
            let mut last = None;
            let perhaps = (how == Certainty::Possible).then(|| running.perhaps()).into_iter().flatten();
            for (trip, shift) in running.runs().chain(perhaps) {
                // When it runs makes no difference.
                if last.replace(trip) == Some(trip) {
                    continue;
                }
                let groups = self.groups(&running, trip);
                let met: BTreeSet<usize> = groups.iter().flat_map(|&group| &sets_of_group[group]).copied().collect();
                for set in met {
                    let there = |group: usize| if sets[set].contains(&group) { ALWAYS } else { NEVER };
                    found[set].extend(groups.iter().filter(|group| sets[set].contains(group)));
                    let time = |time| shift.of(time).0;
                    let met = |group: usize, _| {
                        found[set].insert(group);
                    };
                    ride(&groups, running.calls(trip), there, met, time);
                }
            }
        }
        found
    }

    /// The same with one change at most, at the same stop or between stops within `walk` of one another: the second trip
    /// leaves no earlier than the first arrives. `by_line` are groups that connect in another way, at any time.
    pub(super) fn with_a_change(
        self,
        inside: &BTreeSet<usize>,
        by_line: &BTreeSet<usize>,
        walk: Metres,
        scale: &ScaleField,
    ) -> BTreeSet<usize> {
        let direct = self.direct_meetings(inside);
        let mut change = direct.clone();
        for &group in by_line {
            change[group] = ALWAYS;
        }
        let mut all = found(&direct);
        // To walk to a stop of the zone is no ride: who is there by walking alone is not found.
        all.extend(found(&self.meetings(&self.walked(&change, walk, scale), &BTreeSet::new())));
        all
    }

    /// Meetings of one ride to or from these groups, at any time.
    fn direct_meetings(self, inside: &BTreeSet<usize>) -> Vec<Meeting> {
        let groups = 0..self.timetable.poles.groups.len();
        let at: Vec<Meeting> = groups.map(|group| if inside.contains(&group) { ALWAYS } else { NEVER }).collect();
        self.meetings(&at, inside)
    }

    /// One ride further from groups with their meetings. Who is `there` need not ride: that a trip calls is enough.
    fn meetings(self, at: &[Meeting], there: &BTreeSet<usize>) -> Vec<Meeting> {
        let mut met = vec![NEVER; at.len()];
        for running in self.timetable.running() {
            let mut last: Option<(u32, Vec<usize>)> = None;
            for (trip, shift) in running.runs() {
                if last.as_ref().is_none_or(|(of, _)| *of != trip) {
                    let groups = self.groups(&running, trip);
                    groups.iter().filter(|group| there.contains(group)).for_each(|&group| met[group] = ALWAYS);
                    last = Some((trip, groups));
                }
                let Some((_, groups)) = &last else { continue };
                let calls = running.calls(trip);
                let time = |time| shift.of(time).0;
                ride(groups, calls, |group| at[group], |group, more| met[group] = met[group].or(more), time);
            }
        }
        met
    }

    fn groups(self, running: &Running<'_>, trip: u32) -> Vec<usize> {
        let poles = &self.timetable.poles;
        running.poles(trip, poles).into_iter().map(|pole| poles.group[pole as usize] as usize).collect()
    }

    /// Meetings as they are for somebody who walks from a stop to one close by.
    fn walked(self, met: &[Meeting], walk: Metres, scale: &ScaleField) -> Vec<Meeting> {
        let poles = &self.timetable.poles;
        let placed = poles.poles.iter().zip(&poles.group).filter_map(|(pole, &group)| Some((pole.at?, group as usize)));
        let is_met = |group: usize| met[group] != NEVER;
        let tree: RTree<GeomWithData<Point, usize>> = RTree::bulk_load(
            placed
                .clone()
                .filter(|&(_, group)| is_met(group))
                .map(|(at, group)| GeomWithData::new(at, group))
                .collect(),
        );
        let mut change = met.to_vec();
        for (at, group) in placed {
            // The plane stretches by less than one part in a hundred.
            for near in tree.locate_within_distance(at, (walk.0 * 1.01).powi(2)) {
                if scale.ground_distance(at, *near.geom()) <= walk {
                    change[group] = change[group].or(met[near.data]);
                }
            }
        }
        change
    }
}

impl Meeting {
    /// What both allow.
    fn or(self, other: Self) -> Self {
        Self { towards: self.towards.max(other.towards), from: [self.from, other.from].into_iter().flatten().min() }
    }
}

/// Follows one run: who gets on before a stop of a meeting, and who gets off after one.
fn ride(
    groups: &[usize],
    calls: &[Call],
    at: impl Fn(usize) -> Meeting,
    mut met: impl FnMut(usize, Meeting),
    time: impl Fn(crate::units::ServiceTime) -> u32,
) {
    let mut arrives = false;
    for (call, &group) in calls.iter().zip(groups).rev() {
        if arrives && call.pickup != Boarding::Forbidden {
            met(group, Meeting { towards: Some(time(call.departure)), from: None });
        }
        let in_time = at(group).towards.is_some_and(|latest| time(call.arrival) <= latest);
        arrives |= in_time && call.drop_off != Boarding::Forbidden;
    }
    let mut left = false;
    for (call, &group) in calls.iter().zip(groups) {
        if left && call.drop_off != Boarding::Forbidden {
            met(group, Meeting { towards: None, from: Some(time(call.arrival)) });
        }
        let in_time = at(group).from.is_some_and(|earliest| time(call.departure) >= earliest);
        left |= in_time && call.pickup != Boarding::Forbidden;
    }
}

fn found(met: &[Meeting]) -> BTreeSet<usize> {
    (0..met.len()).filter(|&group| met[group] != NEVER).collect()
}
