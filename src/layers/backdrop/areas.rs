//! Areas that are filled: water and buildings.

use geo::orient::Direction;
use geo::{
    Area as _, BooleanOps as _, BoundingRect as _, LineString, Orient as _, Polygon, Rect, Simplify as _, coord,
};

use crate::geometry::Bounds;

/// Polygons, turned all one way, so that those that overlap are one area however they are filled.
#[derive(Debug, Default)]
pub(super) struct Areas(Vec<Polygon<f64>>);

impl Areas {
    /// Adds a polygon as far as it lies in a box. Returns whether any of it does.
    pub(super) fn add(&mut self, polygon: &Polygon<f64>, around: &Bounds) -> bool {
        let Some(rect) = polygon.bounding_rect() else { return false };
        let bounds = Bounds { min: rect.min().into(), max: rect.max().into() };
        if !around.meets(&bounds) {
            return false;
        }
        let before = self.0.len();
        if around.holds(&bounds) {
            self.0.push(polygon.orient(Direction::Default));
        } else {
            let corner = |[x, y]: [f64; 2]| coord! { x: x, y: y };
            let frame = Rect::new(corner(around.min), corner(around.max)).to_polygon();
            let pieces = polygon.intersection(&frame);
            self.0.extend(pieces.into_iter().map(|piece| piece.orient(Direction::Default)));
        }
        self.0.len() > before
    }

    pub(super) fn merge(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// The same with fewer points, no line off by more than `error` metres; what is smaller than that both ways is nothing.
    pub(super) fn simplified(&self, error: f64) -> Vec<Polygon<f64>> {
        let ring = |ring: &LineString<f64>| Some(ring.simplify(error)).filter(|ring| ring.0.len() > 3);
        let one = |polygon: &Polygon<f64>| {
            let outer = ring(polygon.exterior())?;
            let simple = Polygon::new(outer, polygon.interiors().iter().filter_map(ring).collect());
            (simple.unsigned_area() > error * error).then_some(simple)
        };
        self.0.iter().filter_map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_cut_at_the_box_and_a_small_one_is_left_out() {
        let around = Bounds { min: [0.0, 0.0], max: [10.0, 10.0] };
        let square =
            |x: f64, side: f64| Rect::new(coord! { x: x, y: 1.0 }, coord! { x: x + side, y: 1.0 + side }).to_polygon();
        let mut areas = Areas::default();
        assert!(areas.add(&square(8.0, 4.0), &around) && areas.add(&square(1.0, 0.1), &around));
        assert!(!areas.add(&square(20.0, 4.0), &around));
        let left = areas.simplified(0.2);
        assert_eq!(left.len(), 1);
        assert!((left[0].unsigned_area() - 8.0).abs() < 1e-6);
    }
}
