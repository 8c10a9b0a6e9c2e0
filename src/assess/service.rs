//! The stations and stops of a city, counted under one rule.

use std::collections::BTreeSet;

use crate::criteria::{FAR_REACHES, Rules};
use crate::geometry::Bounds;
use crate::layers::{City, PeakRow};
use crate::transit::{Counted, Peak, Rows, Settings, Stop, Timetable, services};
use crate::units::Interval;

/// Stations and stops with their service.
#[derive(Debug)]
pub(super) struct Service {
    /// All that there are, or would be in a what-if.
    pub(super) all: Vec<Stop>,
    /// Those that take part in regions and zones.
    pub(super) near: Vec<Stop>,
    /// The peak service of each group of the timetable.
    pub(super) peaks: Vec<Peak>,
}

impl Service {
    /// Counts a city's service. `extent` is a box around the parcels.
    pub(super) fn of(
        city: &City,
        timetable: Option<&Timetable>,
        settings: &Settings,
        rules: &Rules,
        extent: Bounds,
    ) -> Self {
        let peaks = timetable.map(|timetable| timetable.peaks(settings.rule)).unwrap_or_default();
        let counted = timetable.map(|timetable| Counted { timetable, peaks: &peaks });
        let all = stops_of(city, counted, city.peak_trips(), settings);
        let near = taking_part(&all, rules, extent);
        Self { all, near, peaks }
    }
}

/// All stations and stops of a city with a table of peak trips.
pub(super) fn stops_of(city: &City, counted: Option<Counted<'_>>, peaks: &[PeakRow], settings: &Settings) -> Vec<Stop> {
    services(&Rows { peaks, ..Rows::of(city) }, counted, settings.stop_group, &city.scale)
}

/// Those of all stops that take part in regions and zones. `extent` is a box around the parcels.
pub(super) fn taking_part(all: &[Stop], rules: &Rules, extent: Bounds) -> Vec<Stop> {
    near(all, &extent.grown(stops_within(rules)))
}

/// What stops of which something is lost may be in truth.
pub(super) enum Raised {
    /// Nothing else than they are.
    No,
    /// All that they may be, where they stand.
    Here(Vec<Stop>),
    /// One of them may stand anywhere.
    Anywhere,
}

/// The same stops where those of which something is lost have all the service that they may have.
pub(super) fn raised(stops: &[Stop], rules: &Rules) -> Raised {
    let questions: Vec<_> = rules.set.criteria.iter().filter_map(|one| one.kind.stop_question()).collect();
    let is_open = |stop: &&Stop| {
        let answers = questions.iter().map(|question| question.is_met(stop, &rules.thresholds));
        stop.lacks_a_word && answers.into_iter().any(|answer| answer == [false, true])
    };
    let mut open = stops.iter().filter(is_open).peekable();
    if open.peek().is_none() {
        return Raised::No;
    }
    if open.any(|stop| stop.is_anywhere) {
        return Raised::Anywhere;
    }
    let most = |range: Interval<f64>| Interval::new(range.hi, range.hi);
    let mut raised = stops.to_vec();
    for stop in raised.iter_mut().filter(|stop| stop.lacks_a_word) {
        stop.peak = most(stop.peak);
        stop.daily.one_direction = most(stop.daily.one_direction);
        stop.daily.both_directions = most(stop.daily.both_directions);
        (stop.may_be, stop.is_doubtful) = (None, false);
    }
    Raised::Here(raised)
}

/// The stops of which a row comes near a box, or may, with all their rows.
fn near(stops: &[Stop], around: &Bounds) -> Vec<Stop> {
    let is_near = |stop: &&Stop| stop.is_anywhere || stop.parts.iter().any(|part| Bounds::of(part).meets(around));
    let groups: BTreeSet<usize> = stops.iter().filter(is_near).map(|stop| stop.group).collect();
    stops.iter().filter(|stop| groups.contains(&stop.group)).cloned().collect()
}

/// Within which distance of the parcels stops take part in regions and zones, m: [`FAR_REACHES`] times the longest reach of any criterion.
#[must_use]
pub fn stops_within(rules: &Rules) -> f64 {
    FAR_REACHES * longest_reach(rules)
}

/// The longest distance that a criterion about regions asks for, m.
fn longest_reach(rules: &Rules) -> f64 {
    rules.set.regions().map(|criterion| criterion.reach(&rules.thresholds).0).fold(0.0, f64::max)
}
