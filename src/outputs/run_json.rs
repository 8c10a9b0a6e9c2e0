//! `run.json`: everything that a run rests on, so that it can be checked and done again.

use serde_json::{Map, Value, json};

use super::{Report, transit_json};
use crate::criteria::{Thresholds, Zone};
use crate::layers::FileReport;

/// The report as JSON. `files` are the names of the outputs.
#[must_use]
pub fn run_json(report: &Report, files: &[String]) -> Vec<u8> {
    let value = json!({
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "project": {
            "name": report.name,
            "file": report.project.display().to_string(),
            "municipality": report.municipality,
            "planned_kind": report.planned_kind,
        },
        "plane": { "name": report.plane.0, "chosen_by": report.plane.1 },
        "rules": rules(report),
        "expectations": report
            .expectations
            .iter()
            .map(|expected| json!({ "layer": expected.layer, "note": expected.note }))
            .collect::<Vec<_>>(),
        "scenario": transit_json::scenario(report.scenario.as_ref()),
        "transit": transit_json::transit(&report.transit),
        "peak_variants": report.variants.as_deref().map(transit_json::variants),
        "inputs": inputs(report),
        "missing_layers": report.missing.iter().map(|layer| layer.name()).collect::<Vec<_>>(),
        "public_land_units": report.land_units,
        "parcels": { "count": report.parcels.0, "without_usable_geometry": report.parcels.1 },
        "counts": counts(report),
        "open": open(report),
        "zones": zones(report),
        "facility_pairs_too_close": report.close_pairs,
        "notices": notices(report),
        "error_bounds": error_bounds(report),
        "files": files,
        "seconds": seconds(report),
    });
    // Building a Value in memory cannot fail to print.
    let mut text = serde_json::to_vec_pretty(&value).unwrap_or_default();
    text.push(b'\n');
    text
}

fn rules(report: &Report) -> Value {
    let thresholds: Map<String, Value> = Thresholds::ALL
        .iter()
        .filter_map(|threshold| Some((threshold.key.to_owned(), report.rules.thresholds.get(threshold.key)?.into())))
        .collect();
    let required: Map<String, Value> =
        Zone::ALL.iter().map(|&zone| (zone.id().to_owned(), report.rules.set.required(zone).into())).collect();
    json!({
        "set": report.rules.set.id,
        "title": report.rules.set.title,
        "required": required,
        "thresholds": thresholds,
        "waived": report.rules.waived,
    })
}

fn inputs(report: &Report) -> Value {
    let file = |file: &FileReport| {
        json!({
            "path": file.source.path.display().to_string(),
            "format": file.source.format,
            "sha256": file.source.sha256.hex(),
            "crs": file.crs.as_ref().map(|(name, _)| name),
            "crs_from": file.crs.as_ref().map(|(_, from)| from),
            "encoding": file.source.encoding,
            "features": file.source.features,
        })
    };
    let parcels = json!({
        "layer": "parcels",
        "files": report.parcel_files.iter().map(file).collect::<Vec<_>>(),
        "used": report.parcels.0,
    });
    let others = report.layers.iter().map(|layer| {
        json!({
            "layer": layer.name,
            "files": layer.files.iter().map(file).collect::<Vec<_>>(),
            "fields": layer.fields,
            "used": layer.used,
            "note": layer.note,
        })
    });
    std::iter::once(parcels).chain(others).collect()
}

pub(super) fn counts(report: &Report) -> Value {
    let by_zone = report.counts.iter().map(|(zone, counts)| {
        let by_status: Map<String, Value> = counts
            .iter()
            .map(|(status, count)| {
                (status.id().to_owned(), json!({ "parcels": count.parcels, "hectares": hectares(count.hectares) }))
            })
            .collect();
        (zone.id().to_owned(), Value::from(by_status))
    });
    Value::Object(by_zone.collect())
}

fn open(report: &Report) -> Value {
    let by_zone = report.open.iter().map(|(zone, open)| {
        let criteria: Map<String, Value> =
            open.iter().map(|open| (open.criterion.to_owned(), open.parcels.into())).collect();
        (zone.id().to_owned(), Value::from(criteria))
    });
    Value::Object(by_zone.collect())
}

fn zones(report: &Report) -> Value {
    let by_zone = report.zones.iter().map(|(zone, totals)| {
        let mut about: Map<String, Value> = totals
            .by_status
            .iter()
            .map(|(status, (number, area))| {
                (status.id().to_owned(), json!({ "zones": number, "hectares": hectares(*area) }))
            })
            .collect();
        about.insert("slivers_dropped".to_owned(), totals.slivers.into());
        about.insert("unbounded".to_owned(), totals.unbounded.into());
        (zone.id().to_owned(), Value::from(about))
    });
    Value::Object(by_zone.collect())
}

pub(super) fn notices(report: &Report) -> Value {
    report
        .notices
        .iter()
        .map(|(place, kind, tally)| {
            json!({
                "layer": place,
                "severity": kind.severity.word(),
                "id": kind.id,
                "count": tally.count,
                "what": kind.what,
                "advice": kind.advice,
                "examples": tally.examples,
            })
        })
        .collect()
}

pub(super) fn error_bounds(report: &Report) -> Value {
    json!({ "circle_m": report.circle_error_m, "overlay_grid_m": report.grid_error_m, "share": 1e-6 })
}

fn seconds(report: &Report) -> Value {
    let milli = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
    let seconds = report.seconds;
    json!({
        "read": milli(seconds.read),
        "prepare": milli(seconds.prepare),
        "measure": milli(seconds.measure),
        "zones": milli(seconds.zones),
        "write": milli(seconds.write),
    })
}

/// Hectares to the square metre.
pub(super) fn hectares(area: f64) -> f64 {
    (area * 1e4).round() / 1e4
}
