//! Layers from memory: `geo` types in any coordinates, where no file is read.

use geo::{MultiPolygon, Point};

use super::{Layer, StopKind, StopRow};
use crate::crs::{CrsError, ToPlane};
use crate::geometry::Shapes;
use crate::geometry::repair::repaired;

impl Layer {
    /// A layer that is one area, of polygons that may overlap. Rings that cross are repaired as those of files are.
    ///
    /// # Errors
    /// Where a coordinate cannot be brought into the plane.
    pub fn area<'a>(
        polygons: impl IntoIterator<Item = &'a MultiPolygon<f64>>,
        to_plane: &ToPlane,
    ) -> Result<Self, CrsError> {
        Ok(Self::Area(on_plane(polygons, to_plane)?))
    }

    /// Units of land, one a multipolygon.
    ///
    /// # Errors
    /// Where a coordinate cannot be brought into the plane.
    pub fn units<'a>(
        polygons: impl IntoIterator<Item = &'a MultiPolygon<f64>>,
        to_plane: &ToPlane,
    ) -> Result<Self, CrsError> {
        Ok(Self::Units(on_plane(polygons, to_plane)?))
    }
}

/// One shape a multipolygon, on the plane and repaired.
fn on_plane<'a>(
    polygons: impl IntoIterator<Item = &'a MultiPolygon<f64>>,
    to_plane: &ToPlane,
) -> Result<Shapes, CrsError> {
    let mut shapes = Shapes::from_polygons(polygons);
    to_plane.convert(shapes.points_mut())?;
    Ok(repaired(shapes).into_shapes())
}

impl StopRow {
    /// A station or stop at a point, of which no line and no service is known.
    ///
    /// # Errors
    /// Where the point cannot be brought into the plane.
    pub fn at(name: &str, kind: StopKind, point: Point<f64>, to_plane: &ToPlane) -> Result<Self, CrsError> {
        let mut points = vec![[point.x(), point.y()]];
        to_plane.convert(&mut points)?;
        let name = Some(name.to_owned());
        Ok(Self { name, kind, lines: Vec::new(), group: None, parts: vec![points], peak_trips: None })
    }
}
