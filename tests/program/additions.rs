//! What `site`, `survey` and `assess` find, added to a finished run: in its folder, its record and its page, and on still maps of it.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::map::page::Page;
use crate::schema::faults_of;
use crate::support::{Folder, Run, unwrapped};

/// So that several sites find room in the sample city.
const SET: [&str; 2] = ["--set", "facility_spacing_m=100"];

/// The sample city with its run in `run`, and a plan.
fn sample() -> Folder {
    let folder = Folder::with_sample();
    folder.run(&[&["city", "--out", "run"], SET.as_slice()].concat());
    let square = |zone: &str, name: &str, [x, y]: [f64; 2], side: f64| {
        let ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
        json!({ "type": "Feature", "properties": { "zone": zone, "name": name }, "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let features =
        [square("central", "駅前", [138.4, 34.9], 0.004), square("local", "市役所前", [138.402, 34.902], 0.001)];
    folder.put("plan.geojson", json!({ "type": "FeatureCollection", "features": features }).to_string());
    folder
}

/// Adds something to the run, by a command that must be done.
fn add(folder: &Folder, arguments: &[&str]) -> Run {
    let run = folder.kyoten(&[arguments, &["--out", "run"], SET.as_slice()].concat());
    assert!(run.status < 2, "{arguments:?}: {}", run.stderr);
    run
}

const ALL: [&[&str]; 3] = [&["site", "city", "--merge"], &["survey", "city"], &["assess", "city", "plan.geojson"]];

fn page(folder: &Folder) -> Page {
    Page::read(&folder.text("run/map.html"))
}

#[test]
fn each_comes_into_the_folder_the_record_and_the_page_and_nothing_else_changes() {
    let folder = sample();
    let before = folder.contents();
    let told: Vec<Run> = ALL.iter().map(|arguments| add(&folder, arguments)).collect();
    assert!(told.iter().all(|run| run.stdout.contains("shown by the map: run/map.html")), "{}", told[0].stdout);
    let names = ["assessed", "sites", "survey"];
    let new: Vec<String> =
        names.iter().flat_map(|name| ["geojson", "qml"].map(|end| format!("run/{name}.{end}"))).collect();
    for (path, bytes) in folder.contents() {
        let name = path.to_string_lossy().into_owned();
        match before.get(&path) {
            Some(was) => assert!(
                was == &bytes || ["run/map.html", "run/kyoten.qgz", "run/run.json"].contains(&&*name),
                "{name} changed"
            ),
            None => assert!(new.contains(&name), "{name} is new"),
        }
    }
    let record = folder.json("run/run.json");
    assert_eq!(faults_of("run", &record), [""; 0]);
    let files: Vec<&str> = record["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap()).collect();
    assert!(
        files.ends_with(&[
            "assessed.geojson",
            "assessed.qml",
            "sites.geojson",
            "sites.qml",
            "survey.geojson",
            "survey.qml",
            "run.json"
        ]),
        "{files:?}"
    );
    for output in record["outputs"].as_array().unwrap() {
        let bytes = folder.bytes(&format!("run/{}", output["file"].as_str().unwrap()));
        assert_eq!(output["bytes"], bytes.len(), "{output}");
    }
    let page = page(&folder);
    for (name, arguments) in [("sites", ALL[0]), ("survey", ALL[1]), ("assessed", ALL[2])] {
        let printed = folder.kyoten(&[arguments, &["--json", "-q"], SET.as_slice()].concat());
        let printed: Value = serde_json::from_str(&printed.stdout).unwrap();
        assert_eq!(page.json(name)["document"], printed, "{name}");
        let rows = |of: &Value| -> Vec<Value> {
            of["features"].as_array().unwrap().iter().map(|one| one["properties"].clone()).collect()
        };
        assert_eq!(rows(&page.json(name)["shapes"]), rows(&folder.json(&format!("run/{name}.geojson"))), "{name}");
    }
    let sites = page.json("sites");
    let count = |of: &Value| of["features"].as_array().unwrap().len();
    assert!(count(&sites["shapes"]) > 1 && count(&sites["shapes"]) == count(&sites["beside"]), "{}", sites["document"]);
}

#[test]
fn the_order_of_commands_and_doing_one_again_change_no_byte() {
    let (one, other) = (sample(), sample());
    for arguments in &ALL {
        add(&one, arguments);
    }
    ALL.iter().rev().chain(&ALL[..1]).for_each(|arguments| drop(add(&other, arguments)));
    let [mut one, mut other] = [one, other].map(|folder| folder.contents());
    for all in [&mut one, &mut other] {
        all.retain(|path, _| path.starts_with("run") && !path.ends_with("times.json"));
    }
    assert!(one == other);
}

#[test]
fn what_rests_on_something_else_is_not_added_and_the_run_stays() {
    let folder = sample();
    let refused = |arguments: &[&str], wanted: &str| {
        let before = folder.contents();
        let run = folder.kyoten(&[arguments, &["--out", "run"]].concat());
        assert_eq!(run.status, 2, "{}", run.stdout);
        let said = unwrapped(&run.stderr);
        assert!(said.contains("is a run of something else") && said.contains(wanted), "{said}");
        assert!(before == folder.contents(), "something changed");
    };
    refused(&["site", "city"], "`facility_spacing_m` (100 in the run, 700 now)");
    refused(
        &["survey", "city", "--set", "facility_spacing_m=100", "--set", "planned_kind=デイサービス"],
        "what `--set` says",
    );
    folder.edit("city/kyoten.toml", "planned_kind = \"老人福祉センター\"", "planned_kind = \"デイサービス\"");
    refused(&[&["assess", "city", "plan.geojson"], SET.as_slice()].concat(), "what the project file says");
    let facilities = [folder.bytes("city/facilities.csv"), b"\r\n".to_vec()].concat();
    folder.put("city/facilities.csv", facilities);
    refused(&[&["site", "city"], SET.as_slice()].concat(), "the files of the layer `facilities`");
    // Somebody has edited the page.
    let edited = sample();
    edited.put("run/map.html", edited.text("run/map.html") + " ");
    let run = edited.kyoten(&[&["survey", "city", "--out", "run"], SET.as_slice()].concat());
    assert!(run.status == 2 && run.stderr.contains("is not the file that the run wrote"), "{}", run.stderr);
    assert!(!edited.path().join("run/survey.geojson").exists());
    // A file of somebody else's in its place.
    folder.put("run/sites.geojson", "mine");
    let run = folder.kyoten(&[&["site", "city", "--out", "run"], SET.as_slice()].concat());
    assert_eq!((run.status, folder.text("run/sites.geojson").as_str()), (2, "mine"));
}

#[test]
fn the_next_run_takes_away_what_was_added_to_the_one_before() {
    let folder = sample();
    for arguments in &ALL {
        add(&folder, arguments);
    }
    folder.run(&[&["city", "--out", "run"], SET.as_slice()].concat());
    assert!(!folder.names("run").iter().any(|name| name.starts_with("sites") || name.starts_with("survey")));
    assert!(!page(&folder).names().contains(&"sites"));
}

#[test]
fn a_run_without_a_page_takes_the_files_alone() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "run", "--no-map"]);
    let run = folder.kyoten(&["survey", "city", "--out", "run"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("written: run/survey.geojson") && !run.stdout.contains("map.html"), "{}", run.stdout);
    assert!(folder.json("run/run.json")["files"].as_array().unwrap().contains(&json!("survey.geojson")));
}

#[test]
fn sites_are_on_still_maps_with_numbers_and_in_the_legend() {
    let folder = sample();
    let svg = |more: &[&str]| {
        let run = folder.kyoten(&[&["map", "run", "--svg", "m.svg", "--zone", "senior_site"], more].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
        folder.text("m.svg")
    };
    let without = svg(&[]);
    add(&folder, ALL[0]);
    let with = svg(&[]);
    let sites = folder.json("run/sites.geojson")["features"].as_array().unwrap().len();
    for words in
        [format!("選んだ敷地（{sites}か所）"), format!("chosen sites ({sites})"), "選んだ敷地から 100 m".to_owned()]
    {
        assert!(with.contains(&words) && !without.contains(&words), "{words}");
    }
    assert_eq!(svg(&["--no-sites"]), without);
}

#[test]
fn in_japanese() {
    let folder = sample();
    let run = folder.kyoten_in_japanese(&[&["site", "city", "--out", "run"], SET.as_slice()].concat());
    assert!(
        run.stdout.contains("書き出したファイル：run/sites.geojson\n地図にも加えました：run/map.html\nQGISのプロジェクトにも加えました：run/kyoten.qgz"),
        "{}",
        run.stdout
    );
    let run = folder.kyoten_in_japanese(&["site", "city", "--out", "run"]);
    assert!(
        run.stderr
            .contains("この結果は別の入力や設定によるもので、加えられません。違うもの: 基準値 `facility_spacing_m`"),
        "{}",
        run.stderr
    );
}

#[test]
#[cfg(target_os = "linux")]
fn where_nothing_can_be_printed_no_folder_and_no_file_is_left() {
    let folder = sample();
    let before = folder.contents();
    for arguments in ALL {
        for goal in ["run", "new/deep"] {
            let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let mut command = Command::new(env!("CARGO_BIN_EXE_kyoten"));
            command.args([arguments, &["--out", goal], SET.as_slice()].concat()).current_dir(folder.path());
            let done = command.stdout(full).stderr(Stdio::null()).status().unwrap();
            assert_eq!(done.code(), Some(2), "{arguments:?}");
            assert!(before == folder.contents(), "{arguments:?} left something in {goal}");
        }
    }
}

#[test]
fn a_page_of_a_folder_without_a_project_file_shows_a_command_that_can_be_run() {
    let folder = Folder::with_sample();
    std::fs::remove_file(folder.path().join("city/kyoten.toml")).unwrap();
    folder.run(&["city", "--out", "found"]);
    let facts = Page::read(&folder.text("found/map.html")).json("facts");
    assert_eq!(facts["project"], ".");
    folder.put("city/plain.toml", "[layers]\nparcels = \"parcels.geojson\"\n");
    folder.run(&["city/plain.toml", "--out", "named", "--set", "station_radius_m=900"]);
    let facts = Page::read(&folder.text("named/map.html")).json("facts");
    assert_eq!((&facts["project"], &facts["set"]), (&json!("plain.toml"), &json!(["station_radius_m=900"])));
    assert_eq!(folder.json("found/run.json")["project"]["is_found"], true);
}
