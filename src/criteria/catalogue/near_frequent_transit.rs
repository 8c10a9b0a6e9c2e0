//! `near-frequent-transit`: within walking distance of a station or stop with enough departures in the peak hour.

use crate::criteria::kinds::NearStops;
use crate::criteria::{Criterion, Measure, Within};
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static NEAR_FREQUENT_TRANSIT: Criterion = Criterion {
    id: "near-frequent-transit",
    name: Text::new("基幹的な公共交通の徒歩圏", "near frequent transit"),
    rule: Text::new(
        "ピーク時の片道運行本数が{min_peak_trips}以上の鉄道駅から{station_radius_m}以内、またはバス停・電停から{stop_radius_m}以内",
        "within {station_radius_m} of a rail or subway station, or {stop_radius_m} of a bus or tram stop, with a peak service of at least {min_peak_trips} in one direction",
    ),
    doc: include_str!("near_frequent_transit.md"),
    source: "対象となる区域【人口密度維持タイプ】「中心拠点区域」第2項",
    layers: &[LayerKey::Stations, LayerKey::Stops],
    settled_by: Text::new(
        "時刻表、または停留所のピーク時運行本数（列 `peak_trips` か CSV `peaks`）",
        "timetables, or peak trips of the stops: a column `peak_trips`, or a CSV `peaks`",
    ),
    kind: &NearStops {
        within: Within { rail: "station_radius_m", tram: "stop_radius_m", bus: "stop_radius_m" },
        service: Some("min_peak_trips"),
        measures: &[Measure::at_most("station_m", "station_radius_m"), Measure::at_most("stop_m", "stop_radius_m")],
    },
};
