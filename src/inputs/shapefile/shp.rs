//! The `.shp`: shapes one after the other, lengths big-endian, everything else little-endian.

use std::path::Path;

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, Point};

use super::rings;
use crate::inputs::InputError;
use crate::text::Text;

const HEADER: usize = 100;
/// A record's number and its length in 16-bit words.
const RECORD_HEADER: usize = 8;
/// Where the parts' counts stand in a line or polygon: after the type and the bounding box.
const COUNTS: usize = 4 + 32;

pub(super) static HEADER_NOT_WHOLE: Text = Text::new("ヘッダーが途中までしかありません", "the header is not whole");

pub(super) static PAST_THE_END: Text =
    Text::new("ファイルの終わりを越えています", "it reaches past the end of the file");

/// A run of records that lie one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Where the first one begins in the file.
    at: usize,
    /// 0-based position of the first one.
    pub(super) first: usize,
    pub(super) records: usize,
}

/// Walks the file from record to record without reading shapes: runs of `most` records, the last one shorter.
pub(super) fn runs(path: &Path, bytes: &[u8], most: usize) -> Result<Vec<Run>, InputError> {
    if bytes.len() < HEADER {
        return Err(damaged(path, 0, &HEADER_NOT_WHOLE));
    }
    // The length in the header counts 16-bit words; some writers leave padding after it.
    let stated = be_u32(bytes, 24).map_or(0, |words| words as usize * 2);
    if stated > bytes.len() {
        let shorter =
            words!("ヘッダーに書かれた大きさより短くなっています", "the file is shorter than its header says");
        return Err(damaged(path, 0, shorter));
    }
    let mut runs: Vec<Run> = Vec::new();
    let (mut at, mut record) = (HEADER, 0);
    while at + RECORD_HEADER <= stated {
        match runs.last_mut() {
            Some(run) if run.records < most => run.records += 1,
            _ => runs.push(Run { at, first: record, records: 1 }),
        }
        record += 1;
        at += RECORD_HEADER + content(path, bytes, at, record)?.len();
    }
    Ok(runs)
}

/// The shapes of a run; `None` for a null shape. Heights and measures are passed over.
pub(super) fn read(path: &Path, bytes: &[u8], run: Run) -> Result<Vec<Option<Geometry<f64>>>, InputError> {
    let mut shapes = Vec::with_capacity(run.records);
    let mut at = run.at;
    for record in run.first + 1..=run.first + run.records {
        let content = content(path, bytes, at, record)?;
        shapes.push(shape(path, record, content)?);
        at += RECORD_HEADER + content.len();
    }
    Ok(shapes)
}

/// What follows the header of the record that begins at byte `at`.
fn content<'b>(path: &Path, bytes: &'b [u8], at: usize, record: usize) -> Result<&'b [u8], InputError> {
    let length = be_u32(bytes, at + 4).map_or(0, |words| words as usize * 2);
    bytes.get(at + RECORD_HEADER..at + RECORD_HEADER + length).ok_or_else(|| damaged(path, record, &PAST_THE_END))
}

fn shape(path: &Path, record: usize, content: &[u8]) -> Result<Option<Geometry<f64>>, InputError> {
    let counts = words!("点などの個数がレコードの長さと合いません", "its counts do not fit its length");
    let cut = || damaged(path, record, counts);
    let shape_type = le_u32(content, 0).ok_or_else(cut)?;
    // Each kind of shape has a plain number, one with heights (+10) and one with measures (+20).
    match shape_type {
        0 => Ok(None),
        1 | 11 | 21 => Ok(Some(Point(position(content, 4).ok_or_else(cut)?).into())),
        8 | 18 | 28 => Ok(multipoint(content).ok_or_else(cut)?),
        3 | 13 | 23 => {
            let mut lines = parts(content).ok_or_else(cut)?;
            Ok(match lines.len() {
                0 => None,
                1 => lines.pop().map(Geometry::from),
                _ => Some(MultiLineString(lines).into()),
            })
        }
        5 | 15 | 25 => Ok(rings::assemble(parts(content).ok_or_else(cut)?)),
        other => Err(InputError::UnsupportedShape {
            path: path.to_owned(),
            record,
            shape_type: i32::from_le_bytes(other.to_le_bytes()),
        }),
    }
}

/// `Some(None)` where there are no points.
#[allow(clippy::option_option, reason = "the outer one is damage, the inner one a geometry without positions")]
fn multipoint(content: &[u8]) -> Option<Option<Geometry<f64>>> {
    let count = le_u32(content, COUNTS)? as usize;
    let points = positions(content, COUNTS + 4, count)?;
    Some((count > 0).then(|| MultiPoint(points.into_iter().map(Point).collect()).into()))
}

/// The parts of a line or the rings of a polygon; parts without points are left out.
fn parts(content: &[u8]) -> Option<Vec<LineString<f64>>> {
    let parts = le_u32(content, COUNTS)? as usize;
    let count = le_u32(content, COUNTS + 4)? as usize;
    let starts_at = COUNTS + 8;
    let points = positions(content, parts.checked_mul(4)?.checked_add(starts_at)?, count)?;
    let start =
        |part: usize| if part == parts { Some(count) } else { Some(le_u32(content, starts_at + 4 * part)? as usize) };
    (0..parts)
        .map(|part| Some(LineString(points.get(start(part)?..start(part + 1)?)?.to_vec())))
        .filter(|line| line.as_ref().is_none_or(|line| !line.0.is_empty()))
        .collect()
}

fn positions(content: &[u8], at: usize, count: usize) -> Option<Vec<Coord<f64>>> {
    let end = count.checked_mul(16)?.checked_add(at)?;
    let pairs = content.get(at..end)?.chunks_exact(16);
    pairs.map(|pair| position(pair, 0)).collect()
}

fn position(content: &[u8], at: usize) -> Option<Coord<f64>> {
    let number = |at: usize| Some(f64::from_le_bytes(content.get(at..at + 8)?.try_into().ok()?));
    Some(Coord { x: number(at)?, y: number(at + 8)? })
}

fn le_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    le_u32(bytes, at).map(u32::swap_bytes)
}

fn damaged(path: &Path, record: usize, problem: &'static Text) -> InputError {
    InputError::DamagedRecord { path: path.to_owned(), record, problem }
}
