//! Which stops connect to a central zone: by trips of the timetables, else by lines that they share with a stop inside it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::on_foot::OnFoot;
use super::rides::Rides;
use super::timetable::Timetable;
use super::{Origin, Settings, Stop};
use crate::crs::ScaleField;
use crate::layers::Line;
use crate::regions::{Certainty, Region, RegionIndex};

/// What connects stops beside their lines.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// The trips.
    pub timetable: Option<&'a Timetable>,
    /// How many times one may change, and how far walk for it.
    pub settings: &'a Settings,
    /// The plane's scale.
    pub scale: &'a ScaleField,
}

/// Stations and stops, ready to be asked to which zones they connect.
///
/// Between two stops with timetables only trips count. Where one of the two has none, they connect if they share a
/// line: operator and name agree; where one of them names no operator it may be the same. One that stands in a zone connects to
/// it.
#[derive(Debug)]
pub struct Connections<'a> {
    stops: &'a [Stop],
    groups: Groups<'a>,
    links: &'a Links<'a>,
    /// `None` where nobody changes.
    on_foot: Option<OnFoot<'a>>,
}

impl<'a> Connections<'a> {
    /// Makes stops ready.
    #[must_use]
    pub fn of(stops: &'a [Stop], links: &'a Links<'a>) -> Self {
        let changes = links.settings.transfers > 0;
        let on_foot = changes.then(|| OnFoot::of(stops, links.settings.stop_group, links.scale));
        Self { stops, groups: groups(stops), links, on_foot }
    }

    /// The stops.
    #[must_use]
    pub fn stops(&self) -> &'a [Stop] {
        self.stops
    }

    /// For each stop, the zones to which it connects, by their indices: for certain, or as far as is known.
    #[must_use]
    pub fn to_each(&self, zones: &[&Region], how: Certainty) -> Vec<Vec<usize>> {
        let inside: Vec<BTreeSet<usize>> = zones.par_iter().map(|zone| inside(self.stops, zone)).collect();
        let direct = match self.links.timetable {
            Some(timetable) => {
                let timed: Vec<BTreeSet<usize>> = inside.iter().map(|groups| timed(&self.groups, groups)).collect();
                Rides::of(timetable).direct_to_each(&timed, how)
            }
            None => vec![BTreeSet::new(); zones.len()],
        };
        let lines = |ends: &BTreeSet<usize>| {
            if how == Certainty::Sure { by_line(&self.groups, ends) } else { by_open_line(&self.groups, ends) }
        };
        let reached: Vec<BTreeSet<usize>> =
            inside.par_iter().zip(&direct).map(|(inside, direct)| self.reached((inside, direct), lines)).collect();
        let zones_of = |stop: &Stop| (0..zones.len()).filter(|&zone| reached[zone].contains(&stop.group)).collect();
        self.stops.iter().map(zones_of).collect()
    }

    /// The groups that connect to one of `inside`. `direct` are the groups of the timetable that one ride connects to them,
    /// `lines` those that share a line with some groups, for certain or as far as is known.
    fn reached(
        &self,
        (inside, direct): (&BTreeSet<usize>, &BTreeSet<usize>),
        lines: impl Fn(&BTreeSet<usize>) -> BTreeSet<usize>,
    ) -> BTreeSet<usize> {
        let (groups, links) = (&self.groups, self.links);
        let one_line = lines(inside);
        let mut found: BTreeSet<usize> = one_line.union(inside).copied().collect();
        found.extend(of_timetable(groups, direct));
        let Some(on_foot) = &self.on_foot else { return found };
        // One changes at a stop or on foot to one close by, whether a timetable or a line takes one there.
        let near = on_foot.near(&found);
        let mut two_lines = lines(&found);
        for &change in near.difference(&found) {
            // Who is there already walks only.
            two_lines.extend(lines(&BTreeSet::from([change])).into_iter().filter(|&group| group != change));
        }
        if let Some(timetable) = links.timetable {
            // Nobody knows when a line runs, so that any time will do where one goes on by it; nor when one is at a stop of the
            // zone that has no timetable.
            let untimed = |group: &&usize| groups.get(group).is_some_and(|group| group.timetable.is_none());
            let ends: BTreeSet<usize> = one_line.iter().chain(inside.iter().filter(untimed)).copied().collect();
            let at_any_time = timed(groups, &on_foot.near(&ends));
            let (rides, walk) = (Rides::of(timetable), links.settings.stop_group);
            let met = rides.with_a_change(&timed(groups, inside), &at_any_time, walk, links.scale);
            found.extend(of_timetable(groups, &met));
        }
        found.extend(two_lines);
        found
    }
}

/// The groups that have a vertex in the zone, or an area that the zone reaches into.
fn inside(stops: &[Stop], zone: &Region) -> BTreeSet<usize> {
    if zone.is_nothing() {
        return BTreeSet::new();
    }
    let index = zone.index();
    stops.iter().filter(|stop| lies_in(stop, &index)).map(|stop| stop.group).collect()
}

/// Whether a vertex of the stop's geometry lies in the zone, or an area of it and the zone meet.
fn lies_in(stop: &Stop, zone: &RegionIndex) -> bool {
    stop.parts.iter().flatten().any(|&point| zone.contains(point))
        || stop.parts.areas().iter().any(|area| zone.meets(&area))
}

/// A station or stop with all that calls there.
#[derive(Debug, Default)]
struct Group<'a> {
    timetable: Option<usize>,
    /// Lines of its timetables.
    timed: BTreeSet<&'a Line>,
    /// Lines that layers name.
    named: BTreeSet<&'a Line>,
    /// Those of them of which is known who runs them, as far as their layer tells that.
    told: BTreeSet<&'a Line>,
    /// Those of them that an operator without a timetable may run beside the timetables.
    untold: BTreeSet<&'a Line>,
    /// Whether a row of it names no line, and no timetable speaks for it; or names none, where others of its layer do.
    unknown: bool,
    /// Whether a row of it that an operator without a timetable may run has lost its line.
    untold_is_lost: bool,
}

fn groups(stops: &[Stop]) -> BTreeMap<usize, Group<'_>> {
    let mut groups: BTreeMap<usize, Group<'_>> = BTreeMap::new();
    for stop in stops {
        let group = groups.entry(stop.group).or_default();
        group.timetable = group.timetable.or(stop.timetable);
        let lines = if stop.origin == Origin::Timetable { &mut group.timed } else { &mut group.named };
        lines.extend(&stop.lines);
        if stop.origin != Origin::Timetable && !stop.blank.operator {
            group.told.extend(&stop.lines);
        }
        if stop.is_beside_timetable {
            group.untold.extend(&stop.lines);
        }
        group.unknown |= stop.blank.line || (stop.lines.is_empty() && stop.timetable.is_none());
        group.untold_is_lost |= stop.blank.line && stop.is_beside_timetable;
    }
    groups
}

type Groups<'a> = BTreeMap<usize, Group<'a>>;

/// The groups that share a line with one of `inside`, where not both of the two have a timetable. Two lines of one name whose
/// operators are lost may be two.
fn by_line(groups: &Groups<'_>, inside: &BTreeSet<usize>) -> BTreeSet<usize> {
    let within = || inside.iter().filter_map(|group| groups.get(group));
    let lines =
        |group: &Group<'_>| group.told.iter().chain(&group.timed).map(|line| (*line).clone()).collect::<Vec<_>>();
    let all: BTreeSet<Line> = within().flat_map(lines).collect();
    let untimed: BTreeSet<Line> = within().filter(|group| group.timetable.is_none()).flat_map(lines).collect();
    let shares = |group: &Group<'_>| {
        let theirs = if group.timetable.is_some() { &untimed } else { &all };
        group.told.iter().chain(&group.timed).any(|line| theirs.contains(*line))
    };
    groups.iter().filter(|(_, group)| shares(group)).map(|(&number, _)| number).collect()
}

/// The groups that share a line with one of `ends` for certain, or may do so.
fn by_open_line(groups: &Groups<'_>, ends: &BTreeSet<usize>) -> BTreeSet<usize> {
    let open = OpenLines::of(groups, ends);
    let mut found = by_line(groups, ends);
    found.extend(groups.iter().filter(|(_, group)| open.may_call_at(group)).map(|(&number, _)| number));
    found
}

/// What is not known of the lines that call at some groups.
struct OpenLines<'a> {
    lines: BTreeSet<&'a Line>,
    /// Lines that layers name, whether or not a timetable speaks for the stop.
    named: BTreeSet<&'a Line>,
    /// Those of them of which no timetable tells, though one speaks for the stop.
    untold: BTreeSet<&'a Line>,
    names: BTreeSet<&'a str>,
    unknown: bool,
    untold_is_lost: bool,
    /// How many groups they are, and for how many of them no timetable speaks.
    groups: usize,
    untimed: usize,
}

impl<'a> OpenLines<'a> {
    fn of(groups: &Groups<'a>, inside: &BTreeSet<usize>) -> Self {
        let within: Vec<&Group<'a>> = inside.iter().filter_map(|group| groups.get(group)).collect();
        let named: BTreeSet<&Line> = within.iter().flat_map(|group| &group.named).copied().collect();
        let lines: BTreeSet<&Line> = within.iter().flat_map(|group| &group.timed).chain(&named).copied().collect();
        Self {
            names: lines.iter().map(|line| line.name.as_str()).collect(),
            lines,
            named,
            untold: within.iter().flat_map(|group| &group.untold).copied().collect(),
            unknown: within.iter().any(|group| group.unknown),
            untold_is_lost: within.iter().any(|group| group.untold_is_lost),
            untimed: within.iter().filter(|group| group.timetable.is_none()).count(),
            groups: within.len(),
        }
    }

    /// Whether a trip or line of a group may call there too.
    ///
    /// A timetable tells of every trip of its operators; a line that layers name at both ends may be one of another operator.
    fn may_call_at(&self, group: &Group<'_>) -> bool {
        if group.timetable.is_some() {
            // A line whose operator is lost may be one that is told at the other end.
            if group.named.difference(&group.told).any(|line| self.named.contains(line)) {
                return true;
            }
            return group.untold.iter().any(|line| self.named.contains(line))
                || group.named.iter().any(|line| self.untold.contains(line))
                || self.may_be_lost_line_of(group);
        }
        self.groups > 0 && (self.unknown || group.unknown || group.named.iter().any(|line| self.may_be(line)))
    }

    /// Whether a line that is lost of either may be one of the other, of which a timetable tells. It would have to be one of which
    /// no timetable tells, or at a stop for which none speaks.
    fn may_be_lost_line_of(&self, group: &Group<'_>) -> bool {
        let theirs = group.unknown && (self.untimed > 0 || !self.untold.is_empty());
        let ours = self.unknown && !group.untold.is_empty();
        theirs
            || ours
            || (group.untold_is_lost && !self.named.is_empty())
            || (self.untold_is_lost && !group.named.is_empty())
    }

    /// Whether `line` may call there: the names agree, and the operators agree or one is not known.
    fn may_be(&self, line: &Line) -> bool {
        let without_operator = Line { operator: None, name: line.name.clone() };
        self.lines.contains(line)
            || (line.operator.is_none() && self.names.contains(line.name.as_str()))
            || self.lines.contains(&without_operator)
    }
}

/// The groups of the timetable that speak for these.
fn timed(groups: &Groups<'_>, of: &BTreeSet<usize>) -> BTreeSet<usize> {
    of.iter().filter_map(|group| groups.get(group)?.timetable).collect()
}

/// The groups for which these of the timetable speak.
fn of_timetable(groups: &Groups<'_>, timed: &BTreeSet<usize>) -> BTreeSet<usize> {
    let speaks = |group: &Group<'_>| group.timetable.is_some_and(|one| timed.contains(&one));
    groups.iter().filter(|(_, group)| speaks(group)).map(|(&number, _)| number).collect()
}
