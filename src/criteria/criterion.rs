//! What a criterion is: a condition with an id, a source, and a question that code answers.

use crate::geometry::{Point, Shapes};
use crate::layers::{City, LayerKey, StopKind};
use crate::regions::{Known, Region, around};
use crate::transit::{Links, Stop};
use crate::units::{Interval, Metres, SquareMetres};

use super::Thresholds;

/// One criterion. Its file says everything about it; columns, documents, legends and keys follow from here.
#[derive(Debug)]
pub struct Criterion {
    /// Its id: never renamed, never reused.
    pub id: &'static str,
    /// Its name, Japanese and English.
    pub name: (&'static str, &'static str),
    /// The condition in a sentence, Japanese and English, `{threshold}` to be filled in.
    pub rule: (&'static str, &'static str),
    /// Prose and worked examples, Markdown, `{threshold}` filled in; the examples run as tests.
    pub doc: &'static str,
    /// Where the rule stands in the programme's leaflet.
    pub source: &'static str,
    /// The thresholds that it compares with.
    pub thresholds: &'static [&'static str],
    /// The columns of measures that show what decides it for a lot; none where its shares alone do.
    pub measures: &'static [Measure],
    /// The layers that settle it, any or all.
    pub layers: &'static [LayerKey],
    /// What would settle it where it is open although its layers are there, Japanese and English; after "would be
    /// settled by".
    pub settled_by: (&'static str, &'static str),
    /// What must be known before it can be asked.
    pub needs: Needs,
    /// What it asks.
    pub asks: Asks,
}

/// What must be known before a criterion can be asked. What needs less is asked while that is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The layers alone.
    Layers,
    /// The public-land ratios of the evaluation units ([`Ground::ratios`]).
    PublicLand,
    /// The central zones ([`Ground::central`]).
    CentralZones,
}

/// What a criterion asks.
#[derive(Debug, Clone, Copy)]
pub enum Asks {
    /// Where on the plane does it hold?
    Place(fn(&Ground<'_>) -> Known),
    /// Near which stops does it hold?
    Stops(fn(&Ground<'_>) -> StopReach),
    /// Does it hold for this lot? `None`: not known.
    Lot(fn(&LotFacts, &Thresholds) -> Option<bool>),
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
    pub(super) const fn at_least(column: &'static str, threshold: &'static str) -> Self {
        Self { column, threshold, at_least: true }
    }

    /// A measure that must not be more than a threshold.
    pub(super) const fn at_most(column: &'static str, threshold: &'static str) -> Self {
        Self { column, threshold, at_least: false }
    }
}

impl Criterion {
    /// The stem of its columns: `in_did` of `in-did`.
    #[must_use]
    pub fn column(&self) -> String {
        self.id.replace('-', "_")
    }

    /// Where it holds; everywhere for one that asks about the lot alone.
    #[must_use]
    pub fn known(&self, ground: &Ground<'_>) -> Known {
        match self.asks {
            Asks::Place(place) => place(ground),
            Asks::Stops(reach) => reach(ground).known(ground),
            Asks::Lot(_) => Known::everywhere(),
        }
    }

    /// Whether it is about a place of the plane, and so has share columns.
    #[must_use]
    pub fn is_place(&self) -> bool {
        !matches!(self.asks, Asks::Lot(_))
    }
}

/// What a criterion of a place may look at.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The layers.
    pub city: &'a City,
    /// The numbers to compare with.
    pub thresholds: &'a Thresholds,
    /// Stations and stops with their service; `None` of the layer itself stays in [`City`].
    pub stops: &'a [Stop],
    /// Stations and stops that the planner expects.
    pub planned_stops: &'a [Stop],
    /// What connects stops beside their lines.
    pub links: Links<'a>,
    /// Public-land ratios of [`City::units`].
    pub ratios: &'a [Interval<f64>],
    /// Densities of older residents of [`City::census`], 1/ha.
    pub densities: &'a [Interval<f64>],
    /// Municipalities that the programme leaves out.
    pub excluded_municipalities: &'a [String],
    /// The central zones, once they are known.
    pub central: Option<&'a CentralZones>,
}

impl Ground<'_> {
    /// What is known of a place that one area layer gives: that area, or nothing where the layer is missing; with
    /// the planner's expectation of the same layer.
    #[must_use]
    pub fn place_of(&self, layer: LayerKey, area: Option<&Shapes>) -> Known {
        let known = area.map_or_else(Known::unknown, |shapes| Known::exactly(Region::union_of(&[shapes])));
        self.with_expected_area(layer, known)
    }

    /// Whether a station or stop may stand where none is given, because neither a layer nor a timetable has any of its
    /// kind.
    #[must_use]
    pub fn stops_missing(&self) -> bool {
        let served = |kind: StopKind| self.links.timetable.is_some_and(|timetable| timetable.serves(kind));
        let no_stations = self.city.stations.is_none() && !served(StopKind::Rail);
        no_stations || (self.city.stops.is_none() && !served(StopKind::Bus))
    }

    /// Adds the area that the planner expects of a layer.
    #[must_use]
    pub fn with_expected_area(&self, layer: LayerKey, known: Known) -> Known {
        match self.city.expectations.areas.get(&layer) {
            Some(shapes) => known.expecting(&Region::union_of(&[shapes])),
            None => known,
        }
    }
}

/// The stops near which a condition holds, and how near.
#[derive(Debug, Clone, Default)]
pub struct StopReach {
    /// Those that count for certain.
    pub sure: Vec<(Stop, Metres)>,
    /// Those that count for certain or may count.
    pub possible: Vec<(Stop, Metres)>,
    /// Those that count for certain once the planner's expectations come true.
    pub expected: Vec<(Stop, Metres)>,
    /// Whether a stop that counts may stand anywhere, because a layer is missing.
    pub anywhere: bool,
}

impl StopReach {
    /// Where the condition holds: around these stops.
    #[must_use]
    pub fn known(&self, ground: &Ground<'_>) -> Known {
        let region = |stops: &[(Stop, Metres)]| {
            let sites =
                stops.iter().flat_map(|(stop, radius)| stop.parts.iter().map(|part| (part.as_slice(), *radius)));
            Region::union_of(&[&around(sites, &ground.city.scale)])
        };
        let sure = region(&self.sure);
        let or_sure = |stops: &[(Stop, Metres)]| if stops == self.sure { sure.clone() } else { region(stops) };
        let possible = if self.anywhere { Region::everything() } else { or_sure(&self.possible) };
        Known { possible, expected: or_sure(&self.expected), sure }
    }
}

/// Where central zones lie and where their centres are.
#[derive(Debug, Clone)]
pub struct CentralZones {
    /// The zone.
    pub zone: Known,
    /// Centres of central zones that are sure, plane metres.
    pub sure_centres: Vec<Point>,
    /// Centres with expectations, the sure ones among them.
    pub expected_centres: Vec<Point>,
    /// Hulls within which the centre of a zone that is not settled may come to lie.
    pub possible_hulls: Vec<Vec<Point>>,
    /// Whether a central zone may lie anywhere, so that nothing bounds its centre.
    pub unbounded: bool,
}

/// What is known of one lot, for the criteria that ask about the lot alone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LotFacts {
    /// Its ground area; `None` without a usable geometry.
    pub area: Option<SquareMetres>,
    /// Whether the layer of facilities is given; if not, nothing is known of them.
    pub facilities_known: bool,
    /// The nearest facility that is of the planned kind for certain; `None`: there is none.
    pub same_kind: Option<Metres>,
    /// The nearest facility that may be of the planned kind; `None`: there is none.
    pub maybe_same_kind: Option<Metres>,
    /// Whether a facility that is or may be of the planned kind has no place, so that it may stand anywhere.
    pub unplaced_same_kind: bool,
}
