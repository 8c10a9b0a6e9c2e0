//! `near-stops`: within walking distance of a station or stop, of enough peak service or of any.

use serde_json::{Value, json};

use crate::criteria::{
    Asks, AsksStops, Context, Kind, Measure, ReachedStop, StopCounts, StopQuestion, StopReach, Thresholds, Within,
};
use crate::transit::Stop;
use crate::units::Metres;

/// Near stations and stops.
#[derive(Debug)]
pub struct NearStops {
    /// How near, by mode.
    pub within: Within,
    /// The threshold of departures in the peak hour in one direction; `None` for any service.
    pub service: Option<&'static str>,
    /// The columns with the distances that decide it.
    pub measures: &'static [Measure],
}

impl NearStops {
    /// Whether so many departures are enough.
    fn is_enough(&self, trips: f64, thresholds: &Thresholds) -> bool {
        self.service.is_none_or(|key| thresholds.get(key).is_some_and(|enough| trips >= enough))
    }
}

impl Kind for NearStops {
    fn id(&self) -> &'static str {
        "near-stops"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Stops(self)
    }

    fn thresholds(&self) -> Vec<&'static str> {
        self.within.keys().into_iter().chain(self.service).collect()
    }

    fn reach(&self) -> Vec<&'static str> {
        self.within.keys()
    }

    fn measures(&self) -> Vec<Measure> {
        self.measures.to_vec()
    }

    fn stop_question(&self) -> Option<StopQuestion> {
        let counts = if self.service.is_some() { StopCounts::Frequent } else { StopCounts::Any };
        Some(StopQuestion { counts, within: self.within })
    }

    fn parameters(&self) -> Value {
        let Within { rail, tram, bus } = self.within;
        json!({ "within": { "rail": rail, "tram": tram, "bus": bus }, "service": self.service })
    }
}

impl AsksStops for NearStops {
    fn reach(&self, context: &Context<'_>) -> StopReach {
        let with_radius = |stop: &Stop| {
            let radius = context.thresholds.get(self.within.of(stop.kind)).unwrap_or_default();
            ReachedStop { stop: stop.clone(), within: Metres(radius), zones: Vec::new() }
        };
        let enough = |trips: f64| self.is_enough(trips, context.thresholds);
        let sure: Vec<_> = context.stops.iter().filter(|stop| enough(stop.peak.lo)).map(with_radius).collect();
        StopReach {
            possible: context.stops.iter().filter(|stop| enough(stop.peak.hi)).map(with_radius).collect(),
            // Nobody may expect a stop: one that is planned is a what-if.
            expected: sure.clone(),
            sure,
            anywhere: context.stops_missing(),
        }
    }
}
