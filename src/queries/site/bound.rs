//! How many sites can there be at most? Two bounds, each for certain, and the smaller one counts.

use super::conflicts::Conflicts;
use super::matrix::{Bits, Matrix};
use crate::geometry::Point;

/// The number of sets into which the sites fall so that any two of one set stand too close to one another: no more than one site of
/// each can be chosen.
pub(super) fn clique_cover(matrix: &Matrix, of: &Bits) -> usize {
    let (mut left, mut cliques) = (of.clone(), 0);
    while let Some(first) = left.first() {
        cliques += 1;
        let mut fitting = left.clone();
        fitting.keep(&matrix.close[first]);
        left.take(first);
        fitting.take(first);
        while let Some(next) = fitting.first() {
            left.take(next);
            fitting.keep(&matrix.close[next]);
            fitting.take(next);
        }
    }
    cliques
}

/// The same where the sites are too many for a matrix: from the west on, each site joins the first set that it fits into.
pub(super) fn clique_cover_of(sites: &[u32], conflicts: &Conflicts) -> usize {
    let mut order = sites.to_vec();
    let west = |&site: &u32| conflicts.bounds(site).centre();
    order.sort_by(|one, other| {
        let (a, b) = (west(one), west(other));
        a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]))
    });
    let mut cliques: Vec<Vec<u32>> = Vec::new();
    for site in order {
        let fits = |clique: &&mut Vec<u32>| clique.iter().all(|&member| conflicts.are_close(site, member));
        match cliques.iter_mut().find(fits) {
            Some(clique) => clique.push(site),
            None => cliques.push(vec![site]),
        }
    }
    cliques.len()
}

/// No more points than this stand `apart` from one another within the convex hull of these.
///
/// Any point of each site will do, since sites so far apart have all their points so far apart. Source: N. Oler, An inequality in
/// the geometry of numbers, Acta Mathematica 105, 1961: a compact convex set of area A and perimeter P holds at most
/// 2A / (√3 d²) + P / (2d) + 1 points with mutual distances of at least d.
pub(super) fn packed(points: &[Point], apart: f64) -> usize {
    if apart <= 0.0 {
        return points.len();
    }
    let hull = hull(points);
    let next = hull.iter().cycle().skip(1);
    let (mut area, mut perimeter) = (0.0, 0.0);
    for (a, b) in hull.iter().zip(next) {
        area += (a[0] - hull[0][0]) * (b[1] - hull[0][1]) - (b[0] - hull[0][0]) * (a[1] - hull[0][1]);
        perimeter += (b[0] - a[0]).hypot(b[1] - a[1]);
    }
    let most = area.abs() / (3.0_f64.sqrt() * apart * apart) + perimeter / (2.0 * apart) + 1.0;
    // A hair more, so that no rounding takes one away.
    points.len().min((most + 1e-6) as usize)
}

/// The corners of the convex hull in their order. Source: A. M. Andrew, Another efficient algorithm for convex hulls in two
/// dimensions, Information Processing Letters 9(5), 1979.
fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., a, b] = chain[..] {
                if (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut all = half(&mut sorted.iter().copied());
    all.extend(half(&mut sorted.iter().rev().copied()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_packing_of_a_square_breaks_the_bound() {
        for side in 1..12 {
            let points: Vec<Point> = (0..=side)
                .flat_map(|x| (0..=side).map(move |y| [f64::from(x) * 700.0, f64::from(y) * 700.0]))
                .collect();
            let bound = packed(&points, 700.0);
            assert!(bound >= points.len().min(bound), "{side}");
            // All of them stand 700 m apart: none of them may be lost.
            assert_eq!(bound, points.len(), "{side}");
        }
    }

    #[test]
    fn points_on_a_line_are_counted_along_it() {
        let points: Vec<Point> = (0..100).map(|at| [f64::from(at) * 10.0, 0.0]).collect();
        // 990 m: two points, 700 m apart.
        assert_eq!(packed(&points, 700.0), 2);
        assert_eq!(packed(&points[..1], 700.0), 1);
        assert_eq!(packed(&[[3.0, 4.0]; 5], 700.0), 1);
    }

    #[test]
    fn a_disc_as_wide_as_the_spacing_holds_few() {
        let points: Vec<Point> = (0..360)
            .map(|at| f64::from(at).to_radians())
            .map(|angle| [angle.cos() * 350.0, angle.sin() * 350.0])
            .collect();
        assert!(packed(&points, 700.0) <= 4);
    }
}
