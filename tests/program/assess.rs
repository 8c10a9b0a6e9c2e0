//! `kyoten assess`: drawn zones as wholes.

use serde_json::{Value, json};

use crate::leaflet::{Drawn, Town, area, point, rect};
use crate::support::{Folder, Run, unwrapped};

const STOPS: &str = ", name = \"name\", line = \"line\", peak_trips = \"peak\"";

/// 1 km square, of 100 parcels, 25 units with public land in their west, and residents by unit; a district in its west.
fn town() -> Town {
    let cells = |side: f64| {
        let along = (1000.0 / side) as u32;
        (0..along * along).map(move |n| [f64::from(n % along) * side, f64::from(n / along) * side])
    };
    let unit = |at: &[f64; 2]| (at[0] / 200.0 + 5.0 * (at[1] / 200.0)) as u32;
    let units: Vec<Drawn> = cells(200.0).map(|[x, y]| area(x, y, 200.0, 200.0)).collect();
    let roads: Vec<Drawn> = cells(200.0)
        .map(|at| area(at[0], at[1], 10.0 * f64::from(unit(&at) % 7), 200.0))
        .filter(|one| one.0["coordinates"][0][0] != one.0["coordinates"][0][1])
        .collect();
    let people: Vec<Drawn> = cells(200.0)
        .map(|at| (rect(at[0], at[1], 200.0, 200.0), json!({ "pop": 400 + unit(&at), "pop65": 120 + 4 * unit(&at) })))
        .collect();
    let parcels: Vec<Drawn> = cells(100.0)
        .enumerate()
        .map(|(n, at)| (rect(at[0], at[1], 100.0, 100.0), json!({ "id": format!("p{n}") })))
        .collect();
    Town::new()
        .none("stations")
        .layer("stops", STOPS, &[(point(500.0, 500.0), json!({ "name": "甲", "line": "A", "peak": 6 }))])
        .layer("did", "", &[area(-100.0, -100.0, 650.0, 1200.0)])
        .layer("units", "", &units)
        .layer("public_land", "", &roads)
        .layer("census", "", &people)
        .layer("urban_zone", "", &[area(-1e3, -1e3, 3e3, 3e3)])
        .layer("induction_area", "", &[area(-1e3, -1e3, 3e3, 3e3)])
        .layer("parcels", ", id = \"id\"", &parcels)
}

/// What is said of zones drawn in that town, in plane metres.
fn assessed(town: &Town, zones: &[Drawn], more: &[&str]) -> (Run, Value) {
    let file = town.write().path().join("plan.geojson");
    std::fs::write(&file, crate::leaflet::features(zones).to_string()).unwrap();
    let run = town
        .folder
        .kyoten(&[&["assess", "kyoten.toml", "plan.geojson", "--crs", "EPSG:6676", "--json"], more].concat());
    let document = serde_json::from_str(&run.stdout).unwrap_or(Value::Null);
    (run, document)
}

fn criterion<'a>(zone: &'a Value, id: &str) -> &'a Value {
    zone["criteria"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}: {zone:#}"))
}

fn near(value: &Value, wanted: f64, by: f64) {
    let found = value.as_f64().unwrap_or_else(|| panic!("{value}"));
    assert!((found - wanted).abs() <= by, "{found} is not {wanted}");
}

#[test]
fn a_zone_of_whole_parcels_and_units_is_what_a_run_says_of_these() {
    let town = town();
    let (run, document) = assessed(&town, &[area(200.0, 200.0, 600.0, 400.0)], &[]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let zone = &document["zones"][0];
    let judged = town.judged();
    let inside: Vec<&Value> = judged
        .iter()
        .filter(|(id, _)| {
            let n: u32 = id[1..].parse().unwrap();
            (2..8).contains(&(n % 10)) && (2..6).contains(&(n / 10))
        })
        .map(|(_, columns)| columns)
        .collect();
    assert_eq!(inside.len(), 24);
    let number = |columns: &Value, name: &str| columns[name].as_f64().unwrap_or_else(|| panic!("{name}: {columns}"));
    let whole: f64 = inside.iter().map(|one| number(one, "area_m2")).sum();
    let mean = |name: &str| inside.iter().map(|one| number(one, "area_m2") * number(one, name)).sum::<f64>() / whole;
    near(&zone["area_ha"], whole / 1e4, 1e-4);
    assert_eq!(zone["parcels"], 24);
    for (id, column) in [
        ("in-did", "in_did"),
        ("near-frequent-transit", "near_frequent_transit"),
        ("enough-public-land", "enough_public_land"),
    ] {
        near(&criterion(zone, id)["share"]["lo"], mean(&format!("{column}_lo")), 2e-6);
        near(&criterion(zone, id)["share"]["hi"], mean(&format!("{column}_hi")), 2e-6);
    }
    for end in ["lo", "hi"] {
        near(&zone["public_land_ratio"][end], mean(&format!("public_land_ratio_{end}")), 2e-6);
        near(&zone["seniors_per_ha"][end], mean(&format!("seniors_per_ha_{end}")), 2e-4);
    }
}

#[test]
fn by_hand() {
    let town = town();
    // 50 of 200 m lie east of the district, which ends at 550; the stop is near; of the unit at 400 400 (number 12) 50 of 200 m are public.
    let (run, document) = assessed(&town, &[area(400.0, 400.0, 200.0, 200.0)], &["-o", "parts.geojson"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let zone = &document["zones"][0];
    assert_eq!([&zone["zone"], &zone["status"]], ["central", "ineligible"]);
    near(&zone["area_ha"], 4.0, 1e-4);
    near(&zone["public_land_ratio"]["lo"], 0.25, 1e-6);
    near(&zone["seniors_per_ha"]["lo"], (120.0 + 48.0) / 4.0, 1e-3);
    near(&zone["population"]["lo"], 412.0, 0.1);
    let did = criterion(zone, "in-did");
    near(&did["share"]["lo"], 0.75, 1e-6);
    assert_eq!([&did["is_met"], &did["breaking"]["no"]["parts"]], [&json!(false), &json!(1)]);
    near(&did["breaking"]["no"]["area_ha"], 1.0, 1e-4);
    assert_eq!(criterion(zone, "near-frequent-transit")["is_met"], true);
    let land = criterion(zone, "enough-public-land");
    assert_eq!([&land["decided_by"], &land["is_met"]], [&json!("whole"), &json!(true)]);
    near(&zone["largest"]["area_ha"], 3.0, 1e-4);
    assert_eq!(zone["stops"], json!(["甲"]));

    let parts = town.folder.json("parts.geojson");
    let rows: Vec<&Value> = parts["features"].as_array().unwrap().iter().map(|one| &one["properties"]).collect();
    let roles: Vec<&str> = rows.iter().map(|row| row["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["zone", "breaking", "largest"]);
    assert_eq!([&rows[0]["fails"], &rows[1]["criterion"], &rows[1]["certainty"]], ["in-did", "in-did", "no"]);
    near(&rows[1]["area_ha"], 1.0, 1e-4);
    near(&rows[2]["area_ha"], 3.0, 1e-4);
}

#[test]
fn a_zone_is_asked_for_its_own_ratio_and_not_for_that_of_its_units() {
    let town = town();
    // Units 12 and 13: 50 and 60 of 200 m. The east of 12 alone has none, the west nothing else.
    let (_, document) = assessed(&town, &[area(452.0, 400.0, 90.0, 200.0), area(400.0, 400.0, 40.0, 200.0)], &[]);
    let [without, with] = [&document["zones"][0], &document["zones"][1]];
    near(&without["public_land_ratio"]["hi"], 0.0, 1e-9);
    let land = criterion(without, "enough-public-land");
    assert_eq!(
        [&land["is_met"], &land["share"]["lo"], &without["status"]],
        [&json!(false), &json!(1.0), &json!("ineligible")]
    );
    assert_eq!(without["largest"], Value::Null);
    near(&with["public_land_ratio"]["lo"], 1.0, 1e-9);
    assert_eq!(with["status"], "eligible");
}

#[test]
fn every_criterion_of_every_zone_met_is_zero_and_all_else_is_one() {
    let town = town();
    let fine = area(400.0, 400.0, 140.0, 200.0);
    assert_eq!(assessed(&town, std::slice::from_ref(&fine), &[]).0.status, 0);
    assert_eq!(assessed(&town, &[fine.clone(), area(500.0, 400.0, 100.0, 100.0)], &[]).0.status, 1);
    // Its shape is lost, so nobody knows.
    let (run, document) = assessed(&town, &[fine, (Value::Null, json!({}))], &[]);
    assert_eq!((run.status, &document["features_lost"]), (1, &json!(1)));
    assert!(run.stderr.contains("without a polygon"), "{}", run.stderr);
}

#[test]
fn what_a_zone_is_its_feature_says_else_the_command_else_it_is_the_first() {
    let town = town();
    let said = |zone: &str| (rect(400.0, 400.0, 100.0, 100.0), json!({ "zone": zone, "name": zone }));
    let zones = [said("senior"), said(""), said("生活拠点区域"), said("senior_site")];
    let kinds = |more: &[&str]| -> Vec<Value> {
        let (run, document) = assessed(&town, &zones, more);
        assert!(run.status < 2, "{}", run.stderr);
        document["zones"].as_array().unwrap().iter().map(|zone| zone["zone"].clone()).collect()
    };
    assert_eq!(kinds(&[]), ["senior", "central", "local", "senior_site"]);
    assert_eq!(kinds(&["--zone", "senior"]), ["senior", "senior", "local", "senior_site"]);
}

#[test]
fn a_zone_of_two_parts_has_the_numbers_of_both() {
    let town = town();
    let [one, other] = [rect(0.0, 0.0, 100.0, 100.0), rect(400.0, 400.0, 100.0, 300.0)];
    let both = json!({ "type": "MultiPolygon", "coordinates": [one["coordinates"], other["coordinates"]] });
    let (_, document) = assessed(&town, &[(both, json!({})), (one, json!({})), (other, json!({}))], &[]);
    let [both, one, other] = [0, 1, 2].map(|at| &document["zones"][at]);
    assert_eq!((&both["polygons"], &both["parcels"]), (&json!(2), &json!(4)));
    near(&both["area_ha"], 4.0, 1e-4);
    let number = |zone: &Value, name: &str| zone[name]["lo"].as_f64().unwrap();
    for name in ["public_land_ratio", "seniors_per_ha"] {
        near(&both[name]["lo"], 0.25 * number(one, name) + 0.75 * number(other, name), 1e-4);
    }
    near(&both["population"]["lo"], number(one, "population") + number(other, "population"), 0.11);
}

#[test]
fn a_local_zone_asks_that_stop_and_centre_are_of_one_central_zone_and_looks_at_those_that_are_set() {
    let plan = [area(300.0, 300.0, 400.0, 400.0)];
    let town = town().layer("central_zones", "", &plan).layer("hub_centres", "", &[(point(400.0, 400.0), json!({}))]);
    let drawn = (rect(450.0, 450.0, 80.0, 80.0), json!({ "zone": "local" }));
    let (run, document) = assessed(&town, std::slice::from_ref(&drawn), &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let zone = &document["zones"][0];
    assert_eq!([&criterion(zone, "one-zone")["is_met"], &zone["status"]], [&json!(true), &json!("eligible")]);
    let said = unwrapped(&run.stderr);
    assert!(said.contains("that the plan has set do not meet what is asked"), "{said}");
    let none = self::town().none("central_zones");
    let (run, document) = assessed(&none, &[drawn], &[]);
    assert_eq!((run.status, &document["zones"][0]["status"]), (1, &json!("ineligible")));
}

/// An outline as a closed line.
fn outline(x: f64, y: f64, side: f64) -> Drawn {
    (json!({ "type": "LineString", "coordinates": rect(x, y, side, side)["coordinates"][0] }), json!({}))
}

#[test]
fn closed_lines_are_the_zones_that_they_outline_and_those_inside_are_holes() {
    let town = town();
    let lines = [outline(400.0, 400.0, 200.0), outline(450.0, 450.0, 100.0), outline(100.0, 100.0, 100.0)];
    let (run, document) = assessed(&town, &lines, &[]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let hectares: Vec<f64> =
        document["zones"].as_array().unwrap().iter().map(|zone| zone["area_ha"].as_f64().unwrap()).collect();
    assert_eq!(hectares.len(), 2);
    assert!((hectares[0] - 3.0).abs() < 1e-3 && (hectares[1] - 1.0).abs() < 1e-3, "{hectares:?}");
    assert!(!run.stderr.contains("without a polygon"), "{}", run.stderr);
    // A hole may touch what it is in, also with the corner that it begins at.
    let touching = [outline(400.0, 400.0, 200.0), outline(400.0, 400.0, 100.0)];
    let (_, document) = assessed(&town, &touching, &[]);
    assert_eq!(document["zones"].as_array().unwrap().len(), 1);
    near(&document["zones"][0]["area_ha"], 3.0, 1e-3);
    let said = unwrapped(&run.stderr);
    assert!(said.contains("closed line(s) read as the rings of an area, those inside another as its holes"), "{said}");
    // One that stays open could be a hole of any other.
    let open = (json!({ "type": "LineString", "coordinates": [[138.4, 34.9], [138.5, 34.9]] }), json!({}));
    let error = refused(&assessed(&town, &[lines[0].clone(), open], &[]).0);
    assert!(error.contains("polygons"), "{error}");
}

/// The status of an answer, and what is wrong.
fn refused(run: &Run) -> String {
    assert_eq!(run.status, 2, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stdout, "");
    unwrapped(&run.stderr)
}

#[test]
fn bad_input_is_told_and_nothing_is_written() {
    let town = town();
    town.write();
    let folder = &town.folder;
    let drawn = |zones: &[Drawn]| {
        folder.put("plan.geojson", crate::leaflet::features(zones).to_string());
        let run =
            folder.kyoten(&["assess", "kyoten.toml", "plan.geojson", "--crs", "EPSG:6676", "-o", "parts.geojson"]);
        assert!(!folder.names("").contains(&"parts.geojson".to_owned()));
        refused(&run)
    };
    let said = |zone: &str| (rect(400.0, 400.0, 100.0, 100.0), json!({ "zone": zone }));
    let error = drawn(&[said("centrel")]);
    assert!(error.contains("plan.geojson: feature 1: the rules have no zone “centrel”"), "{error}");
    assert!(error.contains("did you mean `central`?"), "{error}");
    let error = drawn(&[(point(400.0, 400.0), json!({}))]);
    assert!(error.contains("polygons"), "{error}");
    let error = drawn(&[area(9000.0, 0.0, 100.0, 100.0)]);
    assert!(error.contains("feature 1 lies where no parcel is"), "{error}");
    folder.put("plan.geojson", crate::leaflet::features(&[said("central")]).to_string());
    let error = refused(&folder.kyoten(&["assess", "kyoten.toml", "plan.geojson"]));
    assert!(error.contains("crs") || error.contains("degrees"), "{error}");
    let error =
        refused(&folder.kyoten(&["assess", "kyoten.toml", "plan.geojson", "--crs", "EPSG:6676", "--zone", "sinior"]));
    assert!(error.contains("--zone: the rules have no zone “sinior”") && error.contains("`senior`"), "{error}");
    let error = refused(&folder.kyoten(&["assess", "kyoten.toml", "gone.geojson"]));
    assert!(error.contains("gone.geojson"), "{error}");
    let error =
        refused(&folder.kyoten(&["assess", "kyoten.toml", "plan.geojson", "--crs", "EPSG:6676", "-o", "did.geojson"]));
    assert!(error.contains("did.geojson") && error.contains("input"), "{error}");
}

#[test]
fn the_candidate_zones_of_a_run_given_back_are_what_the_run_says_of_them() {
    let folder = Folder::with_sample();
    folder.run(&["city/kyoten.toml", "--no-map"]);
    let candidates = folder.json("kyoten-out/zones.geojson");
    let candidates = candidates["features"].as_array().unwrap();
    assert!(candidates.len() > 10);
    // A kind at a time: where one file draws several, they look at one another and not at what the layers allow.
    let mut zones: Vec<Value> = Vec::new();
    for kind in ["central", "local", "senior"] {
        let of_kind: Vec<&Value> = candidates.iter().filter(|one| one["properties"]["zone"] == kind).collect();
        folder.put("given.geojson", json!({ "type": "FeatureCollection", "features": of_kind }).to_string());
        let run = folder.kyoten(&["assess", "city/kyoten.toml", "given.geojson", "--json"]);
        assert_eq!(run.status, 1, "{}", run.stderr);
        let document: Value = serde_json::from_str(&run.stdout).unwrap();
        zones.extend(document["zones"].as_array().unwrap().iter().cloned());
    }
    assert_eq!(zones.len(), candidates.len());
    for (zone, candidate) in zones.iter().zip(candidates) {
        let told = &candidate["properties"];
        assert_eq!([&zone["name"], &zone["zone"], &zone["status"]], [&told["id"], &told["zone"], &told["status"]]);
        for (name, by) in [("population", 0.1), ("seniors_per_ha", 2e-4), ("public_land_ratio", 2e-6)] {
            for end in ["lo", "hi"] {
                match told[format!("{name}_{end}")].as_f64() {
                    Some(wanted) => near(&zone[name][end], wanted, by),
                    None => assert_eq!(zone[name], Value::Null),
                }
            }
        }
        near(&zone["area_ha"], told["area_ha"].as_f64().unwrap(), 1.1e-4);
        near(&zone["centre"]["lon"], told["centre_lon"].as_f64().unwrap(), 1e-8);
        // An expectation that comes true makes one zone of it and of what is sure beside it, which is asked as a whole there.
        if told["status"] != "prospective" && told["meets_as_a_whole"].is_string() {
            let all = |wanted: Value| zone["as_a_whole"].as_array().unwrap().iter().all(|one| one["is_met"] == wanted);
            assert_eq!(told["meets_as_a_whole"] == "yes", all(json!(true)), "{zone:#}");
        }
    }
}

/// Two zones drawn in the middle of the sample, one of them a little too large.
const PLAN: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"駅前地区","zone":"central"},"geometry":{"type":"Polygon","coordinates":[[[138.4010,34.9008],[138.4058,34.9008],[138.4058,34.9032],[138.4010,34.9032],[138.4010,34.9008]]]}},
{"type":"Feature","properties":{"name":"市役所前","zone":"local"},"geometry":{"type":"Polygon","coordinates":[[[138.4022,34.9016],[138.4034,34.9016],[138.4034,34.9024],[138.4022,34.9024],[138.4022,34.9016]]]}},
{"type":"Feature","properties":{"name":"南町","zone":"senior"},"geometry":{"type":"Polygon","coordinates":[[[138.4022,34.9006],[138.4044,34.9006],[138.4044,34.9024],[138.4022,34.9024],[138.4022,34.9006]]]}}
]}
"#;

#[test]
fn of_the_sample_in_both_languages() {
    let folder = Folder::with_sample();
    folder.put("plan.geojson", PLAN);
    let arguments = ["assess", "city/kyoten.toml", "plan.geojson", "--out", "out"];
    for (name, run) in [("english", folder.kyoten(&arguments)), ("japanese", folder.kyoten_in_japanese(&arguments))] {
        assert_eq!(run.status, 1, "{}", run.stderr);
        insta::assert_snapshot!(format!("of_the_sample_in_{name}"), run.stdout);
    }
    let first = folder.text("out/assessed.geojson");
    insta::assert_snapshot!("the_parts_of_the_sample", first);
    // The same bytes again, in the place of the others.
    folder.kyoten(&["assess", "city/kyoten.toml", "plan.geojson", "--out", "out", "--quiet", "--threads", "1"]);
    assert_eq!(folder.text("out/assessed.geojson"), first);
    assert_eq!(folder.names("out"), ["assessed.geojson"]);
}

#[test]
fn a_local_zone_is_held_against_the_central_zones_that_its_own_file_draws() {
    // By the layers there is no central zone: no stop has so many departures.
    let town = || town().with("[thresholds]\nmin_peak_trips = 60\n");
    let (local, near, far) = (
        (rect(450.0, 450.0, 80.0, 80.0), json!({ "zone": "local" })),
        (rect(300.0, 300.0, 400.0, 400.0), json!({ "zone": "central" })),
        (rect(0.0, 900.0, 90.0, 90.0), json!({ "zone": "central" })),
    );
    let standing = |zones: &[Drawn], town: &Town| {
        let (_, document) = assessed(town, zones, &[]);
        (document["zones"][0]["status"].clone(), document["looked_at"].clone())
    };
    assert_eq!(standing(std::slice::from_ref(&local), &town()), (json!("ineligible"), json!([])));
    let looked_at = |drawn: u32, beside: bool| json!([{ "zone": "central", "drawn": drawn, "beside_given": beside }]);
    assert_eq!(standing(&[local.clone(), near.clone()], &town()), (json!("eligible"), looked_at(1, false)));
    // One to which the stop does not connect.
    assert_eq!(standing(&[local.clone(), far.clone()], &town()).0, "ineligible");
    // Those that the project sets stay beside those of the file.
    let set = town().layer("central_zones", "", std::slice::from_ref(&near));
    assert_eq!(standing(&[local.clone(), far.clone()], &set), (json!("eligible"), looked_at(1, true)));
    // Of a feature that is lost nobody knows what it is: what is sure stays so.
    let (run, document) = assessed(&set, &[local, near, (Value::Null, json!({}))], &[]);
    assert_eq!((run.status, &document["features_lost"]), (1, &json!(1)));
    assert_ne!(document["zones"][0]["status"], "ineligible");
}
