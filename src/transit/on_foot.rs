//! Which stations and stops are so near that one changes between them on foot?

use std::collections::{BTreeMap, BTreeSet};

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::Stop;
use crate::crs::ScaleField;
use crate::geometry::Point;
use crate::units::Metres;

/// Stations and stops, ready to be asked which ones lie near others, whether a timetable speaks for them or not.
#[derive(Debug)]
pub(super) struct OnFoot<'a> {
    stops: &'a [Stop],
    tree: RTree<GeomWithData<Rectangle<Point>, usize>>,
    /// The places of the stops of each group.
    of_group: BTreeMap<usize, Vec<usize>>,
    within: Metres,
    scale: &'a ScaleField,
}

impl<'a> OnFoot<'a> {
    pub(super) fn of(stops: &'a [Stop], within: Metres, scale: &'a ScaleField) -> Self {
        let mut of_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, stop) in stops.iter().enumerate() {
            of_group.entry(stop.group).or_default().push(index);
        }
        let placed = stops.iter().enumerate().filter_map(|(index, stop)| {
            let [low, high] = extent(stop)?;
            Some(GeomWithData::new(Rectangle::from_corners(low, high), index))
        });
        Self { stops, tree: RTree::bulk_load(placed.collect()), of_group, within, scale }
    }

    /// These groups, and those within the distance of one of them.
    pub(super) fn near(&self, groups: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut found = groups.clone();
        for &index in groups.iter().filter_map(|group| self.of_group.get(group)).flatten() {
            let Some([low, high]) = extent(&self.stops[index]) else { continue };
            // The plane stretches by less than one part in a hundred.
            let more = self.within.0 * 1.01;
            let around = AABB::from_corners(low.map(|metres| metres - more), high.map(|metres| metres + more));
            for near in self.tree.locate_in_envelope_intersecting(&around) {
                let other = &self.stops[near.data];
                if !found.contains(&other.group) && self.is_near(&self.stops[index], other) {
                    found.insert(other.group);
                }
            }
        }
        found
    }

    /// Also from the middle of a platform, or from inside an area.
    fn is_near(&self, one: &Stop, other: &Stop) -> bool {
        let way = one.parts.way_to(&other.parts);
        way.is_some_and(|way| self.scale.ground_distance(way.from, way.to) <= self.within)
    }
}

/// The corners of what a stop covers.
fn extent(stop: &Stop) -> Option<[Point; 2]> {
    let points = stop.parts.iter().flatten().copied().map(|point| [point, point]);
    points.reduce(|[low, high], [point, _]| {
        let both = |of: fn(f64, f64) -> f64, one: Point| [of(one[0], point[0]), of(one[1], point[1])];
        [both(f64::min, low), both(f64::max, high)]
    })
}
