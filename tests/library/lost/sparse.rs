//! A town of a few bus stops, where one of them more or less makes another zone of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fastrand::Rng;
use serde_json::{Value, json};

use super::town::{File, SIDE, Town, feature, point, polygon, rows};

const NAMES: [&str; 4] = ["港", "本町", "公園", "学校"];
const LINES: [&str; 3] = ["1号線", "2号線", "3号線"];

/// Stops, each with one number or several of the table, in a town that is a district and urban everywhere. Its public land is
/// in one part of it in some.
pub(super) fn draw(random: &mut Rng) -> Town {
    let side = f64::from(SIDE);
    let whole = || File::Features(vec![feature(&json!({}), &polygon([0.0, 0.0], [side, side]))]);
    let count = u32::from(random.u8(2..6));
    let operators = if random.bool() { ["市営", "市営"] } else { ["市営", "港交通"] };
    let has_peaks = random.bool();
    let near = random.bool();
    let mut stop = |_| {
        let [x, y] = [0, 1].map(|_| f64::from(random.u32(2..=SIDE * 2 - 2)) / if near { 4.0 } else { 2.0 } + 0.03);
        let peak = if has_peaks && random.u8(0..5) > 0 { random.u8(1..5).into() } else { Value::Null };
        feature(
            &json!({
                "name": NAMES[random.usize(0..4)], "line": LINES[random.usize(0..3)],
                "operator": operators[random.usize(0..2)], "peak": peak,
            }),
            &point(x, y),
        )
    };
    let stops = (0..count).map(&mut stop).collect();
    let parcels = (0..SIDE * SIDE).map(|index| {
        let (x, y) = (f64::from(index % SIDE), f64::from(index / SIDE));
        feature(&json!({ "id": index }), &polygon([x + 0.1, y + 0.1], [0.8, 0.8]))
    });
    let land = if random.bool() {
        polygon([0.0, 0.0], [side, side])
    } else {
        polygon([0.0, 0.0], [f64::from(random.u32(2..SIDE)), side])
    };
    let mut files = BTreeMap::from(
        [
            ("parcels.geojson", File::Features(parcels.collect())),
            ("stops.geojson", File::Features(stops)),
            ("did.geojson", whole()),
            ("urban.geojson", whole()),
            ("units.geojson", whole()),
            ("land.geojson", File::Features(vec![feature(&json!({}), &land)])),
        ]
        .map(|(name, file)| (name.to_owned(), file)),
    );
    let mut layers = String::from(
        "parcels = \"parcels.geojson\"\nstations = []\nstops = { path = \"stops.geojson\", peak_trips = \"peak\" }\n\
         did = \"did.geojson\"\nurban_zone = \"urban.geojson\"\nunits = \"units.geojson\"\npublic_land = \"land.geojson\"\n",
    );
    if !has_peaks {
        let mut table = String::from("name,line,peak_trips");
        for name in NAMES {
            for line in ["", "1号線", "2号線", "3号線"] {
                if random.u8(0..3) > 0 {
                    let _ = write!(table, "\n{name},{line},{}", random.u8(1..5));
                }
            }
        }
        table += "\n港,,3";
        files.insert("peaks.csv".to_owned(), File::Rows(rows(&table)));
        layers += "peaks = \"peaks.csv\"\n";
    }
    let project = format!(
        "name = \"町\"\nmunicipality = \"22212\"\narea_division = true\nplane = 8\n[layers]\n{layers}[thresholds]\n\
         stop_radius_m = {}\nnear_stop_radius_m = 250\nhub_radius_m = {}\nmin_peak_trips = {}\nmin_public_land = {}\n",
        [150, 250, 350][random.usize(0..3)],
        [150, 300, 500][random.usize(0..3)],
        random.u8(2..5),
        [0.15, 0.5][random.usize(0..2)]
    );
    Town { project, files }
}
