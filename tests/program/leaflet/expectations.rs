//! What may be expected 見込み, and what is a what-if.

use serde_json::{Value, json};

use super::{Drawn, Town, area, assert_column, point, rect};

/// A station at the origin with six trains an hour, and land of which 20 % is public for 3 km around it, in the middle.
fn central_town() -> Town {
    Town::new()
        .layer("stations", ", peak_trips = 6, name = \"name\"", &[(point(0.0, 0.0), json!({ "name": "中央" }))])
        .layer("did", "", &[area(-400.0, -400.0, 800.0, 800.0)])
        .layer("units", "", &[area(-3000.0, -3000.0, 6000.0, 6000.0)])
        .layer("public_land", "", &[area(-600.0, -3000.0, 1200.0, 6000.0)])
}

/// A bus stop with its peak service and line.
fn stop(name: &str, x: f64, y: f64, peak: u32, line: &str) -> Drawn {
    (point(x, y), json!({ "name": name, "peak": peak, "line": line }))
}

const BY_COLUMNS: &str = ", peak_trips = \"peak\", name = \"name\", line = \"line\"";

/// Writes a file that no layer of today names, for `[prospective]` or `[scenario]`.
fn beside(town: &Town, file: &str, drawn: &[Drawn]) {
    town.folder.put(file, super::features(drawn).to_string());
}

#[test]
fn a_future_district_and_land_that_will_be_public_enough_are_expected() {
    let town = central_town()
        .none("stops")
        .parcels(&[("now", [0.0, 200.0]), ("later", [600.0, 0.0]), ("never", [0.0, 600.0])])
        .with("[prospective]\ndid = { path = \"future.geojson\", crs = \"EPSG:6676\", note = \"R7国勢調査\" }");
    beside(&town, "future.geojson", &[area(400.0, -400.0, 400.0, 800.0)]);
    assert_column(&town.judged(), "central", &[("now", "eligible"), ("later", "prospective"), ("never", "ineligible")]);
}

#[test]
fn seniors_and_an_induction_area_to_come_are_expected() {
    let of = |rest: &str| {
        let census = (rect(-400.0, -400.0, 800.0, 800.0), json!({ "pop": 6400, "old": 640 }));
        central_town()
            .layer("stops", ", name = \"name\"", &[(point(0.0, 0.0), json!({ "name": "中央" }))])
            .layer("census", ", population = \"pop\", seniors = \"old\"", &[census])
            .parcels(&[("a", [20.0, 20.0])])
            .with(rest)
    };
    let census = "census = { path = \"here.geojson\", crs = \"EPSG:6676\", note = \"R7\" }\n";
    let induction = "induction_area = { path = \"here.geojson\", crs = \"EPSG:6676\", note = \"改定\" }\n";
    for (expected, none, status) in [
        (format!("{census}{induction}"), "", "prospective"),
        (census.to_owned(), "induction_area", "ineligible"),
        (induction.to_owned(), "induction_area", "ineligible"),
    ] {
        let town = of(&format!("[prospective]\n{expected}"));
        let town = if none.is_empty() { town } else { town.none(none) };
        beside(&town, "here.geojson", &[area(-400.0, -400.0, 800.0, 800.0)]);
        assert_column(&town.judged(), "senior", &[("a", status)]);
    }
}

#[test]
fn a_planned_stop_station_or_zone_is_refused_with_the_way_to_ask_what_if() {
    for (layer, how) in [
        ("stops", "[[scenario.stops]]"),
        ("stations", "[[scenario.stops]]"),
        ("urban_zone", "layers = { urban_zone = \"future.geojson\" }"),
        ("facilities", "[scenario]"),
    ] {
        let town = central_town()
            .parcels(&[("a", [0.0, 0.0])])
            .with(&format!("[prospective]\n{layer} = {{ path = \"f.geojson\", note = \"n\" }}"));
        beside(&town, "f.geojson", &[area(0.0, 0.0, 10.0, 10.0)]);
        let run = town.run();
        assert_eq!(run.status, 2, "{}", run.stderr);
        let said = format!("`{layer}` in [prospective] cannot be an expectation: the programme recognises none of it");
        assert!(run.stderr.contains(&said) && run.stderr.contains(how), "{}", run.stderr);
        assert!(!town.folder.path().join("kyoten-out").exists(), "something was written");
        let japanese = town.folder.kyoten(&["--lang", "ja", "run", "kyoten.toml"]);
        let said = format!("[prospective] の `{layer}` は見込みとして書けません。");
        assert!(japanese.stderr.contains(&said) && japanese.stderr.contains("[scenario]"), "{}", japanese.stderr);
    }
}

/// A town with a bus line to the north, where the urban zone ends at the last stop but one.
fn town_with_a_line(rest: &str) -> Town {
    let stops = [stop("中央", 0.0, 0.0, 6, "北線"), stop("北", 0.0, 1500.0, 1, "北線")];
    let town = central_town()
        .layer("stops", BY_COLUMNS, &stops)
        .layer("urban_zone", "", &[area(-1000.0, -1000.0, 2000.0, 2000.0)])
        .parcels(&[("centre", [0.0, 20.0]), ("north", [0.0, 1500.0]), ("far", [0.0, 2300.0])])
        .with(rest);
    beside(&town, "zone.geojson", &[area(-1000.0, 900.0, 2000.0, 1700.0)]);
    beside(&town, "stop.geojson", &[stop("終点", 0.0, 2300.0, 4, "北線")]);
    town
}

const PLAN: &str = "[scenario]\nnote = \"北部の編入\"\n[scenario.layers]\n\
    urban_zone = { path = \"zone.geojson\", crs = \"EPSG:6676\", note = \"編入案\" }\n\
    stops = { path = \"stop.geojson\", crs = \"EPSG:6676\", peak_trips = \"peak\", name = \"name\", line = \"line\" }";

#[test]
fn a_scenario_adds_to_the_layers_of_today_and_says_so() {
    let today = town_with_a_line("").judged();
    assert_column(&today, "local", &[("centre", "eligible"), ("north", "ineligible"), ("far", "ineligible")]);
    let town = town_with_a_line(PLAN);
    let planned = town.judged();
    assert_column(&planned, "local", &[("centre", "eligible"), ("north", "eligible"), ("far", "eligible")]);
    assert_eq!(planned["far"]["any_stop"], "終点");
    assert!(planned["far"]["in_did_hi"] == 0.0 && planned["far"]["near_frequent_transit_lo"] == 1.0);

    let report = town.folder.json("kyoten-out/run.json");
    assert!(report["project"]["name"].as_str().unwrap().ends_with("(what-if: 北部の編入)"), "{report:#}");
    assert_eq!(report["expectations"], json!([]));
    assert_eq!(
        report["scenario"]["layers"],
        json!([
            { "layer": "stops", "features": 1, "note": null },
            { "layer": "urban_zone", "features": 1, "note": "編入案" },
        ])
    );
    let inputs = report["inputs"].as_array().unwrap();
    let input = |layer: &str| inputs.iter().find(|input| input["layer"] == layer).unwrap();
    for layer in ["scenario.stops", "scenario.urban_zone"] {
        let file = &input(layer)["files"][0];
        assert!(file["sha256"].as_str().unwrap().len() == 64 && file["features"] == 1, "{file}");
    }
    assert!(input("stops")["used"] == 2 && input("urban_zone")["used"] == 1);

    let stops = town.folder.json("kyoten-out/stops.geojson");
    let source = |name: &str| {
        let mut all = stops["features"].as_array().unwrap().iter().map(|stop| &stop["properties"]);
        all.find(|stop| stop["name"] == name).map(|stop| stop["source"].clone())
    };
    assert_eq!([source("終点"), source("北")], [Some(json!("scenario")), Some(json!("layer"))]);
    let summary = town.run().stdout;
    let said = "what if (仮定): 北部の編入 — 1 feature added to stops, 1 feature added to urban_zone";
    assert!(summary.replace("\n  ", " ").contains(said), "{summary}");
}

#[test]
fn planned_stops_of_one_name_are_one_and_stand_beside_that_of_today() {
    let town = town_with_a_line(PLAN);
    let poles =
        [stop("北", 0.0, 1500.0, 2, "北線"), stop("北", 30.0, 1500.0, 2, "南線"), stop("北", 40.0, 1500.0, 2, "北線")];
    beside(&town, "stop.geojson", &poles);
    town.judged();
    let stops = town.folder.json("kyoten-out/stops.geojson");
    let north: Vec<&Value> = stops["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stop| &stop["properties"])
        .filter(|stop| stop["name"] == "北")
        .collect();
    let told: Vec<[&Value; 3]> =
        north.iter().map(|stop| [&stop["source"], &stop["peak_trips_lo"], &stop["peak_trips_hi"]]).collect();
    assert_eq!(json!(told), json!([["layer", 1.0, 1.0], ["scenario", 2.0, 4.0]]));
}

#[test]
fn what_is_added_to_a_layer_that_is_not_given_leaves_the_rest_of_it_unknown() {
    let scenario = |layers: &str| format!("[scenario]\nnote = \"n\"\n[scenario.layers]\n{layers}");
    let here = "{ path = \"here.geojson\", crs = \"EPSG:6676\" }";
    let parcels = [("in", [100.0, 100.0]), ("out", [100.0, 1200.0])];
    let square = [area(0.0, 0.0, 500.0, 500.0)];

    let town = Town::new().parcels(&parcels).with(&scenario(&format!("urban_zone = {here}\ndid = {here}")));
    beside(&town, "here.geojson", &square);
    let judged = town.judged();
    for column in ["in_urban_zone", "in_did"] {
        assert_eq!([&judged["in"][format!("{column}_lo")], &judged["in"][format!("{column}_hi")]], [1.0, 1.0]);
        assert_eq!([&judged["out"][format!("{column}_lo")], &judged["out"][format!("{column}_hi")]], [0.0, 1.0]);
    }
    let missing = &town.folder.json("kyoten-out/run.json")["missing_layers"];
    assert!(missing.as_array().unwrap().contains(&json!("did")), "{missing}");

    let town = Town::new()
        .layer("units", "", &[area(0.0, 0.0, 1000.0, 1000.0), area(0.0, 1000.0, 1000.0, 1000.0)])
        .parcels(&parcels)
        .with(&scenario(&format!("public_land = {here}")));
    beside(&town, "here.geojson", &square);
    let judged = town.judged();
    assert_column(&judged, "central", &[("in", "undetermined"), ("out", "undetermined")]);
    for (id, lo) in [("in", 0.25), ("out", 0.0)] {
        assert_eq!([&judged[id]["public_land_ratio_lo"], &judged[id]["public_land_ratio_hi"]], [lo, 1.0], "{id}");
    }
    assert_eq!([&judged["in"]["enough_public_land_lo"], &judged["out"]["enough_public_land_hi"]], [1.0, 1.0]);

    let stations = "{ path = \"here.geojson\", crs = \"EPSG:6676\", peak_trips = 6 }";
    let town = Town::new().none("stops").parcels(&parcels).with(&scenario(&format!("stations = {stations}")));
    beside(&town, "here.geojson", &[(point(100.0, 0.0), json!({}))]);
    let judged = town.judged();
    assert_eq!(judged["in"]["near_frequent_transit_lo"], 1.0);
    let far = &judged["out"];
    assert!(far["near_frequent_transit_lo"] == 0.0 && far["near_frequent_transit_hi"] == 1.0, "{far}");
}

#[test]
fn a_planned_facility_keeps_its_kind_away_and_does_not_stand_for_the_layer() {
    let rest = "[scenario]\nnote = \"n\"\n[scenario.layers]\n\
        facilities = { path = \"new.geojson\", crs = \"EPSG:6676\", name = \"name\", kind = \"kind\" }";
    let of = |name: &str, x: f64| (point(x, 0.0), json!({ "name": name, "kind": "老人福祉センター" }));
    let town = |today: Option<&[Drawn]>| {
        let town = Town::of("municipality = \"22212\"\nplanned_kind = \"老人福祉センター\"\n");
        let town = match today {
            Some(drawn) => town.layer("facilities", ", name = \"name\", kind = \"kind\"", drawn),
            None => town,
        };
        let town = town.parcels(&[("near", [300.0, 0.0]), ("far", [5000.0, 0.0])]).with(rest);
        beside(&town, "new.geojson", &[of("計画", 0.0)]);
        town
    };
    let site = |town: Town| {
        let judged = town.judged();
        ["near", "far"].map(|id| (judged[id]["senior_site"].clone(), judged[id]["facility"].clone()))
    };
    let alone = site(town(None));
    assert_eq!(alone[0], (json!("ineligible"), json!("計画")));
    assert_ne!(alone[1].0, "eligible", "others may stand anywhere");
    let beside_one = site(town(Some(&[of("既存", 9000.0)])));
    assert_eq!(beside_one[0], (json!("ineligible"), json!("計画")));
    assert_eq!(beside_one[1].1, "既存");
}

#[test]
fn a_planned_zone_of_another_place_is_told() {
    let town = town_with_a_line(PLAN);
    beside(&town, "zone.geojson", &[area(40_000.0, 40_000.0, 100.0, 100.0)]);
    town.judged();
    let notices = town.folder.json("kyoten-out/run.json")["notices"].clone();
    let elsewhere = |notice: &Value| notice["id"] == "layer-elsewhere" && notice["layer"] == "scenario.urban_zone";
    assert!(notices.as_array().unwrap().iter().any(elsewhere), "{notices:#}");
}
