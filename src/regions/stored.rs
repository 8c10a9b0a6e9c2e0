//! How do sets of the plane stand in a file? What the types themselves cannot say of it: sets that are one stand once.

use std::sync::Arc;

use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::labels::Label;
use super::{Known, Labels, Region, RegionIndex};
use crate::flat::{Aside, AsideWriter, Flat, Later, StoredArray};
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

/// A set that is ready to be asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredIndex {
    edges: StoredArray,
    grid: Grid,
    starts: StoredArray,
    listed: StoredArray,
    corner: StoredArray,
    outside: i16,
}

impl RegionIndex {
    /// As it stands in a file: with its arrays aside where there is such a place, and with them where there is none.
    pub fn stored(&self, aside: Option<&mut AsideWriter>) -> StoredIndex {
        let Self { edges, grid, starts, listed, corner, outside } = self;
        let (edges, starts, listed, corner) = match aside {
            Some(aside) => (aside.array(edges), aside.array(starts), aside.array(listed), aside.array(corner)),
            None => (
                StoredArray::here(edges),
                StoredArray::here(starts),
                StoredArray::here(listed),
                StoredArray::here(corner),
            ),
        };
        StoredIndex { edges, grid: grid.clone(), starts, listed, corner, outside: *outside }
    }
}

impl StoredIndex {
    /// The set. Its arrays are taken when it is first asked.
    #[must_use]
    pub fn index(self, aside: &Arc<Aside>) -> RegionIndex {
        let Self { edges, grid, starts, listed, corner, outside } = self;
        RegionIndex {
            edges: array(edges, aside),
            grid,
            starts: array(starts, aside),
            listed: array(listed, aside),
            corner: array(corner, aside),
            outside,
        }
    }
}

fn array<T: Flat + Send + Sync + 'static>(stored: StoredArray, aside: &Arc<Aside>) -> Later<Vec<T>> {
    if matches!(stored, StoredArray::Here(_)) {
        return aside.array(&stored).into();
    }
    let aside = Arc::clone(aside);
    Later::new(move || aside.array(&stored))
}

/// The labels of cells, without the sets of which they tell: these stand elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredLabels {
    grid: Grid,
    around: Bounds,
    cells: StoredArray,
}

impl Labels {
    /// As they stand in a file.
    #[must_use]
    pub fn stored(&self, aside: &mut AsideWriter) -> StoredLabels {
        StoredLabels { grid: self.grid.clone(), around: self.around, cells: aside.array(&self.cells) }
    }

    /// The sets of which they tell, in the order of the bits.
    #[must_use]
    pub fn sets(&self) -> &[Arc<RegionIndex>] {
        &self.sets
    }

    /// As they stood in a file, of the same sets; `None` where they are not of one make.
    #[must_use]
    pub fn of_stored(stored: StoredLabels, sets: Vec<Arc<RegionIndex>>, aside: &Arc<Aside>) -> Option<Self> {
        let StoredLabels { grid, around, cells } = stored;
        let is_one = cells.values::<Label>() == grid.len();
        is_one.then(|| Self { sets, grid, around, cells: array(cells, aside) })
    }
}
