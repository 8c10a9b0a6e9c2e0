//! What a run warns of when data are in order one by one and do not fit together: one case a warning, through the program.

use crate::support::{Folder, column, rows, unwrapped};
use serde_json::Value;

/// Runs, and returns what the program printed and the notices of `run.json`.
fn run(folder: &Folder) -> (String, Vec<Value>) {
    let run = folder.run(&["kyoten.toml", "--out", "out", "--format", "csv"]);
    let report = folder.json("out/run.json");
    (run.stdout, report["notices"].as_array().unwrap().clone())
}

/// The one notice of a kind, which the summary must show with its advice.
fn warned(folder: &Folder, id: &str) -> Value {
    let (summary, notices) = run(folder);
    let found: Vec<&Value> = notices.iter().filter(|notice| notice["id"] == id).collect();
    assert_eq!(found.len(), 1, "{id}: {notices:#?}");
    assert_eq!(found[0]["severity"], "warning");
    for text in [&found[0]["what"], &found[0]["advice"], &found[0]["examples"][0]] {
        assert!(unwrapped(&summary).contains(text.as_str().unwrap()), "{text} is not in: {summary}");
    }
    found[0].clone()
}

fn not_warned(folder: &Folder, id: &str) {
    let (_, notices) = run(folder);
    assert!(notices.iter().all(|notice| notice["id"] != id), "{notices:#?}");
}

/// A collection of squares with properties, each from its south-west corner.
fn squares(side: f64, at: &[([f64; 2], &str)]) -> String {
    let feature = |([x, y], properties): &([f64; 2], &str)| {
        let (u, v) = (x + side, y + side);
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{u},{y}],[{u},{v}],[{x},{v}],[{x},{y}]]]}}}}"#
        )
    };
    let features: Vec<String> = at.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

const HERE: [f64; 2] = [138.39, 34.89];

#[test]
fn a_parcel_that_is_there_twice() {
    let folder = Folder::with_project("", "");
    let again = r#"{"type":"Feature","properties":{"chiban":"9"},"geometry":{"type":"Polygon","coordinates":[[[138.401,34.901],[138.4,34.901],[138.4,34.9],[138.401,34.9],[138.401,34.901]]]}},"#;
    folder.edit("parcels.geojson", "[\n", &format!("[\n{again}\n"));
    let notice = warned(&folder, "duplicate-parcel");
    assert_eq!((&notice["layer"], &notice["count"]), (&"parcels".into(), &1.into()));
    assert_eq!(notice["examples"][0], "parcel 2 is parcel 1");
    not_warned(&Folder::with_project("", ""), "duplicate-parcel");
}

#[test]
fn a_layer_of_another_prefecture() {
    let folder = Folder::with_project("", "did = \"did.geojson\"\nurban_zone = \"zone.geojson\"");
    folder.put("did.geojson", squares(0.1, &[([130.3, 33.5], "{}")]));
    folder.put("zone.geojson", squares(0.1, &[(HERE, "{}")]));
    let notice = warned(&folder, "layer-of-another-place");
    assert_eq!(notice["layer"], "did");
    let example = notice["examples"][0].as_str().unwrap();
    assert_eq!(example, "at 130.29–130.41°E 33.49–33.61°N; parcels at 138.40–138.40°E 34.90–34.90°N");
    // It says no more of this place than no file would.
    let missing = folder.json("out/run.json")["missing_layers"].clone();
    assert!(missing.as_array().unwrap().contains(&"did".into()), "{missing}");
    let with = folder.text("out/parcels.csv");
    let without = Folder::with_project("", "urban_zone = \"zone.geojson\"");
    without.put("zone.geojson", squares(0.1, &[(HERE, "{}")]));
    run(&without);
    assert_eq!(with, without.text("out/parcels.csv"));
}

/// The nearest district of a town may well lie beyond the mountains: the file is right, and says that there is none here.
#[test]
fn a_layer_of_the_next_town() {
    let folder = Folder::with_project("", "did = \"did.geojson\"");
    folder.put("did.geojson", squares(0.01, &[([138.6, 34.9], "{}")]));
    assert_eq!(warned(&folder, "layer-elsewhere")["layer"], "did");
    not_warned(&folder, "layer-of-another-place");
    let missing = folder.json("out/run.json")["missing_layers"].clone();
    assert!(!missing.as_array().unwrap().contains(&"did".into()), "{missing}");
}

/// One house is often several: `訪問介護、通所介護` is a day service beside another one.
#[test]
fn a_cell_of_several_kinds_is_several_kinds() {
    for separated in ["訪問介護、通所介護", "訪問介護・通所介護", "訪問介護/通所介護", "\"訪問介護\n通所介護\""]
    {
        let folder = Folder::with_project("planned_kind = \"通所介護\"", "facilities = \"facilities.csv\"");
        folder.put("facilities.csv", format!("名称,種別,緯度,経度\nひまわり,{separated},34.9005,138.4005\n"));
        not_warned(&folder, "planned-kind-of-no-facility");
        let parcels = rows(&folder.text("out/parcels.csv"));
        let (name, metres) = (column(&parcels, "same_kind_facility"), column(&parcels, "same_kind_facility_m"));
        assert_eq!((parcels[1][name].as_str(), parcels[1][metres].as_str()), ("ひまわり", "0"), "{separated}");
    }
}

#[test]
fn a_planned_kind_that_is_spelt_otherwise() {
    let folder = Folder::with_project("planned_kind = \"通所介護事業\"", "facilities = \"facilities.csv\"");
    folder.put("facilities.csv", "名称,種別,緯度,経度\nひまわり,老人福祉センター、通所介護,34.9005,138.4005\n");
    let notice = warned(&folder, "planned-kind-of-no-facility");
    assert_eq!(notice["examples"][0], "“通所介護事業”; there are: 通所介護, 老人福祉センター");
}

#[test]
fn facilities_whose_names_stand_in_a_column_of_another_name() {
    let folder = Folder::with_project("planned_kind = \"通所介護\"", "facilities = \"facilities.csv\"");
    folder.put("facilities.csv", "呼び方,種別,緯度,経度\nひまわり,通所介護,34.9005,138.4005\n");
    let (_, notices) = run(&folder);
    let told = notices.iter().find(|notice| notice["id"] == "facilities-without-names").unwrap();
    assert_eq!(told["examples"][0], "fields: 呼び方, 種別, 緯度, 経度");
    folder.put("facilities.csv", "要配慮者利用施設名称,種別,緯度,経度\nひまわり,通所介護,34.9005,138.4005\n");
    not_warned(&folder, "facilities-without-names");
    let input = |report: &Value| {
        report["inputs"].as_array().unwrap().iter().find(|input| input["layer"] == "facilities").cloned()
    };
    assert_eq!(input(&folder.json("out/run.json")).unwrap()["fields"]["name"], "要配慮者利用施設名称");
}

#[test]
fn a_layer_with_its_axes_exchanged() {
    let folder = Folder::with_project("", "urban_zone = { path = \"zone.geojson\", crs = \"EPSG:6676\" }");
    // The parcels lie some 9,100 m west and 122,000 m south of the origin of zone VIII.
    folder.put("zone.geojson", squares(4000.0, &[([-124_000.0, -11_000.0], "{}")]));
    assert_eq!(warned(&folder, "axes-exchanged")["layer"], "urban_zone");
    folder.put("zone.geojson", squares(4000.0, &[([-11_000.0, -124_000.0], "{}")]));
    not_warned(&folder, "axes-exchanged");
    not_warned(&folder, "layer-elsewhere");
}

#[test]
fn districts_and_residents_of_two_censuses() {
    let did = squares(0.1, &[(HERE, "{}")]);
    let table = "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001101001,T001101019\r\n,,,,人口（総数）,６５歳以上人口　総数\r\n523833001,0,,,10,4\r\n";
    for (did_name, warns) in [("A16-15_22_DID.geojson", true), ("A16-20_22_DID.geojson", false), ("did.geojson", false)]
    {
        let folder = Folder::with_project("", &format!("did = \"{did_name}\"\ncensus = \"tblT001101H5238.txt\""));
        folder.put(did_name, &did).put("tblT001101H5238.txt", table);
        if warns {
            let notice = warned(&folder, "did-of-another-census");
            assert_eq!(notice["examples"][0], "`did` is of 2015, `census` of 2020");
        } else {
            not_warned(&folder, "did-of-another-census");
        }
    }
}

const STOPS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"P11_001":"東町入口","P11_003_01":"東線","peak":4},"geometry":{"type":"Point","coordinates":[138.4,34.9]}},
{"type":"Feature","properties":{"P11_001":"西町","P11_003_01":null,"peak":null},"geometry":{"type":"Point","coordinates":[138.404,34.9]}}
]}"#;

#[test]
fn stops_without_lines_and_without_peaks() {
    let folder = Folder::with_project("", "stops = { path = \"stops.geojson\", peak_trips = \"peak\" }");
    folder.put("stops.geojson", STOPS);
    // The other stop is no help.
    folder.edit("stops.geojson", "\"peak\":4", "\"peak\":1");
    for (id, example) in [("stops-without-lines", "西町"), ("stops-without-peaks", "西町, 2 parcel(s)")] {
        let notice = warned(&folder, id);
        assert_eq!((&notice["layer"], &notice["count"]), (&"stops".into(), &1.into()));
        assert_eq!(notice["examples"], serde_json::json!([example]));
    }
    // A stop that no undetermined parcel is near to keeps nothing open.
    folder.edit("stops.geojson", "138.404", "138.42");
    not_warned(&folder, "stops-without-peaks");
    folder.edit("stops.geojson", "138.42", "138.404");
    // Rules that ask nothing of stops leave nothing open.
    folder.edit("kyoten.toml", "[layers]", "rules = \"saihenshu\"\n[layers]");
    not_warned(&folder, "stops-without-lines");
    not_warned(&folder, "stops-without-peaks");
}

#[test]
fn a_city_that_files_have_by_its_wards() {
    let layers = "induction_area = { path = \"area.geojson\", where = { A50_005 = \"22100\" } }";
    let folder = Folder::with_project("municipality = \"22100\"", layers);
    let wards = [(HERE, r#"{"A50_005":"22101"}"#), ([138.5, 34.9], r#"{"A50_005":"22102"}"#)];
    folder.put("area.geojson", squares(0.1, &[&wards[..], &[([137.7, 34.7], r#"{"A50_005":"22138"}"#)]].concat()));
    let (_, notices) = run(&folder);
    let notice = notices.iter().find(|notice| notice["id"] == "city-by-wards").unwrap();
    assert_eq!(notice["examples"][0], "A50_005 = 22100 (静岡市)");
    let used = &folder.json("out/run.json")["inputs"][1]["used"];
    assert_eq!(used, 2);
}

#[test]
fn an_excluded_city_excludes_its_wards_of_today_and_before() {
    for (ward, share) in [("22139", "0"), ("22131", "0"), ("22101", "1")] {
        let folder = Folder::with_project("excluded_municipalities = [\"22130\"]", "municipalities = \"n03.geojson\"");
        folder.put("n03.geojson", squares(0.1, &[(HERE, &format!(r#"{{"N03_007":"{ward}"}}"#))]));
        run(&folder);
        let rows = rows(&folder.text("out/parcels.csv"));
        assert_eq!(rows[1][column(&rows, "eligible_municipality_hi")], share, "{ward}");
    }
}

#[test]
fn small_areas_and_their_table_give_the_density_of_each() {
    let folder = Folder::with_project("", "census = [\"tblT001082C22.txt\", \"r2ka22212.geojson\"]");
    let table = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T001082001,T001082019\r\n\
        ,,,,,,,総数、年齢「不詳」含む,総数６５歳以上\r\n\
        22212,1,焼津市,,0,,,900,700\r\n222120010,2,焼津市,東町,0,,,500,300\r\n222120020,2,焼津市,西町,0,,,400,-\r\n";
    folder.put("tblT001082C22.txt", table);
    let areas = [
        ([138.3995, 34.8995], r#"{"KEY_CODE":"222120010","HCODE":8101}"#),
        ([138.45, 34.9], r#"{"KEY_CODE":"22212002000","HCODE":8101}"#),
    ];
    folder.put("r2ka22212.geojson", squares(0.003, &areas));
    let (summary, notices) = run(&folder);
    let ids: Vec<&str> = notices.iter().map(|notice| notice["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["rows-of-another-level", "cell-like-a-date"], "{summary}");
    let rows = rows(&folder.text("out/parcels.csv"));
    let density: f64 = rows[1][column(&rows, "seniors_per_ha_lo")].parse().unwrap();
    // 300 people on 274 m by 333 m.
    assert!((density - 300.0 / 9.12).abs() < 0.1, "{density}");
}
