//! What stands for an outline, so that equal outlines are found without keeping them?

use crate::geometry::{Point, Shape};

/// Corners closer than a millimetre are the same.
const STEPS_A_METRE: f64 = 1000.0;

/// What stands for an outline: equal for equal outlines, and of a million different ones two agree by chance once in
/// forty million runs.
pub(super) fn hash(shape: &Shape<'_>) -> u64 {
    // A sum does not ask for the order, so that the corner at which a ring begins and ends counts once.
    let ring = |ring: &[Point]| ring[1..].iter().fold(0_u64, |sum, &point| sum.wrapping_add(corner(point)));
    shape.rings().filter(|ring| !ring.is_empty()).map(ring).fold(0, u64::wrapping_add)
}

/// A corner stirred so well that sums of corners tell outlines apart.
fn corner([x, y]: Point) -> u64 {
    // Coordinates of the plane are far below 2⁵³ mm.
    let [x, y] = [x, y].map(|v| (v * STEPS_A_METRE).round() as i64 as u64);
    stirred(stirred(x).wrapping_add(y))
}

/// The finaliser of SplitMix64. Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
fn stirred(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;

    fn of(rings: &[&[Point]]) -> u64 {
        let mut shapes = Shapes::default();
        for ring in rings {
            shapes.push_ring(ring);
        }
        shapes.end_polygon();
        shapes.end_shape();
        hash(&shapes.get(0))
    }

    const SQUARE: [Point; 5] = [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0], [0.0, 0.0]];

    #[test]
    fn a_ring_is_the_same_wherever_it_begins() {
        let turned = [SQUARE[2], SQUARE[3], SQUARE[4], SQUARE[1], SQUARE[2]];
        let mut backwards = SQUARE;
        backwards.reverse();
        assert!(of(&[&SQUARE]) == of(&[&turned]) && of(&[&SQUARE]) == of(&[&backwards]));
        let hole = SQUARE.map(|[x, y]| [1.0 + x / 9.0, 1.0 + y / 9.0]);
        assert_ne!(of(&[&SQUARE]), of(&[&SQUARE, &hole]));
    }

    proptest! {
        #[test]
        fn moving_a_parcel_makes_another_outline(x in -3e5..3e5_f64, y in -3e5..3e5_f64, by in 0.002..50.0_f64) {
            let at = |x: f64| SQUARE.map(|[u, v]| [u + x, v + y]);
            prop_assert_ne!(of(&[&at(x)]), of(&[&at(x + by)]));
        }
    }
}
