//! What the summary says of timetables and of a what-if.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::pipeline::Report;

/// A line of the timetables that were counted, and one of what was supposed.
pub(super) fn text(text: &mut String, report: &Report) {
    timetables(text, report);
    what_if(text, report);
}

/// On which timetables and days transit was counted, and by which rule.
fn timetables(text: &mut String, report: &Report) {
    let Some(transit) = report.record.transit.as_ref().filter(|transit| !transit.feeds.is_empty()) else { return };
    let (feeds, rule) = (&transit.feeds, &transit.rule);
    let days: BTreeSet<&str> = feeds.iter().map(|feed| feed.service_day.as_str()).collect();
    let days = days.into_iter().collect::<Vec<_>>().join(" and ");
    line!(text, "timetables (時刻表): {}, counted on {days}, rule {rule}", feeds.len());
}

/// What was supposed, and what that changed.
fn what_if(text: &mut String, report: &Report) {
    let Some(scenario) = &report.record.scenario else { return };
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let routes = |routes: &BTreeSet<String>| routes.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let mut changes = Vec::new();
    if !scenario.stops.is_empty() {
        changes.push(format!("{} added", count(scenario.stops.len(), "stop")));
    }
    for removed in &scenario.removals {
        changes.push(format!("{} removed ({})", count(removed.trips, "trip"), routes(&removed.routes)));
    }
    for headway in &scenario.headways {
        let (routes, minutes) = (routes(&headway.routes), headway.minutes);
        changes.push(format!("{routes} every {minutes} min from {} to {}", headway.from, headway.to));
    }
    line!(text, "what if (仮定): {} — {}", scenario.note, changes.join("; "));
}
