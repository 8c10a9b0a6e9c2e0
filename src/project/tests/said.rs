//! What is said of every fault in both languages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnose, Diagnostic};
use crate::project::{
    CodeFault, DataFile, Fault, KeyPath, NotToml, Problem, ProjectError, Slip, SlipKind, SyntaxFault, WhatIf,
};
use crate::text::Text;
use crate::units::ServiceTime;

/// One of every fault of a key.
fn faults() -> Vec<Fault> {
    let known = || vec!["stations", "stops"];
    let japan = [(122.0, 154.0), (20.0, 46.0)];
    let code = |why| Fault::NotAMunicipality { value: "2221".into(), why };
    let range = |unit| Fault::OutOfRange { value: "-1".into(), range: (0.0, 1.0), unit };
    let all = vec![
        Fault::UnknownKey { nearest: ("stations", true), known: known() },
        Fault::UnknownKey { nearest: ("stations", false), known: known() },
        Fault::WrongType { wanted: Text::new("表", "a table"), found: Text::new("数 3 ", "the number 3") },
        range(Text::same("m")),
        range(Text::new("割合", "share")),
        range(Text::same("")),
        Fault::NotOneOf { value: "x".into(), nearest: "rail", known: vec!["rail", "bus"] },
        code(CodeFault::NotDigits),
        code(CodeFault::NoSuchPrefecture),
        code(CodeFault::Prefecture),
        code(CodeFault::CheckDigit { right: 7 }),
        Fault::Missing { what: Text::new("路線の名前", "the name of the line") },
        Fault::Empty,
        Fault::NotInJapan { at: [34.9, 138.3], ranges: japan },
        Fault::NotInJapan { at: [0.0, 0.0], ranges: japan },
        Fault::NotBoth { other: "route" },
        Fault::NotLater { value: ServiceTime(3600), than: ServiceTime(7200) },
        Fault::NotAnExpectation { what_if: None, possible: known() },
        Fault::NotAnExpectation { what_if: Some(WhatIf::Layer), possible: known() },
        Fault::NotAnExpectation { what_if: Some(WhatIf::LayerOrStops), possible: known() },
        Fault::NotSupposed { possible: known() },
        Fault::NotALayerName,
        Fault::RoleOfKnownLayer { layer: "did" },
        Fault::OtherRole { role: "points", first: "area" },
    ];
    all.into_iter().chain(slips().into_iter().map(Fault::Slip)).collect()
}

/// One of every slip, with the line to write and without.
fn slips() -> Vec<Slip> {
    let kinds = [
        SlipKind::Signs(vec!['\u{3000}', '＝', '“']),
        SlipKind::Digits("３００".into()),
        SlipKind::Unit { written: "800m".into(), unit: "m" },
        SlipKind::Unit { written: "8系".into(), unit: "" },
        SlipKind::Commas("1,000".into()),
        SlipKind::CodeWithoutQuotes("01100".into()),
        SlipKind::Backslash("\\U".into()),
        SlipKind::ControlInPath { path: "C:\\new\\temp".into(), escapes: vec!["\\n".into(), "\\t".into()] },
    ];
    let with = |mend: Option<&str>| {
        kinds.iter().cloned().map(move |kind| Slip { kind, mend: mend.map(str::to_owned) }).collect::<Vec<_>>()
    };
    [with(None), with(Some("a = 1"))].concat()
}

/// One of every error.
fn errors() -> Vec<ProjectError> {
    let file = || PathBuf::from("city/kyoten.toml");
    let key = |table: &str| KeyPath { table: table.into(), key: "did".into() };
    let problems = |table| {
        faults().into_iter().map(|fault| Problem { line: 2, column: 7, key: key(table), fault }).collect::<Vec<_>>()
    };
    let syntax = |found| SyntaxFault { line: 3, column: 9, found };
    let mut all = vec![
        ProjectError::NoProjectFile { folder: "city".into() },
        ProjectError::Read { file: file(), source: std::io::ErrorKind::NotFound.into() },
        ProjectError::Read { file: file(), source: std::io::ErrorKind::PermissionDenied.into() },
        ProjectError::Data { file: file(), data: DataFile::Archive },
        ProjectError::Data { file: file(), data: DataFile::Format(Text::same("JSON")) },
        ProjectError::Data { file: file(), data: DataFile::Ending("csv".into()) },
        ProjectError::TooLarge { file: file(), limit: 9 },
        ProjectError::NotUtf8 { file: file(), line: 4 },
        ProjectError::Syntax { file: "data.bin".into(), faults: vec![syntax(NotToml::Parser("duplicate key".into()))] },
        ProjectError::Syntax { file: file(), faults: vec![syntax(NotToml::Parser("no such sentence".into()))] },
    ];
    let slips = slips().into_iter().map(|slip| syntax(NotToml::Slip(slip)));
    all.extend(slips.map(|fault| ProjectError::Syntax { file: file(), faults: vec![fault] }));
    // One each, for a file with many would not show all.
    let each = [problems(""), problems("layers")].concat();
    all.extend(each.into_iter().map(|problem| ProjectError::Invalid { file: file(), problems: vec![problem] }));
    all.push(ProjectError::Invalid { file: file(), problems: [problems(""), problems("layers")].concat() });
    all
}

fn told() -> Vec<Diagnostic> {
    errors().iter().flat_map(Diagnose::diagnostics).collect()
}

#[test]
fn every_fault_has_its_own_name() {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for one in told() {
        let kebab = one.id.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(kebab && !one.id.is_empty(), "{}", one.id);
        seen.entry(one.id).or_default();
    }
    // Names by variant: two variants have one name only where they say the same of two things.
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let variants: Vec<(String, &str)> = faults()
        .iter()
        .map(|fault| {
            let problem = Problem {
                line: 1,
                column: 1,
                key: KeyPath { table: String::new(), key: "did".into() },
                fault: fault.clone(),
            };
            let error = ProjectError::Invalid { file: "f".into(), problems: vec![problem] };
            let variant = format!("{fault:?}");
            // `Slip(Slip { kind: Signs(…` and `NotAMunicipality { … why: Prefecture` are named by what is in them.
            let inner = variant.split("kind: ").nth(1).or(variant.split("why: ").nth(1)).unwrap_or(&variant);
            let name: String = inner.chars().take_while(|sign| sign.is_alphanumeric()).collect();
            let name = if fault.is_exchanged() { "Exchanged".to_owned() } else { name };
            (name, error.diagnostics()[0].id)
        })
        .collect();
    for (variant, id) in &variants {
        assert_eq!(*names.entry(id).or_insert(variant), variant, "{id}");
    }
    assert!(names.len() >= 21, "{names:?}");
}

#[test]
fn a_place_is_a_line_and_of_syntax_and_slips_a_column() {
    let place = |error: &ProjectError| error.diagnostics()[0].place.clone().unwrap_or_default();
    let file = PathBuf::from("city/kyoten.toml");
    let key = KeyPath { table: String::new(), key: "did".into() };
    let problem = |fault| ProjectError::Invalid {
        file: file.clone(),
        problems: vec![Problem { line: 2, column: 7, key: key.clone(), fault }],
    };
    assert_eq!(place(&problem(Fault::Empty)), "city/kyoten.toml:2");
    assert_eq!(place(&problem(Fault::Slip(slips().remove(0)))), "city/kyoten.toml:2:7");
    let parser = NotToml::Parser("duplicate key".into());
    let faults = vec![SyntaxFault { line: 3, column: 9, found: parser }];
    assert_eq!(place(&ProjectError::Syntax { file: file.clone(), faults }), "city/kyoten.toml:3:9");
    assert_eq!(place(&ProjectError::NotUtf8 { file: file.clone(), line: 4 }), "city/kyoten.toml:4");
    assert_eq!(place(&ProjectError::NoProjectFile { folder: "city".into() }), "city");
}

#[test]
fn more_problems_than_are_shown_are_counted_in_one() {
    let many = errors().pop().expect("the last has many");
    let told = many.diagnostics();
    let ProjectError::Invalid { problems, .. } = &many else { panic!("it is invalid") };
    let (more, shown) = told.split_last().expect("there are some");
    assert_eq!(shown.len(), 20);
    assert_eq!(more.message.en, format!("… and {} more", problems.len() - 20));
    assert_eq!((more.id, &more.place, &more.help), ("project-more-problems", &None, &None));
}

#[test]
fn what_is_asked_for_stands_in_both_languages() {
    let texts = [
        "plane = '八'",
        "layers.did = 3",
        "layers.did = { path = 'a', where = 'b', crs = 1, class = 'x' }",
        "layers.stops = { path = 'a', peak_trips = true, x = 'x' }",
        "[prospective]\ndid = 'a'",
        "[thresholds]\nmembership = 'half'\nmin_site_m2 = [1]",
        "[transit]\nday = 1\nstop_group_m = {}\ntransfers = 0.5\nsubway_operators = [[1]]",
        "[scenario]\nstops = {}\nremove = {}\nheadway = {}",
        "[scenario]\nlayers = { census = 'c', gtfs = 'g', did = [] }",
        "[scenario]\nnote = 'n'\nstops = { name = 'a', kind = 'bus', at = 1, lines = [1, {}] }\nremove.trips = 1\n\
         headway = { route = 'r', minutes = 'x', from = 1, to = 2026-06-03, direction = 'x' }",
    ];
    for text in texts {
        let error = super::with_parcels(text).expect_err(text);
        for one in error.diagnostics() {
            for said in [Some(&one.message), one.help.as_ref()].into_iter().flatten() {
                assert_eq!(crate::text::english_in(&said.ja), None, "{}", said.ja);
                assert_ne!(said.ja, said.en);
            }
        }
    }
    let first = super::with_parcels("plane = '八'").expect_err("no number").diagnostics().remove(0);
    assert_eq!(first.message.ja, "`plane` には1〜19の整数を書きます（今は文字列「八」です）。");
    assert_eq!(first.place.as_deref(), Some(Path::new("city/kyoten.toml:2").to_str().expect("it is a text")));
}
