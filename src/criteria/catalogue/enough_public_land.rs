//! `enough-public-land`: the public-land ratio 公共用地率 of the evaluation unit reaches the threshold.

use crate::criteria::Criterion;
use crate::criteria::kinds::UnitRatio;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static ENOUGH_PUBLIC_LAND: Criterion = Criterion {
    id: "enough-public-land",
    name: Text::new("公共用地率", "enough public land"),
    rule: Text::new(
        "評価単位の公共用地率が{min_public_land}以上",
        "public-land ratio of the evaluation unit at least {min_public_land}",
    ),
    doc: include_str!("enough_public_land.md"),
    source: "対象となる区域【人口密度維持タイプ】「中心拠点区域」第3項・高齢社会対応タイプについて ◆対象区域③",
    layers: &[LayerKey::PublicLand, LayerKey::Units],
    settled_by: Text::new(
        "土地を覆う評価単位（レイヤー `units`、なければ `census`）と公共用地の調査",
        "evaluation units that cover it (the layer `units`, else `census`), and a survey of public land",
    ),
    kind: &UnitRatio { at_least: "min_public_land" },
};
