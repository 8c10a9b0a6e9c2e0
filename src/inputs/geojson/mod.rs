//! GeoJSON (RFC 7946, and the older one with a `crs` member): whole files, one feature a line, text sequences.
//!
//! A file is walked once without parsing it ([`index`]), which finds the features, the CRS, and whether it
//! ends where it should. Then its chunks are parsed independently, by as many threads as there are: straight
//! into flat arrays for parcels ([`parcels`]), into `geo` types for layers ([`layer`]).

mod cursor;
mod feature;
mod foreign;
mod index;
mod layer;
mod member;
mod number;
mod opened;
mod parcels;
mod polygons;
#[cfg(test)]
mod tests;

use super::format::{Format, Input};

pub(super) const FORMAT: Format = Format {
    name: words!("GeoJSON"),
    extensions: &["geojson", "json", "geojsonl", "geojsons", "ndjson", "jsonl"],
    recognise,
    read: layer::read,
    open_parcels: Some(parcels::open),
};

/// The first byte of JSON text that can be GeoJSON, in any Unicode encoding; or an ending that promises it.
fn recognise(input: &Input<'_>) -> bool {
    let first = input
        .bytes
        .iter()
        .find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x1e | 0xef | 0xbb | 0xbf | 0xfe | 0xff | 0));
    first == Some(&b'{') || FORMAT.extensions.contains(&input.extension().as_str())
}
