//! Ids of a table → numbers, in the order of its rows.

use std::collections::HashMap;

use super::table::{ColumnIndex, Row, without_decimals};
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static DUPLICATE_IDS: NoticeKind = NoticeKind {
    id: "ids-doubled",
    severity: Severity::Skipped,
    what: Text::new(
        "前の行と同じIDの行があります。最初の行を使いました。",
        "rows have an id that an earlier row has; the first counts",
    ),
    advice: Some(Text::new("それぞれに別のIDを付けてください。", "give each its own id")),
};

static ROWS_WITHOUT_ID: NoticeKind = NoticeKind {
    id: "rows-without-id",
    severity: Severity::Skipped,
    what: Text::new("IDのない行があります。", "rows have no id"),
    advice: Some(Text::new("IDを入れるか、その行を削ってください。", "fill in the id, or take the row out")),
};

/// The ids of a table. It is only asked for the number of an id, so nothing takes the order of the map.
#[derive(Debug, Default)]
pub(super) struct Ids(HashMap<Box<[u8]>, u32>);

impl Ids {
    /// The number of an id that is known.
    pub(super) fn get(&self, id: &[u8]) -> Option<u32> {
        self.0.get(id).copied()
    }

    /// The number of the id that a cell of another table means. A column of numbers with a blank cell becomes one of decimals
    /// in many programs: there `1.0` means the id `1`, unless there is such an id.
    pub(super) fn meant(&self, id: &[u8]) -> Option<u32> {
        self.get(id).or_else(|| match without_decimals(id) {
            Some(whole) => self.get(whole),
            None if !id.is_empty() && id.iter().all(u8::is_ascii_digit) => self.get(&[id, b".0"].concat()),
            None => None,
        })
    }

    /// The number of an id, a new one where it is not known.
    pub(super) fn number(&mut self, id: &[u8]) -> u32 {
        let next = self.0.len() as u32;
        match self.0.get(id) {
            Some(&known) => known,
            None => *self.0.entry(id.into()).or_insert(next),
        }
    }

    /// Gives the id in a row the next number, unless it is blank or has one: then the row is told of.
    pub(super) fn enter<'a>(
        &mut self,
        row: &Row<'a>,
        column: ColumnIndex,
        reporter: &mut Reporter<'_>,
    ) -> Option<&'a [u8]> {
        let id = row.get(column);
        if id.is_empty() {
            reporter.add_with(&ROWS_WITHOUT_ID, || row.place().text());
            return None;
        }
        if self.get(id).is_some() {
            reporter.add_with(&DUPLICATE_IDS, || row.quoting(column));
            return None;
        }
        self.number(id);
        Some(id)
    }
}
