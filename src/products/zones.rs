//! The product `zones`: the candidate zones and what they carry.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::Value;

use super::ProductContext;
use crate::criteria::Zone;
use crate::inputs::ValueType::{Integer, Number, Text};
use crate::outputs::qgis::{Category, Form, Outline, Paint, Style, Symbol};
use crate::outputs::{Product, ProductRow, RowPlace, STRONG_BORDER, outline};
use crate::table::{ProductColumn, cells, fields};
use crate::units::Interval;
use crate::verdicts::Status;
use crate::zones::{Candidate, ZoneContext, ZoneFacts, facts, uninhabited};

/// A zone with what is told of it.
struct ZoneRow {
    zone: Zone,
    status: Status,
    hectares: f64,
    facts: ZoneFacts,
    parcels: u64,
    /// Longitude and latitude.
    centre: [f64; 2],
}

/// The columns.
#[rustfmt::skip]
fn columns() -> Vec<ProductColumn<ZoneRow>> {
    vec![
        ProductColumn { name: "zone", title: "区域", value_type: Text, cell: |row| row.zone.id().into() },
        ProductColumn { name: "status", title: "判定", value_type: Text, cell: |row| row.status.id().into() },
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
            cell: |row| end(row.facts.public_land_ratio, |i| i.lo, 6) },
        ProductColumn { name: "public_land_ratio_hi", title: "公共用地率 上限", value_type: Number,
            cell: |row| end(row.facts.public_land_ratio, |i| i.hi, 6) },
        ProductColumn { name: "stations", title: "根拠の駅", value_type: Text, cell: |row| joined(&row.facts.stations) },
        ProductColumn { name: "stops", title: "根拠の停留所", value_type: Text, cell: |row| joined(&row.facts.stops) },
        ProductColumn { name: "centre_lon", title: "中心 経度", value_type: Number, cell: |row| rounded(row.centre[0], 9) },
        ProductColumn { name: "centre_lat", title: "中心 緯度", value_type: Number, cell: |row| rounded(row.centre[1], 9) },
    ]
}

/// The candidate zones, each with its facts and the number of parcels in it.
#[expect(clippy::unnecessary_wraps, reason = "every maker of the list says whether there is anything to tell")]
pub(super) fn zones(context: &ProductContext<'_>) -> Option<Product> {
    let columns = columns();
    let (candidates, from_plane) = (&context.assessor.candidates, context.from_plane);
    let rows = candidates.iter().zip(facts_of(context)).zip(context.parcels_by_candidate);
    let row = |((candidate, facts), &parcels): ((&Candidate, ZoneFacts), &u64)| {
        let row = ZoneRow {
            zone: candidate.zone,
            status: candidate.status,
            hectares: candidate.area.hectares(),
            facts,
            parcels,
            centre: from_plane.lon_lat(candidate.centre),
        };
        let place = RowPlace::Area(outline::degrees(&candidate.shape, from_plane));
        ProductRow { cells: cells(&columns, &row), place }
    };
    let rows = rows.map(row).collect();
    Some(Product { name: "zones", fields: fields(&columns), rows, style: style() })
}

/// What every candidate zone carries.
fn facts_of(context: &ProductContext<'_>) -> Vec<ZoneFacts> {
    let ProductContext { city, assessor, .. } = context;
    let empty = city.census().and_then(uninhabited).map(|region| region.index());
    let units = assessor.study.people.as_ref().map(|units| units.coverage.as_ref());
    let of_zone = |zone: Zone| ZoneContext {
        scale: &city.scale,
        census: city.census().zip(units),
        uninhabited: empty.as_ref(),
        public_land: assessor.public_land.as_deref(),
        stops: assessor.makers.get(&zone).cloned(),
    };
    let contexts: BTreeMap<Zone, ZoneContext<'_>> =
        Zone::REGIONS.into_iter().map(|zone| (zone, of_zone(zone))).collect();
    assessor.candidates.par_iter().map(|zone| facts(zone, &contexts[&zone.zone])).collect()
}

/// Colour and hatching tell the status, the border the zone. What lies below shows through: zones lie in each other.
fn style() -> Style {
    const ALPHA: u8 = 120;
    let statuses = Status::ALL.into_iter().filter(|status| *status != Status::Ineligible);
    let category = |(zone, status): (Zone, Status)| {
        let (width, pen) = match zone {
            Zone::Central => (0.8, "solid"),
            Zone::Local => (0.5, "dash"),
            Zone::Senior | Zone::SeniorSite => (0.5, "dot"),
        };
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
    let both = Zone::REGIONS.into_iter().flat_map(|zone| statuses.clone().map(move |status| (zone, status)));
    Style { by: r#"concat("zone", ' ', "status")"#.to_owned(), categories: both.map(category).collect(), label: None }
}

/// Names with 、 between.
fn joined(names: &std::collections::BTreeSet<String>) -> Value {
    names.iter().map(String::as_str).collect::<Vec<_>>().join("、").into()
}

/// One end of an interval; null where it is not known.
fn end(interval: Option<Interval<f64>>, which: fn(&Interval<f64>) -> f64, decimals: i32) -> Value {
    interval.as_ref().map(which).filter(|value| value.is_finite()).map_or(Value::Null, |value| rounded(value, decimals))
}

pub(super) fn rounded(value: f64, decimals: i32) -> Value {
    let scale = 10_f64.powi(decimals);
    ((value * scale).round() / scale).into()
}
