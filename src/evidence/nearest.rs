//! The nearest of many places to a parcel, from edge to edge, in metres on the ground.

use std::sync::Arc;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde::{Deserialize, Serialize};

use super::{Batch, NearestColumn, Nullable};
use crate::crs::ScaleField;
use crate::geometry::distance::{Way, shortest_way};
use crate::geometry::{Bounds, Footprint, Point, Shape};
use crate::layers::Facility;
use crate::transit::Stop;
use crate::units::Metres;

/// Far more than a square root rounds, far less than a millimetre.
const HAIR: f64 = 1e-9;

/// Something that can be near.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What it is called in messages and columns.
    pub name: Option<String>,
    /// Its points, lines and areas, plane metres.
    pub parts: Footprint,
}

impl Place {
    /// A point without a name.
    #[must_use]
    pub fn at(point: Point) -> Self {
        Self { name: None, parts: point.into() }
    }

    /// The smallest box around all parts.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.parts.iter().fold(Bounds::EMPTY, |bounds, part| bounds.union(Bounds::of(part)))
    }
}

impl From<&Facility> for Place {
    fn from(facility: &Facility) -> Self {
        Self { name: facility.name.clone(), parts: facility.parts.clone() }
    }
}

impl From<&Stop> for Place {
    fn from(stop: &Stop) -> Self {
        Self { name: stop.name.clone(), parts: stop.parts.clone() }
    }
}

/// Places in an R-tree. A copy is the same index.
#[derive(Debug, Clone)]
pub struct Nearest(Arc<Index>);

#[derive(Debug)]
struct Index {
    places: Vec<Place>,
    tree: RTree<GeomWithData<Rectangle<Point>, (u32, u32)>>,
}

impl Nearest {
    /// An index over `places`.
    #[must_use]
    pub fn new(places: Vec<Place>) -> Self {
        let mut boxes = Vec::new();
        for (place, index) in places.iter().zip(0_u32..) {
            for (part, part_index) in place.parts.iter().zip(0_u32..) {
                let bounds = Bounds::of(part);
                let rectangle = Rectangle::from_corners(bounds.min, bounds.max);
                boxes.push(GeomWithData::new(rectangle, (index, part_index)));
            }
        }
        Self(Arc::new(Index { places, tree: RTree::bulk_load(boxes) }))
    }

    /// The places, in the order in which they were given.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.0.places
    }

    /// Whether it is a copy of the other.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The nearest place to every parcel of a batch, as it is told ([`Metres::told`]); not known of one without an area, and where there is no place.
    #[must_use]
    pub fn of_batch(&self, batch: &Batch, scale: &ScaleField) -> NearestColumn {
        let (mut index, mut metres) = (Nullable::with_capacity(batch.len()), Nullable::with_capacity(batch.len()));
        let mut hint = None;
        for parcel in batch.parcels() {
            let found = parcel.and_then(|parcel| self.to(&parcel.shape, &parcel.bounds, scale, &mut hint));
            index.push(found.map(|(index, _)| index));
            metres.push(found.map(|(_, distance)| distance.told().0));
        }
        NearestColumn { index, metres }
    }

    /// The nearest place to `parcel`, whose box is `bounds`, and how far it is from the parcel's edge: 0 where it
    /// reaches into the parcel. Of places equally near, the first. `None` where there is no place.
    ///
    /// `hint` is what was found for the parcel before, and becomes what is found. Where the two parcels stand close together it
    /// bounds the search; it does not change the answer.
    #[must_use]
    pub fn to(
        &self,
        parcel: &Shape<'_>,
        bounds: &Bounds,
        scale: &ScaleField,
        hint: &mut Option<Hint>,
    ) -> Option<(u32, Metres)> {
        let Index { places, tree } = &*self.0;
        let centre = bounds.centre();
        let likely = match hint.filter(|before| before.helps(centre)) {
            Some(before) => before.index,
            None => tree.nearest_neighbor(&centre)?.data.0,
        };
        let place = &places[likely as usize];
        let ways = place.parts.iter().filter_map(|part| Some((likely, way_to(place, part, parcel)?)));
        let mut best = ways.min_by(|(_, one), (_, other)| one.squared.total_cmp(&other.squared))?;
        // A hair more, so that rounding keeps none of those equally near out of the box.
        let around = bounds.grown(best.1.squared.sqrt() * (1.0 + HAIR));
        for found in tree.locate_in_envelope_intersecting(&AABB::from_corners(around.min, around.max)) {
            let (index, part) = found.data;
            // The likely one is looked at already, and a box that is further away holds nothing nearer; nor is anything nearer than
            // what reaches into the parcel.
            let is_settled = best.1.squared == 0.0 && index >= best.0;
            if index == likely || is_settled || gap_squared(bounds, found.geom()) > best.1.squared * (1.0 + HAIR) {
                continue;
            }
            let place = &places[index as usize];
            let Some(way) = way_to(place, &place.parts[part as usize], parcel) else { continue };
            if way.squared < best.1.squared || (way.squared == best.1.squared && index < best.0) {
                best = (index, way);
            }
        }
        *hint = Some(Hint { index: best.0, centre, distance: best.1.squared.sqrt() });
        Some((best.0, scale.ground_distance(best.1.from, best.1.to)))
    }
}

/// The square of the distance between two boxes.
fn gap_squared(bounds: &Bounds, other: &Rectangle<Point>) -> f64 {
    let (lower, upper) = (other.lower(), other.upper());
    let gap = |axis: usize| (lower[axis] - bounds.max[axis]).max(bounds.min[axis] - upper[axis]).max(0.0);
    let (dx, dy) = (gap(0), gap(1));
    dx * dx + dy * dy
}

/// What was found for a parcel: the index of the place, the middle of the parcel's box, and the distance in plane
/// metres.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    index: u32,
    centre: Point,
    distance: f64,
}

impl Hint {
    /// Whether the place is still about the nearest to a parcel there: the way to the parcel is short beside that to the place.
    fn helps(&self, centre: Point) -> bool {
        (centre[0] - self.centre[0]).hypot(centre[1] - self.centre[1]) < self.distance / 2.0
    }
}

/// The shortest way from a parcel to a part of a place; none to go where the parcel lies in an area of it.
fn way_to(place: &Place, part: &[Point], parcel: &Shape<'_>) -> Option<Way> {
    let way = shortest_way(parcel, part)?;
    // The rings of an area are apart from a parcel inside it.
    let inside = way.squared > 0.0 && place.parts.holds_part_of(parcel);
    Some(if inside { Way { to: way.from, squared: 0.0, ..way } } else { way })
}

/// The distance on the ground from a parcel's edge to where a thing stands: 0 where that reaches into the parcel, or the parcel
/// lies in an area of it. `None` where it stands nowhere.
#[must_use]
pub fn distance_from(parcel: &Shape<'_>, parts: &Footprint, scale: &ScaleField) -> Option<Metres> {
    if parts.holds_part_of(parcel) {
        return Some(Metres(0.0));
    }
    let ways = parts.iter().filter_map(|part| shortest_way(parcel, part));
    let shortest = ways.min_by(|one, other| one.squared.total_cmp(&other.squared))?;
    Some(scale.ground_distance(shortest.from, shortest.to))
}

/// The distance between two places on the ground, edge to edge.
#[must_use]
pub fn distance_between(a: &Place, b: &Place, scale: &ScaleField) -> Metres {
    a.parts.way_to(&b.parts).map_or(Metres(f64::INFINITY), |way| scale.ground_distance(way.from, way.to))
}
