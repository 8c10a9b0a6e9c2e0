//! Tables as sheets of a workbook for spreadsheets.
//!
//! The bytes hang on the tables and on the date alone: nothing of them is of the moment or the machine.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::text::Text;

/// A sheet: its columns' names and its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetTable {
    /// What the sheet is called.
    pub name: String,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows, one cell a column.
    pub rows: Vec<Vec<SheetCell>>,
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
}

impl SheetCell {
    /// As it stands in a table of texts.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl From<Option<&str>> for SheetCell {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.to_owned()))
    }
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
pub fn newest<'p>(paths: impl IntoIterator<Item = &'p std::path::Path>) -> SystemTime {
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
    use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

    let made = made.duration_since(UNIX_EPOCH).unwrap_or(NO_DATE).as_secs();
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let date = ExcelDateTime::from_timestamp(i64::try_from(made).unwrap_or_default())?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&date));
        let bold = Format::new().set_bold();
        for table in sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(&table.name)?;
            sheet.set_freeze_panes(1, 0)?;
            for (column, name) in (0_u16..).zip(&table.header) {
                sheet.write_string_with_format(0, column, name, &bold)?;
            }
            for (row, cells) in (1_u32..).zip(&table.rows) {
                for (column, cell) in (0_u16..).zip(cells) {
                    match cell {
                        SheetCell::Blank => {}
                        SheetCell::Text(text) => {
                            sheet.write_string(row, column, text)?;
                        }
                        SheetCell::Number(number) => {
                            sheet.write_number(row, column, *number)?;
                        }
                    }
                }
            }
            sheet.autofit();
        }
        book.save_to_buffer()
    };
    write().map_err(|error| Text {
        ja: "表計算ソフトのファイルに入りきりません。".into(),
        en: format!("it cannot be a workbook ({error})").into(),
    })
}

#[cfg(all(test, feature = "xlsx"))]
mod tests {
    use super::*;

    #[test]
    fn the_same_tables_of_the_same_date_are_the_same_bytes() {
        let cells = vec![SheetCell::Text("=1+1".to_owned()), SheetCell::Blank, SheetCell::Number(2.5)];
        let header = ["name", "line", "peak_trips"].map(str::to_owned).to_vec();
        let table = SheetTable { name: "peaks".to_owned(), header, rows: vec![cells] };
        let at = |seconds| workbook(std::slice::from_ref(&table), UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        let first = at(1_600_000_000);
        std::thread::sleep(Duration::from_millis(2100)); // longer than a date of an archive is exact
        assert_eq!(first, at(1_600_000_000));
        assert_ne!(first, at(1_700_000_000));
    }
}
