//! The points of one geometry, which lie in one list for all its lines or rings.

use flatgeobuf::Geometry;

use super::Fault;
use crate::geometry::Point;

/// The bytes of a point: x and y.
const POINT: usize = 16;

const ENDS: Fault = Fault::Damaged(words!(
    "線や輪郭の区切りが点の数と合いません",
    "the ends of its lines or rings do not fit its points",
));

/// The points of a geometry as the file has them, line by line or ring by ring.
#[derive(Debug, Clone, Copy)]
pub(super) struct Points<'a> {
    xy: &'a [u8],
    /// Up to which point each line reaches; none: there is one line.
    ends: &'a [u8],
}

impl<'a> Points<'a> {
    /// Heights, measures and times are passed over.
    pub(super) fn of(geometry: &Geometry<'a>) -> Result<Self, Fault> {
        let xy = geometry.xy().map_or(&[][..], |xy| xy.bytes());
        let ends = geometry.ends().map_or(&[][..], |ends| ends.bytes());
        let points = Self { xy, ends };
        let (mut last, mut in_order) = (0, true);
        for index in 0..ends.len() / 4 {
            let end = points.end(index);
            in_order &= last <= end;
            last = end;
        }
        if !xy.len().is_multiple_of(POINT) || !in_order || (!ends.is_empty() && last != xy.len() / POINT) {
            return Err(ENDS);
        }
        Ok(points)
    }

    pub(super) fn is_empty(self) -> bool {
        self.xy.is_empty()
    }

    /// All points, whatever line they are in.
    pub(super) fn all(self) -> impl ExactSizeIterator<Item = Point> + use<'a> {
        read(self.xy)
    }

    /// The points of each line or ring.
    pub(super) fn lines(self) -> impl Iterator<Item = Line<'a>> {
        let lines = if self.ends.is_empty() { usize::from(!self.xy.is_empty()) } else { self.ends.len() / 4 };
        (0..lines).map(move |index| {
            let start = if index == 0 { 0 } else { self.end(index - 1) };
            let end = if self.ends.is_empty() { self.xy.len() / POINT } else { self.end(index) };
            Line(&self.xy[start * POINT..end * POINT])
        })
    }

    fn end(self, index: usize) -> usize {
        u32::from_le_bytes(array(&self.ends[index * 4..])) as usize
    }
}

/// The points of one line or ring.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a>(&'a [u8]);

impl<'a> Line<'a> {
    pub(super) fn points(self) -> impl ExactSizeIterator<Item = Point> + use<'a> {
        read(self.0)
    }
}

fn read(xy: &[u8]) -> impl ExactSizeIterator<Item = Point> {
    xy.chunks_exact(POINT).map(|point| [f64::from_le_bytes(array(point)), f64::from_le_bytes(array(&point[8..]))])
}

/// The first bytes of a slice that is long enough.
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut array = [0; N];
    array.copy_from_slice(&bytes[..N]);
    array
}
