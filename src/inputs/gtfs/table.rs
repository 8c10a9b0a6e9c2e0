//! A table of a timetable: rows whose cells are asked for by the name of their column.
//!
//! Cells are bytes of the file, lent for as long as their row: a large table has millions of rows, and no row makes
//! anything of its own.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use csv::ByteRecord;
use unicode_normalization::UnicodeNormalization;

use super::quotes::unclosed;
use crate::inputs::csv::check_rows;
use crate::inputs::files::{Bytes, Fingerprint, Located};
use crate::inputs::format::Reporter;
use crate::inputs::{InputError, SourceFile, fields, text};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static OTHER_ENCODING: NoticeKind = NoticeKind {
    id: "tables-in-other-encoding",
    severity: Severity::Info,
    what: Text::new(
        "文字コードが、GTFSの決まりのUTF-8でない表があります。合う文字コードで読みました。",
        "tables are not in UTF-8, which GTFS asks for; they were read in the encoding that fits",
    ),
    advice: None,
};

/// So much is read before the system may drop it from memory.
const RELEASED_AT_ONCE: usize = 8 << 20;

/// A table, opened.
pub(super) struct GtfsTable {
    path: PathBuf,
    text: TableText,
    sha256: Fingerprint,
    encoding: Text,
}

/// The text of a table, in UTF-8.
enum TableText {
    /// The file itself, from a byte offset on.
    Plain(Arc<Bytes>, usize),
    Decoded(String),
}

/// The index of a column of a table; a column that the table does not have is blank in every row.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnIndex(usize);

/// Reads the rows of a table one after the other.
pub(super) struct Rows<'t> {
    table: &'t GtfsTable,
    reader: csv::Reader<&'t [u8]>,
    names: Vec<String>,
    record: ByteRecord,
    number: usize,
    released: usize,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    record: &'r ByteRecord,
    path: &'r Path,
    /// 1-based position among the rows, headers not counted.
    pub(super) number: usize,
}

/// Where a row stands, for a reader: its table and its 1-based position.
pub(super) struct RowLocation<'r>(pub(super) &'r Path, pub(super) usize);

impl RowLocation<'_> {
    pub(super) fn text(&self) -> Text {
        let (path, number) = (self.0.display(), self.1);
        text!("{path}: {number}行目", "{path}: row {number}")
    }

    /// The same with something about the row behind it.
    pub(super) fn with(&self, about: &Text) -> Text {
        let Text { ja, en } = about;
        self.text().with(&format!(": {ja}"), &format!(": {en}"))
    }

    /// The same with the cell that it is about.
    pub(super) fn quoting(&self, cell: &str) -> Text {
        self.with(&text!("「{cell}」", "“{cell}”"))
    }
}

impl GtfsTable {
    /// Opens a table and makes UTF-8 of it.
    pub(super) fn open(located: Located, reporter: &mut Reporter<'_>) -> Result<Self, InputError> {
        let opened = located.open()?;
        let (path, bytes) = (located.path, opened.bytes);
        let (text, encoding) = if let Some((start, encoding)) = text::any_utf8(&bytes) {
            (TableText::Plain(bytes, start), encoding)
        } else {
            let decoded = text::decode(&path, &bytes, None)?;
            reporter.add_with(&OTHER_ENCODING, || decoded.encoding.map(|said| format!("{}: {said}", path.display())));
            (TableText::Decoded(decoded.text.into_owned()), decoded.encoding)
        };
        Ok(Self { path, text, sha256: opened.sha256, encoding })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A trip as the table has it, for a reader.
    pub(super) fn at_trip(&self, trip: &str) -> Text {
        text!("{path}: 便「{trip}」", "{path}: trip “{trip}”", path = self.path.display())
    }

    /// What is known of it, so many rows having been used.
    pub(super) fn source(&self, rows: usize) -> SourceFile {
        SourceFile {
            path: self.path.clone(),
            format: words!("GTFS"),
            sha256: self.sha256.clone(),
            crs: None,
            encoding: Some(self.encoding.clone()),
            features: rows,
            axes: None,
        }
    }

    /// Its rows, the header having been read.
    pub(super) fn rows(&self) -> Result<Rows<'_>, InputError> {
        let text = self.text();
        check_rows(&self.path, text)?;
        if let Some(offset) = unclosed(text) {
            let lines_before = memchr::memchr_iter(b'\n', &text[..offset]).count();
            let line = lines_before + 1;
            let problem =
                text!("{line}行目の引用符が閉じられていません", "the quotation mark in line {line} is never closed");
            return Err(InputError::Table { path: self.path.clone(), row: lines_before, problem });
        }
        let reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 16).from_reader(text);
        let mut rows =
            Rows { table: self, reader, names: Vec::new(), record: ByteRecord::new(), number: 0, released: 0 };
        if rows.advance()? {
            rows.names = rows.record.iter().map(|name| shown(name.trim_ascii()).into_owned()).collect();
        }
        rows.number = 0;
        Ok(rows)
    }

    fn text(&self) -> &[u8] {
        match &self.text {
            TableText::Plain(bytes, start) => &bytes[*start..],
            TableText::Decoded(text) => text.as_bytes(),
        }
    }
}

impl Rows<'_> {
    /// A column that need not be there.
    pub(super) fn column(&self, name: &str) -> ColumnIndex {
        ColumnIndex(self.names.iter().position(|known| known == name).unwrap_or(usize::MAX))
    }

    /// A column without which the table is of no use.
    pub(super) fn needed(&self, name: &str) -> Result<ColumnIndex, InputError> {
        let column = self.column(name);
        if column.0 < usize::MAX {
            return Ok(column);
        }
        Err(fields::missing_field(self.table.path.clone(), name, self.names.iter().map(String::as_str).collect()))
    }

    /// The next row that holds anything.
    pub(super) fn next_row(&mut self) -> Result<Option<Row<'_>>, InputError> {
        if !self.advance()? {
            return Ok(None);
        }
        Ok(Some(Row { record: &self.record, path: &self.table.path, number: self.number }))
    }

    fn advance(&mut self) -> Result<bool, InputError> {
        loop {
            let read = self
                .reader
                .read_byte_record(&mut self.record)
                .map_err(|error| InputError::table(&self.table.path, self.number + 1, &error))?;
            if !read {
                return Ok(false);
            }
            self.number += 1;
            self.release();
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Ok(true);
            }
        }
    }

    /// Lets go of what has been read of the file.
    fn release(&mut self) {
        let TableText::Plain(bytes, start) = &self.table.text else { return };
        let at = start + usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        if at >= self.released.saturating_add(RELEASED_AT_ONCE) && at <= bytes.len() {
            bytes.release(self.released..at);
            self.released = at;
        }
    }
}

impl<'r> Row<'r> {
    /// A cell without the blanks around it; empty where there is none.
    pub(super) fn get(&self, column: ColumnIndex) -> &'r [u8] {
        self.record.get(column.0).unwrap_or_default().trim_ascii()
    }

    /// A cell that holds a whole number: without the decimals that a spreadsheet or a table of numbers gives it, so that `1.0`
    /// is `1`.
    pub(super) fn whole(&self, column: ColumnIndex) -> &'r [u8] {
        let cell = self.get(column);
        without_decimals(cell).unwrap_or(cell)
    }

    /// A cell as it goes into a message or is kept as an id.
    pub(super) fn shown(&self, column: ColumnIndex) -> Cow<'r, str> {
        shown(self.get(column))
    }

    /// A name: trimmed, in Unicode NFKC; `None` where it is blank.
    pub(super) fn name(&self, column: ColumnIndex) -> Option<String> {
        let name: String = self.shown(column).nfkc().collect();
        let name = name.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// A number.
    pub(super) fn number<N: std::str::FromStr>(&self, column: ColumnIndex) -> Option<N> {
        std::str::from_utf8(self.whole(column)).ok()?.parse().ok()
    }

    /// Where the row stands.
    pub(super) fn place(&self) -> RowLocation<'r> {
        RowLocation(self.path, self.number)
    }

    /// Where the row stands, with a cell of it.
    pub(super) fn quoting(&self, column: ColumnIndex) -> Text {
        self.place().quoting(&self.shown(column))
    }
}

/// The whole number in a cell that has it with decimals, all of them 0; `None` for any other cell.
pub(super) fn without_decimals(cell: &[u8]) -> Option<&[u8]> {
    let point = cell.iter().position(|&sign| sign == b'.')?;
    let (whole, decimals) = (&cell[..point], &cell[point + 1..]);
    let is_whole = !whole.is_empty() && whole.iter().all(u8::is_ascii_digit);
    (is_whole && decimals.iter().all(|&sign| sign == b'0')).then_some(whole)
}

/// The text of a cell; the tables are UTF-8, so nothing is replaced.
pub(super) fn shown(cell: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(cell)
}
