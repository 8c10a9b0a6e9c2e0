//! What publications and codes say: municipalities, use zones, induction and residence areas.

use serde_json::{Map, Value, json};

use super::{Drawn, Town, area, assert_column, rect};

/// Classes of A09, side by side: 1 市街化区域, 2 市街化調整区域, 3 その他用途地域, 4 用途未設定.
fn urban_areas() -> Vec<Drawn> {
    let class = |number: i32| (rect(f64::from(number) * 1000.0, 0.0, 1000.0, 1000.0), class_of(number));
    [1, 2, 3, 4].map(class).to_vec()
}

fn class_of(number: i32) -> Value {
    json!({ "prefec_cd": "22", "area_cd": "222", "layer_no": number })
}

/// A use zone of A29, and one of which nothing is known.
fn use_zones() -> Vec<Drawn> {
    let of_class = |class: i32| json!({ "A29_001": "22212", "A29_004": class });
    vec![(rect(1000.0, 0.0, 1000.0, 1000.0), of_class(5)), (rect(2000.0, 0.0, 1000.0, 1000.0), of_class(99))]
}

const IN_CLASSES: [(&str, [f64; 2]); 5] = [
    ("in1", [1500.0, 500.0]),
    ("in2", [2500.0, 500.0]),
    ("in3", [3500.0, 500.0]),
    ("in4", [4500.0, 500.0]),
    ("out", [9000.0, 500.0]),
];

/// Asserts the two ends of a criterion's share.
fn assert_share(judged: &Map<String, Value>, column: &str, wanted: &[(&str, f64, f64)]) {
    for (id, lo, hi) in wanted {
        let end = |end: &str| judged[*id][format!("{column}_{end}")].as_f64();
        assert_eq!((end("lo"), end("hi")), (Some(*lo), Some(*hi)), "{id} {column}: {}", judged[*id]);
    }
}

/// The ids of a run's notices about a layer.
fn notices(town: &Town, layer: &str) -> Vec<String> {
    let record = town.folder.json("kyoten-out/run.json");
    let all = record["notices"].as_array().unwrap();
    let of_layer = all.iter().filter(|notice| notice["layer"] == layer);
    of_layer.map(|notice| notice["id"].as_str().unwrap().to_owned()).collect()
}

fn has(town: &Town, layer: &str, id: &str) -> bool {
    notices(town, layer).iter().any(|known| known == id)
}

#[test]
fn of_the_urban_areas_those_with_a_division_and_use_zones_outside_of_one_count() {
    let town = Town::new().parcels(&IN_CLASSES).layer_in("urban_zone", "A09-18_22.geojson", "", &urban_areas());
    let judged = town.judged();
    let wanted = [("in1", 1.0, 1.0), ("in2", 0.0, 0.0), ("in3", 1.0, 1.0), ("in4", 0.0, 0.0), ("out", 0.0, 0.0)];
    assert_share(&judged, "in_urban_zone", &wanted);
    assert!(has(&town, "urban_zone", "area-division-unsaid"), "{:?}", notices(&town, "urban_zone"));
}

#[test]
fn a_file_of_a_municipality_in_the_download_of_urban_areas_has_no_name_of_its_own_and_is_known_by_its_fields() {
    let town = Town::new().parcels(&IN_CLASSES).layer_in("urban_zone", "22212_焼津市.geojson", "", &urban_areas());
    assert_share(&town.judged(), "in_urban_zone", &[("in1", 1.0, 1.0), ("in2", 0.0, 0.0)]);
    let seen = town.folder.kyoten(&["inspect", "--json", "--crs", "EPSG:6676", "22212_焼津市.geojson"]);
    let seen: Value = serde_json::from_str(&seen.stdout).unwrap();
    assert_eq!(seen[0]["taken_for"]["publication"], "A09", "{seen}");
}

#[test]
fn under_a_division_the_urbanisation_area_alone_counts() {
    let town = Town::of("municipality = \"22212\"\narea_division = true\n");
    let town = town.parcels(&IN_CLASSES).layer_in("urban_zone", "A09-18_22.geojson", "", &urban_areas());
    assert_share(&town.judged(), "in_urban_zone", &[("in1", 1.0, 1.0), ("in2", 0.0, 0.0), ("in3", 0.0, 0.0)]);
    assert!(has(&town, "urban_zone", "use-zones-left-out"));
    assert_eq!(town.folder.json("kyoten-out/run.json")["project"]["area_division"], true);
}

#[test]
fn use_zones_count_without_a_division_and_where_nobody_speaks_of_one() {
    for (said, is_told) in [("", true), ("area_division = false\n", false)] {
        let town = Town::of(&format!("municipality = \"22212\"\n{said}")).parcels(&IN_CLASSES);
        let town = town.layer_in("urban_zone", "A29-19_22.geojson", "", &use_zones());
        assert_share(&town.judged(), "in_urban_zone", &[("in1", 1.0, 1.0), ("in2", 0.0, 0.0), ("out", 0.0, 0.0)]);
        assert_eq!(has(&town, "urban_zone", "area-division-unsaid"), is_told, "{said}");
    }
}

#[test]
fn use_zones_alone_leave_open_what_lies_in_them_under_a_division() {
    let town = Town::of("municipality = \"22212\"\narea_division = true\n").parcels(&IN_CLASSES);
    let town = town.layer_in("urban_zone", "A29-19_22.geojson", "", &use_zones());
    assert_share(&town.judged(), "in_urban_zone", &[("in1", 0.0, 1.0), ("in2", 0.0, 0.0), ("out", 0.0, 0.0)]);
    assert!(has(&town, "urban_zone", "use-zones-in-doubt"));
}

#[test]
fn beside_an_area_of_the_citys_own_use_zones_do_not_count_under_a_division() {
    let town = Town::of("municipality = \"22212\"\narea_division = true\n").parcels(&IN_CLASSES);
    let town = town.layer_in("urban_zone", "A29-19_22.geojson", "", &use_zones());
    let own = Town::new().layer_in("urban_zone", "市街化区域.geojson", "", &[area(4000.0, 0.0, 1000.0, 1000.0)]);
    town.folder.put("市街化区域.geojson", own.folder.bytes("市街化区域.geojson"));
    let paths = "[\"A29-19_22.geojson\", \"市街化区域.geojson\"]";
    town.write().edit("kyoten.toml", "\"A29-19_22.geojson\"", paths);
    town.folder.run(&["kyoten.toml", "--no-map"]);
    let parcels = town.folder.json("kyoten-out/parcels.geojson");
    let of = |id: &str| {
        let all = parcels["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
        let found = all.into_iter().find(|columns| columns["kyoten_id"] == id).unwrap();
        (found["in_urban_zone_lo"].as_f64(), found["in_urban_zone_hi"].as_f64())
    };
    assert_eq!(of("in1"), (Some(0.0), Some(0.0)));
    assert_eq!(of("in4"), (Some(1.0), Some(1.0)), "the classes of A29 leave the other file alone");
}

#[test]
fn a_layer_of_the_planners_own_counts_whatever_is_said_of_a_division() {
    for said in ["", "area_division = true\n", "area_division = false\n"] {
        let town = Town::of(&format!("municipality = \"22212\"\n{said}")).parcels(&IN_CLASSES);
        let town = town.layer("urban_zone", "", &[area(1000.0, 0.0, 1000.0, 1000.0)]);
        assert_share(&town.judged(), "in_urban_zone", &[("in1", 1.0, 1.0), ("in2", 0.0, 0.0)]);
        assert_eq!(notices(&town, "urban_zone"), [""; 0]);
    }
}

#[test]
fn the_division_is_said_with_true_or_false() {
    let run = Town::of("area_division = \"線引き\"\n").parcels(&IN_CLASSES).run();
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`area_division`") && run.stderr.contains("true or false"), "{}", run.stderr);
}

/// Whether the municipality of a code may use the zones; `None` where that is open.
fn may(head: &str) -> (f64, f64) {
    let judged = Town::of(head).parcels(&[("a", [0.0, 0.0])]).judged();
    let end = |end: &str| judged["a"][format!("eligible_municipality_{end}")].as_f64().unwrap();
    (end("lo"), end("hi"))
}

#[test]
fn a_code_is_of_a_city_of_its_wards_or_of_all_special_wards_in_five_or_six_digits() {
    for code in ["11110", "13100", "131008", "13101", "13123", "14100", "141003", "14101", "27140"] {
        assert_eq!(may(&format!("municipality = \"{code}\"\n")), (0.0, 0.0), "{code}");
    }
    for code in ["01100", "13201", "22138", "222127", "40130"] {
        assert_eq!(may(&format!("municipality = \"{code}\"\n")), (1.0, 1.0), "{code}");
    }
}

#[test]
fn a_list_of_the_planners_own_may_name_all_special_wards_or_some_wards() {
    let with = |list: &str, code: &str| may(&format!("municipality = \"{code}\"\nexcluded_municipalities = {list}\n"));
    assert_eq!(with("[\"131008\"]", "13123"), (0.0, 0.0));
    assert_eq!(with("[\"13100\"]", "13201"), (1.0, 1.0));
    assert_eq!(with("[\"14101\"]", "14102"), (1.0, 1.0));
    assert_eq!(with("[\"14101\"]", "14100"), (0.0, 1.0), "one of its wards is left out");
}

#[test]
fn a_wrong_check_digit_is_an_error_in_the_project_and_in_the_boundaries() {
    let run = Town::of("municipality = \"141004\"\n").parcels(&[("a", [0.0, 0.0])]).run();
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("its check digit should be 3"), "{}", run.stderr);
    let boundaries = [(rect(0.0, 0.0, 1000.0, 1000.0), json!({ "code": "141004" }))];
    let town = Town::of("").parcels(&[("a", [0.0, 0.0])]).layer("municipalities", ", code = \"code\"", &boundaries);
    let run = town.run();
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("141004") && run.stderr.contains("its check digit should be 3"), "{}", run.stderr);
}

/// Boundaries of 藤沢市 and of a ward of 横浜市, the latter in six digits, and land of no municipality.
fn boundaries() -> Vec<Drawn> {
    let of = |code: Value| json!({ "code": code });
    vec![
        (rect(0.0, 0.0, 1000.0, 1000.0), of(json!("14205"))),
        (rect(1000.0, 0.0, 1000.0, 1000.0), of(json!("141011"))),
        (rect(2000.0, 0.0, 1000.0, 1000.0), json!({ "code": Value::Null, "name": "所属未定地" })),
        (rect(3000.0, 0.0, 1000.0, 1000.0), of(Value::Null)),
    ]
}

const IN_CITIES: [(&str, [f64; 2]); 5] = [
    ("fujisawa", [500.0, 500.0]),
    ("yokohama", [1500.0, 500.0]),
    ("nobody", [2500.0, 500.0]),
    ("unsaid", [3500.0, 500.0]),
    ("rest", [5000.0, 0.0]),
];

#[test]
fn boundaries_decide_for_what_they_cover_and_the_code_for_the_rest() {
    let judged = |head: &str| {
        let town = Town::of(head).parcels(&IN_CITIES);
        let town = town.layer("municipalities", ", code = \"code\"", &boundaries());
        (town.judged(), town)
    };
    let decided = [("fujisawa", 1.0, 1.0), ("yokohama", 0.0, 0.0)];
    for (head, rest) in
        [("municipality = \"14205\"\n", (1.0, 1.0)), ("municipality = \"14100\"\n", (0.0, 0.0)), ("", (0.0, 1.0))]
    {
        let (judged, town) = judged(head);
        assert_share(&judged, "eligible_municipality", &decided);
        assert_share(&judged, "eligible_municipality", &["nobody", "rest"].map(|id| (id, rest.0, rest.1)));
        // A code that is blank may be any municipality's.
        assert_share(&judged, "eligible_municipality", &[("unsaid", 0.0, 1.0)]);
        assert!(!has(&town, "municipalities", "municipality-contradicted"), "{head}");
        assert!(has(&town, "municipalities", "no-municipality-code"), "{head}");
    }
}

#[test]
fn a_code_that_the_boundaries_do_not_have_where_the_parcels_are_is_a_warning() {
    let far = (rect(90_000.0, 0.0, 1000.0, 1000.0), json!({ "code": "22212" }));
    for drawn in [boundaries(), [boundaries(), vec![far]].concat()] {
        let town = Town::new().parcels(&IN_CITIES).layer("municipalities", ", code = \"code\"", &drawn);
        assert_share(&town.judged(), "eligible_municipality", &[("yokohama", 0.0, 0.0), ("rest", 1.0, 1.0)]);
        assert!(has(&town, "municipalities", "municipality-contradicted"));
    }
}

#[test]
fn no_local_zone_connects_to_a_centre_in_an_excluded_municipality() {
    let of = |code: &str| json!({ "code": code });
    let halves =
        [(rect(-5000.0, -5000.0, 5000.0, 10_000.0), of("14101")), (rect(0.0, -5000.0, 5000.0, 10_000.0), of("14205"))];
    let stop = |name: &str, x: f64| (super::point(x, 0.0), json!({ "name": name, "line": "1", "peak": 6 }));
    let town = Town::of("").parcels(&[("yokohama", [-1050.0, 10.0]), ("fujisawa", [1010.0, 10.0])]);
    let town = town.layer("municipalities", ", code = \"code\"", &halves).none("stations");
    let stops = ", peak_trips = \"peak\", name = \"name\", line = \"line\"";
    let town = town.layer("stops", stops, &[stop("東", 1000.0), stop("西", -1000.0)]);
    let town = town.layer("did", "", &[area(-2000.0, -1000.0, 1500.0, 2000.0)]);
    let town = town.layer("units", "", &[area(-2000.0, -1000.0, 4000.0, 2000.0)]);
    let town = town.layer("public_land", "", &[area(-2000.0, -1000.0, 4000.0, 500.0)]);
    let town = town.layer("urban_zone", "", &[area(-3000.0, -3000.0, 6000.0, 6000.0)]);
    let judged = town.judged();
    assert_column(&judged, "central", &[("yokohama", "ineligible")]);
    assert_column(&judged, "local", &[("yokohama", "ineligible"), ("fujisawa", "ineligible")]);
}

/// A plan as A50 has it: its area, a residence area, and in a corner of that an area for urban functions.
fn plan() -> Vec<Drawn> {
    let of = |class: i32| json!({ "A50_002": "14100", "A50_006": class });
    vec![
        (rect(-1000.0, -1000.0, 5000.0, 5000.0), of(1)),
        (rect(0.0, 0.0, 2000.0, 2000.0), of(2)),
        (rect(0.0, 0.0, 1000.0, 1000.0), of(3)),
    ]
}

/// The layers of a run and how many features each used.
fn used(town: &Town) -> Vec<(String, u64)> {
    let record = town.folder.json("kyoten-out/run.json");
    let inputs = record["inputs"].as_array().unwrap();
    inputs.iter().map(|one| (one["layer"].as_str().unwrap().to_owned(), one["used"].as_u64().unwrap())).collect()
}

#[test]
fn a_plan_given_as_induction_area_fills_the_residence_area_too() {
    let town = Town::new().parcels(&[("a", [500.0, 500.0]), ("b", [1500.0, 1500.0])]);
    let town = town.layer_in("induction_area", "A50-20_14100.geojson", "", &plan());
    let judged = town.judged();
    assert_share(&judged, "in_induction_area", &[("a", 1.0, 1.0), ("b", 0.0, 0.0)]);
    let wanted = [("parcels", 2), ("induction_area", 1), ("residence_area", 1)];
    assert_eq!(used(&town), wanted.map(|(layer, count)| (layer.to_owned(), count)));
}

#[test]
fn a_residence_area_of_its_own_goes_before_that_of_a_plan() {
    let town = Town::new().parcels(&[("a", [500.0, 500.0])]);
    let town = town.layer_in("induction_area", "A50-20_14100.geojson", "", &plan());
    let own = [area(0.0, 0.0, 900.0, 900.0), area(900.0, 0.0, 900.0, 900.0)];
    let town = town.layer("residence_area", "", &own);
    town.judged();
    assert!(used(&town).contains(&("residence_area".to_owned(), 2)), "{:?}", used(&town));
    assert_eq!(used(&town).iter().filter(|(layer, _)| layer == "residence_area").count(), 1);
}

#[test]
fn a_plan_given_as_residence_area_is_that_of_its_class() {
    let town = Town::new().parcels(&[("a", [500.0, 500.0])]);
    let town = town.layer_in("residence_area", "A50-20_14100.geojson", "", &plan());
    town.judged();
    assert!(used(&town).contains(&("residence_area".to_owned(), 1)), "{:?}", used(&town));
}

#[test]
fn init_says_where_the_residence_area_comes_from_and_asks_for_the_division() {
    let in_degrees = |properties: Value| (rect(138.3, 34.8, 0.01, 0.01), properties);
    let plan = [2, 3].map(|class| in_degrees(json!({ "A50_006": class })));
    let town = Town::new().layer_in("induction_area", "A50-20_22212.geojson", "", &plan);
    let town = town.layer_in("urban_zone", "22212_焼津市.geojson", "", &[in_degrees(class_of(3))]);
    let made = town.folder.kyoten(&["init", ".", "--out", "made.toml"]);
    let text = town.folder.text("made.toml");
    assert!(made.status < 2, "{}", made.stderr);
    assert!(text.contains("induction_area = { path = \"A50-20_22212.geojson\""), "{text}");
    assert!(text.contains("# that of the files of `induction_area` is taken"), "{text}");
    assert!(text.contains("urban_zone = { path = \"22212_焼津市.geojson\""), "{text}");
    assert!(text.contains("# area_division = …"), "{text}");
}
