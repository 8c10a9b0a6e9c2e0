//! The map of a run, by its bytes: the page's data are those of the other outputs, and nothing of the input stands in
//! the page as text. What a reader sees of it is asked in a browser (`map_in_browser.rs`).

pub mod page;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use self::page::{Columns, Page};
use crate::support::Folder;

#[test]
fn the_columns_of_the_page_are_those_of_the_parcels() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let page = Page::read(&folder.text("out/map.html"));
    assert_eq!(page.names(), ["circles", "columns", "facilities", "facts", "places", "stops", "tiles", "zones"]);
    let facts = page.json("facts");
    let columns = Columns::new(&facts, page.bytes("columns"));
    let parcels = folder.json("out/parcels.geojson")["features"].as_array().unwrap().clone();
    assert_eq!((facts["parcels"].as_u64(), parcels.len()), (Some(300), 300));
    let own: Vec<String> = kyoten::table::parcel_columns(kyoten::criteria::default_rules())
        .into_iter()
        .map(|column| column.name)
        .collect();
    assert_eq!(columns.names()[..own.len()], own);
    for name in &own {
        let there = columns.values(name);
        let here: Vec<Value> = parcels.iter().map(|parcel| parcel["properties"][name].clone()).collect();
        assert_eq!(there, here, "{name}");
    }
}

#[test]
fn the_parts_of_a_parcel_add_up_to_its_share_in_the_zone() {
    // Under the run's own thresholds the parts that reach them are the share that was measured.
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let page = Page::read(&folder.text("out/map.html"));
    let facts = page.json("facts");
    let columns = Columns::new(&facts, page.bytes("columns"));
    let [lo, hi, rest, rest_hi, unit, parts] =
        ["central_lo", "central_hi", "central_rest_lo", "central_rest_hi", "land_unit", "parts"]
            .map(|name| columns.values(name));
    let threshold = facts["thresholds"].as_array().unwrap().iter().find(|one| one["key"] == "min_public_land").unwrap();
    let threshold = threshold["value"].as_f64().unwrap();
    let reaches = |unit: &Value, end: usize| match unit.as_i64() {
        Some(-1) => false,
        Some(place) => facts["units"]["land"][place as usize][end].as_f64().unwrap() >= threshold,
        None => end == 1,
    };
    let (mut whole, mut several) = (0, 0);
    for parcel in 0..lo.len() {
        let Some(expected) = lo[parcel].as_f64().zip(hi[parcel].as_f64()) else { continue };
        let found = match parts[parcel].as_array() {
            None => {
                whole += 1;
                let share = |rest: &Value, end| if reaches(&unit[parcel], end) { rest.as_f64().unwrap() } else { 0.0 };
                (share(&rest[parcel], 0), share(&rest_hi[parcel], 1))
            }
            Some(parts) => {
                several += 1;
                let sum = |end: usize| {
                    let of_end = parts.iter().filter(|part| reaches(&part[0], end));
                    of_end.map(|part| part[2][end].as_f64().unwrap()).sum::<f64>()
                };
                (sum(0), sum(1))
            }
        };
        assert!(
            (found.0 - expected.0).abs() < 2e-6 && (found.1 - expected.1).abs() < 2e-6,
            "{parcel} {found:?} {expected:?}"
        );
    }
    assert!(whole > 100 && several > 0, "{whole} {several}");
}

#[test]
fn a_run_without_a_map_leaves_none() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--no-map"]);
    assert!(!folder.names("out").iter().any(|name| name.starts_with("map")));
    assert!(folder.names("out").contains(&"places.geojson".to_owned()));
}

/// So many bytes may a page have that is one file without being asked for.
const MOST: usize = 15_000_000;

/// The sample city, of whose parcels each is called by so many digits that cannot be packed.
fn called_by(digits: usize) -> Folder {
    let folder = Folder::with_sample();
    let mut parcels = folder.json("city/parcels.geojson");
    let mut state = 1_u64;
    let mut name = || -> String {
        let digit = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from_digit((state >> 59) as u32 & 31, 32).unwrap()
        };
        (0..digits).map(digit).collect()
    };
    for parcel in parcels["features"].as_array_mut().unwrap() {
        parcel["properties"]["chiban"] = name().into();
    }
    folder.put("city/parcels.geojson", parcels.to_string());
    folder
}

#[test]
fn a_page_is_one_file_by_its_size_whatever_the_number_of_parcels() {
    let of_a_map = |folder: &Folder, out: &str| -> Vec<String> {
        folder.names(out).into_iter().filter(|name| name.starts_with("map")).collect()
    };
    let small = called_by(30_000);
    small.run(&["city", "--out", "out"]);
    assert_eq!(of_a_map(&small, "out"), ["map.html"]);
    let size = small.bytes("out/map.html").len();
    assert!(size > MOST / 2 && size <= MOST, "{size}");

    let large = called_by(60_000);
    for (out, arguments, files) in [
        ("split", &["--threads", "1"][..], &["map.columns", "map.html", "map.pmtiles"][..]),
        ("split-2", &["--threads", "2"], &["map.columns", "map.html", "map.pmtiles"]),
        ("one", &["--one-file", "--threads", "1"], &["map.html"]),
        ("one-2", &["--one-file", "--threads", "2"], &["map.html"]),
    ] {
        large.run(&[&["city", "--out", out], arguments].concat());
        assert_eq!(of_a_map(&large, out), files, "{out}");
    }
    let [split, one] = ["split", "one"].map(|out| Page::read(&large.text(&format!("{out}/map.html"))));
    assert!(large.bytes("one/map.html").len() > MOST);
    assert_eq!(split.json("facts")["beside"], json!({ "tiles": "map.pmtiles", "columns": "map.columns" }));
    assert_eq!(one.json("facts")["beside"], Value::Null);
    assert!(one.bytes("columns") == large.bytes("split/map.columns"));
    assert!(one.bytes("tiles") == large.bytes("split/map.pmtiles"));
    for name in ["map.html", "map.columns", "map.pmtiles"] {
        assert!(large.bytes(&format!("split/{name}")) == large.bytes(&format!("split-2/{name}")), "{name}");
    }
    assert!(large.bytes("one/map.html") == large.bytes("one-2/map.html"));

    let refused = large.kyoten(&["run", "city", "--out", "neither", "--one-file", "--no-map"]);
    assert_eq!(refused.status, 2, "{}", refused.stderr);
    assert!(!large.path().join("neither").exists());
}

#[test]
fn nothing_of_the_input_stands_in_the_page() {
    let folder = Folder::with_sample();
    let toml = folder.text("city/kyoten.toml");
    let hostile = "</script><script>alert(1)</script>";
    let name = toml.lines().find(|line| line.starts_with("name")).unwrap().to_owned();
    folder.put("city/kyoten.toml", toml.replace(&name, &format!("name = '{hostile}'")));
    let run = folder.run(&["city", "--out", "out"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let html = folder.text("out/map.html");
    let built = fs::read_to_string(root().join("src/maps/web/page.html")).unwrap();
    assert_eq!(Page::read(&html).json("facts")["name"], hostile);
    let (before, after) = built.split_once("<!--kyoten:data-->").unwrap();
    let data = html.strip_prefix(before).unwrap().strip_suffix(after).unwrap();
    for element in data.lines().filter(|line| !line.is_empty()) {
        let (name, rest) =
            element.strip_prefix("<script type=\"text/plain\" id=\"kyoten-").unwrap().split_once("\">").unwrap();
        let base64 = rest.strip_suffix("</script>").unwrap();
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()) && base64.bytes().all(is_base64), "{name}");
    }
}

#[test]
fn the_same_run_elsewhere_gives_the_same_map() {
    let maps: Vec<Vec<u8>> = ["here", "there"]
        .into_iter()
        .map(|out| {
            let folder = Folder::with_sample();
            folder.run(&[folder.path().join("city").to_str().unwrap(), "--out", out]);
            folder.bytes(&format!("{out}/map.html"))
        })
        .collect();
    assert!(maps[0] == maps[1], "the page knows where the run was");
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The page is built by hand, with `npm ci && npm run build` in `src/maps/web/page`, and this tells when.
#[test]
fn zones_that_a_plan_has_set_are_told_to_the_page_and_drawn_on_paper() {
    let folder = Folder::with_sample();
    let square = |from: f64, side: f64| {
        let ring = [[0.0, 0.0], [side, 0.0], [side, side], [0.0, side], [0.0, 0.0]]
            .map(|[x, y]: [f64; 2]| [138.398 + from + x, 34.9 + y]);
        json!({ "type": "Feature", "properties": {}, "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    // Two that touch are one; the last is too small to be a zone.
    let plan = json!({ "type": "FeatureCollection",
        "features": [square(0.0, 0.001), square(0.001, 0.001), square(0.003, 0.001), square(0.005, 0.00005)] });
    folder.put("city/plan.geojson", plan.to_string());
    folder.edit("city/kyoten.toml", "[layers]", "[layers]\ncentral_zones = \"plan.geojson\"");
    folder.run(&["city", "--out", "out"]);
    let told = folder.json("out/set_zones.geojson")["features"].as_array().unwrap().clone();
    let areas: Vec<f64> = told.iter().map(|one| one["properties"]["area_ha"].as_f64().unwrap()).collect();
    assert_eq!(areas.len(), 2, "{areas:?}");
    assert!((areas.iter().sum::<f64>() - 3.0 * 1.0146).abs() < 0.01, "{areas:?}");
    let record = folder.json("out/run.json");
    assert_eq!(record["set_zones"]["central"]["zones"], 2);
    let page = Page::read(&folder.text("out/map.html"));
    assert!(page.names().contains(&"set_zones"), "{:?}", page.names());
    let properties = page.json("set_zones")["features"][0]["properties"].clone();
    assert_eq!((&properties["zone"], &properties["layer"]), (&json!("central"), &json!("central_zones")));
    let facts = page.json("facts");
    assert_eq!((&facts["project"], &facts["zones"][0]["set_by"]), (&json!("kyoten.toml"), &json!("central_zones")));
    assert_eq!(facts["zones"][1]["set_by"], Value::Null);
    for zone in ["central", "local"] {
        let drawn = folder.kyoten(&["map", "out", "--svg", "map.svg", "--zone", zone]);
        assert_eq!(drawn.status, 0, "{}", drawn.stderr);
        assert!(folder.text("map.svg").contains("設定された中心拠点区域"), "{zone}");
    }
}

#[test]
fn margins_are_columns_of_the_page_where_they_are_asked_for() {
    let folder = Folder::with_sample();
    let mut parcels = folder.json("city/parcels.geojson");
    parcels["features"].as_array_mut().unwrap().truncate(12);
    folder.put("city/parcels.geojson", parcels.to_string());
    let explained = folder.kyoten(&["explain", "city", "--all", "--map", "--one-file", "--out", "out"]);
    assert_eq!(explained.status, 0, "{}", explained.stderr);
    let page = Page::read(&folder.text("out/map.html"));
    let facts = page.json("facts");
    let columns = Columns::new(&facts, page.bytes("columns"));
    let parcels = folder.json("out/parcels.geojson")["features"].as_array().unwrap().clone();
    for name in ["central_fails", "local_margin", "local_margin_unit"] {
        let here: Vec<Value> = parcels.iter().map(|parcel| parcel["properties"][name].clone()).collect();
        assert_eq!(columns.values(name), here, "{name}");
        assert!(here.iter().any(|value| !value.is_null()), "{name}");
    }
    for id in ["zone-as-a-whole", "one-zone", "together"] {
        assert!(facts["reasons"][id]["ja"].is_string() && facts["reasons"][id]["en"].is_string(), "{id}");
    }
    folder.run(&["city", "--out", "plain"]);
    let plain = Page::read(&folder.text("plain/map.html"));
    assert!(!plain.json("facts").to_string().contains("central_margin"));
    assert!(!plain.names().contains(&"set_zones"));
}

#[test]
fn the_built_page_is_that_of_its_sources() {
    let folder = root().join("src/maps/web/page");
    let mut sources: Vec<PathBuf> =
        ["package.json", "package-lock.json", "build.mjs", "page.html", "style.css"].map(PathBuf::from).into();
    for part in ["src", "licences"] {
        walk(&folder, Path::new(part), &mut sources);
    }
    let mut sources: Vec<(String, PathBuf)> =
        sources.into_iter().map(|path| (path.to_str().unwrap().replace('\\', "/"), folder.join(&path))).collect();
    sources.sort();
    let mut hash = Sha256::new();
    for (name, path) in sources {
        let bytes = fs::read(path).unwrap();
        hash.update(format!("{name}\0{}\0", bytes.len()));
        hash.update(bytes);
    }
    let hex: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let hex = hex.concat();
    let built = fs::read_to_string(root().join("src/maps/web/page.html")).unwrap();
    assert!(
        built.contains(&format!("<!-- kyoten page, sources sha256:{hex} -->")),
        "the page is stale: `npm ci && npm run build` in src/maps/web/page"
    );
}

fn walk(root: &Path, part: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(root.join(part)).unwrap() {
        let entry = entry.unwrap();
        let path = part.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() { walk(root, &path, found) } else { found.push(path) }
    }
}
