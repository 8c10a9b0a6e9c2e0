//! Which cells of `parcels.csv` would a spreadsheet run, or change?

use std::sync::Arc;

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::inputs::plain_text;
use crate::notices::Notices;
use crate::outputs::ParcelLayout;
use crate::table::{Cell, View};

/// Tells of texts of the input that a spreadsheet does not leave as they are, in the file of parcels that is for spreadsheets.
#[derive(Debug)]
pub struct Formulas {
    file: &'static str,
    layout: Arc<ParcelLayout>,
    notices: Notices,
}

impl Formulas {
    /// For the cells of this file.
    #[must_use]
    pub fn new(file: &'static str, layout: &Arc<ParcelLayout>) -> Self {
        Self { file, layout: Arc::clone(layout), notices: Notices::default() }
    }
}

impl Collector for Formulas {
    type Piece = Notices;
    type Output = Notices;

    fn piece(&self, result: &BatchResult<'_>) -> Notices {
        let mut notices = self.notices.of_a_piece();
        let columns = self.layout.columns.iter().map(|column| (column, column.view(&result.assessment)));
        let of_input = columns.filter(|(_, view)| matches!(view, View::Texts(_) | View::Names(..)));
        let of_input: Vec<_> = of_input.collect();
        let own = self.layout.own_columns();
        let mut values = Vec::new();
        for row in 0..result.len() {
            let place = |column: &str| {
                let position = result.position(row);
                let id = result.assessment.ids.get(row).unwrap_or_default();
                text!("{position}番目の筆（{id}）の`{column}`", "`{column}` of parcel {position} ({id})")
            };
            for (column, view) in &of_input {
                let text = match view.cell(row) {
                    Cell::Text(text) => text,
                    Cell::Name(set, index) => self.layout.names[set][index].as_deref().unwrap_or_default(),
                    _ => continue,
                };
                self.layout.writing.cells.look(text, self.file, || place(&column.name), &mut notices);
            }
            if own.is_empty() {
                continue;
            }
            self.layout.own_values(&result.records[row].properties, &mut values);
            for (name, json) in own.iter().zip(&values) {
                // What is no text stands as it was written, and a spreadsheet reads the same number.
                if let Some(json) = json.filter(|json| json.starts_with('"')) {
                    self.layout.writing.cells.look(&plain_text(json), self.file, || place(name), &mut notices);
                }
            }
        }
        notices
    }

    fn merge(&mut self, piece: Notices) -> Result<(), Enough> {
        self.notices.merge(piece);
        Ok(())
    }

    fn finish(self) -> Notices {
        self.notices
    }
}
