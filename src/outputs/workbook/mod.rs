//! What does a planner open in a spreadsheet? Tables as sheets of a workbook, and the parcels of a run among them.
//!
//! The bytes hang on the tables and on the date alone: nothing of them is of the moment or the machine.

#[cfg(feature = "xlsx")]
mod book;
#[cfg(feature = "xlsx")]
mod columns;
#[cfg(feature = "xlsx")]
mod parcels;
#[cfg(feature = "xlsx")]
mod styles;
#[cfg(feature = "xlsx")]
mod whys;

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::table;
use crate::text::{Lang, Text};
use crate::verdicts::Status;

#[cfg(feature = "xlsx")]
pub(super) use parcels::PARCELS;
#[cfg(feature = "xlsx")]
pub(super) use whys::Whys;

/// A sheet: its columns and its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetTable {
    /// What the sheet is called.
    pub name: String,
    /// The columns; of a page their titles are not shown.
    pub columns: Vec<SheetColumn>,
    /// The rows, at most one cell a column.
    pub rows: Vec<Vec<SheetCell>>,
    /// Whether it is a page with headings and tables of its own, to be read from top to bottom; else a list, whose header
    /// stays in sight and can be filtered by.
    pub is_page: bool,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// What stands above it.
    pub title: String,
    /// How its values are shown.
    pub shown: Shown,
}

/// How the values of a column are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As the spreadsheet sees fit.
    AsItIs,
    /// As text, also what is typed into it later: `1-2` is no date then.
    Text,
    /// Whole numbers with commas.
    Whole,
    /// One digit after the point, commas before it.
    Tenths,
    /// Two digits after the point, commas before it.
    Hundredths,
    /// Parts of 1 as percent with one digit after the point.
    Percent,
}

/// A cell of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetCell {
    /// Nothing.
    Blank,
    /// A text, whatever it begins with: never worked out as a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A status in words, and in its colour.
    Status(Status, Lang),
    /// The title of a page.
    Title(String),
    /// What stands above a part of a page.
    Heading(String),
    /// What stands above a column of a table in a page.
    Head(String),
}

impl SheetTable {
    /// A list whose columns are shown as they are.
    #[must_use]
    pub fn list(name: &str, titles: Vec<String>, rows: Vec<Vec<SheetCell>>) -> Self {
        let column = |title| SheetColumn { title, shown: Shown::AsItIs };
        Self { name: name.to_owned(), columns: titles.into_iter().map(column).collect(), rows, is_page: false }
    }
}

impl SheetCell {
    /// As it stands in a table of texts.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) | Self::Title(text) | Self::Heading(text) | Self::Head(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Status(status, lang) => status.name().get(*lang).to_owned(),
        }
    }
}

impl SheetCell {
    /// Nothing where it is a text without a letter.
    #[must_use]
    pub fn filled(self) -> Self {
        if self == Self::Text(String::new()) { Self::Blank } else { self }
    }
}

impl From<Option<&str>> for SheetCell {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.to_owned()))
    }
}

/// Whether something meets what is asked of it as a whole, by the word of columns; `None` of another word.
#[must_use]
pub fn meets(word: &str) -> Option<Text> {
    table::meets().into_iter().find(|(one, _)| *one == word).map(|(_, said)| said)
}

/// Why there is no workbook.
pub const NO_WORKBOOK: Text = Text::new(
    "このkyotenは`.xlsx`を書けません。`--features xlsx` を付けてビルドするか、`.csv` に書いてください。",
    "this build cannot write `.xlsx`: build with `--features xlsx`, or write `.csv`",
);

/// The date of a workbook whose inputs have none that can be told: the first that a spreadsheet is sure to know.
const NO_DATE: Duration = Duration::from_secs(946_684_800); // 2000-01-01

/// When the newest of some files was changed, to the second; a fixed date where none can say.
#[must_use]
pub fn newest<'p>(paths: impl IntoIterator<Item = &'p Path>) -> SystemTime {
    let changed = paths.into_iter().filter_map(|path| path.metadata().ok()?.modified().ok());
    let newest = changed.max().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    UNIX_EPOCH + Duration::from_secs(newest.unwrap_or(NO_DATE).as_secs())
}

/// The bytes of a workbook of these sheets, made on a date.
///
/// # Errors
/// More rows, columns or characters than a sheet can hold; a build that cannot write any.
#[cfg(not(feature = "xlsx"))]
pub fn workbook(_sheets: &[SheetTable], _made: SystemTime) -> Result<Vec<u8>, Text> {
    Err(NO_WORKBOOK)
}

/// The bytes of a workbook of these sheets, made on a date.
///
/// # Errors
/// More rows, columns or characters than a sheet can hold; a build that cannot write any.
#[cfg(feature = "xlsx")]
pub fn workbook(sheets: &[SheetTable], made: SystemTime) -> Result<Vec<u8>, Text> {
    let write = || {
        let mut book = book::Book::new();
        sheets.iter().try_for_each(|table| book.add(table))?;
        book.bytes(made)
    };
    write().map_err(|error| book::too_much(&error))
}

/// How wide a text is in a spreadsheet, in letters: a Japanese character is as wide as two.
#[cfg(feature = "xlsx")]
fn width(text: &str) -> usize {
    let of_line = |line: &str| line.chars().map(|sign| if sign >= '\u{1100}' { 2 } else { 1 }).sum();
    text.lines().map(of_line).max().unwrap_or_default()
}

#[cfg(all(test, feature = "xlsx"))]
mod tests {
    use super::*;

    #[test]
    fn the_same_tables_of_the_same_date_are_the_same_bytes() {
        let cells = vec![SheetCell::Text("=1+1".to_owned()), SheetCell::Blank, SheetCell::Number(2.5)];
        let header = ["name", "line", "peak_trips"].map(str::to_owned).to_vec();
        let table = SheetTable::list("peaks", header, vec![cells]);
        let at = |seconds| workbook(std::slice::from_ref(&table), UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        let first = at(1_600_000_000);
        std::thread::sleep(Duration::from_millis(2100)); // longer than a date of an archive is exact
        assert_eq!(first, at(1_600_000_000));
        assert_ne!(first, at(1_700_000_000));
    }
}
