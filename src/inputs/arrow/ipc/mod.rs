//! Arrow's IPC: the stream that programs hand one another, and the file that Feather has become. Both are the table in memory that
//! [`ArrowTable`] is, so that nothing is read of them twice; rows are taken where they lie.
//!
//! A file is a stream with a table of contents behind it, which is not needed.

mod framing;
mod geopandas;

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::reader::StreamDecoder;
use arrow_schema::ArrowError;

use super::{ArrowTable, layer, parcels};
use crate::diagnostics::guard::guarded;
use crate::inputs::files::Bytes;
use crate::inputs::format::{About, FeatureTable, Format, Input, Reporter};
use crate::inputs::parcels::ParcelFile;
use crate::inputs::{InputError, foreign};
use crate::text::Text;

pub(in crate::inputs) const FORMAT: Format = Format {
    name: words!("Arrow IPC"),
    extensions: &["arrow", "arrows", "feather"],
    recognise,
    read,
    open_parcels: Some(open_parcels),
};

/// What a file begins with; its stream follows after two bytes that fill up to eight.
const MAGIC: &[u8] = b"ARROW1";
const HEAD_OF_FILE: usize = 8;

fn recognise(input: &Input<'_>) -> bool {
    input.bytes.starts_with(MAGIC) || framing::begins(&input.bytes)
}

fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    layer::read(&table(input)?, reporter)
}

fn open_parcels(
    input: &Input<'_>,
    id_field: Option<&str>,
    reporter: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    let table = table(input)?;
    let told = table.source();
    let about = About { crs: told.crs, encoding: told.encoding, features: told.features };
    parcels::open_as(&table, input.source(&FORMAT, about), id_field, reporter)
}

/// The bytes of a file, lent to arrays.
struct Lent(Arc<Bytes>);

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

fn table(input: &Input<'_>) -> Result<ArrowTable, InputError> {
    let damaged = |problem| InputError::Damaged { path: input.path.clone(), problem };
    let start = if input.bytes.starts_with(MAGIC) { HEAD_OF_FILE } else { 0 };
    let stream = input.bytes.get(start..).unwrap_or_default();
    let end = start + framing::check(stream, input.bytes.len() as u64).map_err(damaged)?;
    let lent = bytes::Bytes::from_owner(Lent(Arc::clone(&input.bytes)));
    let stream = Buffer::from(lent).slice_with_length(start, end - start);
    // What the frames of a stream say is checked; what lies in them, the library finds out, and may panic.
    let unreadable = Text::new("配列の内容に誤りがあります", "its arrays do not add up");
    let (decoder, batches) = guarded(&unreadable, || decoded(stream))
        .and_then(|decoded| decoded.map_err(|error| foreign("配列の内容に誤りがあります", &error)))
        .map_err(damaged)?;
    let without_schema = || damaged(Text::new("列の定義がありません", "it has no schema"));
    let schema = decoder.schema().ok_or_else(without_schema)?;
    let (schema, batches) = geopandas::described(schema, batches).map_err(damaged)?;
    ArrowTable::new(&input.path.to_string_lossy(), schema, batches, None)
}

fn decoded(mut stream: Buffer) -> Result<(StreamDecoder, Vec<RecordBatch>), ArrowError> {
    let (mut decoder, mut batches) = (StreamDecoder::new(), Vec::new());
    while let Some(batch) = decoder.decode(&mut stream)? {
        batches.push(batch);
    }
    decoder.finish()?;
    Ok((decoder, batches))
}
