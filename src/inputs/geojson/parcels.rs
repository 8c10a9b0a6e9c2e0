//! GeoJSON parcels, chunk by chunk: the path that a million parcels take.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::feature::{FeatureFault, FeatureText, Part, id_text, parse};
use super::opened::Opened;
use super::polygons;
use crate::geometry::Shapes;
use crate::inputs::format::{About, Input};
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{Fields, GeometryProblem, InputError, ParcelRecord, RawParcels, SourceFile, axes, fields};

struct GeoJsonParcels {
    opened: Opened,
    source: SourceFile,
    id_field: Option<String>,
    /// Whether positions must be longitude and latitude.
    degrees: bool,
}

/// Opens a file of parcels: one pass over its bytes, and a look at its first features for the field with the ids.
pub(super) fn open(input: &Input<'_>, id_field: Option<&str>) -> Result<Box<dyn ParcelFile>, InputError> {
    let opened = Opened::new(input)?;
    if let Some(field) = id_field {
        require_in_first_chunk(&opened, field)?;
    }
    let degrees = axes::means_degrees(input.options.crs.as_deref(), Some(&opened.crs));
    let about =
        About { crs: Some(opened.crs.clone()), encoding: Some(opened.encoding.clone()), features: opened.len() };
    let source = input.source(&super::FORMAT, about);
    Ok(Box::new(GeoJsonParcels { opened, source, id_field: id_field.map(str::to_owned), degrees }))
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
        let mut parcels = RawParcels { first: chunk.first, ..RawParcels::default() };
        parcels.records.reserve_exact(chunk.features);
        self.opened.read(chunk, |_, text, feature| {
            let record = self.record(text, feature, &mut parcels.shapes)?;
            parcels.records.push(record);
            Ok(())
        })?;
        if self.degrees {
            self.check_degrees(&parcels)?;
        }
        Ok(parcels)
    }
}

impl GeoJsonParcels {
    fn record<'a>(
        &self,
        text: &'a str,
        feature: &FeatureText<'a>,
        shapes: &mut Shapes,
    ) -> Result<ParcelRecord<'a>, FeatureFault> {
        let properties = feature.properties.unwrap_or(Part { text: "{}", at: 0 });
        let mapped = find_id(text, properties, self.id_field.as_deref())?;
        let own = feature.id.map(|id| parse::<&RawValue>(text, id)).transpose()?;
        let problem = match feature.geometry {
            None => {
                shapes.end_shape();
                Some(GeometryProblem::Null)
            }
            Some(geometry) => polygons::push_shape(geometry.text, shapes)
                .map_err(|error| FeatureFault::within(text, geometry.at, &error))?,
        };
        Ok(ParcelRecord {
            id: mapped.or_else(|| own.and_then(id_text)),
            properties: Cow::Borrowed(properties.text),
            geometry: Some(feature.geometry.map_or("null", |geometry| geometry.text)),
            problem,
        })
    }

    /// One comparison a coordinate; only where one is out of range is it asked which.
    fn check_degrees(&self, parcels: &RawParcels<'_>) -> Result<(), InputError> {
        let in_range = |[x, y]: &[f64; 2]| x.abs() <= 180.0 && y.abs() <= 90.0;
        if parcels.shapes.points().iter().all(in_range) {
            return Ok(()); // an axis swapped in Japan is out of range too: its longitudes are past 90
        }
        for (place, shape) in parcels.shapes.iter().enumerate() {
            for &point in shape.points() {
                axes::check_degrees(self.opened.path(), parcels.first + place + 1, point)?;
            }
        }
        Ok(())
    }
}

fn require_in_first_chunk(opened: &Opened, field: &str) -> Result<(), InputError> {
    let Some(chunk) = opened.chunks().first() else { return Ok(()) };
    let mut found = false;
    let mut known: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    opened.read(chunk, |_, text, feature| {
        if let (Some(properties), false) = (feature.properties, found) {
            let properties: Fields = parse(text, properties)?;
            found = properties.contains_key(field);
            known.extend(properties.into_iter().map(|(name, _)| name).filter(|name| seen.insert(name.clone())));
        }
        Ok(())
    })?;
    if found {
        return Ok(());
    }
    Err(fields::missing_field(opened.path().clone(), field, known.iter().map(String::as_str).collect()))
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
