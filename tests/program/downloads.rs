//! A folder of downloads, as they come: archives, twins in two encodings, older editions, files that are no layer.

use std::fs;
use std::path::Path;

use crate::support::{Folder, sample, zipped, zipped_in_cp932};
use shapefile::dbase::{FieldValue, Record, TableWriterBuilder};

fn of_sample(name: &str) -> Vec<u8> {
    fs::read(sample().join(name)).unwrap()
}

/// A timetable of one trip, out in the bay off the city.
const TIMETABLE: [(&str, &str); 5] = [
    ("routes", "route_id,route_long_name,route_type\nr,湾岸線,3\n"),
    ("stops", "stop_id,stop_name,stop_lat,stop_lon\na,沖,34.75,138.55\nb,岬,34.76,138.56\n"),
    ("calendar_dates", "service_id,date,exception_type\nweekday,20260603,1\n"),
    ("trips", "trip_id,route_id,service_id\nt,r,weekday\n"),
    ("stop_times", "trip_id,stop_id,stop_sequence,departure_time\nt,a,1,07:00:00\nt,b,2,07:05:00\n"),
];

/// The sample city as a planner would have downloaded it.
fn downloads() -> Folder {
    let folder = Folder::new();
    let put = |name: &str, bytes: &[u8]| {
        folder.put(&format!("downloads/{name}"), bytes);
    };
    let stations = of_sample("N02-20_Station.geojson");
    let lines = br#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,
        "properties":{"N02_001":"11","N02_002":"2","N02_003":"a","N02_004":"b"}}]}"#;
    put(
        "N02-20_GML.zip",
        &zipped(&[
            ("N02-20_GML/KS-META-N02-20.xml", b"<a/>"),
            ("N02-20_GML/Shift-JIS/N02-20_Station.geojson", b"not read: its twin in UTF-8 is"),
            ("N02-20_GML/UTF-8/N02-20_Station.geojson", &stations),
            ("N02-20_GML/UTF-8/N02-20_RailroadSection.geojson", lines),
        ]),
    );
    let stops = zipped(&[("P11-22_22.geojson", &of_sample("P11-22_22.geojson"))]);
    put("P11-22_GML.zip", &zipped(&[("P11-22_22_GML.zip", &stops)]));
    let zone = |ending: &str| of_sample(&format!("市街化区域.{ending}"));
    put(
        "用途.zip",
        &zipped_in_cp932(&[
            ("都市計画/市街化区域.shp", &zone("shp")),
            ("都市計画/市街化区域.shx", &zone("shx")),
            ("都市計画/市街化区域.dbf", &zone("dbf")),
            ("都市計画/市街化区域.prj", &zone("prj")),
            ("都市計画/市街化区域.cpg", &zone("cpg")),
        ]),
    );
    put("tblT001101H5238.zip", &zipped(&[("tblT001101H5238.txt", &of_sample("tblT001101H5238.txt"))]));
    put("A16-20_22_DID.geojson", &of_sample("A16-20_22_DID.geojson"));
    put("old/A16-15_22_DID.geojson", &of_sample("A16-20_22_DID.geojson"));
    put("A50-20_22999.geojson", &of_sample("A50-20_22999.geojson"));
    put("N03-23_22.geojson", &of_sample("N03-23_22.geojson"));
    put("公共用地.geojson", &of_sample("public_land.geojson"));
    put("parcels.geojson", &of_sample("parcels.geojson"));
    put("peaks.csv", &of_sample("peaks.csv"));
    put("facilities.csv", &of_sample("facilities.csv"));
    put("手引き.pdf", b"%PDF");
    for (name, table) in TIMETABLE {
        put(&format!("bus/{name}.txt"), table.as_bytes());
    }
    folder
}

#[test]
fn every_file_is_taken_for_what_it_is_and_the_rest_is_told() {
    let folder = downloads();
    let run = folder.kyoten(&["init", "downloads"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("table", run.stdout);
    insta::assert_snapshot!("project_file", folder.text("downloads/kyoten.toml"));
}

/// Features through the sample's city, of these attributes; and of this kind of geometry.
fn across_the_city(properties: &str, kind: &str) -> String {
    let parcels: serde_json::Value = serde_json::from_slice(&of_sample("parcels.geojson")).unwrap();
    let corner = |index: usize| parcels["features"][index]["geometry"]["coordinates"][0][0].clone();
    let (a, b) = (corner(0), corner(parcels["features"].as_array().unwrap().len() - 1));
    let coordinates = if kind == "Point" { a } else { serde_json::json!([a, b]) };
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{{properties}}},
            "geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}"#
    )
}

#[test]
fn what_maps_are_drawn_over_is_named_where_no_layer_wants_it() {
    let folder = downloads();
    let put = |name: &str, text: &str| folder.put(&format!("downloads/{name}"), text);
    let lines = across_the_city(r#""N02_001":"11","N02_002":"2","N02_003":"a","N02_004":"b""#, "LineString");
    put("N02-20_RailroadSection.geojson", &lines);
    put("N02-15_RailroadSection.geojson", &lines);
    put("W05-07_22-g_Stream.geojson", &across_the_city(r#""W05_001":"1","W05_004":"瀬戸川""#, "LineString"));
    put("W05-07_22-g_RiverNode.geojson", &across_the_city(r#""W05_000":"1""#, "Point"));
    put("N05-20_RailroadSection2.geojson", &across_the_city(r#""N05_001":"11""#, "LineString"));
    put("export.geojson", &across_the_city(r#""@id":"way/1","highway":"primary""#, "LineString"));
    let init = folder.kyoten(&["init", "downloads"]);
    assert_eq!((init.status, init.stderr.as_str()), (0, ""));
    let table = init.stdout;
    for said in [
        "N02-20_RailroadSection.geojson was taken for backdrop",
        "it holds no lines and no areas",
        "it holds what was closed as well",
    ] {
        assert!(table.contains(said), "{said}: {table}");
    }
    let project = folder.text("downloads/kyoten.toml");
    let section = &project[project.find("# drawn under maps").unwrap()..];
    insta::assert_snapshot!("backdrop", &section[..section.find("\n\n").unwrap()]);
    let run = folder.kyoten(&["run", "downloads", "--out", "run", "--no-map"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let ground = folder.json("run/backdrop.geojson");
    let kinds: Vec<&str> =
        ground["features"].as_array().unwrap().iter().map(|one| one["properties"]["draw"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["river", "railway"]);
}

#[test]
fn a_project_file_that_is_there_is_never_written_over() {
    let folder = downloads();
    folder.put("downloads/kyoten.toml", "mine");
    let before = folder.contents();
    let run = folder.kyoten(&["init", "downloads"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("is there already"), "{}", run.stderr);
    assert_eq!(folder.contents(), before);
}

#[test]
fn a_run_of_the_folder_is_a_run_of_what_init_writes() {
    let folder = downloads();
    let without = folder.run(&["downloads", "--out", "without", "--format", "csv"]);
    assert!(without.stderr.contains("downloads/公共用地.geojson") || without.stderr.contains("公共用地.geojson"));
    assert_eq!(folder.kyoten(&["init", "downloads"]).status, 0);
    folder.run(&["downloads", "--out", "with", "--format", "csv"]);
    assert_eq!(folder.text("without/parcels.csv"), folder.text("with/parcels.csv"));
    assert_eq!(folder.bytes("without/zones.geojson"), folder.bytes("with/zones.geojson"));
    let report = folder.json("without/run.json");
    let told = report["notices"].as_array().unwrap().iter().find(|notice| notice["id"] == "not-a-layer").unwrap();
    assert_eq!(told["count"], 5);
}

#[test]
fn layers_in_archives_give_the_same_parcels_as_the_files_themselves() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "plain", "--format", "csv"]);
    let downloads = downloads();
    for name in ["N02-20_GML.zip", "P11-22_GML.zip", "用途.zip", "tblT001101H5238.zip"] {
        folder.put(&format!("city/{name}"), downloads.bytes(&format!("downloads/{name}")));
    }
    for (file, archive) in [
        ("\"N02-20_Station.geojson\"", "\"N02-20_GML.zip\""),
        ("\"P11-22_22.geojson\"", "\"P11-22_GML.zip\""),
        ("\"市街化区域.shp\"", "\"用途.zip/都市計画/*.shp\""),
        ("\"tblT001101H5238.txt\"", "\"tblT001101H5238.zip\""),
    ] {
        folder.edit("city/kyoten.toml", file, archive);
    }
    folder.run(&["city", "--out", "packed", "--format", "csv"]);
    assert_eq!(folder.text("plain/parcels.csv"), folder.text("packed/parcels.csv"));
    let report = folder.json("packed/run.json");
    let left = report["notices"].as_array().unwrap().iter().find(|notice| notice["id"] == "left-in-archive").unwrap();
    assert_eq!(left["count"], 2);
}

/// The bus stops of 2010 say no CRS, and their columns mean other things than those of 2022.
#[test]
fn bus_stops_of_2010_are_placed_and_their_lines_have_their_own_operators() {
    let folder = Folder::with_sample();
    let columns = ["P11_001", "P11_002", "P11_003_1", "P11_003_2", "P11_004_1", "P11_004_2"];
    let table = columns
        .iter()
        .fold(TableWriterBuilder::new(), |table, column| table.add_character_field((*column).try_into().unwrap(), 20));
    let path = folder.path().join("city/P11-10_22-jgd-g_BusStop.shp");
    let mut writer = shapefile::Writer::from_path(&path, table).unwrap();
    let mut record = Record::default();
    for (column, value) in columns.iter().zip(["Higashi", "1", "East Bus", "West Bus", "E1", "W7"]) {
        record.insert((*column).to_owned(), FieldValue::Character(Some(value.to_owned())));
    }
    writer.write_shape_and_record(&shapefile::Point::new(138.41, 34.9), &record).unwrap();
    drop(writer);
    folder.edit("city/kyoten.toml", "\"P11-22_22.geojson\"", "\"P11-10_22-jgd-g_BusStop.shp\"");
    folder.run(&["city", "--out", "out", "--format", "csv"]);
    let report = folder.json("out/run.json");
    let stops = report["inputs"].as_array().unwrap().iter().find(|input| input["layer"] == "stops").unwrap();
    assert_eq!(stops["fields"]["line"], "P11_004_1, P11_004_2");
    assert_eq!(stops["fields"]["operator"], "P11_003_1, P11_003_2");
    assert_eq!(stops["files"][0]["crs"], "JGD2000 (EPSG:4612)");
    assert_eq!(stops["files"][0]["crs_from"], "publication");
}

/// Small areas are two downloads: numbers by code, and shapes by code.
#[test]
fn small_areas_are_taken_with_their_boundaries_and_before_meshes() {
    let folder = downloads();
    let table = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T001082001,T001082019\r\n\
        ,,,,,,,総数、年齢「不詳」含む,総数６５歳以上\r\n\
        22999001,3,架空市,東町,0,,,120,40\r\n22999002,3,架空市,西町,0,,,80,X\r\n";
    folder.put("downloads/tblT001082C22.txt", encoding_rs::SHIFT_JIS.encode(table).0);
    assert_eq!(folder.kyoten(&["init", "downloads"]).status, 0);
    let alone = folder.text("downloads/kyoten.toml");
    assert!(alone.contains("census = \"tblT001101H5238.zip/tblT001101H5238.txt\""), "{alone}");

    let path = folder.path().join("downloads/r2ka22999.shp");
    let table = ["KEY_CODE", "HCODE"]
        .iter()
        .fold(TableWriterBuilder::new(), |table, column| table.add_character_field((*column).try_into().unwrap(), 11));
    let mut writer = shapefile::Writer::from_path(&path, table).unwrap();
    for (code, west) in [("22999001", 138.40), ("22999002", 138.42)] {
        let corners = [(west, 34.89), (west, 34.91), (west + 0.02, 34.91), (west + 0.02, 34.89), (west, 34.89)];
        let ring = corners.iter().map(|&(x, y)| shapefile::Point::new(x, y)).collect();
        let mut record = Record::default();
        for (column, value) in [("KEY_CODE", code), ("HCODE", "8101")] {
            record.insert(column.to_owned(), FieldValue::Character(Some(value.to_owned())));
        }
        writer.write_shape_and_record(&shapefile::Polygon::new(shapefile::PolygonRing::Outer(ring)), &record).unwrap();
    }
    drop(writer);
    let jgd = "GEOGCS[\"GCS_JGD_2011\",DATUM[\"D_JGD_2011\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],\
        PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
    folder.put("downloads/r2ka22999.prj", jgd);
    fs::remove_file(folder.path().join("downloads/kyoten.toml")).unwrap();
    assert_eq!(folder.kyoten(&["init", "downloads"]).status, 0);
    let both = folder.text("downloads/kyoten.toml");
    assert!(both.contains("census = [\n    \"r2ka22999.shp\",\n    \"tblT001082C22.txt\",\n]"), "{both}");
    folder.run(&["downloads", "--out", "out", "--format", "csv"]);
    let report = folder.json("out/run.json");
    let census = report["inputs"].as_array().unwrap().iter().find(|input| input["layer"] == "census").unwrap();
    assert_eq!(census["fields"]["seniors"], "T001082019");
    let withheld = report["notices"].as_array().unwrap().iter().find(|notice| notice["id"] == "suppressed-census");
    assert_eq!(withheld.unwrap()["count"], 1);
}

/// A city's map of the registry offices: zips of sheets in a zip, some of them without a place on the earth.
#[test]
fn the_map_sheets_of_a_city_are_its_parcels() {
    let folder = Folder::new();
    let sheet = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name);
        fs::read(path).unwrap()
    };
    let sheets: Vec<(String, Vec<u8>)> = [("1", "moj_plane.xml"), ("2", "moj_arbitrary.xml"), ("3", "moj_plane.xml")]
        .iter()
        .map(|(number, file)| {
            let inner = format!("22999-0400-{number}");
            (format!("{inner}.zip"), zipped(&[(&format!("{inner}.xml"), &sheet(file))]))
        })
        .collect();
    let entries: Vec<(&str, &[u8])> = sheets.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    folder.put("downloads/22999-0400-2024.zip", zipped(&entries));
    assert_eq!(folder.kyoten(&["init", "downloads"]).status, 0);
    let project = folder.text("downloads/kyoten.toml");
    assert!(project.contains(r#"parcels = { path = "22999-0400-2024.zip", id = "筆キー" }"#), "{project}");
    folder.run(&["downloads", "--out", "out", "--format", "csv"]);
    let report = folder.json("out/run.json");
    let notice = |id: &str| report["notices"].as_array().unwrap().iter().find(|notice| notice["id"] == id).cloned();
    assert!(notice("moj-arbitrary-system").is_some());
    // Two sheets are the same one: every parcel is there twice, and told of.
    let parcels = report["parcels"]["count"].as_u64().unwrap();
    assert!(parcels > 0 && parcels.is_multiple_of(2), "{parcels}");
    assert_eq!(notice("duplicate-id").unwrap()["count"], parcels / 2);
}

#[test]
fn a_folder_without_parcels_says_so_and_init_still_writes_the_rest() {
    let folder = downloads();
    fs::remove_file(folder.path().join("downloads/parcels.geojson")).unwrap();
    let run = folder.kyoten(&["run", "downloads", "--out", "out"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("no file in it was recognised as the parcels"), "{}", run.stderr);
    assert!(!folder.path().join("out").exists());
    assert_eq!(folder.kyoten(&["init", "downloads"]).status, 1);
    assert!(folder.text("downloads/kyoten.toml").contains("# parcels = "));
}

#[test]
fn where_what_seems_to_be_the_parcels_cannot_be_used_the_error_says_why_and_what_to_do() {
    let refused = |name: &str, bytes: &[u8]| {
        let folder = Folder::new();
        folder.put(name, bytes);
        let run = folder.kyoten(&["run", "."]);
        assert_eq!(run.status, 2, "{}", run.stderr);
        let error = run.stderr.split("error: ").nth(1).unwrap_or_default().to_owned();
        assert_eq!(run.stderr.matches("error: ").count(), 1, "{}", run.stderr);
        crate::support::unwrapped(&error)
    };
    let in_metres = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
        "geometry":{"type":"Polygon","coordinates":[[[-5480,-122361],[-5470,-122361],[-5470,-122351],[-5480,-122361]]]}}]}"#;
    let said = refused("筆.geojson", in_metres);
    assert!(said.contains("筆.geojson") && said.contains("`crs = "), "{said}");
    let said = refused("parcels.geojson", b"");
    assert!(said.contains("parcels.geojson") && said.contains("empty (0 bytes)"), "{said}");
    let said = refused("地番図.xls", &[0xd0, 0xcf, 0x11, 0xe0]);
    assert!(said.contains("地番図.xls") && said.contains("`.xlsx`"), "{said}");
    let said = refused("地番図.csv", "地番,地目\n1-1,宅地\n".as_bytes());
    assert!(said.contains("地番図.csv") && said.contains("are areas, and it holds none"), "{said}");
    let said = refused("memo.txt", b"a,b\n1,2\n");
    assert!(said.contains("no file in it was recognised"), "{said}");
}

#[test]
fn inspect_says_what_a_file_holds_and_names_every_problem() {
    let folder = downloads();
    let run = folder.kyoten(&["inspect", "downloads/N02-20_GML.zip", "downloads/parcels.geojson"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("inspect", run.stdout);
    let run = folder.kyoten(&["inspect", "--json", "downloads/parcels.geojson"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(found[0]["taken_for"]["layer"], "parcels");
    assert_eq!(found[0]["features"], 300);
    let bad = folder.kyoten(&["inspect", "downloads/手引き.pdf"]);
    assert_eq!(bad.status, 2);
    assert!(bad.stderr.contains("is in no format that is read"), "{}", bad.stderr);
}
