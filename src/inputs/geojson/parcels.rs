//! GeoJSON parcels, chunk by chunk: the path that a million parcels take.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::cursor::{Cursor, Fault};
use super::feature::{FeatureFault, FeatureText, Part, id_text, parse};
use super::opened::{FeatureReader, Opened};
use super::polygons;
use crate::inputs::format::{About, Input, Reporter};
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{Fields, GeometryProblem, InputError, ParcelRecord, RawParcels, SourceFile, fields};

struct GeoJsonParcels {
    opened: Opened,
    source: SourceFile,
    id_field: Option<String>,
}

/// Opens a file of parcels: one pass over its bytes, and a look at its first features for the field with the ids.
pub(super) fn open(
    input: &Input<'_>,
    id_field: Option<&str>,
    _: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    let opened = Opened::new(input)?;
    if let Some(field) = id_field {
        require_in_first_chunk(&opened, field)?;
    }
    let about =
        About { crs: Some(opened.crs.clone()), encoding: Some(opened.encoding.clone()), features: opened.len() };
    let source = input.source(&super::FORMAT, about);
    Ok(Box::new(GeoJsonParcels { opened, source, id_field: id_field.map(str::to_owned) }))
}

impl ParcelFile for GeoJsonParcels {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        self.opened.chunks().len()
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let chunk = &self.opened.chunks()[chunk];
        let records = Vec::with_capacity(chunk.features);
        let parcels = RawParcels { first: chunk.first, records, ..RawParcels::default() };
        let mut reader = ObjectReader { id_field: self.id_field.as_deref(), parcels };
        self.opened.read(chunk, &mut reader)?;
        let parcels = reader.parcels;
        Ok(parcels)
    }
}

/// Reads features into flat arrays.
struct ObjectReader<'a, 'f> {
    id_field: Option<&'f str>,
    parcels: RawParcels<'a>,
}

impl<'a> FeatureReader<'a> for ObjectReader<'a, '_> {
    type Geometry = Option<GeometryProblem>;

    fn geometry(&mut self, cursor: &mut Cursor<'_>) -> Result<Self::Geometry, Fault> {
        polygons::take_shape(cursor, &mut self.parcels.shapes)
    }

    fn feature(&mut self, text: &'a str, feature: FeatureText<'a, Self::Geometry>) -> Result<(), FeatureFault> {
        let properties = feature.properties.unwrap_or(Part { text: "{}", at: 0 });
        let mapped = find_id(text, properties, self.id_field)?;
        let own = feature.id.map(|id| parse::<&RawValue>(text, id)).transpose()?;
        let (geometry, problem) = if let Some((geometry, problem)) = feature.geometry {
            (geometry.text, problem)
        } else {
            self.parcels.shapes.end_shape();
            ("null", Some(GeometryProblem::Null))
        };
        self.parcels.records.push(ParcelRecord {
            id: mapped.or_else(|| own.and_then(id_text)),
            properties: Cow::Borrowed(properties.text),
            geometry: Some(geometry),
            problem,
        });
        Ok(())
    }
}

fn require_in_first_chunk(opened: &Opened, field: &str) -> Result<(), InputError> {
    let Some(chunk) = opened.chunks().first() else { return Ok(()) };
    let mut reader = NameReader { wanted: field, found: false, known: Vec::new(), seen: BTreeSet::new() };
    opened.read(chunk, &mut reader)?;
    if reader.found {
        return Ok(());
    }
    Err(fields::missing_field(opened.path().clone(), field, reader.known.iter().map(String::as_str).collect()))
}

/// Reads the names of fields until the wanted one is found.
struct NameReader<'f> {
    wanted: &'f str,
    found: bool,
    known: Vec<String>,
    seen: BTreeSet<String>,
}

impl<'a> FeatureReader<'a> for NameReader<'_> {
    type Geometry = ();

    fn geometry(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Fault> {
        cursor.value().map(|_| ())
    }

    fn feature(&mut self, text: &'a str, feature: FeatureText<'a, ()>) -> Result<(), FeatureFault> {
        if let (Some(properties), false) = (feature.properties, self.found) {
            let properties: Fields = parse(text, properties)?;
            self.found = properties.contains_key(self.wanted);
            let names = properties.into_iter().map(|(name, _)| name);
            self.known.extend(names.filter(|name| self.seen.insert(name.clone())));
        }
        Ok(())
    }
}

/// The id in the properties, found while seeing that they are JSON; no map is built.
fn find_id<'a>(text: &str, properties: Part<'a>, field: Option<&str>) -> Result<Option<Cow<'a, str>>, FeatureFault> {
    let fault = |error| FeatureFault::within(text, properties.at, &error);
    let mut json = serde_json::Deserializer::from_str(properties.text);
    let id = IdSeed { field }.deserialize(&mut json).map_err(fault)?;
    json.end().map_err(fault)?;
    Ok(id.and_then(id_text))
}

struct IdSeed<'f> {
    field: Option<&'f str>,
}

impl<'de> DeserializeSeed<'de> for IdSeed<'_> {
    type Value = Option<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for IdSeed<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut id = None;
        while let Some(is_id) = members.next_key_seed(IsField(self.field))? {
            if is_id {
                id = Some(members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(id)
    }
}

/// Whether a name is the one that is looked for.
struct IsField<'f>(Option<&'f str>);

impl<'de> DeserializeSeed<'de> for IsField<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<bool, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for IsField<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(self.0 == Some(name))
    }
}
