//! `[layers]`, `[prospective]` and `layers` in `[scenario]`: one entry a layer, as a path, a list of paths, or a table.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::{ProjectFault, WhatIf};
use super::keys;
use super::own::{OwnLayers, ROLE};
use crate::inputs::ReadOptions;
use crate::layers::{
    BACKDROP, BackdropSpec, Content, Ground, LayerKey, LayerKind, LayerSpec, PeakSource, has_published_classes,
};
use crate::settings::{Entry, Fault, TomlTable};
use crate::text::Text;

/// The key of the files.
const PATH: &str = "path";

pub(super) const PATHS: Text = Text::new("パス、またはパスの一覧", "a path or a list of paths");

/// The layers of today, `[layers]`.
pub(super) fn today(table: &TomlTable<'_>, own: &OwnLayers, base: &Path) -> BTreeMap<LayerKey, LayerSpec> {
    let known = keys::layers();
    let mut layers = BTreeMap::new();
    for entry in table.entries().iter().filter(|entry| ![keys::GTFS, BACKDROP].contains(&entry.key())) {
        if let Some(kind) = own.kind_of(entry, &known) {
            layers.extend(spec(entry, kind, base).map(|spec| (kind.key, spec)));
        }
    }
    if !table.has(LayerKey::Parcels.name()) {
        table.missing(LayerKey::Parcels.name(), NO_PARCELS);
    }
    layers
}

/// What is said where there are no parcels.
pub(super) const NO_PARCELS: Text = Text::new("判定する筆・敷地", "the parcels 筆・敷地 that are to be judged");

/// The layers that the planner expects, `[prospective]`, each with its note.
pub(super) fn expected(table: &TomlTable<'_>, own: &OwnLayers, base: &Path) -> BTreeMap<LayerKey, LayerSpec> {
    let known = keys::prospective();
    let own_areas = own.names_of(|kind| kind.expected_as.is_some());
    let possible = known.iter().copied().chain(own_areas).collect::<Vec<_>>();
    let mut layers = BTreeMap::new();
    for entry in table.entries() {
        match own.kind_of(&entry, &known) {
            Some(kind) if kind.expected_as.is_some() => {
                require_note(&entry);
                layers.extend(spec(&entry, kind, base).map(|spec| (kind.key, spec)));
            }
            Some(kind) => {
                ProjectFault::NotAnExpectation { what_if: what_if(kind), possible: possible.clone() }.report(&entry);
            }
            None => {}
        }
    }
    layers
}

/// How a what-if takes a layer that nobody may expect.
fn what_if(kind: &LayerKind) -> Option<WhatIf> {
    let how = if kind.content == Content::Stops { WhatIf::LayerOrStops } else { WhatIf::Layer };
    kind.can_be_supposed().then_some(how)
}

/// What a what-if adds to the layers, `layers` in `[scenario]`.
pub(super) fn supposed(table: &TomlTable<'_>, own: &OwnLayers, base: &Path) -> BTreeMap<LayerKey, LayerSpec> {
    let known = keys::supposed();
    let possible: Vec<&str> = known.iter().copied().chain(own.names_of(LayerKind::can_be_supposed)).collect();
    let mut layers = BTreeMap::new();
    for entry in table.entries() {
        if entry.key() == keys::GTFS {
            ProjectFault::NotSupposed { possible: possible.clone() }.report(&entry);
            continue;
        }
        match own.kind_of(&entry, &known) {
            Some(kind) if kind.can_be_supposed() && is_of_nothing(&entry) => entry.fault(Fault::Empty),
            Some(kind) if kind.can_be_supposed() => {
                layers.extend(spec(&entry, kind, base).map(|spec| (kind.key, spec)));
            }
            Some(_) => ProjectFault::NotSupposed { possible: possible.clone() }.report(&entry),
            None => {}
        }
    }
    layers
}

/// The timetables, `gtfs` in `[layers]`: paths and globs.
pub(super) fn timetables(table: &TomlTable<'_>) -> Vec<String> {
    table.get(keys::GTFS).and_then(|entry| entry.paths(PATHS)).unwrap_or_default()
}

/// What is drawn under maps, `backdrop` in `[layers]`: a path, a table, or a list of both.
pub(super) fn backdrop(table: &TomlTable<'_>, base: &Path) -> Vec<BackdropSpec> {
    let Some(entry) = table.get(BACKDROP) else { return Vec::new() };
    let kind = LayerKey::own(BACKDROP, Content::Area).kind();
    let one = |item: &Entry<'_>| {
        let spec = spec_with(item, kind, &keys::backdrop(), base)?;
        let draw = item.inner("draw");
        let draw = draw.and_then(|draw| draw.one_of(&Ground::ALL, Ground::id));
        Some(BackdropSpec { spec, draw })
    };
    // All of it is looked at before one that is wrong is left out.
    entry.items().iter().filter_map(one).filter(|part| !part.spec.paths.is_empty()).collect()
}

/// Whether there is nothing in what an entry names: `[]`, or of a layer of one's own `path = []`.
fn is_of_nothing(entry: &Entry<'_>) -> bool {
    entry.is_empty_list() || entry.inner(PATH).is_some_and(|path| path.is_empty_list())
}

fn require_note(entry: &Entry<'_>) {
    let what = Text::new(
        "見込みの根拠で、すべての出力に載ります",
        "an expectation says where it comes from, and every output prints it",
    );
    match entry.is_table().then(|| entry.table()).flatten() {
        Some(table) if table.has("note") => {}
        Some(table) => table.missing("note", what),
        None => entry.missing("note", what),
    }
}

/// One layer; `None` where its paths are not known, which has been reported.
fn spec(entry: &Entry<'_>, kind: &LayerKind, base: &Path) -> Option<LayerSpec> {
    let mut known = keys::layer(kind);
    known.push(ROLE);
    spec_with(entry, kind, &known, base)
}

/// The same whose table has these keys.
fn spec_with(entry: &Entry<'_>, kind: &LayerKind, known: &[&str], base: &Path) -> Option<LayerSpec> {
    if entry.is_empty_list() && kind.key != LayerKey::Parcels {
        // The city has none of it, which is not the same as nothing known.
        return Some(LayerSpec { base: base.to_owned(), ..LayerSpec::default() });
    }
    if !entry.is_table() {
        let wanted = Text::new("パス、パスの一覧、または表", "a path, a list of paths, or a table");
        let paths = entry.paths(wanted)?;
        return Some(LayerSpec { paths, base: base.to_owned(), ..LayerSpec::default() });
    }
    let table = entry.table()?.knowing(known);
    let text = |key: &str| table.get(key).and_then(|entry| entry.text());
    if !table.has(PATH) {
        let what = Text::new("レイヤーのファイル、またはその一覧", "the file of the layer, or a list of files");
        table.missing(PATH, what);
    }
    // A layer of one's own may say its role also where the city has none of it.
    let is_none = kind.key.is_own() && is_of_nothing(entry);
    // Everything is read before a missing path gives the layer up, so that all of its problems are reported.
    let paths = if is_none { Some(Vec::new()) } else { table.get(PATH).and_then(|entry| entry.paths(PATHS)) };
    let spec = LayerSpec {
        paths: Vec::new(),
        base: base.to_owned(),
        read: ReadOptions {
            crs: text("crs"),
            encoding: text("encoding"),
            layer: text("layer"),
            xy: coordinates(&table),
            ..ReadOptions::default()
        },
        fields: kind.roles.iter().filter_map(|role| Some((role.key, text(role.key)?))).collect(),
        peak_trips: keys::has_service(kind.key).then(|| trips(&table, "peak_trips", departures)).flatten(),
        daily_trips: keys::has_service(kind.key).then(|| trips(&table, "daily_trips", departures_of_day)).flatten(),
        filter: filter(&table),
        classes: classes(&table, kind),
        note: text("note"),
        source: text("source"),
    };
    Some(LayerSpec { paths: paths?, ..spec })
}

/// `x` and `y`: both or neither.
fn coordinates(table: &TomlTable<'_>) -> Option<(String, String)> {
    let both = Text::new("`x` と `y` は両方書きます", "`x` and `y` come together");
    match (table.get("x"), table.get("y")) {
        (Some(x), Some(y)) => {
            let (x, y) = (x.text(), y.text());
            x.zip(y)
        }
        (Some(x), None) => {
            x.text();
            table.missing("y", both);
            None
        }
        (None, Some(y)) => {
            y.text();
            table.missing("x", both);
            None
        }
        (None, None) => None,
    }
}

/// `where`: the values that take part, by field, in the order of the text.
fn filter(table: &TomlTable<'_>) -> Vec<(String, Vec<String>)> {
    let Some(entry) = table.get("where") else { return Vec::new() };
    let Some(fields) = entry.table() else { return Vec::new() };
    let fields = fields.entries();
    if fields.is_empty() {
        entry.fault(Fault::Empty);
    }
    fields.iter().filter_map(|field| Some((field.key().to_owned(), field.values()?))).collect()
}

/// `class` and `classes`. Where `class` is a role of the layer it may stand alone; where the publication's class
/// field is known, `classes` may.
fn classes(table: &TomlTable<'_>, kind: &LayerKind) -> Option<(Option<String>, Vec<String>)> {
    // A role's value has been read and judged with the other roles; a second look must not report it again.
    let is_role = kind.roles.iter().any(|role| role.key == "class");
    let field =
        table.get("class").and_then(|entry| if is_role { entry.as_text().map(str::to_owned) } else { entry.text() });
    if let Some(entry) = table.get("classes") {
        if !table.has("class") && !has_published_classes(kind.key) {
            let what = Text::new("`classes` で選ぶ値のある属性", "the field whose values `classes` chooses from");
            table.missing("class", what);
        }
        return entry.values().map(|values| (field, values));
    }
    if table.has("class") && !is_role {
        table.missing("classes", Text::new("`class` の値のうち数えるもの", "the values of `class` that count"));
    }
    None
}

/// `peak_trips`, `daily_trips`: one number for every feature, or a column.
fn trips(table: &TomlTable<'_>, key: &str, number: impl Fn(&Entry<'_>, Text) -> Option<f64>) -> Option<PeakSource> {
    let entry = table.get(key)?;
    if entry.as_text().is_some() {
        return entry.text().map(PeakSource::Field);
    }
    number(&entry, Text::new("数、または列の名前", "a number or the name of a column")).map(PeakSource::Constant)
}

/// Departures an hour. `wanted` names everything that the key may be.
pub(super) fn departures(entry: &Entry<'_>, wanted: Text) -> Option<f64> {
    /// One every four seconds.
    const MOST: f64 = 1000.0;
    entry.number((0.0, MOST), "departures/h", wanted)
}

/// Departures a day in one direction. `wanted` names everything that the key may be.
pub(super) fn departures_of_day(entry: &Entry<'_>, wanted: Text) -> Option<f64> {
    /// One every nine seconds, around the clock.
    const MOST: f64 = 10_000.0;
    entry.number((0.0, MOST), "departures/day", wanted)
}
