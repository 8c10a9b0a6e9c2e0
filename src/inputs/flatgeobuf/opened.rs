//! A FlatGeobuf file opened: what its header says, and where its features lie.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use flatbuffers::VerifierOptions;
use flatgeobuf::{Feature, GeometryType, Header};

use super::properties::{FgbColumn, columns};
use super::{Fault, MAGIC_LENGTH};
use crate::inputs::files::Bytes;
use crate::inputs::format::Input;
use crate::inputs::parcels::Chunk;
use crate::inputs::{DeclaredCrs, InputError};

/// How large a table may be. A feature of sixteen million points is no parcel and no district; a length like that is
/// damage, or meant to harm.
const MAX_TABLE: usize = 256 << 20;

/// The bytes of a length in front of a table.
const PREFIX: usize = 4;

/// The bytes of a node of the index: a box and an offset.
const NODE: usize = 40;

const NO_HEADER: Fault =
    Fault::Damaged(words!("ヘッダーがFlatBuffersの表ではありません", "its header is no FlatBuffers table"));

const NO_TABLE: Fault = Fault::Damaged(words!("FlatBuffersの表ではありません", "it is no FlatBuffers table"));

const ENDS_BEFORE: Fault = Fault::Damaged(words!("その手前でファイルが終わっています", "the file ends before it"));

const TOO_LARGE: Fault =
    Fault::Damaged(words!("大きさが256 MiBを超えると書かれています", "it says that it is larger than 256 MiB"));

const PAST_THE_END: Fault =
    Fault::Damaged(words!("ファイルの終わりを越えています", "it reaches past the end of the file"));

const NO_ROOM: Fault = Fault::Damaged(words!("索引がファイルに収まりません", "its index does not fit into the file"));

const NO_TREE: Fault = Fault::Damaged(words!(
    "索引の節に枠が1つずつしかありません",
    "its index has nodes of one box, which none can have",
));

const MORE_FOLLOWS: Fault = Fault::Damaged(words!(
    "ヘッダーに書かれた数の地物の後に、まだ続きがあります",
    "more follows after as many features as the header counts",
));

/// A file whose features are located, not yet read.
#[derive(Debug)]
pub(super) struct Opened {
    path: PathBuf,
    bytes: Arc<Bytes>,
    /// What all geometries are; `Unknown` where each says it for itself.
    pub(super) kind: GeometryType,
    /// The columns of all features; empty where each has its own.
    pub(super) columns: Vec<FgbColumn>,
    pub(super) crs: Option<DeclaredCrs>,
    pub(super) chunks: Vec<Chunk>,
}

impl Opened {
    /// Reads the header and steps from length to length through the features.
    pub(super) fn new(input: &Input<'_>) -> Result<Self, InputError> {
        let in_header = |fault: Fault| fault.at(&input.path, 0);
        let bytes = &input.bytes;
        let end = table_end(bytes, MAGIC_LENGTH).map_err(in_header)?;
        let header = &bytes[MAGIC_LENGTH..end];
        let header = flatgeobuf::size_prefixed_root_as_header_with_opts(&limits(header), header)
            .map_err(|_| in_header(NO_HEADER))?;
        let (first, count) = after_index(&header, end, bytes.len()).map_err(in_header)?;
        let chunks = walk(&input.path, bytes, first, count)?;
        Ok(Self {
            path: input.path.clone(),
            bytes: Arc::clone(bytes),
            kind: header.geometry_type(),
            columns: header.columns().map(|all| columns(&all)).unwrap_or_default(),
            crs: header.crs().and_then(|crs| declared(&crs)),
            chunks,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| last.first + last.features)
    }

    /// Hands every feature of a chunk to `take`, verified; then the system may drop the chunk from memory.
    pub(super) fn read<'a>(
        &'a self,
        chunk: &Chunk,
        mut take: impl FnMut(&Feature<'a>) -> Result<(), Fault>,
    ) -> Result<(), InputError> {
        let mut start = chunk.bytes.start;
        for feature_index in 0..chunk.features {
            let next = table_end(&self.bytes, start).and_then(|end| {
                take(&verified(&self.bytes[start..end])?)?;
                Ok(end)
            });
            start = next.map_err(|fault| fault.at(&self.path, chunk.first + feature_index + 1))?;
        }
        self.bytes.release(chunk.bytes.clone());
        Ok(())
    }
}

fn verified(table: &[u8]) -> Result<Feature<'_>, Fault> {
    flatgeobuf::size_prefixed_root_as_feature_with_opts(&limits(table), table).map_err(|_| NO_TABLE)
}

/// Tables may share their parts, so that a small one could stand for billions of points. Writers share no more than
/// what describes the layout of a table, so little that four times its own size is ample.
fn limits(table: &[u8]) -> VerifierOptions {
    VerifierOptions { max_apparent_size: 4 * table.len() + 1024, max_tables: table.len(), ..VerifierOptions::default() }
}

/// Where the table ends whose length stands at `start`.
fn table_end(bytes: &[u8], start: usize) -> Result<usize, Fault> {
    let prefix = bytes.get(start..).and_then(<[u8]>::first_chunk::<PREFIX>);
    let length = u32::from_le_bytes(*prefix.ok_or(ENDS_BEFORE)?) as usize;
    if length > MAX_TABLE {
        return Err(TOO_LARGE);
    }
    let end = start + PREFIX + length;
    if end > bytes.len() { Err(PAST_THE_END) } else { Ok(end) }
}

/// Where the features begin, after the index if there is one, and how many there are; `None`: the header does not say.
fn after_index(header: &Header<'_>, start: usize, length: usize) -> Result<(usize, Option<usize>), Fault> {
    let count = usize::try_from(header.features_count()).map_err(|_| NO_ROOM)?;
    let fan_out = usize::from(header.index_node_size());
    if count == 0 || fan_out == 0 {
        return Ok((start, Some(count).filter(|&count| count > 0)));
    }
    if fan_out == 1 {
        return Err(NO_TREE);
    }
    if count > (length - start) / NODE {
        return Err(NO_ROOM); // also keeps what follows from overflowing
    }
    let (mut level, mut nodes) = (count, count);
    while level > 1 {
        level = level.div_ceil(fan_out);
        nodes += level;
    }
    // The tree of one box has a root above it.
    let nodes = if count == 1 { 2 } else { nodes };
    let end = start + nodes * NODE;
    if end > length { Err(NO_ROOM) } else { Ok((end, Some(count))) }
}

/// Steps from length to length and cuts what it passes into chunks.
fn walk(path: &Path, bytes: &Bytes, mut start: usize, count: Option<usize>) -> Result<Vec<Chunk>, InputError> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut found = 0;
    while count.map_or(start < bytes.len(), |count| found < count) {
        let end = table_end(bytes, start).map_err(|fault| fault.at(path, found + 1))?;
        match chunks.last_mut() {
            Some(chunk) if chunk.has_room() => chunk.extend_to(end),
            last => {
                if let Some(done) = last {
                    bytes.release(done.bytes.clone());
                }
                chunks.push(Chunk { bytes: start..end, first: found, features: 1 });
            }
        }
        start = end;
        found += 1;
    }
    if start < bytes.len() {
        return Err(MORE_FOLLOWS.at(path, 0));
    }
    Ok(chunks)
}

/// The CRS as the header names it: a code of the EPSG where it has one, else a text, else another authority's code.
fn declared(crs: &flatgeobuf::Crs<'_>) -> Option<DeclaredCrs> {
    let text = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    // An authority that is left out is the EPSG, says the schema.
    let authority = text(crs.org()).unwrap_or_else(|| "EPSG".to_owned());
    let code = (crs.code() > 0).then(|| crs.code().to_string()).or_else(|| text(crs.code_string()));
    let by_code = code.map(|code| format!("{authority}:{code}"));
    let found = if authority.eq_ignore_ascii_case("EPSG") {
        by_code.or_else(|| text(crs.wkt()))
    } else {
        text(crs.wkt()).or(by_code)
    };
    found.map(|text| DeclaredCrs { text, found_in: words!("ヘッダー", "header") })
}
