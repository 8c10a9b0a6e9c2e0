//! What layers and the table of peak trips say of a stop's service.
//!
//! Where each row of a stop names a line, what they add up to is not known, since the lines' peaks need not fall into the
//! same hour: the service is at least the busiest line's and at most the sum.

use std::collections::BTreeMap;

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

    /// What the table says of a stop of these names as a whole.
    pub(super) fn whole(&self, name: &str) -> Option<f64> {
        let rows = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        rows.iter().filter(|row| row.line.is_none()).map(|row| row.peak_trips).reduce(f64::max)
    }

    /// The service of a stop that a timetable counts: where that leaves it open, what the table says settles it, if it may be so.
    pub(super) fn settled<'n>(
        &self,
        mut names: impl Iterator<Item = &'n str>,
        counted: Interval<f64>,
    ) -> Interval<f64> {
        let said = names.find_map(|name| self.whole(name)).filter(|trips| counted.lo <= *trips && *trips <= counted.hi);
        said.map_or(counted, Interval::exactly)
    }

    /// The service of a group of rows. What a layer says of its own row stands before the table.
    pub(super) fn service(&self, rows: &[&StopRow]) -> Interval<f64> {
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
