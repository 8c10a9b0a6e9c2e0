//! Well-known binary (OGC 06-103r4, section 8; ISO 13249-3; the EWKB of PostGIS): the geometries of GeoParquet and
//! GeoPackage.
//!
//! Read here and not by a crate because a million parcels pass: rings go from bytes straight into [`Shapes`]. Every
//! count is held against the bytes that are left before anything is made of it, so that damaged bytes cost nothing.

use geo::{
    Coord, CoordsIter, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use super::{GeometryProblem, InputError};
use crate::geometry::{Bounds, Shapes};
use crate::text::Text;

/// Geometries within each other, at most; a collection of multipolygons needs three.
const MAX_DEPTH: u8 = 16;

/// Why bytes are not a geometry that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WkbFault {
    /// They break off, or something unknown stands in them.
    Damaged(&'static Text),
    /// A curve, a surface with arcs, or a body: its number in ISO 13249-3.
    Unsupported(u32),
}

impl WkbFault {
    /// The error about the feature with this 1-based position.
    pub(super) fn of_feature(self, path: &std::path::Path, record: usize) -> InputError {
        let path = path.to_owned();
        match self {
            Self::Damaged(problem) => InputError::DamagedRecord { path, record, problem },
            Self::Unsupported(kind) => InputError::UnsupportedShape { path, record, shape_type: kind.cast_signed() },
        }
    }
}

const CUT: WkbFault = WkbFault::Damaged(words!(
    "図形のバイト数が、書かれた個数に足りません",
    "its geometry has fewer bytes than its counts say",
));

const NO_KIND: WkbFault =
    WkbFault::Damaged(words!("図形の種類が、あるはずのないものです", "its geometry has a kind that does not exist",));

const NO_ORDER: WkbFault = WkbFault::Damaged(words!(
    "図形のバイト順が0でも1でもありません",
    "its geometry has a byte order that is neither 0 nor 1",
));

const TOO_DEEP: WkbFault = WkbFault::Damaged(words!(
    "図形の入れ子が深すぎます",
    "its geometry has collections within collections without end",
));

const STRANGE_PART: WkbFault = WkbFault::Damaged(words!(
    "図形に、そこに入るはずのない部分があります",
    "its geometry has a part that does not belong there",
));

/// Adds the polygons of a geometry as one shape and says what is wrong with it: as [`super::parcels`] does for
/// geometries that were read whole, but that an open ring is closed and reported. `None` is no geometry at all.
pub(super) fn push_shape(bytes: Option<&[u8]>, shapes: &mut Shapes) -> Result<Option<GeometryProblem>, WkbFault> {
    let Some(bytes) = bytes else {
        shapes.end_shape();
        return Ok(Some(GeometryProblem::Null));
    };
    let mut sink = ShapeSink { shapes, polygons: 0, others: false, unclosed: false, finite: true };
    walk(bytes, &mut sink)?;
    let ShapeSink { polygons, others, unclosed, finite, .. } = sink;
    let problem = if !finite {
        shapes.drop_unfinished();
        Some(GeometryProblem::NotFinite)
    } else if unclosed {
        Some(GeometryProblem::Unclosed)
    } else if polygons > 0 {
        None
    } else if others {
        Some(GeometryProblem::NotAPolygon)
    } else {
        Some(GeometryProblem::Empty)
    };
    shapes.end_shape();
    Ok(problem)
}

/// The box around the shape that [`push_shape`] would add.
pub(super) fn bounds(bytes: &[u8]) -> Result<Bounds, WkbFault> {
    let mut sink = BoundsSink { bounds: Bounds::EMPTY, finite: true };
    walk(bytes, &mut sink)?;
    Ok(if sink.finite { sink.bounds } else { Bounds::EMPTY })
}

/// Any geometry, without heights and measures; `None` where it has no positions.
pub(super) fn geometry(bytes: &[u8]) -> Result<Option<Geometry<f64>>, WkbFault> {
    let geometry = Cursor { bytes }.geometry(0)?;
    Ok(Some(geometry).filter(|geometry| geometry.coords_count() > 0))
}

/// What becomes of the parts of a geometry.
trait Sink {
    /// Positions that are no ring of a polygon.
    fn others(&mut self, positions: Positions<'_>);
    /// A ring with at least one position; the first one of a polygon is its shell.
    fn ring(&mut self, positions: Positions<'_>);
    /// The polygon has no more rings; it had one.
    fn end_polygon(&mut self);
}

struct ShapeSink<'s> {
    shapes: &'s mut Shapes,
    polygons: usize,
    others: bool,
    unclosed: bool,
    finite: bool,
}

impl Sink for ShapeSink<'_> {
    fn others(&mut self, positions: Positions<'_>) {
        for [x, y] in positions {
            self.others = true;
            self.finite &= x.is_finite() && y.is_finite();
        }
    }

    fn ring(&mut self, positions: Positions<'_>) {
        let start = self.shapes.points().len();
        for point in positions {
            self.finite &= point[0].is_finite() && point[1].is_finite();
            self.shapes.push_point(point);
        }
        let ring = &self.shapes.points()[start..];
        if let (Some(&first), Some(last)) = (ring.first(), ring.last())
            && first != *last
        {
            self.shapes.push_point(first);
            self.unclosed = true;
        }
        self.shapes.end_ring();
    }

    fn end_polygon(&mut self) {
        self.shapes.end_polygon();
        self.polygons += 1;
    }
}

struct BoundsSink {
    bounds: Bounds,
    finite: bool,
}

impl Sink for BoundsSink {
    fn others(&mut self, positions: Positions<'_>) {
        for [x, y] in positions {
            self.finite &= x.is_finite() && y.is_finite();
        }
    }

    fn ring(&mut self, positions: Positions<'_>) {
        for point in positions {
            self.finite &= point[0].is_finite() && point[1].is_finite();
            self.bounds = self.bounds.including(point);
        }
    }

    fn end_polygon(&mut self) {}
}

fn walk(bytes: &[u8], sink: &mut impl Sink) -> Result<(), WkbFault> {
    Cursor { bytes }.walk(sink, 0)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WkbType {
    Point,
    Line,
    Polygon,
    /// Of points, lines, polygons, or of anything: what its parts must be.
    Many(Option<&'static WkbType>),
}

/// The first bytes of a geometry.
#[derive(Debug, Clone, Copy)]
struct Head {
    kind: WkbType,
    big_endian: bool,
    /// The bytes from one position to the next.
    stride: usize,
}

/// Positions that lie in the bytes, x and y of each.
#[derive(Clone)]
struct Positions<'a> {
    bytes: std::slice::ChunksExact<'a, u8>,
    big_endian: bool,
}

impl Iterator for Positions<'_> {
    type Item = [f64; 2];

    #[inline]
    fn next(&mut self) -> Option<[f64; 2]> {
        let position = self.bytes.next()?;
        let (x, rest) = position.split_first_chunk()?;
        let y = rest.first_chunk()?;
        let number = if self.big_endian { f64::from_be_bytes } else { f64::from_le_bytes };
        Some([number(*x), number(*y)])
    }
}

/// The bytes that are left.
struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn walk(&mut self, sink: &mut impl Sink, depth: u8) -> Result<(), WkbFault> {
        let head = self.head()?;
        match head.kind {
            WkbType::Point => sink.others(self.point(head)?),
            WkbType::Line => sink.others(self.positions(head)?),
            WkbType::Polygon => {
                let mut shell = None;
                for _ in 0..self.count(head, 4)? {
                    let ring = self.positions(head)?;
                    let points = ring.bytes.len();
                    // A hole in nothing is passed over, and a ring of nothing too.
                    if *shell.get_or_insert(points) > 0 && points > 0 {
                        sink.ring(ring);
                    }
                }
                if shell.is_some_and(|points| points > 0) {
                    sink.end_polygon();
                }
            }
            WkbType::Many(part) => {
                for _ in 0..self.parts(head, part, depth)? {
                    self.check_part(part)?;
                    self.walk(sink, depth + 1)?;
                }
            }
        }
        Ok(())
    }

    fn geometry(&mut self, depth: u8) -> Result<Geometry<f64>, WkbFault> {
        let head = self.head()?;
        Ok(match head.kind {
            WkbType::Point => match self.point(head)?.next() {
                Some([x, y]) => Point::new(x, y).into(),
                None => MultiPoint(Vec::new()).into(),
            },
            WkbType::Line => self.line(head)?.into(),
            WkbType::Polygon => {
                let count = self.count(head, 4)?;
                let mut rings = Vec::with_capacity(count);
                for _ in 0..count {
                    rings.push(self.line(head)?);
                }
                let mut rings = rings.into_iter();
                let shell = rings.next().unwrap_or(LineString(Vec::new()));
                Polygon::new(shell, rings.collect()).into()
            }
            WkbType::Many(part) => {
                let count = self.parts(head, part, depth)?;
                let mut parts = Vec::new();
                for _ in 0..count {
                    self.check_part(part)?;
                    parts.push(self.geometry(depth + 1)?);
                }
                joined(part, parts)
            }
        })
    }

    fn line(&mut self, head: Head) -> Result<LineString<f64>, WkbFault> {
        Ok(LineString(self.positions(head)?.map(|[x, y]| Coord { x, y }).collect()))
    }

    /// The order of bytes, the kind and the dimensions.
    fn head(&mut self) -> Result<Head, WkbFault> {
        let big_endian = match self.take(1)? {
            [0] => true,
            [1] => false,
            _ => return Err(NO_ORDER),
        };
        let code = self.number(big_endian)?;
        // EWKB says in the three highest bits what ISO says in thousands.
        let [z, m, srid] = [31, 30, 29].map(|bit| code >> bit & 1 == 1);
        if srid {
            self.take(4)?;
        }
        let code = code & 0x1fff_ffff;
        let (thousands, kind) = (code / 1000, code % 1000);
        if thousands > 3 {
            return Err(NO_KIND);
        }
        let more = usize::from(z || matches!(thousands, 1 | 3)) + usize::from(m || thousands >= 2);
        let kind = match kind {
            1 => WkbType::Point,
            2 => WkbType::Line,
            3 => WkbType::Polygon,
            4 => WkbType::Many(Some(&WkbType::Point)),
            5 | 11 => WkbType::Many(Some(&WkbType::Line)),
            6 | 12 => WkbType::Many(Some(&WkbType::Polygon)),
            7 => WkbType::Many(None),
            8..=17 => return Err(WkbFault::Unsupported(kind)),
            _ => return Err(NO_KIND),
        };
        Ok(Head { kind, big_endian, stride: 8 * (2 + more) })
    }

    /// The single position of a point, or none where it is written as not-a-number, as an empty point is.
    fn point(&mut self, head: Head) -> Result<Positions<'a>, WkbFault> {
        let bytes = self.take(head.stride)?;
        let positions = Positions { bytes: bytes.chunks_exact(head.stride), big_endian: head.big_endian };
        let empty = positions.clone().all(|[x, y]| x.is_nan() && y.is_nan());
        Ok(if empty { Positions { bytes: [].chunks_exact(head.stride), ..positions } } else { positions })
    }

    /// A count and so many positions.
    fn positions(&mut self, head: Head) -> Result<Positions<'a>, WkbFault> {
        let count = self.count(head, head.stride)?;
        let bytes = self.take(count * head.stride)?;
        Ok(Positions { bytes: bytes.chunks_exact(head.stride), big_endian: head.big_endian })
    }

    /// The count of parts of a geometry of many.
    fn parts(&mut self, head: Head, part: Option<&WkbType>, depth: u8) -> Result<usize, WkbFault> {
        if depth >= MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        let least = match part {
            Some(WkbType::Point) => 5 + 16,
            _ => 5 + 4,
        };
        self.count(head, least)
    }

    /// Makes sure that the next geometry is what the one around it asks for.
    fn check_part(&self, part: Option<&WkbType>) -> Result<(), WkbFault> {
        let next = Self { bytes: self.bytes }.head()?.kind;
        if part.is_some_and(|part| *part != next) {
            return Err(STRANGE_PART);
        }
        Ok(())
    }

    /// A count of things that take at least `least` bytes each.
    fn count(&mut self, head: Head, least: usize) -> Result<usize, WkbFault> {
        let count = self.number(head.big_endian)? as usize;
        if count > self.bytes.len() / least { Err(CUT) } else { Ok(count) }
    }

    fn number(&mut self, big_endian: bool) -> Result<u32, WkbFault> {
        let (number, rest) = self.bytes.split_first_chunk().ok_or(CUT)?;
        self.bytes = rest;
        Ok(if big_endian { u32::from_be_bytes(*number) } else { u32::from_le_bytes(*number) })
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], WkbFault> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(CUT)?;
        self.bytes = rest;
        Ok(taken)
    }
}

/// Parts of one kind as a multi-geometry, others as a collection. Parts without a position are left out of collections.
fn joined(part: Option<&WkbType>, parts: Vec<Geometry<f64>>) -> Geometry<f64> {
    let parts = parts.into_iter();
    match part {
        Some(WkbType::Point) => MultiPoint(parts.filter_map(|part| Point::try_from(part).ok()).collect()).into(),
        Some(WkbType::Line) => {
            MultiLineString(parts.filter_map(|part| LineString::try_from(part).ok()).collect()).into()
        }
        Some(WkbType::Polygon) => MultiPolygon(parts.filter_map(|part| Polygon::try_from(part).ok()).collect()).into(),
        _ => Geometry::GeometryCollection(GeometryCollection(parts.filter(|part| part.coords_count() > 0).collect())),
    }
}

#[cfg(test)]
mod tests;
