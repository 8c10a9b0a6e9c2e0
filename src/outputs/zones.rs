//! The product `zones`: the candidate zones and what they carry.

use serde_json::Value;

use super::colours::STRONG_BORDER;
use super::outline;
use super::product::{Place, Product, ProductColumn, Row, cells, fields};
use super::properties::ValueType::{Integer, Number, Text};
use super::qgis::{Category, Form, Outline, Paint, Style, Symbol};
use crate::criteria::Zone;
use crate::crs::FromPlane;
use crate::units::Interval;
use crate::verdicts::Status;
use crate::zones::{Candidate, ZoneFacts};

/// A zone with what is told of it.
struct ZoneRow<'a> {
    zone: &'a Candidate,
    facts: &'a ZoneFacts,
    parcels: u64,
    /// Longitude and latitude.
    centre: [f64; 2],
}

/// The columns.
#[rustfmt::skip]
fn columns<'a>() -> [ProductColumn<ZoneRow<'a>>; 14] {
    [
        ProductColumn { name: "zone", title: "区域", kind: Text, cell: |row| row.zone.zone.id().into() },
        ProductColumn { name: "status", title: "判定", kind: Text, cell: |row| row.zone.status.id().into() },
        ProductColumn { name: "area_ha", title: "面積 ha", kind: Number, cell: |row| rounded(row.zone.area.hectares(), 4) },
        ProductColumn { name: "parcels", title: "筆・敷地 数", kind: Integer, cell: |row| row.parcels.into() },
        ProductColumn { name: "population_lo", title: "人口 下限", kind: Number,
            cell: |row| end(row.facts.population, |i| i.lo, 1) },
        ProductColumn { name: "population_hi", title: "人口 上限", kind: Number,
            cell: |row| end(row.facts.population, |i| i.hi, 1) },
        ProductColumn { name: "seniors_per_ha_lo", title: "高齢者密度 人/ha 下限", kind: Number,
            cell: |row| end(row.facts.seniors_per_ha, |i| i.lo, 4) },
        ProductColumn { name: "seniors_per_ha_hi", title: "高齢者密度 人/ha 上限", kind: Number,
            cell: |row| end(row.facts.seniors_per_ha, |i| i.hi, 4) },
        ProductColumn { name: "public_land_ratio_lo", title: "公共用地率 下限", kind: Number,
            cell: |row| end(row.facts.public_land_ratio, |i| i.lo, 6) },
        ProductColumn { name: "public_land_ratio_hi", title: "公共用地率 上限", kind: Number,
            cell: |row| end(row.facts.public_land_ratio, |i| i.hi, 6) },
        ProductColumn { name: "stations", title: "根拠の駅", kind: Text, cell: |row| joined(&row.facts.stations) },
        ProductColumn { name: "stops", title: "根拠の停留所", kind: Text, cell: |row| joined(&row.facts.stops) },
        ProductColumn { name: "centre_lon", title: "中心 経度", kind: Number, cell: |row| rounded(row.centre[0], 9) },
        ProductColumn { name: "centre_lat", title: "中心 緯度", kind: Number, cell: |row| rounded(row.centre[1], 9) },
    ]
}

/// The candidate zones, each with its facts and the number of parcels in it.
#[must_use]
pub fn zones(zones: &[(Candidate, ZoneFacts, u64)], from_plane: &FromPlane) -> Product {
    let columns = columns();
    let mut rows = Vec::new();
    for (zone, facts, parcels) in zones {
        let row = ZoneRow { zone, facts, parcels: *parcels, centre: from_plane.lon_lat(zone.centre) };
        rows.push(Row { cells: cells(&columns, &row), place: Place::Area(outline::degrees(&zone.shape, from_plane)) });
    }
    Product { name: "zones", fields: fields(&columns), rows, style: style() }
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
            label: format!("{} {}（{} {}）", zone.japanese(), status.japanese(), zone.id(), status.id()),
            symbol: Symbol {
                form: Form::Area,
                paint: Paint::of(status, ALPHA),
                outline: Outline { colour: STRONG_BORDER, width, pen },
                shape: "square",
            },
        }
    };
    let both = Zone::PLACES.into_iter().flat_map(|zone| statuses.clone().map(move |status| (zone, status)));
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
