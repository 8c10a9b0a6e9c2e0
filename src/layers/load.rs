//! One layer from its files: read, filtered, its fields found, its coordinates in plane metres.

use std::cell::Cell;
use std::collections::BTreeMap;

use geo::{CoordsIter, Geometry, MapCoordsInPlace, coord};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::{LayerError, LayerKey, LayerSpec, Role};
use crate::crs::{Crs, CrsError, Plane, ToPlane};
use crate::geometry::Point;
use crate::inputs::{self, RawFeature, RawLayer, SourceFile};
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
    let paths = inputs::expand(&spec.base, &spec.paths)?;
    let mut raw = inputs::read_layer(&paths, &spec.read, notices, place)?;
    if raw.features.is_empty() {
        return Err(LayerError::Empty { layer: place, path: paths.into_iter().next().unwrap_or_default() });
    }
    let fields = find_fields(&raw, key.kind().roles, spec)?;
    filter(&mut raw, key, spec, notices)?;
    let crs = project(&mut raw, spec, plane, place, notices)?;
    let report = LayerReport {
        name: place.to_owned(),
        files: raw.files.iter().cloned().zip(crs).map(|(source, crs)| FileReport { source, crs }).collect(),
        fields: fields.iter().map(|(&role, found)| (role, found.join(", "))).collect(),
        used: raw.features.len(),
        note: spec.note.clone(),
    };
    Ok(Loaded { key, raw, fields, report })
}

/// Role → fields: those that the project file names, else the usual ones that exist.
fn find_fields(
    raw: &RawLayer,
    roles: &'static [Role],
    spec: &LayerSpec,
) -> Result<BTreeMap<&'static str, Vec<String>>, LayerError> {
    let known = known_fields(raw);
    let matching = |pattern: &str| -> Vec<String> {
        match pattern.strip_suffix('*') {
            Some(start) => known.iter().filter(|name| name.starts_with(start)).cloned().collect(),
            None => known.iter().filter(|name| *name == pattern).cloned().collect(),
        }
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
            role.usual.iter().map(|usual| matching(usual)).find(|found| !found.is_empty()).unwrap_or_default()
        };
        if !found.is_empty() {
            fields.insert(role.key, found);
        }
    }
    Ok(fields)
}

fn known_fields(raw: &RawLayer) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for name in raw.features.iter().flat_map(|feature| feature.fields.keys()) {
        if seen.insert(name) {
            known.push(name.clone());
        }
    }
    known
}

/// Keeps the features that `where` and `classes` ask for.
fn filter(raw: &mut RawLayer, key: LayerKey, spec: &LayerSpec, notices: &mut Notices) -> Result<(), LayerError> {
    let mut conditions = spec.filter.clone();
    let usual = usual_classes(raw, key);
    match (&spec.classes, usual) {
        (Some((Some(field), classes)), _) => conditions.push((field.clone(), classes.clone())),
        (Some((None, classes)), usual) => {
            let first_known = key.kind().usual_classes.first().map_or("", |(field, _)| field);
            conditions.push((usual.map_or(first_known, |(field, _)| field).to_owned(), classes.clone()));
        }
        (None, Some((field, classes))) if !classes.is_empty() => {
            conditions.push((field.to_owned(), classes.iter().map(|&class| class.to_owned()).collect()));
        }
        (None, _) => {}
    }
    for (field, wanted) in conditions {
        inputs::require_field(raw, &field)?;
        let wanted: Vec<String> =
            wanted.iter().map(|value| value.nfkc().collect::<String>().trim().to_owned()).collect();
        let before = raw.features.len();
        let found = some_values(raw, &field);
        raw.features
            .retain(|feature| feature.fields.get(&field).and_then(as_text).is_some_and(|v| wanted.contains(&v)));
        let left = before - raw.features.len();
        if raw.features.is_empty() {
            let path = raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
            return Err(LayerError::NothingChosen { layer: key.name(), path, field, wanted, found });
        }
        if left > 0 {
            let values = wanted.join(", ");
            notices.add_many(key.name(), &FILTERED, left as u64, format!("all where {field} is not {values}"));
        }
    }
    Ok(())
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

fn usual_classes(raw: &RawLayer, key: LayerKey) -> Option<(&'static str, &'static [&'static str])> {
    let has = |field: &str| raw.features.iter().any(|feature| feature.fields.contains_key(field));
    key.kind().usual_classes.iter().copied().find(|(field, _)| has(field))
}

/// Brings every feature into the plane; returns for each file the CRS it was read in.
fn project(
    raw: &mut RawLayer,
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
        let (crs, found_in) = crs_of(file, spec.read.crs.as_deref(), place)?;
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
    let crs = Crs::parse(text).map_err(|source| LayerError::crs(&file.path, source))?;
    Ok((crs, found_in))
}
