//! What timetables say of each of their stops, and which rows of layers are the same stop.

use std::collections::{BTreeMap, BTreeSet};

use super::daily::Daily;
use super::groups::Pole;
use super::rows::{STATION_GROUP, close};
use super::service::Counted;
use crate::crs::ScaleField;
use crate::geometry::{Footprint, Point};
use crate::inputs::gtfs::Feed;
use crate::layers::{Line, StopKind, StopRow};
use crate::units::{Interval, Metres};

/// The groups of a timetable as stations and stops.
pub(super) struct Serving<'a> {
    counted: Counted<'a>,
    stop_group: Metres,
    scale: &'a ScaleField,
    /// Groups at which something calls, by kind and name.
    by_name: BTreeMap<(StopKind, String), Vec<usize>>,
    lines: Vec<BTreeSet<Line>>,
}

impl<'a> Serving<'a> {
    pub(super) fn of(counted: Counted<'a>, stop_group: Metres, scale: &'a ScaleField) -> Self {
        let timetable = counted.timetable;
        let mut lines = vec![BTreeSet::new(); timetable.poles.groups.len()];
        for ((pole, routes), &group) in timetable.poles.poles.iter().zip(timetable.routes()).zip(&timetable.poles.group)
        {
            let feed = &timetable.feeds[pole.feed as usize];
            lines[group as usize].extend(routes.into_iter().flat_map(|route| lines_of(feed, route)));
        }
        let mut serving = Self { counted, stop_group, scale, by_name: BTreeMap::new(), lines };
        for group in serving.groups() {
            if let Some(name) = serving.name(group) {
                let kind = serving.kind(group);
                serving.by_name.entry((kind, plain(&name, kind))).or_default().push(group);
            }
        }
        serving
    }

    /// The groups at which something calls.
    pub(super) fn groups(&self) -> Vec<usize> {
        let is_called_at = |&group: &usize| self.poles(group).any(|pole| pole.is_called_at);
        (0..self.counted.timetable.poles.groups.len()).filter(is_called_at).collect()
    }

    /// The group that is the same station or stop as these rows: of the same kind and name, and close; the first of several.
    pub(super) fn group_of(&self, rows: &[&StopRow]) -> Option<usize> {
        rows.iter().find_map(|row| {
            let named = self.by_name.get(&(row.kind, plain(row.name.as_deref()?, row.kind)))?;
            let within = if row.kind == StopKind::Rail { STATION_GROUP } else { self.stop_group };
            let is_close = |&&group: &&usize| {
                let poles: Footprint = self.points(group).into_iter().collect();
                close(&row.parts, &poles, within, self.scale)
            };
            named.iter().find(is_close).copied()
        })
    }

    /// The rows whose lines are run by operators of which no timetable calls here.
    ///
    /// A layer and a timetable seldom write an operator alike. So each operator of the timetable that the layer does not name
    /// may be one that it names otherwise; only where the layer has more of them is one without a timetable.
    pub(super) fn of_other_operators<'r>(&self, group: usize, rows: &[&'r StopRow]) -> Vec<&'r StopRow> {
        let ours: BTreeSet<&str> = self.lines[group].iter().filter_map(|line| line.operator.as_deref()).collect();
        let theirs: BTreeSet<&str> = rows.iter().flat_map(|row| row.operators()).collect();
        let strangers: BTreeSet<&str> = theirs.difference(&ours).copied().collect();
        if strangers.len() <= ours.difference(&theirs).count() {
            return Vec::new();
        }
        rows.iter().copied().filter(|row| row.operators().any(|operator| strangers.contains(operator))).collect()
    }

    /// The service in the peak and in the day.
    pub(super) fn service(&self, group: usize) -> (Interval<f64>, Daily) {
        let peak = &self.counted.peaks[group];
        (peak.range, peak.daily)
    }

    pub(super) fn name(&self, group: usize) -> Option<String> {
        self.counted.timetable.name(group).map(str::to_owned)
    }

    /// What the group is. Groups at which something calls are of one kind.
    pub(super) fn kind(&self, group: usize) -> StopKind {
        self.poles(group).find_map(|pole| pole.kind).unwrap_or(StopKind::Bus)
    }

    /// Whether it may be a railway's, though it is a tram stop as far as is known.
    pub(super) fn may_be_rail(&self, group: usize) -> bool {
        self.poles(group).any(|pole| pole.may_be_rail)
    }

    /// The lines of the routes that call here, on whatever day: one for each name of a route.
    pub(super) fn lines(&self, group: usize) -> &BTreeSet<Line> {
        &self.lines[group]
    }

    /// Where its poles stand at which something calls, plane metres.
    pub(super) fn points(&self, group: usize) -> Vec<Point> {
        self.poles(group).filter(|pole| pole.is_called_at).filter_map(|pole| pole.at).collect()
    }

    /// How many calls are lost.
    pub(super) fn lost_calls(&self) -> f64 {
        self.counted.timetable.lost_calls()
    }

    /// Whether more may leave it than what is sure to, because something of its timetable is lost.
    pub(super) fn is_in_doubt(&self, group: usize) -> bool {
        self.counted.timetable.may_leave.get(group).is_some_and(|more| !more.is_nothing())
    }

    /// Whether a timetable may speak for rows that no stop of one is known to be: their stop may be one at which no vehicle of their
    /// mode is known to call because calls are lost, or one of which nobody knows where it is.
    pub(super) fn may_speak_for(&self, rows: &[&StopRow], has_names: bool) -> bool {
        let timetable = self.counted.timetable;
        if timetable.has_unknown_stops() {
            return true;
        }
        let calls_lost = timetable.lost_calls() > 0.0;
        // What is known to call there may be of another mode.
        // Of a row that has lost its name nobody can say that it is another stop.
        let name_lost = has_names && rows.iter().any(|row| row.name.is_none());
        // One that has lost its class may be the station of which the timetable tells.
        let may_be_rail = |row: &StopRow| row.kind == StopKind::Rail || row.may_be == Some(StopKind::Rail);
        let class_lost = rows.iter().any(|row| row.may_be.is_some());
        let is_lost = |pole: &&Pole| pole.at.is_none() || calls_lost || name_lost || class_lost;
        timetable.poles.poles.iter().filter(is_lost).any(|pole| {
            let name = timetable.feeds[pole.feed as usize].stops[pole.stop as usize].name.as_deref();
            rows.iter().any(|row| {
                let same = |(ours, theirs): (&str, &str)| plain(ours, row.kind) == plain(theirs, row.kind);
                let is_named = name.zip(row.name.as_deref()).is_none_or(same);
                let within = if may_be_rail(row) { STATION_GROUP } else { self.stop_group };
                is_named && pole.at.is_none_or(|at| close(&row.parts, &at.into(), within, self.scale))
            })
        })
    }

    /// Whether something calls at a pole of it of which nobody knows where it is.
    pub(super) fn has_lost_pole(&self, group: usize) -> bool {
        self.poles(group).any(|pole| pole.is_called_at && pole.at.is_none())
    }

    fn poles(&self, group: usize) -> impl Iterator<Item = &'a Pole> {
        let poles = &self.counted.timetable.poles;
        poles.groups[group].iter().map(|&pole| &poles.poles[pole as usize])
    }
}

/// A route as lines 路線: under each of its names.
fn lines_of(feed: &Feed, route: u32) -> Vec<Line> {
    let route = &feed.routes[route as usize];
    let line = |name: &String| Line { operator: route.operator.clone(), name: name.clone() };
    route.names.iter().map(line).collect()
}

/// A name as both layers and timetables write it: a station's with or without 駅 at its end.
pub(super) fn plain(name: &str, kind: StopKind) -> String {
    let is_station = kind != StopKind::Bus;
    name.strip_suffix('駅').filter(|rest| is_station && !rest.is_empty()).unwrap_or(name).to_owned()
}
