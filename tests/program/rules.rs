//! Rules of one's own: zones, criteria, numbers and layers that the program has never heard of, everywhere where it tells
//! of zones.

use serde_json::{Value, json};

use crate::leaflet::{Drawn, Town, area, assert_column, point};
use crate::support::{Folder, english_prose};

/// "Near a station of any service or a stop of 30 a day, in the residence area or by a clinic, out of deep water", and the
/// site within it.
const OURS: &str = r#"
id = "ours"
title = { ja = "架空市の住まい", en = "Dwellings of 架空市" }
unread = { ja = "規則の本文", en = "the text of the by-law" }

[thresholds]
rail_m = { default = 800, unit = "m", name = { ja = "駅からの距離", en = "distance to a station" } }
bus_m = { default = 300, unit = "m", name = { ja = "停留所からの距離", en = "distance to a stop" } }
min_daily = { default = 30, unit = "departures/day", name = { ja = "1日の運行本数", en = "daily service" } }
clinic_m = { default = 500, unit = "m", name = { ja = "診療所からの距離", en = "distance to a clinic" } }
lot_m2 = { default = 300, unit = "m²", name = { ja = "敷地の面積", en = "area of a lot" } }

[zones.housing]
name = { ja = "居住促進区域", en = "housing zone" }
all_of = ["near-transit", ["in-residence", "near-clinic"], "out-of-flood"]
told = ["in-residence"]

[zones.lot]
name = { ja = "住宅の敷地", en = "lot of a dwelling" }
all_of = ["in-housing", "large-lot"]

[criteria.near-transit]
kind = "near-stops"
rail = { within = "rail_m" }
bus = { within = "bus_m", daily_trips = "min_daily", directions = "one" }
name = { ja = "公共交通の徒歩圏", en = "near transit" }
rule = { ja = "駅から{rail_m}以内、または{min_daily}以上の停留所から{bus_m}以内", en = "within {rail_m} of a station, or {bus_m} of a stop of at least {min_daily}" }

[criteria.in-residence]
kind = "inside"
layers = ["residence_area"]
name = { ja = "居住誘導区域内", en = "inside the residence area" }
rule = { ja = "居住誘導区域の中にある", en = "inside the residence area" }

[criteria.near-clinic]
kind = "near-facilities"
layer = "clinics"
facility = "診療所"
within = "clinic_m"
name = { ja = "診療所の徒歩圏", en = "near a clinic" }
rule = { ja = "診療所から{clinic_m}以内", en = "within {clinic_m} of a clinic" }

[criteria.out-of-flood]
kind = "outside"
layers = ["flood"]
name = { ja = "浸水想定区域外", en = "out of the flood" }
rule = { ja = "浸水想定区域の外にある", en = "outside where a flood may stand" }

[criteria.in-housing]
kind = "inside-zone"
zone = "housing"
name = { ja = "居住促進区域内", en = "inside the housing zone" }
rule = { ja = "居住促進区域の中にある", en = "inside the housing zone" }

[criteria.large-lot]
kind = "parcel-area"
at_least = "lot_m2"
name = { ja = "広い敷地", en = "a large lot" }
rule = { ja = "敷地の面積が{lot_m2}以上", en = "a lot of at least {lot_m2}" }
"#;

/// A town with a station at the origin, a stop 5 km to the east, water in the north and a clinic in the south of the station.
fn town() -> Town {
    let clinic: Drawn = (point(0.0, -600.0), json!({ "name": "架空医院", "kind": "診療所" }));
    let town = Town::of("rules = \"ours.toml\"\n")
        .layer("stations", "", &[(point(0.0, 0.0), json!({ "name": "架空" }))])
        .layer("stops", ", daily_trips = 30", &[(point(5000.0, 0.0), json!({ "name": "東" }))])
        .layer("residence_area", "", &[area(-100.0, 100.0, 6000.0, 300.0)])
        .layer("clinics", ", role = \"facilities\", name = \"name\", kind = \"kind\"", &[clinic])
        .layer("flood", ", role = \"area\"", &[area(-1000.0, 300.0, 900.0, 900.0), area(-50.0, 200.0, 100.0, 100.0)])
        .parcels(&[
            ("home", [0.0, 110.0]),
            ("wet", [0.0, 210.0]),
            ("clinic", [0.0, -500.0]),
            ("neither", [500.0, -10.0]),
            ("bus", [4990.0, 110.0]),
            ("far", [2500.0, 110.0]),
        ]);
    town.folder.put("ours.toml", OURS);
    town
}

#[test]
fn zones_groups_and_layers_of_ones_own_judge() {
    let judged = town().judged();
    let wanted = [
        ("home", "eligible"),
        ("wet", "ineligible"),
        ("clinic", "eligible"),
        ("neither", "ineligible"),
        ("bus", "eligible"),
        ("far", "ineligible"),
    ];
    assert_column(&judged, "housing", &wanted);
    assert_column(&judged, "lot", &wanted);
    let columns: Vec<&str> = judged["home"].as_object().unwrap().keys().map(String::as_str).skip(1).collect();
    let own = "kyoten_id area_m2 housing lot housing_lo housing_hi near_transit_lo near_transit_hi in_residence_lo in_residence_hi \
        near_clinic_lo near_clinic_hi out_of_flood_lo out_of_flood_hi in_housing_lo in_housing_hi near_transit near_transit_m \
        near_clinic near_clinic_m";
    assert_eq!(columns, own.split_whitespace().collect::<Vec<_>>());
    assert_eq!(
        (&judged["clinic"]["near_clinic"], &judged["clinic"]["near_clinic_m"]),
        (&json!("架空医院"), &json!(100))
    );
}

#[test]
fn a_layer_that_the_rules_ask_for_and_nobody_gives_leaves_open_what_hangs_on_it() {
    let town = town();
    town.write();
    let text = town.folder.text("kyoten.toml");
    let without: String =
        text.lines().filter(|line| !line.starts_with("flood")).flat_map(|line| [line, "\n"]).collect();
    town.folder.put("kyoten.toml", without);
    let run = town.folder.run(&["kyoten.toml", "--no-map"]);
    assert!(run.stdout.contains("the layer `flood`"), "{}", run.stdout);
    let record = town.folder.json("kyoten-out/run.json");
    assert!(record["missing_layers"].as_array().unwrap().contains(&json!("flood")), "{}", record["missing_layers"]);
    assert!(!record["missing_layers"].as_array().unwrap().contains(&json!("did")), "nobody asks for it");
    assert_eq!(record["counts"]["housing"].get("eligible"), None);
    assert_eq!(record["counts"]["housing"]["undetermined"]["parcels"], 4);
}

#[test]
fn a_layer_of_another_role_than_the_rules_ask_for_is_no_layer_of_theirs() {
    let town = town();
    town.write();
    town.folder.edit("kyoten.toml", "role = \"area\"", "role = \"points\"");
    let run = town.folder.kyoten(&["run", "kyoten.toml"]);
    assert_eq!(run.status, 2, "{}", run.stdout);
    assert!(run.stderr.contains("[layers.flood]") && run.stderr.contains("\"area\""), "{}", run.stderr);
}

#[test]
fn everything_that_tells_of_zones_tells_of_these() {
    let town = town();
    let run = town.write().run(&["kyoten.toml", "--format", "geojson,csv,gpkg"]);
    for said in [
        "rules: ours — Dwellings of 架空市",
        "not read in a primary source: the text of the by-law",
        "housing zone",
        "lot of a dwelling",
    ] {
        assert!(run.stdout.contains(said), "{said}:\n{}", run.stdout);
    }
    let folder = &town.folder;
    assert_eq!(folder.text("kyoten-out/rules.toml"), OURS);
    assert!(folder.text("kyoten-out/parcels.qml").contains("housing"));
    let zones = folder.json("kyoten-out/zones.geojson");
    let zones: Vec<&Value> =
        zones["features"].as_array().unwrap().iter().map(|one| &one["properties"]["zone"]).collect();
    assert!(zones.len() >= 2 && zones.iter().all(|zone| **zone == json!("housing")), "{zones:?}");
    let record = folder.json("kyoten-out/run.json");
    assert_eq!(record["rules"]["required"]["lot"], json!(["in-housing", "large-lot"]));
    assert_eq!(record["rules"]["thresholds"]["min_daily"], 30.0);
    assert!(record["rules"]["file_sha256"].as_str().unwrap().len() == 64);
    assert_eq!(record["beside"]["housing"]["in-residence"]["outside"], 1);
    let map = folder.kyoten(&["map", "kyoten-out", "--svg", "map.svg", "--zone", "lot"]);
    assert_eq!(map.status, 0, "{}", map.stderr);
    assert!(folder.text("map.svg").contains("住宅の敷地"));
    let wrong = folder.kyoten(&["map", "kyoten-out", "--svg", "b.svg", "--zone", "central"]);
    assert!(wrong.status == 2 && wrong.stderr.contains("housing, lot"), "{}", wrong.stderr);
    let japanese = folder.kyoten_in_japanese(&["run", "kyoten.toml", "--no-map"]);
    assert_eq!(english_prose(&japanese.stdout), None);
}

#[test]
fn two_runs_by_rules_of_ones_own_can_be_compared() {
    let town = town();
    let folder = town.write();
    folder.run(&["kyoten.toml", "--no-map", "--out", "a"]);
    folder.run(&["kyoten.toml", "--no-map", "--set", "clinic_m=50", "--out", "b"]);
    let run = folder.kyoten(&["diff", "a", "b", "--json"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let diff: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(diff["zones"]["housing"]["lost"]["parcels"], 1);
    assert_eq!(diff["changes"].as_array().unwrap().len(), 2, "{}", diff["changes"]);
    folder.run(&["kyoten.toml", "--no-map", "--set", "rules=walkable", "--out", "c"]);
    let run = folder.kyoten(&["diff", "a", "c"]);
    assert!(run.status == 2 && run.stderr.contains("no zone in common"), "{}", run.stderr);
}

#[test]
fn a_sweep_goes_over_thresholds_of_ones_own() {
    let town = town();
    let folder = town.write();
    folder.run(&["kyoten.toml", "--sweep", "min_daily=20..40:10", "--out", "swept"]);
    let steps = folder.json("swept/run.json")["sweep"]["steps"].clone();
    let eligible = |step: usize| steps[step]["counts"]["housing"]["eligible"]["parcels"].clone();
    assert_eq!([0, 1, 2].map(eligible), [json!(3), json!(3), json!(2)]);
}

#[test]
fn what_is_wrong_with_the_rules_is_told_with_its_line_and_nothing_is_written() {
    let town = town();
    town.write();
    town.folder.edit("ours.toml", "within = \"clinic_m\"", "within = \"clinc_m\"");
    let run = town.folder.kyoten(&["run", "kyoten.toml"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("ours.toml:39") && run.stderr.contains("did you mean \"clinic_m\"?"), "{}", run.stderr);
    assert!(!town.folder.path().join("kyoten-out").exists());
    let japanese = town.folder.kyoten_in_japanese(&["run", "kyoten.toml"]);
    assert_eq!(english_prose(&japanese.stderr), None);
    let gone = Town::of("rules = \"gone.toml\"\n").parcels(&[("a", [0.0, 0.0])]).run();
    assert!(gone.status == 2 && gone.stderr.contains("gone.toml"), "{}", gone.stderr);
    let unknown = Town::of("rules = \"saikochku\"\n").parcels(&[("a", [0.0, 0.0])]).run();
    assert!(unknown.status == 2 && unknown.stderr.contains("did you mean \"saikochiku\"?"), "{}", unknown.stderr);
}

#[test]
fn the_rule_sets_that_ship_are_listed_and_printed() {
    let folder = Folder::new();
    let list = folder.kyoten(&["rules"]);
    let ids: Vec<&str> = list.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(ids, ["saikochiku", "saihenshu", "walkable", "handbook"]);
    for id in ids {
        let printed = folder.kyoten(&["rules", id]).stdout;
        folder.put("printed.toml", &printed);
        let of_file = folder.kyoten(&["criteria", "--rules", "printed.toml"]);
        assert_eq!((of_file.status, of_file.stdout), (0, folder.kyoten(&["criteria", "--rules", id]).stdout), "{id}");
    }
    let wrong = folder.kyoten(&["rules", "saihensyu"]);
    assert!(wrong.status == 2 && wrong.stderr.contains("`saihenshu`"), "{}", wrong.stderr);
}

#[test]
fn criteria_of_a_rule_file_are_told_with_its_numbers() {
    let folder = Folder::new();
    folder.put("ours.toml", OURS);
    let one = folder.kyoten(&["criteria", "near-transit", "--rules", "ours.toml"]);
    assert!(
        one.stdout.contains("> Within 800 m of a station, or 300 m of a stop of at least 30 departures a day."),
        "{}",
        one.stdout
    );
    let list = folder.kyoten_in_japanese(&["criteria", "--rules", "ours.toml"]);
    assert_eq!(list.stdout.lines().count(), 6);
    assert!(list.stdout.lines().next().unwrap().ends_with("公共交通の徒歩圏"), "{}", list.stdout);
}

#[test]
fn red_zones_are_told_of_parcels_and_of_the_residence_area_and_decide_nothing() {
    let town = Town::of("rules = \"saihenshu\"\n")
        .layer("induction_area", "", &[area(0.0, 0.0, 500.0, 500.0)])
        .layer("residence_area", "", &[area(0.0, 0.0, 1000.0, 1000.0)])
        .layer("sediment_red", ", role = \"area\"", &[area(600.0, 600.0, 100.0, 100.0)])
        .line("disaster_risk = []\nlandslide_prevention = []\nsteep_slope = []")
        .parcels(&[
            ("both", [100.0, 100.0]),
            ("home", [700.0, 700.0]),
            ("red", [650.0, 650.0]),
            ("out", [2000.0, 0.0]),
        ]);
    let judged = town.judged();
    assert_column(&judged, "urban_function", &[("both", "eligible"), ("home", "ineligible"), ("red", "ineligible")]);
    assert_column(
        &judged,
        "residence",
        &[("both", "eligible"), ("home", "eligible"), ("red", "eligible"), ("out", "ineligible")],
    );
    assert_eq!(judged["both"]["in_residence_area_lo"], 1);
    assert_eq!(
        (&judged["red"]["outside_sediment_red_hi"], &judged["home"]["outside_sediment_red_lo"]),
        (&json!(0), &json!(1))
    );
    let record = town.folder.json("kyoten-out/run.json");
    let told =
        record["notices"].as_array().unwrap().iter().find(|one| one["id"] == "zone-holds-what-it-must-not").unwrap();
    assert_eq!(told["layer"], "outside-sediment-red");
    assert!(told.to_string().contains("1.00 ha"), "{told}");
    assert_eq!(record["beside"]["residence"]["outside-sediment-red"]["outside"], 1);
}
