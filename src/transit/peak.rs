//! How many departures in the peak hour in one direction, ピーク時運行本数(片道)? And, by the way, in the whole day?

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::counting::{CountingRule, DirectionRule, Unit, Window};
use super::daily::{Daily, Tally, asked_of};
use super::departures::{Departure, Direction, LastCall};
use super::ending::most_runs;
use super::together::Most;
use super::ways::{UNBOUNDED, Ways, least_either_way, most_either_way};
use crate::units::{Interval, ServiceTime};

/// The hours whose mean [`Window::MorningMean`] takes.
pub(super) const MORNING: [ServiceTime; 2] = [ServiceTime(7 * ServiceTime::HOUR), ServiceTime(9 * ServiceTime::HOUR)];

/// The peak service of a stop under one counting rule, and that of the day around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Peak {
    /// Departures in the peak hour in one direction, as the rule counts them.
    pub trips: f64,
    /// What that can be in truth: the rule takes a pole for a direction where trips name none, but a pole may serve both, and
    /// those of a terminal may all be left one way; and runs that end at the stop may count.
    pub range: Interval<f64>,
    /// The direction in which they leave; `None` where there are no departures.
    pub direction: Option<Direction>,
    /// The time in which they leave, without its end: the first one of those that hold as many.
    pub window: Option<[ServiceTime; 2]>,
    /// Places of the departures that were counted.
    pub counted: Vec<usize>,
    /// The service of the whole day, in the units and directions of the rule.
    pub daily: Daily,
}

impl Peak {
    /// That of a stop from which nothing leaves.
    pub const NONE: Self = Self {
        trips: 0.0,
        range: Interval { lo: 0.0, hi: 0.0 },
        direction: None,
        window: None,
        counted: Vec::new(),
        daily: Daily::NONE,
    };
}

/// The peak service among the departures of a stop group, which come in the order of time, and its trips' last calls.
///
/// Departures are counted apart by direction, and within a direction by the rule's unit; the busiest unit speaks for its
/// direction, and the busiest direction, or the second busiest where both must reach the peak, for the stop. Of those
/// as busy the earlier counts, then the lower direction.
///
/// A pole where trips without a direction leave for a stop from which others have come is one of both directions. There the
/// least that is sure is what leaves for one next stop; and of trips of two feeds that share a pole, what leaves for one stop or comes
/// from one. The most is what may go one way, whatever its pole. Last calls enter the upper end of the range, and nothing else.
#[must_use]
pub fn peak(departures: &[Departure], last_calls: &[LastCall], rule: CountingRule) -> Peak {
    let (mut found, of_day) = count(departures, rule, |departure| departure.direction);
    let both_ways = poles_of_both_directions(departures);
    let (apart, of_day_apart) = if both_ways.is_empty() {
        (found.trips, of_day)
    } else {
        let direction = |departure: &Departure| match departure.direction {
            Direction::Pole(pole) if both_ways.contains(&pole) => Direction::Toward(departure.toward),
            other => other,
        };
        let (apart, of_day) = count(departures, rule, direction);
        (apart.trips, of_day)
    };
    let most = if last_calls.is_empty() { Most::default() } else { most_runs(departures, last_calls, rule) };
    let most = most.or(most_either_way(departures, last_calls, rule));
    let least = least(departures, &both_ways, rule);
    found.range =
        Interval::new(apart.min(found.trips).min(least.in_window), apart.max(found.trips).max(most.in_window));
    found.daily = Daily::counted([of_day, of_day_apart], [least.of_day, most.of_day]);
    found
}

/// What is sure where poles are shared, where both directions are asked for, and by units: the rule may count more.
fn least(departures: &[Departure], both_ways: &BTreeSet<u32>, rule: CountingRule) -> Most {
    let mut feeds: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for departure in departures {
        if let Direction::Pole(place) = departure.direction {
            feeds.entry(place).or_default().insert(departure.feed);
        }
    }
    let names_all = feeds.is_empty();
    feeds.retain(|_, feeds| feeds.len() > 1);
    let is_plain = rule.direction == DirectionRule::Best && rule.unit == Unit::StopGroup;
    if names_all || (is_plain && feeds.is_empty()) {
        return UNBOUNDED;
    }
    let ways = Ways::by_poles(departures, both_ways);
    let mut least = least_either_way(departures, &ways, rule);
    if feeds.is_empty() {
        return least;
    }
    let mut first_pole: BTreeMap<_, u32> = BTreeMap::new();
    for departure in departures.iter().filter(|one| feeds.contains_key(&one.place)) {
        first_pole.entry(ways.apart_at_a_pole(departure)).or_insert(departure.pole);
    }
    let (apart, of_day) = count(departures, rule, |departure| match departure.direction {
        Direction::Pole(place) if both_ways.contains(&place) => Direction::Toward(departure.toward),
        Direction::Pole(place) if feeds.contains_key(&place) => {
            Direction::Pole(first_pole.get(&ways.apart_at_a_pole(departure)).copied().unwrap_or(place))
        }
        other => other,
    });
    least.in_window = least.in_window.min(apart.trips);
    least.of_day.one_direction = least.of_day.one_direction.min(of_day.one_direction);
    least
}

/// The poles where trips without a direction leave for a stop from which others come.
fn poles_of_both_directions(departures: &[Departure]) -> BTreeSet<u32> {
    let mut ways: BTreeMap<u32, (BTreeSet<u32>, BTreeSet<u32>)> = BTreeMap::new();
    for departure in departures {
        if let Direction::Pole(pole) = departure.direction {
            let (from, toward) = ways.entry(pole).or_default();
            from.extend(departure.from);
            toward.insert(departure.toward);
        }
    }
    ways.retain(|_, (from, toward)| !from.is_disjoint(toward));
    ways.into_keys().collect()
}

/// The peak service, and what leaves in the whole day, where `direction` says which way a departure goes.
pub(super) fn count(
    departures: &[Departure],
    rule: CountingRule,
    direction: impl Fn(&Departure) -> Direction,
) -> (Peak, Tally) {
    let mut units: BTreeMap<(Direction, u32), Vec<usize>> = BTreeMap::new();
    for (index, departure) in departures.iter().enumerate() {
        if let Some(unit) = departure.unit(rule.unit) {
            units.entry((direction(departure), unit)).or_default().push(index);
        }
    }
    let mut by_direction: BTreeMap<Direction, (Peak, usize)> = BTreeMap::new();
    for ((direction, _), indices) in units {
        let (best, most_of_day) = by_direction.entry(direction).or_insert((Peak::NONE, 0));
        *most_of_day = (*most_of_day).max(indices.len());
        let times: Vec<ServiceTime> = indices.iter().map(|&index| departures[index].at).collect();
        let Some(found) = busiest(&times, rule.window) else { continue };
        let counted = indices[found.indices.clone()].to_vec();
        let peak = Peak {
            trips: found.trips,
            range: Interval::exactly(found.trips),
            direction: Some(direction),
            window: Some(found.window),
            counted,
            daily: Daily::NONE,
        };
        if is_busier(&peak, best) {
            *best = peak;
        }
    }
    let (mut directions, of_day): (Vec<Peak>, Vec<f64>) =
        by_direction.into_values().map(|(peak, of_day)| (peak, of_day as f64)).unzip();
    let of_day = Tally { both_directions: of_day.iter().sum(), one_direction: asked_of(of_day, rule.direction) };
    directions.sort_by(|one, other| other.trips.total_cmp(&one.trips).then(one.window.cmp(&other.window)));
    let asked = match rule.direction {
        DirectionRule::Best => 0,
        DirectionRule::Both => 1,
    };
    (directions.into_iter().nth(asked).unwrap_or(Peak::NONE), of_day)
}

fn is_busier(peak: &Peak, than: &Peak) -> bool {
    peak.trips > than.trips || (peak.trips == than.trips && peak.window < than.window)
}

/// A window and what leaves in it.
struct Busiest {
    trips: f64,
    window: [ServiceTime; 2],
    indices: Range<usize>,
}

/// The busiest window among sorted times; `None` where nothing leaves in any.
fn busiest(times: &[ServiceTime], window: Window) -> Option<Busiest> {
    match window {
        // Some busiest window begins with a departure: one that does not can be moved on to its first.
        Window::AnyHour => busiest_hour(times, |time| time),
        Window::ClockHour => busiest_hour(times, |time| ServiceTime(time.0 / ServiceTime::HOUR * ServiceTime::HOUR)),
        Window::MorningMean => {
            let [from, to] = MORNING.map(|end| times.partition_point(|&time| time < end));
            let busy = Busiest { trips: (to - from) as f64 / 2.0, window: MORNING, indices: from..to };
            (to > from).then_some(busy)
        }
    }
}

/// The busiest of the hours in which a departure is the first, each hour beginning where `begins` says for its first.
fn busiest_hour(times: &[ServiceTime], begins: impl Fn(ServiceTime) -> ServiceTime) -> Option<Busiest> {
    let (mut end, mut best) = (0, 0..0);
    for (index, &time) in times.iter().enumerate() {
        let until = begins(time).later(ServiceTime::HOUR);
        end += times[end..].iter().take_while(|&&time| time < until).count();
        if end - index > best.len() {
            best = index..end;
        }
    }
    let start = begins(*times.get(best.start)?);
    Some(Busiest { trips: best.len() as f64, window: [start, start.later(ServiceTime::HOUR)], indices: best })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str, direction: u8, pole: u32, route: u32) -> Departure {
        let (hours, minutes) = time.split_once(':').unwrap();
        let seconds = hours.parse::<u32>().unwrap() * 3600 + minutes.parse::<u32>().unwrap() * 60;
        let (at, direction) = (ServiceTime(seconds), Direction::Id(direction));
        Departure {
            at,
            direction,
            pole,
            place: pole,
            route,
            feed: 0,
            trip: 0,
            from: None,
            toward: 9,
            leaves_group: true,
            by_arrangement: false,
        }
    }

    fn rule(window: Window, unit: Unit, direction: DirectionRule) -> CountingRule {
        CountingRule { window, unit, direction }
    }

    const STANDARD: (Unit, DirectionRule) = (Unit::StopGroup, DirectionRule::Best);

    #[test]
    fn a_window_holds_its_beginning_and_not_its_end() {
        let all = ["7:10", "7:40", "8:10", "8:39"].map(|time| at(time, 0, 0, 0));
        let found = peak(&all, &[], CountingRule::default());
        assert_eq!((found.trips, found.counted), (3.0, vec![1, 2, 3]));
        assert_eq!(
            found.window.map(|window| window.map(|time| time.to_string())),
            Some(["07:40".into(), "08:40".into()])
        );
    }

    #[test]
    fn of_windows_as_busy_the_first_is_named() {
        let all = ["6:00", "6:30", "17:00", "17:30"].map(|time| at(time, 0, 0, 0));
        assert_eq!(peak(&all, &[], CountingRule::default()).counted, [0, 1]);
    }

    #[test]
    fn a_clock_hour_and_the_morning_mean_may_count_less() {
        let all = ["6:50", "7:10", "7:40", "8:59", "9:00"].map(|time| at(time, 0, 0, 0));
        let (unit, direction) = STANDARD;
        let trips = |window| peak(&all, &[], rule(window, unit, direction)).trips;
        assert_eq!([Window::AnyHour, Window::ClockHour, Window::MorningMean].map(trips), [3.0, 2.0, 1.5]);
    }

    #[test]
    fn poles_and_routes_count_apart_where_the_unit_says_so() {
        let all = [at("7:00", 0, 1, 8), at("7:10", 0, 1, 9), at("7:20", 0, 2, 9), at("7:30", 0, 3, 9)];
        let trips = |unit| peak(&all, &[], rule(Window::AnyHour, unit, DirectionRule::Best)).trips;
        assert_eq!([Unit::StopGroup, Unit::Pole, Unit::GroupAndRoute].map(trips), [4.0, 2.0, 3.0]);
    }

    #[test]
    fn both_directions_reach_what_the_second_reaches() {
        let mut all = vec![at("7:00", 0, 0, 0), at("7:10", 0, 0, 0), at("7:20", 1, 0, 0)];
        let both = rule(Window::AnyHour, Unit::StopGroup, DirectionRule::Both);
        assert_eq!(peak(&all, &[], both).trips, 1.0);
        assert_eq!(peak(&all, &[], both).direction, Some(Direction::Id(1)));
        all.pop();
        let daily = Daily { both_directions: Interval::exactly(2.0), ..Daily::NONE };
        assert_eq!(peak(&all, &[], both), Peak { daily, ..Peak::NONE });
    }

    #[test]
    fn a_pole_of_both_directions_is_sure_of_one_of_them_only() {
        let way = |time: &str, from: u32, toward: u32| Departure {
            direction: Direction::Pole(1),
            from: Some(from),
            toward,
            ..at(time, 0, 1, 0)
        };
        let there_and_back = [way("7:00", 3, 4), way("7:10", 4, 3), way("7:20", 3, 4)];
        let found = peak(&there_and_back, &[], CountingRule::default());
        assert_eq!((found.trips, found.range), (3.0, Interval::new(2.0, 3.0)));
        let two_branches = [way("7:00", 3, 4), way("7:10", 3, 5), way("7:20", 3, 4)];
        assert_eq!(peak(&two_branches, &[], CountingRule::default()).range, Interval::exactly(3.0));
    }

    #[test]
    fn bays_of_a_terminal_may_all_be_left_one_way() {
        let bay = |time: &str, place: u32, from: Option<u32>, toward: u32| Departure {
            direction: Direction::Pole(place),
            from,
            toward,
            ..at(time, 0, place, place)
        };
        let apart = [bay("7:00", 1, None, 4), bay("7:10", 1, None, 4), bay("7:20", 2, None, 5)];
        let found = peak(&apart, &[], CountingRule::default());
        assert_eq!((found.trips, found.range), (2.0, Interval::new(2.0, 3.0)));
        let both = CountingRule { direction: DirectionRule::Both, ..CountingRule::default() };
        assert_eq!(peak(&apart, &[], both).range, Interval::new(0.0, 1.0));
        // Across the street they are not: one leaves for where the other comes from.
        let opposite = [bay("7:00", 1, Some(5), 4), bay("7:10", 1, Some(5), 4), bay("7:20", 2, Some(4), 5)];
        assert_eq!(peak(&opposite, &[], CountingRule::default()).range, Interval::exactly(2.0));
        assert_eq!(peak(&opposite, &[], both).range, Interval::exactly(1.0));
    }

    #[test]
    fn what_names_no_direction_may_go_with_what_does() {
        let mut mixed = ["7:00", "7:10", "7:20"].map(|time| at(time, 0, 1, 0));
        mixed[2].direction = Direction::Pole(1);
        let found = peak(&mixed, &[], CountingRule::default());
        assert_eq!((found.trips, found.range), (2.0, Interval::new(2.0, 3.0)));
        assert_eq!(found.daily.one_direction, Interval::new(2.0, 3.0));
        assert_eq!(found.daily.both_directions, Interval::exactly(3.0));
    }

    #[test]
    fn at_a_pole_that_operators_share_those_for_one_stop_are_sure_to_go_one_way() {
        let of = |feed: u32, time: &str, toward: u32| Departure {
            direction: Direction::Pole(1),
            feed,
            pole: 1 + feed,
            toward,
            ..at(time, 0, 1, feed)
        };
        let one_way = [of(0, "7:00", 4), of(1, "7:10", 4), of(0, "7:20", 4)];
        assert_eq!(peak(&one_way, &[], CountingRule::default()).range, Interval::exactly(3.0));
        let unsure = [of(0, "7:00", 4), of(1, "7:10", 5), of(0, "7:20", 4)];
        let found = peak(&unsure, &[], CountingRule::default());
        assert_eq!((found.trips, found.range), (3.0, Interval::new(2.0, 3.0)));
    }

    #[test]
    fn a_vehicle_that_stays_within_the_group_leaves_the_pole_and_not_the_group() {
        let mut all = [at("7:00", 0, 1, 0), at("7:01", 0, 2, 0), at("7:30", 0, 1, 0)];
        all[0].leaves_group = false;
        let trips = |unit| peak(&all, &[], rule(Window::AnyHour, unit, DirectionRule::Best)).trips;
        assert_eq!([Unit::StopGroup, Unit::Pole].map(trips), [2.0, 2.0]);
    }
}
