//! The tables of a document, and what is reported of it.

use std::borrow::Cow;
use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::Entry;
use super::error::{Fault, KeyPath, Problem};
use crate::diagnostics::Diagnostic;
use crate::text::Text;

/// Collects what is wrong with one document.
#[derive(Default)]
pub(super) struct Report {
    problems: RefCell<Vec<(usize, KeyPath, Fault)>>,
}

impl Report {
    pub(super) fn add(&self, offset: usize, key: KeyPath, fault: Fault) {
        self.problems.borrow_mut().push((offset, key, fault));
    }

    /// The problems in the order of the text, with their places in it.
    pub(super) fn into_problems(self, text: &str) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|(offset, ..)| *offset);
        let mut cursor = Cursor::new(text);
        let placed = problems.into_iter().map(|(offset, key, fault)| {
            let (line, column) = cursor.position(offset);
            Problem { line, column, key, fault }
        });
        placed.collect()
    }
}

/// Turns rising byte offsets into lines and columns, in one pass over the text.
pub(super) struct Cursor<'t> {
    ahead: &'t [u8],
    offset: usize,
    line: usize,
    column: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { ahead: text.as_bytes(), offset: 0, line: 1, column: 1 }
    }

    /// Line and column of a byte not before the last one asked for; both 1-based, the column in characters.
    pub(super) fn position(&mut self, offset: usize) -> (usize, usize) {
        let (passed, ahead) = self.ahead.split_at(offset.saturating_sub(self.offset).min(self.ahead.len()));
        for &byte in passed {
            match byte {
                b'\n' => (self.line, self.column) = (self.line + 1, 1),
                // A byte that goes on with a character of UTF-8.
                0x80..=0xBF => {}
                _ => self.column += 1,
            }
        }
        self.offset += passed.len();
        self.ahead = ahead;
        (self.line, self.column)
    }
}

/// A table of the document.
pub struct TomlTable<'t> {
    pub(super) report: &'t Report,
    pub(super) path: String,
    pub(super) offset: usize,
    pub(super) content: &'t DeTable<'t>,
}

impl<'t> TomlTable<'t> {
    /// The whole document.
    pub(super) fn root(report: &'t Report, document: &'t DeTable<'t>) -> Self {
        Self { report, path: String::new(), offset: 0, content: document }
    }

    /// The same table; every key that is not known is reported.
    #[must_use]
    pub fn knowing(self, known: &[&str]) -> Self {
        for entry in self.entries() {
            if !known.contains(&entry.key()) {
                entry.unknown_among(known);
            }
        }
        self
    }

    /// The same where another part of the program has looked at one key, whether it is known or not.
    #[must_use]
    pub fn knowing_beside(self, known: &[&str], other: &str) -> Self {
        for entry in self.entries() {
            if entry.key() != other && !known.contains(&entry.key()) {
                entry.unknown_among(known);
            }
        }
        self
    }

    /// The entry behind a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Entry<'t>> {
        self.content.get_key_value(key).map(|(key, value)| self.entry(key, value))
    }

    /// Whether the key is there, whatever its value.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.content.contains_key(key)
    }

    /// All entries, in the order of the text.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry<'t>> {
        let mut entries: Vec<_> = self.content.iter().map(|(key, value)| self.entry(key, value)).collect();
        entries.sort_by_key(|entry| entry.offset);
        entries
    }

    /// The entry of a key that must be there; that it is not is reported. `what` says what it would say.
    #[must_use]
    pub fn needed(&self, key: &str, what: Text) -> Option<Entry<'t>> {
        let entry = self.get(key);
        if entry.is_none() {
            self.missing(key, what);
        }
        entry
    }

    /// Reports that a key is not there. `what` says what it would say.
    pub fn missing(&self, key: &str, what: Text) {
        self.fault(key, Fault::Missing { what });
    }

    /// Reports a problem of the reader's own, about the whole table: at the line where it begins. The place that it has is
    /// not looked at.
    pub fn report(&self, problem: Diagnostic) {
        self.fault("", Fault::Own(problem));
    }

    fn fault(&self, key: &str, fault: Fault) {
        let key = KeyPath { table: self.path.clone(), key: key.to_owned() };
        self.report.add(self.offset, key, fault);
    }

    fn entry(&self, key: &'t Spanned<Cow<'t, str>>, value: &'t Spanned<DeValue<'t>>) -> Entry<'t> {
        Entry {
            report: self.report,
            key: KeyPath { table: self.path.clone(), key: key.get_ref().to_string() },
            offset: key.span().start,
            value_offset: value.span().start,
            is_item: false,
            value: value.get_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters() {
        let text = "a = 1\r\n焼津 = 2\n";
        let mut cursor = Cursor::new(text);
        assert_eq!(cursor.position(0), (1, 1));
        assert_eq!(cursor.position(text.find('津').expect("it is there")), (2, 2));
        assert_eq!(cursor.position(text.find('2').expect("it is there")), (2, 6));
        assert_eq!(cursor.position(text.len() + 9), (3, 1));
    }
}
