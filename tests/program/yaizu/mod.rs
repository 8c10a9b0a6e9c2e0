//! 焼津市 as its publishers left it: a real city's files, quirks and all, over synthetic parcels.
//!
//! The files are no part of the repository. They are looked for in the folder that KYOTEN_REAL names, else in
//! `../shared/real` beside the repository; where they are not, the test says so and passes.

mod goldens;

use std::path::{Path, PathBuf};

use crate::support::{Folder, Run, column, rows};
use serde_json::Value;

/// The layers of a planner's first try: nothing says how often anything stops.
const PROJECT: &str = r#"
name = "焼津市"
municipality = "22212"

[layers]
parcels = { path = "REAL/yaizu_lots/parcels.geojson.gz", id = "chiban" }
stations = "REAL/national/N02-20_Station.geojson"
stops = { path = "REAL/yaizu/バス停留所_全路線.geojson", name = "バス停留所", line = "路線名" }
did = { path = "REAL/census/estat_h22_did_22_shizuoka.geojson", where = { CITY = "212" } }
public_land = "REAL/yaizu_lots/public_land.geojson"
census = "REAL/census/population_mesh_2020_pref22_raw.txt"
urban_zone = "REAL/yaizu/都市計画図_*/*.shp"
induction_area = "REAL/yaizu/住まいるシティ拠点エリア_都市機能誘導区域/*.shp"

[layers.facilities]
path = "REAL/yaizu/要配慮者利用施設/yohairyosya.csv"
name = "要配慮者利用施設名称"
kind = "区分"
where = { "地域防災計画分類" = "②老人福祉施設" }
"#;

/// Made up for this test; the real timetables say something else.
const PEAKS: &str = "name,line,peak_trips\n焼津,,6\n西焼津,,6\n焼津市立病院前,,4\n大井川庁舎,,2\n焼津港,,5\n";

fn real() -> Option<PathBuf> {
    let named = std::env::var_os("KYOTEN_REAL").map(PathBuf::from);
    let beside = || {
        let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
        places.map(|place| place.join("shared/real")).find(|place| place.is_dir())
    };
    named.or_else(beside).filter(|place| place.join("yaizu_lots").is_dir())
}

fn number(row: &[String], at: usize) -> f64 {
    row[at].parse().unwrap_or_else(|_| panic!("{} has no number in column {at}", row[0]))
}

/// Parcels by status of a zone.
fn count(rows: &[Vec<String>], zone: &str, status: &str) -> usize {
    let at = column(rows, zone);
    rows[1..].iter().filter(|row| row[at] == status).count()
}

#[test]
fn a_planners_first_and_second_run() {
    let Some(real) = real() else {
        println!("skipped: no real data (KYOTEN_REAL, or ../shared/real)");
        return;
    };
    let folder = Folder::new();
    let project = PROJECT.replace("REAL", &real.to_string_lossy());
    folder.put("first.toml", &project);
    folder.put("second.toml", project.replace("[layers]", "[layers]\npeaks = \"peaks.csv\""));
    folder.put("peaks.csv", PEAKS);
    let run = |name: &str| -> (Run, Value, Vec<Vec<String>>) {
        let run = folder.run(&[&format!("{name}.toml"), "--out", name, "--format", "csv"]);
        let rows = rows(&folder.text(&format!("{name}/parcels.csv")));
        (run, folder.json(&format!("{name}/run.json")), rows)
    };
    let (first_run, report, first) = run("first");
    let (second_run, second_report, second) = run("second");
    assert_eq!((first.len(), second.len()), (47_838, 47_838));
    assert_eq!(report["plane"]["name"], "平面直角座標系 VIII (EPSG:6676)");

    without_peaks_nothing_is_sure(&first_run, &report, &first);
    the_quirks_are_told(&report);
    a_name_spelt_in_another_way_is_told(&second_report);
    peaks_settle_the_stations(&first, &second, &second_run);
    nothing_contradicts_the_first_run(&first, &second);
}

fn without_peaks_nothing_is_sure(run: &Run, report: &Value, rows: &[Vec<String>]) {
    assert_eq!(count(rows, "central", "eligible"), 0);
    let undetermined = count(rows, "central", "undetermined");
    assert!(undetermined > 10_000, "{undetermined}");
    assert_eq!(report["open"]["central"]["near-frequent-transit"], undetermined);
    let mut lines = run.stdout.lines().skip_while(|line| !line.contains("near frequent transit: central hub zone"));
    assert!(lines.nth(1).is_some_and(|line| line.contains("peak_trips")), "{}", run.stdout);
}

fn the_quirks_are_told(report: &Value) {
    let notices = report["notices"].as_array().unwrap();
    let notice = |layer: &str, id: &str| {
        let found = notices.iter().find(|notice| notice["layer"] == layer && notice["id"] == id);
        found.unwrap_or_else(|| panic!("no notice {id} of {layer}"))
    };
    assert_eq!(notice("induction_area", "closed-lines-as-area")["count"], 3);
    assert!(notice("urban_zone", "mended-crossing")["count"].as_u64() > Some(0));
    assert_eq!(notice("urban_zone", "datum-shift")["count"], 11);
    assert!(notice("census", "suppressed-census")["count"].as_u64() > Some(0));
    let inputs = report["inputs"].as_array().unwrap();
    let input = |layer: &str| inputs.iter().find(|input| input["layer"] == layer).unwrap();
    assert_eq!(input("stops")["used"], 345);
    assert_eq!(input("facilities")["used"], 96);
    assert_eq!(input("urban_zone")["files"].as_array().unwrap().len(), 11);
    let crs = input("induction_area")["files"][0]["crs"].as_str().unwrap();
    assert!(crs.contains("2450"), "{crs}");
    let encoding = input("facilities")["files"][0]["encoding"].as_str().unwrap();
    assert!(encoding.contains("Shift_JIS"), "{encoding}");
}

/// 焼津港 is no stop of the layer.
fn a_name_spelt_in_another_way_is_told(report: &Value) {
    let notices = report["notices"].as_array().unwrap();
    let notice = notices.iter().find(|notice| notice["id"] == "peak-of-nothing").expect("a row that speaks of no stop");
    assert_eq!(notice["examples"], serde_json::json!(["焼津港"]));
}

fn peaks_settle_the_stations(first: &[Vec<String>], second: &[Vec<String>], run: &Run) {
    assert!(count(second, "central", "eligible") > 1000);
    assert!(count(second, "central", "undetermined") < count(first, "central", "undetermined"));
    assert!(run.stdout.contains("eligible"), "{}", run.stdout);
    let [station, station_m, central] = ["station", "station_m", "central"].map(|name| column(second, name));
    for name in ["焼津", "西焼津"] {
        let near =
            |row: &&Vec<String>| row[station] == name && row[central] == "eligible" && number(row, station_m) < 1000.0;
        assert!(second[1..].iter().filter(near).count() > 100, "eligible parcels around {name}駅");
    }
    let stop = column(second, "stop");
    assert!(second[1..].iter().any(|row| row[stop] == "焼津市立病院前"));
    assert!(
        first[1..].iter().all(|row| row[station].is_empty() && row[stop].is_empty()),
        "nothing has a known service in the first run"
    );
}

/// What is learnt makes intervals smaller and never moves them: `lo` rises, `hi` falls.
fn nothing_contradicts_the_first_run(first: &[Vec<String>], second: &[Vec<String>]) {
    for stem in ["central", "near_frequent_transit", "near_connected_stop", "near_central_hub", "local", "senior"] {
        let [lo, hi] = ["lo", "hi"].map(|end| column(first, &format!("{stem}_{end}")));
        for (before, after) in first[1..].iter().zip(&second[1..]) {
            let ends = [number(before, lo), number(after, lo), number(after, hi), number(before, hi)];
            // A millionth of rounding, and as much of the overlay.
            assert!(ends.windows(2).all(|pair| pair[0] <= pair[1] + 2e-6), "{} {stem}: {ends:?}", before[0]);
        }
    }
    let central = column(first, "central");
    let turned = first.iter().zip(second).filter(|(a, b)| a[central] == "ineligible" && b[central] != "ineligible");
    assert_eq!(turned.count(), 0);
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, to).unwrap();
        }
    }
}

#[test]
fn the_citys_own_files_with_a_file_of_parcels_need_no_project_file() {
    let Some(real) = real() else {
        println!("skipped: no real data (KYOTEN_REAL, or ../shared/real)");
        return;
    };
    let folder = Folder::new();
    copy(&real.join("yaizu"), &folder.path().join("downloads"));
    std::fs::copy(real.join("yaizu_lots/parcels.geojson.gz"), folder.path().join("downloads/parcels.geojson.gz"))
        .unwrap();
    let run = folder.run(&["downloads", "--out", "out", "--format", "csv"]);
    let report = folder.json("out/run.json");
    assert_eq!(report["project"]["municipality"], "22212");
    let inputs = report["inputs"].as_array().unwrap();
    let used = |layer: &str| {
        let input = inputs.iter().find(|input| input["layer"] == layer).unwrap_or_else(|| panic!("no {layer}"));
        (input["files"].as_array().unwrap().len(), input["used"].as_u64())
    };
    assert_eq!(used("stops"), (1, Some(345)));
    assert_eq!(used("urban_zone"), (11, Some(98)));
    assert_eq!(used("induction_area"), (1, Some(3)));
    assert_eq!(used("residence_area"), (1, Some(3)));
    assert_eq!(inputs.len(), 5, "parcels and these, and nothing that was guessed");
    // Everything else is named, those that a planner may mean and those that are no layer.
    for name in [
        "公園・緑地.shp",
        "自治会区域.shp",
        "yohairyosya.csv",
        "市街化区域界_crs無し.geojson",
        "JYOU.shp",
        "bus-route.geojson",
    ] {
        assert!(run.stderr.contains(name), "{name} is not told of");
    }
    let notices = report["notices"].as_array().unwrap();
    let left = notices.iter().find(|notice| notice["id"] == "not-a-layer").unwrap();
    assert!(left["count"].as_u64() > Some(50), "{left}");
}
