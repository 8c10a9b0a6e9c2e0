//! The footer of a Parquet file, checked before the parquet crate reads it.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};

use super::{pages, thrift};
use crate::inputs::foreign;
use crate::text::Text;

/// At both ends of a file.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// In its place where the footer is encrypted.
pub(super) const ENCRYPTED: &[u8] = b"PARE";

/// The most columns, those within structs and lists included.
const MOST_COLUMNS: i64 = 4096;

/// The most rows a byte of the file; where every row has the same values, a few bytes say so of very many.
const MOST_ROWS_A_BYTE: usize = 1 << 16;

/// Reads what the file says of itself. The error says what does not add up.
pub(super) fn read(file: &[u8]) -> Result<Arc<ParquetMetaData>, Text> {
    let footer = bytes(file)?;
    let mut columns = 0;
    let walked = thrift::walk(footer, &mut |path, number| {
        if path == [2] {
            columns = number;
        }
    });
    if walked.is_none() {
        return Err(Text::new("フッターを読めません", "its footer is unreadable"));
    }
    if columns > MOST_COLUMNS {
        return Err(text!("列が{columns}個あると書かれています", "it claims to have {columns} columns"));
    }
    let metadata = ParquetMetaDataReader::decode_metadata(footer)
        .map_err(|error| foreign("フッターの内容に誤りがあります", &error))?;
    check_rows(file, &metadata)?;
    Ok(Arc::new(metadata))
}

fn bytes(file: &[u8]) -> Result<&[u8], Text> {
    let body = file.get(MAGIC.len()..).unwrap_or_default();
    let too_short = || Text::new("短すぎてフッターがありません", "it is too short to have a footer");
    let (body, end) = body.split_last_chunk::<8>().ok_or_else(too_short)?;
    let (length, magic) = end.split_at(4);
    if magic == ENCRYPTED {
        return Err(Text::new("フッターが暗号化されています", "its footer is encrypted"));
    }
    if magic != MAGIC {
        return Err(Text::new("フッターのある末尾がありません", "its end, where the footer stands, is missing"));
    }
    let length = length.iter().rev().fold(0, |length, &byte| length << 8 | usize::from(byte));
    let too_long = || Text::new("フッターがファイルより長いと書かれています", "its footer is longer than the file");
    let start = body.len().checked_sub(length).ok_or_else(too_long)?;
    Ok(&body[start..])
}

/// Whether the numbers of rows agree and are possible.
fn check_rows(file: &[u8], metadata: &ParquetMetaData) -> Result<(), Text> {
    let negative = || Text::new("行の数が負です", "it has less than no rows");
    let mut rows = 0_usize;
    for group in metadata.row_groups() {
        let of_group = usize::try_from(group.num_rows()).map_err(|_| negative())?;
        rows = rows.saturating_add(of_group);
    }
    if i64::try_from(rows) != Ok(metadata.file_metadata().num_rows()) {
        return Err(Text::new(
            "行グループの行の数の合計が、ファイルの行の数と合いません",
            "its row groups have not as many rows as the file",
        ));
    }
    if rows / MOST_ROWS_A_BYTE > file.len() {
        return Err(Text::new(
            "ファイルに収まらない数の行があると書かれています",
            "it claims more rows than its bytes can hold",
        ));
    }
    Ok(())
}

/// How columns are packed that are not read: in ways that this build does not unpack, and in LZ4 of the older kind, which
/// the crate unpacks without a look at what it claims.
pub(super) fn strange_packing(metadata: &ParquetMetaData) -> Option<&'static Text> {
    let mut chunks = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns);
    chunks.find_map(|chunk| match chunk.compression() {
        Compression::LZ4 => Some(words!("フレーム形式のLZ4", "LZ4 in frames")),
        Compression::BROTLI(_) => Some(words!("Brotli")),
        Compression::LZO => Some(words!("LZO")),
        _ => None,
    })
}

/// Checks the pages of those columns in all row groups; `wanted` is asked for a column's index at the top level.
pub(super) fn check_pages(file: &[u8], metadata: &ParquetMetaData, wanted: impl Fn(usize) -> bool) -> Result<(), Text> {
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
