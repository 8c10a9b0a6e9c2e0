//! What layers and the table of peak trips say of a stop's service, in the peak and in the day.
//!
//! Where each row of a stop names a line, what they add up to is not known, since the lines' peaks need not fall into the
//! same hour, nor the most of their day go the same way: the service is at least the busiest line's and at most the sum.
//!
//! What is said first counts: by a what-if of a line, by the layer of its row, by the table of the stop as a whole, of a line at
//! the stop, of a line wherever it calls.

use std::collections::BTreeMap;

use super::daily::Daily;
use super::known_lines::{KnownLine, KnownLines};
use super::known_rows::Rows;
use super::service::Origin;
use super::supposed::{AtRow, SupposedLines, beside_perhaps};
use crate::layers::{Line, LineNumber, NamedLine, PeakRow, StopRow};
use crate::regions::Certainty;
use crate::units::Interval;

/// The table of peak trips by name and by line, and the lines of a what-if.
pub(super) struct PeakTable<'a> {
    by_name: BTreeMap<&'a str, Vec<&'a PeakRow>>,
    of_lines: Vec<(KnownLine, &'a PeakRow)>,
    pub(super) supposed: SupposedLines<'a>,
}

impl<'a> PeakTable<'a> {
    pub(super) fn of(rows: &Rows<'a>) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&PeakRow>> = BTreeMap::new();
        let mut of_lines = Vec::new();
        for row in rows.peaks {
            match (&row.name, &row.line) {
                (Some(name), _) => by_name.entry(name).or_default().push(row),
                (None, Some(line)) => of_lines.push((NamedLine::of(line), row)),
                (None, None) => {}
            }
        }
        if of_lines.is_empty() && rows.lines.is_empty() {
            return Self { by_name, of_lines: Vec::new(), supposed: SupposedLines::default() };
        }
        let known = KnownLines::of(rows.all());
        let of_lines = of_lines.into_iter().filter_map(|(line, row)| Some((known.find(&line).ok()?, row))).collect();
        Self { by_name, of_lines, supposed: SupposedLines::of(rows.lines, &known) }
    }

    /// Whether it may say something of a row that lacks its name or its line, and does not say it now.
    pub(super) fn may_tell_of(&self, row: &StopRow) -> bool {
        let of_lines = |rows: &[&PeakRow]| rows.iter().any(|row| row.line.is_some());
        match row.name.as_deref() {
            Some(name) => {
                let at_stop = self.by_name.get(name).is_some_and(|rows| of_lines(rows));
                row.blank.line && (at_stop || self.of_lines.iter().any(|(line, _)| line.calls_at(row) != Certainty::No))
            }
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

    /// What the table says of a line at a row, or else of the line wherever it calls.
    fn of_line(&self, row: &StopRow, line: &Line, number: Number) -> Option<f64> {
        let at_stop = row.name.as_deref().and_then(|name| self.by_name.get(name)).map_or(&[][..], Vec::as_slice);
        let at_stop = at_stop.iter().filter(|said| said.line.as_ref() == Some(&line.name));
        let at_stop = at_stop.filter_map(|said| number.of_table(said)).reduce(f64::max);
        let anywhere = || {
            let said = self.of_lines.iter().filter(|(known, _)| known.is(row, line) == Certainty::Sure);
            said.filter_map(|(_, said)| number.of_table(said)).reduce(f64::max)
        };
        at_stop.or_else(anywhere)
    }

    /// What is said of a line at a row today: where a number is that of several lines together, its part of it.
    pub(super) fn today(&self, row: &StopRow, line: &Line, number: Number) -> Interval<f64> {
        let whole = || row.name.as_deref().and_then(|name| self.whole(name, number));
        match (number.of_row(row), whole()) {
            (Some(trips), _) if row.lines.len() == 1 => Interval::exactly(trips),
            (Some(trips), _) | (None, Some(trips)) => Interval::new(0.0, trips),
            (None, None) => {
                self.of_line(row, line, number).map_or(Interval::new(0.0, f64::INFINITY), Interval::exactly)
            }
        }
    }

    /// Whether what the table says of a line wherever it calls is all that is said of it at a row.
    pub(super) fn is_of_line_alone(&self, row: &StopRow, line: &KnownLine, number: Number) -> bool {
        let named = row.name.as_deref().and_then(|name| self.by_name.get(name)).map_or(&[][..], Vec::as_slice);
        let said =
            |of: Option<&String>| named.iter().any(|one| one.line.as_ref() == of && number.of_table(one).is_some());
        let calls = row.lines.iter().any(|theirs| line.is(row, theirs) == Certainty::Sure && !said(Some(&theirs.name)));
        calls && number.of_row(row).is_none() && !said(None)
    }

    /// The service of a group of rows, in the peak and in the day. What a layer says of its own row stands before the table.
    pub(super) fn service(&self, rows: &[&StopRow], origin: Origin) -> (Interval<f64>, Daily) {
        let Sum { together: peak, .. } = self.sum(rows, Number::Peak, origin);
        let Sum { together, apart } = self.sum(rows, Number::Daily, origin);
        // What leaves in the peak hour leaves in the day.
        (peak, Daily::of_one_direction(together, apart).at_least(peak.lo))
    }

    fn sum(&self, rows: &[&StopRow], number: Number, origin: Origin) -> Sum {
        let supposed: Vec<AtRow<'_>> = rows.iter().map(|row| self.supposed.at(row, number, origin)).collect();
        let whole = rows.first().and_then(|row| self.whole(row.name.as_deref()?, number));
        let whole = whole.map(|trips| whole_beside(trips, &supposed));
        let mut said = SaidOfLines::default();
        for ((index, &row), theirs) in rows.iter().enumerate().zip(&supposed) {
            for (&(edit, line), &trips) in &theirs.sure {
                said.add(vec![&line.name], Whose::Supposed(edit), Some(Interval::exactly(trips)));
            }
            let lines = || row.lines.iter().filter(|line| !theirs.sure.keys().any(|(_, sure)| sure == line));
            let names: Vec<&str> = lines().map(|line| line.name.as_str()).collect();
            if names.is_empty() && !theirs.sure.is_empty() {
                // All of it is said by the what-if.
                continue;
            }
            let own = number.of_row(row);
            // Rows whose lines are lost may be of as many lines.
            let whose = Whose::Today((row.blank.line && own.is_some()).then_some(index));
            match (own, whole) {
                (Some(trips), _) => {
                    let least = if theirs.sure.is_empty() { trips } else { 0.0 };
                    let rest = theirs.perhaps_beside(Interval::new(least, trips));
                    said.add(names, whose, Some(rest));
                }
                (None, Some(trips)) => said.add(Vec::new(), whose, Some(trips)),
                (None, None) if names.is_empty() => said.add(names, whose, None),
                (None, None) => {
                    for line in lines() {
                        let today = self.of_line(row, line, number);
                        let either = today.map(|trips| self.supposed.either(trips, row, line, number));
                        said.add(vec![&line.name], whose, either);
                        let is_open = either.is_some_and(|trips| trips.lo < trips.hi);
                        said.apart.extend(today.filter(|_| !is_open).map(|trips| (line.name.as_str(), trips)));
                    }
                }
            }
        }
        said.sum()
    }
}

/// Which of the two numbers of a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    /// Departures in the peak hour.
    Peak,
    /// Departures in the day.
    Daily,
}

impl Number {
    pub(super) fn of_row(self, row: &StopRow) -> Option<f64> {
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

    pub(super) fn of_line(self, said: &LineNumber) -> Option<f64> {
        match self {
            Self::Peak => said.peak_trips,
            Self::Daily => said.daily_trips,
        }
    }
}

/// What the table says of a stop as a whole, beside the lines of a what-if that call there.
fn whole_beside(trips: f64, supposed: &[AtRow<'_>]) -> Interval<f64> {
    let any_sure = supposed.iter().any(|row| !row.sure.is_empty());
    let perhaps = supposed.iter().flat_map(|row| &row.perhaps).map(|(&edit, &trips)| (edit, trips)).collect();
    beside_perhaps(Interval::new(if any_sure { 0.0 } else { trips }, trips), &perhaps)
}

/// Whose number it is, of those of one line or of the same lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    /// Today's; of a row that has lost its lines it is the row's own.
    Today(Option<usize>),
    /// A line's of a what-if, by its index there.
    Supposed(usize),
}

/// What is said of the lines of a group, as it is gathered.
#[derive(Debug, Default)]
struct SaidOfLines<'a> {
    by_line: BTreeMap<(Vec<&'a str>, Whose), Interval<f64>>,
    apart: BTreeMap<&'a str, f64>,
    unknown: bool,
}

impl<'a> SaidOfLines<'a> {
    /// What is said of some lines; of several numbers the greater.
    fn add(&mut self, lines: Vec<&'a str>, whose: Whose, trips: Option<Interval<f64>>) {
        self.unknown |= trips.is_none();
        let trips = trips.unwrap_or(Interval::exactly(0.0));
        let known = self.by_line.entry((lines, whose)).or_insert(Interval::exactly(0.0));
        *known = Interval::new(known.lo.max(trips.lo), known.hi.max(trips.hi));
    }

    fn sum(&self) -> Sum {
        let busiest = self.by_line.values().map(|trips| trips.lo).fold(0.0, f64::max);
        let together = if self.unknown { f64::INFINITY } else { self.by_line.values().map(|trips| trips.hi).sum() };
        Sum { together: Interval::new(busiest, together), apart: self.apart.values().sum() }
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
