//! The sheets of a workbook, one after the other, by the library that knows the two formats.

use std::io::Cursor;

use calamine::{Data, Ods, OdsError, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::cells::{Cells, shown};
use super::parts::{BookFormat, unpacked};
use crate::inputs::format::Input;
use crate::inputs::{InputError, foreign};

/// A workbook, opened.
pub(super) struct Sheets {
    book: Book,
    names: Vec<String>,
}

enum Book {
    Excel(Box<Xlsx<Cursor<Vec<u8>>>>),
    OpenDocument(Box<Ods<Cursor<Vec<u8>>>>),
}

impl Sheets {
    pub(super) fn open(input: &Input<'_>) -> Result<Self, InputError> {
        let (kind, bytes) = unpacked(input)?;
        let book = match kind {
            BookFormat::Excel => {
                let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| of_excel(input, &error))?;
                Book::Excel(Box::new(book))
            }
            BookFormat::OpenDocument => {
                let book = Ods::new(Cursor::new(bytes)).map_err(|error| of_open_document(input, &error))?;
                Book::OpenDocument(Box::new(book))
            }
        };
        let all = match &book {
            Book::Excel(book) => book.sheets_metadata(),
            Book::OpenDocument(book) => book.sheets_metadata(),
        };
        // What is hidden is for whoever made the workbook, unless there is nothing else.
        let of_cells = || all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let mut names: Vec<_> =
            of_cells().filter(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect();
        if names.is_empty() {
            names = of_cells().map(|sheet| sheet.name.clone()).collect();
        }
        Ok(Self { book, names })
    }

    /// The names of the sheets that can be read, in the order of the workbook.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The cells of a sheet.
    pub(super) fn read(&mut self, input: &Input<'_>, name: &str) -> Result<Cells, InputError> {
        let mut cells = Cells::default();
        match &mut self.book {
            Book::Excel(book) => {
                let fault = |error: XlsxError| of_excel(input, &error);
                let mut reader = book.worksheet_cells_reader(name).map_err(fault)?;
                while let Some(cell) = reader.next_cell().map_err(fault)? {
                    cells.add(cell.get_position(), shown(cell.get_value().clone().into()));
                    cells.check(input, name)?;
                }
            }
            Book::OpenDocument(book) => {
                let range = book.worksheet_range(name).map_err(|error| of_open_document(input, &error))?;
                let (row, column) = range.start().unwrap_or_default();
                let filled = range.used_cells().filter(|(.., value)| **value != Data::Empty);
                for (down, right, value) in filled {
                    cells.add((row + down as u32, column + right as u32), shown(value.clone()));
                    cells.check(input, name)?;
                }
            }
        }
        Ok(cells)
    }
}

fn of_excel(input: &Input<'_>, error: &XlsxError) -> InputError {
    match error {
        XlsxError::Password => InputError::Locked { path: input.path.clone() },
        _ => unreadable(input, error),
    }
}

fn of_open_document(input: &Input<'_>, error: &OdsError) -> InputError {
    match error {
        OdsError::Password => InputError::Locked { path: input.path.clone() },
        _ => unreadable(input, error),
    }
}

fn unreadable(input: &Input<'_>, error: &impl std::fmt::Display) -> InputError {
    let problem = foreign("表計算ソフトのファイルとして読めません", error);
    InputError::Damaged { path: input.path.clone(), problem }
}
