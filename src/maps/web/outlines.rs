//! Outlines of parcels in whole steps of the world in Web Mercator, kept small.
//!
//! Source of the projection: EPSG Geodetic Parameter Dataset, method 1024 (Popular Visualisation Pseudo Mercator); of
//! the division into tiles: Mapbox Vector Tile Specification 2.1 and its use of zooms.

use crate::geometry::Point;

/// The world has 2²⁸ steps a side: 12 cm at the latitude of Tokyo.
pub(super) const STEP_BITS: u32 = 28;

const STEPS: f64 = (1_u32 << STEP_BITS) as f64;

/// A point in steps from the north-western corner of the world, eastward and southward.
pub(super) type Step = [i32; 2];

/// The step of a longitude and latitude, degrees. Latitudes beyond those of Web Mercator, 85.05° and more, are not asked.
pub(super) fn step([lon, lat]: Point) -> Step {
    let x = (lon + 180.0) / 360.0;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    [x, y].map(|part| (part * STEPS).round().clamp(0.0, STEPS - 1.0) as i32)
}

/// The longitude and latitude of a step, degrees.
pub(super) fn lon_lat([x, y]: Step) -> Point {
    let [x, y] = [x, y].map(|step| f64::from(step) / STEPS);
    [x * 360.0 - 180.0, (std::f64::consts::PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()]
}

/// The outlines of parcels in order: rings without a repeated last point, shells and holes turning in opposite ways.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    points: Vec<Step>,
    ring_ends: Vec<u32>,
    parcel_ends: Vec<u32>,
}

impl Outlines {
    /// Adds a ring to the parcel under construction, its last point repeating the first. One that comes to lie on fewer
    /// than three points has no area to be seen and is left out.
    pub(super) fn push_ring(&mut self, ring: impl Iterator<Item = Point>) {
        let start = self.points.len();
        for degrees in ring {
            let step = step(degrees);
            if self.points.len() == start || self.points.last() != Some(&step) {
                self.points.push(step);
            }
        }
        if self.points.len() > start + 1 && self.points.last() == self.points.get(start) {
            self.points.pop();
        }
        if self.points.len() < start + 3 {
            self.points.truncate(start);
        } else {
            self.ring_ends.push(index(self.points.len()));
        }
    }

    /// Ends the parcel under construction, which may have no ring.
    pub(super) fn end_parcel(&mut self) {
        self.parcel_ends.push(index(self.ring_ends.len()));
    }

    /// Adds the parcels of `other` behind these.
    pub(super) fn append(&mut self, other: &Self) {
        let (points, rings) = (index(self.points.len()), index(self.ring_ends.len()));
        self.points.extend_from_slice(&other.points);
        self.ring_ends.extend(other.ring_ends.iter().map(|end| end + points));
        self.parcel_ends.extend(other.parcel_ends.iter().map(|end| end + rings));
    }

    pub(super) fn len(&self) -> usize {
        self.parcel_ends.len()
    }

    /// The rings of a parcel.
    pub(super) fn rings(&self, parcel: usize) -> impl Iterator<Item = &[Step]> + Clone {
        let start = if parcel == 0 { 0 } else { self.parcel_ends[parcel - 1] as usize };
        (start..self.parcel_ends[parcel] as usize).map(|ring| {
            let from = if ring == 0 { 0 } else { self.ring_ends[ring - 1] as usize };
            &self.points[from..self.ring_ends[ring] as usize]
        })
    }

    /// The corners of the box around a parcel; `None` of one without a ring.
    pub(super) fn bounds(&self, parcel: usize) -> Option<[Step; 2]> {
        let points = self.rings(parcel).flatten();
        let [low, high] = points.fold([[i32::MAX; 2], [i32::MIN; 2]], |[low, high], &[x, y]| {
            [[low[0].min(x), low[1].min(y)], [high[0].max(x), high[1].max(y)]]
        });
        (low[0] <= high[0]).then_some([low, high])
    }

    /// The corners of the box around all parcels.
    pub(super) fn extent(&self) -> Option<[Step; 2]> {
        let boxes = (0..self.len()).filter_map(|parcel| self.bounds(parcel));
        boxes.reduce(|[low, high], [other_low, other_high]| {
            let least = |axis: usize| low[axis].min(other_low[axis]);
            let most = |axis: usize| high[axis].max(other_high[axis]);
            [[least(0), least(1)], [most(0), most(1)]]
        })
    }
}

/// An index into an array, as it is kept.
fn index(len: usize) -> u32 {
    u32::try_from(len).expect("a run has fewer than 2³² vertices")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_again_to_a_few_centimetres() {
        for place in [[139.7671, 35.6812], [122.9, 24.4], [145.8, 43.4]] {
            let again = lon_lat(step(place));
            let metres = [0, 1].map(|axis| (again[axis] - place[axis]).abs() * 111_000.0);
            assert!(metres[0] < 0.1 && metres[1] < 0.1, "{place:?} {metres:?}");
        }
    }

    #[test]
    fn greenwich_on_the_equator_is_the_middle_of_the_world() {
        assert_eq!(step([0.0, 0.0]), [1 << 27, 1 << 27]);
    }

    #[test]
    fn a_parcel_too_thin_to_be_seen_keeps_its_index() {
        let mut outlines = Outlines::default();
        let far = |metres: f64| 135.0 + metres / 111_000.0;
        outlines.push_ring([[135.0, 35.0], [far(0.01), 35.0], [135.0, 35.0]].into_iter());
        outlines.end_parcel();
        let square = [[135.0, 35.0], [far(9.0), 35.0], [far(9.0), 35.001], [135.0, 35.001], [135.0, 35.0]];
        outlines.push_ring(square.into_iter());
        outlines.end_parcel();
        let mut twice = Outlines::default();
        twice.append(&outlines);
        twice.append(&outlines);
        let rings: Vec<usize> = (0..twice.len()).map(|parcel| twice.rings(parcel).map(<[Step]>::len).sum()).collect();
        assert_eq!(rings, [0, 4, 0, 4]);
        assert_eq!(twice.bounds(0), None);
        assert_eq!(twice.bounds(3), outlines.bounds(1));
    }
}
