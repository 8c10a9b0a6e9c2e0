//! Which part of one parcel lies in a set of the plane? Sets as far as they concern one parcel, so that a question about it costs what
//! lies around it and not what lies in the city.

use std::borrow::Cow;
use std::sync::Arc;

use super::sites::{PLANE, gap_between};
use crate::criteria::{ReachedStop, World};
use crate::evidence::{KnownIndex, Parcel, steps};
use crate::geometry::{Bounds, Point, Shape, Shapes, overlay};
use crate::regions::{Known, Region, RegionIndex, Scratch};

/// Room around a parcel, plane metres: far more than an overlay moves a corner.
const ROOM: f64 = 1.0;

/// A piece of more corners is cut to the surroundings of the parcel before it is overlaid.
const MANY_POINTS: usize = 256;
const FEW_POINTS: usize = 16;

/// A set of the plane, ready to be cut to parcels.
#[derive(Debug)]
pub(super) struct Place<'a> {
    region: Cow<'a, Region>,
    index: Arc<RegionIndex>,
    /// The boxes of its pieces.
    boxes: Vec<Bounds>,
}

impl<'a> Place<'a> {
    /// What is known of a place in each state of things, made ready.
    pub(super) fn by_world(known: &'a Known, indices: &KnownIndex) -> [Self; 3] {
        let indices = indices.by_world();
        World::ALL.map(|world| Self::new(Cow::Borrowed(world.of(known)), Arc::clone(indices[world as usize])))
    }

    /// A set of its own, made ready.
    pub(super) fn of(region: Region) -> Self {
        let index = Arc::new(region.index());
        Self::new(Cow::Owned(region), index)
    }

    fn new(region: Cow<'a, Region>, index: Arc<RegionIndex>) -> Self {
        let boxes = region.drawn().0.iter().map(|piece| piece.bounds()).collect();
        Self { region, index, boxes }
    }

    /// The set itself.
    pub(super) fn region(&self) -> &Region {
        &self.region
    }
}

/// One parcel, of which is asked how much of it lies in a set.
pub(super) struct Ground<'p> {
    pub(super) parcel: &'p Parcel<'p>,
    alone: Shapes,
}

impl<'p> Ground<'p> {
    pub(super) fn of(parcel: &'p Parcel<'p>) -> Self {
        let mut alone = Shapes::default();
        alone.push(&parcel.shape);
        Self { parcel, alone }
    }

    /// The length of the diagonal of its box, plane metres: no two of its points are further apart.
    pub(super) fn diagonal(&self) -> f64 {
        let [width, height] = self.parcel.bounds.size();
        width.hypot(height)
    }

    /// The share of it in a set, in millionths, as it is judged.
    pub(super) fn share(&self, region: &Region) -> u32 {
        if region.is_nothing() {
            return 0;
        }
        let Parcel { shape, bounds, plane_area } = self.parcel;
        if region.is_everything() {
            steps(1.0)
        } else {
            steps(region.index().share(shape, bounds, *plane_area, &mut Scratch::default()))
        }
    }

    /// A set as far as it concerns the parcel: everything and nothing where its boundary does not come near.
    pub(super) fn cut(&self, place: &Place<'_>) -> Region {
        let bounds = &self.parcel.bounds;
        match place.index.holds(bounds) {
            Some(true) => return Region::everything(),
            Some(false) => return Region::nothing(),
            None => {}
        }
        let (area, is_outside) = place.region.drawn();
        let around = bounds.grown(ROOM);
        let mut near = Shapes::default();
        for (piece, own) in area.iter().zip(&place.boxes) {
            if own.meets(bounds) {
                if piece.points().len() > MANY_POINTS {
                    push_cut(&mut near, &piece, &around);
                } else {
                    near.push(&piece);
                }
            }
        }
        let cut = if is_outside { overlay::difference } else { overlay::intersection };
        Region::from(Cow::Owned(cut(&self.alone, &near)))
    }

    /// Areas, which may overlap, united as far as they concern the parcel.
    pub(super) fn united(&self, areas: &Shapes) -> Region {
        let (bounds, around) = (&self.parcel.bounds, self.parcel.bounds.grown(ROOM));
        let mut near = Shapes::default();
        for piece in areas.iter().filter(|piece| piece.bounds().meets(bounds)) {
            if piece.points().len() > FEW_POINTS { push_cut(&mut near, &piece, &around) } else { near.push(&piece) }
        }
        Region::union_of(&[&near])
    }

    /// A set that was made for the parcel, as far as it concerns it.
    pub(super) fn within(&self, region: &Region) -> Region {
        if region.is_everything() || region.is_nothing() {
            return region.clone();
        }
        let (area, is_outside) = region.drawn();
        let near = self.united(area);
        let near = if is_outside { near.complement() } else { near };
        match near.index().holds(&self.parcel.bounds) {
            Some(true) => Region::everything(),
            Some(false) => Region::nothing(),
            None => near,
        }
    }

    /// Whether anything of the parcel may be near a stop.
    pub(super) fn may_reach(&self, stop: &ReachedStop) -> bool {
        let gap = |part: &Vec<Point>| gap_between(&self.parcel.bounds, &Bounds::of(part));
        stop.stop.parts.iter().any(|part| gap(part) * PLANE[0] <= stop.within.0)
    }

    /// The part of the parcel that lies in units.
    pub(super) fn cut_units<'s>(&self, units: impl Iterator<Item = Shape<'s>>) -> Region {
        let mut all = Shapes::default();
        units.filter(|unit| unit.bounds().meets(&self.parcel.bounds)).for_each(|unit| all.push(&unit));
        if all.is_empty() {
            return Region::nothing();
        }
        let united = Region::union_of(&[&all]);
        let (united, _) = united.drawn();
        Region::from(Cow::Owned(overlay::intersection(&self.alone, united)))
    }
}

/// Adds what of a shape lies in a box. Rings may run along the box where they leave it, forth and back: an overlay takes that for
/// nothing.
fn push_cut(shapes: &mut Shapes, shape: &Shape<'_>, to: &Bounds) {
    for polygon in shape.polygons() {
        let mut any = false;
        for ring in polygon.rings() {
            let mut points: Vec<Point> = ring[..ring.len().saturating_sub(1)].to_vec();
            for (axis, line, sign) in
                [(0, to.min[0], 1.0), (0, to.max[0], -1.0), (1, to.min[1], 1.0), (1, to.max[1], -1.0)]
            {
                points = one_side(&points, axis, line, sign);
            }
            if let Some(&first) = points.first() {
                points.push(first);
                shapes.push_ring(&points);
                any = true;
            }
        }
        if any {
            shapes.end_polygon();
        }
    }
    shapes.end_shape();
}

/// What of a ring without its last point lies on one side of a line (Sutherland and Hodgman 1974).
fn one_side(ring: &[Point], axis: usize, line: f64, sign: f64) -> Vec<Point> {
    let is_in = |point: &Point| (point[axis] - line) * sign >= 0.0;
    let mut kept = Vec::with_capacity(ring.len());
    for (index, point) in ring.iter().enumerate() {
        let before = &ring[(index + ring.len() - 1) % ring.len()];
        if is_in(before) != is_in(point) {
            let part = (line - before[axis]) / (point[axis] - before[axis]);
            let mut crossing = [line; 2];
            crossing[1 - axis] = before[1 - axis] + part * (point[1 - axis] - before[1 - axis]);
            kept.push(crossing);
        }
        if is_in(point) {
            kept.push(*point);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Shapes {
        Shapes::from(Bounds { min: [x, y], max: [x + side, y + side] })
    }

    /// A ring of many corners round a middle.
    fn disc(radius: f64) -> Shapes {
        let corner = |step: u32| (f64::from(step) / 600.0 * std::f64::consts::TAU).sin_cos();
        let mut ring: Vec<Point> = (0..600).map(corner).map(|(sin, cos)| [radius * cos, radius * sin]).collect();
        ring.push(ring[0]);
        let mut shapes = Shapes::default();
        shapes.push_ring(&ring);
        shapes.end_polygon();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn what_is_cut_to_a_parcel_holds_as_much_of_it_as_the_whole_set() {
        for known in [
            Known::exactly(Region::union_of(&[&disc(500.0)])),
            Known::exactly(Region::union_of(&[&disc(500.0)]).complement()),
        ] {
            let places = Place::by_world(&known, &KnownIndex::new(&known));
            for x in [-505.0, -330.0, 0.0, 349.0, 352.0, 495.0, 600.0] {
                let shapes = square(x, x / 2.0, 12.0);
                let parcel = Parcel::of(shapes.get(0));
                let ground = Ground::of(&parcel);
                let whole = ground.share(&known.sure);
                let cut = ground.share(&ground.cut(&places[0]));
                assert!(whole.abs_diff(cut) <= 1, "{x}: {whole} {cut}");
            }
        }
    }
}
