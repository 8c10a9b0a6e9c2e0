//! How is a TOML file that a person wrote read, and what is said of its faults?
//!
//! [`open`] and [`read`] hand the [`TomlTable`] of a whole file to a function that knows the keys. What it asks a table or an
//! [`Entry`] for and does not find is kept with its place, so that all faults of a file are told at once; the function goes
//! on with what is there. Unknown keys and values are told with the nearest known one.
//!
//! ```text
//! let set = settings::open(path, &RULE_SET, |root| {
//!     let root = root.knowing(&["title", "zones"]);
//!     let title = root.needed("title", Text::new("ルールの名前", "the name of the rules")).and_then(|entry| entry.in_both());
//!     let zones = root.get("zones").and_then(|entry| entry.table()).map(|zones| zones.entries()).unwrap_or_default();
//!     …
//! })?;
//! ```
//!
//! What differs between kinds of files, their name, the units of their keys, is a [`FileKind`] that its reader gives. Here no
//! key is known. What can be wrong is a type (`error`) that `words` says in both languages; of a text that is not TOML
//! `syntax` knows what the parser says, and `slips` what a person meant.

#[macro_use]
mod ids;
mod entry;
mod error;
mod nearest;
mod slips;
mod syntax;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod words;

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use toml::de::DeTable;

pub use entry::{A_NUMBER, Entry, ZERO_OR_ONE};
pub use error::{Fault, KeyPath, Misread, NotToml, Problem, SettingsError, SyntaxFault};
pub use ids::Ids;
pub(crate) use ids::ids;
pub use nearest::nearest;
pub use slips::{Slip, SlipKind};
use table::Report;
pub use table::TomlTable;
pub(crate) use words::{printable, told};

use crate::diagnostics::not_regular;
use crate::text::Text;

/// The largest file that is read, in bytes; larger ones are data given by mistake.
pub const LARGEST: u64 = 1 << 20;

/// A kind of TOML file that people write: what only its reader knows.
#[derive(Debug)]
pub struct FileKind {
    /// How its faults are named: `ids!("project")`.
    pub ids: Ids,
    /// How sentences call it, without an article: プロジェクトファイル, `project file`.
    pub name: Text,
    /// What to do where there is no such file.
    pub if_unread: Text,
    /// What to do where the file is larger than one can be.
    pub if_too_large: Text,
    /// What to do where the file is no TOML and its name does not say that it is.
    pub if_another: Text,
    /// The unit of a key's number, one of those that [`Entry::number`] knows; `None`: the key has no number.
    pub unit_of: fn(&str) -> Option<&'static str>,
    /// Whether a key's value is a code of digits, which stands in quotes.
    pub is_code: fn(&str) -> bool,
}

/// Opens a file and reads it, as [`read`] does.
///
/// # Errors
/// What keeps the file from being read, or every problem that it has.
pub fn open<T>(
    file: &Path,
    kind: &'static FileKind,
    understand: impl FnOnce(TomlTable<'_>) -> T,
) -> Result<T, SettingsError> {
    let bytes = bytes(file, kind)?;
    read(text(&bytes, file, kind)?, file, kind, understand)
}

/// Reads a text: what `understand` makes of it, where nothing was reported. `file` is what messages name; it is not opened.
///
/// # Errors
/// [`Misread::Syntax`] where the text is not TOML, [`Misread::Invalid`] with everything that `understand` came upon.
pub fn read<T>(
    text: &str,
    file: &Path,
    kind: &'static FileKind,
    understand: impl FnOnce(TomlTable<'_>) -> T,
) -> Result<T, SettingsError> {
    let error = |what| SettingsError { file: file.to_owned(), kind, what };
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(error(Misread::Syntax(slips::faults(text, &errors, kind))));
    }
    let report = Report::default();
    let understood = understand(TomlTable::root(&report, document.get_ref()));
    let problems = report.into_problems(text);
    if problems.is_empty() { Ok(understood) } else { Err(error(Misread::Invalid(problems))) }
}

/// What a file holds, as far as one of these can go, and one byte more.
///
/// # Errors
/// [`Misread::Unreadable`].
pub fn bytes(file: &Path, kind: &'static FileKind) -> Result<Vec<u8>, SettingsError> {
    let mut bytes = Vec::new();
    opened(file)
        .and_then(|opened| opened.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|source| SettingsError { file: file.to_owned(), kind, what: Misread::Unreadable(source) })?;
    Ok(bytes)
}

/// A file; not a pipe, which would wait for whoever writes to it.
fn opened(file: &Path) -> io::Result<File> {
    let about = std::fs::metadata(file)?;
    if !about.is_file() && !about.is_dir() {
        return Err(not_regular());
    }
    File::open(file)
}

/// The bytes of a file as a text.
///
/// # Errors
/// [`Misread::TooLarge`] and [`Misread::NotUtf8`].
pub fn text<'b>(bytes: &'b [u8], file: &Path, kind: &'static FileKind) -> Result<&'b str, SettingsError> {
    let error = |what| SettingsError { file: file.to_owned(), kind, what };
    if bytes.len() as u64 > LARGEST {
        return Err(error(Misread::TooLarge { limit: LARGEST }));
    }
    std::str::from_utf8(bytes).map_err(|fault| {
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..fault.valid_up_to()]).count();
        error(Misread::NotUtf8 { line })
    })
}
