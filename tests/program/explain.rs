//! `kyoten explain`: why a parcel stands as it does, and what would turn it. What it says is done to the project, and the program run again.

use serde_json::Value;

use crate::support::{Folder, column, english_prose, rows, unwrapped};

/// What `explain --json` says of a parcel.
fn explained(folder: &Folder, parcel: &str, more: &[&str]) -> Value {
    let run = folder.kyoten(&[&["explain", "city", parcel, "--json"], more].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn zone<'v>(document: &'v Value, id: &str) -> &'v Value {
    document["zones"].as_array().unwrap().iter().find(|zone| zone["id"] == id).unwrap()
}

fn changes<'v>(zone: &'v Value, criterion: &str) -> Vec<&'v Value> {
    let found = zone["criteria"].as_array().unwrap().iter().find(|one| one["id"] == criterion).unwrap();
    found["verdict"].as_array().unwrap().iter().flat_map(|turn| turn["changes"].as_array().unwrap()).collect()
}

#[test]
fn a_parcel_is_explained_in_both_languages() {
    let folder = Folder::with_sample();
    let english = folder.kyoten(&["explain", "city", "31-6"]);
    assert_eq!(english.status, 0, "{}", english.stderr);
    insta::assert_snapshot!("english", english.stdout);
    let japanese = folder.kyoten_in_japanese(&["explain", "city", "31-6"]);
    assert_eq!(english_prose(&japanese.stdout), None, "{}", japanese.stdout);
    insta::assert_snapshot!("japanese", japanese.stdout);
}

#[test]
fn a_citys_own_rules_are_explained_as_well() {
    let folder = Folder::with_sample();
    let run = folder.kyoten(&["explain", "city/housing.toml", "31-6"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    insta::assert_snapshot!("own_rules", run.stdout);
}

#[test]
fn a_distance_that_is_too_far_is_just_enough_with_the_threshold_that_is_named() {
    let folder = Folder::with_sample();
    let before = explained(&folder, "31-6", &[]);
    let central = zone(&before, "central");
    let found = changes(central, "near-frequent-transit");
    let change = found.iter().find(|change| change["threshold"] == "stop_radius_m").unwrap();
    let to = change["threshold_to"].as_f64().unwrap();
    let with = |number: f64| {
        let after = explained(&folder, "31-6", &["--set", &format!("stop_radius_m={number}")]);
        zone(&after, "central")["status"].clone()
    };
    assert_eq!(central["status"], "undetermined");
    assert_eq!((with(to), with(to - 0.02)), (change["to"].clone(), Value::from("undetermined")));
}

#[test]
fn one_departure_more_at_the_stop_that_is_named_turns_the_verdict() {
    let folder = Folder::with_sample();
    let before = explained(&folder, "31-6", &[]);
    let found = changes(zone(&before, "central"), "near-frequent-transit");
    let change = found.iter().find(|change| change["kind"] == "departures" && change["to"] == "eligible").unwrap();
    assert_eq!((&change["by"], &change["stop"]), (&1.0.into(), &"新架空駅西".into()));
    // The stop has a timetable, whose trips in that hour are one fewer than is asked for: another threshold is the same as another trip.
    let after = explained(&folder, "31-6", &["--set", "min_peak_trips=2"]);
    assert_eq!(zone(&after, "central")["status"], "eligible");
}

#[test]
fn an_id_that_there_is_not_is_told_with_the_nearest_and_one_of_several_parcels_with_their_places() {
    let folder = Folder::with_sample();
    let unknown = folder.kyoten(&["explain", "city", "31-66"]);
    assert_eq!(unknown.status, 2);
    let said = unwrapped(&unknown.stderr);
    assert!(said.contains("there is no parcel “31-66”") && said.contains("`31-6`"), "{said}");
    let several = folder.kyoten_in_japanese(&["explain", "city", "1-1"]);
    assert_eq!(several.status, 2);
    assert!(several.stderr.contains("`1-1@1`") && several.stderr.contains("`1-1@300`"), "{}", several.stderr);
    assert_eq!(english_prose(&several.stderr), None);
    assert_eq!(folder.kyoten(&["explain", "city", "1-1@300"]).status, 0);
    assert_eq!(folder.kyoten(&["explain", "city"]).status, 2);
    assert_eq!(folder.kyoten(&["explain", "city", "--all"]).status, 2);
}

#[test]
fn every_parcel_is_told_what_fails_and_by_how_much() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--no-map", "--format", "csv", "--out", "run"]);
    let run = folder.kyoten(&["explain", "city", "--all", "--out", "all", "--format", "csv"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let (plain, all) = (rows(&folder.text("run/parcels.csv")), rows(&folder.text("all/parcels.csv")));
    assert_eq!(plain.len(), all.len());
    // What is added stands after the columns of a run and before the input's own.
    let (own, more) = (column(&plain, "chiban"), all[0].len() - plain[0].len());
    for (plain, all) in plain.iter().zip(&all) {
        assert_eq!((&plain[..own], &plain[own..]), (&all[..own], &all[own + more..]));
    }
    let added: Vec<&str> = all[0][own..own + more].iter().map(String::as_str).collect();
    let zones = ["central", "local", "senior", "senior_site"];
    let expected: Vec<String> =
        zones.iter().flat_map(|zone| ["fails", "margin", "margin_unit"].map(|name| format!("{zone}_{name}"))).collect();
    assert_eq!(added, expected);
    let at = |name: &str| column(&all, name);
    for row in &all[1..] {
        for zone in zones {
            let [status, fails, margin, unit] =
                ["", "_fails", "_margin", "_margin_unit"].map(|end| &row[at(&format!("{zone}{end}"))]);
            assert_eq!(margin.is_empty(), unit.is_empty(), "{row:?}");
            match status.as_str() {
                "eligible" => assert!(fails.is_empty() && !margin.starts_with('-'), "{row:?}"),
                _ => assert!(margin.is_empty() || margin.starts_with('-'), "{row:?}"),
            }
            let is_usable = !row[at("area_m2")].is_empty();
            assert_eq!(fails.is_empty(), status == "eligible" || !is_usable, "{zone} {row:?}");
        }
    }
    let one = &all.iter().find(|row| row[0] == "31-6").unwrap()[own..own + 3];
    assert_eq!(one, ["near-frequent-transit", "-0.1", "m"]);
}

#[test]
fn of_a_run_folder_the_columns_are_told_and_what_cannot_be_said() {
    let folder = Folder::with_sample();
    for format in ["csv", "geojson"] {
        folder.run(&["city", "--no-map", "--format", format, "--out", "run"]);
        let run = folder.kyoten(&["explain", "run", "31-6"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        insta::assert_snapshot!("of_a_run", run.stdout);
        let json = folder.kyoten(&["explain", "run", "31-6", "--json"]);
        let document: Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!(document["columns"]["central"], "undetermined");
        assert_eq!(crate::schema::faults_of("explain", &document), [""; 0]);
    }
    let japanese = folder.kyoten_in_japanese(&["explain", "run", "31-6"]);
    assert_eq!(english_prose(&japanese.stdout), None, "{}", japanese.stdout);
    assert_eq!(folder.kyoten(&["explain", "run", "nowhere"]).status, 2);
    assert_eq!(folder.kyoten(&["explain", "run", "--all", "--out", "out"]).status, 2);
}

#[test]
fn what_is_printed_as_json_conforms_to_its_schema() {
    let folder = Folder::with_sample();
    for parcel in ["31-6", "67-1", "10-2", "1-1@300"] {
        for project in ["city", "city/housing.toml"] {
            let run = folder.kyoten(&["explain", project, parcel, "--json"]);
            let document: Value = serde_json::from_str(&run.stdout).unwrap();
            assert_eq!(crate::schema::faults_of("explain", &document), [""; 0], "{project} {parcel}");
        }
    }
}

#[test]
fn what_is_further_away_than_anything_that_is_asked_is_not_named_but_its_distance_stays_a_column() {
    let point = |name: &str, kind: &str, lon: f64| {
        let at = serde_json::json!({ "type": "Point", "coordinates": [lon, 34.9] });
        serde_json::json!({ "type": "Feature", "properties": { "name": name, "kind": kind }, "geometry": at })
    };
    let layer =
        |features: [Value; 2]| serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
    let folder = Folder::with_project(
        "planned_kind = \"デイ\"",
        "stops = []\npeaks = \"peaks.csv\"\nstations = { path = \"stations.geojson\", name = \"name\" }\n\
         facilities = { path = \"facilities.geojson\", name = \"name\", kind = \"kind\" }",
    );
    folder.put("stations.geojson", layer([point("遠駅", "", 139.3), point("近駅", "", 138.405)]));
    folder.put("facilities.geojson", layer([point("遠い施設", "デイ", 139.3), point("近い施設", "特養", 138.405)]));
    folder.put("peaks.csv", "name,line,peak_trips\n遠駅,,6\n近駅,,1\n");
    folder.run(&["kyoten.toml", "--out", "out"]);
    let parcel = folder.json("out/parcels.geojson")["features"][0]["properties"].clone();
    assert_eq!((&parcel["station"], &parcel["same_kind_facility"]), (&"遠駅".into(), &"遠い施設".into()));
    assert!(parcel["station_m"].as_f64().unwrap() > 80_000.0, "{parcel}");
    let page = crate::map::page::Page::read(&folder.text("out/map.html"));
    assert_eq!(page.json("facts")["named_within"], 30_000.0);
    for project in ["kyoten.toml", "out"] {
        let english = folder.kyoten(&["explain", project, "1-1"]);
        assert_eq!(english.status, 0, "{}", english.stderr);
        let (english, japanese) = (english.stdout, folder.kyoten_in_japanese(&["explain", project, "1-1"]).stdout);
        assert!(unwrapped(&english).contains("within 30 km"), "{project}: {english}");
        let joined: String = japanese.split_whitespace().collect();
        assert!(joined.contains("30km以内に"), "{project}: {japanese}");
        for said in [english, japanese] {
            assert!(!said.contains("遠駅") && !said.contains("遠い施設"), "{project}: {said}");
        }
    }
    // Six times the longest distance that is asked, which is that of stations then.
    folder.run(&["kyoten.toml", "--set", "hub_radius_m=500", "--out", "short"]);
    let page = crate::map::page::Page::read(&folder.text("short/map.html"));
    assert_eq!(page.json("facts")["named_within"], 6_000.0);
}
