//! What is no GeoJSON, and what lies in another place than it says.

use super::{each_case, parcels};
use crate::support::{Folder, unwrapped};

#[test]
fn json_of_arcgis_is_told_for_what_it_is() {
    each_case("esri", |by| {
        let (kind, geometry) = by.one(&[
            ("esriGeometryPoint", r#"{"x":138.4,"y":34.9}"#),
            ("esriGeometryPolygon", r#"{"rings":[[[138.4,34.9],[138.4,34.91],[138.41,34.91],[138.4,34.9]]]}"#),
            ("esriGeometryPolyline", r#"{"paths":[[[138.4,34.9],[138.41,34.91]]]}"#),
        ]);
        let members = by.shuffled(vec![
            format!(r#""geometryType":"{kind}""#),
            r#""spatialReference":{"wkid":6668,"latestWkid":6668}"#.to_owned(),
            r#""fields":[{"name":"a","type":"esriFieldTypeInteger"}]"#.to_owned(),
            r#""displayFieldName":"""#.to_owned(),
            format!(r#""features":[{{"attributes":{{"a":1}},"geometry":{geometry}}}]"#),
        ]);
        let name = by.one(&["lots.json", "lots.geojson"]);
        let folder = Folder::new();
        folder.put(name, format!("{{{}}}", members.join(",")));
        let run = folder.kyoten(&["inspect", name]);
        assert_eq!(run.status, 2, "{members:?}");
        assert!(run.stderr.contains(name) && run.stderr.contains("Esri JSON"), "{members:?}: {}", run.stderr);
    });
}

#[test]
fn a_value_that_json_does_not_have_is_named_with_its_property() {
    each_case("nan", |by| {
        let value = by.one(&["NaN", "Infinity", "-Infinity", "nan", "None"]);
        let property = by.one(&["v", "面積", "a b"]);
        let mut properties = by.shuffled(vec![format!("\"{property}\": {value}"), "\"w\": 1".to_owned()]);
        properties.push("\"z\": \"NaN\"".to_owned());
        let folder = Folder::new();
        let feature = format!(
            r#"{{"type":"Feature","properties":{{{}}},"geometry":{{"type":"Point","coordinates":[138.4,34.9]}}}}"#,
            properties.join(",")
        );
        folder.put("v.geojson", format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#));
        let run = folder.kyoten(&["inspect", "v.geojson"]);
        let said = unwrapped(&format!("{}{}", run.stdout, run.stderr));
        assert!(said.contains("v.geojson") && said.contains(property) && said.contains(value), "{value}: {said}");
    });
}

#[test]
fn a_layer_of_another_place_is_never_taken_for_an_empty_one() {
    each_case("elsewhere", |by| {
        // Another prefecture, the axes exchanged, metres of a plane, kilometres of one.
        let ([west, south, east, north], status) = by.one(&[
            ([135.0, 34.0, 135.1, 34.1], 0),
            ([34.89, 138.39, 34.91, 138.41], 2),
            ([-9145.0, -122_014.0, -9036.0, -121_890.0], 2),
        ]);
        let folder = Folder::with_project("plane = 8", "did = \"did.geojson\"");
        folder.put(
            "did.geojson",
            format!(
                r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}]}}"#
            ),
        );
        let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out", "--no-map"]);
        assert_eq!(run.status, status, "{west}: {}", run.stderr);
        if status == 2 {
            assert!(run.stderr.contains("did.geojson"), "{}", run.stderr);
            return;
        }
        // Far from all parcels it cannot say that they lie outside of it.
        let (within, told) = parcels(&folder, "in_did_hi", "elsewhere");
        assert_eq!(within, ["1", "1"], "{told}");
        assert!(told.contains("did"), "{told}");
    });
}
