//! The map in a real browser: the cases of `tests/browser/map.mjs`, on runs that are made here.
//!
//! Needs Node and Chromium. Where one is missing the test says so and passes, unless `KYOTEN_BROWSER=required` is set.
//! `KYOTEN_LARGE=1` adds a run of a million parcels. `KYOTEN_SHOTS=DIR` keeps pictures of the page.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, reason = "what cannot go on has failed")]

mod support;

use std::env;
use std::io::{Write as _, stderr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::{Folder, Server};

/// The oldest Node that is known to do.
const NODE: u32 = 18;

/// Thresholds as somebody might try them: each alone, lowered and raised, and some together.
const WHAT_IFS: &[&[(&str, f64)]] = &[
    &[("membership", 0.2)],
    &[("membership", 0.9)],
    &[("min_public_land", 0.05)],
    &[("min_public_land", 0.25)],
    &[("min_seniors_per_ha", 10.0)],
    &[("min_seniors_per_ha", 60.0)],
    &[("min_site_m2", 100.0)],
    &[("min_site_m2", 1000.0)],
    &[("membership", 0.35), ("min_public_land", 0.1), ("min_seniors_per_ha", 25.0), ("min_site_m2", 450.0)],
];

/// The same under rules of a city's own: `tests/browser/own_rules.toml`.
const OWN_WHAT_IFS: &[&[(&str, f64)]] = &[
    &[("membership", 0.8)],
    &[("rail_walk", 300.0)],
    &[("rail_walk", 900.0)],
    &[("stop_walk", 100.0)],
    &[("day_trips", 10.0)],
    &[("day_trips", 60.0)],
    &[("both_trips", 200.0)],
    &[("peak", 1.0)],
    &[("peak", 6.0), ("bus_walk", 200.0)],
    &[("fac_walk", 200.0)],
    &[("fac_walk", 700.0)],
    &[("land", 0.05)],
    &[("land", 0.4), ("peak", 5.0)],
    &[("seniors", 20.0)],
    &[("site", 600.0)],
];

/// Names that would do something if they were taken for more than text.
const HOSTILE: &[&str] = &[
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror=\"window.hacked = 1\">",
    "'\"><svg onload='window.hacked = 1'>&amp;&#x3c;b${window.hacked = 1}",
    "<!--kyoten:data--><!--<script>",
    "javascript:window.hacked = 1",
    "\u{202e}otomamedara\u{202c} \u{2066}\u{200b}",
    "👨‍👩‍👧 🏳️‍🌈 𠮷野家 e\u{301}",
];

#[test]
fn the_map_works_in_a_browser() {
    if !is_possible() {
        return;
    }
    let folder = Folder::new();
    let demo = |parcels: &str, out: &str| {
        let made = folder.kyoten(&["demo", "--parcels", parcels, "--out", out]);
        assert_eq!(made.status, 0, "{}", made.stderr);
    };
    demo("3000", "small");
    demo("60000", "full");
    too_large_for_one_page(&folder);
    let server = Server::start(&folder, &["beside"]);
    let config = json!({
        "kyoten": env!("CARGO_BIN_EXE_kyoten"),
        "small": folder.path().join("small"),
        "set": set_zones(&folder),
        "found": found(&folder),
        "what_ifs": what_ifs(&folder),
        "own": own_rules(&folder),
        "hostile": { "run": hostile_run(&folder), "names": hostile_names() },
        "full": folder.path().join("full"),
        "beside": folder.path().join("beside"),
        "served": format!("http://127.0.0.1:{}/", server.port),
    });
    run_cases(&folder, "normal", &config);
}

#[test]
fn a_million_parcels_are_shown_by_the_server() {
    if env::var_os("KYOTEN_LARGE").is_none() || !is_possible() {
        return;
    }
    let folder = Folder::new();
    let folder_out = folder.path().join("beside");
    // Longer than `Folder::kyoten` is patient.
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyoten"));
    command.args(["demo", "--parcels", "1000000", "--out"]).arg(&folder_out).stdout(Stdio::null());
    assert!(command.status().unwrap().success());
    let server = Server::start(&folder, &["beside"]);
    let served = format!("http://127.0.0.1:{}/", server.port);
    run_cases(&folder, "large", &json!({ "beside": folder_out, "served": served }));
}

/// Whether there are Node and Chromium; says so where not.
fn is_possible() -> bool {
    let missing = if !has_node() {
        format!("no Node {NODE} or newer (node)")
    } else if !has_chromium() {
        "no Chromium (chromium, chromium-browser, google-chrome, or $KYOTEN_CHROMIUM)".to_owned()
    } else {
        return true;
    };
    assert!(env::var("KYOTEN_BROWSER").as_deref() != Ok("required"), "KYOTEN_BROWSER=required, but there is {missing}");
    // Not by `println!`, which the test harness keeps to itself where a test passes.
    let _ = writeln!(stderr(), "the map was not tested in a browser: {missing}");
    false
}

fn has_node() -> bool {
    let version = Command::new("node").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let version = String::from_utf8_lossy(&version).trim().trim_start_matches('v').to_owned();
    version.split('.').next().and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= NODE)
}

fn has_chromium() -> bool {
    if let Some(named) = env::var_os("KYOTEN_CHROMIUM").filter(|named| !named.is_empty()) {
        return Path::new(&named).exists();
    }
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| names.iter().any(|name| folder.join(name).exists()))
}

/// Runs a group of cases, which print their own lines.
fn run_cases(folder: &Folder, group: &str, config: &Value) {
    folder.put("config.json", config.to_string());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/map.mjs");
    let status = Command::new("node").arg(script).arg(group).arg(folder.path().join("config.json")).status().unwrap();
    assert!(status.success(), "the lines above that begin with “not ok” say what failed");
}

/// Runs of the small city with other thresholds: what the page's what-ifs are held against.
fn what_ifs(folder: &Folder) -> Vec<Value> {
    let project = folder.text("small/city/kyoten.toml");
    let what_if = |(number, thresholds): (usize, &&[(&str, f64)])| {
        let lines: Vec<String> = thresholds.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        let edited = project.replacen("[thresholds] ", &format!("[thresholds]\n{}#", lines.concat()), 1);
        assert_ne!(edited, project);
        folder.put("small/city/what-if.toml", edited);
        let out = format!("what-if-{number}");
        folder.run(&["small/city/what-if.toml", "--no-map", "--out", &out]);
        let thresholds: serde_json::Map<String, Value> =
            thresholds.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
        json!({ "thresholds": thresholds, "run": folder.path().join(out) })
    };
    WHAT_IFS.iter().enumerate().map(what_if).collect()
}

/// A run of the sample city in which a plan has set central zones, with what fails of every parcel.
fn set_zones(folder: &Folder) -> PathBuf {
    let sample = Folder::with_sample();
    // A few parcels: what would turn each takes a while to be found.
    let mut parcels = sample.json("city/parcels.geojson");
    parcels["features"].as_array_mut().unwrap().truncate(30);
    sample.put("city/parcels.geojson", parcels.to_string());
    let corners =
        [[138.397, 34.8988], [138.4047, 34.8994], [138.4047, 34.9042], [138.3983, 34.9048], [138.397, 34.8988]];
    let plan = json!({ "type": "FeatureCollection", "features": [
        { "type": "Feature", "properties": {}, "geometry": { "type": "Polygon", "coordinates": [corners] } },
    ] });
    sample.put("city/plan.geojson", plan.to_string());
    sample.edit("city/kyoten.toml", "[layers]", "[layers]\ncentral_zones = \"plan.geojson\"");
    let out = folder.path().join("set");
    let explained = sample.kyoten(&["explain", "city", "--all", "--map", "--out", out.to_str().unwrap()]);
    assert_eq!(explained.status, 0, "{}", explained.stderr);
    out
}

/// A run of the sample city, over a backdrop, to which sites, a survey and assessed zones were added.
fn found(folder: &Folder) -> PathBuf {
    let sample = Folder::with_sample();
    let square = |zone: &str, [x, y]: [f64; 2], side: f64| {
        let ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
        json!({ "type": "Feature", "properties": { "zone": zone }, "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let drawn = [square("central", [138.4, 34.9], 0.004), square("local", [138.402, 34.902], 0.001)];
    sample.put("plan.geojson", json!({ "type": "FeatureCollection", "features": drawn }).to_string());
    sample.edit("city/kyoten.toml", "[layers]", "[layers]\nbackdrop = \"N03-23_22.geojson\"");
    let out = folder.path().join("found");
    // Near enough that several find room.
    let done = |arguments: &[&str]| {
        let all = [arguments, &["--set", "facility_spacing_m=100", "--out", out.to_str().unwrap()]].concat();
        let run = sample.kyoten(&all);
        assert!(run.status < 2, "{all:?}: {}", run.stderr);
    };
    done(&["run", "city"]);
    done(&["site", "city", "--merge"]);
    done(&["survey", "city"]);
    done(&["assess", "city", "plan.geojson"]);
    out
}

/// A run of the small city under rules of its own, and such runs with other thresholds.
fn own_rules(folder: &Folder) -> Value {
    let project = folder.text("small/city/kyoten.toml");
    let (project, _) = project.split_once("[thresholds]").unwrap();
    let edited = project.replacen("rules = \"saikochiku\"", "rules = \"own_rules.toml\"", 1);
    assert_ne!(edited, project);
    folder.put("small/city/own_rules.toml", include_str!("browser/own_rules.toml"));
    folder.put("small/city/own.toml", edited);
    folder.run(&["small/city/own.toml", "--out", "own"]);
    let what_if = |(number, thresholds): (usize, &&[(&str, f64)])| {
        let out = format!("own-what-if-{number}");
        let sets: Vec<String> = thresholds.iter().map(|(key, value)| format!("--set={key}={value}")).collect();
        let mut arguments = vec!["small/city/own.toml", "--no-map", "--out", &out];
        arguments.extend(sets.iter().map(String::as_str));
        folder.run(&arguments);
        let thresholds: serde_json::Map<String, Value> =
            thresholds.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
        json!({ "thresholds": thresholds, "run": folder.path().join(out) })
    };
    let what_ifs: Vec<Value> = OWN_WHAT_IFS.iter().enumerate().map(what_if).collect();
    json!({ "run": folder.path().join("own"), "what_ifs": what_ifs })
}

/// A run of the full city whose page would be larger than 15 MB: some parcels have very long numbers that cannot be packed.
fn too_large_for_one_page(folder: &Folder) {
    let mut parcels = folder.json("full/city/parcels.geojson");
    let mut state = 1_u64;
    let mut digit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_digit((state >> 59) as u32 & 31, 32).unwrap()
    };
    for parcel in parcels["features"].as_array_mut().unwrap().iter_mut().skip(1).step_by(50) {
        parcel["properties"]["chiban"] = (0..9000).map(|_| digit()).collect::<String>().into();
    }
    folder.put("full/city/long.geojson", parcels.to_string());
    let project = folder.text("full/city/kyoten.toml");
    let edited = project.replacen("\"parcels.geojson\"", "\"long.geojson\"", 1);
    assert_ne!(edited, project);
    folder.put("full/city/long.toml", edited);
    folder.run(&["full/city/long.toml", "--out", "beside"]);
}

fn hostile_names() -> Vec<String> {
    let long = "長い名".repeat(1000);
    HOSTILE.iter().map(|name| (*name).to_owned()).chain([long]).collect()
}

/// A run of the sample city in which every name that comes from outside is hostile.
fn hostile_run(folder: &Folder) -> PathBuf {
    let sample = Folder::with_sample();
    let names = hostile_names();
    let rename = |file: &str, key: &str| {
        let mut layer = sample.json(&format!("city/{file}"));
        // Each name of a parcel once, so that it can be looked for; all stations and stops have one.
        let times = if file == "parcels.geojson" { 1 } else { usize::MAX };
        let named = (0..times).flat_map(|_| &names);
        for (feature, name) in layer["features"].as_array_mut().unwrap().iter_mut().zip(named) {
            feature["properties"][key] = name.as_str().into();
        }
        sample.put(&format!("city/{file}"), layer.to_string());
    };
    rename("parcels.geojson", "chiban");
    rename("N02-20_Station.geojson", "N02_005");
    rename("N02-20_Station.geojson", "N02_003");
    rename("P11-22_22.geojson", "P11_001");
    rename("P11-22_22.geojson", "P11_003_01");
    sample.put("city/facilities.csv", hostile_facilities(&names));
    let toml = |name: &str| toml::Value::String(name.to_owned()).to_string();
    let text = sample.text("city/kyoten.toml");
    let text = text
        .replace("\"架空市\"", &toml(&names[0]))
        .replace(", encoding = \"cp932\"", "")
        .replace("\ngtfs = ", "\n# gtfs = ")
        .replace("\"N02-20_Station.geojson\"", "{ path = \"N02-20_Station.geojson\", peak_trips = 6 }")
        .replace("\"P11-22_22.geojson\"", "{ path = \"P11-22_22.geojson\", peak_trips = 6 }")
        .replace("peaks = \"peaks.csv\"", "")
        .replace("\"2030年国勢調査で人口集中地区となる見込み\"", &toml(&names[1]))
        .replace("# [waive]  ", &format!("[waive]\nin-induction-area = {} #", toml(&names[2])));
    sample.put("city/kyoten.toml", text);
    let out = folder.path().join("hostile");
    sample.run(&["city", "--out", out.to_str().unwrap()]);
    out
}

/// A facility for each name, in a row eastward, so that some are too close together.
fn hostile_facilities(names: &[String]) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["名称", "種別", "緯度", "経度", "敷地面積"]).unwrap();
    for (place, name) in names.iter().enumerate() {
        let lon = format!("{:.6}", 138.39 + 0.002 * place as f64);
        table.write_record([name.as_str(), names[place % 2].as_str(), "34.902", lon.as_str(), "500"]).unwrap();
    }
    table.into_inner().unwrap()
}
