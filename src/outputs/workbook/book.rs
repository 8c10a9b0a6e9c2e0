//! A workbook while it is written: sheets of few rows, held in memory, and how its errors are said.

use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::styles::{self, Styles};
use super::{NO_DATE, SheetCell, SheetTable, width};
use crate::text::Text;

/// The least and the greatest width of a column, in letters.
const WIDTHS: (usize, usize) = (6, 48);

/// A column of a page may be wider, for sentences.
const WIDEST_OF_A_PAGE: usize = 72;

/// A workbook while it is written.
pub(super) struct Book {
    pub(super) workbook: Workbook,
    pub(super) styles: Styles,
}

impl Book {
    pub(super) fn new() -> Self {
        Self { workbook: Workbook::new(), styles: Styles::new() }
    }

    /// Adds a sheet.
    pub(super) fn add(&mut self, table: &SheetTable) -> Result<(), XlsxError> {
        fill(self.workbook.add_worksheet(), table, &self.styles)
    }

    /// Writes a table into a sheet that is there and empty.
    pub(super) fn fill(&mut self, sheet: usize, table: &SheetTable) -> Result<(), XlsxError> {
        fill(self.workbook.worksheet_from_index(sheet)?, table, &self.styles)
    }

    /// The whole file, made on a date.
    pub(super) fn bytes(mut self, made: SystemTime) -> Result<Vec<u8>, XlsxError> {
        self.date(made)?;
        self.workbook.save_to_buffer()
    }

    /// The same, written where it goes.
    pub(super) fn write(&mut self, made: SystemTime, into: &mut (impl Write + Send)) -> Result<(), XlsxError> {
        self.date(made)?;
        self.workbook.save_to_writer(into)
    }

    fn date(&mut self, made: SystemTime) -> Result<(), XlsxError> {
        let seconds = made.duration_since(UNIX_EPOCH).unwrap_or(NO_DATE).as_secs();
        let date = ExcelDateTime::from_timestamp(i64::try_from(seconds).unwrap_or_default())?;
        let maker = concat!("kyoten ", env!("CARGO_PKG_VERSION"));
        self.workbook.set_properties(&DocProperties::new().set_creation_datetime(&date).set_author(maker));
        Ok(())
    }
}

/// The header of a list: above the rows, always in sight, with a filter.
pub(super) fn head<'t>(
    sheet: &mut Worksheet,
    titles: impl IntoIterator<Item = &'t str>,
    styles: &Styles,
    frozen: u16,
) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, frozen)?;
    for (column, title) in (0..).zip(titles) {
        sheet.write_string_with_format(0, column, title, &styles.header)?;
    }
    // Printed on every page.
    sheet.set_repeat_rows(0, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn fill(sheet: &mut Worksheet, table: &SheetTable, styles: &Styles) -> Result<(), XlsxError> {
    let SheetTable { name, columns, rows, is_page } = table;
    sheet.set_name(name)?;
    for (column, formats) in (0..).zip(columns.iter().map(|column| styles::number(column.shown))) {
        if let Some(format) = formats {
            sheet.set_column_format(column, &format)?;
        }
    }
    let mut first = 0;
    if *is_page {
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
    } else {
        head(sheet, columns.iter().map(|column| column.title.as_str()), styles, 0)?;
        first = 1;
    }
    for (row, cells) in (first..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            put(sheet, (row, column), cell, *is_page, styles)?;
        }
    }
    let widest = if *is_page { WIDEST_OF_A_PAGE } else { WIDTHS.1 };
    for (index, column) in columns.iter().enumerate() {
        let cells = rows.iter().filter_map(|row| row.get(index)).map(width_of);
        let title = if *is_page { 0 } else { width_of_title(&column.title) };
        let wide = cells.max().unwrap_or_default().max(title).clamp(WIDTHS.0, widest);
        sheet.set_column_width(index as u16, wide as f64 + 2.0)?;
    }
    if !is_page && !rows.is_empty() {
        sheet.autofilter(0, 0, rows.len() as u32, columns.len().saturating_sub(1) as u16)?;
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &SheetCell,
    is_page: bool,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match cell {
        SheetCell::Blank => return Ok(()),
        SheetCell::Text(text) if is_page => sheet.write_string_with_format(row, column, text, &styles.prose)?,
        SheetCell::Text(text) => sheet.write_string(row, column, text)?,
        SheetCell::Number(number) => sheet.write_number(row, column, *number)?,
        SheetCell::Status(status, lang) => {
            sheet.write_string_with_format(row, column, status.name().get(*lang), styles.status(*status))?
        }
        SheetCell::Title(text) => sheet.write_string_with_format(row, column, text, &styles.title)?,
        SheetCell::Heading(text) => sheet.write_string_with_format(row, column, text, &styles.heading)?,
        SheetCell::Head(text) => sheet.write_string_with_format(row, column, text, &styles.header)?,
    };
    Ok(())
}

/// How wide a column has to be for a cell; a title of a page runs over those beside it.
fn width_of(cell: &SheetCell) -> usize {
    match cell {
        SheetCell::Title(_) | SheetCell::Heading(_) => 0,
        cell => width(&cell.text()),
    }
}

/// How wide a column has to be for what stands above it, in three lines at most, and for the button of the filter.
pub(super) fn width_of_title(title: &str) -> usize {
    width(title).div_ceil(3).max(6) + 4
}

/// A width that a column may have.
pub(super) fn bounded(width: usize) -> f64 {
    width.clamp(WIDTHS.0, WIDTHS.1) as f64 + 2.0
}

/// What is said of a workbook that cannot be.
pub(super) fn too_much(error: &XlsxError) -> Text {
    Text {
        ja: "表計算ソフトのファイルに入りきりません。".into(),
        en: format!("it cannot be a workbook ({error})").into(),
    }
}

/// The system's own error, where an error of the crate is one.
pub(super) fn of_system(error: XlsxError) -> Result<io::Error, XlsxError> {
    match error {
        XlsxError::IoError(error)
        | XlsxError::TempFileError(_, error)
        | XlsxError::ZipError(zip::result::ZipError::Io(error)) => Ok(error),
        other => Err(other),
    }
}
