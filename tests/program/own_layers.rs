//! Layers of one's own: any name with a role. They are read, told of and recorded as known layers are, and where nothing
//! asks for them they change no verdict.

use serde_json::{Value, json};

use crate::support::{Folder, english_prose, japanese_prose};

const PARCELS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"chiban":"1-1"},"geometry":{"type":"Polygon","coordinates":[[[138.4,34.9],[138.401,34.9],[138.401,34.901],[138.4,34.9]]]}},
{"type":"Feature","properties":{"chiban":"1-2"},"geometry":{"type":"Polygon","coordinates":[[[138.401,34.9],[138.402,34.9],[138.402,34.901],[138.401,34.9]]]}}
]}
"#;

/// Ranks 1 and 3, whose second ring crosses itself.
const FLOOD: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"A31a_205":1},"geometry":{"type":"Polygon","coordinates":[[[138.4,34.9],[138.401,34.9],[138.401,34.901],[138.4,34.9]]]}},
{"type":"Feature","properties":{"A31a_205":3},"geometry":{"type":"Polygon","coordinates":[[[138.4,34.9],[138.402,34.901],[138.402,34.9],[138.4,34.901],[138.4,34.9]]]}}
]}
"#;

const CLINICS: &str = "名称,診療科,経度,緯度\n東町医院,内科,138.4005,34.9005\n西町歯科,歯科,138.4012,34.9002\n";

/// A folder with two parcels, a flood, clinics, and a project of the parcels and these layers.
fn town(layers: &str) -> Folder {
    let folder = Folder::new();
    folder.put("parcels.geojson", PARCELS).put("flood.geojson", FLOOD).put("clinics.csv", CLINICS);
    folder.put(
        "kyoten.toml",
        format!("[layers]\nparcels = {{ path = \"parcels.geojson\", id = \"chiban\" }}\n{layers}\n"),
    );
    folder
}

const BOTH: &str = "flood = { path = \"flood.geojson\", role = \"area\", class = \"A31a_205\", classes = [2, 3], note = \"想定最大規模\" }\n\
     clinics = { path = \"clinics.csv\", role = \"facilities\", kind = \"診療科\" }";

fn input(record: &Value, layer: &str) -> Value {
    let inputs = record["inputs"].as_array().unwrap();
    inputs.iter().find(|input| input["layer"] == layer).unwrap_or_else(|| panic!("{layer}: {inputs:?}")).clone()
}

/// The notices of a layer: what each is called, and of how many things it tells.
fn notices(record: &Value, layer: &str) -> Value {
    let all = record["notices"].as_array().unwrap().iter().filter(|notice| notice["layer"] == layer);
    all.map(|notice| (notice["id"].as_str().unwrap().to_owned(), notice["count"].clone())).collect()
}

/// What is said to readers of English and of Japanese of a project that cannot be.
fn refused(folder: &Folder) -> (String, String) {
    let say = |lang: &str| {
        let checked = folder.kyoten_with(&["check", "."], &[("KYOTEN_LANG", lang)]);
        assert_eq!(checked.status, 2, "{}{}", checked.stdout, checked.stderr);
        checked.stderr
    };
    let (english, japanese) = (say("en"), say("ja"));
    assert_eq!((japanese_prose(&english), english_prose(&japanese)), (None, None));
    (english.split_whitespace().collect::<Vec<_>>().join(" "), japanese)
}

#[test]
fn they_are_read_mended_filtered_and_recorded_as_known_layers_are() {
    let folder = town(BOTH);
    folder.run(&[".", "--out", "out"]);
    let record = folder.json("out/run.json");
    let layers: Vec<&str> =
        record["inputs"].as_array().unwrap().iter().filter_map(|one| one["layer"].as_str()).collect();
    assert_eq!(layers, ["parcels", "clinics", "flood"]);
    let (flood, clinics) = (input(&record, "flood"), input(&record, "clinics"));
    assert_eq!((&flood["used"], &flood["note"], &flood["fields"]), (&json!(1), &json!("想定最大規模"), &json!({})));
    assert_eq!(flood["files"][0]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!((&clinics["used"], &clinics["fields"]), (&json!(2), &json!({ "name": "名称", "kind": "診療科" })));
    assert_eq!(notices(&record, "flood"), json!({ "filtered-out": 1, "mended-crossing": 1 }));
    assert_eq!(notices(&record, "clinics"), json!({}));
    assert!(!record["missing_layers"].as_array().unwrap().contains(&json!("flood")));
}

#[test]
fn without_a_rule_that_asks_for_them_they_change_no_verdict() {
    let (with, without) = (town(BOTH), town(""));
    for folder in [&with, &without] {
        folder.run(&[".", "--out", "out"]);
    }
    for file in ["parcels.geojson", "zones.geojson", "places.geojson"] {
        assert!(with.bytes(&format!("out/{file}")) == without.bytes(&format!("out/{file}")), "{file}");
    }
    let diff = without.kyoten(&["diff", "out", with.path().join("out").to_str().unwrap()]);
    assert!(diff.stdout.contains("flood") && diff.stdout.contains("clinics"), "{}{}", diff.stdout, diff.stderr);
}

#[test]
fn expectations_and_what_ifs_of_them_are_read() {
    let folder = town(&format!(
        "{BOTH}\n[prospective]\nflood = {{ path = \"flood.geojson\", note = \"堤防\" }}\n\
         [scenario]\nnote = \"診療所の新設\"\nlayers = {{ clinics = \"clinics.csv\" }}"
    ));
    let run = folder.run(&[".", "--out", "out"]);
    let record = folder.json("out/run.json");
    assert_eq!(record["expectations"], json!([{ "layer": "flood", "note": "堤防" }]));
    assert_eq!(input(&record, "prospective.flood")["used"], 2);
    assert_eq!(record["scenario"]["layers"][0]["layer"], "clinics");
    assert!(run.stdout.contains("2 features added to clinics"), "{}", run.stdout);
}

#[test]
fn what_has_no_place_may_lie_anywhere_and_is_warned_of() {
    let folder = town(BOTH);
    folder.edit(
        "flood.geojson",
        "{\"type\":\"Polygon\",\"coordinates\":[[[138.4,34.9],[138.401,34.9],[138.401,34.901],[138.4,34.9]]]}",
        "null",
    );
    folder.edit("kyoten.toml", ", class = \"A31a_205\", classes = [2, 3]", "");
    folder.edit("clinics.csv", "138.4012,34.9002", ",");
    folder.run(&[".", "--out", "out"]);
    let record = folder.json("out/run.json");
    assert_eq!(notices(&record, "flood"), json!({ "area-without-place": 1, "mended-crossing": 1 }));
    assert_eq!(notices(&record, "clinics"), json!({ "point-without-place": 1, "rows-without-coordinates": 1 }));
    let checked = folder.kyoten_in_japanese(&["check", "."]);
    assert_eq!((checked.status, english_prose(&checked.stdout)), (1, None), "{}", checked.stdout);
}

#[test]
fn one_that_lies_elsewhere_is_told() {
    let folder = town(BOTH);
    folder.put("flood.geojson", FLOOD.replace("34.9", "36.9"));
    folder.run(&[".", "--out", "out"]);
    assert_eq!(notices(&folder.json("out/run.json"), "flood")["layer-of-another-place"], 1);
}

#[test]
fn a_name_that_no_layer_has_needs_a_role() {
    let (english, japanese) = refused(&town("flood = \"flood.geojson\""));
    assert!(english.contains("kyoten.toml:3: unknown key `flood` in [layers]; the nearest known key is"), "{english}");
    assert!(english.contains("such as `flood = { path = \"…\", role = \"area\" }`"), "{english}");
    assert!(japanese.contains("`role`"), "{japanese}");
    let (english, _) = refused(&town("statoins = \"flood.geojson\""));
    assert!(english.contains("did you mean `stations`?"), "{english}");
}

#[test]
fn roles_and_names_that_cannot_be_are_told() {
    for (layer, said) in [
        ("flood = { path = \"flood.geojson\", role = \"aera\" }", "did you mean \"area\"?"),
        ("did = { path = \"flood.geojson\", role = \"area\" }", "what the layer `did` is stands fast"),
        (
            "Flood-A31 = { path = \"flood.geojson\", role = \"area\" }",
            "`Flood-A31` in [layers] cannot be the name of a layer",
        ),
    ] {
        let (english, _) = refused(&town(layer));
        assert!(english.contains("kyoten.toml:3: ") && english.contains(said), "{english}");
    }
}

#[test]
fn a_file_that_cannot_be_used_is_told() {
    let cases = [
        ("{\"type\":\"FeatureCollection\",", "flood = { path = \"f.geojson\", role = \"area\" }", "f.geojson"),
        (CLINICS, "flood = { path = \"f.csv\", role = \"area\" }", "polygons"),
        ("名称\n東町医院\n", "clinics = { path = \"f.csv\", role = \"points\" }", "points or polygons"),
        (CLINICS, "clinics = { path = \"f.csv\", role = \"points\", name = \"院名\" }", "院名"),
        (CLINICS, "clinics = { path = \"f.csv\", role = \"points\", where = { '診療科' = \"外科\" } }", "診療科"),
    ];
    for (file, layer, said) in cases {
        let folder = town(layer);
        folder.put("f.geojson", file).put("f.csv", file);
        let (english, _) = refused(&folder);
        assert!(english.contains(said), "{layer}: {english}");
    }
}

#[test]
fn the_sample_city_names_some() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let record = folder.json("out/run.json");
    for layer in ["flood", "sediment_red", "clinics"] {
        assert!(input(&record, layer)["used"].as_u64().is_some_and(|used| used > 0), "{layer}");
    }
}
