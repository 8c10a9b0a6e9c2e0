//! Of which places is every parcel told the nearest?

use crate::layers::{LayerKey, StopKind};
use crate::text::Text;

/// A set of places of which the nearest to every parcel is told.
#[derive(Debug, Clone, PartialEq)]
pub struct NearSet {
    /// The column of its name, and the stem of that of its distance.
    pub stem: &'static str,
    /// What the places are called.
    pub title: Text,
    /// Whether the name has a column too.
    pub is_named: bool,
    /// Which places they are.
    pub places: NearPlaces,
}

/// Which places a set holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NearPlaces {
    /// The stations and stops of some modes that count for certain for a criterion.
    Stops {
        /// The criterion.
        criterion: &'static str,
        /// The modes.
        modes: Vec<StopKind>,
    },
    /// The centres of zones that are sure.
    Centres {
        /// Of which zones.
        zone: &'static str,
    },
    /// The facilities that count for certain for a criterion.
    Facilities {
        /// The criterion.
        criterion: &'static str,
    },
    /// Every facility of a layer.
    AllOf(LayerKey),
    /// Facilities of the planned kind for certain.
    SameKind,
    /// Facilities that may be of the planned kind.
    MaybeSameKind,
}

impl NearPlaces {
    /// Its turn among all sets: columns of stops come first.
    #[must_use]
    pub fn turn(&self) -> usize {
        match self {
            Self::Stops { .. } => 0,
            Self::Centres { .. } => 1,
            Self::Facilities { .. } | Self::AllOf(_) | Self::SameKind | Self::MaybeSameKind => 2,
        }
    }

    /// Whether their columns stand before those of units.
    #[must_use]
    pub fn is_before_units(&self) -> bool {
        matches!(self, Self::Stops { .. } | Self::Centres { .. })
    }
}
