//! Service of stations and stops, in the peak ピーク時運行本数(片道) and in the day 1日の運行本数: from timetables, columns,
//! constants and the table of peak trips.
//!
//! Rows and poles of one station or stop speak together. A timetable speaks for the stop of its name close by; what a layer
//! says of that stop counts only for operators of which there is no timetable.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::daily::{Daily, beside};
use super::known_rows::Rows;
use super::lost_stops;
use super::peak::Peak;
use super::rows::{STATION_GROUP, Same, grouped};
use super::serving::Serving;
use super::table::PeakTable;
use super::timetable::Timetable;
use crate::crs::ScaleField;
use crate::geometry::Footprint;
use crate::layers::{Blank, Line, StopKind, StopRow};
use crate::units::{Interval, Metres};

/// Where a stop is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Origin {
    /// A row of the layer `stations` or `stops`.
    Layer,
    /// A timetable.
    Timetable,
    /// The planner's what-if, `[scenario]`.
    Scenario,
}

impl Origin {
    /// The word of outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Layer => "layer",
            Self::Timetable => "timetable",
            Self::Scenario => "scenario",
        }
    }
}

/// A row of a layer or a pole of a timetable, with the service of the station or stop that it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Stop {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: StopKind,
    /// The lines that call there; empty where that is not known.
    pub lines: Vec<Line>,
    /// Its points, lines and areas, plane metres; none where another row of the group says where the stop is.
    pub parts: Footprint,
    /// Which group: rows of one station or stop share the number.
    pub group: usize,
    /// Departures in the peak hour in one direction; an infinite `hi` where that is not known.
    pub peak: Interval<f64>,
    /// Departures in the whole day.
    pub daily: Daily,
    /// Where it is known from.
    pub origin: Origin,
    /// The group of [`Timetable::poles`] that speaks for it.
    pub timetable: Option<usize>,
    /// Whether it is a row with an operator that has no timetable, at a stop of which others have one.
    pub is_beside_timetable: bool,
    /// Whether a word is lost of it or of what may be one with it, so that its service would be another if it were known, up to
    /// the upper end.
    pub lacks_a_word: bool,
    /// Whether it may not be a stop of its own at all, so that nothing is sure by it.
    pub is_doubtful: bool,
    /// What its row lacks that others of its layer have.
    pub blank: Blank,
    /// What it may be instead, where nobody says under which law it runs: then it stands here twice, in each reading once.
    pub may_be: Option<StopKind>,
    /// Whether nobody knows where it stands, so that it may stand anywhere. It has no parts then.
    pub is_anywhere: bool,
}

impl Stop {
    /// One of a kind and group with this service, of which nothing else is known.
    pub(super) fn of(kind: StopKind, origin: Origin, group: usize, (peak, daily): (Interval<f64>, Daily)) -> Self {
        Self {
            name: None,
            kind,
            lines: Vec::new(),
            parts: Footprint::default(),
            group,
            peak,
            daily,
            origin,
            timetable: None,
            is_beside_timetable: false,
            lacks_a_word: false,
            is_doubtful: false,
            blank: Blank::default(),
            may_be: None,
            is_anywhere: false,
        }
    }

    /// A row of a layer as one of a group with this service.
    pub(super) fn of_row(row: &StopRow, origin: Origin, group: usize, service: (Interval<f64>, Daily)) -> Self {
        Self {
            name: row.name.clone(),
            lines: row.lines.clone(),
            parts: row.parts.clone(),
            blank: row.blank,
            may_be: row.may_be,
            is_anywhere: row.parts.is_empty(),
            ..Self::of(row.kind, origin, group, service)
        }
    }
}

/// The rows of each station or stop, in the order of the groups.
#[must_use]
pub fn by_group<'s>(stops: impl IntoIterator<Item = &'s Stop>) -> BTreeMap<usize, Vec<&'s Stop>> {
    let mut groups: BTreeMap<usize, Vec<&Stop>> = BTreeMap::new();
    for stop in stops {
        groups.entry(stop.group).or_default().push(stop);
    }
    groups
}

/// A timetable with the service of each of its groups, under one counting rule.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// The timetable.
    pub timetable: &'a Timetable,
    /// By group.
    pub peaks: &'a [Peak],
}

/// Gives every row and pole its group and the group's service. Poles within `stop_group` of a row of the same name are one
/// stop with it.
#[must_use]
pub fn services(rows: &Rows<'_>, counted: Option<Counted<'_>>, stop_group: Metres, scale: &ScaleField) -> Vec<Stop> {
    let lost = rows.stations.iter().filter(|row| row.parts.is_empty()).map(|row| row.name.clone());
    let mut found = Services {
        table: PeakTable::of(rows),
        stops: Vec::new(),
        groups: 0,
        lost_stations: lost.collect(),
        open: BTreeSet::new(),
        lossy: BTreeSet::new(),
    };
    let serving = counted.map(|counted| Serving::of(counted, stop_group, scale));
    let mut claimed: BTreeMap<usize, Vec<&StopRow>> = BTreeMap::new();
    for (rows, same) in [(rows.stations, Same::Station), (rows.stops, Same::Stop(stop_group))] {
        let has_names = rows.iter().any(|row| row.name.is_some());
        for members in grouped(rows, same, scale) {
            let members: Vec<&StopRow> = members.into_iter().map(|index| &rows[index]).collect();
            if let Some(group) = serving.as_ref().and_then(|serving| serving.group_of(&members)) {
                claimed.entry(group).or_default().extend(members);
                continue;
            }
            let first = found.stops.len();
            found.add(&members, Origin::Layer);
            if let Some(serving) = serving.as_ref().filter(|serving| serving.may_speak_for(&members, has_names)) {
                lost_stops::leave_open(&mut found.stops[first..], serving.lost_calls());
                let lacks = members.iter().any(|row| row.blank.any_word());
                found.lossy.extend(found.stops[first..].iter().map(|stop| stop.group).filter(|_| lacks));
            }
        }
    }
    if let Some(serving) = &serving {
        for group in serving.groups() {
            found.add_served(serving, group, claimed.get(&group).map(Vec::as_slice).unwrap_or_default());
        }
    }
    let (buses, stations): (Vec<StopRow>, Vec<StopRow>) =
        rows.supposed.iter().cloned().partition(|row| row.kind == StopKind::Bus);
    for (rows, same) in [(&stations, Same::Station), (&buses, Same::Stop(stop_group))] {
        for members in grouped(rows, same, scale) {
            let members: Vec<&StopRow> = members.into_iter().map(|index| &rows[index]).collect();
            found.add(&members, Origin::Scenario);
        }
    }
    rows.added.iter().for_each(|row| found.add(&[row], Origin::Scenario));
    let lost_calls = counted.map_or(0.0, |counted| counted.timetable.lost_calls());
    let widened = lost_stops::widen(&mut found.stops, &found.open, Metres(STATION_GROUP.0.max(stop_group.0)), scale);
    found.lossy.extend(widened);
    for stop in &mut found.stops {
        stop.lacks_a_word = found.lossy.contains(&stop.group);
    }
    if lost_calls > 0.0 {
        for kind in StopKind::ALL {
            found.add_anywhere(kind, lost_calls);
        }
    }
    found.stops
}

/// The stops so far.
pub(super) struct Services<'a> {
    pub(super) table: PeakTable<'a>,
    pub(super) stops: Vec<Stop>,
    pub(super) groups: usize,
    /// The names of stations whose place is lost.
    pub(super) lost_stations: Vec<Option<String>>,
    /// Groups that may be one with others of their name, since nobody knows who runs them.
    pub(super) open: BTreeSet<usize>,
    /// Groups of which something is lost.
    pub(super) lossy: BTreeSet<usize>,
}

impl Services<'_> {
    /// Adds a group of which no timetable speaks.
    fn add(&mut self, members: &[&StopRow], origin: Origin) {
        let (peak, daily) = self.table.service(members, origin);
        self.leave_group_open(members);
        self.note_losses(members, false);
        let of_row = |row: &&StopRow| Stop::of_row(row, origin, self.groups, (peak, daily));
        self.stops.extend(members.iter().map(of_row));
        self.groups += 1;
        self.add_in_other_readings(members, (peak, daily), origin);
    }

    /// Adds a group of a timetable with the rows of layers that are the same station or stop.
    ///
    /// A station is where the layer has it, which knows its platforms; a stop where its timetable has it.
    fn add_served(&mut self, serving: &Serving<'_>, group: usize, rows: &[&StopRow]) {
        let unserved = serving.of_other_operators(group, rows);
        let (trips, name) = (serving.service(group), serving.name(group));
        // Where nobody knows who runs one, each of them may be another operator's.
        let any_lost = rows.iter().any(|row| row.blank.operator);
        let is_unserved = |row: &StopRow| unserved.iter().any(|other| std::ptr::eq(*other, row));
        let perhaps: Vec<&StopRow> = rows.iter().copied().filter(|row| any_lost && !is_unserved(row)).collect();
        let mut leaves_beside = 0.0;
        let (peak, daily) = if (serving.is_in_doubt(group) || any_lost) && unserved.is_empty() {
            // Whether the table contradicts the timetable nobody can say.
            trips
        } else if unserved.is_empty() {
            let names = rows.iter().filter_map(|row| row.name.as_deref()).chain(name.as_deref());
            self.table.settled(names, trips)
        } else {
            let others = self.table.service(&unserved, Origin::Layer);
            leaves_beside = others.0.lo;
            (beside(trips.0, others.0), trips.1.beside(others.1))
        };
        let served: Vec<&StopRow> = rows.iter().copied().filter(|row| !is_unserved(row)).collect();
        let (peak, daily) = self.table.supposed.beside_timetable(&served, (peak, daily), leaves_beside);
        // What leaves in the peak hour leaves in the day.
        let (peak, daily) = self.perhaps_beside(&perhaps, (peak, daily.at_least(peak.lo)));
        self.leave_group_open(rows);
        self.note_losses(rows, true);
        let is_station = serving.kind(group) != StopKind::Bus;
        for row in rows {
            let is_unserved = is_unserved(row);
            let parts = if is_station || is_unserved { row.parts.clone() } else { Footprint::default() };
            self.stops.push(Stop {
                parts,
                timetable: Some(group),
                is_beside_timetable: is_unserved,
                ..Stop::of_row(row, Origin::Layer, self.groups, (peak, daily))
            });
        }
        let lines: Vec<Line> = serving.lines(group).iter().cloned().collect();
        // Where rows of stations are lost, one of them may be this station, and it stands where that row has it.
        let is_elsewhere = is_station && rows.is_empty() && self.may_be_lost(name.as_deref());
        let points = if (is_station && !rows.is_empty()) || is_elsewhere { Vec::new() } else { serving.points(group) };
        let is_anywhere = is_elsewhere || serving.has_lost_pole(group);
        let mut parts: Vec<Footprint> = points.into_iter().map(Footprint::from).collect();
        if parts.is_empty() || is_anywhere {
            parts.push(Footprint::default());
        }
        for parts in parts {
            let is_anywhere = is_anywhere && parts.is_empty();
            self.stops.push(Stop {
                name: name.clone(),
                lines: lines.clone(),
                parts,
                timetable: Some(group),
                may_be: serving.may_be_rail(group).then_some(StopKind::Rail),
                is_anywhere,
                ..Stop::of(serving.kind(group), Origin::Timetable, self.groups, (peak, daily))
            });
        }
        self.groups += 1;
        self.add_in_other_readings(rows, (peak, daily), Origin::Layer);
        self.add_as_of_others(&perhaps, (peak, daily));
        if serving.may_be_rail(group) {
            self.add_as_station(name, lines, serving, group, (peak.hi, daily));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;
    use crate::layers::PeakRow;

    fn row(name: &str, line: &str, at: [f64; 2], peak: Option<f64>) -> StopRow {
        let lines = if line.is_empty() { vec![] } else { vec![Line { operator: None, name: line.to_owned() }] };
        let (kind, parts) = (StopKind::Bus, at.into());
        StopRow {
            name: Some(name.to_owned()),
            kind,
            lines,
            group: None,
            operator: None,
            blank: crate::layers::Blank::default(),
            may_be: None,
            parts,
            peak_trips: peak,
            daily_trips: None,
        }
    }

    fn of(stops: &[StopRow], peaks: &[PeakRow]) -> Vec<Stop> {
        let rows = Rows { stops, peaks, ..Rows::default() };
        services(&rows, None, Metres(200.0), &ScaleField::new(Plane::new(8).unwrap()))
    }

    fn peak(name: &str, line: Option<&str>, trips: f64) -> PeakRow {
        PeakRow {
            name: Some(name.to_owned()),
            line: line.map(str::to_owned),
            peak_trips: Some(trips),
            daily_trips: None,
        }
    }

    #[test]
    fn a_stop_without_a_timetable_may_have_any_service() {
        let stops = of(&[row("港", "", [0.0, 0.0], None)], &[]);
        assert_eq!(stops[0].peak, Interval::new(0.0, f64::INFINITY));
    }

    #[test]
    fn two_lines_have_at_least_the_busier_ones_service_and_at_most_both() {
        let stops = [row("港", "東線", [0.0, 0.0], Some(2.0)), row("港", "西線", [50.0, 0.0], Some(2.0))];
        assert_eq!(of(&stops, &[])[1].peak, Interval::new(2.0, 4.0));
    }

    #[test]
    fn one_name_far_apart_is_two_stops() {
        let stops = of(&[row("港", "", [0.0, 0.0], Some(4.0)), row("港", "", [900.0, 0.0], Some(1.0))], &[]);
        assert_eq!(stops[1].peak, Interval::exactly(1.0));
        assert_ne!(stops[0].group, stops[1].group);
    }

    #[test]
    fn poles_in_a_chain_are_one_stop_whatever_their_order() {
        let at = |x: f64, trips: f64| row("港", "", [x, 0.0], Some(trips));
        let stops = of(&[at(0.0, 1.0), at(300.0, 2.0), at(150.0, 5.0)], &[]);
        assert!(stops.iter().all(|stop| stop.group == 0 && stop.peak == Interval::exactly(5.0)));
    }

    #[test]
    fn the_table_speaks_for_the_stop_as_a_whole_or_by_line() {
        let stops = [row("港", "東線", [0.0, 0.0], None), row("港", "西線", [0.0, 0.0], None)];
        let whole = of(&stops, &[peak("港", None, 5.0)]);
        assert_eq!(whole[0].peak, Interval::exactly(5.0));
        let one_line = of(&stops, &[peak("港", Some("東線"), 2.0)]);
        assert_eq!(one_line[0].peak, Interval::new(2.0, f64::INFINITY));
    }

    #[test]
    fn what_the_layer_says_stands_before_the_table() {
        let stops = of(&[row("港", "", [0.0, 0.0], Some(1.0))], &[peak("港", None, 5.0)]);
        assert_eq!(stops[0].peak, Interval::exactly(1.0));
    }
}
