//! `connected-stops`: within walking distance of a stop from which one rides to a zone, without changing unless
//! `transfers` allows it.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::{
    Asks, AsksStops, Context, Kind, Needs, OfMode, ReachedStop, StopCounts, StopQuestion, StopReach, World,
};
use crate::layers::LayerKey;
use crate::regions::{Certainty, Region};
use crate::transit::{Connections, Stop};
use crate::units::Metres;

/// How it is read.
pub(super) const READER: KindReader = KindReader {
    id: "connected-stops",
    keys: &["zone", "within"],
    read: |table, words| {
        let (zone, within) = (words.zone(table, "zone"), words.threshold(table, "within"));
        Some(Box::new(ConnectedStops { zone: zone?.0, within: within? }))
    },
};

/// Near a stop that connects to a zone.
#[derive(Debug)]
pub struct ConnectedStops {
    /// The id of the zone.
    pub zone: &'static str,
    /// The threshold of the distance.
    pub within: &'static str,
}

impl ConnectedStops {
    fn question(&self) -> StopQuestion {
        StopQuestion::of_all(OfMode { within: self.within, counts: StopCounts::Connected })
    }
}

impl Kind for ConnectedStops {
    fn id(&self) -> &'static str {
        "connected-stops"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Stops(self)
    }

    fn needs(&self) -> Needs {
        Needs::Zone
    }

    fn layers(&self) -> Vec<LayerKey> {
        self.question().layers()
    }

    fn thresholds(&self) -> Vec<&'static str> {
        vec![self.within]
    }

    fn reach(&self) -> Vec<&'static str> {
        vec![self.within]
    }

    fn also(&self) -> Option<&'static str> {
        Some("any_stop_m")
    }

    fn zone(&self) -> Option<&'static str> {
        Some(self.zone)
    }

    fn stop_question(&self) -> Option<StopQuestion> {
        Some(self.question())
    }

    fn parameters(&self) -> Value {
        json!({ "within": self.within, "zone": self.zone })
    }
}

impl AsksStops for ConnectedStops {
    fn reach(&self, context: &Context<'_>) -> StopReach {
        let Some(zones) = context.zones.get(self.zone) else {
            return StopReach { anywhere: true, ..StopReach::default() };
        };
        let radius = Metres(context.thresholds.get(self.within).unwrap_or_default());
        let connections = Connections::of(context.stops, &context.links);
        let reached = |world: World| {
            let there: Vec<(usize, &Region)> =
                zones.in_world(world).map(|(index, piece)| (index, &piece.region)).collect();
            let regions: Vec<&Region> = there.iter().map(|(_, region)| *region).collect();
            let how = if world == World::Possible { Certainty::Possible } else { Certainty::Sure };
            let to = connections.to_each(&regions, how);
            let reached = |(stop, zones): (&Stop, Vec<usize>)| {
                let zones: Vec<usize> = zones.into_iter().map(|zone| there[zone].0).collect();
                (!zones.is_empty()).then(|| ReachedStop { stop: stop.clone(), within: radius, zones })
            };
            context.stops.iter().zip(to).filter_map(reached).collect::<Vec<_>>()
        };
        let sure = reached(World::Sure);
        let expected = if zones.known.has_expectation() { reached(World::Expected) } else { sure.clone() };
        StopReach {
            possible: reached(World::Possible),
            expected,
            sure,
            // A stop of a missing layer, or one whose place is lost, may stand anywhere and go wherever there is a zone to go to.
            anywhere: (context.stops_anywhere(&self.question()) || context.rides_anywhere())
                && !zones.known.possible.is_nothing(),
        }
    }
}
