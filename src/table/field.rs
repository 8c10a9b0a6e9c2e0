//! A column as formats with types declare it.

use super::Column;
use crate::inputs::{Properties, ValueType};

/// A column with its name and type.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its title in Japanese; none of the input's own.
    pub title: Option<String>,
    /// The type of its values.
    pub value_type: ValueType,
}

impl Field {
    /// The name and the title, where it has one.
    #[must_use]
    pub fn titled(&self) -> Option<(&str, &str)> {
        self.title.as_deref().map(|title| (self.name.as_str(), title))
    }

    /// The input's own properties and kyoten's columns.
    #[must_use]
    pub fn all(own: &Properties, columns: &[Column]) -> Vec<Self> {
        let names = own.names_beside(columns.iter().map(|column| column.name.as_str()));
        let own = own.iter().zip(names).map(|((_, value_type), name)| Self { name, title: None, value_type });
        own.chain(columns.iter().map(Self::from)).collect()
    }
}

impl From<&Column> for Field {
    fn from(column: &Column) -> Self {
        let title = Some(column.title.ja.to_string());
        Self { name: column.name.clone(), title, value_type: column.value_type() }
    }
}
