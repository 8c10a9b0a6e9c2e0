//! `connected-stops`: within walking distance of a stop from which one rides to a zone, without changing unless
//! `transfers` allows it.

use serde_json::{Value, json};

use crate::criteria::{
    Asks, AsksStops, CentralZones, Context, Kind, Needs, StopCounts, StopQuestion, StopReach, Within, Zone,
};
use crate::regions::Certainty;
use crate::transit::{Stop, connected};
use crate::units::Metres;

/// Near a stop that connects to the central zones.
#[derive(Debug)]
pub struct ConnectedStops {
    /// The threshold of the distance.
    pub within: &'static str,
}

impl Kind for ConnectedStops {
    fn id(&self) -> &'static str {
        "connected-stops"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Stops(self)
    }

    fn needs(&self) -> Needs {
        Needs::CentralZones
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

    fn zone(&self) -> Option<Zone> {
        Some(Zone::Central)
    }

    fn stop_question(&self) -> Option<StopQuestion> {
        Some(StopQuestion { counts: StopCounts::Connected, within: Within::all(self.within) })
    }

    fn parameters(&self) -> Value {
        json!({ "within": self.within, "zone": Zone::Central.id() })
    }
}

impl AsksStops for ConnectedStops {
    fn reach(&self, context: &Context<'_>) -> StopReach {
        let Some(CentralZones { zone, .. }) = context.central else {
            return StopReach { anywhere: true, ..StopReach::default() };
        };
        let radius = Metres(context.thresholds.get(self.within).unwrap_or_default());
        let at_least = |wanted: Certainty, stops: &[Stop], found: &[Certainty]| -> Vec<(Stop, Metres)> {
            stops.iter().zip(found).filter(|(_, how)| **how >= wanted).map(|(stop, _)| (stop.clone(), radius)).collect()
        };
        let found = connected(context.stops, &context.links, &zone.sure, &zone.possible);
        let sure = at_least(Certainty::Sure, context.stops, &found);
        let expected = if zone.has_expectation() {
            let found = connected(context.stops, &context.links, &zone.expected, &zone.expected);
            at_least(Certainty::Sure, context.stops, &found)
        } else {
            sure.clone()
        };
        StopReach {
            possible: at_least(Certainty::Possible, context.stops, &found),
            expected,
            sure,
            // A stop of a missing layer may stand anywhere and go wherever there is a zone to go to.
            anywhere: context.stops_missing() && !zone.possible.is_nothing(),
        }
    }
}
