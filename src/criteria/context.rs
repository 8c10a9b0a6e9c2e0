//! What a criterion may look at: the city, and what is known of its stops, units and zones.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Kind, StopQuestion, Thresholds, World, ZonePieces};
use crate::evidence::Wholes;
use crate::geometry::{Bounds, Footprint};
use crate::layers::{City, LayerKey, StopKind};
use crate::regions::{Known, Memo, Place, Region};
use crate::transit::{Links, Stop, Timetable};
use crate::units::{Interval, Metres, SquareMetres};

/// So many metres of the plane a metre of the ground is at most, thousands of kilometres beyond the edge of any plane.
const FURTHEST: f64 = 1.1;

/// What a criterion about a region may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The layers.
    pub city: &'a City,
    /// The numbers to compare with.
    pub thresholds: &'a Thresholds,
    /// Stations and stops with their service; `None` of the layer itself stays in [`City`].
    pub stops: &'a [Stop],
    /// What connects stops beside their lines.
    pub links: Links<'a>,
    /// Public-land ratios of [`City::units`].
    pub ratios: &'a [Interval<f64>],
    /// Densities of older residents of [`City::census`], 1/ha.
    pub densities: &'a [Interval<f64>],
    /// The municipalities that the planner says to be left out, in place of those that the rules name.
    pub excluded_municipalities: Option<&'a [String]>,
    /// What areas are measured against as wholes.
    pub wholes: Wholes<'a>,
    /// The zones that are known so far, each by itself, by their ids.
    pub zones: &'a BTreeMap<&'static str, ZonePieces>,
    /// What was drawn around the city's places.
    pub memo: &'a Memo,
}

impl Context<'_> {
    /// Whether a station or stop that is asked about may stand where none is given, because neither a layer nor a timetable
    /// has any of its kind.
    #[must_use]
    pub fn stops_missing(&self, question: &StopQuestion) -> bool {
        let served = |kind: StopKind| self.links.timetable.is_some_and(|timetable| timetable.serves(kind));
        let missing = |layer: LayerKey, kind: StopKind| self.city.stops(layer).is_none() && !served(kind);
        question.layers().into_iter().any(|layer| match layer {
            LayerKey::Stations => missing(layer, StopKind::Rail),
            _ => missing(layer, StopKind::Bus),
        })
    }

    /// Whether a station or stop that may count may stand anywhere: because none is given ([`Context::stops_missing`]), or
    /// because nobody knows where one of those is that are given.
    #[must_use]
    pub fn stops_anywhere(&self, question: &StopQuestion) -> bool {
        let may_count = |stop: &Stop| stop.is_anywhere && question.is_met(stop, self.thresholds)[1];
        self.stops_missing(question) || self.stops.iter().any(may_count)
    }

    /// Whether one may ride anywhere, because a trip of which something is lost may be changed to, nobody knows when.
    #[must_use]
    pub fn rides_anywhere(&self) -> bool {
        let lacks = |timetable: &Timetable| timetable.lacks_something();
        self.links.settings.transfers > 0 && self.links.timetable.is_some_and(lacks)
    }

    /// Whether something is lost of what a criterion looks at.
    #[must_use]
    pub fn is_unsure_of(&self, kind: &dyn Kind) -> bool {
        let of_timetable = || self.links.timetable.is_some_and(Timetable::lacks_something);
        let of_stops = || of_timetable() || self.city.lacks(LayerKey::Peaks);
        // Where no units are given, those of the census stand for them.
        let is_unsure = |layer: LayerKey| {
            self.city.is_unsure_of(layer) || (layer == LayerKey::Units && self.city.is_unsure_of(LayerKey::Census))
        };
        kind.layers().into_iter().any(is_unsure) || (kind.stop_question().is_some() && of_stops())
    }

    /// Adds the area that the planner expects of a layer.
    #[must_use]
    pub fn with_expected_area(&self, layer: LayerKey, known: Known) -> Known {
        match self.city.expectations.get(&layer) {
            Some(shapes) => known.expecting(&Region::union_of(&[shapes])),
            None => known,
        }
    }
}

/// The stops near which a condition holds, and how near.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StopReach {
    /// Those that count for certain.
    pub sure: Vec<ReachedStop>,
    /// Those that count for certain or may count.
    pub possible: Vec<ReachedStop>,
    /// Those that count for certain once the planner's expectations come true.
    pub expected: Vec<ReachedStop>,
    /// Whether a stop that counts may stand anywhere, because a layer is missing.
    pub anywhere: bool,
}

/// A stop that counts, and how near one must be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReachedStop {
    /// The stop.
    pub stop: Stop,
    /// How near.
    pub within: Metres,
    /// Where the question is about zones: those to which it connects, by their indices in [`super::ZonePieces::each`].
    pub zones: Vec<usize>,
}

impl ReachedStop {
    /// Whether what is near the stop may come near any of some boxes. Its areas are bounded by its parts.
    fn comes_near(&self, boxes: &[Bounds]) -> bool {
        let reach = self.within.0 * FURTHEST + 1.0;
        let around =
            self.stop.parts.iter().fold(Bounds::EMPTY, |around, part| around.union(Bounds::of(part))).grown(reach);
        boxes.iter().any(|one| one.meets(&around))
    }
}

impl StopReach {
    /// Those that count in a state of things.
    #[must_use]
    pub fn in_world(&self, world: World) -> &[ReachedStop] {
        match world {
            World::Sure => &self.sure,
            World::Possible => &self.possible,
            World::Expected => &self.expected,
        }
    }

    /// Where the condition holds: around these stops.
    #[must_use]
    pub fn known(&self, context: &Context<'_>) -> Known {
        let sure = around_stops(&self.sure, context);
        let or_sure = |stops: &[ReachedStop]| {
            if stops == self.sure { sure.clone() } else { around_stops(stops, context) }
        };
        let possible = if self.anywhere { Region::everything() } else { or_sure(&self.possible) };
        Known { possible, expected: or_sure(&self.expected), sure }
    }

    /// The same within a place: what is drawn beyond it is not asked for.
    #[must_use]
    pub fn known_within(&self, place: &Known, context: &Context<'_>) -> Known {
        let around = |stops: &[ReachedStop], region: &Region| {
            let boxes = region.pieces().map(|pieces| pieces.iter().map(|piece| piece.bounds()).collect::<Vec<_>>());
            let comes_near = |stop: &&ReachedStop| boxes.as_ref().is_none_or(|boxes| stop.comes_near(boxes));
            around_stops_within(stops.iter().filter(comes_near), &Place::of(region), context)
        };
        let sure = around(&self.sure, &place.sure);
        let or_sure = |stops: &[ReachedStop], region: &Region| {
            if stops == self.sure && *region == place.sure { sure.clone() } else { around(stops, region) }
        };
        let possible = if self.anywhere { place.possible.clone() } else { or_sure(&self.possible, &place.possible) };
        Known { possible, expected: or_sure(&self.expected, &place.expected), sure }
    }
}

/// What lies near one of these stops.
#[must_use]
pub fn around_stops<'a>(stops: impl IntoIterator<Item = &'a ReachedStop>, context: &Context<'_>) -> Region {
    let sites: Vec<(&Footprint, Metres)> = stops.into_iter().map(|one| (&one.stop.parts, one.within)).collect();
    Region::clone(&context.memo.near(&sites, &context.city.scale))
}

/// Where there are so many times as many stops of another reach, most of what lies near a stop lies near one of these.
const MANY_TIMES: usize = 8;

/// The part of it in a place. What lies near the stops of one reach is drawn by itself: another reach of the others changes
/// nothing of it. Only that of few is drawn with fewer vertices where that of many hides it.
#[must_use]
pub fn around_stops_within<'a>(
    stops: impl IntoIterator<Item = &'a ReachedStop>,
    place: &Place<'_>,
    context: &Context<'_>,
) -> Region {
    let mut by_reach: BTreeMap<u64, Vec<(&Footprint, Metres)>> = BTreeMap::new();
    for one in stops {
        by_reach.entry(one.within.0.to_bits()).or_default().push((&one.stop.parts, one.within));
    }
    let many: &[_] = by_reach.values().max_by_key(|sites| sites.len()).map_or(&[], Vec::as_slice);
    let draw = |sites: &Vec<(&Footprint, Metres)>| {
        let others = if sites.len() * MANY_TIMES <= many.len() { many } else { &[] };
        context.memo.near_within(sites, others, place, &context.city.scale)
    };
    let drawn: Vec<Arc<Region>> = by_reach.values().map(draw).collect();
    Region::union_of_regions(&drawn.iter().map(|region| &**region).collect::<Vec<_>>())
}

/// What is known of one parcel, for the criteria that ask about the parcel alone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ParcelFacts {
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
