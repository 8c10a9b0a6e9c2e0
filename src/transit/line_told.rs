//! Where does a number of a line count, and what was said of the line there before? For the record of a run, the summary and
//! notices.

use serde::{Deserialize, Serialize};

use super::known_lines::{KnownLine, KnownLines, NoOneLine};
use super::known_rows::Rows;
use super::service::Origin;
use super::table::{Number, PeakTable};
use crate::layers::{LineNumber, NamedLine, PeakRow, StopRow};
use crate::regions::Certainty;
use crate::units::Interval;

/// A number of a line with the stops at which it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineTold {
    /// What is said.
    pub said: LineNumber,
    /// Of a what-if, what is said of the line's peak service at these stops today, all together; `None` where the what-if says nothing
    /// of it.
    pub peak_today: Option<Interval<f64>>,
    /// The same of the day.
    pub daily_today: Option<Interval<f64>>,
    /// The names of the stops at which it counts, each once, in the order of the layers.
    pub stops: Vec<String>,
    /// Those at which the line may call, so that it counts perhaps.
    pub perhaps: Vec<String>,
}

/// A row of the table of peak trips about a line as a whole.
pub type TableLine<'a> = (&'a PeakRow, Result<LineTold, NoOneLine>);

impl<'a> Rows<'a> {
    /// The lines of a what-if.
    #[must_use]
    pub fn told_of_supposed(&self) -> Vec<LineTold> {
        if self.lines.is_empty() {
            return Vec::new();
        }
        let (known, table) = (KnownLines::of(self.all()), PeakTable::of(self));
        let told = |said: &LineNumber| {
            let line = known.find(&said.line).ok();
            let mut told = LineTold::of(said.clone());
            for (row, origin) in self.with_origin() {
                let Some(line) = &line else { break };
                let counts = |number: Number| {
                    number.of_line(said).is_some() && (origin == Origin::Layer || number.of_row(row).is_none())
                };
                let calls = line.calls_at(row);
                if calls == Certainty::No || !(counts(Number::Peak) || counts(Number::Daily)) {
                    continue;
                }
                told.add(row, calls);
                for theirs in row.lines.iter().filter(|theirs| line.is(row, theirs) == Certainty::Sure) {
                    let widen = |today: &mut Option<Interval<f64>>, number: Number| {
                        if origin == Origin::Layer && counts(number) {
                            let here = table.today(row, theirs, number);
                            *today =
                                Some(today.map_or(here, |all| Interval::new(all.lo.min(here.lo), all.hi.max(here.hi))));
                        }
                    };
                    widen(&mut told.peak_today, Number::Peak);
                    widen(&mut told.daily_today, Number::Daily);
                }
            }
            told
        };
        self.lines.iter().map(told).collect()
    }

    /// The rows of the table of peak trips that speak of a line wherever it calls, with the stops of which nothing else is said.
    #[must_use]
    pub fn told_of_table(&self) -> Vec<TableLine<'a>> {
        let of_lines: Vec<(&PeakRow, &String)> = {
            let whole = |row: &'a PeakRow| Some((row, row.line.as_ref().filter(|_| row.name.is_none())?));
            self.peaks.iter().filter_map(whole).collect()
        };
        if of_lines.is_empty() {
            return Vec::new();
        }
        let (known, table) = (KnownLines::of(self.all()), PeakTable::of(self));
        let told = |(row, name): (&'a PeakRow, &String)| {
            let said =
                LineNumber { line: NamedLine::of(name), peak_trips: row.peak_trips, daily_trips: row.daily_trips };
            let told = known.find(&said.line).map(|line| {
                let mut told = LineTold::of(said.clone());
                for row in self.all().filter(|row| fills(&table, &line, &said, row)) {
                    told.add(row, Certainty::Sure);
                }
                told
            });
            (row, told)
        };
        of_lines.into_iter().map(told).collect()
    }
}

/// Whether a number of a line is what is known of it at a row.
fn fills(table: &PeakTable<'_>, line: &KnownLine, said: &LineNumber, row: &StopRow) -> bool {
    let of = |number: Number| number.of_line(said).is_some() && table.is_of_line_alone(row, line, number);
    of(Number::Peak) || of(Number::Daily)
}

impl LineTold {
    fn of(said: LineNumber) -> Self {
        Self { said, peak_today: None, daily_today: None, stops: Vec::new(), perhaps: Vec::new() }
    }

    fn add(&mut self, row: &StopRow, calls: Certainty) {
        let names = if calls == Certainty::Sure { &mut self.stops } else { &mut self.perhaps };
        if let Some(name) = row.name.as_ref().filter(|name| !names.contains(name)) {
            names.push(name.clone());
        }
    }
}
