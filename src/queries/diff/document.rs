//! What changed between two runs, for spreadsheets (`kyoten diff --out`) and for programs (`kyoten diff --json`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::changed_things::{CandidatesDoc, LineDoc, RowDoc, candidates, line, rows};
use super::{Amount, BlamedBy, Change, Diff, DiffRun, Difference, StopAmounts, StopDiff, ZoneDiff};
use crate::criteria::Zone;
use crate::notices::Notices;
use crate::outputs::csv::BOM;
use crate::outputs::text::{fixed, rounded};
use crate::outputs::{CsvCells, OutputError, SingleFile};
use crate::regions::Certainty;
use crate::runs::RunStop;
use crate::text::{Lang, Text};
use crate::units::{Metres, SquareMetres};

/// The columns of the table of changed parcels.
const COLUMNS: &str = "kyoten_id,zone,from,to,area_m2,criteria,stop,stop_kind,stop_change,stop_change_ja";

/// Digits after the point: square metres as parcels have them, hectares to the square metre.
const SQUARE_METRES: usize = 3;
const HECTARES: usize = 4;

/// Writes every change of a parcel's status as a table: UTF-8 with a byte order mark, RFC 4180 quoting, CRLF. It stands in
/// its place when it is finished. Cells that a spreadsheet would run are told of.
///
/// # Errors
/// Where the file cannot be written, or is one of the runs' own.
pub fn write_changes(
    diff: &Diff,
    goal: &Path,
    cells: CsvCells,
    notices: &mut Notices,
) -> Result<SingleFile, OutputError> {
    let in_file = goal.display().to_string();
    let mut file = SingleFile::begin(goal, diff.runs.iter().flat_map(|run| &run.files).map(PathBuf::as_path))?;
    file.write(BOM)?;
    file.write(format!("{COLUMNS}\r\n").as_bytes())?;
    let mut line = Vec::new();
    for change in &diff.changes {
        line.clear();
        let id = diff.id(change);
        let place = || text!("筆 {id}", "parcel {id}");
        cells.look(id, &in_file, place, notices);
        line.extend_from_slice(cells.field(id).as_bytes());
        line.extend_from_slice(format!(",{},{},{},", change.zone.id(), change.from, change.to).as_bytes());
        if let Some(area) = change.area_m2 {
            fixed(&mut line, area, SQUARE_METRES);
        }
        let criteria: Vec<&str> = change.criteria().collect();
        line.extend_from_slice(format!(",{},", criteria.join(";")).as_bytes());
        match diff.stop(change).map(|stop| &stop.change) {
            Some(stop) => {
                let name = stop.stop().name.as_deref().unwrap_or_default();
                cells.look(name, &in_file, || text!("筆 {id} の`stop`", "`stop` of parcel {id}"), notices);
                let name = cells.field(name);
                let what = Text::list(&stop.what());
                let (what, what_ja) = (cells.field(&what.en), cells.field(&what.ja));
                line.extend_from_slice(format!("{name},{},{what},{what_ja}\r\n", stop.stop().kind.id()).as_bytes());
            }
            None => line.extend_from_slice(b",,,\r\n"),
        }
        file.write(&line)?;
    }
    Ok(file)
}

/// What changed between two runs as a document for programs; its form is `docs/schemas/diff.schema.json`.
#[must_use]
pub fn diff_document(diff: &Diff) -> impl Serialize + '_ {
    let stops = diff.stops.as_ref();
    Document {
        before: run(&diff.runs[0]),
        after: run(&diff.runs[1]),
        matched: diff.matched,
        other_area: diff.other_area,
        shares_only: diff.shares_only,
        nothing_differs: diff.is_empty(),
        zones: diff.zones.iter().map(|(id, diff)| (id.id(), zone(diff))).collect(),
        stops_by: stops.map(|stops| match stops.by {
            BlamedBy::Shapes => "shapes",
            BlamedBy::Columns => "columns",
        }),
        stops: stops.map(|stops| stops.stops.iter().map(stop).collect()),
        lines: stops.map(|stops| stops.lines.iter().map(line).collect()),
        candidate_zones: diff.candidates.as_ref().map(candidates),
        differences: diff.differences.iter().map(difference).collect(),
        changes: Changes(diff),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    before: RunDoc<'a>,
    after: RunDoc<'a>,
    matched: u64,
    other_area: u64,
    shares_only: u64,
    nothing_differs: bool,
    zones: BTreeMap<&'static str, ZoneDoc>,
    stops_by: Option<&'static str>,
    stops: Option<Vec<StopDoc<'a>>>,
    lines: Option<Vec<LineDoc<'a>>>,
    candidate_zones: Option<CandidatesDoc<'a>>,
    differences: Vec<DifferenceDoc<'a>>,
    changes: Changes<'a>,
}

#[derive(Serialize)]
struct RunDoc<'a> {
    folder: String,
    name: &'a str,
    version: &'a str,
    parcels_file: String,
    parcels: u64,
    has_stops: bool,
    has_zones: bool,
    repeated_ids: u64,
    alone: Vec<LoneDoc<'a>>,
}

#[derive(Serialize)]
struct LoneDoc<'a> {
    kyoten_id: &'a str,
    area_m2: Option<f64>,
}

fn run(run: &DiffRun) -> RunDoc<'_> {
    RunDoc {
        folder: run.folder.display().to_string(),
        name: &run.name,
        version: &run.version,
        parcels_file: run.parcels_file.display().to_string(),
        parcels: run.parcels,
        has_stops: run.has_stops,
        has_zones: run.has_zones,
        repeated_ids: run.repeated_ids,
        alone: run.alone.iter().map(|lone| LoneDoc { kyoten_id: &lone.id, area_m2: lone.area_m2 }).collect(),
    }
}

#[derive(Serialize)]
struct AmountDoc {
    parcels: u64,
    hectares: f64,
}

fn amount(amount: Amount) -> AmountDoc {
    AmountDoc { parcels: amount.parcels, hectares: hectares(amount.area) }
}

pub(super) fn hectares(area: SquareMetres) -> f64 {
    rounded(area.hectares(), HECTARES)
}

#[derive(Serialize)]
struct ZoneDoc {
    gained: AmountDoc,
    lost: AmountDoc,
    other: AmountDoc,
    net: NetDoc,
    changes: Vec<FromToDoc>,
    criteria: BTreeMap<&'static str, AmountDoc>,
    without_criterion: AmountDoc,
}

#[derive(Serialize)]
struct NetDoc {
    parcels: i64,
    hectares: f64,
}

#[derive(Serialize)]
struct FromToDoc {
    from: &'static str,
    to: &'static str,
    #[serde(flatten)]
    amount: AmountDoc,
}

fn zone(zone: &ZoneDiff) -> ZoneDoc {
    let (gained, lost) = (zone.gained(), zone.lost());
    ZoneDoc {
        gained: amount(gained),
        lost: amount(lost),
        other: amount(zone.other()),
        net: NetDoc {
            parcels: gained.parcels.cast_signed() - lost.parcels.cast_signed(),
            hectares: hectares(gained.area - lost.area),
        },
        changes: zone
            .changes
            .iter()
            .map(|((from, to), of)| FromToDoc { from: from.id(), to: to.id(), amount: amount(*of) })
            .collect(),
        criteria: zone.criteria.iter().map(|(id, of)| (*id, amount(*of))).collect(),
        without_criterion: amount(zone.without_criterion),
    }
}

#[derive(Serialize)]
struct StopDoc<'a> {
    name: Option<&'a str>,
    kind: &'static str,
    lon: f64,
    lat: f64,
    change: Vec<String>,
    change_ja: Vec<String>,
    moved_m: Option<f64>,
    lines: Vec<usize>,
    before: Option<StateDoc<'a>>,
    after: Option<StateDoc<'a>>,
    zones: BTreeMap<&'static str, StopZoneDoc>,
}

#[derive(Serialize)]
struct StateDoc<'a> {
    source: &'a str,
    peak_trips_lo: f64,
    peak_trips_hi: Option<f64>,
    frequent: &'static str,
    connects: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct StopZoneDoc {
    gained: AmountDoc,
    lost: AmountDoc,
    other: AmountDoc,
}

pub(super) fn stop_zones(zones: &[(Zone, StopAmounts)]) -> BTreeMap<&'static str, StopZoneDoc> {
    let zones = zones.iter().map(|(id, of)| {
        let [gained, lost, other] = [of.gained, of.lost, of.other].map(amount);
        (id.id(), StopZoneDoc { gained, lost, other })
    });
    zones.collect()
}

fn stop(diff: &StopDiff) -> StopDoc<'_> {
    let stop = diff.change.stop();
    let [lon, lat] = stop.lon_lat;
    let told = diff.change.what();
    let what = |lang| told.iter().map(|phrase| phrase.get(lang).to_owned()).collect();
    StopDoc {
        name: stop.name.as_deref(),
        kind: stop.kind.id(),
        lon,
        lat,
        change: what(Lang::En),
        change_ja: what(Lang::Ja),
        moved_m: diff.change.moved.map(|Metres(metres)| rounded(metres, 1)),
        lines: diff.change.lines.iter().map(|cause| cause.line).collect(),
        before: diff.change.before.as_ref().map(state),
        after: diff.change.after.as_ref().map(state),
        zones: stop_zones(&diff.zones),
    }
}

fn state(stop: &RunStop) -> StateDoc<'_> {
    StateDoc {
        source: &stop.source,
        peak_trips_lo: stop.peak_trips.0,
        peak_trips_hi: stop.peak_trips.1,
        frequent: stop.frequent.id(),
        connects: stop.connects.map(Certainty::id),
    }
}

#[derive(Serialize)]
struct DifferenceDoc<'a> {
    group: &'static str,
    key: &'a str,
    from: &'a Value,
    to: &'a Value,
    rows: Option<Vec<RowDoc>>,
}

fn difference(of: &Difference) -> DifferenceDoc<'_> {
    DifferenceDoc { group: of.group, key: &of.key, from: &of.from, to: &of.to, rows: rows(of) }
}

#[derive(Serialize)]
struct ChangeDoc<'a> {
    kyoten_id: &'a str,
    zone: &'static str,
    from: &'static str,
    to: &'static str,
    area_m2: Option<f64>,
    criteria: Vec<&'static str>,
    stop: Option<u32>,
}

/// The changed parcels, made one by one as they are written: there may be millions.
struct Changes<'a>(&'a Diff);

impl Serialize for Changes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.changes.iter().map(|change: &Change| ChangeDoc {
            kyoten_id: self.0.id(change),
            zone: change.zone.id(),
            from: change.from.id(),
            to: change.to.id(),
            area_m2: change.area_m2,
            criteria: change.criteria().collect(),
            stop: change.stop,
        }))
    }
}
