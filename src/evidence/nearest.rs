//! The nearest of many places to a parcel, from edge to edge, in metres on the ground.

use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};

use crate::crs::ScaleField;
use crate::geometry::distance::{line_way, shortest_way};
use crate::geometry::repair::goes_round;
use crate::geometry::{Bounds, Point, Shape};
use crate::layers::Facility;
use crate::transit::Stop;
use crate::units::Metres;

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
    #[must_use]
    pub fn to(&self, lot: &Shape<'_>, bounds: &Bounds, scale: &ScaleField) -> Option<(u32, Metres)> {
        let centre = bounds.centre();
        let [width, height] = bounds.size();
        let half_diagonal = width.hypot(height) / 2.0;
        let mut best: Option<(f64, u32, Point, Point)> = None;
        for (found, squared) in self.tree.nearest_neighbor_iter_with_distance_2(&centre) {
            if best.is_some_and(|(known, ..)| squared.sqrt() - half_diagonal > known.sqrt()) {
                break;
            }
            let (number, part) = found.data;
            let place = &self.places[number as usize];
            let line = &place.parts[part as usize];
            let Some(way) = shortest_way(lot, line) else { continue };
            // A lot inside an area: the area's rings are apart from it, but there is no way to go.
            let inside = place.filled && way.squared > 0.0 && lot_lies_in(lot, &place.parts);
            let squared = if inside { 0.0 } else { way.squared };
            if best.is_none_or(|(known, first, ..)| squared < known || (squared == known && number < first)) {
                best = Some((squared, number, way.from, if inside { way.from } else { way.to }));
            }
        }
        best.map(|(_, number, from, to)| (number, scale.ground_distance(from, to)))
    }
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
