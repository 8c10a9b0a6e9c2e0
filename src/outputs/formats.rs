//! The formats of parcels: one file a format below, registered once for writing and for reading.
//!
//! A format may have an encoder, which makes bytes of a batch on the thread that assessed it, and it has a sink, which
//! takes what was made of the batches in the order of the input. Formats with types are written from columns instead of
//! rows.

use std::sync::Arc;

#[cfg(feature = "geopackage")]
use super::geopackage;
#[cfg(feature = "geoparquet")]
use super::geoparquet;
use super::layout::ParcelLayout;
use super::sink::{Piece, Sink};
use super::table::Table;
use super::{OutputError, OutputFile, csv, flatgeobuf, geojson};
use crate::assess::BatchResult;
use crate::text::Text;

/// A format of parcels: its name in `--format`, its file, and how it is written. One line a format in
/// [`PARCEL_FORMATS`].
#[derive(Debug)]
pub struct ParcelFormat {
    /// The name in `--format`.
    pub name: &'static str,
    /// The file's name.
    pub file: &'static str,
    /// Whether it holds the parcels' shapes beside their columns.
    pub has_shapes: bool,
    /// Whether it holds the input's own properties as columns with types, which must be known before the first parcel.
    pub is_typed: bool,
    /// Whether QGIS looks for its style in a file beside it.
    pub is_styled_beside: bool,
    /// The layer that the parcels are, of a format that holds several.
    pub layer: Option<&'static str>,
    /// How it is written, or the Cargo feature that this build lacks to write and read it.
    pub(super) writer: Result<Writer, &'static str>,
}

/// How a format is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer {
    /// Makes of a batch what the sink is given; `None`: its sink works from the table alone.
    pub(super) encode: Option<Encode>,
    /// Begins the file.
    pub(super) open: OpenFile,
}

/// Adds to a piece what is made of a batch.
type Encode = fn(&mut Piece, &ParcelLayout, &Rows<'_>);

/// Begins a file.
type OpenFile = fn(OutputFile, &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError>;

/// Every format of parcels.
pub static PARCEL_FORMATS: &[ParcelFormat] = &[
    geojson::PARCELS,
    csv::PARCELS,
    flatgeobuf::PARCELS,
    #[cfg(feature = "geoparquet")]
    geoparquet::PARCELS,
    #[cfg(not(feature = "geoparquet"))]
    ParcelFormat::left_out("parquet", "parcels.parquet", "geoparquet"),
    #[cfg(feature = "geopackage")]
    geopackage::PARCELS,
    #[cfg(not(feature = "geopackage"))]
    ParcelFormat::left_out("gpkg", "parcels.gpkg", "geopackage"),
];

/// A batch, ready to be written.
#[derive(Debug)]
pub struct Rows<'a> {
    pub(super) result: &'a BatchResult<'a>,
    pub(super) table: Arc<Table>,
}

impl<'a> Rows<'a> {
    /// Makes ready what the formats have in common.
    #[must_use]
    pub fn new(layout: &ParcelLayout, result: &'a BatchResult<'a>) -> Self {
        let table = if layout.is_typed() { Table::new(layout, result) } else { Table::default() };
        Self { result, table: Arc::new(table) }
    }
}

impl ParcelFormat {
    /// A format that this build leaves out.
    #[cfg(not(all(feature = "geoparquet", feature = "geopackage")))]
    const fn left_out(name: &'static str, file: &'static str, feature: &'static str) -> Self {
        let (has_shapes, is_typed, is_styled_beside) = (true, true, true);
        Self { name, file, has_shapes, is_typed, is_styled_beside, layer: None, writer: Err(feature) }
    }

    /// The Cargo feature that this build lacks to write and read it.
    #[must_use]
    pub fn lacks(&self) -> Option<&'static str> {
        self.writer.err()
    }

    /// The formats that this build can write.
    pub fn writable() -> impl Iterator<Item = &'static Self> {
        PARCEL_FORMATS.iter().filter(|format| format.writer.is_ok())
    }

    /// All formats in the order in which the parcels of a run are best read: those with shapes first, those that this
    /// build cannot read last, for their readers say what to build.
    pub fn by_preference() -> impl Iterator<Item = &'static Self> {
        let mut formats: Vec<&Self> = PARCEL_FORMATS.iter().collect();
        formats.sort_by_key(|format| (format.writer.is_err(), !format.has_shapes));
        formats.into_iter()
    }

    /// Begins its file.
    ///
    /// # Errors
    /// Where the file cannot hold such columns, or this build cannot write the format.
    pub fn open(&self, file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
        match &self.writer {
            // SQLite writes by itself, and onto the disk.
            Ok(_) if self.layer.is_some() && file.is_in_memory() => Err(file.unsupported(Text::new(
                "メモリー上の実行では書けない形式です",
                "a run that is kept in memory cannot write this format",
            ))),
            Ok(writer) => (writer.open)(file, layout),
            Err(feature) => Err(file.unsupported(text!(
                "このkyotenには機能 {feature} が組み込まれていません",
                "this build lacks the feature {feature}"
            ))),
        }
    }

    /// What its sink is given of a batch.
    #[must_use]
    pub fn encode(&self, layout: &ParcelLayout, rows: &Rows<'_>) -> Piece {
        let mut piece = Piece::new(Arc::clone(&rows.table));
        if let Ok(Writer { encode: Some(encode), .. }) = &self.writer {
            encode(&mut piece, layout, rows);
        }
        piece
    }
}
