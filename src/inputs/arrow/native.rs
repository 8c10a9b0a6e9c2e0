//! The native encodings of GeoParquet 1.1 and GeoArrow, lists of structs with x and y, turned into well-known binary row by row, so
//! that there is one reader of geometries.

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ListArray, StructArray};
use arrow_schema::DataType;

/// The encodings by name, the number of their kind in well-known binary, and how many lists are around a position.
const ENCODINGS: &[(&str, u32, usize)] = &[
    ("point", 1, 0),
    ("linestring", 2, 1),
    ("polygon", 3, 2),
    ("multipoint", 4, 1),
    ("multilinestring", 5, 2),
    ("multipolygon", 6, 3),
];

/// A native encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::inputs) struct Native {
    kind: u32,
    lists: usize,
}

impl Native {
    /// The encoding of that name.
    pub(in crate::inputs) fn named(name: &str) -> Option<Self> {
        ENCODINGS.iter().find(|(known, ..)| *known == name).map(|&(_, kind, lists)| Self { kind, lists })
    }

    /// Whether a column of that type can hold it.
    pub(in crate::inputs) fn fits(self, kind: &DataType) -> bool {
        let mut inner = kind;
        for _ in 0..self.lists {
            let DataType::List(item) = inner else { return false };
            inner = item.data_type();
        }
        let DataType::Struct(fields) = inner else { return false };
        ["x", "y"]
            .iter()
            .all(|axis| fields.find(axis).is_some_and(|(_, field)| *field.data_type() == DataType::Float64))
    }

    /// Writes a row's geometry, which is not null and whose column [fits](Self::fits), in place of what is in `out`.
    pub(in crate::inputs) fn write(self, array: &dyn Array, row: usize, out: &mut Vec<u8>) {
        out.clear();
        geometry(self.kind, array, row, out);
    }
}

fn geometry(kind: u32, array: &dyn Array, row: usize, out: &mut Vec<u8>) {
    out.push(1);
    out.extend(kind.to_le_bytes());
    match kind {
        1 => positions(array.as_struct(), row..row + 1, out),
        2 => line(array.as_list(), row, out),
        3 => {
            let rings = array.as_list::<i32>();
            count(rings, row, out);
            range(rings, row).for_each(|ring| line(rings.values().as_list(), ring, out));
        }
        // A multi-geometry is a list of the kind three before it.
        _ => {
            let parts = array.as_list::<i32>();
            count(parts, row, out);
            range(parts, row).for_each(|part| geometry(kind - 3, parts.values(), part, out));
        }
    }
}

fn line(array: &ListArray, row: usize, out: &mut Vec<u8>) {
    count(array, row, out);
    positions(array.values().as_struct(), range(array, row), out);
}

fn count(array: &ListArray, row: usize, out: &mut Vec<u8>) {
    out.extend((range(array, row).len() as u32).to_le_bytes());
}

fn range(array: &ListArray, row: usize) -> std::ops::Range<usize> {
    let [start, end] = [row, row + 1].map(|index| array.value_offsets()[index] as usize);
    start..end
}

fn positions(array: &StructArray, rows: std::ops::Range<usize>, out: &mut Vec<u8>) {
    let axis = |name| array.column_by_name(name).map(AsArray::as_primitive::<Float64Type>);
    let (Some(x), Some(y)) = (axis("x"), axis("y")) else { return };
    for row in rows {
        out.extend(x.value(row).to_le_bytes());
        out.extend(y.value(row).to_le_bytes());
    }
}
