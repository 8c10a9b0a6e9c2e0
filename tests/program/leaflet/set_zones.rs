//! Central zones that a plan has set 設定した中心拠点区域: local zones and distances to hubs follow them, central zones do not.

use serde_json::{Value, json};

use super::zones::{STOPS, stop, with_central_zones_at};
use super::{Drawn, Town, area, assert_column, point};

/// A central zone that follows from the layers, around 0, and stops: of line A 甲 in it and 西, 4,900 m to the west of it; of line
/// B 乙 at 1,200 m and 谷, 4,900 m to the east of that.
fn town() -> Town {
    let stops = [
        stop("甲", [0.0, 0.0], "A", 6),
        stop("西", [-4900.0, 0.0], "A", 1),
        stop("乙", [1200.0, 0.0], "B", 1),
        stop("谷", [6100.0, 0.0], "B", 1),
    ];
    with_central_zones_at(Town::new(), &[0.0]).layer("stops", STOPS, &stops).parcels(&[
        ("centre", [10.0, 10.0]),
        ("west", [-4900.0, 10.0]),
        ("east", [6100.0, 10.0]),
    ])
}

/// What the plan sets: 400 m square around 1,200 0, where no criterion of a central zone holds.
fn plan() -> Drawn {
    area(1000.0, -200.0, 400.0, 400.0)
}

fn metres(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value}"))
}

fn notices(town: &Town) -> String {
    town.folder.json("kyoten-out/run.json")["notices"].to_string()
}

#[test]
fn local_zones_and_hubs_follow_the_set_zone_and_central_ones_stay() {
    let before = town().judged();
    assert_column(&before, "central", &[("centre", "eligible"), ("east", "ineligible")]);
    assert_column(&before, "local", &[("west", "eligible"), ("east", "ineligible")]);
    let set = town().layer("central_zones", "", &[plan()]);
    let after = set.judged();
    for column in ["central", "central_lo", "central_hi", "central_zone_id"] {
        for id in ["centre", "west", "east"] {
            assert_eq!(before[id][column], after[id][column], "{id} {column}");
        }
    }
    assert_column(&after, "local", &[("west", "ineligible"), ("east", "eligible"), ("centre", "ineligible")]);
    // From the corner 6100 10 to 1200 0, and from −4880 10.
    assert!((metres(&after["east"]["hub_m"]) - 4900_f64.hypot(10.0)).abs() < 0.002, "{}", after["east"]);
    assert!((metres(&after["west"]["hub_m"]) - 6080_f64.hypot(10.0)).abs() < 0.002, "{}", after["west"]);
    let record = set.folder.json("kyoten-out/run.json");
    let wanted = json!({ "layer": "central_zones", "zones": 1, "hectares": 16.0, "open": false });
    assert_eq!(record["set_zones"]["central"], wanted);
    assert!(notices(&set).contains("set-zone-not-met"), "{}", notices(&set));
    let said = crate::support::unwrapped(&set.run().stdout);
    assert!(
        said.contains("judged by the central hub zones that the plan has set (`central_zones`: 1, 16.0 ha)"),
        "{said}"
    );
}

#[test]
fn a_centre_of_ones_own_is_that_of_the_set_zone_it_lies_in() {
    let centres = [(point(1390.0, 0.0), json!({})), (point(0.0, 0.0), json!({}))];
    let set = town().layer("central_zones", "", &[plan()]).layer("hub_centres", "", &centres);
    let judged = set.judged();
    assert!((metres(&judged["east"]["hub_m"]) - 4710_f64.hypot(10.0)).abs() < 0.002, "{}", judged["east"]);
    // The other lies in the zone that follows from the layers, which nobody looks at.
    assert!(notices(&set).contains("hub-centre-in-no-zone"), "{}", notices(&set));
}

#[test]
fn zones_that_touch_are_one_and_those_apart_have_a_centre_each() {
    let halves = [area(1000.0, -200.0, 200.0, 400.0), area(1200.0, -200.0, 200.0, 400.0)];
    let touching = town().layer("central_zones", "", &halves).judged();
    assert!((metres(&touching["east"]["hub_m"]) - 4900_f64.hypot(10.0)).abs() < 0.002, "{}", touching["east"]);
    let apart = [area(1000.0, -200.0, 190.0, 400.0), area(1200.0, -200.0, 200.0, 400.0)];
    let apart = town().layer("central_zones", "", &apart).judged();
    assert!((metres(&apart["east"]["hub_m"]) - 4800_f64.hypot(10.0)).abs() < 0.002, "{}", apart["east"]);
}

#[test]
fn a_set_zone_that_is_lost_leaves_open_where_there_is_another() {
    let lost = town().layer("central_zones", "", &[plan(), (Value::Null, json!({}))]);
    let judged = lost.judged();
    assert_column(&judged, "local", &[("west", "undetermined"), ("east", "undetermined")]);
    assert!(notices(&lost).contains("area-without-place"), "{}", notices(&lost));
    assert_eq!(lost.folder.json("kyoten-out/run.json")["set_zones"]["central"]["open"], true);
    // A centre that is given is that of the zone around it, however large that is.
    let held = town().layer("central_zones", "", &[plan(), (Value::Null, json!({}))]).layer(
        "hub_centres",
        "",
        &[(point(1200.0, 0.0), json!({}))],
    );
    assert_column(&held.judged(), "local", &[("west", "undetermined"), ("east", "eligible")]);
}

#[test]
fn a_blank_class_makes_a_set_zone_possible_and_no_more() {
    let of = |kind: Value| (plan().0, json!({ "kind": kind }));
    let far = (area(-200.0, 3000.0, 400.0, 400.0).0, json!({ "kind": "中心" }));
    let keys = ", where = { kind = \"中心\" }";
    let open = town().layer("central_zones", keys, &[of(Value::Null), far.clone()]).judged();
    assert_column(&open, "local", &[("east", "undetermined"), ("west", "ineligible")]);
    let sure = town().layer("central_zones", keys, &[of(json!("中心")), far]).judged();
    assert_column(&sure, "local", &[("east", "eligible"), ("west", "ineligible")]);
}

#[test]
fn a_plan_that_sets_none_has_no_local_zone() {
    let judged = town().none("central_zones").judged();
    assert_column(&judged, "central", &[("centre", "eligible")]);
    assert_column(&judged, "local", &[("west", "ineligible"), ("east", "ineligible")]);
}

#[test]
fn a_plan_of_another_place_is_not_known_and_nothing_stands_in_its_place() {
    let judged = town().layer("central_zones", "", &[area(200e3, 0.0, 400.0, 400.0)]).judged();
    assert_column(&judged, "local", &[("west", "undetermined"), ("east", "undetermined")]);
}

#[test]
fn a_plan_may_be_supposed() {
    let supposed = town().with(
        "[scenario]\nnote = \"試算\"\nlayers = { central_zones = { path = \"if.geojson\", crs = \"EPSG:6676\" } }",
    );
    supposed.folder.put("if.geojson", super::features(&[plan()]).to_string());
    assert_column(&supposed.judged(), "local", &[("west", "ineligible"), ("east", "eligible")]);
}

#[test]
fn a_set_zone_kilometres_from_every_parcel_is_not_elsewhere() {
    let stops = [stop("乙", [1200.0, 0.0], "B", 1), stop("谷", [6100.0, 0.0], "B", 1)];
    let set = with_central_zones_at(Town::new(), &[0.0]).layer("stops", STOPS, &stops);
    let set = set.layer("central_zones", "", &[plan()]).parcels(&[("east", [6100.0, 10.0])]);
    assert_column(&set.judged(), "local", &[("east", "eligible")]);
    let of_the_plan = |one: &&Value| one["layer"] == "central_zones" && one["id"] == "layer-elsewhere";
    let record = set.folder.json("kyoten-out/run.json");
    assert_eq!(record["notices"].as_array().unwrap().iter().find(of_the_plan), None);
}

#[test]
fn a_sweep_goes_on_looking_at_the_set_zone() {
    let set = town().layer("central_zones", "", &[plan()]);
    let arguments = ["run", "kyoten.toml", "--sweep", "stop_radius_m=100..500:400", "--out", "sweep"];
    let run = set.write().kyoten(&arguments);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let sweep = set.folder.json("sweep/run.json")["sweep"]["steps"].clone();
    for step in sweep.as_array().unwrap() {
        assert_eq!(step["counts"]["local"]["eligible"]["parcels"], 1, "{step}");
    }
}

#[test]
fn rules_without_zones_that_a_plan_sets_say_that_nobody_looks() {
    let town = Town::of("municipality = \"22212\"\nrules = \"walkable\"\n").layer("central_zones", "", &[plan()]);
    let town = town.parcels(&[("a", [0.0, 0.0])]);
    assert_eq!(town.run().status, 0);
    assert!(notices(&town).contains("set-zones-not-used"), "{}", notices(&town));
}

/// The candidate zones of a run, of one kind and one status, as a plan.
fn candidates(town: &Town, zone: &str) -> Value {
    let mut zones = town.folder.json("kyoten-out/zones.geojson");
    zones["features"].as_array_mut().unwrap().retain(|one| {
        let is = &one["properties"];
        is["zone"] == zone && is["status"] == "eligible"
    });
    zones
}

#[test]
fn the_zones_of_a_run_given_as_the_plan_change_no_local_zone() {
    let stops = [
        stop("甲", [0.0, 0.0], "A", 6),
        stop("乙", [12e3, 0.0], "B", 6),
        stop("谷", [4e3, 0.0], "A", 1),
        stop("丘", [8e3, 2e3], "B", 1),
    ];
    let parcels: Vec<(String, [f64; 2])> =
        (0..60).map(|n| (format!("p{n}"), [f64::from(n) * 230.0 - 900.0, 10.0])).collect();
    let parcels: Vec<(&str, [f64; 2])> = parcels.iter().map(|(id, at)| (id.as_str(), *at)).collect();
    let town = || with_central_zones_at(Town::new(), &[0.0, 12e3]).layer("stops", STOPS, &stops).parcels(&parcels);
    let first = town();
    let before = first.judged();
    let second = town().line("central_zones = \"plan.geojson\"");
    second.folder.put("plan.geojson", candidates(&first, "central").to_string());
    let after = second.judged();
    assert!(before.values().any(|one| one["local"] == "eligible"));
    for (id, columns) in &before {
        for (column, value) in columns.as_object().unwrap() {
            let other = &after[id][column];
            match (value.as_f64(), other.as_f64()) {
                (Some(value), Some(other)) => assert!((value - other).abs() < 0.002, "{id} {column}: {value} {other}"),
                _ => assert_eq!(value, other, "{id} {column}"),
            }
        }
    }
    // They meet what is asked, so nobody complains of them.
    assert!(!notices(&second).contains("set-zone-not-met"), "{}", notices(&second));
}
