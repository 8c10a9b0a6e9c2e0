//! How does a text come into a cell of a CSV file? By this door alone, since a spreadsheet does not leave every text as it is: it
//! runs what begins like a formula, and takes an id such as `1-2` for a day.

mod changed;

use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::{Lang, Text};

use changed::is_changed;

/// What is done to texts on their way into cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CsvCells {
    /// Whether a text that a spreadsheet would run or change gets an apostrophe before it, by which a spreadsheet knows a text.
    /// Not of its own accord: whoever joins the table to others by ids wants them as they are.
    pub guard: bool,
}

/// The languages in which tables speak to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableWords {
    /// The headers of `parcels.csv`; `None`: the names of the columns, by which programs know them.
    pub headers: Option<Lang>,
    /// Workbooks, whole, and the project for QGIS.
    pub book: Lang,
}

impl Default for TableWords {
    /// Names in CSV, and workbooks in Japanese: whoever they are handed on to reads it, whatever the program says to who runs it.
    fn default() -> Self {
        Self { headers: None, book: Lang::Ja }
    }
}

/// What a spreadsheet would do to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Danger {
    /// Work it out.
    Run,
    /// Take it for a day, a time or a number that is written otherwise.
    Change,
}

impl Danger {
    fn of(text: &str) -> Option<Self> {
        if begins_like_a_formula(text) { Some(Self::Run) } else { is_changed(text).then_some(Self::Change) }
    }
}

impl CsvCells {
    /// A text as a field of a CSV file (RFC 4180).
    pub(crate) fn field(self, text: &str) -> String {
        let guard = if self.guard && Danger::of(text).is_some() { "'" } else { "" };
        if text.contains(['"', ',', '\n', '\r']) {
            format!("\"{guard}{}\"", text.replace('"', "\"\""))
        } else {
            format!("{guard}{text}")
        }
    }

    /// Tells of a text in a file's cell that a spreadsheet would run or change; `place` says which cell it is.
    pub(crate) fn look(self, text: &str, file: &str, place: impl FnOnce() -> Text, notices: &mut Notices) {
        let kind = match (Danger::of(text), self.guard) {
            (None, _) => return,
            (Some(Danger::Run), false) => &FORMULA,
            (Some(Danger::Run), true) => &GUARDED,
            (Some(Danger::Change), false) => &CHANGED,
            (Some(Danger::Change), true) => &KEPT,
        };
        notices.add(file, kind, place());
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

/// A cell that is left as it is, and that a spreadsheet will show as something else.
static CHANGED: NoticeKind = NoticeKind {
    id: "cell-like-a-date",
    severity: Severity::Warning,
    what: Text::new(
        "表計算ソフトがCSVを開くと、日付やほかの数に変わるセルがあります（「1-2」は1月2日に、「007」は7になります）。",
        "cell(s) that a spreadsheet turns into a date or another number when it opens the CSV (`1-2` into 2 January, `007` into 7)",
    ),
    advice: Some(Text::new(
        "表計算ソフトには、CSVではなくExcelのファイル（`run` では `--format xlsx`、`diff` では `-o FILE.xlsx`）を渡してください。CSVなら `--guard` で先頭に「'」が付きます（IDも変わるので、ほかの表とは結合できなくなります）。",
        "hand spreadsheets a workbook (`--format xlsx` of `run`, `-o FILE.xlsx` of `diff`); in CSV `--guard` puts an apostrophe before each of them (ids are then no longer those of other tables)",
    )),
};

/// Such a cell that got its apostrophe.
static KEPT: NoticeKind = NoticeKind {
    id: "cell-kept-as-text",
    severity: Severity::Info,
    what: Text::new(
        "日付やほかの数に変わるセルの先頭に「'」を付けました（`--guard`）。",
        "cell(s) that a spreadsheet turns into a date or another number got an apostrophe before them (`--guard`)",
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
        assert_eq!(["1-2", "0123"].map(|id| guarded.field(id)), ["'1-2", "'0123"]);
        assert_eq!(["1-2", "0123"].map(|id| open.field(id)), ["1-2", "0123"]);
    }
}
