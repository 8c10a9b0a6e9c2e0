//! The input's own properties of some parcels, as columns with types.

use crate::evidence::{Nullable, Texts};
use crate::inputs::{ValueType, plain_text};

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// `true` and `false`.
    Bool(Nullable<bool>),
    /// Whole numbers.
    Integer(Nullable<i64>),
    /// Numbers.
    Number(Nullable<f64>),
    /// Texts.
    Text(Texts),
}

impl Values {
    /// No value as yet.
    #[must_use]
    pub fn of(value_type: ValueType) -> Self {
        match value_type {
            ValueType::Bool => Self::Bool(Nullable::default()),
            ValueType::Integer => Self::Integer(Nullable::default()),
            ValueType::Number => Self::Number(Nullable::default()),
            ValueType::Text => Self::Text(Texts::default()),
        }
    }

    /// Adds a value that is JSON. The column's type was chosen so that it fits.
    pub fn push_json(&mut self, json: Option<&str>) {
        let json = json.filter(|json| *json != "null");
        match self {
            Self::Bool(values) => values.push(json.map(|json| json == "true")),
            Self::Integer(values) => values.push(json.and_then(|json| json.parse().ok())),
            Self::Number(values) => values.push(json.and_then(|json| json.parse().ok())),
            Self::Text(texts) => texts.push(json.map(plain_text).as_deref()),
        }
    }
}
