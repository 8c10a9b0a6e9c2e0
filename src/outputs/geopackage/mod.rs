//! GeoPackage 1.3: a database with a layer of parcels and one for each product beside them, all with a spatial index
//! and with styles that QGIS finds.
//!
//! The file is written in one transaction that needs no journal: it stands in the partial folder, and where anything
//! goes wrong the whole folder goes. Nothing in it depends on the time, so that the same run gives the same bytes.

mod index;
mod products;
mod schema;
mod styles;

use std::io;
use std::sync::Arc;

use rusqlite::types::Null;
use rusqlite::{Connection, OpenFlags, Statement};

use super::formats::{ParcelFormat, Writer};
use super::layout::ParcelLayout;
use super::sink::{Beside, Piece, Sink};
use super::table::{Table, number};
use super::{OutputError, OutputFile, jgd2011, wkb};
use crate::criteria::Zone;
use crate::geometry::{Bounds, Shape};
use crate::table::{Cell, Values, View};
use styles::Named;

/// The layer of parcels.
const LAYER: &str = "parcels";

/// The key of a layer: of parcels the position in the input, from 1.
const KEY: &str = "fid";

/// The geometry of a layer.
const GEOMETRY: &str = "geom";

/// SQLite's own limit is 2,000; the key and the geometry are columns too.
const MOST_COLUMNS: usize = 1_998;

/// How a file is written. Speed comes from leaving out what would save a file that is thrown away when it fails.
const FOR_WRITING: &str = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; \
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; BEGIN";

pub(super) const PARCELS: ParcelFormat = ParcelFormat {
    name: "gpkg",
    file: "parcels.gpkg",
    has_shapes: true,
    is_typed: true,
    is_workbook: false,
    is_styled_beside: false,
    layer: Some(LAYER),
    writer: Ok(Writer { encode: None, open, beside: None }),
};

/// A file while it is being written.
struct GeoPackage {
    file: OutputFile,
    database: Connection,
    /// Adds a parcel.
    insert: String,
    layout: Arc<ParcelLayout>,
    bounds: Bounds,
    /// For each zone, how QGIS draws the parcels.
    styles: Vec<(Zone, String)>,
}

fn open(mut file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    file.hold_columns(layout.fields.len(), MOST_COLUMNS)?;
    file.hold_properties(&layout.properties)?;
    let path = file.lend().to_owned();
    let begin = || -> rusqlite::Result<Connection> {
        // Without the flag that would take a name such as `file:x` for an address.
        let database =
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        database.execute_batch(FOR_WRITING)?;
        schema::create(&database)?;
        schema::add_layer(&database, LAYER, "MULTIPOLYGON", &layout.fields)?;
        Ok(database)
    };
    let database = begin().map_err(|error| file.failed(reason(error)))?;
    let insert = schema::insert(LAYER, layout.fields.len());
    let styles = layout.drawn_zones().map(|zone| (zone, layout.qml(zone))).collect();
    Ok(Box::new(GeoPackage { file, database, insert, layout: Arc::clone(layout), bounds: Bounds::EMPTY, styles }))
}

impl Sink for GeoPackage {
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError> {
        self.bounds = self.bounds.union(piece.table.shapes.bounds());
        self.add(&piece.table).map_err(|error| self.file.failed(reason(error)))
    }

    fn finish(self: Box<Self>, beside: &Beside<'_>) -> Result<(), OutputError> {
        let Self { file, database, bounds, styles, .. } = *self;
        let end = || -> rusqlite::Result<()> {
            index::create(&database, LAYER)?;
            schema::set_extent(&database, LAYER, &bounds)?;
            styles::create(&database)?;
            for (index, (zone, qml)) in styles.iter().enumerate() {
                let description = &format!("{} {}", zone.name().ja, zone.id());
                Named { layer: LAYER, name: zone.id(), qml, description, is_default: index == 0 }.add(&database)?;
            }
            beside.products.iter().try_for_each(|product| products::add(&database, product))?;
            database.execute_batch("COMMIT")?;
            database.close().map_err(|(_, error)| error)
        };
        end().map_err(|error| file.failed(reason(error)))?;
        file.finish()
    }
}

impl GeoPackage {
    fn add(&self, table: &Table) -> rusqlite::Result<()> {
        let mut insert = self.database.prepare(&self.insert)?;
        let found: Vec<View<'_>> = self.layout.columns.iter().map(|column| column.view(&table.assessment)).collect();
        let mut blob = Vec::new();
        for (row, shape) in table.shapes.iter().enumerate() {
            if shape.is_empty() {
                insert.raw_bind_parameter(1, Null)?;
            } else {
                blob.clear();
                geometry(&mut blob, &shape);
                insert.raw_bind_parameter(1, &blob)?;
            }
            for (column, values) in (2..).zip(&table.own) {
                bind(&mut insert, column, values, row)?;
            }
            for (column, view) in (2 + table.own.len()..).zip(&found) {
                match view.cell(row) {
                    Cell::Text(text) => insert.raw_bind_parameter(column, text)?,
                    Cell::Name(set, index) => insert.raw_bind_parameter(column, &self.layout.names[set][index])?,
                    cell => insert.raw_bind_parameter(column, number(cell))?,
                }
            }
            insert.raw_execute()?;
        }
        Ok(())
    }
}

fn bind(insert: &mut Statement<'_>, column: usize, values: &Values, row: usize) -> rusqlite::Result<()> {
    match values {
        Values::Bool(values) => insert.raw_bind_parameter(column, values.get(row)),
        Values::Integer(values) => insert.raw_bind_parameter(column, values.get(row)),
        Values::Number(values) => insert.raw_bind_parameter(column, values.get(row)),
        Values::Text(texts) => insert.raw_bind_parameter(column, texts.get(row)),
    }
}

/// Where the box stands in a geometry's bytes: west, east, south, north.
const BOX_AT: usize = 8;

/// A shape that is not empty: the header, then well-known binary.
fn geometry(out: &mut Vec<u8>, shape: &Shape<'_>) {
    header(out, shape.bounds());
    wkb::multi_polygon(out, shape);
}

/// What stands before well-known binary: the header of the standard with a box.
///
/// Source: OGC 12-128r18, 2.1.3.
fn header(out: &mut Vec<u8>, Bounds { min, max }: Bounds) {
    const LITTLE_ENDIAN_WITH_BOX: u8 = 0b0000_0011;
    out.extend_from_slice(&[b'G', b'P', 0, LITTLE_ENDIAN_WITH_BOX]);
    out.extend_from_slice(&jgd2011::EPSG.to_le_bytes());
    for side in [min[0], max[0], min[1], max[1]] {
        out.extend_from_slice(&side.to_le_bytes());
    }
}

/// What went wrong, as an error of reading and writing: a disk that is full stays one.
fn reason(error: rusqlite::Error) -> io::Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => io::Error::new(io::ErrorKind::StorageFull, error),
        _ => io::Error::other(error),
    }
}
