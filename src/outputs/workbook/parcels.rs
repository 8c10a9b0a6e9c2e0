//! The workbook of a run: the parcels as they come, row by row past the memory, between a summary and what else is told.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::{self, Book};
use super::columns::{self, CellOf};
use super::styles::{self, Styles};
use super::whys::Whys;
use super::{SheetColumn, width};
use crate::criteria::RuleSet;
use crate::diagnostics::guard::guarded;
use crate::inputs::ValueType;
use crate::outputs::formats::{ParcelFormat, Rows, Writer};
use crate::outputs::layout::ParcelLayout;
use crate::outputs::sink::{Beside, Piece, Sink};
use crate::outputs::table::{Table, number};
use crate::outputs::{OutputError, OutputFile};
use crate::table::{Cell, Column, Source, Values, View};
use crate::text::{Lang, Text};
use crate::verdicts::Status;

/// The rows that a sheet can have, its header among them.
const MOST_ROWS: u32 = 1 << 20;

/// The columns that a sheet can have.
const MOST_COLUMNS: usize = 1 << 14;

/// The characters that a cell can hold, in units of UTF-16.
const MOST_CHARACTERS: usize = 32_767;

/// A number with more digits than this is not kept by a spreadsheet, and stands as text.
const EXACT: u64 = 1_000_000_000_000_000;

/// Widths are those of so many rows.
const MEASURED_ROWS: u32 = 1000;

/// The sheet of the summary, and the first of parcels.
const SUMMARY: usize = 0;
const FIRST: usize = 1;

pub(in crate::outputs) const PARCELS: ParcelFormat = ParcelFormat {
    name: "xlsx",
    file: "parcels.xlsx",
    has_shapes: false,
    is_typed: true,
    is_workbook: true,
    is_styled_beside: false,
    layer: None,
    writer: Ok(Writer { encode: Some(encode), open, beside: None }),
};

/// The file while it is being written.
struct Parcels {
    file: OutputFile,
    book: Book,
    columns: Vec<(SheetColumn, CellOf)>,
    layout: Arc<ParcelLayout>,
    widths: Vec<usize>,
    /// The sheet that is being filled.
    sheet: usize,
    /// Its next row.
    row: u32,
    /// The rows that a sheet gets.
    most_rows: u32,
}

fn encode(piece: &mut Piece, layout: &ParcelLayout, rows: &Rows<'_>) {
    piece.whys = Whys::of(&layout.judge, &rows.result.assessment, layout.writing.words.book);
}

fn open(file: OutputFile, layout: &Arc<ParcelLayout>) -> Result<Box<dyn Sink>, OutputError> {
    Ok(Box::new(Parcels::begin(file, layout, MOST_ROWS)?))
}

impl Parcels {
    fn begin(file: OutputFile, layout: &Arc<ParcelLayout>, most_rows: u32) -> Result<Self, OutputError> {
        let columns = columns::of(layout, layout.writing.words.book);
        file.hold_columns(columns.len(), MOST_COLUMNS)?;
        file.hold_properties(&layout.properties)?;
        let widths = columns.iter().map(|(column, _)| book::width_of_title(&column.title)).collect();
        let (layout, book) = (Arc::clone(layout), Book::new());
        let mut begun = Self { file, book, columns, layout, widths, sheet: SUMMARY, row: 0, most_rows };
        let begin = |begun: &mut Self| {
            // What does not fit into memory waits beside the file, on the disk that must have room for it anyway.
            if let Some(folder) = begun.file.folder() {
                begun.book.workbook.set_tempdir(folder)?;
            }
            begun.book.workbook.add_worksheet();
            begun.begin_sheet()
        };
        begun.guarded(begin)?;
        Ok(begun)
    }

    /// Calls the crate, which panics where its temporary file cannot be written.
    fn guarded(&mut self, call: impl FnOnce(&mut Self) -> Result<(), XlsxError>) -> Result<(), OutputError> {
        match guarded(&NO_ROOM, || call(self)) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(match book::of_system(error) {
                Ok(error) => self.file.failed(error),
                Err(error) => self.file.unsupported(book::too_much(&error)),
            }),
            Err(what) => Err(self.file.refused(io::ErrorKind::StorageFull, what)),
        }
    }

    /// Begins the next sheet of parcels.
    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheet += 1;
        let sheet = self.book.workbook.add_worksheet_with_constant_memory()?;
        let name = Text::new("筆", "parcels");
        let name = name.get(self.layout.writing.words.book);
        sheet.set_name(if self.sheet == FIRST { name.to_owned() } else { format!("{name}{}", self.sheet) })?;
        for (index, (column, _)) in (0..).zip(&self.columns) {
            if let Some(format) = styles::number(column.shown) {
                sheet.set_column_format(index, &format)?;
            }
        }
        book::head(sheet, self.columns.iter().map(|(column, _)| column.title.as_str()), &self.book.styles, 1)?;
        self.row = 1;
        Ok(())
    }

    /// Ends the sheet that is being filled: now it is known how wide its columns are, and where they end.
    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let sheet = self.book.workbook.worksheet_from_index(self.sheet)?;
        for (index, &wide) in (0..).zip(&self.widths) {
            sheet.set_column_width(index, book::bounded(wide))?;
        }
        if self.row > 1 {
            sheet.autofilter(0, 0, self.row - 1, self.columns.len().saturating_sub(1) as u16)?;
        }
        Ok(())
    }

    fn rows(&mut self, piece: &Piece) -> Result<(), XlsxError> {
        let views: Vec<View<'_>> =
            self.layout.columns.iter().map(|column| column.view(&piece.table.assessment)).collect();
        let mut row = 0;
        while row < piece.table.len() {
            if self.row == self.most_rows {
                self.end_sheet()?;
                self.begin_sheet()?;
            }
            let fit = ((self.most_rows - self.row) as usize).min(piece.table.len() - row);
            let Self { book, columns, layout, widths, .. } = self;
            let sheet = book.workbook.worksheet_from_index(self.sheet)?;
            for row in row..row + fit {
                let mut line = Line { sheet, styles: &book.styles, row: self.row, column: 0, widths };
                for (_, from) in &*columns {
                    line.put(*from, layout, (&views, piece), row)?;
                    line.column += 1;
                }
                self.row += 1;
            }
            row += fit;
        }
        Ok(())
    }

    /// Refuses a text that no cell can hold.
    fn hold_texts(&self, table: &Table) -> Result<(), OutputError> {
        for (values, (name, value_type)) in table.own.iter().zip(self.layout.properties.iter()) {
            let Values::Text(texts) = values else { continue };
            debug_assert_eq!(value_type, ValueType::Text);
            for (row, text) in texts.iter().enumerate() {
                // A character has at least one byte, and at most two units.
                let Some(text) = text.filter(|text| text.len() > MOST_CHARACTERS) else { continue };
                let long = text.encode_utf16().count();
                if long > MOST_CHARACTERS {
                    let id = table.assessment.ids.get(row).unwrap_or_default();
                    return Err(self.file.unsupported(text!(
                        "筆 {id} の属性 `{name}` は{long}文字あり、表計算ソフトのセルには{MOST_CHARACTERS}文字までしか入りません",
                        "the property `{name}` of parcel {id} has {long} characters, and a cell of a spreadsheet holds {MOST_CHARACTERS}"
                    )));
                }
            }
        }
        Ok(())
    }
}

/// What is said where the crate panics.
const NO_ROOM: Text = Text::new(
    "一時ファイルに書けません。ディスクの空きを確かめてください",
    "its temporary file cannot be written; see whether the disk has room",
);

impl Sink for Parcels {
    fn take(&mut self, piece: &Piece) -> Result<(), OutputError> {
        self.hold_texts(&piece.table)?;
        self.guarded(|sink| sink.rows(piece))
    }

    fn finish(mut self: Box<Self>, beside: &Beside<'_>) -> Result<(), OutputError> {
        let (sheets, made): (_, SystemTime) = (beside.sheets, beside.made);
        self.guarded(|sink| {
            sink.end_sheet()?;
            if let Some((summary, others)) = sheets.split_first() {
                sink.book.fill(SUMMARY, summary)?;
                others.iter().try_for_each(|table| sink.book.add(table))?;
            }
            let Self { book, file, .. } = sink;
            book.write(made, file)
        })?;
        self.file.finish()
    }
}

/// A row while it is written.
struct Line<'s> {
    sheet: &'s mut Worksheet,
    styles: &'s Styles,
    row: u32,
    column: u16,
    widths: &'s mut [usize],
}

impl Line<'_> {
    fn put(
        &mut self,
        from: CellOf,
        layout: &ParcelLayout,
        (views, piece): (&[View<'_>], &Piece),
        row: usize,
    ) -> Result<(), XlsxError> {
        match from {
            CellOf::Why(zone) => self.text(piece.whys[zone].get(row)),
            CellOf::Own(index) => self.own(&piece.table.own[index], row),
            CellOf::Found(index) => {
                let (column, view) = (&layout.columns[index], &views[index]);
                if let View::Statuses(statuses) = view {
                    return self.status(statuses[row], layout.writing.words.book);
                }
                match view.cell(row) {
                    Cell::Null => Ok(()),
                    Cell::Text(text) => self.text(&words(column, text, layout.set, layout.writing.words.book)),
                    Cell::Name(set, index) => self.text(layout.names[set][index].as_deref().unwrap_or_default()),
                    cell => number(cell).map_or(Ok(()), |number| self.number(number)),
                }
            }
        }
    }

    fn status(&mut self, status: Status, lang: Lang) -> Result<(), XlsxError> {
        let name = status.name();
        self.sheet.write_string_with_format(self.row, self.column, name.get(lang), self.styles.status(status))?;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        if text.is_empty() {
            return Ok(());
        }
        if self.row < MEASURED_ROWS {
            let wide = &mut self.widths[usize::from(self.column)];
            *wide = width(text).max(*wide);
        }
        self.sheet.write_string(self.row, self.column, text)?;
        Ok(())
    }

    fn number(&mut self, number: f64) -> Result<(), XlsxError> {
        self.sheet.write_number(self.row, self.column, number)?;
        Ok(())
    }

    fn own(&mut self, values: &Values, row: usize) -> Result<(), XlsxError> {
        match values {
            Values::Text(texts) => self.text(texts.get(row).unwrap_or_default()),
            Values::Number(numbers) => numbers.get(row).map_or(Ok(()), |number| self.number(number)),
            Values::Integer(numbers) => match numbers.get(row) {
                Some(number) if number.unsigned_abs() >= EXACT => self.text(&number.to_string()),
                Some(number) => self.number(number as f64),
                None => Ok(()),
            },
            Values::Bool(answers) => match answers.get(row) {
                Some(answer) => self.sheet.write_boolean(self.row, self.column, answer).map(|_| ()),
                None => Ok(()),
            },
        }
    }
}

/// A text of kyoten's own in words: ids of criteria become their names. Ids of parcels, names and units are what they are.
fn words<'t>(column: &Column, text: &'t str, set: &'static RuleSet, lang: Lang) -> Cow<'t, str> {
    let name = |id: &str| set.criterion(id).map_or_else(|| id.to_owned(), |one| one.name.get(lang).to_owned());
    if let Source::Fails(_) = column.source {
        let between = Text::new("、", ", ");
        return text.split(' ').map(name).collect::<Vec<_>>().join(between.get(lang)).into();
    }
    let said = column.words().into_iter().find(|(value, _)| *value == text);
    said.map_or(text.into(), |(_, said)| said.get(lang).to_owned().into())
}

#[cfg(test)]
#[cfg(feature = "workbooks")]
mod tests {
    use super::*;
    use crate::assess::{Assessor, Terms};
    use crate::crs::{FromPlane, Plane};
    use crate::evidence::{Batch, Texts};
    use crate::geometry::{Bounds, Shapes};
    use crate::layers::City;
    use crate::table::ColumnChoice;
    use calamine::Reader as _;

    /// Ids of parcels without shapes, and what is wanted of them.
    fn written(ids: &[&str], most_rows: u32) -> Vec<(String, Vec<String>)> {
        let plane = Plane::new(8).unwrap();
        let assessor = Assessor::build(&City::empty(plane, None), None, &Terms::default(), Bounds::EMPTY);
        let (choice, from_plane) = (ColumnChoice::default(), FromPlane::new(plane));
        let layout =
            Arc::new(ParcelLayout::new(&assessor, from_plane, None, &choice, crate::outputs::Writing::default()));
        let mut shapes = Shapes::default();
        for _ in ids {
            shapes.end_shape();
        }
        let texts: Texts = ids.iter().copied().collect();
        let assessment = Arc::new(assessor.assess(&Batch::new(shapes.clone()), texts));
        let whys = Whys::of(&layout.judge, &assessment, Lang::Ja);
        let piece = Piece { whys, ..Piece::new(Arc::new(Table { own: Vec::new(), assessment, shapes })) };
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("parcels.xlsx");
        let file = OutputFile::create(&path, path.clone()).unwrap();
        let mut sink = Box::new(Parcels::begin(file, &layout, most_rows).unwrap());
        sink.take(&piece).unwrap();
        sink.finish(&Beside::default()).unwrap();
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
        let first = |sheet: calamine::Range<calamine::Data>| sheet.rows().map(|row| row[0].to_string()).collect();
        book.worksheets().into_iter().map(|(name, sheet)| (name, first(sheet))).collect()
    }

    #[test]
    fn parcels_beyond_the_last_row_of_a_sheet_go_on_in_the_next() {
        let sheets = written(&["1-2", "007", "=1", "", "5"], 3);
        let of = |name: &str| &sheets.iter().find(|(known, _)| known == name).unwrap().1;
        let title = "筆・敷地 番号";
        assert_eq!(*of("筆"), [title, "1-2", "007"]);
        assert_eq!(*of("筆2"), [title, "=1", ""]);
        assert_eq!(*of("筆3"), [title, "5"]);
    }

    #[test]
    fn a_sheet_that_is_just_full_is_the_last() {
        let names: Vec<String> = written(&["a", "b"], 3).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names[1..], ["筆"]);
    }
}
