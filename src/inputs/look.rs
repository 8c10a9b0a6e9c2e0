//! What a file holds at a glance: its format, fields, kinds of geometry and extent; nothing of it is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use geo::{CoordsIter, Geometry};
use rayon::prelude::*;
use serde_json::Value;

use super::files::{Located, Store};
use super::format::Input;
use super::layer::read_located;
use super::parcels::open_located;
use super::{Fields, GeometryProblem, InputError, ParcelSource, RawParcels, ReadOptions, SourceFile};
use crate::geometry::Bounds;
use crate::notices::Notices;
use crate::text::Text;

/// Polygons of more features than this are looked at piece by piece where their format allows it, as parcels.
const MANY: usize = 50_000;

/// How many examples of a field's values are kept.
const EXAMPLES: usize = 3;

/// An example is cut after so many characters.
const LONGEST_EXAMPLE: usize = 60;

/// What a file holds.
#[derive(Debug)]
pub struct Look {
    /// Its format, CRS, encoding and number of features.
    pub source: SourceFile,
    /// Its fields in the order in which they first appear.
    pub fields: Vec<FieldLook>,
    /// How many features of each kind of geometry, by GeoJSON's names; `none` where there is none. What people read is
    /// the [`geometry_name`].
    pub geometries: BTreeMap<&'static str, u64>,
    /// A box around all positions, in the file's coordinates; empty where there is none.
    pub extent: Bounds,
    /// What the columns are called in plain words, where the file says.
    pub labels: BTreeMap<String, String>,
    /// What was found while it was read.
    pub notices: Notices,
}

/// What a field holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldLook {
    /// Its name.
    pub name: String,
    /// In how many features it is neither null nor blank.
    pub filled: u64,
    /// The first different values, as text.
    pub examples: Vec<String>,
    /// Every different value, of the fields that were asked for.
    pub values: BTreeSet<String>,
}

/// Files that are looked at one after the other. An archive that several of them lie in is opened and hashed once.
#[derive(Debug, Default)]
pub struct InTurn(Store);

impl InTurn {
    /// Looks at a file; of `all_values` every different value is kept. `place` is what its notices are filed under.
    ///
    /// # Errors
    /// As [`super::read_layer`].
    pub fn look(
        &mut self,
        path: &Path,
        options: &ReadOptions,
        all_values: &[&str],
        place: &str,
    ) -> Result<Look, InputError> {
        look_at(self.0.locate(path)?, options, all_values, place)
    }

    /// The polygons of a file, as [`super::open_parcels`] opens them.
    ///
    /// # Errors
    /// As there.
    pub fn open_parcels(&mut self, path: &Path, options: &ReadOptions) -> Result<Box<dyn ParcelSource>, InputError> {
        open_located(vec![self.0.locate(path)?], options, None)
    }
}

/// A file and what it holds, or why it cannot be read.
pub type Looked = (PathBuf, Result<Look, InputError>);

/// [`InTurn::look`] at many files on all cores. An archive that many of them lie in is opened and hashed once.
#[must_use]
pub fn look_at_all(files: Vec<PathBuf>, all_values: &[&str], name: impl Fn(&Path) -> String + Sync) -> Vec<Looked> {
    let mut store = Store::default();
    let located = files.into_iter().map(|path| (store.locate(&path), path)).collect::<Vec<_>>();
    let looked = |(located, path): (Result<Located, InputError>, PathBuf)| {
        let found = located.and_then(|it| look_at(it, &ReadOptions::default(), all_values, &name(&path)));
        (path, found)
    };
    located.into_par_iter().map(looked).collect()
}

fn look_at(file: Located, options: &ReadOptions, all_values: &[&str], place: &str) -> Result<Look, InputError> {
    let format = Input::open(file.clone(), options)?.format()?;
    if format.open_parcels.is_some()
        && let Ok(source) = open_located(vec![file.clone()], options, None)
        && source.len() > MANY
        && !source.read_chunk(0)?.shapes.points().is_empty()
    {
        return in_pieces(source.as_ref(), all_values);
    }
    whole(file, options, all_values, place)
}

fn whole(file: Located, options: &ReadOptions, all_values: &[&str], place: &str) -> Result<Look, InputError> {
    let mut notices = Notices::keeping(usize::MAX);
    let mut layer = read_located(vec![file], options, &mut notices, place)?;
    let mut gathered = Gathered::new(all_values);
    let mut geometries = BTreeMap::new();
    let mut extent = Bounds::EMPTY;
    for feature in &layer.features {
        gathered.add(&feature.fields);
        *geometries.entry(feature.geometry.as_ref().map_or("none", kind_of)).or_default() += 1;
        let positions = feature.geometry.iter().flat_map(CoordsIter::coords_iter);
        positions.for_each(|at| extent = extent.union(Bounds::of(&[[at.x, at.y]])));
    }
    let labels = std::mem::take(&mut layer.labels);
    Ok(Look { source: layer.files.remove(0), fields: gathered.fields, geometries, extent, labels, notices })
}

fn in_pieces(source: &dyn ParcelSource, all_values: &[&str]) -> Result<Look, InputError> {
    let mut gathered = Gathered::new(all_values);
    let mut geometries: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut extent = Bounds::EMPTY;
    for chunk in 0..source.chunks() {
        let parcels: RawParcels<'_> = source.read_chunk(chunk)?;
        extent = extent.union(parcels.shapes.bounds());
        for (shape, record) in parcels.shapes.iter().zip(&parcels.records) {
            // What the reader found to be text of a JSON object parses.
            let fields: Fields = serde_json::from_str(&record.properties).unwrap_or_default();
            gathered.add(&fields);
            let kind = match record.problem {
                Some(GeometryProblem::Null | GeometryProblem::Empty) => "none",
                Some(GeometryProblem::NotAPolygon) => "other than polygons",
                _ if shape.polygons().len() > 1 => "MultiPolygon",
                _ => "Polygon",
            };
            *geometries.entry(kind).or_default() += 1;
        }
    }
    let (file, notices) = (source.files()[0].clone(), source.notices().clone());
    Ok(Look { source: file, fields: gathered.fields, geometries, extent, labels: BTreeMap::new(), notices })
}

/// What people call a kind of geometry among those of [`Look::geometries`].
#[must_use]
pub fn geometry_name(kind: &'static str) -> Text {
    let ja = match kind {
        "Point" => "点",
        "MultiPoint" => "点の集まり",
        "LineString" => "線",
        "MultiLineString" => "線の集まり",
        "Polygon" => "ポリゴン",
        "MultiPolygon" => "ポリゴンの集まり",
        "GeometryCollection" => "図形の集まり",
        "other than polygons" => "ポリゴン以外",
        "none" => "図形なし",
        other => other,
    };
    Text { ja: ja.into(), en: kind.into() }
}

/// Fields as features show them.
struct Gathered<'a> {
    fields: Vec<FieldLook>,
    indices: BTreeMap<String, usize>,
    all_values: &'a [&'a str],
}

impl<'a> Gathered<'a> {
    fn new(all_values: &'a [&'a str]) -> Self {
        Self { fields: Vec::new(), indices: BTreeMap::new(), all_values }
    }

    fn add(&mut self, fields: &Fields) {
        for (name, value) in fields {
            let index = self.indices.get(name).copied().unwrap_or_else(|| {
                self.indices.insert(name.clone(), self.fields.len());
                self.fields.push(FieldLook { name: name.clone(), ..FieldLook::default() });
                self.fields.len() - 1
            });
            let field = &mut self.fields[index];
            let wants_all = self.all_values.contains(&name.as_str());
            if field.examples.len() == EXAMPLES && !wants_all {
                field.filled += u64::from(!is_blank(value));
                continue;
            }
            let Some(text) = text_of(value) else { continue };
            field.filled += 1;
            let example: String = text.chars().take(LONGEST_EXAMPLE).collect();
            if field.examples.len() < EXAMPLES && !field.examples.contains(&example) {
                field.examples.push(example);
            }
            if wants_all {
                field.values.insert(text);
            }
        }
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

fn kind_of(geometry: &Geometry<f64>) -> &'static str {
    match geometry {
        Geometry::Point(_) => "Point",
        Geometry::MultiPoint(_) => "MultiPoint",
        Geometry::LineString(_) | Geometry::Line(_) => "LineString",
        Geometry::MultiLineString(_) => "MultiLineString",
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "Polygon",
        Geometry::MultiPolygon(_) => "MultiPolygon",
        Geometry::GeometryCollection(_) => "GeometryCollection",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::open_parcels;

    const TEXT: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"22212","n":1},"geometry":{"type":"Polygon","coordinates":[[[138,34],[138.1,34],[138.1,34.1],[138,34]]]}},
{"type":"Feature","properties":{"code":"22213","n":null,"x":" "},"geometry":null}]}"#;

    fn check(look: &Look) {
        assert_eq!(look.source.features, 2);
        assert_eq!(look.geometries, BTreeMap::from([("Polygon", 1), ("none", 1)]));
        assert_eq!((look.extent.min, look.extent.max), ([138.0, 34.0], [138.1, 34.1]));
        let field = |index: usize| &look.fields[index];
        assert_eq!((field(0).name.as_str(), field(0).filled, field(0).values.len()), ("code", 2, 2));
        assert_eq!((field(1).filled, field(1).examples.clone(), field(1).values.len()), (1, vec!["1".to_owned()], 0));
        assert_eq!((field(2).name.as_str(), field(2).filled), ("x", 0));
    }

    #[test]
    fn a_look_at_a_whole_file_and_one_in_pieces_see_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        std::fs::write(&path, TEXT).unwrap();
        let options = ReadOptions::default();
        check(&whole(Store::default().locate(&path).unwrap(), &options, &["code"], "a").unwrap());
        check(&in_pieces(open_parcels(&[path], &options, None).unwrap().as_ref(), &["code"]).unwrap());
    }
}
