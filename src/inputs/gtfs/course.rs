//! The course of one trip: its calls in order, some of them without times → calls that all have times.

use super::Call;
use super::calls::{RawCall, UNTIMED};
use super::table::{GtfsTable, RowLocation};
use super::times::{A_DAY, HALF_A_DAY};
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;
use crate::units::ServiceTime;

static ENDS_WITHOUT_TIME: NoticeKind = NoticeKind {
    id: "ends-without-time",
    severity: Severity::Skipped,
    what: Text::new(
        "便の最初か最後に、時刻のない停車があります。",
        "calls at the beginning or end of a trip have no time",
    ),
    advice: Some(Text::new(
        "便の最初と最後の停車には時刻を入れてください。",
        "the first and the last call of a trip need a time",
    )),
};

static TIMES_BACKWARDS: NoticeKind = NoticeKind {
    id: "times-backwards",
    severity: Severity::Warning,
    what: Text::new(
        "時刻が前に戻る便があります。そのまま使いました。",
        "trips have times that go back; they are used as they are",
    ),
    advice: Some(Text::new("時刻か `stop_sequence` を直してください。", "correct the times, or `stop_sequence`")),
};

static TIMES_PAST_MIDNIGHT: NoticeKind = NoticeKind {
    id: "times-past-midnight",
    severity: Severity::Mended,
    what: Text::new(
        "途中で時刻が0時台などに戻る便があります。その先は翌日の時刻（24:00:00以降）とみなしました。",
        "trips have times that begin again after midnight; from there on they are taken for 24:00:00 and later",
    ),
    advice: Some(Text::new(
        "0時を過ぎて走る便の時刻は、24:05:00 のように続けて書いてください。",
        "times of a trip that runs on after midnight go on counting: 24:05:00",
    )),
};

static TIMES_INTERPOLATED: NoticeKind = NoticeKind {
    id: "times-interpolated",
    severity: Severity::Info,
    what: Text::new(
        "時刻のない停車があります。時刻のある前後の停車の間に等間隔で割り当てました。",
        "calls have no time; they are spread evenly between those before and after that have one",
    ),
    advice: None,
};

/// Appends the calls of a trip to `calls`; says whether all of its times are known. Calls without times are left out at the ends, and
/// spread evenly elsewhere.
pub(super) fn settle(
    course: &[RawCall],
    trip: &str,
    table: &GtfsTable,
    calls: &mut Vec<Call>,
    reporter: &mut Reporter<'_>,
) -> bool {
    let timed = |raw: &RawCall| raw.call.arrival != UNTIMED;
    let first = course.iter().position(timed).unwrap_or(course.len());
    let end = course.iter().rposition(timed).map_or(first, |last| last + 1);
    for raw in course[..first].iter().chain(&course[end..]) {
        reporter.add_with(&ENDS_WITHOUT_TIME, || {
            RowLocation(table.path(), raw.row as usize).with(&text!("便「{trip}」", "trip “{trip}”"))
        });
    }
    let start = calls.len();
    calls.extend(course[first..end].iter().map(|raw| raw.call));
    let calls = &mut calls[start..];
    if goes_on_past_midnight(calls) {
        reporter.add_with(&TIMES_PAST_MIDNIGHT, || table.at_trip(trip));
    }
    let spread = interpolate(calls);
    if spread > 0 {
        reporter.add_many(&TIMES_INTERPOLATED, spread, || table.at_trip(trip));
    }
    let goes_back = goes_back(calls);
    if goes_back {
        reporter.add_with(&TIMES_BACKWARDS, || table.at_trip(trip));
    }
    first == 0 && end == course.len() && !goes_back
}

/// Takes times that fall by half a day and more for those of the next day, and all that follow with them; says whether there
/// are any.
fn goes_on_past_midnight(calls: &mut [Call]) -> bool {
    let (mut before, mut days) = (ServiceTime(0), 0);
    for call in calls.iter_mut().filter(|call| call.arrival != UNTIMED) {
        for time in [&mut call.arrival, &mut call.departure] {
            let at = time.later(days * A_DAY);
            let falls = at.later(HALF_A_DAY) < before;
            days += u32::from(falls);
            *time = time.later(days * A_DAY);
            before = *time;
        }
    }
    days > 0
}

/// Gives times to the calls that have none, evenly between those before and after, in whole seconds rounded down; says
/// to how many. The first and the last call have times.
fn interpolate(calls: &mut [Call]) -> u64 {
    let mut spread = 0;
    let mut before = 0;
    for after in 1..calls.len() {
        if calls[after].arrival == UNTIMED {
            continue;
        }
        let steps = i64::try_from(after - before).unwrap_or(i64::MAX);
        let (from, to) = (i64::from(calls[before].departure.0), i64::from(calls[after].arrival.0));
        for (step, call) in (1..steps).zip(&mut calls[before + 1..after]) {
            let seconds = from + ((to - from) * step).div_euclid(steps);
            // It lies between two times, also where they go back.
            let time = ServiceTime(u32::try_from(seconds).unwrap_or(0));
            (call.arrival, call.departure) = (time, time);
            spread += 1;
        }
        before = after;
    }
    spread
}

/// Whether a call departs before it arrives, or the next one arrives before it departs.
fn goes_back(calls: &[Call]) -> bool {
    calls.iter().any(|call| call.departure < call.arrival)
        || calls.windows(2).any(|pair| pair[1].arrival < pair[0].departure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn call(time: Option<u32>) -> Call {
        let time = time.map_or(UNTIMED, ServiceTime);
        Call {
            stop: 0,
            arrival: time,
            departure: time,
            pickup: super::super::Boarding::Regular,
            drop_off: super::super::Boarding::Regular,
        }
    }

    #[test]
    fn calls_without_times_are_spread_evenly_and_rounded_down() {
        let mut calls = [Some(100), None, None, Some(110), Some(120), None, Some(121)].map(call);
        calls[3].departure = ServiceTime(115);
        assert_eq!(interpolate(&mut calls), 3);
        assert_eq!(calls.map(|call| call.arrival.0), [100, 103, 106, 110, 120, 120, 121]);
        assert!(!goes_back(&calls));
    }

    #[test]
    fn a_clock_that_begins_again_at_midnight_goes_on() {
        const HOUR: u32 = ServiceTime::HOUR;
        let mut calls = [Some(23 * HOUR), None, Some(10), Some(HOUR)].map(call);
        calls[0].departure = ServiceTime(5);
        assert!(goes_on_past_midnight(&mut calls));
        let hours = |time: u32| 24 * HOUR + time;
        assert_eq!(calls[0].departure.0, hours(5));
        assert_eq!([calls[2], calls[3]].map(|call| call.arrival.0), [hours(10), hours(HOUR)]);
        // Somebody who mistook the order.
        let mut calls = [Some(9 * HOUR), Some(8 * HOUR), Some(20 * HOUR), Some(9 * HOUR)].map(call);
        assert!(!goes_on_past_midnight(&mut calls));
        assert_eq!(calls[3].arrival.0, 9 * HOUR);
    }

    proptest! {
        #[test]
        fn every_call_gets_a_time_between_its_neighbours(
            times in prop::collection::vec(prop::option::of(0_u32..360_000), 0..12), ends in [0_u32..360_000, 0_u32..360_000]
        ) {
            let course = [Some(ends[0])].into_iter().chain(times.clone()).chain([Some(ends[1])]);
            let mut calls: Vec<Call> = course.clone().map(call).collect();
            interpolate(&mut calls);
            let course: Vec<_> = course.collect();
            for (at, call) in calls.iter().enumerate() {
                let before = course[..=at].iter().flatten().last().unwrap();
                let after = course[at..].iter().flatten().next().unwrap();
                prop_assert!(*before.min(after) <= call.arrival.0 && call.arrival.0 <= *before.max(after));
            }
        }
    }
}
