//! `near-stop`: within a few steps of any stop or station, whatever its service.

use super::{Asks, Criterion, Ground, Measure, Needs, StopReach};
use crate::layers::LayerKey;
use crate::transit::Stop;
use crate::units::Metres;

/// The criterion.
pub static NEAR_STOP: Criterion = Criterion {
    id: "near-stop",
    name: ("停留所・駅の近傍", "near a stop or station"),
    rule: (
        "バス停・駅から {near_stop_radius_m} 以内（運行本数を問わない）",
        "within {near_stop_radius_m} of any bus stop or station, whatever its service",
    ),
    doc: include_str!("near_stop.md"),
    source: "高齢社会対応タイプについて ◆対象区域②",
    thresholds: &["near_stop_radius_m"],
    measures: &[Measure::at_most("any_stop_m", "near_stop_radius_m")],
    layers: &[LayerKey::Stations, LayerKey::Stops],
    settled_by: ("駅とバス停のレイヤ", "the layers of stations and stops"),
    needs: Needs::Layers,
    asks: Asks::Stops(reach),
};

fn reach(ground: &Ground<'_>) -> StopReach {
    let radius = Metres(ground.thresholds.near_stop_radius_m);
    let near = |stops: &[Stop]| stops.iter().map(|stop| (stop.clone(), radius)).collect::<Vec<_>>();
    let sure = near(ground.stops);
    StopReach {
        possible: sure.clone(),
        expected: [sure.clone(), near(ground.planned_stops)].concat(),
        sure,
        anywhere: ground.stops_missing(),
    }
}
