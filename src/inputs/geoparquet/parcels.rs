//! Parcels of a GeoParquet file, chunk by chunk.

use std::borrow::Cow;

use super::opened::Opened;
use crate::geometry::Bounds;
use crate::inputs::format::{About, Input, Reporter};
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{InputError, ParcelRecord, RawParcels, SourceFile, fields, json_text, wkb};

struct GeoParquetParcels {
    opened: Opened,
    source: SourceFile,
    /// The index of the ids among the attributes.
    id: Option<usize>,
}

/// Opens a file of parcels: its footer and the headers of its pages.
pub(super) fn open(
    input: &Input<'_>,
    id_field: Option<&str>,
    reporter: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    let opened = Opened::new(input, reporter)?;
    let index_of = |field: &str| {
        let index = opened.names.iter().position(|name| name == field);
        let known = || opened.names.iter().map(String::as_str).collect();
        index.ok_or_else(|| fields::missing_field(input.path.clone(), field, known()))
    };
    let id = id_field.map(index_of).transpose()?;
    let about = About { crs: opened.crs.clone(), encoding: None, features: opened.rows };
    let source = input.source(&super::FORMAT, about);
    Ok(Box::new(GeoParquetParcels { opened, source, id }))
}

impl ParcelFile for GeoParquetParcels {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        self.opened.chunks()
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let location = self.opened.locate(chunk);
        let mut parcels =
            RawParcels { first: location.first, records: Vec::with_capacity(location.rows), ..RawParcels::default() };
        let attributes = self.opened.attributes(&location)?;
        let objects = attributes.objects(&self.opened.names);
        let mut json = Vec::new();
        let mut push = |bytes: Option<&[u8]>| -> Result<(), InputError> {
            let row = parcels.records.len();
            let problem = wkb::push_shape(bytes, &mut parcels.shapes)
                .map_err(|fault| fault.of_feature(self.opened.path(), location.first + row + 1))?;
            let id = self.id.and_then(|id| {
                json.clear();
                objects.column(id).write(row, &mut json);
                json_text::id(&json)
            });
            json.clear();
            objects.write(row, &mut json);
            let properties = json_text::text(&json).ok_or_else(|| self.opened.not_utf8())?;
            parcels.records.push(ParcelRecord {
                id: id.map(Cow::Owned),
                properties: Cow::Owned(properties),
                geometry: None,
                problem,
            });
            Ok(())
        };
        match self.opened.geometries(&location)? {
            Some(geometries) => geometries.each(&mut push)?,
            None => (0..location.rows).try_for_each(|_| push(None))?,
        }
        Ok(parcels)
    }

    /// Reads the geometries only.
    fn bounds(&self, chunk: usize) -> Result<Bounds, InputError> {
        let location = self.opened.locate(chunk);
        let mut bounds = Bounds::EMPTY;
        let mut number = location.first;
        if let Some(geometries) = self.opened.geometries(&location)? {
            geometries.each(|wkb| {
                number += 1;
                let shape = wkb.map_or(Ok(Bounds::EMPTY), wkb::bounds);
                bounds = bounds.union(shape.map_err(|fault| fault.of_feature(self.opened.path(), number))?);
                Ok(())
            })?;
        }
        Ok(bounds)
    }
}
