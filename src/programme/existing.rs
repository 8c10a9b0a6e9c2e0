//! Which kinds of central facilities does a municipality have already? 同種の施設が整備されていない場合に限る.
//!
//! A layer of facilities tells what stands there, not what it was built as: one of a kind that is there leaves the question open, and
//! so does one whose kind is not said.

use std::collections::BTreeMap;

use super::facilities::{FacilityKind, FacilityZone};
use crate::layers::Facility;

/// How many of a kind are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindCount {
    /// The kind.
    pub kind: &'static FacilityKind,
    /// The names of those that are there; where one has none, its number in the layer.
    pub there: Vec<String>,
}

/// What a layer of facilities has of the kinds of a zone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Existing {
    /// How many facilities the layer has.
    pub facilities: usize,
    /// Each kind of the zone.
    pub kinds: Vec<KindCount>,
    /// How many facilities have no kind, and may be of any.
    pub without_kind: usize,
    /// Words of the layer that are none of the kinds, with how many facilities have them.
    pub other_words: BTreeMap<String, usize>,
}

/// Counts facilities by the kinds of a zone.
#[must_use]
pub fn existing(facilities: &[Facility], zone: &'static FacilityZone) -> Existing {
    let is_of = |facility: &&Facility, kind: &FacilityKind| facility.kinds().any(|word| kind.is_called(word));
    let name = |facility: &Facility| facility.name.clone().unwrap_or_else(|| format!("#{}", facility.number));
    let count = |kind: &'static FacilityKind| KindCount {
        kind,
        there: facilities.iter().filter(|facility| is_of(facility, kind)).map(name).collect(),
    };
    let mut other_words = BTreeMap::new();
    for facility in facilities {
        for word in facility.single_kinds().filter(|word| !zone.kinds().any(|kind| kind.is_called(word))) {
            *other_words.entry(word.to_owned()).or_default() += 1;
        }
    }
    Existing {
        facilities: facilities.len(),
        kinds: zone.kinds().map(count).collect(),
        without_kind: facilities.iter().filter(|facility| facility.kind.is_none()).count(),
        other_words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Footprint;
    use crate::programme::facility_zones;

    #[test]
    fn a_facility_is_counted_by_its_words_and_none_is_lost() {
        let facility = |number, name: Option<&str>, kind: Option<&str>| Facility {
            number,
            name: name.map(str::to_owned),
            kind: kind.map(str::to_owned),
            site_area: None,
            geometry: None,
            parts: Footprint::default(),
        };
        let all = [
            facility(1, Some("市立病院"), Some("病院")),
            facility(2, None, Some("診療所/薬局")),
            facility(3, Some("集会所"), Some("集会所")),
            facility(4, None, None),
        ];
        let found = existing(&all, &facility_zones()[0]);
        let there: Vec<_> = found.kinds.iter().filter(|one| !one.there.is_empty()).collect();
        let told: Vec<_> = there.iter().map(|one| (one.kind.basis.as_str(), one.there.join(","))).collect();
        assert_eq!(
            told,
            [
                ("医療法第1条の5", "市立病院".to_owned()),
                ("医療法第1条の5", "#2".to_owned()),
                ("医療法第1条の2", "#2".to_owned())
            ]
        );
        assert_eq!((found.facilities, found.without_kind), (4, 1));
        assert_eq!(found.other_words.into_iter().collect::<Vec<_>>(), [("集会所".to_owned(), 1)]);
    }
}
