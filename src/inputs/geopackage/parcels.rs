//! Parcels of a GeoPackage, chunk by chunk.

use std::borrow::Cow;

use super::rows::Opened;
use crate::geometry::Bounds;
use crate::inputs::format::{About, Input, Reporter};
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{InputError, ParcelRecord, RawParcels, SourceFile, fields, json_text, wkb};

struct GeoPackageParcels {
    opened: Opened,
    source: SourceFile,
    /// The index among the attributes of the ids: of the mapped field, else of the primary key.
    id: Option<usize>,
}

/// Opens a layer of parcels: one pass over its primary key.
pub(super) fn open(
    input: &Input<'_>,
    id_field: Option<&str>,
    reporter: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    let opened = Opened::new(input, reporter)?;
    let layer = &opened.layer;
    let index_of = |name: &str| layer.attributes.iter().position(|attribute| attribute.name == name);
    let id = match (id_field, &layer.key) {
        (Some(field), _) => {
            let known = || layer.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
            Some(index_of(field).ok_or_else(|| fields::missing_field(input.path.clone(), field, known()))?)
        }
        (None, key) => key.as_deref().and_then(index_of),
    };
    let about = About { crs: layer.crs.clone(), encoding: None, features: opened.rows() };
    let source = input.source(&super::FORMAT, about);
    Ok(Box::new(GeoPackageParcels { opened, source, id }))
}

impl ParcelFile for GeoPackageParcels {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        self.opened.chunks().len()
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let chunk = &self.opened.chunks()[chunk];
        let mut parcels =
            RawParcels { first: chunk.first, records: Vec::with_capacity(chunk.rows), ..RawParcels::default() };
        let mut json = Vec::new();
        self.opened.read(chunk, true, |row| {
            let problem = wkb::push_shape(row.wkb()?, &mut parcels.shapes).map_err(|fault| row.fault(fault))?;
            json.clear();
            if let Some(index) = self.id {
                row.write_attribute(index, &mut json)?;
            }
            let id = self.id.and_then(|_| json_text::id(&json)).map(Cow::Owned);
            json.clear();
            row.write(&mut json)?;
            let properties = Cow::Owned(json_text::text(&json).ok_or_else(|| row.not_utf8())?);
            parcels.records.push(ParcelRecord { id, properties, geometry: None, problem });
            Ok(())
        })?;
        Ok(parcels)
    }

    /// Reads the geometries only. The boxes in their headers would be faster and need not be right.
    fn bounds(&self, chunk: usize) -> Result<Bounds, InputError> {
        let mut bounds = Bounds::EMPTY;
        self.opened.read(&self.opened.chunks()[chunk], false, |row| {
            if let Some(bytes) = row.wkb()? {
                bounds = bounds.union(wkb::bounds(bytes).map_err(|fault| row.fault(fault))?);
            }
            Ok(())
        })?;
        Ok(bounds)
    }
}
