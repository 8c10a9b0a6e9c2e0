//! The formats of parcels: one file a format below, registered once for writing and for reading.
//!
//! A format may have an encoder, which makes bytes of a batch on the thread that assessed it, and it has a sink, which
//! takes what was made of the batches in the order of the input. Formats with types are written from columns instead of
//! rows.

use std::sync::Arc;

#[cfg(feature = "geoparquet")]
use super::arrow_stream;
#[cfg(feature = "geopackage")]
use super::geopackage;
#[cfg(feature = "geoparquet")]
use super::geoparquet;
use super::layout::ParcelLayout;
use super::sink::{Piece, Sink};
use super::table::Table;
#[cfg(feature = "xlsx")]
use super::workbook;
use super::{OutputError, OutputFile, Product, Writing, csv, flatgeobuf, geojson, names, ndjson};
use crate::assess::BatchResult;
use crate::diagnostics::Diagnostic;
use crate::text::Text;

/// A format of parcels: its name in `--format`, its file, and how it is written. One line a format in
/// [`PARCEL_FORMATS`].
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct ParcelFormat {
    /// The name in `--format`.
    pub name: &'static str,
    /// The file's name.
    pub file: &'static str,
    /// Whether it holds the parcels' shapes beside their columns.
    pub has_shapes: bool,
    /// Whether its columns have types.
    pub is_typed: bool,
    /// Whether it is a workbook for people, which says in words what the run tells beside the parcels, and which nobody reads
    /// again: a run's other files are for that.
    pub is_workbook: bool,
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
    /// Writes a product into a file of its own; `None` of a format that holds none, or holds them as layers.
    pub(super) beside: Option<WriteBeside>,
}

/// Adds to a piece what is made of a batch.
type Encode = fn(&mut Piece, &ParcelLayout, &Rows<'_>);

/// Begins a file.
type OpenFile = fn(OutputFile, &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError>;

/// Writes a product and ends its file.
type WriteBeside = fn(&Product, OutputFile, Writing) -> Result<(), OutputError>;

/// Every format of parcels.
pub static PARCEL_FORMATS: &[ParcelFormat] = &[
    geojson::PARCELS,
    csv::PARCELS,
    flatgeobuf::PARCELS,
    #[cfg(feature = "geoparquet")]
    geoparquet::PARCELS,
    #[cfg(not(feature = "geoparquet"))]
    ParcelFormat::left_out("parquet", "parcels.parquet", "geoparquet", true),
    #[cfg(feature = "geopackage")]
    geopackage::PARCELS,
    #[cfg(not(feature = "geopackage"))]
    ParcelFormat::left_out("gpkg", "parcels.gpkg", "geopackage", true),
    #[cfg(feature = "xlsx")]
    workbook::PARCELS,
    #[cfg(not(feature = "xlsx"))]
    ParcelFormat::left_out("xlsx", "parcels.xlsx", "xlsx", false),
    ndjson::PARCELS,
    #[cfg(feature = "geoparquet")]
    arrow_stream::PARCELS,
    #[cfg(not(feature = "geoparquet"))]
    ParcelFormat::left_out("arrow", "parcels.arrows", "geoparquet", true),
];

/// A batch, ready to be written.
#[derive(Debug)]
pub struct Rows<'a> {
    pub(super) result: &'a BatchResult<'a>,
    pub(super) table: Arc<Table>,
}

impl<'a> Rows<'a> {
    /// Makes ready what the formats have in common; `is_typed` where one of them has types.
    #[must_use]
    pub fn new(layout: &ParcelLayout, result: &'a BatchResult<'a>, is_typed: bool) -> Self {
        let table = if is_typed { Table::new(layout, result) } else { Table::default() };
        Self { result, table: Arc::new(table) }
    }
}

impl ParcelFormat {
    /// A format that this build leaves out.
    #[cfg(not(all(feature = "geoparquet", feature = "geopackage", feature = "xlsx")))]
    const fn left_out(name: &'static str, file: &'static str, feature: &'static str, has_shapes: bool) -> Self {
        let (is_typed, is_workbook, is_styled_beside) = (true, !has_shapes, has_shapes);
        let writer = Err(feature);
        Self { name, file, has_shapes, is_typed, is_workbook, is_styled_beside, layer: None, writer }
    }

    /// Whether it has a column for each of the input's own properties, which must be known before the first parcel.
    #[must_use]
    pub fn has_own_columns(&self) -> bool {
        self.is_typed || !self.has_shapes
    }

    /// Whether a file of it is all that there is to say of the parcels, so that it can be handed on by itself: a database holds
    /// the run's other layers too, and a workbook its words.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        self.layer.is_none() && !self.is_workbook
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

    /// The names of these, for people.
    #[must_use]
    pub fn writable_names() -> String {
        Self::writable().map(|format| format.name).collect::<Vec<_>>().join(", ")
    }

    /// The format of a name.
    ///
    /// # Errors
    /// Where there is none, or this build cannot write it.
    pub fn named(name: &str) -> Result<&'static Self, Box<Diagnostic>> {
        let found = PARCEL_FORMATS.iter().find(|format| format.name == name.trim());
        let why = match found.map(|format| (format, format.lacks())) {
            Some((format, None)) => return Ok(format),
            Some((_, Some(feature))) => text!(
                "このkyotenでは書けません。`--features {feature}` を付けてビルドしてください。",
                "this build cannot write it: build with `--features {feature}`"
            ),
            None => {
                let all = Self::writable_names();
                text!("使えるのは {all} です。", "no such format; there are: {all}")
            }
        };
        Err(Box::new(Diagnostic::error("no-such-format", why).at(name)))
    }

    /// All formats in the order in which the parcels of a run are best read: those with shapes first, those that this
    /// build cannot read after them, for their readers say what to build, and last those that nobody reads again.
    pub fn by_preference() -> impl Iterator<Item = &'static Self> {
        let mut formats: Vec<&Self> = PARCEL_FORMATS.iter().collect();
        formats.sort_by_key(|format| (format.is_workbook, format.writer.is_err(), !format.has_shapes));
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

    /// The file of a product in this format; `None` where it has none of its own.
    #[must_use]
    pub fn product_file(&self, product: &str) -> Option<String> {
        self.writer.ok()?.beside.map(|_| names::product_in(product, self.name))
    }

    /// Writes a product into a file of its own, where the format has one.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write_product(&self, product: &Product, file: OutputFile, writing: Writing) -> Result<(), OutputError> {
        match &self.writer {
            Ok(Writer { beside: Some(write), .. }) => write(product, file, writing),
            _ => Ok(()),
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
