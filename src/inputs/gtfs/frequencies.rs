//! `frequencies.txt`: trips that run every so often.

use super::Frequency;
use super::lost::TripDoubt;
use super::table::GtfsTable;
use super::times::{A_DAY, HALF_A_DAY, time};
use super::trips::Called;
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;
use crate::units::ServiceTime;

static FREQUENCIES_UNUSABLE: NoticeKind = NoticeKind {
    id: "frequencies-unusable",
    severity: Severity::Skipped,
    what: Text::new(
        "frequencies.txt に使えない行があります。その便が何本走るかは不明として扱います。",
        "rows of frequencies.txt cannot be used; how often their trips run is not known",
    ),
    advice: Some(Text::new(
        "行ごとに、便、始まりの時刻、それより後の終わりの時刻、1秒以上の運行間隔を入れてください。停車は全部で2000万回未満です。",
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
    called: &mut Called,
    reporter: &mut Reporter<'_>,
) -> Result<Vec<Frequency>, InputError> {
    let mut rows = table.rows()?;
    let [trip, from, to, headway] = ["trip_id", "start_time", "end_time", "headway_secs"].map(|name| rows.needed(name));
    let (trip, from, to, headway) = (trip?, from?, to?, headway?);
    let (mut frequencies, mut calls) = (Vec::new(), 0_u64);
    while let Some(row) = rows.next_row()? {
        let mut is_lost = false;
        let mut refuse = |why: Text| {
            is_lost = true;
            reporter.add_with(&FREQUENCIES_UNUSABLE, || {
                let (id, headway) = (row.shown(trip), row.shown(headway));
                let (from, to) = (row.shown(from), row.shown(to));
                row.place().with(&text!(
                    "便「{id}」「{from}」〜「{to}」「{headway}」秒ごと: {why}",
                    "trip “{id}” from “{from}” to “{to}” every “{headway}” s: {why}",
                    why = why
                ))
            });
        };
        let Some(number) = called.number(row.get(trip)) else {
            refuse(Text::new("trips.txt にこの便がありません", "trips.txt does not have the trip"));
            // Of which trip it is nobody knows.
            called.trips.iter_mut().for_each(|trip| trip.doubt = TripDoubt::Runs);
            continue;
        };
        let begins = time(row.get(from));
        // An end that falls by many hours is past midnight.
        let past_midnight = |to: ServiceTime| begins.is_some_and(|from| to.later(HALF_A_DAY) < from);
        let ends = time(row.get(to)).map(|to| if past_midnight(to) { to.later(A_DAY) } else { to });
        match (begins, ends, row.number::<u32>(headway)) {
            (None, ..) | (_, None, _) => refuse(Text::new("時刻を読めません", "a time is none")),
            (Some(from), Some(to), _) if to <= from => {
                refuse(Text::new("終わりが始まりより前です", "it ends before it begins"));
            }
            (_, _, None | Some(0)) => refuse(Text::new(
                "運行間隔が0より大きい秒数ではありません",
                "the headway is no number of seconds above 0",
            )),
            (Some(from), Some(to), Some(headway)) => {
                let Some(trip) = called.index_of(number) else { continue };
                let frequency = Frequency { trip, from, to, headway };
                let of_all_runs = u64::from(frequency.runs()) * called.trips[trip as usize].calls.len() as u64;
                if calls + of_all_runs > MOST_CALLS {
                    refuse(Text::new("停車が多すぎます", "the timetable runs more often than any"));
                } else {
                    calls += of_all_runs;
                    frequencies.push(frequency);
                }
            }
        }
        if let Some(trip) = called.index_of(number).filter(|_| is_lost) {
            called.trips[trip as usize].doubt = TripDoubt::Runs;
        }
    }
    Ok(frequencies)
}
