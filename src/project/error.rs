//! What can be wrong with a project file, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::municipality::CodeFault;
use crate::units::ServiceTime;

/// How many problems of one file a message shows; the rest are counted.
const SHOWN: usize = 20;

/// Why a project could not be opened.
#[derive(Debug, Error)]
pub enum ProjectError {
    /// A folder was given, and it has no `kyoten.toml`.
    #[error("{}: this folder has no kyoten.toml", folder.display())]
    NoProjectFile {
        /// The folder as it was given.
        folder: PathBuf,
    },
    /// The file could not be read.
    #[error("{}: {}", file.display(), unread(source))]
    Read {
        /// The project file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is larger than any project file; most likely another file was given.
    #[error("{}: larger than a project file can be ({limit} bytes)", file.display())]
    TooLarge {
        /// The file as it was given.
        file: PathBuf,
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// The file is not UTF-8, as TOML must be.
    #[error("{}:{line}: this line is not UTF-8", file.display())]
    NotUtf8 {
        /// The project file.
        file: PathBuf,
        /// The first line that is not, 1-based.
        line: usize,
    },
    /// The file is not TOML.
    #[error("{}", listed(faults, |fault| format!("{}:{fault}", file.display())))]
    Syntax {
        /// The project file.
        file: PathBuf,
        /// What the parser found, the first of each line, in the order of the lines.
        faults: Vec<SyntaxFault>,
    },
    /// The file is TOML, but does not say what a project file says.
    #[error("{}", listed(problems, |problem| format!("{}:{problem}", file.display())))]
    Invalid {
        /// The project file.
        file: PathBuf,
        /// Every problem, in the order of the lines.
        problems: Vec<Problem>,
    },
}

impl ProjectError {
    /// What to do about it, one advice a line.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NoProjectFile { .. } => {
                "`kyoten init` writes one from the files in it; docs/project-file.md says what it may hold".to_owned()
            }
            Self::Read { .. } => "give the path of a kyoten.toml, or of a folder that holds one".to_owned(),
            Self::TooLarge { .. } => {
                "give the kyoten.toml itself; data files are named in it, under [layers]".to_owned()
            }
            Self::NotUtf8 { .. } => "save the file as UTF-8 (in Notepad メモ帳: Save as, Encoding: UTF-8)".to_owned(),
            Self::Syntax { file, .. } if file.extension().is_some_and(|extension| extension != "toml") => {
                "this is no project file: give a kyoten.toml; data files are named in it, under [layers]".to_owned()
            }
            Self::Syntax { .. } => {
                "texts stand in quotes (use '…' for Windows paths), Japanese keys too; lists in [ ], tables in { }; \
                 see https://toml.io"
                    .to_owned()
            }
            Self::Invalid { problems, .. } => {
                let mut advice: Vec<String> = Vec::new();
                for problem in problems.iter().take(SHOWN) {
                    let line = problem.help();
                    if !advice.contains(&line) {
                        advice.push(line);
                    }
                }
                advice.join("\n")
            }
        }
    }

    /// The file or folder that it is about.
    #[must_use]
    pub fn file(&self) -> &Path {
        match self {
            Self::NoProjectFile { folder: file }
            | Self::Read { file, .. }
            | Self::TooLarge { file, .. }
            | Self::NotUtf8 { file, .. }
            | Self::Syntax { file, .. }
            | Self::Invalid { file, .. } => file,
        }
    }
}

/// What the system says, in plain words where it is the usual thing.
fn unread(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => format!("cannot be read ({source})"),
    }
}

/// The first problems, one a line, and how many more there are.
fn listed<T>(all: &[T], line: impl Fn(&T) -> String) -> String {
    let mut lines: Vec<String> = all.iter().take(SHOWN).map(line).collect();
    if all.len() > SHOWN {
        lines.push(format!("… and {} more", all.len() - SHOWN));
    }
    lines.join("\n")
}

/// A place where a file stops being TOML.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{line}:{column}: {message}")]
pub struct SyntaxFault {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// What the parser says.
    pub message: String,
}

/// One problem of a project file: where, which key, and what.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{line}: {}", fault.says(key))]
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

impl Problem {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        self.fault.help(&self.key)
    }
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

    fn place(&self) -> String {
        if self.table.is_empty() {
            "at the top level".to_owned()
        } else {
            format!("in [{}]", self.table.escape_debug())
        }
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A quoted key may hold a line break or a control character, which must not reach a terminal.
        write!(f, "`{}` {}", self.key.escape_debug(), self.place())
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
        wanted: &'static str,
        /// What it is.
        found: String,
    },
    /// A number is too small, too large, or none.
    OutOfRange {
        /// The number as it was written.
        value: String,
        /// The smallest and largest number that make sense.
        range: (f64, f64),
        /// The unit as it is written after the number; may be empty.
        unit: &'static str,
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
        what: &'static str,
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
        /// The layers of which there can.
        possible: Vec<&'static str>,
    },
}

impl Fault {
    fn says(&self, key: &KeyPath) -> String {
        match self {
            Self::UnknownKey { nearest: (nearest, true), .. } => {
                format!("unknown key {key}; did you mean `{nearest}`?")
            }
            Self::UnknownKey { nearest: (nearest, false), .. } => {
                format!("unknown key {key}; the nearest known key is `{nearest}`")
            }
            Self::WrongType { wanted, found } => format!("{key} must be {wanted}, not {found}"),
            Self::OutOfRange { value, range, unit } => {
                format!("{key} must be {}, not {value}", number_from(*range, unit))
            }
            Self::NotOneOf { value, nearest, .. } => {
                format!("{key} is {value:?}, which there is not; did you mean {nearest:?}?")
            }
            Self::NotAMunicipality { value, why } => {
                format!("{key} must be a municipality's JIS code, not {value:?}: {why}")
            }
            Self::Missing { what } => format!("{key} is missing: {what}"),
            Self::Empty => format!("{key} is empty"),
            Self::NotInJapan { at: [x, y], .. } if self.is_exchanged() => {
                format!("{key} is [{x}, {y}], latitude before longitude")
            }
            Self::NotInJapan { at: [x, y], ranges: [(west, east), (south, north)] } => format!(
                "{key} is [{x}, {y}], which is not in Japan (longitude {west} to {east}, latitude {south} to {north})"
            ),
            Self::NotBoth { other } => format!("{key} stands beside `{other}`: one of the two"),
            Self::NotLater { value, than } => format!("{key} is {value}, which is not later than {than}"),
            Self::NotAnExpectation { .. } => format!("{key} cannot be an expectation"),
        }
    }

    /// Whether it is a place of Japan with its latitude first.
    fn is_exchanged(&self) -> bool {
        let Self::NotInJapan { at: [lat, lon], ranges: [lons, lats] } = self else { return false };
        (lons.0..=lons.1).contains(lon) && (lats.0..=lats.1).contains(lat)
    }

    fn help(&self, key: &KeyPath) -> String {
        let (name, place) = (key.key.escape_debug(), key.place());
        match self {
            Self::UnknownKey { known, .. } => format!("keys {place}: {}", known.join(", ")),
            Self::WrongType { wanted, .. } => format!("write `{name}` as {wanted}"),
            Self::OutOfRange { range, unit: unit @ "share", .. } => {
                format!("give `{name}` as {}: 15 % is 0.15", number_from(*range, unit))
            }
            Self::OutOfRange { range, unit, .. } => format!("give `{name}` as {}", number_from(*range, unit)),
            Self::NotOneOf { known, .. } => format!("values of `{name}`: {}", known.join(", ")),
            Self::NotAMunicipality { .. } => {
                "write the five digits of the code in quotes, such as \"22212\" for 焼津市".to_owned()
            }
            Self::Missing { .. } => format!("add `{name} = …` {place}"),
            Self::Empty => format!("give `{name}` a value, or take the line out"),
            Self::NotInJapan { at: [x, y], .. } if self.is_exchanged() => format!("write `{name} = [{y}, {x}]`"),
            Self::NotInJapan { .. } => {
                format!("give `{name}` as longitude and latitude in degrees, such as [138.318, 34.871]")
            }
            Self::NotBoth { other } => format!("write `{other}` and `{name}` in a table each"),
            Self::NotLater { .. } => "hours after midnight go on past 24:00, such as \"25:30\"".to_owned(),
            Self::NotAnExpectation { possible } => format!(
                "move it to [layers] if it exists today; layers that [prospective] may name: {}",
                possible.join(", ")
            ),
        }
    }
}

/// A range in words.
fn number_from((lowest, highest): (f64, f64), unit: &str) -> String {
    match unit {
        "share" => format!("a share from {lowest} to {highest}"),
        "" => format!("a number from {lowest} to {highest}"),
        _ => format!("a number from {lowest} to {highest} {unit}"),
    }
}

impl crate::diagnostics::Diagnose for ProjectError {
    fn diagnostics(&self) -> Vec<crate::diagnostics::Diagnostic> {
        let said = self.to_string();
        let help: Option<String> = Some(self.help()).filter(|help| !help.is_empty());
        vec![
            crate::diagnostics::Diagnostic::error("bridge", text!("〓{said}", "{said}"))
                .help(help.map(|help| text!("〓{help}", "{help}"))),
        ]
    }
}
