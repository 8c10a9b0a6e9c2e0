//! How errors are made of what readers find, and words that several messages share.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::InputError;
use crate::diagnostics::refusal;
use crate::inputs::xml::XmlFault;
use crate::notices::{Notices, Severity};
use crate::text::Text;

/// What to do about a file whose end is missing, or whose parts do not fit.
pub(super) const NOT_WHOLE: Text = Text::new(
    "最後までコピーまたはダウンロードされていないようです。もう一度取得するか、もう一度書き出してください。",
    "the file was probably not copied or downloaded whole; fetch or export it again",
);

impl InputError {
    /// Whether it is not what the file holds that keeps it from being read, but the system: no permission, a disk that fails, no
    /// memory, a link to nowhere. What such a file holds nobody can say, so it is never left out as if it were no layer.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::NotFound { .. } => true,
            Self::Io { source, .. } => {
                let kind = source.kind();
                source.raw_os_error().is_some() || matches!(kind, ErrorKind::PermissionDenied | ErrorKind::OutOfMemory)
            }
            _ => false,
        }
    }

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

    /// The error of the reader of tables about the row with this 1-based position; 0 for that of the names.
    pub(crate) fn table(path: &Path, row: usize, error: &csv::Error) -> Self {
        let en = error.to_string().into();
        let ja = match error.kind() {
            csv::ErrorKind::Io(source) => refusal(source).ja,
            csv::ErrorKind::Utf8 { .. } => "UTF-8でない文字があります".into(),
            _ => "表の書き方に誤りがあります".into(),
        };
        Self::Table { path: path.to_owned(), row, problem: Text { ja, en } }
    }
}

/// A problem that a library tells in English; the Japanese says it in general.
#[cfg(any(feature = "geoparquet", feature = "geopackage", feature = "workbooks"))]
pub(in crate::inputs) fn foreign(ja: &'static str, error: &impl std::fmt::Display) -> Text {
    Text { ja: ja.into(), en: error.to_string().into() }
}

/// Names out of the data in a row.
pub(super) fn listed(names: &[String]) -> Text {
    Text { ja: names.join("、").into(), en: names.join(", ").into() }
}
