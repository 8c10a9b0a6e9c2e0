//! What a criterion is: a condition with an id and a source, told as data. What it asks is code, shared by all of its
//! kind.

use super::{Asks, AsksOfZone, Context, Kind, Measure, Named, NearSet, StopReach, Thresholds, World};
use crate::layers::LayerKey;
use crate::regions::{Known, Region};
use crate::text::Text;
use crate::units::Metres;

/// One criterion. Its file says everything about it; columns, documents, legends and keys follow from here.
#[derive(Debug)]
pub struct Criterion {
    /// Its id: never renamed, never reused.
    pub id: &'static str,
    /// The stem of its columns: its id with underscores.
    pub column: &'static str,
    /// Its name.
    pub name: Text,
    /// The condition in a sentence, `{threshold}` to be filled in.
    pub rule: Text,
    /// Prose and worked examples, Markdown, `{threshold}` to be filled in; below each paragraph its Japanese, under a line
    /// `:ja`. The examples run as tests.
    pub doc: &'static str,
    /// Where the rule stands in the rule set's document.
    pub source: Option<Text>,
    /// What of it could not be read in a primary source.
    pub unread: Option<Text>,
    /// What would settle it where it is open although its layers are there; after "would be settled by".
    pub settled_by: Text,
    /// What it asks.
    pub kind: Box<dyn Kind>,
}

impl Criterion {
    /// What its kind is told of it.
    fn named(&self) -> Named<'_> {
        Named { id: self.id, column: self.column, name: &self.name }
    }

    /// The layers that settle it, any or all.
    #[must_use]
    pub fn layers(&self) -> Vec<LayerKey> {
        self.kind.layers()
    }

    /// The columns of parcels that show what decides it; none where its shares alone do.
    #[must_use]
    pub fn measures(&self) -> Vec<Measure> {
        self.kind.measures(&self.named())
    }

    /// The sets of places of which it tells every parcel the nearest.
    #[must_use]
    pub fn near_sets(&self) -> Vec<NearSet> {
        self.kind.near_sets(&self.named())
    }

    /// Whether it is about a region of the plane, and so has share columns; else it is about the parcel alone.
    #[must_use]
    pub fn is_region(&self) -> bool {
        !matches!(self.kind.asks(), Asks::Parcel(_))
    }

    /// The stops near which it holds; `None` of one that does not ask for stops.
    #[must_use]
    pub fn stops(&self, context: &Context<'_>) -> Option<StopReach> {
        match self.kind.asks() {
            Asks::Stops(asks) => Some(asks.reach(context)),
            Asks::Region(_) | Asks::OfZone(_) | Asks::Parcel(_) => None,
        }
    }

    /// The id of the other zone of which it asks each by itself: what a zone asks so belongs to one and the same of them.
    #[must_use]
    pub fn zone_that_it_belongs_to(&self) -> Option<&'static str> {
        match self.kind.asks() {
            Asks::Stops(_) | Asks::OfZone(_) => self.kind.zone(),
            Asks::Region(_) | Asks::Parcel(_) => None,
        }
    }

    /// Where it holds; everywhere for one that asks about the parcel alone.
    #[must_use]
    pub fn known(&self, context: &Context<'_>) -> Known {
        match self.kind.asks() {
            Asks::Region(asks) => asks.region(context),
            Asks::Stops(asks) => asks.reach(context).known(context),
            Asks::OfZone(asks) => of_each_zone(asks, self.kind.zone(), context),
            Asks::Parcel(_) => Known::everywhere(),
        }
    }

    /// How far from a parcel something can lie and still matter to the criterion.
    #[must_use]
    pub fn reach(&self, thresholds: &Thresholds) -> Metres {
        let reaches = self.kind.reach().into_iter().filter_map(|key| thresholds.get(key));
        Metres(reaches.fold(0.0, f64::max))
    }
}

/// Where a condition holds for some zone or other.
fn of_each_zone(asks: &dyn AsksOfZone, zone: Option<&str>, context: &Context<'_>) -> Known {
    let Some(pieces) = zone.and_then(|zone| context.zones.get(zone)) else { return Known::unknown() };
    let regions: Vec<Region> = pieces.each.iter().map(|piece| asks.region(piece, context)).collect();
    let united = |world: World| {
        let there: Vec<&Region> = pieces.in_world(world).map(|(index, _)| &regions[index]).collect();
        Region::union_of_regions(&there)
    };
    if pieces.is_settled() { Known::exactly(united(World::Sure)) } else { World::known(united) }
}
