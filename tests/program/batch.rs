//! `batch`: many municipalities, one run folder each, the same however often it was broken off.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Folder, english_prose, japanese_prose};

const CODES: [&str; 4] = ["22212", "22213", "22214", "22222"];

/// Copies of the sample city under four codes, and a list of them.
fn cities() -> Folder {
    let folder = Folder::with_sample();
    for code in CODES {
        let city = folder.path().join(format!("cities/{code}"));
        fs::create_dir_all(&city).unwrap();
        for entry in fs::read_dir(folder.path().join("city")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, city.join(path.file_name().unwrap())).unwrap();
        }
        let project = format!("cities/{code}/kyoten.toml");
        let text = folder.text(&project);
        let text: String = text
            .lines()
            .filter(|line| !line.starts_with("municipality"))
            .fold(format!("municipality = \"{code}\"\n"), |text, line| text + line + "\n");
        folder.put(&project, text);
    }
    folder.put("shards.toml", "projects = [\"cities/*/kyoten.toml\"]\n");
    folder
}

fn arguments(out: &str) -> Vec<&str> {
    vec!["batch", "shards.toml", "--out", out, "--format", "geojson,parquet", "--no-map"]
}

/// Every file but the times, by path, and nothing unfinished.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn add(at: &Path, below: &Path, files: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(&path, below, files);
            } else if path.file_name().is_some_and(|name| name != "times.json" && name != ".lock") {
                let name = path.strip_prefix(below).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    add(folder, folder, &mut found);
    found.sort();
    found
}

fn states(manifest: &Value) -> Vec<(String, String)> {
    let text = |shard: &Value, key: &str| shard[key].as_str().unwrap_or("none").to_owned();
    let shards = manifest["shards"].as_array().unwrap();
    shards.iter().map(|shard| (text(shard, "municipality"), text(shard, "state"))).collect()
}

#[test]
fn every_project_gets_the_run_that_it_would_have_alone() {
    let folder = cities();
    let done = folder.kyoten(&arguments("nation"));
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(done.stdout.contains("4 of 4 projects"), "{}", done.stdout);
    for code in CODES {
        let alone = format!("alone-{code}");
        let project = format!("cities/{code}/kyoten.toml");
        folder.run(&[&project, "--format", "geojson,parquet", "--no-map", "--out", &alone]);
        let [alone, shard] =
            [alone, format!("nation/pref=22/muni={code}")].map(|name| files(&folder.path().join(name)));
        assert!(alone == shard, "{code} is another run than the one alone");
    }
    assert_eq!(states(&folder.json("nation/batch.json")), CODES.map(|code| (code.to_owned(), "done".to_owned())));
}

#[test]
fn a_bad_municipality_says_why_and_stops_no_other() {
    let folder = cities();
    folder.put("cities/22213/parcels.geojson", "{\"type\": \"FeatureCollection\", \"features\": [");
    folder.put(
        "cities/22214/kyoten.toml",
        "municipality = \"22214\"\nplane = 99\nlayers.parcels = \"parcels.geojson\"\n",
    );
    folder.edit("cities/22222/kyoten.toml", "municipality = \"22222\"\n", "");
    let done = folder.kyoten(&arguments("nation"));
    assert_eq!(done.status, 1, "{}", done.stderr);
    assert_eq!(japanese_prose(&done.stderr), None);
    assert_eq!(english_prose(&folder.kyoten_in_japanese(&arguments("nation")).stderr), None);
    let manifest = folder.json("nation/batch.json");
    let states = states(&manifest);
    assert_eq!(
        states.iter().map(|(_, state)| state.as_str()).collect::<Vec<_>>(),
        ["done", "failed", "failed", "failed"]
    );
    let ids: Vec<&str> = manifest["shards"].as_array().unwrap()[1..]
        .iter()
        .map(|shard| shard["errors"][0]["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids[2], "shard-without-municipality");
    assert!(!folder.path().join("nation/pref=22/muni=22213").exists(), "a failed project leaves nothing");

    // Put right, only these are made.
    let before = fs::metadata(folder.path().join("nation/pref=22/muni=22212/run.json")).unwrap().modified().unwrap();
    for code in &CODES[1..] {
        fs::copy(
            folder.path().join("cities/22212/parcels.geojson"),
            folder.path().join(format!("cities/{code}/parcels.geojson")),
        )
        .unwrap();
        let text = folder.text("cities/22212/kyoten.toml").replace("22212", code);
        folder.put(&format!("cities/{code}/kyoten.toml"), text);
    }
    let again = folder.kyoten(&arguments("nation"));
    assert_eq!(again.status, 0, "{}", again.stderr);
    let after = fs::metadata(folder.path().join("nation/pref=22/muni=22212/run.json")).unwrap().modified().unwrap();
    assert_eq!(before, after, "what stands is not made again");
}

#[test]
fn what_was_made_of_something_else_or_was_edited_is_made_again() {
    let folder = cities();
    let made_of = |folder: &Folder| -> Vec<String> {
        let manifest = folder.json("nation/batch.json");
        manifest["shards"]
            .as_array()
            .unwrap()
            .iter()
            .map(|shard| shard["made_of"].as_str().unwrap().to_owned())
            .collect()
    };
    let run = |more: &[&str]| {
        let done = folder.kyoten(&[&arguments("nation")[..], more].concat());
        assert_eq!(done.status, 0, "{}", done.stderr);
    };
    run(&[]);
    let first = (made_of(&folder), files(&folder.path().join("nation")));
    folder.edit("cities/22213/kyoten.toml", "municipality", "# another\nmunicipality");
    run(&[]);
    assert_eq!(made_of(&folder), first.0, "a remark changes nothing");
    folder.edit("cities/22213/kyoten.toml", "station_radius_m = 1000", "station_radius_m = 700");
    run(&[]);
    let changed: Vec<bool> = made_of(&folder).iter().zip(&first.0).map(|(now, then)| now != then).collect();
    assert_eq!(changed, [false, true, false, false]);
    folder.edit("cities/22213/kyoten.toml", "station_radius_m = 700", "station_radius_m = 1000");
    folder.put("nation/pref=22/muni=22212/parcels.geojson", "{}");
    fs::remove_file(folder.path().join("nation/pref=22/muni=22214/run.json")).unwrap();
    let refused = folder.kyoten(&arguments("nation"));
    // A folder that is no run any more is nobody's to replace.
    assert_eq!(refused.status, 1, "{}", refused.stderr);
    fs::remove_dir_all(folder.path().join("nation/pref=22/muni=22214")).unwrap();
    run(&[]);
    assert!(files(&folder.path().join("nation")) == first.1, "made again, it is as it was");
}

#[test]
#[cfg(unix)]
fn a_batch_that_is_killed_thirty_times_ends_with_the_same_files() {
    let folder = cities();
    assert_eq!(folder.kyoten(&arguments("whole")).status, 0);
    for kill in 0..30_u64 {
        let mut batch = Command::new(env!("CARGO_BIN_EXE_kyoten"))
            .current_dir(folder.path())
            .args(arguments("killed"))
            .args(["--quiet", "--jobs", if kill % 2 == 0 { "1" } else { "3" }])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(10 + kill * 23 % 190));
        // Without a word, as the system does where memory ends.
        let _ = batch.kill();
        batch.wait().unwrap();
    }
    let done = folder.kyoten(&arguments("killed"));
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(files(&folder.path().join("killed")) == files(&folder.path().join("whole")));
}

#[test]
fn a_list_that_cannot_be_worked_off_is_one_error_and_nothing_is_written() {
    let folder = cities();
    for (list, id) in [
        ("projects = []", "shards-value-empty"),
        ("projects = [\"towns/*\"]", "shards-nothing-matches"),
        ("projcts = [\"cities/*\"]", "shards-key-unknown"),
        ("projects = [\"cities/22212\", \"cities/22212/kyoten.toml\"]", "shards-municipality-twice"),
        ("[[shards]]\nproject = \"cities/22212\"\nmunicipality = \"222129\"", "municipality-check-digit"),
        ("", "shards-empty"),
    ] {
        folder.put("bad.toml", list);
        let run = folder.kyoten(&["batch", "bad.toml", "--out", "nation", "--json"]);
        assert_eq!(run.status, 2, "{list}: {}", run.stderr);
        let said: Value = serde_json::from_str(&run.stderr).unwrap();
        assert_eq!(said["errors"][0]["id"], id, "{list}: {said}");
        assert!(!folder.path().join("nation").exists());
    }
    folder.put("good.toml", "[[shards]]\nproject = \"cities/22212\"\nmunicipality = \"222127\"\n");
    assert_eq!(folder.kyoten(&["batch", "good.toml", "--out", "nation", "--no-map"]).status, 0);
}
