//! What a criterion may look at: the city, and what is known of its stops, units and zones.

use std::collections::BTreeMap;

use super::{Thresholds, Zone};
use crate::geometry::Point;
use crate::layers::{City, LayerKey, StopKind};
use crate::regions::{Known, Region, around};
use crate::transit::{Links, Stop};
use crate::units::{Interval, Metres, SquareMetres};

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
    /// Municipalities that the programme leaves out.
    pub excluded_municipalities: &'a [String],
    /// The central zones, once they are known.
    pub central: Option<&'a CentralZones>,
    /// The zones that ask for no other, once they are known.
    pub zones: &'a BTreeMap<Zone, Known>,
}

impl Context<'_> {
    /// Whether a station or stop may stand where none is given, because neither a layer nor a timetable has any of its
    /// kind.
    #[must_use]
    pub fn stops_missing(&self) -> bool {
        let served = |kind: StopKind| self.links.timetable.is_some_and(|timetable| timetable.serves(kind));
        let missing = |layer: LayerKey, kind: StopKind| self.city.stops(layer).is_none() && !served(kind);
        missing(LayerKey::Stations, StopKind::Rail) || missing(LayerKey::Stops, StopKind::Bus)
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
    pub fn known(&self, context: &Context<'_>) -> Known {
        let region = |stops: &[(Stop, Metres)]| {
            let parts =
                stops.iter().flat_map(|(stop, radius)| stop.parts.iter().map(|part| (part.as_slice(), *radius)));
            Region::union_of(&[&around(parts, &context.city.scale)])
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
