//! Lines without timetables that are given a number as a whole: in a what-if, in the table of peak trips; and what `diff` says of
//! them, of candidate zones, and of lists of the record.

use std::fs;

use serde_json::{Value, json};

use crate::schema::faults_of;
use crate::support::Folder;

macro_rules! golden {
    ($name:literal, $text:expr) => {{
        let text = $text;
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($name, text) });
    }};
}

/// 南北線 is run by an operator without a timetable; walks are short, so that its stops matter one by one.
const LINE: &str = "\n[scenario]\nnote = \"南北線の増便\"\n\n[[scenario.lines]]\nname = \"南北線\"\npeak_trips = 4\n";

/// The files that say where something lies and what it is.
const DECIDED: [&str; 4] = ["parcels.geojson", "zones.geojson", "stops.geojson", "places.geojson"];

fn sample() -> Folder {
    let folder = Folder::with_sample();
    folder.edit("city/kyoten.toml", "station_radius_m = 1000", "station_radius_m = 50");
    folder.edit("city/kyoten.toml", "\nstop_radius_m = 500", "\nstop_radius_m = 120");
    folder
}

/// A copy of the project with more at its end.
fn with(folder: &Folder, name: &str, more: &str) -> String {
    let path = format!("city/{name}.toml");
    folder.put(&path, folder.text("city/kyoten.toml") + more);
    path
}

fn run(folder: &Folder, project: &str, out: &str) -> String {
    let run = folder.kyoten(&["run", project, "--out", out, "--no-map"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(faults_of("run", &folder.json(&format!("{out}/run.json"))), [""; 0]);
    run.stdout
}

fn told(folder: &Folder, arguments: &[&str], lang: &str) -> String {
    let run = folder.kyoten(&[&["--lang", lang], arguments].concat());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    run.stdout
}

fn document(folder: &Folder, a: &str, b: &str) -> Value {
    let found = serde_json::from_str(&told(folder, &["diff", a, b, "--json"], "en")).unwrap();
    assert_eq!(faults_of("diff", &found), [""; 0]);
    found
}

fn same(folder: &Folder, a: &str, b: &str) {
    for file in DECIDED {
        assert!(folder.bytes(&format!("{a}/{file}")) == folder.bytes(&format!("{b}/{file}")), "{file} of {a} and {b}");
    }
}

#[test]
fn a_line_of_a_what_if_is_told_by_run_and_diff() {
    let folder = sample();
    let base = run(&folder, "city/kyoten.toml", "base");
    let project = with(&folder, "line", LINE);
    let stdout = run(&folder, &project, "line");
    assert!(stdout.contains("what if (仮定): 南北線の増便 — 南北線: 4 in the peak"), "{stdout}");
    assert!(!base.contains("what if"));
    let record = folder.json("line/run.json");
    assert_eq!(
        record["scenario"]["lines"],
        json!([{ "name": "南北線", "operator": null, "kind": null, "peak_trips": 4.0, "daily_trips": null,
            "today": { "peak_trips": { "lo": 0.0, "hi": null }, "daily_trips": null },
            "stops": ["架空駅前", "南町公民館前", "北町入口"], "perhaps": ["旧道口"] }])
    );
    assert!(folder.json("base/run.json")["transit"].get("lines").is_none(), "nothing new where nothing is said");
    golden!("diff_en", told(&folder, &["diff", "base", "line"], "en"));
    golden!("diff_ja", told(&folder, &["diff", "base", "line"], "ja"));
    let found = document(&folder, "base", "line");
    let line = &found["lines"][0];
    assert_eq!((&line["name"], &line["change"]), (&json!("南北線"), &json!("unknown → 4 in the peak hour")));
    for stop in line["stops"].as_array().unwrap() {
        assert_eq!(found["stops"][stop.as_u64().unwrap() as usize]["lines"], json!([0]));
    }
    assert_eq!(document(&folder, "line", "base")["lines"][0]["change"], "4 → unknown in the peak hour");
    assert_eq!(document(&folder, "line", "line")["lines"], json!([]));
}

#[test]
fn a_line_is_as_its_numbers_typed_stop_by_stop_and_as_one_row() {
    let folder = sample();
    let project = with(&folder, "line", LINE);
    run(&folder, &project, "line");
    let peaks = folder.text("city/peaks.csv");
    let others: Vec<&str> = peaks.lines().filter(|row| !row.contains("南北線")).collect();
    let others = others.join("\n") + "\n";
    folder.put("city/peaks.csv", format!("{others}架空駅前,南北線,4\n南町公民館前,南北線,4\n北町入口,南北線,4\n"));
    run(&folder, "city/kyoten.toml", "typed");
    same(&folder, "line", "typed");
    folder.put("city/peaks.csv", format!("{others},南北線,4\n"));
    run(&folder, "city/kyoten.toml", "row");
    same(&folder, "line", "row");
    let record = folder.json("row/run.json");
    assert_eq!(record["transit"]["lines"][0]["stops"], json!(["架空駅前", "南町公民館前", "北町入口"]));
    let notices = record["notices"].as_array().unwrap();
    let notice = notices.iter().find(|notice| notice["id"] == "peaks-of-a-line").unwrap();
    assert_eq!(notice["examples"], json!(["南北線, 4 in the peak hour, at 3 stop(s)"]));
    // A row with the stop's name stands before that of the line.
    folder.put("city/peaks.csv", format!("{others},南北線,4\n北町入口,南北線,1\n"));
    run(&folder, "city/kyoten.toml", "both");
    folder.put("city/peaks.csv", format!("{others}架空駅前,南北線,4\n南町公民館前,南北線,4\n北町入口,南北線,1\n"));
    run(&folder, "city/kyoten.toml", "typed");
    same(&folder, "both", "typed");
    assert_eq!(document(&folder, "typed", "row")["lines"][0]["change"], "unknown → 4 in the peak hour");
}

#[test]
fn a_line_that_cannot_be_one_is_an_error_in_both_languages_and_nothing_is_written() {
    let folder = sample();
    let line = |name: &str, more: &str| format!("\n[[scenario.lines]]\nname = \"{name}\"\npeak_trips = 4\n{more}\n");
    let of = [
        line("南北腺", ""),
        line("南北線", "operator = \"隣野バス\""),
        line("南北線", "kind = \"rail\""),
        line("南北線", ""),
        line("南北線", "operator = \"隣野交通(株)\""),
        line("架空中央線", ""),
    ];
    let project = with(&folder, "line", &format!("\n[scenario]\nnote = \"増便\"\n{}", of.concat()));
    let mut said = String::new();
    for lang in ["en", "ja"] {
        let run = folder.kyoten(&["--lang", lang, "run", &project, "--out", "out"]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        said += &run.stderr;
    }
    assert!(!folder.path().join("out").exists());
    golden!("faults", said);
    // Keys are known by name.
    let project =
        with(&folder, "keys", "\n[scenario]\nnote = \"n\"\n[[scenario.lines]]\nnam = \"南北線\"\npeak_trip = 3\n");
    let run = folder.kyoten(&["run", &project, "--out", "out"]);
    assert!(run.stderr.contains("unknown key `nam` in [scenario.lines]; did you mean `name`?"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean `peak_trips`?"), "{}", run.stderr);
}

#[test]
fn a_row_of_a_line_that_no_layer_has_is_told_with_the_nearest() {
    let folder = sample();
    let peaks = folder.text("city/peaks.csv");
    folder.put("city/peaks.csv", format!("{peaks},南北腺,4\n,,3\n"));
    run(&folder, "city/kyoten.toml", "out");
    let record = folder.json("out/run.json");
    let notice = |id: &str| {
        record["notices"]
            .as_array()
            .unwrap()
            .iter()
            .find(|notice| notice["id"] == id)
            .map(|notice| notice["examples_ja"].clone())
    };
    assert_eq!(notice("peak-of-nothing"), Some(json!(["南北腺（最も近いのは南北線）"])));
    assert!(notice("half-a-peak").is_some() && notice("peaks-of-a-line").is_none());
}

#[test]
fn candidate_zones_are_found_again_by_their_land_and_not_by_their_number() {
    let folder = sample();
    run(&folder, "city/kyoten.toml", "base");
    let project = with(&folder, "line", LINE);
    run(&folder, &project, "line");
    let zones = |run: &str| folder.json(&format!("{run}/zones.geojson"))["features"].as_array().unwrap().clone();
    let (before, after) = (zones("base"), zones("line"));
    let found = document(&folder, "base", "line");
    let changes = found["candidate_zones"]["changes"].as_array().unwrap();
    let count = |word: &str| changes.iter().filter(|change| change["change"] == word).count();
    let unchanged = found["candidate_zones"]["unchanged"].as_u64().unwrap() as usize;
    assert_eq!(unchanged + count("changed") + count("vanished"), before.len());
    assert_eq!(unchanged + count("changed") + count("appeared"), after.len());
    let area = |zones: &[Value]| -> f64 {
        zones
            .iter()
            .filter(|zone| zone["properties"]["zone"] == "central")
            .map(|zone| zone["properties"]["area_ha"].as_f64().unwrap())
            .sum()
    };
    let only = |end: &str| -> f64 {
        changes.iter().filter(|change| change["zone"] == "central").map(|change| change[end].as_f64().unwrap()).sum()
    };
    let (grew, summed) = (area(&after) - area(&before), only("only_after_ha") - only("only_before_ha"));
    assert!((grew - summed).abs() < 0.002, "{grew} and {summed}");
    // Numbers alone are no difference.
    let text = folder.text("line/zones.geojson").replace("\"central-1\"", "\"central-99\"");
    assert!(text.contains("central-99"));
    fs::create_dir(folder.path().join("renamed")).unwrap();
    for name in folder.names("line") {
        folder.put(&format!("renamed/{name}"), folder.bytes(&format!("line/{name}")));
    }
    folder.put("renamed/zones.geojson", text);
    let mut record = folder.json("renamed/run.json");
    record.as_object_mut().unwrap().remove("outputs");
    folder.put("renamed/run.json", record.to_string());
    assert_eq!(document(&folder, "line", "renamed")["candidate_zones"]["changes"], json!([]));
    fs::remove_file(folder.path().join("renamed/zones.geojson")).unwrap();
    let text = told(&folder, &["diff", "line", "renamed"], "en");
    assert!(text.contains("\ncandidate zones are not compared: no zones.geojson in B\n"), "{text}");
    let text = told(&folder, &["diff", "line", "renamed"], "ja");
    assert!(text.contains("\n候補区域は比べていません（B に zones.geojson がありません）。\n"), "{text}");
    assert_eq!(document(&folder, "line", "renamed")["candidate_zones"], Value::Null);
}

#[test]
fn timetables_that_differ_are_told_a_line_each() {
    let folder = sample();
    run(&folder, "city/kyoten.toml", "base");
    folder.edit("city/kyoten.toml", "\"kakuu_bus_gtfs_jp.zip\", ", "");
    run(&folder, "city/kyoten.toml", "one");
    let rows = |lang: &str| {
        let text = told(&folder, &["diff", "base", "one"], lang);
        let rows: Vec<&str> =
            text.lines().filter(|line| line.contains("gtfs_jp.zip") || line.contains("feeds")).collect();
        rows.join("\n")
    };
    golden!("feeds", format!("{}\n{}", rows("en"), rows("ja")));
    let found = document(&folder, "base", "one");
    let feeds = found["differences"].as_array().unwrap().iter().find(|one| one["key"] == "feeds").unwrap();
    assert_eq!(feeds["rows"][0]["change"], "removed");
    assert_eq!(feeds["rows"][0]["members"]["path"]["to"], Value::Null);
}
