//! `in-induction-area`: inside the urban-function induction area 都市機能誘導区域.

use super::{Asks, Criterion, Needs};
use crate::layers::LayerKey;

/// The criterion.
pub static IN_INDUCTION_AREA: Criterion = Criterion {
    id: "in-induction-area",
    name: ("都市機能誘導区域内", "inside the urban-function induction area"),
    rule: ("都市機能誘導区域の中にある", "inside the urban-function induction area"),
    doc: include_str!("in_induction_area.md"),
    source: "高齢社会対応タイプについて ◆対象区域",
    thresholds: &[],
    measures: &[],
    layers: &[LayerKey::InductionArea],
    settled_by: ("レイヤ `induction_area`", "the layer `induction_area`"),
    needs: Needs::Layers,
    asks: Asks::Place(|ground| ground.place_of(LayerKey::InductionArea, ground.city.induction_area.as_ref())),
};
