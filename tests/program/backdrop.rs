//! What lies under maps: which files may be given, that nothing is judged by them, and what maps say of their sources.

use serde_json::{Value, json};

use crate::support::{Folder, zipped};

/// A line of a railway through the sample's city, which 国土数値情報 N02 has in two pieces, and one of another island.
fn railway() -> String {
    let line = |coordinates: Value| {
        json!({
            "type": "Feature",
            "properties": { "N02_001": "11", "N02_002": "2", "N02_003": "架空線", "N02_004": "架空鉄道" },
            "geometry": { "type": "LineString", "coordinates": coordinates },
        })
    };
    let features = [
        line(json!([[138.39, 34.7], [138.4, 34.8]])),
        line(json!([[138.4, 34.8], [138.41, 34.9]])),
        line(json!([[141.3, 43.0], [141.4, 43.1]])),
    ];
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

/// An extract of OpenStreetMap.
fn tags() -> String {
    let feature = |properties: Value, kind: &str, coordinates: Value| {
        let geometry = json!({ "type": kind, "coordinates": coordinates });
        json!({ "type": "Feature", "properties": properties, "geometry": geometry })
    };
    let features = [
        feature(json!({ "waterway": "river" }), "LineString", json!([[138.38, 34.805], [138.43, 34.81]])),
        feature(json!({ "highway": "primary" }), "LineString", json!([[138.38, 34.80], [138.43, 34.805]])),
        feature(json!({ "highway": "footway" }), "LineString", json!([[138.38, 34.79], [138.43, 34.795]])),
        feature(json!({ "natural": "coastline" }), "LineString", json!([[138.38, 34.802], [138.43, 34.803]])),
        feature(
            json!({ "natural": "water" }),
            "Polygon",
            json!([[[138.40, 34.80], [138.404, 34.80], [138.404, 34.804], [138.40, 34.80]]]),
        ),
        feature(json!({ "amenity": "cafe" }), "Point", json!([138.40, 34.80])),
    ];
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

/// The sample with these files beside it, moved to where its city is, and a second project file that names them.
pub fn town(backdrop: &str) -> Folder {
    let folder = Folder::with_sample();
    let middle = middle(&folder.json("city/parcels.geojson"));
    folder.put("city/N02-20_RailroadSection.geojson", moved(&railway(), middle));
    folder.put("city/osm.geojson", moved(&tags(), middle));
    let project = folder.text("city/kyoten.toml");
    folder.put("city/over.toml", project.replace("[layers]\n", &format!("[layers]\nbackdrop = {backdrop}\n")));
    folder
}

/// The first corner of the first parcel.
fn middle(parcels: &Value) -> [f64; 2] {
    let corner = &parcels["features"][0]["geometry"]["coordinates"][0][0];
    [0, 1].map(|axis| corner[axis].as_f64().unwrap())
}

/// A file about 138.4 east and 34.8 north, about another place.
fn moved(text: &str, [x, y]: [f64; 2]) -> String {
    fn walk(value: &mut Value, by: [f64; 2]) {
        match value {
            Value::Array(pair) if pair.len() == 2 && pair.iter().all(Value::is_number) => {
                for (number, by) in pair.iter_mut().zip(by) {
                    *number = json!(number.as_f64().unwrap() + by);
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|one| walk(one, by)),
            Value::Object(map) => map.values_mut().for_each(|one| walk(one, by)),
            _ => {}
        }
    }
    let mut value: Value = serde_json::from_str(text).unwrap();
    walk(&mut value, [x - 138.4, y - 34.8]);
    value.to_string()
}

pub const ALL: &str = r#"["N03-23_22.geojson", "N02-20_RailroadSection.geojson", "osm.geojson"]"#;

fn run(folder: &Folder, project: &str, out: &str, more: &[&str]) {
    let done = folder.kyoten(&[&["run", project, "--out", out], more].concat());
    assert_eq!(done.status, 0, "{}", done.stderr);
}

fn svg(folder: &Folder, run: &str, more: &[&str]) -> String {
    let done = folder.kyoten(&[&["map", run, "--svg", "map.svg"], more].concat());
    assert_eq!(done.status, 0, "{}", done.stderr);
    folder.text("map.svg")
}

fn backdrop(record: &Value) -> Option<&Value> {
    record["inputs"].as_array().unwrap().iter().find(|input| input["layer"] == "backdrop")
}

#[test]
fn what_lies_under_a_map_is_near_the_city_and_drawn_as_what_it_is() {
    let folder = town(ALL);
    run(&folder, "city/over.toml", "over", &[]);
    let ground = folder.json("over/backdrop.geojson");
    let kinds: Vec<&str> =
        ground["features"].as_array().unwrap().iter().map(|one| one["properties"]["draw"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["water", "road", "river", "coast", "railway", "boundary"]);
    let railway = &ground["features"][4]["geometry"];
    assert_eq!(railway["type"], "MultiLineString");
    let lines = railway["coordinates"].as_array().unwrap();
    // The two pieces are one line, and what lies on another island is not there.
    assert_eq!(lines.len(), 1, "{railway}");
    let svg = svg(&folder, "over", &[]);
    assert!(svg.contains(r#"<g id="backdrop""#));
    for words in ["行政界", "鉄道", "河川", "海岸線", "道路", "水面"] {
        assert!(svg.contains(words), "{words}");
    }
    let page = folder.text("over/map.html");
    assert!(page.contains(r#"id="kyoten-backdrop""#));
}

#[test]
fn nothing_is_judged_by_it() {
    let folder = town(ALL);
    run(&folder, "city/kyoten.toml", "bare", &[]);
    run(&folder, "city/over.toml", "over", &[]);
    for file in ["parcels.geojson", "zones.geojson", "places.geojson", "stops.geojson", "facilities.geojson"] {
        assert!(folder.bytes(&format!("bare/{file}")) == folder.bytes(&format!("over/{file}")), "{file}");
    }
    let (bare, over) = (folder.json("bare/run.json"), folder.json("over/run.json"));
    assert_eq!(bare["project"]["settings_sha256"], over["project"]["settings_sha256"]);
    assert!(backdrop(&bare).is_none() && !folder.names("bare").contains(&"backdrop.geojson".to_owned()));
    assert!(!folder.text("bare/map.html").contains("kyoten-backdrop"));
    let input = backdrop(&over).unwrap();
    assert_eq!(input["files"].as_array().unwrap().len(), 3);
    assert!(input["files"][1]["path"].as_str().unwrap().ends_with("N02-20_RailroadSection.geojson"));
    assert_eq!((&input["files"][1]["features"], input["files"][1]["sha256"].as_str().unwrap().len()), (&json!(3), 64));
    // A study that was prepared without it is that of both.
    assert_eq!(folder.kyoten(&["prepare", "city/kyoten.toml", "-o", "city.kyoten"]).status, 0);
    run(&folder, "city/over.toml", "study", &["--study", "city.kyoten"]);
    for file in ["parcels.geojson", "backdrop.geojson", "run.json"] {
        assert!(folder.bytes(&format!("over/{file}")) == folder.bytes(&format!("study/{file}")), "{file}");
    }
}

#[test]
fn it_is_the_same_at_any_number_of_threads() {
    let folder = town(ALL);
    for threads in ["1", "4"] {
        run(&folder, "city/over.toml", threads, &["--no-map", "--threads", threads]);
    }
    for file in ["backdrop.geojson", "kyoten.qgz"] {
        assert!(folder.bytes(&format!("1/{file}")) == folder.bytes(&format!("4/{file}")), "{file}");
    }
}

#[test]
fn a_table_says_plainly_how_its_files_are_drawn_and_whose_they_are() {
    let folder = town(
        r#"[{ path = "osm.zip", draw = "boundary", where = { highway = "footway" }, source = "市の資料 2024年" }]"#,
    );
    let osm = folder.bytes("city/osm.geojson");
    folder.put("city/osm.zip", zipped(&[("osm.geojson", osm.as_slice())]));
    run(&folder, "city/over.toml", "over", &["--no-map"]);
    let ground = folder.json("over/backdrop.geojson");
    assert_eq!(ground["features"].as_array().unwrap().len(), 1);
    assert_eq!(ground["features"][0]["properties"]["draw"], "boundary");
    assert_eq!(backdrop(&folder.json("over/run.json")).unwrap()["files"][0]["source_ja"], "市の資料 2024年");
    assert!(svg(&folder, "over", &["--size", "A1"]).contains("市の資料 2024年"));
}

#[test]
fn a_file_of_another_place_is_told_and_a_slip_is_one_error() {
    let folder = town(r#"{ path = "elsewhere.geojson" }"#);
    folder.put("city/elsewhere.geojson", moved(&railway(), [140.0, 41.0]));
    run(&folder, "city/over.toml", "over", &["--no-map"]);
    let record = folder.json("over/run.json");
    let told = |id: &str| record["notices"].as_array().unwrap().iter().any(|notice| notice["id"] == id);
    assert!(told("backdrop-elsewhere"), "{}", record["notices"]);
    assert_eq!(backdrop(&record).unwrap()["used"], 0);
    for (value, said) in [
        (r#""no_such.geojson""#, "no_such.geojson"),
        (r#"{ path = "osm.geojson", draw = "railroad" }"#, "railway"),
        (r#"{ path = "osm.geojson", drow = "road" }"#, "draw"),
        (r#"{ draw = "road" }"#, "path"),
        ("3", "backdrop"),
    ] {
        let folder = town(value);
        let before = folder.contents();
        for command in ["run", "check"] {
            let done = folder.kyoten(&[command, "city/over.toml"]);
            assert_eq!(done.status, 2, "{command} {value}: {}", done.stderr);
            assert_eq!(done.stderr.matches("error").count(), 1, "{command} {value}: {}", done.stderr);
            assert!(done.stderr.contains(said), "{command} {value}: {}", done.stderr);
        }
        assert!(folder.contents() == before, "{value}");
    }
}

#[test]
fn a_map_names_publisher_and_year_of_its_sources_and_says_what_its_maker_wants() {
    let folder = town("[]");
    folder.edit("city/over.toml", "[map]", "[map]\ntitle = \"拠点の候補\"\nauthor = \"都市計画課\"\ndate = 2027-04-01");
    folder.edit(
        "city/over.toml",
        "\"A50-20_22999.geojson\"",
        "{ path = \"A50-20_22999.geojson\", source = \"架空市 2025年\" }",
    );
    run(&folder, "city/over.toml", "run", &["--no-map"]);
    let map = svg(&folder, "run", &["--size", "A1", "--labels", "ja"]);
    for said in ["国土数値情報（鉄道データ）国土交通省 2020年", "架空市 2025年", "拠点の候補", "都市計画課　2027-04-01"]
    {
        assert!(map.replace('\n', "").contains(said), "{said}");
    }
    assert!(!map.contains("N02-20_Station"));
    let words = ["--title", "別の題", "--subtitle", "副題", "--author", "", "--date", "令和9年", "--note", "参考図"];
    let map = svg(&folder, "run", &[&["--labels", "ja"][..], &words].concat());
    for said in [">別の題<", ">副題<", ">令和9年<", ">参考図<"] {
        assert!(map.contains(said), "{said}");
    }
    assert!(!map.contains("拠点の候補") && !map.contains("都市計画課"));
}

#[test]
fn the_planned_kind_stands_on_the_map_of_sites_and_its_circles_are_one() {
    let folder = Folder::with_sample();
    run(&folder, "city/kyoten.toml", "run", &["--no-map"]);
    let map = svg(&folder, "run", &["--zone", "senior_site", "--labels", "ja"]);
    assert!(map.contains("予定の種別：老人福祉センター") && map.contains("ほかの種別の施設（"), "{map}");
    folder.edit("city/kyoten.toml", "planned_kind", "# planned_kind");
    run(&folder, "city/kyoten.toml", "run", &["--no-map"]);
    let map = svg(&folder, "run", &["--zone", "senior_site", "--labels", "ja"]);
    assert!(map.contains("予定の種別：指定なし") && map.contains("同種かもしれない施設（"));
    // However many may be of the kind, one line goes around all that is too near to them.
    let dotted = r##"stroke="#aa3377" stroke-width="30" stroke-dasharray="40 80""##;
    let outlines = map.matches(dotted).count();
    assert_eq!(outlines, 2, "one on the map, one in the legend");
}
