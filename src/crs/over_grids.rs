//! How do points of an older datum come to a plane over grids? Their own degrees → shifts → JGD2011 → the plane.

use super::convert::Way;
use super::definition::{Crs, SystemKind};
use super::grids::{DatumGrids, OffGrid, Shifted};
use super::krueger::Krueger;
use super::systems::{Datum, Form};

/// The way over grids.
#[derive(Debug, Clone)]
pub(super) struct OverGrids {
    datum: Datum,
    degrees: Degrees,
    grids: DatumGrids,
    plane: Krueger,
    /// The way without grids, of what they do not cover.
    otherwise: Box<Way>,
}

/// How points become degrees of their own datum.
#[derive(Debug, Clone)]
enum Degrees {
    /// They are that.
    Already,
    /// From a plane or UTM zone.
    Of(Krueger),
    /// Through libproj, from this definition to that code.
    #[cfg(feature = "proj")]
    Libproj(String, u32),
}

impl OverGrids {
    /// The way, where grids lead on from the datum of the system; `otherwise` is the one without them.
    pub(super) fn new(from: &Crs, grids: &DatumGrids, plane: Krueger, otherwise: &Way) -> Option<Self> {
        let datum = from.shifted_datum().filter(|&datum| grids.lead_from(datum))?;
        let degrees = match &from.0 {
            SystemKind::Known(system) => match (system.form, system.form.transverse_mercator()) {
                (Form::Degrees, _) => Degrees::Already,
                (_, Some(of)) => Degrees::Of(Krueger::new(datum.ellipsoid(), of.origin, of.scale, of.false_origin)),
                (_, None) => return None,
            },
            #[cfg(feature = "proj")]
            SystemKind::Foreign(foreign) => {
                Degrees::Libproj(foreign.definition.clone(), super::systems::System::geographic(datum)?.epsg)
            }
        };
        Some(Self { datum, degrees, grids: grids.clone(), plane, otherwise: Box::new(otherwise.clone()) })
    }

    /// Converts points in place; tells in order which of them the grids do not simply shift.
    ///
    /// # Errors
    /// The position and the coordinates of a point that is out of reach; the outer one is what libproj says where it has
    /// no way.
    pub(super) fn convert(
        &self,
        points: &mut [[f64; 2]],
        off: &mut Vec<(usize, OffGrid)>,
    ) -> Result<Result<(), (usize, [f64; 2])>, String> {
        let given = points.to_vec();
        if let Err(index) = self.to_degrees(points)? {
            return Ok(Err((index, given[index])));
        }
        let mut left = Vec::new();
        for (index, point) in points.iter_mut().enumerate() {
            if !self.plane.reaches_lon_lat(*point) {
                return Ok(Err((index, given[index])));
            }
            let Shifted { lon_lat, off: why } = self.grids.shift(self.datum, *point);
            off.extend(why.map(|why| (index, why)));
            match lon_lat {
                Some(lon_lat) => *point = self.plane.forward(lon_lat),
                None => left.push(index),
            }
        }
        let mut rest: Vec<[f64; 2]> = left.iter().map(|&index| given[index]).collect();
        if let Err((index, point)) = self.otherwise.convert(&mut rest, &mut Vec::new())? {
            return Ok(Err((left[index], point)));
        }
        for (index, point) in left.into_iter().zip(rest) {
            points[index] = point;
        }
        Ok(Ok(()))
    }

    /// Brings points to degrees of their own datum; `Err` is the position of the first that is out of reach.
    #[cfg_attr(not(feature = "proj"), expect(clippy::unnecessary_wraps, reason = "only libproj may have no way"))]
    fn to_degrees(&self, points: &mut [[f64; 2]]) -> Result<Result<(), usize>, String> {
        match &self.degrees {
            Degrees::Already => {}
            Degrees::Of(projection) => {
                for (index, point) in points.iter_mut().enumerate() {
                    if !projection.reaches_plane(*point) {
                        return Ok(Err(index));
                    }
                    *point = projection.inverse(*point);
                }
            }
            #[cfg(feature = "proj")]
            Degrees::Libproj(definition, epsg) => {
                let reached = |point: [f64; 2]| point.iter().all(|degrees| degrees.is_finite());
                return super::libproj::convert(definition, *epsg, reached, points);
            }
        }
        Ok(Ok(()))
    }
}
