//! Fewer columns of parcels, where somebody asks for fewer.

use crate::support::{Folder, unwrapped};

/// The names of the properties of the first parcel.
fn properties(folder: &Folder, run: &str) -> Vec<String> {
    let parcels = folder.json(&format!("{run}/parcels.geojson"));
    parcels["features"][0]["properties"].as_object().unwrap().keys().cloned().collect()
}

fn run(folder: &Folder, out: &str, more: &[&str]) {
    let done = folder.run(&[&["city", "--out", out, "--no-map"], more].concat());
    assert_eq!(done.status, 0, "{}", done.stderr);
}

#[test]
fn the_core_has_ids_areas_and_statuses_and_everything_else_stays_as_it_is() {
    let folder = Folder::with_sample();
    run(&folder, "all", &[]);
    run(&folder, "core", &["--columns", "core"]);
    let core = ["kyoten_id", "area_m2", "central", "local", "senior", "senior_site"];
    let written = properties(&folder, "core");
    // Behind those of the input, which stay.
    let own = written.len() - core.len();
    assert_eq!(written[own..], core);
    assert!(own > 0 && written[..own] == properties(&folder, "all")[..own]);
    let [all, core] = ["all", "core"].map(|run| folder.json(&format!("{run}/parcels.geojson")));
    let statuses = |parcels: &serde_json::Value| -> Vec<serde_json::Value> {
        parcels["features"].as_array().unwrap().iter().map(|parcel| parcel["properties"]["central"].clone()).collect()
    };
    assert_eq!(statuses(&all), statuses(&core));
    let [all, core] = ["all", "core"].map(|run| folder.json(&format!("{run}/run.json")));
    assert_eq!(all["counts"], core["counts"]);
    assert_eq!(
        core["columns"],
        serde_json::json!(["kyoten_id", "area_m2", "central", "local", "senior", "senior_site"])
    );
    assert!(all.get("columns").is_none() && all.get("own_properties_left_out").is_none());
    assert_eq!(folder.text("all/zones.geojson"), folder.text("core/zones.geojson"));
}

#[test]
fn a_run_of_few_columns_is_compared_and_drawn() {
    let folder = Folder::with_sample();
    run(&folder, "all", &[]);
    run(&folder, "core", &["--columns", "core", "--drop-own"]);
    let same = folder.kyoten(&["diff", "all", "core"]);
    assert_eq!(same.status, 0, "{}", same.stderr);
    let drawn = folder.kyoten(&["map", "core", "--svg", "map.svg"]);
    assert_eq!(drawn.status, 0, "{}", drawn.stderr);
    // Without statuses there is nothing to compare, and that is what is said.
    run(&folder, "few", &["--columns", "station*"]);
    let refused = folder.kyoten(&["diff", "all", "few"]);
    assert_eq!(refused.status, 2);
    assert!(unwrapped(&refused.stderr).contains("there is no column central"), "{}", refused.stderr);
}

#[test]
fn every_format_leaves_out_what_is_not_asked_for() {
    let folder = Folder::with_sample();
    let formats = ["--format", "geojson,csv,fgb,parquet,gpkg"];
    run(&folder, "few", &[&formats[..], &["--columns", "central,central_??,stop*", "--drop-own"]].concat());
    let columns = ["kyoten_id", "central", "central_lo", "central_hi", "stop", "stop_m"];
    assert_eq!(properties(&folder, "few"), columns);
    let csv = folder.text("few/parcels.csv");
    assert_eq!(csv.trim_start_matches('\u{feff}').lines().next(), Some(columns.join(",").as_str()));
    for file in ["parcels.fgb", "parcels.parquet", "parcels.gpkg"] {
        let layer: &[&str] = if file == "parcels.gpkg" { &["--layer", "parcels"] } else { &[] };
        let seen = folder.kyoten(&[&["inspect", &format!("few/{file}"), "--json"], layer].concat());
        let seen: serde_json::Value = serde_json::from_str(&seen.stdout).unwrap();
        let fields = seen[0]["fields"].as_array().unwrap();
        let fields = fields.iter().map(|field| field["name"].as_str().unwrap());
        // The key that a GeoPackage has of its own.
        let fields: Vec<&str> = fields.filter(|&name| name != "fid").collect();
        assert_eq!(fields, columns, "{file}");
    }
    assert_eq!(folder.json("few/run.json")["own_properties_left_out"], true);
}

#[test]
fn a_column_that_is_none_is_told_with_the_nearest_and_nothing_is_written() {
    let folder = Folder::with_sample();
    let refused = folder.kyoten(&["run", "city", "--out", "out", "--columns", "core,centrl_lo"]);
    assert_eq!(refused.status, 2);
    let said = unwrapped(&refused.stderr);
    assert!(said.contains("no column is called `centrl_lo`; the nearest name is `central_lo`"), "{said}");
    assert!(!folder.path().join("out").exists());
}
