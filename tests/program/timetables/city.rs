//! A small made city: a densely inhabited square with a bus stop in its middle, and two stops out of town.
//!
//! 中央 stands at the origin, 東 2,500 m to the east, 谷 and 奥 2,000 and 3,000 m north of it. The district is 2 km wide and a
//! fifth of it is public, a strip from north to south through the middle. Parcel A lies 400 m from 中央, parcel B 700 m; C lies within 100 m of 東, D of 谷.

use std::fmt::Write as _;

use crate::support::{Folder, Run, column, rows};

/// Longitude and latitude of a place in metres from the middle of the city; right to a metre in a thousand.
fn at([x, y]: [f64; 2]) -> [f64; 2] {
    let round = |degrees: f64| (degrees * 1e9).round() / 1e9;
    [round(138.4 + x / 91_395.0), round(34.9 + y / 110_930.0)]
}

/// A timetable: what leaves 中央 for 東, in minutes after midnight, and the rest, which is always the same.
pub struct Bus<'a> {
    pub leaves: &'a [u32],
}

pub const THREE: Bus<'_> = Bus { leaves: &[7 * 60 + 40, 8 * 60, 8 * 60 + 20] };
pub const TWO: Bus<'_> = Bus { leaves: &[7 * 60 + 40, 8 * 60] };

/// The layers of stations and stops: no railway, and the bus stops of the city.
pub const STOPS: &str = "stations = []\nstops = \"P11-22_22.geojson\"\n";

fn geojson(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

fn feature(properties: &str, geometry: &str) -> String {
    format!("{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{geometry}}}")
}

fn rectangle(properties: &str, [x, y]: [f64; 2], [width, height]: [f64; 2]) -> String {
    let ring = [[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]].map(at);
    feature(properties, &format!("{{\"type\":\"Polygon\",\"coordinates\":[{ring:?}]}}"))
}

/// A city with this timetable, these lines about stations and stops in `[layers]`, and these tables after it.
pub fn city(bus: &Bus<'_>, layers: &str, tables: &str) -> Folder {
    let folder = Folder::new();
    let parcel = |name: &str, x: f64, y: f64| rectangle(&format!("\"chiban\":\"{name}\""), [x, y], [20.0, 20.0]);
    let parcels =
        [parcel("A", 400.0, 0.0), parcel("B", 700.0, 0.0), parcel("C", 2560.0, 0.0), parcel("D", 2560.0, 2000.0)];
    let district = rectangle("", [-1000.0, -1000.0], [2000.0, 2000.0]);
    let stop = |name: &str, place: [f64; 2]| {
        let properties = format!("\"P11_001\":\"{name}\",\"P11_002\":\"港バス\",\"P11_003_01\":\"東線\"");
        feature(&properties, &format!("{{\"type\":\"Point\",\"coordinates\":{:?}}}", at(place)))
    };
    let stops = [stop("中央", [15.0, 0.0]), stop("東", [2500.0, 15.0]), stop("谷", [2500.0, 2015.0])];
    folder
        .put("parcels.geojson", geojson(&parcels))
        .put("district.geojson", geojson(&[district]))
        .put("roads.geojson", geojson(&[rectangle("", [-200.0, -1000.0], [400.0, 2000.0])]))
        .put("urban.geojson", geojson(&[rectangle("", [-5000.0, -5000.0], [10_000.0, 10_000.0])]))
        .put("P11-22_22.geojson", geojson(&stops))
        .put(
            "kyoten.toml",
            format!(
                "name = \"港市\"\nmunicipality = \"22212\"\n\n[layers]\n\
                 parcels = {{ path = \"parcels.geojson\", id = \"chiban\" }}\ndid = \"district.geojson\"\n\
                 units = \"district.geojson\"\npublic_land = \"roads.geojson\"\nurban_zone = \"urban.geojson\"\n\
                 {layers}\n{tables}\n"
            ),
        );
    put_buses(&folder, bus);
    folder
}

/// The stop of a feed as a line of `stops.txt`.
fn pole(id: &str, name: &str, place: [f64; 2]) -> String {
    let [lon, lat] = at(place);
    format!("{id},{name},{lat},{lon}\n")
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}:00", minute / 60, minute % 60)
}

/// 港バス: 東線 (`b1`) between 中央 and 東, once back at 7:15, and once from 谷 to 奥; 谷線 (`b2`) from 谷 to 東, there at 7:10.
fn put_buses(folder: &Folder, bus: &Bus<'_>) {
    let (mut trips, mut calls) = (String::new(), String::new());
    let mut trip = |route: &str, direction: u32, from: &str, to: &str, leaves: u32| {
        let id = format!("{route}-{direction}-{leaves}");
        let _ = writeln!(trips, "{route},weekday,{id},{direction}");
        let _ = writeln!(calls, "{id},{0},{0},{from},1", clock(leaves));
        let _ = writeln!(calls, "{id},{0},{0},{to},2", clock(leaves + 10));
    };
    bus.leaves.iter().for_each(|&leaves| trip("b1", 0, "p0", "p1", leaves));
    trip("b1", 1, "p1", "p0", 7 * 60 + 15);
    trip("b1", 0, "p2", "p3", 7 * 60);
    trip("b2", 0, "p2", "p1", 7 * 60);
    let poles = [
        pole("p0", "中央", [0.0, 0.0]),
        pole("p1", "東", [2500.0, 0.0]),
        pole("p2", "谷", [2500.0, 2000.0]),
        pole("p3", "奥", [2500.0, 3000.0]),
    ];
    put_feed(folder, "bus", "港バス", "b1,港,東線,3\nb2,港,谷線,3\n", &poles.concat(), &trips, &calls);
}

/// 港鉄 from 港駅, 450 m west of the middle, three times between 7:00 and 8:00.
pub fn put_trains(folder: &Folder) {
    let (mut trips, mut calls) = (String::new(), String::new());
    for leaves in [7 * 60, 7 * 60 + 20, 7 * 60 + 40] {
        let _ = writeln!(trips, "m,weekday,m-{leaves},0");
        let _ = writeln!(calls, "m-{leaves},{0},{0},s0,1\nm-{leaves},{1},{1},s1,2", clock(leaves), clock(leaves + 10));
    }
    let poles = [pole("s0", "港駅", [-450.0, 0.0]), pole("s1", "山駅", [-9000.0, 0.0])];
    put_feed(folder, "rail", "港鉄", "m,港,本線,2\n", &poles.concat(), &trips, &calls);
    let platform = format!("{{\"type\":\"LineString\",\"coordinates\":{:?}}}", [[-500.0, 0.0], [-600.0, 0.0]].map(at));
    let properties =
        "\"N02_001\":\"12\",\"N02_002\":\"4\",\"N02_003\":\"本線\",\"N02_004\":\"港鉄\",\"N02_005\":\"港\"";
    folder.put("N02-20_Station.geojson", geojson(&[feature(properties, &platform)]));
}

fn put_feed(folder: &Folder, name: &str, agency: &str, routes: &str, poles: &str, trips: &str, calls: &str) {
    let put = |table: &str, header: &str, lines: &str| {
        folder.put(&format!("{name}/{table}.txt"), format!("{header}\n{lines}"));
    };
    put("agency", "agency_id,agency_name", &format!("港,{agency}\n"));
    put("routes", "route_id,agency_id,route_long_name,route_type", routes);
    put("stops", "stop_id,stop_name,stop_lat,stop_lon", poles);
    put("trips", "route_id,service_id,trip_id,direction_id", trips);
    put("stop_times", "trip_id,arrival_time,departure_time,stop_id,stop_sequence", calls);
    put(
        "calendar",
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
        "weekday,1,1,1,1,1,0,0,20260401,20270331\n",
    );
    put("feed_info", "feed_publisher_name,feed_version,feed_start_date,feed_end_date", "港市,v7,20260401,20270331\n");
}

/// Runs, as CSV and GeoJSON into `out`.
pub fn run(folder: &Folder) -> Run {
    folder.run(&["kyoten.toml", "--out", "out", "--format", "csv,geojson"])
}

/// The status of a zone for each of the parcels named, in the order of the parcels.
pub fn statuses(folder: &Folder, zone: &str, parcels: &str) -> Vec<String> {
    let rows = rows(&folder.text("out/parcels.csv"));
    let (id, status) = (column(&rows, "kyoten_id"), column(&rows, zone));
    let of_parcel = |parcel: char| rows.iter().find(|row| row[id] == parcel.to_string()).map(|row| row[status].clone());
    parcels.chars().filter_map(of_parcel).collect()
}
