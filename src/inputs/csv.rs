//! Tables of comma- or tab-separated values, with or without coordinates.

use std::path::Path;

use geo::{Geometry, Point};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::format::{FeatureTable, Format, Input, LARGEST_FEATURE, Reporter};
use super::text::{self, Said};
use super::{DeclaredCrs, Fields, InputError, RawFeature, fields};
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

pub(super) const FORMAT: Format =
    Format { name: words!("CSV"), extensions: &["csv", "tsv", "txt"], recognise, read, open_parcels: None };

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

/// The usual names of the columns with longitude and latitude, after Unicode NFKC and in lower case.
const DEGREE_COLUMNS: &[(&str, &str)] = &[
    ("lon", "lat"),
    ("lng", "lat"),
    ("long", "lat"),
    ("longitude", "latitude"),
    ("経度", "緯度"),
    ("経度(10進)", "緯度(10進)"),
];

/// Those of plane coordinates, looked for only where the project file names the CRS.
const PLANE_COLUMNS: &[(&str, &str)] = &[("x", "y"), ("easting", "northing"), ("x座標", "y座標")];

fn recognise(input: &Input<'_>) -> bool {
    // Nothing in the bytes sets a table apart but that they are text.
    FORMAT.extensions.contains(&input.extension().as_str()) && !input.bytes.iter().take(4096).any(|&byte| byte == 0)
}

fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let text = text::decode(&input.path, &input.bytes, input.options.encoding.as_deref().map(Said::Demanded))?;
    check_rows(&input.path, text.text.as_bytes())?;
    let mut reader = reader(&text.text);
    let mut records = reader.records();
    let header = records.next().transpose().map_err(|error| table_error(input, 0, &error))?.unwrap_or_default();
    let names = column_names(&header);
    let columns = Columns::find(input, &names)?;
    let mut features = Vec::new();
    for (index, record) in records.enumerate() {
        let number = index + 1;
        let record = record.map_err(|error| table_error(input, number, &error))?;
        let row = || text!("{path}: {number}行目", "{path}: row {number}", path = input.path.display());
        if record.len() != header.len() {
            reporter.add_with(&UNEVEN_ROWS, row);
        }
        let geometry = columns.as_ref().and_then(|columns| columns.point(&record));
        if columns.is_some() && geometry.is_none() {
            reporter.add_with(&NO_COORDINATES, row);
        }
        features.push(RawFeature { number, file: 0, geometry, fields: row_fields(&names, &record) });
    }
    let crs = columns.filter(|columns| columns.degrees).map(|_| DeclaredCrs {
        text: "urn:ogc:def:crs:OGC:1.3:CRS84".to_owned(),
        found_in: words!("列の名前", "column names"),
    });
    Ok(FeatureTable { features, crs, encoding: Some(text.encoding), ..FeatureTable::default() })
}

/// A reader of rows of any length, headers included; apart by tabs where the first line has them.
pub(super) fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') { b'\t' } else { b',' };
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
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

/// The columns' names: trimmed, those without one numbered, those that come again told apart by a number.
pub(super) fn column_names(header: &csv::StringRecord) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (index, cell) in header.iter().enumerate() {
        let plain = if cell.trim().is_empty() { format!("column_{}", index + 1) } else { cell.trim().to_owned() };
        let mut name = plain.clone();
        let mut again = 2;
        while names.contains(&name) {
            name = format!("{plain}_{again}");
            again += 1;
        }
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

/// The two columns with the coordinates.
struct Columns {
    x: usize,
    y: usize,
    /// Whether their names say longitude and latitude, and the project file no other CRS.
    degrees: bool,
}

impl Columns {
    fn find(input: &Input<'_>, names: &[String]) -> Result<Option<Self>, InputError> {
        let index_of =
            |wanted: &str| names.iter().position(|name| name.nfkc().collect::<String>().to_lowercase() == wanted);
        if let Some((x, y)) = &input.options.xy {
            let exactly = |wanted: &str| {
                names.iter().position(|name| name == wanted).ok_or_else(|| {
                    fields::missing_field(input.path.clone(), wanted, names.iter().map(String::as_str).collect())
                })
            };
            let plain = |name: &str| name.nfkc().collect::<String>().to_lowercase();
            let usual = DEGREE_COLUMNS.contains(&(plain(x).as_str(), plain(y).as_str()));
            let degrees = usual && input.options.crs.is_none();
            return Ok(Some(Self { x: exactly(x)?, y: exactly(y)?, degrees }));
        }
        let plane: &[_] = if input.options.crs.is_some() { PLANE_COLUMNS } else { &[] };
        let find = |pairs: &[(&str, &str)], degrees| {
            pairs.iter().find_map(|(x, y)| Some(Self { x: index_of(x)?, y: index_of(y)?, degrees }))
        };
        Ok(find(plane, false).or_else(|| find(DEGREE_COLUMNS, input.options.crs.is_none())))
    }

    fn point(&self, record: &csv::StringRecord) -> Option<Geometry<f64>> {
        let number = |index| record.get(index).and_then(fields::number_in);
        Some(Point::new(number(self.x)?, number(self.y)?).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{RawLayer, ReadOptions, read_layer};
    use crate::notices::Notices;

    fn read(
        name: &str,
        bytes: &[u8],
        options: &ReadOptions,
    ) -> (Result<RawLayer, InputError>, Vec<(&'static str, u64)>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut notices = Notices::default();
        let layer = read_layer(&[path], options, &mut notices, "layer");
        (layer, notices.iter().map(|(_, kind, tally)| (kind.id, tally.count)).collect())
    }

    fn point(layer: &RawLayer, row: usize) -> Option<(f64, f64)> {
        match layer.features[row].geometry {
            Some(Geometry::Point(point)) => Some(point.x_y()),
            _ => None,
        }
    }

    #[test]
    fn quoted_line_breaks_leading_zeros_and_cp932_survive() {
        let text = "名称,code,緯度,経度\r\n\"焼津\r\n駅\",07203,34.8,138.3\r\n";
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(text);
        for bytes in [&bytes[..], text.as_bytes(), &[b"\xef\xbb\xbf", text.as_bytes()].concat()] {
            let (layer, notices) = read("a.csv", bytes, &ReadOptions::default());
            let layer = layer.unwrap();
            assert_eq!(layer.features[0].fields["名称"], "焼津\r\n駅");
            assert_eq!(layer.features[0].fields["code"], "07203");
            assert_eq!(point(&layer, 0), Some((138.3, 34.8)));
            assert_eq!(layer.files[0].crs.as_ref().unwrap().found_in.en, "column names");
            assert_eq!(notices, []);
        }
    }

    #[test]
    fn rows_that_lack_something_are_kept_and_counted() {
        let text = "lon\tlat\tname\n138.3\t34.8\ta\n\t\tb\nx\t34.8\tc\n138.3\t34.8\n";
        let (layer, notices) = read("a.tsv", text.as_bytes(), &ReadOptions::default());
        let layer = layer.unwrap();
        assert_eq!(layer.features.iter().filter(|row| row.geometry.is_some()).count(), 2);
        assert_eq!(layer.features[2].fields["lat"], "34.8");
        assert_eq!(notices, [("rows-of-other-length", 1), ("rows-without-coordinates", 2)]);
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
        let mut text = b"name\na\n\"b".to_vec();
        text.resize(LARGEST_FEATURE + 20, b'x');
        let (layer, _) = read("a.csv", &text, &ReadOptions::default());
        assert!(matches!(layer, Err(InputError::TooLarge { place, .. }) if place.en == "row 2"));
    }

    #[test]
    fn a_table_without_coordinates_is_no_problem() {
        let (layer, notices) = read("peaks.csv", b"name,line,,name\na,b,c,d\n", &ReadOptions::default());
        let names: Vec<_> = layer.unwrap().features[0].fields.keys().cloned().collect();
        assert_eq!(names, ["name", "line", "column_3", "name_2"]);
        assert_eq!(notices, []);
    }

    #[test]
    fn plane_columns_need_a_crs_and_named_columns_must_be_there() {
        let text = b"X,Y\n-15000,-120000\n";
        let plane = ReadOptions { crs: Some("EPSG:6676".to_owned()), ..ReadOptions::default() };
        assert_eq!(point(&read("a.csv", text, &plane).0.unwrap(), 0), Some((-15000.0, -120_000.0)));
        assert_eq!(point(&read("a.csv", text, &ReadOptions::default()).0.unwrap(), 0), None);
        let named = |x: &str| ReadOptions { xy: Some((x.to_owned(), "Y".to_owned())), ..ReadOptions::default() };
        assert!(matches!(read("a.csv", text, &named("X")).0, Err(InputError::PlaneMetresAsDegrees { feature: 1, .. })));
        assert!(matches!(read("a.csv", text, &named("XX")).0, Err(InputError::MissingField { .. })));
        assert!(matches!(
            read("a.csv", b"lat,lon\n138.3,34.8\n", &ReadOptions::default()).0,
            Err(InputError::SwappedAxes { .. })
        ));
    }
}
