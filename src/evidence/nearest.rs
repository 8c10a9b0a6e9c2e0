//! The nearest of many places to a parcel, from edge to edge, in metres on the ground.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::crs::ScaleField;
use crate::geometry::distance::{Way, line_way, shortest_way};
use crate::geometry::repair::goes_round;
use crate::geometry::{Bounds, Point, Shape};
use crate::layers::Facility;
use crate::transit::Stop;
use crate::units::Metres;

/// Far more than a square root rounds, far less than a millimetre.
const HAIR: f64 = 1e-9;

/// Something that can be near: points, bent lines, or the rings of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What it is called in messages and columns.
    pub name: Option<String>,
    /// Its points and bent lines, plane metres.
    pub parts: Vec<Vec<Point>>,
    /// Whether the parts are the rings of an area.
    pub filled: bool,
}

impl Place {
    /// The smallest box around all parts.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.parts.iter().fold(Bounds::EMPTY, |bounds, part| bounds.union(Bounds::of(part)))
    }
}

impl From<&Facility> for Place {
    fn from(facility: &Facility) -> Self {
        Self { name: facility.name.clone(), parts: facility.parts.clone(), filled: facility.filled }
    }
}

impl From<&Stop> for Place {
    fn from(stop: &Stop) -> Self {
        Self { name: stop.name.clone(), parts: stop.parts.clone(), filled: false }
    }
}

/// Places in an R-tree.
#[derive(Debug)]
pub struct Nearest {
    places: Vec<Place>,
    tree: RTree<GeomWithData<Rectangle<Point>, (u32, u32)>>,
}

impl Nearest {
    /// An index over `places`.
    #[must_use]
    pub fn new(places: Vec<Place>) -> Self {
        let mut boxes = Vec::new();
        for (place, number) in places.iter().zip(0_u32..) {
            for (part, part_number) in place.parts.iter().zip(0_u32..) {
                let bounds = Bounds::of(part);
                let rectangle = Rectangle::from_corners(bounds.min, bounds.max);
                boxes.push(GeomWithData::new(rectangle, (number, part_number)));
            }
        }
        Self { places, tree: RTree::bulk_load(boxes) }
    }

    /// The places, in the order in which they were given.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The nearest place to `lot`, whose box is `bounds`, and how far it is from the lot's edge: 0 where it
    /// reaches into the lot. Of places equally near, the first. `None` where there is no place.
    ///
    /// `hint` is what was found for the lot before, and becomes what is found. Where the two lots stand close together it
    /// bounds the search; it does not change the answer.
    #[must_use]
    pub fn to(
        &self,
        lot: &Shape<'_>,
        bounds: &Bounds,
        scale: &ScaleField,
        hint: &mut Option<Hint>,
    ) -> Option<(u32, Metres)> {
        let centre = bounds.centre();
        let likely = match hint.filter(|before| before.helps(centre)) {
            Some(before) => before.place,
            None => self.tree.nearest_neighbor(&centre)?.data.0,
        };
        let place = &self.places[likely as usize];
        let ways = place.parts.iter().filter_map(|part| Some((likely, way_to(place, part, lot)?)));
        let mut best = ways.min_by(|(_, one), (_, other)| one.squared.total_cmp(&other.squared))?;
        // A hair more, so that rounding keeps none of those equally near out of the box.
        let around = bounds.grown(best.1.squared.sqrt() * (1.0 + HAIR));
        for found in self.tree.locate_in_envelope_intersecting(&AABB::from_corners(around.min, around.max)) {
            let (number, part) = found.data;
            let place = &self.places[number as usize];
            let Some(way) = way_to(place, &place.parts[part as usize], lot) else { continue };
            if way.squared < best.1.squared || (way.squared == best.1.squared && number < best.0) {
                best = (number, way);
            }
        }
        *hint = Some(Hint { place: best.0, centre, distance: best.1.squared.sqrt() });
        Some((best.0, scale.ground_distance(best.1.from, best.1.to)))
    }
}

/// What was found for a lot: the place, the middle of the lot's box, and the distance in plane metres.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    place: u32,
    centre: Point,
    distance: f64,
}

impl Hint {
    /// Whether the place is still about the nearest to a lot there: the way to the lot is short beside that to the place.
    fn helps(&self, centre: Point) -> bool {
        (centre[0] - self.centre[0]).hypot(centre[1] - self.centre[1]) < self.distance / 2.0
    }
}

/// The shortest way from a lot to a part of a place; none to go where the lot lies in a filled one.
fn way_to(place: &Place, part: &[Point], lot: &Shape<'_>) -> Option<Way> {
    let way = shortest_way(lot, part)?;
    // The rings of an area are apart from a lot inside it.
    let inside = place.filled && way.squared > 0.0 && lot_lies_in(lot, &place.parts);
    Some(if inside { Way { to: way.from, squared: 0.0, ..way } } else { way })
}

fn lot_lies_in(lot: &Shape<'_>, rings: &[Vec<Point>]) -> bool {
    let Some(&point) = lot.points().first() else { return false };
    rings.iter().filter(|ring| goes_round(ring, point)).count() % 2 == 1
}

/// The distance between two places on the ground, edge to edge.
#[must_use]
pub fn distance_between(a: &Place, b: &Place, scale: &ScaleField) -> Metres {
    let nearest = |from: &Place, to: &Place| {
        from.parts
            .iter()
            .flat_map(|part| to.parts.iter().filter_map(move |other| line_way(part, other)))
            .min_by(|one, other| one.squared.total_cmp(&other.squared))
    };
    let holds_first = |outer: &Place, inner: &Place| {
        outer.filled
            && inner
                .parts
                .iter()
                .flatten()
                .next()
                .is_some_and(|&point| outer.parts.iter().filter(|ring| goes_round(ring, point)).count() % 2 == 1)
    };
    if holds_first(a, b) || holds_first(b, a) {
        return Metres(0.0);
    }
    nearest(a, b).map_or(Metres(f64::INFINITY), |way| scale.ground_distance(way.from, way.to))
}
