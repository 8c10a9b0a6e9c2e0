//! A layer opened: its rows by ranges of the primary key, read by whichever thread asks.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::contents::{Attribute, FeatureLayer};
use super::database::{Database, has_pending_changes};
use super::{blob, damaged};
use crate::inputs::format::{COLUMNS_LEFT_OUT, Input, Reporter};
use crate::inputs::parcels::CHUNK_FEATURES;
use crate::inputs::wkb::WkbFault;
use crate::inputs::{InputError, json_text};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static PENDING_CHANGES: NoticeKind = NoticeKind {
    id: "pending-changes",
    severity: Severity::Warning,
    what: Text::new(
        "ジャーナル（.gpkg-wal）に残っている変更は読んでいません。",
        "files have changes in a journal (.gpkg-wal) that are not read",
    ),
    advice: Some(Text::new(
        "QGISなど、そのファイルを開いているプログラムで閉じてください。",
        "close the file in QGIS or whatever else has it open",
    )),
};

const NO_BYTES: WkbFault =
    WkbFault::Damaged(words!("図形の列に数か文字が入っています", "its geometry is a number or a text"));

/// A layer whose rows are known by ranges, not yet read.
pub(super) struct Opened {
    database: Database,
    pub(super) layer: FeatureLayer,
    chunks: Vec<RowRange>,
    /// What stands before the value of each attribute.
    keys: Vec<Vec<u8>>,
}

/// Rows whose keys lie in a range, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowRange {
    /// The rows before it.
    pub(super) first: usize,
    pub(super) rows: usize,
    keys: (i64, i64),
}

impl Opened {
    pub(super) fn new(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<Self, InputError> {
        if input.is_the_file() && has_pending_changes(&input.path) {
            reporter.add(&PENDING_CHANGES, input.path.display());
        }
        let database = Database::open(input)?;
        let (layer, chunks) = database.with(|connection| {
            let layer = FeatureLayer::find(input, connection)?;
            let chunks = chunks(connection, &layer).map_err(|error| damaged(&input.path, &error))?;
            let chunks = chunks.ok_or_else(|| contradiction(&input.path))?;
            Ok((layer, chunks))
        })?;
        for column in &layer.left_out {
            reporter.add(&COLUMNS_LEFT_OUT, format_args!("{}: {column}", input.path.display()));
        }
        let names = layer.attributes.iter().enumerate();
        let keys = names.map(|(index, attribute)| json_text::key(&attribute.name, index == 0)).collect();
        Ok(Self { database, layer, chunks, keys })
    }

    pub(super) fn path(&self) -> &Path {
        self.database.path()
    }

    pub(super) fn chunks(&self) -> &[RowRange] {
        &self.chunks
    }

    pub(super) fn rows(&self) -> usize {
        self.chunks.last().map_or(0, |chunk| chunk.first + chunk.rows)
    }

    /// Hands every row of a chunk to `each`: the geometry's well-known binary and, unless only geometries are wanted,
    /// the attributes.
    pub(super) fn read(
        &self,
        chunk: &RowRange,
        with_attributes: bool,
        mut each: impl FnMut(FoundRow<'_>) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let attributes = if with_attributes { self.layer.attributes.as_slice() } else { &[] };
        let query = query(&self.layer, attributes);
        self.database.with(|connection| {
            let sql = |error: rusqlite::Error| damaged(self.path(), &error);
            let mut statement = connection.prepare_cached(&query).map_err(sql)?;
            let mut rows = match self.layer.key {
                Some(_) => statement.query([chunk.keys.0, chunk.keys.1]),
                None => statement.query([]),
            }
            .map_err(sql)?;
            let mut number = chunk.first;
            let end = chunk.first + chunk.rows;
            let mut last_key = None;
            while let Some(row) = rows.next().map_err(sql)? {
                let key: Option<i64> = row.get(0).map_err(sql)?;
                number += 1;
                if number > end || key.is_some_and(|key| last_key.is_some_and(|last| key <= last)) {
                    return Err(contradiction(self.path()));
                }
                last_key = key;
                each(FoundRow { row, number, opened: self, attributes })?;
            }
            if number == end { Ok(()) } else { Err(contradiction(self.path())) }
        })
    }
}

/// A row that was found.
pub(super) struct FoundRow<'r> {
    row: &'r Row<'r>,
    /// 1-based position in the layer.
    pub(super) number: usize,
    opened: &'r Opened,
    attributes: &'r [Attribute],
}

impl FoundRow<'_> {
    /// The geometry; `None` where there is none.
    pub(super) fn wkb(&self) -> Result<Option<&[u8]>, InputError> {
        match self.value(1)? {
            ValueRef::Null => Ok(None),
            ValueRef::Blob(bytes) => blob::wkb(bytes).map(Some).map_err(|fault| self.fault(fault)),
            _ => Err(self.fault(NO_BYTES)),
        }
    }

    /// The error about this row's geometry.
    pub(super) fn fault(&self, fault: WkbFault) -> InputError {
        fault.of_feature(self.opened.path(), self.number)
    }

    /// The error about a row whose attributes cannot be JSON.
    pub(super) fn not_utf8(&self) -> InputError {
        InputError::Encoding { path: self.opened.path().to_owned(), tried: Text::same("UTF-8") }
    }

    /// Adds the attributes as a JSON object.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), InputError> {
        out.push(b'{');
        for (index, key) in self.opened.keys.iter().enumerate().take(self.attributes.len()) {
            out.extend(key);
            self.write_attribute(index, out)?;
        }
        out.push(b'}');
        Ok(())
    }

    /// Adds the attribute at `index` as JSON.
    pub(super) fn write_attribute(&self, index: usize, out: &mut Vec<u8>) -> Result<(), InputError> {
        match self.value(2 + index)? {
            ValueRef::Integer(number @ (0 | 1)) if self.attributes[index].is_truth => {
                json_text::push(&(number == 1), out);
            }
            ValueRef::Integer(number) => json_text::push(&number, out),
            ValueRef::Real(number) => json_text::push(&number, out),
            ValueRef::Text(text) => json_text::push_text(text, out),
            ValueRef::Null | ValueRef::Blob(_) => out.extend(b"null"),
        }
        Ok(())
    }

    fn value(&self, index: usize) -> Result<ValueRef<'_>, InputError> {
        self.row.get_ref(index).map_err(|error| damaged(self.opened.path(), &error))
    }
}

/// The rows in the order of the key: the key and the geometry, or null where there is none, then the attributes.
fn query(layer: &FeatureLayer, attributes: &[Attribute]) -> String {
    let column = |name: &Option<String>| name.as_deref().map_or("NULL".to_owned(), quoted);
    let mut columns = vec![column(&layer.key), column(&layer.geometry)];
    columns.extend(attributes.iter().map(|attribute| quoted(&attribute.name)));
    let select = format!("SELECT {} FROM {}", columns.join(", "), quoted(&layer.table));
    match &layer.key {
        Some(key) => format!("{select} WHERE {0} BETWEEN ?1 AND ?2 ORDER BY {0}", quoted(key)),
        None => select,
    }
}

/// The error where a table is damaged in a way that SQLite does not see: pages that are in it twice, or exchanged.
fn contradiction(path: &Path) -> InputError {
    let problem = Text::new(
        "表の行が主キーの順に並んでいません",
        "the rows of its table are not in the order of the primary key",
    );
    InputError::Damaged { path: path.to_owned(), problem }
}

/// One pass over the primary key, `None` where it goes back. A view has no key, so that it is one chunk.
fn chunks(database: &Connection, layer: &FeatureLayer) -> rusqlite::Result<Option<Vec<RowRange>>> {
    let table = quoted(&layer.table);
    let Some(key) = &layer.key else {
        let rows: i64 = database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        let rows = usize::try_from(rows).unwrap_or(0);
        let all = RowRange { first: 0, rows, keys: (i64::MIN, i64::MAX) };
        return Ok(Some(if rows == 0 { Vec::new() } else { vec![all] }));
    };
    let key = quoted(key);
    let rows_from =
        format!("FROM (SELECT {key} AS k FROM {table} WHERE {key} >= ?1 ORDER BY {key} LIMIT {CHUNK_FEATURES})");
    let mut next = database.prepare(&format!("SELECT count(*), max(k) {rows_from}"))?;
    let mut chunks: Vec<RowRange> = Vec::new();
    let (mut from, mut first) = (i64::MIN, 0);
    loop {
        let (rows, last): (i64, Option<i64>) = next.query_row([from], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some(last) = last else { break };
        if last < from {
            return Ok(None);
        }
        let rows = usize::try_from(rows).unwrap_or(0);
        chunks.push(RowRange { first, rows, keys: (from, last) });
        first += rows;
        match last.checked_add(1) {
            Some(after) => from = after,
            None => break,
        }
    }
    Ok(Some(chunks))
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
