//! Tables, archives and files as they are really published: one case a fault, through the program. Either all is read, or
//! one clear error says what stands in the way.

use serde_json::Value;

use crate::support::{Folder, column, rows, unwrapped, zipped};

/// Runs, and returns a column of the parcels and the notices.
fn run(folder: &Folder, name: &str) -> (Vec<String>, Vec<Value>) {
    folder.run(&["kyoten.toml", "--out", "out", "--format", "csv", "--no-map"]);
    let rows = rows(folder.text("out/parcels.csv").trim_start_matches('\u{feff}'));
    let at = column(&rows, name);
    let cells = rows[1..].iter().map(|row| row[at].clone()).collect();
    (cells, folder.json("out/run.json")["notices"].as_array().unwrap().clone())
}

fn of_id<'a>(notices: &'a [Value], id: &str) -> &'a Value {
    notices.iter().find(|notice| notice["id"] == id).unwrap_or_else(|| panic!("no {id}: {notices:#?}"))
}

/// What is said to a reader of English where nothing is done.
fn refused(folder: &Folder, arguments: &[&str]) -> String {
    let before = folder.contents();
    let run = folder.kyoten(arguments);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(folder.contents() == before, "something was written");
    let japanese = folder.kyoten_in_japanese(arguments);
    assert_eq!(crate::support::english_prose(&japanese.stderr), None);
    unwrapped(&run.stderr)
}

fn square(crs: &str, west: f64) -> String {
    let east = west + 0.0012;
    format!(
        r#"{{"type":"FeatureCollection"{crs},"features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[[{west},34.899],[{east},34.899],[{east},34.902],[{west},34.902],[{west},34.899]]]}}}}]}}"#
    )
}

/// The DID around the first parcel, and around the second.
const AROUND: [f64; 2] = [138.3999, 138.4019];

#[test]
fn a_table_as_spreadsheets_save_it_is_read_like_any() {
    let metres = |table: &[u8], layer: &str| {
        let folder = Folder::with_project("planned_kind = \"老人福祉センター\"", layer);
        folder.put("f.csv", table);
        run(&folder, "facility_m").0
    };
    let plain =
        metres("名称,種別,緯度,経度\n園,老人福祉センター,34.87,138.3375\n".as_bytes(), "facilities = \"f.csv\"");
    assert!(plain.iter().all(|cell| cell.parse::<f64>().is_ok_and(|metres| metres > 5000.0)), "{plain:?}");
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            "名称\t種別\t緯度\t経度\r\n園\t老人福祉センター\t34.87\t138.3375\r\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    for table in [
        "名称;種別;緯度;経度\n園;老人福祉センター;34,87;138,3375\n".as_bytes(),
        "施設一覧,,,\n名称,種別,緯度（世界測地系）,経度（世界測地系）\n園,老人福祉センター,34.87,138.3375\n,,,\n"
            .as_bytes(),
        "名称,種別,緯度,経度\n園,老人福祉センター,34度52分12秒,138度20分15秒\n".as_bytes(),
        "名称,種別,WKT\n園,老人福祉センター,POINT (138.3375 34.87)\n".as_bytes(),
        &utf16,
    ] {
        assert_eq!(metres(table, "facilities = \"f.csv\""), plain, "{}", String::from_utf8_lossy(table));
    }
}

#[test]
fn rows_of_commas_are_no_facilities_and_zeros_no_place() {
    let folder = Folder::with_project("planned_kind = \"a\"", "facilities = \"f.csv\"");
    folder.put("f.csv", "名称,種別,緯度,経度\n園,a,34.87,138.3375\n,,,\n,,,\n");
    let (sites, notices) = run(&folder, "facility_m");
    assert!(notices.iter().all(|notice| notice["id"] != "rows-without-coordinates"), "{notices:#?}");
    folder.put("f.csv", "名称,種別,緯度,経度\n園,a,34.87,138.3375\n館,a,0,0\n");
    let (with_zeros, notices) = run(&folder, "facility_m");
    assert_eq!(sites, with_zeros);
    assert_eq!(of_id(&notices, "rows-without-coordinates")["examples"][0], "f.csv: row 2");
}

#[test]
fn a_table_whose_axes_are_exchanged_is_refused_with_its_columns() {
    let folder = Folder::with_project("planned_kind = \"a\"", "facilities = { path = \"f.csv\", crs = \"EPSG:6676\" }");
    // The parcels lie some 9,100 m west and 122,000 m south of the origin of zone VIII.
    folder.put("f.csv", "名称,種別,X座標,Y座標\n園,a,-122000,-9500\n");
    let (near, _) = run(&folder, "facility_m");
    assert!(near.iter().all(|cell| cell.parse::<f64>().is_ok_and(|metres| metres < 1000.0)), "{near:?}");
    for (columns, easting) in [("北の値,東の値", "x = \"北の値\", y = \"東の値\""), ("X,Y", "")] {
        let more = if easting.is_empty() { String::new() } else { format!(", {easting}") };
        let folder =
            Folder::with_project("", &format!("facilities = {{ path = \"f.csv\", crs = \"EPSG:6676\"{more} }}"));
        folder.put("f.csv", format!("名称,種別,{columns}\n園,a,-122000,-9500\n"));
        let said = refused(&folder, &["run", "kyoten.toml"]);
        let names: Vec<&str> = columns.split(',').collect();
        assert!(said.contains("f.csv") && names.iter().all(|name| said.contains(&format!("“{name}”"))), "{said}");
    }
}

#[test]
fn a_named_system_holds_however_it_is_written() {
    for crs in [r#""4301""#, "4301", r#""EPSG:4301""#] {
        let folder = Folder::with_project("", "did = \"did.geojson\"");
        let member = format!(r#","crs":{{"type":"EPSG","properties":{{"code":{crs}}}}}"#);
        // The old datum lies 0.0032° east and 0.0033° south of the new one there.
        folder.put(
            "did.geojson",
            square(&member, AROUND[0] + 0.0032).replace("34.9", "34.8967").replace("34.8996701", "34.901"),
        );
        let (_, notices) = run(&folder, "in_did_lo");
        of_id(&notices, "datum-shift");
    }
    let folder = Folder::with_project("", "did = \"did.geojson\"");
    folder.put("did.geojson", square(r#","crs":{"type":"name","properties":{"name":"町の座標系"}}"#, AROUND[0]));
    let said = refused(&folder, &["run", "kyoten.toml"]);
    assert!(said.contains("did.geojson") && said.contains("町の座標系"), "{said}");
}

#[test]
fn what_is_no_geojson_is_told_for_what_it_is() {
    let folder = Folder::new();
    folder.put(
        "lots.json",
        r#"{"geometryType":"esriGeometryPoint","features":[{"attributes":{"a":1},"geometry":{"x":138,"y":34}}]}"#,
    );
    assert!(refused(&folder, &["inspect", "lots.json"]).contains("Esri JSON"));
    folder.put("v.geojson", square("", AROUND[0]).replace(r#""properties":{}"#, r#""properties":{"w":1,"面積": NaN}"#));
    let said = refused(&folder, &["inspect", "v.geojson"]);
    assert!(said.contains("v.geojson") && said.contains("“面積” is NaN"), "{said}");
}

#[test]
fn archives_give_their_newest_edition_and_nothing_of_macos() {
    let [first, second] = AROUND.map(|west| square("", west));
    let folder = Folder::with_project("", "did = \"did.zip\"");
    folder.put(
        "did.zip",
        zipped(&[
            ("A16-20_22_GML/A16-20_22_DID.geojson", second.as_bytes()),
            ("__MACOSX/A16-20_22_GML/._A16-20_22_DID.geojson", b"\0\x05\x16\x07"),
            ("A16-15_22_GML/A16-15_22_DID.geojson", first.as_bytes()),
            ("._A16-15_22_DID.geojson", b"\0\x05\x16\x07"),
        ]),
    );
    let (within, notices) = run(&folder, "in_did_lo");
    assert_eq!(within, ["0", "1"]);
    assert_eq!(of_id(&notices, "older-edition")["examples"][0], "did.zip/A16-15_22_GML/A16-15_22_DID.geojson");

    folder.put("plan.zip", zipped(&[("計画.pdf", b"%PDF"), ("一覧.docx", b"PK")]));
    let said = refused(&folder, &["inspect", "plan.zip"]);
    assert!(said.contains("plan.zip") && said.contains("計画.pdf"), "{said}");
    folder.put("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    assert!(refused(&folder, &["inspect", "list.xls"]).contains("save it as `.xlsx`"));
    let shown = folder.kyoten(&["inspect", "*.zip", "--json"]);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
}

#[test]
fn a_plane_of_another_place_is_told_with_the_bound_that_holds() {
    for (plane, bound) in [(8, 0.002), (9, 0.002)] {
        let folder = Folder::with_project(&format!("plane = {plane}"), "");
        let (_, notices) = run(&folder, "area_m2");
        assert!(notices.iter().all(|notice| notice["id"] != "plane-elsewhere"), "{notices:#?}");
        assert_eq!(folder.json("out/run.json")["error_bounds"]["circle_m"], bound);
    }
    let folder = Folder::with_project("plane = 16", "");
    let summary = folder.run(&["kyoten.toml", "--out", "out", "--format", "csv", "--no-map"]).stdout;
    let notices = folder.json("out/run.json")["notices"].as_array().unwrap().clone();
    let told = of_id(&notices, "plane-elsewhere");
    assert_eq!(told["severity"], "warning");
    let example = told["examples"][0].as_str().unwrap();
    assert!(example.contains("平面直角座標系 XVI (EPSG:6684)") && example.contains("VIII"), "{example}");
    let bound = folder.json("out/run.json")["error_bounds"]["circle_m"].as_f64().unwrap();
    assert!(bound > 0.002, "{bound}");
    assert!(unwrapped(&summary).contains(&format!("circles are true to {} mm", (bound * 1000.0).round())), "{summary}");
}

#[test]
fn a_sheet_far_from_the_others_is_told_and_its_lots_are_kept() {
    let folder = Folder::new();
    let sheet = include_str!("../data/formats/moj_plane.xml");
    folder.put("a.xml", sheet).put("c.xml", sheet);
    folder.put("b.xml", sheet.replace("<zmn:X>-1", "<zmn:X>-3"));
    folder.put("kyoten.toml", "[layers]\nparcels = [\"a.xml\", \"b.xml\", \"c.xml\"]\n");
    let (lots, notices) = run(&folder, "kyoten_id");
    assert_eq!(lots.len(), 12);
    let told = of_id(&notices, "sheet-far-away");
    assert_eq!((&told["severity"], &told["count"]), (&"warning".into(), &1.into()));
    assert!(told["examples"][0].as_str().unwrap().starts_with("b.xml: "), "{told}");
}
