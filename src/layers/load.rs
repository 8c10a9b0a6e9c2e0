//! One layer from its files: read, filtered, its fields found, its coordinates in plane metres.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use geo::{CoordsIter, Geometry, MapCoordsInPlace, coord};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::census::may_hold_residents;
use super::recognise::matches;
use super::{LayerError, LayerKey, LayerSpec, Publication, Role, is_named_as, recognise, wards};
use crate::crs::{Crs, CrsError, Plane, ToPlane};
use crate::geometry::Point;
use crate::inputs::{self, Choice, Expanded, InputError, RawFeature, RawLayer, ReadOptions, SourceFile, WantedColumns};
use crate::notices::{Kind, Notices, Severity};

/// A datum that is not quite JGD2011.
pub static DATUM: Kind = Kind {
    id: "datum-shift",
    severity: Severity::Warning,
    what: "file(s) on another datum than JGD2011",
    advice: "for centimetres, convert the file with GSI's own parameters first",
};

/// Features that `where` or `classes` left out.
pub static FILTERED: Kind = Kind {
    id: "filtered-out",
    severity: Severity::Info,
    what: "feature(s) left out by `where` or `classes`",
    advice: "",
};

/// What an archive holds beside the layer.
pub static LEFT_IN_ARCHIVE: Kind = Kind {
    id: "left-in-archive",
    severity: Severity::Info,
    what: "file(s) of an archive not read: other layers, or the same one in another form",
    advice: "",
};

/// A designated city in `where` that a file has by its wards.
pub static BY_WARDS: Kind = Kind {
    id: "city-by-wards",
    severity: Severity::Info,
    what: "code(s) of a designated city (政令指定都市) in `where` that the file has by its wards; all of them take part",
    advice: "",
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
    /// What `run.json` says of it.
    pub report: LayerReport,
}

/// What a run says of a layer that it read.
#[derive(Debug, Clone)]
pub struct LayerReport {
    /// The key in `[layers]`, or `prospective.` and the key.
    pub name: String,
    /// Its files.
    pub files: Vec<FileReport>,
    /// Role → field, as found.
    pub fields: BTreeMap<&'static str, String>,
    /// How many features took part.
    pub used: usize,
    /// The planner's note.
    pub note: Option<String>,
}

/// What a run says of one file.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// The file as its reader saw it.
    pub source: SourceFile,
    /// The CRS it was read in, and where that was learnt from; `None` for a table without coordinates.
    pub crs: Option<(String, &'static str)>,
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
    pub fn feature_name(&self, feature: &RawFeature) -> String {
        let file = self.raw.files.get(feature.file).and_then(|file| file.path.file_name());
        format!("{} feature {}", file.unwrap_or_default().to_string_lossy(), feature.number)
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

/// Reads a layer into `plane`.
///
/// # Errors
/// A file that cannot be read, a field that no feature has, a CRS that is not known, a layer without a feature.
pub fn load(key: LayerKey, spec: &LayerSpec, plane: Plane, notices: &mut Notices) -> Result<Loaded, LayerError> {
    let place = key.name();
    let paths = files(key, spec, notices)?;
    let read = ReadOptions { columns: wanted_columns(key, spec), ..spec.read.clone() };
    let mut raw = inputs::read_layer(&paths, &read, notices, place)?;
    if raw.features.is_empty() {
        return Err(LayerError::Empty { layer: place, path: paths.into_iter().next().unwrap_or_default() });
    }
    let publication = publication(&raw, key);
    let fields = find_fields(&raw, key.kind().roles, publication, spec)?;
    filter(&mut raw, key, publication, spec, notices)?;
    let crs = project(&mut raw, publication, spec, plane, place, notices)?;
    let report = LayerReport {
        name: place.to_owned(),
        files: raw.files.iter().cloned().zip(crs).map(|(source, crs)| FileReport { source, crs }).collect(),
        fields: fields.iter().map(|(&role, found)| (role, found.join(", "))).collect(),
        used: raw.features.len(),
        note: spec.note.clone(),
    };
    Ok(Loaded { key, raw, fields, report })
}

/// The files of a layer: of an archive that holds several layers, the one that is known to be this one.
///
/// # Errors
/// As [`inputs::expand`].
pub fn files(key: LayerKey, spec: &LayerSpec, notices: &mut Notices) -> Result<Vec<PathBuf>, InputError> {
    let is_known = |path: &Path| is_named_as(path, key);
    let choice = Choice { layer: spec.read.layer.as_deref(), is_known: &is_known };
    let Expanded { files, left } = inputs::expand(&spec.base, &spec.paths, choice)?;
    left.iter().for_each(|path| notices.add(key.name(), &LEFT_IN_ARCHIVE, path.display()));
    Ok(files)
}

/// What the layer was published as, where that is known and is this layer.
fn publication(raw: &RawLayer, key: LayerKey) -> Option<&'static Publication> {
    let path = raw.files.first().map(|file| file.path.as_path())?;
    let known = known_fields(raw);
    let found = recognise(path, known.iter().map(String::as_str))?.publication;
    (found.use_as.layer() == Some(key)).then_some(found)
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
    publication: Option<&Publication>,
    spec: &LayerSpec,
) -> Result<BTreeMap<&'static str, Vec<String>>, LayerError> {
    let known = known_fields(raw);
    let matching =
        |wanted: &str| -> Vec<String> { known.iter().filter(|name| matches(wanted, name)).cloned().collect() };
    let published = |role: &Role| -> Vec<String> {
        let fields = publication.into_iter().flat_map(|found| found.roles).filter(|(key, _)| *key == role.key);
        fields.flat_map(|(_, field)| matching(field)).collect()
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
            let usual = role.usual.iter().map(|usual| matching(usual));
            std::iter::once(published(role)).chain(usual).find(|found| !found.is_empty()).unwrap_or_default()
        };
        if !found.is_empty() {
            fields.insert(role.key, found);
        }
    }
    Ok(fields)
}

fn known_fields(raw: &RawLayer) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in raw.features.iter().flat_map(|feature| feature.fields.keys()) {
        if seen.insert(name) {
            known.push(name.clone());
        }
    }
    known
}

/// Keeps the features that `where` and `classes` ask for.
fn filter(
    raw: &mut RawLayer,
    key: LayerKey,
    publication: Option<&Publication>,
    spec: &LayerSpec,
    notices: &mut Notices,
) -> Result<(), LayerError> {
    let mut conditions = spec.filter.clone();
    let published = publication.and_then(|found| found.classes);
    match (&spec.classes, published) {
        (Some((Some(field), classes)), _) => conditions.push((field.clone(), classes.clone())),
        (Some((None, classes)), Some((field, _))) => conditions.push((field.to_owned(), classes.clone())),
        (Some((None, _)), None) => {
            let path = raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
            return Err(LayerError::NoField { layer: key.name(), path, role: "class", known: known_fields(raw) });
        }
        (None, Some((field, classes))) => {
            conditions.push((field.to_owned(), classes.iter().map(|&class| class.to_owned()).collect()));
        }
        (None, None) => {}
    }
    for (field, wanted) in conditions {
        choose(raw, key, &field, &wanted, notices)?;
    }
    Ok(())
}

/// Keeps the features whose field has one of the values.
fn choose(
    raw: &mut RawLayer,
    key: LayerKey,
    field: &str,
    wanted: &[String],
    notices: &mut Notices,
) -> Result<(), LayerError> {
    inputs::require_field(raw, field)?;
    let mut wanted: Vec<String> =
        wanted.iter().map(|value| value.nfkc().collect::<String>().trim().to_owned()).collect();
    if wanted.iter().any(|value| wards::designated_city(value).is_some()) {
        let (spread, cities) = wards::spread(&wanted, &values(raw, field));
        wanted = spread;
        for city in cities {
            notices.add(key.name(), &BY_WARDS, format_args!("{field} = {:05} ({})", city.code, city.name));
        }
    }
    let asked = files_asked(raw, key, field);
    let fits =
        |feature: &RawFeature| feature.fields.get(field).and_then(as_text).is_some_and(|value| wanted.contains(&value));
    if !raw.features.iter().any(fits) {
        let path = raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        let (found, hint) = (some_values(raw, field), wards::hint(&wanted, &values(raw, field)));
        return Err(LayerError::NothingChosen {
            layer: key.name(),
            path,
            field: field.into(),
            wanted,
            found,
            hint: hint.map(String::into),
        });
    }
    let before = raw.features.len();
    raw.features.retain(|feature| !asked[feature.file] || fits(feature));
    let left = before - raw.features.len();
    if left > 0 {
        let values = wanted.join(", ");
        notices.add_many(key.name(), &FILTERED, left as u64, format!("all where {field} is not {values}"));
    }
    Ok(())
}

/// Which files a condition on a field applies to: all, but that of the tables and boundaries of a census only those
/// that have the field.
fn files_asked(raw: &RawLayer, key: LayerKey, field: &str) -> Vec<bool> {
    let mut asked = vec![key != LayerKey::Census; raw.files.len()];
    for feature in raw.features.iter().filter(|feature| feature.fields.contains_key(field)) {
        asked[feature.file] = true;
    }
    asked
}

/// All values of a field.
fn values(raw: &RawLayer, field: &str) -> BTreeSet<String> {
    raw.features.iter().filter_map(|feature| feature.fields.get(field).and_then(as_text)).collect()
}

/// The values of a field in the order of the features, each once; where there are more than a message can hold, an
/// ellipsis at the end.
fn some_values(raw: &RawLayer, field: &str) -> Vec<String> {
    const SHOWN: usize = 10;
    let mut values: Vec<String> = Vec::new();
    for value in raw.features.iter().filter_map(|feature| feature.fields.get(field).and_then(as_text)) {
        if values.contains(&value) {
            continue;
        }
        if values.len() == SHOWN {
            values.push("…".to_owned());
            break;
        }
        values.push(value);
    }
    values
}

/// Brings every feature into the plane; returns for each file the CRS it was read in.
fn project(
    raw: &mut RawLayer,
    publication: Option<&Publication>,
    spec: &LayerSpec,
    plane: Plane,
    place: &'static str,
    notices: &mut Notices,
) -> Result<Vec<Option<(String, &'static str)>>, LayerError> {
    let mut used = Vec::new();
    for (number, file) in raw.files.iter().enumerate() {
        let features = || raw.features.iter().filter(move |feature| feature.file == number);
        if features().all(|feature| feature.geometry.is_none()) {
            used.push(None);
            continue;
        }
        let published = publication.and_then(|found| found.crs).filter(|_| file.crs.is_none());
        let (crs, found_in) = match (&spec.read.crs, published) {
            (None, Some(published)) => (parse(published, &file.path)?, "publication"),
            (demanded, _) => crs_of(file, demanded.as_deref(), place)?,
        };
        if crs.is_geographic() {
            for feature in features() {
                for position in feature.geometry.iter().flat_map(CoordsIter::coords_iter) {
                    inputs::check_degrees(&file.path, feature.number, [position.x, position.y])?;
                }
            }
        }
        if !crs.is_geographic() {
            let positions: Vec<(usize, Point)> = features()
                .flat_map(|feature| feature.geometry.iter().map(move |geometry| (feature.number, geometry)))
                .flat_map(|(number, geometry)| geometry.coords_iter().map(move |at| (number, [at.x, at.y])))
                .collect();
            inputs::check_metres(&file.path, &crs.name(), positions.iter().map(|(number, at)| (*number, at)))?;
        }
        if let Some(note) = crs.datum_note() {
            notices.add(place, &DATUM, note);
        }
        let to_plane = ToPlane::new(&crs, plane).map_err(|source| LayerError::crs(&file.path, source))?;
        for feature in raw.features.iter_mut().filter(|feature| feature.file == number) {
            if let Some(geometry) = &mut feature.geometry {
                convert(geometry, &to_plane).map_err(|source| LayerError::crs(&file.path, source))?;
            }
        }
        used.push(Some((crs.name(), found_in)));
    }
    Ok(used)
}

/// Brings all positions of a geometry into the plane at once.
fn convert(geometry: &mut Geometry<f64>, to_plane: &ToPlane) -> Result<(), CrsError> {
    let mut points: Vec<Point> = geometry.coords_iter().map(|position| [position.x, position.y]).collect();
    to_plane.convert(&mut points)?;
    let next = Cell::new(0);
    geometry.map_coords_in_place(|_| {
        let [x, y] = points[next.replace(next.get() + 1)];
        coord! { x: x, y: y }
    });
    Ok(())
}

/// The CRS of a file: what the project file demands, else what the file says.
///
/// # Errors
/// A text that names no CRS, or a file that names none where the project file does not either.
pub fn crs_of(
    file: &SourceFile,
    demanded: Option<&str>,
    layer: &'static str,
) -> Result<(Crs, &'static str), LayerError> {
    let (text, found_in) = match (demanded, &file.crs) {
        (Some(demanded), _) => (demanded, "project file"),
        (None, Some(declared)) => (declared.text.as_str(), declared.found_in),
        // Nothing in it has to be anywhere.
        (None, None) if file.features == 0 => return Ok((Crs::jgd2011(), "no features")),
        (None, None) => return Err(LayerError::NoCrs { layer, path: file.path.clone() }),
    };
    Ok((parse(text, &file.path)?, found_in))
}

fn parse(text: &str, path: &Path) -> Result<Crs, LayerError> {
    Crs::parse(text).map_err(|source| LayerError::crs(path, source))
}
