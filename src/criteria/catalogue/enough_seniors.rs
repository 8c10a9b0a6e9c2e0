//! `enough-seniors`: the census unit has enough residents aged 65 or over a hectare.

use crate::criteria::Criterion;
use crate::criteria::kinds::UnitDensity;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static ENOUGH_SENIORS: Criterion = Criterion {
    id: "enough-seniors",
    name: Text::new("高齢者密度", "enough older residents"),
    rule: Text::new(
        "直近の国勢調査で65歳以上の居住者が{min_seniors_per_ha}以上",
        "residents aged 65 or over at least {min_seniors_per_ha}, latest census",
    ),
    doc: include_str!("enough_seniors.md"),
    source: "高齢社会対応タイプについて ◆対象区域①",
    layers: &[LayerKey::Census],
    settled_by: Text::new("秘匿のない国勢調査の統計", "unsuppressed census units"),
    kind: &UnitDensity { at_least: "min_seniors_per_ha" },
};
