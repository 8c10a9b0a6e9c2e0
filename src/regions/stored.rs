//! How do sets of the plane stand in a file? What the types themselves cannot say of it: sets that are one stand once.

use std::sync::Arc;

use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::labels::Label;
use super::{Known, Labels, Region, RegionIndex};
use crate::geometry::Bounds;

/// Most conditions hold no doubt and no expectation: what is the same as what is sure stands once.
impl Serialize for Known {
    fn serialize<S: Serializer>(&self, format: S) -> Result<S::Ok, S::Error> {
        let other = |region| Some(region).filter(|region| *region != &self.sure);
        (&self.sure, other(&self.possible), other(&self.expected)).serialize(format)
    }
}

impl<'de> Deserialize<'de> for Known {
    fn deserialize<D: Deserializer<'de>>(format: D) -> Result<Self, D::Error> {
        let (sure, possible, expected) = <(Region, Option<Region>, Option<Region>)>::deserialize(format)?;
        let or_sure = |other: Option<Region>| other.unwrap_or_else(|| sure.clone());
        Ok(Self { possible: or_sure(possible), expected: or_sure(expected), sure })
    }
}

/// The labels of cells, without the sets of which they tell: these stand elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredLabels {
    grid: Grid,
    around: Bounds,
    #[serde(with = "crate::flat")]
    cells: Vec<Label>,
}

impl Labels {
    /// As they stand in a file.
    #[must_use]
    pub fn stored(&self) -> StoredLabels {
        StoredLabels { grid: self.grid.clone(), around: self.around, cells: self.cells.clone() }
    }

    /// The sets of which they tell, in the order of the bits.
    #[must_use]
    pub fn sets(&self) -> &[Arc<RegionIndex>] {
        &self.sets
    }

    /// As they stood in a file, of the same sets; `None` where they are not of one make.
    #[must_use]
    pub fn of_stored(stored: StoredLabels, sets: Vec<Arc<RegionIndex>>) -> Option<Self> {
        let StoredLabels { grid, around, cells } = stored;
        (cells.len() == grid.len()).then_some(Self { sets, grid, around, cells })
    }
}
