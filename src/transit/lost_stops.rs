//! What do stops lack whose place, or whose name, nobody knows?
//!
//! A stop without a place may be part of any other of its name, and one whose name is lost of any at all: so the departures of
//! all that may be one stop are added up in the upper end of each. What is sure of a stop stays sure.

use std::collections::{BTreeMap, BTreeSet};

use super::daily::{Daily, beside};
use super::service::{Origin, Services, Stop};
use super::serving::{Serving, plain};
use crate::crs::ScaleField;
use crate::geometry::Footprint;
use crate::layers::{Blank, Line, StopKind, StopRow};
use crate::units::{Interval, Metres};

/// The upper ends of a stop's service: in the peak, in the day in one direction, and in both.
type Most = [f64; 3];

fn most(stop: &Stop) -> Most {
    [stop.peak.hi, stop.daily.one_direction.hi, stop.daily.both_directions.hi]
}

fn sum(all: impl IntoIterator<Item = Most>) -> Most {
    all.into_iter().fold([0.0; 3], |sum, one| [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]])
}

/// A group of rows and poles that are one stop.
struct Group {
    name: Option<String>,
    most: Most,
    is_lost: bool,
    is_nameless: bool,
    members: Vec<usize>,
}

fn name(stop: &Stop) -> Option<String> {
    stop.name.as_deref().map(|name| plain(name, StopKind::Rail))
}

fn groups(stops: &[Stop], open: &BTreeSet<usize>, is_nameless: impl Fn(&Stop) -> bool) -> Vec<Group> {
    let mut by_number: BTreeMap<usize, Group> = BTreeMap::new();
    for (index, stop) in stops.iter().enumerate() {
        let group = by_number.entry(stop.group).or_insert_with(|| Group {
            name: None,
            most: most(stop),
            is_lost: false,
            is_nameless: false,
            members: Vec::new(),
        });
        group.name = group.name.take().or_else(|| name(stop));
        // A class that is lost keeps a station from being one with others of its name.
        let has_lost_class = stop.may_be.is_some() && stop.origin == Origin::Layer;
        group.is_lost |= stop.is_anywhere || has_lost_class || open.contains(&stop.group);
        group.is_nameless = group.name.is_none() && is_nameless(stop);
        group.members.push(index);
    }
    by_number.into_values().collect()
}

/// Leaves open what layers say of a stop for which a timetable may speak: how much departs, and of a bus stop where it is, since
/// the poles of the timetable would say that.
pub(super) fn leave_open(stops: &mut [Stop], lost_calls: f64) {
    let open = |range: Interval<f64>| Interval::new(0.0, range.hi + lost_calls);
    for stop in stops {
        stop.peak = open(stop.peak);
        stop.daily.one_direction = open(stop.daily.one_direction);
        stop.daily.both_directions = open(stop.daily.both_directions);
        if stop.kind == StopKind::Bus {
            (stop.parts, stop.is_anywhere) = (Footprint::default(), true);
        }
    }
}

/// Widens the service of stops that may be one with others, the `open` groups among them; and says which groups these are.
pub(super) fn widen(stops: &mut [Stop], open: &BTreeSet<usize>, within: Metres, scale: &ScaleField) -> BTreeSet<usize> {
    // Where no stop of a layer has a name, none has lost it.
    let named: BTreeSet<_> =
        stops.iter().filter(|stop| stop.name.is_some()).map(|stop| (stop.kind, stop.origin)).collect();
    let is_nameless = |stop: &Stop| stop.name.is_none() && named.contains(&(stop.kind, stop.origin));
    if open.is_empty() && !stops.iter().any(|stop| stop.is_anywhere || stop.may_be.is_some() || is_nameless(stop)) {
        return BTreeSet::new();
    }
    let groups = groups(stops, open, is_nameless);
    let mut widened: BTreeMap<usize, Most> = BTreeMap::new();
    let nameless = sum(groups.iter().filter(|group| group.is_lost && group.name.is_none()).map(|group| group.most));
    let any_nameless = groups.iter().any(|group| group.is_lost && group.name.is_none());
    let lost: BTreeSet<&str> =
        groups.iter().filter(|group| group.is_lost).filter_map(|group| group.name.as_deref()).collect();
    let mut of_name: BTreeMap<&str, Most> = BTreeMap::new();
    for group in &groups {
        if let Some(name) = &group.name {
            let all = of_name.entry(name).or_default();
            *all = sum([*all, group.most]);
        }
    }
    let everything = sum(groups.iter().map(|group| group.most));
    for (index, group) in groups.iter().enumerate() {
        let together = match group.name.as_deref() {
            Some(name) if any_nameless || lost.contains(name) => sum([of_name[name], nameless]),
            None if group.is_lost => everything,
            _ => continue,
        };
        widened.insert(index, together);
    }
    // One without a name that has a place may be one with what stands close to it.
    for (index, group) in groups.iter().enumerate().filter(|(_, group)| group.is_nameless && !group.is_lost) {
        let close = |other: &Group| {
            let pairs = group.members.iter().flat_map(|&one| other.members.iter().map(move |&two| (one, two)));
            pairs.into_iter().any(|(one, two)| super::rows::close(&stops[one].parts, &stops[two].parts, within, scale))
        };
        let near: Vec<usize> = (0..groups.len()).filter(|&other| other != index && close(&groups[other])).collect();
        if near.is_empty() {
            continue;
        }
        let together = sum(near.iter().map(|&other| groups[other].most).chain([group.most]));
        for other in near.into_iter().chain([index]) {
            let known = widened.entry(other).or_insert(groups[other].most);
            *known = [0, 1, 2].map(|end| known[end].max(together[end]));
        }
    }
    let mut numbers = BTreeSet::new();
    for (index, [peak, one_direction, both_directions]) in widened {
        for &member in &groups[index].members {
            let stop = &mut stops[member];
            numbers.insert(stop.group);
            let raised = |range: Interval<f64>, hi: f64| Interval::new(range.lo, range.hi.max(hi));
            stop.peak = raised(stop.peak, peak);
            stop.daily.one_direction = raised(stop.daily.one_direction, one_direction);
            stop.daily.both_directions = raised(stop.daily.both_directions, both_directions);
        }
    }
    numbers
}

impl Services<'_> {
    /// Adds rows whose class is not known as what they may be instead.
    pub(super) fn add_in_other_readings(
        &mut self,
        rows: &[&StopRow],
        (peak, daily): (Interval<f64>, Daily),
        origin: Origin,
    ) {
        for row in rows {
            let Some(kind) = row.may_be else { continue };
            self.stops.push(Stop {
                kind,
                may_be: Some(row.kind),
                ..Stop::of_row(row, origin, self.groups, (Interval::new(0.0, peak.hi), daily.at_most()))
            });
            self.groups += 1;
        }
    }

    /// Adds a tram stop of a timetable once more as the station that it may be: what reaches as far is possible then, and
    /// nothing is sure.
    pub(super) fn add_as_station(
        &mut self,
        name: Option<String>,
        lines: Vec<Line>,
        serving: &Serving<'_>,
        group: usize,
        (most, daily): (f64, Daily),
    ) {
        self.stops.push(Stop {
            name,
            lines,
            parts: serving.points(group).into_iter().collect(),
            timetable: Some(group),
            may_be: Some(StopKind::Tram),
            is_anywhere: serving.has_lost_pole(group),
            ..Stop::of(StopKind::Rail, Origin::Timetable, self.groups, (Interval::new(0.0, most), daily.at_most()))
        });
        self.groups += 1;
    }

    /// Says of the group that comes next that it may be one with others of its name, where nobody knows who runs a station of it.
    pub(super) fn leave_group_open(&mut self, rows: &[&StopRow]) {
        if rows.iter().any(|row| row.blank.operator && row.kind != StopKind::Bus) {
            self.open.insert(self.groups);
        }
    }

    /// Notes of the group that comes next whether these rows of it lack a word by which more would be known of its service: a name
    /// or a line where the table of peak trips may have it, an operator where others have a timetable (`is_served`). A number of
    /// departures that is blank is not known, as of all stops whose layer has no numbers: a zone may be drawn without them.
    pub(super) fn note_losses(&mut self, rows: &[&StopRow], is_served: bool) {
        let lacks = |row: &&StopRow| (row.blank.operator && is_served) || self.table.may_tell_of(row);
        if rows.iter().any(lacks) {
            self.lossy.insert(self.groups);
        }
    }

    /// The service of a stop beside whose timetable others may run, of whom these rows tell.
    pub(super) fn perhaps_beside(
        &self,
        rows: &[&StopRow],
        (peak, daily): (Interval<f64>, Daily),
    ) -> (Interval<f64>, Daily) {
        if rows.is_empty() {
            return (peak, daily);
        }
        let (theirs, of_day) = self.table.service(rows, Origin::Layer);
        (beside(peak, Interval::new(0.0, theirs.hi)), daily.beside(of_day.at_most()))
    }

    /// Adds rows at the stop of a timetable as what they may be instead: stops of operators without one, of lines that nobody knows.
    pub(super) fn add_as_of_others(&mut self, rows: &[&StopRow], (peak, daily): (Interval<f64>, Daily)) {
        for row in rows {
            self.stops.push(Stop {
                lines: Vec::new(),
                is_doubtful: true,
                blank: Blank::default(),
                ..Stop::of_row(row, Origin::Layer, self.groups, (Interval::new(0.0, peak.hi), daily.at_most()))
            });
            self.lossy.insert(self.groups);
            self.groups += 1;
        }
    }

    /// Adds a stop of which nobody knows more than that so many departures at most are its own.
    pub(super) fn add_anywhere(&mut self, kind: StopKind, most: f64) {
        let most = Interval::new(0.0, most);
        let daily = Daily { one_direction: most, both_directions: most };
        self.stops.push(Stop { is_anywhere: true, ..Stop::of(kind, Origin::Timetable, self.groups, (most, daily)) });
        self.groups += 1;
    }

    /// Whether a station of that name may be one of those whose place is lost.
    pub(super) fn may_be_lost(&self, name: Option<&str>) -> bool {
        let plain = |name: &str| plain(name, StopKind::Rail);
        let may_be = |lost: &Option<String>| match (lost, name) {
            (Some(lost), Some(name)) => plain(lost) == plain(name),
            _ => true,
        };
        self.lost_stations.iter().any(may_be)
    }
}
