//! GeoPackage 1.3: a database of one layer, with a spatial index and with styles that QGIS finds.
//!
//! The file is written in one transaction that needs no journal: it stands in the partial folder, and where anything
//! goes wrong the whole folder goes. Nothing in it depends on the time, so that the same run gives the same bytes.

mod index;
mod schema;
mod styles;

use std::io;

use rusqlite::types::Null;
use rusqlite::{Connection, OpenFlags, Statement};

use super::parcels::{Layout, ParcelOutput};
use super::sink::{Piece, Sink};
use super::table::{Table, Values};
use super::{OutputError, OutputFile, jgd2011, wkb};
use crate::geometry::{Bounds, Shape};

/// The layer.
const LAYER: &str = "parcels";

/// Its key: the position in the input, from 1.
const KEY: &str = "fid";

/// Its geometry.
const GEOMETRY: &str = "geom";

/// SQLite's own limit is 2,000; the key and the geometry are columns too.
const MOST_COLUMNS: usize = 1_998;

/// How a file is written. Speed comes from leaving out what would save a file that is thrown away when it fails.
const FOR_WRITING: &str = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; \
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; BEGIN";

pub(super) const PARCELS: ParcelOutput =
    ParcelOutput { format: "gpkg", file: "parcels.gpkg", typed: true, encode: None, open };

/// A file while it is being written.
struct GeoPackage {
    file: OutputFile,
    database: Connection,
    /// Adds a parcel.
    insert: String,
    bounds: Bounds,
}

fn open(file: OutputFile, layout: &Layout) -> Result<Box<dyn Sink>, OutputError> {
    file.hold_columns(layout.fields.len(), MOST_COLUMNS)?;
    let begin = || -> rusqlite::Result<Connection> {
        // Without the flag that would take a name such as `file:x` for an address.
        let database = Connection::open_with_flags(
            file.partial(),
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        database.execute_batch(FOR_WRITING)?;
        schema::create(&database, &layout.fields)?;
        Ok(database)
    };
    let database = begin().map_err(|error| file.failed(reason(error)))?;
    let insert = schema::insert(layout.fields.len());
    Ok(Box::new(GeoPackage { file, database, insert, bounds: Bounds::EMPTY }))
}

impl Sink for GeoPackage {
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError> {
        self.bounds = self.bounds.union(piece.table.shapes.bounds());
        self.add(&piece.table).map_err(|error| self.file.failed(reason(error)))
    }

    fn finish(self: Box<Self>) -> Result<(), OutputError> {
        let Self { file, database, bounds, .. } = *self;
        let end = || -> rusqlite::Result<()> {
            index::create(&database)?;
            schema::set_extent(&database, &bounds)?;
            styles::create(&database)?;
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
        let mut blob = Vec::new();
        for (place, shape) in table.shapes.iter().enumerate() {
            if shape.is_empty() {
                insert.raw_bind_parameter(1, Null)?;
            } else {
                blob.clear();
                geometry(&mut blob, &shape);
                insert.raw_bind_parameter(1, &blob)?;
            }
            for (column, values) in (2..).zip(&table.columns) {
                bind(&mut insert, column, values, place)?;
            }
            insert.raw_execute()?;
        }
        Ok(())
    }
}

fn bind(insert: &mut Statement<'_>, column: usize, values: &Values, place: usize) -> rusqlite::Result<()> {
    match values {
        Values::Bool(values) => insert.raw_bind_parameter(column, values[place]),
        Values::Integer(values) => insert.raw_bind_parameter(column, values[place]),
        Values::Number(values) => insert.raw_bind_parameter(column, values[place]),
        Values::Text(texts) => insert.raw_bind_parameter(column, texts.get(place)),
    }
}

/// Where the box stands in a geometry's bytes: west, east, south, north.
const BOX_AT: usize = 8;

/// A shape that is not empty: the header of the standard with a box, then well-known binary.
///
/// Source: OGC 12-128r18, 2.1.3.
fn geometry(out: &mut Vec<u8>, shape: &Shape<'_>) {
    const LITTLE_ENDIAN_WITH_BOX: u8 = 0b0000_0011;
    out.extend_from_slice(&[b'G', b'P', 0, LITTLE_ENDIAN_WITH_BOX]);
    out.extend_from_slice(&jgd2011::EPSG.to_le_bytes());
    let Bounds { min, max } = shape.bounds();
    for side in [min[0], max[0], min[1], max[1]] {
        out.extend_from_slice(&side.to_le_bytes());
    }
    wkb::multi_polygon(out, shape);
}

/// What went wrong, as an error of reading and writing: a disk that is full stays one.
fn reason(error: rusqlite::Error) -> io::Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => io::Error::new(io::ErrorKind::StorageFull, error),
        _ => io::Error::other(error),
    }
}
