//! `enough-seniors`: the census unit has enough residents aged 65 or over a hectare.

use super::enough_public_land::units_reaching;
use super::{Asks, Criterion, Ground, Measure, Needs};
use crate::layers::LayerKey;
use crate::regions::Known;

/// The criterion.
pub static ENOUGH_SENIORS: Criterion = Criterion {
    id: "enough-seniors",
    name: ("高齢者密度", "enough older residents"),
    rule: (
        "直近の国勢調査で65歳以上の居住者が {min_seniors_per_ha} 以上",
        "residents aged 65 or over at least {min_seniors_per_ha}, latest census",
    ),
    doc: include_str!("enough_seniors.md"),
    source: "高齢社会対応タイプについて ◆対象区域①",
    thresholds: &["min_seniors_per_ha"],
    measures: &[Measure::at_least("seniors_per_ha", "min_seniors_per_ha")],
    layers: &[LayerKey::Census],
    settled_by: ("秘匿のない国勢調査の統計", "unsuppressed census units"),
    needs: Needs::Layers,
    asks: Asks::Place(place),
};

fn place(ground: &Ground<'_>) -> Known {
    let known = match &ground.city.census {
        Some(census) => {
            units_reaching(&census.shapes, ground.densities, ground.thresholds.min_seniors_per_ha, &census.surveyed)
        }
        None => Known::unknown(),
    };
    ground.with_expected_area(LayerKey::Census, known)
}
