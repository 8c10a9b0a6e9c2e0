//! A GeoJSON file opened: its text, its index, its CRS.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::cursor::{Cursor, Fault};
use super::feature::{FeatureFault, FeatureText, missing};
use super::foreign;
use super::index::{Index, IndexFault, index};
use super::member;
use crate::inputs::files::Bytes;
use crate::inputs::format::{Input, LARGEST_FEATURE};
use crate::inputs::parcels::Chunk;
use crate::inputs::text::{self, Said};
use crate::inputs::{DeclaredCrs, InputError};
use crate::text::Text;

/// So many bytes of a mapped file stay in memory behind the chunk that is being read: more than all chunks take that are
/// at work at a time.
const KEPT_BEHIND: usize = 64 << 20;

/// What makes something of the features of a chunk, one after the other.
pub(super) trait FeatureReader<'a> {
    /// What a geometry is read as.
    type Geometry;

    /// Takes a geometry; the cursor stands at its brace and is left after its end.
    fn geometry(&mut self, cursor: &mut Cursor<'_>) -> Result<Self::Geometry, Fault>;

    /// Takes over a feature whose geometry, if it has one, was just taken; `text` is the chunk's.
    fn feature(&mut self, text: &'a str, feature: FeatureText<'a, Self::Geometry>) -> Result<(), FeatureFault>;
}

/// A file whose features are located, not yet parsed.
#[derive(Debug)]
pub(super) struct Opened {
    path: PathBuf,
    bytes: Arc<Bytes>,
    /// Where the text begins: after a byte order mark.
    start: usize,
    index: Index,
    pub(super) encoding: Text,
    pub(super) crs: DeclaredCrs,
}

impl Opened {
    pub(super) fn new(input: &Input<'_>) -> Result<Self, InputError> {
        let (bytes, start, encoding) = decoded(input)?;
        let walked = |range: Range<usize>| bytes.release(start + range.start..start + range.end);
        let index = index(&bytes[start..], &walked).map_err(|fault| index_error(input, &bytes[start..], fault))?;
        if let Some(feature_index) = index.too_large {
            let number = feature_index + 1;
            let place = text!("{number}番目の地物", "feature {number}");
            return Err(InputError::TooLarge { path: input.path.clone(), place, limit: LARGEST_FEATURE });
        }
        let declared = |range: &Range<usize>| member::declared(&bytes[start..][range.clone()]);
        let crs = index.crs.as_ref().and_then(declared);
        if let Some(other) = &index.other_crs
            && !member::is_same(crs.as_ref(), declared(other).as_ref())
        {
            return Err(two_systems(input, &bytes[start..], other));
        }
        let crs = crs.unwrap_or_else(member::usual);
        Ok(Self { path: input.path.clone(), bytes, start, index, encoding, crs })
    }

    pub(super) fn path(&self) -> &PathBuf {
        &self.path
    }

    pub(super) fn len(&self) -> usize {
        self.index.features
    }

    pub(super) fn chunks(&self) -> &[Chunk] {
        &self.index.chunks
    }

    /// Hands every feature of a chunk to `reader`.
    pub(super) fn read<'a, R: FeatureReader<'a>>(&'a self, chunk: &Chunk, reader: &mut R) -> Result<(), InputError> {
        // What is given out points into the file. Chunks are asked for in about their order, so that what lies this far
        // back is done with; where it is not, it comes back by itself.
        let behind = |offset: usize| (self.start + offset).saturating_sub(KEPT_BEHIND);
        self.bytes.release(behind(chunk.bytes.start)..behind(chunk.bytes.end));
        let bytes = &self.bytes[self.start..][chunk.bytes.clone()];
        let text = simdutf8::basic::from_utf8(bytes)
            .map_err(|_| InputError::Encoding { path: self.path.clone(), tried: Text::same("UTF-8") })?;
        let mut cursor = Cursor::new(bytes);
        for feature_index in 0..chunk.features {
            FeatureText::take(text, &mut cursor, |cursor| reader.geometry(cursor))
                .and_then(|feature| self.check_crs(&feature).map(|()| feature))
                .and_then(|feature| reader.feature(text, feature))
                .map_err(|fault| self.feature_error(chunk, feature_index, fault))?;
        }
        if cursor.at == bytes.len() {
            return Ok(());
        }
        let problem = Text::new("括弧か引用符の対応が合っていません", "its brackets or quotes do not match");
        let fault = FeatureFault::new(cursor.at, problem);
        Err(self.feature_error(chunk, chunk.features - 1, fault))
    }

    /// Makes sure that neither a feature nor its geometry names another system than the file.
    fn check_crs<G>(&self, feature: &FeatureText<'_, G>) -> Result<(), FeatureFault> {
        let own = feature.crs.map(|part| (part.at, member::declared(part.text.as_bytes())));
        let of_geometry = feature.geometry.as_ref().map(|(part, _)| (part.at, member::within(part.text)));
        for (at, crs) in [own, of_geometry].into_iter().flatten() {
            if crs.is_some() && !member::is_same(crs.as_ref(), Some(&self.crs)) {
                let problem = Text::new(
                    "ファイル全体とは別の座標参照系を示す `crs` があります",
                    "a `crs` stands here that names another system than the file's",
                );
                return Err(FeatureFault::new(at, problem));
            }
        }
        Ok(())
    }

    fn feature_error(&self, chunk: &Chunk, feature_index: usize, fault: FeatureFault) -> InputError {
        let text = &self.bytes[self.start..];
        let problem = foreign::word_at(&text[chunk.bytes.clone()], fault.at).unwrap_or(fault.problem);
        InputError::Json {
            path: self.path.clone(),
            feature: chunk.first + feature_index + 1,
            line: line_of(text, chunk.bytes.start.saturating_add(fault.at).min(chunk.bytes.end)),
            problem,
        }
    }
}

/// The error that a file of several objects names two systems.
fn two_systems(input: &Input<'_>, text: &[u8], other: &Range<usize>) -> InputError {
    let problem = Text::new(
        "手前とは別の座標参照系を示す `crs` があります",
        "a `crs` stands here that names another system than the one before",
    );
    InputError::Json { path: input.path.clone(), feature: 1, line: line_of(text, other.start), problem }
}

/// The bytes of the text, where in them it begins, and the encoding that they were in.
fn decoded(input: &Input<'_>) -> Result<(Arc<Bytes>, usize, Text), InputError> {
    let said = input.options.encoding.as_deref().map(Said::Demanded);
    if let (None, Some(encoding)) = (&said, text::plain_utf8(&input.bytes)) {
        return Ok((Arc::clone(&input.bytes), 0, encoding));
    }
    let text::FileText { text, encoding } = text::decode(&input.path, &input.bytes, said)?;
    Ok(match text {
        Cow::Borrowed(text) => (Arc::clone(&input.bytes), input.bytes.len() - text.len(), encoding),
        Cow::Owned(text) => (Arc::new(Bytes::Owned(text.into_bytes())), 0, encoding),
    })
}

fn index_error(input: &Input<'_>, text: &[u8], fault: IndexFault) -> InputError {
    let path = input.path.clone();
    match fault {
        IndexFault::Broken { fault: Fault::Ended, features, start } => {
            InputError::Truncated { path, feature: features + 1, line: line_of(text, start) }
        }
        IndexFault::Broken { fault: Fault::Wanted(what, at), features, .. } => {
            InputError::Json { path, feature: features + 1, line: line_of(text, at), problem: missing(what) }
        }
        IndexFault::Esri => InputError::EsriJson { path },
        IndexFault::NotGeoJson(kind) => InputError::NotGeoJson {
            path,
            found: kind.map(|kind| String::from_utf8_lossy(&text[kind]).trim_matches('"').to_owned()),
        },
    }
}

fn line_of(text: &[u8], at: usize) -> usize {
    memchr::memchr_iter(b'\n', &text[..at.min(text.len())]).count() + 1
}
