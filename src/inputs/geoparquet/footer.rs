//! The footer of a Parquet file, checked before the parquet crate reads it.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};

use super::{pages, thrift};

/// At both ends of a file.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// In its place where the footer is encrypted.
pub(super) const ENCRYPTED: &[u8] = b"PARE";

/// The most columns, those within structs and lists included.
const MOST_COLUMNS: i64 = 4096;

/// The most rows a byte of the file; where every row has the same values, a few bytes say so of very many.
const MOST_ROWS_A_BYTE: usize = 1 << 16;

/// Reads what the file says of itself. The error says what does not add up.
pub(super) fn read(file: &[u8]) -> Result<Arc<ParquetMetaData>, String> {
    let footer = bytes(file)?;
    let mut columns = 0;
    let walked = thrift::walk(footer, &mut |path, number| {
        if path == [2] {
            columns = number;
        }
    });
    if walked.is_none() {
        return Err("its footer is unreadable".to_owned());
    }
    if columns > MOST_COLUMNS {
        return Err(format!("it claims to have {columns} columns"));
    }
    let metadata = ParquetMetaDataReader::decode_metadata(footer).map_err(|error| error.to_string())?;
    check_rows(file, &metadata)?;
    Ok(Arc::new(metadata))
}

fn bytes(file: &[u8]) -> Result<&[u8], &'static str> {
    let body = file.get(MAGIC.len()..).unwrap_or_default();
    let (body, end) = body.split_last_chunk::<8>().ok_or("it is too short to have a footer")?;
    let (length, magic) = end.split_at(4);
    if magic == ENCRYPTED {
        return Err("its footer is encrypted");
    }
    if magic != MAGIC {
        return Err("its end, where the footer stands, is missing");
    }
    let length = length.iter().rev().fold(0, |length, &byte| length << 8 | usize::from(byte));
    let start = body.len().checked_sub(length).ok_or("its footer is longer than the file")?;
    Ok(&body[start..])
}

/// Whether the numbers of rows agree and are possible.
fn check_rows(file: &[u8], metadata: &ParquetMetaData) -> Result<(), &'static str> {
    let mut rows = 0_usize;
    for group in metadata.row_groups() {
        let of_group = usize::try_from(group.num_rows()).map_err(|_| "it has less than no rows")?;
        rows = rows.saturating_add(of_group);
    }
    if i64::try_from(rows) != Ok(metadata.file_metadata().num_rows()) {
        return Err("its row groups have not as many rows as the file");
    }
    if rows / MOST_ROWS_A_BYTE > file.len() {
        return Err("it claims more rows than its bytes can hold");
    }
    Ok(())
}

/// How columns are packed that are not read: in ways that this build does not unpack, and in LZ4 of the older kind, which
/// the crate unpacks without a look at what it claims.
pub(super) fn strange_packing(metadata: &ParquetMetaData) -> Option<&'static str> {
    let mut chunks = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns);
    chunks.find_map(|chunk| match chunk.compression() {
        Compression::LZ4 => Some("LZ4 in frames"),
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZO => Some("LZO"),
        _ => None,
    })
}

/// Checks the pages of those columns in all row groups; `wanted` is asked for a column's index at the top level.
pub(super) fn check_pages(
    file: &[u8],
    metadata: &ParquetMetaData,
    wanted: impl Fn(usize) -> bool,
) -> Result<(), &'static str> {
    let schema = metadata.file_metadata().schema_descr();
    for group in metadata.row_groups() {
        for (leaf, chunk) in group.columns().iter().enumerate() {
            if wanted(schema.get_column_root_idx(leaf)) {
                pages::check(file, chunk, group.num_rows())?;
            }
        }
    }
    Ok(())
}
