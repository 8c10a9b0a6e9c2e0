//! What the page is told beside columns and shapes: rules, criteria, thresholds, counts, sources. The same run gives the
//! same facts: no times and no folders.

use serde_json::{Map, Value, json};

use super::columns::{Kind, MapColumn};
use super::tiles::Zooms;
use super::{Basis, hex};
use crate::criteria::{CATALOGUE, Criterion, Thresholds, Zone};
use crate::layers::{FileReport, LAYERS, LayerKey};
use crate::outputs::report::Report;
use crate::outputs::{colour, run_json};
use crate::units::Interval;
use crate::verdicts::Status;

/// Where the parts of the columns file stand.
pub(super) struct Blocks<'a> {
    pub(super) columns: &'a [MapColumn],
    /// Rows of each block.
    pub(super) rows: &'a [usize],
    /// For each column, offset and length of its blocks.
    pub(super) places: &'a [Vec<(usize, usize)>],
}

/// Names of the files beside the page.
pub(super) type Beside = Option<(&'static str, &'static str)>;

/// The facts of a run.
pub(super) fn facts(
    basis: &Basis<'_>,
    blocks: &Blocks<'_>,
    zooms: Option<Zooms>,
    bounds: Option<[f64; 4]>,
    beside: Beside,
) -> Value {
    let report = basis.report;
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "name": report.name,
        "municipality": report.municipality,
        "plane": report.plane.0,
        "scenario": report.scenario.as_ref().map(|supposed| &supposed.scenario.note),
        "rules": { "id": report.rules.set.id, "title": report.rules.set.title },
        "statuses": Status::ALL.map(status),
        "zones": Zone::ALL.map(|zone| zone_facts(zone, report)),
        "criteria": CATALOGUE.map(|criterion| criterion_facts(criterion, report)),
        "thresholds": thresholds(report),
        "parcels": report.parcels.0,
        "without_geometry": report.parcels.1,
        "bounds": bounds,
        "counts": run_json::counts(report),
        "columns": { "rows": blocks.rows, "list": columns(blocks) },
        "names": names(basis, blocks.columns),
        "units": { "land": units(basis.land), "people": units(basis.people) },
        "facilities_known": basis.judge.facilities_known,
        "unplaced_same_kind": basis.judge.unplaced_same_kind,
        "stops_anywhere": basis.stops_anywhere,
        "tiles": zooms.map(|zooms| json!({
            "min_zoom": zooms.furthest, "max_zoom": zooms.closest, "lots_from": zooms.outlines_from,
        })),
        "beside": beside.map(|(tiles, columns)| json!({ "tiles": tiles, "columns": columns })),
        "inputs": inputs(report),
        "missing": report.missing.iter().map(|layer| layer_facts(*layer)).collect::<Vec<_>>(),
        "expectations": report
            .expectations
            .iter()
            .map(|expected| json!({ "layer": expected.layer, "note": expected.note }))
            .collect::<Vec<_>>(),
        "notices": without_folder(run_json::notices(report), report),
        "error_bounds": run_json::error_bounds(report),
    })
}

fn both((japanese, english): (&str, &str)) -> Value {
    json!({ "ja": japanese, "en": english })
}

fn status(status: Status) -> Value {
    json!({ "id": status.id(), "ja": status.japanese(), "en": status.id(), "colour": hex(colour(status)) })
}

fn zone_facts(zone: Zone, report: &Report) -> Value {
    json!({
        "id": zone.id(),
        "ja": zone.japanese(),
        "en": zone.english(),
        "criteria": report.rules.set.required(zone),
    })
}

fn criterion_facts(criterion: &Criterion, report: &Report) -> Value {
    let measure = |measure: &crate::criteria::Measure| {
        json!({
            "column": measure.column,
            "threshold": measure.threshold,
            "at": if measure.at_least { "least" } else { "most" },
            "name": name_column(measure.column),
        })
    };
    json!({
        "id": criterion.id,
        "column": criterion.is_place().then(|| criterion.column()),
        "name": both(criterion.name),
        "rule": both(criterion.rule),
        "source": criterion.source,
        "thresholds": criterion.thresholds,
        "measures": criterion.measures.iter().map(measure).collect::<Vec<_>>(),
        "layers": criterion.layers.iter().map(|layer| layer_facts(*layer)).collect::<Vec<_>>(),
        "settled_by": both(criterion.settled_by),
        "waived": report.rules.waived.get(criterion.id),
    })
}

/// The same with paths from the project's folder on: a page is handed on, and a run elsewhere gives the same one.
fn without_folder(notices: Value, report: &Report) -> Value {
    let Some(folder) = report.project.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return notices };
    let folder = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
    match notices {
        Value::Array(list) => list.into_iter().map(|notice| without(notice, &folder)).collect(),
        other => other,
    }
}

/// A value without a text in its texts.
fn without(value: Value, text: &str) -> Value {
    match value {
        Value::String(told) => Value::String(told.replace(text, "")),
        Value::Array(list) => list.into_iter().map(|one| without(one, text)).collect(),
        Value::Object(map) => map.into_iter().map(|(key, one)| (key, without(one, text))).collect(),
        other => other,
    }
}

/// The column of the name that belongs to a distance; a centre has none.
fn name_column(column: &str) -> Option<&str> {
    column.strip_suffix("_m").filter(|name| *name != "hub")
}

fn thresholds(report: &Report) -> Vec<Value> {
    let one = |threshold: &crate::criteria::Threshold| {
        json!({
            "key": threshold.key,
            "value": report.rules.thresholds.get(threshold.key),
            "default": threshold.default,
            "min": threshold.range.0,
            "max": threshold.range.1,
            "unit": threshold.unit,
            "ja": threshold.japanese,
            "en": threshold.meaning,
        })
    };
    Thresholds::ALL.iter().map(one).collect()
}

fn columns(blocks: &Blocks<'_>) -> Vec<Value> {
    let one = |(column, places): (&MapColumn, &Vec<(usize, usize)>)| {
        let (kind, decimals) = match column.kind {
            Kind::Number(decimals) => ("number", decimals),
            Kind::Name => ("name", 0),
            Kind::Status => ("status", 0),
            Kind::Text => ("text", 0),
            Kind::Json => ("json", 0),
        };
        json!({
            "name": column.name,
            "title": column.title,
            "kind": kind,
            "decimals": decimals,
            "names": (column.kind == Kind::Name).then_some(&column.name),
            "blocks": places,
        })
    };
    blocks.columns.iter().zip(blocks.places).map(one).collect()
}

/// The names that columns of names point to, by column.
fn names(basis: &Basis<'_>, columns: &[MapColumn]) -> Map<String, Value> {
    let of = |column: &MapColumn| Some((column.name.clone(), json!(basis.layout.names[column.name_set()?])));
    columns.iter().filter_map(of).collect()
}

/// What is known of units, both ends of each; an end without bound is null.
fn units(units: Option<&[Interval<f64>]>) -> Value {
    json!(units.map(|units| units.iter().map(|unit| [unit.lo, unit.hi]).collect::<Vec<_>>()))
}

fn layer_facts(layer: LayerKey) -> Value {
    json!({ "id": layer.name(), "ja": layer.kind().japanese })
}

fn inputs(report: &Report) -> Vec<Value> {
    let file = |file: &FileReport| {
        json!({
            "name": file.source.path.file_name().unwrap_or_default().to_string_lossy(),
            "sha256": file.source.sha256.hex(),
            "features": file.source.features,
            "crs": file.crs.as_ref().map(|(name, _)| name),
        })
    };
    let layer = |name: &str, files: &[FileReport], note: Option<&str>| {
        let kind = LAYERS.iter().find(|kind| name.rsplit('.').next() == Some(kind.name));
        json!({
            "layer": name,
            "ja": kind.map(|kind| kind.japanese),
            "files": files.iter().map(file).collect::<Vec<_>>(),
            "note": note,
        })
    };
    let parcels = layer(LayerKey::Parcels.name(), &report.parcel_files, None);
    let others = report.layers.iter().map(|read| layer(&read.name, &read.files, read.note.as_deref()));
    std::iter::once(parcels).chain(others).collect()
}
