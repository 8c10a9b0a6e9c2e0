//! Cells of arrow arrays as JSON text: the type of a column is asked once, its cells are written one after the other.

use std::fmt::Debug;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowTemporalType, Date32Type, Date64Type, Decimal128Type, Decimal256Type, DecimalType, Float16Type, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Time32MillisecondType, Time32SecondType,
    Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrowPrimitiveType, BooleanArray, PrimitiveArray, StructArray};
use arrow_schema::{DataType, TimeUnit};
use serde::Serialize;

use crate::inputs::json_text;

/// Whether cells of a type can be written: all that Parquet has but bytes and intervals, and what Arrow has beside.
pub(in crate::inputs) fn is_writable(kind: &DataType) -> bool {
    use DataType as T;
    match kind {
        T::Duration(_) | T::Interval(_) => false,
        T::List(item) | T::LargeList(item) | T::FixedSizeList(item, _) | T::Map(item, _) => {
            is_writable(item.data_type())
        }
        T::Struct(fields) => fields.iter().all(|field| is_writable(field.data_type())),
        T::Dictionary(_, value) => is_writable(value),
        T::Null | T::Boolean | T::Utf8 | T::LargeUtf8 | T::Utf8View | T::Decimal128(..) | T::Decimal256(..) => true,
        kind => kind.is_integer() || kind.is_floating() || kind.is_temporal(),
    }
}

/// A column whose cells can be written.
pub(in crate::inputs) struct JsonColumn<'a> {
    array: &'a dyn Array,
    write: Write<'a>,
}

/// Writes the cell of a row, which is not null.
type Write<'a> = Box<dyn Fn(usize, &mut Vec<u8>) + 'a>;

impl<'a> JsonColumn<'a> {
    /// `None` where the type is not [writable](is_writable).
    pub(in crate::inputs) fn new(array: &'a dyn Array) -> Option<Self> {
        Some(Self { array, write: cells(array)? })
    }

    /// Adds the cell of a row to a JSON text.
    pub(in crate::inputs) fn write(&self, row: usize, out: &mut Vec<u8>) {
        if self.array.is_null(row) {
            out.extend(b"null");
        } else {
            (self.write)(row, out);
        }
    }
}

fn cells(array: &dyn Array) -> Option<Write<'_>> {
    use DataType as T;
    Some(match array.data_type() {
        T::Null => Box::new(|_, out| out.extend(b"null")),
        T::Boolean => values(array.as_boolean(), BooleanArray::value),
        T::Int8 => numbers::<Int8Type>(array),
        T::Int16 => numbers::<Int16Type>(array),
        T::Int32 => numbers::<Int32Type>(array),
        T::Int64 => numbers::<Int64Type>(array),
        T::UInt8 => numbers::<UInt8Type>(array),
        T::UInt16 => numbers::<UInt16Type>(array),
        T::UInt32 => numbers::<UInt32Type>(array),
        T::UInt64 => numbers::<UInt64Type>(array),
        T::Float16 => values(array.as_primitive::<Float16Type>(), |array, row| array.value(row).to_f32()),
        T::Float32 => numbers::<Float32Type>(array),
        T::Float64 => numbers::<Float64Type>(array),
        T::Utf8 => Box::new(move |row, out| json_text::push_text(array.as_string::<i32>().value(row).as_bytes(), out)),
        T::LargeUtf8 => {
            Box::new(move |row, out| json_text::push_text(array.as_string::<i64>().value(row).as_bytes(), out))
        }
        T::Utf8View => {
            // The parquet crate checks the texts of a page as a whole; lengths that are damaged cut characters in two.
            let texts = array.as_string_view().clone().to_binary_view();
            Box::new(move |row, out| json_text::push_text(texts.value(row), out))
        }
        T::Decimal128(..) => decimals::<Decimal128Type>(array),
        T::Decimal256(..) => decimals::<Decimal256Type>(array),
        T::Date32 | T::Date64 | T::Time32(_) | T::Time64(_) | T::Timestamp(..) => times(array)?,
        T::List(_) => lists(array.as_list::<i32>(), |array, row| array.value(row)),
        T::LargeList(_) => lists(array.as_list::<i64>(), |array, row| array.value(row)),
        T::FixedSizeList(..) => lists(array.as_fixed_size_list(), |array, row| array.value(row)),
        T::Map(..) => lists(array.as_map(), |array, row| std::sync::Arc::new(array.value(row))),
        T::Struct(_) => structs(array.as_struct())?,
        T::Dictionary(..) => words(array)?,
        _ => return None,
    })
}

/// Cells that serde writes; numbers that JSON has not, as infinity, become null.
fn values<'a, A: ?Sized, V: Serialize>(array: &'a A, value: impl Fn(&'a A, usize) -> V + 'a) -> Write<'a> {
    Box::new(move |row, out| json_text::push(&value(array, row), out))
}

fn numbers<T: ArrowPrimitiveType<Native: Serialize>>(array: &dyn Array) -> Write<'_> {
    values(array.as_primitive::<T>(), PrimitiveArray::value)
}

fn decimals<T: DecimalType + ArrowPrimitiveType>(array: &dyn Array) -> Write<'_> {
    let array = array.as_primitive::<T>();
    Box::new(move |row, out| out.extend(array.value_as_string(row).bytes()))
}

/// Days and times as ISO 8601 writes them; those out of its range become null.
fn times(array: &dyn Array) -> Option<Write<'_>> {
    use {DataType as T, TimeUnit as U};
    Some(match array.data_type() {
        T::Date32 => days::<Date32Type>(array),
        T::Date64 => days::<Date64Type>(array),
        T::Time32(U::Second) => clocks::<Time32SecondType>(array),
        T::Time32(U::Millisecond) => clocks::<Time32MillisecondType>(array),
        T::Time64(U::Microsecond) => clocks::<Time64MicrosecondType>(array),
        T::Time64(U::Nanosecond) => clocks::<Time64NanosecondType>(array),
        T::Timestamp(U::Second, zone) => moments::<TimestampSecondType>(array, zone.is_some()),
        T::Timestamp(U::Millisecond, zone) => moments::<TimestampMillisecondType>(array, zone.is_some()),
        T::Timestamp(U::Microsecond, zone) => moments::<TimestampMicrosecondType>(array, zone.is_some()),
        T::Timestamp(U::Nanosecond, zone) => moments::<TimestampNanosecondType>(array, zone.is_some()),
        _ => return None,
    })
}

fn days<T: ArrowTemporalType>(array: &dyn Array) -> Write<'_>
where
    i64: From<T::Native>,
{
    let array = array.as_primitive::<T>();
    Box::new(move |row, out| push_time(array.value_as_date(row), "", out))
}

fn clocks<T: ArrowTemporalType>(array: &dyn Array) -> Write<'_>
where
    i64: From<T::Native>,
{
    let array = array.as_primitive::<T>();
    Box::new(move |row, out| push_time(array.value_as_time(row), "", out))
}

/// With a zone the column counts from midnight UTC, whatever the zone is called.
fn moments<T: ArrowTemporalType>(array: &dyn Array, with_zone: bool) -> Write<'_>
where
    i64: From<T::Native>,
{
    let array = array.as_primitive::<T>();
    Box::new(move |row, out| push_time(array.value_as_datetime(row), if with_zone { "Z" } else { "" }, out))
}

fn push_time(time: Option<impl Debug>, suffix: &str, out: &mut Vec<u8>) {
    match time {
        // `Debug` of chrono is ISO 8601, and no part of a second where it is 0.
        Some(time) => out.extend(format!("\"{time:?}{suffix}\"").bytes()),
        None => out.extend(b"null"),
    }
}

/// Lists in brackets; a map is a list of its keys and values.
fn lists<'a, A>(array: &'a A, items: impl Fn(&'a A, usize) -> arrow_array::ArrayRef + 'a) -> Write<'a> {
    Box::new(move |row, out| {
        let items = items(array, row);
        let column = JsonColumn::new(items.as_ref());
        out.push(b'[');
        for index in 0..items.len() {
            if index > 0 {
                out.push(b',');
            }
            // A column of lists is asked whether it can be written before it comes here.
            if let Some(column) = &column {
                column.write(index, out);
            }
        }
        out.push(b']');
    })
}

fn structs(array: &StructArray) -> Option<Write<'_>> {
    let rows = Object::new(array.fields().iter().map(|field| field.name().as_str()).zip(array.columns()))?;
    Some(Box::new(move |row, out| rows.write(row, out)))
}

/// Cells that name a value of a list, as categories of data frames do.
fn words(array: &dyn Array) -> Option<Write<'_>> {
    let words = array.as_any_dictionary();
    if words.values().is_empty() {
        return Some(Box::new(|_, out| out.extend(b"null")));
    }
    let (keys, values) = (words.normalized_keys(), JsonColumn::new(words.values().as_ref())?);
    Some(Box::new(move |row, out| values.write(keys[row], out)))
}

/// Columns that together are an object a row.
#[derive(Default)]
pub(in crate::inputs) struct Object<'a>(Vec<(Vec<u8>, JsonColumn<'a>)>);

impl<'a> Object<'a> {
    /// `None` where one of the columns is not [writable](is_writable).
    pub(in crate::inputs) fn new(columns: impl Iterator<Item = (&'a str, &'a arrow_array::ArrayRef)>) -> Option<Self> {
        let column = |(index, (name, array)): (usize, (&'a str, &'a arrow_array::ArrayRef))| {
            Some((json_text::key(name, index == 0), JsonColumn::new(array.as_ref())?))
        };
        columns.enumerate().map(column).collect::<Option<_>>().map(Self)
    }

    /// Adds the object of a row to a JSON text.
    pub(in crate::inputs) fn write(&self, row: usize, out: &mut Vec<u8>) {
        out.push(b'{');
        for (key, column) in &self.0 {
            out.extend(key);
            column.write(row, out);
        }
        out.push(b'}');
    }

    /// The column at `index`.
    pub(in crate::inputs) fn column(&self, index: usize) -> &JsonColumn<'a> {
        &self.0[index].1
    }
}
