//! Parcels of a shapefile, run by run of records.

use super::Shapefile;
use crate::inputs::format::{About, Input, Reporter};
use crate::inputs::parcels::{CHUNK_FEATURES, ParcelFile, from_features};
use crate::inputs::{InputError, RawParcels, SourceFile, fields};

struct ShapefileParcels {
    file: Shapefile,
    source: SourceFile,
    id_field: Option<String>,
    /// For each chunk, how many records before it are deleted.
    deleted_before: Vec<usize>,
}

/// Opens a shapefile of parcels: one pass over where its records begin.
pub(super) fn open(
    input: &Input<'_>,
    id_field: Option<&str>,
    reporter: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    let file = Shapefile::open(input)?;
    if let Some(field) = id_field
        && !file.table.names().iter().any(|name| name == field)
    {
        let known = file.table.names().iter().map(String::as_str).collect();
        return Err(fields::missing_field(file.path.clone(), field, known));
    }
    file.report(reporter);
    let shapes = file.places.len();
    let deleted: Vec<usize> = file.table.deleted(&file.dbf).take_while(|&index| index < shapes).collect();
    let chunks = (0..shapes).step_by(CHUNK_FEATURES);
    let deleted_before = chunks.map(|first| deleted.partition_point(|&index| index < first)).collect();
    let about =
        About { crs: file.crs.clone(), encoding: Some(file.table.note.clone()), features: shapes - deleted.len() };
    let source = input.source(&super::FORMAT, about);
    let id_field = id_field.map(str::to_owned);
    Ok(Box::new(ShapefileParcels { file, source, id_field, deleted_before }))
}

impl ParcelFile for ShapefileParcels {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        self.deleted_before.len()
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let first = chunk * CHUNK_FEATURES;
        let features = self.file.read(first..self.file.places.len().min(first + CHUNK_FEATURES))?;
        Ok(from_features(&features, first - self.deleted_before[chunk], self.id_field.as_deref()))
    }
}
