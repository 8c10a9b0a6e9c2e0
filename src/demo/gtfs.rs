//! Timetables as operators publish them: GTFS-JP (標準的なバス情報フォーマット), a zip of tables an operator.
//!
//! One operator's feed has directions, a stop 停留所 above its poles 標柱, and three kinds of days; the other's, made with
//! simpler means, has poles alone, names no direction, and marks its tables as UTF-8.
//!
//! Source: 標準的なバス情報フォーマット第3版 (国土交通省), GTFS Schedule Reference.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, System};

use super::DemoError;
use super::ground::{Uv, distance};
use super::plan::Plan;
use super::tables::csv;
use super::timetables::{Minute, TimedLine};
use super::transit::{BUS, CITY_BUS, DrawnStop, Transit};
use super::write::Folder;

/// From when the timetables hold, and to when: far enough for the city never to be warned of as out of date.
const VALID: [&str; 2] = ["20260401", "20990331"];

/// Holidays 国民の祝日 of the first months that fall on a weekday.
const HOLIDAYS: [&str; 4] = ["20260429", "20260504", "20260505", "20260506"];

/// How fast buses are, metres a minute.
const METRES_A_MINUTE: f64 = 250.0;

/// How far a pole stands from the middle of the road, and on from the middle of the stop, metres.
const ASIDE: f64 = 3.0;
const ONWARD: f64 = 6.0;

/// An operator's feed.
struct Publisher {
    file: &'static str,
    /// The name in P11 and in its timetable, and the official one.
    operator: &'static str,
    official_name: &'static str,
    /// 法人番号 that nobody has.
    id: &'static str,
    /// The kinds of days: name, Monday to Sunday, and the share of a weekday's trips that run, one in so many.
    days: &'static [(&'static str, [u8; 7], usize)],
    has_directions: bool,
}

const PUBLISHERS: [Publisher; 2] = [
    Publisher {
        file: "kakuu_bus_gtfs_jp.zip",
        operator: BUS,
        official_name: "架空バス株式会社",
        id: "9999999999901",
        days: &[
            ("平日", [1, 1, 1, 1, 1, 0, 0], 1),
            ("土曜", [0, 0, 0, 0, 0, 1, 0], 2),
            ("日祝", [0, 0, 0, 0, 0, 0, 1], 3),
        ],
        has_directions: true,
    },
    Publisher {
        file: "kakuu_city_gtfs_jp.zip",
        operator: CITY_BUS,
        official_name: "架空市",
        id: "9999999999902",
        days: &[("平日", [1, 1, 1, 1, 1, 0, 0], 1), ("土日祝", [0, 0, 0, 0, 0, 1, 1], 2)],
        has_directions: false,
    },
];

/// The names of the files.
pub(super) fn files() -> impl Iterator<Item = &'static str> {
    PUBLISHERS.iter().map(|publisher| publisher.file)
}

/// Writes the timetables.
pub(super) fn write(folder: &mut Folder, plan: &Plan, transit: &Transit) -> Result<(), DemoError> {
    for publisher in &PUBLISHERS {
        let is_run = |line: &&TimedLine| line.operator == publisher.operator && line.stops.len() > 1;
        let lines: Vec<&TimedLine> = transit.timed.iter().filter(is_run).collect();
        let (poles, trips, calls) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut feed = Feed { plan, stops: &transit.stops, lines, publisher, poles, trips, calls };
        feed.run();
        folder.write(publisher.file, &feed.zipped())?;
    }
    Ok(())
}

/// A pole: the stop in the list of stops, and on which side it stands; `None` where there is only one.
type Pole = (usize, Option<u8>);

/// A feed on its way to an archive.
struct Feed<'a> {
    plan: &'a Plan,
    stops: &'a [DrawnStop],
    lines: Vec<&'a TimedLine>,
    publisher: &'a Publisher,
    /// Each pole at which something calls, and where it stands.
    poles: BTreeMap<Pole, Uv>,
    trips: Vec<Vec<String>>,
    calls: Vec<Vec<String>>,
}

impl Feed<'_> {
    /// Lets every bus run.
    fn run(&mut self) {
        for (line, number) in self.lines.clone().into_iter().zip(1..) {
            for pattern in 0..line.patterns.len() {
                for direction in [0, 1] {
                    self.run_pattern(line, number, pattern, direction);
                }
            }
        }
    }

    fn run_pattern(&mut self, line: &TimedLine, number: usize, pattern: usize, direction: u8) {
        let run = &line.patterns[pattern];
        let mut places = run.calls.clone();
        if direction == 1 {
            places.reverse();
        }
        let stops = self.stops;
        let poles: Vec<Pole> = places.iter().map(|&place| pole(line, place, direction)).collect();
        for (&place, &pole) in places.iter().zip(&poles) {
            self.poles.insert(pole, stand(line, stops[line.stops[place]].at, pole.1));
        }
        let mut minutes: Vec<Minute> = vec![0];
        for hop in places.windows(2) {
            let [from, to] = [hop[0], hop[1]].map(|place| stops[line.stops[place]].at);
            let last = minutes.last().copied().unwrap_or_default();
            minutes.push(last + (distance(from, to) / METRES_A_MINUTE).ceil().max(1.0) as Minute);
        }
        let headsign = places.last().map_or("", |&place| stops[line.stops[place]].name.as_str());
        for &(day, _, one_in) in self.publisher.days {
            for &leaves in run.leaves[usize::from(direction)].iter().step_by(one_in) {
                let route = route_id(number, pattern);
                let id = format!("{day}_{:02}時{:02}分_系統{route}_{direction}", leaves / 60, leaves % 60);
                let mut trip = vec![route, day.to_owned(), id.clone(), headsign.to_owned()];
                trip.extend(self.publisher.has_directions.then(|| direction.to_string()));
                self.trips.push(trip);
                for (nth, (&pole, &after)) in poles.iter().zip(&minutes).enumerate() {
                    let at = format!("{:02}:{:02}:00", (leaves + after) / 60, (leaves + after) % 60);
                    let no = |yes: bool| String::from(if yes { "1" } else { "0" });
                    let (pole, ends) = (stop_id(pole), nth + 1 == poles.len());
                    self.calls.push(vec![
                        id.clone(),
                        at.clone(),
                        at,
                        pole,
                        (nth + 1).to_string(),
                        no(ends),
                        no(nth == 0),
                    ]);
                }
            }
        }
    }

    /// The archive. It is not compressed, and bears no date of its making: deflating may come out in other bytes on another
    /// machine, and the city may not.
    fn zipped(&self) -> Vec<u8> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .system(System::Unix);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, rows) in self.tables() {
            zip.start_file(name, options).expect("memory takes all");
            let mark = if self.publisher.has_directions { "" } else { "\u{feff}" };
            zip.write_all(format!("{mark}{}", csv(rows)).as_bytes()).expect("memory takes all");
        }
        zip.finish().expect("memory takes all").into_inner()
    }

    fn tables(&self) -> Vec<(&'static str, Vec<Vec<String>>)> {
        let publisher = self.publisher;
        let row = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<String>>();
        let url = "https://example.com/";
        let [from, to] = VALID;
        let version = format!("{from}版");
        let mut trips = vec![row(&["route_id", "service_id", "trip_id", "trip_headsign"])];
        trips[0].extend(publisher.has_directions.then(|| "direction_id".to_owned()));
        trips.extend(self.trips.iter().cloned());
        let calls = row(&[
            "trip_id",
            "arrival_time",
            "departure_time",
            "stop_id",
            "stop_sequence",
            "pickup_type",
            "drop_off_type",
        ]);
        vec![
            (
                "agency.txt",
                vec![
                    row(&["agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"]),
                    row(&[publisher.id, publisher.operator, url, "Asia/Tokyo", "ja"]),
                ],
            ),
            (
                "agency_jp.txt",
                vec![
                    row(&["agency_id", "agency_official_name", "agency_zip_number", "agency_address"]),
                    row(&[publisher.id, publisher.official_name, "", ""]),
                ],
            ),
            ("stops.txt", self.stop_rows()),
            ("routes.txt", self.routes()),
            ("trips.txt", trips),
            ("stop_times.txt", std::iter::once(calls).chain(self.calls.iter().cloned()).collect()),
            ("calendar.txt", self.calendar()),
            ("calendar_dates.txt", self.holidays()),
            (
                "fare_attributes.txt",
                vec![
                    row(&["fare_id", "price", "currency_type", "payment_method", "transfers"]),
                    row(&["均一", "200", "JPY", "0", "0"]),
                ],
            ),
            (
                "feed_info.txt",
                vec![
                    row(&[
                        "feed_publisher_name",
                        "feed_publisher_url",
                        "feed_lang",
                        "feed_start_date",
                        "feed_end_date",
                        "feed_version",
                    ]),
                    row(&[publisher.official_name, url, "ja", from, to, &version]),
                ],
            ),
        ]
    }

    fn stop_rows(&self) -> Vec<Vec<String>> {
        let head = ["stop_id", "stop_name", "stop_lat", "stop_lon", "zone_id", "location_type", "parent_station"];
        let mut rows = vec![head.map(String::from).to_vec()];
        let place = |at: Uv| self.plan.ground.lon_lat(at).map(|degrees| format!("{degrees:.6}"));
        let mut last = None;
        for (&pole, &at) in &self.poles {
            let (stop, id) = (&self.stops[pole.0], stop_id(pole));
            let parent = if self.publisher.has_directions { (1_000 + pole.0).to_string() } else { String::new() };
            if self.publisher.has_directions && last != Some(pole.0) {
                let [lon, lat] = place(stop.at);
                rows.push(vec![parent.clone(), stop.name.clone(), lat, lon, String::new(), "1".into(), String::new()]);
            }
            last = Some(pole.0);
            let [lon, lat] = place(at);
            rows.push(vec![id.clone(), stop.name.clone(), lat, lon, id, "0".into(), parent]);
        }
        rows
    }

    fn routes(&self) -> Vec<Vec<String>> {
        let head = ["route_id", "agency_id", "route_short_name", "route_long_name", "route_type", "jp_parent_route_id"];
        let mut rows = vec![head.map(String::from).to_vec()];
        for (line, number) in self.lines.iter().zip(1..) {
            for pattern in 0..line.patterns.len() {
                rows.push(vec![
                    route_id(number, pattern),
                    self.publisher.id.to_owned(),
                    String::new(),
                    line.name.clone(),
                    "3".into(),
                    line.name.clone(),
                ]);
            }
        }
        rows
    }

    fn calendar(&self) -> Vec<Vec<String>> {
        let head = "service_id monday tuesday wednesday thursday friday saturday sunday start_date end_date";
        let row = |&(day, weekdays, _): &(&str, [u8; 7], usize)| {
            let runs = weekdays.iter().map(u8::to_string);
            let span = VALID.map(String::from);
            std::iter::once(day.to_owned()).chain(runs).chain(span).collect()
        };
        let head: Vec<String> = head.split(' ').map(str::to_owned).collect();
        std::iter::once(head).chain(self.publisher.days.iter().map(row)).collect()
    }

    /// On holidays runs what runs on Sundays: 2 takes a service out, 1 adds one.
    fn holidays(&self) -> Vec<Vec<String>> {
        let mut rows = vec![["service_id", "date", "exception_type"].map(String::from).to_vec()];
        let days = self.publisher.days;
        for date in HOLIDAYS {
            for (day, change) in [(days.first(), "2"), (days.last(), "1")] {
                let Some((day, ..)) = day else { continue };
                rows.push([day, date, change].map(String::from).to_vec());
            }
        }
        rows
    }
}

fn stop_id((stop, side): Pole) -> String {
    format!("{}_{:02}", 1_000 + stop, side.unwrap_or(0) + 1)
}

fn route_id(line: usize, pattern: usize) -> String {
    format!("{}", line * 100 + pattern + 1)
}

/// The pole at which a bus of this direction calls.
fn pole(line: &TimedLine, place: usize, direction: u8) -> Pole {
    let side = if place < line.one_pole_from { Some(direction ^ u8::from(line.backward)) } else { None };
    (line.stops[place], side)
}

/// Where a pole stands: on the left of the road, as the bus sees it.
fn stand(line: &TimedLine, [u, v]: Uv, side: Option<u8>) -> Uv {
    let onward = match side {
        None => return [u, v],
        Some(0) => 1.0,
        Some(_) => -1.0,
    };
    if line.upright { [u - onward * ASIDE, v + onward * ONWARD] } else { [u + onward * ONWARD, v + onward * ASIDE] }
}
