//! GeoParquet 1.0 and 1.1, and Parquet with a column of well-known binary.
//!
//! The parquet crate unpacks and decodes pages; what they claim is checked before it sees them ([`footer`], [`pages`]).
//! Which rows are read together, and how workers share that, are [`layout`] and [`runs`].

mod footer;
mod geo;
mod layer;
mod layout;
mod opened;
mod pages;
mod parcels;
mod runs;
mod schema;
#[cfg(test)]
mod tests;
mod thrift;

pub(super) use geo::{Primary, crs_text, primary};

use super::format::{Format, Input};

pub(super) const FORMAT: Format = Format {
    name: words!("GeoParquet"),
    extensions: &["parquet", "geoparquet"],
    recognise,
    read: layer::read,
    open_parcels: Some(parcels::open),
};

fn recognise(input: &Input<'_>) -> bool {
    input.bytes.starts_with(footer::MAGIC) || input.bytes.starts_with(footer::ENCRYPTED)
}
