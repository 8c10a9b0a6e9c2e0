//! `kyoten site` and `kyoten spacing`: sites of new facilities, and facilities that stand too close.

use serde_json::{Value, json};

use crate::leaflet::{Drawn, Town, area, features, point, rect};
use crate::support::{Folder, Run};

/// A town 3 km wide where all of the ground is a senior zone, with parcels 500 m apart in a row, 300 m² and more, and two small ones that touch.
fn town() -> Town {
    town_with(area(-1e3, -1e3, 5e3, 3e3))
}

/// The same where the induction area is this one.
fn town_with(induction: Drawn) -> Town {
    let stops: Vec<Drawn> = (0..31)
        .map(|at| (point(f64::from(at) * 100.0, 0.0), json!({ "name": format!("停{at}"), "line": "A", "peak": 6 })))
        .collect();
    let square = |at: u32| (rect(f64::from(at) * 500.0, 0.0, 20.0, 20.0), json!({ "id": format!("p{at}") }));
    let mut parcels: Vec<Drawn> = (0..6).map(square).collect();
    parcels.push((rect(2900.0, 0.0, 10.0, 20.0), json!({ "id": "w" })));
    parcels.push((rect(2910.0, 0.0, 10.0, 20.0), json!({ "id": "e" })));
    let people: Vec<Drawn> = (0..7)
        .map(|at| {
            let (x, persons) = (f64::from(at) * 500.0 - 250.0, 2000 + at * 10);
            (rect(x, -250.0, 500.0, 500.0), json!({ "pop": 6000, "pop65": persons }))
        })
        .collect();
    Town::of("municipality = \"22212\"\nplanned_kind = \"老人福祉センター\"\n")
        .none("stations")
        .layer("stops", ", name = \"name\", line = \"line\", peak_trips = \"peak\"", &stops)
        .layer("public_land", "", &[area(-1e3, -1e3, 5e3, 2e3)])
        .layer("units", "", &[area(-1e3, -1e3, 5e3, 2e3)])
        .layer("census", "", &people)
        .layer("induction_area", "", &[induction])
        .layer("facilities", ", name = \"name\", kind = \"kind\"", &[facility(-690.0, "老人福祉センター", "甲")])
        .layer("parcels", ", id = \"id\"", &parcels)
}

fn facility(x: f64, kind: &str, name: &str) -> Drawn {
    (point(x, 10.0), json!({ "name": name, "kind": kind }))
}

/// What is chosen in that town, as a document.
fn chosen(town: &Town, more: &[&str]) -> (Run, Value) {
    let run = town.write().kyoten(&[&["site", "kyoten.toml", "--json"], more].concat());
    let document = serde_json::from_str(&run.stdout).unwrap_or(Value::Null);
    (run, document)
}

fn names(document: &Value) -> Vec<String> {
    let sites = document["sites"].as_array().unwrap_or_else(|| panic!("{document}"));
    let parcels = |site: &Value| {
        let ids = site["parcels"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
        ids.collect::<Vec<_>>().join("+")
    };
    sites.iter().map(parcels).collect()
}

#[test]
fn as_many_sites_are_chosen_as_stand_far_enough_from_one_another_and_from_what_is_there() {
    let (run, document) = chosen(&town(), &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    // p0 stands 690 m from the facility of its kind. Of the others no two next to one another: 480 m.
    assert_eq!(names(&document), ["p1", "p3", "p5"]);
    assert_eq!((&document["sites_found"], &document["sites_at_most"]), (&json!(3), &json!(3)));
    assert_eq!((&document["is_proven"], &document["least_apart_m"]), (&json!(true), &json!(980.0)));
    assert_eq!(document["candidates"], 5);
}

#[test]
fn neighbours_that_reach_the_least_area_together_are_a_site() {
    let (_, document) = chosen(&town(), &["--merge"]);
    assert_eq!((&document["candidates_merged"], &document["candidates"]), (&json!(1), &json!(6)));
    // It stands 380 m from p5 and 880 m from p4; a single parcel is preferred where it does as well.
    assert_eq!(names(&document), ["p1", "p3", "p5"]);
    let town = town();
    town.write().put("ids.txt", "# none here\np5\n");
    let (_, document) = chosen(&town, &["--merge", "--exclude", "ids.txt", "-o", "sites.geojson"]);
    assert_eq!(names(&document).last().map(String::as_str), Some("w+e"), "{document:#}");
    let sites = town.folder.json("sites.geojson");
    let last = sites["features"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["properties"]["parcels"], &last["properties"]["area_m2"]), (&json!("w+e"), &json!(400.0)));
    // One outline around both.
    assert_eq!(
        (&last["geometry"]["type"], last["geometry"]["coordinates"].as_array().unwrap().len()),
        (&json!("Polygon"), 1)
    );
}

#[test]
fn sites_that_are_taken_keep_others_away_and_areas_that_are_left_out_hold_none() {
    let town = town();
    town.write().put("fixed.geojson", features(&[(point(1010.0, 10.0), json!({ "name": "丙" }))]).to_string());
    let (run, document) = chosen(&town, &["--fixed", "fixed.geojson"]);
    assert_eq!(run.status, 2, "a file of plane metres that names no CRS: {}", run.stdout);
    let collection = |drawn: &[Drawn]| {
        let mut all = features(drawn);
        all["crs"] = json!({ "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::6676" } });
        all.to_string()
    };
    drop(document);
    town.folder.put("fixed.geojson", collection(&[(point(1010.0, 10.0), json!({ "name": "丙" }))]));
    town.folder.put("out.geojson", collection(&[area(2505.0, -50.0, 5.0, 100.0)]));
    let (run, document) = chosen(&town, &["--fixed", "fixed.geojson", "--exclude", "out.geojson"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!((names(&document), &document["fixed"]), (vec!["p4".to_owned()], &json!(["丙"])));
    assert_eq!(document["candidates_beside_fixed"], 3);
    let most = town.folder.kyoten(&["site", "kyoten.toml", "--json", "--max", "0"]);
    let most: Value = serde_json::from_str(&most.stdout).unwrap();
    assert_eq!((&most["sites_found"], &most["sites_at_most"]), (&json!(0), &json!(0)));
}

/// A town whose induction area ends behind p2, and is expected to grow over the rest.
fn expecting() -> Town {
    let town = town_with(area(-1e3, -1e3, 2.1e3, 3e3));
    town.folder.put("future.geojson", features(&[area(1.1e3, -1e3, 3e3, 3e3)]).to_string());
    town.with(
        "[prospective]\ninduction_area = { path = \"future.geojson\", crs = \"EPSG:6676\", note = \"計画の改定\" }",
    )
}

#[test]
fn parcels_that_are_expected_to_become_sites_are_candidates_where_asked_and_told_apart() {
    let statuses = |document: &Value| -> Vec<String> {
        document["sites"].as_array().unwrap().iter().map(|site| site["status"].as_str().unwrap().to_owned()).collect()
    };
    let (_, document) = chosen(&expecting(), &[]);
    assert_eq!((document["candidates"].clone(), statuses(&document)), (json!(2), vec!["eligible".to_owned()]));
    let (run, document) = chosen(&expecting(), &["--also", "prospective", "--merge"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(names(&document), ["p1", "p3", "p5"]);
    assert_eq!(statuses(&document), ["eligible", "prospective", "prospective"]);
    assert_eq!((&document["candidates"], &document["candidates_merged"]), (&json!(6), &json!(1)));
    assert_eq!(crate::schema::faults_of("site", &document), [""; 0]);
    let town = expecting();
    for (lang, words) in [("en", ["2 eligible", ", prospective"]), ("ja", ["「見込み」の筆3", "（見込み）"])]
    {
        let run = town.write().kyoten(&["--lang", lang, "site", "kyoten.toml", "--also", "prospective"]);
        assert!(words.iter().all(|word| run.stdout.contains(word)), "{}", run.stdout);
    }
}

#[test]
fn of_every_site_it_is_told_whether_its_land_is_under_used() {
    let of_floors = |x: f64, floors: u32| (rect(x, 0.0, 10.0, 20.0), json!({ "floors": floors }));
    let far = [[-2e3, -2e3], [6e3, -2e3], [6e3, 2e3], [-2e3, 2e3]];
    let far = far.map(|[x, y]| (rect(x, y, 1.0, 1.0), json!({ "floors": 1 })));
    // Half of p1 under one floor, half of p3 under three, p5 empty; 200 % all over.
    let buildings: Vec<Drawn> = [of_floors(500.0, 1), of_floors(1500.0, 3)].into_iter().chain(far).collect();
    let town = town().layer("buildings", "", &buildings).layer(
        "floor_area_ratio",
        "",
        &[(rect(-1e3, -1e3, 5e3, 3e3), json!({ "容積率": "200" }))],
    );
    let (run, document) = chosen(&town, &["-o", "sites.geojson"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let land: Vec<&Value> = document["sites"].as_array().unwrap().iter().map(|site| &site["unused_land"]).collect();
    assert_eq!(
        (names(&document), land),
        (vec!["p1".into(), "p3".into(), "p5".into()], vec![&json!("yes"), &json!("no"), &json!("yes")])
    );
    assert_eq!(crate::schema::faults_of("site", &document), [""; 0]);
    let first = &town.folder.json("sites.geojson")["features"][0]["properties"];
    assert_eq!((&first["unused_land"], &first["status"]), (&json!("yes"), &json!("eligible")));
    let said = town.folder.kyoten_in_japanese(&["site", "kyoten.toml"]);
    assert!(said.stdout.contains("低・未利用地: 非該当"), "{}", said.stdout);
}

#[test]
fn most_seniors_are_served_by_sites_where_most_live() {
    let (_, document) = chosen(&town(), &["--most", "seniors", "--max", "1", "--within", "250"]);
    assert_eq!(names(&document), ["p5"]);
    assert_eq!((&document["is_proven"], &document["sites_at_most"]), (&json!(true), &Value::Null));
    let (one, two) = (chosen(&town(), &["--threads", "1"]).0, chosen(&town(), &["--threads", "3"]).0);
    assert_eq!(one.stdout, two.stdout);
}

#[test]
fn what_is_wrong_with_the_question_is_one_error() {
    let town = town();
    town.write().put("ids.txt", "p1\nnobody\n");
    for (arguments, wanted) in [
        (vec!["--fixed", "ids.txt"], "ids.txt:2: no parcel has the id “nobody”"),
        (vec!["--zone", "central"], "no zone “central” of the rules asks how far"),
        (vec!["--within", "0"], "more than 0 m"),
        (vec!["--fixed", "none.txt"], "none.txt"),
    ] {
        let run = town.folder.kyoten(&[&["site", "kyoten.toml", "-o", "s.geojson"], arguments.as_slice()].concat());
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.stderr.contains(wanted), "{arguments:?}: {}", run.stderr);
        assert!(!town.folder.path().join("s.geojson").exists());
    }
    let without = Town::new().none("stations").none("facilities").parcels(&[("a", [0.0, 0.0])]);
    let run = without.write().kyoten(&["site", "kyoten.toml", "--most", "seniors"]);
    assert!(run.status == 2 && run.stderr.contains("no layer `census`"), "{}", run.stderr);
}

#[test]
fn of_the_sample_in_both_languages() {
    let folder = Folder::new();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/");
    for lang in ["en", "ja"] {
        let project = format!("{sample}kyoten.toml");
        let run = folder.kyoten(&["--lang", lang, "site", &project, "--merge", "--most", "seniors"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        insta::assert_snapshot!(format!("of_the_sample_{lang}"), run.stdout);
        // Its path is told: one that is the same everywhere.
        folder.put("facilities.csv", std::fs::read(format!("{sample}facilities.csv")).unwrap());
        let run = folder.kyoten(&["--lang", lang, "spacing", "facilities.csv"]);
        assert_eq!(run.status, 1, "{}", run.stderr);
        insta::assert_snapshot!(format!("spacing_of_the_sample_{lang}"), run.stdout);
    }
}

#[test]
fn facilities_too_close_end_with_one_and_others_with_none() {
    let folder = Folder::new();
    let head = "名称,種別,経度,緯度\n";
    let spacing = |rows: &str, more: &[&str]| {
        folder.put("f.csv", format!("{head}{rows}"));
        folder.kyoten(&[&["spacing", "f.csv"], more].concat())
    };
    let (near, far) = ("甲,特養,138.32,34.86\n乙,特養,138.325,34.86\n", "甲,特養,138.32,34.86\n乙,特養,138.34,34.86\n");
    assert_eq!(spacing(near, &[]).status, 1);
    assert_eq!(spacing(near, &["--min", "400"]).status, 0);
    assert_eq!(spacing(far, &[]).status, 0);
    let two = "甲,特養,138.32,34.86\n乙,老健,138.325,34.86\n";
    assert_eq!(spacing(two, &[]).status, 0);
    assert_eq!(spacing(two, &["--one-kind"]).status, 1);
    // Nobody knows of which kind it is.
    let open = spacing("甲,特養,138.32,34.86\n乙,,138.325,34.86\n", &["--json"]);
    let document: Value = serde_json::from_str(&open.stdout).unwrap();
    assert_eq!((open.status, document["open_pairs"].as_array().unwrap().len()), (1, 1));
    assert_eq!(spacing(near, &["--kind", "特養"]).status, 1);
    let unknown = spacing(near, &["--kind", "特餐"]);
    assert!(unknown.status == 2 && unknown.stderr.contains("no facility is of the kind"), "{}", unknown.stderr);
    folder.put("g.csv", "名称,経度,緯度\n甲,138.32,34.86\n");
    let kindless = folder.kyoten(&["spacing", "g.csv"]);
    assert!(kindless.status == 2 && kindless.stderr.contains("--kind-column"), "{}", kindless.stderr);
}
