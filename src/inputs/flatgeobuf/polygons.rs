//! The polygons of a geometry, read straight into [`Shapes`].

use flatgeobuf::{Geometry, GeometryType};

use super::Fault;
use super::points::Points;
use crate::geometry::Shapes;
use crate::inputs::GeometryProblem;

/// Adds the polygons of a geometry to `shapes` as one shape, and says what is wrong with it. `kind` is what the header
/// says of all geometries.
pub(super) fn take_shape(
    geometry: Option<Geometry<'_>>,
    kind: GeometryType,
    shapes: &mut Shapes,
) -> Result<Option<GeometryProblem>, Fault> {
    let problem = match geometry {
        None => Some(GeometryProblem::Null),
        Some(geometry) if !all_finite(&geometry)? => Some(GeometryProblem::NotFinite),
        Some(geometry) => {
            let mut sink = Sink { shapes, polygons: 0, others: false, unclosed: false };
            sink.geometry(&geometry, kind)?;
            sink.problem()
        }
    };
    shapes.end_shape();
    Ok(problem)
}

/// What a geometry is, where the header leaves that to each.
pub(super) fn kind_of(geometry: &Geometry<'_>, kind: GeometryType) -> GeometryType {
    if kind == GeometryType::Unknown { geometry.type_() } else { kind }
}

/// Asked before anything is added, since a shape with such a point is left empty.
fn all_finite(geometry: &Geometry<'_>) -> Result<bool, Fault> {
    if !Points::of(geometry)?.all().all(|[x, y]| x.is_finite() && y.is_finite()) {
        return Ok(false);
    }
    for part in geometry.parts().iter().flatten() {
        if !all_finite(&part)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where polygons go, and what was met on the way.
struct Sink<'s> {
    shapes: &'s mut Shapes,
    polygons: usize,
    others: bool,
    unclosed: bool,
}

impl Sink<'_> {
    /// Parts lie within parts at most as deep as the verifier lets tables be nested, which is 64.
    fn geometry(&mut self, geometry: &Geometry<'_>, kind: GeometryType) -> Result<(), Fault> {
        match kind_of(geometry, kind) {
            GeometryType::Polygon | GeometryType::Triangle => self.polygon(geometry),
            GeometryType::MultiPolygon | GeometryType::PolyhedralSurface => self.parts(geometry, GeometryType::Polygon),
            GeometryType::GeometryCollection | GeometryType::MultiSurface | GeometryType::MultiCurve => {
                self.parts(geometry, GeometryType::Unknown)
            }
            GeometryType::Point
            | GeometryType::MultiPoint
            | GeometryType::LineString
            | GeometryType::MultiLineString => {
                self.others |= !Points::of(geometry)?.is_empty();
                Ok(())
            }
            other => Err(Fault::Unsupported(other.0)),
        }
    }

    fn parts(&mut self, geometry: &Geometry<'_>, kind: GeometryType) -> Result<(), Fault> {
        for part in geometry.parts().iter().flatten() {
            self.geometry(&part, kind)?;
        }
        Ok(())
    }

    fn polygon(&mut self, geometry: &Geometry<'_>) -> Result<(), Fault> {
        let mut rings = 0;
        for ring in Points::of(geometry)?.lines() {
            let mut points = ring.points();
            let Some(first) = points.next() else {
                if rings == 0 {
                    return Ok(()); // holes in nothing
                }
                continue;
            };
            self.shapes.push_point(first);
            let mut last = first;
            for point in points {
                self.shapes.push_point(point);
                last = point;
            }
            if last != first {
                self.shapes.push_point(first);
                self.unclosed = true;
            }
            self.shapes.end_ring();
            rings += 1;
        }
        if rings > 0 {
            self.shapes.end_polygon();
            self.polygons += 1;
        }
        Ok(())
    }

    fn problem(&self) -> Option<GeometryProblem> {
        if self.unclosed {
            Some(GeometryProblem::Unclosed)
        } else if self.polygons > 0 {
            None
        } else if self.others {
            Some(GeometryProblem::NotAPolygon)
        } else {
            Some(GeometryProblem::Empty)
        }
    }
}
