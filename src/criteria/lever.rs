//! What of a condition can be moved, so that it holds elsewhere, or no longer holds? What a change is measured in follows from it.

use std::borrow::Cow;

use super::{AsksOfZone, AsksParcel, AsksStops};
use crate::evidence::Residents;
use crate::geometry::{Footprint, Shapes};
use crate::layers::LayerKey;
use crate::units::Interval;

/// What of a condition can be moved.
#[derive(Clone)]
pub enum Lever<'a> {
    /// How near one must be to its stops, and what service these have.
    Stops(&'a dyn AsksStops),
    /// How near one must be to the centre of each zone of another kind.
    OfZone(&'a dyn AsksOfZone),
    /// How near one must be to its places.
    Places(PlaceLever<'a>),
    /// The border of an area.
    Border {
        /// The layers that draw it, any of them.
        layers: Vec<LayerKey>,
        /// Whether the condition holds inside, so that it holds on more ground where the area grows.
        is_inside: bool,
    },
    /// What the units of land hold, and how much of it is asked for.
    Units(UnitLever<'a>),
    /// The parcel's own numbers.
    Parcel(&'a dyn AsksParcel),
    /// Whatever moves that other zone.
    Zone(&'static str),
    /// Nothing that a number could say.
    Nothing,
}

/// Places near which a condition holds.
#[derive(Clone)]
pub struct PlaceLever<'a> {
    /// The threshold of the distance.
    pub within: &'static str,
    /// The places, with their names, and whether each counts for certain; else it may.
    pub places: Vec<(&'a Footprint, Option<&'a str>, bool)>,
    /// Whether one that counts may stand anywhere.
    pub anywhere: bool,
}

/// Units of land of which each must hold enough of something.
#[derive(Clone)]
pub struct UnitLever<'a> {
    /// The threshold.
    pub at_least: &'static str,
    /// The units.
    pub shapes: &'a Shapes,
    /// What each holds, as it is judged.
    pub values: Cow<'a, [Interval<f64>]>,
    /// Where what is no unit is known not to reach any threshold; elsewhere outside nothing is known.
    pub settled: Option<&'a Shapes>,
    /// What they hold.
    pub holds: UnitHolds,
}

/// What units of land hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitHolds {
    /// Ground of a layer.
    Land(LayerKey),
    /// People.
    People(Residents),
}

impl UnitHolds {
    /// The layer with what the planner expects of them.
    #[must_use]
    pub fn layer(self) -> LayerKey {
        match self {
            Self::Land(layer) => layer,
            Self::People(_) => LayerKey::Census,
        }
    }
}
