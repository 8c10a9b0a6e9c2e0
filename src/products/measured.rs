//! The columns of what an area carries, whether a candidate zone or one that a planner drew.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::inputs::ValueType::{self, Integer, Number};
use crate::table::ProductColumn;
use crate::text::Text;
use crate::units::Interval;
use crate::zones::{Makers, ZoneFacts};

/// What an area carries.
#[derive(Clone, Copy)]
pub(super) struct Carries<'a> {
    pub(super) parcels: u64,
    pub(super) facts: &'a ZoneFacts,
    /// The stations and stops that make it.
    pub(super) makers: &'a Makers,
    /// Longitude and latitude.
    pub(super) centre: [f64; 2],
}

/// A row that may tell what its area carries.
pub(super) trait Carrying {
    /// What that is; `None` of a row whose cells stay empty.
    fn carries(&self) -> Option<Carries<'_>>;

    /// One end of an interval; null where it is not known.
    fn end(
        &self,
        of: fn(&ZoneFacts) -> Option<Interval<f64>>,
        which: fn(Interval<f64>) -> f64,
        decimals: i32,
    ) -> Value {
        let end = self.carries().and_then(|carries| of(carries.facts)).map(which).filter(|value| value.is_finite());
        end.map_or(Value::Null, |value| rounded(value, decimals))
    }
}

/// How many parcels, who lives there, which stops make it, where its middle is.
#[rustfmt::skip]
pub(super) fn carried<R: Carrying>() -> Vec<ProductColumn<R>> {
    vec![
        ProductColumn { name: "parcels", title: Text::new("筆数", "parcels"), value_type: Integer,
            cell: |row| row.carries().map(|carries| carries.parcels).into() },
        ProductColumn { name: "population_lo", title: Text::new("人口 下限", "residents, at least"), value_type: Number,
            cell: |row| row.end(|facts| facts.population, |interval| interval.lo, 1) },
        ProductColumn { name: "population_hi", title: Text::new("人口 上限", "residents, at most"), value_type: Number,
            cell: |row| row.end(|facts| facts.population, |interval| interval.hi, 1) },
        ProductColumn { name: "seniors_per_ha_lo", title: Text::new("高齢者密度 人/ha 下限", "seniors a hectare, at least"), value_type: Number,
            cell: |row| row.end(|facts| facts.seniors_per_ha, |interval| interval.lo, 4) },
        ProductColumn { name: "seniors_per_ha_hi", title: Text::new("高齢者密度 人/ha 上限", "seniors a hectare, at most"), value_type: Number,
            cell: |row| row.end(|facts| facts.seniors_per_ha, |interval| interval.hi, 4) },
        ProductColumn { name: "public_land_ratio_lo", title: Text::new("公共用地率 下限", "public-land ratio, at least"), value_type: Number,
            cell: |row| row.end(|facts| facts.public_land_ratio, |interval| interval.lo, 6) },
        ProductColumn { name: "public_land_ratio_hi", title: Text::new("公共用地率 上限", "public-land ratio, at most"), value_type: Number,
            cell: |row| row.end(|facts| facts.public_land_ratio, |interval| interval.hi, 6) },
        ProductColumn { name: "stations", title: Text::new("根拠の駅", "stations that make it"), value_type: ValueType::Text,
            cell: |row| row.carries().map_or(Value::Null, |carries| joined(&carries.makers.stations)) },
        ProductColumn { name: "stops", title: Text::new("根拠の停留所", "stops that make it"), value_type: ValueType::Text,
            cell: |row| row.carries().map_or(Value::Null, |carries| joined(&carries.makers.stops)) },
        ProductColumn { name: "centre_lon", title: Text::new("中心 経度", "centre, longitude"), value_type: Number,
            cell: |row| row.carries().map_or(Value::Null, |carries| rounded(carries.centre[0], 9)) },
        ProductColumn { name: "centre_lat", title: Text::new("中心 緯度", "centre, latitude"), value_type: Number,
            cell: |row| row.carries().map_or(Value::Null, |carries| rounded(carries.centre[1], 9)) },
    ]
}

/// Names with 、 between.
fn joined(names: &BTreeSet<String>) -> Value {
    names.iter().map(String::as_str).collect::<Vec<_>>().join("、").into()
}

pub(super) fn rounded(value: f64, decimals: i32) -> Value {
    let scale = 10_f64.powi(decimals);
    ((value * scale).round() / scale).into()
}
