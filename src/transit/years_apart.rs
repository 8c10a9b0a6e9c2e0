//! Timetables of one place that never held together: a city of today with the buses of years ago.

use chrono::{NaiveDate, TimeDelta};

use super::groups::Poles;
use super::service_day::ServiceDay;
use crate::inputs::gtfs::{Feed, LAYER};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A timetable that is counted on a day years before that of another one of the same place.
pub static YEARS_APART: NoticeKind = NoticeKind {
    id: "timetables-years-apart",
    severity: Severity::Warning,
    what: Text::new(
        "同じ地域のほかの時刻表より2年以上前の日で数えた時刻表があります。",
        "timetable(s) are counted on a day two years or more before that of another one of the same place",
    ),
    advice: Some(Text::new(
        "古い時刻表を新しい版に替えるか、外してください。",
        "take a newer edition of the older timetable, or leave it out",
    )),
};

/// So long before another it tells of another network.
const YEARS: TimeDelta = TimeDelta::days(2 * 365);

/// West, south, east, north.
type Extent = [f64; 4];

/// Tells of each feed that is counted years before the newest one whose stops lie where its own do.
pub(super) fn tell_of_years_apart(feeds: &[Feed], days: &[ServiceDay], poles: &Poles, notices: &mut Notices) {
    let mut extents: Vec<Option<Extent>> = vec![None; feeds.len()];
    for pole in poles.poles.iter().filter(|pole| pole.is_called_at) {
        let Some([x, y]) = pole.at else { continue };
        let extent = extents[pole.feed as usize].get_or_insert([x, y, x, y]);
        *extent = [extent[0].min(x), extent[1].min(y), extent[2].max(x), extent[3].max(y)];
    }
    let meet = |one: Extent, other: Extent| {
        one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
    };
    let of = |feed: usize| -> Option<(Extent, NaiveDate)> { Some((extents[feed]?, days[feed].date)) };
    for feed in 0..feeds.len() {
        let Some((extent, date)) = of(feed) else { continue };
        let others = (0..feeds.len()).filter_map(|other| of(other).map(|(extent, date)| (other, extent, date)));
        let newer = others.filter(|&(_, theirs, at)| at - date >= YEARS && meet(extent, theirs));
        if let Some((other, _, at)) = newer.max_by_key(|&(other, _, at)| (at, std::cmp::Reverse(other))) {
            let [older, newer] = [feed, other].map(|feed| feeds[feed].path.display());
            notices.add(
                LAYER,
                &YEARS_APART,
                text!("{older} は {date}、{newer} は {at}", "{older} on {date}, {newer} on {at}"),
            );
        }
    }
}
