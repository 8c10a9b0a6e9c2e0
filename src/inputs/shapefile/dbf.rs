//! The `.dbf`: a dBase table of fixed-width text fields, with the attributes of the shapes.

use std::path::Path;

use encoding_rs::Encoding;
use serde_json::{Number, Value};

use super::encoding::{self, FieldText};
use super::shp::{HEADER_NOT_WHOLE, PAST_THE_END};
use crate::inputs::format::Reporter;
use crate::inputs::text::Said;
use crate::inputs::{Fields, InputError};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static TEXT_CUT: NoticeKind = NoticeKind {
    id: "text-cut-in-dbf",
    severity: Severity::Mended,
    what: Text::new(
        ".dbf に、文字の途中で切れている値があります。切れた文字を除いて読みました。",
        "values of the .dbf end in the middle of a character; it was left out",
    ),
    advice: Some(Text::new(
        "列の幅を広げて書き出すか、文字コードが違うときは kyoten.toml に `encoding` を書いてください。",
        "export it with wider columns, or say `encoding` in kyoten.toml where the text is in another one",
    )),
};

/// The name of a column takes so many bytes at most.
const LONGEST_NAME: usize = 10;

/// A table opened: its columns and encoding are known, its records are not read.
#[derive(Debug)]
pub(super) struct DbfTable {
    names: Vec<String>,
    columns: Vec<DbfField>,
    encoding: &'static Encoding,
    /// The encoding and where it was learnt from.
    pub(super) note: Text,
    /// Where the records begin, how long each is, how many there are.
    start: usize,
    length: usize,
    pub(super) records: usize,
    /// The cells that lost half a character: 0-based record, `None` for the name of the column, and column.
    cut: Vec<(Option<usize>, usize)>,
    /// What is to be told of the encoding.
    doubt: Option<(&'static NoticeKind, Text)>,
}

/// A field, as dBase calls a column: its type (`C`, `N`, `F`, `D`, `L`, …) and where it stands in a record.
#[derive(Debug, Clone, Copy)]
struct DbfField {
    kind: u8,
    start: usize,
    length: usize,
}

/// A record of the table.
#[derive(Debug)]
pub(super) enum Record {
    Fields(Fields),
    /// It is marked as deleted.
    Deleted,
}

impl DbfTable {
    pub(super) fn open(path: &Path, bytes: &[u8], said: Option<Said<'_>>) -> Result<Self, InputError> {
        let damaged = |record, problem| InputError::DamagedRecord { path: path.to_owned(), record, problem };
        if bytes.len() < 32 {
            return Err(damaged(0, &HEADER_NOT_WHOLE));
        }
        let count = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
        let start = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
        let length = usize::from(u16::from_le_bytes([bytes[10], bytes[11]]));
        let (raw_names, columns) = columns(bytes.get(..start).ok_or_else(|| damaged(0, &HEADER_NOT_WHOLE))?);
        if length == 0 || columns.last().is_some_and(|column| column.start + column.length > length) {
            let wider = words!("列の幅の合計がレコードの長さを超えています", "the columns are wider than a record");
            return Err(damaged(0, wider));
        }
        let rows = bytes[start..].chunks_exact(length).take(count);
        if rows.len() < count {
            return Err(damaged(rows.len() + 1, &PAST_THE_END));
        }
        let byte = words!(".dbf のコードページ", "code page byte of the .dbf");
        let said: Vec<Said<'_>> =
            said.into_iter().chain(code_page(bytes[29]).map(|label| Said::Hinted(label, byte))).collect();
        let of_text: Vec<usize> = (0..columns.len()).filter(|&column| columns[column].kind == b'C').collect();
        let texts = || {
            let cells = rows.clone().flat_map(|row| {
                of_text.iter().map(|&column| cell(&row[columns[column].start..][..columns[column].length]))
            });
            let names = raw_names.iter().map(|name| FieldText { bytes: name, full: name.len() >= LONGEST_NAME });
            names.chain(cells)
        };
        let encoding::Found { encoding, note, cut, doubt } = encoding::find(path, texts, &said)?;
        let place = |index: usize| match index.checked_sub(raw_names.len()) {
            None => (None, index),
            Some(cell) => (Some(cell / of_text.len()), of_text[cell % of_text.len()]),
        };
        let cut = cut.into_iter().map(place).collect();
        let names = raw_names.iter().map(|name| encoding::decode(encoding, name)).collect();
        Ok(Self { names, columns, encoding, note, start, length, records: count, cut, doubt })
    }

    /// Tells of the encoding where it is in doubt, and of what was lost of the text.
    pub(super) fn report(&self, path: &Path, bytes: &[u8], reporter: &mut Reporter<'_>) {
        if let Some((kind, example)) = &self.doubt {
            reporter.add(kind, example.clone());
        }
        let path = path.display();
        for &(record, column) in &self.cut {
            let name = &self.names[column];
            match record {
                None => reporter.add_with(&TEXT_CUT, || text!("{path}: 列の名前「{name}」", "{path}: column “{name}”")),
                Some(record) if !self.row(bytes, record).is_some_and(is_deleted) => {
                    let number = record + 1;
                    reporter.add_with(&TEXT_CUT, || {
                        text!("{path}: {number}番目のレコードの「{name}」", "{path}: record {number}, “{name}”")
                    });
                }
                Some(_) => {}
            }
        }
    }

    fn row<'b>(&self, bytes: &'b [u8], index: usize) -> Option<&'b [u8]> {
        bytes.get(self.start + index * self.length..)?.get(..self.length)
    }

    /// The record of that 0-based position in the table's bytes; `None` past the last one.
    pub(super) fn record(&self, bytes: &[u8], index: usize) -> Option<Record> {
        if index >= self.records {
            return None;
        }
        let row = self.row(bytes, index)?;
        if is_deleted(row) {
            return Some(Record::Deleted);
        }
        let cell = |column: &DbfField| &row[column.start..column.start + column.length];
        let cells = self.columns.iter().map(|column| value(self.encoding, column.kind, cell(column)));
        Some(Record::Fields(self.names.iter().cloned().zip(cells).collect()))
    }

    /// The 0-based positions of records that are marked as deleted.
    pub(super) fn deleted<'b>(&'b self, bytes: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
        let rows = bytes.get(self.start..).unwrap_or_default().chunks_exact(self.length).take(self.records);
        rows.enumerate().filter(|(_, row)| is_deleted(row)).map(|(index, _)| index)
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }
}

/// A record begins with a blank, or with a star where it is deleted.
fn is_deleted(row: &[u8]) -> bool {
    row.first() == Some(&b'*')
}

/// The names of the columns as they stand, and the columns.
fn columns(header: &[u8]) -> (Vec<&[u8]>, Vec<DbfField>) {
    let mut start = 1; // after the mark of deletion
    header
        .get(32..)
        .unwrap_or_default()
        .chunks_exact(32)
        .take_while(|about| about[0] != 0x0d)
        .map(|about| {
            let length = usize::from(about[16]);
            let name = about[..11].split(|&byte| byte == 0).next().unwrap_or_default();
            let column = DbfField { kind: about[11], start, length };
            start += length;
            (trim(name), column)
        })
        .unzip()
}

/// The code page that a language byte names, for the two that mean Japanese. Others are a default that
/// programs write without asking.
fn code_page(byte: u8) -> Option<&'static str> {
    matches!(byte, 0x13 | 0x7b).then_some("cp932")
}

fn value(encoding: &'static Encoding, kind: u8, cell: &[u8]) -> Value {
    let whole = |length| (cell.len() == length).then_some(cell);
    match (kind, cell) {
        (b'I' | b'+', &[a, b, c, d]) => Value::from(i32::from_le_bytes([a, b, c, d])),
        (b'O', _) => whole(8)
            .and_then(|bytes| bytes.try_into().ok())
            .and_then(|bytes| Number::from_f64(f64::from_le_bytes(bytes)))
            .map_or(Value::Null, Value::Number),
        _ => {
            let text = encoding::decode(encoding, trim(cell));
            match kind {
                _ if text.is_empty() => Value::Null,
                b'N' | b'F' => number(text),
                b'D' => date(text),
                b'L' => logical(&text),
                _ => Value::String(text),
            }
        }
    }
}

/// A number; one that is written with leading zeros is a code and stays text; stars mean that it did not fit.
fn number(text: String) -> Value {
    if text.starts_with('*') {
        return Value::Null;
    }
    let digits = text.trim_start_matches('-').as_bytes();
    if digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit() {
        return Value::String(text);
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Value::from(whole);
    }
    text.parse().ok().and_then(Number::from_f64).map_or(Value::String(text), Value::Number)
}

/// `20201001` as `2020-10-01`; a date of the year 0 means none.
fn date(text: String) -> Value {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Value::String(text);
    }
    if text.starts_with("0000") {
        return Value::Null;
    }
    Value::String(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
}

fn logical(text: &str) -> Value {
    match text {
        "T" | "t" | "Y" | "y" => Value::Bool(true),
        "F" | "f" | "N" | "n" => Value::Bool(false),
        _ => Value::Null,
    }
}

/// A cell as it stands, without the blanks around it.
fn cell(bytes: &[u8]) -> FieldText<'_> {
    FieldText { bytes: trim(bytes), full: bytes.last().is_some_and(|&byte| !is_blank(byte)) }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | 0)
}

fn trim(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|&byte| !is_blank(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|&byte| !is_blank(byte)).map_or(start, |last| last + 1);
    &bytes[start..end]
}
