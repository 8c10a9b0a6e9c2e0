//! `near-facilities`: within walking distance of a facility of some kind, such as a clinic.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::reading::Words;
use unicode_normalization::UnicodeNormalization;

use crate::criteria::{Asks, AsksRegion, Context, Kind, Lever, Measure, Named, NearPlaces, NearSet, PlaceLever};
use crate::layers::{City, Content, Facility, LayerKey};
use crate::regions::{self, Known, Region};
use crate::text::{Text, kept};
use crate::units::Metres;

/// How it is read.
pub(super) const READER: KindReader = KindReader {
    id: "near-facilities",
    keys: &["layer", "facility", "within"],
    read: |table, words| {
        let layer = table.needed("layer", Text::new("施設のレイヤー", "a layer of facilities"));
        let layer = layer.and_then(|entry| Words::layer(&entry, Content::Facilities));
        let within = words.threshold(table, "within");
        let kind = match table.get("facility") {
            Some(entry) => Some(kept(&entry.text()?)),
            None => None,
        };
        Some(Box::new(NearFacilities { layer: layer?, within: within?, kind }))
    },
};

/// Near a facility.
#[derive(Debug)]
pub struct NearFacilities {
    /// The threshold of the distance.
    pub within: &'static str,
    /// The layer of the facilities.
    pub layer: LayerKey,
    /// The kind of facility that counts; `None` for any.
    pub kind: Option<&'static str>,
}

impl NearFacilities {
    /// The facilities of a city that count for certain.
    pub fn sure<'a>(&'a self, city: &'a City) -> impl Iterator<Item = &'a Facility> {
        let facilities = city.facilities_of(self.layer).unwrap_or_default();
        facilities.iter().filter(|facility| self.is_meant(facility) == Some(true))
    }

    /// Whether some facility may count or not.
    #[must_use]
    pub fn is_doubtful(&self, city: &City) -> bool {
        city.facilities_of(self.layer).unwrap_or_default().iter().any(|facility| self.is_meant(facility).is_none())
    }

    /// Whether one that counts may stand anywhere: one without a place, or one of a layer that is not given as a whole.
    #[must_use]
    pub fn may_stand_anywhere(&self, city: &City) -> bool {
        let may_be_meant = |facility: &&Facility| self.is_meant(facility) != Some(false);
        let Some(facilities) = city.facilities_of(self.layer) else { return true };
        city.facilities_of_in_part(self.layer)
            || facilities.iter().filter(may_be_meant).any(|facility| facility.parts.is_empty())
    }

    /// Whether a facility is of the kind; `None` where the layer does not say.
    fn is_meant(&self, facility: &Facility) -> Option<bool> {
        let Some(wanted) = self.kind else { return Some(true) };
        let wanted: String = wanted.nfkc().collect();
        facility.is_of(wanted.trim())
    }
}

impl Kind for NearFacilities {
    fn id(&self) -> &'static str {
        "near-facilities"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn layers(&self) -> Vec<LayerKey> {
        vec![self.layer]
    }

    fn thresholds(&self) -> Vec<&'static str> {
        vec![self.within]
    }

    fn reach(&self) -> Vec<&'static str> {
        vec![self.within]
    }

    fn measures(&self, criterion: &Named<'_>) -> Vec<Measure> {
        vec![Measure::at_most(kept(&format!("{}_m", criterion.column)), self.within)]
    }

    fn near_sets(&self, criterion: &Named<'_>) -> Vec<NearSet> {
        let (stem, title) = (criterion.column, criterion.nearest());
        vec![NearSet { stem, title, is_named: true, places: NearPlaces::Facilities { criterion: criterion.id } }]
    }

    fn facilities(&self) -> Option<&NearFacilities> {
        Some(self)
    }

    fn lever<'a>(&'a self, context: &Context<'a>) -> Lever<'a> {
        let all = context.city.facilities_of(self.layer).unwrap_or_default().iter();
        let meant = all.filter_map(|one| Some((one, self.is_meant(one))).filter(|(_, meant)| *meant != Some(false)));
        let places = meant.map(|(one, meant)| (&one.parts, one.name.as_deref(), meant == Some(true))).collect();
        Lever::Places(PlaceLever { within: self.within, places, anywhere: self.may_stand_anywhere(context.city) })
    }

    fn parameters(&self) -> Value {
        json!({ "within": self.within, "layer": self.layer.name(), "facility": self.kind })
    }
}

impl AsksRegion for NearFacilities {
    fn region(&self, context: &Context<'_>) -> Known {
        let Some(facilities) = context.city.facilities_of(self.layer) else { return Known::unknown() };
        let radius = Metres(context.thresholds.get(self.within).unwrap_or_default());
        let near = |counts: fn(Option<bool>) -> bool| {
            let meant = facilities.iter().filter(|facility| counts(self.is_meant(facility)));
            regions::near(meant.map(|facility| (&facility.parts, radius)), &context.city.scale)
        };
        let sure = near(|is_meant| is_meant == Some(true));
        let anywhere = self.may_stand_anywhere(context.city);
        let possible = if anywhere { Region::everything() } else { near(|is_meant| is_meant != Some(false)) };
        Known::between(sure, possible)
    }
}
