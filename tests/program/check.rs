//! `kyoten check`: every problem of every file at once, and nothing is measured or written.

use serde_json::Value;

use crate::support::{Folder, english_prose};

#[test]
fn every_file_that_cannot_be_read_is_told_at_once() {
    let folder = Folder::with_sample();
    folder.put("city/A16-20_22_DID.geojson", "{\"type\":\"FeatureCollection\",");
    folder.edit("city/kyoten.toml", "市街化区域.shp", "no_such_file.geojson");
    let before = folder.contents();
    let checked = folder.kyoten(&["check", "city"]);
    assert_eq!(checked.status, 2, "{}", checked.stdout);
    assert_eq!(checked.stderr.matches("error: ").count(), 2, "{}", checked.stderr);
    assert!(checked.stderr.contains("A16-20_22_DID.geojson") && checked.stderr.contains("no_such_file.geojson"));
    // A run is refused with the same words.
    let run = folder.kyoten(&["run", "city"]);
    assert_eq!((run.status, run.stderr), (2, checked.stderr));
    assert!(folder.contents() == before);
}

#[test]
fn warnings_are_told_and_asked_to_be_looked_at() {
    let folder = Folder::with_sample();
    let before = folder.contents();
    let checked = folder.kyoten(&["check", "city"]);
    assert_eq!(checked.status, 1, "{}", checked.stderr);
    assert!(checked.stdout.contains("parcel(s) whose rings cross"), "{}", checked.stdout);
    assert!(folder.contents() == before, "nothing is written");
    let in_japanese = folder.kyoten_in_japanese(&["check", "city"]);
    assert_eq!(english_prose(&in_japanese.stdout), None);
}

#[test]
fn programs_get_errors_and_notices_as_json() {
    let folder = Folder::with_sample();
    let told = |run: &str| -> Value { serde_json::from_str(run).unwrap_or_else(|error| panic!("{error}: {run}")) };
    let fine = told(&folder.kyoten(&["check", "city", "--json"]).stdout);
    assert_eq!(fine["errors"], serde_json::json!([]));
    assert!(fine["notices"].as_array().unwrap().iter().all(|notice| notice["what_ja"].as_str().is_some()));

    folder.edit("city/kyoten.toml", "市街化区域.shp", "no_such_file.geojson");
    let checked = folder.kyoten(&["check", "city", "--json"]);
    let error = &told(&checked.stdout)["errors"][0];
    assert_eq!((checked.status, &error["severity"]), (2, &Value::from("error")));
    assert!(error["id"] == "file-not-found" && error["message_ja"].as_str().unwrap().contains('。'), "{error}");
    // A command whose result is JSON tells its errors as JSON, on standard error.
    let run = folder.kyoten(&["run", "city", "--json"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert_eq!(told(&run.stderr)["errors"][0]["id"], error["id"]);
}

#[test]
fn a_city_in_order_has_nothing_to_say() {
    let folder = Folder::new();
    folder.put("parcels.geojson", PARCEL);
    folder.put("kyoten.toml", "[layers]\nparcels = \"parcels.geojson\"\n");
    let checked = folder.kyoten(&["check", "kyoten.toml"]);
    assert_eq!((checked.status, checked.stderr.as_str()), (0, ""));
    assert!(checked.stdout.ends_with("kyoten.toml: nothing to say\n"), "{}", checked.stdout);
}

const PARCEL: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"1"},"geometry":{"type":"Polygon","coordinates":[[[138.4,34.9],[138.401,34.9],[138.401,34.901],[138.4,34.901],[138.4,34.9]]]}}]}"#;
