//! What can be wrong with a TOML file that a person wrote, as types. `words` says each in both languages.

use std::io;
use std::path::PathBuf;

use super::FileKind;
use super::slips::Slip;
use crate::diagnostics::Diagnostic;
use crate::text::Text;
use crate::units::ServiceTime;

/// Why a file could not be read.
#[derive(Debug)]
pub struct SettingsError {
    /// The file.
    pub file: PathBuf,
    /// What kind of file it should be.
    pub kind: &'static FileKind,
    /// What is wrong with it.
    pub what: Misread,
}

/// What is wrong with a file.
#[derive(Debug)]
pub enum Misread {
    /// The file could not be read; what the system says.
    Unreadable(io::Error),
    /// The file is larger than any of its kind; most likely another file was given.
    TooLarge {
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// The file is not UTF-8, as TOML must be.
    NotUtf8 {
        /// The first line that is not, 1-based.
        line: usize,
    },
    /// The file is not TOML: what keeps it from that, the first of each line, in the order of the lines.
    Syntax(Vec<SyntaxFault>),
    /// The file is TOML, but does not say what one of its kind says: every problem, in the order of the lines.
    Invalid(Vec<Problem>),
}

impl std::error::Error for SettingsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.what {
            Misread::Unreadable(source) => Some(source),
            _ => None,
        }
    }
}

/// A place where a file stops being TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxFault {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// What is wrong there.
    pub found: NotToml,
}

/// Why a line is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotToml {
    /// What the parser says.
    Parser(String),
    /// A slip of the pen.
    Slip(Slip),
}

/// One problem of a file: where, which key, and what.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// The key.
    pub key: KeyPath,
    /// What is wrong with it.
    pub fault: Fault,
}

/// A key and the table that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPath {
    /// The path of the table, such as `layers.did`; empty at the top level.
    pub table: String,
    /// The key.
    pub key: String,
}

impl KeyPath {
    /// The path of a table that stands behind this key.
    pub(super) fn path(&self) -> String {
        if self.table.is_empty() { self.key.clone() } else { format!("{}.{}", self.table, self.key) }
    }
}

/// What is wrong with a key or its value.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The table has no such key.
    UnknownKey {
        /// The nearest known key, and whether it is near enough to be what was meant.
        nearest: (String, bool),
        /// Every key that the table has.
        known: Vec<String>,
        /// What else may be written so.
        or: Option<Text>,
    },
    /// The value is of another type.
    WrongType {
        /// What it must be.
        wanted: Text,
        /// What it is.
        found: Text,
    },
    /// A number is too small, too large, or none.
    OutOfRange {
        /// The number as it was written.
        value: String,
        /// The smallest and largest number that make sense.
        range: (f64, f64),
        /// The unit as it is written after the number; may be empty.
        unit: Text,
    },
    /// The value is none of those that there are.
    NotOneOf {
        /// The value.
        value: String,
        /// The nearest known value.
        nearest: String,
        /// Every value that there is.
        known: Vec<String>,
    },
    /// A key that must be there is not.
    Missing {
        /// What it would say.
        what: Text,
    },
    /// A text in two languages has but one.
    OneLanguage {
        /// The key of the language that is not there, `ja` or `en`.
        missing: &'static str,
    },
    /// A text, list or table that must say something is empty.
    Empty,
    /// A key that excludes another one is beside it.
    NotBoth {
        /// The other.
        other: &'static str,
    },
    /// A time that is not later than the one that it must follow.
    NotLater {
        /// The time.
        value: ServiceTime,
        /// The other.
        than: ServiceTime,
    },
    /// A slip of the pen that is TOML all the same.
    Slip(Slip),
    /// What only the reader of this kind of file can tell, about no place yet.
    Own(Diagnostic),
    /// What is wrong with another file that this one names, with its place there.
    Elsewhere(Diagnostic),
}
