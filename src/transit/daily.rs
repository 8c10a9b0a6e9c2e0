//! How many departures in the whole service day 1日の運行本数: in one direction 片道, in both together 往復?
//!
//! The day is the one that the peak is counted on, the unit and the direction are those of its rule; a window there is none.

use serde::{Deserialize, Serialize};

use super::counting::DirectionRule;
use super::service::Stop;
use crate::units::Interval;

/// The service of the whole service day; an infinite `hi` where that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Daily {
    /// Departures in the busier direction 片道, or the less busy one where the rule asks for both.
    pub one_direction: Interval<f64>,
    /// Departures in both directions together 往復: the sum of what speaks for each.
    pub both_directions: Interval<f64>,
}

impl Daily {
    /// That of a stop from which nothing leaves.
    pub const NONE: Self =
        Self { one_direction: Interval { lo: 0.0, hi: 0.0 }, both_directions: Interval { lo: 0.0, hi: 0.0 } };

    /// What follows from departures in the busier direction: in both together there are at least as many, and at most twice
    /// as many. `apart` are departures that are sure to be different ones, whichever way they go.
    pub(super) fn of_one_direction(one: Interval<f64>, apart: f64) -> Self {
        Self { one_direction: one, both_directions: Interval::new(one.lo.max(apart), (2.0 * one.hi).max(apart)) }
    }

    /// From the counts of two readings of the directions, the least that is sure in any, and the most that runs may be.
    pub(super) fn counted([one, other]: [Tally; 2], [least, most]: [Tally; 2]) -> Self {
        let range = |of: fn(&Tally) -> f64| {
            let (one, other) = (of(&one), of(&other));
            Interval::new(one.min(other).min(of(&least)), one.max(other).max(of(&most)))
        };
        let one_direction = range(|tally| tally.one_direction);
        let both = range(|tally| tally.both_directions);
        Self { one_direction, both_directions: Interval::new(both.lo.max(one_direction.lo), both.hi) }
    }

    /// The same where there is at least so much in one direction, as far as that may be.
    #[must_use]
    pub(super) fn at_least(self, trips: f64) -> Self {
        let raised = |range: Interval<f64>| Interval::new(range.lo.max(trips.min(range.hi)), range.hi);
        Self { one_direction: raised(self.one_direction), both_directions: raised(self.both_directions) }
    }

    /// The same where somebody says how much there is in one direction, if it may be so.
    #[must_use]
    pub(super) fn settled(self, said: Option<f64>) -> Self {
        let may_be = |trips: &f64| self.one_direction.lo <= *trips && *trips <= self.one_direction.hi;
        match said.filter(may_be) {
            Some(trips) => Self { one_direction: Interval::exactly(trips), ..self.at_least(trips) },
            None => self,
        }
    }

    /// The service of a stop of which a timetable says this, and others run without one. Their vehicles may be among those of
    /// the timetable, where a line is run jointly.
    #[must_use]
    pub(super) fn beside(self, others: Self) -> Self {
        Self {
            one_direction: beside(self.one_direction, others.one_direction),
            both_directions: beside(self.both_directions, others.both_directions),
        }
    }

    /// The same where nothing of it is sure.
    #[must_use]
    pub(super) fn at_most(self) -> Self {
        let most = |range: Interval<f64>| Interval::new(0.0, range.hi);
        Self { one_direction: most(self.one_direction), both_directions: most(self.both_directions) }
    }
}

/// What a timetable counts, and what others run beside it: at least the more of the two, at most both.
pub(super) fn beside(ours: Interval<f64>, theirs: Interval<f64>) -> Interval<f64> {
    Interval::new(ours.lo.max(theirs.lo), ours.hi + theirs.hi)
}

/// Departures, or runs, of a day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Tally {
    pub(super) one_direction: f64,
    pub(super) both_directions: f64,
}

/// The number of the direction that a rule asks for, of those of each direction: the highest, or the second.
pub(super) fn asked_of(mut directions: Vec<f64>, rule: DirectionRule) -> f64 {
    directions.sort_by(|one, other| other.total_cmp(one));
    let asked = match rule {
        DirectionRule::Best => 0,
        DirectionRule::Both => 1,
    };
    directions.get(asked).copied().unwrap_or_default()
}

/// What may be asked of a stop's service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ServiceQuestion {
    /// Departures in the peak hour in one direction ピーク時運行本数(片道).
    #[default]
    PeakInOneDirection,
    /// Departures of the day in one direction 1日の運行本数(片道).
    DailyInOneDirection,
    /// Departures of the day in both directions together 1日の運行本数(往復).
    DailyInBothDirections,
}

impl ServiceQuestion {
    /// The word of outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::PeakInOneDirection => "peak",
            Self::DailyInOneDirection => "day",
            Self::DailyInBothDirections => "day-both-directions",
        }
    }
}

impl Stop {
    /// The answer to a question about its service; an infinite `hi` where that is not known.
    #[must_use]
    pub fn service(&self, question: ServiceQuestion) -> Interval<f64> {
        match question {
            ServiceQuestion::PeakInOneDirection => self.peak,
            ServiceQuestion::DailyInOneDirection => self.daily.one_direction,
            ServiceQuestion::DailyInBothDirections => self.daily.both_directions,
        }
    }
}
