//! The frames of a stream: each says how long it is, and what it unpacks to. All of that is compared with the bytes there are before
//! the library believes it. Source: Arrow Columnar Format 1.5, "Encapsulated message format", "IPC Streaming Format".

use arrow_ipc::{Message, RecordBatch, root_as_message};

use crate::inputs::files::largest_unpacked;
use crate::text::Text;

/// What each frame begins with.
const CONTINUED: [u8; 4] = [0xff; 4];

/// The length of what stands before a message: the mark and its length.
const HEAD: usize = 8;

/// A packed buffer of which nothing is packed says this in the place of its length.
const NOT_PACKED: i64 = -1;

/// Whether bytes begin as a stream does: with the frame of a schema.
pub(super) fn begins(bytes: &[u8]) -> bool {
    matches!(frame(bytes), Ok(Frame::Message { message, .. }) if message.header_as_schema().is_some())
}

/// Looks at all frames up to the end of the stream, and says where that is. `packed` is the length of the file, which tells how
/// much it may unpack to.
pub(super) fn check(stream: &[u8], packed: u64) -> Result<usize, Text> {
    let (mut at, mut unpacked) = (0, 0_u64);
    loop {
        match frame(&stream[at..])? {
            Frame::End => return Ok(at + HEAD),
            Frame::Message { message, body, length } => {
                let batch = message.header_as_record_batch();
                let batch = batch.or_else(|| message.header_as_dictionary_batch().and_then(|words| words.data()));
                if let Some(batch) = batch {
                    let bytes = unpacks_to(&batch, body)?;
                    // The least that a row takes is a bit. Without this, a table without columns could have any number of rows.
                    if !u64::try_from(batch.length()).is_ok_and(|rows| rows <= bytes.saturating_mul(8)) {
                        return Err(Text::new(
                            "バイト数に入りきらない行数が書かれています",
                            "it claims to have more rows than its bytes can hold",
                        ));
                    }
                    unpacked = unpacked.saturating_add(bytes);
                }
                if unpacked > largest_unpacked(packed) {
                    return Err(Text::new(
                        "展開すると、大きさに見合わない量になると書かれています",
                        "it claims to unpack to far more than its size accounts for",
                    ));
                }
                at += length;
            }
        }
    }
}

enum Frame<'a> {
    /// The mark that the stream ends.
    End,
    Message {
        message: Message<'a>,
        body: &'a [u8],
        /// Of the frame with its body.
        length: usize,
    },
}

fn frame(bytes: &[u8]) -> Result<Frame<'_>, Text> {
    let cut_short = || {
        Text::new(
            "途中で終わっています（書き手が最後まで書いていません）",
            "it ends before its end mark: whoever wrote it was broken off",
        )
    };
    let wrong = || Text::new("メッセージの区切りに誤りがあります", "its messages do not follow one another");
    let (head, rest) = bytes.split_at_checked(HEAD).ok_or_else(cut_short)?;
    let (mark, length) = head.split_at(CONTINUED.len());
    if *mark != CONTINUED {
        return Err(wrong());
    }
    let length = length.try_into().map(i32::from_le_bytes).ok().and_then(|length| usize::try_from(length).ok());
    let length = length.ok_or_else(wrong)?;
    if length == 0 {
        return Ok(Frame::End);
    }
    let (message, rest) = rest.split_at_checked(length).ok_or_else(cut_short)?;
    let message = root_as_message(message).map_err(|_| wrong())?;
    let body = usize::try_from(message.bodyLength()).map_err(|_| wrong())?;
    let body = rest.get(..body).ok_or_else(cut_short)?;
    Ok(Frame::Message { message, body, length: HEAD + length + body.len() })
}

/// How long the buffers of a batch are together, bytes, as packed ones say that they unpack to.
fn unpacks_to(batch: &RecordBatch<'_>, body: &[u8]) -> Result<u64, Text> {
    let wrong = || Text::new("バッファーの位置に誤りがあります", "a buffer lies outside its message");
    let mut sum = 0_u64;
    for buffer in batch.buffers().into_iter().flatten() {
        let range = |start: i64, length: i64| {
            let start = usize::try_from(start).ok()?;
            body.get(start..start.checked_add(usize::try_from(length).ok()?)?)
        };
        let bytes = range(buffer.offset(), buffer.length()).ok_or_else(wrong)?;
        if batch.compression().is_none() || bytes.is_empty() {
            sum = sum.saturating_add(bytes.len() as u64);
            continue;
        }
        let said = bytes.first_chunk().map(|length| i64::from_le_bytes(*length)).ok_or_else(wrong)?;
        let length = if said == NOT_PACKED { bytes.len() as u64 } else { u64::try_from(said).map_err(|_| wrong())? };
        sum = sum.saturating_add(length);
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Int64Array, RecordBatch, RecordBatchOptions};
    use arrow_ipc::CompressionType;
    use arrow_ipc::writer::{IpcWriteOptions, StreamWriter};
    use arrow_schema::{DataType, Field, Schema};

    use super::*;

    fn stream(packed: bool) -> Vec<u8> {
        let schema = Arc::new(Schema::new(vec![Field::new("a", DataType::Int64, true)]));
        let rows = Int64Array::from(vec![7; 4000]);
        let batch = RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(rows)]).unwrap();
        let packing = packed.then_some(CompressionType::ZSTD);
        let options = IpcWriteOptions::default().try_with_compression(packing).unwrap();
        let mut writer = StreamWriter::try_new_with_options(Vec::new(), &schema, options).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    }

    #[test]
    fn a_stream_is_known_by_its_schema_and_ends_with_its_mark() {
        for bytes in [stream(false), stream(true)] {
            assert!(begins(&bytes));
            let longer = [bytes.as_slice(), b"what follows"].concat();
            assert_eq!(check(&longer, 1 << 30).unwrap(), bytes.len());
            for cut in (0..bytes.len()).step_by(16) {
                assert!(check(&bytes[..cut], 1 << 30).is_err(), "{cut}");
            }
        }
        assert!(!begins(&[0xff; 64]) && !begins(b"") && !begins(b"{\"type\":"));
    }

    #[test]
    fn a_batch_without_columns_cannot_claim_rows_without_end() {
        let schema = Arc::new(Schema::empty());
        let rows = RecordBatchOptions::new().with_row_count(Some(1 << 40));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&schema), Vec::new(), &rows).unwrap();
        let mut writer = StreamWriter::try_new(Vec::new(), &schema).unwrap();
        writer.write(&batch).unwrap();
        let bytes = writer.into_inner().unwrap();
        assert!(check(&bytes, bytes.len() as u64).unwrap_err().en.contains("more rows than"));
    }

    #[test]
    fn a_stream_that_claims_to_unpack_without_end_is_refused() {
        let mut bytes = stream(true);
        let told = 32_000_i64.to_le_bytes();
        let at = memchr::memmem::find(&bytes, &told).unwrap();
        // The count of rows may stand before as the same bytes; the last is the buffer's.
        let at = memchr::memmem::rfind(&bytes, &told).unwrap_or(at);
        bytes[at..at + 8].copy_from_slice(&(1_i64 << 40).to_le_bytes());
        assert!(check(&bytes, bytes.len() as u64).unwrap_err().en.contains("far more than its size"));
    }
}
