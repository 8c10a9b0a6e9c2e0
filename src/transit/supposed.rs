//! What does a what-if say of the lines that call at a stop, and what is that for a stop of which a timetable speaks?
//!
//! A line of a what-if runs so often wherever a layer has it, whatever is said of it today. Where a number of today is that of
//! several lines together, or of the stop as a whole, nobody knows the line's part of it: the other lines have at most all of it,
//! and perhaps nothing. Where nobody knows whether the line calls, both may be.

use std::collections::BTreeMap;

use super::daily::Daily;
use super::known_lines::{KnownLine, KnownLines};
use super::service::Origin;
use super::table::Number;
use crate::layers::{Line, LineNumber, StopRow};
use crate::regions::Certainty;
use crate::units::Interval;

/// Numbers of lines that call for certain, and of those that may.
type Said<'r> = (BTreeMap<(usize, &'r Line), f64>, BTreeMap<usize, f64>);

/// The lines of a what-if.
#[derive(Debug, Default)]
pub(super) struct SupposedLines<'a>(Vec<(KnownLine, &'a LineNumber)>);

/// What a what-if says of the lines of one row.
#[derive(Debug, Default)]
pub(super) struct AtRow<'r> {
    /// By index in the what-if and line, those that call there for certain.
    pub(super) sure: BTreeMap<(usize, &'r Line), f64>,
    /// Those that may call there, each by its index in the what-if.
    pub(super) perhaps: BTreeMap<usize, f64>,
}

impl AtRow<'_> {
    /// A number of today if any of those that may call there are part of it, or come to it.
    pub(super) fn perhaps_beside(&self, today: Interval<f64>) -> Interval<f64> {
        beside_perhaps(today, &self.perhaps)
    }
}

/// A number of today if any of these are part of it, or come to it.
pub(super) fn beside_perhaps(today: Interval<f64>, perhaps: &BTreeMap<usize, f64>) -> Interval<f64> {
    let least = perhaps.values().copied().fold(today.lo, f64::min);
    Interval::new(least, today.hi + perhaps.values().sum::<f64>())
}

impl<'a> SupposedLines<'a> {
    /// Those that there are; what is none has been told of.
    pub(super) fn of(lines: &'a [LineNumber], known: &KnownLines<'_>) -> Self {
        Self(lines.iter().filter_map(|line| Some((known.find(&line.line).ok()?, line))).collect())
    }

    /// What is said of a row. A number that the what-if gives a stop of its own stands before that of a line.
    pub(super) fn at<'r>(&self, row: &'r StopRow, number: Number, origin: Origin) -> AtRow<'r> {
        let mut found = AtRow::default();
        if origin == Origin::Scenario && number.of_row(row).is_some() {
            return found;
        }
        for (index, (known, said)) in self.0.iter().enumerate() {
            let Some(trips) = number.of_line(said) else { continue };
            match known.calls_at(row) {
                Certainty::Sure => {
                    let lines = row.lines.iter().filter(|line| known.is(row, line) == Certainty::Sure);
                    found.sure.extend(lines.map(|line| ((index, line), trips)));
                }
                Certainty::Possible | Certainty::Expected => _ = found.perhaps.insert(index, trips),
                Certainty::No => {}
            }
        }
        found
    }

    /// The service of a stop of which a timetable says this, where rows of it name lines of the what-if that the timetable does not
    /// name: how many of its departures are theirs today nobody knows. `others` is sure to leave beside it.
    pub(super) fn beside_timetable<'r>(
        &self,
        rows: &[&'r StopRow],
        (peak, daily): (Interval<f64>, Daily),
        others: f64,
    ) -> (Interval<f64>, Daily) {
        let of = |number: Number| {
            let (mut sure, mut perhaps): Said<'r> = (BTreeMap::new(), BTreeMap::new());
            // What the timetable knows of a row without lines it tells itself.
            for &row in rows.iter().filter(|row| !row.lines.is_empty()) {
                let said = self.at(row, number, Origin::Layer);
                sure.extend(said.sure);
                perhaps.extend(said.perhaps);
            }
            (sure, perhaps)
        };
        let raised = |today: Interval<f64>, (sure, perhaps): &Said<'_>, ways: f64| {
            let today = match sure.values().copied().reduce(f64::max) {
                Some(busiest) => Interval::new(busiest, today.hi + ways * sure.values().sum::<f64>()),
                None => today,
            };
            let most: BTreeMap<usize, f64> = perhaps.iter().map(|(&index, trips)| (index, ways * trips)).collect();
            Interval::new(beside_perhaps(today, perhaps).lo, beside_perhaps(today, &most).hi)
        };
        let (in_peak, in_day) = (of(Number::Peak), of(Number::Daily));
        let peak = raised(peak, &in_peak, 1.0);
        let daily = Daily {
            one_direction: raised(daily.one_direction, &in_day, 1.0),
            both_directions: raised(daily.both_directions, &in_day, 2.0),
        };
        (Interval::new(peak.lo.max(others.min(peak.hi)), peak.hi), daily)
    }

    /// A number of a line of a row, or that of the what-if, where the line may be one of it.
    pub(super) fn either(&self, today: f64, row: &StopRow, line: &Line, number: Number) -> Interval<f64> {
        let may_be = self.0.iter().filter(|(known, _)| known.is(row, line) == Certainty::Possible);
        let numbers = may_be.filter_map(|(_, said)| number.of_line(said));
        numbers.fold(Interval::exactly(today), |range, trips| Interval::new(range.lo.min(trips), range.hi.max(trips)))
    }
}
