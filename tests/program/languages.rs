//! Who reads Japanese reads Japanese, who reads English reads English, and the outputs know of neither.

use crate::support::{Folder, Run, english_prose, japanese_prose, unwrapped};

/// The same in both languages.
fn both(folder: &Folder, arguments: &[&str]) -> [Run; 2] {
    ["en", "ja"].map(|lang| folder.kyoten_with(arguments, &[("KYOTEN_LANG", lang)]))
}

/// No line of the one language's prose in the other, on either stream.
fn each_keeps_to_its_language(told: &[Run; 2]) {
    for text in [&told[0].stdout, &told[0].stderr] {
        assert_eq!(japanese_prose(text), None);
    }
    japanese_keeps_to_it(told);
}

/// The same where the city's own data, which are Japanese, are shown to both.
fn japanese_keeps_to_it([en, ja]: &[Run; 2]) {
    assert_eq!(en.status, ja.status);
    for text in [&ja.stdout, &ja.stderr] {
        assert_eq!(english_prose(text), None);
        assert!(!text.contains('〓'), "{text}");
    }
}

/// How many places a line takes on the terminal.
fn places(line: &str) -> usize {
    line.chars().map(|sign| if sign.is_ascii() || ('\u{80}'..'\u{2e80}').contains(&sign) { 1 } else { 2 }).sum()
}

const COMMANDS: [&str; 14] = [
    "run",
    "demo",
    "init",
    "check",
    "inspect",
    "peaks",
    "serve",
    "map",
    "diff",
    "criteria",
    "municipality",
    "support",
    "completions",
    "man",
];

#[test]
fn help_is_of_one_language() {
    let folder = Folder::new();
    each_keeps_to_its_language(&both(&folder, &["--help"]));
    for command in COMMANDS {
        let help = both(&folder, &[command, "--help"]);
        each_keeps_to_its_language(&help);
        assert!(
            help[1].stdout.contains("使い方: kyoten") && help[1].stdout.contains("すべてのコマンドに共通"),
            "{command}"
        );
        for word in ["Usage", "Options", "Arguments", "Print help", "[default", "possible values"] {
            assert!(!help[1].stdout.contains(word), "{command}: {word}");
        }
    }
}

#[test]
fn wrong_usage_is_told_in_one_language() {
    let folder = Folder::new();
    for arguments in [
        &["run"][..],
        &["rum", "city"],
        &["run", "city", "--formt", "csv"],
        &["run", "city", "--format"],
        &["run", "city", "--threads", "many"],
        &["run", "city", "--strict=all"],
        &["run", "city", "-q", "-v"],
        &["peaks", "feed.zip", "--date", "2026-13-01"],
        &["map", "out", "--png", "a.png", "--size", "B5"],
        &["criteria", "in-didd"],
        &["completions", "dos"],
    ] {
        let told = both(&folder, arguments);
        assert_eq!(told[0].status, 2, "{arguments:?}");
        each_keeps_to_its_language(&told);
        assert!(told[1].stderr.starts_with("エラー: "), "{arguments:?}: {}", told[1].stderr);
        assert!(told[0].stderr.starts_with("error: "), "{arguments:?}: {}", told[0].stderr);
    }
}

#[test]
fn the_option_goes_before_the_variable_and_that_before_the_locale() {
    let folder = Folder::new();
    let told = |arguments: &[&str], variables: &[(&str, &str)]| folder.kyoten_with(arguments, variables).stderr;
    let japanese = |text: String| text.starts_with("エラー");
    assert!(japanese(told(&["run", "none"], &[("KYOTEN_LANG", "ja")])));
    assert!(!japanese(told(&["--lang", "en", "run", "none"], &[("KYOTEN_LANG", "ja")])));
    assert!(japanese(told(&["run", "none", "--lang=ja"], &[("KYOTEN_LANG", "en")])));
    assert!(japanese(told(&["run", "none"], &[("KYOTEN_LANG", ""), ("LC_ALL", "ja_JP.UTF-8")])));
    assert!(!japanese(told(&["run", "none"], &[("KYOTEN_LANG", ""), ("LC_ALL", "C")])));
}

#[test]
fn outputs_do_not_depend_on_the_language() {
    let folder = Folder::with_sample();
    let arguments = ["run", "city", "--format", "geojson,csv,fgb", "--out", "out"];
    let mut outputs = Vec::new();
    let runs = ["en", "ja"].map(|lang| {
        let run = folder.kyoten_with(&arguments, &[("KYOTEN_LANG", lang)]);
        let mut files = folder.contents();
        files.retain(|name, _| name.starts_with("out") && !name.ends_with("times.json"));
        outputs.push(files);
        std::fs::remove_dir_all(folder.path().join("out")).unwrap();
        run
    });
    japanese_keeps_to_it(&runs);
    assert!(outputs[0].len() > 10 && outputs[0] == outputs[1]);
}

#[test]
fn the_summary_fits_eighty_columns_and_says_each_thing_once() {
    let folder = Folder::with_sample();
    for run in both(&folder, &["run", "city", "--out", "out", "--verbose", "--peak-variants"]) {
        assert_eq!(run.status, 0, "{}", run.stderr);
        let mut advice: Vec<&str> = Vec::new();
        for line in run.stdout.lines() {
            assert!(places(line) <= 80, "{} places: {line}", places(line));
            if line.starts_with("    → ") {
                advice.push(line);
            }
        }
        let all = advice.len();
        advice.sort_unstable();
        advice.dedup();
        assert_eq!(advice.len(), all, "{}", run.stdout);
    }
}

#[test]
fn what_looks_at_files_speaks_one_language() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "csv"]);
    std::fs::remove_file(folder.path().join("city/kyoten.toml")).unwrap();
    let files: Vec<String> = folder.names("city").into_iter().map(|name| format!("city/{name}")).collect();
    for file in &files {
        let seen = both(&folder, &["inspect", file]);
        if seen[0].status == 0 {
            japanese_keeps_to_it(&seen);
        }
    }
    japanese_keeps_to_it(&both(&folder, &["init", "city", "--out", "made.toml", "--force"]));
    japanese_keeps_to_it(&both(&folder, &["diff", "out", "out"]));
    for id in ["in-did", "near-frequent-transit", "clear-of-same-kind"] {
        assert_eq!(english_prose(&folder.kyoten_in_japanese(&["criteria", id]).stdout), None);
    }
}

#[test]
fn a_file_that_is_there_is_written_over_only_by_force() {
    let folder = Folder::with_sample();
    folder.put("mine.toml", "# mine\n");
    let refused = folder.kyoten(&["init", "city", "--out", "mine.toml"]);
    assert_eq!((refused.status, folder.text("mine.toml").as_str()), (2, "# mine\n"));
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    let written = folder.kyoten_in_japanese(&["init", "city", "--out", "mine.toml", "--force"]);
    assert_eq!(written.status, 0, "{}", written.stderr);
    assert!(folder.text("mine.toml").contains("[layers]") && folder.text("city/kyoten.toml").contains("架空市"));
    assert_eq!(folder.names(""), ["city", "mine.toml"]);
    // It stands beside the folder, and its paths lead into it.
    let run = folder.kyoten(&["run", "mine.toml", "--out", "out", "--no-map"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(folder.text("mine.toml").contains("\"city/parcels.geojson\""), "{}", folder.text("mine.toml"));
    folder.put("plans/readme.txt", "");
    let far = folder.kyoten(&["init", "city", "--out", "plans/mine.toml"]);
    assert_eq!(far.status, 0, "{}", far.stderr);
    assert_eq!(folder.kyoten(&["run", "plans/mine.toml", "--out", "far", "--no-map"]).status, 0);
}

#[test]
fn quiet_says_nothing_and_strict_asks_for_more() {
    let folder = Folder::with_sample();
    let run = |more: &[&str]| folder.kyoten(&[&["run", "city", "--out", "out", "--no-map"], more].concat());
    let quiet = run(&["--quiet"]);
    assert_eq!((quiet.status, quiet.stdout.as_str(), quiet.stderr.as_str()), (0, "", ""));
    assert_eq!(run(&["--strict"]).status, 1);
    // A file with one parcel in order: nothing mended, but much that is worth a warning.
    folder.put("one.geojson", ONE);
    folder.put("kyoten.toml", "[layers]\nparcels = \"one.geojson\"\nstops = \"stops.geojson\"\n");
    folder.put("stops.geojson", STOP);
    let one = |strict: &str| folder.kyoten(&["run", "kyoten.toml", "--out", "one", "--no-map", strict]);
    assert_eq!(one("--strict").status, 0, "{}", one("--strict").stdout);
    assert_eq!(one("--strict=warning").status, 1);
    let everything = unwrapped(&run(&["--verbose"]).stdout);
    assert!(everything.contains("note [") && everything.contains("read 0."), "{everything}");
}

const ONE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"1"},"geometry":{"type":"Polygon","coordinates":[[[138.4,34.9],[138.401,34.9],[138.401,34.901],[138.4,34.901],[138.4,34.9]]]}}]}"#;
const STOP: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"東町"},"geometry":{"type":"Point","coordinates":[138.4,34.9]}}]}"#;
