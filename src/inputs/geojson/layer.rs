//! GeoJSON layers read whole, any kind of geometry.

use geo::{
    Coord, CoordsIter, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};
use rayon::prelude::*;

use super::cursor::{Cursor, Fault};
use super::feature::{FeatureFault, FeatureText, parse};
use super::opened::{FeatureReader, Opened};
use super::polygons::MAX_DEPTH;
use crate::inputs::format::{FeatureTable, Input, Reporter};
use crate::inputs::parcels::Chunk;
use crate::inputs::{InputError, RawFeature};
use crate::text::Text;

pub(super) fn read(input: &Input<'_>, _: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let opened = Opened::new(input)?;
    // Results are kept in order, so that of several errors the first of the file is told.
    let chunks: Vec<_> = opened.chunks().par_iter().map(|chunk| read_chunk(&opened, chunk)).collect();
    let mut features = Vec::with_capacity(opened.len());
    for chunk in chunks {
        features.append(&mut chunk?);
    }
    Ok(FeatureTable { features, crs: Some(opened.crs), encoding: Some(opened.encoding), ..FeatureTable::default() })
}

fn read_chunk(opened: &Opened, chunk: &Chunk) -> Result<Vec<RawFeature>, InputError> {
    let mut reader = LayerReader { first: chunk.first, features: Vec::with_capacity(chunk.features) };
    opened.read(chunk, &mut reader)?;
    Ok(reader.features)
}

/// Reads features with `geo` geometries.
struct LayerReader {
    first: usize,
    features: Vec<RawFeature>,
}

impl<'a> FeatureReader<'a> for LayerReader {
    type Geometry = Option<Geometry<f64>>;

    fn geometry(&mut self, cursor: &mut Cursor<'_>) -> Result<Self::Geometry, Fault> {
        take_geometry(cursor, 0)
    }

    fn feature(&mut self, text: &'a str, feature: FeatureText<'a, Self::Geometry>) -> Result<(), FeatureFault> {
        let fields = feature.properties.map(|properties| parse(text, properties)).transpose()?.unwrap_or_default();
        let geometry = feature.geometry.and_then(|(_, geometry)| geometry);
        let number = self.first + self.features.len() + 1;
        self.features.push(RawFeature { number, file: 0, geometry, fields });
        Ok(())
    }
}

/// Takes a geometry in `geo` types; `None` where it has no positions.
fn take_geometry(cursor: &mut Cursor<'_>, depth: u8) -> Result<Option<Geometry<f64>>, Fault> {
    cursor.expect(b'{', words!("「{」で始まる図形", "a geometry in braces"))?;
    let mut kind = None;
    let mut content = None;
    let mut first = true;
    while let Some(name) = cursor.member(first)? {
        first = false;
        match cursor.text(name) {
            b"type" if kind.is_none() => kind = Some(cursor.value()?),
            b"coordinates" | b"geometries" if content.is_none() => {
                content = Some(cursor.clone());
                cursor.value()?;
            }
            b"type" | b"coordinates" | b"geometries" => {
                return Err(cursor.wanted(words!("同じメンバーを1度だけ書くこと", "each member once only")));
            }
            _ => {
                cursor.checked_value()?;
            }
        }
        if !cursor.more_members()? {
            break;
        }
    }
    let kind =
        kind.ok_or_else(|| cursor.wanted(words!("この手前に図形の `type`", "a geometry with a type before this")))?;
    let mut content = content
        .ok_or_else(|| cursor.wanted(words!("この手前に図形の座標", "a geometry with coordinates before this")))?;
    let geometry = match cursor.text(kind) {
        b"\"Point\"" => return point(&mut content),
        b"\"MultiPoint\"" => MultiPoint(positions(&mut content)?.into_iter().map(Point).collect()).into(),
        b"\"LineString\"" => LineString(positions(&mut content)?).into(),
        b"\"MultiLineString\"" => MultiLineString(lines(&mut content)?).into(),
        b"\"Polygon\"" => polygon(&mut content)?.into(),
        b"\"MultiPolygon\"" => {
            MultiPolygon(all(&mut content, words!("ポリゴンの配列", "a list of polygons"), polygon)?).into()
        }
        b"\"GeometryCollection\"" if depth >= MAX_DEPTH => {
            return Err(content.wanted(words!("これより浅い入れ子", "no more collections within collections")));
        }
        b"\"GeometryCollection\"" => {
            let parts = all(&mut content, words!("図形の配列", "a list of geometries"), |cursor| {
                take_geometry(cursor, depth + 1)
            })?;
            Geometry::GeometryCollection(GeometryCollection(parts.into_iter().flatten().collect()))
        }
        _ => {
            return Err(
                cursor.wanted(words!("この手前に決められた種類の図形", "a geometry of a known type before this"))
            );
        }
    };
    Ok((geometry.coords_count() > 0).then_some(geometry))
}

fn point(cursor: &mut Cursor<'_>) -> Result<Option<Geometry<f64>>, Fault> {
    let mut empty = cursor.clone();
    if empty.take(b'[') && empty.take(b']') {
        return Ok(None);
    }
    Ok(Some(Point(coord(cursor)?).into()))
}

fn polygon(cursor: &mut Cursor<'_>) -> Result<Polygon<f64>, Fault> {
    let mut rings = lines(cursor)?.into_iter();
    let shell = rings.next().unwrap_or(LineString(Vec::new()));
    Ok(Polygon::new(shell, rings.collect()))
}

fn lines(cursor: &mut Cursor<'_>) -> Result<Vec<LineString<f64>>, Fault> {
    all(cursor, words!("座標の配列の配列", "a list of lists of positions"), |cursor| {
        positions(cursor).map(LineString)
    })
}

fn positions(cursor: &mut Cursor<'_>) -> Result<Vec<Coord<f64>>, Fault> {
    all(cursor, words!("座標の配列", "a list of positions"), coord)
}

fn coord(cursor: &mut Cursor<'_>) -> Result<Coord<f64>, Fault> {
    cursor.position().map(|[x, y]| Coord { x, y })
}

/// Takes an array, each value with `take`.
fn all<T>(
    cursor: &mut Cursor<'_>,
    name: &'static Text,
    mut take: impl FnMut(&mut Cursor<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut values = Vec::new();
    cursor.list(name, |cursor| {
        values.push(take(cursor)?);
        Ok(())
    })?;
    Ok(values)
}
