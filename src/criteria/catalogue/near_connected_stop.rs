//! `near-connected-stop`: within a few steps of a stop from which one rides to a central zone.

use crate::criteria::Criterion;
use crate::criteria::kinds::ConnectedStops;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static NEAR_CONNECTED_STOP: Criterion = Criterion {
    id: "near-connected-stop",
    name: Text::new("中心拠点区域に接続する停留所・駅の近傍", "near a stop that connects to a central zone"),
    rule: Text::new(
        "中心拠点区域に接続する停留所・駅から{near_stop_radius_m}以内",
        "within {near_stop_radius_m} of a bus stop or station that connects to a central zone",
    ),
    doc: include_str!("near_connected_stop.md"),
    source: "対象となる区域【人口密度維持タイプ】「生活拠点区域」第1項",
    layers: &[LayerKey::Stations, LayerKey::Stops],
    settled_by: Text::new(
        "時刻表、または停留所の路線名。中心拠点区域が未確定なら、まずその確定",
        "timetables, or the lines of the stops; where the central zones are open, by those first",
    ),
    kind: &ConnectedStops { within: "near_stop_radius_m" },
};
