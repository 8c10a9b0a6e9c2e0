//! GeoJSON layers read whole, any kind of geometry.

use std::borrow::Cow;

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::feature::{FeatureFault, FeatureText, Part, parse};
use super::index::Chunk;
use super::opened::Opened;
use super::polygons::Position;
use crate::inputs::format::{Input, Reporter, Table};
use crate::inputs::{InputError, RawFeature};

/// Geometry collections within each other, at most. RFC 7946 advises against any.
const MAX_DEPTH: u8 = 16;

pub(super) fn read(input: &Input<'_>, _: &mut Reporter<'_>) -> Result<Table, InputError> {
    let opened = Opened::new(input)?;
    // Results are kept in order, so that of several errors the first of the file is told.
    let chunks: Vec<_> = opened.chunks().par_iter().map(|chunk| read_chunk(&opened, chunk)).collect();
    let mut features = Vec::with_capacity(opened.len());
    for chunk in chunks {
        features.append(&mut chunk?);
    }
    Ok(Table { features, crs: Some(opened.crs), encoding: Some(opened.encoding), ..Table::default() })
}

fn read_chunk(opened: &Opened, chunk: &Chunk) -> Result<Vec<RawFeature>, InputError> {
    let mut features = Vec::with_capacity(chunk.features);
    opened.read(chunk, |place, text, feature| {
        let (fields, geometry) = read_feature(text, feature)?;
        features.push(RawFeature { number: chunk.first + place + 1, file: 0, geometry, fields });
        Ok(())
    })?;
    Ok(features)
}

fn read_feature(
    text: &str,
    feature: &FeatureText<'_>,
) -> Result<(crate::inputs::Fields, Option<Geometry<f64>>), FeatureFault> {
    let fields = feature.properties.map(|properties| parse(text, properties)).transpose()?.unwrap_or_default();
    if let Some(id) = feature.id {
        parse::<serde::de::IgnoredAny>(text, id)?;
    }
    let geometry = feature.geometry.map(|geometry| read_geometry(text, geometry, 0)).transpose()?.flatten();
    Ok((fields, geometry))
}

#[derive(Deserialize)]
struct Members<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    coordinates: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometries: Option<Vec<&'a RawValue>>,
}

/// A geometry in `geo` types; `None` where it has no positions.
fn read_geometry(text: &str, part: Part<'_>, depth: u8) -> Result<Option<Geometry<f64>>, FeatureFault> {
    let members: Members<'_> = parse(text, part)?;
    let Some(content) = members.coordinates else {
        return read_collection(text, part, &members, depth);
    };
    let inner = Part { text: content.get(), at: part.at };
    if content.get().bytes().all(|byte| matches!(byte, b'[' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n')) {
        return Ok(None);
    }
    let line = |positions: Vec<Position>| LineString(positions.into_iter().map(coord).collect());
    let polygon = |rings: Vec<Vec<Position>>| {
        let mut rings = rings.into_iter().map(line);
        Polygon::new(rings.next().unwrap_or(LineString(Vec::new())), rings.collect())
    };
    Ok(Some(match &*members.kind {
        "Point" => Point(coord(parse(text, inner)?)).into(),
        "MultiPoint" => {
            let positions: Vec<Position> = parse(text, inner)?;
            MultiPoint(positions.into_iter().map(|position| Point(coord(position))).collect()).into()
        }
        "LineString" => line(parse(text, inner)?).into(),
        "MultiLineString" => {
            let lines: Vec<Vec<Position>> = parse(text, inner)?;
            MultiLineString(lines.into_iter().map(line).collect()).into()
        }
        "Polygon" => polygon(parse(text, inner)?).into(),
        "MultiPolygon" => {
            let polygons: Vec<Vec<Vec<Position>>> = parse(text, inner)?;
            MultiPolygon(polygons.into_iter().map(polygon).collect()).into()
        }
        other => return Err(FeatureFault::new(part.at, format!("“{other}” is no type of geometry with coordinates"))),
    }))
}

fn read_collection(
    text: &str,
    part: Part<'_>,
    members: &Members<'_>,
    depth: u8,
) -> Result<Option<Geometry<f64>>, FeatureFault> {
    let ("GeometryCollection", Some(parts)) = (&*members.kind, &members.geometries) else {
        return Err(FeatureFault::new(part.at, "its geometry has no coordinates"));
    };
    if depth >= MAX_DEPTH {
        return Err(FeatureFault::new(part.at, "geometry collections are nested too deep"));
    }
    let mut geometries = Vec::with_capacity(parts.len());
    for inner in parts {
        geometries.extend(read_geometry(text, Part { text: inner.get(), at: part.at }, depth + 1)?);
    }
    Ok((!geometries.is_empty()).then(|| Geometry::GeometryCollection(GeometryCollection(geometries))))
}

fn coord(Position([x, y]): Position) -> Coord<f64> {
    Coord { x, y }
}
