//! What if rows lie in memory, as a table of Arrow? The same as if a file held them: [`ArrowTable`] is read whole as a layer, or
//! in pieces as parcels.
//!
//! A file or stream of Arrow's IPC ([`ipc`]) is such a table too. [`columns`] finds out what the columns are for; how a cell becomes an attribute ([`json`]) and a geometry well-known binary
//! ([`native`]) is asked by GeoParquet as well, whose columns are Arrow's once they are unpacked.

mod columns;
mod ipc;
mod json;
mod layer;
mod native;
mod parcels;
mod records;
mod table;
#[cfg(test)]
mod tests;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_schema::DataType;

pub(super) use ipc::FORMAT;
pub(super) use json::{Object, is_writable};
pub(super) use layer::read;
pub(super) use native::Native;
pub(super) use parcels::open;
pub(super) use records::{BoundsOfRows, Records, id_index};
pub use table::ArrowTable;
pub(super) use table::NAME;

/// The names of a geometry column of which nothing else says that it is one.
pub(super) const USUAL_NAMES: [&str; 3] = ["geometry", "geom", "wkb_geometry"];

/// How the geometries are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Wkb,
    Native(Native),
}

/// Whether values of a type are bytes.
pub(super) fn is_binary(kind: &DataType) -> bool {
    matches!(kind, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
}

/// Calls `each` with the well-known binary of every row of a column; `None` where there is no geometry.
pub(super) fn well_known_binary<E>(
    array: &dyn Array,
    encoding: Encoding,
    each: impl FnMut(Option<&[u8]>) -> Result<(), E>,
) -> Result<(), E> {
    match (encoding, array.data_type()) {
        (Encoding::Native(native), _) => written(array, native, each),
        (Encoding::Wkb, DataType::Binary) => array.as_binary::<i32>().iter().try_for_each(each),
        (Encoding::Wkb, DataType::LargeBinary) => array.as_binary::<i64>().iter().try_for_each(each),
        (Encoding::Wkb, _) => array.as_binary_view_opt().into_iter().flatten().try_for_each(each),
    }
}

fn written<E>(
    array: &dyn Array,
    native: Native,
    mut each: impl FnMut(Option<&[u8]>) -> Result<(), E>,
) -> Result<(), E> {
    let mut bytes = Vec::new();
    (0..array.len()).try_for_each(|row| {
        if array.is_null(row) {
            return each(None);
        }
        native.write(array, row, &mut bytes);
        each(Some(&bytes))
    })
}
