//! What a planner reads when the input is bad: one message a case, exit status 2, and nothing written.

use std::fs;
use std::path::Path;

use crate::support::{Folder, english_prose, japanese_prose, sample, zipped};

/// Two parcels, and a project that reads them.
fn two_parcels() -> Folder {
    let folder = Folder::new();
    folder.put("parcels.geojson", PARCELS);
    folder.put("kyoten.toml", "[layers]\nparcels = { path = \"parcels.geojson\", id = \"chiban\" }\n");
    folder
}

const PARCELS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"chiban":"1-1","oaza":"東町"},"geometry":{"type":"Polygon","coordinates":[[[138.4,34.9],[138.401,34.9],[138.401,34.901],[138.4,34.9]]]}},
{"type":"Feature","properties":{"chiban":"1-2","oaza":"東町"},"geometry":{"type":"Polygon","coordinates":[[[138.401,34.9],[138.402,34.9],[138.402,34.901],[138.401,34.9]]]}}
]}
"#;

const STOPS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"P11_001":"東町入口","P11_002":"架空バス","P11_003_01":"東線","peak":4},"geometry":{"type":"Point","coordinates":[138.4,34.9]}},
{"type":"Feature","properties":{"P11_001":"西町","P11_002":"架空バス","P11_003_01":"東線","peak":"4本"},"geometry":{"type":"Point","coordinates":[138.41,34.9]}}
]}
"#;

/// The two parcels in metres of plane VIII.
fn in_metres() -> String {
    PARCELS
        .replace("138.40", "-9100.")
        .replace("34.90", "-121900.")
        .replace("138.4,", "-9100.0,")
        .replace("34.9]", "-121900.0]")
}

/// Adds lines under `[layers]`.
fn with_layers(lines: &str) -> Folder {
    let folder = two_parcels();
    folder.put("kyoten.toml", format!("{}{lines}\n", folder.text("kyoten.toml")));
    folder
}

/// Runs in the folder and returns what it says to readers of English and of Japanese. Standard error alone says it, and
/// nothing may be written.
fn refused_with(folder: &Folder, arguments: &[&str]) -> String {
    let before = folder.contents();
    let mut said = Vec::new();
    for (lang, word) in [("en", "error: "), ("ja", "エラー: ")] {
        let run = folder.kyoten_with(arguments, &[("KYOTEN_LANG", lang)]);
        assert_eq!(run.status, 2, "{}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout, "");
        assert!(folder.contents() == before, "something was written: {:?}", folder.contents().keys());
        assert!(run.stderr.contains(word), "{}", run.stderr);
        for sign in ["panicked", "RUST_BACKTRACE", "Some(", "Error {", "{ path:", "\u{1b}", "〓"] {
            assert!(!run.stderr.contains(sign), "{sign:?} in: {}", run.stderr);
        }
        let here = folder.path().to_string_lossy().into_owned();
        said.push(run.stderr.replace(&here, "[folder]"));
    }
    assert_eq!(japanese_prose(&said[0]), None);
    assert_eq!(english_prose(&said[1]), None);
    said.join("\n")
}

fn refused(folder: &Folder) -> String {
    refused_with(folder, &["run", "kyoten.toml"])
}

macro_rules! says {
    ($message:expr) => {{
        let message = $message;
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => true }, {
            insta::assert_snapshot!(message);
        });
    }};
}

// The project file.

#[test]
fn a_folder_without_a_project_file() {
    let folder = two_parcels();
    folder.put("empty/readme.txt", "");
    says!(refused_with(&folder, &["run", "empty"]));
}

#[test]
fn a_project_file_that_is_not_there() {
    says!(refused_with(&two_parcels(), &["run", "kyouten.toml"]));
}

#[test]
fn a_project_file_that_is_not_toml() {
    let folder = two_parcels();
    folder.put("kyoten.toml", "name = 架空市\n[layers]\nparcels = \"parcels.geojson\n");
    says!(refused(&folder));
}

#[test]
fn data_given_as_the_project_file() {
    says!(refused_with(&two_parcels(), &["run", "parcels.geojson"]));
}

#[test]
fn unknown_keys() {
    let folder = with_layers("station = \"N02.geojson\"\nstops = { path = \"P11.geojson\", peak_trip = 3 }");
    says!(refused(&folder));
}

#[test]
fn values_that_cannot_be() {
    let folder = with_layers("[thresholds]\nmin_public_land = 15\n[waive]\nin-dids = \"\"");
    says!(refused(&folder));
}

#[test]
fn a_transit_table_of_wishes() {
    let table = "[transit]\nwindow = \"peak-hour\"\ndirection = \"two\"\nday = \"2026-02-30\"\nstop_group = 5000\ntransfers = 3";
    says!(refused(&with_layers(table)));
}

#[test]
fn a_scenario_with_exchanged_axes_and_half_an_edit() {
    let stop = "[[scenario.stops]]\nname = \"新駅\"\nkind = \"train\"\nat = [34.871, 138.318]";
    let removal = "[[scenario.remove]]\nroute = \"b1\"\ntrips = [\"b1+1+b-weekday+2\"]";
    let headway = "[[scenario.headway]]\nroute = \"b1\"\nminutes = 15\nfrom = \"23:00\"\nto = \"01:00\"";
    says!(refused(&with_layers(&["[scenario]", stop, removal, headway].join("\n"))));
}

// The command line.

#[test]
fn an_unknown_format() {
    says!(refused_with(&two_parcels(), &["run", "kyoten.toml", "--format", "shp"]));
}

#[test]
fn no_threads() {
    says!(refused_with(&two_parcels(), &["run", "kyoten.toml", "--threads", "0"]));
}

#[test]
fn a_file_where_the_run_folder_should_be() {
    let folder = two_parcels();
    folder.put("out", "mine");
    says!(refused_with(&folder, &["run", "kyoten.toml", "--out", "out"]));
}

#[test]
fn a_file_on_the_way_to_the_run_folder() {
    let folder = two_parcels();
    folder.put("out", "mine");
    says!(refused_with(&folder, &["run", "kyoten.toml", "--out", "out/first"]));
}

#[test]
fn the_folder_of_the_input_as_the_run_folder() {
    says!(refused_with(&two_parcels(), &["run", "kyoten.toml", "--out", "."]));
}

#[test]
fn a_demo_city_of_one_parcel() {
    says!(refused_with(&two_parcels(), &["demo", "--parcels", "1", "--out", "out"]));
}

// Files.

#[test]
fn a_missing_file_with_a_near_name() {
    let folder = with_layers("did = \"A16-20_22_DID.geojson\"");
    folder.put("A16-20_22.geojson", STOPS);
    says!(refused(&folder));
}

#[test]
fn a_pattern_that_matches_nothing() {
    says!(refused(&with_layers("urban_zone = \"用途地域/*.shp\"")));
}

#[test]
fn an_empty_layer() {
    let folder = with_layers("did = \"did.geojson\"");
    folder.put("did.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
    says!(refused(&folder));
}

#[test]
fn parcels_without_a_parcel() {
    let folder = two_parcels();
    folder.put("parcels.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
    says!(refused(&folder));
}

#[test]
fn parcels_cut_off() {
    let folder = two_parcels();
    folder.put("parcels.geojson", &PARCELS[..PARCELS.len() - 60]);
    says!(refused(&folder));
}

#[test]
fn a_layer_cut_off() {
    let folder = with_layers("stops = \"stops.geojson\"");
    folder.put("stops.geojson", &STOPS[..STOPS.len() - 60]);
    says!(refused(&folder));
}

#[test]
fn parcels_that_are_no_geojson() {
    let folder = two_parcels();
    folder.put("parcels.geojson", r#"{"name":"東町","parcels":[1,2,3]}"#);
    says!(refused(&folder));
}

#[test]
fn a_parcel_with_broken_json() {
    let folder = two_parcels();
    folder.edit("parcels.geojson", "[138.402,34.901]", "[138.402,34..901]");
    says!(refused(&folder));
}

#[test]
fn a_picture_as_a_layer() {
    let folder = with_layers("did = \"did.png\"");
    folder.put("did.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    says!(refused(&folder));
}

#[test]
fn a_shapefile_without_its_table() {
    let folder = with_layers("urban_zone = \"市街化区域.shp\"");
    folder.put("市街化区域.shp", fs::read(sample().join("市街化区域.shp")).unwrap());
    says!(refused(&folder));
}

#[test]
fn a_shapefile_that_does_not_say_its_crs() {
    let folder = with_layers("urban_zone = \"市街化区域.shp\"");
    for name in ["市街化区域.shp", "市街化区域.dbf", "市街化区域.cpg"] {
        folder.put(name, fs::read(sample().join(name)).unwrap());
    }
    says!(refused(&folder));
}

#[test]
fn a_shapefile_cut_off() {
    let folder = with_layers("urban_zone = \"市街化区域.shp\"");
    for name in ["市街化区域.shp", "市街化区域.dbf", "市街化区域.prj"] {
        folder.put(name, fs::read(sample().join(name)).unwrap());
    }
    let bytes = folder.bytes("市街化区域.shp");
    folder.put("市街化区域.shp", &bytes[..bytes.len() / 2]);
    says!(refused(&folder));
}

/// An invented sheet of a cadastral map.
fn sheet(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name)).unwrap()
}

#[test]
fn a_cadastral_map_that_lies_nowhere() {
    let folder = two_parcels();
    folder.edit("kyoten.toml", "{ path = \"parcels.geojson\", id = \"chiban\" }", "\"22999-*.xml\"");
    folder.put("22999-1.xml", sheet("moj_arbitrary.xml")).put("22999-2.xml", sheet("moj_arbitrary.xml"));
    says!(refused(&folder));
}

#[test]
fn a_cadastral_map_cut_off() {
    let folder = with_layers("units = \"22999-1.xml\"");
    let bytes = sheet("moj_plane.xml");
    folder.put("22999-1.xml", &bytes[..bytes.len() / 2]);
    says!(refused(&folder));
}

#[test]
fn text_that_is_not_in_the_encoding_named() {
    let folder = with_layers("peaks = { path = \"peaks.csv\", encoding = \"utf-8\" }");
    folder.put("peaks.csv", b"name,line,peak_trips\n\x93\x8c\x92\xac,\x93\x8c\x90\xfc,4\n");
    says!(refused(&folder));
}

#[test]
fn a_packed_file_cut_off() {
    let folder = two_parcels();
    folder.edit("kyoten.toml", "parcels.geojson", "parcels.geojson.gz");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, PARCELS.as_bytes()).unwrap();
    let bytes = packed.finish().unwrap();
    folder.put("parcels.geojson.gz", &bytes[..bytes.len() - 20]);
    says!(refused(&folder));
}

#[test]
fn a_zip_as_a_layer() {
    let folder = with_layers("did = \"A16.zip\"");
    folder.put("A16.zip", b"PK\x03\x04\x14\0\0\0");
    says!(refused(&folder));
}

#[test]
fn init_of_a_folder_that_is_not_there_and_of_a_file() {
    let folder = two_parcels();
    folder.put("downloads/readme.txt", "");
    says!([refused_with(&folder, &["init", "download"]), refused_with(&folder, &["init", "parcels.geojson"])].concat());
}

#[test]
fn a_zip_whose_entry_climbs_out() {
    let folder = with_layers("did = \"A16.zip\"");
    folder.put("A16.zip", zipped(&[("../../did.geojson", b"{}")]));
    says!(refused(&folder));
}

#[test]
fn a_zip_of_several_layers() {
    let folder = with_layers("did = \"plan.zip\"");
    folder.put("plan.zip", zipped(&[("plan/north.geojson", b"{}"), ("plan/centre.geojson", b"{}")]));
    says!(refused(&folder));
}

#[test]
fn a_zip_without_a_layer() {
    let folder = with_layers("did = \"plan.zip\"");
    folder.put("plan.zip", zipped(&[("plan/map.pdf", b"%PDF"), ("plan/readme.docx", b"PK")]));
    says!(refused(&folder));
}

#[test]
fn a_way_into_a_zip_that_leads_nowhere() {
    let folder = with_layers("did = \"A16.zip/UTF-8/A16_DID.geojson\"");
    folder.put("A16.zip", zipped(&[("UTF-8/A16-20_22_DID.geojson", b"{}")]));
    says!(refused(&folder));
}

#[test]
fn zips_in_zips_without_end() {
    let folder = with_layers("did = \"A16.zip\"");
    let zip = (0..6).fold(b"{}".to_vec(), |inner, depth| {
        zipped(&[(if depth == 0 { "did.geojson" } else { "in.zip" }, inner.as_slice())])
    });
    folder.put("A16.zip", zip);
    says!(refused(&folder));
}

// Fields and values.

#[test]
fn an_id_that_no_parcel_has() {
    let folder = two_parcels();
    folder.edit("kyoten.toml", "chiban", "chibann");
    says!(refused(&folder));
}

#[test]
fn a_role_that_no_feature_has() {
    let folder = with_layers("stops = { path = \"stops.geojson\", line = \"P11_004\" }");
    folder.put("stops.geojson", STOPS);
    says!(refused(&folder));
}

#[test]
fn a_column_of_peaks_that_is_not_there() {
    let folder = with_layers("stops = { path = \"stops.geojson\", peak_trips = \"peaks\" }");
    folder.put("stops.geojson", STOPS);
    says!(refused(&folder));
}

#[test]
fn text_in_a_column_of_peaks() {
    let folder = with_layers("stops = { path = \"stops.geojson\", peak_trips = \"peak\" }");
    folder.put("stops.geojson", STOPS);
    says!(refused(&folder));
}

#[test]
fn a_peak_below_zero() {
    let folder = with_layers("peaks = \"peaks.csv\"");
    folder.put("peaks.csv", "name,line,peak_trips\n東町入口,東線,-4\n");
    says!(refused(&folder));
}

#[test]
fn text_in_a_table_of_peaks() {
    let folder = with_layers("peaks = \"peaks.csv\"");
    folder.put("peaks.csv", "name,line,peak_trips\n東町入口,東線,4\n西町,東線,毎時3本\n");
    says!(refused(&folder));
}

#[test]
fn a_table_of_peaks_without_names() {
    let folder = with_layers("peaks = \"peaks.csv\"");
    folder.put("peaks.csv", "停留所,路線,本数\n東町入口,東線,4\n");
    says!(refused(&folder));
}

#[test]
fn text_in_a_census_column() {
    let folder = with_layers("census = { path = \"mesh.csv\", population = \"人口\", seniors = \"65歳以上\" }");
    folder.put("mesh.csv", "KEY_CODE,人口,65歳以上\n523834701,120,約40\n");
    says!(refused(&folder));
}

#[test]
fn a_code_that_is_no_mesh() {
    let folder = with_layers("census = { path = \"mesh.csv\", population = \"人口\", seniors = \"65歳以上\" }");
    folder.put("mesh.csv", "KEY_CODE,人口,65歳以上\n22999,120,40\n");
    says!(refused(&folder));
}

#[test]
fn a_where_that_leaves_nothing() {
    let folder = with_layers("stops = { path = \"stops.geojson\", where = { P11_002 = [\"架空鉄道\", \"架空市\"] } }");
    folder.put("stops.geojson", STOPS);
    says!(refused(&folder));
}

#[test]
fn a_where_of_a_ward_that_there_is_no_more() {
    let folder = with_layers("stops = { path = \"stops.geojson\", where = { P11_002 = \"22131\" } }");
    folder.put("stops.geojson", STOPS.replacen("架空バス", "22138", 1).replacen("架空バス", "22139", 1));
    says!(refused(&folder));
}

#[test]
fn a_where_of_a_city_that_is_there_by_its_wards_without_prefecture() {
    let folder = with_layers("stops = { path = \"stops.geojson\", where = { P11_002 = \"100\" } }");
    folder.put("stops.geojson", STOPS.replacen("架空バス", "101", 1).replacen("架空バス", "102", 1));
    says!(refused(&folder));
}

const SMALL_AREAS: &str = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T001082001,T001082019,T001082020\r\n\
    ,,,,,,,総数、年齢「不詳」含む,総数６５歳以上,総数７５歳以上\r\n222120010,2,焼津市,東町,0,,,600,200,90\r\n";

#[test]
fn a_census_of_small_areas_without_boundaries() {
    let folder = with_layers("census = \"tblT001082C22.txt\"");
    folder.put("tblT001082C22.txt", SMALL_AREAS);
    says!(refused(&folder));
}

#[test]
fn a_census_table_and_boundaries_of_two_places() {
    let folder = with_layers("census = [\"tblT001082C22.txt\", \"towns.geojson\"]");
    folder.put("tblT001082C22.txt", SMALL_AREAS);
    folder.put("towns.geojson", PARCELS.replace("chiban\":\"", "KEY_CODE\":\"23212-"));
    says!(refused(&folder));
}

#[test]
fn a_census_with_two_columns_of_older_residents() {
    let folder = with_layers("census = \"tblT001082C22.txt\"");
    folder.put("tblT001082C22.txt", SMALL_AREAS.replace("総数７５歳以上", "６５歳以上人口"));
    says!(refused(&folder));
}

#[test]
fn a_census_without_older_residents() {
    let folder = with_layers("census = \"tblT001082C22.txt\"");
    folder.put("tblT001082C22.txt", SMALL_AREAS.replace("総数６５歳以上", "総数６４歳以下"));
    says!(refused(&folder));
}

#[test]
fn a_where_of_a_field_that_is_not_there() {
    let folder = with_layers("stops = { path = \"stops.geojson\", where = { P11_02 = \"架空バス\" } }");
    folder.put("stops.geojson", STOPS);
    says!(refused(&folder));
}

#[test]
fn a_japanese_key_without_quotes() {
    says!(refused(&with_layers("stops = { path = \"stops.geojson\", where = { 事業者 = \"架空バス\" } }")));
}

#[test]
fn points_where_areas_are_wanted() {
    let folder = with_layers("did = \"stops.geojson\"");
    folder.put("stops.geojson", STOPS);
    says!(refused(&folder));
}

// Coordinates.

#[test]
fn a_crs_code_that_there_is_not() {
    let folder = two_parcels();
    folder.edit("kyoten.toml", "id = ", "crs = \"EPSG:66760\", id = ");
    says!(refused(&folder));
}

#[test]
fn a_crs_that_is_a_word() {
    let folder = two_parcels();
    folder.edit("kyoten.toml", "id = ", "crs = \"平面直角8系\", id = ");
    says!(refused(&folder));
}

#[test]
fn the_crs_of_another_place() {
    let folder = two_parcels();
    folder.edit("kyoten.toml", "id = ", "crs = \"EPSG:6676\", id = ");
    says!(refused(&folder));
}

#[test]
fn plane_metres_without_a_crs() {
    let folder = two_parcels();
    folder.put("parcels.geojson", in_metres());
    says!(refused(&folder));
}

#[test]
fn plane_metres_without_a_crs_in_a_layer() {
    let folder = with_layers("did = \"did.geojson\"");
    folder.put("did.geojson", in_metres());
    says!(refused(&folder));
}

#[test]
fn latitude_before_longitude() {
    let folder = with_layers("stops = \"stops.geojson\"");
    folder.put("stops.geojson", STOPS.replace("[138.41,34.9]", "[34.9,138.41]"));
    says!(refused(&folder));
}

#[test]
fn latitude_before_longitude_in_parcels() {
    let folder = two_parcels();
    folder.edit("parcels.geojson", "[138.402,34.901]", "[34.901,138.402]");
    says!(refused(&folder));
}

#[test]
fn what_is_found_late_leaves_no_folder_either() {
    let folder = two_parcels();
    folder.edit("parcels.geojson", "[138.402,34.901]", "[34.901,138.402]");
    let message = refused_with(&folder, &["run", "kyoten.toml", "--out", "runs/2026/first"]);
    assert!(message.contains("feature 2"), "{message}");
}
