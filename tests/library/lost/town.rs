//! A small city in the formats in which they come: layers as GeoJSON, tables as CSV, a timetable.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use fastrand::Rng;
use serde_json::{Value, json};

/// The south-west corner, and a step of the grid on which everything lies, in degrees: some 90 m by 110 m.
const WEST: f64 = 138.3;
const SOUTH: f64 = 34.9;
const STEP: f64 = 0.001;
/// So many steps the city is wide and high.
pub(super) const SIDE: u32 = 12;

/// A file: features of GeoJSON, or rows of a table, the first its head.
#[derive(Clone)]
pub(super) enum File {
    Features(Vec<Value>),
    Rows(Vec<Vec<String>>),
}

/// A city: its project file, and its files by name.
#[derive(Clone)]
pub(super) struct Town {
    pub(super) project: String,
    pub(super) files: BTreeMap<String, File>,
}

fn at(x: f64, y: f64) -> [f64; 2] {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    [round(WEST + x * STEP), round(SOUTH + y * STEP)]
}

pub(super) fn polygon([west, south]: [f64; 2], [width, height]: [f64; 2]) -> Value {
    let (east, north) = (west + width, south + height);
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({ "type": "Polygon", "coordinates": [ring.map(|[x, y]| at(x, y))] })
}

pub(super) fn point(x: f64, y: f64) -> Value {
    json!({ "type": "Point", "coordinates": at(x, y) })
}

pub(super) fn feature(properties: &Value, geometry: &Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

/// A rectangle somewhere in the city, of whole steps.
fn anywhere(random: &mut Rng, largest: u32) -> Value {
    let size = [0, 1].map(|_| random.u32(largest / 2..=largest));
    let corner = size.map(|size| random.u32(0..=SIDE.saturating_sub(size)));
    polygon(corner.map(f64::from), size.map(f64::from))
}

fn somewhere(random: &mut Rng) -> [f64; 2] {
    [0, 1].map(|_| f64::from(random.u32(0..=SIDE * 2)) / 2.0 + 0.03)
}

pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

const NAMES: [&str; 5] = ["港", "本町", "市役所", "公園", "学校"];

/// A city as it is drawn.
#[derive(Default)]
struct Drawing {
    files: BTreeMap<String, File>,
    /// The lines of `[layers]`.
    layers: String,
}

impl Drawing {
    fn give(&mut self, name: &str, file: File, line: &str) {
        self.files.insert(name.to_owned(), file);
        let _ = writeln!(self.layers, "{line}");
    }

    /// Parcels, districts, public land.
    fn land(&mut self, random: &mut Rng) {
        let parcels = (0..25).map(|index| {
            let (x, y) = (f64::from(index % 5) * 2.0 + 1.2, f64::from(index / 5) * 2.0 + 1.2);
            feature(&json!({ "id": index }), &polygon([x, y], [0.7, 0.7]))
        });
        self.give("parcels.geojson", File::Features(parcels.collect()), r#"parcels = "parcels.geojson""#);
        let mut did: Vec<Value> =
            (0..random.u8(1..4)).map(|_| feature(&json!({ "code": "22212" }), &anywhere(random, 10))).collect();
        did.push(feature(&json!({ "code": "22213" }), &anywhere(random, 4)));
        self.give("did.geojson", File::Features(did), r#"did = { path = "did.geojson", where = { code = "22212" } }"#);
        let kinds = ["道路", "公園", "学校"];
        let land = (0..random.u8(6..16)).map(|_| {
            let kind = kinds[random.usize(0..3)];
            let [x, y] = [0, 1].map(|_| f64::from(random.u32(0..SIDE)));
            let size = if random.bool() { [4.0, 0.4] } else { [0.5, 5.0] };
            feature(&json!({ "kind": kind }), &polygon([x, y], size))
        });
        self.give(
            "land.geojson",
            File::Features(land.collect()),
            r#"public_land = { path = "land.geojson", class = "kind", classes = ["道路", "公園"] }"#,
        );
    }

    /// Units, residents, zones of the plan.
    fn units(&mut self, random: &mut Rng) {
        if random.bool() {
            let units = (0..16).map(|index| {
                feature(&json!({}), &polygon([f64::from(index % 4) * 3.0, f64::from(index / 4) * 3.0], [3.0, 3.0]))
            });
            self.give("units.geojson", File::Features(units.collect()), r#"units = "units.geojson""#);
        }
        let census = (0..16).map(|index| {
            let population = random.u32(0..1500);
            let seniors = random.u32(0..=population);
            let corner = [f64::from(index % 4) * 3.0, f64::from(index / 4) * 3.0];
            feature(&json!({ "pop": population, "old": seniors }), &polygon(corner, [3.0, 3.0]))
        });
        self.give(
            "census.geojson",
            File::Features(census.collect()),
            r#"census = { path = "census.geojson", population = "pop", seniors = "old" }"#,
        );
        for (name, key) in [("urban.geojson", "urban_zone"), ("induction.geojson", "induction_area")] {
            let areas = (0..random.u8(1..4)).map(|_| feature(&json!({}), &anywhere(random, 9))).collect();
            self.give(name, File::Features(areas), &format!("{key} = \"{name}\""));
        }
    }

    /// Stations, stops, and how often they are served.
    fn stops(&mut self, random: &mut Rng) {
        let peak = |random: &mut Rng| if random.u8(0..4) == 0 { Value::Null } else { random.u8(0..5).into() };
        let stations = (0..random.u8(1..4)).map(|index| {
            let [x, y] = somewhere(random);
            let properties = json!({
                "name": NAMES[random.usize(0..2)], "line": "本線", "operator": "港鉄",
                "class": if random.bool() { "12" } else { "21" }, "peak": peak(random), "index": index,
            });
            feature(&properties, &point(x, y))
        });
        self.give(
            "stations.geojson",
            File::Features(stations.collect()),
            r#"stations = { path = "stations.geojson", class = "class", peak_trips = "peak" }"#,
        );
        let lines = ["1号線", "2号線"];
        let stops = (0..random.u8(2..8)).map(|_| {
            let [x, y] = somewhere(random);
            let properties = json!({
                "name": NAMES[random.usize(0..5)], "line": lines[random.usize(0..2)], "operator": "市営",
                "peak": peak(random),
            });
            feature(&properties, &point(x, y))
        });
        self.give(
            "stops.geojson",
            File::Features(stops.collect()),
            r#"stops = { path = "stops.geojson", peak_trips = "peak" }"#,
        );
        let peaks = "name,line,peak_trips\n港,,2\n公園,1号線,3\n";
        self.give("peaks.csv", File::Rows(rows(peaks)), r#"peaks = "peaks.csv""#);
    }

    /// Facilities, municipalities, centres.
    fn places(&mut self, random: &mut Rng) {
        let mut facilities = String::from("name,kind,lat,lon");
        for index in 0..random.u8(1..5) {
            let ([x, y], kind) = (somewhere(random), ["老人福祉センター", "通所介護"][random.usize(0..2)]);
            let [lon, lat] = at(x, y);
            let _ = write!(facilities, "\n施設{index},{kind},{lat},{lon}");
        }
        self.give("facilities.csv", File::Rows(rows(&facilities)), r#"facilities = "facilities.csv""#);
        let border = f64::from(random.u32(4..SIDE));
        let municipalities = [("22212", 0.0, border), ("14100", border, f64::from(SIDE) - border)];
        let municipalities = municipalities.map(|(code, west, width)| {
            feature(&json!({ "code": code }), &polygon([west, -1.0], [width, f64::from(SIDE) + 2.0]))
        });
        self.give(
            "municipalities.geojson",
            File::Features(municipalities.to_vec()),
            r#"municipalities = { path = "municipalities.geojson", code = "code" }"#,
        );
        if random.u8(0..3) == 0 {
            let centres = (0..random.u8(1..3)).map(|_| {
                let [x, y] = somewhere(random);
                feature(&json!({}), &point(x, y))
            });
            self.give("centres.geojson", File::Features(centres.collect()), r#"hub_centres = "centres.geojson""#);
        }
    }
}

impl Town {
    pub(super) fn draw(random: &mut Rng) -> Self {
        let mut drawing = Drawing::default();
        drawing.land(random);
        drawing.units(random);
        drawing.stops(random);
        drawing.places(random);
        let Drawing { mut files, layers } = drawing;
        let expectation = if random.bool() {
            files.insert("future.geojson".to_owned(), File::Features(vec![feature(&json!({}), &anywhere(random, 9))]));
            "[prospective]\ndid = { path = \"future.geojson\", note = \"見込み\" }\n"
        } else {
            ""
        };
        let gtfs = if random.u8(0..4) > 0 {
            timetable(random, &mut files);
            "gtfs = [\"gtfs\"]\n"
        } else {
            ""
        };
        let kind = if random.bool() { "planned_kind = \"老人福祉センター\"\n" } else { "" };
        let project = format!(
            "name = \"町\"\nmunicipality = \"22212\"\narea_division = true\nplane = 8\n{kind}\n[layers]\n{layers}{gtfs}\n{expectation}\n\
             [thresholds]\nstation_radius_m = 450\nstop_radius_m = 300\nnear_stop_radius_m = 200\nhub_radius_m = 600\n\
             facility_spacing_m = 260\nmin_peak_trips = {}\nmin_seniors_per_ha = 20\nmin_public_land = 0.1\n",
            random.u8(1..4)
        );
        Self { project, files }
    }

    pub(super) fn write(&self, folder: &Path) {
        std::fs::create_dir_all(folder.join("gtfs")).unwrap();
        std::fs::write(folder.join("kyoten.toml"), &self.project).unwrap();
        for (name, file) in &self.files {
            let text = match file {
                File::Features(features) => json!({ "type": "FeatureCollection", "features": features }).to_string(),
                File::Rows(rows) => rows.iter().map(|row| row.join(",") + "\n").collect(),
            };
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
}

/// A timetable of some stops, two routes and some trips.
fn timetable(random: &mut Rng, files: &mut BTreeMap<String, File>) {
    let mut put = |name: &str, text: String| {
        files.insert(format!("gtfs/{name}"), File::Rows(rows(&text)));
    };
    let mut stops = String::from("stop_id,stop_name,stop_lat,stop_lon");
    let count = random.usize(3..7);
    for index in 0..count {
        let [x, y] = somewhere(random);
        let [lon, lat] = at(x, y);
        let _ = write!(stops, "\ns{index},{},{lat},{lon}", NAMES[random.usize(0..5)]);
        if random.u8(0..3) == 0 {
            // The pole across the street.
            let _ = write!(stops, "\nt{index},{},{},{lon}", NAMES[random.usize(0..5)], lat + 0.0001);
        }
    }
    put("stops.txt", stops);
    let kinds = [3, 3, 2];
    put(
        "routes.txt",
        format!("route_id,route_long_name,route_type\nr0,循環線,3\nr1,本線,{}", kinds[random.usize(0..3)]),
    );
    put("agency.txt", "agency_id,agency_name\n1,市営".to_owned());
    let weekend = if random.bool() { "\n休日,0,0,0,0,0,1,1,20260401,20260930" } else { "" };
    let two = random.bool();
    let days = if two {
        "平日,1,1,1,0,0,0,0,20260401,20260930\n木金,0,0,0,1,1,0,0,20260401,20260930"
    } else {
        "平日,1,1,1,1,1,0,0,20260401,20260930\n木金,1,1,1,1,1,0,0,20260401,20260930"
    };
    put(
        "calendar.txt",
        format!(
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n{days}{weekend}"
        ),
    );
    if random.bool() {
        put("calendar_dates.txt", "service_id,date,exception_type\n平日,20260504,2\n木金,20260505,2".to_owned());
    }
    let (mut trips, mut times) = (
        String::from("trip_id,route_id,service_id,direction_id"),
        String::from("trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type"),
    );
    let with_direction = random.bool();
    for trip in 0..random.usize(2..9) {
        let (route, service) = (random.u8(0..2), ["平日", "木金"][random.usize(0..2)]);
        let direction = if with_direction { random.u8(0..2).to_string() } else { String::new() };
        let _ = write!(trips, "\nk{trip},r{route},{service},{direction}");
        let mut minute = 420 + random.u32(0..90);
        let mut order: Vec<usize> = (0..count).collect();
        random.shuffle(&mut order);
        for (sequence, stop) in order.into_iter().take(random.usize(2..=count)).enumerate() {
            let clock = format!("{:02}:{:02}:00", minute / 60, minute % 60);
            let pickup = if random.u8(0..8) == 0 { "1" } else { "0" };
            let _ = write!(times, "\nk{trip},{sequence},s{stop},{clock},{clock},{pickup}");
            minute += random.u32(1..12);
        }
    }
    put("trips.txt", trips);
    put("stop_times.txt", times);
    if random.u8(0..3) == 0 {
        put("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nk0,07:00:00,09:00:00,1200".to_owned());
    }
}
