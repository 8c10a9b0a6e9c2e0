//! Every error has its words in both languages.

use std::collections::BTreeMap;
use std::io;
use std::mem::discriminant;
use std::path::PathBuf;

use super::InputError;
use crate::diagnostics::Diagnose;
use crate::notices::{NoticeKind, Severity};
use crate::text::{Lang, Text, english_in, is_japanese};

static LEFT: NoticeKind = NoticeKind {
    id: "left",
    severity: Severity::Skipped,
    what: Text::new("使えない地物があります。", "features cannot be used"),
    advice: Some(Text::new("直してください。", "correct them")),
};

/// Every variant, those with several ways to say it in each.
fn every() -> Vec<InputError> {
    use InputError as E;
    let path = || PathBuf::from("data/zones.shp");
    let names = || vec!["zones_2020.shp".to_owned(), "zones.shx".to_owned()];
    let problem = || Text::new("中身が合いません", "its parts do not fit");
    vec![
        E::NotFound { path: path(), near: Vec::new() },
        E::NotFound { path: path(), near: names() },
        E::Folder { path: path() },
        E::NotAFolder { path: path() },
        E::TooManyFiles { folder: path(), limit: 10 },
        E::Pattern { pattern: "a[".to_owned(), problem: problem() },
        E::Io { path: path(), source: io::ErrorKind::PermissionDenied.into() },
        E::Io { path: path(), source: io::Error::new(io::ErrorKind::InvalidData, "the stream is not what it was") },
        E::Io { path: path(), source: io::ErrorKind::StorageFull.into() },
        E::Archive { path: path(), problem: problem() },
        E::Locked { path: path() },
        E::ClimbsOut { path: path(), entry: "../a".to_owned() },
        E::UnpacksTooLarge { path: path(), limit: 10 },
        E::NestedTooDeep { path: path(), depth: 4 },
        E::NoLayerInside { path: path(), names: Vec::new() },
        E::NoLayerInside { path: path(), names: vec!["readme.pdf".to_owned()] },
        E::ChangedWhileRead { path: path() },
        E::SeveralLayers { path: path(), layers: vec!["roads".to_owned(), "parcels".to_owned()] },
        E::NotATimetable { path: path(), missing: Vec::new() },
        E::NotATimetable { path: path(), missing: vec![Text::same("stops.txt"), Text::same("trips.txt")] },
        E::SeveralTimetables { path: path(), folders: vec!["a".to_owned(), "b".to_owned()] },
        E::TooLarge { path: path(), place: Text::new("3行目", "row 3"), limit: 10 },
        E::UnknownEncoding { path: path(), label: "utf-9".to_owned() },
        E::Encoding { path: path(), tried: Text::same("UTF-8") },
        E::UnknownFormat { path: path().with_extension("dbf"), head: "\\x03".to_owned() },
        E::UnknownFormat { path: path().with_extension("xls"), head: "\\xd0".to_owned() },
        E::UnknownFormat { path: path().with_extension("dxf"), head: "0".to_owned() },
        E::EmptyFile { path: path().with_extension("gpkg") },
        E::UnknownFormat { path: path().with_extension("doc"), head: "\\xd0".to_owned() },
        E::NotGeoJson { path: path(), found: None },
        E::NotGeoJson { path: path(), found: Some("Topology".to_owned()) },
        E::Json { path: path(), feature: 3, line: 5, problem: problem() },
        E::Truncated { path: path(), feature: 3, line: 5 },
        E::DamagedRecord {
            path: path(), record: 0, problem: words!("中身が合いません", "its parts do not fit")
        },
        E::DamagedRecord {
            path: path(), record: 3, problem: words!("中身が合いません", "its parts do not fit")
        },
        E::Damaged { path: path(), problem: problem() },
        E::Packing { path: path(), packing: words!("フレーム形式のLZ4", "LZ4 in frames") },
        E::GeometryEncoding { path: path(), column: "geom".to_owned(), encoding: "TWKB".to_owned() },
        E::LeftOut { path: path(), format: "GeoParquet", feature: "geoparquet" },
        E::NotGeoPackage { path: path() },
        E::NoSuchLayer { path: path(), layer: "parcels".to_owned(), layers: Vec::new() },
        E::NoSuchLayer { path: path(), layer: "parcels".to_owned(), layers: vec!["roads".to_owned()] },
        E::UnsupportedShape { path: path(), record: 3, shape_type: 31 },
        E::Table { path: path(), row: 0, problem: problem() },
        E::Table { path: path(), row: 3, problem: problem() },
        E::Xml { path: path(), line: 3, problem: problem() },
        E::DatumGrid { path: path(), line: 0, problem: problem() },
        E::DatumGrid { path: path(), line: 3, problem: problem() },
        E::GridTwice { path: path(), other: path() },
        E::NotADatumGrid { path: path(), what: problem() },
        E::MissingSidecar { path: path(), missing: path().with_extension("dbf") },
        E::MissingField { path: path(), field: "地番".to_owned(), known: Vec::new(), nearest: None },
        E::MissingField {
            path: path(),
            field: "地番".to_owned(),
            known: vec!["chiban1".to_owned()],
            nearest: Some("chiban1".to_owned()),
        },
        E::NotANumber { path: path(), feature: 3, field: "人口".to_owned(), value: "not a number".to_owned() },
        E::PlaneMetresAsDegrees { path: path(), feature: 3, x: -1000.5, y: 2000.25 },
        E::DegreesAsPlaneMetres { path: path(), feature: 3, x: 138.3, y: 34.8, crs: "EPSG:6676".to_owned() },
        E::Negative { path: path(), feature: 3, field: "人口".to_owned(), value: -1.0 },
        E::SwappedAxes { path: path(), feature: 3, x: 34.8, y: 138.3 },
        E::PlaneAxes { path: path(), x: "x".to_owned(), y: "y".to_owned() },
        E::EsriJson { path: path() },
        E::NothingLeft { path: path(), left_out: 3, kind: &LEFT },
        E::EmptyLayer { path: path() },
    ]
}

/// A text without what stands in backticks or quotes: names of the data, keys, commands.
fn unquoted(text: &str) -> String {
    let mut plain = String::new();
    let mut until = None;
    for sign in text.chars() {
        match until {
            Some(end) if sign == end => until = None,
            Some(_) => {}
            None => {
                let pairs = [('`', '`'), ('「', '」'), ('“', '”'), ('"', '"')];
                until = pairs.iter().find(|(begin, _)| *begin == sign).map(|(_, end)| *end);
                plain.push(if until.is_some() { '|' } else { sign });
            }
        }
    }
    plain
}

#[test]
fn every_error_is_said_in_both_languages() {
    for error in every() {
        let told = error.diagnostics();
        let [one] = told.as_slice() else { panic!("{error:?}: {told:?}") };
        assert!(one.place.is_some(), "{error:?}");
        for text in [Some(&one.message), one.help.as_ref()].into_iter().flatten() {
            assert!(is_japanese(&text.ja) && english_in(&text.ja).is_none(), "{error:?}: {}", text.ja);
            assert!(text.ja.ends_with(['。', '）']), "{error:?}: {}", text.ja);
            assert!(!is_japanese(&unquoted(&text.en).replace(['経', '度', '緯'], "")), "{error:?}: {}", text.en);
        }
        assert_eq!(error.to_string(), one.line(Lang::En));
    }
}

#[test]
fn every_variant_has_its_own_id() {
    let mut ids = BTreeMap::new();
    for error in every() {
        let id = error.diagnostics()[0].id;
        let is_kebab = id.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        assert!(is_kebab, "{id}");
        let kind = ids.entry(id).or_insert(discriminant(&error));
        assert_eq!(*kind, discriminant(&error), "{id} is that of two");
    }
    let is_variant =
        |line: &&str| line.starts_with("    ") && line[4..].starts_with(char::is_uppercase) && line.ends_with(" {");
    assert_eq!(ids.len(), include_str!("mod.rs").lines().filter(is_variant).count());
}
