//! Parcels of a GeoParquet file, chunk by chunk.

use super::opened::Opened;
use crate::geometry::Bounds;
use crate::inputs::arrow::{BoundsOfRows, Records, id_index};
use crate::inputs::format::{About, Input, Reporter};
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{InputError, RawParcels, SourceFile};

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
    let id = id_index(opened.names.iter().map(String::as_str), id_field, &input.path)?;
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
        let attributes = self.opened.attributes(&location)?;
        let objects = attributes.objects(&self.opened.names);
        let mut records = Records::new(self.opened.path(), objects, self.id, (location.first, location.rows));
        match self.opened.geometries(&location)? {
            Some(geometries) => geometries.each(|geometry| records.push(geometry))?,
            None => (0..location.rows).try_for_each(|_| records.push(None))?,
        }
        Ok(records.finish())
    }

    /// Reads the geometries only.
    fn bounds(&self, chunk: usize) -> Result<Bounds, InputError> {
        let location = self.opened.locate(chunk);
        let mut around = BoundsOfRows::new(self.opened.path(), location.first);
        if let Some(geometries) = self.opened.geometries(&location)? {
            geometries.each(|geometry| around.push(geometry))?;
        }
        Ok(around.bounds)
    }
}
