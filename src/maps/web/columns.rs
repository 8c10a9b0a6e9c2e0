//! The columns of the map: those of the parcels' files, and what the page needs to recompute a status.

use serde_json::{Value, json};

use super::block;
use super::outlines::{Step, lon_lat};
use crate::assess::{Assessment, Assessor};
use crate::criteria::{RuleSet, Zone};
use crate::evidence::{InUnit, Part};
use crate::inputs::ValueType;
use crate::outputs::text::TENS;
use crate::table::{Cell, Column, End, SHARE_DECIMALS, View, land_columns, margin_columns, parcel_columns};
use crate::text::Text;
use crate::verdicts::Status;

/// Digits after the point: of lengths, of degrees.
const METRES: usize = 3;
const DEGREES: usize = 6;

/// Parts of a parcel are given to a billionth, so that their sum is right to the millionth that is judged.
const PART_STEPS: f64 = 1e9;

/// What the map is told of a batch.
pub(super) struct MapBatch<'a> {
    pub(super) assessment: &'a Assessment,
    /// The parts of each parcel by unit.
    pub(super) parts: &'a [Vec<Part>],
    /// A point inside each.
    pub(super) middles: &'a [Option<Step>],
    /// No two points of a parcel are further apart, metres.
    pub(super) spans: &'a [Option<f64>],
}

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Numbers with so many digits after the point.
    Number(usize),
    /// Indices of names in a list of them.
    Name,
    /// Indices of statuses in [`Status::ALL`].
    Status,
    Text,
    Json,
}

/// One column of the map.
#[derive(Debug)]
pub(super) struct MapColumn {
    pub(super) name: String,
    pub(super) title: Text,
    pub(super) encoding: Encoding,
    source: MapSource,
}

/// What a column shows.
#[derive(Debug)]
enum MapSource {
    /// A column of the parcels' files.
    Own(Column),
    /// An end of the shares in a zone.
    ZoneShare(Zone, End),
    /// The point inside, longitude or latitude.
    Middle(usize),
    Span,
    /// The unit of a parcel that lies in one as a whole.
    Unit(fn(&Part) -> InUnit),
    /// The share in a zone without its criteria about units, by the zone's index among [`rest_zones`].
    Rest(usize, End),
    /// The parts of a parcel.
    Parts,
}

/// The zones that ask of units, of which the parts of a parcel are told what the other criteria leave of them. None that asks
/// of units or of something else, nor that belongs to one and the same of other zones: there, parts do not tell.
pub(super) fn rest_zones(set: &'static RuleSet) -> Vec<Zone> {
    let asks_units = |id: &&str| set.criterion(id).is_some_and(|criterion| criterion.kind.units().is_some());
    let belongs = |id: &str| set.criterion(id).is_some_and(|one| one.zone_that_it_belongs_to().is_some());
    let told = |zone: &Zone| {
        let (units, alone) = (zone.criteria().filter(asks_units).count(), zone.alone().filter(asks_units).count());
        units > 0 && units == alone && !zone.alone().any(belongs)
    };
    set.zone_regions().filter(told).collect()
}

/// All columns of a run, in order; `rest` are the [`rest_zones`], and `explains` tells whether margins are among them.
pub(super) fn columns(assessor: &Assessor, rest: &[Zone], explains: bool) -> Vec<MapColumn> {
    let set = assessor.judge.rules.set;
    let mut list: Vec<MapColumn> = parcel_columns(set).into_iter().map(own).collect();
    if assessor.study.floors.is_some() {
        list.extend(land_columns(set).into_iter().map(own));
    }
    if explains {
        list.extend(margin_columns(set).into_iter().map(own));
    }
    let mut number = |name: &str, title: Text, decimals: usize, source: MapSource| {
        list.push(MapColumn { name: name.to_owned(), title, encoding: Encoding::Number(decimals), source });
    };
    number("lon", Text::new("経度", "longitude"), DEGREES, MapSource::Middle(0));
    number("lat", Text::new("緯度", "latitude"), DEGREES, MapSource::Middle(1));
    number("span_m", Text::new("さしわたし m", "diameter m"), METRES, MapSource::Span);
    for zone in set.zones() {
        // The files have no shares of a site: its criteria ask about the parcel alone, but for some rule sets.
        let ends: &[End] = if zone.is_region() { &[End::Expected] } else { &[End::Lo, End::Hi, End::Expected] };
        for &end in ends {
            let (name, title) = (format!("{}_{}", zone.id(), end.suffix()), share_title(&zone.name(), end));
            number(&name, title, SHARE_DECIMALS, MapSource::ZoneShare(zone, end));
        }
    }
    number("land_unit", Text::new("評価単位", "evaluation unit"), 0, MapSource::Unit(|part| part.land));
    number("people_unit", Text::new("国勢調査の単位", "census unit"), 0, MapSource::Unit(|part| part.people));
    for (index, zone) in rest.iter().enumerate() {
        for end in [End::Lo, End::Hi, End::Expected] {
            let suffix = end.suffix();
            let (ja, en) = (format!(" 単位の条件を除く面積割合 {suffix}"), format!(", share without units, {suffix}"));
            let (name, title) = (format!("{}_rest_{suffix}", zone.id()), zone.name().with(&ja, &en));
            number(&name, title, SHARE_DECIMALS, MapSource::Rest(index, end));
        }
    }
    list.push(MapColumn {
        name: "parts".to_owned(),
        title: Text::new("単位ごとの部分", "parts by unit"),
        encoding: Encoding::Json,
        source: MapSource::Parts,
    });
    list
}

fn share_title(zone: &Text, end: End) -> Text {
    let suffix = end.title();
    zone.with(&format!(" 面積割合 {}", suffix.ja), &format!(", share of area, {}", suffix.en))
}

fn own(column: Column) -> MapColumn {
    let encoding = match column.value_type() {
        _ if column.is_status() => Encoding::Status,
        _ if column.name_set().is_some() => Encoding::Name,
        ValueType::Text => Encoding::Text,
        _ => Encoding::Number(column.decimals()),
    };
    MapColumn { name: column.name.clone(), title: column.title.clone(), encoding, source: MapSource::Own(column) }
}

impl MapColumn {
    /// Of a column of names, the set of places that bear them.
    pub(super) fn name_set(&self) -> Option<usize> {
        match &self.source {
            MapSource::Own(column) => column.name_set(),
            _ => None,
        }
    }

    /// The block of a batch.
    pub(super) fn block(&self, batch: &MapBatch<'_>) -> Vec<u8> {
        let (assessment, parts) = (batch.assessment, batch.parts);
        let (rows, usable) = (assessment.len(), assessment.measures.area_m2.known());
        let steps = self.steps();
        let whole = |value: f64| (value * steps).round();
        let numbers = |value: &dyn Fn(usize) -> Option<f64>| {
            block::numbers(&(0..rows).map(|row| value(row).filter(|value| value.is_finite())).collect::<Vec<_>>())
        };
        match &self.source {
            MapSource::Own(column) => own_block(&column.view(assessment), rows, steps),
            &MapSource::ZoneShare(zone, end) => {
                own_block(&View::shares(&assessment.measures.zones[zone.index()], end, usable), rows, steps)
            }
            &MapSource::Middle(axis) => numbers(&|row| batch.middles[row].map(|middle| whole(lon_lat(middle)[axis]))),
            MapSource::Span => numbers(&|row| batch.spans[row].map(whole)),
            MapSource::Unit(of) => numbers(&|row| the_one(&parts[row], *of)),
            &MapSource::Rest(zone, end) => numbers(&|row| rest_share(&parts[row], zone, end).map(whole)),
            MapSource::Parts => block::values(&parts.iter().map(|parts| told(parts)).collect::<Vec<_>>()),
        }
    }

    fn steps(&self) -> f64 {
        match self.encoding {
            Encoding::Number(decimals) => TENS[decimals],
            Encoding::Name | Encoding::Status | Encoding::Text | Encoding::Json => 1.0,
        }
    }
}

/// The block of an array of the assessment.
fn own_block(view: &View<'_>, rows: usize, steps: f64) -> Vec<u8> {
    let numbers = |code: &dyn Fn(Cell<'_>) -> Option<f64>| {
        block::numbers(&(0..rows).map(|row| code(view.cell(row))).collect::<Vec<_>>())
    };
    match view {
        View::Texts(texts) => block::values(&texts.iter().map(Value::from).collect::<Vec<_>>()),
        View::Statuses(statuses) => {
            block::numbers(&statuses.iter().map(|&status| Some(code_of(status))).collect::<Vec<_>>())
        }
        View::Shares(..) | View::Numbers(..) | View::Names(..) => numbers(&|cell| match cell {
            Cell::Millionths(share) => Some(f64::from(share)),
            Cell::Number(value, _) => Some((value * steps).round()),
            Cell::Name(_, index) => Some(index as f64),
            Cell::Text(_) | Cell::Null => None,
        }),
    }
}

/// The index of a status in [`Status::ALL`].
fn code_of(status: Status) -> f64 {
    f64::from(status as u8)
}

/// How a unit is written: its index, −1 where it is settled that no threshold is reached, nothing where nothing is known.
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

/// The share of a parcel in a zone without its criteria about units; none where its parts cannot be told apart.
fn rest_share(parts: &[Part], zone: usize, end: End) -> Option<f64> {
    let of_part = |part: &Part| {
        part.rest[zone][match end {
            End::Lo => 0,
            End::Hi => 1,
            End::Expected => 2,
        }]
    };
    (!parts.is_empty()).then(|| parts.iter().map(of_part).sum())
}

/// The parts of a parcel that has several; an empty list where units overlap. The others need none.
fn told(parts: &[Part]) -> Value {
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
