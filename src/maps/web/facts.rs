//! What the page is told beside columns and shapes: rules, criteria, thresholds, counts, sources. The same run gives the
//! same facts: no times and no folders.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::columns::{Encoding, MapColumn, rest_zones};
use super::tiles::Zooms;
use super::{MapContext, hex};
use crate::assess::stops_within;
use crate::criteria::{Criterion, Measure, NearPlaces, NearSet, RuleSet, Threshold, Thresholds, Zone};
use crate::diagnostics::Severity;
use crate::evidence::UnitValues;
use crate::layers::{BACKDROP, BACKDROP_TITLE, LAYERS, LayerKey, LayerKind, StopKind};
use crate::outputs::colour;
use crate::runs::{FileRecord, InputRecord, ProjectRecord, RunRecord};
use crate::table::parcel_columns;
use crate::text::Text;
use crate::verdicts::{Status, ZoneReason};

/// Where the parts of the columns file stand.
pub(super) struct Blocks<'a> {
    pub(super) columns: &'a [MapColumn],
    /// Rows of each block.
    pub(super) rows: &'a [usize],
    /// For each column, offset and length of its blocks.
    pub(super) spans: &'a [Vec<(usize, usize)>],
}

/// Names of the files beside the page.
pub(super) type Beside = Option<(&'static str, &'static str)>;

/// The facts of a run.
pub(super) fn facts(
    context: &MapContext<'_>,
    blocks: &Blocks<'_>,
    zooms: Option<Zooms>,
    bounds: Option<[f64; 4]>,
    beside: Beside,
) -> Value {
    let MapContext { record, assessor, .. } = context;
    let (study, judge) = (&assessor.study, &assessor.judge);
    let rest = rest_zones(judge.rules.set);
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "name": record.project.name,
        "municipality": record.project.municipality,
        "project": project(&record.project),
        "set": record.project.set,
        "plane": record.plane.name,
        "plane_ja": record.plane.title().ja,
        "scenario": record.scenario.as_ref().map(|supposed| &supposed.note),
        "rules": rules(judge.rules.set),
        "statuses": Status::ALL.map(status),
        "zones": judge.rules.zones().map(|zone| zone_facts(zone, context)).collect::<Vec<_>>(),
        "criteria": judge.rules.set.criteria.iter().map(|criterion| criterion_facts(criterion, context)).collect::<Vec<_>>(),
        "thresholds": judge.rules.thresholds.all().iter().map(|one| threshold(one, &judge.rules.thresholds)).collect::<Vec<_>>(),
        "parcels": record.parcels.count,
        "without_geometry": record.parcels.without_usable_geometry,
        "bounds": bounds,
        "counts": record.counts,
        "columns": { "rows": blocks.rows, "list": columns(blocks) },
        "names": names(context, blocks.columns),
        "units": { "land": units(study.land.as_ref()), "people": units(study.people.as_ref()) },
        "parts_by_zone": rest.into_iter().map(Zone::id).collect::<Vec<_>>(),
        "facilities_known": judge.facilities_known,
        "unplaced_same_kind": judge.unplaced_same_kind,
        "stops_within": (assessor.far_stops > 0).then(|| stops_within(&judge.rules)),
        "named_within": judge.rules.named_within(),
        "tiles": zooms.map(|zooms| json!({
            "min_zoom": zooms.furthest, "max_zoom": zooms.closest, "lots_from": zooms.outlines_from,
        })),
        "beside": beside.map(|(tiles, columns)| json!({ "tiles": tiles, "columns": columns })),
        "inputs": record.inputs.iter().map(input).collect::<Vec<_>>(),
        "missing": record.missing_layers.iter().map(|key| named_facts(key)).collect::<Vec<_>>(),
        "expectations": record.expectations,
        "reasons": ZoneReason::ALL.map(|one| (one.id().to_owned(), both(&one.name()))).into_iter().collect::<Map<_, _>>(),
        "notices": without_folder(json!(record.notices), record),
        "severities": SEVERITIES.map(|one| (one.word().to_owned(), both(&one.name()))).into_iter().collect::<Map<_, _>>(),
        "error_bounds": record.error_bounds,
    })
}

/// What a reader gives to commands in the folder of the data: the project file without its folders, whichever system they are of, or
/// where there is none the folder itself.
fn project(project: &ProjectRecord) -> &str {
    if project.is_found { "." } else { project.file.rsplit(['/', '\\']).next().unwrap_or_default() }
}

/// What notices may be.
const SEVERITIES: [Severity; 4] = [Severity::Skipped, Severity::Mended, Severity::Warning, Severity::Info];

fn both(text: &Text) -> Value {
    json!({ "ja": text.ja, "en": text.en })
}

fn rules(set: &RuleSet) -> Value {
    json!({
        "id": set.id,
        "title": both(&set.title),
        "source": set.source.as_ref().map(both),
        "unread": set.unread.as_ref().map(both),
    })
}

fn status(status: Status) -> Value {
    let name = status.name();
    json!({ "id": status.id(), "ja": name.ja, "en": name.en, "colour": hex(colour(status)) })
}

fn zone_facts(zone: Zone, context: &MapContext<'_>) -> Value {
    let name = zone.name();
    let rules = &context.assessor.judge.rules;
    json!({
        "id": zone.id(),
        "ja": name.ja,
        "en": name.en,
        "criteria": zone.criteria().collect::<Vec<_>>(),
        "all_of": zone.rule().all_of,
        "is_region": zone.is_region(),
        "as_a_whole": zone.rule().as_a_whole.iter().filter(|id| !rules.waived.contains_key(*id)).collect::<Vec<_>>(),
        "set_by": zone.rule().set_by.map(LayerKey::name),
        "belongs_to": rules.belongs_to(zone).map(Zone::id),
    })
}

fn criterion_facts(criterion: &'static Criterion, context: &MapContext<'_>) -> Value {
    let measure = |measure: Measure| {
        json!({
            "column": measure.column,
            "threshold": measure.threshold,
            "at": if measure.at_least { "least" } else { "most" },
            "name": name_column(measure.column, context),
        })
    };
    let also = |column: &str| json!({ "column": column, "name": name_column(column, context) });
    let near = |set: NearSet| {
        let modes = match set.places {
            NearPlaces::Stops { modes, .. } => Some(modes.into_iter().map(StopKind::id).collect::<Vec<_>>()),
            _ => None,
        };
        json!({ "column": format!("{}_m", set.stem), "modes": modes })
    };
    let kind = &criterion.kind;
    let city = context.city;
    json!({
        "id": criterion.id,
        "column": criterion.is_region().then_some(criterion.column),
        "name": both(&criterion.name),
        "rule": both(&criterion.rule),
        "source": criterion.source.as_ref().map(both),
        "unread": criterion.unread.as_ref().map(both),
        "kind": kind.id(),
        "asks": kind.parameters(),
        "thresholds": kind.thresholds(),
        "measures": criterion.measures().into_iter().map(measure).collect::<Vec<_>>(),
        "also": kind.also().filter(|column| has_column(column, context)).map(also),
        "near": criterion.near_sets().into_iter().map(near).collect::<Vec<_>>(),
        "anywhere": context.assessor.anywhere.contains(criterion.id),
        "doubtful": kind.facilities().is_some_and(|asked| asked.is_doubtful(city)),
        "layers": criterion.layers().iter().map(|layer| layer_facts(layer.kind())).collect::<Vec<_>>(),
        "settled_by": both(&criterion.settled_by),
        "remedy": kind.remedy().as_ref().map(both),
        "waived": context.assessor.judge.rules.waived.get(criterion.id),
    })
}

/// The same with paths from the project's folder on: a page is handed on, and a run elsewhere gives the same one.
fn without_folder(notices: Value, record: &RunRecord) -> Value {
    let Some(folder) = Path::new(&record.project.file).parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return notices;
    };
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
fn name_column<'a>(column: &'a str, context: &MapContext<'_>) -> Option<&'a str> {
    let stem = column.strip_suffix("_m")?;
    has_column(stem, context).then_some(stem)
}

fn has_column(column: &str, context: &MapContext<'_>) -> bool {
    parcel_columns(context.layout.set).iter().any(|known| known.name == column)
}

fn threshold(threshold: &Threshold, thresholds: &Thresholds) -> Value {
    json!({
        "key": threshold.key,
        "value": thresholds.get(threshold.key),
        "default": threshold.default,
        "min": threshold.range.0,
        "max": threshold.range.1,
        "unit": threshold.unit,
        "ja": threshold.name.ja,
        "en": threshold.name.en,
    })
}

fn columns(blocks: &Blocks<'_>) -> Vec<Value> {
    let one = |(column, spans): (&MapColumn, &Vec<(usize, usize)>)| {
        let (kind, decimals) = match column.encoding {
            Encoding::Number(decimals) => ("number", decimals),
            Encoding::Name => ("name", 0),
            Encoding::Status => ("status", 0),
            Encoding::Text => ("text", 0),
            Encoding::Json => ("json", 0),
        };
        json!({
            "name": column.name,
            "title": column.title.ja,
            "title_en": column.title.en,
            "kind": kind,
            "decimals": decimals,
            "names": (column.encoding == Encoding::Name).then_some(&column.name),
            "blocks": spans,
        })
    };
    blocks.columns.iter().zip(blocks.spans).map(one).collect()
}

/// The names that columns of names point to, by column.
fn names(context: &MapContext<'_>, columns: &[MapColumn]) -> Map<String, Value> {
    let of = |column: &MapColumn| Some((column.name.clone(), json!(context.layout.names[column.name_set()?])));
    columns.iter().filter_map(of).collect()
}

/// What is known of units, both ends of each; an end without bound is null.
fn units(units: Option<&UnitValues>) -> Value {
    json!(units.map(|units| units.values.iter().map(|unit| [unit.lo, unit.hi]).collect::<Vec<_>>()))
}

/// The layer of a key, also of one that is expected or supposed.
fn named(key: &str) -> Option<&'static LayerKind> {
    LAYERS.iter().find(|kind| key.rsplit('.').next() == Some(kind.name))
}

/// The same with its names; a layer of one's own is called by its key.
fn named_facts(key: &str) -> Value {
    named(key).map_or_else(|| json!({ "id": key, "ja": key, "en": key }), layer_facts)
}

fn layer_facts(layer: &LayerKind) -> Value {
    json!({ "id": layer.name, "ja": layer.title.ja, "en": layer.title.en })
}

fn input(input: &InputRecord) -> Value {
    let file = |file: &FileRecord| {
        let mut told = json!({
            "name": Path::new(&file.path).file_name().unwrap_or_default().to_string_lossy(),
            "sha256": file.sha256,
            "features": file.features,
            "crs": file.crs,
            "crs_ja": file.crs_ja,
        });
        for (key, source) in [("source", &file.source), ("source_ja", &file.source_ja)] {
            if let Some(source) = source {
                told[key] = json!(source);
            }
        }
        told
    };
    let under = (input.layer == BACKDROP).then_some(BACKDROP_TITLE);
    let title = named(&input.layer).map(|kind| &kind.title).or(under.as_ref());
    json!({
        "layer": input.layer,
        "ja": title.map(|title| &title.ja),
        "en": title.map(|title| &title.en),
        "files": input.files.iter().map(file).collect::<Vec<_>>(),
        "note": input.note.as_ref().and_then(Option::as_ref),
    })
}
