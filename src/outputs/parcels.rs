//! The parcels' files: one format a file below, all from the same rows and columns.
//!
//! A format may have an encoder, which makes bytes of a chunk on the thread that measured it, and it has a sink, which
//! takes what was made of the chunks in the order of the input. Formats with types are written from the chunk's table
//! of columns instead of its rows.

use std::collections::HashSet;
use std::sync::Arc;

use super::columns::{Column, Judged, columns, names};
#[cfg(feature = "geopackage")]
use super::geopackage;
#[cfg(feature = "geoparquet")]
use super::geoparquet;
use super::properties::Properties;
use super::sink::{Piece, Sink};
use super::table::{Field, Table};
use super::{Folder, OutputError, OutputFile, csv, flatgeobuf, geojson, qgis};
use crate::criteria::Zone;
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
    /// Whether it holds the input's own properties as columns with types, which must be known before the first parcel.
    pub typed: bool,
    /// Whether QGIS looks for its style in a file beside it, `parcels.qml`.
    pub styled_beside: bool,
    /// Makes bytes of a chunk; `None`: its sink works from the table alone.
    pub(super) encode: Option<Encode>,
    /// Begins the file.
    pub(super) open: Open,
}

/// Adds the bytes of a chunk.
type Encode = fn(&mut Vec<u8>, &Layout, &Chunk<'_>);

/// Begins a file.
type Open = fn(OutputFile, &Layout) -> Result<Box<dyn Sink>, OutputError>;

/// Every format of parcels in this build.
pub static PARCEL_OUTPUTS: &[ParcelOutput] = &[
    geojson::PARCELS,
    csv::PARCELS,
    flatgeobuf::PARCELS,
    #[cfg(feature = "geoparquet")]
    geoparquet::PARCELS,
    #[cfg(feature = "geopackage")]
    geopackage::PARCELS,
];

/// The formats that this build leaves out, and the Cargo feature that each is behind.
pub static LEFT_OUT: &[(&str, &str)] = &[
    #[cfg(not(feature = "geoparquet"))]
    ("parquet", "geoparquet"),
    #[cfg(not(feature = "geopackage"))]
    ("gpkg", "geopackage"),
];

/// Everything that is written of one parcel.
#[derive(Debug)]
pub struct ParcelRow<'a> {
    /// What the input holds of it.
    pub record: &'a ParcelRecord<'a>,
    /// Its shape in the plane, mended.
    pub shape: Shape<'a>,
    /// Whether the input's own geometry text may go out as it came.
    pub keep_geometry: bool,
    /// Its polygons as they came, longitude and latitude, where they may go out so and a format with types asks.
    pub as_it_came: Option<Shape<'a>>,
    /// Measures and verdicts.
    pub judged: &'a Judged,
}

/// Consecutive parcels, ready to be written.
#[derive(Debug)]
pub struct Chunk<'a> {
    pub(super) rows: Vec<ParcelRow<'a>>,
    pub(super) table: Arc<Table>,
}

impl<'a> Chunk<'a> {
    /// Makes ready what the formats have in common.
    #[must_use]
    pub fn new(layout: &Layout, rows: Vec<ParcelRow<'a>>) -> Self {
        let table = if layout.is_typed() { Table::new(layout, &rows) } else { Table::default() };
        Self { rows, table: Arc::new(table) }
    }
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
    /// Names of places as they are.
    pub(super) names: Vec<Vec<Option<String>>>,
    /// The columns of formats with types: the input's own properties, then kyoten's. None where no such format is
    /// written.
    pub(super) fields: Vec<Field>,
    /// The input's own properties.
    pub(super) properties: Properties,
    /// Back to longitude and latitude.
    pub from_plane: FromPlane,
}

impl Layout {
    /// The layout of a run whose nearest places are `nearest`; `properties` are all that the parcels have, and needed
    /// for formats with types only.
    #[must_use]
    pub fn new(nearest: &[Nearest], from_plane: FromPlane, properties: Option<Properties>) -> Self {
        let columns = columns();
        Self {
            taken: columns.iter().map(|column| column.name.clone()).collect(),
            json_keys: columns.iter().map(|column| format!(",\"{}\":", column.name)).collect(),
            json_names: names(nearest, super::text::json_string),
            csv_names: names(nearest, super::text::csv_field),
            names: names(nearest, str::to_owned),
            fields: properties.as_ref().map(|own| fields(own, &columns)).unwrap_or_default(),
            properties: properties.unwrap_or_default(),
            columns,
            from_plane,
        }
    }

    /// The style for QGIS that draws parcels by their status in a zone.
    #[must_use]
    pub fn qml(&self, zone: Zone) -> String {
        qgis::parcels(zone, &self.columns)
    }

    /// Whether it serves formats with types.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        !self.fields.is_empty()
    }
}

/// The input's own properties and kyoten's columns.
fn fields(own: &Properties, columns: &[Column]) -> Vec<Field> {
    let names = own.names_beside(columns.iter().map(|column| column.name.as_str()));
    let own = own.iter().zip(names).map(|((_, kind), name)| Field { name, title: None, kind });
    let ours =
        |column: &Column| Field { name: column.name.clone(), title: Some(column.title.clone()), kind: column.kind() };
    own.chain(columns.iter().map(ours)).collect()
}

impl ParcelOutput {
    /// Begins its file in a run folder.
    ///
    /// # Errors
    /// Where the file cannot be made, or cannot hold such columns.
    pub fn open(&self, folder: &mut Folder, layout: &Layout) -> Result<Box<dyn Sink>, OutputError> {
        (self.open)(folder.create(self.file)?, layout)
    }

    /// What its sink is given of a chunk.
    #[must_use]
    pub fn encode(&self, layout: &Layout, chunk: &Chunk<'_>) -> Piece {
        let mut bytes = Vec::new();
        if let Some(encode) = self.encode {
            encode(&mut bytes, layout, chunk);
        }
        Piece { bytes, table: Arc::clone(&chunk.table) }
    }
}
