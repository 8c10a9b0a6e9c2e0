//! What `run.json` says of timetables and of a what-if.

use serde_json::{Value, json};

use super::report::{ScenarioReport, StatusChange, TransitReport, VariantReport};
use super::run_json::hectares;
use crate::transit::{Headway, Replaced};

/// How transit was counted, and on which timetables and days.
pub(super) fn transit(report: &TransitReport) -> Value {
    let settings = &report.settings;
    json!({
        "rule": settings.rule.id(),
        "window": settings.rule.window.id(),
        "unit": settings.rule.unit.id(),
        "direction": settings.rule.direction.id(),
        "day": settings.day.map(|day| day.to_string()),
        "stop_group_m": settings.stop_group.0,
        "transfers": settings.transfers,
        "feeds": report.feeds,
    })
}

/// What was supposed and what it changed; null where the run is of the city as it is.
pub(super) fn scenario(report: Option<&ScenarioReport>) -> Value {
    let Some(ScenarioReport { scenario, edits }) = report else { return Value::Null };
    let stops = scenario.stops.iter().map(|stop| {
        json!({
            "name": stop.name,
            "kind": stop.kind.id(),
            "lon": stop.at[0],
            "lat": stop.at[1],
            "peak_trips": stop.peak_trips,
            "lines": stop.lines.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    let removals = edits.removals.iter().map(|removed| json!({ "routes": removed.routes, "trips": removed.trips }));
    json!({
        "note": scenario.note,
        "stops": stops.collect::<Vec<_>>(),
        "removals": removals.collect::<Vec<_>>(),
        "headways": scenario.headways.iter().zip(&edits.headways).map(headway).collect::<Vec<_>>(),
    })
}

/// What would change under other rules of counting.
pub(super) fn variants(reports: &[VariantReport]) -> Value {
    let change = |change: &StatusChange| {
        json!({
            "zone": change.zone.id(),
            "from": change.from.id(),
            "to": change.to.id(),
            "parcels": change.count.parcels,
            "hectares": hectares(change.count.hectares),
        })
    };
    let variant = |report: &VariantReport| {
        json!({
            "rule": report.rule.id(),
            "stops_gained": report.stops_gained,
            "stops_lost": report.stops_lost,
            "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
        })
    };
    reports.iter().map(variant).collect()
}

fn headway((asked, done): (&Headway, &Replaced)) -> Value {
    json!({
        "routes": done.routes,
        "minutes": f64::from(asked.seconds) / 60.0,
        "from": asked.from.to_string(),
        "to": asked.to.to_string(),
        "direction": asked.direction,
        "trips_replaced": done.trips,
        "runs": done.runs,
    })
}
