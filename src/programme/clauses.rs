//! Which statements do the documents make, and where does each stand in the program?

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::built_in;
use crate::text::Text;

/// A statement of one of the documents.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// A stable name.
    pub id: String,
    /// The document, by its name in the file.
    document: String,
    /// Where in the document.
    pub section: String,
    /// What it says, in a sentence of ours.
    pub says: Text,
    /// Where it stands: `criterion:ID`, `zone:ID`, `column:NAME`, `layer:NAME`, `key:NAME`, `command:NAME`.
    pub stands: Vec<String>,
    /// What becomes of it there, or why it has no place.
    pub how: Text,
}

/// One of the documents.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What it is called for short.
    pub short: Text,
    /// Its title.
    pub title: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Clauses {
    documents: BTreeMap<String, Document>,
    clauses: Vec<Clause>,
}

static CLAUSES: LazyLock<Clauses> = LazyLock::new(|| built_in("clauses.toml", include_str!("data/clauses.toml")));

impl Clause {
    /// The document.
    ///
    /// # Panics
    /// Never: a test asks every statement for its own.
    #[must_use]
    pub fn document(&self) -> &'static Document {
        let id = &self.document;
        CLAUSES.documents.get(id).unwrap_or_else(|| unreachable!("no document {id}"))
    }

    /// The document's title and the section.
    #[must_use]
    pub fn source(&self) -> Text {
        self.document().title.with(&self.section, &format!(", “{}”", self.section))
    }

    /// The same with the document for short; [`documents`] has the titles.
    #[must_use]
    pub fn short_source(&self) -> Text {
        self.document().short.with(&format!("、{}", self.section), &format!(", “{}”", self.section))
    }
}

/// The documents.
pub fn documents() -> impl Iterator<Item = &'static Document> {
    // The leaflet first, as in the list of statements.
    CLAUSES.documents.values().rev()
}

/// Every statement, in the order of the documents.
#[must_use]
pub fn clauses() -> &'static [Clause] {
    &CLAUSES.clauses
}

/// The statement of that name.
///
/// # Panics
/// Where there is none. The names stand in the code and in the files of facts, and a test asks for each.
#[must_use]
pub fn clause(id: &str) -> &'static Clause {
    CLAUSES.clauses.iter().find(|clause| clause.id == id).unwrap_or_else(|| unreachable!("no clause {id}"))
}
