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
