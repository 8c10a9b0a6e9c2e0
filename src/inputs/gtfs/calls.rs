//! `stop_times.txt`: rows → calls, trip after trip in order. By far the largest table of a feed.

use std::collections::BTreeSet;

use rayon::slice::ParallelSliceMut as _;

use super::stops::{Found, Stops};
use super::table::{ColumnIndex, GtfsTable, Row, RowLocation, Rows};
use super::times::time;
use super::trips::Trips;
use super::{Boarding, Call};
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;
use crate::units::ServiceTime;

static BOARDING_UNKNOWN: NoticeKind = NoticeKind {
    id: "boarding-unknown",
    severity: Severity::Warning,
    what: Text::new(
        "stop_times.txt に、`pickup_type` か `drop_off_type` が0〜3でない行があります。その便の発車は確実には数えません。",
        "rows of stop_times.txt have a `pickup_type` or `drop_off_type` other than 0 to 3; no departure of their trips is sure",
    ),
    advice: Some(Text::new("値を直してください。", "correct the type")),
};

static CALLS_AT_UNKNOWN_STOPS: NoticeKind = NoticeKind {
    id: "calls-at-unknown-stops",
    severity: Severity::Skipped,
    what: Text::new(
        "stop_times.txt に、stops.txt にない停留所や、停留所でない場所の行があります。",
        "rows of stop_times.txt are of a stop that stops.txt does not have, or that is none",
    ),
    advice: Some(Text::new(
        "`stop_id` を直すか、停留所を加えてください。親の駅や出入口などは停留所ではありません。",
        "correct `stop_id`, or add the stop; a station, an entrance and the like are no stops",
    )),
};

static DUPLICATE_CALLS: NoticeKind = NoticeKind {
    id: "calls-doubled",
    severity: Severity::Skipped,
    what: Text::new(
        "stop_times.txt に、便と `stop_sequence` が前の行と同じ行があります。最初の行を使いました。",
        "rows of stop_times.txt have a trip and a `stop_sequence` that an earlier row has; the first counts",
    ),
    advice: Some(Text::new(
        "便ごとに、停車の順に `stop_sequence` の番号を振ってください。",
        "number the calls of each trip",
    )),
};

static CALLS_OF_UNKNOWN_TRIPS: NoticeKind = NoticeKind {
    id: "calls-of-unknown-trips",
    severity: Severity::Skipped,
    what: Text::new(
        "stop_times.txt に、trips.txt にない便の行があります。",
        "rows of stop_times.txt are of a trip that trips.txt does not have",
    ),
    advice: Some(Text::new("`trip_id` を直すか、便を加えてください。", "correct `trip_id`, or add the trip")),
};

static CALLS_WITHOUT_SEQUENCE: NoticeKind = NoticeKind {
    id: "calls-without-sequence",
    severity: Severity::Skipped,
    what: Text::new(
        "stop_times.txt に、`stop_sequence` が数でない行があります。",
        "rows of stop_times.txt have no number in `stop_sequence`",
    ),
    advice: Some(Text::new(
        "便ごとに、停車の順に `stop_sequence` の番号を振ってください。",
        "number the calls of each trip",
    )),
};

static TIMES_UNREADABLE: NoticeKind = NoticeKind {
    id: "times-unreadable",
    severity: Severity::Skipped,
    what: Text::new(
        "stop_times.txt に、時刻を読めない行があります。",
        "rows of stop_times.txt have a time that is none",
    ),
    advice: Some(Text::new(
        "時刻は HH:MM:SS（99:59:59 まで）で書いてください。",
        "times are written HH:MM:SS, up to 99:59:59",
    )),
};

/// The time of a call that has none; no time of the table comes near it.
pub(super) const UNTIMED: ServiceTime = ServiceTime(u32::MAX);

/// What stands for the number of a call that has none.
const UNNUMBERED: u32 = u32::MAX;

/// The calls of a feed as they were read.
#[derive(Debug, Default)]
pub(super) struct RawCalls {
    /// Those of which the stop and the trip are known.
    pub(super) list: Vec<RawCall>,
    /// The trips of which something was lost.
    pub(super) doubtful: BTreeSet<u32>,
    /// How many there are besides.
    pub(super) lost: u64,
    /// Whether one of these is at a stop that nobody knows.
    pub(super) at_unknown_stops: bool,
}

/// A row: its call, where the stop is known, and whether all of it could be read.
struct FoundCall {
    call: Option<RawCall>,
    is_whole: bool,
}

/// A call as its row has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawCall {
    /// The number of the trip in its table.
    pub(super) trip: u32,
    sequence: u32,
    /// 1-based position of the row.
    pub(super) row: u32,
    /// Both times are [`UNTIMED`] where the row has none.
    pub(super) call: Call,
}

/// Reads the calls of usable trips, sorted by trip and `stop_sequence`.
pub(super) fn read(
    table: &GtfsTable,
    trips: &Trips,
    stops: &Stops,
    reporter: &mut Reporter<'_>,
) -> Result<RawCalls, InputError> {
    let mut rows = table.rows()?;
    let columns = Columns::find(&rows)?;
    let mut calls = RawCalls::default();
    let mut last = LastTrip::default();
    while let Some(row) = rows.next_row()? {
        let Some(trip) = last.number(row.get(columns.trip), trips) else {
            reporter.add_with(&CALLS_OF_UNKNOWN_TRIPS, || {
                row.place().with(&text!("便「{id}」", "trip “{id}”", id = row.shown(columns.trip)))
            });
            calls.lost += 1;
            continue;
        };
        if !trips.is_usable(trip) {
            calls.lost += 1;
            continue;
        }
        let found = columns.call(&row, trip, stops, reporter);
        if !found.is_whole {
            calls.doubtful.insert(trip);
        }
        if let Some(call) = found.call {
            calls.list.push(call);
        } else {
            calls.lost += 1;
            calls.at_unknown_stops = true;
        }
    }
    calls.in_order(table, reporter);
    Ok(calls)
}

impl RawCalls {
    /// Brings the calls into the order of the trips and of each trip's numbers, and leaves one of those that are the same.
    fn in_order(&mut self, table: &GtfsTable, reporter: &mut Reporter<'_>) {
        let (calls, doubtful) = (&mut self.list, &mut self.doubtful);
        let key = |call: &RawCall| (call.trip, call.sequence, call.row);
        if !calls.is_sorted_by_key(key) {
            calls.par_sort_unstable_by_key(key);
        }
        calls.dedup_by(|later, first| {
            if (later.trip, later.sequence) != (first.trip, first.sequence) || later.sequence == UNNUMBERED {
                return false;
            }
            let (sequence, before) = (later.sequence, first.row);
            reporter.add_with(&DUPLICATE_CALLS, || {
                RowLocation(table.path(), later.row as usize).with(&text!(
                    "{sequence}番の停車は{before}行目にもあります",
                    "call {sequence} stands in row {before}"
                ))
            });
            if later.call != first.call {
                // Which of them is the call of that number nobody knows.
                doubtful.insert(later.trip);
            }
            later.call == first.call
        });
    }
}

/// The trip of the row before: rows of one trip mostly stand together.
#[derive(Default)]
struct LastTrip {
    id: Vec<u8>,
    number: Option<u32>,
}

impl LastTrip {
    fn number(&mut self, id: &[u8], trips: &Trips) -> Option<u32> {
        if self.number.is_none() || self.id != id {
            self.id.clear();
            self.id.extend_from_slice(id);
            self.number = trips.number(id);
        }
        self.number
    }
}

struct Columns {
    trip: ColumnIndex,
    stop: ColumnIndex,
    sequence: ColumnIndex,
    arrival: ColumnIndex,
    departure: ColumnIndex,
    pickup: ColumnIndex,
    drop_off: ColumnIndex,
}

impl Columns {
    fn find(rows: &Rows<'_>) -> Result<Self, InputError> {
        Ok(Self {
            trip: rows.needed("trip_id")?,
            stop: rows.needed("stop_id")?,
            sequence: rows.needed("stop_sequence")?,
            arrival: rows.column("arrival_time"),
            departure: rows.column("departure_time"),
            pickup: rows.column("pickup_type"),
            drop_off: rows.column("drop_off_type"),
        })
    }

    /// The call in a row; what of it cannot be used is told.
    fn call(&self, row: &Row<'_>, trip: u32, stops: &Stops, reporter: &mut Reporter<'_>) -> FoundCall {
        let Some(stop) = self.stop(row, stops, reporter) else { return FoundCall { call: None, is_whole: false } };
        let sequence = number(row.whole(self.sequence));
        if sequence.is_none() {
            reporter.add_with(&CALLS_WITHOUT_SEQUENCE, || row.quoting(self.sequence));
        }
        let [arrival, departure] = [self.arrival, self.departure].map(|column| time_of(row, column, reporter));
        let [pickup, drop_off] = [self.pickup, self.drop_off].map(|column| boarding(row, column, reporter));
        let is_timed = arrival.is_some() && departure.is_some();
        let is_whole = sequence.is_some() && is_timed && pickup.is_some() && drop_off.is_some();
        let (arrival, departure) = (arrival.flatten(), departure.flatten());
        let call = Call {
            stop,
            arrival: arrival.or(departure).unwrap_or(UNTIMED),
            departure: departure.or(arrival).unwrap_or(UNTIMED),
            pickup: pickup.unwrap_or_default(),
            drop_off: drop_off.unwrap_or_default(),
        };
        // A table of more than 2³² rows would not fit into the memory.
        let sequence = sequence.unwrap_or(UNNUMBERED);
        FoundCall { call: Some(RawCall { trip, sequence, row: row.number as u32, call }), is_whole }
    }

    fn stop(&self, row: &Row<'_>, stops: &Stops, reporter: &mut Reporter<'_>) -> Option<u32> {
        let what = match stops.find(row.get(self.stop)) {
            Found::Stop(stop) => return Some(stop),
            Found::OtherPlace => Text::new("は駅や出入口などです", "is a station, an entrance or the like"),
            Found::Nothing if row.get(self.stop).is_empty() => Text::new("は停留所ではありません", "is no stop"),
            Found::Nothing => Text::new("は stops.txt にありません", "is not in stops.txt"),
        };
        reporter.add_with(&CALLS_AT_UNKNOWN_STOPS, || {
            row.place().with(&text!("「{id}」{what}", "“{id}” {what}", id = row.shown(self.stop), what = what))
        });
        None
    }
}

/// The time in a cell: `Some(None)` where it is blank, `None` where it cannot be read, which is told.
#[expect(clippy::option_option, reason = "a blank cell and one that cannot be read are two things")]
fn time_of(row: &Row<'_>, column: ColumnIndex, reporter: &mut Reporter<'_>) -> Option<Option<ServiceTime>> {
    let cell = row.get(column);
    if cell.is_empty() {
        return Some(None);
    }
    let read = time(cell);
    if read.is_none() {
        reporter.add_with(&TIMES_UNREADABLE, || row.quoting(column));
    }
    read.map(Some)
}

/// `None` of a type that is none, which is told.
fn boarding(row: &Row<'_>, column: ColumnIndex, reporter: &mut Reporter<'_>) -> Option<Boarding> {
    match row.whole(column) {
        b"" | b"0" => Some(Boarding::Regular),
        b"1" => Some(Boarding::Forbidden),
        b"2" | b"3" => Some(Boarding::Arranged),
        _ => {
            reporter.add_with(&BOARDING_UNKNOWN, || row.quoting(column));
            None
        }
    }
}

/// A number of up to nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    let fits = (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    fits.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}
