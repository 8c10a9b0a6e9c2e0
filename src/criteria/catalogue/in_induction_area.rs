//! `in-induction-area`: inside the urban-function induction area 都市機能誘導区域.

use crate::criteria::Criterion;
use crate::criteria::kinds::Inside;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static IN_INDUCTION_AREA: Criterion = Criterion {
    id: "in-induction-area",
    name: Text::new("都市機能誘導区域内", "inside the urban-function induction area"),
    rule: Text::new("都市機能誘導区域の中にある", "inside the urban-function induction area"),
    doc: include_str!("in_induction_area.md"),
    source: "高齢社会対応タイプについて ◆対象区域",
    layers: &[LayerKey::InductionArea],
    settled_by: Text::new("レイヤー `induction_area`", "the layer `induction_area`"),
    kind: &Inside(&[LayerKey::InductionArea]),
};
