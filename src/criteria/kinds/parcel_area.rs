//! `parcel-area`: the parcel is large enough.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::{Asks, AsksParcel, Kind, Measure, Named, ParcelFacts, Thresholds};
use crate::text::Text;

/// How it is read.
pub(super) const READER: KindReader = KindReader {
    id: "parcel-area",
    keys: &["at_least"],
    read: |table, words| Some(Box::new(ParcelArea { at_least: words.threshold(table, "at_least")? })),
};

/// At least so much ground.
#[derive(Debug)]
pub struct ParcelArea {
    /// The threshold of the area.
    pub at_least: &'static str,
}

impl Kind for ParcelArea {
    fn id(&self) -> &'static str {
        "parcel-area"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Parcel(self)
    }

    fn thresholds(&self) -> Vec<&'static str> {
        vec![self.at_least]
    }

    fn measures(&self, _: &Named<'_>) -> Vec<Measure> {
        vec![Measure::at_least("area_m2", self.at_least)]
    }

    fn least_area(&self) -> Option<&'static str> {
        Some(self.at_least)
    }

    fn remedy(&self) -> Option<Text> {
        Some(Text::new(
            "筆ごとの判定です。隣の筆と合わせて1つの敷地にできることがあります（敷地の集約）",
            "judged parcel by parcel: neighbours may be joined to one site (敷地の集約)",
        ))
    }

    fn parameters(&self) -> Value {
        json!({ "at_least": self.at_least })
    }
}

impl AsksParcel for ParcelArea {
    fn answer(&self, parcel: &ParcelFacts, thresholds: &Thresholds) -> Option<bool> {
        Some(parcel.area?.0 >= thresholds.get(self.at_least)?)
    }
}
