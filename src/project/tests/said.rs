//! What is said of every fault of a project file in both languages.

use std::path::Path;

use crate::diagnostics::{Diagnose, Diagnostic, checks};
use crate::project::error::{ProjectFault, WhatIf};
use crate::project::{CodeFault, DataFile, ProjectError};
use crate::settings::KeyPath;
use crate::text::Text;

/// One of every fault that only a project file can have, each with the number of its name.
fn faults() -> Vec<(usize, ProjectFault)> {
    let known = || vec!["stations", "stops"];
    let japan = [(122.0, 154.0), (20.0, 46.0)];
    let code = |why| ProjectFault::NotAMunicipality { value: "2221".into(), why };
    vec![
        (0, code(CodeFault::NotDigits)),
        (1, code(CodeFault::NoSuchPrefecture)),
        (2, code(CodeFault::Prefecture)),
        (3, code(CodeFault::CheckDigit { right: 7 })),
        (4, ProjectFault::OutsideJapan { at: [34.9, 138.3], ranges: japan }),
        (5, ProjectFault::OutsideJapan { at: [0.0, 0.0], ranges: japan }),
        (6, ProjectFault::NotAnExpectation { what_if: None, possible: known() }),
        (7, ProjectFault::NotAnExpectation { what_if: Some(WhatIf::Layer), possible: known() }),
        (7, ProjectFault::NotAnExpectation { what_if: Some(WhatIf::LayerOrStops), possible: known() }),
        (8, ProjectFault::NotSupposed { possible: known() }),
        (12, ProjectFault::NotALayerName),
        (13, ProjectFault::RoleOfKnownLayer { layer: "did" }),
        (14, ProjectFault::OtherRole { role: "points", first: "area" }),
    ]
}

/// One of every error of its own, each with the number of its name.
fn errors() -> Vec<(usize, ProjectError)> {
    let data = |data| ProjectError::Data { file: "city/kyoten.toml".into(), data };
    vec![
        (9, ProjectError::NoProjectFile { folder: "city".into() }),
        (10, data(DataFile::Archive)),
        (11, data(DataFile::Format(Text::same("JSON")))),
        (11, data(DataFile::Ending("csv".into()))),
    ]
}

#[test]
fn every_fault_has_its_own_name_and_stands_in_both_languages() {
    let key = |table: &str| KeyPath { table: table.into(), key: "did".into() };
    let mut said: Vec<(usize, Diagnostic)> = Vec::new();
    for (number, fault) in faults() {
        said.extend(["", "layers"].map(|table| (number, fault.diagnostic(&key(table)))));
    }
    for (number, error) in errors() {
        said.extend(error.diagnostics().into_iter().map(|one| (number, one)));
    }
    checks::of_every_variant(15, &said);
}

#[test]
fn a_folder_without_a_project_file_is_the_place() {
    let (_, error) = errors().remove(0);
    assert_eq!(error.diagnostics()[0].place.as_deref(), Some("city"));
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
