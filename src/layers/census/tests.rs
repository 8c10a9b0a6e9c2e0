//! The census as e-Stat publishes it, on small made-up tables and boundaries.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::Census;
use crate::crs::Plane;
use crate::diagnostics::Diagnose;
use crate::geometry::area::area;
use crate::layers::lost::Lost;
use crate::layers::{LayerError, LayerKey, LayerSpec, load};
use crate::notices::Notices;
use crate::units::Interval;

/// A table as downloaded: codes, labels, rows.
fn table(columns: &str, labels: &str, rows: &[&str]) -> String {
    let mut text = format!("{columns}\r\n{labels}\r\n");
    for row in rows {
        let _ = write!(text, "{row}\r\n");
    }
    text
}

/// A table of ages by small area, as T001082 has them.
fn ages(rows: &[&str]) -> String {
    let columns = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T001082001,T001082002,T001082019,T001082059";
    table(columns, ",,,,,,,総数、年齢「不詳」含む,総数０〜４歳,総数６５歳以上,女６５歳以上", rows)
}

/// Squares of 0.001°, from west to east at an origin in the city.
fn square(at: f64, side: f64) -> Value {
    let (west, south) = (138.3 + 0.001 * at, 34.8);
    let (east, north) = (west + 0.001 * side, south + 0.001);
    json!({"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]})
}

fn boundaries(features: &[(f64, f64, Value)]) -> String {
    let features: Vec<Value> = features
        .iter()
        .map(|(at, side, properties)| json!({"type": "Feature", "properties": properties, "geometry": square(*at, *side)}))
        .collect();
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn town(code: &str) -> Value {
    json!({"KEY_CODE": code, "HCODE": 8101})
}

struct Read {
    census: Result<Census, LayerError>,
    notices: Vec<(&'static str, u64)>,
}

impl Read {
    fn units(&self) -> Vec<(&str, Interval<f64>, Interval<f64>)> {
        let units = &self.census.as_ref().unwrap().units;
        units.iter().map(|unit| (unit.code.as_deref().unwrap_or_default(), unit.population, unit.seniors)).collect()
    }

    fn count(&self, id: &str) -> u64 {
        self.notices.iter().find(|(known, _)| *known == id).map_or(0, |(_, count)| *count)
    }

    /// Hectares of a unit, about.
    fn hectares(&self, unit: usize) -> f64 {
        (area(&self.census.as_ref().unwrap().shapes.get(unit)) / 1e4).round()
    }
}

fn read(files: &[(&str, &str)]) -> Read {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let paths = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    read_paths(folder.path(), paths)
}

fn read_paths(folder: &Path, paths: Vec<String>) -> Read {
    let spec = LayerSpec { paths, base: folder.to_owned(), ..LayerSpec::default() };
    let (plane, mut notices) = (Plane::new(8).unwrap(), Notices::default());
    let census = load(LayerKey::Census, &spec, plane, &mut notices)
        .and_then(|loaded| super::census(&loaded, plane, &mut Lost::default(), &mut notices));
    Read { census, notices: notices.iter().map(|(_, kind, tally)| (kind.id, tally.count)).collect() }
}

fn exactly(number: f64) -> Interval<f64> {
    Interval::exactly(number)
}

#[test]
fn small_areas_take_the_numbers_of_their_rows_and_parts_count_once() {
    let table = ages(&[
        "22212,1,焼津市,,0,,,900,30,250,120",
        "222120010,2,焼津市,東町,0,,,600,20,170,80",
        "22212001001,3,焼津市,東町一丁目,0,,,400,15,100,50",
        "22212001002,3,焼津市,東町二丁目,0,,,200,5,70,30",
        "222120020,2,焼津市,西町,0,,,300,10,80,40",
        "22213,1,掛川市,,0,,,500,20,100,60",
    ]);
    let shapes = boundaries(&[
        (0.0, 1.0, town("22212001001")),
        (1.0, 1.0, town("22212001002")),
        (2.0, 1.0, town("22212002000")),
        (9.0, 2.0, town("22212001002")),
    ]);
    let found = read(&[("tblT001082C22.txt", &table), ("r2ka22212.geojson", &shapes)]);
    let units = [
        ("22212001001", exactly(400.0), exactly(100.0)),
        ("22212001002", exactly(200.0), exactly(70.0)),
        ("222120020", exactly(300.0), exactly(80.0)),
    ];
    assert_eq!(found.units(), units);
    assert_eq!([0, 1, 2].map(|unit| found.hectares(unit)), [1.0, 3.0, 1.0]);
    let ids = ["parts-of-one-unit", "rows-of-another-level", "rows-outside-boundaries"].map(|id| found.count(id));
    assert_eq!(ids, [1, 2, 1]);
    assert_eq!(found.notices.len(), 3, "{:?}", found.notices);
}

#[test]
fn water_has_nobody_and_what_else_has_no_row_is_not_known() {
    let table = ages(&["222120010,2,焼津市,東町,0,,,600,20,170,80", "222120090,2,焼津市,北町,0,,,10,-,-,-"]);
    let shapes = boundaries(&[
        (0.0, 1.0, town("222120010")),
        (1.0, 1.0, json!({"KEY_CODE": "222129999", "HCODE": 8154})),
        (2.0, 1.0, town("222120030")),
        (3.0, 1.0, json!({"KEY_CODE": "222120040", "HCODE": 8101, "JINKO": 40})),
    ]);
    let found = read(&[("t.txt", &table), ("b.geojson", &shapes)]);
    let unknown = Interval::new(0.0, f64::INFINITY);
    let units = [
        ("222120010", exactly(600.0), exactly(170.0)),
        ("222129999", exactly(0.0), exactly(0.0)),
        ("222120030", unknown, unknown),
        ("222120040", exactly(40.0), Interval::new(0.0, 40.0)),
    ];
    assert_eq!(found.units(), units);
    let ids = ["water-areas", "polygons-without-row", "rows-without-polygon"].map(|id| found.count(id));
    assert_eq!(ids, [1, 2, 1]);
}

#[test]
fn what_is_withheld_is_shared_out_between_the_areas_that_are_counted_together() {
    let table = ages(&["222120010,2,焼津市,東町,1,,002000,600,20,170,80", "222120020,2,焼津市,西町,2,0010,,X,X,X,X"]);
    let squares = |west: Value| boundaries(&[(0.0, 1.0, town("222120010")), (1.0, 1.0, west)]);
    let found = read(&[("t.txt", &table), ("b.geojson", &squares(town("222120020")))]);
    let (all, old) = (Interval::new(0.0, 600.0), Interval::new(0.0, 170.0));
    assert_eq!(found.units(), [("222120010", all, old), ("222120020", all, old)]);
    // The boundaries say how many live in the area whose row is withheld.
    let with_number = json!({"KEY_CODE": "222120020", "HCODE": 8101, "JINKO": 8});
    let found = read(&[("t.txt", &table), ("b.geojson", &squares(with_number))]);
    let units = [
        ("222120010", exactly(592.0), Interval::new(162.0, 170.0)),
        ("222120020", exactly(8.0), Interval::new(0.0, 8.0)),
    ];
    assert_eq!(found.units(), units);
    assert_eq!(found.count("suppressed-census"), 2);
}

#[test]
fn two_tables_of_one_census_complete_each_other() {
    let columns = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T001081001,T001081002";
    let people = table(columns, ",,,,,,,人口総数,男", &["222120010,2,,,1,,0020,592,300", "222120020,2,,,2,0010,,8,4"]);
    let old = ages(&["222120010,2,,,1,,0020,600,20,170,80", "222120020,2,,,2,0010,,X,X,X,X"]);
    let shapes = boundaries(&[(0.0, 1.0, town("222120010")), (1.0, 1.0, town("222120020"))]);
    for order in [[("a.txt", &people), ("b.txt", &old)], [("a.txt", &old), ("b.txt", &people)]] {
        let [first, second] = order.map(|(name, text)| (name, text.as_str()));
        let found = read(&[first, second, ("c.geojson", &shapes)]);
        let units = [
            ("222120010", exactly(592.0), Interval::new(162.0, 170.0)),
            ("222120020", exactly(8.0), Interval::new(0.0, 8.0)),
        ];
        assert_eq!(found.units(), units);
    }
}

#[test]
fn classes_of_age_are_added_up_where_the_table_has_no_total() {
    let columns = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T1,T2,T3,T4,T5";
    let labels = ",,,,,,,総数、年齢「不詳」含む,総数６０～６４歳,総数６５～６９歳,総数７０～７４歳,総数７５歳以上";
    let table = table(columns, labels, &["222120010,2,,,0,,,100,9,10,-,5"]);
    let found = read(&[("t.txt", &table), ("b.geojson", &boundaries(&[(0.0, 1.0, town("222120010"))]))]);
    assert_eq!(found.units(), [("222120010", exactly(100.0), exactly(15.0))]);
}

#[test]
fn a_total_that_lies_over_its_parts_is_left_out_and_one_beside_them_is_not_known() {
    let table = ages(&[
        "222120010,2,,,0,,,600,20,170,80",
        "22212001001,3,,,0,,,400,15,100,50",
        "22212001002,3,,,0,,,150,5,70,30",
    ]);
    let parts = [(0.0, 1.0, town("22212001001")), (1.0, 1.0, town("22212001002"))];
    let over = read(&[
        ("t.txt", &table),
        ("b.geojson", &boundaries(&[&parts[..], &[(0.0, 2.0, town("222120010"))]].concat())),
    ]);
    assert_eq!((over.units().len(), over.count("total-beside-its-parts")), (2, 1));
    let beside = boundaries(&[&parts[..], &[(2.0, 1.0, town("22212001000"))]].concat());
    let beside = read(&[("t.txt", &table), ("b.geojson", &beside)]);
    assert_eq!(beside.units()[2], ("222120010", Interval::new(0.0, f64::INFINITY), Interval::new(0.0, f64::INFINITY)));
    assert_eq!((beside.count("total-beside-its-parts"), beside.count("polygons-without-row")), (0, 1));
}

#[test]
fn boundaries_of_a_coarser_level_take_the_totals() {
    let table = ages(&[
        "222120010,2,,,0,,,600,20,170,80",
        "22212001001,3,,,0,,,400,15,100,50",
        "22212001002,3,,,0,,,200,5,70,30",
    ]);
    let found = read(&[("t.txt", &table), ("b.geojson", &boundaries(&[(0.0, 2.0, town("222120010"))]))]);
    assert_eq!(found.units(), [("222120010", exactly(600.0), exactly(170.0))]);
    assert_eq!(found.count("rows-of-another-level"), 2);
}

#[test]
fn polygons_with_their_own_numbers_need_no_table() {
    let own = |code: &str, pop: u32, old: u32| json!({"code": code, "pop": pop, "pop65": old});
    let shapes = boundaries(&[(0.0, 1.0, own("a", 10, 3)), (1.0, 1.0, own("a", 10, 3)), (2.0, 1.0, own("a", 9, 3))]);
    let found = read(&[("b.geojson", &shapes)]);
    assert_eq!(found.units(), [("a", exactly(10.0), exactly(3.0)), ("a", exactly(9.0), exactly(3.0))]);
    assert_eq!(found.hectares(0), 2.0);
}

#[test]
fn polygons_to_which_a_table_was_joined_keep_what_it_says_of_withheld_numbers() {
    let own = |code: &str, pop: u32, old: Value, state: u32, receiver: &str| json!({"KEY_CODE": code, "pop": pop, "pop65": old, "HTKSYORI": state, "HTKSAKI": receiver});
    let shapes = boundaries(&[
        (0.0, 1.0, own("523837711", 60, json!(30), 1, "")),
        (1.0, 1.0, own("523837712", 5, json!("*"), 2, "523837711")),
        (2.0, 1.0, json!({"pop": 7, "pop65": 1})),
    ]);
    let found = read(&[("joined.geojson", &shapes)]);
    let units = [
        ("523837711", exactly(60.0), Interval::new(25.0, 30.0)),
        ("523837712", exactly(5.0), Interval::new(0.0, 5.0)),
        ("", exactly(7.0), exactly(1.0)),
    ];
    assert_eq!(found.units(), units);
}

#[test]
fn what_cannot_be_joined_is_an_error_that_says_what_to_do() {
    let small = ages(&["222120010,2,,,0,,,600,20,170,80"]);
    let message = |found: Read| {
        let error = found.census.unwrap_err();
        format!("{error}; {}", error.help()[0].en)
    };
    let alone = message(read(&[("tblT001082C22.txt", &small)]));
    assert!(alone.contains("without their boundaries") && alone.contains("[\"tblT001082C22.txt\", \"r2ka"), "{alone}");
    let other = message(read(&[("t.txt", &small), ("b.geojson", &boundaries(&[(0.0, 1.0, town("232120010"))]))]));
    assert!(other.contains("222120010") && other.contains("232120010"), "{other}");
    let twice = table("KEY_CODE,T1,T2,T3", ",人口総数,６５歳以上人口　総数,総数６５歳以上", &["523837711,10,3,3"]);
    let twice = message(read(&[("t.txt", &twice)]));
    assert!(twice.contains("T2 (65歳以上人口 総数), T3 (総数65歳以上)") && twice.contains("seniors = …"), "{twice}");
    let none = table("KEY_CODE,T1,T2", ",人口総数,世帯総数", &["523837711,10,3"]);
    let none = message(read(&[("t.txt", &none)]));
    assert!(none.contains("`seniors`") && none.contains("T1 (人口総数)") && !none.contains("T2"), "{none}");
}

fn meshes(table_code: &str, rows: &[&str]) -> String {
    let columns = format!("KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,{table_code}001,{table_code}019");
    table(&columns, ",,,,　人口（総数）,　６５歳以上人口　総数", rows)
}

#[test]
fn a_mesh_is_not_counted_again_where_its_parts_are_listed() {
    let coarse = meshes("T001140", &["52383771,0,,,100,40", "52383772,0,,,50,10"]);
    let fine = meshes("T001141", &["523837711,0,,,60,30", "523837714,0,,,30,5"]);
    let apart = read(&[("a.txt", &coarse), ("b.txt", &fine)]);
    let units = [
        ("52383771", exactly(10.0), exactly(5.0)),
        ("523837711", exactly(60.0), exactly(30.0)),
        ("523837714", exactly(30.0), exactly(5.0)),
        ("52383772", exactly(50.0), exactly(10.0)),
    ];
    assert_eq!(apart.units(), units);
    assert_eq!(apart.count("divided-mesh"), 1);
    let all: f64 = apart.census.as_ref().unwrap().shapes.iter().map(|shape| area(&shape)).sum();
    let alone = read(&[("a.txt", &coarse)]);
    let whole: f64 = alone.census.as_ref().unwrap().shapes.iter().map(|shape| area(&shape)).sum();
    assert!((all - whole).abs() < 1.0, "{all} {whole}");
    let sizes =
        meshes("T1", &["52383771,0,,,100,40", "523837711,0,,,60,30", "5238377112,0,,,9,1", "52383771123,0,,,2,1"]);
    let populations: Vec<f64> = read(&[("a.txt", &sizes)]).units().iter().map(|(_, all, _)| all.lo).collect();
    assert_eq!(populations, [40.0, 51.0, 7.0, 2.0]);
}

#[test]
fn a_mesh_that_its_parts_cover_leaves_nothing() {
    let rows =
        ["52383771,0,,,100,40", "523837711,0,,,60,30", "523837712,0,,,0,0", "523837713,0,,,40,5", "523837714,0,,,0,0"];
    assert_eq!(read(&[("a.txt", &meshes("T1", &rows))]).units().len(), 4);
}

#[test]
fn outlines_of_meshes_change_nothing() {
    let table = meshes("T001101", &["523837711,1,,523837712,60,30", "523837712,2,523837711,,5,*"]);
    let outline = |code: &str| {
        let ring = crate::layers::Mesh::parse(code).unwrap().ring();
        // Boundary files have their corners to some digits only.
        let ring: Vec<[f64; 2]> =
            ring.iter().map(|[x, y]| [(x * 1e6).round() / 1e6, (y * 1e6).round() / 1e6]).collect();
        json!({"type": "Feature", "properties": {"KEY_CODE": code, "MESH1_ID": "5238"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let shapes: Vec<Value> = ["523837711", "523837712", "523837713"].map(outline).into();
    let shapes = json!({"type": "FeatureCollection", "features": shapes}).to_string();
    let (alone, with_shapes) = (read(&[("a.txt", &table)]), read(&[("a.txt", &table), ("MESH05238.geojson", &shapes)]));
    assert_eq!(alone.units(), with_shapes.units());
    assert_eq!(alone.units()[1].2, Interval::new(0.0, 5.0));
    let [one, two] = [alone, with_shapes].map(|found| found.census.unwrap());
    assert_eq!((one.shapes, one.surveyed), (two.shapes, two.surveyed));
}

#[test]
fn one_unit_with_two_numbers_is_an_error() {
    let rows = |old: &str| meshes("T1", &[&format!("523837711,0,,,60,{old}")]);
    let (same, other) = (rows("30"), rows("31"));
    assert_eq!(read(&[("a.txt", &same), ("b.txt", &same)]).units().len(), 1);
    let error = read(&[("a.txt", &same), ("b.txt", &other)]).census.unwrap_err();
    assert!(matches!(error, LayerError::TwoNumbers { role: "seniors", .. }), "{error}");
}
