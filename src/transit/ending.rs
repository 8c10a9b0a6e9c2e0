//! How many runs 運行 may there be in the peak hour in one direction, and in the whole day, if those that end at the stop count
//! too?
//!
//! Whether 運行本数 means what leaves or what runs can be read in two ways. So a trip's last call is one that may count, and
//! what is said here is an upper bound alone.

use std::collections::{BTreeMap, BTreeSet};

use super::counting::{CountingRule, DirectionRule};
use super::daily::{Tally, asked_of};
use super::departures::{Departure, Direction, LastCall};
use super::together::{Most, Run, most_together, once};

/// What is counted together.
type Units = BTreeMap<(Direction, u32), Vec<Run>>;

/// The most runs in the peak hour in one direction and in the whole day, those that end here among them; at least what departs.
///
/// A last call counts with what its `direction_id` has. Without one it counts with what leaves its pole; but a vehicle that ends
/// and came from some stop, and one that leaves for that stop, go opposite ways, so there the more numerous count.
pub(super) fn most_runs(departures: &[Departure], last_calls: &[LastCall], rule: CountingRule) -> Most {
    let list = Lists { departures, last_calls, rule };
    let one_way = list.units(&BTreeMap::new());
    let mut found = most(&one_way, rule);
    let both_ways = list.poles_of_both_directions();
    if !both_ways.is_empty() {
        let apart = most(&list.units(&both_ways), rule);
        // Where both directions are asked for, a pole may be both.
        let in_window = if rule.direction == DirectionRule::Best { found.in_window } else { apart.in_window };
        found = found.or(Most { in_window, ..apart });
    }
    // Apart, a last call stands in each direction that it may have; in both together it is one run all the same.
    let all = once(&one_way.into_values().flatten().collect::<Vec<_>>());
    let of_day = &mut found.of_day;
    of_day.both_directions = of_day.both_directions.min(all).max(of_day.one_direction);
    found
}

struct Lists<'a> {
    departures: &'a [Departure],
    last_calls: &'a [LastCall],
    rule: CountingRule,
}

impl Lists<'_> {
    /// The runs by direction and unit. At these poles of both directions each next stop is one direction, in which go the
    /// last calls of all that came from elsewhere; and one is of the last calls alone.
    fn units(&self, both_ways: &BTreeMap<u32, BTreeSet<u32>>) -> Units {
        let mut units = Units::new();
        for departure in self.departures {
            let Some(unit) = departure.unit(self.rule.unit) else { continue };
            let (direction, by_pole) = match departure.direction {
                Direction::Pole(pole) if both_ways.contains_key(&pole) => (Direction::Toward(departure.toward), true),
                Direction::Pole(pole) => (Direction::Pole(pole), true),
                other => (other, false),
            };
            // What leaves for a stop, and what comes from it: two sides.
            let on = by_pole.then_some((departure.toward, false));
            units.entry((direction, unit)).or_default().push(Run::leaving(departure, on));
        }
        for last in self.last_calls {
            let Some(unit) = last.unit(self.rule.unit) else { continue };
            let by_pole = matches!(last.direction, Direction::Pole(_));
            let run = Run::ending(last, last.from.filter(|_| by_pole).map(|from| (from, true)));
            let toward = match last.direction {
                Direction::Pole(pole) => both_ways.get(&pole),
                _ => None,
            };
            for &toward in toward.into_iter().flatten().filter(|&&toward| Some(toward) != last.from) {
                units.entry((Direction::Toward(toward), unit)).or_default().push(run);
            }
            units.entry((last.direction, unit)).or_default().push(run);
        }
        units
    }

    /// The poles where trips without a direction leave for a stop from which others come, those that end here among them;
    /// each with the stops for which something leaves.
    fn poles_of_both_directions(&self) -> BTreeMap<u32, BTreeSet<u32>> {
        let mut toward: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        let mut from: BTreeSet<(u32, u32)> = BTreeSet::new();
        for departure in self.departures {
            if let Direction::Pole(pole) = departure.direction {
                toward.entry(pole).or_default().insert(departure.toward);
                from.extend(departure.from.map(|from| (pole, from)));
            }
        }
        for last in self.last_calls {
            if let Direction::Pole(pole) = last.direction {
                from.extend(last.from.map(|from| (pole, from)));
            }
        }
        toward.retain(|pole, toward| toward.iter().any(|&toward| from.contains(&(*pole, toward))));
        toward
    }
}

/// That of the busiest direction, or of the second busiest where both must reach it, each by its busiest unit.
fn most(units: &Units, rule: CountingRule) -> Most {
    let mut by_direction: BTreeMap<Direction, Most> = BTreeMap::new();
    for ((direction, _), runs) in units {
        let most = by_direction.entry(*direction).or_default();
        *most = most.or(most_together(runs, rule.window));
    }
    let asked = |of: fn(&Most) -> f64| asked_of(by_direction.values().map(of).collect(), rule.direction);
    Most {
        in_window: asked(|most| most.in_window),
        of_day: Tally {
            one_direction: asked(|most| most.of_day.one_direction),
            both_directions: by_direction.values().map(|most| most.of_day.both_directions).sum(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transit::{Unit, Window, peak};
    use crate::units::{Interval, ServiceTime};

    const POLE: u32 = 1;

    fn time(minute: u32) -> ServiceTime {
        ServiceTime(minute * 60)
    }

    /// A departure for a stop, of a trip of its own that began here.
    fn leaves(minute: u32, direction: Direction, toward: u32) -> Departure {
        Departure {
            at: time(minute),
            direction,
            pole: POLE,
            place: POLE,
            route: 0,
            feed: 0,
            trip: minute,
            from: None,
            toward,
            leaves_group: true,
            by_arrangement: false,
        }
    }

    /// The end of a trip of its own that came from a stop.
    fn ends(minute: u32, direction: Direction, from: u32) -> LastCall {
        LastCall {
            at: time(minute),
            direction,
            pole: POLE,
            place: POLE,
            route: 0,
            feed: 0,
            trip: minute,
            from: Some(from),
        }
    }

    /// A round trip by its number: it leaves for 5 and comes back from 4.
    fn round(trip: u32, [out, back]: [u32; 2], direction: Direction) -> (Departure, LastCall) {
        let last = LastCall { trip, ..ends(back, direction, 4) };
        (Departure { trip, ..leaves(out, direction, 5) }, last)
    }

    fn range(departures: &[Departure], last_calls: &[LastCall], rule: CountingRule) -> Interval<f64> {
        let found = peak(departures, last_calls, rule);
        assert_eq!(found.trips, peak(departures, &[], rule).trips, "last calls are no departures");
        assert_eq!(found.counted, peak(departures, &[], rule).counted);
        found.range
    }

    const STANDARD: CountingRule = CountingRule::STANDARD;
    const BOTH: CountingRule = CountingRule { direction: DirectionRule::Both, ..STANDARD };

    #[test]
    fn what_ends_counts_with_what_leaves_in_its_direction() {
        let (out, back) = (Direction::Id(1), Direction::Id(0));
        let arriving = [430, 450, 470].map(|minute| ends(minute, back, 4));
        assert_eq!(range(&[leaves(460, out, 4)], &arriving, STANDARD), Interval::new(1.0, 3.0));
        // A run that goes on the same way is one more.
        assert_eq!(range(&[leaves(460, back, 5)], &arriving, STANDARD), Interval::new(1.0, 4.0));
    }

    #[test]
    fn without_a_direction_what_came_from_a_stop_and_what_leaves_for_it_go_two_ways() {
        let pole = Direction::Pole(POLE);
        let arriving = [430, 450, 470].map(|minute| ends(minute, pole, 4));
        assert_eq!(range(&[leaves(460, pole, 4)], &arriving, STANDARD), Interval::new(1.0, 3.0));
        assert_eq!(range(&[leaves(460, pole, 5)], &arriving, STANDARD), Interval::new(1.0, 4.0));
        // At another pole too: that may be another bay, and not the other side of the street.
        let elsewhere = arriving.map(|last| LastCall { place: 2, direction: Direction::Pole(2), ..last });
        assert_eq!(range(&[leaves(460, pole, 5)], &elsewhere, STANDARD), Interval::new(1.0, 4.0));
        assert_eq!(range(&[leaves(460, pole, 4)], &elsewhere, STANDARD), Interval::new(1.0, 3.0));
    }

    #[test]
    fn a_round_trip_is_one_run_at_its_beginning_or_at_its_end() {
        for direction in [Direction::Id(0), Direction::Pole(POLE)] {
            let each_half_hour = [420, 450, 480, 510].map(|out| round(out, [out, out + 40], direction));
            let (departures, last_calls): (Vec<_>, Vec<_>) = each_half_hour.into_iter().unzip();
            assert_eq!(range(&departures, &last_calls, STANDARD), Interval::exactly(2.0), "{direction:?}");
            let come_back_together =
                [[420, 600], [480, 610], [540, 620]].map(|times| round(times[0], times, direction));
            let (departures, last_calls): (Vec<_>, Vec<_>) = come_back_together.into_iter().unzip();
            assert_eq!(range(&departures, &last_calls, STANDARD), Interval::new(1.0, 3.0), "{direction:?}");
        }
    }

    #[test]
    fn a_round_trip_of_which_one_end_goes_that_way_is_there_in_that_one() {
        let pole = Direction::Pole(POLE);
        // Out to a stop and back: the ways of the two are opposite, and nobody knows whether the one's out is the other's back.
        let out_and_back = |trip: u32, other: u32, [out, back]: [u32; 2]| {
            let (departure, last) = round(trip, [out, back], pole);
            (Departure { toward: other, ..departure }, LastCall { from: Some(other), ..last })
        };
        let east = [[300, 430], [320, 440]].map(|times| out_and_back(times[1], 5, times));
        let west = [[450, 700], [460, 720]].map(|times| out_and_back(times[1], 6, times));
        let (departures, last_calls): (Vec<_>, Vec<_>) = east.into_iter().chain(west).unzip();
        assert_eq!(range(&departures, &last_calls, STANDARD), Interval::new(2.0, 4.0));
        let one_line: (Vec<_>, Vec<_>) = east.into_iter().unzip();
        assert_eq!(range(&one_line.0, &one_line.1, STANDARD), Interval::exactly(2.0));
        // With its number the way of both ends is one: either those that begin and those that end, or those that begin.
        let way = |departure: Departure| Departure { direction: Direction::Id(0), ..departure };
        let departures: Vec<Departure> = departures.into_iter().map(way).collect();
        let last_calls: Vec<LastCall> =
            last_calls.into_iter().map(|last| LastCall { direction: Direction::Id(0), ..last }).collect();
        assert_eq!(range(&departures, &last_calls, STANDARD), Interval::exactly(2.0));
    }

    #[test]
    fn both_directions_may_be_reached_by_what_leaves_and_what_ends() {
        let three = [430, 450, 470];
        for (out, back) in [(Direction::Id(1), Direction::Id(0)), (Direction::Pole(POLE), Direction::Pole(POLE))] {
            let (departures, last_calls) = (three.map(|at| leaves(at, out, 4)), three.map(|at| ends(at, back, 4)));
            assert_eq!(range(&departures, &last_calls, BOTH), Interval::new(0.0, 3.0), "{out:?}");
            assert_eq!(range(&departures, &last_calls[..1], BOTH), Interval::new(0.0, 1.0), "{out:?}");
        }
        // Two branches of a line that ends here in part: all goes one way.
        let pole = Direction::Pole(POLE);
        let on = |at: u32, toward: u32| Departure { from: Some(4), ..leaves(at, pole, toward) };
        let ending = [ends(440, pole, 4)];
        assert_eq!(range(&[on(430, 5), on(450, 6)], &ending, BOTH), Interval::exactly(0.0));
        assert_eq!(range(&[on(430, 5), on(450, 6)], &ending, STANDARD), Interval::new(2.0, 3.0));
    }

    #[test]
    fn windows_and_units_hold_for_what_ends_as_for_what_leaves() {
        let way = Direction::Id(0);
        let arriving = [415, 430, 450, 470, 545].map(|minute| ends(minute, way, 4));
        let most = |rule: CountingRule| range(&[], &arriving, rule).hi;
        assert_eq!(most(STANDARD), 4.0);
        assert_eq!(most(CountingRule { window: Window::ClockHour, ..STANDARD }), 3.0);
        assert_eq!(most(CountingRule { window: Window::MorningMean, ..STANDARD }), 1.5);
        let apart: Vec<LastCall> = arriving
            .iter()
            .zip(0..)
            .map(|(last, place)| LastCall { place: place % 2, route: place % 3, ..*last })
            .collect();
        let most = |unit: Unit| range(&[], &apart, CountingRule { unit, ..STANDARD }).hi;
        assert_eq!([Unit::StopGroup, Unit::Pole, Unit::GroupAndRoute].map(most), [4.0, 2.0, 2.0]);
    }

    #[test]
    fn a_trip_that_never_was_elsewhere_ends_at_poles_alone() {
        let within = [LastCall { from: None, ..ends(430, Direction::Id(0), 4) }];
        assert_eq!(range(&[], &within, STANDARD), Interval::exactly(0.0));
        assert_eq!(range(&[], &within, CountingRule { unit: Unit::Pole, ..STANDARD }), Interval::new(0.0, 1.0));
    }
}
