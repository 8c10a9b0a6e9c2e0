//! Layers from memory: `geo` types in any coordinates, where no file is read.

use geo::{MultiPolygon, Point};

use super::{Blank, Layer, StopKind, StopRow};
use crate::crs::{CrsError, ToPlane};
use crate::geometry::repair::repaired;
use crate::geometry::{Footprint, Shapes};

impl Layer {
    /// A layer that is one area, of polygons that may overlap. Rings that cross are repaired as those of files are.
    ///
    /// # Errors
    /// Where a coordinate cannot be brought into the plane.
    ///
    /// # Panics
    /// Where a polygon is beyond repair, which [`crate::geometry::tangle::is_beyond`] tells before.
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
    ///
    /// # Panics
    /// Where a polygon is beyond repair, which [`crate::geometry::tangle::is_beyond`] tells before.
    pub fn units<'a>(
        polygons: impl IntoIterator<Item = &'a MultiPolygon<f64>>,
        to_plane: &ToPlane,
    ) -> Result<Self, CrsError> {
        Ok(Self::Units(on_plane(polygons, to_plane)?))
    }
}

/// One shape a multipolygon, on the plane and repaired.
///
/// # Panics
/// Where a polygon is beyond repair.
fn on_plane<'a>(
    polygons: impl IntoIterator<Item = &'a MultiPolygon<f64>>,
    to_plane: &ToPlane,
) -> Result<Shapes, CrsError> {
    let mut shapes = Shapes::from_polygons(polygons);
    to_plane.convert(shapes.points_mut())?;
    let repaired = repaired(shapes);
    let beyond = repaired.flaws.iter().find(|(_, flaws)| flaws.beyond.is_some());
    assert!(beyond.is_none(), "nobody can say which area a polygon is that `tangle::is_beyond` ({beyond:?})");
    Ok(repaired.into_shapes())
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
        let parts = Footprint::from(vec![points]);
        Ok(Self {
            name,
            kind,
            lines: Vec::new(),
            group: None,
            operator: None,
            blank: Blank::default(),
            may_be: None,
            parts,
            peak_trips: None,
            daily_trips: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use geo::{Rect, coord};

    use super::*;
    use crate::crs::{Crs, Plane};
    use crate::layers::{Census, City, LayerKey, UnitsOrigin};

    fn square(lon: f64) -> MultiPolygon<f64> {
        MultiPolygon::from(Rect::new(coord! { x: lon, y: 34.86 }, coord! { x: lon + 0.01, y: 34.87 }).to_polygon())
    }

    #[test]
    fn units_from_memory_are_those_given_else_the_census_else_meshes_over_the_public_land() {
        let plane = Plane::new(8).unwrap();
        let to_plane = ToPlane::new(&Crs::jgd2011(), plane).unwrap();
        let mut city = City::empty(plane, None);
        assert!(city.units().is_none());
        city.put(LayerKey::PublicLand, Layer::area([&square(138.31)], &to_plane).unwrap());
        assert_eq!(city.units().unwrap().origin, UnitsOrigin::Mesh);
        let Layer::Area(shapes) = Layer::area([&square(138.31)], &to_plane).unwrap() else { panic!("no area") };
        city.put(LayerKey::Census, Layer::Census(Census { shapes, ..Census::default() }));
        assert_eq!(city.units().unwrap().origin, UnitsOrigin::Census);
        city.put(LayerKey::Units, Layer::units([&square(138.31), &square(138.33)], &to_plane).unwrap());
        assert_eq!(city.units().unwrap().shapes.len(), 2);
        city.put(LayerKey::PublicLand, Layer::area([&square(138.31)], &to_plane).unwrap());
        assert!(city.units().unwrap().are_given(), "another layer does not take them away");
    }

    #[test]
    fn a_point_that_no_plane_reaches_is_an_error_and_not_a_stop_elsewhere() {
        let to_plane = ToPlane::new(&Crs::jgd2011(), Plane::new(8).unwrap()).unwrap();
        assert!(StopRow::at("どこか", StopKind::Bus, Point::new(-70.0, 34.0), &to_plane).is_err());
        let near = StopRow::at("焼津", StopKind::Rail, Point::new(138.318, 34.865), &to_plane).unwrap();
        assert!(near.peak_trips.is_none() && near.parts[0].len() == 1);
    }
}
