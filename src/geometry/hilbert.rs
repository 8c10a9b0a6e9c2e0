//! In which order do places stand along a curve that keeps near what is near?

use super::{Bounds, Point};

/// So many bits stand for a coordinate.
const BITS: u32 = 16;

/// How far along Hilbert's curve through a box a point stands: the curve passes 2¹⁶ columns and as many rows, and what is near to
/// one another on it is so in the plane. A point beyond the box stands where the box ends, and one that is none first.
#[must_use]
pub fn hilbert(point: Point, within: &Bounds) -> u32 {
    let size = within.size();
    let cell = |axis: usize| {
        let part = (point[axis] - within.min[axis]) / size[axis];
        // A cast takes what is not a number for zero.
        (part * f64::from(1_u32 << BITS)).clamp(0.0, f64::from((1_u32 << BITS) - 1)) as u32
    };
    along([cell(0), cell(1)])
}

/// The number of a cell on the curve.
fn along([mut x, mut y]: [u32; 2]) -> u32 {
    let mut way = 0;
    for level in (0..BITS).rev() {
        let [right, up] = [x, y].map(|part| part >> level & 1);
        way = (way << 2) | ((3 * right) ^ up);
        // Each quarter is passed by the same curve, turned.
        if up == 0 {
            if right == 1 {
                let last = (1 << BITS) - 1;
                (x, y) = (last - x, last - y);
            }
            (x, y) = (y, x);
        }
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_follow_one_another_lie_side_by_side() {
        let side = 1_u32 << 6;
        let mut cells: Vec<[u32; 2]> = (0..side).flat_map(|x| (0..side).map(move |y| [x, y])).collect();
        cells.sort_by_key(|&cell| along(cell));
        assert!(cells.iter().enumerate().all(|(number, &cell)| along(cell) as usize == number));
        for pair in cells.windows(2) {
            let [[x, y], [next_x, next_y]] = [pair[0], pair[1]];
            assert_eq!(x.abs_diff(next_x) + y.abs_diff(next_y), 1, "{pair:?}");
        }
    }

    #[test]
    fn points_beyond_the_box_and_boxes_without_an_area_have_a_place() {
        let unit = Bounds { min: [0.0; 2], max: [1.0; 2] };
        assert_eq!(hilbert([-5.0, -5.0], &unit), 0);
        assert_eq!(hilbert([5.0, -5.0], &unit), u32::MAX);
        assert_eq!(hilbert([f64::NAN; 2], &unit), 0);
        assert_eq!(hilbert([1.0; 2], &Bounds { min: [1.0; 2], max: [1.0; 2] }), 0);
    }
}
