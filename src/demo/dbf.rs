//! The attribute table of a shapefile, in Shift_JIS.
//!
//! The `dbase` crate takes field names of up to 11 bytes of UTF-8, which 用途地域 exceeds, and puts today's date into
//! the file; real files have such names, and the demo must have the same bytes every day.
//!
//! Source: dBASE III PLUS table file structure, as ESRI Shapefile Technical Description (1998) refers to it.

use super::tables::cp932;

/// The date of last update in the file: years from 1900, month, day. It stands for the year of the other files.
const DATE: [u8; 3] = [123, 4, 1];

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum FieldType {
    Text,
    Number,
}

/// A column: its name (up to 10 bytes of Shift_JIS), kind and width in bytes.
pub(super) type FieldSpec = (&'static str, FieldType, u8);

/// The bytes of a table; a row has one text a column.
pub(super) fn table(columns: &[FieldSpec], rows: &[Vec<String>]) -> Vec<u8> {
    let width = 1 + columns.iter().map(|&(.., width)| usize::from(width)).sum::<usize>();
    let head = 32 + 32 * columns.len() + 1;
    let mut bytes = vec![0x03];
    bytes.extend(DATE);
    bytes.extend((rows.len() as u32).to_le_bytes());
    bytes.extend((head as u16).to_le_bytes());
    bytes.extend((width as u16).to_le_bytes());
    bytes.resize(32, 0);
    for &(name, kind, width) in columns {
        let from = bytes.len();
        bytes.extend(padded(&cp932(name), 11, 0));
        bytes.push(match kind {
            FieldType::Text => b'C',
            FieldType::Number => b'N',
        });
        bytes.extend([0, 0, 0, 0, width, 0]);
        bytes.resize(from + 32, 0);
    }
    bytes.push(0x0D);
    for row in rows {
        bytes.push(b' ');
        for (cell, &(_, kind, width)) in row.iter().zip(columns) {
            let width = usize::from(width);
            let text = match kind {
                FieldType::Text => cp932(cell),
                FieldType::Number => format!("{cell:>width$}").into_bytes(),
            };
            bytes.extend(padded(&text, width, b' '));
        }
    }
    bytes.push(0x1A);
    bytes
}

fn padded(bytes: &[u8], width: usize, with: u8) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.resize(width, with);
    padded
}
