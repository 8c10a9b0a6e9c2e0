//! What layers and the table of peak trips say of a stop's service, in the peak and in the day.
//!
//! Where each row of a stop names a line, what they add up to is not known, since the lines' peaks need not fall into the
//! same hour, nor the most of their day go the same way: the service is at least the busiest line's and at most the sum.

use std::collections::BTreeMap;

use super::daily::Daily;
use crate::layers::{PeakRow, StopRow};
use crate::units::Interval;

/// The table of peak trips by name.
pub(super) struct PeakTable<'a> {
    by_name: BTreeMap<&'a str, Vec<&'a PeakRow>>,
}

impl<'a> PeakTable<'a> {
    pub(super) fn of(rows: &'a [PeakRow]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&PeakRow>> = BTreeMap::new();
        for row in rows {
            by_name.entry(&row.name).or_default().push(row);
        }
        Self { by_name }
    }

    /// Whether it may say something of a row that lacks its name or its line, and does not say it now.
    pub(super) fn may_tell_of(&self, row: &StopRow) -> bool {
        let of_lines = |rows: &[&PeakRow]| rows.iter().any(|row| row.line.is_some());
        match row.name.as_deref() {
            Some(name) => row.blank.line && self.by_name.get(name).is_some_and(|rows| of_lines(rows)),
            None => row.blank.name && !self.by_name.is_empty(),
        }
    }

    /// What the table says of a stop of this name as a whole.
    fn whole(&self, name: &str, number: Number) -> Option<f64> {
        let rows = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        rows.iter().filter(|row| row.line.is_none()).filter_map(|row| number.of_table(row)).reduce(f64::max)
    }

    /// The service of a stop that a timetable counts: where that leaves it open, what the table says settles it, if it may be so.
    pub(super) fn settled<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
        (peak, daily): (Interval<f64>, Daily),
    ) -> (Interval<f64>, Daily) {
        let (mut in_peak, mut in_day) = (None, None);
        for name in names {
            in_peak = in_peak.or_else(|| self.whole(name, Number::Peak));
            in_day = in_day.or_else(|| self.whole(name, Number::Daily));
        }
        let in_peak = in_peak.filter(|trips| peak.lo <= *trips && *trips <= peak.hi);
        (in_peak.map_or(peak, Interval::exactly), daily.settled(in_day))
    }

    /// The service of a group of rows, in the peak and in the day. What a layer says of its own row stands before the table.
    pub(super) fn service(&self, rows: &[&StopRow]) -> (Interval<f64>, Daily) {
        let Sum { together: peak, .. } = self.sum(rows, Number::Peak);
        let Sum { together, apart } = self.sum(rows, Number::Daily);
        // What leaves in the peak hour leaves in the day.
        (peak, Daily::of_one_direction(together, apart).at_least(peak.lo))
    }

    fn sum(&self, rows: &[&StopRow], number: Number) -> Sum {
        let name = rows.first().and_then(|row| row.name.as_deref());
        let table = name.and_then(|name| self.by_name.get(name)).map_or(&[][..], Vec::as_slice);
        let trips_of = |line: Option<&str>| {
            let of_line = table.iter().filter(|row| row.line.as_deref() == line);
            of_line.filter_map(|row| number.of_table(row)).reduce(f64::max)
        };
        let whole = trips_of(None);
        // Rows whose lines are lost may be of as many lines.
        let mut by_line: BTreeMap<(Vec<&str>, Option<usize>), f64> = BTreeMap::new();
        let mut apart: BTreeMap<&str, f64> = BTreeMap::new();
        let mut unknown = false;
        for (index, row) in rows.iter().enumerate() {
            let lost = (row.blank.line && number.of_row(row).is_some()).then_some(index);
            let lines: Vec<&str> = row.lines.iter().map(|line| line.name.as_str()).collect();
            let own = number.of_row(row);
            let said: Vec<(Vec<&str>, Option<f64>)> = match own.or(whole) {
                Some(trips) if own.is_none() => vec![(Vec::new(), Some(trips))],
                Some(trips) => vec![(lines, Some(trips))],
                None if lines.is_empty() => vec![(lines, None)],
                None => {
                    let each: Vec<_> = lines.iter().map(|&line| (line, trips_of(Some(line)))).collect();
                    apart.extend(each.iter().filter_map(|&(line, trips)| Some((line, trips?))));
                    each.into_iter().map(|(line, trips)| (vec![line], trips)).collect()
                }
            };
            for (lines, trips) in said {
                unknown |= trips.is_none();
                let known = by_line.entry((lines, lost)).or_insert(0.0);
                *known = known.max(trips.unwrap_or(0.0));
            }
        }
        let busiest = by_line.values().copied().fold(0.0, f64::max);
        let together = if unknown { f64::INFINITY } else { by_line.values().sum() };
        Sum { together: Interval::new(busiest, together), apart: apart.values().sum() }
    }
}

/// Which of the two numbers of a row.
#[derive(Debug, Clone, Copy)]
enum Number {
    /// Departures in the peak hour.
    Peak,
    /// Departures in the day.
    Daily,
}

impl Number {
    fn of_row(self, row: &StopRow) -> Option<f64> {
        match self {
            Self::Peak => row.peak_trips,
            Self::Daily => row.daily_trips,
        }
    }

    fn of_table(self, row: &PeakRow) -> Option<f64> {
        match self {
            Self::Peak => row.peak_trips,
            Self::Daily => row.daily_trips,
        }
    }
}

/// What the numbers of a group of rows come to.
struct Sum {
    /// In one direction.
    together: Interval<f64>,
    /// What the table says of single lines, which are different departures for certain. Numbers of rows may be those of the
    /// whole stop.
    apart: f64,
}
