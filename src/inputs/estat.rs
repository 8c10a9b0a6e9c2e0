//! Statistics tables of e-Stat (政府統計の総合窓口) as they are downloaded: two header rows, the first with
//! the columns' codes, the second with their labels; CP932; no geometry, since a mesh code is its shape.

use std::collections::BTreeMap;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::format::{FeatureTable, Format, Input, Reporter};
use super::text::{self, Said};
use super::{InputError, RawFeature, ReadOptions, csv as rows};
use crate::text::Text;

pub(super) const FORMAT: Format =
    Format { name: &NAME, extensions: &["txt", "csv"], recognise, read, open_parcels: None };

static NAME: Text = Text::new("e-Statの統計表", "e-Stat table");

/// The first column of every such table: the code of a mesh (地域メッシュ) or of a small area (小地域).
const FIRST_COLUMN: &[u8] = b"KEY_CODE";

fn recognise(input: &Input<'_>) -> bool {
    let head = text::beginning(&input.bytes);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    let head = head.strip_prefix(b"\"").unwrap_or(head);
    let Some(rest) = head.strip_prefix(FIRST_COLUMN) else { return false };
    // The second row labels no code: it begins with an empty cell. Without it, it is a plain table.
    let second = rest.iter().position(|&byte| byte == b'\n').map_or(&[][..], |end| &rest[end + 1..]);
    [&b","[..], b"\"\",", b"\t"].iter().any(|start| second.starts_with(start))
}

fn read(input: &Input<'_>, _: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let text = text::decode(&input.path, &input.bytes, input.options.encoding.as_deref().map(Said::Demanded))?;
    rows::check_rows(&input.path, text.text.as_bytes())?;
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
    let labels: BTreeMap<String, String> = labels.collect();
    // Some fifty columns by ten thousand rows: fields that nobody asks for take longer to make than the text to read.
    let kept: Vec<(usize, &String)> =
        names.iter().enumerate().filter(|(_, name)| is_wanted(input.options, name, labels.get(*name))).collect();
    // Columns without a name at the end are no more than the last commas of the head.
    let least = names.iter().rposition(|name| !name.starts_with("column_")).map_or(0, |last| last + 1);
    let mut features = Vec::new();
    for (index, record) in records.enumerate() {
        let number = index + 1;
        let record = record.map_err(|error| rows::table_error(input, number, &error))?;
        if rows::is_blank(&record) {
            continue;
        }
        if record.len() < least || rows::has_cells_too_many(&record, names.len()) {
            let problem = Text::new("セルの数が列の数と合いません", "it has not as many cells as there are columns");
            return Err(InputError::Table { path: input.path.clone(), row: number, problem });
        }
        let cell =
            |&(column, name): &(usize, &String)| Some((name.clone(), Value::String(record.get(column)?.to_owned())));
        features.push(RawFeature { number, file: 0, geometry: None, fields: kept.iter().filter_map(cell).collect() });
    }
    Ok(FeatureTable { features, encoding: Some(text.encoding), labels, ..FeatureTable::default() })
}

fn is_wanted(options: &ReadOptions, name: &String, label: Option<&String>) -> bool {
    match (&options.columns, label) {
        (Some(wanted), Some(label)) => wanted.named.contains(name) || (wanted.labelled)(label),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::inputs::{ReadOptions, WantedColumns, read_layer};
    use crate::notices::Notices;

    #[test]
    fn two_header_rows_give_names_and_labels_and_suppressed_cells_stay() {
        let text = "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001101001\r\n,,,,　人口（総数）\r\n513775983,2,513775984,,*\r\n";
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(text);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tblT001101H22.txt");
        std::fs::write(&path, bytes).unwrap();
        let layer = read_layer(&[path], &ReadOptions::default(), &mut Notices::default(), "census").unwrap();
        assert_eq!(layer.files[0].format.en, "e-Stat table");
        assert_eq!(layer.features.len(), 1);
        assert_eq!(layer.features[0].fields["T001101001"], "*");
        assert_eq!(layer.labels["T001101001"], "人口(総数)");
        assert!(!layer.labels.contains_key("KEY_CODE"));
    }

    #[test]
    fn columns_that_nobody_asks_for_are_passed_over_and_their_labels_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tblT001082C22.txt");
        std::fs::write(&path, "KEY_CODE,HYOSYO,T1,T2,T3\n,,男,総数６５歳以上,女\n22212,1,1,2,3\n").unwrap();
        let columns = WantedColumns { named: vec!["T3".to_owned()], labelled: |label| label.contains("65歳以上") };
        let options = ReadOptions { columns: Some(columns), ..ReadOptions::default() };
        let layer = read_layer(&[path], &options, &mut Notices::default(), "census").unwrap();
        let names: Vec<_> = layer.features[0].fields.keys().cloned().collect();
        assert_eq!(names, ["KEY_CODE", "HYOSYO", "T2", "T3"]);
        assert_eq!(layer.labels.len(), 3);
    }

    #[test]
    fn a_table_of_one_header_row_is_left_to_the_plain_reader() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "KEY_CODE,pop\n5137,1\n").unwrap();
        let layer = read_layer(&[path], &ReadOptions::default(), &mut Notices::default(), "census").unwrap();
        assert_eq!((layer.files[0].format.en.as_ref(), layer.features.len()), ("CSV", 1));
    }
}
