//! `kyoten diff`: two runs on the sample city against counts made here from their files, the stop that did it against
//! distances worked out here, and runs made by hand for what the sample does not show.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{Folder, column, rows};
use kyoten::outputs::PARCEL_FORMATS;
use serde_json::{Value, json};

const ZONES: [&str; 4] = ["central", "local", "senior", "senior_site"];

/// Stops of the sample, and their peaks before and after.
const STOPS: [(&str, [f64; 2], f64, f64); 4] = [
    ("架空駅前", [138.403_292_561, 34.901_904_171], 8.0, 1.0),
    ("西町一丁目", [138.405_718_453, 34.902_423_496], 2.0, 4.0),
    ("北町入口", [138.402_711_656, 34.904_219_603], 1.0, 5.0),
    ("東町入口", [138.400_531_569, 34.901_742_448], 1.0, 1.0),
];

/// How far people walk to a stop in these runs.
const STOP_RADIUS: f64 = 120.0;

macro_rules! golden {
    ($name:literal, $text:expr) => {{
        let text = $text;
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($name, text) });
    }};
}

/// The peaks of the sample's stops where nobody had its timetables.
const PEAKS: &str = "name,line,peak_trips\n架空,架空本線,6\n架空,架空港線,4\n架空駅前,架空軌道線,12\n隣野,隣野線,2\n\
    架空駅前,架空中央線,8\n架空駅前,南北線,8\n架空駅前,市街地線,0\n新架空口,架空中央線,1\n新架空駅西,架空中央線,2\n\
    架空東口,東浜線,2\n東浜,東浜線,2\n架空市役所前,市街地線,1\n架空病院前,市街地線,1\n東町入口,架空中央線,1\n\
    西町一丁目,架空中央線,2\n西町一丁目,市街地線,0\n北町入口,南北線,1\n";

/// The sample without its timetables run on in `a`; in `b` once more after some peaks and a threshold were changed. Walks are
/// short, so that stops matter one by one.
fn two_runs(formats: &str) -> Folder {
    let folder = Folder::with_sample();
    folder.edit("city/kyoten.toml", "gtfs = ", "# gtfs = ");
    folder.put("city/peaks.csv", PEAKS);
    folder.edit("city/kyoten.toml", "station_radius_m = 1000", "station_radius_m = 50");
    folder.edit("city/kyoten.toml", "stop_radius_m = 500", &format!("stop_radius_m = {STOP_RADIUS}"));
    folder.run(&["city", "--out", "a", "--format", formats]);
    folder.edit("city/kyoten.toml", "min_peak_trips = 3", "min_peak_trips = 3\nmin_site_m2 = 200");
    for (from, to) in [
        ("架空駅前,架空中央線,8", "架空駅前,架空中央線,1"),
        ("架空駅前,南北線,8", "架空駅前,南北線,0"),
        ("西町一丁目,架空中央線,2", "西町一丁目,架空中央線,4"),
        ("北町入口,南北線,1", "北町入口,南北線,5"),
    ] {
        folder.edit("city/peaks.csv", from, to);
    }
    folder.run(&["city", "--out", "b", "--format", formats]);
    let bus = |name: &str, at: [f64; 2], peak: f64| {
        stop(
            &json!({ "name": name, "peak_trips_lo": peak, "peak_trips_hi": peak, "frequent": if peak >= 3.0 { "sure" } else { "no" } }),
            at,
        )
    };
    with_stops(&folder, "a", &STOPS.map(|(name, at, before, _)| bus(name, at, before)));
    with_stops(&folder, "b", &STOPS.map(|(name, at, _, after)| bus(name, at, after)));
    folder
}

/// A feature of `stops.geojson`: a bus stop that serves nobody, but for what is said.
fn stop(said: &Value, at: [f64; 2]) -> Value {
    let mut properties = json!({ "name": null, "kind": "bus", "source": "layer", "lines": [], "stop_ids": [], "peak_trips_lo": 0.0,
        "peak_trips_hi": 0.0, "direction": null, "window": null, "frequent": "no", "connects": null });
    for (key, value) in said.as_object().unwrap() {
        assert!(properties.get(key).is_some(), "{key}");
        properties[key] = value.clone();
    }
    json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Point", "coordinates": at } })
}

/// Gives a run these stops.
fn with_stops(folder: &Folder, run: &str, stops: &[Value]) {
    folder.put(&format!("{run}/stops.geojson"), json!({ "type": "FeatureCollection", "features": stops }).to_string());
    change_run(folder, run, |json| {
        let files = json["files"].as_array_mut().unwrap();
        files.retain(|name| name != "stops.geojson");
        files.push(json!("stops.geojson"));
        // As older runs have it: what the files are is not told, and they may be changed below.
        json.as_object_mut().unwrap().remove("outputs");
    });
}

fn change_run(folder: &Folder, run: &str, change: impl FnOnce(&mut Value)) {
    let name = format!("{run}/run.json");
    let mut json = folder.json(&name);
    change(&mut json);
    folder.put(&name, json.to_string());
}

/// What `diff` prints for people.
fn told(folder: &Folder, a: &str, b: &str) -> String {
    let run = folder.kyoten(&["diff", a, b]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    run.stdout
}

/// What `diff` prints for programs.
fn document(folder: &Folder, a: &str, b: &str) -> Value {
    let run = folder.kyoten(&["diff", a, b, "--json"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    serde_json::from_str(&run.stdout).unwrap()
}

fn parcels(folder: &Folder, run: &str) -> Vec<Value> {
    folder.json(&format!("{run}/parcels.geojson"))["features"].as_array().unwrap().clone()
}

#[test]
fn the_summary_and_the_table_of_two_runs() {
    let folder = two_runs("geojson");
    let run = folder.kyoten(&["diff", "a", "b", "--out", "changes.csv"]);
    // What is said beside it is of ids that a spreadsheet takes for days.
    assert_eq!((run.status, run.stderr.matches("warning [").count()), (0, 1), "{}", run.stderr);
    assert!(run.stderr.starts_with("warning [changes.csv] 67 cell(s) that a spreadsheet turns into"), "{}", run.stderr);
    golden!("summary", run.stdout.as_str());
    let table = folder.text("changes.csv");
    assert!(table.starts_with('\u{feff}') && table.lines().count() == table.matches("\r\n").count());
    let central = table.lines().filter(|line| line.contains("kyoten_id") || line.contains(",central,"));
    golden!("changes", central.map(|line| line.trim_start_matches('\u{feff}')).collect::<Vec<_>>().join("\n"));
    // Once more, the same bytes.
    assert_eq!(folder.kyoten(&["diff", "a", "b", "--out", "again.csv"]).stdout.replace("again", "changes"), run.stdout);
    assert_eq!(folder.bytes("again.csv"), folder.bytes("changes.csv"));
}

#[test]
fn what_changed_is_what_the_two_files_of_parcels_say() {
    let folder = two_runs("geojson");
    folder.kyoten(&["diff", "a", "b", "--out", "changes.csv"]);
    let (found, table) = (document(&folder, "a", "b"), rows(&folder.text("changes.csv")));
    let required = folder.json("a/run.json")["rules"]["required"].clone();
    // The sample's order is the same in both runs, and so are its ids, the one that stands twice too.
    let (before, after) = (parcels(&folder, "a"), parcels(&folder, "b"));
    let mut changes: BTreeMap<(&str, String, String), (u64, f64)> = BTreeMap::new();
    let mut lines = table[1..].iter();
    for (before, after) in before.iter().zip(&after) {
        let (before, after) = (&before["properties"], &after["properties"]);
        for zone in ZONES.into_iter().filter(|zone| before[*zone] != after[*zone]) {
            let [from, to] = [before, after].map(|parcel| parcel[zone].as_str().unwrap().to_owned());
            let area = if from == "eligible" { before } else { after }["area_m2"].as_f64().unwrap();
            let cells = lines.next().unwrap();
            assert_eq!(cells[..4], [after["kyoten_id"].as_str().unwrap(), zone, &from, &to]);
            assert_eq!(cells[4].parse::<f64>().unwrap(), area);
            if zone != "senior_site" {
                let differs = |id: &&str| {
                    ["lo", "hi"]
                        .map(|end| format!("{}_{end}", id.replace('-', "_")))
                        .iter()
                        .any(|c| before[c] != after[c])
                };
                let ids = required[zone].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
                assert_eq!(cells[5], ids.filter(differs).collect::<Vec<_>>().join(";"));
            }
            let of = changes.entry((zone, from, to)).or_default();
            *of = (of.0 + 1, of.1 + area / 1e4);
        }
    }
    assert!(lines.next().is_none());
    assert!(changes.len() >= 5, "{changes:?}");
    for zone in ZONES {
        let of_zone = || changes.iter().filter(|((of, ..), _)| *of == zone);
        let listed = found["zones"][zone]["changes"].as_array().unwrap();
        assert_eq!(listed.len(), of_zone().count());
        for one in listed {
            let key = (zone, one["from"].as_str().unwrap().to_owned(), one["to"].as_str().unwrap().to_owned());
            is_amount(one, changes[&key]);
        }
        let sum = |which: &dyn Fn(&str, &str) -> bool| {
            let chosen = of_zone().filter(|((_, from, to), _)| which(from, to));
            chosen.fold((0, 0.0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1))
        };
        let (gained, lost) = (sum(&|_, to| to == "eligible"), sum(&|from, _| from == "eligible"));
        is_amount(&found["zones"][zone]["gained"], gained);
        is_amount(&found["zones"][zone]["lost"], lost);
        is_amount(&found["zones"][zone]["other"], sum(&|from, to| from != "eligible" && to != "eligible"));
        assert_eq!(
            found["zones"][zone]["net"]["parcels"].as_i64().unwrap(),
            gained.0.cast_signed() - lost.0.cast_signed()
        );
    }
    // What a table of the counts of `run.json` would say.
    for zone in ZONES {
        let [was, is] = ["a", "b"]
            .map(|run| folder.json(&format!("{run}/run.json"))["counts"][zone]["eligible"]["parcels"].as_i64());
        assert_eq!(
            is.unwrap_or(0) - was.unwrap_or(0),
            found["zones"][zone]["net"]["parcels"].as_i64().unwrap(),
            "{zone}"
        );
    }
}

fn is_amount(found: &Value, (parcels, hectares): (u64, f64)) {
    assert_eq!(found["parcels"], parcels);
    assert!((found["hectares"].as_f64().unwrap() - hectares).abs() < 6e-5, "{found} against {hectares} ha");
}

/// Metres from a parcel's edge to a place, on a sphere unrolled around it: good to some centimetres at this distance.
fn metres(parcel: &Value, [lon, lat]: [f64; 2]) -> f64 {
    let degree = 6_371_000.0_f64.to_radians();
    let flat = |point: &Value| {
        let [x, y] = [0, 1].map(|axis| point[axis].as_f64().unwrap());
        // The earth's radii of curvature at 35° north differ from the sphere's by half a percent at most.
        [(x - lon) * degree * lat.to_radians().cos() * 1.0025, (y - lat) * degree * 0.998]
    };
    let geometry = &parcel["geometry"];
    let polygons = match geometry["type"].as_str() {
        Some("Polygon") => vec![geometry["coordinates"].clone()],
        Some("MultiPolygon") => geometry["coordinates"].as_array().unwrap().clone(),
        _ => return f64::INFINITY,
    };
    let rings = polygons.iter().flat_map(|polygon| polygon.as_array().unwrap());
    let mut least = f64::INFINITY;
    let mut inside = false;
    for ring in rings {
        let ring: Vec<[f64; 2]> = ring.as_array().unwrap().iter().map(flat).collect();
        for pair in ring.windows(2) {
            let [[x, y], [u, v]] = [pair[0], pair[1]];
            let (dx, dy) = (u - x, v - y);
            let along = (-(x * dx + y * dy) / (dx * dx + dy * dy).max(1e-12)).clamp(0.0, 1.0);
            least = least.min((x + along * dx).hypot(y + along * dy));
            inside ^= (y > 0.0) != (v > 0.0) && x - y * dx / dy > 0.0;
        }
    }
    if inside { 0.0 } else { least }
}

#[test]
fn each_parcel_is_put_down_to_the_nearest_stop_that_changed_its_way() {
    let folder = two_runs("geojson");
    let found = document(&folder, "a", "b");
    assert_eq!(found["stops_by"], "shapes");
    let by_id: BTreeMap<String, Value> = parcels(&folder, "b")
        .into_iter()
        .map(|parcel| (parcel["properties"]["kyoten_id"].as_str().unwrap().to_owned(), parcel))
        .collect();
    let mut put_down = BTreeMap::new();
    for change in found["changes"].as_array().unwrap() {
        let named =
            change["stop"].as_u64().map(|stop| found["stops"][stop as usize]["name"].as_str().unwrap().to_owned());
        if change["zone"] != "central" {
            assert_eq!(named, None, "{change}");
            continue;
        }
        let better = ["eligible", "prospective"].contains(&change["to"].as_str().unwrap());
        let candidates = STOPS.iter().filter(|(_, _, before, after)| (after > before) == better && before != after);
        let parcel = &by_id[change["kyoten_id"].as_str().unwrap()];
        let mut near: Vec<(f64, &str)> = candidates.map(|(name, at, ..)| (metres(parcel, *at), *name)).collect();
        near.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(near[0].0 <= STOP_RADIUS + 0.3, "{change}: {near:?}");
        assert_eq!(named.as_deref(), Some(near[0].1), "{change}: {near:?}");
        *put_down.entry(named.unwrap()).or_insert(0) += 1;
    }
    assert_eq!(put_down.len(), 3, "{put_down:?}");
    for stop in found["stops"].as_array().unwrap() {
        let zone = &stop["zones"]["central"];
        let parcels =
            ["gained", "lost", "other"].map(|word| zone[word]["parcels"].as_u64().unwrap()).iter().sum::<u64>();
        assert_eq!(put_down[stop["name"].as_str().unwrap()], parcels);
    }
}

#[test]
fn every_format_gives_the_same_answer() {
    let formats: Vec<&str> = PARCEL_FORMATS.iter().map(|format| format.name).collect();
    let folder = two_runs(&formats.join(","));
    let mut answers = Vec::new();
    for format in PARCEL_FORMATS.iter().filter(|format| !format.is_workbook) {
        for run in ["a", "b"] {
            for file in ["run.json", "stops.geojson", format.file] {
                folder.put(&format!("{}/{run}/{file}", format.name), folder.bytes(&format!("{run}/{file}")));
            }
        }
        let [a, b] = ["a", "b"].map(|run| format!("{}/{run}", format.name));
        let said = folder.kyoten(&["diff", &a, &b, "--out", "changes.csv"]);
        assert_eq!(said.status, 0, "{}: {}", format.name, said.stderr);
        let by_columns = said.stdout.matches("by the names in their columns").count();
        assert_eq!(by_columns, usize::from(format.name == "csv"), "{}", said.stdout);
        answers.push(folder.text("changes.csv"));
    }
    assert!(answers.len() >= 3 && answers.iter().all(|answer| *answer == answers[0]));
    // A run with shapes beside one without.
    let mixed = folder.kyoten(&["diff", "geojson/a", "csv/b", "--out", "changes.csv"]);
    assert!(!mixed.stdout.contains("by the names") && folder.text("changes.csv") == answers[0], "{}", mixed.stdout);
}

#[test]
fn two_runs_on_the_same_city_do_not_differ() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "a"]);
    folder.run(&["city", "--out", "b", "--threads", "1"]);
    assert!(told(&folder, "a", "b").contains("\nnothing differs: "));
    assert_eq!(document(&folder, "a", "b")["nothing_differs"], true);
    // A stop that changed without a consequence is a difference all the same.
    with_stops(&folder, "a", &[stop(&json!({ "name": "駅前" }), [138.4, 34.9])]);
    with_stops(
        &folder,
        "b",
        &[stop(&json!({ "name": "駅前", "peak_trips_hi": null, "frequent": "possible" }), [138.4, 34.9])],
    );
    let text = told(&folder, "a", "b");
    assert!(
        text.contains("no parcel has another status") && text.contains("stops that changed and changed no status: 1")
    );
    assert!(text.contains("nothing else differs"), "{text}");
}

#[test]
fn a_run_without_stops_is_compared_without_them() {
    let folder = two_runs("geojson");
    fs::remove_file(folder.path().join("a/stops.geojson")).unwrap();
    assert!(told(&folder, "a", "b").contains("stops are not compared: no stops.geojson in A\n"));
    let found = document(&folder, "a", "b");
    assert!(found["stops"].is_null() && found["stops_by"].is_null());
    assert!(found["changes"].as_array().unwrap().iter().all(|change| change["stop"].is_null()));
}

#[test]
fn parcels_of_one_run_alone_and_those_of_one_id_are_told() {
    let folder = two_runs("geojson");
    let text = folder.text("b/parcels.geojson");
    let lines: Vec<&str> = text.lines().collect();
    // Without the fourth parcel, with the third under another number, in another order.
    let mut kept: Vec<String> =
        lines[1..lines.len() - 1].iter().map(|line| line.trim_end_matches(',').to_owned()).collect();
    let id = |line: &str| {
        serde_json::from_str::<Value>(line).unwrap()["properties"]["kyoten_id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (id(&kept[2]), id(&kept[3]));
    kept[2] = kept[2].replace(&format!("\"kyoten_id\":\"{first}\""), "\"kyoten_id\":\"new\"");
    kept.remove(3);
    kept.reverse();
    let before = document(&folder, "a", "b");
    folder.put("b/parcels.geojson", format!("{}\n{}\n]}}\n", lines[0], kept.join(",\n")));
    let found = document(&folder, "a", "b");
    let ids = |run: &str| -> Vec<String> {
        let alone = found[run]["alone"].as_array().unwrap().iter();
        alone.map(|parcel| parcel["kyoten_id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((ids("before"), ids("after")), (vec![first.clone(), second.clone()], vec!["new".to_owned()]));
    assert_eq!((found["matched"].as_u64(), found["after"]["repeated_ids"].as_u64()), (Some(298), Some(1)));
    let text = told(&folder, "a", "b");
    assert!(text.contains("only in A: 2 (") && text.contains(&format!("): {first}, {second}\n")), "{text}");
    assert!(
        text.contains("in B, with the kyoten_id of an earlier one, and matched in their order: 1 parcel\n"),
        "{text}"
    );
    let others = |found: &Value| -> BTreeMap<String, usize> {
        let changes =
            found["changes"].as_array().unwrap().iter().map(|change| change["kyoten_id"].as_str().unwrap().to_owned());
        let mut counts = BTreeMap::new();
        changes.filter(|id| *id != first && *id != second).for_each(|id| *counts.entry(id).or_insert(0) += 1);
        counts
    };
    assert_eq!(others(&found), others(&before), "the order of the parcels does not matter");
}

// Runs made by hand.

/// A run folder with parcels of 10 m a side along a line to the east: how many metres east, status in the zone, and the
/// shares of the zone's criterion about stops.
fn by_hand(
    folder: &Folder,
    run: &str,
    zone: &str,
    criterion: &str,
    parcels: &[(f64, &str, f64, f64)],
    stops: &[Value],
) {
    let thresholds = json!({ "station_radius_m": 1000.0, "stop_radius_m": 500.0, "near_stop_radius_m": 100.0, "hub_radius_m": 5000.0,
        "facility_spacing_m": 700.0, "min_peak_trips": 3.0, "min_public_land": 0.15, "min_seniors_per_ha": 40.0, "min_site_m2": 300.0,
        "membership": 0.5 });
    let required = json!({ "central": ["near-frequent-transit"], "local": ["near-connected-stop"], "senior": ["near-stop"],
        "senior_site": ["large-enough-site", "clear-of-same-kind"] });
    let json = json!({
        "tool": { "name": "kyoten", "version": "0.1.0" },
        "project": { "name": "手製", "municipality": null, "planned_kind": null },
        "plane": { "name": "平面直角座標系 VIII (EPSG:6676)" },
        "rules": { "set": "saikochiku", "required": required, "thresholds": thresholds, "waived": {} },
        "expectations": [], "inputs": [], "files": ["parcels.geojson"],
    });
    folder.put(&format!("{run}/run.json"), json.to_string());
    let column = criterion.replace('-', "_");
    let features = parcels.iter().enumerate().map(|(place, (east, status, lo, hi))| {
        let [west, east] = [*east, *east + 10.0].map(|metres| at(metres)[0]);
        let [south, north] = [34.9, 34.9 + 10.0 / 110_922.0];
        let mut properties = json!({ "kyoten_id": place.to_string(), "area_m2": 100.0 });
        for other in ZONES {
            properties[other] = json!(if other == zone { *status } else { "ineligible" });
        }
        properties[format!("{column}_lo")] = json!(lo);
        properties[format!("{column}_hi")] = json!(hi);
        let ring = json!([[[west, south], [east, south], [east, north], [west, north], [west, south]]]);
        json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Polygon", "coordinates": ring } })
    });
    let all = json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() });
    folder.put(&format!("{run}/parcels.geojson"), all.to_string());
    with_stops(folder, run, stops);
}

/// So many metres to the east of the first parcel.
fn at(metres: f64) -> [f64; 2] {
    [138.4 + metres / 91_290.0, 34.9]
}

/// The names of the stops that the changes are put down to, `-` for none.
fn blamed(folder: &Folder) -> Vec<String> {
    let found = document(folder, "a", "b");
    let name = |change: &Value| match change["stop"].as_u64() {
        Some(stop) => found["stops"][stop as usize]["name"].as_str().unwrap().to_owned(),
        None => "-".to_owned(),
    };
    found["changes"].as_array().unwrap().iter().map(name).collect()
}

fn service(name: &str, frequent: &str, metres: f64) -> Value {
    stop(&json!({ "name": name, "frequent": frequent }), at(metres))
}

#[test]
fn a_loss_is_put_down_to_a_stop_that_lost_though_one_that_gained_is_nearer() {
    let folder = Folder::new();
    let of = |run: &str, parcels: &[(f64, &str, f64, f64)], frequent: [&str; 2]| {
        let stops = vec![service("near", frequent[0], 100.0), service("far", frequent[1], 400.0)];
        by_hand(&folder, run, "central", "near-frequent-transit", parcels, &stops);
    };
    let yes = ("eligible", 1.0, 1.0);
    let no = ("ineligible", 0.0, 0.0);
    let parcel = |east: f64, (status, lo, hi): (&'static str, f64, f64)| (east, status, lo, hi);
    of("a", &[parcel(0.0, yes), parcel(0.0, no), parcel(2000.0, yes)], ["no", "sure"]);
    of("b", &[parcel(0.0, no), parcel(0.0, yes), parcel(2000.0, no)], ["sure", "no"]);
    assert_eq!(blamed(&folder), ["far", "near", "-"]);
}

#[test]
fn what_may_hold_is_put_down_to_a_stop_that_may_count() {
    let folder = Folder::new();
    let of = |run: &str, parcel: (f64, &str, f64, f64), frequent: &str| {
        let stops = vec![service("known", "no", 50.0), service("open", frequent, 300.0)];
        by_hand(&folder, run, "central", "near-frequent-transit", &[parcel], &stops);
    };
    of("a", (0.0, "undetermined", 0.0, 1.0), "possible");
    of("b", (0.0, "ineligible", 0.0, 0.0), "no");
    assert_eq!(blamed(&folder), ["open"]);
    assert!(told(&folder, "a", "b").contains("bus open: no longer frequent\n"));
}

#[test]
fn a_stop_that_moved_takes_with_it_and_brings() {
    let folder = Folder::new();
    let here = |name: &str| name.to_owned();
    let parcels = |west: &'static str, east: &'static str| {
        let share = |status: &str| f64::from(u8::from(status == "eligible"));
        [(0.0, west, share(west), share(west)), (250.0, east, share(east), share(east))]
    };
    by_hand(&folder, "a", "senior", "near-stop", &parcels("eligible", "ineligible"), &[service("駅前", "no", 50.0)]);
    by_hand(&folder, "b", "senior", "near-stop", &parcels("ineligible", "eligible"), &[service("駅前", "no", 200.0)]);
    assert_eq!(blamed(&folder), [here("駅前"), here("駅前")]);
    let text = told(&folder, "a", "b");
    assert!(
        text.contains("bus 駅前: moved 150 m\n    senior hub zone           gained 1 (0.01 ha), lost 1 (0.01 ha)\n"),
        "{text}"
    );
    // At 300 m it is another stop.
    by_hand(&folder, "b", "senior", "near-stop", &parcels("ineligible", "eligible"), &[service("駅前", "no", 351.0)]);
    let text = told(&folder, "a", "b");
    assert!(text.contains("bus 駅前: removed\n    senior hub zone           lost 1 (0.01 ha)\n"), "{text}");
    // It stands 91 m off the second parcel.
    assert!(text.contains("bus 駅前: added\n    senior hub zone           gained 1 (0.01 ha)\n"), "{text}");
}

#[test]
fn a_stop_that_connects_now_did_it_within_100_m() {
    let folder = Folder::new();
    let of = |run: &str, share: f64, status: &str, connects: Value| {
        let parcels = [(0.0, status, share, 1.0), (105.0, status, share, 1.0)];
        let stops = vec![stop(&json!({ "name": "東", "connects": connects }), at(-95.0))];
        by_hand(&folder, run, "local", "near-connected-stop", &parcels, &stops);
    };
    of("a", 0.0, "undetermined", json!("possible"));
    of("b", 1.0, "eligible", json!("sure"));
    assert_eq!(blamed(&folder), ["東", "-"]);
    assert!(told(&folder, "a", "b").contains("bus 東: now connects\n"));
}

#[test]
fn the_geometries_of_stops_may_be_of_any_kind() {
    let folder = Folder::new();
    let parcels = |status: &'static str, share: f64| [(0.0, status, share, share)];
    let line = json!({ "type": "LineString", "coordinates": [at(90.0), at(300.0)] });
    let both = json!({ "type": "GeometryCollection", "geometries": [
        { "type": "Point", "coordinates": at(-2000.0) }, { "type": "MultiLineString", "coordinates": [[at(90.0), at(300.0)]] } ] });
    for geometry in [line, both] {
        let mut station = stop(&json!({ "name": "駅", "kind": "rail" }), at(0.0));
        station["geometry"] = geometry;
        by_hand(&folder, "a", "senior", "near-stop", &parcels("ineligible", 0.0), &[]);
        by_hand(&folder, "b", "senior", "near-stop", &parcels("eligible", 1.0), &[station]);
        assert_eq!(blamed(&folder), ["駅"]);
    }
}

// What cannot be compared.

fn refused(folder: &Folder, arguments: &[&str]) -> String {
    let before = folder.contents();
    let run = folder.kyoten(&[&["diff"], arguments].concat());
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(folder.contents() == before, "something was written");
    run.stderr
}

#[test]
fn what_is_no_run_is_refused() {
    let folder = Folder::new();
    by_hand(&folder, "a", "senior", "near-stop", &[(0.0, "eligible", 1.0, 1.0)], &[]);
    folder.put("city/kyoten.toml", "");
    let copy = |name: &str, from: &str, to: &str| {
        for file in ["run.json", "parcels.geojson", "stops.geojson"] {
            folder.put(&format!("{name}/{file}"), folder.bytes(&format!("a/{file}")));
        }
        for file in ["run.json", "parcels.geojson", "stops.geojson"] {
            folder.put(&format!("{name}/{file}"), folder.text(&format!("{name}/{file}")).replace(from, to));
        }
    };
    copy("other-tool", "\"name\":\"kyoten\"", "\"name\":\"kyoto\"");
    copy("no-rules", "\"rules\"", "\"rule\"");
    copy("no-radius", "stop_radius_m", "stop_radius");
    copy("other-plane", "VIII", "XX");
    copy("no-parcels", "parcels.geojson", "sites.geojson");
    copy("other-status", "\"eligible\"", "\"fit\"");
    copy("no-zone", "\"senior_site\":\"ineligible\",", "");
    copy("other-city", "\"kyoten_id\":\"0\"", "\"kyoten_id\":\"1-1\"");
    folder.put("gone/run.json", folder.bytes("a/run.json"));
    let mut all = String::new();
    for run in [
        "nowhere",
        "city",
        "city/kyoten.toml",
        "other-tool",
        "no-rules",
        "no-radius",
        "other-plane",
        "no-parcels",
        "gone",
        "other-status",
        "no-zone",
        "other-city",
    ] {
        all += &refused(&folder, &["a", run]);
    }
    with_stops(&folder, "gone", &[stop(&json!({ "frequent": "often" }), at(0.0))]);
    folder.put("gone/parcels.geojson", folder.bytes("a/parcels.geojson"));
    all += &refused(&folder, &["a", "gone"]);
    all += &refused(&folder, &["a", "a", "--out", "a/parcels.geojson"]);
    all += &refused(&folder, &["a", "a", "--out", "city"]);
    all += &refused(&folder, &["a", "a", "--out", "nowhere/changes.csv"]);
    golden!("refused", all);
}

#[test]
fn a_table_saved_by_another_program_says_what_is_missing() {
    let folder = two_runs("csv");
    let table = folder.text("b/parcels.csv");
    folder.put("b/parcels.csv", table.replace("\r\n", "\n").replace("senior_site", "Site"));
    assert!(refused(&folder, &["a", "b"]).contains("parcels.csv: parcel 1: there is no column senior_site"));
    let rows = rows(&table);
    let header: Vec<&str> = rows[0].iter().map(String::as_str).collect();
    assert_eq!(column(&rows, "kyoten_id"), 0);
    folder.put("b/parcels.csv", format!("{}\n", header.join(",")));
    assert!(refused(&folder, &["a", "b"]).contains("parcel 1: there is none"));
}
