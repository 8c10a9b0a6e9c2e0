//! How errors are made of what readers find, and words of their messages.

use std::path::{Path, PathBuf};

use super::InputError;
use crate::inputs::xml::XmlFault;
use crate::notices::{Notices, Severity};

impl InputError {
    pub(in crate::inputs) fn xml(path: &Path, text: &str, fault: XmlFault) -> Self {
        let before = &text.as_bytes()[..fault.at.min(text.len())];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        Self::Xml { path: path.to_owned(), line, problem: fault.problem }
    }

    /// The error for a layer in which there is nothing: because `place` has notices of what was left out, or because
    /// there was nothing.
    pub(in crate::inputs) fn empty(path: PathBuf, notices: &Notices, place: &str) -> Self {
        let skipped = notices.iter().filter(|(of, kind, _)| *of == place && kind.severity == Severity::Skipped);
        match skipped.max_by_key(|(_, _, tally)| tally.count) {
            Some((_, kind, tally)) => Self::NothingLeft { path, left_out: tally.count, kind },
            None => Self::EmptyLayer { path },
        }
    }

    pub(in crate::inputs) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }
}

pub(super) fn type_of(found: Option<&str>) -> String {
    found.map_or_else(|| " (it has no `type`)".to_owned(), |found| format!(" (its `type` is “{found}”)"))
}

/// The record that a message is about; nothing where it is the header.
pub(super) fn record_place(record: usize) -> String {
    if record == 0 { String::new() } else { format!("record {record} ") }
}

/// `a is`, `a, b and c are`: what a message says is missing.
pub(super) fn are(names: &[&str]) -> String {
    match names {
        [] => "its tables are".to_owned(),
        [one] => format!("{one} is"),
        [most @ .., last] => format!("{} and {last} are", most.join(", ")),
    }
}
