//! `large-enough-site`: the parcel is large enough for a senior facility.

use crate::criteria::Criterion;
use crate::criteria::kinds::ParcelArea;
use crate::text::Text;

/// The criterion.
pub static LARGE_ENOUGH_SITE: Criterion = Criterion {
    id: "large-enough-site",
    name: Text::new("地区面積", "a large enough site"),
    rule: Text::new("敷地の面積が{min_site_m2}以上", "area of the site at least {min_site_m2}"),
    doc: include_str!("large_enough_site.md"),
    source: "高齢社会対応タイプについて ◆交付対象施設",
    layers: &[],
    settled_by: Text::new("使える図形", "a usable geometry"),
    kind: &ParcelArea { at_least: "min_site_m2" },
};
