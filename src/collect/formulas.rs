//! Which cells of `parcels.csv` would a spreadsheet run?

use std::sync::Arc;

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::notices::Notices;
use crate::outputs::ParcelLayout;
use crate::table::{Cell, View};

/// Tells of texts of the input that begin like a formula, in the file of parcels that is for spreadsheets.
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
        for row in 0..result.len() {
            for (column, view) in &of_input {
                let text = match view.cell(row) {
                    Cell::Text(text) => text,
                    Cell::Name(set, index) => self.layout.names[set][index].as_deref().unwrap_or_default(),
                    _ => continue,
                };
                let place = || {
                    let (position, column) = (result.position(row), &column.name);
                    let id = result.assessment.ids.get(row).unwrap_or_default();
                    text!("{position}番目の筆（{id}）の`{column}`", "`{column}` of parcel {position} ({id})")
                };
                self.layout.cells.look(text, self.file, place, &mut notices);
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
