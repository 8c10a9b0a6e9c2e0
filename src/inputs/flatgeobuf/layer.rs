//! FlatGeobuf layers read whole, any kind of geometry.

use rayon::prelude::*;

use super::geometry;
use super::opened::Opened;
use super::parcels::columns_of;
use super::properties::read_row;
use crate::inputs::format::{FeatureTable, Input, Reporter};
use crate::inputs::parcels::Chunk;
use crate::inputs::{InputError, RawFeature};

pub(super) fn read(input: &Input<'_>, _: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let opened = Opened::new(input)?;
    // Results are kept in order, so that of several errors the first of the file is told.
    let chunks: Vec<_> = opened.chunks.par_iter().map(|chunk| read_chunk(&opened, chunk)).collect();
    let mut features = Vec::with_capacity(opened.len());
    for chunk in chunks {
        features.append(&mut chunk?);
    }
    Ok(FeatureTable { features, crs: opened.crs, ..FeatureTable::default() })
}

fn read_chunk(opened: &Opened, chunk: &Chunk) -> Result<Vec<RawFeature>, InputError> {
    let mut features = Vec::with_capacity(chunk.features);
    let mut row = Vec::new();
    opened.read(chunk, |feature| {
        let columns = columns_of(feature, &opened.columns);
        read_row(&columns, feature.properties().map_or(&[], |bytes| bytes.bytes()), &mut row)?;
        let cells = columns.iter().zip(&row).map(|(column, cell)| (column.name.clone(), cell.value()));
        let geometry = feature.geometry().map(|shape| geometry::read(&shape, opened.kind)).transpose()?.flatten();
        let number = chunk.first + features.len() + 1;
        features.push(RawFeature { number, file: 0, geometry, fields: cells.collect() });
        Ok(())
    })?;
    Ok(features)
}
