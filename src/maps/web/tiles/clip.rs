//! Rings cut off at the border of a tile.

/// A point in steps of a tile.
pub(super) type Spot = [i32; 2];

/// The part of a ring within `low` to `high` both ways: cut at one side after the other, so that a ring in several
/// pieces hangs together along the border. There the tile is not shown.
///
/// Source: Sutherland and Hodgman, Reentrant Polygon Clipping, 1974.
pub(super) fn clipped(ring: &mut Vec<Spot>, low: i32, high: i32, spare: &mut Vec<Spot>) {
    for axis in [0, 1] {
        for (limit, inward) in [(low, 1), (high, -1)] {
            let inside = |spot: &Spot| (spot[axis] - limit) * inward >= 0;
            if ring.iter().all(inside) {
                continue;
            }
            spare.clear();
            let before = ring.iter().cycle().skip(ring.len().saturating_sub(1));
            for (from, to) in before.zip(ring.iter()) {
                if inside(from) != inside(to) {
                    spare.push(crossing(*from, *to, axis, limit));
                }
                if inside(to) {
                    spare.push(*to);
                }
            }
            std::mem::swap(ring, spare);
        }
    }
}

/// Where the line between two spots on different sides of a limit meets it.
fn crossing(from: Spot, to: Spot, axis: usize, limit: i32) -> Spot {
    let other = 1 - axis;
    let part = f64::from(limit - from[axis]) / f64::from(to[axis] - from[axis]);
    let mut spot = [limit; 2];
    spot[other] = from[other] + (part * f64::from(to[other] - from[other])).round() as i32;
    spot
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clip(ring: &[Spot]) -> Vec<Spot> {
        let mut ring = ring.to_vec();
        clipped(&mut ring, 0, 100, &mut Vec::new());
        ring
    }

    fn twice_area(ring: &[Spot]) -> i32 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
    }

    #[test]
    fn what_lies_within_stays_as_it_is() {
        let ring = [[0, 0], [100, 0], [50, 100]];
        assert_eq!(clip(&ring), ring);
    }

    #[test]
    fn what_lies_outside_goes() {
        assert!(clip(&[[101, 0], [200, 0], [150, 90]]).is_empty());
    }

    #[test]
    fn a_ring_round_the_tile_becomes_the_tile() {
        assert_eq!(twice_area(&clip(&[[-50, -50], [500, -50], [500, 500], [-50, 500]])), 2 * 100 * 100);
    }

    #[test]
    fn a_corner_is_cut_off() {
        assert_eq!(twice_area(&clip(&[[80, 80], [120, 80], [120, 120], [80, 120]])), 2 * 20 * 20);
    }
}
