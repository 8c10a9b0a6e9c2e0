//! The text of a `kyoten.toml` for what was found, commented for the person who goes on with it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Discovery;
use super::finding::Finding;
use crate::criteria;
use crate::inputs::{Choice, InputError, archive_of};
use crate::layers::{LAYERS, LayerKey, LayerKind, is_named_as, wards};

/// Names of fields that hold the id of a parcel, the first that is filled everywhere.
const ID_FIELDS: &[&str] = &["筆キー", "chiban", "地番", "parcel_id", "parcel_id", "id", "ID"];

/// Writing to a String cannot fail, so its result says nothing.
macro_rules! line {
    ($text:expr $(, $($part:tt)*)?) => {{ let _ = writeln!($text $(, $($part)*)?); }};
}

pub(super) fn text(found: &Discovery) -> String {
    let mut text = String::new();
    heading(&mut text, found);
    for kind in LAYERS {
        layer(&mut text, found, kind);
        if kind.key == LayerKey::Stops {
            timetables(&mut text, found);
        }
    }
    footing(&mut text);
    text
}

fn heading(text: &mut String, found: &Discovery) {
    line!(
        text,
        "# What `kyoten init` made of this folder. Lines that begin with # are remarks, or wait for a decision."
    );
    line!(text);
    match &found.municipality {
        Some((code, place)) => line!(text, "municipality = \"{code}\"          # by {place}"),
        None => line!(text, "# municipality = \"…\"           # 全国地方公共団体コード, five digits"),
    }
    line!(
        text,
        "rules = \"saikochiku\"            # 都市再構築戦略事業; \"saihenshu\" is 都市構造再編集中支援事業 (2020–)"
    );
    line!(
        text,
        "# planned_kind = \"…\"           # the kind of the senior facility that is planned, as `facilities` names kinds"
    );
    line!(text);
    line!(text, "[layers]");
}

fn layer(text: &mut String, found: &Discovery, kind: &LayerKind) {
    let taken: Vec<&Finding> = found.taken(kind.key).collect();
    let mut possible = found.possible(kind.key).peekable();
    line!(text, "# {}{}", kind.title.ja, about(&taken));
    if taken.is_empty() {
        if possible.peek().is_none() {
            line!(text, "# not found; published by: {}", kind.published_by.en);
            line!(text, "# {} = \"…\"", kind.name);
        }
    } else {
        line!(text, "{} = {}", kind.name, value(found, kind, &taken));
    }
    for (finding, reason) in possible {
        line!(text, "# may be {}: {}", kind.name, reason.en);
        line!(text, "# {} = {}", kind.name, quoted(&found.name_of(&finding.path)));
    }
    line!(text);
}

/// What was taken, in words.
fn about(taken: &[&Finding]) -> String {
    let mut titles: Vec<&str> =
        taken.iter().filter_map(|finding| Some(&*finding.recognised?.publication.title.en)).collect();
    titles.dedup();
    match taken.len() {
        0 => String::new(),
        1 => format!(" — {}: {} features", titles.join(", "), taken[0].features()),
        files => {
            let features: usize = taken.iter().map(|finding| finding.features()).sum();
            format!(" — {}: {features} features in {files} files", titles.join(", "))
        }
    }
}

/// A layer's value: a path or a list of paths, or a table where there is more to say.
fn value(found: &Discovery, kind: &LayerKind, taken: &[&Finding]) -> String {
    let path = path(found, kind.key, taken);
    let mut more = Vec::new();
    let publication = taken.first().and_then(|finding| finding.recognised).map(|recognised| recognised.publication);
    if kind.key == LayerKey::Parcels {
        more.extend(id_field(taken).map(|field| format!("id = {}", quoted(field))));
    }
    if let Some((field, classes)) = publication.and_then(|known| known.classes) {
        let classes: Vec<String> = classes.iter().map(|class| quoted(class)).collect();
        more.push(format!("class = {}, classes = [{}]", quoted(field), classes.join(", ")));
    }
    if let (Some(field), Some((code, _))) = (publication.and_then(|known| known.code), &found.municipality) {
        let codes = taken.iter().filter_map(|finding| finding.field(field)).flat_map(|field| &field.values);
        let spans_others = codes.clone().any(|other| other != code);
        if spans_others && codes.clone().any(|other| wards::belongs_to(other, code)) {
            more.push(format!("where = {{ {field} = {} }}", quoted(code)));
        }
    }
    if more.is_empty() { path } else { format!("{{ path = {path}, {} }}", more.join(", ")) }
}

/// Where a layer is: hundreds of map sheets in an archive are named by the archive.
fn path(found: &Discovery, key: LayerKey, taken: &[&Finding]) -> String {
    let files: Vec<PathBuf> = taken.iter().map(|finding| finding.path.clone()).collect();
    let is_known = |path: &Path| is_named_as(path, key);
    // Sheets without a place on the earth are left out by the reader, which says so.
    let may_join = |path: &Path| {
        let beside = found.findings.iter().find(|finding| finding.path == path);
        beside.is_some_and(|finding| matches!(finding.look, Err(InputError::NothingLeft { .. })))
    };
    let choice = Choice { layer: None, is_known: &is_known };
    match archive_of(&files, choice, &may_join).filter(|_| files.len() > 1) {
        Some(archive) => quoted(&found.name_of(&archive)),
        None => paths(found, files.iter().map(PathBuf::as_path)),
    }
}

fn id_field(taken: &[&Finding]) -> Option<&'static str> {
    let filled = |name: &&&str| {
        taken.iter().all(|finding| finding.field(name).is_some_and(|field| field.filled as usize == finding.features()))
    };
    ID_FIELDS.iter().find(filled).copied()
}

fn timetables(text: &mut String, found: &Discovery) {
    if found.timetables.is_empty() {
        line!(text, "# 時刻表 not found; published by: the operators, in GTFS (標準的なバス情報フォーマット)");
        line!(text, "# gtfs = \"…\"");
    } else {
        line!(text, "# 時刻表 GTFS");
        line!(text, "gtfs = {}", paths(found, found.timetables.iter().map(PathBuf::as_path)));
    }
    line!(text);
}

fn paths<'a>(found: &Discovery, paths: impl Iterator<Item = &'a Path>) -> String {
    let names: Vec<String> = paths.map(|path| quoted(&found.name_of(path))).collect();
    match names.as_slice() {
        [only] => only.clone(),
        several => format!("[\n    {},\n]", several.join(",\n    ")),
    }
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn footing(text: &mut String) {
    line!(text, "# [prospective]                 # 見込み: what the planner expects, each with a note");
    line!(text, "# did = {{ path = \"…\", note = \"…\" }}");
    line!(text);
    line!(text, "# [waive]                       # a criterion that is set aside, with the reason");
    if let Some(criterion) = criteria::of_layer(LayerKey::InductionArea).next() {
        line!(text, "# {} = \"…\"", criterion.id);
    }
}
