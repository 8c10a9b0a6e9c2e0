//! Facilities of one kind that stand too close to one another.

mod document;
mod error;

use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::crs::ScaleField;
use crate::evidence::{Place, distance_between};
use crate::geometry::{Bounds, Point};
use crate::layers::Facility;
use crate::units::Metres;
pub use document::{SpacingFacts, spacing_document};
pub use error::SpacingError;

/// The nearest other facility of the same kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Its index in the layer.
    pub index: usize,
    /// How far, from edge to edge on the ground, as it is told ([`Metres::told`]).
    pub distance: Metres,
}

/// How the facilities of a layer stand to one another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spacing {
    /// For each facility, its nearest neighbour of the same kind; `None` where it is the only one, or has no kind.
    pub nearest: Vec<Option<Neighbour>>,
    /// Pairs of one kind closer than the threshold: indices in the layer, the first below the second.
    pub pairs: Vec<(usize, usize, Metres)>,
}

/// Compares every facility with the others of its kind. Those without a kind or a place are compared with none.
#[must_use]
pub fn spacing(facilities: &[Facility], closest: Metres, scale: &ScaleField) -> Spacing {
    let places: Vec<Place> = facilities.iter().map(Place::from).collect();
    let bounds: Vec<Bounds> = places.iter().map(Place::bounds).collect();
    let tree = boxes(&bounds);
    let same_kind = |a: usize, b: usize| a != b && facilities[a].shares_kind_with(&facilities[b]);
    let distance = |a: usize, b: usize| distance_between(&places[a], &places[b], scale).told();
    let nearest = (0..facilities.len())
        .into_par_iter()
        .map(|index| {
            if bounds[index].is_empty() {
                return None;
            }
            nearest_of_kind(index, &bounds[index], &tree, |other| {
                same_kind(index, other).then(|| distance(index, other))
            })
        })
        .collect();
    let pairs = close_pairs(&bounds, &tree, closest, same_kind, distance);
    Spacing { nearest, pairs }
}

/// Pairs closer than the threshold that may be of one kind, since of one of the two or of both no kind is known.
#[must_use]
pub fn open_pairs(facilities: &[Facility], closest: Metres, scale: &ScaleField) -> Vec<(usize, usize, Metres)> {
    let places: Vec<Place> = facilities.iter().map(Place::from).collect();
    let bounds: Vec<Bounds> = places.iter().map(Place::bounds).collect();
    let is_open = |a: usize, b: usize| a != b && (facilities[a].kind.is_none() || facilities[b].kind.is_none());
    close_pairs(&bounds, &boxes(&bounds), closest, is_open, |a, b| {
        distance_between(&places[a], &places[b], scale).told()
    })
}

/// The boxes around places, those that are nowhere left out.
fn boxes(bounds: &[Bounds]) -> RTree<Boxed> {
    let placed = bounds.iter().enumerate().filter(|(_, bounds)| !bounds.is_empty());
    RTree::bulk_load(
        placed.map(|(index, bounds)| Boxed::new(Rectangle::from_corners(bounds.min, bounds.max), index)).collect(),
    )
}

/// The pairs that are meant and closer than the threshold, the first of a pair before the second.
fn close_pairs(
    bounds: &[Bounds],
    tree: &RTree<Boxed>,
    closest: Metres,
    is_meant: impl Fn(usize, usize) -> bool + Sync,
    distance: impl Fn(usize, usize) -> Metres + Sync,
) -> Vec<(usize, usize, Metres)> {
    let mut pairs: Vec<(usize, usize, Metres)> = (0..bounds.len())
        .into_par_iter()
        .filter(|&index| !bounds[index].is_empty())
        .flat_map_iter(|index| {
            let (is_meant, distance) = (&is_meant, &distance);
            let reach = bounds[index].grown(closest.0 * 1.01);
            let envelope = AABB::from_corners(reach.min, reach.max);
            tree.locate_in_envelope_intersecting(&envelope)
                .map(|found| found.data)
                .filter(move |&other| index < other && is_meant(index, other))
                .map(move |other| (index, other, distance(index, other)))
                .filter(move |(.., distance)| *distance < closest)
                .collect::<Vec<_>>()
        })
        .collect();
    pairs.sort_by_key(|&(a, b, _)| (a, b));
    pairs
}

type Boxed = GeomWithData<Rectangle<Point>, usize>;

/// The nearest facility for which `distance` gives one; of those equally near, the first of the layer.
fn nearest_of_kind(
    index: usize,
    bounds: &Bounds,
    tree: &RTree<Boxed>,
    distance: impl Fn(usize) -> Option<Metres>,
) -> Option<Neighbour> {
    let centre = bounds.centre();
    let [width, height] = bounds.size();
    let half_diagonal = width.hypot(height) / 2.0;
    let mut best: Option<Neighbour> = None;
    for (found, squared) in tree.nearest_neighbor_iter_with_distance_2(&centre) {
        // The plane stretches by less than one part in a thousand.
        if best.is_some_and(|best| squared.sqrt() - half_diagonal > best.distance.0 * 1.001) {
            break;
        }
        let Some(distance) = distance(found.data).filter(|_| found.data != index) else { continue };
        let closer =
            best.is_none_or(|best| distance < best.distance || (distance == best.distance && found.data < best.index));
        if closer {
            best = Some(Neighbour { index: found.data, distance });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;
    use crate::geometry::Footprint;

    fn facility(kind: &str, at: Point) -> Facility {
        let kind = (!kind.is_empty()).then(|| kind.to_owned());
        Facility { number: 1, name: None, kind, site_area: None, geometry: None, parts: at.into() }
    }

    fn of(facilities: &[Facility]) -> Spacing {
        spacing(facilities, Metres(700.0), &ScaleField::new(Plane::new(8).unwrap()))
    }

    #[test]
    fn only_facilities_of_one_kind_are_pairs() {
        let found = of(&[
            facility("特養", [0.0, 0.0]),
            facility("老健", [10.0, 0.0]),
            facility("特養", [600.0, 0.0]),
            facility("特養", [1400.0, 0.0]),
            facility("", [0.0, 5.0]),
        ]);
        assert_eq!(found.pairs.iter().map(|&(a, b, _)| (a, b)).collect::<Vec<_>>(), [(0, 2)]);
        assert_eq!(found.nearest[3].unwrap().index, 2);
        assert!(found.nearest[1].is_none() && found.nearest[4].is_none());
    }

    #[test]
    fn a_facility_without_a_kind_may_be_of_any() {
        let all = [facility("特養", [0.0, 0.0]), facility("", [600.0, 0.0]), facility("老健", [300.0, 0.0])];
        let open = open_pairs(&all, Metres(700.0), &ScaleField::new(Plane::new(8).unwrap()));
        assert_eq!(open.iter().map(|&(a, b, _)| (a, b)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
    }

    #[test]
    fn a_facility_without_a_place_is_near_none() {
        let nowhere = Facility { parts: Footprint::default(), ..facility("特養", [0.0, 0.0]) };
        let found = of(&[nowhere, facility("特養", [0.0, 0.0]), facility("特養", [500.0, 0.0])]);
        assert_eq!(found.pairs.iter().map(|&(a, b, _)| (a, b)).collect::<Vec<_>>(), [(1, 2)]);
        assert!(found.nearest[0].is_none());
        assert_eq!(found.nearest[2].unwrap().index, 1);
    }

    #[test]
    fn seven_hundred_metres_is_far_enough() {
        // The plane's own metres are shorter than the ground's at the meridian: 0.9999.
        let pairs = |metres: f64| of(&[facility("特養", [0.0, 0.0]), facility("特養", [metres * 0.9999, 0.0])]).pairs;
        // To the millimetre that is told.
        assert!([700.0, 700.1, 699.9999].into_iter().all(|metres| pairs(metres).is_empty()));
        assert_eq!([699.9, 699.999].map(|metres| pairs(metres)[0].2), [Metres(699.9), Metres(699.999)]);
    }
}
