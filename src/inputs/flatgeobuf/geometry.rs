//! The geometries of layers, in `geo` types.

use flatgeobuf::{Geometry, GeometryType};
use geo::{Coord, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use super::Fault;
use super::points::{Line, Points};
use super::polygons::kind_of;

/// Reads a geometry; `None` where it has no points. `kind` is what the header says of all geometries.
pub(super) fn read(geometry: &Geometry<'_>, kind: GeometryType) -> Result<Option<geo::Geometry<f64>>, Fault> {
    use geo::CoordsIter;
    let points = Points::of(geometry)?;
    let read: geo::Geometry<f64> = match kind_of(geometry, kind) {
        GeometryType::Point => match points.all().next() {
            Some([x, y]) => Point::new(x, y).into(),
            None => return Ok(None),
        },
        GeometryType::MultiPoint => MultiPoint(points.all().map(|[x, y]| Point::new(x, y)).collect()).into(),
        GeometryType::LineString => LineString(points.all().map(coord).collect()).into(),
        GeometryType::MultiLineString => MultiLineString(points.lines().map(line).collect()).into(),
        GeometryType::Polygon | GeometryType::Triangle => polygon(points).into(),
        GeometryType::MultiPolygon | GeometryType::PolyhedralSurface => {
            let parts = geometry.parts().into_iter().flatten();
            MultiPolygon(parts.map(|part| Points::of(&part).map(polygon)).collect::<Result<_, _>>()?).into()
        }
        GeometryType::GeometryCollection | GeometryType::MultiSurface | GeometryType::MultiCurve => {
            let parts = geometry.parts().into_iter().flatten();
            let parts = parts.map(|part| self::read(&part, GeometryType::Unknown)).collect::<Result<Vec<_>, _>>()?;
            geo::Geometry::GeometryCollection(GeometryCollection(parts.into_iter().flatten().collect()))
        }
        other => return Err(Fault::Unsupported(other.0)),
    };
    Ok((read.coords_count() > 0).then_some(read))
}

fn polygon(points: Points<'_>) -> Polygon<f64> {
    let mut rings = points.lines().map(line);
    let shell = rings.next().unwrap_or(LineString(Vec::new()));
    Polygon::new(shell, rings.collect())
}

fn line(line: Line<'_>) -> LineString<f64> {
    LineString(line.points().map(coord).collect())
}

fn coord([x, y]: [f64; 2]) -> Coord<f64> {
    Coord { x, y }
}
