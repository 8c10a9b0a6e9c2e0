//! `in-did`: inside a densely inhabited district 人口集中地区.

use super::{Asks, Criterion, Needs};
use crate::layers::LayerKey;

/// The criterion.
pub static IN_DID: Criterion = Criterion {
    id: "in-did",
    name: ("人口集中地区内", "inside a densely inhabited district"),
    rule: ("人口集中地区（DID）の中にある", "inside a densely inhabited district"),
    doc: include_str!("in_did.md"),
    source: "対象となる区域【人口密度維持タイプ】「中心拠点区域」第1項",
    thresholds: &[],
    measures: &[],
    layers: &[LayerKey::Did],
    settled_by: ("レイヤ `did`", "the layer `did`"),
    needs: Needs::Layers,
    asks: Asks::Place(|ground| ground.place_of(LayerKey::Did, ground.city.did.as_ref())),
};
