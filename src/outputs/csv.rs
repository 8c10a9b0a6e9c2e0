//! CSV for spreadsheets: UTF-8 with a byte order mark, RFC 4180 quoting, CRLF.

use super::columns::Cell;
use super::parcels::{Chunk, Layout, ParcelOutput, ParcelRow};
use super::sink::{Frame, Plain, Sink};
use super::text::{csv_field, fixed};
use super::{OutputError, OutputFile};

/// What tells a spreadsheet that the file is UTF-8.
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// kyoten's own columns; `kyoten_id` joins them to the input.
pub(super) const PARCELS: ParcelOutput =
    ParcelOutput { format: "csv", file: "parcels.csv", typed: false, styled_beside: false, encode: Some(encode), open };

fn open(file: OutputFile, layout: &Layout) -> Result<Box<dyn Sink>, OutputError> {
    let mut begin = BOM.to_vec();
    let names: Vec<&str> = layout.columns.iter().map(|column| column.name.as_str()).collect();
    begin.extend_from_slice(names.join(",").as_bytes());
    begin.extend_from_slice(b"\r\n");
    Plain::open(file, &begin, Frame { between: b"", end: b"" })
}

fn encode(out: &mut Vec<u8>, layout: &Layout, chunk: &Chunk<'_>) {
    chunk.rows.iter().for_each(|row| line(out, layout, row));
}

fn line(out: &mut Vec<u8>, layout: &Layout, row: &ParcelRow<'_>) {
    for (place, column) in layout.columns.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        match column.cell(row.judged) {
            Cell::Null => {}
            Cell::Text(text) => out.extend_from_slice(csv_field(text).as_bytes()),
            Cell::Name(set, place) => {
                out.extend_from_slice(layout.csv_names[set][place].as_deref().unwrap_or_default().as_bytes());
            }
            Cell::Number(value, decimals) => fixed(out, value, decimals),
        }
    }
    out.extend_from_slice(b"\r\n");
}
