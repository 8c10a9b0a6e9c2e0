//! What stands around the rows of a table: what parts their cells, titles above the names of the columns, padding below.

use super::columns::{Columns, plain};
use crate::inputs::InputError;
use crate::inputs::format::Input;

/// So many lines and rows at the beginning are looked at for what parts cells, and for the names of the columns.
const LOOKED_AT: usize = 10;

/// So many rows are looked at for what a column holds.
const FIRST_ROWS: usize = 50;

/// A row of titles has at least so many cells, all but one of them blank; without coordinates nothing else tells it.
const CELLS_OF_TITLE: usize = 3;

/// The rows of a table before those that are still to be read.
pub(super) struct Head {
    pub(super) names: csv::StringRecord,
    /// What rows above the names hold.
    pub(super) above: Vec<String>,
    /// The first rows below.
    pub(super) first: Vec<csv::StringRecord>,
}

/// The text without the zeros and the sign of the end of a file that old programs fill it up with, and without the line
/// by which spreadsheets are told what parts cells.
pub(super) fn without_padding(text: &str) -> &str {
    let text = text.trim_end_matches(['\0', '\u{1a}']);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let is_told = first.trim_end_matches('\r').len() == 5
        && first.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    if is_told { rest } else { text }
}

/// A reader of rows of any length, headers included.
pub(in crate::inputs) fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes())
}

/// What parts the cells: a tab where the first line that has anything of the kind has one, else a semicolon where it has
/// more of these than commas, else a comma.
pub(super) fn delimiter(text: &str) -> u8 {
    let of_line = |line: &str| {
        let (mut quoted, mut commas, mut semicolons) = (false, 0, 0);
        for sign in line.chars() {
            match sign {
                '\t' => return Some(b'\t'),
                '"' => quoted = !quoted,
                ',' if !quoted => commas += 1,
                ';' if !quoted => semicolons += 1,
                _ => {}
            }
        }
        match (commas, semicolons) {
            (0, 0) => None,
            _ => Some(if semicolons > commas { b';' } else { b',' }),
        }
    };
    text.lines().take(LOOKED_AT).find_map(of_line).unwrap_or(b',')
}

/// Whether a row has no text.
pub(in crate::inputs) fn is_blank(record: &csv::StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// Whether a table has columns of coordinates by their names.
#[cfg(feature = "workbooks")]
pub(in crate::inputs) fn has_coordinates(input: &Input<'_>, rows: impl Iterator<Item = csv::StringRecord>) -> bool {
    rows.take(LOOKED_AT).any(|row| names_coordinates(input, &row))
}

fn names_coordinates(input: &Input<'_>, row: &csv::StringRecord) -> bool {
    let names = super::column_names(row);
    match &input.options.xy {
        Some((x, y)) => names.contains(x) && names.contains(y),
        None => Columns::find(input.options, &names).is_some() || names.iter().any(|name| plain(name) == "wkt"),
    }
}

/// Finds the row with the names of the columns: the first one, unless one below has those of coordinates or a title
/// stands above.
pub(super) fn find(
    input: &Input<'_>,
    records: &mut impl Iterator<Item = Result<csv::StringRecord, InputError>>,
) -> Result<Head, InputError> {
    let mut rows = records.take(LOOKED_AT + FIRST_ROWS).collect::<Result<Vec<_>, _>>()?;
    let looked_at = &rows[..rows.len().min(LOOKED_AT)];
    let head = looked_at
        .iter()
        .position(|row| names_coordinates(input, row))
        .or_else(|| below_titles(looked_at))
        .or_else(|| looked_at.iter().position(|row| !is_blank(row)))
        .unwrap_or(0);
    let first = rows.split_off((head + 1).min(rows.len()));
    let names = rows.pop().unwrap_or_default();
    let title = |row: &csv::StringRecord| {
        let cells: Vec<&str> = row.iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
        cells.join(" ")
    };
    let above = rows.iter().filter(|row| !is_blank(row)).map(title).collect();
    Ok(Head { names, above, first })
}

/// The row of names below titles that were filled up with blank cells.
fn below_titles(rows: &[csv::StringRecord]) -> Option<usize> {
    let filled = |row: &csv::StringRecord| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let is_title = |row: &csv::StringRecord| filled(row) == 1 && row.len() >= CELLS_OF_TITLE;
    let first = rows.iter().position(|row| !is_blank(row))?;
    let names = rows.iter().position(|row| !is_blank(row) && !is_title(row))?;
    (names > first && filled(&rows[names]) >= CELLS_OF_TITLE).then_some(names)
}
