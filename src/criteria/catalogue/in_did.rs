//! `in-did`: inside a densely inhabited district 人口集中地区.

use crate::criteria::Criterion;
use crate::criteria::kinds::Inside;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static IN_DID: Criterion = Criterion {
    id: "in-did",
    name: Text::new("人口集中地区内", "inside a densely inhabited district"),
    rule: Text::new("人口集中地区（DID）の中にある", "inside a densely inhabited district"),
    doc: include_str!("in_did.md"),
    source: "対象となる区域【人口密度維持タイプ】「中心拠点区域」第1項",
    layers: &[LayerKey::Did],
    settled_by: Text::new("レイヤー `did`", "the layer `did`"),
    kind: &Inside(&[LayerKey::Did]),
};
