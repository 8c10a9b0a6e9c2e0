//! The product `zones`: the candidate zones and what they carry.

use rayon::prelude::*;
use serde_json::Value;

use super::ProductContext;
use crate::criteria::{Rules, Zone};
use crate::inputs::ValueType::{Integer, Number, Text};
use crate::outputs::qgis::{Category, Form, Outline, Paint, Style, Symbol};
use crate::outputs::{Product, ProductRow, RowPlace, STRONG_BORDER, outline};
use crate::table::{ProductColumn, cells, fields};
use crate::units::Interval;
use crate::verdicts::Status;
use crate::zones::{Candidate, Makers, ZoneFacts, made_by};

/// A zone with what is told of it.
struct ZoneRow {
    zone_id: String,
    zone: Zone,
    status: Status,
    hectares: f64,
    facts: ZoneFacts,
    makers: Makers,
    parcels: u64,
    /// Longitude and latitude.
    centre: [f64; 2],
}

/// The columns.
#[rustfmt::skip]
fn columns() -> Vec<ProductColumn<ZoneRow>> {
    vec![
        ProductColumn { name: "id", title: "番号", value_type: Text, cell: |row| row.zone_id.as_str().into() },
        ProductColumn { name: "zone", title: "区域", value_type: Text, cell: |row| row.zone.id().into() },
        ProductColumn { name: "status", title: "判定", value_type: Text, cell: |row| row.status.id().into() },
        ProductColumn { name: "meets_as_a_whole", title: "区域全体での条件", value_type: Text,
            cell: |row| row.facts.meets_as_a_whole().into() },
        ProductColumn { name: "whole_fails", title: "区域全体で満たさない条件", value_type: Text,
            cell: |row| listed(row.facts.fails()) },
        ProductColumn { name: "area_ha", title: "面積 ha", value_type: Number, cell: |row| rounded(row.hectares, 4) },
        ProductColumn { name: "parcels", title: "筆数", value_type: Integer, cell: |row| row.parcels.into() },
        ProductColumn { name: "population_lo", title: "人口 下限", value_type: Number,
            cell: |row| end(row.facts.population, |i| i.lo, 1) },
        ProductColumn { name: "population_hi", title: "人口 上限", value_type: Number,
            cell: |row| end(row.facts.population, |i| i.hi, 1) },
        ProductColumn { name: "seniors_per_ha_lo", title: "高齢者密度 人/ha 下限", value_type: Number,
            cell: |row| end(row.facts.seniors_per_ha, |i| i.lo, 4) },
        ProductColumn { name: "seniors_per_ha_hi", title: "高齢者密度 人/ha 上限", value_type: Number,
            cell: |row| end(row.facts.seniors_per_ha, |i| i.hi, 4) },
        ProductColumn { name: "public_land_ratio_lo", title: "公共用地率 下限", value_type: Number,
            cell: |row| row.facts.public_land_ratio.map_or(Value::Null, |ratio| rounded(ratio.lo, 6)) },
        ProductColumn { name: "public_land_ratio_hi", title: "公共用地率 上限", value_type: Number,
            cell: |row| row.facts.public_land_ratio.map_or(Value::Null, |ratio| rounded(ratio.hi, 6)) },
        ProductColumn { name: "stations", title: "根拠の駅", value_type: Text, cell: |row| joined(&row.makers.stations) },
        ProductColumn { name: "stops", title: "根拠の停留所", value_type: Text, cell: |row| joined(&row.makers.stops) },
        ProductColumn { name: "centre_lon", title: "中心 経度", value_type: Number, cell: |row| rounded(row.centre[0], 9) },
        ProductColumn { name: "centre_lat", title: "中心 緯度", value_type: Number, cell: |row| rounded(row.centre[1], 9) },
    ]
}

/// The candidate zones, each with its facts and the number of parcels in it.
#[expect(clippy::unnecessary_wraps, reason = "every maker of the list says whether there is anything to tell")]
pub(super) fn zones(context: &ProductContext<'_>) -> Option<Product> {
    let columns = columns();
    let (candidates, from_plane) = (&context.assessor.candidates, context.from_plane);
    let rows = candidates.par_iter().zip(makers_of(context)).zip(context.parcels_by_candidate);
    let row = |((candidate, makers), &parcels): ((&Candidate, Makers), &u64)| {
        let row = ZoneRow {
            zone_id: candidate.id.clone(),
            zone: candidate.zone,
            status: candidate.status,
            hectares: candidate.area.hectares(),
            facts: candidate.facts.clone(),
            makers,
            parcels,
            centre: from_plane.lon_lat(candidate.centre),
        };
        let place = RowPlace::Area(outline::degrees(&candidate.shape, from_plane));
        ProductRow { cells: cells(&columns, &row), place }
    };
    let rows = rows.map(row).collect();
    Some(Product { name: "zones", fields: fields(&columns), rows, style: style(&context.assessor.judge.rules) })
}

/// The stations and stops that make every candidate zone.
fn makers_of(context: &ProductContext<'_>) -> Vec<Makers> {
    let ProductContext { city, assessor, .. } = context;
    let of = |zone: &Candidate| assessor.makers.get(&zone.zone).map(|reach| made_by(zone, reach, &city.scale));
    assessor.candidates.par_iter().map(|zone| of(zone).unwrap_or_default()).collect()
}

/// Colour and hatching tell the status, the border the zone. What lies below shows through: zones lie in each other.
fn style(rules: &Rules) -> Style {
    const BORDERS: [(f64, &str); 4] = [(0.8, "solid"), (0.5, "dash"), (0.5, "dot"), (0.5, "dash dot")];
    const ALPHA: u8 = 120;
    let statuses = Status::ALL.into_iter().filter(|status| *status != Status::Ineligible);
    let category = |(zone, status): (Zone, Status)| {
        let (width, pen) = BORDERS[zone.index() % BORDERS.len()];
        Category {
            value: format!("{} {}", zone.id(), status.id()),
            label: format!("{} {}（{} {}）", zone.name().ja, status.name().ja, zone.id(), status.id()),
            symbol: Symbol {
                form: Form::Area,
                paint: Paint::of(status, ALPHA),
                outline: Outline { colour: STRONG_BORDER, width, pen },
                shape: "square",
            },
        }
    };
    let both = rules.zone_regions().flat_map(|zone| statuses.clone().map(move |status| (zone, status)));
    Style { by: r#"concat("zone", ' ', "status")"#.to_owned(), categories: both.map(category).collect(), label: None }
}

/// Ids with commas between; null for none.
fn listed<'a>(ids: impl Iterator<Item = &'a str>) -> Value {
    let ids: Vec<&str> = ids.collect();
    if ids.is_empty() { Value::Null } else { ids.join(",").into() }
}

/// Names with 、 between.
pub(super) fn joined(names: &std::collections::BTreeSet<String>) -> Value {
    names.iter().map(String::as_str).collect::<Vec<_>>().join("、").into()
}

/// One end of an interval; null where it is not known.
pub(super) fn end(interval: Option<Interval<f64>>, which: fn(&Interval<f64>) -> f64, decimals: i32) -> Value {
    interval.as_ref().map(which).filter(|value| value.is_finite()).map_or(Value::Null, |value| rounded(value, decimals))
}

pub(super) fn rounded(value: f64, decimals: i32) -> Value {
    let scale = 10_f64.powi(decimals);
    ((value * scale).round() / scale).into()
}
