//! A layer or a table in a GeoParquet file, read whole.

use rayon::prelude::*;

use super::opened::Opened;
use crate::inputs::format::{FeatureTable, Input, Reporter};
use crate::inputs::{InputError, RawFeature, wkb};

pub(super) fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let opened = Opened::new(input, reporter)?;
    // Results are kept in order, so that of several errors the first of the file is told.
    let chunks: Vec<_> = (0..opened.chunks()).into_par_iter().map(|chunk| read_chunk(&opened, chunk)).collect();
    let mut features = Vec::new();
    for chunk in chunks {
        features.append(&mut chunk?);
    }
    Ok(FeatureTable { features, crs: opened.crs, ..FeatureTable::default() })
}

fn read_chunk(opened: &Opened, chunk: usize) -> Result<Vec<RawFeature>, InputError> {
    let location = opened.locate(chunk);
    let mut features = Vec::with_capacity(location.rows);
    let attributes = opened.attributes(&location)?;
    let objects = attributes.objects(&opened.names);
    let mut json = Vec::new();
    let mut push = |bytes: Option<&[u8]>| -> Result<(), InputError> {
        let row = features.len();
        let number = location.first + row + 1;
        let geometry = bytes.map(wkb::geometry).transpose().map_err(|fault| fault.of_feature(opened.path(), number))?;
        json.clear();
        objects.write(row, &mut json);
        let fields = serde_json::from_slice(&json).map_err(|_| opened.not_utf8())?;
        features.push(RawFeature { number, file: 0, geometry: geometry.flatten(), fields });
        Ok(())
    };
    match opened.geometries(&location)? {
        Some(geometries) => geometries.each(&mut push)?,
        None => (0..location.rows).try_for_each(|_| push(None))?,
    }
    Ok(features)
}
