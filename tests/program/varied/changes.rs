//! One change on foot from the bus of a timetable to a railway that only a layer knows.

use super::each_case;
use crate::support::Folder;

fn square([west, south]: [f64; 2], size: f64, properties: &str) -> String {
    let (east, north) = (west + size, south + size);
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

#[test]
fn one_change_on_foot_between_a_bus_and_a_railway_connects() {
    each_case("on foot", |by| {
        // How far the bus stop is from the platform, east of it or north, and where the platform's nearest point is.
        let metres = by.one(&[5.0, 18.0, 90.0, 150.0, 195.0, 260.0, 400.0]);
        let is_close = metres < 200.0;
        let east = by.yes();
        let line = by.yes();
        let names = by.one(&[["乙", "乙駅前"], ["乙", "乙"], ["新町", "本通り"], ["乙", "乙駅西口"]]);
        let direct_name = by.one(&["丙線", "2号線"]);
        let backwards = by.yes();
        let [x, y] = [133.9, 34.66];
        let platform = if line {
            format!(r#"{{"type":"LineString","coordinates":[[{x},{y}],[{x},{}]]}}"#, y - 0.0006)
        } else {
            format!(r#"{{"type":"Point","coordinates":[{x},{y}]}}"#)
        };
        let inside = r#"{"type":"LineString","coordinates":[[133.93,34.66],[133.9305,34.66]]}"#;
        let station = |name: &str, geometry: &str| {
            format!(
                r#"{{"type":"Feature","properties":{{"N02_001":"11","N02_002":"2","N02_003":"{direct_name}","N02_004":"丁鉄道","N02_005":"{name}"}},"geometry":{geometry}}}"#
            )
        };
        let folder = Folder::new();
        folder.put(
            "parcels.geojson",
            collection(&[
                square([133.8598, 34.6598], 0.0002, "\"id\":\"a\""),
                square([133.93, 34.6602], 0.0002, "\"id\":\"c\""),
            ]),
        );
        folder.put("N02_Station.geojson", collection(&[station(names[0], &platform), station("丙中央", inside)]));
        let whole = |place, size| collection(&[square(place, size, "")]);
        folder.put("did.geojson", whole([133.92, 34.65], 0.02));
        for name in ["units", "urban", "land"] {
            folder.put(&format!("{name}.geojson"), whole([133.8, 34.6], 0.2));
        }
        folder.put("peaks.csv", format!("name,line,peak_trips\n丙中央,,6\n{},,6\n", names[0]));
        let (lon, lat) = if east { (x + metres / 91_600.0, y) } else { (x, y + metres / 110_950.0) };
        let row = |text: &str| format!("{text}\n");
        folder
            .put("feed/agency.txt", "agency_id,agency_name,agency_url,agency_timezone\na,甲バス,http://x,Asia/Tokyo\n");
        folder.put("feed/routes.txt", "route_id,agency_id,route_short_name,route_type\nr,a,団地線,3\n");
        folder.put(
            "feed/calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nwd,1,1,1,1,1,0,0,20260401,20990331\n",
        );
        folder.put(
            "feed/stops.txt",
            format!("stop_id,stop_name,stop_lat,stop_lon\nA,団地,34.6600,133.8600\nB,{},{lat:.7},{lon:.7}\n", names[1]),
        );
        folder.put("feed/trips.txt", "route_id,service_id,trip_id,direction_id\nr,wd,t,0\n");
        let way = if backwards { ["B", "A"] } else { ["A", "B"] };
        let calls = format!("t,07:00:00,07:00:00,{},1\nt,07:10:00,07:10:00,{},2", way[0], way[1]);
        folder.put(
            "feed/stop_times.txt",
            row(&format!("trip_id,arrival_time,departure_time,stop_id,stop_sequence\n{calls}")),
        );
        let project = |transfers: u8| {
            format!(
                "municipality = \"33100\"\n[layers]\nparcels = {{ path = \"parcels.geojson\", id = \"id\" }}\nstations = \"N02_Station.geojson\"\nstops = []\npeaks = \"peaks.csv\"\ngtfs = \"feed\"\ndid = \"did.geojson\"\npublic_land = \"land.geojson\"\nunits = \"units.geojson\"\nurban_zone = \"urban.geojson\"\n[thresholds]\nhub_radius_m = 50000\n[transit]\ntransfers = {transfers}\n"
            )
        };
        let what = format!("{metres} m, east {east}, line {line}, {names:?}, backwards {backwards}");
        folder.put("kyoten.toml", project(1));
        let (local, told) = super::parcels(&folder, "local", &what);
        let wanted: &[&str] = if is_close { &["eligible", "undetermined"] } else { &["ineligible"] };
        assert!(wanted.contains(&local[0].as_str()), "{what}: {local:?} {told}");
        folder.put("kyoten.toml", project(0));
        let (local, told) = super::parcels(&folder, "local", &what);
        assert_eq!(local[0], "ineligible", "{what}: without a change: {told}");
    });
}
