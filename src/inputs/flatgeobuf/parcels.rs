//! FlatGeobuf parcels, chunk by chunk.

use std::borrow::Cow;

use flatgeobuf::Feature;

use super::opened::Opened;
use super::polygons::take_shape;
use super::properties::{FgbColumn, columns, object_text, read_row};
use crate::geometry::{Bounds, Shapes};
use crate::inputs::format::{About, Input, Reporter};
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{InputError, ParcelRecord, RawParcels, SourceFile, fields};

struct FlatGeobufParcels {
    opened: Opened,
    source: SourceFile,
    id_field: Option<String>,
}

/// Opens a file of parcels: its header, and one pass over the lengths of its features.
pub(super) fn open(
    input: &Input<'_>,
    id_field: Option<&str>,
    _: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    let opened = Opened::new(input)?;
    if let Some(field) = id_field {
        require(&opened, field)?;
    }
    let about = About { crs: opened.crs.clone(), encoding: None, features: opened.len() };
    let source = input.source(&super::FORMAT, about);
    Ok(Box::new(FlatGeobufParcels { opened, source, id_field: id_field.map(str::to_owned) }))
}

impl ParcelFile for FlatGeobufParcels {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        self.opened.chunks.len()
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let opened = &self.opened;
        let chunk = &opened.chunks[chunk];
        let mut shapes = Shapes::default();
        let mut records = Vec::with_capacity(chunk.features);
        let mut row = Vec::new();
        opened.read(chunk, |feature| {
            let problem = take_shape(feature.geometry(), opened.kind, &mut shapes)?;
            let columns = columns_of(feature, &opened.columns);
            read_row(&columns, feature.properties().map_or(&[], |bytes| bytes.bytes()), &mut row)?;
            let is_id = |column: &FgbColumn| Some(column.name.as_str()) == self.id_field.as_deref();
            let id = columns.iter().position(is_id).and_then(|index| row[index].id());
            let properties = Cow::Owned(object_text(&columns, &row));
            records.push(ParcelRecord { id: id.map(Cow::Owned), properties, geometry: None, problem });
            Ok(())
        })?;
        // The format does not say which way rings turn, so that turning them is nothing to tell of.
        shapes.orient(|_| {});
        let parcels = RawParcels { file: 0, first: chunk.first, shapes, records };
        Ok(parcels)
    }

    fn bounds(&self, chunk: usize) -> Result<Bounds, InputError> {
        let mut shapes = Shapes::default();
        self.opened.read(&self.opened.chunks[chunk], |feature| {
            take_shape(feature.geometry(), self.opened.kind, &mut shapes).map(|_| ())
        })?;
        Ok(shapes.bounds())
    }
}

/// The columns of a feature: its own where it lists any, else those of the header.
pub(super) fn columns_of<'c>(feature: &Feature<'_>, of_header: &'c [FgbColumn]) -> Cow<'c, [FgbColumn]> {
    match feature.columns() {
        Some(own) if !own.is_empty() => Cow::Owned(columns(&own)),
        _ => Cow::Borrowed(of_header),
    }
}

/// Makes sure that the header or, where it lists none, the first features have the column.
fn require(opened: &Opened, field: &str) -> Result<(), InputError> {
    let mut known: Vec<String> = opened.columns.iter().map(|column| column.name.clone()).collect();
    if let (true, Some(chunk)) = (known.is_empty(), opened.chunks.first()) {
        opened.read(chunk, |feature| {
            for column in columns_of(feature, &[]).iter() {
                if !known.contains(&column.name) {
                    known.push(column.name.clone());
                }
            }
            Ok(())
        })?;
    }
    if opened.chunks.is_empty() || known.iter().any(|name| name == field) {
        return Ok(());
    }
    Err(fields::missing_field(opened.path().to_owned(), field, known.iter().map(String::as_str).collect()))
}
