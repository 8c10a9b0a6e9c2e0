//! The sizes that the headers of pages claim, checked before anything is unpacked.

use parquet::file::metadata::ColumnChunkMetaData;

use super::thrift;

/// The most bytes that a page may unpack to. Usual are 1 MiB, at most the 100 MB of DuckDB; a value lies in one page.
const MOST_PAGE_BYTES: i64 = 256 << 20;

/// The most values of lists in one page, since a row may have them all.
const MOST_NESTED_VALUES: i64 = 1 << 24;

/// The bytes of a column chunk within the file, where they can be there.
pub(super) fn range(file: usize, chunk: &ColumnChunkMetaData) -> Option<std::ops::Range<usize>> {
    // `byte_range` of the crate panics for what is negative.
    let start = usize::try_from(chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset())).ok()?;
    let end = start.checked_add(usize::try_from(chunk.compressed_size()).ok()?)?;
    (end <= file).then_some(start..end)
}

/// Goes from header to header of a column chunk of `rows` rows: the pages fill it, hold what it says, and unpack to a
/// size that can be had.
pub(super) fn check(file: &[u8], chunk: &ColumnChunkMetaData, rows: i64) -> Result<(), &'static str> {
    let range = range(file.len(), chunk).ok_or("a column lies outside the file")?;
    let mut rest = &file[range];
    let nested = chunk.column_descr().max_rep_level() > 0;
    let mut values = 0_i64;
    // A column may be followed by other bytes, and the crate reads no further than its values go.
    while !rest.is_empty() && values < chunk.num_values() {
        let page = Page::read(rest).ok_or("the header of a page is unreadable")?;
        let packed = usize::try_from(page.packed).ok().filter(|packed| *packed <= rest.len() - page.header);
        let packed = packed.ok_or("a page is longer than its column")?;
        if !(0..=MOST_PAGE_BYTES).contains(&page.unpacked) {
            return Err("a page claims to unpack to more than 256 MiB");
        }
        match page.kind {
            // A value of a dictionary takes a byte at least.
            Kind::Dictionary(count) if (0..=page.unpacked).contains(&count) => {}
            Kind::Data(count) if count >= 0 && (!nested || count <= MOST_NESTED_VALUES) => {
                values = values.saturating_add(count);
            }
            Kind::Other => {}
            Kind::Dictionary(_) | Kind::Data(_) => return Err("a page claims more values than it can hold"),
        }
        rest = &rest[page.header + packed..];
    }
    if values != chunk.num_values() || (!nested && values != rows) {
        return Err("a column has not as many values as it says");
    }
    Ok(())
}

/// What the header of a page says.
struct Page {
    /// The length of the header itself.
    header: usize,
    packed: i64,
    unpacked: i64,
    kind: Kind,
}

/// What is in a page, with the number of values.
enum Kind {
    Dictionary(i64),
    Data(i64),
    Other,
}

impl Page {
    /// Reads a `PageHeader` of parquet.thrift.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut page = Self { header: 0, packed: -1, unpacked: -1, kind: Kind::Other };
        page.header = thrift::walk(bytes, &mut |path, number| match path {
            [2] => page.unpacked = number,
            [3] => page.packed = number,
            [5 | 8, 1] => page.kind = Kind::Data(number),
            [7, 1] => page.kind = Kind::Dictionary(number),
            _ => {}
        })?;
        Some(page)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::schema::parser::parse_message_type;
    use parquet::schema::types::SchemaDescriptor;

    use super::*;

    /// The header of a data page of the first version, or of a dictionary, with small numbers.
    fn page(is_dictionary: bool, unpacked: u32, packed: u8, values: u8) -> Vec<u8> {
        let (kind, field) = if is_dictionary { (2, 0x4c) } else { (0, 0x2c) };
        let mut bytes = vec![0x15, kind << 1, 0x15];
        let mut rest = unpacked << 1;
        while rest > 127 {
            bytes.push((rest & 127 | 128) as u8);
            rest >>= 7;
        }
        bytes.extend([rest as u8, 0x15, packed << 1, field, 0x15, values << 1, 0, 0]);
        bytes.extend(vec![7; packed.into()]);
        bytes
    }

    fn checked(pages: &[Vec<u8>], values: i64, length: i64) -> Result<(), &'static str> {
        let schema = Arc::new(parse_message_type("message m { required binary a; }").unwrap());
        let column = SchemaDescriptor::new(schema).column(0);
        let chunk = ColumnChunkMetaData::builder(column)
            .set_data_page_offset(4)
            .set_total_compressed_size(length)
            .set_num_values(values)
            .build()
            .unwrap();
        check(&[b"PAR1", &pages.concat()[..]].concat(), &chunk, values)
    }

    fn result(pages: &[Vec<u8>], values: i64) -> Result<(), &'static str> {
        checked(pages, values, i64::try_from(pages.concat().len()).unwrap())
    }

    #[test]
    fn pages_that_add_up_pass() {
        assert_eq!(result(&[page(true, 40, 20, 3), page(false, 10, 5, 30), page(false, 10, 5, 12)], 42), Ok(()));
        assert_eq!(result(&[], 0), Ok(()));
    }

    #[test]
    fn claims_that_do_not_fit_are_refused() {
        let good = page(false, 10, 5, 30);
        for (refused, why) in [
            (result(&[page(false, 300 << 20, 5, 30)], 30), "256 MiB"),
            (result(&[page(true, 2, 2, 3), good.clone()], 30), "more values"),
            (result(std::slice::from_ref(&good), 31), "as it says"),
            (result(&[good[..good.len() - 1].to_vec()], 30), "longer"),
            (result(&[vec![0xff; 30]], 30), "unreadable"),
            (checked(std::slice::from_ref(&good), 30, 1000), "outside"),
            (checked(&[good], 30, -1), "outside"),
        ] {
            assert!(refused.is_err_and(|found| found.contains(why)), "{why}: {refused:?}");
        }
    }
}
