//! The `.shp`: shapes one after the other, lengths big-endian, everything else little-endian.

use std::path::Path;

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, Point};

use super::rings;
use crate::inputs::InputError;
use crate::text::Text;

/// What stands before the records, in bytes; also that of the `.shx`.
pub(super) const HEADER: usize = 100;
/// A record's number and its length in 16-bit words.
pub(super) const RECORD_HEADER: usize = 8;
/// The place of a record that is not there: its shape is null.
pub(super) const NO_RECORD: u32 = 0;
/// Where the parts' counts stand in a line or polygon: after the type and the bounding box.
const COUNTS: usize = 4 + 32;

pub(super) static HEADER_NOT_WHOLE: Text = Text::new("ヘッダーが途中までしかありません", "the header is not whole");

pub(super) static PAST_THE_END: Text =
    Text::new("ファイルの終わりを越えています", "it reaches past the end of the file");

/// The size that a header states, in bytes; it counts 16-bit words.
pub(super) fn stated(bytes: &[u8]) -> usize {
    be_u32(bytes, 24).map_or(0, |words| words as usize * 2)
}

/// The shapes of records that begin at these places, in 16-bit words, the first of which is the record of that 0-based
/// position; `None` for a null shape. Heights and measures are passed over.
pub(super) fn read(
    path: &Path,
    bytes: &[u8],
    places: &[u32],
    first: usize,
) -> Result<Vec<Option<Geometry<f64>>>, InputError> {
    let shapes = places.iter().zip(first + 1..).map(|(&place, record)| {
        if place == NO_RECORD {
            return Ok(None);
        }
        let content = content(bytes, place as usize * 2).ok_or_else(|| damaged(path, record, &PAST_THE_END))?;
        shape(path, record, content)
    });
    shapes.collect()
}

/// The number that the record at byte `at` bears.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<u32> {
    be_u32(bytes, at)
}

/// What follows the header of the record that begins at byte `at`; `None` where it reaches past the end of the file.
pub(super) fn content(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = be_u32(bytes, at + 4).map_or(0, |words| words as usize * 2);
    bytes.get(at + RECORD_HEADER..at + RECORD_HEADER + length)
}

/// Whether that is the content of a record: it begins with a type of shape.
pub(super) fn is_content(content: &[u8]) -> bool {
    matches!(le_u32(content, 0), Some(0 | 1 | 3 | 5 | 8 | 11 | 13 | 15 | 18 | 21 | 23 | 25 | 28 | 31))
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

pub(super) fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    le_u32(bytes, at).map(u32::swap_bytes)
}

pub(super) fn damaged(path: &Path, record: usize, problem: &'static Text) -> InputError {
    InputError::DamagedRecord { path: path.to_owned(), record, problem }
}
