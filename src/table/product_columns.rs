//! The columns of what a run tells beside the parcels: tables of few rows, made of values of some type.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Field, Word};
use crate::inputs::ValueType;
use crate::text::Text;

/// A column of a product that is made of `T`s.
pub struct ProductColumn<T> {
    /// Its name.
    pub name: &'static str,
    /// Its title with the unit, for programs that show people a table.
    pub title: Text,
    /// The type of its values.
    pub value_type: ValueType,
    /// What stands in it.
    pub cell: fn(&T) -> Value,
}

/// The cells of a row.
#[must_use]
pub fn cells<T>(columns: &[ProductColumn<T>], row: &T) -> Vec<Value> {
    columns.iter().map(|column| (column.cell)(row)).collect()
}

/// The names, titles and types of columns; `words` are what the values of some of them are called, by their names.
#[must_use]
pub fn fields<T, const N: usize>(columns: &[ProductColumn<T>], words: [(&str, Vec<Word>); N]) -> Vec<Field> {
    let mut words: BTreeMap<&str, Vec<Word>> = words.into_iter().collect();
    let field = |column: &ProductColumn<T>| Field {
        name: column.name.to_owned(),
        title: Some(column.title.clone()),
        value_type: column.value_type,
        words: words.remove(column.name).unwrap_or_default(),
    };
    columns.iter().map(field).collect()
}
