//! What a criterion holds ready to be asked about any parcel: where it holds, and what of it can be moved.

use std::sync::OnceLock;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::border::Border;
use super::ground::Place;
use crate::assess::Assessor;
use crate::criteria::{Asks, Context, Criterion, Lever, StopReach, World};
use crate::geometry::{Bounds, Point, Shape, Shapes};

/// A criterion, made ready once for all parcels.
pub(super) struct Prepared<'a> {
    pub(super) criterion: &'static Criterion,
    pub(super) lever: Lever<'a>,
    /// The stops near which it holds; `None` of one that does not ask for stops.
    pub(super) reach: Option<StopReach>,
    /// Where it holds in each state of things; `None` of one about the parcel alone.
    places: Option<[Place<'a>; 3]>,
    borders: [OnceLock<Border>; 3],
    /// Of one that asks of each zone of another kind: where it holds for each.
    pieces: OnceLock<Vec<Place<'static>>>,
    /// Of one that asks of units of land: these, by their boxes.
    units: OnceLock<RTree<GeomWithData<Rectangle<Point>, usize>>>,
}

impl<'a> Prepared<'a> {
    pub(super) fn of(criterion: &'static Criterion, assessor: &'a Assessor, context: &Context<'a>) -> Self {
        let index = assessor.judge.rules.set.region(criterion.id);
        let known = assessor.known.get(criterion.id);
        let places = known.zip(index).map(|(known, index)| Place::by_world(known, &assessor.study.criteria[index]));
        Self {
            criterion,
            lever: criterion.kind.lever(context),
            reach: criterion.stops(context),
            places,
            borders: [OnceLock::new(), OnceLock::new(), OnceLock::new()],
            pieces: OnceLock::new(),
            units: OnceLock::new(),
        }
    }

    /// Where it holds for one zone of another kind, of one that asks of each.
    pub(super) fn piece(&self, index: usize, context: &Context<'_>) -> Option<&Place<'static>> {
        let Asks::OfZone(asks) = self.criterion.kind.asks() else { return None };
        let pieces = &context.zones.get(self.criterion.kind.zone()?)?.each;
        let all = || pieces.iter().map(|piece| Place::of(asks.region(piece, context))).collect();
        self.pieces.get_or_init(all).get(index)
    }

    /// Where it holds in a state of things.
    pub(super) fn place(&self, world: World) -> Option<&Place<'a>> {
        Some(&self.places.as_ref()?[world as usize])
    }

    /// The border of where it holds in a state of things.
    pub(super) fn border(&self, world: World) -> Option<&Border> {
        let region = self.place(world)?.region();
        Some(self.borders[world as usize].get_or_init(|| Border::of(region)))
    }

    /// The units that meet a box, in their order.
    pub(super) fn units_meeting(&self, bounds: &Bounds, shapes: &Shapes) -> Vec<usize> {
        let tree = self.units.get_or_init(|| {
            let boxed = |(index, shape): (usize, Shape<'_>)| {
                let bounds = shape.bounds();
                GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), index)
            };
            RTree::bulk_load(shapes.iter().enumerate().map(boxed).collect())
        });
        let found = tree.locate_in_envelope_intersecting(&AABB::from_corners(bounds.min, bounds.max));
        let mut found: Vec<usize> = found.map(|one| one.data).collect();
        found.sort_unstable();
        found
    }

    /// Whether what counts for it may stand anywhere, so that no distance bounds where it could hold.
    pub(super) fn is_anywhere(&self) -> bool {
        match &self.lever {
            Lever::Places(places) => places.anywhere,
            _ => self.reach.as_ref().is_some_and(|reach| reach.anywhere),
        }
    }
}
