//! Facilities that stand too close as a document for programs: `docs/schemas/spacing.schema.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::crs::FromPlane;
use crate::layers::Facility;
use crate::units::Metres;

/// What there is to say of them.
#[derive(Debug, Clone, Default)]
pub struct SpacingFacts {
    /// The facilities that were compared.
    pub facilities: Vec<Facility>,
    /// Closer than this is too close.
    pub closest: Metres,
    /// Pairs of one kind that are too close: indices, the first below the second.
    pub pairs: Vec<(usize, usize, Metres)>,
    /// Pairs that are as close and may be of one kind.
    pub open: Vec<(usize, usize, Metres)>,
    /// How many features have no place that is known: they may be near any.
    pub without_place: usize,
}

impl SpacingFacts {
    /// How many facilities there are of each kind.
    #[must_use]
    pub fn kinds(&self) -> BTreeMap<&str, usize> {
        let mut kinds = BTreeMap::new();
        for kind in self.facilities.iter().flat_map(Facility::single_kinds) {
            *kinds.entry(kind).or_default() += 1;
        }
        kinds
    }

    /// How many facilities have no kind.
    #[must_use]
    pub fn without_kind(&self) -> usize {
        self.facilities.iter().filter(|facility| facility.kind.is_none()).count()
    }

    /// The kinds that two facilities have in common.
    #[must_use]
    pub fn shared(&self, a: usize, b: usize) -> Vec<&str> {
        let kinds: BTreeSet<&str> = self.facilities[b].single_kinds().collect();
        self.facilities[a].single_kinds().filter(|kind| kinds.contains(kind)).collect()
    }

    /// Whether nothing asks for attention: no two are too close, and none may be.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.pairs.is_empty() && self.open.is_empty() && self.without_place == 0
    }
}

/// The document.
#[must_use]
pub fn spacing_document(facts: &SpacingFacts, from_plane: &FromPlane) -> Value {
    let facility = |at: usize| {
        let one = &facts.facilities[at];
        let place = one.parts.first().and_then(|part| part.first()).map(|&at| from_plane.lon_lat(at));
        let degrees = |axis: usize| place.map(|place| (place[axis] * 1e9).round() / 1e9);
        json!({ "number": one.number, "name": one.name, "kind": one.kind, "lon": degrees(0), "lat": degrees(1) })
    };
    let pair = |&(a, b, Metres(metres)): &(usize, usize, Metres)| json!({ "a": facility(a), "b": facility(b), "kinds": facts.shared(a, b), "distance_m": metres });
    json!({
        "facilities": facts.facilities.len(),
        "without_kind": facts.without_kind(),
        "without_place": facts.without_place,
        "kinds": facts.kinds(),
        "min_m": facts.closest.0,
        "pairs": facts.pairs.iter().map(pair).collect::<Vec<_>>(),
        "open_pairs": facts.open.iter().map(pair).collect::<Vec<_>>(),
    })
}
