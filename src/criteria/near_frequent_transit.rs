//! `near-frequent-transit`: within walking distance of a station or stop with enough departures in the peak hour.

use super::{Asks, Criterion, Ground, Measure, Needs, StopReach};
use crate::layers::{LayerKey, StopKind};
use crate::transit::Stop;
use crate::units::Metres;

/// The criterion.
pub static NEAR_FREQUENT_TRANSIT: Criterion = Criterion {
    id: "near-frequent-transit",
    name: ("基幹的な公共交通の徒歩圏", "near frequent transit"),
    rule: (
        "ピーク時の片道運行本数が {min_peak_trips} 以上の鉄道駅から {station_radius_m} 以内、またはバス停・電停から {stop_radius_m} 以内",
        "within {station_radius_m} of a rail or subway station, or {stop_radius_m} of a bus or tram stop, with a peak service of at least {min_peak_trips} in one direction",
    ),
    doc: include_str!("near_frequent_transit.md"),
    source: "対象となる区域【人口密度維持タイプ】「中心拠点区域」第2項",
    thresholds: &["station_radius_m", "stop_radius_m", "min_peak_trips"],
    measures: &[Measure::at_most("station_m", "station_radius_m"), Measure::at_most("stop_m", "stop_radius_m")],
    layers: &[LayerKey::Stations, LayerKey::Stops],
    settled_by: (
        "時刻表、または停留所のピーク時運行本数（列 `peak_trips` か CSV `peaks`）",
        "timetables, or peak trips of the stops: a column `peak_trips`, or a CSV `peaks`",
    ),
    needs: Needs::Layers,
    asks: Asks::Stops(reach),
};

fn reach(ground: &Ground<'_>) -> StopReach {
    let thresholds = ground.thresholds;
    let with_radius = |stop: &Stop| {
        let radius = match stop.kind {
            StopKind::Rail => thresholds.station_radius_m,
            StopKind::Tram | StopKind::Bus => thresholds.stop_radius_m,
        };
        (stop.clone(), Metres(radius))
    };
    let enough = |trips: f64| trips >= thresholds.min_peak_trips;
    let sure: Vec<_> = ground.stops.iter().filter(|stop| enough(stop.peak.lo)).map(with_radius).collect();
    let planned = ground.planned_stops.iter().filter(|stop| enough(stop.peak.lo)).map(with_radius);
    StopReach {
        possible: ground.stops.iter().filter(|stop| enough(stop.peak.hi)).map(with_radius).collect(),
        expected: sure.iter().cloned().chain(planned).collect(),
        sure,
        anywhere: ground.stops_missing(),
    }
}
