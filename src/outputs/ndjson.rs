//! GeoJSON one feature a line, and nothing around it: what programs read and write line by line, GDAL's GeoJSONSeq.

use std::sync::Arc;

use super::formats::{ParcelFormat, Rows, Writer};
use super::geojson::feature;
use super::layout::ParcelLayout;
use super::sink::{Frame, Piece, Plain, Sink};
use super::{OutputError, OutputFile};
use crate::table::View;

pub(super) const PARCELS: ParcelFormat = ParcelFormat {
    name: "ndjson",
    file: "parcels.ndjson",
    has_shapes: true,
    is_typed: false,
    is_workbook: false,
    is_styled_beside: true,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open, beside: None }),
};

fn open(file: OutputFile, _layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    Plain::open(file, b"", Frame { between: b"", end: b"" })
}

fn encode(piece: &mut Piece, layout: &ParcelLayout, rows: &Rows<'_>) {
    let out = &mut piece.bytes;
    let views: Vec<View<'_>> = layout.columns.iter().map(|column| column.view(&rows.result.assessment)).collect();
    for row in 0..rows.result.len() {
        let start = out.len();
        feature(out, layout, rows, &views, row);
        on_one_line(&mut out[start..]);
        out.push(b'\n');
        if row == 0 {
            // The others are about as long.
            out.reserve(out.len() * rows.result.len());
        }
    }
}

/// What goes out as it came may have been written over several lines. A text of JSON has no line end in it but as `\n`, so these
/// stand between its parts, where a space says the same.
fn on_one_line(feature: &mut [u8]) {
    feature.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
}
