//! A column as formats with types declare it.

use super::{Column, Word};
use crate::inputs::{Properties, ValueType};
use crate::text::Text;

/// A column with its name and type.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its title; none of the input's own.
    pub title: Option<Text>,
    /// The type of its values.
    pub value_type: ValueType,
    /// What its values are called, where they are few; else none.
    pub words: Vec<Word>,
}

impl Field {
    /// What one of its values is called; `None` of a value that is what it is.
    #[must_use]
    pub fn word(&self, value: &str) -> Option<&Text> {
        self.words.iter().find(|(one, _)| *one == value).map(|(_, word)| word)
    }

    /// The input's own properties and kyoten's columns.
    #[must_use]
    pub fn all(own: &Properties, columns: &[Column]) -> Vec<Self> {
        let names = own.names_beside(columns.iter().map(|column| column.name.as_str()));
        let own = own.iter().zip(names).map(|((_, value_type), name)| Self {
            name,
            title: None,
            value_type,
            words: Vec::new(),
        });
        own.chain(columns.iter().map(Self::from)).collect()
    }
}

impl From<&Column> for Field {
    fn from(column: &Column) -> Self {
        let title = Some(column.title.clone());
        Self { name: column.name.clone(), title, value_type: column.value_type(), words: column.words() }
    }
}
