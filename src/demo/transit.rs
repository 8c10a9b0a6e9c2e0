//! Stations 鉄道駅 (N02), stops 停留所 (P11) and their peak service.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::DemoError;
use super::geojson::{GeoJson, Shape};
use super::ground::{Uv, distance};
use super::names;
use super::plan::{Plan, Stream};
use super::tables::csv;
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
const BUS: &str = "架空バス（株）";
const CITY_BUS: &str = "架空市";
const MAIN_BUS_LINE: &str = "架空中央線";

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

/// A stop of buses.
struct DrawnStop {
    name: String,
    operator: &'static str,
    lines: Vec<String>,
    at: Uv,
    peak: Option<u8>,
}

/// What runs in the city.
pub(super) struct Transit {
    stations: Vec<Station>,
    stops: Vec<DrawnStop>,
}

/// Draws the stations and stops.
pub(super) fn draw(plan: &Plan) -> Transit {
    let mut random = plan.random(Stream::Transit, [0, 0]);
    let mut names = (0..).map(names::place);
    let mut name = || names.next().unwrap_or_default();
    Transit { stations: stations(plan, &mut random, &mut name), stops: stops(plan, &mut random, &mut name) }
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

fn stops(plan: &Plan, random: &mut Rng, name: &mut impl FnMut() -> String) -> Vec<DrawnStop> {
    let radius = plan.town.radius;
    let [u, v] = plan.village.centre;
    let (main, north, east) = (MAIN_BUS_LINE.to_owned(), String::from("南北線"), String::from("東浜線"));
    let stop = |name: &str, lines: &[&String], at, peak| DrawnStop {
        name: name.into(),
        operator: BUS,
        lines: lines.iter().map(|&line| line.clone()).collect(),
        at,
        peak,
    };
    let mut stops = vec![
        stop("架空駅前", &[&main, &north], [12.0, -22.0], Some(8)),
        stop("新架空駅西", &[&main], [u - 0.8 * plan.village.radius.min(200.0), v - 15.0], Some(2)),
        // A line of the town's east, where the district is still expected: it calls nowhere else.
        stop("架空東口", &[&east], plan.town.at([0.55, 0.04]), Some(2)),
        stop("東浜", &[&east], plan.town.at([0.45, -0.5]), Some(2)),
        // A stop of the village's own bus, whose lines the publisher left out.
        stop("旧道口", &[], [u + 10.0, v + 0.75 * plan.village.radius.clamp(150.0, 200.0)], None),
    ];
    let spacing = if radius < 600.0 { 240.0 } else { 380.0 };
    for upright in [false, true] {
        for (k, across, chord) in chords(radius, BETWEEN_BUS_LINES) {
            let line = match (k, upright) {
                (0, false) => main.clone(),
                (0, true) => north.clone(),
                _ => format!("{}線", name()),
            };
            // Around the station stands 架空駅前.
            for along in along(chord, spacing).filter(|&along| k != 0 || along.abs() > 1.0) {
                let at = if upright { [across, along] } else { [along, across] };
                let unknown = (k == 0 && upright && along == -spacing) || random.u8(0..100) < 5;
                let most = if distance(at, plan.town.centre) < 0.4 * radius { 8 } else { 4 };
                let peak = (!unknown).then(|| random.u8(1..=most));
                let lines = if k != 0 && random.u8(0..100) < 3 { vec![] } else { vec![line.clone()] };
                let operator = if upright && k != 0 { CITY_BUS } else { BUS };
                stops.push(DrawnStop {
                    name: format!("{}{}", name(), SUFFIXES[random.usize(0..5)]),
                    operator,
                    lines,
                    at,
                    peak,
                });
            }
        }
    }
    stops
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

/// One row for each line at each station and stop whose service is known.
fn peaks(transit: &Transit) -> Vec<Vec<String>> {
    let row = |name: &str, line: &str, peak: u8| vec![name.to_owned(), line.to_owned(), peak.to_string()];
    let mut rows = vec![["name", "line", "peak_trips"].map(String::from).to_vec()];
    for station in &transit.stations {
        rows.extend(station.peak.map(|peak| row(&station.name, &station.line, peak)));
    }
    for stop in &transit.stops {
        let Some(peak) = stop.peak else { continue };
        // A stop without lines is found by its name alone.
        let lines: Vec<&str> =
            if stop.lines.is_empty() { vec![""] } else { stop.lines.iter().map(String::as_str).collect() };
        rows.extend(lines.into_iter().map(|line| row(&stop.name, line, peak)));
    }
    rows
}
