//! The columns of the map: those of the parcels' files, and what the page needs to recompute a status.

use serde_json::{Value, json};

use super::block;
use super::outlines::Step;
use crate::criteria::Zone;
use crate::evidence::{InUnit, NearSet, Part, PlaceShares};
use crate::outputs::columns::{Cell, Column, Judged};
use crate::outputs::properties::ValueType;
use crate::outputs::text::TENS;
use crate::units::Metres;
use crate::verdicts::Status;

/// Digits after the point: of shares, of parts of shares, of lengths, of degrees.
const SHARE: usize = 6;
const METRES: usize = 3;
const DEGREES: usize = 6;

/// Parts of a parcel are given to a billionth, so that their sum is right to the millionth that is judged.
const PART_STEPS: f64 = 1e9;

/// What the map is told of one parcel.
pub(super) struct MapRow<'a> {
    pub(super) judged: &'a Judged,
    pub(super) parts: &'a [Part],
    /// A point inside it.
    pub(super) middle: Option<Step>,
    /// No two of its points are further apart.
    pub(super) span: Option<Metres>,
}

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Numbers with so many digits after the point.
    Number(usize),
    /// Places of names in a list of them.
    Name,
    /// Places of statuses in [`Status::ALL`].
    Status,
    Text,
    Json,
}

/// One column of the map.
#[derive(Debug)]
pub(super) struct MapColumn {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) kind: Kind,
    source: Source,
}

/// A number of a parcel.
type Measure = Box<dyn Fn(&MapRow<'_>) -> Option<f64> + Send + Sync>;

enum Source {
    /// A column of the parcels' files.
    Own(Column),
    /// A number, in units of the last digit that is given.
    Number(Measure),
    /// The parts of a parcel.
    Parts,
}

/// The places of which the parts of a parcel are told their shares: zones without their criteria about units.
pub const REST: [(Zone, &[&str]); 2] =
    [(Zone::Central, &["enough-public-land"]), (Zone::Senior, &["enough-public-land", "enough-seniors"])];

/// All columns, in order.
pub(super) fn columns() -> Vec<MapColumn> {
    let mut list: Vec<MapColumn> = crate::outputs::columns::columns().into_iter().map(own).collect();
    for (axis, (name, title)) in [("lon", "経度"), ("lat", "緯度")].into_iter().enumerate() {
        list.push(number(name, title, DEGREES, move |row| {
            row.middle.map(|middle| super::outlines::lon_lat(middle)[axis])
        }));
    }
    // Rounded up, so that it is never too short.
    let span = |row: &MapRow<'_>| row.span.map(|span| (span.0 * 1000.0).ceil() / 1000.0);
    list.push(number("span_m", "さしわたし m", METRES, span));
    for zone in Zone::ALL {
        let share = move |of: fn(&PlaceShares) -> f64| {
            move |row: &MapRow<'_>| row.judged.measured.zones.get(zone as usize).map(of)
        };
        let (id, title) = (zone.id(), zone.japanese());
        // The files have no shares of a site: its criteria ask about the lot alone, but for some rule sets.
        if zone == Zone::SeniorSite {
            list.push(number(
                &format!("{id}_lo"),
                &format!("{title} 面積割合 下限"),
                SHARE,
                share(|found| found.share.lo.0),
            ));
            list.push(number(
                &format!("{id}_hi"),
                &format!("{title} 面積割合 上限"),
                SHARE,
                share(|found| found.share.hi.0),
            ));
        }
        list.push(number(
            &format!("{id}_expected"),
            &format!("{title} 面積割合 見込み"),
            SHARE,
            share(|found| found.expected.0),
        ));
    }
    for (name, title, set) in [
        ("same_kind_m", "同種の施設 距離 m", NearSet::SameKind),
        ("maybe_same_kind_m", "同種かもしれない施設 距離 m", NearSet::MaybeSameKind),
    ] {
        let metres = move |row: &MapRow<'_>| {
            row.judged.measured.near.get(set as usize).copied().flatten().map(|near| near.distance.0)
        };
        list.push(number(name, title, METRES, metres));
    }
    list.push(number("land_unit", "評価単位", 0, |row| the_one(row.parts, |part| part.land)));
    list.push(number("people_unit", "国勢調査の単位", 0, |row| the_one(row.parts, |part| part.people)));
    for (place, (zone, _)) in REST.iter().enumerate() {
        for (end, name) in ["lo", "hi", "expected"].into_iter().enumerate() {
            let share = move |row: &MapRow<'_>| {
                let of_parts = row.parts.iter().map(|part| part.rest[place][end]).sum::<f64>();
                (!row.parts.is_empty()).then_some(of_parts)
            };
            let title = format!("{} 単位の要件を除く面積割合 {name}", zone.japanese());
            list.push(number(&format!("{}_rest_{name}", zone.id()), &title, SHARE, share));
        }
    }
    list.push(MapColumn {
        name: "parts".to_owned(),
        title: "単位ごとの部分".to_owned(),
        kind: Kind::Json,
        source: Source::Parts,
    });
    list
}

fn own(column: Column) -> MapColumn {
    let kind = match column.kind() {
        _ if Zone::ALL.iter().any(|zone| zone.id() == column.name) => Kind::Status,
        _ if column.name_set().is_some() => Kind::Name,
        ValueType::Text => Kind::Text,
        _ => Kind::Number(column.decimals()),
    };
    MapColumn { name: column.name.clone(), title: column.title.clone(), kind, source: Source::Own(column) }
}

fn number(
    name: &str,
    title: &str,
    decimals: usize,
    value: impl Fn(&MapRow<'_>) -> Option<f64> + Send + Sync + 'static,
) -> MapColumn {
    let source = Source::Number(Box::new(value));
    MapColumn { name: name.to_owned(), title: title.to_owned(), kind: Kind::Number(decimals), source }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Own(_) => "Own",
            Self::Number(_) => "Number",
            Self::Parts => "Parts",
        })
    }
}

impl MapColumn {
    /// Of a column of names, the set of places that bear them.
    pub(super) fn name_set(&self) -> Option<usize> {
        match &self.source {
            Source::Own(column) => column.name_set(),
            Source::Number(_) | Source::Parts => None,
        }
    }

    /// The block of some consecutive parcels.
    pub(super) fn block(&self, rows: &[MapRow<'_>]) -> Vec<u8> {
        match (&self.source, self.kind) {
            (Source::Parts, _) => block::values(&rows.iter().map(|row| parts(row.parts)).collect::<Vec<_>>()),
            (Source::Own(column), Kind::Text | Kind::Json) => {
                let text = |row: &MapRow<'_>| match column.cell(row.judged) {
                    Cell::Text(text) => text.into(),
                    _ => Value::Null,
                };
                block::values(&rows.iter().map(text).collect::<Vec<_>>())
            }
            (Source::Own(column), kind) => {
                block::numbers(&rows.iter().map(|row| code(column, kind, row.judged)).collect::<Vec<_>>())
            }
            (Source::Number(value), kind) => {
                let steps = steps(kind);
                let whole = |row: &MapRow<'_>| {
                    value(row).filter(|value| value.is_finite()).map(|value| (value * steps).round())
                };
                block::numbers(&rows.iter().map(whole).collect::<Vec<_>>())
            }
        }
    }
}

/// A value as a whole number; a status as its place.
fn code(column: &Column, kind: Kind, judged: &Judged) -> Option<f64> {
    match column.cell(judged) {
        Cell::Number(value, decimals) => Some((value * steps(Kind::Number(decimals))).round()),
        Cell::Name(_, place) => Some(place as f64),
        Cell::Text(id) if kind == Kind::Status => {
            Status::ALL.iter().position(|status| status.id() == id).map(|place| place as f64)
        }
        Cell::Text(_) | Cell::Null => None,
    }
}

fn steps(kind: Kind) -> f64 {
    match kind {
        Kind::Number(decimals) => TENS[decimals],
        _ => 1.0,
    }
}

/// How a unit is written: its place, −1 where it is settled that no threshold is reached, nothing where nothing is known.
fn unit(of: InUnit) -> Option<i64> {
    match of {
        InUnit::Of(unit) => Some(i64::from(unit)),
        InUnit::Settled => Some(-1),
        InUnit::Unknown => None,
    }
}

/// The unit of a parcel that lies in one as a whole.
fn the_one(parts: &[Part], of: fn(&Part) -> InUnit) -> Option<f64> {
    match parts {
        [part] => unit(of(part)).map(|unit| unit as f64),
        _ => None,
    }
}

/// The parts of a parcel that has several; an empty list where units overlap. The others need none.
fn parts(parts: &[Part]) -> Value {
    if parts.len() == 1 {
        return Value::Null;
    }
    let rounded = |share: f64| (share * PART_STEPS).round() / PART_STEPS;
    let part = |part: &Part| {
        let rest = part.rest.iter().map(|ends| ends.map(rounded));
        let mut list = vec![json!(unit(part.land)), json!(unit(part.people))];
        list.extend(rest.map(|ends| json!(ends)));
        Value::Array(list)
    };
    parts.iter().map(part).collect()
}
