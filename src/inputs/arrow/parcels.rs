//! Parcels that are a table in memory, piece by piece.

use std::borrow::Cow;
use std::sync::Arc;

use super::ArrowTable;
use super::table::Rows;
use crate::geometry::Bounds;
use crate::inputs::format::Reporter;
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{InputError, ParcelRecord, RawParcels, SourceFile, fields, json_text, wkb};
use crate::text::Text;

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
    let names = || rows.columns.attributes.iter().map(|(_, name)| name.as_str());
    let index_of = |field: &str| {
        let index = names().position(|name| name == field);
        index.ok_or_else(|| fields::missing_field(rows.path().to_owned(), field, names().collect()))
    };
    let id = id_field.map(index_of).transpose()?;
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
        let mut parcels =
            RawParcels { first: piece.first, records: Vec::with_capacity(piece.rows), ..RawParcels::default() };
        let mut json = Vec::new();
        self.rows.geometries(&piece, |bytes| {
            let row = parcels.records.len();
            let problem = wkb::push_shape(bytes, &mut parcels.shapes)
                .map_err(|fault| fault.of_feature(self.rows.path(), piece.first + row + 1))?;
            let id = self.id.and_then(|id| {
                json.clear();
                objects.column(id).write(row, &mut json);
                json_text::id(&json)
            });
            json.clear();
            objects.write(row, &mut json);
            let not_utf8 = || InputError::Encoding { path: self.rows.path().to_owned(), tried: Text::same("UTF-8") };
            let properties = json_text::text(&json).ok_or_else(not_utf8)?;
            parcels.records.push(ParcelRecord {
                id: id.map(Cow::Owned),
                properties: Cow::Owned(properties),
                geometry: None,
                problem,
            });
            Ok::<(), InputError>(())
        })?;
        Ok(parcels)
    }

    /// Looks at the geometries only.
    fn bounds(&self, chunk: usize) -> Result<Bounds, InputError> {
        let piece = self.rows.piece(chunk);
        let (mut bounds, mut number) = (Bounds::EMPTY, piece.first);
        self.rows.geometries(&piece, |bytes| {
            number += 1;
            let shape = bytes.map_or(Ok(Bounds::EMPTY), wkb::bounds);
            bounds = bounds.union(shape.map_err(|fault| fault.of_feature(self.rows.path(), number))?);
            Ok::<(), InputError>(())
        })?;
        Ok(bounds)
    }
}
