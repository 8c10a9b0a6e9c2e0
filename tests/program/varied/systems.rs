//! A reference system, named in any of its ways.

use super::{each_case, parcels};
use crate::support::Folder;

/// A district of the given west and south, a hundredth of a degree wide, in degrees or whatever.
fn district(crs: &str, [west, south, east, north]: [f64; 4]) -> String {
    format!(
        r#"{{"type":"FeatureCollection"{crs},"features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}]}}"#
    )
}

/// Around the first of the two parcels: in degrees, on plane VIII (EPSG:6676), and as Web Mercator has it.
const DEGREES: [f64; 4] = [138.3999, 34.8999, 138.4011, 34.9011];
const PLANE: [f64; 4] = [-9180.0, -122_080.0, -9010.0, -121_900.0];

#[test]
fn a_stated_system_holds_however_it_is_spelled() {
    each_case("spelling", |by| {
        let (code, place) = by.one(&[(6668, DEGREES), (4612, DEGREES), (4326, DEGREES), (6676, PLANE), (2450, PLANE)]);
        let name = by.one(&[
            format!("EPSG:{code}"),
            format!("epsg:{code}"),
            format!("urn:ogc:def:crs:EPSG::{code}"),
            format!("urn:ogc:def:crs:EPSG:9.9:{code}"),
            format!("urn:x-ogc:def:crs:EPSG:{code}"),
            format!("http://www.opengis.net/def/crs/EPSG/0/{code}"),
            format!("https://www.opengis.net/def/crs/EPSG/0/{code}"),
            format!("http://www.opengis.net/gml/srs/epsg.xml#{code}"),
        ]);
        let member = by.one(&[
            format!(r#","crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#),
            format!(r#", "crs" : {{ "properties" : {{ "name" : "{name}" }}, "type" : "name" }}"#),
            format!(r#","crs":{{"type":"EPSG","properties":{{"code":{code}}}}}"#),
            format!(r#","crs":{{"type":"EPSG","properties":{{"code":"{code}"}}}}"#),
            format!(r#","crs":{{"type":"EPSG","properties":{{"code":"EPSG:{code}"}}}}"#),
            format!(r#","crs":"{name}""#),
        ]);
        let folder = Folder::with_project("plane = 8", "did = \"did.geojson\"");
        // Before the features or after them.
        let mut text = district(&member, place);
        if by.yes() {
            text = district("", place);
            text.truncate(text.len() - 1);
            text = format!("{text}{member}}}");
        }
        folder.put("did.geojson", &text);
        let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out", "--format", "csv", "--no-map"]);
        if run.status == 2 {
            // A spelling that is not understood is told of and never passed over.
            assert!(run.stderr.contains("did.geojson") && run.stderr.contains("crs"), "{text}: {}", run.stderr);
            assert!(!member.contains("urn:ogc") && !member.contains("\"EPSG\""), "{text}: {}", run.stderr);
            return;
        }
        assert_eq!(parcels(&folder, "in_did_lo", &text).0, ["1", "0"], "{text}");
    });
}

#[test]
fn a_prj_is_known_by_what_it_says_whatever_it_calls_it_and_whatever_follows() {
    each_case("prj", |by| {
        let datum = by.one(&["JGD_2011", "JGD_2000", "JGD2011", "Japanese_Geodetic_Datum_2011"]);
        let space = by.one(&["", " ", "\r\n  "]);
        let spheroid = "SPHEROID[\"GRS_1980\",6378137.0,298.257222101]";
        let unit = by.one(&["0.0174532925199433", "0.017453292519943295"]);
        let horizontal = format!(
            "GEOGCS[\"GCS_{datum}\",{space}DATUM[\"D_{datum}\",{space}{spheroid}],{space}PRIMEM[\"Greenwich\",0.0],{space}UNIT[\"Degree\",{unit}]]"
        );
        let vertical = "VERTCS[\"JGD2011_vertical_height\",VDATUM[\"JGD2011_vertical\"],PARAMETER[\"Vertical_Shift\",0.0],PARAMETER[\"Direction\",1.0],UNIT[\"Meter\",1.0]]";
        let vertical_2 = "VERT_CS[\"JGD2011 (vertical) height\",VERT_DATUM[\"Japanese Geodetic Datum 2011 (vertical)\",2005],UNIT[\"metre\",1],AXIS[\"Gravity-related height\",UP]]";
        let prj = by.one(&[
            horizontal.clone(),
            format!("{horizontal},{space}{vertical}"),
            format!("COMPD_CS[\"both\",{space}{horizontal},{space}{vertical_2}]"),
            format!("\u{feff}{horizontal}\r\n"),
        ]);
        let prj = if by.yes() { prj.replace("GEOGCS", "geogcs").replace("DATUM", "datum") } else { prj };
        let folder = super::shapes::lots(3, &[0, 1, 2]);
        folder.put("lots.prj", &prj);
        let (areas, _) = parcels(&folder, "area_m2", &prj);
        let plain = super::shapes::lots(3, &[0, 1, 2]);
        assert_eq!(areas, parcels(&plain, "area_m2", "plain").0, "{prj}");
    });
}

#[cfg(feature = "geoparquet")]
#[test]
fn a_geoparquet_without_a_system_has_the_default_one_and_one_that_says_null_has_none() {
    let folder = Folder::with_project("plane = 8", "");
    folder.run(&["kyoten.toml", "--out", "out", "--format", "parquet", "--no-map"]);
    let file = folder.bytes("out/parcels.parquet");
    let key = memchr::memmem::find(&file, b"\"crs\":").expect("it names its system");
    let from = key + b"\"crs\":".len();
    let mut depth = 0;
    let length = file[from..].iter().position(|byte| {
        depth += i32::from(*byte == b'{') - i32::from(*byte == b'}');
        depth == 0
    });
    let value = from..from + length.unwrap() + 1;
    // The metadata keep their length.
    let with = |text: &str| {
        let mut file = file.clone();
        let cell = format!("{text:<width$}", width = value.len());
        file[value.clone()].copy_from_slice(cell.as_bytes());
        file
    };
    let without = |name: &[u8; 5]| {
        let mut file = file.clone();
        file[key..key + 5].copy_from_slice(name);
        file
    };
    each_case("parquet", |by| {
        let (what, file, is_known) = by.one(&[
            ("as it is", file.clone(), true),
            ("no key", without(b"\"_rs\""), true),
            ("no key of that case", without(b"\"CRS\""), true),
            ("null", with("null"), false),
            ("a code", with("\"EPSG:6668\""), true),
            ("a code of OGC", with("\"OGC:CRS84\""), true),
            ("an id", with("{\"id\":{\"authority\":\"EPSG\",\"code\":6668}}"), true),
            ("an id in words", with("{\"id\":{\"authority\":\"EPSG\",\"code\":\"6668\"}}"), true),
        ]);
        let said = by.yes();
        let crs = if said { ", crs = \"EPSG:6668\"" } else { "" };
        let one = ", where = { chiban = \"1-1\" }";
        let folder = Folder::with_project("plane = 8", &format!("did = {{ path = \"did.parquet\"{one}{crs} }}"));
        folder.put("did.parquet", file);
        if is_known || said {
            assert_eq!(parcels(&folder, "in_did_lo", what).0, ["1", "0"], "{what}");
            return;
        }
        let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out", "--no-map"]);
        assert_eq!(run.status, 2, "{what}: {}", run.stderr);
        assert!(run.stderr.contains("did.parquet") && run.stderr.contains("crs"), "{what}: {}", run.stderr);
    });
}
