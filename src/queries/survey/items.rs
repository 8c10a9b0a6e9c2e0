//! What is there to be found out?

use super::{Answer, others, stops};
use crate::assess::{Assessor, Groundwork};
use crate::geometry::{Bounds, Point};
use crate::layers::LayerKey;
use crate::text::Text;

/// One thing that nobody knows.
#[derive(Debug, Clone)]
pub struct Item {
    /// What kind of thing.
    pub kind: ItemKind,
    /// Its id: of one survey no two are the same.
    pub id: String,
    /// What it is called in its layer.
    pub name: Option<String>,
    /// What it is called for readers.
    pub title: Text,
    /// Where it is, on the plane; `None` where it is nowhere, or nobody knows.
    pub at: Option<Point>,
    /// What may be found, from the poor end to the good one.
    pub answers: Vec<Answer>,
    /// Boxes of the plane within which it can matter; none where that may be anywhere.
    pub(super) around: Vec<Bounds>,
    /// Of stops: what can be filled in.
    pub stop: Option<AskedStop>,
}

/// What is asked of stops of one name.
#[derive(Debug, Clone, Default)]
pub struct AskedStop {
    /// The lines that call there, where they are known.
    pub lines: Vec<String>,
    /// How many stations and stops have the name and are open.
    pub places: usize,
    /// Whether the departures of the peak hour are asked for, and those of the day.
    pub asks: [bool; 2],
}

/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// The departures of the stations and stops of one name.
    Stop,
    /// The residents of a census unit that are withheld.
    CensusUnit,
    /// Whether a piece of land is of its layer.
    Land(LayerKey),
    /// The kind of a facility.
    FacilityKind,
    /// The place of a facility.
    FacilityPlace,
    /// The kind of facility that is planned.
    PlannedKind,
}

impl ItemKind {
    /// The word of outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::CensusUnit => "census-unit",
            Self::Land(_) => "land",
            Self::FacilityKind => "facility-kind",
            Self::FacilityPlace => "facility-place",
            Self::PlannedKind => "planned-kind",
        }
    }

    /// Whether all land of a layer is put together again for it.
    pub(super) fn is_of_land(self) -> bool {
        matches!(self, Self::Land(_))
    }
}

/// All that there is to be found out.
pub(super) struct Asked {
    pub(super) items: Vec<Item>,
    /// How many stops are open and have no name by which they could be asked for.
    pub(super) nameless: usize,
}

/// Looks through a city.
pub(super) fn of(groundwork: &Groundwork<'_>, assessor: &Assessor) -> Asked {
    let (mut items, nameless) = stops::items(assessor);
    items.extend(others::census_units(groundwork, assessor));
    items.extend(others::land(groundwork, assessor));
    items.extend(others::facilities(groundwork, assessor));
    items.extend(others::planned_kind(groundwork));
    Asked { items, nameless }
}
