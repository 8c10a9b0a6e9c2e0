//! A folder of downloads that misleads: each of its files has made somebody's result wrong.

use crate::support::{Folder, sample, unwrapped};
use serde_json::{Value, json};

fn of_sample(name: &str) -> Vec<u8> {
    std::fs::read(sample().join(name)).unwrap()
}

fn json_of_sample(name: &str) -> Value {
    serde_json::from_slice(&of_sample(name)).unwrap()
}

/// A collection with the first features of another, moved by so many degrees of longitude.
fn part(of: &Value, count: usize, east: f64) -> String {
    fn moved(coordinates: &mut Value, east: f64) {
        match coordinates.as_array_mut().unwrap() {
            point if point[0].is_number() => point[0] = json!(point[0].as_f64().unwrap() + east),
            list => list.iter_mut().for_each(|each| moved(each, east)),
        }
    }
    let mut part = of.clone();
    let features = part["features"].as_array_mut().unwrap();
    features.truncate(count);
    for feature in features.iter_mut() {
        moved(&mut feature["geometry"]["coordinates"], east);
    }
    part.to_string()
}

/// What a planner has gathered over two years.
fn downloads() -> Folder {
    let folder = Folder::new();
    let put = |name: &str, bytes: &[u8]| {
        folder.put(&format!("downloads/{name}"), bytes);
    };
    for name in ["A16-20_22_DID.geojson", "N02-20_Station.geojson", "N03-23_22.geojson", "tblT001101H5238.txt"] {
        put(name, &of_sample(name));
    }
    // The stops of the city, and nine of another prefecture.
    let stops = json_of_sample("P11-22_22.geojson");
    put("P11-22_22.geojson", stops.to_string().as_bytes());
    put("P11-22_13.geojson", part(&stops, 9, 1.3).as_bytes());
    // The register of lots of last year has more of them than that of this year.
    let lots = json_of_sample("parcels.geojson");
    put("地番図2023.geojson", lots.to_string().as_bytes());
    put("地番図2024.geojson", part(&lots, 290, 0.0).as_bytes());
    // Several kinds in a cell, and the name under a long word.
    put(
        "要配慮者利用施設一覧.csv",
        "要配慮者利用施設名称,サービスの種類,緯度,経度\nひまわり苑,\"訪問介護\n通所介護\",34.9014,138.3959\n\
         あさひの家,通所介護・短期入所,34.9026,138.4274\nさくら,老人福祉センター,34.9019,138.4294\n"
            .as_bytes(),
    );
    // The number of a mesh is no code of a municipality.
    let mesh = json!({ "type": "FeatureCollection", "features": [{
        "type": "Feature", "properties": { "KEY_CODE": "523836", "MESH1_ID": "5238", "MESH2_ID": "36" },
        "geometry": { "type": "Polygon", "coordinates": [[[138.375, 34.833], [138.5, 34.833], [138.5, 34.917], [138.375, 34.917], [138.375, 34.833]]] },
    }] });
    put("MESH05238.geojson", mesh.to_string().as_bytes());
    // What comes with every download.
    for folder in ["DID", "駅", "バス停", "行政区域"] {
        put(&format!("{folder}/利用規約.txt"), "出典を書いてください。\n".as_bytes());
        put(&format!("{folder}/readme.pdf"), b"%PDF");
    }
    folder
}

#[test]
fn a_folder_of_traps_is_read_as_a_planner_would_have_meant_it() {
    let folder = downloads();
    let run = folder.kyoten(&["init", "downloads"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("table", run.stdout);
    insta::assert_snapshot!("project_file", folder.text("downloads/kyoten.toml"));
}

#[test]
fn a_run_of_the_folder_of_traps_tells_what_it_left() {
    let folder = downloads();
    let run = folder.run(&["downloads", "--out", "out", "--format", "csv"]);
    let report = folder.json("out/run.json");
    assert_eq!(report["parcels"]["count"], 290);
    assert!(report["missing_layers"].as_array().unwrap().iter().all(|layer| layer != "stops"), "{report}");
    let told = unwrapped(&run.stderr);
    for left in ["P11-22_13.geojson", "地番図2023.geojson"] {
        assert!(told.contains(left), "{left} is not in {told}");
    }
}
