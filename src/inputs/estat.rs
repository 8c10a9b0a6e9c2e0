//! Statistics tables of e-Stat (政府統計の総合窓口) as they are downloaded: two header rows, the first with
//! the columns' codes, the second with their labels; CP932; no geometry, since a mesh code is its shape.

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::format::{Format, Input, Reporter, Table};
use super::text::{self, Said};
use super::{InputError, RawFeature, csv as rows};

pub(super) const FORMAT: Format =
    Format { name: "e-Stat table", extensions: &["txt", "csv"], recognise, read, open_parcels: None };

/// The first column of every such table: the code of a mesh (地域メッシュ) or of a small area (小地域).
const FIRST_COLUMN: &[u8] = b"KEY_CODE";

fn recognise(input: &Input<'_>) -> bool {
    let head = input.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&input.bytes);
    let head = head.strip_prefix(b"\"").unwrap_or(head);
    let Some(rest) = head.strip_prefix(FIRST_COLUMN) else { return false };
    // The second row labels no code: it begins with an empty cell. Without it, it is a plain table.
    let second = rest.iter().position(|&byte| byte == b'\n').map_or(&[][..], |end| &rest[end + 1..]);
    second.starts_with(b",") || second.starts_with(b"\"\",")
}

fn read(input: &Input<'_>, _: &mut Reporter<'_>) -> Result<Table, InputError> {
    let text = text::decode(&input.path, &input.bytes, input.options.encoding.as_deref().map(Said::Demanded))?;
    let mut reader = rows::reader(&text.text);
    let mut records = reader.records();
    let mut header_row = || records.next().transpose().map_err(|error| rows::table_error(input, 0, &error));
    let names = rows::column_names(&header_row()?.unwrap_or_default());
    let labels = header_row()?.unwrap_or_default();
    let labels = names.iter().zip(&labels).filter_map(|(name, label)| {
        let label: String = label.nfkc().collect();
        let label = label.trim();
        (!label.is_empty()).then(|| (name.clone(), label.to_owned()))
    });
    let labels = labels.collect();
    let mut cells = Vec::new();
    for (place, record) in records.enumerate() {
        cells.push(record.map_err(|error| rows::table_error(input, place + 1, &error))?);
    }
    // Some fifty columns by ten thousand rows: making the fields takes longer than reading the text.
    let feature =
        |(place, row)| RawFeature { number: place + 1, file: 0, geometry: None, fields: rows::row_fields(&names, row) };
    let features = cells.par_iter().enumerate().map(feature).collect();
    Ok(Table { features, encoding: Some(text.encoding), labels, ..Table::default() })
}

#[cfg(test)]
mod tests {
    use crate::inputs::{ReadOptions, read_layer};
    use crate::notices::Notices;

    #[test]
    fn two_header_rows_give_names_and_labels_and_suppressed_cells_stay() {
        let text = "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001101001\r\n,,,,　人口（総数）\r\n513775983,2,513775984,,*\r\n";
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(text);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tblT001101H22.txt");
        std::fs::write(&path, bytes).unwrap();
        let layer = read_layer(&[path], &ReadOptions::default(), &mut Notices::default(), "census").unwrap();
        assert_eq!(layer.files[0].format, "e-Stat table");
        assert_eq!(layer.features.len(), 1);
        assert_eq!(layer.features[0].fields["T001101001"], "*");
        assert_eq!(layer.labels["T001101001"], "人口(総数)");
        assert!(!layer.labels.contains_key("KEY_CODE"));
    }

    #[test]
    fn a_table_of_one_header_row_is_left_to_the_plain_reader() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "KEY_CODE,pop\n5137,1\n").unwrap();
        let layer = read_layer(&[path], &ReadOptions::default(), &mut Notices::default(), "census").unwrap();
        assert_eq!((layer.files[0].format, layer.features.len()), ("CSV", 1));
    }
}
