//! What is said of every fault in both languages.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::SAMPLE;
use crate::diagnostics::{Diagnose, Diagnostic, checks};
use crate::settings::{Fault, KeyPath, Misread, NotToml, Problem, SettingsError, Slip, SlipKind, SyntaxFault};
use crate::text::Text;
use crate::units::ServiceTime;

/// One of every fault of a key, but for those of a reader's own.
fn faults() -> Vec<Fault> {
    let known = || vec!["stations".to_owned(), "stops".to_owned()];
    let range = |unit| Fault::OutOfRange { value: "-1".into(), range: (0.0, 1.0), unit };
    let all = vec![
        Fault::UnknownKey { nearest: ("stations".into(), true), known: known(), or: None },
        Fault::UnknownKey {
            nearest: ("stations".into(), false),
            known: known(),
            or: Some(Text::new("役割", "its role")),
        },
        Fault::WrongType { wanted: Text::new("表", "a table"), found: Text::new("数 3 ", "the number 3") },
        range(Text::same("m")),
        range(Text::new("割合", "share")),
        range(Text::same("")),
        Fault::NotOneOf { value: "x".into(), nearest: "rail".into(), known: known() },
        Fault::NotOneOf { value: "x".into(), nearest: String::new(), known: Vec::new() },
        Fault::Missing { what: Text::new("路線の名前", "the name of the line") },
        Fault::OneLanguage { missing: "ja" },
        Fault::OneLanguage { missing: "en" },
        Fault::Empty,
        Fault::NotBoth { other: "route" },
        Fault::NotLater { value: ServiceTime(3600), than: ServiceTime(7200) },
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

fn file() -> PathBuf {
    "rules/own.toml".into()
}

fn error(what: Misread) -> SettingsError {
    SettingsError { file: file(), kind: &SAMPLE, what }
}

fn problem(table: &str, fault: Fault) -> Problem {
    Problem { line: 2, column: 7, key: KeyPath { table: table.into(), key: "did".into() }, fault }
}

fn syntax(found: NotToml) -> Misread {
    Misread::Syntax(vec![SyntaxFault { line: 3, column: 9, found }])
}

/// One of every error, each with a name for what is wrong.
fn errors() -> Vec<(String, SettingsError)> {
    let mut all = vec![
        ("Unreadable".to_owned(), error(Misread::Unreadable(std::io::ErrorKind::NotFound.into()))),
        ("Unreadable".to_owned(), error(Misread::Unreadable(std::io::ErrorKind::PermissionDenied.into()))),
        ("TooLarge".to_owned(), error(Misread::TooLarge { limit: 9 })),
        ("NotUtf8".to_owned(), error(Misread::NotUtf8 { line: 4 })),
        ("Parser".to_owned(), error(syntax(NotToml::Parser("duplicate key".into())))),
        ("Parser".to_owned(), error(syntax(NotToml::Parser("no such sentence".into())))),
        ("Parser".to_owned(), SettingsError { file: "data.bin".into(), ..error(syntax(NotToml::Parser("x".into()))) }),
    ];
    // Slips are named by what is in them.
    let name = |shown: String| shown.chars().take_while(|sign| sign.is_alphanumeric()).collect::<String>();
    for slip in slips() {
        all.push((name(format!("{:?}", slip.kind)), error(syntax(NotToml::Slip(slip)))));
    }
    for fault in faults() {
        let name = match &fault {
            Fault::Slip(slip) => name(format!("{:?}", slip.kind)),
            fault => name(format!("{fault:?}")),
        };
        for table in ["", "layers"] {
            all.push((name.clone(), error(Misread::Invalid(vec![problem(table, fault.clone())]))));
        }
    }
    all
}

#[test]
fn every_fault_has_its_own_name_and_stands_in_both_languages() {
    let mut variants: Vec<String> = Vec::new();
    let mut said: Vec<(usize, Diagnostic)> = Vec::new();
    for (name, error) in errors() {
        let variant = variants.iter().position(|known| *known == name).unwrap_or_else(|| {
            variants.push(name);
            variants.len() - 1
        });
        said.extend(error.diagnostics().into_iter().map(|one| (variant, one)));
    }
    assert!(
        said.iter()
            .all(|(_, one)| one.id.starts_with("sample-") && one.help.is_some() || one.id == "sample-value-unknown")
    );
    checks::of_every_variant(variants.len(), &said);
    let names: BTreeMap<&str, usize> = said.iter().map(|(variant, one)| (one.id, *variant)).collect();
    assert_eq!(names.len(), 20, "{names:?}");
}

#[test]
fn a_place_is_a_line_and_of_syntax_and_slips_a_column() {
    let place = |what| error(what).diagnostics()[0].place.clone().unwrap_or_default();
    let invalid = |fault| Misread::Invalid(vec![problem("", fault)]);
    assert_eq!(place(invalid(Fault::Empty)), "rules/own.toml:2");
    assert_eq!(place(invalid(Fault::Slip(slips().remove(0)))), "rules/own.toml:2:7");
    assert_eq!(place(syntax(NotToml::Parser("duplicate key".into()))), "rules/own.toml:3:9");
    assert_eq!(place(Misread::NotUtf8 { line: 4 }), "rules/own.toml:4");
    assert_eq!(place(Misread::TooLarge { limit: 4 }), "rules/own.toml");
}

#[test]
fn more_problems_than_are_shown_are_counted_in_one() {
    let problems: Vec<Problem> = faults().into_iter().map(|fault| problem("layers", fault)).collect();
    let count = problems.len();
    let told = error(Misread::Invalid(problems)).diagnostics();
    let (more, shown) = told.split_last().expect("there are some");
    assert_eq!(shown.len(), 20);
    assert_eq!(more.message.en, format!("… and {} more", count - 20));
    assert_eq!((more.id, &more.place, &more.help), ("sample-more-problems", &None, &None));
}
