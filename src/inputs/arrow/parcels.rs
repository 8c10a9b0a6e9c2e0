//! Parcels that are a table in memory, piece by piece.

use std::sync::Arc;

use super::table::Rows;
use super::{ArrowTable, BoundsOfRows, Records, id_index};
use crate::geometry::Bounds;
use crate::inputs::format::Reporter;
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{InputError, RawParcels, SourceFile};

struct TableOfParcels {
    rows: Arc<Rows>,
    source: SourceFile,
    /// The index of the ids among the attributes.
    id: Option<usize>,
}

/// Makes a file of parcels of a table; the ids are in this field.
pub(in crate::inputs) fn open(
    table: &ArrowTable,
    id_field: Option<&str>,
    reporter: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    open_as(table, table.source(), id_field, reporter)
}

/// The same of a table that was read from what `source` says.
pub(super) fn open_as(
    table: &ArrowTable,
    source: SourceFile,
    id_field: Option<&str>,
    reporter: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    table.tell(reporter);
    let rows = Arc::clone(table.rows());
    let names = rows.columns.attributes.iter().map(|(_, name)| name.as_str());
    let id = id_index(names, id_field, rows.path())?;
    Ok(Box::new(TableOfParcels { rows, source, id }))
}

impl ParcelFile for TableOfParcels {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        self.rows.pieces()
    }

    fn read_chunk(&self, chunk: usize) -> Result<RawParcels<'_>, InputError> {
        let piece = self.rows.piece(chunk);
        let objects = self.rows.objects(&piece);
        let mut records = Records::new(self.rows.path(), objects, self.id, (piece.first, piece.rows));
        self.rows.geometries(&piece, |geometry| records.push(geometry))?;
        Ok(records.finish())
    }

    /// Looks at the geometries only.
    fn bounds(&self, chunk: usize) -> Result<Bounds, InputError> {
        let piece = self.rows.piece(chunk);
        let mut around = BoundsOfRows::new(self.rows.path(), piece.first);
        self.rows.geometries(&piece, |geometry| around.push(geometry))?;
        Ok(around.bounds)
    }
}
