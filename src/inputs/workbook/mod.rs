//! Workbooks of spreadsheet programs, `.xlsx` and `.ods`: one sheet of them, read as the table that saving it as CSV gives.

mod cells;
mod parts;
mod sheets;
#[cfg(test)]
mod tests;

use self::sheets::Sheets;
use super::csv::{Rows, read_rows};
use super::files::WORKBOOKS;
use super::format::{FeatureTable, Format, Input, Reporter};
use super::{InputError, csv};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

pub(super) const FORMAT: Format = Format {
    name: words!("Excel・OpenDocumentの表", "workbook"),
    extensions: WORKBOOKS,
    recognise,
    read,
    open_parcels: None,
};

static SHEETS_LEFT: NoticeKind = NoticeKind {
    id: "sheets-not-read",
    severity: Severity::Info,
    what: Text::new(
        "読まなかったシートがあります。1つのファイルからは1つのシートを読みます。",
        "sheets are not read; of a workbook one sheet is",
    ),
    advice: Some(Text::new(
        "別のシートを使うには、kyoten.toml に `layer = \"シートの名前\"` と書いてください。",
        "to use another sheet, name it in kyoten.toml with `layer`",
    )),
};

/// A zip archive by the name of a workbook, whose parts tell which of the two formats it is, or what Excel makes of one with a password.
pub(super) fn recognise(input: &Input<'_>) -> bool {
    let bytes = &input.bytes;
    WORKBOOKS.contains(&input.extension().as_str()) && (bytes.starts_with(b"PK") || bytes.starts_with(parts::COMPOUND))
}

fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let mut sheets = Sheets::open(input)?;
    let (name, cells) = choose(input, &mut sheets, reporter)?;
    let rows = cells.rows().map(Ok);
    let rows = Rows { each: rows, semicolons: false, encoding: text!("シート「{name}」", "sheet “{name}”") };
    read_rows(input, rows, reporter)
}

/// The sheet that the project file names; else the only one that has anything; else the only one with coordinates.
fn choose(
    input: &Input<'_>,
    sheets: &mut Sheets,
    reporter: &mut Reporter<'_>,
) -> Result<(String, cells::Cells), InputError> {
    let path = || input.path.clone();
    if let Some(layer) = &input.options.layer {
        if !sheets.names().contains(layer) {
            return Err(InputError::NoSuchLayer {
                path: path(),
                layer: layer.clone(),
                layers: sheets.names().to_vec(),
            });
        }
        return Ok((layer.clone(), sheets.read(input, layer)?));
    }
    let mut filled = Vec::new();
    for name in sheets.names().to_vec() {
        let cells = sheets.read(input, &name)?;
        if !cells.is_empty() {
            filled.push((name, cells));
        }
    }
    let placed = |cells: &cells::Cells| csv::has_coordinates(input, cells.rows());
    let meant = match filled.as_slice() {
        [] => return Err(InputError::EmptyLayer { path: path() }),
        [_] => 0,
        several => {
            let mut with = (0..several.len()).filter(|&index| placed(&several[index].1));
            let (Some(only), None) = (with.next(), with.next()) else {
                let layers = several.iter().map(|(name, _)| name.clone()).collect();
                return Err(InputError::SeveralLayers { path: path(), layers });
            };
            only
        }
    };
    let chosen = filled.remove(meant);
    for (name, _) in &filled {
        reporter.add_with(&SHEETS_LEFT, || {
            text!("{path}：シート「{name}」", "{path}: sheet “{name}”", path = input.path.display())
        });
    }
    Ok(chosen)
}
