//! Stations 鉄道駅 (N02), stops 停留所 (P11) and their peak service; what runs by a timetable is in `timetables.rs`.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::DemoError;
use super::geojson::{GeoJson, Shape};
use super::ground::{Uv, distance};
use super::names;
use super::plan::{Plan, Stream};
use super::tables::csv;
use super::timetables::{self, TimedLine};
use super::write::Folder;

/// The names of the files, without `.geojson`.
pub(super) const STATIONS: &str = "N02-20_Station";
pub(super) const STOPS: &str = "P11-22_22";
pub(super) const FUTURE_STOPS: &str = "future_stops";
/// The name of the table of peak service.
pub(super) const PEAKS: &str = "peaks.csv";

const RAILWAY: &str = "東海架空鉄道";
const MAIN_LINE: &str = "架空本線";
const TRAMWAY: &str = "架空電気軌道";
/// The bus companies: two publish timetables, the third does not.
pub(super) const BUS: &str = "架空バス（株）";
pub(super) const CITY_BUS: &str = "架空市";
const NEIGHBOUR_BUS: &str = "隣野交通（株）";
pub(super) const MAIN_BUS_LINE: &str = "架空中央線";
pub(super) const EAST_BUS_LINE: &str = "東浜線";
pub(super) const CITY_BUS_LINE: &str = "市街地線";
const NORTH_BUS_LINE: &str = "南北線";

/// Metres between railways, between stations on one, between bus lines, and between tram stops.
const BETWEEN_RAILWAYS: f64 = 6_000.0;
const BETWEEN_STATIONS: f64 = 1_900.0;
const BETWEEN_BUS_LINES: f64 = 800.0;
const BETWEEN_TRAM_STOPS: f64 = 450.0;

/// A station on one line.
struct Station {
    /// N02_001: 12 ordinary railway, 21 tramway 軌道.
    class: &'static str,
    line: String,
    operator: &'static str,
    name: String,
    platform: [Uv; 2],
    peak: Option<u8>,
}

/// How the service of a stop is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    /// Nobody counted it, and no timetable calls there.
    Unknown,
    /// The planner counted it.
    Peak(u8),
    /// A timetable says it.
    Timetable,
}

/// A stop of one operator's buses; where two call, there are two at one place, as in the publication.
pub(super) struct DrawnStop {
    pub(super) name: String,
    pub(super) operator: &'static str,
    lines: Vec<String>,
    pub(super) at: Uv,
    service: Service,
}

/// What runs in the city.
pub(super) struct Transit {
    stations: Vec<Station>,
    pub(super) stops: Vec<DrawnStop>,
    /// The lines that have a timetable.
    pub(super) timed: Vec<TimedLine>,
}

/// Draws the stations and stops.
pub(super) fn draw(plan: &Plan) -> Transit {
    let mut random = plan.random(Stream::Transit, [0, 0]);
    let mut names = (0..).map(names::place);
    let mut name = || names.next().unwrap_or_default();
    let stations = stations(plan, &mut random, &mut name);
    let (stops, timed) = stops(plan, &mut random, &mut name);
    Transit { stations, stops, timed }
}

fn stations(plan: &Plan, random: &mut Rng, name: &mut impl FnMut() -> String) -> Vec<Station> {
    let along_u = |[u, v]: Uv, length: f64| [[u - length / 2.0, v], [u + length / 2.0, v]];
    let rail = |name: &str, line: &str, platform, peak| Station {
        class: "12",
        line: line.into(),
        operator: RAILWAY,
        name: name.into(),
        platform,
        peak,
    };
    let [u, v] = plan.village.centre;
    let mut stations = vec![
        // One station, two lines, two features.
        rail("架空", MAIN_LINE, along_u([0.0, -4.0], 70.0), Some(6)),
        rail("架空", "架空港線", along_u([0.0, 5.0], 70.0), Some(4)),
        // Nobody counted its trains.
        rail("新架空", MAIN_LINE, along_u([u, v], 60.0), None),
    ];
    let radius = plan.town.radius;
    for (k, at_v, chord) in chords(radius, BETWEEN_RAILWAYS) {
        let line = if k == 0 {
            MAIN_LINE.to_owned()
        } else {
            format!("架空第{}線", k.unsigned_abs() * 2 + u32::from(k > 0))
        };
        for at_u in along(chord, BETWEEN_STATIONS).filter(|&at_u| k != 0 || at_u.abs() > 1.0) {
            let peak = (random.u8(0..100) >= 4).then(|| random.u8(1..=9));
            stations.push(rail(&name(), &line, along_u([at_u, at_v], 140.0), peak));
        }
    }
    let last_tram_stop = ((0.8 * radius - 90.0) / BETWEEN_TRAM_STOPS).clamp(0.0, 12.0) as u8;
    for n in 0..=last_tram_stop {
        let at_v = -90.0 - BETWEEN_TRAM_STOPS * f64::from(n);
        stations.push(Station {
            class: "21",
            line: "架空軌道線".into(),
            operator: TRAMWAY,
            name: if n == 0 { "架空駅前".into() } else { name() },
            platform: [[3.0, at_v - 15.0], [3.0, at_v + 15.0]],
            peak: Some(12),
        });
    }
    let away = [radius + 12_000.0, 3_000.0];
    stations.push(Station { operator: "隣野鉄道", ..rail("隣野", "隣野線", along_u(away, 120.0), Some(2)) });
    stations
}

fn stops(plan: &Plan, random: &mut Rng, name: &mut impl FnMut() -> String) -> (Vec<DrawnStop>, Vec<TimedLine>) {
    let radius = plan.town.radius;
    let mut stops = fixed_stops(plan);
    let mut chords_of_lines = Vec::new();
    let spacing = if radius < 600.0 { 240.0 } else { 380.0 };
    for upright in [false, true] {
        for (k, across, chord) in chords(radius, BETWEEN_BUS_LINES) {
            let (line, operator) = match (k, upright) {
                (0, false) => (MAIN_BUS_LINE.to_owned(), BUS),
                (0, true) => (NORTH_BUS_LINE.to_owned(), NEIGHBOUR_BUS),
                _ => (format!("{}線", name()), if upright { CITY_BUS } else { BUS }),
            };
            let timed = operator != NEIGHBOUR_BUS && k.abs() <= if upright { 1 } else { 2 };
            let mut calls = Vec::new();
            // Around the station stands 架空駅前.
            for along in along(chord, spacing).filter(|&along| k != 0 || along.abs() > 1.0) {
                let at = if upright { [across, along] } else { [along, across] };
                let unknown = (k == 0 && upright && along == -spacing) || random.u8(0..100) < 5;
                let most = if distance(at, plan.town.centre) < 0.4 * radius { 8 } else { 4 };
                let peak = if unknown { Service::Unknown } else { Service::Peak(random.u8(1..=most)) };
                let named = k == 0 || random.u8(0..100) >= 3;
                // A stop that is unknown, or whose lines are, is one that the timetable has given up since.
                let service = if timed && named && !unknown { Service::Timetable } else { peak };
                if service == Service::Timetable {
                    calls.push(stops.len());
                }
                let name = format!("{}{}", name(), SUFFIXES[random.usize(0..5)]);
                let lines = if named { vec![line.clone()] } else { vec![] };
                stops.push(DrawnStop { name, operator, lines, at, service });
            }
            if timed && k != 0 {
                chords_of_lines.push(TimedLine::regular(plan, &line, operator, calls, upright));
            } else if timed {
                chords_of_lines.extend(main_street(&mut stops, calls));
            }
        }
    }
    (stops, chords_of_lines)
}

/// Places of the stops of [`fixed_stops`] in their list.
const AT_STATION: usize = 0;
const CITY_AT_STATION: usize = 1;
const VILLAGE: [usize; 2] = [3, 4];
const EAST: [usize; 2] = [5, 6];
const CITY_SOUTH: [usize; 2] = [8, 9];

/// The stops that every city has, whatever its size.
fn fixed_stops(plan: &Plan) -> Vec<DrawnStop> {
    let (town, village) = (&plan.town, &plan.village);
    let [u, v] = village.centre;
    let stop = |name: &str, operator, lines: &[&str], at, service| DrawnStop {
        name: name.into(),
        operator,
        lines: lines.iter().map(|&line| line.to_owned()).collect(),
        at,
        service,
    };
    let station = [12.0, -22.0];
    vec![
        // In front of the station call all three companies.
        stop("架空駅前", BUS, &[MAIN_BUS_LINE], station, Service::Timetable),
        stop("架空駅前", CITY_BUS, &[CITY_BUS_LINE], station, Service::Timetable),
        stop("架空駅前", NEIGHBOUR_BUS, &[NORTH_BUS_LINE], station, Service::Peak(2)),
        // From here the walkshed of 500 m reaches into the west of the village, and not to its station.
        stop("新架空口", BUS, &[MAIN_BUS_LINE], [u - 0.35 * village.radius - 500.0, v - 15.0], Service::Timetable),
        stop("新架空駅西", BUS, &[MAIN_BUS_LINE], [u - 0.8 * village.radius.min(200.0), v - 15.0], Service::Timetable),
        // A line of the town's east, where the district is still expected: it calls nowhere else.
        stop("架空東口", BUS, &[EAST_BUS_LINE], plan.east_gate(), Service::Timetable),
        stop("東浜", BUS, &[EAST_BUS_LINE], town.at([0.45, -0.5]), Service::Timetable),
        // A stop of the village's own bus, whose lines the publisher left out.
        stop("旧道口", BUS, &[], [u + 10.0, v + 0.75 * village.radius.clamp(150.0, 200.0)], Service::Unknown),
        stop("架空市役所前", CITY_BUS, &[CITY_BUS_LINE], town.at([-0.2, -0.35]), Service::Timetable),
        stop("架空病院前", CITY_BUS, &[CITY_BUS_LINE], plan.hospital(), Service::Timetable),
    ]
}

/// The lines of the main street, whose stops in the town are `calls`, west to east: that to the village, that in the east, and
/// the city's bus, which shares the poles of the eastern half.
fn main_street(stops: &mut Vec<DrawnStop>, mut calls: Vec<usize>) -> [TimedLine; 3] {
    let middle = calls.partition_point(|&call| stops[call].at[0] < 0.0);
    let mut city: Vec<usize> = Vec::new();
    for &call in calls[middle..].iter().rev() {
        let DrawnStop { name, at, .. } = &stops[call];
        let (name, at) = (name.clone(), *at);
        city.push(stops.len());
        let lines = vec![CITY_BUS_LINE.to_owned()];
        stops.push(DrawnStop { name, operator: CITY_BUS, lines, at, service: Service::Timetable });
    }
    city.push(CITY_AT_STATION);
    let shared = city.len();
    city.extend(CITY_SOUTH);
    calls.insert(middle, AT_STATION);
    calls.extend(VILLAGE);
    [timetables::main(calls), timetables::east(EAST.to_vec()), timetables::city(city, shared)]
}

const SUFFIXES: [&str; 5] = ["公民館前", "入口", "郵便局前", "小学校前", "一丁目"];

/// Parallel lines across the town: their numbers, where they run, and half their lengths.
fn chords(radius: f64, between: f64) -> impl Iterator<Item = (i32, f64, f64)> {
    let reach = (radius / between) as i32;
    (-reach..=reach).map(move |k| {
        let across = between * f64::from(k);
        (k, across, (radius * radius - across * across).max(0.0).sqrt())
    })
}

/// Places on a line, the middle among them.
fn along(half_length: f64, spacing: f64) -> impl Iterator<Item = f64> {
    let reach = (half_length / spacing) as i32;
    (-reach..=reach).map(move |n| f64::from(n) * spacing)
}

/// Writes stations, stops, planned stops and the peak service.
pub(super) fn write(folder: &mut Folder, plan: &Plan, transit: &Transit) -> Result<(), DemoError> {
    let mut file = GeoJson::create(folder, STATIONS, &plan.ground)?;
    for station in &transit.stations {
        let properties = json!({
            "N02_001": station.class, "N02_002": "4", "N02_003": station.line, "N02_004": station.operator,
            "N02_005": station.name,
        });
        file.feature(&properties, &Shape::Lines(&[station.platform.to_vec()]))?;
    }
    file.finish(folder)?;

    let mut file = GeoJson::create(folder, STOPS, &plan.ground)?;
    for stop in &transit.stops {
        file.feature(&stop_properties(&stop.name, stop.operator, &stop.lines), &Shape::Point(stop.at))?;
    }
    file.finish(folder)?;

    // In the middle mesh cell, but out of the reach of every stop there is.
    let out = plan.core_radius().min(210.0);
    let mut file = GeoJson::create(folder, FUTURE_STOPS, &plan.ground)?;
    let planned = stop_properties("架空図書館前", BUS, &[MAIN_BUS_LINE.to_owned()]);
    file.feature(&planned, &Shape::Point([0.67 * out, 0.58 * out]))?;
    file.finish(folder)?;

    // The mark at the beginning is what spreadsheets put there when they save UTF-8.
    folder.write(PEAKS, format!("\u{feff}{}", csv(peaks(transit))).as_bytes())?;
    Ok(())
}

fn stop_properties(name: &str, operator: &str, lines: &[String]) -> Value {
    let mut properties = Map::new();
    properties.insert("P11_001".into(), name.into());
    properties.insert("P11_002".into(), operator.into());
    for number in 1..=3 {
        properties.insert(format!("P11_003_{number:02}"), lines.get(number - 1).cloned().into());
    }
    let kind = if operator == CITY_BUS { "2" } else { "1" };
    for number in 1..=3 {
        let kind = (lines.len() >= number || number == 1).then_some(kind);
        properties.insert(format!("P11_004_{number:02}"), kind.into());
    }
    properties.insert("P11_005".into(), Value::Null);
    Value::Object(properties)
}

/// One row for each line at each station and stop whose service somebody counted.
fn peaks(transit: &Transit) -> Vec<Vec<String>> {
    let row = |name: &str, line: &str, peak: u8| vec![name.to_owned(), line.to_owned(), peak.to_string()];
    let mut rows = vec![["name", "line", "peak_trips"].map(String::from).to_vec()];
    for station in &transit.stations {
        rows.extend(station.peak.map(|peak| row(&station.name, &station.line, peak)));
    }
    for stop in &transit.stops {
        let Service::Peak(peak) = stop.service else { continue };
        // A stop without lines is found by its name alone.
        let lines: Vec<&str> =
            if stop.lines.is_empty() { vec![""] } else { stop.lines.iter().map(String::as_str).collect() };
        rows.extend(lines.into_iter().map(|line| row(&stop.name, line, peak)));
    }
    rows
}
