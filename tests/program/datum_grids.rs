//! Data on older datums are shifted by the grids of GSI that the project file names, and by nothing else.

use std::fmt::Write as _;

use encoding_rs::SHIFT_JIS;
use serde_json::{Value, json};

use crate::support::{Folder, Run};

/// The node at the origin of system VIII, 36° N and 138.5° E: rows and columns of 30″ and 45″ from 0° and 100° E.
const ORIGIN: [u32; 2] = [38 * 80 + 40, 36 * 120];

/// The mesh code of a node.
fn code([column, row]: [u32; 2]) -> String {
    let ([p, r], [u, c]) = ([row / 80, row % 80], [column / 80, column % 80]);
    format!("{p:02}{u:02}{}{}{}{}", r / 10, c / 10, r % 10, c % 10)
}

/// A parameter file as GSI publishes it, of one shift everywhere: nodes so far around the origin of system VIII.
fn grid(head: &[&str], around: u32, [lon, lat]: [f64; 2]) -> Vec<u8> {
    let mut text = head.iter().fold(String::new(), |text, line| text + line + "\r\n");
    text += "MeshCode   dB(sec)   dL(sec)\r\n";
    for row in ORIGIN[1] - around..=ORIGIN[1] + around {
        for column in ORIGIN[0] - around..=ORIGIN[0] + around {
            write!(text, "{} {lat:9.5} {lon:9.5}\r\n", code([column, row])).unwrap();
        }
    }
    SHIFT_JIS.encode(&text).0.into_owned()
}

const TOKYO: [f64; 2] = [-11.5, 12.25];
const PATCH: [f64; 2] = [0.125, -0.0625];

fn tky2jgd() -> Vec<u8> {
    grid(&["JGD2000-TokyoDatum Ver.2.1.2"], 12, TOKYO)
}

fn patch_jgd() -> Vec<u8> {
    let mut head = vec!["for PatchJGD        Ver.4.0.0　 010"];
    head.resize(15, "平成23年（2011年）の地震の補正パラメータ");
    grid(&head, 12, PATCH)
}

/// A collection of squares by their lower left corners.
fn squares(crs: &str, side: f64, corners: &[[f64; 2]]) -> String {
    let features: Vec<Value> = corners
        .iter()
        .enumerate()
        .map(|(index, &[x, y])| {
            let ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
            let geometry = json!({ "type": "Polygon", "coordinates": [ring] });
            json!({ "type": "Feature", "properties": { "chiban": format!("{}番", index + 1) }, "geometry": geometry })
        })
        .collect();
    let name = json!({ "type": "name", "properties": { "name": crs } });
    json!({ "type": "FeatureCollection", "crs": name, "features": features }).to_string()
}

/// A project with parcels of this text, lines before its layers, and lines among them.
fn project(parcels: &str, head: &str, layers: &str) -> Folder {
    let folder = Folder::new();
    folder.put("parcels.geojson", parcels).put("TKY2JGD.par", tky2jgd()).put("patch.par", patch_jgd());
    folder.put(
        "kyoten.toml",
        format!("plane = 8\n{head}\n[layers]\nparcels = {{ path = \"parcels.geojson\", id = \"chiban\" }}\n{layers}\n"),
    );
    folder
}

fn run(folder: &Folder) -> Vec<Value> {
    folder.run(&["kyoten.toml", "--out", "out", "--no-map"]);
    folder.json("out/run.json")["notices"].as_array().unwrap().clone()
}

/// The first corner of each parcel as it went out.
fn corners(folder: &Folder) -> Vec<[f64; 2]> {
    let parcels = folder.json("out/parcels.geojson");
    let corner = |feature: &Value| {
        let at = &feature["geometry"]["coordinates"][0][0];
        [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()]
    };
    parcels["features"].as_array().unwrap().iter().map(corner).collect()
}

fn assert_at(found: [f64; 2], degrees: [f64; 2], shifts: &[[f64; 2]]) {
    let wanted = [0, 1].map(|axis| degrees[axis] + shifts.iter().map(|shift| shift[axis]).sum::<f64>() / 3600.0);
    let far = (0..2).any(|axis| (found[axis] - wanted[axis]).abs() > 2e-9);
    assert!(!far, "{found:?} is not {wanted:?}");
}

fn of_id<'n>(notices: &'n [Value], id: &str) -> Option<&'n Value> {
    notices.iter().find(|notice| notice["id"] == id)
}

const BOTH: &str = "datum_grids = [\"TKY2JGD.par\", \"patch.par\"]";

#[test]
fn parcels_on_the_old_plane_are_shifted_by_the_numbers_of_the_grids() {
    let parcels = squares("EPSG:30168", 20.0, &[[0.0, 0.0], [100.0, 50.0]]);
    let folder = project(&parcels, BOTH, "");
    let notices = run(&folder);
    assert_at(corners(&folder)[0], [138.5, 36.0], &[TOKYO, PATCH]);
    let note = &of_id(&notices, "datum-over-grids").unwrap()["examples"][0];
    assert!(note.as_str().unwrap().contains("TKY2JGD.par") && note.as_str().unwrap().contains("patch.par"), "{note}");
    assert!(of_id(&notices, "datum-shift").is_none(), "{notices:#?}");
    let inputs = &folder.json("out/run.json")["inputs"];
    assert_eq!(inputs[0]["files"][0]["datum_grids"], json!(["TKY2JGD.par", "patch.par"]));
    let grids = inputs.as_array().unwrap().iter().find(|input| input["layer"] == "datum_grids").unwrap();
    assert_eq!((&grids["used"], &grids["files"][1]["features"]), (&json!(1250), &json!(625)));
    assert_eq!(grids["files"][0]["sha256"].as_str().unwrap().len(), 64);

    // With the first grid alone the second step is not made, and that is a warning.
    let folder = project(&parcels, "datum_grids = [\"TKY2JGD.par\"]", "");
    let notices = run(&folder);
    assert_at(corners(&folder)[0], [138.5, 36.0], &[TOKYO]);
    assert_eq!(of_id(&notices, "datum-shift").unwrap()["severity"], "warning");

    // Without grids the shift is another one, by metres.
    let folder = project(&parcels, "", "");
    run(&folder);
    let coarse = corners(&folder)[0];
    let off = [0, 1].map(|axis| coarse[axis] - [138.5, 36.0][axis] - TOKYO[axis] / 3600.0);
    assert!(off.iter().all(|off| off.abs() < 3e-4) && off.iter().any(|off| off.abs() > 1e-6), "{off:?}");
    assert!(!folder.text("out/run.json").contains("\"datum_grids\""));
}

#[test]
fn degrees_on_jgd2000_go_out_shifted_and_those_on_jgd2011_as_they_came() {
    let at = [138.503_123_456_789, 36.004_987_654_321];
    let folder = project(&squares("EPSG:4612", 0.0002, &[at]), BOTH, "");
    run(&folder);
    assert_at(corners(&folder)[0], at, &[PATCH]);
    for crs in ["EPSG:6668", "EPSG:4326"] {
        let with = project(&squares(crs, 0.0002, &[at]), BOTH, "");
        let unused = run(&with);
        assert_eq!(of_id(&unused, "datum-grid-unused").unwrap()["count"], 2);
        let without = project(&squares(crs, 0.0002, &[at]), "", "");
        run(&without);
        assert_eq!(with.bytes("out/parcels.geojson"), without.bytes("out/parcels.geojson"));
        assert_eq!(corners(&with)[0], at);
    }
}

#[test]
fn layers_are_shifted_too_and_each_feature_outside_is_named() {
    // Two districts, of which one lies where no grid is.
    let did = squares("EPSG:4301", 0.01, &[[138.50, 36.00], [138.70, 36.30]]);
    let parcels = squares("EPSG:6668", 0.0005, &[[138.4970, 36.0036], [138.5095, 36.0036]]);
    let folder = project(&parcels, "datum_grids = \"TKY2JGD.par\"", "did = \"did.geojson\"");
    folder.put("did.geojson", did);
    let notices = run(&folder);
    let outside = of_id(&notices, "outside-tky2jgd").unwrap();
    assert_eq!(
        (&outside["layer"], &outside["count"], &outside["severity"]),
        (&json!("did"), &json!(1), &json!("warning"))
    );
    assert_eq!(outside["examples"], json!(["did.geojson: feature 2"]));
    assert_eq!(outside["examples_ja"], json!(["did.geojson: 2番目の地物"]));
    // The district begins 11.5″ further west: from 138.49681° to 138.50681°, and 12.25″ further north.
    let judged = folder.json("out/parcels.geojson");
    let within = |index: usize| judged["features"][index]["properties"]["in_did_lo"].as_f64().unwrap();
    assert_eq!((within(0), within(1)), (1.0, 0.0));
}

#[test]
fn parcels_outside_the_grids_are_named_one_by_one() {
    let parcels = squares("EPSG:4301", 0.0002, &[[138.5, 36.0], [138.7, 36.0], [138.6499, 36.0]]);
    let folder = project(&parcels, BOTH, "");
    let notices = run(&folder);
    let outside = of_id(&notices, "outside-tky2jgd").unwrap();
    assert_eq!((&outside["layer"], &outside["count"]), (&json!("parcels"), &json!(2)));
    assert_eq!(outside["examples"], json!(["parcels.geojson: parcel 2 (2番)", "parcels.geojson: parcel 3 (3番)"]));
    // Outside, all is as without grids.
    let without = project(&parcels, "", "");
    run(&without);
    assert_eq!(corners(&folder)[1], corners(&without)[1]);
    assert_ne!(corners(&folder)[0], corners(&without)[0]);
    assert_eq!(folder.kyoten(&["check", "kyoten.toml"]).status, 1);

    let jgd2000 = project(&squares("EPSG:4612", 0.0002, &[[138.5, 36.0], [138.7, 36.0]]), BOTH, "");
    let notices = run(&jgd2000);
    let outside = of_id(&notices, "outside-patchjgd").unwrap();
    assert_eq!(outside["examples"], json!(["parcels.geojson: parcel 2 (2番)"]));
    assert_eq!(corners(&jgd2000)[1], [138.7, 36.0]);
}

#[test]
fn where_grids_of_earthquakes_overlap_each_shifts_and_that_is_told() {
    let folder = project(
        &squares("EPSG:4612", 0.0002, &[[138.5, 36.0], [138.6, 36.0]]),
        "datum_grids = [\"patch.par\", \"other.par\"]",
        "",
    );
    folder.put("other.par", grid(&["for PatchJGD        Ver.1.0.0"], 4, [0.5, 0.25]));
    let notices = run(&folder);
    assert_at(corners(&folder)[0], [138.5, 36.0], &[PATCH, [0.5, 0.25]]);
    assert_at(corners(&folder)[1], [138.6, 36.0], &[PATCH]);
    assert_eq!(of_id(&notices, "in-several-patchjgd").unwrap()["examples"], json!(["parcels.geojson: parcel 1 (1番)"]));
}

#[test]
fn a_file_that_is_no_grid_stops_the_run_with_its_line() {
    let folder = project(&squares("EPSG:4301", 0.0002, &[[138.5, 36.0]]), "datum_grids = [\"a.par\"]", "");
    let refused = |bytes: &[u8]| -> [Run; 2] {
        folder.put("a.par", bytes);
        let arguments = ["run", "kyoten.toml", "--out", "out"];
        let runs = [folder.kyoten(&arguments), folder.kyoten_in_japanese(&arguments)];
        assert!(runs.iter().all(|run| run.status == 2) && !folder.path().join("out").exists());
        runs
    };
    let text = String::from_utf8(tky2jgd()).unwrap();
    let [english, japanese] = refused(text.replacen("12.25000", "12.2x000", 1).as_bytes());
    assert!(english.stderr.contains("a.par: line 3: “12.2x000” is no number of seconds"), "{}", english.stderr);
    assert!(japanese.stderr.contains("a.par: 3行目: 「12.2x000」は秒の数値ではありません"), "{}", japanese.stderr);
    let [english, japanese] = refused(b"for SemiDynaEXE    Ver.1.0.0\r\n");
    assert!(english.stderr.contains("a.par: is no grid of shifts between datums"), "{}", english.stderr);
    assert!(japanese.stderr.contains("測地系を変換するパラメータとして使えません"), "{}", japanese.stderr);
    let [english, _] = refused(folder.text("parcels.geojson").as_bytes());
    assert!(english.stderr.contains("a.par"), "{}", english.stderr);

    folder.edit("kyoten.toml", "[\"a.par\"]", "\"TKY2JGT.par\"");
    let missing = folder.kyoten(&["check", "kyoten.toml"]);
    assert!(missing.status == 2 && missing.stderr.contains("TKY2JGD.par"), "{}", missing.stderr);
    folder.edit("kyoten.toml", "\"TKY2JGT.par\"", "{ tokyo = 1 }");
    let wrong = folder.kyoten(&["check", "kyoten.toml"]);
    assert!(wrong.status == 2 && wrong.stderr.contains("`datum_grids`"), "{}", wrong.stderr);
    #[cfg(unix)]
    {
        folder.edit("kyoten.toml", "{ tokyo = 1 }", "\"/dev/zero\"");
        let endless = folder.kyoten(&["run", "kyoten.toml", "--out", "out"]);
        assert!(endless.status == 2 && endless.stderr.contains("a pipe or a device"), "{}", endless.stderr);
    }
}

#[test]
fn no_damage_to_a_grid_ends_in_anything_but_an_answer_or_an_error() {
    let folder = project(&squares("EPSG:4301", 0.0002, &[[138.5, 36.0]]), "datum_grids = [\"a.par\"]", "");
    let whole = grid(&["JGD2000-TokyoDatum Ver.2.1.2"], 1, TOKYO);
    let mut random = fastrand::Rng::with_seed(11);
    let mut ends = [0, 0];
    for _ in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..random.usize(1..3) {
            let at = random.usize(..bytes.len());
            match random.u8(..4) {
                0 => bytes[at] = random.u8(..),
                1 => bytes[at] = b'0' + random.u8(..10),
                2 => bytes.insert(at, random.u8(..)),
                _ => bytes.truncate(at + 1),
            }
        }
        folder.put("a.par", &bytes);
        let run = folder.kyoten(&["inspect", "a.par"]);
        assert!(matches!(run.status, 0 | 2) && !run.stderr.contains("panicked"), "{}", run.stderr);
        ends[usize::from(run.status == 2)] += 1;
        if random.u8(..10) == 0 {
            let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out", "--no-map"]);
            assert!(matches!(run.status, 0 | 2) && !run.stderr.contains("panicked"), "{}", run.stderr);
        }
    }
    assert!(ends.iter().all(|&count| count > 20), "{ends:?}");
}

#[test]
fn a_grid_in_an_archive_is_read_and_one_of_a_folder_is_found() {
    let folder = project(&squares("EPSG:4301", 0.0002, &[[138.5, 36.0]]), "datum_grids = \"gsi.zip\"", "");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("tky2jgd/TKY2JGD.par", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, &tky2jgd()).unwrap();
    folder.put("gsi.zip", zip.finish().unwrap().into_inner());
    run(&folder);
    assert_at(corners(&folder)[0], [138.5, 36.0], &[TOKYO]);

    for name in ["TKY2JGD.par", "kyoten.toml"] {
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    std::fs::remove_dir_all(folder.path().join("out")).unwrap();
    let init = folder.kyoten(&["init", "."]);
    assert!(init.status < 2 && init.stdout.contains("gsi.zip/tky2jgd/TKY2JGD.par"), "{}{}", init.stdout, init.stderr);
    let written = folder.text("kyoten.toml");
    assert!(written.contains("datum_grids = [\"gsi.zip/tky2jgd/TKY2JGD.par\"]"), "{written}");
    // Which earthquake another grid is of, nobody but a person knows.
    assert!(written.contains("# patch.par: it does not say which earthquake"), "{written}");

    let seen = folder.kyoten(&["inspect", "gsi.zip", "patch.par", "--json"]);
    let seen: Value = serde_json::from_str(&seen.stdout).unwrap();
    assert_eq!((&seen[0]["taken_for"]["layer"], &seen[0]["features"]), (&json!("datum_grids"), &json!(625)));
    assert_eq!(seen[1]["taken_for"]["publication"], "PatchJGD");
    let [west, south] = [0, 1].map(|axis| seen[0]["extent_lon_lat"][axis].as_f64().unwrap());
    assert!((west - 138.35).abs() < 1e-9 && (south - 35.9).abs() < 1e-9, "{west} {south}");
    let shown = folder.kyoten_in_japanese(&["inspect", "patch.par"]).stdout;
    // Lines are broken to the width of the terminal.
    let shown: String = shown.split_whitespace().collect();
    assert!(shown.contains("国土地理院PatchJGD") && shown.contains("先頭の行から"), "{shown}");
}
