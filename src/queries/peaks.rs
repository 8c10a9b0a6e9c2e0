//! Which stop has how many departures in the peak hour, under which rule of counting?

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Number, Value};

use crate::crs::Plane;
use crate::inputs::gtfs::Feed;
use crate::layers::StopKind;
use crate::notices::Notices;
use crate::transit::{CountingRule, Direction, FeedReport, Peak, Pole, Settings, Timetable, on_their_days, peak};

/// The peak service of every stop of some timetables, under every rule.
#[derive(Debug, Serialize)]
pub struct Peaks {
    /// The day that was counted; `None` where feeds are counted on days of their own.
    pub date: Option<String>,
    /// The feeds.
    pub feeds: Vec<FeedReport>,
    /// The rules, the programme's first.
    pub rules: Vec<RuleSeen>,
    /// The stops, in the order of the feeds.
    pub stops: Vec<StopPeaks>,
}

/// A rule of counting and what it comes to.
#[derive(Debug, Serialize)]
pub struct RuleSeen {
    /// Its name, the key of [`StopPeaks::variants`].
    pub id: String,
    /// Its window.
    pub window: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Its rule of directions.
    pub direction: &'static str,
    /// How many stops have the departures that the programme asks for.
    pub stops_that_reach: usize,
}

/// One stop group 停留所.
#[derive(Debug, Serialize)]
pub struct StopPeaks {
    /// Its name.
    pub name: Option<String>,
    /// `rail`, `tram` or `bus`; `rail-or-tram` where no timetable tells; `None` where nothing calls.
    pub kind: Option<&'static str>,
    /// Its poles, `stop_id`.
    pub stop_ids: Vec<String>,
    /// Longitude of the middle of its poles, degrees.
    pub lon: Option<f64>,
    /// Latitude, degrees.
    pub lat: Option<f64>,
    /// Departures in the peak hour in one direction, by the programme's rule.
    pub peak_trips: Number,
    /// The least and the most that this can be in truth: a pole that serves both directions, while trips name none, counts as
    /// one direction by the rule; poles of trips that name none may all be left one way; and runs that end at the stop are no
    /// departures, but may count.
    pub peak_trips_range: [Number; 2],
    /// Whether more may leave one way than by the rule.
    #[serde(skip)]
    pub ways_are_open: bool,
    /// Whether there is more yet if what ends at the stop counts.
    #[serde(skip)]
    pub ends_may_count: bool,
    /// The direction: `direction_id` as a number, or the pole's `stop_id` as a text; null without departures.
    pub direction: Value,
    /// The hour in which they leave, without its end.
    pub window: Option<[String; 2]>,
    /// The trips that leave in it, `trip_id`.
    pub trips: Vec<String>,
    /// The same count under each rule.
    pub variants: BTreeMap<String, Number>,
}

/// Counts the departures of every stop of `feeds` under every rule. `reach`: how many departures the programme asks for.
#[must_use]
pub fn peaks(feeds: Vec<Feed>, settings: &Settings, reach: f64, notices: &mut Notices) -> Peaks {
    let plane = plane_of(&feeds);
    let (feeds, days) = on_their_days(feeds, settings, notices);
    let timetable = Timetable::of(feeds, days, settings, plane, &[], notices);
    let by_rule: Vec<(CountingRule, Vec<Peak>)> =
        CountingRule::ALL.into_iter().map(|rule| (rule, timetable.peaks(rule))).collect();
    let stops = (0..timetable.poles.groups.len()).map(|group| stop(&timetable, group, &by_rule)).collect();
    let seen = |(rule, peaks): &(CountingRule, Vec<Peak>)| RuleSeen {
        id: rule.id(),
        window: rule.window.id(),
        unit: rule.unit.id(),
        direction: rule.direction.id(),
        stops_that_reach: peaks.iter().filter(|peak| peak.trips >= reach).count(),
    };
    let rules = by_rule.iter().map(seen).collect();
    let mut dates: Vec<String> = timetable.days.iter().map(|day| day.date.to_string()).collect();
    dates.dedup();
    let date = if dates.len() == 1 { dates.pop() } else { None };
    Peaks { date, feeds: timetable.reports(), rules, stops }
}

/// The plane rectangular system that is nearest to the middle of all stops.
fn plane_of(feeds: &[Feed]) -> Plane {
    let places: Vec<[f64; 2]> = feeds.iter().flat_map(|feed| &feed.stops).filter_map(|stop| stop.lon_lat).collect();
    let [lon, lat] = middle(&places).unwrap_or([137.0, 36.0]);
    Plane::nearest(lon, lat)
}

fn middle(places: &[[f64; 2]]) -> Option<[f64; 2]> {
    let mean = |axis: usize| places.iter().map(|place| place[axis]).sum::<f64>() / places.len() as f64;
    (!places.is_empty()).then(|| [mean(0), mean(1)])
}

fn stop(timetable: &Timetable, group: usize, by_rule: &[(CountingRule, Vec<Peak>)]) -> StopPeaks {
    let poles = || timetable.poles.groups[group].iter().map(|&pole| &timetable.poles.poles[pole as usize]);
    let stops = || poles().map(|pole| &timetable.feeds[pole.feed as usize].stops[pole.stop as usize]);
    let places: Vec<[f64; 2]> = stops().filter_map(|stop| stop.lon_lat).collect();
    let middle = middle(&places).map(|place| place.map(|degrees| (degrees * 1e7).round() / 1e7));
    let standard = &by_rule[0].1[group];
    let most_leaving = peak(&timetable.departures[group], &[], CountingRule::STANDARD).range.hi;
    StopPeaks {
        name: timetable.name(group).map(str::to_owned),
        kind: poles().find_map(kind),
        stop_ids: timetable.stop_ids(group).into_iter().map(str::to_owned).collect(),
        lon: middle.map(|[lon, _]| lon),
        lat: middle.map(|[_, lat]| lat),
        peak_trips: trips(standard.trips),
        peak_trips_range: [trips(standard.range.lo), trips(standard.range.hi)],
        ways_are_open: most_leaving > standard.trips,
        ends_may_count: standard.range.hi > most_leaving,
        direction: standard.direction.map_or(Value::Null, |direction| toward(timetable, direction)),
        window: standard.window.map(|window| window.map(|time| time.to_string())),
        trips: standard
            .counted
            .iter()
            .map(|&index| timetable.trip_id(&timetable.departures[group][index]).to_owned())
            .collect(),
        variants: by_rule.iter().map(|(rule, peaks)| (rule.id(), trips(peaks[group].trips))).collect(),
    }
}

fn kind(pole: &Pole) -> Option<&'static str> {
    if pole.may_be_rail { Some("rail-or-tram") } else { pole.kind.map(StopKind::id) }
}

fn toward(timetable: &Timetable, direction: Direction) -> Value {
    match timetable.direction(direction) {
        Ok(id) => id.into(),
        Err(name) => name.into(),
    }
}

/// A count as a whole number where it is one; a mean over two hours may be half of one.
fn trips(count: f64) -> Number {
    if count.fract() == 0.0 { Number::from(count as u64) } else { Number::from_f64(count).unwrap_or(Number::from(0)) }
}
