//! Something of a city made unreadable, in a way that a reader can notice.

use fastrand::Rng;
use serde_json::{Value, json};

use super::town::{File, Town};

/// The cells of GeoJSON that a layer needs, of which a blank one says that something is lost. The number of departures of a stop
/// is none of them: where nobody says it, it is not known, and a zone may be drawn without that stop.
const FIELDS: &[(&str, &[&str])] = &[
    ("did.geojson", &["code"]),
    ("land.geojson", &["kind"]),
    ("census.geojson", &["pop", "old"]),
    ("stations.geojson", &["name", "line", "class"]),
    ("stops.geojson", &["name", "line", "operator"]),
    ("municipalities.geojson", &["code"]),
];

/// The columns of tables, with what can stand there and says that something is lost.
const CELLS: &[(&str, &[&str], &[&str])] = &[
    ("facilities.csv", &["lat", "lon"], &["", "x", "3.49", "-34.9", "0"]),
    ("facilities.csv", &["kind"], &[""]),
    ("peaks.csv", &["name", "peak_trips"], &[""]),
    ("gtfs/stops.txt", &["stop_lat", "stop_lon"], &["", "x", "3.49", "0"]),
    ("gtfs/stops.txt", &["stop_id"], &["", "x", "s0"]),
    ("gtfs/routes.txt", &["route_id", "route_type"], &["", "x"]),
    ("gtfs/trips.txt", &["trip_id", "route_id", "service_id"], &["", "x"]),
    ("gtfs/trips.txt", &["direction_id"], &["x", "2"]),
    ("gtfs/stop_times.txt", &["trip_id", "stop_id", "stop_sequence"], &["", "x"]),
    ("gtfs/stop_times.txt", &["arrival_time", "departure_time"], &["x", "7時", "99:99:99"]),
    ("gtfs/stop_times.txt", &["pickup_type"], &["x", "9"]),
    (
        "gtfs/calendar.txt",
        &["service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "start_date", "end_date"],
        &["", "x", "yes", "2"],
    ),
    ("gtfs/calendar_dates.txt", &["service_id", "date", "exception_type"], &["", "x", "9"]),
    ("gtfs/frequencies.txt", &["trip_id", "start_time", "end_time", "headway_secs"], &["", "x"]),
];

/// Tables of which a row is referred to, so that one that is gone is missed.
const ROWS: &[&str] = &["gtfs/stops.txt", "gtfs/routes.txt", "gtfs/trips.txt", "gtfs/calendar.txt"];

/// Garbles something, and says what.
pub(super) fn garble(town: &mut Town, random: &mut Rng) -> String {
    loop {
        let done = match random.u8(0..8) {
            0..3 => geometry(town, random),
            3 => field(town, random),
            4..7 => cell(town, random),
            _ => row(town, random),
        };
        if let Some(done) = done {
            return done;
        }
    }
}

/// Takes a word from a stop of the layer.
pub(super) fn stop(town: &mut Town, random: &mut Rng) -> String {
    let fields = ["name", "line", "operator"];
    loop {
        let field = fields[random.usize(0..fields.len())];
        let stops = features(town, "stops.geojson").expect("it has stops");
        let index = random.usize(0..stops.len());
        if !stops[index]["properties"][field].is_null() && is_told_elsewhere(stops, index, field) {
            stops[index]["properties"][field] = Value::Null;
            return format!("stops.geojson {} {field} null", index + 1);
        }
    }
}

/// Whether another feature has the field: where none has it, nothing says that there is one.
fn is_told_elsewhere(features: &[Value], index: usize, field: &str) -> bool {
    let mut others = features.iter().enumerate().filter(|&(other, _)| other != index);
    others.any(|(_, feature)| !feature["properties"][field].is_null())
}

fn features<'t>(town: &'t mut Town, name: &str) -> Option<&'t mut Vec<Value>> {
    match town.files.get_mut(name)? {
        File::Features(features) => Some(features),
        File::Rows(_) => None,
    }
}

fn geometry(town: &mut Town, random: &mut Rng) -> Option<String> {
    let names: Vec<String> = town.files.keys().filter(|name| name.ends_with(".geojson")).cloned().collect();
    let name = &names[random.usize(0..names.len())];
    if name == "parcels.geojson" {
        return None;
    }
    let features = features(town, name)?;
    let index = random.usize(0..features.len());
    let geometry = &mut features[index]["geometry"];
    if geometry["coordinates"][0].is_null() {
        return None;
    }
    let kind = geometry["type"].as_str().unwrap_or_default().to_owned();
    let what = random.u8(0..4);
    match (what, kind.as_str()) {
        (0, _) => *geometry = Value::Null,
        (1, _) => geometry["coordinates"] = json!([]),
        (2, "Point") => geometry["coordinates"][1] = json!(3.49),
        (2, "Polygon") => geometry["coordinates"][0][1][1] = json!(-34.9),
        (3, "Polygon") => *geometry = json!({ "type": "MultiPolygon", "coordinates": [geometry["coordinates"], []] }),
        _ => return None,
    }
    Some(format!("{name} {} geometry {what}", index + 1))
}

fn field(town: &mut Town, random: &mut Rng) -> Option<String> {
    let (name, fields) = FIELDS[random.usize(0..FIELDS.len())];
    let field = fields[random.usize(0..fields.len())];
    let features = features(town, name)?;
    let index = random.usize(0..features.len());
    features[index]["properties"][field] = Value::Null;
    Some(format!("{name} {} {field} null", index + 1))
}

fn cell(town: &mut Town, random: &mut Rng) -> Option<String> {
    let (name, columns, values) = CELLS[random.usize(0..CELLS.len())];
    let Some(File::Rows(rows)) = town.files.get_mut(name) else { return None };
    let (column, value) = (columns[random.usize(0..columns.len())], values[random.usize(0..values.len())]);
    let at = rows[0].iter().position(|head| head == column)?;
    let index = random.usize(1..rows.len().max(2));
    let cell = rows.get_mut(index)?.get_mut(at)?;
    if cell == value {
        return None;
    }
    value.clone_into(cell);
    Some(format!("{name} row {index} {column} “{value}”"))
}

fn row(town: &mut Town, random: &mut Rng) -> Option<String> {
    let name = ROWS[random.usize(0..ROWS.len())];
    let Some(File::Rows(rows)) = town.files.get_mut(name) else { return None };
    if rows.len() < 3 {
        return None;
    }
    let index = random.usize(1..rows.len());
    rows.remove(index);
    Some(format!("{name} row {index} gone"))
}
