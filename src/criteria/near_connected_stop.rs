//! `near-connected-stop`: within a few steps of a stop from which one rides to a central zone, without changing unless `transfers` allows it.

use super::{Asks, CentralZones, Criterion, Ground, Needs, StopReach};
use crate::layers::LayerKey;
use crate::transit::{Connection, Stop, connected};
use crate::units::Metres;

/// The criterion.
pub static NEAR_CONNECTED_STOP: Criterion = Criterion {
    id: "near-connected-stop",
    name: ("中心拠点区域に接続する停留所・駅の近傍", "near a stop that connects to a central zone"),
    rule: (
        "中心拠点区域に接続するバス停・駅から {near_stop_radius_m} 以内",
        "within {near_stop_radius_m} of a bus stop or station that connects to a central zone",
    ),
    doc: include_str!("near_connected_stop.md"),
    source: "対象となる区域【人口密度維持タイプ】「生活拠点区域」第1項",
    thresholds: &["near_stop_radius_m"],
    measures: &[],
    layers: &[LayerKey::Stations, LayerKey::Stops],
    settled_by: (
        "時刻表、または停留所の路線名。中心拠点区域が未確定なら、まずその確定",
        "timetables, or the lines of the stops; where the central zones are open, by those first",
    ),
    needs: Needs::CentralZones,
    asks: Asks::Stops(reach),
};

fn reach(ground: &Ground<'_>) -> StopReach {
    let Some(CentralZones { zone, .. }) = ground.central else {
        return StopReach { anywhere: true, ..StopReach::default() };
    };
    let radius = Metres(ground.thresholds.near_stop_radius_m);
    let at_least = |wanted: Connection, stops: &[Stop], found: &[Connection]| -> Vec<(Stop, Metres)> {
        stops.iter().zip(found).filter(|(_, how)| **how >= wanted).map(|(stop, _)| (stop.clone(), radius)).collect()
    };
    let found = connected(ground.stops, &ground.links, &zone.sure, &zone.possible);
    let sure = at_least(Connection::Sure, ground.stops, &found);
    let expected = if ground.planned_stops.is_empty() && !zone.has_expectation() {
        sure.clone()
    } else {
        let all = [ground.stops, ground.planned_stops].concat();
        at_least(Connection::Sure, &all, &connected(&all, &ground.links, &zone.expected, &zone.expected))
    };
    StopReach {
        possible: at_least(Connection::Possible, ground.stops, &found),
        expected,
        sure,
        // A stop of a missing layer may stand anywhere and go wherever there is a zone to go to.
        anywhere: ground.stops_missing() && !zone.possible.is_nothing(),
    }
}
