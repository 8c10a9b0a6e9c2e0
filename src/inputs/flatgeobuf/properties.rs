//! The attributes of a feature: cells one after the other, each with the number of its column.

use flatbuffers::{ForwardsUOffset, Vector};
use flatgeobuf::ColumnType;
use serde::de::IgnoredAny;
use serde_json::{Number, Value};

use super::Fault;
use crate::inputs::json_text;
use crate::text::hex;

/// A column.
#[derive(Debug, Clone)]
pub(super) struct FgbColumn {
    pub(super) name: String,
    kind: ColumnType,
}

/// The columns that a header or a feature lists. A name that was there before gets a number, since the names of an
/// object's members must differ.
pub(super) fn columns(list: &Vector<'_, ForwardsUOffset<flatgeobuf::Column<'_>>>) -> Vec<FgbColumn> {
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    list.iter()
        .map(|column| {
            let times = seen.entry(column.name()).or_default();
            *times += 1;
            let name = if *times == 1 { column.name().to_owned() } else { format!("{}_{times}", column.name()) };
            FgbColumn { name, kind: column.type_() }
        })
        .collect()
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum FgbValue<'a> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    Text(&'a str),
    Json(&'a str),
    Bytes(&'a [u8]),
}

/// Reads the cells into `row`, one for each column in the columns' order; those that are left out are null.
pub(super) fn read_row<'a>(
    columns: &[FgbColumn],
    mut bytes: &'a [u8],
    row: &mut Vec<FgbValue<'a>>,
) -> Result<(), Fault> {
    row.clear();
    row.resize(columns.len(), FgbValue::Null);
    // There are writers that leave one byte too many at the end; the format's other readers pass over it too.
    while bytes.len() > 1 {
        let column_index = usize::from(u16::from_le_bytes(take(&mut bytes)?));
        let column = columns.get(column_index).ok_or(NO_COLUMN)?;
        row[column_index] = cell(column.kind, &mut bytes)?;
    }
    Ok(())
}

fn cell<'a>(kind: ColumnType, bytes: &mut &'a [u8]) -> Result<FgbValue<'a>, Fault> {
    Ok(match kind {
        ColumnType::Bool => FgbValue::Bool(u8::from_le_bytes(take(bytes)?) != 0),
        ColumnType::Byte => FgbValue::Signed(i8::from_le_bytes(take(bytes)?).into()),
        ColumnType::Short => FgbValue::Signed(i16::from_le_bytes(take(bytes)?).into()),
        ColumnType::Int => FgbValue::Signed(i32::from_le_bytes(take(bytes)?).into()),
        ColumnType::Long => FgbValue::Signed(i64::from_le_bytes(take(bytes)?)),
        ColumnType::UByte => FgbValue::Unsigned(u8::from_le_bytes(take(bytes)?).into()),
        ColumnType::UShort => FgbValue::Unsigned(u16::from_le_bytes(take(bytes)?).into()),
        ColumnType::UInt => FgbValue::Unsigned(u32::from_le_bytes(take(bytes)?).into()),
        ColumnType::ULong => FgbValue::Unsigned(u64::from_le_bytes(take(bytes)?)),
        ColumnType::Float => FgbValue::Float(widened(f32::from_le_bytes(take(bytes)?))),
        ColumnType::Double => FgbValue::Float(f64::from_le_bytes(take(bytes)?)),
        ColumnType::String | ColumnType::DateTime => FgbValue::Text(text(bytes)?),
        ColumnType::Json => FgbValue::Json(text(bytes)?),
        ColumnType::Binary => FgbValue::Bytes(run(bytes)?),
        _ => return Err(NO_TYPE),
    })
}

/// The `f64` that is written with the same digits: 0.1 stays 0.1.
fn widened(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

fn text<'a>(bytes: &mut &'a [u8]) -> Result<&'a str, Fault> {
    std::str::from_utf8(run(bytes)?).map_err(|_| NOT_UTF8)
}

/// Bytes with their number in front.
fn run<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], Fault> {
    let length = u32::from_le_bytes(take(bytes)?) as usize;
    let (run, rest) = bytes.split_at_checked(length).ok_or(CUT)?;
    *bytes = rest;
    Ok(run)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], Fault> {
    let (array, rest) = bytes.split_first_chunk::<N>().ok_or(CUT)?;
    *bytes = rest;
    Ok(*array)
}

const CUT: Fault = Fault::Damaged(words!("属性が値の途中で終わっています", "its properties end inside a value"));

const NO_COLUMN: Fault =
    Fault::Damaged(words!("ない列を指す属性があります", "a property is of a column that there is not"));

const NO_TYPE: Fault =
    Fault::Damaged(words!("知られていない型の列があります", "a column is of a type that is not known"));

const NOT_UTF8: Fault = Fault::Damaged(words!("UTF-8でない文字があります", "a text in it is not UTF-8"));

/// Writes a row as the text of a JSON object.
pub(super) fn object_text(columns: &[FgbColumn], row: &[FgbValue<'_>]) -> String {
    let mut json = Vec::with_capacity(32 * row.len() + 2);
    for (column, cell) in columns.iter().zip(row) {
        json.push(if json.is_empty() { b'{' } else { b',' });
        json_text::push_str(&column.name, &mut json);
        json.push(b':');
        cell.push_json(&mut json);
    }
    if json.is_empty() {
        json.push(b'{');
    }
    json.push(b'}');
    String::from_utf8(json).expect("names and values are text")
}

impl FgbValue<'_> {
    /// The value as an id: a text as it stands, a number as JSON writes it, nothing else.
    pub(super) fn id(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some((*text).to_owned()),
            Self::Signed(_) | Self::Unsigned(_) => Some(self.value().to_string()),
            Self::Float(number) => Number::from_f64(*number).map(|number| number.to_string()),
            Self::Null | Self::Bool(_) | Self::Json(_) | Self::Bytes(_) => None,
        }
    }

    /// The value for layers.
    pub(super) fn value(&self) -> Value {
        match *self {
            Self::Null => Value::Null,
            Self::Bool(value) => value.into(),
            Self::Signed(number) => number.into(),
            Self::Unsigned(number) => number.into(),
            Self::Float(number) => number.into(), // null where it is not finite
            Self::Text(text) => text.into(),
            Self::Json(text) => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
            // Binary values have no form in JSON; hexadecimal digits at least lose nothing.
            Self::Bytes(bytes) => hex(bytes).into(),
        }
    }

    fn push_json(&self, out: &mut Vec<u8>) {
        match *self {
            Self::Null => out.extend(b"null"),
            Self::Bool(value) => json_text::push(&value, out),
            Self::Signed(number) => json_text::push(&number, out),
            Self::Unsigned(number) => json_text::push(&number, out),
            Self::Float(number) => json_text::push(&number, out), // null where it is not finite
            Self::Json(text) if serde_json::from_str::<IgnoredAny>(text).is_ok() => out.extend(text.trim().as_bytes()),
            Self::Text(text) | Self::Json(text) => json_text::push_str(text, out),
            // Binary values have no form in JSON; hexadecimal digits at least lose nothing.
            Self::Bytes(bytes) => json_text::push_str(&hex(bytes), out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: ColumnType) -> FgbColumn {
        FgbColumn { name: "c\"\n".to_owned(), kind }
    }

    fn text_of(kind: ColumnType, cell: &[u8]) -> Result<String, Fault> {
        let (columns, mut row) = ([column(kind)], Vec::new());
        let bytes = [&[0, 0], cell].concat();
        read_row(&columns, &bytes, &mut row)?;
        let text = object_text(&columns, &row);
        // Both ways out agree, and what comes out is JSON.
        let object: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(object["c\"\n"], row[0].value());
        Ok(object["c\"\n"].to_string())
    }

    fn run_of(bytes: &[u8]) -> Vec<u8> {
        [&u32::try_from(bytes.len()).unwrap().to_le_bytes(), bytes].concat()
    }

    #[test]
    fn every_type_of_column_becomes_json() {
        for (kind, cell, expected) in [
            (ColumnType::Bool, vec![1], "true"),
            (ColumnType::Byte, vec![0xff], "-1"),
            (ColumnType::UByte, vec![0xff], "255"),
            (ColumnType::Short, (-2_i16).to_le_bytes().to_vec(), "-2"),
            (ColumnType::UShort, 65535_u16.to_le_bytes().to_vec(), "65535"),
            (ColumnType::Int, (-3_i32).to_le_bytes().to_vec(), "-3"),
            (ColumnType::UInt, u32::MAX.to_le_bytes().to_vec(), "4294967295"),
            (ColumnType::Long, i64::MIN.to_le_bytes().to_vec(), "-9223372036854775808"),
            (ColumnType::ULong, u64::MAX.to_le_bytes().to_vec(), "18446744073709551615"),
            (ColumnType::Float, 0.1_f32.to_le_bytes().to_vec(), "0.1"),
            (ColumnType::Double, 1e21_f64.to_le_bytes().to_vec(), "1e+21"),
            (ColumnType::Double, f64::NAN.to_le_bytes().to_vec(), "null"),
            (ColumnType::String, run_of("大字\u{1}\"\\\t".as_bytes()), r#""大字\u0001\"\\\t""#),
            (ColumnType::DateTime, run_of(b"2020-10-01T00:00:00Z"), "\"2020-10-01T00:00:00Z\""),
            (ColumnType::Json, run_of(b" [1, {}]\n"), "[1,{}]"),
            (ColumnType::Json, run_of(b"[1"), "\"[1\""),
            (ColumnType::Binary, run_of(&[0, 0xab]), "\"00ab\""),
        ] {
            assert_eq!(text_of(kind, &cell).as_deref(), Ok(expected), "{kind:?}");
        }
    }

    #[test]
    fn cells_may_be_left_out_and_stand_in_any_order() {
        let columns: Vec<FgbColumn> = ["a", "b", "c"]
            .map(|name| FgbColumn { name: name.to_owned(), kind: ColumnType::UByte })
            .into_iter()
            .collect();
        let mut row = Vec::new();
        read_row(&columns, &[2, 0, 7, 0, 0, 8, 0], &mut row).unwrap();
        assert_eq!(object_text(&columns, &row), r#"{"a":8,"b":null,"c":7}"#);
    }

    #[test]
    fn a_value_that_does_not_fit_is_a_fault() {
        assert!(text_of(ColumnType::Int, &[1, 2, 3]).is_err());
        assert!(text_of(ColumnType::String, &[9, 0, 0, 0, b'a']).is_err());
        assert!(text_of(ColumnType::String, &run_of(&[0xff])).is_err());
        assert!(text_of(ColumnType(99), &[1]).is_err());
        assert!(read_row(&[column(ColumnType::Bool)], &[1, 0, 1], &mut Vec::new()).is_err());
    }
}
