//! The columns of what a run tells beside the parcels: tables of few rows, made of values of some type.

use serde_json::Value;

use super::Field;
use crate::inputs::ValueType;

/// A column of a product that is made of `T`s.
pub struct ProductColumn<T> {
    /// Its name.
    pub name: &'static str,
    /// The title in Japanese, with the unit.
    pub title: &'static str,
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

/// The names, titles and types of columns.
#[must_use]
pub fn fields<T>(columns: &[ProductColumn<T>]) -> Vec<Field> {
    let field = |column: &ProductColumn<T>| Field {
        name: column.name.to_owned(),
        title: Some(column.title.to_owned()),
        value_type: column.value_type,
    };
    columns.iter().map(field).collect()
}
