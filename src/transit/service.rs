//! Peak service ピーク時運行本数(片道) of a stop, from columns, constants and the table of peak trips.
//!
//! Rows of one stop group 停留所 speak together. Where each row names a line, what they add up to is not known, since
//! the lines' peaks need not fall into the same hour: the service is at least the busiest line's and at most the sum.

use std::collections::BTreeMap;

use crate::crs::ScaleField;
use crate::geometry::Point;
use crate::layers::{Line, PeakRow, StopKind, StopRow};
use crate::units::{Interval, Metres};

/// Poles of one name so close to one another are one stop.
const STOP_GROUP: Metres = Metres(200.0);
/// Platforms of one name so close to one another are one station, whoever runs them.
const STATION_GROUP: Metres = Metres(300.0);

/// A row of a station or stop layer with the service of the group that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: StopKind,
    /// The lines that call there; empty where that is not known.
    pub lines: Vec<Line>,
    /// Its points and bent lines, plane metres.
    pub parts: Vec<Vec<Point>>,
    /// Which group: rows of one station or stop share the number.
    pub group: usize,
    /// Departures in the peak hour in one direction; an infinite `hi` where that is not known.
    pub peak: Interval<f64>,
}

/// Gives every row its group and the group's service. `stations` and `stops` are grouped apart.
#[must_use]
pub fn services(stations: &[StopRow], stops: &[StopRow], peaks: &[PeakRow], scale: &ScaleField) -> Vec<Stop> {
    let table = PeakTable::of(peaks);
    let mut all = Vec::with_capacity(stations.len() + stops.len());
    for (rows, same) in [(stations, same_station as Same), (stops, same_stop as Same)] {
        let first_group = all.len();
        let groups = grouped(rows, same, scale);
        let mut members: BTreeMap<usize, Vec<&StopRow>> = BTreeMap::new();
        for (row, &group) in rows.iter().zip(&groups) {
            members.entry(group).or_default().push(row);
        }
        let peaks: BTreeMap<usize, Interval<f64>> =
            members.iter().map(|(&group, rows)| (group, table.service(rows))).collect();
        all.extend(rows.iter().zip(groups).map(|(row, group)| Stop {
            name: row.name.clone(),
            kind: row.kind,
            lines: row.lines.clone(),
            parts: row.parts.clone(),
            group: first_group + group,
            peak: peaks[&group],
        }));
    }
    all
}

type Same = fn(&StopRow, &StopRow, &ScaleField) -> bool;

/// One station: it shares the publisher's group code, or the operator, or lies close.
fn same_station(a: &StopRow, b: &StopRow, scale: &ScaleField) -> bool {
    fn operator(row: &StopRow) -> Option<&str> {
        row.lines.first().and_then(|line| line.operator.as_deref())
    }
    (a.group.is_some() && a.group == b.group)
        || (operator(a).is_some() && operator(a) == operator(b))
        || close(a, b, STATION_GROUP, scale)
}

fn same_stop(a: &StopRow, b: &StopRow, scale: &ScaleField) -> bool {
    close(a, b, STOP_GROUP, scale)
}

fn close(a: &StopRow, b: &StopRow, within: Metres, scale: &ScaleField) -> bool {
    a.parts
        .iter()
        .flatten()
        .any(|&one| b.parts.iter().flatten().any(|&other| scale.ground_distance(one, other) <= within))
}

/// The group of each row: the place of its first member. Rows without a name stand alone.
fn grouped(rows: &[StopRow], same: Same, scale: &ScaleField) -> Vec<usize> {
    let mut group: Vec<usize> = (0..rows.len()).collect();
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        if let Some(name) = &row.name {
            by_name.entry(name).or_default().push(place);
        }
    }
    for places in by_name.into_values() {
        for (position, &place) in places.iter().enumerate() {
            for &earlier in &places[..position] {
                if group[earlier] != group[place] && same(&rows[earlier], &rows[place], scale) {
                    let (keep, drop) = (group[earlier].min(group[place]), group[earlier].max(group[place]));
                    for &member in &places {
                        if group[member] == drop {
                            group[member] = keep;
                        }
                    }
                }
            }
        }
    }
    group
}

/// The table of peak trips by name.
struct PeakTable<'a> {
    by_name: BTreeMap<&'a str, Vec<&'a PeakRow>>,
}

impl<'a> PeakTable<'a> {
    fn of(rows: &'a [PeakRow]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&PeakRow>> = BTreeMap::new();
        for row in rows {
            by_name.entry(&row.name).or_default().push(row);
        }
        Self { by_name }
    }

    /// The service of a group of rows. What a layer says of its own row stands before the table.
    fn service(&self, rows: &[&StopRow]) -> Interval<f64> {
        let name = rows.first().and_then(|row| row.name.as_deref());
        let table = name.and_then(|name| self.by_name.get(name)).map_or(&[][..], Vec::as_slice);
        let trips_of = |line: Option<&str>| {
            table.iter().filter(|row| row.line.as_deref() == line).map(|row| row.peak_trips).reduce(f64::max)
        };
        let whole = trips_of(None);
        let mut by_line: BTreeMap<Vec<&str>, f64> = BTreeMap::new();
        let mut unknown = false;
        for row in rows {
            let lines: Vec<&str> = row.lines.iter().map(|line| line.name.as_str()).collect();
            let said: Vec<(Vec<&str>, Option<f64>)> = match row.peak_trips.or(whole) {
                Some(trips) if row.peak_trips.is_none() => vec![(Vec::new(), Some(trips))],
                Some(trips) => vec![(lines, Some(trips))],
                None if lines.is_empty() => vec![(lines, None)],
                None => lines.iter().map(|&line| (vec![line], trips_of(Some(line)))).collect(),
            };
            for (lines, trips) in said {
                unknown |= trips.is_none();
                let known = by_line.entry(lines).or_insert(0.0);
                *known = known.max(trips.unwrap_or(0.0));
            }
        }
        let busiest = by_line.values().copied().fold(0.0, f64::max);
        let together = if unknown { f64::INFINITY } else { by_line.values().sum() };
        Interval::new(busiest, together)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;

    fn row(name: &str, line: &str, at: Point, peak: Option<f64>) -> StopRow {
        let lines = if line.is_empty() { vec![] } else { vec![Line { operator: None, name: line.to_owned() }] };
        let (kind, parts) = (StopKind::Bus, vec![vec![at]]);
        StopRow { name: Some(name.to_owned()), kind, lines, group: None, parts, peak_trips: peak }
    }

    fn of(stops: &[StopRow], peaks: &[PeakRow]) -> Vec<Stop> {
        services(&[], stops, peaks, &ScaleField::new(Plane::new(8).unwrap()))
    }

    fn peak(name: &str, line: Option<&str>, trips: f64) -> PeakRow {
        PeakRow { name: name.to_owned(), line: line.map(str::to_owned), peak_trips: trips }
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
