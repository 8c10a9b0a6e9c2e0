//! One layer from its files: read, filtered, its fields found, its coordinates in plane metres.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::census::may_hold_residents;
use super::filter::{Filling, Published, filling, filter, filter_classes};
use super::lost::InDoubt;
use super::place::{CrsUsed, Onto, project};
use super::recognise::matches;
use super::{LayerError, LayerKey, LayerSpec, Publication, Role, is_named_as, recognise};
use crate::crs::{DatumGrids, Plane};
use crate::inputs::{self, Choice, Expanded, InputError, RawFeature, RawLayer, ReadOptions, SourceFile, WantedColumns};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// What an archive holds beside the layer.
pub static LEFT_IN_ARCHIVE: NoticeKind = NoticeKind {
    id: "left-in-archive",
    severity: Severity::Info,
    what: Text::new(
        "書庫の中に、読まなかったファイルがあります。別のレイヤーか、同じレイヤーの別の形式です。",
        "file(s) of an archive not read: other layers, or the same one in another form",
    ),
    advice: None,
};

/// What an archive holds of earlier years.
pub static OLDER_EDITION: NoticeKind = NoticeKind {
    id: "older-edition",
    severity: Severity::Info,
    what: Text::new(
        "書庫の中に、同じデータの古い版があります。最も新しい版だけを読みました。",
        "file(s) of an archive are older editions of the same; only the newest was read",
    ),
    advice: Some(Text::new(
        "古い版を使うときは、書庫の中のファイルを指定してください。",
        "to use an older one, name the file in the archive",
    )),
};

/// A layer read and projected, before it is given a type.
#[derive(Debug)]
pub struct Loaded {
    /// Which layer it is.
    pub key: LayerKey,
    /// Its features, coordinates in plane metres.
    pub raw: RawLayer,
    /// Role → the fields that hold it, in the order in which they are to be read.
    pub fields: BTreeMap<&'static str, Vec<String>>,
    /// Which of its features may be of the layer, and may be not.
    pub in_doubt: InDoubt,
    /// What each of its files was published as, where that is known and is this layer or one of one's own.
    pub published: Vec<Option<&'static Publication>>,
    /// What `run.json` says of it.
    pub report: LayerReport,
}

/// What a run says of a layer that it read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LayerReport {
    /// The key in `[layers]`, after `prospective.` or `scenario.` where it is of one of these tables.
    pub name: String,
    /// Its files.
    pub files: Vec<FileReport>,
    /// Role → field, as found.
    #[serde(deserialize_with = "super::stored::kept_keys")]
    pub fields: BTreeMap<&'static str, String>,
    /// How many features took part.
    pub used: usize,
    /// The planner's note.
    pub note: Option<String>,
}

/// What a run says of one file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileReport {
    /// The file as its reader saw it.
    #[serde(with = "super::stored::source")]
    pub source: SourceFile,
    /// The CRS it was read in, and where that was learnt from; `None` for a table without coordinates.
    pub crs: Option<CrsUsed>,
    /// As what it was recognised: the id of a [`Publication`].
    pub published: Option<String>,
}

impl Loaded {
    /// The text of a role: the first field that is neither null nor blank, trimmed, in Unicode NFKC.
    #[must_use]
    pub fn text(&self, feature: &RawFeature, role: &str) -> Option<String> {
        self.texts(feature, role).next()
    }

    /// The texts of all fields of a role that are neither null nor blank.
    pub fn texts<'a>(&'a self, feature: &'a RawFeature, role: &str) -> impl Iterator<Item = String> + 'a {
        self.fields.get(role).into_iter().flatten().filter_map(|field| feature.fields.get(field).and_then(as_text))
    }

    /// The number of a role; `None` where it is null, blank or has no field.
    ///
    /// # Errors
    /// A text that is no number.
    pub fn number(&self, feature: &RawFeature, role: &str) -> Result<Option<f64>, LayerError> {
        match self.fields.get(role).and_then(|fields| fields.first()) {
            Some(field) => Ok(inputs::number(&self.raw, feature, field)?),
            None => Ok(None),
        }
    }

    /// Makes sure that a role has a field.
    ///
    /// # Errors
    /// [`LayerError::NoField`] where it has none.
    pub fn need(&self, role: &'static str) -> Result<(), LayerError> {
        if self.fields.contains_key(role) { Ok(()) } else { Err(self.no_field(role)) }
    }

    /// The error that a role has no field.
    #[must_use]
    pub fn no_field(&self, role: &'static str) -> LayerError {
        let path = self.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        LayerError::NoField { layer: self.key.name(), path, role, known: known_fields(&self.raw) }
    }

    /// A name for a feature in a message: its file's name and number.
    #[must_use]
    pub fn feature_name(&self, feature: &RawFeature) -> Text {
        let file = self.raw.files.get(feature.file).and_then(|file| file.path.file_name());
        let (file, number) = (file.unwrap_or_default().to_string_lossy(), feature.number);
        text!("{file}の{number}番目の地物", "{file} feature {number}")
    }
}

/// The text of an attribute, trimmed and in Unicode NFKC; `None` for null and blank.
#[must_use]
pub fn as_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.nfkc().collect::<String>().trim().to_owned(),
        // 3.0 and 3 are one class, whoever wrote them.
        Value::Number(number) => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => format!("{whole:.0}"),
            _ => number.to_string(),
        },
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

/// Reads a layer into `plane`, without grids of shifts from older datums.
///
/// # Errors
/// A file that cannot be read, a field that no feature has, a CRS that is not known, a layer without a feature.
pub fn load(key: LayerKey, spec: &LayerSpec, plane: Plane, notices: &mut Notices) -> Result<Loaded, LayerError> {
    load_filling(key, spec, &[], Onto { plane, grids: &DatumGrids::NONE }, notices).map(|(loaded, _)| loaded)
}

/// The same, and what the files fill of these other layers as well ([`Publication::fills`]).
///
/// # Errors
/// As [`load`].
pub(super) fn load_filling(
    key: LayerKey,
    spec: &LayerSpec,
    others: &[LayerKey],
    onto: Onto<'_>,
    notices: &mut Notices,
) -> Result<(Loaded, Vec<Loaded>), LayerError> {
    let place = key.name();
    let paths = files(key, spec, notices)?;
    let read = ReadOptions { columns: wanted_columns(key, spec), ..spec.read.clone() };
    let mut raw = inputs::read_layer(&paths, &read, notices, place)?;
    if raw.features.is_empty() {
        return Err(LayerError::Empty { layer: place, path: paths.into_iter().next().unwrap_or_default() });
    }
    let published = published(&raw, key);
    let fields = find_fields(&raw, key.kind().roles, &published, spec)?;
    let mut in_doubt = InDoubt::default();
    filter(&mut raw, &mut in_doubt, key, spec, notices)?;
    let filled = others.iter().filter_map(|&other| Some((other, filling(&raw, &in_doubt, other, &published)?)));
    let filled: Vec<_> = filled.collect();
    filter_classes(&mut raw, &mut in_doubt, (key, &published), spec, notices)?;
    let whole = Unplaced { key, raw, fields, in_doubt, published: published.clone() };
    let whole = whole.placed(spec, spec.note.clone(), onto, notices)?;
    let filled = filled.into_iter().map(|(key, Filling { raw, in_doubt, files })| {
        let published: Vec<_> = files.into_iter().map(|file| published[file]).collect();
        let fields = find_fields(&raw, key.kind().roles, &published, &LayerSpec::default())?;
        // The notes of these files have been made, and the planner's note is about the layer that they are given as.
        Unplaced { key, raw, fields, in_doubt, published }.placed(spec, None, onto, &mut Notices::default())
    });
    let filled = filled.collect::<Result<_, _>>()?;
    Ok((whole, filled))
}

/// A layer in the coordinates of its files.
struct Unplaced {
    key: LayerKey,
    raw: RawLayer,
    fields: BTreeMap<&'static str, Vec<String>>,
    in_doubt: InDoubt,
    published: Vec<Option<&'static Publication>>,
}

impl Unplaced {
    fn placed(
        self,
        spec: &LayerSpec,
        note: Option<String>,
        onto: Onto<'_>,
        notices: &mut Notices,
    ) -> Result<Loaded, LayerError> {
        let Self { key, mut raw, fields, in_doubt, published } = self;
        let crs = project(&mut raw, &published, spec, onto, key.name(), notices)?;
        let file = |((source, crs), found): ((SourceFile, Option<CrsUsed>), Option<&Publication>)| {
            let published = found.map(|publication| publication.id.to_owned());
            FileReport { source, crs, published }
        };
        let report = LayerReport {
            name: key.name().to_owned(),
            files: raw.files.iter().cloned().zip(crs).zip(published.iter().copied()).map(file).collect(),
            fields: fields.iter().map(|(&role, found)| (role, found.join(", "))).collect(),
            used: raw.features.len(),
            note,
        };
        Ok(Loaded { key, raw, fields, in_doubt, published, report })
    }
}

/// The files of a layer: of an archive that holds several layers, the one that is known to be this one.
///
/// # Errors
/// As [`inputs::expand`].
pub fn files(key: LayerKey, spec: &LayerSpec, notices: &mut Notices) -> Result<Vec<PathBuf>, InputError> {
    #[cfg(feature = "geoparquet")]
    if let Some(table) = &spec.read.table {
        return Ok(vec![table.path().to_owned()]);
    }
    if let Some(spooled) = &spec.read.spooled {
        return Ok(vec![spooled.path().to_owned()]);
    }
    let is_known = |path: &Path| is_named_as(path, key);
    let choice = Choice { layer: spec.read.layer.as_deref(), is_known: &is_known };
    let Expanded { files, left, older } = inputs::expand(&spec.base, &spec.paths, choice)?;
    for path in older {
        notices.add(key.name(), &OLDER_EDITION, path.display());
    }
    for path in left {
        notices.add(key.name(), &LEFT_IN_ARCHIVE, path.display());
    }
    Ok(files)
}

/// What each file was published as, where that is known and is this layer.
fn published(raw: &RawLayer, key: LayerKey) -> Vec<Option<&'static Publication>> {
    let mut known: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); raw.files.len()];
    for feature in &raw.features {
        known[feature.file].extend(feature.fields.keys().map(String::as_str));
    }
    let publication = |(file, known): (&SourceFile, BTreeSet<&str>)| {
        let found = recognise(&file.path, known)?.publication;
        // What is known of a file helps to read it as a layer of one's own too; its classes are those of another layer.
        (key.is_own() || found.is_of(key)).then_some(found)
    };
    raw.files.iter().zip(known).map(publication).collect()
}

/// The columns that a census needs of e-Stat's tables: those that the project file names, and those whose labels speak
/// of residents.
fn wanted_columns(key: LayerKey, spec: &LayerSpec) -> Option<WantedColumns> {
    let classes = spec.classes.iter().filter_map(|(field, _)| field.as_ref());
    let named = spec.fields.values().chain(spec.filter.iter().map(|(field, _)| field)).chain(classes);
    let wanted = WantedColumns { named: named.cloned().collect(), labelled: may_hold_residents };
    // With a pattern, any column may be meant.
    (key == LayerKey::Census && !wanted.named.iter().any(|name| name.ends_with('*'))).then_some(wanted)
}

/// Role → fields: those that the project file names, else those of the publication, else the usual ones that exist.
fn find_fields(
    raw: &RawLayer,
    roles: &'static [Role],
    published: &Published,
    spec: &LayerSpec,
) -> Result<BTreeMap<&'static str, Vec<String>>, LayerError> {
    let known = known_fields(raw);
    let matching =
        |wanted: &str| -> Vec<String> { known.iter().filter(|name| matches(wanted, name)).cloned().collect() };
    let published = |role: &Role| -> Vec<String> {
        let roles = published.iter().flatten().flat_map(|found| found.roles);
        let mut wanted: Vec<&str> = Vec::new();
        for (_, field) in roles.filter(|(key, _)| *key == role.key) {
            if !wanted.contains(field) {
                wanted.push(field);
            }
        }
        wanted.into_iter().flat_map(matching).collect()
    };
    let mut fields = BTreeMap::new();
    for role in roles {
        let found = if let Some(named) = spec.fields.get(role.key) {
            let found = matching(named);
            if found.is_empty() {
                inputs::require_field(raw, named)?;
            }
            found
        } else {
            // `*施設名称` is any field that ends so.
            let ending = |end: &str| known.iter().filter(|name| name.ends_with(end)).cloned().collect();
            let usual = role.usual.iter().map(|usual| usual.strip_prefix('*').map_or_else(|| matching(usual), ending));
            std::iter::once(published(role)).chain(usual).find(|found| !found.is_empty()).unwrap_or_default()
        };
        if !found.is_empty() {
            fields.insert(role.key, found);
        }
    }
    Ok(fields)
}

pub(super) fn known_fields(raw: &RawLayer) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in raw.features.iter().flat_map(|feature| feature.fields.keys()) {
        if seen.insert(name) {
            known.push(name.clone());
        }
    }
    known
}
