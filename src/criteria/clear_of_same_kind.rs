//! `clear-of-same-kind`: far enough from every existing senior facility of the same kind.

use super::{Asks, Criterion, LotFacts, Measure, Needs, Thresholds};
use crate::layers::LayerKey;
use crate::units::Metres;

/// The criterion.
pub static CLEAR_OF_SAME_KIND: Criterion = Criterion {
    id: "clear-of-same-kind",
    name: ("同種施設との距離", "clear of facilities of the same kind"),
    rule: (
        "既存の同種の高齢者交流施設から {facility_spacing_m} 以上離れている",
        "at least {facility_spacing_m} from every existing senior facility of the same kind",
    ),
    doc: include_str!("clear_of_same_kind.md"),
    source: "高齢社会対応タイプについて ◆交付対象施設",
    thresholds: &["facility_spacing_m"],
    measures: &[Measure::at_least("facility_m", "facility_spacing_m")],
    layers: &[LayerKey::Facilities],
    settled_by: (
        "計画する施設の種別 `planned_kind` と、すべての施設の位置",
        "`planned_kind`, the kind of the planned facility, and a place for every facility",
    ),
    needs: Needs::Layers,
    asks: Asks::Lot(clear),
};

fn clear(lot: &LotFacts, thresholds: &Thresholds) -> Option<bool> {
    let far = |distance: Option<Metres>| distance.is_none_or(|distance| distance.0 >= thresholds.facility_spacing_m);
    if !lot.facilities_known || lot.area.is_none() {
        None
    } else if !far(lot.same_kind) {
        Some(false)
    } else if far(lot.maybe_same_kind) && !lot.unplaced_same_kind {
        Some(true)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SquareMetres;

    #[test]
    fn a_facility_that_may_stand_anywhere_leaves_every_lot_open() {
        let lot = LotFacts { area: Some(SquareMetres(500.0)), facilities_known: true, ..LotFacts::default() };
        assert_eq!(clear(&lot, &Thresholds::default()), Some(true));
        assert_eq!(clear(&LotFacts { unplaced_same_kind: true, ..lot }, &Thresholds::default()), None);
        let too_close = LotFacts { same_kind: Some(Metres(10.0)), unplaced_same_kind: true, ..lot };
        assert_eq!(clear(&too_close, &Thresholds::default()), Some(false));
    }
}
