//! Polygons of very many corners or crossings: measured where that can be done, told where it cannot.

use std::f64::consts::TAU;

use serde_json::{Value, json};

use crate::support::{Folder, unwrapped};

type Ring = Vec<[f64; 2]>;

/// A ring round a place of the sample's plane whose corners come in no order.
fn in_no_order(corners: u64) -> Ring {
    let mut random = fastrand::Rng::with_seed(corners);
    let ring: Ring = (0..corners).map(|_| [138.4 + random.f64() * 0.01, 34.9 + random.f64() * 0.01]).collect();
    closed(ring)
}

/// A zigzag between two circles.
pub fn star(corners: u32) -> Ring {
    let corner = |index: u32| {
        let (sin, cos) = (f64::from(index) / f64::from(corners) * TAU).sin_cos();
        let radius = if index.is_multiple_of(2) { 0.005 } else { 0.01 };
        [138.4 + radius * cos, 34.9 + radius * sin]
    };
    closed((0..corners).map(corner).collect())
}

fn closed(mut ring: Ring) -> Ring {
    ring.push(ring[0]);
    ring
}

pub fn collection(rings: &[Ring]) -> String {
    let feature = |ring: &Ring| json!({ "type": "Feature", "properties": {}, "geometry": { "type": "Polygon", "coordinates": [ring] } });
    json!({ "type": "FeatureCollection", "features": rings.iter().map(feature).collect::<Vec<_>>() }).to_string()
}

fn square(west: f64, south: f64, side: f64) -> Ring {
    closed(vec![[west, south], [west + side, south], [west + side, south + side], [west, south + side]])
}

fn parcels(folder: &Folder) -> Vec<Value> {
    folder.json("out/parcels.geojson")["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["properties"].clone())
        .collect()
}

fn with_parcels(rings: &[Ring]) -> Folder {
    let folder = Folder::with_project("", "");
    folder.put("parcels.geojson", collection(rings)).put("kyoten.toml", "[layers]\nparcels = \"parcels.geojson\"\n");
    folder
}

#[test]
fn a_parcel_with_too_many_crossings_is_undetermined_and_told() {
    let folder = with_parcels(&[in_no_order(1000), square(138.4, 34.9, 0.001)]);
    let run = folder.run(&["kyoten.toml", "--out", "out"]);
    let [tangled, plain] = &parcels(&folder)[..] else { panic!("two parcels") };
    assert_eq!(tangled["senior_site"], "undetermined");
    assert!(tangled["area_m2"].is_null() && plain["area_m2"].as_f64().unwrap() > 10_000.0);
    let said = unwrapped(&run.stdout);
    assert!(said.contains("parcels.geojson: parcel 1 (1): 1000 corners, of which at most 20000 cuts"), "{said}");
}

#[test]
fn a_parcel_whose_crossings_can_be_worked_out_is_mended_as_ever() {
    let folder = with_parcels(&[in_no_order(150)]);
    let run = folder.run(&["kyoten.toml", "--out", "out"]);
    assert!(parcels(&folder)[0]["area_m2"].as_f64().unwrap() > 100_000.0);
    assert!(unwrapped(&run.stdout).contains("whose rings cross; measured as what an odd number"), "{}", run.stdout);
}

#[test]
fn a_feature_of_a_layer_with_too_many_crossings_may_lie_anywhere() {
    let folder = Folder::with_project("", "did = \"did.geojson\"");
    folder.put("did.geojson", collection(&[square(138.4, 34.9, 0.001)]));
    folder.run(&["kyoten.toml", "--no-map", "--out", "out"]);
    let share = |of: &Value, end: &str| of[format!("in_did_{end}")].as_f64();
    let settled: Vec<_> = parcels(&folder).iter().map(|one| (share(one, "lo"), share(one, "hi"))).collect();
    folder.put("did.geojson", collection(&[square(138.4, 34.9, 0.001), in_no_order(1000)]));
    let run = folder.run(&["kyoten.toml", "--no-map", "--out", "out"]);
    let widened: Vec<_> = parcels(&folder).iter().map(|one| (share(one, "lo"), share(one, "hi"))).collect();
    assert_eq!(settled, [(Some(1.0), Some(1.0)), (Some(0.0), Some(0.0))]);
    assert_eq!(widened, [(Some(1.0), Some(1.0)), (Some(0.0), Some(1.0))]);
    folder.put("did.geojson", collection(&[in_no_order(1000)]));
    folder.run(&["kyoten.toml", "--no-map", "--out", "out"]);
    let open: Vec<_> = parcels(&folder).iter().map(|one| (share(one, "lo"), share(one, "hi"))).collect();
    assert_eq!(open, [(Some(0.0), Some(1.0)); 2], "no polygon of the layer is left");
    let said = unwrapped(&run.stdout);
    assert!(said.contains("did.geojson feature 2: 1000 corners") && said.contains("[did]"), "{said}");
}

#[test]
fn a_facility_whose_outline_nobody_can_follow_may_stand_anywhere() {
    let folder = Folder::with_project("", "facilities = \"facilities.geojson\"");
    folder.put("facilities.geojson", collection(&[square(138.45, 34.9, 0.001), in_no_order(1000)]));
    let run = folder.run(&["kyoten.toml", "--no-map", "--out", "out"]);
    let said = unwrapped(&run.stdout);
    assert!(said.contains("1000 corners") && said.contains("may stand anywhere"), "{said}");
}

#[test]
fn a_zigzag_of_many_corners_has_its_area_and_its_place_on_the_map() {
    let folder = with_parcels(&[star(4000), square(138.42, 34.9, 0.001)]);
    let run = folder.run(&["kyoten.toml", "--out", "out"]);
    // Between the two circles a zigzag covers n/2 · r · R · sin(2π/n), a degree being 110.95 by 91.44 km there.
    let expected = 2000.0 * 0.005 * 0.01 * (TAU / 4000.0).sin() * 110_946.0 * 91_440.0;
    let found = parcels(&folder)[0]["area_m2"].as_f64().unwrap();
    assert!((found / expected - 1.0).abs() < 1e-3, "{found} {expected}");
    assert!(!run.stdout.contains("corners"), "{}", run.stdout);
    assert!(folder.bytes("out/map.html").len() > 100_000);
}

#[test]
fn a_parcel_as_large_as_japan_is_drawn_as_far_as_others_are() {
    let folder = with_parcels(&[square(128.0, 30.0, 16.0), square(138.42, 34.9, 0.001)]);
    folder.run(&["kyoten.toml", "--out", "out"]);
    assert!(folder.bytes("out/map.html").len() < 5_000_000, "{}", folder.bytes("out/map.html").len());
    assert_eq!(parcels(&folder).len(), 2);
}
