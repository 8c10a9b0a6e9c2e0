//! The counting of peak service once more, as plainly as it can be said: every table a list of rows, every question a walk
//! over all of them. It says what `docs/transit.md` says, and shares no code with what it is to check.
//! It knows timetables of buses alone, and no lines that are run jointly.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use geo::{Distance, Geodesic, Point};
use kyoten::transit::{CountingRule, DirectionRule, Unit, Window};

use super::ending::{Ending, most};
use super::together::Together;

/// The rows of a table, each cell under the name of its column.
type Table = Vec<BTreeMap<String, String>>;

/// The poles of one name that stand so near are one stop, metres; and what may be on either side.
const ONE_STOP: f64 = 200.0;
const UNSURE: f64 = 1.0;
/// Poles of two feeds that stand so near are one.
const ONE_POLE: f64 = 3.0;

/// Something leaves: when, the trip, its feed, the pole in the street, the route, the `direction_id`.
#[derive(Clone)]
pub struct Departure {
    pub at: u32,
    pub trip: String,
    pub feed: usize,
    pub pole: usize,
    pub route: usize,
    pub direction: Option<u8>,
    /// Whether it leaves the group, and does not only go on to another pole of it.
    pub leaves_group: bool,
    /// The group where it called before, and where it calls next.
    pub from: Option<usize>,
    pub toward: usize,
    /// Whether it calls at no other group any more.
    pub stays: bool,
}

/// What is counted of a stop under a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub trips: f64,
    /// The least and the most that this can be in truth.
    pub range: [f64; 2],
    /// Seconds of the service day.
    pub window: Option<[u32; 2]>,
    /// The `direction_id`, else the pole.
    pub direction: Option<Result<u8, String>>,
    /// The departures in the window: time and trip.
    pub counted: Vec<(u32, String)>,
}

impl Answer {
    const NONE: Self = Self { trips: 0.0, range: [0.0; 2], window: None, direction: None, counted: Vec::new() };
}

/// Which way something leaves, the lower first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Id(u8),
    Pole(usize),
    Toward(usize),
    /// What is sure to go one way of what leaves a pole that feeds share.
    Shared(usize, usize, bool),
}

/// A timetable that has been counted by hand, so to say.
pub struct Plain {
    /// The day of each feed.
    pub days: Vec<NaiveDate>,
    /// The poles of each group, by the place of their feed and by id.
    pub groups: Vec<Vec<(usize, String)>>,
    /// Whether poles of one name stand so far apart that it cannot be said without better geodesy whether they are one.
    pub unsure: bool,
    poles: Vec<String>,
    pub departures: Vec<Vec<Departure>>,
    pub endings: Vec<Vec<Ending>>,
}

/// The tables of a folder or of an archive by their names without `.txt`.
pub fn tables(path: &Path) -> BTreeMap<String, Table> {
    let mut tables = BTreeMap::new();
    let mut add = |name: &str, text: &str| {
        if let Some(name) = name.strip_suffix(".txt") {
            tables.insert(name.to_owned(), table(text));
        }
    };
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            let entry = entry.unwrap();
            add(&entry.file_name().to_string_lossy(), &std::fs::read_to_string(entry.path()).unwrap());
        }
    } else {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
        for place in 0..archive.len() {
            let mut entry = archive.by_index(place).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
            add(&name, &text);
        }
    }
    tables
}

fn table(text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y%m%d").unwrap()
}

fn seconds(text: &str) -> Option<u32> {
    let parts: Vec<u32> = text.trim().split(':').filter_map(|part| part.parse().ok()).collect();
    (parts.len() == 3).then(|| parts[0] * 3600 + parts[1] * 60 + parts[2])
}

/// A cell; blank where the table has no such column.
fn cell<'a>(row: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

/// A call: stop, arrival, departure, and whether one may get on.
#[derive(Clone)]
struct Call {
    stop: usize,
    arrival: Option<u32>,
    departure: Option<u32>,
    boards: bool,
}

/// The calls of each trip of which at least two are left.
fn calls(tables: &BTreeMap<String, Table>) -> BTreeMap<String, Vec<Call>> {
    let poles: Vec<&str> = stops_of(tables).iter().map(|row| cell(row, "stop_id")).collect();
    let mut rows: BTreeMap<String, BTreeMap<u32, Call>> = BTreeMap::new();
    for row in &tables["stop_times"] {
        let [arrival, departure] = ["arrival_time", "departure_time"].map(|name| seconds(cell(row, name)));
        let call = Call {
            stop: poles.iter().position(|pole| *pole == cell(row, "stop_id")).unwrap(),
            arrival: arrival.or(departure),
            departure: departure.or(arrival),
            boards: cell(row, "pickup_type") != "1",
        };
        let place = cell(row, "stop_sequence").parse().unwrap();
        rows.entry(cell(row, "trip_id").to_owned()).or_default().insert(place, call);
    }
    let timed = rows.into_iter().map(|(trip, calls)| (trip, with_times(calls.into_values().collect())));
    timed.filter(|(_, calls)| calls.len() >= 2).collect()
}

/// Untimed calls at the ends are gone, the others spread evenly, in whole seconds rounded down.
fn with_times(mut calls: Vec<Call>) -> Vec<Call> {
    let timed: Vec<usize> = (0..calls.len()).filter(|&place| calls[place].departure.is_some()).collect();
    for pair in timed.windows(2) {
        let [before, after] = [pair[0], pair[1]];
        let (from, to) = (calls[before].departure.unwrap(), calls[after].arrival.unwrap());
        for (share, call) in calls[before + 1..after].iter_mut().enumerate() {
            let later = (to - from) as usize * (share + 1) / (after - before);
            let time = Some(from + later as u32);
            (call.arrival, call.departure) = (time, time);
        }
    }
    match (timed.first(), timed.last()) {
        (Some(&first), Some(&last)) => calls[first..=last].to_vec(),
        _ => Vec::new(),
    }
}

/// How much later than written each run of a trip is, in seconds.
fn shifts(tables: &BTreeMap<String, Table>, trip: &str, calls: &[Call]) -> Vec<i64> {
    let rows = tables.get("frequencies").into_iter().flatten().filter(|row| cell(row, "trip_id") == trip);
    let mut starts = Vec::new();
    let mut has_rows = false;
    for row in rows {
        has_rows = true;
        let [from, to] = ["start_time", "end_time"].map(|name| seconds(cell(row, name)).unwrap());
        let headway: usize = cell(row, "headway_secs").parse().unwrap();
        starts
            .extend((from..to).step_by(headway).map(|start| i64::from(start) - i64::from(calls[0].departure.unwrap())));
    }
    if has_rows { starts } else { vec![0] }
}

/// The services that run on a day.
fn services_on(tables: &BTreeMap<String, Table>, date: NaiveDate) -> BTreeSet<String> {
    const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize];
    let mut on = BTreeSet::new();
    for row in tables.get("calendar").into_iter().flatten() {
        if cell(row, weekday) == "1" && (day(cell(row, "start_date"))..=day(cell(row, "end_date"))).contains(&date) {
            on.insert(cell(row, "service_id").to_owned());
        }
    }
    for row in tables.get("calendar_dates").into_iter().flatten().filter(|row| day(cell(row, "date")) == date) {
        let service = cell(row, "service_id");
        if cell(row, "exception_type") == "1" {
            on.insert(service.to_owned());
        } else {
            on.remove(service);
        }
    }
    on
}

/// The days on which something may run, as far as the publisher calls them valid; all where that leaves none.
fn valid_days(tables: &BTreeMap<String, Table>, runs: &BTreeMap<String, usize>) -> Vec<NaiveDate> {
    let rows = |name| tables.get(name).into_iter().flatten().filter(|row| runs.contains_key(cell(row, "service_id")));
    let mut named: Vec<NaiveDate> =
        rows("calendar").flat_map(|row| [day(cell(row, "start_date")), day(cell(row, "end_date"))]).collect();
    named.extend(
        rows("calendar_dates").filter(|row| cell(row, "exception_type") == "1").map(|row| day(cell(row, "date"))),
    );
    let [Some(&first), Some(&last)] = [named.iter().min(), named.iter().max()] else { return Vec::new() };
    let info = tables.get("feed_info").and_then(|rows| rows.first());
    let said = |name| info.map(|row| cell(row, name)).filter(|text| !text.is_empty()).map(day);
    let (from, to) = (said("feed_start_date").unwrap_or(first), said("feed_end_date").unwrap_or(last));
    let all: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let valid: Vec<NaiveDate> = all.iter().copied().filter(|day| (from..=to).contains(day)).collect();
    if valid.is_empty() { all } else { valid }
}

/// The Monday to Friday whose set of services is the most common; then with more trips, then earlier. Days on which nothing
/// runs only where there is no other.
fn representative(tables: &BTreeMap<String, Table>, runs: &BTreeMap<String, usize>) -> Option<NaiveDate> {
    let mut days: BTreeMap<BTreeSet<String>, Vec<NaiveDate>> = BTreeMap::new();
    for date in valid_days(tables, runs).into_iter().filter(|date| date.weekday().num_days_from_monday() < 5) {
        let on = services_on(tables, date).into_iter().filter(|id| runs.contains_key(id)).collect();
        days.entry(on).or_default().push(date);
    }
    let trips = |on: &BTreeSet<String>| on.iter().map(|service| runs[service]).sum::<usize>();
    let best =
        days.iter().max_by_key(|(on, dates)| (!on.is_empty(), dates.len(), trips(on), std::cmp::Reverse(dates[0])));
    best.map(|(_, dates)| dates[0])
}

/// The rows of a feed at which something may call.
fn stops_of(tables: &BTreeMap<String, Table>) -> Vec<&BTreeMap<String, String>> {
    tables["stops"].iter().filter(|row| ["", "0"].contains(&cell(row, "location_type"))).collect()
}

/// A pole as a feed has it.
struct Row<'a> {
    feed: usize,
    row: &'a BTreeMap<String, String>,
}

impl Row<'_> {
    fn id(&self) -> &str {
        cell(self.row, "stop_id")
    }

    fn name(&self) -> &str {
        cell(self.row, "stop_name")
    }

    fn apart(&self, other: &Self) -> f64 {
        let place = |row: &BTreeMap<String, String>| {
            Point::new(cell(row, "stop_lon").parse::<f64>().unwrap(), cell(row, "stop_lat").parse::<f64>().unwrap())
        };
        Geodesic.distance(place(self.row), place(other.row))
    }
}

/// The number of the group of each pole, and whether that is sure.
fn groups(stops: &[Row<'_>]) -> (Vec<usize>, bool) {
    let mut group: Vec<usize> = (0..stops.len()).collect();
    let mut unsure = false;
    for (a, one) in stops.iter().enumerate() {
        for (b, other) in stops.iter().enumerate().skip(a + 1) {
            let parents = [one, other].map(|stop| cell(stop.row, "parent_station"));
            let of_one_feed = one.feed == other.feed;
            // Within a feed two parents are two stops, and one parent is one; else the name and the distance say.
            let same = if of_one_feed && parents.iter().all(|parent| !parent.is_empty()) {
                parents[0] == parents[1]
            } else {
                let apart = one.apart(other);
                let one_name = one.name() == other.name();
                unsure |= one_name && (apart - ONE_STOP).abs() < UNSURE;
                one_name && apart <= ONE_STOP
            };
            if same {
                let (from, to) = (group[b], group[a]);
                group.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
    }
    (group, unsure)
}

/// For each pole the first one that is the same in the street: of other feeds, of the same stop, no more than 3 m away. First those
/// of one `stop_id`, then those of one name where neither feed has a second one that could be meant. No feed has a pole twice.
fn in_the_street(stops: &[Row<'_>], group: &[usize]) -> Vec<usize> {
    let mut place: Vec<usize> = (0..stops.len()).collect();
    let near = |a: usize, b: usize| {
        stops[a].feed != stops[b].feed && group[a] == group[b] && stops[a].apart(&stops[b]) <= ONE_POLE
    };
    for by_id in [true, false] {
        let alike = |a: usize, b: usize| {
            let (one, other) = (&stops[a], &stops[b]);
            near(a, b) && if by_id { one.id() == other.id() } else { one.name() == other.name() }
        };
        for a in 0..stops.len() {
            for b in a + 1..stops.len() {
                let meant = |of: usize, feed: usize| {
                    (0..stops.len()).filter(|&c| stops[c].feed == feed && alike(of, c)).count()
                };
                if !alike(a, b) || meant(a, stops[b].feed) != 1 || meant(b, stops[a].feed) != 1 {
                    continue;
                }
                let feeds = |of: usize| -> BTreeSet<usize> {
                    (0..stops.len()).filter(|&c| place[c] == place[of]).map(|c| stops[c].feed).collect()
                };
                if feeds(a).is_disjoint(&feeds(b)) {
                    let (to, from) = (place[a].min(place[b]), place[a].max(place[b]));
                    place.iter_mut().filter(|place| **place == from).for_each(|place| *place = to);
                }
            }
        }
    }
    place
}

/// A feed on its day.
struct OnItsDay<'a> {
    tables: &'a BTreeMap<String, Table>,
    calls: BTreeMap<String, Vec<Call>>,
    day: NaiveDate,
}

impl<'a> OnItsDay<'a> {
    /// On `date` where it holds on it, else on its representative weekday; `None` without such a day.
    fn of(tables: &'a BTreeMap<String, Table>, date: Option<NaiveDate>) -> Option<Self> {
        let calls = calls(tables);
        let mut runs: BTreeMap<String, usize> = BTreeMap::new();
        for row in tables["trips"].iter().filter(|row| calls.contains_key(cell(row, "trip_id"))) {
            let trip = cell(row, "trip_id");
            *runs.entry(cell(row, "service_id").to_owned()).or_default() += shifts(tables, trip, &calls[trip]).len();
        }
        let holds = |date: &NaiveDate| valid_days(tables, &runs).contains(date);
        let day = date.filter(holds).or_else(|| representative(tables, &runs))?;
        Some(Self { tables, calls, day })
    }
}

impl Plain {
    /// Lists the departures of timetables, each on its day. `None` where none has one.
    pub fn of(feeds: &[BTreeMap<String, Table>], date: Option<NaiveDate>) -> Option<Self> {
        let feeds: Vec<OnItsDay<'_>> = feeds.iter().filter_map(|tables| OnItsDay::of(tables, date)).collect();
        if feeds.is_empty() {
            return None;
        }
        let of_feed = |(feed, one): (usize, &OnItsDay<'_>)| -> Vec<_> {
            stops_of(one.tables).into_iter().map(|row| (feed, row.clone())).collect()
        };
        let rows: Vec<(usize, BTreeMap<String, String>)> = feeds.iter().enumerate().flat_map(of_feed).collect();
        let stops: Vec<Row<'_>> = rows.iter().map(|(feed, row)| Row { feed: *feed, row }).collect();
        let (group, unsure) = groups(&stops);
        let street = in_the_street(&stops, &group);
        let mut numbers: Vec<usize> = group.clone();
        numbers.sort_unstable();
        numbers.dedup();

        let mut departures = vec![Vec::new(); numbers.len()];
        let mut endings = vec![Vec::new(); numbers.len()];
        let mut first_route = 0;
        for (feed, OnItsDay { tables, calls, day }) in feeds.iter().enumerate() {
            let on = services_on(tables, *day);
            let first_stop = stops.iter().position(|stop| stop.feed == feed).unwrap();
            let running = tables["trips"].iter().filter(|row| on.contains(cell(row, "service_id")));
            for row in running.filter(|row| calls.contains_key(cell(row, "trip_id"))) {
                let trip = cell(row, "trip_id");
                let route =
                    tables["routes"].iter().position(|route| cell(route, "route_id") == cell(row, "route_id")).unwrap();
                let route = first_route + route;
                let calls: Vec<Call> =
                    calls[trip].iter().map(|call| Call { stop: first_stop + call.stop, ..call.clone() }).collect();
                for shift in shifts(tables, trip, &calls) {
                    let (ending, last) = (calls.last().unwrap(), calls.len() - 1);
                    endings[numbers.binary_search(&group[ending.stop]).unwrap()].push(Ending {
                        at: u32::try_from(i64::from(ending.arrival.unwrap()) + shift).unwrap(),
                        trip: format!("{feed}/{trip}"),
                        pole: street[ending.stop],
                        route,
                        direction: cell(row, "direction_id").parse().ok(),
                        from: neighbours(&calls, &group, last).0,
                        is_round: group[calls[0].stop] == group[ending.stop],
                    });
                    for (place, leaves_group) in leaving(&calls, &group) {
                        let call = &calls[place];
                        let (from, toward) = neighbours(&calls, &group, place);
                        let of_group = numbers.binary_search(&group[call.stop]).unwrap();
                        departures[of_group].push(Departure {
                            at: u32::try_from(i64::from(call.departure.unwrap()) + shift).unwrap(),
                            trip: format!("{feed}/{trip}"),
                            feed,
                            pole: street[call.stop],
                            route,
                            direction: cell(row, "direction_id").parse().ok(),
                            leaves_group,
                            from,
                            toward,
                            stays: toward == group[call.stop],
                        });
                    }
                }
            }
            first_route += tables["routes"].len();
        }
        let poles: Vec<String> = stops.iter().map(|stop| stop.id().to_owned()).collect();
        let member = |pole: usize| (stops[pole].feed, poles[pole].clone());
        let members = |number: &usize| (0..poles.len()).filter(|&pole| group[pole] == *number).map(member).collect();
        let groups = numbers.iter().map(members).collect();
        let days = feeds.iter().map(|feed| feed.day).collect();
        Some(Self { days, groups, unsure, poles, departures, endings })
    }

    /// The peak service of a group.
    pub fn peak(&self, group: usize, rule: CountingRule) -> Answer {
        let direction = |departure: &Departure| departure.direction.map_or(Way::Pole(departure.pole), Way::Id);
        let mut answer = self.count(group, rule, direction);
        // In truth a pole of trips that name no direction may be one of both: then what leaves for one next stop is sure.
        let is_of_both = |pole: usize| {
            let of_pole = || self.departures[group].iter().filter(|one| one.pole == pole && one.direction.is_none());
            of_pole().any(|one| of_pole().any(|other| other.from == Some(one.toward)))
        };
        let apart = self.count(group, rule, |departure| match direction(departure) {
            Way::Pole(pole) if is_of_both(pole) => Way::Toward(departure.toward),
            other => other,
        });
        // Of what leaves a pole that feeds share, only what is tied together is sure to go one way.
        let together = Together { departures: &self.departures[group], endings: &self.endings[group], rule };
        let ways = together.ways(&is_of_both);
        let is_shared = |pole: usize| {
            let of_pole = || self.departures[group].iter().filter(|one| one.pole == pole && one.direction.is_none());
            of_pole().any(|one| of_pole().any(|other| other.feed != one.feed))
        };
        let shared = self.count(group, rule, |departure| match direction(departure) {
            Way::Pole(pole) if is_of_both(pole) => Way::Toward(departure.toward),
            Way::Pole(pole) if is_shared(pole) => match ways.of(departure) {
                Some((part, side)) => Way::Shared(pole, part, side),
                None => Way::Shared(pole, usize::MAX - departure.feed, false),
            },
            other => other,
        });
        let least = [apart.trips, shared.trips, together.least(&ways)].into_iter().fold(answer.trips, f64::min);
        let most = [apart.trips, most(self, group, rule), together.most()].into_iter().fold(answer.trips, f64::max);
        answer.range = [least, most];
        answer
    }

    /// For each direction the best of its units, and of these the best, or the second best.
    fn count(&self, group: usize, rule: CountingRule, way: impl Fn(&Departure) -> Way) -> Answer {
        let mut directions: BTreeMap<Way, BTreeMap<usize, Vec<&Departure>>> = BTreeMap::new();
        for departure in self.departures[group].iter().filter(|one| one.leaves_group || rule.unit == Unit::Pole) {
            let unit = match rule.unit {
                Unit::StopGroup => 0,
                Unit::Pole => departure.pole,
                Unit::GroupAndRoute => departure.route,
            };
            directions.entry(way(departure)).or_default().entry(unit).or_default().push(departure);
        }
        let mut found = Vec::new();
        for (way, units) in directions {
            let name = match way {
                Way::Id(id) => Ok(id),
                Way::Pole(pole) => Err(self.poles[pole].clone()),
                Way::Toward(_) | Way::Shared(..) => Err(String::new()),
            };
            let of_units = units.into_values().filter_map(|departures| busiest(&departures, rule.window, &name));
            found.extend(of_units.reduce(|best, next| if better(&next, &best) { next } else { best }));
        }
        let wanted = match rule.direction {
            DirectionRule::Best => 0,
            DirectionRule::Both => 1,
        };
        // A stable sort: of those that are as good the lower direction stays first.
        found.sort_by(|one, other| better(other, one).cmp(&better(one, other)));
        found.into_iter().nth(wanted).unwrap_or(Answer::NONE)
    }
}

/// More departures, or as many earlier.
fn better(one: &Answer, other: &Answer) -> bool {
    one.trips > other.trips || (one.trips == other.trips && one.window < other.window)
}

/// The busiest window, trying each at which one could begin.
fn busiest(departures: &[&Departure], window: Window, direction: &Result<u8, String>) -> Option<Answer> {
    let mut begins: Vec<u32> = match window {
        Window::AnyHour => departures.iter().map(|departure| departure.at).collect(),
        Window::ClockHour => (0..120).map(|hour| hour * 3600).collect(),
        Window::MorningMean => vec![7 * 3600],
    };
    begins.sort_unstable();
    let (hours, length) = if window == Window::MorningMean { (2.0, 7200) } else { (1.0, 3600) };
    let mut best: Option<Answer> = None;
    for begin in begins {
        let mut counted: Vec<(u32, String)> = departures
            .iter()
            .filter(|departure| (begin..begin + length).contains(&departure.at))
            .map(|departure| (departure.at, departure.trip.clone()))
            .collect();
        counted.sort();
        let trips = counted.len() as f64 / hours;
        if trips > best.as_ref().map_or(0.0, |best| best.trips) {
            let window = Some([begin, begin + length]);
            let direction = Some(direction.clone());
            best = Some(Answer { trips, range: [trips; 2], window, direction, counted });
        }
    }
    best
}

/// The calls of a trip that are departures: all but the last where one may get on. Each with whether it leaves its group:
/// of calls that follow one another in one group only the last where one may get on does, and none where the trip ends.
fn leaving(calls: &[Call], group: &[usize]) -> Vec<(usize, bool)> {
    let last = calls.len() - 1;
    let boarding = (0..last).filter(|&place| calls[place].boards);
    let leaves = |place: usize| {
        let stay: Vec<usize> =
            (place + 1..=last).take_while(|&next| group[calls[next].stop] == group[calls[place].stop]).collect();
        !stay.contains(&last) && !stay.iter().any(|&next| calls[next].boards)
    };
    boarding.map(|place| (place, leaves(place))).collect()
}

/// The group where a trip called before this stay, and where it calls after it; after the last its own.
fn neighbours(calls: &[Call], group: &[usize], place: usize) -> (Option<usize>, usize) {
    let of = |call: &Call| group[call.stop];
    let here = of(&calls[place]);
    let before = calls[..place].iter().rev().map(of).find(|&other| other != here);
    let after = calls[place..].iter().map(of).find(|&other| other != here);
    (before, after.unwrap_or(here))
}

/// The day so many days later.
pub fn days_after(date: NaiveDate, days: u64) -> NaiveDate {
    date + chrono::Days::new(days)
}
