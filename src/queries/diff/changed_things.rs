//! Lines, candidate zones and lists of the record that are not the same, for programs.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::document::{StopZoneDoc, hectares, stop_zones};
use super::{CandidateChange, CandidateZone, CandidatesDiff, Difference, LineDiff};
use crate::runs::TripsRange;

/// What was and what is.
#[derive(Serialize)]
struct FromTo<T> {
    from: T,
    to: T,
}

#[derive(Serialize)]
pub(super) struct LineDoc<'a> {
    name: &'a str,
    operator: Option<&'a str>,
    kind: Option<&'a str>,
    peak_trips: Option<FromTo<Option<TripsRange>>>,
    daily_trips: Option<FromTo<Option<TripsRange>>>,
    change: String,
    change_ja: String,
    stops: &'a [usize],
    zones: BTreeMap<&'static str, StopZoneDoc>,
}

pub(super) fn line(diff: &LineDiff) -> LineDoc<'_> {
    let (change, what) = (&diff.change, diff.change.what());
    let ranges = |ends: Option<[Option<TripsRange>; 2]>| ends.map(|[from, to]| FromTo { from, to });
    LineDoc {
        name: &change.name,
        operator: change.operator.as_deref(),
        kind: change.kind.as_deref(),
        peak_trips: ranges(change.peak_trips),
        daily_trips: ranges(change.daily_trips),
        change: what.en.into_owned(),
        change_ja: what.ja.into_owned(),
        stops: &diff.stops,
        zones: stop_zones(&diff.zones),
    }
}

#[derive(Serialize)]
pub(super) struct CandidatesDoc<'a> {
    unchanged: usize,
    changes: Vec<CandidateDoc<'a>>,
}

#[derive(Serialize)]
struct CandidateDoc<'a> {
    zone: &'static str,
    change: &'static str,
    before: Option<StateDoc<'a>>,
    after: Option<StateDoc<'a>>,
    differs_ha: f64,
    only_before_ha: f64,
    only_after_ha: f64,
    part_of: Option<&'a str>,
    columns: BTreeMap<&'static str, FromTo<&'a Value>>,
}

#[derive(Serialize)]
struct StateDoc<'a> {
    id: &'a str,
    status: &'a Value,
    area_ha: &'a Value,
    parcels: &'a Value,
}

pub(super) fn candidates(diff: &CandidatesDiff) -> CandidatesDoc<'_> {
    CandidatesDoc { unchanged: diff.unchanged, changes: diff.changes.iter().map(candidate).collect() }
}

fn candidate(change: &CandidateChange) -> CandidateDoc<'_> {
    CandidateDoc {
        zone: change.zone.id(),
        change: match (&change.before, &change.after) {
            (None, _) => "appeared",
            (_, None) => "vanished",
            _ => "changed",
        },
        before: change.before.as_ref().map(state),
        after: change.after.as_ref().map(state),
        differs_ha: hectares(change.differs()),
        only_before_ha: hectares(change.only[0]),
        only_after_ha: hectares(change.only[1]),
        part_of: change.within.as_deref(),
        columns: change.columns.iter().map(|(name, from, to)| (*name, FromTo { from, to })).collect(),
    }
}

fn state(zone: &CandidateZone) -> StateDoc<'_> {
    let [status, area_ha, parcels] = ["status", "area_ha", "parcels"].map(|name| zone.column(name));
    StateDoc { id: &zone.id, status, area_ha, parcels }
}

#[derive(Serialize)]
pub(super) struct RowDoc {
    name: String,
    change: &'static str,
    members: BTreeMap<String, FromTo<Value>>,
}

/// Of two lists of things with members, the things that differ.
pub(super) fn rows(difference: &Difference) -> Option<Vec<RowDoc>> {
    let row = |row: super::RowDiff| RowDoc {
        name: row.name,
        change: match (row.before, row.after) {
            (false, _) => "added",
            (_, false) => "removed",
            _ => "changed",
        },
        members: row.members.into_iter().map(|(key, from, to)| (key, FromTo { from, to })).collect(),
    };
    Some(difference.rows()?.into_iter().map(row).collect())
}
