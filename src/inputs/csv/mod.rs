//! Tables of values apart by commas, tabs or semicolons, with or without coordinates.

mod cells;
mod columns;
mod head;
#[cfg(test)]
mod tests;
mod wkt;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use geo::{Geometry, Point};
use serde_json::Value;

use self::columns::Columns;
use self::wkt::WktColumn;
use super::format::{FeatureTable, Format, Input, LARGEST_FEATURE, Reporter};
use super::text::{self, Said};
use super::{Fields, InputError, RawFeature};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

#[cfg(feature = "workbooks")]
pub(super) use head::has_coordinates;
pub(super) use head::{is_blank, reader};

pub(super) const FORMAT: Format =
    Format { name: words!("CSV"), extensions: &["csv", "tsv", "txt"], recognise, read, open_parcels: None };

/// Where the CRS of columns with longitude and latitude is learnt from.
const FOUND_IN: &Text = words!("列の名前", "column names");

static NO_COORDINATES: NoticeKind = NoticeKind {
    id: "rows-without-coordinates",
    // What that means is for the layer to say: it skips them, or does without.
    severity: Severity::Info,
    what: Text::new(
        "使える座標のない行があります。形のないものとして扱います。",
        "rows have no usable coordinates; they are used without geometry",
    ),
    advice: Some(Text::new(
        "座標の2つの列に度（10進）の値を入れてください。`crs` を指定したときはメートルです。",
        "fill in the two columns with numbers in decimal degrees, or metres with `crs`",
    )),
};

static UNEVEN_ROWS: NoticeKind = NoticeKind {
    id: "rows-of-other-length",
    severity: Severity::Mended,
    what: Text::new(
        "セルの数が列の数と合わない行があります。余ったセルは捨てました。",
        "rows have more or fewer cells than there are columns; cells too many were dropped",
    ),
    advice: Some(Text::new(
        "コンマを含むセルは、全体を引用符で囲んでください。",
        "a comma within a cell needs quotes around the cell",
    )),
};

static SHIFTED_ROWS: NoticeKind = NoticeKind {
    id: "rows-with-cells-too-many",
    severity: Severity::Skipped,
    what: Text::new(
        "列より多くのセルに値がある行があります。どの値がどの列のものか分からないため、場所も属性も不明として扱います。",
        "rows have values in more cells than there are columns; which is of which column is not known, and neither place nor values are used",
    ),
    advice: Some(Text::new(
        "コンマを含むセルは、全体を引用符で囲んでください。",
        "a comma within a cell needs quotes around the cell",
    )),
};

static ROWS_ABOVE: NoticeKind = NoticeKind {
    id: "rows-above-names",
    severity: Severity::Info,
    what: Text::new(
        "列の名前より上に、表題などの行があります。データとしては読みません。",
        "rows stand above the names of the columns, such as titles; they are not read",
    ),
    advice: None,
};

fn recognise(input: &Input<'_>) -> bool {
    // Nothing in the bytes sets a table apart but that they are text.
    (input.is_piped() || FORMAT.extensions.contains(&input.extension().as_str())) && text::can_be_text(&input.bytes)
}

/// A table whose rows are about to be read.
struct CsvTable<'a> {
    input: &'a Input<'a>,
    names: Vec<String>,
    semicolons: bool,
}

/// Where a table says that its rows are.
enum Place {
    Columns(Columns),
    Wkt(WktColumn),
    Nowhere,
}

fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let text = text::decode(&input.path, &input.bytes, input.options.encoding.as_deref().map(Said::Demanded))?;
    let lines = head::without_padding(&text.text);
    check_rows(&input.path, lines.as_bytes())?;
    let mut reader = reader(lines);
    let rows =
        reader.records().enumerate().map(|(row, record)| record.map_err(|error| table_error(input, row, &error)));
    let rows = Rows { each: rows, semicolons: head::delimiter(lines) == b';', encoding: text.encoding };
    read_rows(input, rows, reporter)
}

/// The rows of a table, whatever they were written in.
pub(super) struct Rows<R> {
    pub(super) each: R,
    /// Whether cells were apart by semicolons, so that a comma may be that of a decimal number.
    pub(super) semicolons: bool,
    /// What is said of how the texts were read.
    pub(super) encoding: Text,
}

/// Finds the names of the columns and the coordinates, and makes every row a feature.
pub(super) fn read_rows<R>(
    input: &Input<'_>,
    table: Rows<R>,
    reporter: &mut Reporter<'_>,
) -> Result<FeatureTable, InputError>
where
    R: Iterator<Item = Result<csv::StringRecord, InputError>>,
{
    let Rows { each: mut records, semicolons, encoding } = table;
    let head = head::find(input, &mut records)?;
    for title in &head.above {
        reporter.add_with(&ROWS_ABOVE, || Text::from(format!("{}: {title}", input.path.display())));
    }
    let table = CsvTable { input, names: column_names(&head.names), semicolons };
    let mut place = table.place(&head.first)?;
    let mut features = Vec::new();
    let mut points = Vec::new();
    for (index, record) in head.first.into_iter().map(Ok).chain(records).enumerate() {
        let number = index + 1;
        let record = record?;
        // Spreadsheets leave rows of nothing but commas where cells were cleared.
        if is_blank(&record) {
            continue;
        }
        let row = || text!("{path}: {number}行目", "{path}: row {number}", path = input.path.display());
        if has_cells_too_many(&record, head.names.len()) {
            // Which cell is of which column nobody knows.
            reporter.add_with(&SHIFTED_ROWS, row);
            features.push(RawFeature { number, file: 0, geometry: None, fields: Fields::new() });
            continue;
        }
        if record.len() != head.names.len() {
            reporter.add_with(&UNEVEN_ROWS, row);
        }
        let geometry = match &mut place {
            Place::Columns(columns) => columns.point(&record, table.semicolons).map(|at| {
                points.push(at);
                Geometry::from(Point::from(at))
            }),
            Place::Wkt(column) => column.geometry(&record, input, number)?,
            Place::Nowhere => None,
        };
        if geometry.is_none() && !matches!(place, Place::Nowhere) {
            reporter.add_with(&NO_COORDINATES, row);
        }
        features.push(RawFeature { number, file: 0, geometry, fields: row_fields(&table.names, &record) });
    }
    let crs = match &place {
        Place::Columns(columns) => {
            columns.check(&table, &points)?;
            columns.crs()
        }
        Place::Wkt(column) => column.crs(),
        Place::Nowhere => None,
    };
    let axes = match &place {
        Place::Columns(columns) => columns.axes(&table),
        _ => None,
    };
    let unplaced = features.iter().all(|feature| feature.geometry.is_none()).then(|| table.unplaced(&place));
    Ok(FeatureTable { features, crs, encoding: Some(encoding), unplaced, axes, ..FeatureTable::default() })
}

impl CsvTable<'_> {
    /// Where the coordinates are, by the names of the columns and a look at the first rows.
    fn place(&self, first: &[csv::StringRecord]) -> Result<Place, InputError> {
        let (options, names) = (self.input.options, &self.names);
        if let Some(columns) = Columns::named(options, names).map_err(|wanted| columns::missing(self, &wanted))? {
            return Ok(Place::Columns(columns));
        }
        if let Some(columns) = Columns::find(options, names) {
            return Ok(Place::Columns(columns));
        }
        Ok(WktColumn::find(names, first).map_or(Place::Nowhere, Place::Wkt))
    }

    /// Why no row has a place, and what to do about it.
    fn unplaced(&self, place: &Place) -> Text {
        let listed = |names: &[String]| Text { ja: names.join("、").into(), en: names.join(", ").into() };
        match place {
            Place::Columns(columns) => {
                let [x, y] = columns.names(&self.names);
                text!(
                    "列「{x}」と「{y}」に、読める座標が1つもありません。度（10進または度分秒）で、`crs` を指定したときはその座標で書いてください。",
                    "no row of the columns “{x}” and “{y}” holds coordinates that can be read: write decimal degrees, or \
                     degrees, minutes and seconds; with `crs`, the coordinates of that system"
                )
            }
            Place::Wkt(column) => {
                let name = column.name(&self.names);
                text!(
                    "列「{name}」に、読めるWKTの図形が1つもありません。",
                    "no row of the column “{name}” holds a geometry in well-known text (WKT) that can be read"
                )
            }
            Place::Nowhere => {
                let near = columns::near(&self.names);
                if near.is_empty() {
                    text!(
                        "座標の列が見つかりません。座標の2つの列を `x`（経度）と `y`（緯度）で指定してください。表にある列: {known}。",
                        "it has no columns with coordinates that are known: name the two with `x` (経度) and `y` (緯度); it has: {known}",
                        known = listed(&self.names)
                    )
                } else if columns::has_plane(&self.names) {
                    text!(
                        "列（{near}）は平面直角座標のようです。`crs = \"EPSG:…\"` で座標参照系を指定してください。",
                        "its columns {near} look like metres of a plane: say which with `crs = \"EPSG:…\"`",
                        near = listed(&near)
                    )
                } else {
                    text!(
                        "座標らしい列（{near}）がありますが、どう読むのか決められません。10進の度の2つの列を `x`（経度）と `y`（緯度）で指定してください。",
                        "its columns {near} may hold coordinates, but not in a way that is known: name two columns of decimal \
                         degrees with `x` (経度) and `y` (緯度)",
                        near = listed(&near)
                    )
                }
            }
        }
    }
}

/// Makes sure that no row is so long that reading it would fill the memory: a quote that is never closed makes one row of
/// all that follows.
pub(super) fn check_rows(path: &Path, text: &[u8]) -> Result<(), InputError> {
    let (mut row, mut start, mut quoted) = (0, 0, false);
    let too_long = |row: usize, start: usize, end: usize| {
        (end - start > LARGEST_FEATURE).then(|| InputError::TooLarge {
            path: path.to_owned(),
            place: text!("{row}行目", "row {row}"),
            limit: LARGEST_FEATURE,
        })
    };
    for at in memchr::memchr2_iter(b'"', b'\n', text) {
        if text[at] == b'"' {
            quoted = !quoted;
        } else if !quoted {
            if let Some(error) = too_long(row, start, at) {
                return Err(error);
            }
            (row, start) = (row + 1, at + 1);
        }
    }
    too_long(row, start, text.len()).map_or(Ok(()), Err)
}

/// Whether a row has values beyond the last column: an unquoted comma shifts all that follows it.
pub(super) fn has_cells_too_many(record: &csv::StringRecord, columns: usize) -> bool {
    record.iter().skip(columns).any(|cell| !cell.trim().is_empty())
}

/// The columns' names: trimmed, those without one numbered, those that come again told apart by a number.
pub(super) fn column_names(header: &csv::StringRecord) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    let mut taken = BTreeSet::new();
    // The number that comes next for each name that comes again: a table may have a million columns of one name.
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for (index, cell) in header.iter().enumerate() {
        let plain = if cell.trim().is_empty() { format!("column_{}", index + 1) } else { cell.trim().to_owned() };
        let mut name = plain.clone();
        while taken.contains(&name) {
            let again = next.entry(plain.clone()).or_insert(2);
            name = format!("{plain}_{again}");
            *again += 1;
        }
        taken.insert(name.clone());
        names.push(name);
    }
    names
}

/// A row's cells by column, all text: what is a number is for the reader of the field to say, since a code
/// such as `07203` must keep its zero.
pub(super) fn row_fields(names: &[String], record: &csv::StringRecord) -> Fields {
    names.iter().zip(record).map(|(name, cell)| (name.clone(), Value::String(cell.to_owned()))).collect()
}

pub(super) fn table_error(input: &Input<'_>, row: usize, error: &csv::Error) -> InputError {
    InputError::table(&input.path, row, error)
}
