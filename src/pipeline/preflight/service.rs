//! Stops of which it is not known enough to settle what a zone asks of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Preflight;
use crate::collect::open_groups;
use crate::criteria::StopCounts;
use crate::geometry::Bounds;
use crate::layers::{LayerKey, StopKind};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::outputs::thousands;
use crate::text::Text;
use crate::transit::{NAMELESS, ServiceQuestion, Stop, by_group};

/// Stops of unknown lines.
static NO_LINES: NoticeKind = NoticeKind {
    id: "stops-without-lines",
    severity: Severity::Warning,
    what: Text::new(
        "路線の分からない駅や停留所があり、中心拠点区域につながるかどうかを判定できません。",
        "station(s) or stop(s) without lines: whether they connect to a central zone cannot be settled",
    ),
    advice: Some(Text::new(
        "路線の列を `line = …` で指定するか、その列を埋めてください。",
        "name the column of the lines with `line = …`, or fill it in for them",
    )),
};

/// Stops of unknown service.
static NO_PEAKS: NoticeKind = NoticeKind {
    id: "stops-without-peaks",
    severity: Severity::Warning,
    what: Text::new(
        "ピーク時の運行本数が分からない駅や停留所があり、その近くは判定不能になります。",
        "station(s) or stop(s) whose peak service is not known: what lies near them stays undetermined",
    ),
    advice: Some(Text::new(
        "`peak_trips` か表 `peaks`（name,line,peak_trips）で本数を指定してください。",
        "give it as `peak_trips`, or in the table `peaks` (name,line,peak_trips)",
    )),
};

/// The same of rules that ask for the service of the day.
static NO_DAYS: NoticeKind = NoticeKind {
    id: "stops-without-days",
    severity: Severity::Warning,
    what: Text::new(
        "1日の運行本数が分からない駅や停留所があり、その近くは判定不能になります。",
        "station(s) or stop(s) whose daily service is not known: what lies near them stays undetermined",
    ),
    advice: Some(Text::new(
        "時刻表 `gtfs`、`daily_trips`、表 `peaks` の列 `daily_trips` のどれかで本数を指定してください。",
        "give it by timetables, `gtfs`, as `daily_trips`, or in the column `daily_trips` of the table `peaks`",
    )),
};

/// Tells of stops without a line, where a zone asks whether they connect.
pub(super) fn stops_without_lines(flight: &Preflight<'_>, notices: &mut Notices) {
    if is_asked(flight, |counts| *counts == StopCounts::Connected) {
        let open = |rows: &[&Stop]| rows.iter().all(|stop| stop.lines.is_empty() && stop.timetable.is_none());
        tell(flight, &NO_LINES, open, notices);
    }
}

/// Tells of stops whose service may or may not be enough because nobody says what it is. Where the parcels are measured,
/// `matter` has by group the undetermined ones near it: then of those stops alone that there are, the weightiest first.
pub(in crate::pipeline) fn stops_without_peaks(
    flight: &Preflight<'_>,
    matter: Option<&BTreeMap<usize, u64>>,
    notices: &mut Notices,
) {
    if !is_asked(flight, |counts| counts.service().is_some()) {
        return;
    }
    let of_day = flight.rules().service().is_some_and(|(counted, ..)| counted != ServiceQuestion::PeakInOneDirection);
    let kind = if of_day { &NO_DAYS } else { &NO_PEAKS };
    let mut open = near(flight, open_groups(&flight.assessor.stops, flight.rules()));
    let parcels = |rows: &[&Stop]| matter.and_then(|matter| matter.get(&rows[0].group)).copied().unwrap_or_default();
    if matter.is_some() {
        open.retain(|rows| parcels(rows) > 0);
        open.sort_by_key(|rows| Reverse(parcels(rows)));
    }
    for rows in open {
        let name = name(&rows);
        let example = match parcels(&rows) {
            0 => name,
            parcels => {
                let parcels = thousands(parcels);
                text!("{name}（{parcels}筆）", "{name}, {parcels} parcel(s)", name = name)
            }
        };
        notices.add(layer(&rows).name(), kind, example);
    }
}

/// Whether the rules ask for a criterion by which stops count so.
fn is_asked(flight: &Preflight<'_>, counts: fn(&StopCounts) -> bool) -> bool {
    let rules = flight.rules();
    let asks = |kind: &dyn crate::criteria::Kind| kind.stop_question().is_some_and(|asked| asked.counts(counts));
    rules.set.regions().any(|criterion| asks(&*criterion.kind) && flight.rules().asks_for(criterion))
}

/// Counts the stops within reach of the parcels, each with all of its rows, of which `open` is true.
fn tell(flight: &Preflight<'_>, kind: &'static NoticeKind, open: impl Fn(&[&Stop]) -> bool, notices: &mut Notices) {
    for rows in near(flight, by_group(&flight.assessor.stops)).into_iter().filter(|rows| open(rows)) {
        notices.add(layer(&rows).name(), kind, name(&rows));
    }
}

/// The groups of which a row can matter to a parcel.
fn near<'s>(flight: &Preflight<'_>, groups: BTreeMap<usize, Vec<&'s Stop>>) -> Vec<Vec<&'s Stop>> {
    let around = flight.parcels.grown(flight.stop_reach());
    let is_near = |stop: &&Stop| stop.parts.iter().any(|part| Bounds::of(part).meets(&around));
    groups.into_values().filter(|rows| rows.iter().any(is_near)).collect()
}

/// The layer of a group: what `stops` holds are buses; trams are of `stations`.
fn layer(rows: &[&Stop]) -> LayerKey {
    if rows[0].kind == StopKind::Bus { LayerKey::Stops } else { LayerKey::Stations }
}

fn name(rows: &[&Stop]) -> Text {
    rows.iter().find_map(|stop| stop.name.as_deref()).map_or(NAMELESS, Text::from)
}
