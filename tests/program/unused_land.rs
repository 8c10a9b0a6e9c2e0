//! Whether land is under-used, from buildings and designated floor-area ratios to every file of a run.

use serde_json::{Value, json};

use crate::schema::faults_of;
use crate::support::{Folder, english_prose, japanese_prose};

/// A rectangle in degrees from a corner.
fn rectangle(lon: f64, lat: f64, width: f64, height: f64) -> Value {
    let (east, north) = (lon + width, lat + height);
    json!({ "type": "Polygon", "coordinates": [[[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]] })
}

fn collection(features: &[(Value, Value)]) -> String {
    let feature = |(geometry, properties): &(Value, Value)| json!({ "type": "Feature", "geometry": geometry, "properties": properties });
    json!({ "type": "FeatureCollection", "features": features.iter().map(feature).collect::<Vec<_>>() }).to_string()
}

const LON: f64 = 138.32;
const LAT: f64 = 34.86;
const SIDE: f64 = 0.0004;

/// Four parcels in a row: one half covered by two floors, one without a building, one with a building of which nothing is known, one outside
/// the use zone in part. The zone is a file of use zones as they are published, given as such and as nothing else.
fn town() -> Folder {
    let folder = Folder::new();
    let parcel = |at: i32| rectangle(LON + f64::from(at) * SIDE, LAT, SIDE, SIDE);
    let parcels: Vec<(Value, Value)> = (0..4).map(|at| (parcel(at), json!({ "chiban": format!("p{at}") }))).collect();
    folder.put("parcels.geojson", collection(&parcels));
    let mut buildings = vec![
        (rectangle(LON, LAT, SIDE / 2.0, SIDE), json!({ "地上階数": 2 })),
        (rectangle(LON + 2.0 * SIDE, LAT, SIDE / 4.0, SIDE), json!({ "地上階数": 9999 })),
    ];
    for (east, north) in [(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)] {
        let corner = rectangle(LON + east * SIDE, LAT + north * SIDE, SIDE / 8.0, SIDE / 8.0);
        buildings.push((corner, json!({ "地上階数": "1" })));
    }
    folder.put("建物.geojson", collection(&buildings));
    let zone = rectangle(LON - 9.0 * SIDE, LAT - 9.0 * SIDE, 12.5 * SIDE, 18.0 * SIDE);
    let published = json!({ "A29_001": "22212", "A29_004": "5", "A29_006": 60, "A29_007": 200 });
    folder.put("A29-19_22.geojson", collection(&[(zone, published)]));
    folder.put(
        "kyoten.toml",
        "municipality = \"22212\"\narea_division = false\nplane = 8\n[layers]\nparcels = { path = \"parcels.geojson\", id = \"chiban\" }\n\
         urban_zone = \"A29-19_22.geojson\"\nbuildings = \"建物.geojson\"\n",
    );
    folder
}

const COLUMNS: [&str; 7] = [
    "floor_area_ratio_lo",
    "floor_area_ratio_hi",
    "designated_floor_area_ratio_lo",
    "designated_floor_area_ratio_hi",
    "fill_rate_lo",
    "fill_rate_hi",
    "unused_land",
];

/// The columns of a parcel.
fn told(folder: &Folder, run: &str, at: usize) -> Vec<Value> {
    let parcels = folder.json(&format!("{run}/parcels.geojson"));
    COLUMNS.iter().map(|column| parcels["features"][at]["properties"][column].clone()).collect()
}

#[test]
fn land_is_told_where_buildings_and_ratios_are_known_and_stays_open_where_not() {
    let folder = town();
    folder.run(&[".", "--format", "geojson,csv,fgb,parquet,gpkg", "--out", "run"]);
    assert_eq!(told(&folder, "run", 0), [json!(1), json!(1), json!(2), json!(2), json!(0.5), json!(0.5), json!("no")]);
    assert_eq!(told(&folder, "run", 1), [json!(0), json!(0), json!(2), json!(2), json!(0), json!(0), json!("yes")]);
    let open = [json!(0.25), Value::Null, json!(2), json!(2), json!(0.125), Value::Null, json!("undetermined")];
    assert_eq!(told(&folder, "run", 2), open);
    let outside = [json!(0), json!(0), Value::Null, Value::Null, Value::Null, Value::Null, json!("undetermined")];
    assert_eq!(told(&folder, "run", 3), outside);
    for file in ["parcels.csv", "parcels.fgb", "parcels.parquet", "parcels.gpkg"] {
        let layer: &[&str] = if file == "parcels.gpkg" { &["--layer", "parcels"] } else { &[] };
        let seen = folder.kyoten(&[&["inspect", &format!("run/{file}"), "--json"], layer].concat());
        let seen: Value = serde_json::from_str(&seen.stdout).unwrap();
        let fields: Vec<&str> =
            seen[0]["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert!(COLUMNS.iter().all(|column| fields.contains(column)), "{file}: {fields:?}");
    }
    let record = folder.json("run/run.json");
    let ratios =
        record["inputs"].as_array().unwrap().iter().find(|input| input["layer"] == "floor_area_ratio").unwrap();
    assert_eq!((&ratios["fields"]["ratio"], &ratios["used"]), (&json!("A29_007"), &json!(1)));
    assert_eq!(faults_of("run", &record), [""; 0]);
    assert!(record["notices"].to_string().contains("floors-not-said"));
}

#[test]
fn without_buildings_there_is_no_column_of_them() {
    let folder = town();
    let project = folder.text("kyoten.toml").replace("buildings = \"建物.geojson\"\n", "");
    folder.put("kyoten.toml", project);
    folder.run(&[".", "--no-map", "--out", "run"]);
    assert_eq!(told(&folder, "run", 0), [(); 7].map(|()| Value::Null));
    let parcels = folder.text("run/parcels.geojson");
    assert!(!COLUMNS.iter().any(|column| parcels.contains(&format!("\"{column}\""))));
}

#[test]
fn a_prepared_study_tells_the_same_of_land() {
    let folder = town();
    folder.run(&[".", "--out", "without"]);
    let done = folder.kyoten(&["prepare", ".", "-o", "town.kyoten"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    folder.run(&[".", "--study", "town.kyoten", "--out", "with"]);
    for file in ["parcels.geojson", "map.html"] {
        assert!(folder.bytes(&format!("with/{file}")) == folder.bytes(&format!("without/{file}")), "{file}");
    }
}

#[test]
fn a_parcel_is_told_in_a_line_of_the_project_and_of_the_run() {
    let folder = town();
    folder.run(&[".", "--no-map", "--out", "run"]);
    for project in [".", "run"] {
        let english = folder.kyoten(&["explain", project, "p2"]);
        let said = english.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = "undetermined (floor-area ratio 25 % or more, designated 200 %, fill rate 12.5 % or more; under-used up to 1/3)";
        assert!(said.contains(wanted), "{project}: {said}");
        let japanese = folder.kyoten_in_japanese(&["explain", project, "p2"]);
        assert!(japanese.stdout.contains("低・未利用地: 判定不能"), "{project}: {}", japanese.stdout);
        assert_eq!((japanese_prose(&english.stderr), english_prose(&japanese.stdout)), (None, None));
    }
    let document: Value = serde_json::from_str(&folder.kyoten(&["explain", ".", "p1", "--json"]).stdout).unwrap();
    assert_eq!(faults_of("explain", &document), [""; 0]);
    assert_eq!(
        (&document["unused_land"]["answer"], &document["unused_land"]["fill_rate"]["hi"]),
        (&json!("yes"), &json!(0.0))
    );
}

#[test]
fn a_ratio_without_its_column_is_an_error_and_floors_that_are_no_number_a_notice() {
    let folder = town();
    let project = folder.text("kyoten.toml");
    folder.put("kyoten.toml", format!("{project}floor_area_ratio = \"建物.geojson\"\n"));
    let refused = folder.kyoten(&["run", ".", "--out", "run"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("ratio") && !folder.path().join("run").exists(), "{}", refused.stderr);
    folder.put("kyoten.toml", project);
    folder.put("建物.geojson", folder.text("建物.geojson").replace(":9999", ":\"2;3\""));
    folder.run(&[".", "--no-map", "--out", "run"]);
    assert!(folder.json("run/run.json")["notices"].to_string().contains("floors-not-readable"));
    assert_eq!(told(&folder, "run", 2)[1], Value::Null);
}
