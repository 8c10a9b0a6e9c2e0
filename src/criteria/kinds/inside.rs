//! `inside`, `outside`: in an area that layers give, or not in one.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::reading::Words;
use crate::criteria::{Asks, AsksRegion, Context, Kind, Lever};
use crate::geometry::Shapes;
use crate::layers::LayerKey;
use crate::regions::{Known, Region};

/// How `inside` is read.
pub(super) const INSIDE: KindReader = KindReader {
    id: "inside",
    keys: &["layers"],
    read: |table, _| Some(Box::new(Inside(Words::areas(table, "layers")?))),
};

/// How `outside` is read.
pub(super) const OUTSIDE: KindReader = KindReader {
    id: "outside",
    keys: &["layers"],
    read: |table, _| Some(Box::new(Outside(Words::areas(table, "layers")?))),
};

/// Inside the union of some layers.
#[derive(Debug)]
pub struct Inside(
    /// The layers, each of areas.
    pub Vec<LayerKey>,
);

/// Outside the union of some layers.
#[derive(Debug)]
pub struct Outside(
    /// The layers, each of areas.
    pub Vec<LayerKey>,
);

impl Kind for Inside {
    fn id(&self) -> &'static str {
        "inside"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn layers(&self) -> Vec<LayerKey> {
        self.0.clone()
    }

    fn lever<'a>(&'a self, _: &Context<'a>) -> Lever<'a> {
        Lever::Border { layers: self.0.clone(), is_inside: true }
    }

    fn parameters(&self) -> Value {
        json!({})
    }
}

impl AsksRegion for Inside {
    fn region(&self, context: &Context<'_>) -> Known {
        self.0.iter().fold(given(&self.0, context), |known, &layer| context.with_expected_area(layer, known))
    }
}

impl Kind for Outside {
    fn id(&self) -> &'static str {
        "outside"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Region(self)
    }

    fn layers(&self) -> Vec<LayerKey> {
        self.0.clone()
    }

    fn lever<'a>(&'a self, _: &Context<'a>) -> Lever<'a> {
        Lever::Border { layers: self.0.clone(), is_inside: false }
    }

    fn parameters(&self) -> Value {
        json!({})
    }
}

impl AsksRegion for Outside {
    fn region(&self, context: &Context<'_>) -> Known {
        let Known { sure, possible, .. } = given(&self.0, context);
        // Where an area may be, it is not sure to be outside. Nobody may expect to be outside one.
        Known::between(possible.complement(), sure.complement())
    }
}

/// The union of the layers: what is given is sure, what is in doubt is possible, and where one is missing all else is
/// possible.
fn given(layers: &[LayerKey], context: &Context<'_>) -> Known {
    let areas: Vec<Option<&Shapes>> = layers.iter().map(|&layer| context.city.area(layer)).collect();
    let in_part = layers.iter().filter_map(|&layer| context.city.area_in_part(layer));
    let sure = Region::union_of(&areas.iter().copied().flatten().chain(in_part).collect::<Vec<_>>());
    let doubtful: Vec<&Shapes> = layers.iter().filter_map(|&layer| context.city.doubtful(layer)).collect();
    let possible = match areas.iter().all(Option::is_some) {
        true if doubtful.is_empty() => sure.clone(),
        true => sure.union(&Region::union_of(&doubtful)),
        false => Region::everything(),
    };
    Known::between(sure, possible)
}
