//! `kyoten survey`: what to find out first. What it says of an answer is filled in, and the program run again.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::leaflet::{Drawn, Town, area, point, rect};
use crate::schema::faults_of;
use crate::support::{Folder, Run, english_prose};

/// By parcel and zone, the statuses of a run of a project.
type Statuses = BTreeMap<(String, String), String>;

const ZONES: [&str; 4] = ["central", "local", "senior", "senior_site"];

fn done(run: Run) -> Run {
    assert_eq!(run.status, 0, "{}", run.stderr);
    run
}

fn survey_of(folder: &Folder, project: &str) -> Value {
    let run = done(folder.kyoten(&["survey", project, "--json", "--quiet"]));
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(faults_of("survey", &document), [""; 0]);
    document
}

fn statuses(folder: &Folder, project: &str) -> (Statuses, Run) {
    let run = done(folder.kyoten(&["run", project, "--no-map", "--out", "again", "--columns", "core"]));
    let parcels = folder.json("again/parcels.geojson");
    let mut found = Statuses::new();
    for (index, feature) in parcels["features"].as_array().unwrap().iter().enumerate() {
        for zone in ZONES {
            let status = feature["properties"][zone].as_str().unwrap().to_owned();
            found.insert((format!("{index}"), zone.to_owned()), status);
        }
    }
    (found, run)
}

/// By zone, how many parcels stood as `from` and stand otherwise, or the other way round.
fn turned(from: &Statuses, to: &Statuses) -> BTreeMap<&'static str, u64> {
    let mut counts: BTreeMap<&str, u64> = ZONES.iter().map(|zone| (*zone, 0)).collect();
    for ((parcel, zone), status) in from {
        let after = &to[&(parcel.clone(), zone.clone())];
        if status == "undetermined" && after != "undetermined" {
            *counts.get_mut(zone.as_str()).unwrap() += 1;
        }
    }
    counts
}

fn told(amounts: &Value) -> BTreeMap<&'static str, u64> {
    ZONES.iter().map(|zone| (*zone, amounts["zones"][zone]["parcels"].as_u64().unwrap())).collect()
}

/// How many verdicts are no longer undetermined under each of several runs.
fn settled_in_all(before: &Statuses, runs: &[Statuses]) -> BTreeMap<&'static str, u64> {
    let mut counts: BTreeMap<&str, u64> = ZONES.iter().map(|zone| (*zone, 0)).collect();
    for (key, status) in before.iter().filter(|(_, status)| *status == "undetermined") {
        assert_eq!(status, "undetermined");
        if runs.iter().all(|run| run[key] != "undetermined") {
            *counts.get_mut(key.1.as_str()).unwrap() += 1;
        }
    }
    counts
}

/// Fills in every answer of the first ten items, one after the other, and runs again. `fill` puts an answer into the project, and
/// says by which project file it is run; `None` of one that is not of its kind.
fn check(folder: &Folder, project: &str, fill: &dyn Fn(&Value, &Value) -> Option<String>) -> usize {
    let before = statuses(folder, project).0;
    let document = survey_of(folder, project);
    let mut checked = 0;
    for item in document["items"].as_array().unwrap().iter().take(10) {
        let mut runs = Vec::new();
        for answer in item["answers"].as_array().unwrap() {
            let Some(filled) = fill(item, answer) else { continue };
            let after = statuses(folder, &filled).0;
            assert_eq!(turned(&before, &after), told(&answer["settles"]), "{} {}", item["id"], answer["id"]);
            assert_eq!(turned(&after, &before), told(&answer["opens"]), "{} {}", item["id"], answer["id"]);
            runs.push(after);
            checked += 1;
        }
        if runs.len() == item["answers"].as_array().unwrap().len() {
            assert_eq!(settled_in_all(&before, &runs), told(&item["settles_for_sure"]), "{}", item["id"]);
        }
    }
    checked
}

/// A number that stands for an answer.
fn number(answer: &Value) -> String {
    let from = answer["from"].as_f64();
    from.unwrap_or_else(|| answer["below"].as_f64().unwrap() - 1.0).to_string()
}

/// Writes a project file beside another, with some of its text replaced.
fn edited(folder: &Folder, project: &str, edits: &[(&str, &str)]) -> String {
    let mut text = folder.text(project);
    for (from, to) in edits {
        assert!(text.contains(from), "{project} has no {from:?}");
        text = text.replacen(from, to, 1);
    }
    let name = format!("{}.edited.toml", project.trim_end_matches(".toml"));
    folder.put(&name, text);
    name
}

#[test]
fn the_sample_is_surveyed_in_both_languages() {
    let folder = Folder::with_sample();
    let english = done(folder.kyoten(&["survey", "city"]));
    insta::assert_snapshot!("sample_in_english", english.stdout);
    let japanese = done(folder.kyoten_in_japanese(&["survey", "city"]));
    assert_eq!(english_prose(&japanese.stdout), None, "{}", japanese.stdout);
    insta::assert_snapshot!("sample_in_japanese", japanese.stdout);
}

#[test]
fn what_a_number_of_departures_settles_is_what_a_run_settles_by_it() {
    let folder = Folder::with_sample();
    let fill = |item: &Value, answer: &Value| {
        (item["kind"] == "stop").then(|| {
            folder.put(
                "city/found.csv",
                format!("name,line,peak_trips\n{},,{}\n", item["name"].as_str().unwrap(), number(answer)),
            );
            let edits = [("peaks = \"peaks.csv\"", "peaks = [\"peaks.csv\", \"found.csv\"]")];
            edited(&folder, "city/kyoten.toml", &edits)
        })
    };
    assert!(check(&folder, "city/kyoten.toml", &fill) >= 4);
}

/// A town with stops of unknown service, some next to one another, and all else in order.
fn town_of_stops() -> Town {
    let stop =
        |name: &str, x: f64, y: f64| (point(x, y), json!({ "name": name, "line": "環状線", "operator": "町営" }));
    let stops: Vec<Drawn> = vec![
        stop("東", 600.0, 0.0),
        stop("東口", 650.0, 40.0),
        stop("西", -700.0, 0.0),
        stop("西", 2400.0, 0.0),
        stop("遠い", 9000.0, 9000.0),
    ];
    let mut parcels = Vec::new();
    let names: Vec<String> = (0..60).map(|index| format!("{}-{}", index / 20 + 1, index % 20 + 1)).collect();
    for (index, name) in names.iter().enumerate() {
        let (column, row) = ((index % 20) as f64, (index / 20) as f64);
        parcels.push((name.as_str(), [-1500.0 + column * 150.0, -200.0 + row * 160.0]));
    }
    // Half of the land that the east would add is not public at all: a zone that grows there fails as a whole.
    Town::new()
        .parcels(&parcels)
        .none("stations")
        .layer("stops", "", &stops)
        .layer("did", "", &[area(-3000.0, -2000.0, 7000.0, 4000.0)])
        .layer("public_land", "", &[area(-3000.0, -2000.0, 3300.0, 4000.0), area(2000.0, -2000.0, 2000.0, 4000.0)])
        .layer("units", "", &[area(-3000.0, -2000.0, 3600.0, 4000.0), area(600.0, -2000.0, 3400.0, 4000.0)])
        .layer("urban_zone", "", &[area(-3000.0, -2000.0, 7000.0, 4000.0)])
        .none("facilities")
        .with("")
}

#[test]
fn zones_that_stops_draw_anew_are_reckoned_with() {
    let town = town_of_stops();
    let folder = town.write();
    let english = done(folder.kyoten(&["survey", "kyoten.toml", "--quiet", "--json", "-n", "2"]));
    insta::assert_snapshot!("town", english.stdout);
    let fill = |item: &Value, answer: &Value| {
        folder.put(
            "found.csv",
            format!("name,line,peak_trips\n{},,{}\n", item["name"].as_str().unwrap(), number(answer)),
        );
        Some(edited(folder, "kyoten.toml", &[("[layers]\n", "[layers]\npeaks = \"found.csv\"\n")]))
    };
    assert!(check(folder, "kyoten.toml", &fill) >= 4);
}

#[test]
fn several_together_are_what_a_run_settles_with_all_of_them_filled_in() {
    let town = town_of_stops();
    let folder = town.write();
    let document = survey_of(folder, "kyoten.toml");
    let before = statuses(folder, "kyoten.toml").0;
    let mut rows = [String::from("name,line,peak_trips\n"), String::from("name,line,peak_trips\n")];
    let steps = document["together"]["steps"].as_array().unwrap();
    assert!(steps.len() >= 2);
    for step in steps {
        let name = step["id"].as_str().unwrap().strip_prefix("stop:").unwrap();
        for ((rows, trips), key) in rows.iter_mut().zip(["3", "0"]).zip(["if_good", "if_poor"]) {
            rows.push_str(&[name, ",,", trips, "\n"].concat());
            folder.put("found.csv", rows.as_str());
            let filled = edited(folder, "kyoten.toml", &[("[layers]\n", "[layers]\npeaks = \"found.csv\"\n")]);
            assert_eq!(turned(&before, &statuses(folder, &filled).0), told(&step[key]), "{step}");
        }
    }
}

#[test]
fn the_table_reads_back_without_a_warning_and_says_nothing_until_it_is_filled_in() {
    let town = town_of_stops();
    let folder = town.write();
    let before = statuses(folder, "kyoten.toml").0;
    done(folder.kyoten(&["survey", "kyoten.toml", "-o", "survey.csv", "--quiet"]));
    let filled = edited(folder, "kyoten.toml", &[("[layers]\n", "[layers]\npeaks = \"survey.csv\"\n")]);
    let (after, run) = statuses(folder, &filled);
    assert_eq!(before, after);
    assert!(!run.stdout.contains("[peaks]") && !run.stderr.contains("[peaks]"), "{}{}", run.stdout, run.stderr);
    let table = folder.text("survey.csv");
    assert!(table.starts_with("\u{feff}name,line,peak_trips,rank,parcels_for_sure,"), "{table}");
    folder.put("survey.csv", table.replace(",,,", ",,4,"));
    let (after, run) = statuses(folder, &filled);
    assert!(!run.stdout.contains("[peaks]"), "{}", run.stdout);
    assert!(turned(&before, &after)["central"] > 0);
}

#[test]
#[cfg(all(feature = "xlsx", feature = "workbooks"))]
fn the_workbook_holds_the_same_table_and_is_the_same_each_time() {
    let town = town_of_stops();
    let folder = town.write();
    for threads in ["1", "2"] {
        let name = format!("survey{threads}.xlsx");
        done(folder.kyoten(&["survey", "kyoten.toml", "-o", &name, "--quiet", "--threads", threads]));
    }
    assert_eq!(folder.bytes("survey1.xlsx"), folder.bytes("survey2.xlsx"));
    let peaks = "[layers]\npeaks = { path = \"survey1.xlsx\", layer = \"peaks\" }\n";
    let filled = edited(folder, "kyoten.toml", &[("[layers]\n", peaks)]);
    let before = statuses(folder, "kyoten.toml").0;
    let (after, run) = statuses(folder, &filled);
    assert_eq!(before, after);
    assert!(!run.stdout.contains("[peaks]"), "{}", run.stdout);
}

#[test]
fn what_is_no_table_is_refused_and_nothing_is_written() {
    let town = town_of_stops();
    let folder = town.write();
    let names = folder.names(".");
    for bad in [&["-o", "survey.json"][..], &["-n", "0"], &["-o", "stops.geojson"], &["-o", "nowhere/survey.csv"]] {
        let run = folder.kyoten(&[&["survey", "kyoten.toml"], bad].concat());
        assert_eq!(run.status, 2, "{bad:?}: {}", run.stderr);
        let run = folder.kyoten_in_japanese(&[&["survey", "kyoten.toml"], bad].concat());
        assert_eq!((run.status, english_prose(&run.stderr)), (2, None), "{}", run.stderr);
    }
    assert_eq!(folder.names("."), names);
}

/// A town whose residents, land and facilities have holes.
fn town_of_holes(planned: &str) -> Town {
    let mut parcels = Vec::new();
    let names: Vec<String> = (0..40).map(|index| format!("{}", index + 1)).collect();
    for (index, name) in names.iter().enumerate() {
        let (column, row) = ((index % 10) as f64, (index / 10) as f64);
        parcels.push((name.as_str(), [column * 100.0, row * 100.0]));
    }
    let unit = |x: f64, code: &str, seniors: Value| -> Drawn {
        (rect(x, -100.0, 500.0, 700.0), json!({ "code": code, "population": 3000, "seniors": seniors }))
    };
    let stops: Vec<Drawn> = (0..10)
        .map(|index| {
            (point(f64::from(index) * 100.0 + 10.0, 150.0), json!({ "name": format!("停{index}"), "peak": 4 }))
        })
        .collect();
    Town::of(&format!("municipality = \"22212\"\n{planned}"))
        .parcels(&parcels)
        .none("stations")
        .layer("stops", ", peak_trips = \"peak\"", &stops)
        .none("did")
        .layer("induction_area", "", &[area(-100.0, -100.0, 1200.0, 900.0)])
        .layer(
            "census",
            ", population = \"population\", seniors = \"seniors\"",
            &[unit(0.0, "A", Value::Null), unit(500.0, "B", json!(2000))],
        )
        .layer(
            "public_land",
            ", class = \"kind\", classes = [\"道路\"]",
            &[
                (rect(-100.0, -100.0, 600.0, 150.0), json!({ "kind": "道路" })),
                (rect(500.0, -100.0, 300.0, 700.0), json!({ "kind": null })),
                (rect(0.0, 300.0, 30.0, 30.0), json!({ "kind": null })),
            ],
        )
        .layer(
            "facilities",
            ", kind = \"kind\", name = \"name\"",
            &[
                (point(300.0, 350.0), json!({ "name": "甲", "kind": null })),
                (point(5000.0, 350.0), json!({ "name": "乙", "kind": "老健" })),
                (point(950.0, 0.0), json!({ "name": "丙", "kind": "特養" })),
            ],
        )
}

#[test]
fn residents_and_land_that_are_found_out_settle_what_a_run_settles_by_them() {
    let town = town_of_holes("planned_kind = \"老健\"\n");
    let folder = town.write();
    let (census, land) = (folder.text("census.geojson"), folder.text("public_land.geojson"));
    let facilities = folder.text("facilities.geojson");
    let fill = |item: &Value, answer: &Value| {
        folder.put("census.geojson", &census);
        folder.put("public_land.geojson", &land);
        folder.put("facilities.geojson", &facilities);
        match item["kind"].as_str().unwrap() {
            "census-unit" => {
                let number = number(answer);
                folder.put("census.geojson", census.replacen("\"seniors\":null", &format!("\"seniors\":{number}"), 1));
            }
            "land" => {
                let place = usize::from(item["id"] != "land:public_land:1");
                let kind = if answer["id"] == "of-the-layer" { "道路" } else { "学校" };
                let mut parts: Vec<String> = land.split("\"kind\":null").map(str::to_owned).collect();
                let rest = parts.split_off(place + 1).join("\"kind\":null");
                let begin = parts.join("\"kind\":null");
                folder.put("public_land.geojson", format!("{begin}\"kind\":\"{kind}\"{rest}"));
            }
            "facility-kind" => {
                let kind = answer["id"].as_str().unwrap().strip_prefix("kind:").unwrap_or("保育所");
                folder.put(
                    "facilities.geojson",
                    facilities.replacen("\"kind\":null", &format!("\"kind\":\"{kind}\""), 1),
                );
            }
            other => panic!("{other}"),
        }
        Some("kyoten.toml".to_owned())
    };
    let document = survey_of(folder, "kyoten.toml");
    let kinds: Vec<&str> =
        document["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    for kind in ["census-unit", "land", "facility-kind"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert!(check(folder, "kyoten.toml", &fill) >= 6);
}

#[test]
fn the_kind_that_is_planned_settles_what_a_run_settles_by_it() {
    let town = town_of_holes("");
    let folder = town.write();
    folder.put("census.geojson", folder.text("census.geojson").replacen("\"seniors\":null", "\"seniors\":2000", 1));
    folder.put("public_land.geojson", folder.text("public_land.geojson").replace("\"kind\":null", "\"kind\":\"道路\""));
    let fill = |item: &Value, answer: &Value| {
        assert_eq!(item["kind"], "planned-kind");
        let kind = answer["id"].as_str().unwrap().strip_prefix("kind:").unwrap_or("保育所");
        let planned = format!("planned_kind = \"{kind}\"\n[layers]\n");
        Some(edited(folder, "kyoten.toml", &[("[layers]\n", &planned)]))
    };
    assert!(check(folder, "kyoten.toml", &fill) >= 3);
}

#[test]
fn wherever_a_facility_is_found_what_is_settled_for_sure_is_settled() {
    let town = town_of_holes("planned_kind = \"老健\"\n");
    let folder = town.write();
    folder.put("census.geojson", folder.text("census.geojson").replacen("\"seniors\":null", "\"seniors\":2000", 1));
    folder.put("public_land.geojson", folder.text("public_land.geojson").replace("\"kind\":null", "\"kind\":\"道路\""));
    let facilities: Value = serde_json::from_str(&folder.text("facilities.geojson")).unwrap();
    let with = |place: Value| {
        let mut all = facilities.clone();
        all["features"][0]["properties"]["kind"] = json!("保育所");
        all["features"][1]["geometry"] = place;
        folder.put("facilities.geojson", all.to_string());
    };
    with(Value::Null);
    let document = survey_of(folder, "kyoten.toml");
    let item = &document["items"][0];
    assert_eq!((item["kind"].as_str(), item["name"].as_str()), (Some("facility-place"), Some("乙")));
    let before = statuses(folder, "kyoten.toml").0;
    assert!(told(&item["settles_for_sure"])["senior_site"] > 0);
    for [x, y] in [[0.0, 0.0], [450.0, 200.0], [900.0, 300.0], [20_000.0, 0.0]] {
        with(point(x, y));
        let after = statuses(folder, "kyoten.toml").0;
        assert_eq!(turned(&before, &after), told(&item["settles_for_sure"]), "{x} {y}");
    }
}
