//! `frequencies.txt`: trips that run every so often.

use super::Frequency;
use super::table::GtfsTable;
use super::times::time;
use super::trips::Called;
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static FREQUENCIES_UNUSABLE: NoticeKind = NoticeKind {
    id: "frequencies-unusable",
    severity: Severity::Skipped,
    what: Text::new("〓", "rows of frequencies.txt cannot be used"),
    advice: Some(Text::new(
        "〓",
        "each needs a trip, a time to begin, a later one to end, at least one second between departures, and fewer \
             than 20 million calls in all",
    )),
};

/// What runs every so often calls no more often than this, all its runs together; a row beyond it claims more than a country
/// has in a day.
const MOST_CALLS: u64 = 20_000_000;

/// Reads the frequencies of the trips that have calls; those of other known trips were told of with the trip.
pub(super) fn read(
    table: &GtfsTable,
    called: &Called,
    reporter: &mut Reporter<'_>,
) -> Result<Vec<Frequency>, InputError> {
    let mut rows = table.rows()?;
    let [trip, from, to, headway] = ["trip_id", "start_time", "end_time", "headway_secs"].map(|name| rows.needed(name));
    let (trip, from, to, headway) = (trip?, from?, to?, headway?);
    let (mut frequencies, mut calls) = (Vec::new(), 0_u64);
    while let Some(row) = rows.next_row()? {
        let mut refuse = |why: &str| {
            let (id, headway) = (row.shown(trip), row.shown(headway));
            let (from, to) = (row.shown(from), row.shown(to));
            let cells = format_args!("{}: trip “{id}” from “{from}” to “{to}” every “{headway}” s", row.place());
            reporter.add(&FREQUENCIES_UNUSABLE, format_args!("{cells}: {why}"));
        };
        let Some(number) = called.number(row.get(trip)) else {
            refuse("trips.txt does not have the trip");
            continue;
        };
        match (time(row.get(from)), time(row.get(to)), row.number::<u32>(headway)) {
            (None, ..) | (_, None, _) => refuse("a time is none"),
            (Some(from), Some(to), _) if to <= from => refuse("it ends before it begins"),
            (_, _, None | Some(0)) => refuse("the headway is no number of seconds above 0"),
            (Some(from), Some(to), Some(headway)) => {
                let Some(trip) = called.index_of(number) else { continue };
                let frequency = Frequency { trip, from, to, headway };
                let of_all_runs = u64::from(frequency.runs()) * called.trips[trip as usize].calls.len() as u64;
                if calls + of_all_runs > MOST_CALLS {
                    refuse("the timetable runs more often than any");
                } else {
                    calls += of_all_runs;
                    frequencies.push(frequency);
                }
            }
        }
    }
    Ok(frequencies)
}
