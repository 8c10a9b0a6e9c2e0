//! Parcels that are measured together: flat arrays of rings, from any reader or from memory.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::by_place::RowsByPlace;
use crate::crs::{CrsError, ToPlane};
use crate::geometry::area::area;
use crate::geometry::repair::{Flaws, RepairedShapes, repaired};
use crate::geometry::{Bounds, Shape, Shapes};

/// Parcels on the plane of a study, repaired, each with its box and its area.
///
/// ```
/// use geo::{MultiPolygon, polygon};
/// use kyoten::crs::{Crs, Plane, ToPlane};
/// use kyoten::evidence::Batch;
///
/// let parcel = polygon![(x: 138.320, y: 34.860), (x: 138.321, y: 34.860), (x: 138.321, y: 34.861), (x: 138.320, y: 34.861)];
/// let to_plane = ToPlane::new(&Crs::jgd2011(), Plane::new(8).unwrap())?;
/// let batch = Batch::from_polygons([&MultiPolygon::from(parcel)], &to_plane)?;
/// assert!(batch.len() == 1 && batch.is_usable(0));
/// # Ok::<(), kyoten::crs::CrsError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Batch {
    shapes: RepairedShapes,
    bounds: Vec<Bounds>,
    plane_areas: Vec<f64>,
    /// Made when somebody asks for rows by their place.
    by_place: OnceLock<RowsByPlace>,
}

/// One parcel of a batch.
#[derive(Debug, Clone)]
pub struct Parcel<'a> {
    /// Its shape, plane metres; shells turn counterclockwise, holes clockwise.
    pub shape: Shape<'a>,
    /// The smallest box around it.
    pub bounds: Bounds,
    /// Its area, plane m²; 0 where its shape is beyond repair.
    pub plane_area: f64,
}

impl<'a> Parcel<'a> {
    /// A shape of the plane; shells turn counterclockwise, holes clockwise.
    #[must_use]
    pub fn of(shape: Shape<'a>) -> Self {
        Self { bounds: shape.bounds(), plane_area: area(&shape), shape }
    }
}

impl Batch {
    /// Shapes of the study's plane, one a parcel; an empty one is a parcel without usable geometry. Rings are closed and
    /// their coordinates finite; what is wrong with them otherwise is repaired.
    #[must_use]
    pub fn new(shapes: Shapes) -> Self {
        let shapes = repaired(shapes);
        let (mut bounds, mut plane_areas) = (Vec::with_capacity(shapes.len()), Vec::with_capacity(shapes.len()));
        for index in 0..shapes.len() {
            let parcel = Parcel::of(shapes.get(index));
            bounds.push(parcel.bounds);
            let is_beyond = shapes.flaws.get(&index).is_some_and(|flaws| flaws.beyond.is_some());
            plane_areas.push(if is_beyond { 0.0 } else { parcel.plane_area });
        }
        Self { shapes, bounds, plane_areas, by_place: OnceLock::new() }
    }

    /// Polygons in any coordinates, one multipolygon a parcel.
    ///
    /// # Errors
    /// Where a coordinate cannot be brought into the plane.
    pub fn from_polygons<'a>(
        parcels: impl IntoIterator<Item = &'a geo::MultiPolygon<f64>>,
        to_plane: &ToPlane,
    ) -> Result<Self, CrsError> {
        let mut shapes = Shapes::from_polygons(parcels);
        to_plane.convert(shapes.points_mut())?;
        Ok(Self::new(shapes))
    }

    /// How many parcels there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// The parcel at `index`.
    ///
    /// # Panics
    /// Where `index` is not below [`Batch::len`].
    #[must_use]
    pub fn parcel(&self, index: usize) -> Parcel<'_> {
        Parcel { shape: self.shapes.get(index), bounds: self.bounds[index], plane_area: self.plane_areas[index] }
    }

    /// Whether the parcel at `index` has an area that is known.
    ///
    /// # Panics
    /// Where `index` is not below [`Batch::len`].
    #[must_use]
    pub fn is_usable(&self, index: usize) -> bool {
        self.plane_areas[index] > 0.0
    }

    /// The boxes of all parcels, in order; that of one without an area says nothing.
    #[must_use]
    pub fn bounds(&self) -> &[Bounds] {
        &self.bounds
    }

    /// The rows with an area of whose boxes it is so, rising. Of a box that holds one of which it is so, it has to be so as well: most
    /// rows are answered for by a box around many.
    pub(super) fn rows_of_which(&self, is_so: impl FnMut(&Bounds) -> bool) -> Vec<usize> {
        let usable = || (0..self.len()).filter(|&row| self.is_usable(row));
        self.by_place.get_or_init(|| RowsByPlace::new(usable(), &self.bounds)).of_which(&self.bounds, is_so)
    }

    /// Every parcel in order; `None` for one without an area.
    #[must_use]
    pub fn parcels(&self) -> impl ExactSizeIterator<Item = Option<Parcel<'_>>> {
        (0..self.len()).map(|index| self.is_usable(index).then(|| self.parcel(index)))
    }

    /// What was wrong with the parcels' shapes, by index.
    #[must_use]
    pub fn flaws(&self) -> &BTreeMap<usize, Flaws> {
        &self.shapes.flaws
    }

    /// A box around all of them.
    #[must_use]
    pub fn extent(&self) -> Bounds {
        self.bounds.iter().fold(Bounds::EMPTY, |extent, &bounds| extent.union(bounds))
    }
}
