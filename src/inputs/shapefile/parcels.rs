//! Parcels of a shapefile, run by run of records.

use super::{Shapefile, shp};
use crate::inputs::format::{About, Input, Reporter};
use crate::inputs::parcels::{CHUNK_FEATURES, ParcelFile, from_features};
use crate::inputs::{InputError, RawParcels, SourceFile, fields};

struct ShapefileParcels {
    file: Shapefile,
    source: SourceFile,
    id_field: Option<String>,
    runs: Vec<shp::Run>,
    /// For each run, how many records before it are deleted.
    deleted_before: Vec<usize>,
}

/// Opens a shapefile of parcels: one pass over the lengths of its records.
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
    let runs = shp::runs(&file.path, &file.shp, CHUNK_FEATURES)?;
    let shapes = runs.last().map_or(0, |run| run.first + run.records);
    file.report(reporter, shapes);
    let deleted: Vec<usize> = file.table.deleted(&file.dbf).take_while(|&index| index < shapes).collect();
    let deleted_before = runs.iter().map(|run| deleted.partition_point(|&index| index < run.first)).collect();
    let about =
        About { crs: file.crs.clone(), encoding: Some(file.table.note.clone()), features: shapes - deleted.len() };
    let source = input.source(&super::FORMAT, about);
    let id_field = id_field.map(str::to_owned);
    Ok(Box::new(ShapefileParcels { file, source, id_field, runs, deleted_before }))
}

impl ParcelFile for ShapefileParcels {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        self.runs.len()
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let run = self.runs[chunk];
        let mut features = Vec::with_capacity(run.records);
        self.file.read(run, &mut features)?;
        Ok(from_features(&features, run.first - self.deleted_before[chunk], self.id_field.as_deref()))
    }
}
