//! The parcels' files: one format a file below, all from the same rows and columns.

use std::collections::HashSet;

use super::columns::{Column, Judged, columns, names};
use super::{csv, geojson};
use crate::crs::FromPlane;
use crate::evidence::Nearest;
use crate::geometry::Shape;
use crate::inputs::ParcelRecord;

/// A format of parcels: its name in `--format`, its file, and how it is written. One line a format in
/// [`PARCEL_OUTPUTS`].
#[derive(Debug)]
pub struct ParcelOutput {
    /// The name in `--format`.
    pub format: &'static str,
    /// The file's name.
    pub file: &'static str,
    /// What comes before the first parcel.
    pub(super) begin: fn(&mut Vec<u8>, &Layout),
    /// One parcel; the flag tells the first of the file.
    pub(super) parcel: fn(&mut Vec<u8>, &Layout, &ParcelRow<'_>, bool),
    /// What comes after the last parcel.
    pub(super) end: fn(&mut Vec<u8>),
}

/// Every format of parcels.
pub static PARCEL_OUTPUTS: &[ParcelOutput] = &[geojson::PARCELS, csv::PARCELS];

/// Everything that is written of one parcel.
#[derive(Debug)]
pub struct ParcelRow<'a> {
    /// What the input holds of it.
    pub record: &'a ParcelRecord<'a>,
    /// Its shape in the plane, mended.
    pub shape: Shape<'a>,
    /// Whether the input's own geometry text may go out as it came.
    pub keep_geometry: bool,
    /// Measures and verdicts.
    pub judged: &'a Judged,
}

/// What all rows of a run share, made once.
#[derive(Debug)]
pub struct Layout {
    /// The columns.
    pub columns: Vec<Column>,
    /// Column names, to find an input's property of the same name.
    pub(super) taken: HashSet<String>,
    /// `,"name":` of each column.
    pub(super) json_keys: Vec<String>,
    /// Names of places as JSON.
    pub(super) json_names: Vec<Vec<Option<String>>>,
    /// Names of places as CSV fields.
    pub(super) csv_names: Vec<Vec<Option<String>>>,
    /// Back to longitude and latitude.
    pub(super) from_plane: FromPlane,
}

impl Layout {
    /// The layout of a run whose nearest places are `nearest`.
    #[must_use]
    pub fn new(nearest: &[Nearest], from_plane: FromPlane) -> Self {
        let columns = columns();
        Self {
            taken: columns.iter().map(|column| column.name.clone()).collect(),
            json_keys: columns.iter().map(|column| format!(",\"{}\":", column.name)).collect(),
            json_names: names(nearest, super::text::json_string),
            csv_names: names(nearest, super::text::csv_field),
            columns,
            from_plane,
        }
    }
}

impl ParcelOutput {
    /// The bytes before the first parcel.
    #[must_use]
    pub fn begin(&self, layout: &Layout) -> Vec<u8> {
        let mut out = Vec::new();
        (self.begin)(&mut out, layout);
        out
    }

    /// Adds one parcel.
    pub fn push(&self, out: &mut Vec<u8>, layout: &Layout, row: &ParcelRow<'_>, first: bool) {
        (self.parcel)(out, layout, row, first);
    }

    /// The bytes after the last parcel.
    #[must_use]
    pub fn end(&self) -> Vec<u8> {
        let mut out = Vec::new();
        (self.end)(&mut out);
        out
    }
}
