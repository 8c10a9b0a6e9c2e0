//! What criteria of one kind have in common: what they ask, and all that follows from it.

use std::fmt;

use serde_json::Value;

use super::kinds::NearFacilities;
use super::{Context, Lever, NearSet, ParcelFacts, StopQuestion, StopReach, Thresholds, ZonePiece};
use crate::evidence::WholeArea;
use crate::layers::LayerKey;
use crate::regions::{Known, Region};
use crate::text::Text;

/// A kind of criterion: code that rule sets give parameters to. One file a kind in `kinds/`.
pub trait Kind: fmt::Debug + Send + Sync {
    /// What rule sets call it.
    fn id(&self) -> &'static str;

    /// Its question.
    fn asks(&self) -> Asks<'_>;

    /// What must be known before it can be asked. What needs less is asked while that is worked out.
    fn needs(&self) -> Needs {
        Needs::Layers
    }

    /// The layers that settle it, any or all.
    fn layers(&self) -> Vec<LayerKey> {
        Vec::new()
    }

    /// The thresholds that it compares with, by key.
    fn thresholds(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Those of its thresholds that are distances from a parcel; none where only what a parcel lies in counts.
    fn reach(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// The columns of parcels that show what decides it; none where its shares alone do.
    fn measures(&self, _criterion: &Named<'_>) -> Vec<Measure> {
        Vec::new()
    }

    /// A column of a distance that is told beside these without being compared.
    fn also(&self) -> Option<&'static str> {
        None
    }

    /// The sets of places of which every parcel is told the nearest. `criterion` is the criterion of this kind.
    fn near_sets(&self, _criterion: &Named<'_>) -> Vec<NearSet> {
        Vec::new()
    }

    /// What may be done where it is not met; a clause without a stop at its end. None where nothing can be said.
    fn remedy(&self) -> Option<Text> {
        None
    }

    /// The id of the zone that it looks at.
    fn zone(&self) -> Option<&'static str> {
        None
    }

    /// What it asks of units that cover the city, where it does.
    fn units(&self) -> Option<UnitQuestion> {
        None
    }

    /// What it asks of stops, where it does.
    fn stop_question(&self) -> Option<StopQuestion> {
        None
    }

    /// The threshold of how far facilities of one kind must stand apart, where it asks that.
    fn spacing(&self) -> Option<&'static str> {
        None
    }

    /// The threshold of the least ground area, where it asks for one: what parcels that touch may reach together.
    fn least_area(&self) -> Option<&'static str> {
        None
    }

    /// What it asks of facilities, where it does.
    fn facilities(&self) -> Option<&NearFacilities> {
        None
    }

    /// What it asks of an area as a whole, where it can.
    fn whole(&self) -> Option<&dyn AsksWhole> {
        None
    }

    /// What of it can be moved, so that it holds elsewhere.
    fn lever<'a>(&'a self, _context: &Context<'a>) -> Lever<'a> {
        match self.asks() {
            Asks::Stops(asks) => Lever::Stops(asks),
            Asks::OfZone(asks) => Lever::OfZone(asks),
            Asks::Parcel(asks) => Lever::Parcel(asks),
            Asks::Region(_) => Lever::Nothing,
        }
    }

    /// Whether the whole of a municipality gets one answer.
    fn is_of_municipality(&self) -> bool {
        false
    }

    /// Its parameters as a reader of a run is told them: thresholds by their keys, zones by their ids. From these and the
    /// columns a what-if says what it can.
    fn parameters(&self) -> Value;
}

/// What a criterion is called, as its kind is told.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Its id.
    pub id: &'static str,
    /// The stem of its columns.
    pub column: &'static str,
    /// Its name.
    pub name: &'a Text,
}

impl Named<'_> {
    /// What the nearest place that counts for it is called.
    #[must_use]
    pub fn nearest(&self) -> Text {
        text!("最寄り（{name}）", "nearest: {name}", name = self.name.clone())
    }
}

/// What a criterion asks.
#[derive(Clone, Copy)]
pub enum Asks<'a> {
    /// Where on the plane does it hold?
    Region(&'a dyn AsksRegion),
    /// Near which stops does it hold?
    Stops(&'a dyn AsksStops),
    /// Where does it hold for each zone of another kind?
    OfZone(&'a dyn AsksOfZone),
    /// Does it hold for this parcel?
    Parcel(&'a dyn AsksParcel),
}

/// A question about the plane.
pub trait AsksRegion: Sync {
    /// Where the condition holds.
    fn region(&self, context: &Context<'_>) -> Known;
}

/// A question about what is near stations and stops.
pub trait AsksStops: Sync {
    /// The stops near which the condition holds, and how near.
    fn reach(&self, context: &Context<'_>) -> StopReach;
}

/// A question about each zone of another kind ([`Kind::zone`]), by itself.
pub trait AsksOfZone: Sync {
    /// Where the condition holds for one of them.
    fn region(&self, zone: &ZonePiece, context: &Context<'_>) -> Region;
}

/// A question about an area as a whole.
pub trait AsksWhole: Sync {
    /// How an area answers.
    fn answer(&self, area: &WholeArea<'_>, context: &Context<'_>) -> WholeAnswer;

    /// Whether a piece meets it for certain, however it grows within a larger one; `None` is one that nothing bounds.
    fn stays_met(&self, piece: &WholeArea<'_>, grown: Option<&WholeArea<'_>>, context: &Context<'_>) -> bool;
}

/// How an area answers a question as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WholeAnswer {
    /// Whether it meets the condition; `None`: not known.
    pub is_met: Option<bool>,
    /// Whether it does once the planner's expectations come true; `None`: not known.
    pub is_expected: Option<bool>,
    /// Whether no part of it could, however small.
    pub is_hopeless: bool,
}

/// A question about the parcel alone.
pub trait AsksParcel: Sync {
    /// Whether the condition holds; `None`: not known.
    fn answer(&self, parcel: &ParcelFacts, thresholds: &Thresholds) -> Option<bool>;
}

/// What must be known before a criterion can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The layers alone.
    Layers,
    /// The public-land ratios of the evaluation units ([`Context::ratios`]).
    PublicLand,
    /// Another zone ([`Kind::zone`], [`Context::zones`]).
    Zone,
}

/// The units that a criterion asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitQuestion {
    /// The evaluation units, of their public land.
    Land,
    /// The census units, of their people.
    People,
}

/// A column of parcels that is compared with a threshold, or both ends of one: `public_land_ratio` stands for
/// `public_land_ratio_lo` and `_hi`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// The column.
    pub column: &'static str,
    /// The threshold.
    pub threshold: &'static str,
    /// Whether the measure must reach the threshold, or must not be more.
    pub at_least: bool,
}

impl Measure {
    /// A measure that must reach a threshold.
    #[must_use]
    pub const fn at_least(column: &'static str, threshold: &'static str) -> Self {
        Self { column, threshold, at_least: true }
    }

    /// Whether a value is as the threshold asks.
    #[must_use]
    pub fn is_met_by(&self, value: f64, thresholds: &Thresholds) -> bool {
        thresholds
            .get(self.threshold)
            .is_some_and(|needed| if self.at_least { value >= needed } else { value <= needed })
    }

    /// Of two values that fall short, the one that comes nearer to the threshold.
    #[must_use]
    pub fn nearer(&self, a: f64, b: f64) -> f64 {
        if self.at_least { a.max(b) } else { a.min(b) }
    }

    /// A measure that must not be more than a threshold.
    #[must_use]
    pub const fn at_most(column: &'static str, threshold: &'static str) -> Self {
        Self { column, threshold, at_least: false }
    }
}
