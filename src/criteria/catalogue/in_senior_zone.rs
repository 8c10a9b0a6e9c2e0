//! `in-senior-zone`: the site lies in a senior zone 高齢者交流拠点区域.

use crate::criteria::kinds::InsideZone;
use crate::criteria::{Criterion, Zone};
use crate::text::Text;

/// The criterion.
pub static IN_SENIOR_ZONE: Criterion = Criterion {
    id: "in-senior-zone",
    name: Text::new("高齢者交流拠点区域内", "inside a senior zone"),
    rule: Text::new("高齢者交流拠点区域の中にある", "inside a senior hub zone"),
    doc: include_str!("in_senior_zone.md"),
    source: "高齢社会対応タイプについて ◆交付対象施設",
    layers: &[],
    settled_by: Text::new("高齢者交流拠点区域の条件がすべて決まること", "all that the senior zone asks for"),
    kind: &InsideZone(Zone::Senior),
};
