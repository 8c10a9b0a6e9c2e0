//! A page of a workbook while it is written: headings, lines and small tables below each other.

use crate::outputs::workbook::{SheetCell, SheetColumn, SheetTable, Shown};
use crate::text::{Lang, Text};

/// A page.
pub(super) struct Page {
    lang: Lang,
    rows: Vec<Vec<SheetCell>>,
}

impl Page {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, rows: Vec::new() }
    }

    /// A text in the language of the page.
    pub(super) fn text(&self, text: &Text) -> SheetCell {
        SheetCell::Text(text.get(self.lang).to_owned())
    }

    pub(super) fn title(&mut self, text: String) {
        self.rows.push(vec![SheetCell::Title(text)]);
    }

    /// Begins a part.
    pub(super) fn heading(&mut self, text: &Text) {
        self.rows.push(Vec::new());
        self.rows.push(vec![SheetCell::Heading(text.get(self.lang).to_owned())]);
    }

    /// What something is.
    pub(super) fn fact(&mut self, what: &Text, value: SheetCell) {
        self.rows.push(vec![self.text(what), value]);
    }

    /// What stands above the columns of a table.
    pub(super) fn heads(&mut self, heads: &[Text]) {
        self.rows.push(heads.iter().map(|head| SheetCell::Head(head.get(self.lang).to_owned())).collect());
    }

    pub(super) fn row(&mut self, cells: Vec<SheetCell>) {
        self.rows.push(cells);
    }

    /// The sheet; `shown` says how the numbers of its columns are shown.
    pub(super) fn sheet(self, name: &Text, shown: &[Shown]) -> SheetTable {
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let column = |index: usize| SheetColumn {
            title: String::new(),
            shown: shown.get(index).copied().unwrap_or(Shown::AsItIs),
        };
        let columns = (0..widest).map(column).collect();
        SheetTable { name: name.get(self.lang).to_owned(), columns, rows: self.rows, is_page: true }
    }
}

/// A count.
pub(super) fn count(number: u64) -> SheetCell {
    SheetCell::Number(number as f64)
}

/// A text out of the data, or nothing.
pub(super) fn data(text: Option<&str>) -> SheetCell {
    SheetCell::from(text.filter(|text| !text.is_empty()))
}
