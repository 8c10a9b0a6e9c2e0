//! The `.dbf`: a dBase table of fixed-width text fields, with the attributes of the shapes.

use std::path::Path;

use encoding_rs::Encoding;
use serde_json::{Number, Value};

use crate::inputs::text::{self, Said};
use crate::inputs::{Fields, InputError};

/// A table read whole.
#[derive(Debug)]
pub(super) struct Records {
    /// One entry a record, `None` where it is marked as deleted.
    pub(super) records: Vec<Option<Fields>>,
    pub(super) encoding: String,
}

/// A column: its name, its type (`C`, `N`, `F`, `D`, `L`, …) and where it stands in a record.
#[derive(Debug, Clone, Copy)]
struct Column<'a> {
    name: &'a [u8],
    kind: u8,
    start: usize,
    length: usize,
}

pub(super) fn read(path: &Path, bytes: &[u8], said: Option<Said<'_>>) -> Result<Records, InputError> {
    let damaged = |record, problem| InputError::DamagedRecord { path: path.to_owned(), record, problem };
    if bytes.len() < 32 {
        return Err(damaged(0, "the header is not whole"));
    }
    let count = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
    let start = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let length = usize::from(u16::from_le_bytes([bytes[10], bytes[11]]));
    let columns = columns(bytes.get(..start).ok_or_else(|| damaged(0, "the header is not whole"))?);
    if length == 0 || columns.last().is_some_and(|column| column.start + column.length > length) {
        return Err(damaged(0, "the columns are wider than a record"));
    }
    let rows = bytes[start..].chunks_exact(length).take(count);
    if rows.len() < count {
        return Err(damaged(rows.len() + 1, "it reaches past the end of the file"));
    }
    let said = said.or_else(|| code_page(bytes[29]).map(|label| Said::Hinted(label, "code page byte of the .dbf")));
    let texts = || {
        let names = columns.iter().map(|column| column.name);
        let cells = rows.clone().flat_map(|row| {
            let of_text = columns.iter().filter(|column| column.kind == b'C');
            of_text.map(|column| trim(&row[column.start..column.start + column.length]))
        });
        names.chain(cells)
    };
    let (encoding, note) = text::of_fields(path, texts, said)?;
    let names: Vec<String> = columns.iter().map(|column| text::field(encoding, column.name)).collect();
    let record = |row: &[u8]| {
        // A record begins with a blank, or with a star where it is deleted.
        (row[0] != b'*').then(|| {
            let cells = columns
                .iter()
                .map(|column| value(encoding, column.kind, &row[column.start..column.start + column.length]));
            names.iter().cloned().zip(cells).collect()
        })
    };
    Ok(Records { records: rows.clone().map(record).collect(), encoding: note })
}

fn columns(header: &[u8]) -> Vec<Column<'_>> {
    let mut start = 1; // after the mark of deletion
    header
        .get(32..)
        .unwrap_or_default()
        .chunks_exact(32)
        .take_while(|about| about[0] != 0x0d)
        .map(|about| {
            let length = usize::from(about[16]);
            let name = about[..11].split(|&byte| byte == 0).next().unwrap_or_default();
            let column = Column { name: trim(name), kind: about[11], start, length };
            start += length;
            column
        })
        .collect()
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
            let text = text::field(encoding, trim(cell));
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

fn trim(bytes: &[u8]) -> &[u8] {
    let is_blank = |byte: &u8| matches!(byte, b' ' | 0);
    let start = bytes.iter().position(|byte| !is_blank(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_blank(byte)).map_or(start, |last| last + 1);
    &bytes[start..end]
}
