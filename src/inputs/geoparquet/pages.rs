//! The sizes that the headers of pages claim, checked before anything is unpacked.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use parquet::basic::Compression;
use parquet::file::metadata::ColumnChunkMetaData;

use super::thrift;
use crate::text::Text;

/// The most bytes that a page may unpack to. Usual are 1 MiB, at most the 100 MB of DuckDB; a value lies in one page.
const MOST_PAGE_BYTES: i64 = 256 << 20;

/// The most values of lists in one page, since a row may have them all.
const MOST_NESTED_VALUES: i64 = 1 << 24;

const OUTSIDE: Text = Text::new("列がファイルの外にあります", "a column lies outside the file");

const NO_HEADER: Text = Text::new("ページのヘッダーを読めません", "the header of a page is unreadable");

const TOO_LONG: Text = Text::new("ページが列より長くなっています", "a page is longer than its column");

const TOO_LARGE: Text =
    Text::new("展開すると256 MiBを超えるページがあります", "a page claims to unpack to more than 256 MiB");

const LARGER_THAN_SAID: Text =
    Text::new("展開すると、書かれた大きさを超えるページがあります", "a page unpacks to more than it claims");

const TOO_MANY_VALUES: Text =
    Text::new("収まらない数の値があると書かれたページがあります", "a page claims more values than it can hold");

const OTHER_COUNT: Text =
    Text::new("列の値の数が、書かれた数と合いません", "a column has not as many values as it says");

/// The bytes of a column chunk within the file, where they can be there.
pub(super) fn range(file: usize, chunk: &ColumnChunkMetaData) -> Option<std::ops::Range<usize>> {
    // `byte_range` of the crate panics for what is negative.
    let start = usize::try_from(chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset())).ok()?;
    let end = start.checked_add(usize::try_from(chunk.compressed_size()).ok()?)?;
    (end <= file).then_some(start..end)
}

/// Goes from header to header of a column chunk of `rows` rows: the pages fill it, hold what it says, and unpack to a
/// size that can be had.
pub(super) fn check(file: &[u8], chunk: &ColumnChunkMetaData, rows: i64) -> Result<(), Text> {
    let range = range(file.len(), chunk).ok_or(OUTSIDE)?;
    let mut rest = &file[range];
    let nested = chunk.column_descr().max_rep_level() > 0;
    // The crate unpacks gzip without a look at what it claims.
    let is_gzip = matches!(chunk.compression(), Compression::GZIP(_));
    let mut values = 0_i64;
    // A column may be followed by other bytes, and the crate reads no further than its values go.
    while !rest.is_empty() && values < chunk.num_values() {
        let page = Page::read(rest).ok_or(NO_HEADER)?;
        let packed = usize::try_from(page.packed).ok().filter(|packed| *packed <= rest.len() - page.header);
        let packed = packed.ok_or(TOO_LONG)?;
        if !(0..=MOST_PAGE_BYTES).contains(&page.unpacked) {
            return Err(TOO_LARGE);
        }
        let content = &rest[page.header..page.header + packed];
        if is_gzip && !unpacks_within(content.get(page.levels..).unwrap_or_default(), page.unpacked as u64) {
            return Err(LARGER_THAN_SAID);
        }
        match page.kind {
            // A value of a dictionary takes a byte at least.
            PageKind::Dictionary(count) if (0..=page.unpacked).contains(&count) => {}
            PageKind::Data(count) if count >= 0 && (!nested || count <= MOST_NESTED_VALUES) => {
                values = values.saturating_add(count);
            }
            PageKind::Other => {}
            PageKind::Dictionary(_) | PageKind::Data(_) => return Err(TOO_MANY_VALUES),
        }
        rest = &rest[page.header + packed..];
    }
    if values != chunk.num_values() || (!nested && values != rows) {
        return Err(OTHER_COUNT);
    }
    Ok(())
}

/// Whether gzip unpacks to no more than `claim` bytes. What is no gzip, or damaged, is for the crate to tell.
fn unpacks_within(packed: &[u8], claim: u64) -> bool {
    if !packed.starts_with(&[0x1f, 0x8b]) {
        return true;
    }
    let mut unpacked = MultiGzDecoder::new(packed).take(claim + 1);
    io::copy(&mut unpacked, &mut io::sink()).is_ok_and(|length| length <= claim) || unpacked.limit() > 0
}

/// What the header of a page says.
struct Page {
    /// The length of the header itself.
    header: usize,
    packed: i64,
    unpacked: i64,
    /// The bytes of levels that stand before what is packed, in pages of the second version.
    levels: usize,
    kind: PageKind,
}

/// What is in a page, with the number of values.
enum PageKind {
    Dictionary(i64),
    Data(i64),
    Other,
}

impl Page {
    /// Reads a `PageHeader` of parquet.thrift.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut page = Self { header: 0, packed: -1, unpacked: -1, levels: 0, kind: PageKind::Other };
        page.header = thrift::walk(bytes, &mut |path, number| match path {
            [2] => page.unpacked = number,
            [3] => page.packed = number,
            [5 | 8, 1] => page.kind = PageKind::Data(number),
            [7, 1] => page.kind = PageKind::Dictionary(number),
            [8, 5 | 6] => page.levels = page.levels.saturating_add(usize::try_from(number).unwrap_or(0)),
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

    fn checked(pages: &[Vec<u8>], values: i64, length: i64) -> Result<(), Text> {
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

    fn result(pages: &[Vec<u8>], values: i64) -> Result<(), Text> {
        checked(pages, values, i64::try_from(pages.concat().len()).unwrap())
    }

    #[test]
    fn pages_that_add_up_pass() {
        assert_eq!(result(&[page(true, 40, 20, 3), page(false, 10, 5, 30), page(false, 10, 5, 12)], 42), Ok(()));
        assert_eq!(result(&[], 0), Ok(()));
    }

    #[test]
    fn a_page_of_gzip_that_would_fill_the_memory_is_seen() {
        let gzip = |size: usize| {
            let mut encoder =
                flate2::read::GzEncoder::new(io::repeat(7).take(size as u64), flate2::Compression::best());
            let mut packed = Vec::new();
            encoder.read_to_end(&mut packed).unwrap();
            packed
        };
        let packed = gzip(100_000);
        assert!(unpacks_within(&packed, 100_000));
        assert!(!unpacks_within(&packed, 99_999));
        assert!(!unpacks_within(&gzip(10 << 20), 100));
        assert!(unpacks_within(&packed[..packed.len() - 9], 100_000) && unpacks_within(b"no gzip", 1));
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
            assert!(refused.as_ref().is_err_and(|found| found.en.contains(why)), "{why}: {refused:?}");
        }
    }
}
