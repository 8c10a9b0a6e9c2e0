//! How does a text come into a cell of a CSV file? By this door alone, since a spreadsheet runs what begins like a formula.

use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// What is done to texts on their way into cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CsvCells {
    /// Whether a text that begins like a formula gets an apostrophe before it, by which a spreadsheet knows a text. Not of its
    /// own accord: whoever joins the table to others by ids wants them as they are.
    pub guard: bool,
}

impl CsvCells {
    /// A text as a field of a CSV file (RFC 4180).
    pub(crate) fn field(self, text: &str) -> String {
        let guard = if self.guard && begins_like_a_formula(text) { "'" } else { "" };
        if text.contains(['"', ',', '\n', '\r']) {
            format!("\"{guard}{}\"", text.replace('"', "\"\""))
        } else {
            format!("{guard}{text}")
        }
    }

    /// Tells of a text in a file's cell that begins like a formula; `place` says which cell it is.
    pub(crate) fn look(self, text: &str, file: &str, place: impl FnOnce() -> Text, notices: &mut Notices) {
        if begins_like_a_formula(text) {
            notices.add(file, if self.guard { &GUARDED } else { &FORMULA }, place());
        }
    }
}

/// Whether a spreadsheet may take a text for something to work out. A number with its sign is none, nor is a sign alone, which
/// often stands for nothing.
fn begins_like_a_formula(text: &str) -> bool {
    let mut rest = text.chars();
    let rest = match rest.next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => rest.as_str(),
        _ => return false,
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = text.starts_with(['+', '-']) && rest.splitn(2, '.').all(digits);
    !rest.is_empty() && !is_number
}

/// A cell that is left as it is.
static FORMULA: NoticeKind = NoticeKind {
    id: "cell-like-a-formula",
    severity: Severity::Warning,
    what: Text::new(
        "「=」「+」「-」「@」などで始まるセルがあります。表計算ソフトは、これを式として計算します。",
        "cell(s) that begin like a formula, which a spreadsheet works out",
    ),
    advice: Some(Text::new(
        "信用できないデータなら、`--guard` を付けて書き出してください。先頭に「'」が付き、文字のまま表示されます（IDも変わるので、ほかの表とは結合できなくなります）。",
        "where the data are not trusted, write it with `--guard`: an apostrophe before each of them keeps them texts (ids are then no longer those of other tables)",
    )),
};

/// A cell that got its apostrophe.
static GUARDED: NoticeKind = NoticeKind {
    id: "cell-guarded",
    severity: Severity::Info,
    what: Text::new(
        "式のように始まるセルの先頭に「'」を付けました（`--guard`）。",
        "cell(s) that begin like a formula got an apostrophe before them (`--guard`)",
    ),
    advice: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_known() {
        for text in [
            "=1+1",
            "=cmd|'/C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "+81-54-1234",
            "＝1",
            "-1,5",
            "-.",
            "-1e5",
        ] {
            assert!(begins_like_a_formula(text), "{text:?}");
        }
        for text in ["", "-", "－", "-5", "+5", "-0.25", "1-1", "焼津=清水", "'=1", " =1"] {
            assert!(!begins_like_a_formula(text), "{text:?}");
        }
    }

    #[test]
    fn a_guard_stands_before_the_text_within_its_quotes() {
        let [open, guarded] = [false, true].map(|guard| CsvCells { guard });
        assert_eq!(open.field("=A1,\"x\""), "\"=A1,\"\"x\"\"\"");
        assert_eq!(guarded.field("=A1,\"x\""), "\"'=A1,\"\"x\"\"\"");
        assert_eq!((guarded.field("@a").as_str(), guarded.field("-5").as_str()), ("'@a", "-5"));
    }
}
