//! Which neighbouring parcels could be one site together 敷地の集約: two or three that touch, each too small by itself, and none of which can
//! be left out?

use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{SiteCandidate, SiteParcel};
use crate::geometry::area::area;
use crate::geometry::{Bounds, Point, Shape};
use crate::units::SquareMetres;

/// Borders that are the same run so near one another, plane metres: as surveys of two parcels differ.
const SAME_BORDER_M: f64 = 0.01;

/// So long a border two parcels must have in common, plane metres: a corner makes no site of them.
const SHARED_M: f64 = 1.0;

/// No more parcels are put together than this: so many are looked through in seconds.
pub const MOST_MERGED: usize = 30_000;

/// Parcels put together.
#[derive(Debug, Default)]
pub struct Merged {
    /// The candidates: pairs first, then threes, each in the order of the input.
    pub candidates: Vec<SiteCandidate>,
    /// How many there are beyond these.
    pub left_out: usize,
}

/// The pairs and threes of parcels that touch and reach the least area together, and of which none can be left out. Each of them is a part for
/// certain ([`SiteParcel::is_part`]).
#[must_use]
pub fn merged(parcels: &[SiteParcel], least: SquareMetres) -> Merged {
    let parts: Vec<&SiteParcel> = parcels.iter().filter(|parcel| parcel.is_part).collect();
    let neighbours = neighbours(&parts);
    let touch = |one: usize, other: usize| neighbours[one].binary_search(&other).is_ok();
    let enough = |members: &[usize]| members.iter().map(|&at| parts[at].area.0).sum::<f64>() >= least.0;
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for (one, near) in neighbours.iter().enumerate() {
        sets.extend(near.iter().filter(|&&other| other > one && enough(&[one, other])).map(|&other| vec![one, other]));
    }
    let mut threes: Vec<Vec<usize>> = Vec::new();
    for (middle, near) in neighbours.iter().enumerate() {
        for (at, &one) in near.iter().enumerate() {
            for &other in &near[at + 1..] {
                // Where all three touch, each of them is in the middle once: the first counts.
                let is_told = touch(one, other) && (one < middle || other < middle);
                let suffices = |a: usize, b: usize| touch(a, b) && enough(&[a, b]);
                let can_lose = suffices(middle, one) || suffices(middle, other) || suffices(one, other);
                if !is_told && !can_lose && enough(&[one, middle, other]) {
                    let mut members = vec![one, middle, other];
                    members.sort_unstable();
                    threes.push(members);
                }
            }
        }
    }
    threes.sort_unstable();
    sets.extend(threes);
    let left_out = sets.len().saturating_sub(MOST_MERGED);
    sets.truncate(MOST_MERGED);
    let together = |members: &Vec<usize>| {
        let members: Vec<&SiteParcel> = members.iter().map(|&at| parts[at]).collect();
        let mut one = SiteCandidate::of(&members);
        one.area = one.area_once();
        (one.area.0 >= least.0).then_some(one)
    };
    Merged { candidates: sets.par_iter().filter_map(together).collect(), left_out }
}

impl SiteCandidate {
    /// Its ground area, ground that two of its parcels claim counted once.
    fn area_once(&self) -> SquareMetres {
        let sum = area(&self.shape.get(0));
        let once: f64 = self.ground().iter().map(|piece| area(&piece)).sum();
        // What two claim is more than what outlines round to.
        if once < sum - 1e-2 { SquareMetres(self.area.0 * once / sum).told() } else { self.area }
    }
}

/// By part, those that it touches, in order.
fn neighbours(parts: &[&SiteParcel]) -> Vec<Vec<usize>> {
    let bounds: Vec<Bounds> = parts.iter().map(|part| part.shape.bounds()).collect();
    let boxes = bounds.iter().enumerate();
    let boxes = boxes.map(|(at, one)| GeomWithData::new(Rectangle::from_corners(one.min, one.max), at));
    let tree: RTree<GeomWithData<Rectangle<Point>, usize>> = RTree::bulk_load(boxes.collect());
    let of = |(at, part): (usize, &&SiteParcel)| {
        let around = bounds[at].grown(SAME_BORDER_M);
        let near = tree.locate_in_envelope_intersecting(&AABB::from_corners(around.min, around.max));
        let near = near.map(|found| found.data).filter(|&other| other != at);
        // Asked in one order, so that two touch or do not.
        let touches = |&other: &usize| {
            let (a, b) = if at < other { (part, &parts[other]) } else { (&parts[other], part) };
            shared_border(&a.shape.get(0), &b.shape.get(0)) >= SHARED_M
        };
        let mut near: Vec<usize> = near.filter(touches).collect();
        near.sort_unstable();
        near
    };
    parts.par_iter().enumerate().map(of).collect()
}

/// How long a border two shapes have in common, plane metres.
fn shared_border(a: &Shape<'_>, b: &Shape<'_>) -> f64 {
    let around = b.bounds().grown(SAME_BORDER_M);
    let edges = |shape: &Shape<'_>| -> Vec<[Point; 2]> {
        shape.rings().flat_map(|ring| ring.windows(2).map(|pair| [pair[0], pair[1]])).collect()
    };
    let others = edges(b);
    let near = edges(a).into_iter().filter(|edge| Bounds::of(edge).meets(&around));
    near.map(|edge| others.iter().map(|other| along(edge, *other)).sum::<f64>()).sum()
}

/// How much of an edge runs along another.
fn along([p, q]: [Point; 2], [r, s]: [Point; 2]) -> f64 {
    let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
    let length = dx.hypot(dy);
    if length == 0.0 {
        return 0.0;
    }
    let (ux, uy) = (dx / length, dy / length);
    let place = |[x, y]: Point| ((x - p[0]) * ux + (y - p[1]) * uy, (y - p[1]) * ux - (x - p[0]) * uy);
    let (first, second) = (place(r), place(s));
    let (low, high) = if first.0 <= second.0 { (first, second) } else { (second, first) };
    let (from, to) = (low.0.max(0.0), high.0.min(length));
    if to <= from {
        return 0.0;
    }
    let off = |at: f64| low.1 + (high.1 - low.1) * (at - low.0) / (high.0 - low.0);
    if off(from).abs() <= SAME_BORDER_M && off(to).abs() <= SAME_BORDER_M { to - from } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;

    fn part(at: usize, [x, y]: Point, width: f64, height: f64) -> SiteParcel {
        SiteParcel {
            id: format!("p{at}"),
            position: at,
            is_site: false,
            is_part: true,
            is_expected: false,
            area: SquareMetres(width * height),
            shape: Shapes::from(Bounds { min: [x, y], max: [x + width, y + height] }),
            facility: None,
            same_kind: None,
            land: None,
        }
    }

    fn names(parts: &[SiteParcel]) -> Vec<String> {
        merged(parts, SquareMetres(300.0)).candidates.iter().map(SiteCandidate::name).collect()
    }

    #[test]
    fn parcels_that_touch_and_suffice_are_put_together_and_none_can_be_left_out() {
        // A row: 200, 100, 100, 100 m²; the last stands apart by a road.
        let row = [
            part(0, [0.0, 0.0], 20.0, 10.0),
            part(1, [20.0, 0.0], 10.0, 10.0),
            part(2, [30.0, 0.0], 10.0, 10.0),
            part(3, [40.0, 0.0], 10.0, 10.0),
            part(4, [56.0, 0.0], 29.0, 10.0),
        ];
        assert_eq!(names(&row), ["p0+p1", "p1+p2+p3"]);
    }

    #[test]
    fn three_that_all_touch_are_one_site_and_not_three() {
        let all = [part(0, [0.0, 0.0], 20.0, 6.0), part(1, [0.0, 6.0], 10.0, 10.0), part(2, [10.0, 6.0], 10.0, 10.0)];
        assert_eq!(names(&all), ["p0+p1+p2"]);
    }

    #[test]
    fn a_corner_makes_no_site() {
        assert!(names(&[part(0, [0.0, 0.0], 14.0, 14.0), part(1, [14.0, 14.0], 14.0, 14.0)]).is_empty());
    }

    #[test]
    fn ground_that_two_claim_is_counted_once() {
        // The same parcel twice, 200 m².
        assert!(names(&[part(0, [0.0, 0.0], 20.0, 10.0), part(1, [0.0, 0.0], 20.0, 10.0)]).is_empty());
    }

    #[test]
    fn parcels_that_may_be_no_part_are_left_alone() {
        let mut other = part(1, [20.0, 0.0], 10.0, 10.0);
        other.is_part = false;
        assert!(names(&[part(0, [0.0, 0.0], 20.0, 10.0), other]).is_empty());
    }
}
