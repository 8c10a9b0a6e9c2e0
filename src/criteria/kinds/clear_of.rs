//! `clear-of`: far enough from every existing facility of the planned kind.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::{Asks, AsksParcel, Kind, Measure, Named, NearPlaces, NearSet, ParcelFacts, Thresholds};
use crate::layers::LayerKey;
use crate::text::Text;
use crate::units::Metres;

/// How it is read.
pub(super) const READER: KindReader = KindReader {
    id: "clear-of",
    keys: &["at_least"],
    read: |table, words| Some(Box::new(ClearOf { at_least: words.threshold(table, "at_least")? })),
};

/// So far from the next facility of its kind.
#[derive(Debug)]
pub struct ClearOf {
    /// The threshold of the distance.
    pub at_least: &'static str,
}

impl Kind for ClearOf {
    fn id(&self) -> &'static str {
        "clear-of"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Parcel(self)
    }

    fn layers(&self) -> Vec<LayerKey> {
        vec![LayerKey::Facilities]
    }

    fn thresholds(&self) -> Vec<&'static str> {
        vec![self.at_least]
    }

    fn reach(&self) -> Vec<&'static str> {
        vec![self.at_least]
    }

    fn measures(&self, _: &Named<'_>) -> Vec<Measure> {
        vec![Measure::at_least("same_kind_facility_m", self.at_least)]
    }

    fn near_sets(&self, _: &Named<'_>) -> Vec<NearSet> {
        let set = |stem, title, is_named, places| NearSet { stem, title, is_named, places };
        let all = Text::new("最寄りの高齢者交流施設", "nearest senior facility");
        let same = Text::new("最寄りの同種施設", "nearest facility of the same kind");
        let maybe = Text::new("最寄りの同種かもしれない施設", "nearest facility that may be of the same kind");
        vec![
            set("facility", all, true, NearPlaces::AllOf(LayerKey::Facilities)),
            set("same_kind_facility", same, true, NearPlaces::SameKind),
            set("maybe_same_kind_facility", maybe, false, NearPlaces::MaybeSameKind),
        ]
    }

    fn spacing(&self) -> Option<&'static str> {
        Some(self.at_least)
    }

    fn also(&self) -> Option<&'static str> {
        Some("facility_m")
    }

    fn parameters(&self) -> Value {
        json!({ "at_least": self.at_least })
    }
}

impl AsksParcel for ClearOf {
    fn answer(&self, parcel: &ParcelFacts, thresholds: &Thresholds) -> Option<bool> {
        let spacing = thresholds.get(self.at_least)?;
        let far = |distance: Option<Metres>| distance.is_none_or(|distance| distance.0 >= spacing);
        if !parcel.facilities_known || parcel.area.is_none() {
            None
        } else if !far(parcel.same_kind) {
            Some(false)
        } else if far(parcel.maybe_same_kind) && !parcel.unplaced_same_kind {
            Some(true)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SquareMetres;

    #[test]
    fn a_facility_that_may_stand_anywhere_leaves_every_parcel_open() {
        let clear =
            |parcel: ParcelFacts| ClearOf { at_least: "facility_spacing_m" }.answer(&parcel, &Thresholds::default());
        let parcel = ParcelFacts { area: Some(SquareMetres(500.0)), facilities_known: true, ..ParcelFacts::default() };
        assert_eq!(clear(parcel), Some(true));
        assert_eq!(clear(ParcelFacts { unplaced_same_kind: true, ..parcel }), None);
        let too_close = ParcelFacts { same_kind: Some(Metres(10.0)), unplaced_same_kind: true, ..parcel };
        assert_eq!(clear(too_close), Some(false));
    }
}
