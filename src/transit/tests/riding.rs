//! Rides on random small timetables against a second, plain way to find them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::rides::Rides;
use super::*;
use crate::geometry::Shapes;
use crate::regions::{Certainty, Region};

/// Where the stops of the random cities stand: the first two in the zone, some 150 m apart.
const PLACES: [Point; 7] =
    [[0.0, 0.0], [400.0, 0.0], [550.0, 0.0], [2000.0, 0.0], [2150.0, 0.0], [4000.0, 0.0], [6000.0, 0.0]];
const NAMES: [&str; 7] = ["ア", "イ", "ウ", "エ", "オ", "カ", "キ"];
const WALK: Metres = Metres(200.0);

/// A call: the stop, minutes since the one before, minutes it stays, whether one may get on and off.
type PlannedCall = (u32, u32, u32, bool, bool);
/// A trip: whether it runs, its first minute, its calls, and for how long it runs every 15 minutes.
type Planned = (bool, u32, Vec<PlannedCall>, Option<u32>);

fn planned() -> impl Strategy<Value = Vec<Planned>> {
    let may = || prop::bool::weighted(0.85);
    let call = (0..PLACES.len() as u32, 1..20_u32, 0..3_u32, may(), may());
    let trip = (may(), 400..480_u32, prop::collection::vec(call, 2..5), prop::option::weighted(0.2, 0..40_u32));
    prop::collection::vec(trip, 1..7)
}

fn city(plans: &[Planned]) -> Feed {
    let poles: Vec<(&str, Point)> = NAMES.into_iter().zip(PLACES).collect();
    let mut feed = feed(&poles);
    for name in ["東線", "西線"] {
        route(&mut feed, "港バス", name, BUS);
    }
    for (index, (runs, first, calls, every)) in plans.iter().enumerate() {
        let number = trip(&mut feed, index as u32 % 2, &[]);
        let start = feed.calls.len() as u32;
        let mut minute = *first;
        for &(stop, ahead, stay, on, off) in calls {
            let allowed = |may| if may { Boarding::Regular } else { Boarding::Forbidden };
            let (arrival, departure) = (ServiceTime((minute + ahead) * 60), ServiceTime((minute + ahead + stay) * 60));
            feed.calls.push(Call { stop, arrival, departure, pickup: allowed(on), drop_off: allowed(off) });
            minute += ahead + stay;
        }
        feed.trips[number].calls = start..feed.calls.len() as u32;
        feed.trips[number].service = u32::from(!runs);
        if let Some(minutes) = every {
            let (from, to) = (ServiceTime(420 * 60), ServiceTime((420 + minutes) * 60));
            feed.frequencies.push(Frequency { trip: number as u32, from, to, headway: 900 });
        }
    }
    feed
}

/// A ride from a stop, when it leaves, to a stop, when it arrives.
type Ride = (u32, i64, u32, i64);

/// Every ride of the day, and the stops at which a trip of the day calls.
fn rides(feed: &Feed) -> (Vec<Ride>, BTreeSet<u32>) {
    let (mut rides, mut called) = (Vec::new(), BTreeSet::new());
    for (number, trip) in feed.trips.iter().enumerate().filter(|(_, trip)| trip.service == 0) {
        let calls = &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
        let own: Vec<&Frequency> = feed.frequencies.iter().filter(|run| run.trip as usize == number).collect();
        let begins = i64::from(calls[0].departure.0);
        let shifts: Vec<i64> = match own[..] {
            [] => vec![0],
            _ => own
                .iter()
                .flat_map(|run| (run.from.0..run.to.0).step_by(run.headway as usize))
                .map(|at| i64::from(at) - begins)
                .collect(),
        };
        for shift in shifts {
            for (index, from) in calls.iter().enumerate() {
                called.insert(from.stop);
                for to in &calls[index + 1..] {
                    if from.pickup != Boarding::Forbidden && to.drop_off != Boarding::Forbidden {
                        let (leaves, arrives) = (i64::from(from.departure.0) + shift, i64::from(to.arrival.0) + shift);
                        rides.push((from.stop, leaves, to.stop, arrives));
                    }
                }
            }
        }
    }
    (rides, called)
}

fn walk(one: u32, other: u32) -> bool {
    let ([x, y], [u, v]) = (PLACES[one as usize], PLACES[other as usize]);
    (x - u).hypot(y - v) <= WALK.0
}

/// The stops that one ride connects, and those that two do.
fn by_hand(feed: &Feed, inside: &BTreeSet<u32>) -> [BTreeSet<u32>; 2] {
    let (rides, called) = rides(feed);
    let there: BTreeSet<u32> = inside.intersection(&called).copied().collect();
    let mut direct = there.clone();
    for &(from, _, to, _) in &rides {
        direct.extend(inside.contains(&to).then_some(from));
        direct.extend(inside.contains(&from).then_some(to));
    }
    let mut changing = direct.clone();
    for &(from, leaves, to, arrives) in &rides {
        // One ride, and the rest on foot.
        changing.extend(there.iter().any(|&stop| walk(to, stop)).then_some(from));
        changing.extend(there.iter().any(|&stop| walk(from, stop)).then_some(to));
        let goes_on = |next: &Ride| inside.contains(&next.2) && walk(to, next.0) && arrives <= next.1;
        changing.extend(rides.iter().any(goes_on).then_some(from));
        let comes = |before: &Ride| inside.contains(&before.0) && walk(before.2, from) && before.3 <= leaves;
        changing.extend(rides.iter().any(comes).then_some(to));
    }
    [direct, changing]
}

/// What the code finds, as stops of the feed. Every stop of these cities is a group of its own.
fn found(timetable: &Timetable, inside: &BTreeSet<u32>) -> [BTreeSet<u32>; 2] {
    let poles = &timetable.poles;
    let groups = |stops: &BTreeSet<u32>| -> BTreeSet<usize> {
        let of_pole = |index: usize| stops.contains(&poles.poles[index].stop).then_some(poles.group[index] as usize);
        (0..poles.poles.len()).filter_map(of_pole).collect()
    };
    let stops = |groups: BTreeSet<usize>| -> BTreeSet<u32> {
        groups.into_iter().map(|group| poles.poles[poles.groups[group][0] as usize].stop).collect()
    };
    let rides = Rides::of(timetable);
    let inside = groups(inside);
    let changing = rides.with_a_change(&inside, &BTreeSet::new(), WALK, &scale());
    [stops(rides.direct_to_each(std::slice::from_ref(&inside), Certainty::Sure).remove(0)), stops(changing)]
}

fn zone() -> Region {
    let mut shapes = Shapes::default();
    shapes.push_ring(&[[-50.0, -50.0], [500.0, -50.0], [500.0, 50.0], [-50.0, 50.0], [-50.0, -50.0]]);
    shapes.end_polygon();
    shapes.end_shape();
    Region::union_of(&[&shapes])
}

/// Stops without a timetable: some lines of the timetable, some of their own, some unknown.
fn layer() -> impl Strategy<Value = Vec<StopRow>> {
    let lines = vec![
        vec![],
        vec![("港バス", "東線")],
        vec![("", "西線")],
        vec![("市営", "北線")],
        vec![("市営", "北線"), ("港バス", "西線")],
    ];
    let stop = (prop::sample::select(lines), 0..8_u32, prop::sample::select(&NAMES[..]), any::<bool>());
    let row = |(lines, x, name, is_known): (Vec<(&str, &str)>, u32, &str, bool)| {
        let index = NAMES.iter().position(|one| *one == name).unwrap();
        // A name of the timetable at its place, or another one anywhere.
        let (name, at) = if is_known { (name, PLACES[index]) } else { ("層", [f64::from(x) * 900.0, 30.0]) };
        self::row(StopKind::Bus, name, at, &lines)
    };
    prop::collection::vec(stop.prop_map(row), 0..5)
}

fn connections(feed: &Feed, stops: &[Stop], transfers: u8) -> Vec<Certainty> {
    let timetable = timetable(feed.clone());
    let settings = Settings { transfers, ..Settings::default() };
    let scale = scale();
    let links = Links { timetable: Some(&timetable), settings: &settings, scale: &scale };
    connected(stops, &links, &zone(), &zone())
}

proptest! {
    #[test]
    fn rides_are_those_of_a_second_way_to_find_them(plans in planned(), inside in prop::collection::btree_set(0..7_u32, 0..4)) {
        let feed = city(&plans);
        prop_assert_eq!(found(&timetable(feed.clone()), &inside), by_hand(&feed, &inside));
    }

    #[test]
    fn a_change_only_adds_and_a_trip_that_is_taken_away_only_takes(
        plans in planned(),
        rows in layer(),
        taken in any::<prop::sample::Index>(),
    ) {
        let mut feed = city(&plans);
        let timetable = timetable(feed.clone());
        let stops = stops(&timetable, &Rows { stops: &rows, ..Rows::default() });
        let [without, with] = [0, 1].map(|transfers| connections(&feed, &stops, transfers));
        prop_assert!(without.iter().zip(&with).all(|(without, with)| without <= with));
        // On another day, so that the stops stay the same.
        feed.trips[taken.index(plans.len())].service = 1;
        for (transfers, before) in [(0, without), (1, with)] {
            let after = connections(&feed, &stops, transfers);
            prop_assert!(after.iter().zip(&before).all(|(after, before)| after <= before), "{transfers}");
        }
    }
}
