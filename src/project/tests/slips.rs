//! Whole project files with slips, and texts of all kinds that must not make the search for them panic.

use proptest::prelude::*;

use super::{what, with_parcels};
use crate::diagnostics::{Diagnose as _, Diagnostic};
use crate::project::Project;
use crate::settings::{Misread, NotToml, Slip};

/// What is told of lines behind one with the parcels.
fn told(lines: &str) -> Vec<Diagnostic> {
    with_parcels(lines).expect_err(lines).diagnostics()
}

/// The one thing that is told: its name, line and column, message and help.
fn one(lines: &str) -> (&'static str, String, String, String) {
    let told = told(lines);
    assert_eq!(told.len(), 1, "{lines}: {told:?}");
    let one = &told[0];
    let place = one.place.clone().unwrap_or_default().replace("city/kyoten.toml:", "");
    let help = one.help.clone().map(|help| help.ja.into_owned()).unwrap_or_default();
    (one.id, place, one.message.ja.to_string(), help)
}

/// The line that the help offers.
fn mend(help: &str) -> &str {
    help.strip_prefix('`').and_then(|rest| rest.strip_suffix("` と書いてください。")).unwrap_or(help)
}

#[test]
fn signs_of_full_width_are_named_with_the_line_to_write() {
    let (id, place, message, help) = one("[thresholds]\nstation_radius_m ＝ 800");
    assert_eq!((id, place.as_str()), ("project-full-width-sign", "3:18"));
    assert_eq!(message, "「＝」（U+FF1D、全角の等号）は、ここでは使えません。");
    assert_eq!(help, "`station_radius_m = 800` と書いてください。");
    for (lines, place, named, right) in [
        ("name　= 'a'", "2:5", "「　」（U+3000、全角の空白）", "name = 'a'"),
        ("　name = 'a'", "2:1", "「　」（U+3000、全角の空白）", "name = 'a'"),
        ("name = 'a'　", "2:11", "「　」（U+3000、全角の空白）", "name = 'a'"),
        (
            "name = “焼津”",
            "2:8",
            "「“」（U+201C、全角の二重引用符）、「”」（U+201D、全角の二重引用符）",
            "name = \"焼津\"",
        ),
        ("name = ”焼津”", "2:8", "「”」（U+201D、全角の二重引用符）", "name = \"焼津\""),
        ("name = \"焼津”", "2:11", "「”」（U+201D、全角の二重引用符）", "name = \"焼津\""),
        ("name = 「焼津」", "2:8", "「「」（U+300C、かぎ括弧）、「」」（U+300D、かぎ括弧）", "name = \"焼津\""),
        ("［thresholds］", "2:1", "「［」（U+FF3B、全角の角括弧）、「］」（U+FF3D、全角の角括弧）", "[thresholds]"),
        ("[thresholds］", "2:12", "「］」（U+FF3D、全角の角括弧）", "[thresholds]"),
        ("layers.gtfs = ['a'、'b']", "2:19", "「、」（U+3001、読点）", "layers.gtfs = ['a','b']"),
        ("layers.gtfs = ['a'，'b']", "2:19", "「，」（U+FF0C、全角のコンマ）", "layers.gtfs = ['a','b']"),
        ("layers.did = ｛ path = 'a' }", "2:14", "「｛」（U+FF5B、全角の波括弧）", "layers.did = { path = 'a' }"),
        ("layers．did = 'a'", "2:7", "「．」（U+FF0E、全角のピリオド）", "layers.did = 'a'"),
        ("＃ 注", "2:1", "「＃」（U+FF03、全角のシャープ）", "# 注"),
    ] {
        let (id, at, message, help) = one(lines);
        assert_eq!((id, at.as_str(), mend(&help)), ("project-full-width-sign", place, right), "{lines}");
        assert_eq!(message, format!("{named}は、ここでは使えません。"));
    }
}

#[test]
fn english_names_them_too() {
    let told = told("name　＝ 'a'");
    let said =
        "TOML does not know \"\u{3000}\" (U+3000, full-width space), \"＝\" (U+FF1D, full-width equals sign) here";
    assert_eq!(told[0].message.en, said);
    assert_eq!(told[0].help.as_ref().expect("it has").en, "write `name = 'a'`");
}

#[test]
fn a_list_over_several_lines_is_told_by_line() {
    let lines = "layers.gtfs = ［\r\n  “a.zip”、\r\n  'b.zip'，\r\n］\r\n";
    let told = told(lines);
    let places: Vec<&str> =
        told.iter().filter_map(|one| one.place.as_deref()?.split_once(':')).map(|(_, at)| at).collect();
    assert_eq!(places, ["2:15", "3:3", "4:10", "5:1"]);
    assert!(told.iter().all(|one| one.id == "project-full-width-sign"));
    let helps: Vec<&str> = told.iter().filter_map(|one| Some(mend(&one.help.as_ref()?.ja))).collect();
    assert_eq!(helps, ["layers.gtfs = [", "\"a.zip\",", "'b.zip',", "]"]);
}

#[test]
fn digits_of_full_width_are_told_with_and_without_quotes() {
    for (lines, place, written, right) in [
        ("[thresholds]\nmin_site_m2 = ３００", "3:15", "３００", "min_site_m2 = 300"),
        ("[thresholds]\nmin_site_m2 = \"３００\"", "3:15", "３００", "min_site_m2 = 300"),
        ("[thresholds]\nmin_public_land = ０．１５", "3:19", "０．１５", "min_public_land = 0.15"),
        ("plane = ８", "2:9", "８", "plane = 8"),
        ("plane = '８'", "2:9", "８", "plane = 8"),
        ("municipality = ２２２１２", "2:16", "２２２１２", "municipality = \"22212\""),
        ("municipality = \"２２２１２\"", "2:16", "２２２１２", "municipality = \"22212\""),
        ("excluded_municipalities = ['13101', '２２２１２']", "2:37", "２２２１２", "\"22212\""),
        ("[transit]\nday = '２０２６-０６-０３'", "3:7", "２０２６-０６-０３", "day = \"2026-06-03\""),
    ] {
        let (id, at, message, help) = one(lines);
        assert_eq!((id, at.as_str(), mend(&help)), ("project-full-width-digits", place, right), "{lines}");
        assert_eq!(message, format!("「{written}」は全角の数字で書かれています。"));
    }
    let headway = "[scenario]\nnote = 'n'\nheadway = { route = 'r', minutes = 5, from = '７：００', to = '9:00' }";
    assert_eq!(mend(&one(headway).3), "from = \"7:00\"");
}

#[test]
fn a_number_with_a_unit_is_told_with_and_without_quotes() {
    for (lines, place, written, right) in [
        ("[thresholds]\nstation_radius_m = 800m", "3:20", "800m", "station_radius_m = 800"),
        ("[thresholds]\nstation_radius_m = \"800m\"", "3:20", "800m", "station_radius_m = 800"),
        ("[thresholds]\nstation_radius_m = 0.8 km # 徒歩圏", "3:20", "0.8 km", "station_radius_m = 800 # 徒歩圏"),
        ("[thresholds]\nmin_site_m2 = ３００㎡", "3:15", "３００㎡", "min_site_m2 = 300"),
        ("[thresholds]\nmin_public_land = 15%", "3:19", "15%", "min_public_land = 0.15"),
        ("[thresholds]\nmin_public_land = '15％'", "3:19", "15％", "min_public_land = 0.15"),
        (
            "layers.stops = { path = 'a', peak_trips = 3本/時 }",
            "2:43",
            "3本/時",
            "layers.stops = { path = 'a', peak_trips = 3 }",
        ),
        ("plane = 8系", "2:9", "8系", "plane = 8"),
    ] {
        let (id, at, message, help) = one(lines);
        assert_eq!((id, at.as_str(), mend(&help)), ("project-number-with-unit", place, right), "{lines}");
        assert_eq!(message, format!("「{written}」には単位が付いています。書けるのは数だけです。"));
    }
    let (.., help) = one("[thresholds]\nstation_radius_m = 10分");
    assert_eq!(help, "単位を付けず、mでの数だけを書いてください。");
    assert_eq!(one("[thresholds]\nhub_radius_m = 5,000").0, "project-number-with-commas");
    assert_eq!(mend(&one("[thresholds]\nhub_radius_m = '5,000'").3), "hub_radius_m = 5000");
    let (id, .., help) = one("municipality = 01100");
    assert_eq!((id, mend(&help)), ("project-code-without-quotes", "municipality = \"01100\""));
}

#[test]
fn paths_of_windows_in_double_quotes_are_told_with_the_line_to_write() {
    let (id, place, message, help) = one(r#"layers.did = "C:\Users\plan\did.shp""#);
    assert_eq!((id, place.as_str()), ("project-backslash", "2:17"));
    assert!(message.contains("（U+005C、円記号・バックスラッシュ）") && message.contains("「\\U」"), "{message}");
    assert_eq!(mend(&help), r"layers.did = 'C:\Users\plan\did.shp'");
    for (line, place, right) in [
        (r#"layers.did = "D:\data\did.shp""#, "2:17", r"layers.did = 'D:\data\did.shp'"),
        (
            r#"layers.did = { path = "D:\new\図.shp", crs = "EPSG:6676" }"#,
            "2:26",
            r#"layers.did = { path = 'D:\new\図.shp', crs = "EPSG:6676" }"#,
        ),
        (
            r#"layers.gtfs = ["C:\new\a.zip", "\\server\feeds\b.zip"]"#,
            "2:19",
            r"layers.gtfs = ['C:\new\a.zip', '\\server\feeds\b.zip']",
        ),
        (r#"layers.gtfs = "C:\feeds\""#, "2:18", r"layers.gtfs = 'C:\feeds\'"),
    ] {
        let (id, at, _, help) = one(line);
        assert_eq!((id, at.as_str(), mend(&help)), ("project-backslash", place, right), "{line}");
    }
}

#[test]
fn escapes_that_make_control_characters_of_a_path_are_told() {
    let (id, place, message, help) = one(r#"layers.did = "C:\new\temp""#);
    assert_eq!((id, place.as_str()), ("project-control-in-path", "2:14"));
    assert_eq!(message, r"パス「C:\new\temp」の「\n」「\t」は、二重引用符の中では改行やタブなどの制御文字になります。");
    assert_eq!(mend(&help), r"did = 'C:\new\temp'");
    for (line, right) in [
        (r#"layers.did = { path = "C:\\data\new.shp" }"#, r"path = 'C:\data\new.shp'"),
        (r#"layers.gtfs = ["a.zip", "C:\feeds\b.zip"]"#, r"'C:\feeds\b.zip'"),
        ("[prospective]\ndid = { path = \"r\\x1bt.shp\", note = 'n' }", r"path = 'r\et.shp'"),
    ] {
        let (id, _, _, help) = one(line);
        assert_eq!((id, mend(&help)), ("project-control-in-path", right), "{line}");
    }
    let two = told(r#"layers.gtfs = ["C:\new", "C:\temp"]"#);
    assert_eq!(two.len(), 2);
    assert!(with_parcels("name = \"two\\nlines\"").is_ok(), "a name is no path");
}

#[test]
fn what_is_toml_is_not_looked_at() {
    let project = with_parcels(
        "# 全角　＝　“注”、３００㎡\nname = \"“焼津”　＝　【市】、３００㎡\" # ＝\nlayers.did = '新　データ（３）、“C:\\new”.shp'\n\
         [waive]\nin-did = '''\n　＝　“\n'''",
    );
    let project = project.expect("all of it is TOML");
    assert_eq!(project.name, "“焼津”　＝　【市】、３００㎡");
}

#[test]
fn only_slips_that_are_to_blame_are_told() {
    // The parser stops before the sign that is not TOML's.
    for line in ["name = 焼津、市", "name = 焼津　市", "これは注です。", "name = 'a' 、", "a = \"\"\"　＝"]
    {
        let told = told(line);
        let ids: Vec<&str> = told.iter().map(|one| one.id).collect();
        assert_eq!(ids, ["project-not-toml"], "{line}");
    }
    // What is wrong beside a slip is told beside it, and a line with both has no line to write.
    let told = told("name　= 'a\nplane = = 8");
    assert_eq!(told.iter().map(|one| one.id).collect::<Vec<_>>(), ["project-full-width-sign", "project-not-toml"]);
    assert_eq!(told[0].help.as_ref().expect("it has").ja, "半角の空白で書いてください。");
}

#[test]
fn a_mended_file_is_toml() {
    let slipped =
        "layers．parcels　＝　“p.geojson”\n［thresholds］\nstation_radius_m ＝ ８００ｍ\nmin_public_land = 15％\n";
    let read = || Project::parse(slipped, std::path::Path::new("city/kyoten.toml"));
    let error = read().expect_err("it has slips");
    assert!(matches!(what(read()), Some(Misread::Syntax(_))), "{error}");
    let lines: Vec<String> = error.help().iter().map(|help| mend(&help.ja).to_owned()).collect();
    let project = with_parcels(&lines[1..].join("\n")).expect("the lines to write are right");
    assert_eq!(
        (project.rules.thresholds.get("station_radius_m"), project.rules.thresholds.get("min_public_land")),
        (Some(800.0), Some(0.15))
    );
    assert_eq!(lines[0], "layers.parcels = \"p.geojson\"");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = with_parcels(&text).map_err(|error| error.diagnostics());
    }

    #[test]
    fn no_slips_make_it_panic(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "name", "plane", "municipality", "station_radius_m", "layers", "did", "path", "＝", "=", "　", " ", "“", "”", "\"", "'", "’",
            "「", "」", "［", "]", "[", "】", "｛", "}", "{", "、", ",", "．", ".", "\n", "\r\n", "\r", "＃", "#", "８００", "0", "1,000", "m", "％",
            "㎡", "\\", "C:\\", "\\U", "\\\\", "\\\"", "\\n", "焼津", "\u{7}", "\u{feff}", "\u{202e}", "\"\"\"", "'''", "－", "\t",
        ]),
        0..40,
    )) {
        let text = pieces.concat();
        if let Err(error) = with_parcels(&text) {
            for one in error.diagnostics() {
                prop_assert!(!one.message.ja.chars().any(char::is_control), "{:?}", one.message);
                prop_assert!(!one.help.iter().any(|help| help.ja.chars().any(char::is_control)), "{:?}", one.help);
            }
        }
    }

    /// A line to write is right: in its place the line has no fault.
    #[test]
    fn a_line_to_write_is_toml(pieces in prop::collection::vec(
        prop::sample::select(vec!["＝", "=", "　", " ", "“", "”", "\"", "'", "a", "8", "８", "m", "、", ",", "［", "]", "C:\\d", "#"]),
        1..12,
    )) {
        let line = format!("stop_group_m{}", pieces.concat());
        let text = format!("layers.parcels = 'p'\n[transit]\n{line}");
        let read = |text: &str| what(Project::parse(text, std::path::Path::new("kyoten.toml")));
        if let Some(Misread::Syntax(faults)) = read(&text) {
            for fault in faults {
                if let NotToml::Slip(Slip { mend: Some(mend), .. }) = &fault.found {
                    let again = read(&text.replace(&line, mend));
                    prop_assert!(!matches!(again, Some(Misread::Syntax(_))), "{line:?}: {mend:?}");
                }
            }
        }
    }
}
