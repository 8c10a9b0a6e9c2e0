//! `near-stop`: within a few steps of any stop or station, whatever its service.

use crate::criteria::kinds::NearStops;
use crate::criteria::{Criterion, Measure, Within};
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static NEAR_STOP: Criterion = Criterion {
    id: "near-stop",
    name: Text::new("停留所・駅の近傍", "near a stop or station"),
    rule: Text::new(
        "停留所・駅から{near_stop_radius_m}以内（運行本数を問わない）",
        "within {near_stop_radius_m} of any bus stop or station, whatever its service",
    ),
    doc: include_str!("near_stop.md"),
    source: "高齢社会対応タイプについて ◆対象区域②",
    layers: &[LayerKey::Stations, LayerKey::Stops],
    settled_by: Text::new("レイヤー `stations` と `stops`", "the layers of stations and stops"),
    kind: &NearStops {
        within: Within::all("near_stop_radius_m"),
        service: None,
        measures: &[Measure::at_most("any_stop_m", "near_stop_radius_m")],
    },
};
