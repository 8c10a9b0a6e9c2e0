//! The cells of a sheet that hold something, as texts, and the rows that they make.

use std::collections::BTreeMap;
use std::fmt::Write;

use calamine::{Data, ExcelDateTime};

use crate::inputs::InputError;
use crate::inputs::format::{Input, LARGEST_FEATURE};

/// A sheet of more cells than this, the empty ones among them counted, is no table of a city.
const MOST_CELLS: usize = 20_000_000;

/// So many rows a sheet can have in any program.
const MOST_ROWS: u32 = 1 << 20;

/// The cells of a sheet, by row and column.
#[derive(Debug, Default)]
pub(super) struct Cells {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    /// How many columns the widest row has.
    width: usize,
    /// How many bytes its texts take.
    size: usize,
}

impl Cells {
    /// Adds a cell, which a blank one leaves as it is.
    pub(super) fn add(&mut self, (row, column): (u32, u32), text: String) {
        if text.trim().is_empty() {
            return;
        }
        self.width = self.width.max(column as usize + 1);
        self.size += text.len();
        self.rows.entry(row).or_default().insert(column, text);
    }

    /// Makes sure that its rows do not fill the memory: two cells in opposite corners make seventeen thousand million.
    pub(super) fn check(&self, input: &Input<'_>, sheet: &str) -> Result<(), InputError> {
        let too_large = |limit| InputError::TooLarge {
            path: input.path.clone(),
            place: text!("シート「{sheet}」", "sheet “{sheet}”"),
            limit,
        };
        if self.size > LARGEST_FEATURE {
            return Err(too_large(LARGEST_FEATURE));
        }
        let last = self.rows.last_key_value().map_or(0, |(&row, _)| row);
        if last >= MOST_ROWS || self.rows.len().saturating_mul(self.width) > MOST_CELLS {
            let problem = text!(
                "シート「{sheet}」の表が大きすぎます（{rows}行、{width}列）。遠く離れたセルに何か入っていませんか",
                "its sheet “{sheet}” is too large, {rows} rows of {width} columns; perhaps a cell far away holds something",
                rows = u64::from(last) + 1,
                width = self.width
            );
            return Err(InputError::Damaged { path: input.path.clone(), problem });
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows from the first one of the sheet to the last that has something, as wide as the widest; blank ones have no cells.
    pub(super) fn rows(&self) -> impl Iterator<Item = csv::StringRecord> {
        let end = self.rows.last_key_value().map_or(0, |(&row, _)| row + 1);
        let mut filled = self.rows.iter().peekable();
        (0..end).map(move |row| match filled.next_if(|(at, _)| **at == row) {
            Some((_, cells)) => {
                let cell = |column| cells.get(&column).map_or("", String::as_str);
                (0..self.width as u32).map(cell).collect()
            }
            None => csv::StringRecord::new(),
        })
    }
}

/// What a cell shows, as a table in CSV has it: numbers in their shortest form, dates and times as ISO 8601 writes them.
pub(super) fn shown(value: Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Bool(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(time) => date_or_time(time),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A day, a time of the day, or both: spreadsheets keep them as days since 1900, and a time alone as a part of one.
fn date_or_time(time: ExcelDateTime) -> String {
    let days = time.as_f64();
    if time.is_duration() || (0.0..1.0).contains(&days) {
        let seconds = (days * 86_400.0).round();
        let (sign, seconds) = (if seconds < 0.0 { "-" } else { "" }, seconds.abs() as u64);
        return format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) != (0, 0, 0) {
        // A `String` takes all that is written to it.
        let _ = write!(text, "T{hour:02}:{minute:02}:{second:02}");
    }
    text
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn a_cell_is_shown_as_a_table_in_csv_has_it() {
        let time = |days, kind| shown(Data::DateTime(ExcelDateTime::new(days, kind, false)));
        assert_eq!(shown(Data::Float(7203.0)), "7203");
        assert_eq!(shown(Data::Float(138.335_218)), "138.335218");
        assert_eq!(shown(Data::Float(1e15)), "1000000000000000");
        assert_eq!(time(45_943.0, DateTime), "2025-10-13");
        assert_eq!(time(45_943.5, DateTime), "2025-10-13T12:00:00");
        assert_eq!(time(0.312_5, DateTime), "07:30:00");
        assert_eq!(time(1.25, TimeDelta), "30:00:00");
    }

    #[test]
    fn rows_are_as_wide_as_the_widest_and_blank_ones_count() {
        let mut cells = Cells::default();
        cells.add((3, 2), "c".to_owned());
        cells.add((1, 0), "a".to_owned());
        cells.add((900, 40), "　".to_owned());
        let rows: Vec<Vec<String>> = cells.rows().map(|row| row.iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows, [vec![], vec!["a", "", ""], vec![], vec!["", "", "c"]]);
    }
}
