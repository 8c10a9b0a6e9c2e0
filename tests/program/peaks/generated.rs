//! Timetables as they could be, odd ones too: the program and the plain counting must agree on each.

use std::fmt::Write as _;

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::agree::compare;
use super::plainly::days_after;
use crate::support::Folder;

/// Metres between the lines of the grid on which stops stand: no two of its points are 200 m apart within a metre.
const STEP: f64 = 46.0;
/// The weekdays as columns.
const WEEK: &str = "monday,tuesday,wednesday,thursday,friday,saturday,sunday";
/// Monday.
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();

#[derive(Debug, Clone)]
struct Stop {
    name: usize,
    parent: Option<usize>,
    at: [u8; 2],
    /// A pole of the first feed that may be this one: which, whether under its `stop_id`, and how far to the east of it, metres.
    shared: Option<(usize, bool, f64)>,
}

#[derive(Debug, Clone)]
struct Call {
    stop: usize,
    /// Seconds since the departure before, and of the stay; without times for `None`.
    times: Option<[u32; 2]>,
    pickup: Option<u8>,
}

#[derive(Debug, Clone)]
struct Trip {
    route: usize,
    service: usize,
    direction: Option<u8>,
    start: u32,
    calls: Vec<Call>,
    /// Start, length, headway.
    frequencies: Vec<[u32; 3]>,
}

#[derive(Debug, Clone)]
struct Service {
    /// Weekdays, the first day, and how many follow; `None` for a service of single days.
    calendar: Option<([bool; 7], u64, u64)>,
    dates: Vec<(u64, bool)>,
}

#[derive(Debug, Clone)]
struct City {
    stops: Vec<Stop>,
    trips: Vec<Trip>,
    services: Vec<Service>,
    /// `feed_info.txt`, and its days.
    info: Option<[Option<u64>; 2]>,
    /// Whether trips may name their direction.
    has_directions: bool,
    date: Option<u64>,
    /// Seed of the order in which rows stand.
    order: u64,
}

fn stop() -> impl Strategy<Value = Stop> {
    // Further than 3 m is another pole.
    let shared = (0..9_usize, any::<bool>(), prop_oneof![Just(0.0), Just(2.0), Just(3.5)]);
    let place = (0..3_usize, option::weighted(0.2, 0..2_usize), [0..10_u8, 0..4_u8], option::weighted(0.6, shared));
    place.prop_map(|(name, parent, at, shared)| Stop { name, parent, at, shared })
}

fn call(stops: usize) -> impl Strategy<Value = Call> {
    let times = option::weighted(0.8, [60..900_u32, 0..120_u32]);
    (0..stops, times, option::weighted(0.7, prop_oneof![4 => Just(0), 2 => Just(1), 1 => 2..=3_u8]))
        .prop_map(|(stop, times, pickup)| Call { stop, times, pickup })
}

fn trip(stops: usize, services: usize) -> impl Strategy<Value = Trip> {
    // Mornings are crowded; some trips end after midnight.
    let start = prop_oneof![5 => (72..112_u32).prop_map(|five| five * 300), 1 => 0..90_000_u32];
    let frequencies = prop_oneof![
        6 => Just(Vec::new()),
        1 => vec((6..9_u32, 1..4_000_u32, 300..2_000_u32).prop_map(|(hour, length, every)| [hour * 3600, length, every]), 1..3),
    ];
    (0..3_usize, 0..services, option::of(0..2_u8), start, vec(call(stops), 2..7), frequencies).prop_map(
        |(route, service, direction, start, mut calls, frequencies)| {
            // Where an end has no time something is lost, of which the plain counting knows nothing.
            let last = calls.len() - 1;
            for end in [0, last] {
                calls[end].times.get_or_insert([300, 0]);
            }
            Trip { route, service, direction, start, calls, frequencies }
        },
    )
}

fn service() -> impl Strategy<Value = Service> {
    let calendar = option::weighted(0.7, (any::<[bool; 7]>(), 0..20_u64, 0..40_u64));
    (calendar, vec((0..50_u64, any::<bool>()), 0..6)).prop_map(|(calendar, mut dates)| {
        dates.sort_unstable();
        dates.dedup_by_key(|(day, _)| *day);
        if calendar.is_none() && !dates.iter().any(|(_, runs)| *runs) {
            // Days that are only taken out are those of a week that is lost.
            dates.clear();
        }
        Service { calendar, dates }
    })
}

fn city() -> impl Strategy<Value = City> {
    let info = option::of([option::of(0..50_u64), option::of(20..60_u64)]);
    (vec(stop(), 3..9), vec(service(), 1..4)).prop_flat_map(move |(stops, services)| {
        let trips = vec(trip(stops.len(), services.len()), 1..40);
        let directions = proptest::bool::weighted(0.6);
        (Just(stops), Just(services), trips, info.clone(), directions, option::weighted(0.2, 0..60_u64), any::<u64>())
            .prop_map(|(stops, services, trips, info, has_directions, date, order)| City {
                stops,
                trips,
                services,
                info,
                has_directions,
                date,
                order,
            })
    })
}

fn day(after: u64) -> String {
    days_after(FIRST, after).format("%Y%m%d").to_string()
}

fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

impl City {
    /// Puts some stops where the first feed has its own, as if they were its poles.
    fn share(&mut self, first: &City) {
        for stop in &mut self.stops {
            let other = stop.shared.map(|(number, ..)| &first.stops[number % first.stops.len()]);
            if let Some(other) = other {
                (stop.name, stop.at) = (other.name, other.at);
            }
        }
    }

    /// The `stop_id` of a stop of a feed, of which the first has so many.
    fn stop_id(&self, feed: usize, first: usize, number: usize) -> String {
        let own = format!("F{feed}S{number}");
        let Some((other, true, _)) = self.stops[number].shared.filter(|_| feed > 0) else { return own };
        let other = other % first;
        let is_taken =
            self.stops[..number].iter().any(|stop| stop.shared.is_some_and(|(one, ..)| one % first == other));
        if is_taken { own } else { format!("F0S{other}") }
    }

    fn write(&self, folder: &Folder, feed: usize, first: usize) {
        let mut random = fastrand::Rng::with_seed(self.order);
        let mut put = |name: &str, header: &str, mut rows: Vec<String>| {
            random.shuffle(&mut rows);
            folder.put(&format!("feed{feed}/{name}.txt"), format!("{header}\n{}\n", rows.join("\n")));
        };
        put("stops", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station", self.stops(feed, first));
        put(
            "routes",
            "route_id,route_long_name,route_type",
            (0..3).map(|route| format!("F{feed}R{route},路線{feed}-{route},3")).collect(),
        );
        put("trips", "route_id,service_id,trip_id,direction_id", self.trips(feed));
        put(
            "stop_times",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type",
            self.calls(feed, first),
        );
        let rows = |of: fn(usize, &Service) -> Vec<String>| -> Vec<String> {
            self.services.iter().enumerate().flat_map(|(number, service)| of(number, service)).collect()
        };
        put("calendar", &format!("service_id,{WEEK},start_date,end_date"), rows(calendar));
        put("calendar_dates", "service_id,date,exception_type", rows(dates));
        put("frequencies", "trip_id,start_time,end_time,headway_secs", self.frequencies());
        if let Some([from, to]) = self.info {
            let [from, to] = [from, to].map(|after| after.map(day).unwrap_or_default());
            put("feed_info", "feed_publisher_name,feed_start_date,feed_end_date", vec![format!("市,{from},{to}")]);
        }
    }

    fn stops(&self, feed: usize, first: usize) -> Vec<String> {
        let mut rows: Vec<String> = self
            .stops
            .iter()
            .enumerate()
            .map(|(number, stop)| {
                let [east, north] = stop.at.map(|lines| f64::from(lines) * STEP);
                let east = east + stop.shared.filter(|_| feed > 0).map_or(0.0, |(_, _, further)| further);
                let (lat, lon) = (35.0 + north / 110_941.0, 138.0 + east / 91_288.0);
                let parent = stop.parent.map(|parent| format!("P{parent}")).unwrap_or_default();
                let id = self.stop_id(feed, first, number);
                format!("{id},停留所{},{lat:.9},{lon:.9},,{parent}", stop.name)
            })
            .collect();
        rows.extend((0..2).map(|parent| format!("P{parent},駅{parent},35.0,138.0,1,")));
        rows
    }

    fn trips(&self, feed: usize) -> Vec<String> {
        let named = |trip: &Trip| trip.direction.filter(|_| self.has_directions);
        let direction = |trip: &Trip| named(trip).map(|id| id.to_string()).unwrap_or_default();
        let row = |(number, trip): (usize, &Trip)| {
            format!("F{feed}R{},V{},T{number},{}", trip.route, trip.service, direction(trip))
        };
        let mut rows: Vec<String> = self.trips.iter().enumerate().map(row).collect();
        rows.push(format!("F{feed}R0,V0,everywhere,0"));
        rows
    }

    fn calls(&self, feed: usize, first: usize) -> Vec<String> {
        let mut rows = Vec::new();
        for (number, trip) in self.trips.iter().enumerate() {
            let mut now = trip.start;
            for (place, call) in trip.calls.iter().enumerate() {
                let [arrival, departure] = call.times.map_or([String::new(), String::new()], |[ride, stay]| {
                    now += ride;
                    let arrival = clock(now);
                    now += stay;
                    [arrival, clock(now)]
                });
                let pickup = call.pickup.map(|kind| kind.to_string()).unwrap_or_default();
                // Numbers with gaps, as many feeds have them.
                let stop = self.stop_id(feed, first, call.stop);
                rows.push(format!("T{number},{arrival},{departure},{stop},{},{pickup}", place * 3 + 1));
            }
        }
        // One trip goes everywhere, so that each pole is one.
        for stop in 0..self.stops.len() {
            let time = clock(3600 + 120 * stop as u32);
            let id = self.stop_id(feed, first, stop);
            rows.push(format!("everywhere,{time},{time},{id},{stop},"));
        }
        rows
    }

    fn frequencies(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for (number, trip) in self.trips.iter().enumerate() {
            for [from, length, every] in &trip.frequencies {
                rows.push(format!("T{number},{},{},{every}", clock(*from), clock(from + length)));
            }
        }
        rows
    }
}

fn calendar(number: usize, service: &Service) -> Vec<String> {
    let row = |(weekdays, from, length): ([bool; 7], u64, u64)| {
        let mut row = format!("V{number}");
        row.extend(weekdays.map(|runs| if runs { ",1" } else { ",0" }));
        let _ = write!(row, ",{},{}", day(from), day(from + length));
        row
    };
    service.calendar.map(row).into_iter().collect()
}

fn dates(number: usize, service: &Service) -> Vec<String> {
    let mut rows = Vec::new();
    for (after, runs) in &service.dates {
        rows.push(format!("V{number},{},{}", day(*after), if *runs { 1 } else { 2 }));
    }
    // A service is known by a row of its own, at least.
    if rows.is_empty() && service.calendar.is_none() {
        rows.push(format!("V{number},{},1", day(3)));
    }
    rows
}

/// The cases of each, the same every time; where KYOTEN_CASES says how many, they are drawn anew.
pub fn cases() -> ProptestConfig {
    let said = std::env::var("KYOTEN_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if said.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026) };
    ProptestConfig { cases: said.unwrap_or(128), rng_seed, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_plain_counting_and_the_program_agree_on_whatever_timetable(city in city()) {
        let folder = Folder::new();
        city.write(&folder, 0, city.stops.len());
        let date = city.date.map(|after| days_after(FIRST, after));
        match compare(&[&folder.path().join("feed0")], date) {
            Ok(compared) => prop_assert!(compared.is_some(), "no two points of the grid are 200 m apart"),
            Err(difference) => prop_assert!(false, "{}", difference),
        }
    }

    #[test]
    fn they_agree_on_whatever_timetables_of_operators_that_share_poles(mut cities in vec(city(), 2..4)) {
        let folder = Folder::new();
        let first = cities[0].clone();
        for (feed, city) in cities.iter_mut().enumerate() {
            if feed > 0 {
                city.share(&first);
            }
            city.write(&folder, feed, first.stops.len());
        }
        let date = first.date.map(|after| days_after(FIRST, after));
        let paths: Vec<_> = (0..cities.len()).map(|feed| folder.path().join(format!("feed{feed}"))).collect();
        // Poles that share a place with others, and lie a little beside it, may be 200 m from a third to the metre.
        if let Err(difference) = compare(&paths.iter().map(AsRef::as_ref).collect::<Vec<_>>(), date) {
            prop_assert!(false, "{}", difference);
        }
    }
}
