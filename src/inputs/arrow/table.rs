//! A table in memory: its rows in pieces, its columns by what they are for, and its fingerprint.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::Schema;
use sha2::{Digest as _, Sha256};

use super::columns::TableColumns;
use super::{Object, well_known_binary};
use crate::inputs::format::{COLUMNS_LEFT_OUT, Reporter};
use crate::inputs::parcels::CHUNK_FEATURES;
use crate::inputs::{Fingerprint, InputError, SourceFile};
use crate::text::{Text, hex};

/// What such a table is called where a file has the name of its format.
pub(in crate::inputs) static NAME: &Text = words!("メモリー上の表（Arrow）", "table in memory (Arrow)");

/// A table in memory that stands in the place of a file. Cheap to clone.
#[derive(Clone)]
pub struct ArrowTable {
    rows: Arc<Rows>,
    sha256: Fingerprint,
}

/// Its rows.
pub(super) struct Rows {
    path: PathBuf,
    schema: Arc<Schema>,
    batches: Vec<RecordBatch>,
    pub(super) columns: TableColumns,
    pieces: Vec<RowsOfBatch>,
    len: usize,
}

/// Some rows of one of the batches.
#[derive(Clone, Copy)]
struct RowsOfBatch {
    batch: usize,
    from: usize,
    rows: usize,
    /// 0-based position of the first among all.
    first: usize,
}

/// Some rows that follow each other.
pub(super) struct Piece {
    /// 0-based position of the first among all.
    pub(super) first: usize,
    pub(super) rows: usize,
    geometry: Option<ArrayRef>,
    attributes: Vec<ArrayRef>,
}

impl ArrowTable {
    /// A table of these batches, which all have this schema. `name` stands for it in messages and in what a run tells of its
    /// inputs. The geometry is in the column that `geometry` names, else in the first of a type of GeoArrow, else in one of
    /// bytes that is called `geometry`, `geom` or `wkb_geometry`: well-known binary, or GeoArrow's own encodings with
    /// coordinates in a struct. The CRS is that of the type; [`super::super::ReadOptions::crs`] says another.
    ///
    /// # Errors
    /// [`InputError::MissingField`] where there is no column of that name, and [`InputError::GeometryEncoding`] where the column
    /// holds something else than geometries.
    pub fn new(
        name: &str,
        schema: Arc<Schema>,
        batches: Vec<RecordBatch>,
        geometry: Option<&str>,
    ) -> Result<Self, InputError> {
        let path = PathBuf::from(name);
        let columns = TableColumns::of(&schema, &path, geometry)?;
        let (mut pieces, mut len) = (Vec::new(), 0);
        for (batch, rows) in batches.iter().map(RecordBatch::num_rows).enumerate() {
            for from in (0..rows).step_by(CHUNK_FEATURES) {
                let rows = CHUNK_FEATURES.min(rows - from);
                pieces.push(RowsOfBatch { batch, from, rows, first: len });
                len += rows;
            }
        }
        let rows = Arc::new(Rows { path, schema, batches, columns, pieces, len });
        let hashed = Arc::clone(&rows);
        let sha256 = Fingerprint::of_work(move || hashed.sha256());
        Ok(Self { rows, sha256 })
    }

    /// The same rows without attributes but the one of this name, for whoever needs no other: each is put into words as it is read.
    #[must_use]
    pub fn with_no_attribute_but(&self, kept: Option<&str>) -> Self {
        let Rows { path, schema, batches, columns, pieces, len } = &*self.rows;
        let rows = Arc::new(Rows {
            path: path.clone(),
            schema: Arc::clone(schema),
            batches: batches.clone(),
            columns: columns.with_no_attribute_but(kept),
            pieces: pieces.clone(),
            len: *len,
        });
        let hashed = Arc::clone(&rows);
        Self { rows, sha256: Fingerprint::of_work(move || hashed.sha256()) }
    }

    /// What stands for its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.rows.path
    }

    /// Its columns.
    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        &self.rows.schema
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.len == 0
    }

    /// The rows of one of the pieces in which its parcels are read, all columns of them.
    ///
    /// # Panics
    /// Where there is no such piece.
    #[must_use]
    pub fn piece(&self, index: usize) -> RecordBatch {
        let &RowsOfBatch { batch, from, rows, .. } = &self.rows.pieces[index];
        self.rows.batches[batch].slice(from, rows)
    }

    pub(super) fn rows(&self) -> &Arc<Rows> {
        &self.rows
    }

    /// Works out its fingerprint on another thread, for whoever will ask for it.
    pub fn work_out_fingerprint(&self) {
        self.sha256.work_out();
    }

    /// What a run says of it.
    pub(in crate::inputs) fn source(&self) -> SourceFile {
        SourceFile {
            path: self.rows.path.clone(),
            format: NAME,
            sha256: self.sha256.clone(),
            crs: self.rows.columns.crs.clone(),
            encoding: None,
            features: self.rows.len,
            axes: None,
        }
    }

    /// Tells of columns that take no part.
    pub(super) fn tell(&self, reporter: &mut Reporter<'_>) {
        for column in &self.rows.columns.left_out {
            reporter.add(&COLUMNS_LEFT_OUT, format_args!("{}: {column}", self.rows.path.display()));
        }
    }
}

/// All that decides what is read of it: a prepared study is told from another by that.
impl fmt::Debug for ArrowTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ArrowTable({}, {:?})", self.rows.path.display(), self.sha256)
    }
}

impl PartialEq for ArrowTable {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows) || (self.path() == other.path() && self.sha256 == other.sha256)
    }
}

impl Rows {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn pieces(&self) -> usize {
        self.pieces.len()
    }

    pub(super) fn piece(&self, index: usize) -> Piece {
        let &RowsOfBatch { batch, from, rows, first } = &self.pieces[index];
        let columns = self.batches[batch].columns();
        let slice = |index: usize| columns[index].slice(from, rows);
        let geometry = self.columns.geometry.map(|(index, _)| slice(index));
        Piece { first, rows, geometry, attributes: self.columns.attributes.iter().map(|(at, _)| slice(*at)).collect() }
    }

    /// Calls `each` with the well-known binary of every row of a piece.
    pub(super) fn geometries<E>(
        &self,
        piece: &Piece,
        mut each: impl FnMut(Option<&[u8]>) -> Result<(), E>,
    ) -> Result<(), E> {
        match (&piece.geometry, self.columns.geometry) {
            (Some(array), Some((_, encoding))) => well_known_binary(array, encoding, each),
            _ => (0..piece.rows).try_for_each(|_| each(None)),
        }
    }

    /// The attributes of a piece, an object a row.
    pub(super) fn objects<'a>(&'a self, piece: &'a Piece) -> Object<'a> {
        let names = self.columns.attributes.iter().map(|(_, name)| name.as_str());
        // Columns that cannot be written are no attributes.
        Object::new(names.zip(&piece.attributes)).unwrap_or_default()
    }

    /// The same for equal rows, however they are divided into batches and whatever encodes them.
    fn sha256(&self) -> String {
        let mut digest = Sha256::new();
        let said = self.columns.crs.as_ref().map(|crs| crs.text.as_str()).unwrap_or_default();
        digest.update(said);
        let mut json = Vec::new();
        for piece in (0..self.pieces()).map(|index| self.piece(index)) {
            let objects = self.objects(&piece);
            let mut row = 0;
            let hashed = self.geometries(&piece, |bytes| {
                json.clear();
                objects.write(row, &mut json);
                row += 1;
                for part in [bytes.unwrap_or_default(), json.as_slice()] {
                    digest.update((part.len() as u64).to_le_bytes());
                    digest.update(part);
                }
                Ok::<(), std::convert::Infallible>(())
            });
            let Ok(()) = hashed;
        }
        hex(&digest.finalize())
    }
}
