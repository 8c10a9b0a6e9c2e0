//! How much of a parcel lies in an area, while its border moves outward and inward?

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::ground::{Ground, Place};
use super::sites::{PLANE, gap_between};
use crate::crs::ScaleField;
use crate::geometry::distance::{Way, shortest_way};
use crate::geometry::{Bounds, Point, Shapes};
use crate::regions::{Region, around};
use crate::units::Metres;

/// So many sides of a border are looked at together.
const SIDES: usize = 8;

/// The border of a set, in short lines.
#[derive(Debug)]
pub(super) struct Border {
    lines: Vec<Vec<Point>>,
    tree: RTree<GeomWithData<Rectangle<Point>, usize>>,
}

impl Border {
    pub(super) fn of(region: &Region) -> Self {
        let lines: Vec<Vec<Point>> = region.drawn().0.rings().flat_map(short_lines).collect();
        let boxed = |(index, line): (usize, &Vec<Point>)| {
            let bounds = Bounds::of(line);
            GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), index)
        };
        Self { tree: RTree::bulk_load(lines.iter().enumerate().map(boxed).collect()), lines }
    }

    /// The border as one parcel sees it; `None` where there is none.
    pub(super) fn seen_from<'a>(
        &'a self,
        ground: &Ground<'_>,
        place: &Place<'_>,
        scale: &'a ScaleField,
    ) -> Option<Seen<'a>> {
        let parcel = ground.parcel;
        let way = |index: usize| shortest_way(&parcel.shape, &self.lines[index]);
        let likely = way(self.tree.nearest_neighbor(&parcel.bounds.centre())?.data)?;
        let within = |plane: f64| {
            let around = parcel.bounds.grown(plane);
            let found = self.tree.locate_in_envelope_intersecting(&AABB::from_corners(around.min, around.max));
            let mut found: Vec<usize> = found.map(|one| one.data).collect();
            found.sort_unstable();
            found
        };
        let ways = within(likely.squared.sqrt() * PLANE[1]).into_iter().filter_map(way).chain([likely]);
        let nearest = ways.min_by(|one, other| one.squared.total_cmp(&other.squared))?;
        let across = ground.diagonal() * PLANE[1];
        let lines = within(nearest.squared.sqrt() * PLANE[1] + across + 1.0);
        let near = |index: usize| {
            let line = self.lines[index].as_slice();
            (line, gap_between(&parcel.bounds, &Bounds::of(line)) * PLANE[0])
        };
        let metres = scale.ground_distance(nearest.from, nearest.to);
        Some(Seen {
            lines: lines.into_iter().map(near).collect(),
            area: ground.cut(place),
            nearest,
            metres,
            across,
            scale,
        })
    }
}

/// The border of an area as one parcel sees it.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    /// The lines that matter, and how far each is at least.
    lines: Vec<(&'a [Point], f64)>,
    /// What lies in the area, as far as it concerns the parcel.
    area: Region,
    /// The shortest way to the border.
    pub(super) nearest: Way,
    /// Its length.
    pub(super) metres: Metres,
    across: f64,
    scale: &'a ScaleField,
}

impl Seen<'_> {
    /// What lies in the area where its border stands so many metres further out, or further in.
    pub(super) fn region(&self, change: f64, ground: &Ground<'_>) -> Region {
        if change == 0.0 {
            return self.area.clone();
        }
        let metres = change.abs();
        // All of the parcel is as near to the border.
        if self.metres.0 + self.across < metres {
            return if change > 0.0 { Region::everything() } else { Region::nothing() };
        }
        let lines = self.lines.iter().filter(|(_, least)| *least <= metres).map(|(line, _)| (*line, Metres(metres)));
        let strip: Shapes = around(lines, self.scale);
        let strip = ground.united(&strip);
        if change > 0.0 { self.area.union(&strip) } else { self.area.intersection(&strip.complement()) }
    }
}

/// A ring in lines of a few sides.
fn short_lines(ring: &[Point]) -> Vec<Vec<Point>> {
    let sides = ring.len().saturating_sub(1);
    (0..sides).step_by(SIDES).map(|first| ring[first..=(first + SIDES).min(sides)].to_vec()).collect()
}
