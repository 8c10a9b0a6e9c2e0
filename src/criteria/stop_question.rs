//! What is asked of stations and stops, by mode: how near, and what makes one count.

use serde_json::{Value, json};

use super::Thresholds;
use crate::layers::{LayerKey, StopKind};
use crate::transit::{ServiceQuestion, Stop};
use crate::units::Interval;

/// What makes stops count for a criterion, and within which distance. A mode that is not asked about does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopQuestion {
    /// Of rail and subway stations.
    pub rail: Option<OfMode>,
    /// Of tram stops.
    pub tram: Option<OfMode>,
    /// Of bus stops.
    pub bus: Option<OfMode>,
}

/// What is asked of the stops of one mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfMode {
    /// The threshold of the distance.
    pub within: &'static str,
    /// What makes one count.
    pub counts: StopCounts,
}

/// What makes a stop count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopCounts {
    /// That so many trips depart.
    Service {
        /// Which ones are counted.
        service: ServiceQuestion,
        /// The threshold that they must reach.
        at_least: &'static str,
    },
    /// Its connection to a zone.
    Connected,
    /// That it is there.
    Any,
}

impl StopQuestion {
    /// The same of every mode.
    #[must_use]
    pub const fn of_all(asked: OfMode) -> Self {
        Self { rail: Some(asked), tram: Some(asked), bus: Some(asked) }
    }

    /// What is asked of a mode.
    #[must_use]
    pub fn of(&self, mode: StopKind) -> Option<&OfMode> {
        match mode {
            StopKind::Rail => self.rail.as_ref(),
            StopKind::Tram => self.tram.as_ref(),
            StopKind::Bus => self.bus.as_ref(),
        }
    }

    /// The place to write what is asked of a mode.
    pub(super) fn place(&mut self, mode: StopKind) -> &mut Option<OfMode> {
        match mode {
            StopKind::Rail => &mut self.rail,
            StopKind::Tram => &mut self.tram,
            StopKind::Bus => &mut self.bus,
        }
    }

    /// What is asked, mode by mode.
    pub fn modes(&self) -> impl Iterator<Item = &OfMode> {
        [&self.rail, &self.tram, &self.bus].into_iter().flatten()
    }

    /// The layers that hold such stops.
    #[must_use]
    pub fn layers(&self) -> Vec<LayerKey> {
        let by_layer =
            [(LayerKey::Stations, self.rail.is_some() || self.tram.is_some()), (LayerKey::Stops, self.bus.is_some())];
        by_layer.into_iter().filter(|(_, is_asked)| *is_asked).map(|(layer, _)| layer).collect()
    }

    /// As a reader of a run is told it: by mode the threshold of the distance, and where service is asked for its threshold
    /// and what is counted.
    #[must_use]
    pub fn parameters(&self) -> Value {
        let of = |mode: &Option<OfMode>| {
            mode.map(|OfMode { within, counts }| match counts {
                StopCounts::Service { service, at_least } => {
                    json!({ "within": within, "at_least": at_least, "service": service.id() })
                }
                StopCounts::Connected | StopCounts::Any => json!({ "within": within }),
            })
        };
        json!({ "rail": of(&self.rail), "tram": of(&self.tram), "bus": of(&self.bus) })
    }

    /// Whether any mode is asked so.
    #[must_use]
    pub fn counts(&self, is_meant: impl Fn(&StopCounts) -> bool) -> bool {
        self.modes().any(|mode| is_meant(&mode.counts))
    }

    /// The thresholds of distances, each once, in the order of the modes.
    #[must_use]
    pub fn distances(&self) -> Vec<&'static str> {
        once(self.modes().map(|mode| mode.within))
    }

    /// The thresholds of service, each once, with what is counted.
    #[must_use]
    pub fn services(&self) -> Vec<(ServiceQuestion, &'static str)> {
        once(self.modes().filter_map(|mode| mode.counts.service()))
    }

    /// Whether the service of a mode is asked for.
    #[must_use]
    pub fn asks_for_service(&self, mode: StopKind) -> bool {
        self.of(mode).is_some_and(|asked| matches!(asked.counts, StopCounts::Service { .. }))
    }

    /// Whether a stop counts for certain, and whether it may, as far as that is a matter of its own service.
    #[must_use]
    pub fn is_met(&self, stop: &Stop, thresholds: &Thresholds) -> [bool; 2] {
        let [sure, possible] = self.is_met_as(stop.kind, stop, thresholds);
        // What may be of another mode counts for certain where it would as that one too, and from as far.
        let either = |other: StopKind| {
            let within = |mode: StopKind| self.of(mode).and_then(|asked| thresholds.get(asked.within));
            self.is_met_as(other, stop, thresholds)[0] && within(other) >= within(stop.kind)
        };
        [sure && !stop.is_doubtful && stop.may_be.is_none_or(either), possible]
    }

    /// The same of a stop as one of a mode.
    fn is_met_as(&self, mode: StopKind, stop: &Stop, thresholds: &Thresholds) -> [bool; 2] {
        match self.of(mode).map(|asked| asked.counts) {
            Some(StopCounts::Service { service, at_least }) => {
                let Interval { lo, hi } = stop.service(service);
                let is_enough = |trips: f64| thresholds.get(at_least).is_some_and(|enough| trips >= enough);
                [is_enough(lo), is_enough(hi)]
            }
            Some(StopCounts::Connected | StopCounts::Any) => [true; 2],
            None => [false; 2],
        }
    }

    /// Whether nobody says what the service of a stop is, and it is asked for.
    #[must_use]
    pub fn is_open(&self, stop: &Stop, thresholds: &Thresholds) -> bool {
        let Some(StopCounts::Service { service, .. }) = self.of(stop.kind).map(|asked| asked.counts) else {
            return false;
        };
        stop.service(service).hi.is_infinite() && self.is_met(stop, thresholds) == [false, true]
    }
}

impl StopCounts {
    /// What is counted of its service, and the threshold.
    #[must_use]
    pub fn service(&self) -> Option<(ServiceQuestion, &'static str)> {
        match self {
            Self::Service { service, at_least } => Some((*service, at_least)),
            Self::Connected | Self::Any => None,
        }
    }
}

/// Each once, in their order.
fn once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::default_rules;
    use crate::transit::{Daily, Origin};

    fn stop(kind: StopKind, may_be: Option<StopKind>) -> Stop {
        let daily = Daily { one_direction: Interval::exactly(60.0), both_directions: Interval::exactly(120.0) };
        Stop {
            name: None,
            kind,
            lines: Vec::new(),
            parts: [0.0, 0.0].into(),
            group: 0,
            peak: Interval::exactly(6.0),
            daily,
            origin: Origin::Timetable,
            timetable: None,
            is_beside_timetable: false,
            lacks_a_word: false,
            is_doubtful: false,
            blank: crate::layers::Blank::default(),
            is_anywhere: false,
            may_be,
        }
    }

    #[test]
    fn what_may_be_a_tramway_or_a_railway_counts_for_certain_only_as_either() {
        let thresholds = Thresholds::of(default_rules());
        let any = |within| Some(OfMode { within, counts: StopCounts::Any });
        let (far, near) = ("station_radius_m", "stop_radius_m");
        let counts = |rail: Option<OfMode>, tram: Option<OfMode>| {
            let question = StopQuestion { rail, tram, bus: None };
            let readings = [(StopKind::Tram, StopKind::Rail), (StopKind::Rail, StopKind::Tram)];
            readings.map(|(kind, may_be)| question.is_met(&stop(kind, Some(may_be)), &thresholds))
        };
        let [open, sure, out] = [[false, true], [true, true], [false, false]];
        assert_eq!(counts(any(far), any(near)), [sure, open]);
        assert_eq!(counts(any(far), any(far)), [sure, sure]);
        assert_eq!(counts(any(near), any(far)), [open, sure]);
        assert_eq!(counts(any(far), None), [out, open]);
        assert_eq!(counts(None, any(near)), [open, out]);
    }

    #[test]
    fn service_is_asked_of_the_mode_that_it_is_asked_of() {
        let thresholds = Thresholds::of(default_rules());
        let service = ServiceQuestion::PeakInOneDirection;
        let frequent = StopCounts::Service { service, at_least: "min_peak_trips" };
        let bus = Some(OfMode { within: "stop_radius_m", counts: frequent });
        let question = StopQuestion { rail: None, tram: None, bus };
        assert_eq!(question.is_met(&stop(StopKind::Bus, None), &thresholds), [true, true]);
        assert_eq!(question.is_met(&stop(StopKind::Rail, None), &thresholds), [false, false]);
        assert_eq!(
            (question.services(), question.layers()),
            (vec![(service, "min_peak_trips")], vec![LayerKey::Stops])
        );
    }
}
