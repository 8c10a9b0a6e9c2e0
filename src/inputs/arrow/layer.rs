//! A layer that is a table in memory, read whole.

use rayon::prelude::*;

use super::ArrowTable;
use super::table::Rows;
use crate::inputs::format::{FeatureTable, Reporter};
use crate::inputs::{InputError, RawFeature, wkb};
use crate::text::Text;

pub(in crate::inputs) fn read(table: &ArrowTable, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    table.tell(reporter);
    let rows = table.rows();
    // Results are kept in order, so that of several errors the first of the table is told.
    let pieces: Vec<_> = (0..rows.pieces()).into_par_iter().map(|piece| features(rows, piece)).collect();
    let mut features = Vec::new();
    for piece in pieces {
        features.append(&mut piece?);
    }
    Ok(FeatureTable { features, crs: rows.columns.crs.clone(), ..FeatureTable::default() })
}

fn features(rows: &Rows, piece: usize) -> Result<Vec<RawFeature>, InputError> {
    let piece = rows.piece(piece);
    let objects = rows.objects(&piece);
    let mut features = Vec::with_capacity(piece.rows);
    let mut json = Vec::new();
    rows.geometries(&piece, |bytes| {
        let row = features.len();
        let number = piece.first + row + 1;
        let geometry = bytes.map(wkb::geometry).transpose().map_err(|fault| fault.of_feature(rows.path(), number))?;
        json.clear();
        objects.write(row, &mut json);
        let not_utf8 = |_| InputError::Encoding { path: rows.path().to_owned(), tried: Text::same("UTF-8") };
        let fields = serde_json::from_slice(&json).map_err(not_utf8)?;
        features.push(RawFeature { number, file: 0, geometry: geometry.flatten(), fields });
        Ok::<(), InputError>(())
    })?;
    Ok(features)
}
