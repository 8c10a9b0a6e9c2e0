//! Zones that hang together: the local zone on one central zone, the site on the senior zone, a zone as a whole.

use serde_json::{Value, json};

use super::{Drawn, Town, area, assert_column, point, rect};
use crate::support::Folder;

pub(super) fn stop(name: &str, [x, y]: [f64; 2], line: &str, peak: u32) -> Drawn {
    (point(x, y), json!({ "name": name, "line": line, "peak": peak }))
}

pub(super) const STOPS: &str = ", name = \"name\", line = \"line\", peak_trips = \"peak\"";

/// All that a central zone asks for within 500 m of places on the x axis, and urban zone everywhere.
pub(super) fn with_central_zones_at(town: Town, places: &[f64]) -> Town {
    let squares: Vec<Drawn> = places.iter().map(|x| area(x - 500.0, -500.0, 1000.0, 1000.0)).collect();
    let roads: Vec<Drawn> = places.iter().map(|x| area(x - 100.0, -500.0, 200.0, 1000.0)).collect();
    town.none("stations")
        .layer("did", "", &squares)
        .layer("units", "", &squares)
        .layer("public_land", "", &roads)
        .layer("urban_zone", "", &[area(-20e3, -20e3, 40e3, 40e3)])
}

fn zones(folder: &Folder) -> Vec<Value> {
    let zones = folder.json("kyoten-out/zones.geojson");
    zones["features"].as_array().unwrap().iter().map(|zone| zone["properties"].clone()).collect()
}

#[test]
fn stop_and_centre_of_a_local_zone_belong_to_one_and_the_same_central_zone() {
    let stops = [
        stop("甲", [0.0, 0.0], "A", 6),
        stop("乙", [12e3, 0.0], "B", 6),
        // It connects to 甲, 8 km away, and lies 4 km from the centre at 乙.
        stop("谷", [8e3, 0.0], "A", 1),
        stop("丘", [8e3, 2e3], "B", 1),
    ];
    let town = with_central_zones_at(Town::new(), &[0.0, 12e3]).layer("stops", STOPS, &stops);
    let judged = town.parcels(&[("tani", [8e3, 10.0]), ("oka", [8e3, 2010.0])]).judged();
    assert_column(&judged, "local", &[("tani", "ineligible"), ("oka", "eligible")]);
    // Each holds, but not for the same zone.
    assert_eq!([&judged["tani"]["near_connected_stop_lo"], &judged["tani"]["near_central_hub_lo"]], [1, 1]);
}

#[test]
fn a_parcel_that_falls_between_two_central_zones_is_told_so() {
    let stops = [stop("甲", [0.0, 0.0], "A", 6), stop("乙", [12e3, 0.0], "B", 6), stop("谷", [8e3, 0.0], "A", 1)];
    let town = with_central_zones_at(Town::new(), &[0.0, 12e3]).layer("stops", STOPS, &stops);
    let run = town.parcels(&[("tani", [8e3, 10.0])]).run();
    assert!(crate::support::unwrapped(&run.stdout).contains("not for one and the same zone"), "{}", run.stdout);
}

#[test]
fn a_stop_inside_a_central_zone_connects_to_it_without_a_line() {
    let stops =
        [stop("甲", [0.0, 0.0], "A", 6), (point(200.0, 300.0), json!({ "name": "中", "line": null, "peak": 1 }))];
    let town = with_central_zones_at(Town::new(), &[0.0]).layer("stops", STOPS, &stops);
    assert_column(&town.parcels(&[("a", [200.0, 310.0])]).judged(), "local", &[("a", "eligible")]);
}

#[test]
fn there_is_no_local_zone_without_a_central_one_whatever_is_waived_or_given() {
    let stops = [stop("甲", [0.0, 0.0], "A", 6)];
    for waived in ["near-connected-stop", "near-central-hub"] {
        let town = Town::new()
            .none("stations")
            .none("did")
            .layer("stops", STOPS, &stops)
            .layer("units", "", &[area(-500.0, -500.0, 1000.0, 1000.0)])
            .layer("public_land", "", &[area(-100.0, -500.0, 200.0, 1000.0)])
            .layer("urban_zone", "", &[area(-5e3, -5e3, 10e3, 10e3)])
            .layer("hub_centres", "", &[(point(0.0, 0.0), json!({}))])
            .with(&format!("[waive]\n{waived} = \"路線図は未整備\""));
        let judged = town.parcels(&[("a", [10.0, 10.0])]).judged();
        assert_column(&judged, "central", &[("a", "ineligible")]);
        assert_column(&judged, "local", &[("a", "ineligible")]);
    }
}

#[test]
fn a_centre_of_ones_own_is_that_of_the_zone_it_lies_in_and_means_nothing_elsewhere() {
    let stops = [stop("甲", [0.0, 0.0], "A", 6), stop("谷", [5300.0, 0.0], "A", 1)];
    let town = |centre: f64| {
        let town = with_central_zones_at(Town::new(), &[0.0]).layer("stops", STOPS, &stops);
        town.layer("hub_centres", "", &[(point(centre, 0.0), json!({}))]).parcels(&[("a", [5300.0, 10.0])])
    };
    let inside = town(400.0);
    assert_column(&inside.judged(), "local", &[("a", "eligible")]);
    let outside = town(3000.0);
    assert_column(&outside.judged(), "local", &[("a", "ineligible")]);
    let notices = outside.folder.json("kyoten-out/run.json")["notices"].to_string();
    assert!(notices.contains("hub-centre-in-no-zone"), "{notices}");
}

/// A central zone whose evaluation unit has enough public land, `inside` of it within the zone itself.
fn with_public_land(inside: f64, outside: f64) -> Town {
    let land = [area(480.0, 0.0, inside, 1000.0), area(2000.0 - outside, 0.0, outside, 1000.0)];
    let land = if inside > 0.0 { &land[..] } else { &land[1..] };
    Town::new()
        .none("stations")
        .layer("stops", STOPS, &[stop("甲", [500.0, 500.0], "A", 6)])
        .layer("did", "", &[area(0.0, 0.0, 1000.0, 1000.0)])
        .layer("units", "", &[area(0.0, 0.0, 2000.0, 1000.0)])
        .layer("public_land", "", land)
        .layer("urban_zone", "", &[area(0.0, 0.0, 2000.0, 1000.0)])
        .parcels(&[("a", [560.0, 500.0])])
}

#[test]
fn a_zone_whose_own_ratio_is_below_the_threshold_is_possible_only_and_says_so() {
    let town = with_public_land(40.0, 400.0);
    let judged = town.judged();
    assert_column(&judged, "central", &[("a", "undetermined")]);
    assert_column(&judged, "central_zone_as_a_whole", &[("a", "no")]);
    // A zone that is not sure carries no sure local zone.
    assert_column(&judged, "local", &[("a", "undetermined")]);
    let record = town.folder.json("kyoten-out/run.json");
    assert_eq!(record["open"]["central"], json!({ "zone-as-a-whole": 1 }));
    let zones = zones(&town.folder);
    let central = zones.iter().find(|zone| zone["zone"] == "central").unwrap();
    assert_eq!(central["id"], judged["a"]["central_zone_id"]);
    assert_eq!([&central["meets_as_a_whole"], &central["whole_fails"]], ["no", "enough-public-land"]);
}

#[test]
fn a_zone_whose_own_ratio_is_enough_is_sure_whatever_lies_beside_it() {
    let town = with_public_land(200.0, 200.0);
    let judged = town.judged();
    assert_column(&judged, "central", &[("a", "eligible")]);
    assert_column(&judged, "central_zone_as_a_whole", &[("a", "yes")]);
    assert_eq!(zones(&town.folder)[0]["meets_as_a_whole"], "yes");
}

#[test]
fn a_zone_without_any_public_land_of_its_own_cannot_be() {
    let town = with_public_land(0.0, 500.0);
    let judged = town.judged();
    assert_column(&judged, "central", &[("a", "ineligible")]);
    assert_eq!(judged["a"]["central_zone_id"], Value::Null);
    assert!(zones(&town.folder).iter().all(|zone| zone["zone"] != "central"));
}

#[test]
fn public_land_that_is_certain_to_come_counts_for_the_zone_as_a_whole() {
    let town = Town::new()
        .none("stations")
        .layer("stops", STOPS, &[stop("甲", [500.0, 500.0], "A", 6)])
        .layer("did", "", &[area(0.0, 0.0, 1000.0, 1000.0)])
        .layer("units", "", &[area(0.0, 0.0, 1000.0, 1000.0)])
        .layer("public_land", "", &[area(0.0, 0.0, 10.0, 10.0)])
        .parcels(&[("a", [600.0, 500.0])]);
    town.folder.put("certain.geojson", super::features(&[area(0.0, 0.0, 1000.0, 1000.0)]).to_string());
    let town = town.with(
        "[prospective]\npublic_land = { path = \"certain.geojson\", crs = \"EPSG:6676\", note = \"土地区画整理\" }",
    );
    assert_column(&town.judged(), "central", &[("a", "prospective")]);
}

#[test]
fn an_expected_zone_is_asked_together_with_the_one_that_it_grows_together_with() {
    // The east has no public land of its own, the west has enough for both.
    let town = Town::new()
        .none("stations")
        .layer("stops", STOPS, &[stop("甲", [500.0, 500.0], "A", 6)])
        .layer("did", "", &[area(0.0, 0.0, 600.0, 1000.0)])
        .layer("units", "", &[area(0.0, 0.0, 1000.0, 1000.0)])
        .layer("public_land", "", &[area(0.0, 0.0, 300.0, 1000.0)])
        .parcels(&[("a", [700.0, 500.0])]);
    town.folder.put("future.geojson", super::features(&[area(600.0, 0.0, 400.0, 1000.0)]).to_string());
    let town =
        town.with("[prospective]\ndid = { path = \"future.geojson\", crs = \"EPSG:6676\", note = \"R7国勢調査\" }");
    let judged = town.judged();
    assert_column(&judged, "central", &[("a", "prospective")]);
    assert_column(&judged, "central_zone_as_a_whole", &[("a", "yes")]);
    let counts = town.folder.json("kyoten-out/run.json")["zones"]["central"]["as_a_whole"].clone();
    assert_eq!(counts, json!({ "yes": 2 }));
}

#[test]
fn what_a_larger_zone_would_make_up_for_is_not_known_of_it_as_a_whole() {
    // Around 甲 there is next to no public land; beside 乙, whose service nobody knows, there is plenty.
    let open = (point(800.0, 0.0), json!({ "name": "乙", "line": "A", "peak": null }));
    let all = || [area(-600.0, -600.0, 2000.0, 1200.0)];
    let town = Town::new()
        .none("stations")
        .layer("stops", STOPS, &[stop("甲", [0.0, 0.0], "A", 6), open])
        .layer("did", "", &all())
        .layer("units", "", &all())
        .layer("public_land", "", &[area(450.0, -600.0, 700.0, 1200.0)])
        .parcels(&[("a", [10.0, 10.0])]);
    let judged = town.judged();
    assert_column(&judged, "central", &[("a", "undetermined")]);
    assert_column(&judged, "central_zone_as_a_whole", &[("a", "undetermined")]);
    assert_eq!(town.folder.json("kyoten-out/run.json")["open"]["central"], json!({ "zone-as-a-whole": 1 }));
}

#[test]
fn a_site_lies_in_a_senior_zone() {
    let town = Town::new()
        .none("stations")
        .none("facilities")
        .layer("stops", STOPS, &[stop("甲", [0.0, 0.0], "A", 1)])
        .layer("units", "", &[area(-500.0, -500.0, 1000.0, 1000.0)])
        .layer("public_land", "", &[area(-100.0, -500.0, 200.0, 1000.0)])
        .layer("induction_area", "", &[area(-500.0, -500.0, 1000.0, 1000.0)])
        .layer(
            "census",
            ", population = \"pop\", seniors = \"old\"",
            &[(rect(-500.0, -500.0, 1000.0, 1000.0), json!({ "pop": 9000, "old": 4000 }))],
        );
    let judged = town.parcels(&[("in", [10.0, 10.0]), ("out", [300.0, 300.0])]).judged();
    assert_column(&judged, "senior", &[("in", "eligible"), ("out", "ineligible")]);
    assert_column(&judged, "senior_site", &[("in", "eligible"), ("out", "ineligible")]);
    assert_eq!(judged["in"]["in_senior_zone_lo"], judged["in"]["senior_lo"]);
}

#[test]
fn an_undetermined_parcel_has_a_reason_where_each_criterion_alone_is_met_at_both_ends() {
    // The district covers 60 % of the parcel in the west, the sure stop's circle 71 % in the east, and that of a stop of unknown
    // service all of it.
    let town = Town::new()
        .none("stations")
        .layer(
            "stops",
            STOPS,
            &[
                stop("甲", [505.8, 10.0], "A", 6),
                (point(100.0, 10.0), json!({ "name": "乙", "line": "A", "peak": null })),
            ],
        )
        .layer("did", "", &[area(-100.0, -100.0, 112.0, 300.0)])
        .layer("units", "", &[area(-100.0, -100.0, 300.0, 300.0)])
        .layer("public_land", "", &[area(-100.0, -100.0, 300.0, 300.0)]);
    let town = town.parcels(&[("a", [0.0, 0.0])]);
    assert_column(&town.judged(), "central", &[("a", "undetermined")]);
    let record = town.folder.json("kyoten-out/run.json");
    assert_eq!(record["open"]["central"], json!({ "near-frequent-transit": 1 }));
}
