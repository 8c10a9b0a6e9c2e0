//! `large-enough-site`: the lot is large enough for a senior facility.

use super::{Asks, Criterion, Measure, Needs};

/// The criterion.
pub static LARGE_ENOUGH_SITE: Criterion = Criterion {
    id: "large-enough-site",
    name: ("地区面積", "a large enough site"),
    rule: ("敷地の面積が {min_site_m2} 以上", "area of the site at least {min_site_m2}"),
    doc: include_str!("large_enough_site.md"),
    source: "高齢社会対応タイプについて ◆交付対象施設",
    thresholds: &["min_site_m2"],
    measures: &[Measure::at_least("area_m2", "min_site_m2")],
    layers: &[],
    settled_by: ("使える形状", "a usable geometry"),
    needs: Needs::Layers,
    asks: Asks::Lot(|lot, thresholds| lot.area.map(|area| area.0 >= thresholds.min_site_m2)),
};
