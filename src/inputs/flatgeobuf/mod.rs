//! FlatGeobuf (flatgeobuf.org): a header with the columns, an index of boxes, then the features, one table of
//! FlatBuffers each.
//!
//! Every table is verified and then read in place through the accessors that the crate generates from the format's
//! schema. The crate's own reader is not used: it copies every feature and hands it on as a stream of events, one file
//! at a time from front to back, where parcels want any part of the file on any thread.

mod geometry;
mod layer;
mod opened;
mod parcels;
mod points;
mod polygons;
mod properties;
#[cfg(test)]
mod tests;

use super::InputError;
use super::format::{Format, Input};
use crate::text::Text;

pub(super) const FORMAT: Format = Format {
    name: words!("FlatGeobuf"),
    extensions: &["fgb"],
    recognise,
    read: layer::read,
    open_parcels: Some(parcels::open),
};

/// The bytes that a file begins with: the name twice, once with the version of the format and once with its patch.
const MAGIC_LENGTH: usize = 8;

/// The last version of the format; earlier ones are read the same way.
const VERSION: u8 = 3;

fn recognise(input: &Input<'_>) -> bool {
    matches!(**input.bytes, [b'f', b'g', b'b', version, b'f', b'g', b'b', _, ..] if version <= VERSION)
}

/// What is wrong with a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Something in it does not add up.
    Damaged(&'static Text),
    /// Its geometry is of a type that is not read; the number is the schema's.
    Unsupported(u8),
}

impl Fault {
    /// The error for the feature with this 1-based position; 0 for the header.
    fn at(self, path: &std::path::Path, record: usize) -> InputError {
        let path = path.to_owned();
        match self {
            Self::Damaged(problem) => InputError::DamagedRecord { path, record, problem },
            Self::Unsupported(kind) => InputError::UnsupportedShape { path, record, shape_type: i32::from(kind) },
        }
    }
}
