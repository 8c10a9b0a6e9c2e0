//! `kyoten map`: the files that it writes, that they are the same each time, and what it says of bad input.

use std::fmt::Write as _;
use std::io::Cursor;

use crate::support::{Folder, Run};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;

macro_rules! golden {
    ($name:literal, $text:expr) => {{
        let text = $text;
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($name, text) });
    }};
}

/// The sample run on in `run`.
fn sample_run(formats: &str) -> Folder {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "run", "--no-map", "--format", formats]);
    folder
}

/// Draws, which must be done.
fn map(folder: &Folder, arguments: &[&str]) -> Run {
    let run = folder.kyoten(&[&["map"], arguments].concat());
    assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
    run
}

/// Width, height and pixels of a PNG, three bytes each.
fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    (info.width, info.height, pixels)
}

/// The texts of an SVG, which must be well-formed.
fn texts(svg: &str) -> Vec<String> {
    let mut reader = Reader::from_str(svg);
    let (mut found, mut depth): (Vec<String>, usize) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                depth += 1;
                if matches!(element.name().as_ref(), "text" | "tspan") {
                    found.push(String::new());
                }
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) => {
                if let Some(last) = found.last_mut() {
                    last.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(name) => {
                let sign = match name.into_inner().as_ref() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("{other}"),
                };
                if let Some(last) = found.last_mut() {
                    last.push(sign);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    found.iter().map(|text| text.trim_end().to_owned()).collect()
}

#[test]
fn a_map_tells_what_the_run_tells() {
    let folder = sample_run("geojson");
    let told = map(&folder, &["run", "--png", "map.png", "--svg", "map.svg", "--size", "A2", "--dpi", "100"]);
    assert_eq!(told.stderr, "");
    assert!(told.stdout.contains("map.png (A2, 1:") && told.stdout.contains("2339 × 1654 pixels"), "{}", told.stdout);
    let texts = texts(&folder.text("map.svg"));
    let has = |text: &str| texts.iter().any(|one| one == text);
    assert!(has("架空市　中心拠点区域") && has("central hub zone"), "{texts:?}");
    let counts = folder.json("run/run.json")["counts"]["central"].clone();
    for (status, japanese) in [("eligible", "該当"), ("undetermined", "判定不能"), ("ineligible", "非該当")] {
        let place = texts.iter().position(|text| text == japanese).unwrap();
        let cells = &texts[place..place + 4];
        assert_eq!(cells[1], status);
        assert_eq!(cells[2], counts[status]["parcels"].to_string());
        assert_eq!(cells[3], format!("{:.1}", counts[status]["hectares"].as_f64().unwrap()));
    }
    assert!(texts.iter().any(|text| text.contains("：peaks.csv")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("EPSG:6676")));
    assert!(!texts.iter().any(|text| text.contains(&*folder.path().to_string_lossy())));
}

#[test]
fn colours_and_hatching_are_on_the_png() {
    let folder = sample_run("geojson");
    map(&folder, &["run", "--png", "map.png", "--dpi", "150", "--size", "A4"]);
    let (width, height, pixels) = decoded(&folder.bytes("map.png"));
    assert_eq!((width, height), (1754, 1240));
    let count = |colour: [u8; 3]| pixels.chunks(3).filter(|pixel| *pixel == colour).count();
    // Eligible, then tint and line of what is undetermined.
    for colour in [[0, 114, 178], [246, 219, 158], [207, 143, 0]] {
        assert!(count(colour) > 200, "{colour:?}: {}", count(colour));
    }
    assert!(count([255, 255, 255]) > pixels.len() / 6);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let folder = sample_run("geojson");
    let arguments = |png, svg| ["map", "run", "--png", png, "--svg", svg, "--dpi", "100"];
    for (threads, png, svg) in [("1", "1.png", "1.svg"), ("4", "4.png", "4.svg")] {
        let run = folder.kyoten_with(&arguments(png, svg), &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    assert!(folder.bytes("1.png") == folder.bytes("4.png"));
    assert!(folder.bytes("1.svg") == folder.bytes("4.svg"));
}

#[test]
fn every_format_with_shapes_gives_the_same_map() {
    let formats = ["geojson", "fgb", "parquet", "gpkg"];
    let mut first: Option<String> = None;
    for format in formats {
        let folder = sample_run(format);
        map(&folder, &["run", "--svg", "map.svg"]);
        let svg = folder.text("map.svg");
        assert!(*first.get_or_insert_with(|| svg.clone()) == svg, "{format}");
    }
}

#[test]
fn every_zone_size_and_language_is_drawn() {
    let folder = sample_run("geojson");
    for zone in ["central", "local", "senior", "senior_site"] {
        for (size, lang) in [("A4", "ja"), ("A3", "en"), ("a2", "both"), ("A1", "ja")] {
            map(&folder, &["run", "--svg", "map.svg", "--zone", zone, "--size", size, "--labels", lang]);
            let texts = texts(&folder.text("map.svg"));
            assert_eq!(texts.iter().any(|text| text == "凡例"), lang != "en");
            assert_eq!(texts.iter().any(|text| text == "legend"), lang != "ja");
            let circles = texts.iter().any(|text| text.contains("施設から 700 m") || text.contains("700 m around"));
            assert_eq!(circles, zone.starts_with("senior"), "{zone} {texts:?}");
        }
    }
    map(&folder, &["run", "--png", "map.png", "--portrait", "--dpi", "72"]);
    let (width, height, _) = decoded(&folder.bytes("map.png"));
    assert_eq!((width, height), (842, 1191));
}

/// Two parcels, a stop and a district.
fn two_parcels(name: &str) -> Folder {
    let folder = Folder::new();
    let parcel = |id: &str, west: f64| {
        let ring = [[west, 34.9], [west + 0.0005, 34.9], [west + 0.0005, 34.9004], [west, 34.9004], [west, 34.9]];
        json!({ "type": "Feature", "properties": { "chiban": id }, "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let collection =
        |features: serde_json::Value| json!({ "type": "FeatureCollection", "features": features }).to_string();
    folder.put("parcels.geojson", collection(json!([parcel("1-1", 138.4), parcel("1-2", 138.4006)])));
    folder.put("did.geojson", collection(json!([parcel("", 138.4)])));
    folder.put(
        "stops.csv",
        "name,lon,lat,peak_trips\n東町入口,138.4002,34.9001,4\n\"<b>\u{202e}西町 & 南\",138.4009,34.9002,\n",
    );
    let name = json!(name);
    folder.put(
        "kyoten.toml",
        format!(
            "name = {name}\nmunicipality = \"22212\"\n\n[layers]\nparcels = {{ path = \"parcels.geojson\", id = \"chiban\" }}\n\
             did = \"did.geojson\"\nstops = {{ path = \"stops.csv\", name = \"name\", peak_trips = \"peak_trips\" }}\n\n\
             [waive]\nenough-public-land = \"資料を準備中\"\n"
        ),
    );
    folder.run(&["kyoten.toml", "--out", "run", "--no-map"]);
    folder
}

#[test]
fn the_svg_of_a_small_run() {
    let folder = two_parcels("小さな市");
    map(&folder, &["run", "--svg", "map.svg", "--size", "A4"]);
    golden!("svg", folder.text("map.svg"));
}

#[test]
fn hostile_names_are_shown_as_text() {
    let folder = two_parcels("</text><script>alert(1)</script> \u{20bb7}野\u{202e}家 & \"市\"\n\t二行");
    let told = map(&folder, &["run", "--png", "map.png", "--svg", "map.svg", "--dpi", "72"]);
    assert_eq!(
        told.stderr,
        "warning: drawn as 〓, for the font has no such character: \u{20bb7} (U+20BB7)\n    an SVG holds them as they are (--svg)\n"
    );
    let svg = folder.text("map.svg");
    assert!(!svg.contains("<script>") && !svg.contains('\u{202e}'));
    let texts = texts(&svg);
    let title = "</text><script>alert(1)</script> \u{20bb7}野家 & \"市\" 二行　中心拠点区域";
    assert!(texts.iter().any(|text| text == title), "{texts:?}");
    assert!(texts.iter().any(|text| text == "<b>西町 & 南"), "{texts:?}");
}

#[test]
fn bad_input_is_one_message_and_nothing_is_written() {
    let folder = two_parcels("市");
    folder.run(&["kyoten.toml", "--out", "table", "--no-map", "--format", "csv"]);
    folder.put("empty/run.json", "{}");
    folder.run(&["kyoten.toml", "--out", "nowhere", "--no-map"]);
    let parcels = folder.text("nowhere/parcels.geojson");
    let without: Vec<String> = parcels
        .lines()
        .map(|line| match line.find("\"geometry\":") {
            Some(at) => format!("{}\"geometry\":null}}{}", &line[..at], if line.ends_with(',') { "," } else { "" }),
            None => line.to_owned(),
        })
        .collect();
    folder.put("nowhere/parcels.geojson", without.join("\n"));
    let mut record = folder.json("nowhere/run.json");
    record.as_object_mut().unwrap().remove("outputs");
    folder.put("nowhere/run.json", record.to_string());
    let cases: &[&[&str]] = &[
        &["nothing", "--png", "map.png"],
        &["kyoten.toml", "--png", "map.png"],
        &["empty", "--png", "map.png"],
        &["table", "--png", "map.png"],
        &["nowhere", "--png", "map.png"],
        &["run"],
        &["run", "--png", "map.png", "--zone", "centre"],
        &["run", "--png", "map.png", "--size", "B5"],
        &["run", "--png", "map.png", "--dpi", "9600"],
        &["run", "--png", "map.png", "--labels", "fr"],
        &["run", "--png", "no/such/folder/map.png", "--svg", "map.svg"],
        &["run", "--svg", "run"],
        &["run", "--svg", "run/run.json"],
        &["run", "--svg", "map", "--png", "map"],
    ];
    let before = folder.contents();
    let mut said = String::new();
    for case in cases {
        let run = folder.kyoten(&[&["map"], *case].concat());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{case:?}");
        assert_eq!(run.stderr.matches("error:").count(), 1, "{case:?}: {}", run.stderr);
        let _ = writeln!(said, "$ kyoten map {}\n{}", case.join(" "), run.stderr.trim_end());
    }
    assert!(folder.contents() == before, "something was written: {:?}", folder.contents().keys());
    golden!("refused", said);
}

#[test]
fn nothing_reaches_the_scale_bar_however_much_is_to_be_said() {
    let folder = sample_run("geojson");
    let (note, author) = ("注記の文です。".repeat(90), "都市計画課　".repeat(70));
    for (size, portrait) in [("A4", false), ("A4", true), ("A2", false)] {
        let mut arguments = vec!["run", "--svg", "map.svg", "--size", size, "--labels", "both", "--zone", "senior"];
        arguments.extend(["--note", &note, "--author", &author]);
        arguments.extend(portrait.then_some("--portrait"));
        map(&folder, &arguments);
        let svg = folder.text("map.svg");
        let panel = &svg[svg.find("<g id=\"panel\"").unwrap()..];
        // Baseline and height of letters, as attributes of what stands before them.
        let number = |text: &str, name: &str| -> f64 {
            let rest = &text[text.find(name).unwrap() + name.len()..];
            rest[..rest.find('"').unwrap()].parse().unwrap()
        };
        let texts: Vec<(f64, f64, f64, &str)> = panel
            .split("<text ")
            .skip(1)
            .map(|text| {
                let words = &text[text.find('>').unwrap() + 1..];
                (number(text, "x=\""), number(text, " y=\""), number(text, "font-size=\""), words)
            })
            .collect();
        let at = texts.iter().position(|(.., words)| words.starts_with("1:")).unwrap();
        let (left, base, high, _) = texts[at];
        let above = texts[..at].iter().filter(|(x, ..)| *x >= left);
        let lowest = above.map(|(_, y, size, _)| y + 0.25 * size).fold(0.0, f64::max);
        assert!(lowest > 0.0 && lowest < base - high, "{size}: {lowest} {base}");
        let of_author = texts[at..].iter().filter(|(.., words)| words.contains("都市計画課")).count();
        assert_eq!(of_author, 3, "{size}: it is cut");
    }
}

#[test]
fn the_sheet_of_sites_shows_the_zones_in_which_they_must_lie() {
    let folder = sample_run("geojson");
    map(&folder, &["run", "--svg", "map.svg", "--zone", "senior_site", "--labels", "ja"]);
    let sites = texts(&folder.text("map.svg"));
    let has = |texts: &[String], words: &str| texts.iter().any(|one| one == words);
    for status in ["該当", "見込み", "判定不能"] {
        assert!(has(&sites, &format!("高齢者交流拠点区域の候補（{status}）")), "{sites:?}");
    }
    assert!(!has(&sites, "高齢者交流拠点区域内"), "one line is enough: {sites:?}");
    map(&folder, &["run", "--svg", "map.svg", "--zone", "senior", "--labels", "ja"]);
    assert!(has(&texts(&folder.text("map.svg")), "候補区域（該当）"));
}

/// How often bytes stand in a file.
fn times(file: &[u8], part: &str) -> usize {
    file.windows(part.len()).filter(|window| *window == part.as_bytes()).count()
}

#[test]
fn a_pdf_has_the_size_of_its_sheet_and_brings_its_letters() {
    let folder = sample_run("geojson");
    let told = map(&folder, &["run", "--pdf", "map.pdf", "--size", "A2"]);
    assert!(told.stdout.contains("map.pdf (A2, 1:"), "{}", told.stdout);
    map(&folder, &["run", "--pdf", "again.pdf", "--svg", "map.svg", "--size", "A2"]);
    let file = folder.bytes("map.pdf");
    assert!(file == folder.bytes("again.pdf"));
    // 594 × 420 mm in points.
    assert!(times(&file, "/MediaBox [0 0 1683.7") == 1, "{}", String::from_utf8_lossy(&file[..2000]));
    assert_eq!((times(&file, "/FontFile2"), times(&file, "/ToUnicode"), times(&file, "/Type /Page\n")), (1, 1, 1));
}

#[test]
fn an_atlas_has_a_sheet_for_each() {
    let folder = sample_run("geojson");
    let zones = folder.json("run/zones.geojson");
    let central: Vec<&str> = zones["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|zone| &zone["properties"])
        .filter(|zone| zone["zone"] == "central")
        .map(|zone| zone["id"].as_str().unwrap())
        .collect();
    let sheets = |arguments: &[&str]| {
        let told = map(&folder, &[&["run", "--pdf", "atlas.pdf", "--size", "A4", "--atlas"], arguments].concat());
        assert!(told.stdout.contains("atlas.pdf (A4, "), "{}", told.stdout);
        times(&folder.bytes("atlas.pdf"), "/MediaBox")
    };
    assert_eq!(sheets(&["zones"]), central.len());
    assert_eq!(sheets(&["zones", central[1]]), 1);
    assert_eq!(sheets(&["parcels", "2-1", "1-2"]), 2);
}

/// The texts of a PDF, where the tool for it is there: one of Poppler's.
fn texts_of_pdf(folder: &Folder, name: &str) -> Option<String> {
    let done = std::process::Command::new("pdftotext").arg(folder.path().join(name)).arg("-").output().ok()?;
    assert!(done.status.success());
    Some(String::from_utf8(done.stdout).unwrap())
}

#[test]
fn the_sheet_of_a_parcel_tells_of_its_site_what_the_run_does() {
    let folder = sample_run("geojson");
    let parcels = folder.json("run/parcels.geojson");
    let parcels = parcels["features"].as_array().unwrap();
    let of = |is_meant: &dyn Fn(&serde_json::Value) -> bool| {
        let found = parcels.iter().map(|one| &one["properties"]).find(|one| is_meant(one)).unwrap();
        found["kyoten_id"].as_str().unwrap().to_owned()
    };
    let metres = |one: &serde_json::Value| one["same_kind_facility_m"].as_f64().unwrap_or(f64::INFINITY);
    let area = |one: &serde_json::Value| one["area_m2"].as_f64().unwrap_or(0.0);
    let eligible = of(&|one| one["senior_site"] == "eligible");
    let small = of(&|one| area(one) > 0.0 && area(one) < 300.0 && metres(one) >= 700.0);
    let near = of(&|one| area(one) >= 300.0 && metres(one) < 700.0);
    for (id, answers) in [
        (&eligible, ["満たす（", "満たす（"]),
        (&small, ["満たさない（", "満たす（"]),
        (&near, ["満たす（", "満たさない（"]),
    ] {
        let arguments =
            ["run", "--pdf", "atlas.pdf", "--labels", "ja", "--zone", "senior_site", "--atlas", "parcels", id];
        map(&folder, &arguments);
        let Some(text) = texts_of_pdf(&folder, "atlas.pdf") else { return };
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        for (answer, needed) in answers.iter().zip(["基準値 300 m²以上", "基準値 700 m以上"]) {
            let told = lines.iter().find(|line| line.contains(needed)).unwrap_or_else(|| panic!("{needed}: {text}"));
            assert!(told.starts_with(answer), "{id}: {told}");
        }
    }
}

#[test]
fn an_atlas_of_what_is_not_there_is_refused() {
    let folder = sample_run("geojson");
    for (arguments, said) in [
        (&["zones", "central-99"][..], "the run has no “central-99”"),
        (&["parcels", "9-9-9"], "the run has no “9-9-9”"),
        (&["parcels"], "--atlas is not understood"),
        (&["streets"], "--atlas is not understood"),
        (&["zones", "--zone", "senior_site"], "nothing to make an atlas of"),
    ] {
        let told = folder.kyoten(&[&["map", "run", "--pdf", "atlas.pdf", "--atlas"], arguments].concat());
        assert_eq!(told.status, 2, "{arguments:?}");
        assert!(told.stderr.contains(said), "{arguments:?}: {}", told.stderr);
        assert!(!folder.names("").contains(&"atlas.pdf".to_owned()));
    }
}
