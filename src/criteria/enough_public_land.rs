//! `enough-public-land`: the public-land ratio 公共用地率 of the evaluation unit reaches the threshold.

use super::{Asks, Criterion, Ground, Measure, Needs};
use crate::geometry::Shapes;
use crate::layers::LayerKey;
use crate::regions::{Known, Region};
use crate::units::Interval;

/// The criterion.
pub static ENOUGH_PUBLIC_LAND: Criterion = Criterion {
    id: "enough-public-land",
    name: ("公共用地率", "enough public land"),
    rule: (
        "評価単位の公共用地率が {min_public_land} 以上",
        "public-land ratio of the evaluation unit at least {min_public_land}",
    ),
    doc: include_str!("enough_public_land.md"),
    source: "対象となる区域【人口密度維持タイプ】「中心拠点区域」第3項・高齢社会対応タイプについて ◆対象区域③",
    thresholds: &["min_public_land"],
    measures: &[Measure::at_least("public_land_ratio", "min_public_land")],
    layers: &[LayerKey::PublicLand, LayerKey::Units],
    settled_by: (
        "土地を覆う評価単位（レイヤ `units`、なければ `census`）と公共用地の調査",
        "evaluation units that cover it (the layer `units`, else `census`), and a survey of public land",
    ),
    needs: Needs::PublicLand,
    asks: Asks::Place(place),
};

fn place(ground: &Ground<'_>) -> Known {
    let known = match &ground.city.units {
        Some(units) => {
            units_reaching(&units.shapes, ground.ratios, ground.thresholds.min_public_land, &Shapes::default())
        }
        // No public land at all makes no ratio anywhere, whatever the units.
        None if ground.city.public_land.as_ref().is_some_and(Shapes::is_empty) => Known::exactly(Region::nothing()),
        None => Known::unknown(),
    };
    ground.with_expected_area(LayerKey::PublicLand, known)
}

/// The units whose value reaches a threshold. Outside all units nothing is known, but within `settled`, where what
/// is no unit is known not to reach it.
pub(super) fn units_reaching(shapes: &Shapes, values: &[Interval<f64>], threshold: f64, settled: &Shapes) -> Known {
    let mut by_answer: [Shapes; 3] = Default::default();
    for (shape, value) in shapes.iter().zip(values) {
        let answer = match value.reaches(threshold) {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        };
        by_answer[answer].push(&shape);
    }
    let [reach, open, fail] = by_answer;
    let sure = Region::union_of(&[&reach]);
    let may = if open.is_empty() { sure.clone() } else { Region::union_of(&[&reach, &open]) };
    let not = Region::union_of(&[&fail, settled]);
    let possible = if not.is_nothing() { Region::everything() } else { may.union(&not.complement()) };
    Known::between(sure, possible)
}
