//! CSV for spreadsheets: UTF-8 with a byte order mark, RFC 4180 quoting, CRLF.

use std::sync::Arc;

use super::formats::{ParcelFormat, Rows, Writer};
use super::layout::ParcelLayout;
use super::sink::{Frame, Piece, Plain, Sink};
use super::text::{fixed, fixed_steps};
use super::{OutputError, OutputFile};
use crate::inputs::plain_text;
use crate::table::{Cell, SHARE_DECIMALS, View};

/// What tells a spreadsheet that the file is UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// kyoten's columns first, so that `kyoten_id` is the first of all, then the input's own.
pub(super) const PARCELS: ParcelFormat = ParcelFormat {
    name: "csv",
    file: "parcels.csv",
    has_shapes: false,
    is_typed: false,
    is_workbook: false,
    is_styled_beside: false,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open, beside: None }),
};

fn open(file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    file.hold_properties(&layout.properties)?;
    let found = layout.columns.iter().map(|column| match layout.writing.words.headers {
        Some(lang) => layout.writing.cells.field(column.title.get(lang)),
        None => layout.writing.cells.field(&column.name),
    });
    let own = layout.own_fields().iter().map(|field| layout.writing.cells.field(&field.name));
    let names: Vec<String> = found.chain(own).collect();
    let mut begin = BOM.to_vec();
    begin.extend_from_slice(names.join(",").as_bytes());
    begin.extend_from_slice(b"\r\n");
    Plain::open(file, &begin, Frame { between: b"", end: b"" })
}

fn encode(piece: &mut Piece, layout: &ParcelLayout, rows: &Rows<'_>) {
    let out = &mut piece.bytes;
    let views: Vec<View<'_>> = layout.columns.iter().map(|column| column.view(&rows.result.assessment)).collect();
    let mut values = Vec::new();
    for row in 0..rows.result.len() {
        found(out, layout, &views, row);
        own(out, layout, &rows.result.records[row].properties, &mut values);
        out.extend_from_slice(b"\r\n");
    }
}

/// kyoten's own cells of a row.
fn found(out: &mut Vec<u8>, layout: &ParcelLayout, views: &[View<'_>], row: usize) {
    for (column, view) in views.iter().enumerate() {
        if column > 0 {
            out.push(b',');
        }
        match view.cell(row) {
            Cell::Null => {}
            Cell::Text(text) => out.extend_from_slice(layout.writing.cells.field(text).as_bytes()),
            Cell::Name(set, index) => {
                out.extend_from_slice(layout.csv_names[set][index].as_deref().unwrap_or_default().as_bytes());
            }
            Cell::Millionths(share) => fixed_steps(out, share.into(), SHARE_DECIMALS),
            Cell::Number(value, decimals) => fixed(out, value, decimals),
        }
    }
}

/// The input's own of a row: a text as it is, anything else as its JSON, nothing for null.
fn own<'a>(out: &mut Vec<u8>, layout: &ParcelLayout, properties: &'a str, values: &mut Vec<Option<&'a str>>) {
    if layout.own_fields().is_empty() {
        return;
    }
    layout.own_values(properties, values);
    for json in values {
        out.push(b',');
        if let Some(json) = json.filter(|json| *json != "null") {
            out.extend_from_slice(layout.writing.cells.field(&plain_text(json)).as_bytes());
        }
    }
}
