//! How do rows of Arrow's arrays become parcels? One after the other, whichever file or table they come of.

use std::borrow::Cow;
use std::path::Path;

use super::Object;
use crate::geometry::Bounds;
use crate::inputs::{InputError, ParcelRecord, RawParcels, fields, json_text, wkb};
use crate::text::Text;

/// The index of the field of the ids among the attributes.
///
/// # Errors
/// Where there is no such field.
pub(in crate::inputs) fn id_index<'n>(
    names: impl Iterator<Item = &'n str>,
    field: Option<&str>,
    path: &Path,
) -> Result<Option<usize>, InputError> {
    let Some(field) = field else { return Ok(None) };
    let names: Vec<&str> = names.collect();
    match names.iter().position(|name| *name == field) {
        None => Err(fields::missing_field(path.to_owned(), field, names)),
        index => Ok(index),
    }
}

/// Parcels of some rows that follow each other, as far as their geometries have come.
pub(in crate::inputs) struct Records<'a> {
    /// The file, for errors.
    path: &'a Path,
    objects: Object<'a>,
    /// The index of the ids among the attributes.
    id: Option<usize>,
    parcels: RawParcels<'static>,
    json: Vec<u8>,
}

impl<'a> Records<'a> {
    /// Of so many `rows`, before which there are `first`.
    pub(in crate::inputs) fn new(
        path: &'a Path,
        objects: Object<'a>,
        id: Option<usize>,
        (first, rows): (usize, usize),
    ) -> Self {
        let parcels = RawParcels { first, records: Vec::with_capacity(rows), ..RawParcels::default() };
        Self { path, objects, id, parcels, json: Vec::new() }
    }

    /// Takes the next row, whose geometry is well-known binary.
    ///
    /// # Errors
    /// A geometry that is damaged; attributes that are no UTF-8.
    pub(in crate::inputs) fn push(&mut self, geometry: Option<&[u8]>) -> Result<(), InputError> {
        let Self { path, objects, id, parcels, json } = self;
        let row = parcels.records.len();
        let problem = wkb::push_shape(geometry, &mut parcels.shapes)
            .map_err(|fault| fault.of_feature(path, parcels.first + row + 1))?;
        let id = id.and_then(|id| {
            json.clear();
            objects.column(id).write(row, json);
            json_text::id(json)
        });
        json.clear();
        objects.write(row, json);
        let not_utf8 = || InputError::Encoding { path: path.to_owned(), tried: Text::same("UTF-8") };
        let properties = Cow::Owned(json_text::text(json).ok_or_else(not_utf8)?);
        parcels.records.push(ParcelRecord { id: id.map(Cow::Owned), properties, geometry: None, problem });
        Ok(())
    }

    /// All of them.
    pub(in crate::inputs) fn finish(self) -> RawParcels<'static> {
        self.parcels
    }
}

/// The box around the geometries of rows, which come one after the other.
pub(in crate::inputs) struct BoundsOfRows<'a> {
    path: &'a Path,
    /// So many rows have come.
    row: usize,
    pub(in crate::inputs) bounds: Bounds,
}

impl<'a> BoundsOfRows<'a> {
    /// Before the row after the `first` ones.
    pub(in crate::inputs) fn new(path: &'a Path, first: usize) -> Self {
        Self { path, row: first, bounds: Bounds::EMPTY }
    }

    /// Takes the geometry of the next row.
    ///
    /// # Errors
    /// One that is damaged.
    pub(in crate::inputs) fn push(&mut self, geometry: Option<&[u8]>) -> Result<(), InputError> {
        self.row += 1;
        let shape = geometry.map_or(Ok(Bounds::EMPTY), wkb::bounds);
        self.bounds = self.bounds.union(shape.map_err(|fault| fault.of_feature(self.path, self.row))?);
        Ok(())
    }
}
