//! The site of a senior facility, and places that are drawn as areas.

use serde_json::{Value, json};

use super::{Drawn, Town, area, assert_column, point, rect};
use crate::support::{Folder, unwrapped};

/// All that a senior zone asks for, wherever a parcel of these tests stands, but for facilities.
fn senior_town(head: &str) -> Town {
    let all = rect(-9000.0, -9000.0, 18_000.0, 18_000.0);
    let people: Drawn = (all.clone(), json!({ "pop": 9_000_000, "old": 8_000_000 }));
    Town::of(&format!("municipality = \"22212\"\n{head}"))
        .layer("induction_area", "", &[(all.clone(), json!({}))])
        .layer("census", ", population = \"pop\", seniors = \"old\"", &[people])
        .layer("units", "", &[(all.clone(), json!({}))])
        .layer("public_land", "", &[(all, json!({}))])
}

/// The same with a bus stop under every parcel.
fn site_town(head: &str, parcels: &[(&str, [f64; 2])]) -> Town {
    let stops: Vec<Drawn> = parcels.iter().map(|(_, [x, y])| (point(x + 10.0, y + 10.0), json!({}))).collect();
    senior_town(head).none("stations").layer("stops", "", &stops).parcels(parcels)
}

const BY_NAME: &str = ", name = \"name\", kind = \"kind\"";

fn facility(name: &str, kind: &str, at: [f64; 2]) -> Drawn {
    (point(at[0], at[1]), json!({ "name": name, "kind": kind }))
}

fn notices(folder: &Folder) -> Vec<(String, Value)> {
    let record = folder.json("kyoten-out/run.json");
    let all = record["notices"].as_array().unwrap().iter();
    all.map(|one| (one["id"].as_str().unwrap().to_owned(), one.clone())).collect()
}

fn has_notice(folder: &Folder, id: &str) -> bool {
    notices(folder).iter().any(|(found, _)| found == id)
}

#[test]
fn a_distance_is_judged_as_it_is_told_to_the_millimetre() {
    let parcels = [
        ("l6999", [699.9, -10.0]),
        ("l7000", [700.0, 100.0]),
        ("w6999999", [-719.9999, -10.0]),
        ("n699999", [-10.0, -719.999]),
    ];
    let mut facilities =
        vec![facility("元", "老人福祉センター", [0.0, 0.0]), facility("七", "老人福祉センター", [0.0, 110.0])];
    let apart = [("甲", 699.9), ("乙", 700.0), ("丙", 700.1), ("丁", 699.9999), ("戊", 699.999)];
    for (y, (kind, metres)) in (3000..).step_by(1000).zip(apart) {
        facilities.extend([0.0, metres].map(|x| facility(kind, kind, [x, f64::from(y)])));
    }
    let town = site_town("planned_kind = \"老人福祉センター\"\n", &parcels).layer("facilities", BY_NAME, &facilities);
    let judged = town.judged();
    let wanted = [("l6999", "ineligible"), ("l7000", "eligible"), ("w6999999", "eligible"), ("n699999", "ineligible")];
    assert_column(&judged, "senior_site", &wanted);
    for (id, metres) in [("l6999", 699.9), ("l7000", 700.0), ("w6999999", 700.0), ("n699999", 699.999)] {
        assert_eq!(judged[id]["same_kind_facility_m"], metres, "{id}");
    }
    let pairs = town.folder.text("kyoten-out/spacing.csv");
    let kinds: Vec<&str> = pairs.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(kinds, ["老人福祉センター", "甲", "戊"], "{pairs}");
}

#[test]
fn a_density_is_judged_as_it_is_told_to_four_digits() {
    let square = |x: f64| rect(x, 0.0, 1000.0, 1000.0);
    let people = |old: f64| json!({ "pop": 9000, "old": old });
    // 100 ha: the fourth digit is a hundredth of a person.
    let census = [(square(0.0), people(3999.996)), (square(1000.0), people(3999.994))];
    let judged = Town::new()
        .parcels(&[("told40", [500.0, 500.0]), ("below", [1500.0, 500.0])])
        .layer("census", ", population = \"pop\", seniors = \"old\"", &census)
        .judged();
    assert_eq!(judged["told40"]["seniors_per_ha_lo"], 40.0);
    assert_eq!(judged["told40"]["enough_seniors_lo"], 1.0);
    assert_eq!(judged["below"]["seniors_per_ha_hi"], 39.9999);
    assert_eq!(judged["below"]["enough_seniors_hi"], 0.0);
}

#[test]
fn where_no_kind_is_planned_any_facility_near_leaves_a_site_open() {
    let parcels = [("near", [300.0, -10.0]), ("clear", [800.0, -10.0])];
    let one = [facility("みなと", "デイサービス", [0.0, 0.0])];
    let town = site_town("", &parcels).layer("facilities", BY_NAME, &one);
    let judged = town.judged();
    assert_column(&judged, "senior_site", &[("near", "undetermined"), ("clear", "eligible")]);
    assert_eq!(judged["near"]["same_kind_facility_m"], Value::Null);
    assert_eq!(judged["near"]["same_kind_facility"], Value::Null);
    assert_eq!(judged["near"]["maybe_same_kind_facility_m"], 300.0);
    let told = notices(&town.folder);
    let (_, told) = told.iter().find(|(id, _)| id == "planned-kind-not-said").unwrap();
    assert!(told.to_string().contains("デイサービス") && told.to_string().contains("planned_kind"), "{told}");
}

#[test]
fn a_planned_kind_that_no_facility_is_of_is_told() {
    let parcels = [("near", [300.0, -10.0])];
    let facilities = [facility("みなと", "通所介護", [0.0, 0.0])];
    let with = |head: &str| {
        let town = site_town(head, &parcels).layer("facilities", BY_NAME, &facilities);
        assert_eq!(town.run().status, 0);
        has_notice(&town.folder, "planned-kind-of-no-facility")
    };
    assert!(with("planned_kind = \"デイサービス\"\n"));
    assert!(!with("planned_kind = \"通所介護\"\n") && !with(""));
}

#[test]
fn the_distance_that_decides_stands_in_the_row() {
    let facilities = [
        facility("同種", "老人福祉センター", [-1880.0, 10.0]),
        facility("他種", "デイサービス", [120.0, 10.0]),
        (point(1020.0, 10.0), json!({ "name": "不明" })),
    ];
    let town = site_town("planned_kind = \"老人福祉センター\"\n", &[("a", [0.0, 0.0])]).layer(
        "facilities",
        BY_NAME,
        &facilities,
    );
    let judged = town.judged();
    let row = &judged["a"];
    assert_eq!(row["senior_site"], "eligible");
    assert_eq!((&row["facility"], &row["facility_m"]), (&json!("他種"), &json!(100)));
    assert_eq!((&row["same_kind_facility"], &row["same_kind_facility_m"]), (&json!("同種"), &json!(1880)));
    assert_eq!(row["maybe_same_kind_facility_m"], 1000.0);
}

#[test]
fn what_lies_in_a_station_drawn_as_an_area_is_no_way_off() {
    let station = |x: f64, width: f64, height: f64| -> Drawn {
        (rect(x, 0.0, width, height), json!({ "name": format!("駅{x}") }))
    };
    let town = senior_town("")
        .layer("did", "", &[area(-9000.0, -9000.0, 18_000.0, 18_000.0)])
        .layer(
            "stations",
            ", peak_trips = 6, name = \"name\"",
            &[station(0.0, 600.0, 300.0), station(4000.0, 3000.0, 3000.0)],
        )
        .none("stops")
        .parcels(&[
            ("mid", [290.0, 140.0]),
            ("edge", [-60.0, 140.0]),
            ("hall", [5490.0, 1490.0]),
            ("off", [-221.0, 140.0]),
        ]);
    let judged = town.judged();
    assert_column(&judged, "central", &[("mid", "eligible"), ("hall", "eligible")]);
    let senior = [("mid", "eligible"), ("edge", "eligible"), ("hall", "eligible"), ("off", "ineligible")];
    assert_column(&judged, "senior", &senior);
    for (id, station, metres) in [("mid", "駅0", 0), ("hall", "駅4000", 0), ("edge", "駅0", 40)] {
        assert_eq!((&judged[id]["station"], &judged[id]["any_stop_m"]), (&json!(station), &json!(metres)), "{id}");
    }
    let stops = town.folder.json("kyoten-out/stops.geojson");
    assert!(stops["features"].as_array().unwrap().iter().all(|stop| stop["geometry"]["type"] == "Polygon"), "{stops}");
    // A run reads its own stops again.
    let diff = town.folder.kyoten(&["diff", "kyoten-out", "kyoten-out"]);
    assert_eq!(diff.status, 0, "{}", diff.stderr);
}

#[test]
fn a_station_round_a_central_zone_makes_it_and_connects_to_it() {
    let line = |name: &str| json!({ "name": name, "line": "本線", "company": "港鉄" });
    let stations = [(rect(0.0, 0.0, 3000.0, 3000.0), line("中央")), (point(5000.0, 1500.0), line("東"))];
    let town = senior_town("")
        .layer("did", "", &[area(1400.0, 1400.0, 200.0, 200.0)])
        .layer("urban_zone", "", &[area(-9000.0, -9000.0, 18_000.0, 18_000.0)])
        .layer("stations", ", peak_trips = 6, name = \"name\", line = \"line\", operator = \"company\"", &stations)
        .none("stops")
        .parcels(&[("core", [1490.0, 1490.0]), ("east", [5020.0, 1490.0])]);
    let judged = town.judged();
    assert_column(&judged, "central", &[("core", "eligible"), ("east", "ineligible")]);
    assert_eq!(judged["east"]["near_connected_stop_lo"], 1.0);
    let zones = town.folder.json("kyoten-out/zones.geojson");
    let central = zones["features"].as_array().unwrap().iter().find(|zone| zone["properties"]["zone"] == "central");
    assert!(central.unwrap()["properties"]["stations"].to_string().contains("中央"), "{zones}");
}

#[test]
fn a_site_in_a_hole_of_a_facility_is_as_far_as_its_wall() {
    // A ring of buildings, 2 km wide, with a court of 1,600 m.
    let ring = |x: f64, side: f64| rect(x, x, side, side)["coordinates"][0].clone();
    let court = json!({ "type": "Polygon", "coordinates": [ring(0.0, 2000.0), ring(200.0, 1600.0)] });
    let facilities = [(court, json!({ "name": "郷", "kind": "老人福祉センター" }))];
    let parcels = [("court", [990.0, 990.0]), ("wall", [90.0, 990.0])];
    let town = site_town("planned_kind = \"老人福祉センター\"\n", &parcels).layer("facilities", BY_NAME, &facilities);
    let judged = town.judged();
    assert_eq!(judged["court"]["same_kind_facility_m"], 790.0);
    assert_eq!(judged["wall"]["same_kind_facility_m"], 0.0);
    assert_column(&judged, "senior_site", &[("court", "eligible"), ("wall", "ineligible")]);
}

#[test]
fn a_parcel_too_small_by_itself_is_told_that_neighbours_may_be_joined() {
    let lots = [
        (rect(0.0, 0.0, 10.0, 29.99), json!({ "id": "a2999" })),
        (rect(50.0, 0.0, 10.0, 30.0), json!({ "id": "a300" })),
    ];
    let stop = [(point(30.0, 15.0), json!({}))];
    let town = senior_town("").none("facilities").none("stations").layer("stops", "", &stop).layer(
        "parcels",
        ", id = \"id\"",
        &lots,
    );
    let judged = town.judged();
    assert_column(&judged, "senior_site", &[("a2999", "ineligible"), ("a300", "eligible")]);
    let summary = unwrapped(&town.run().stdout);
    assert!(summary.contains("neighbours may be joined to one site"), "{summary}");
    let japanese = town.folder.kyoten_in_japanese(&["run", "kyoten.toml", "--no-map"]);
    assert!(unwrapped(&japanese.stdout).replace(' ', "").contains("敷地の集約"), "{}", japanese.stdout);
}
