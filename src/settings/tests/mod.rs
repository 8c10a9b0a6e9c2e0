//! A file of another kind than those that there are, read with everything that a reader may ask.

mod said;

use std::path::Path;

use super::*;
use crate::diagnostics::{Diagnose as _, Diagnostic};

/// A kind of file for tests.
pub(super) static SAMPLE: FileKind = FileKind {
    ids: ids!("sample"),
    name: Text::new("見本", "sample"),
    if_unread: Text::new("見本を指定してください。", "give a sample"),
    if_too_large: Text::new("見本を指定してください。", "give a sample"),
    if_another: Text::new("見本ではないようです。", "this is no sample"),
    unit_of,
    is_code: |key| key == "municipality",
};

fn unit_of(key: &str) -> Option<&'static str> {
    match key {
        "station_radius_m" => Some("m"),
        "min_public_land" => Some("share"),
        "peak_trips" => Some("departures/h"),
        _ => None,
    }
}

/// What a text reads as.
fn read_as<T>(text: &str, understand: impl FnOnce(TomlTable<'_>) -> T) -> Result<T, SettingsError> {
    read(text, Path::new("rules/own.toml"), &SAMPLE, understand)
}

/// What is told of a text: place, name, message and help, in English.
fn told<T>(text: &str, understand: impl FnOnce(TomlTable<'_>) -> T) -> Vec<String> {
    let Err(error) = read_as(text, understand) else { return Vec::new() };
    let line = |one: &Diagnostic| {
        let help = one.help.as_ref().map(|help| format!(" ({})", help.en)).unwrap_or_default();
        format!("{} {}: {}{help}", one.place.clone().unwrap_or_default(), one.id, one.message.en)
    };
    error.diagnostics().iter().map(line).collect()
}

const RULES: &str = r#"
title = { ja = "市の基準", en = "the city's rules" }
source = "要綱"

[zones.urban]
all_of = ["near", ["in-a", "in-b"]]
[zones.local]
all_of = ["near"]
[zones.central]
all_of = ["in-a"]
"#;

/// The words of groups.
fn words(groups: &[Vec<Entry<'_>>]) -> Vec<Vec<String>> {
    let word = |entry: &Entry<'_>| entry.as_text().unwrap_or_default().to_owned();
    groups.iter().map(|group| group.iter().map(word).collect()).collect()
}

const CRITERIA: Text = Text::new("条件の一覧", "a list of criteria, and of lists of them");

#[test]
fn a_file_is_read_in_its_own_order() {
    let read = read_as(RULES, |root| {
        let root = root.knowing(&["title", "source", "zones"]);
        let texts = ["title", "source"].map(|key| root.get(key).and_then(|entry| entry.in_both()).expect(key));
        let zones = root.get("zones").and_then(|entry| entry.table()).map(|zones| zones.entries()).unwrap_or_default();
        let zone = |zone: &Entry<'_>| {
            let asked = zone.table()?.needed("all_of", CRITERIA)?.groups(&CRITERIA)?;
            Some((zone.key().to_owned(), words(&asked)))
        };
        (texts, zones.iter().filter_map(zone).collect::<Vec<_>>())
    });
    let ([title, source], zones) = read.expect("it is right");
    assert_eq!((title.ja.as_ref(), title.en.as_ref()), ("市の基準", "the city's rules"));
    assert_eq!((source.ja.as_ref(), source.en.as_ref()), ("要綱", "要綱"), "one text for both");
    let names: Vec<&str> = zones.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["urban", "local", "central"]);
    assert_eq!(zones[0].1, [vec!["near".to_owned()], vec!["in-a".to_owned(), "in-b".to_owned()]]);
}

#[test]
fn a_text_in_two_languages_that_has_not_both_is_told() {
    let said = |value: &str| {
        told(&format!("\n[zone]\nname = {value}"), |root| {
            root.get("zone").and_then(|entry| entry.table())?.get("name")?.in_both()
        })
    };
    let how = "(write `name = { ja = \"…\", en = \"…\" }`, or `name = \"…\"` where both are the same)";
    for (value, wanted) in [
        ("{ ja = '区域' }", format!("rules/own.toml:3 sample-language-missing: `name` in [zone] has no English (`en`) {how}")),
        ("{ en = 'zone' }", format!("rules/own.toml:3 sample-language-missing: `name` in [zone] has no Japanese (`ja`) {how}")),
        (
            "3",
            "rules/own.toml:3 sample-value-type: `name` in [zone] must be a text in quotes, or a table { ja = \"…\", en = \"…\" }, \
             not the number 3 (write `name` as a text in quotes, or a table { ja = \"…\", en = \"…\" })"
                .to_owned(),
        ),
        (
            "{ ja = '区域', en = ' ' }",
            "rules/own.toml:3 sample-value-empty: `en` in [zone.name] is empty (give `en` a value, or take the line out)"
                .to_owned(),
        ),
        (
            "{ ja = '区域', en = 'zone', eng = 'zone' }",
            "rules/own.toml:3 sample-key-unknown: unknown key `eng` in [zone.name]; did you mean `en`? (keys in [zone.name]: ja, en)"
                .to_owned(),
        ),
    ] {
        assert_eq!(said(value), [wanted], "{value}");
    }
    assert_eq!(said("{}").len(), 2);
    assert_eq!(said("''").len(), 1);
}

#[test]
fn every_item_of_a_list_has_its_own_line() {
    let known = ["near".to_owned(), "in-a".to_owned()];
    let text = "all_of = [\n  'near',\n  ['in-a',\n   'in_a'],\n  'far',\n]";
    let said = told(text, |root| {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let groups = root.get("all_of").and_then(|entry| entry.groups(&CRITERIA)).unwrap_or_default();
        groups.iter().flatten().filter_map(|item| item.one_of(&known, |id| id)).count()
    });
    let wanted = |line: usize, value: &str, nearest: &str| {
        format!(
            "rules/own.toml:{line} sample-value-unknown: `all_of` at the top level is \"{value}\", which there is not; did you mean \
             \"{nearest}\"? (values of `all_of`: near, in-a)"
        )
    };
    assert_eq!(said, [wanted(4, "in_a", "in-a"), wanted(5, "far", "near")]);
}

#[test]
fn lists_of_texts_and_lists_hold_nothing_else() {
    let said = |value: &str| {
        told(&format!("a = {value}"), |root| root.get("a")?.groups(&CRITERIA).map(|groups| words(&groups)))
    };
    let must = "must be a list of criteria, and of lists of them";
    for (value, wanted) in [
        ("'near'", format!("`a` at the top level {must}, not the text \"near\"")),
        ("{}", format!("`a` at the top level {must}, not a table")),
        ("['near', 3]", format!("`a` at the top level {must}, not the number 3")),
        ("[['near', ['far']]]", format!("`a` at the top level {must}, not a list with a list")),
        ("[]", "`a` at the top level is empty".to_owned()),
        ("['near', []]", "`a` at the top level is empty".to_owned()),
        ("[['near', '']]", "`a` at the top level is empty".to_owned()),
    ] {
        let said = said(value);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains(&wanted), "{said:?}");
    }
    assert_eq!(said("['', 3]").len(), 2, "everything in it is looked at");
}

#[test]
fn a_reader_tells_what_only_it_knows_at_the_line_of_a_value_or_a_table() {
    let text = "\n[criteria.near]\nwithin = 'radius'\n[criteria.inside]\nlayers = ['did',\n 'did']";
    let said = told(text, |root| {
        let criteria = root.get("criteria").and_then(|entry| entry.table()).expect("it is there");
        let table = |key: &str| criteria.get(key).and_then(|entry| entry.table()).expect(key);
        let (near, inside) = (table("near"), table("inside"));
        let within = near.get("within").expect("it is there");
        let message = text!("{key} が循環しています。", "{key} leads to itself", key = within.path().text());
        within.report(Diagnostic::error("sample-loop", message));
        let twice = Diagnostic::error("sample-twice", Text::new("2回あります。", "stands twice"));
        inside.get("layers").expect("it is there").items()[1].report(twice.at("nowhere"));
        inside.report(
            Diagnostic::error("sample-odd", Text::new("変です。", "is odd")).help(Text::new("直す。", "mend it")),
        );
    });
    assert_eq!(
        said,
        [
            "rules/own.toml:3 sample-loop: `within` in [criteria.near] leads to itself",
            "rules/own.toml:4 sample-odd: is odd (mend it)",
            "rules/own.toml:6 sample-twice: stands twice",
        ]
    );
}

#[test]
fn where_nothing_is_known_nothing_is_near() {
    let known: [&str; 0] = [];
    let said = told("zone = 'central'", |root| root.get("zone")?.one_of(&known, |id| id).map(str::to_owned));
    assert_eq!(
        said,
        ["rules/own.toml:1 sample-value-unknown: `zone` at the top level is \"central\", and there is none at all"]
    );
}

#[test]
fn slips_are_told_of_every_kind_of_file() {
    for (text, wanted) in [
        ("a ＝ 1", "rules/own.toml:1:3 sample-full-width-sign: "),
        ("station_radius_m = 800m", "rules/own.toml:1:20 sample-number-with-unit: "),
        ("municipality = 01100", "rules/own.toml:1:16 sample-code-without-quotes: "),
        ("other = 800m", "rules/own.toml:1:9 sample-not-toml: "),
    ] {
        let said = told(text, |_| ());
        assert!(said.len() == 1 && said[0].starts_with(wanted), "{said:?}");
    }
    let said =
        told("default = '30本／日'", |root| root.get("default")?.number((0.0, 1000.0), "departures/day", A_NUMBER));
    assert!(said[0].ends_with("(write `default = 30`)"), "{said:?}");
    let said = told("default = 2000", |root| root.get("default")?.number((0.0, 1000.0), "departures/day", A_NUMBER));
    assert!(said[0].contains("must be a number from 0 to 1000 departures/day, not 2000"), "{said:?}");
}

#[test]
fn a_file_is_opened_or_told_why_not() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("own.toml");
    let opened = |bytes: &[u8]| {
        std::fs::write(&file, bytes).expect("it can be written");
        open(&file, &SAMPLE, |root| root.get("a").and_then(|entry| entry.text()))
    };
    let error = open(&file, &SAMPLE, |_| ()).expect_err("there is none");
    assert_eq!(error.diagnostics()[0].message.en, "no such file");
    assert_eq!(opened("\u{feff}a = '焼津'\r\n".as_bytes()).expect("it is right").as_deref(), Some("焼津"));
    let error = opened(b"a = 1\n\nb = '\x8f\xc4'").expect_err("it is Shift_JIS");
    assert!(matches!(error.what, Misread::NotUtf8 { line: 3 }), "{error}");
    let error = opened(&vec![b'#'; LARGEST as usize + 1]).expect_err("it is too large");
    assert!(error.to_string().ends_with("larger than a sample can be (1048576 bytes)"), "{error}");
    let error = opened(b"a = 1").expect_err("it is no text");
    assert!(matches!(&error.what, Misread::Invalid(problems) if problems.len() == 1), "{error}");
}
