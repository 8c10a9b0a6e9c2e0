//! CSV for spreadsheets: UTF-8 with a byte order mark, RFC 4180 quoting, CRLF.

use std::sync::Arc;

use super::formats::{ParcelFormat, Rows, Writer};
use super::layout::ParcelLayout;
use super::sink::{Frame, Piece, Plain, Sink};
use super::text::{fixed, fixed_steps};
use super::{OutputError, OutputFile};
use crate::table::{Cell, SHARE_DECIMALS, View};

/// What tells a spreadsheet that the file is UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// kyoten's own columns; `kyoten_id` joins them to the input.
pub(super) const PARCELS: ParcelFormat = ParcelFormat {
    name: "csv",
    file: "parcels.csv",
    has_shapes: false,
    is_typed: false,
    is_styled_beside: false,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open, beside: None }),
};

fn open(file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    let mut begin = BOM.to_vec();
    let names: Vec<String> = layout.columns.iter().map(|column| layout.cells.field(&column.name)).collect();
    begin.extend_from_slice(names.join(",").as_bytes());
    begin.extend_from_slice(b"\r\n");
    Plain::open(file, &begin, Frame { between: b"", end: b"" })
}

fn encode(piece: &mut Piece, layout: &ParcelLayout, rows: &Rows<'_>) {
    let out = &mut piece.bytes;
    let views: Vec<View<'_>> = layout.columns.iter().map(|column| column.view(&rows.result.assessment)).collect();
    (0..rows.result.len()).for_each(|row| line(out, layout, &views, row));
}

fn line(out: &mut Vec<u8>, layout: &ParcelLayout, views: &[View<'_>], row: usize) {
    for (column, view) in views.iter().enumerate() {
        if column > 0 {
            out.push(b',');
        }
        match view.cell(row) {
            Cell::Null => {}
            Cell::Text(text) => out.extend_from_slice(layout.cells.field(text).as_bytes()),
            Cell::Name(set, index) => {
                out.extend_from_slice(layout.csv_names[set][index].as_deref().unwrap_or_default().as_bytes());
            }
            Cell::Millionths(share) => fixed_steps(out, share.into(), SHARE_DECIMALS),
            Cell::Number(value, decimals) => fixed(out, value, decimals),
        }
    }
    out.extend_from_slice(b"\r\n");
}
