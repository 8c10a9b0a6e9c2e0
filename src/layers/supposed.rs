//! What a what-if adds to the layers of a city.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{City, Layer, LayerKey, StopRow};
use crate::geometry::{Bounds, Shapes};

/// What a what-if adds to the layers of a city. What it adds to areas and facilities that are given has become part of them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Supposed {
    /// Planned stations and stops; rows of one station or stop are one.
    pub stops: Vec<StopRow>,
    /// A box around what it adds, by layer.
    pub bounds: BTreeMap<LayerKey, Bounds>,
    /// Features of layers that are not given: these are there, and others may be anywhere.
    parts: BTreeMap<LayerKey, Layer>,
}

impl Supposed {
    /// What is added to a layer that is not given.
    pub(super) fn part(&self, key: LayerKey) -> Option<&Layer> {
        self.parts.get(&key)
    }
}

impl City {
    /// Adds what a what-if supposes of a layer, once the layers are given. A layer that is not given does not become known
    /// by it: what is added is there, and what else there may be stays open.
    ///
    /// # Panics
    /// Where the layer is not of the content that its kind has, or nothing can be added to it: a mistake of the program,
    /// not of data.
    pub fn suppose(&mut self, key: LayerKey, layer: Layer) {
        let kind = key.kind();
        assert!(layer.content() == kind.content && kind.can_be_supposed(), "{} cannot be supposed so", kind.name);
        self.supposed.bounds.insert(key, layer.bounds());
        match (self.layers.get_mut(&key), layer) {
            (_, Layer::Stops(rows)) => self.supposed.stops.extend(rows),
            (Some(Layer::Area(given)), Layer::Area(more)) => more.iter().for_each(|shape| given.push(&shape)),
            (Some(Layer::Facilities(given)), Layer::Facilities(more)) => given.extend(more),
            (_, layer) => {
                self.supposed.parts.insert(key, layer);
            }
        }
        self.forget_made_units();
    }

    /// What is known of an area that is not given as a whole: it is there, and there may be more of it. A what-if adds it to
    /// a layer that is not given, or the layer has features of which nobody knows where they are.
    #[must_use]
    pub fn area_in_part(&self, key: LayerKey) -> Option<&Shapes> {
        let given = self.layers.get(&key).filter(|_| self.lost.contains(&key));
        match given.or_else(|| self.supposed.part(key)) {
            Some(Layer::Area(shapes)) => Some(shapes),
            _ => None,
        }
    }

    /// Whether no more is known of facilities than what a what-if adds.
    #[must_use]
    pub fn facilities_in_part(&self) -> bool {
        self.facilities_of_in_part(LayerKey::Facilities)
    }

    /// The same of the facilities of a layer, or the points of one of one's own.
    #[must_use]
    pub fn facilities_of_in_part(&self, key: LayerKey) -> bool {
        self.supposed.parts.contains_key(&key)
    }
}
