//! What can be wrong with a project file, as types. `words` says each in both languages.

use std::io;
use std::path::{Path, PathBuf};

use super::given::DataFile;
use super::slips::Slip;
use crate::layers::CodeFault;
use crate::text::Text;
use crate::units::ServiceTime;

/// Why a project could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// A folder was given, and it has no `kyoten.toml`.
    NoProjectFile {
        /// The folder as it was given.
        folder: PathBuf,
    },
    /// The file could not be read.
    Read {
        /// The project file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of data was given.
    Data {
        /// The file as it was given.
        file: PathBuf,
        /// What it is.
        data: DataFile,
    },
    /// The file is larger than any project file; most likely another file was given.
    TooLarge {
        /// The file as it was given.
        file: PathBuf,
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// The file is not UTF-8, as TOML must be.
    NotUtf8 {
        /// The project file.
        file: PathBuf,
        /// The first line that is not, 1-based.
        line: usize,
    },
    /// The file is not TOML.
    Syntax {
        /// The project file.
        file: PathBuf,
        /// What keeps it from being TOML, the first of each line, in the order of the lines.
        faults: Vec<SyntaxFault>,
    },
    /// A setting of the command line is none that there is.
    Setting {
        /// As it was typed, `K=V`.
        setting: String,
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
    /// The file is TOML, but does not say what a project file says.
    Invalid {
        /// The project file.
        file: PathBuf,
        /// Every problem, in the order of the lines.
        problems: Vec<Problem>,
    },
}

impl ProjectError {
    /// The file or folder that it is about.
    #[must_use]
    pub fn file(&self) -> &Path {
        match self {
            Self::NoProjectFile { folder: file }
            | Self::Read { file, .. }
            | Self::Data { file, .. }
            | Self::TooLarge { file, .. }
            | Self::NotUtf8 { file, .. }
            | Self::Syntax { file, .. }
            | Self::Invalid { file, .. } => file,
            Self::Setting { setting, .. } => Path::new(setting),
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

/// One problem of a project file: where, which key, and what.
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
        nearest: (&'static str, bool),
        /// Every key that the table has.
        known: Vec<&'static str>,
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
        nearest: &'static str,
        /// Every value that there is.
        known: Vec<&'static str>,
    },
    /// The code is not that of a municipality.
    NotAMunicipality {
        /// The code.
        value: String,
        /// What is wrong with it.
        why: CodeFault,
    },
    /// A key that must be there is not.
    Missing {
        /// What it would say.
        what: Text,
    },
    /// A text, list or table that must say something is empty.
    Empty,
    /// A place that is not in Japan.
    NotInJapan {
        /// The place as it was read.
        at: [f64; 2],
        /// The least and the greatest longitude, and latitude, of Japan, degrees.
        ranges: [(f64, f64); 2],
    },
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
    /// A layer of which there can be no expectation.
    NotAnExpectation {
        /// How a what-if takes it; `None`: it cannot.
        what_if: Option<WhatIf>,
        /// The layers of which there can.
        possible: Vec<&'static str>,
    },
    /// A layer to which a what-if adds nothing.
    NotSupposed {
        /// The layers to which it can.
        possible: Vec<&'static str>,
    },
    /// A layer of one's own whose name cannot be one.
    NotALayerName,
    /// A role of a known layer.
    RoleOfKnownLayer {
        /// The layer.
        layer: &'static str,
    },
    /// Another role than the one that the layer has.
    OtherRole {
        /// This one.
        role: &'static str,
        /// The one that was said first.
        first: &'static str,
    },
    /// A slip of the pen that is TOML all the same.
    Slip(Slip),
}

/// How a what-if, `[scenario]`, takes what is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhatIf {
    /// As a layer.
    Layer,
    /// As a layer, or stop by stop.
    LayerOrStops,
}

impl Fault {
    /// Whether it is a place of Japan with its latitude first.
    pub(super) fn is_exchanged(&self) -> bool {
        let Self::NotInJapan { at: [lat, lon], ranges: [lons, lats] } = self else { return false };
        (lons.0..=lons.1).contains(lon) && (lats.0..=lats.1).contains(lat)
    }
}
