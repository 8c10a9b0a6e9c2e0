//! `clear-of-same-kind`: far enough from every existing senior facility of the same kind.

use crate::criteria::Criterion;
use crate::criteria::kinds::ClearOf;
use crate::layers::LayerKey;
use crate::text::Text;

/// The criterion.
pub static CLEAR_OF_SAME_KIND: Criterion = Criterion {
    id: "clear-of-same-kind",
    name: Text::new("同種施設との距離", "clear of facilities of the same kind"),
    rule: Text::new(
        "既存の同種の高齢者交流施設から{facility_spacing_m}以上離れている",
        "at least {facility_spacing_m} from every existing senior facility of the same kind",
    ),
    doc: include_str!("clear_of_same_kind.md"),
    source: "高齢社会対応タイプについて ◆交付対象施設",
    layers: &[LayerKey::Facilities],
    settled_by: Text::new(
        "計画する施設の種別 `planned_kind` と、すべての施設の位置",
        "`planned_kind`, the kind of the planned facility, and a place for every facility",
    ),
    kind: &ClearOf { at_least: "facility_spacing_m" },
};
