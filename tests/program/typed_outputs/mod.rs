//! The formats with types, read back by readers that are not kyoten's: every cell and every coordinate is that of the
//! same run's GeoJSON and CSV, and the input's own properties keep their types.

#![cfg(all(feature = "geoparquet", feature = "geopackage"))]

mod fgb;
mod geoparquet_ways;
mod gpkg;
mod layer;
mod parquet;

use self::layer::{Layer, MultiPolygon};
use crate::support::{Folder, Run, rows};
use serde_json::{Map, Value, json};

/// The files with types of a run, each with its format.
fn layers(folder: &Folder, out: &str) -> [(&'static str, Layer); 3] {
    [
        ("fgb", fgb::read(&folder.bytes(&format!("{out}/parcels.fgb")))),
        ("parquet", parquet::read(folder.bytes(&format!("{out}/parcels.parquet")))),
        ("gpkg", gpkg::read(&folder.path().join(out).join("parcels.gpkg"))),
    ]
}

/// A GeoJSON geometry as a multipolygon; `None` where it has no polygon.
fn polygons(geometry: &Value) -> Option<MultiPolygon> {
    let position = |at: &Value| [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()];
    let ring = |ring: &Value| ring.as_array().unwrap().iter().map(position).collect();
    let polygon = |rings: &Value| rings.as_array().unwrap().iter().map(ring).collect::<Vec<Vec<_>>>();
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str() {
        Some("Polygon") => Some(vec![polygon(coordinates)]),
        Some("MultiPolygon") => Some(coordinates.as_array().unwrap().iter().map(polygon).collect()),
        _ => None,
    }
}

/// Whether a cell of a file with types says what the GeoJSON does.
fn same(cell: &Value, expected: &Value) -> bool {
    match (cell.as_f64(), expected.as_f64()) {
        (Some(one), Some(other)) => one.to_bits() == other.to_bits(),
        _ => cell == expected,
    }
}

fn assert_same_parcels(folder: &Folder, out: &str) {
    let features = folder.json(&format!("{out}/parcels.geojson"))["features"].as_array().unwrap().clone();
    let csv = rows(&folder.text(&format!("{out}/parcels.csv")));
    for (format, layer) in layers(folder, out) {
        assert_eq!(layer.rows.len(), features.len(), "{format}");
        let first = features[0]["properties"].as_object().unwrap();
        assert_eq!(layer.names(), first.keys().collect::<Vec<_>>(), "{format}");
        let own = layer.columns.iter().position(|(name, _)| name == "kyoten_id").unwrap();
        let mut found = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (place, feature) in features.iter().enumerate() {
            for (column, (name, kind)) in layer.columns.iter().enumerate() {
                let (cell, expected) = (&layer.rows[place][column], &feature["properties"][name]);
                assert!(same(cell, expected), "{format} {place} {name}: {cell} and {expected}");
                let Some(field) = column.checked_sub(own).map(|column| &csv[place + 1][column]) else { continue };
                let expected = match *kind {
                    _ if field.is_empty() => Value::Null,
                    "number" => field.parse::<f64>().unwrap().into(),
                    _ => field.as_str().into(),
                };
                assert!(same(cell, &expected), "{format} {place} {name}: {cell} and {field} in the CSV");
            }
            let shape = &layer.shapes[place];
            assert_eq!(shape, &polygons(&feature["geometry"]), "{format} {place}");
            for &[x, y] in shape.iter().flatten().flatten().flatten() {
                found = [found[0].min(x), found[1].min(y), found[2].max(x), found[3].max(y)];
            }
        }
        assert_eq!(layer.bounds, found, "{format}");
    }
}

const ALL: &str = "geojson,csv,fgb,parquet,gpkg";

#[test]
fn every_cell_and_every_coordinate_is_that_of_the_geojson_and_the_csv() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", ALL]);
    assert_same_parcels(&folder, "out");
    let there = folder.json("out/parcels.geojson")["features"].as_array().unwrap().clone();
    assert!(there.iter().any(|parcel| parcel["geometry"].is_null()));
    assert!(there.iter().any(|parcel| parcel["geometry"]["type"] == "MultiPolygon"));
}

#[test]
fn so_it_is_where_coordinates_came_as_metres() {
    let folder = Folder::new();
    let parcel = |id: usize, x: f64, y: f64| {
        let ring = json!([[x, y], [x + 20.0, y], [x + 20.0, y + 15.5], [x, y + 15.5], [x, y]]);
        json!({ "type": "Feature", "id": id, "properties": { "n": id },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let parcels: Vec<Value> =
        (0..50_u8).map(|n| parcel(n.into(), -9000.25 + 25.0 * f64::from(n), -121_000.5)).collect();
    folder.put("parcels.geojson", json!({ "type": "FeatureCollection", "features": parcels }).to_string());
    folder.put("kyoten.toml", "layers.parcels = { path = 'parcels.geojson', crs = 'EPSG:6676' }");
    folder.run(&["kyoten.toml", "--out", "out", "--format", ALL]);
    assert_same_parcels(&folder, "out");
}

/// A run on parcels with these properties.
fn with_properties(properties: &[&str], formats: &str) -> (Folder, Run) {
    let folder = Folder::new();
    let ring = "[[138.40,34.90],[138.41,34.90],[138.41,34.91],[138.40,34.90]]";
    let geometry = format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
    let parcel = |own: &&str| format!(r#"{{"type":"Feature","properties":{own},"geometry":{geometry}}}"#);
    folder.put("parcels.geojsonl", properties.iter().map(parcel).collect::<Vec<_>>().join("\n"));
    folder.put("kyoten.toml", "layers.parcels = 'parcels.geojsonl'");
    let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out", "--format", formats]);
    (folder, run)
}

#[test]
fn own_properties_keep_their_types() {
    let (folder, run) = with_properties(
        &[
            r#"{"code":"07203","floors":2,"far":200,"built":true,"mixed":1,"parts":[1, {"a":"é"}],"none":null}"#,
            "null",
            r#"{"far":80.5,"mixed":"田畑","built":null,"floors":-3,"name":"拠\u70b9 \"A\"\n","parts":null}"#,
            r#"{"mixed":true,"code":"1","big":9007199254740993,"built":false,"far":1e2}"#,
        ],
        ALL,
    );
    assert_eq!(run.status, 0, "{}", run.stderr);
    for (format, layer) in layers(&folder, "out") {
        let own = [
            ("code", "text"),
            ("floors", "integer"),
            ("far", "number"),
            ("built", "bool"),
            ("mixed", "text"),
            ("parts", "text"),
            ("none", "text"),
            ("name", "text"),
            ("big", "integer"),
        ];
        assert_eq!(layer.columns[..9], own.map(|(name, kind)| (name.to_owned(), kind)), "{format}");
        let column = |name: &str| Value::from(layer.column(name).into_iter().cloned().collect::<Vec<_>>());
        assert_eq!(column("code"), json!(["07203", null, null, "1"]), "{format}");
        assert_eq!(column("floors"), json!([2, null, -3, null]), "{format}");
        assert_eq!(column("far"), json!([200.0, null, 80.5, 100.0]), "{format}");
        assert_eq!(column("built"), json!([true, null, null, false]), "{format}");
        assert_eq!(column("mixed"), json!(["1", null, "田畑", "true"]), "{format}");
        assert_eq!(column("parts"), json!([r#"[1, {"a":"é"}]"#, null, null, null]), "{format}");
        assert_eq!(column("none"), json!([null, null, null, null]), "{format}");
        assert_eq!(column("name"), json!([null, null, "拠点 \"A\"\n", null]), "{format}");
        assert_eq!(column("big"), json!([null, null, null, 9_007_199_254_740_993_i64]), "{format}");
        assert_eq!(column("kyoten_id"), json!(["1", "2", "3", "4"]), "{format}");
    }
}

#[test]
fn shapes_go_out_as_they_came() {
    let folder = Folder::new();
    let ring = "[[138.40000000000003,34.90],[138.41,34.90],[138.41,34.910000000000004,9],[138.40000000000003,34.90]]";
    let polygon = format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
    let point = r#"{"type":"Point","coordinates":[138.4,34.9]}"#;
    let collection = format!(r#"{{"type":"GeometryCollection","geometries":[{point},{polygon},{polygon}]}}"#);
    let parcel = |geometry: &str| format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#);
    let parcels = [&polygon, &collection, point, r#"{"type":"Polygon","coordinates":[]}"#, "null"].map(parcel);
    folder.put("parcels.geojsonl", parcels.join("\n"));
    folder.put("kyoten.toml", "layers.parcels = 'parcels.geojsonl'");
    folder.run(&["kyoten.toml", "--out", "out", "--format", ALL]);
    // Read by the standard library: JSON's reader is a bit off where there are so many digits.
    let [west, north] = ["138.40000000000003", "34.910000000000004"].map(|digits| digits.parse().unwrap());
    let ring = vec![[west, 34.9], [138.41, 34.9], [138.41, north], [west, 34.9]];
    for (format, layer) in layers(&folder, "out") {
        let polygon = || vec![ring.clone()];
        let expected = [Some(vec![polygon()]), Some(vec![polygon(), polygon()]), None, None, None];
        assert_eq!(layer.shapes, expected, "{format}");
    }
}

#[test]
fn names_that_clash_are_told_apart() {
    let own = r#"{"central":"x","Central":"y","Name":1,"name":2,"fid":9,"geom":"g","geometry":"h","bbox":"i","q\"uo;te":3,"":4}"#;
    let (folder, run) = with_properties(&[own], ALL);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(folder.json("out/parcels.geojson")["features"][0]["properties"]["input_central"], "x");
    let (odd, run) = with_properties(&[r#"{"a\u0000b":"c\u0000d","s":"\ud800"}"#], ALL);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for (format, layer) in layers(&odd, "out") {
        assert_eq!(layer.names()[..2], ["a\u{fffd}b", "s"], "{format}");
        assert_eq!(layer.rows[0][..2], ["c\0d", "\\ud800"], "{format}");
    }
    let names = [
        "input_central",
        "input_input_Central",
        "Name",
        "input_name",
        "input_fid",
        "input_geom",
        "input_geometry",
        "input_bbox",
        "q\"uo;te",
        "input_",
    ];
    for (format, layer) in layers(&folder, "out") {
        assert_eq!(layer.names()[..10], names, "{format}");
        assert_eq!(layer.rows[0][..4], ["x".into(), "y".into(), 1.into(), Value::from(2)], "{format}");
    }
}

#[test]
fn parcels_without_properties_have_kyotens_columns() {
    let (folder, run) = with_properties(&["{}", "null"], ALL);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for (format, layer) in layers(&folder, "out") {
        assert_eq!(layer.names()[..2], ["kyoten_id", "area_m2"], "{format}");
        assert_eq!(layer.rows.len(), 2, "{format}");
    }
}

#[test]
fn more_properties_than_a_database_holds_are_refused_and_nothing_is_left() {
    let own: Map<String, Value> = (0..2100).map(|n| (format!("p{n}"), n.into())).collect();
    let own = Value::from(own).to_string();
    let (folder, run) = with_properties(&[&own], "csv,gpkg");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("parcels.gpkg: cannot be written (the parcels have properties for"), "{}", run.stderr);
    assert!(run.stderr.contains("leave that format out of --format"), "{}", run.stderr);
    assert_eq!(folder.names(""), ["kyoten.toml", "parcels.geojsonl"]);
    let (folder, run) = with_properties(&[&own], "fgb,parquet");
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(*parquet::read(folder.bytes("out/parcels.parquet")).column("p2099")[0], 2099);
}

#[test]
fn a_geopackage_says_what_it_is_and_brings_its_styles() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "gpkg"]);
    assert!(!folder.names("out").contains(&"parcels.qml".to_owned()), "the file brings its own");
    let database = gpkg::open(&folder.path().join("out/parcels.gpkg"));
    let number = |query: &str| database.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(number("PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(number("PRAGMA user_version"), 10_300);
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(number("SELECT count(*) FROM rtree_parcels_geom"), 299);
    let near = "SELECT count(*) FROM rtree_parcels_geom WHERE minx <= 138.405 AND maxx >= 138.4";
    assert!((1..299).contains(&number(near)));
    assert_eq!(number("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"), 5 * 6);
    let mut styles = database
        .prepare(
            "SELECT styleName, useAsDefault, styleQML FROM layer_styles WHERE f_table_name = 'parcels' ORDER BY id",
        )
        .unwrap();
    let styles = styles.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let styles: Vec<(String, bool, String)> = styles.map(Result::unwrap).collect();
    let names: Vec<(&str, bool)> = styles.iter().map(|(name, first, _)| (name.as_str(), *first)).collect();
    assert_eq!(names, [("central", true), ("local", false), ("senior", false), ("senior_site", false)]);
    for product in ["zones", "places", "stops", "facilities"] {
        let style = "SELECT styleQML FROM layer_styles WHERE useAsDefault AND f_table_name = ?1";
        let style: String = database.query_row(style, [product], |row| row.get(0)).unwrap();
        assert!(style == folder.text(&format!("out/{product}.qml")), "{product}");
    }
    for (zone, _, qml) in &styles {
        assert!(qml.contains(&format!("attr=\"{zone}\"")));
        for status in kyoten::verdicts::Status::ALL {
            assert!(qml.contains(&format!("value=\"{}\"", status.id())) && qml.contains(&*status.name().ja));
        }
    }
}

/// A cell of a product as a column of texts has it.
fn as_text(json: &Value) -> Value {
    if json.is_string() || json.is_null() { json.clone() } else { json.to_string().into() }
}

#[test]
fn a_geopackage_holds_what_the_other_files_of_the_run_do() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "gpkg"]);
    let database = gpkg::open(&folder.path().join("out/parcels.gpkg"));
    for name in ["zones", "places", "stops", "facilities"] {
        let product = gpkg::product(&database, name);
        let features = folder.json(&format!("out/{name}.geojson"))["features"].as_array().unwrap().clone();
        assert!(!features.is_empty() && features.len() == product.rows.len(), "{name}");
        let columns = features[0]["properties"].as_object().unwrap().keys();
        assert_eq!(product.columns.iter().map(|(column, _)| column).collect::<Vec<_>>(), columns.collect::<Vec<_>>());
        let mut found = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (place, feature) in features.iter().enumerate() {
            for ((column, kind), cell) in product.columns.iter().zip(&product.rows[place]) {
                let json = &feature["properties"][column];
                let expected = if kind == "TEXT" { as_text(json) } else { json.clone() };
                assert!(same(cell, &expected), "{name} {place} {column}: {cell} and {expected}");
            }
            let (there, here) = (&product.geometries[place], &feature["geometry"]);
            match name {
                "zones" | "places" => assert_eq!(polygons(there), polygons(here), "{name} {place}"),
                _ => assert_eq!(there, here, "{name} {place}"),
            }
            for [x, y] in positions(&here["coordinates"]) {
                found = [found[0].min(x), found[1].min(y), found[2].max(x), found[3].max(y)];
            }
        }
        assert_eq!(product.bounds, found, "{name}");
    }
}

#[test]
fn the_products_stand_beside_as_geoparquet() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "geojson,parquet"]);
    for name in ["zones", "places", "stops", "facilities"] {
        let (layer, geometries) = parquet::features(folder.bytes(&format!("out/{name}.parquet")));
        let features = folder.json(&format!("out/{name}.geojson"))["features"].as_array().unwrap().clone();
        assert!(!features.is_empty() && features.len() == layer.rows.len(), "{name}");
        let columns = features[0]["properties"].as_object().unwrap().keys();
        assert_eq!(layer.names(), columns.collect::<Vec<_>>(), "{name}");
        for (place, feature) in features.iter().enumerate() {
            for ((column, kind), cell) in layer.columns.iter().zip(&layer.rows[place]) {
                let json = &feature["properties"][column];
                let expected = if *kind == "text" { as_text(json) } else { json.clone() };
                assert!(same(cell, &expected), "{name} {place} {column}: {cell} and {expected}");
            }
            assert_eq!(geometries[place], feature["geometry"], "{name} {place}");
        }
        let all =
            features.iter().flat_map(|feature| positions(&feature["geometry"]["coordinates"])).collect::<Vec<_>>();
        assert_eq!(layer.bounds, around(&all), "{name}");
    }
    let record = folder.json("out/run.json");
    let files = record["files"].as_array().unwrap();
    let told = record["outputs"].as_array().unwrap();
    assert!(files.contains(&"zones.parquet".into()) && told.iter().any(|output| output["file"] == "zones.parquet"));
    let packed = parquet::by_dictionary(folder.bytes("out/parcels.parquet"));
    for column in ["central", "local", "station"] {
        assert!(packed.contains(&column.to_owned()), "{column} {packed:?}");
    }
    assert!(!packed.iter().any(|column| column == "geometry" || column.starts_with("bbox")), "{packed:?}");
}

#[test]
fn a_product_of_geoparquet_is_a_layer_of_another_project() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "parquet"]);
    let layers =
        |ending: &str| format!("[layers]\nparcels = 'city/parcels.geojson'\ncentral_zones = 'out/zones.{ending}'\n");
    for ending in ["geojson", "parquet"] {
        folder.put("kyoten.toml", layers(ending));
        folder.run(&["kyoten.toml", "--no-map", "--out", ending]);
    }
    let [one, other] = ["geojson", "parquet"].map(|out| folder.text(&format!("{out}/parcels.geojson")));
    assert_eq!(one, other);
}

/// West, south, east and north of positions.
fn around(positions: &[[f64; 2]]) -> [f64; 4] {
    let nothing = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    positions
        .iter()
        .fold(nothing, |[west, south, east, north], &[x, y]| [west.min(x), south.min(y), east.max(x), north.max(y)])
}

/// All positions of a geometry.
fn positions(coordinates: &Value) -> Vec<[f64; 2]> {
    match coordinates.as_array().map(Vec::as_slice) {
        Some([x, y]) if x.is_number() => vec![[x.as_f64().unwrap(), y.as_f64().unwrap()]],
        Some(parts) => parts.iter().flat_map(positions).collect(),
        None => Vec::new(),
    }
}
