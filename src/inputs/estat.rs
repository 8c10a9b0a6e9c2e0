//! Statistics tables of e-Stat (政府統計の総合窓口) as they are downloaded: two header rows, the first with
//! the columns' codes, the second with their labels; CP932; no geometry, since a mesh code is its shape.

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
    let mut features = Vec::new();
    for (place, record) in records.enumerate() {
        let record = record.map_err(|error| rows::table_error(input, place + 1, &error))?;
        features.push(RawFeature {
            number: place + 1,
            file: 0,
            geometry: None,
            fields: rows::row_fields(&names, &record),
        });
    }
    Ok(Table { features, encoding: Some(text.encoding), labels, ..Table::default() })
}
