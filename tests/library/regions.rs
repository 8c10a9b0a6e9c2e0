//! Shares and overlays against the polygon clipping of `geo`, a library of another family.

use geo::{Area, BooleanOps, MultiPolygon, Polygon, coord};
use kyoten::crs::{Plane, ScaleField};
use kyoten::geometry::{Bounds, Point, Shapes, area::area, repair};
use kyoten::regions::{MAX_ERROR, Region, Scratch, around};
use kyoten::units::Metres;
use proptest::prelude::*;

fn shapes(polygons: &[Vec<Point>]) -> Shapes {
    let mut shapes = Shapes::default();
    for ring in polygons {
        let mut ring = ring.clone();
        ring.push(ring[0]);
        shapes.push_ring(&ring);
        shapes.end_polygon();
        shapes.end_shape();
    }
    repair::repaired(shapes).into_shapes()
}

fn to_geo(shapes: &Shapes) -> MultiPolygon<f64> {
    let ring = |ring: &[Point]| geo::LineString::new(ring.iter().map(|p| coord! { x: p[0], y: p[1] }).collect());
    let polygons = shapes.iter().flat_map(|shape| {
        shape
            .polygons()
            .map(|polygon| {
                let mut rings = polygon.rings().map(ring);
                Polygon::new(rings.next().unwrap(), rings.collect())
            })
            .collect::<Vec<_>>()
    });
    MultiPolygon::new(polygons.collect())
}

fn share(region: &Region, parcel: &Shapes) -> f64 {
    let shape = parcel.get(0);
    region.index().share(&shape, &shape.bounds(), area(&shape), &mut Scratch::default())
}

/// What `geo` says of the same region and parcel.
fn share_by_clipping(region: &Region, parcel: &Shapes) -> f64 {
    let (region, parcel) = (to_geo(region.pieces().unwrap()), to_geo(parcel));
    region.intersection(&parcel).unsigned_area() / parcel.unsigned_area()
}

/// A star-shaped ring: valid, of any shape, with many vertices.
fn star(centre: Point, radii: &[f64]) -> Vec<Point> {
    let step = std::f64::consts::TAU / radii.len() as f64;
    let at = |(place, r): (usize, &f64)| {
        let (sin, cos) = (place as f64 * step).sin_cos();
        [centre[0] + r * cos, centre[1] + r * sin]
    };
    radii.iter().enumerate().map(at).collect()
}

prop_compose! {
    fn any_star(spread: f64, size: f64)(
        x in -spread..spread,
        y in -spread..spread,
        radii in prop::collection::vec(0.2..1.0_f64, 3..40),
    ) -> Vec<Point> {
        star([x, y], &radii.iter().map(|r| r * size).collect::<Vec<_>>())
    }
}

/// Corners on a coarse grid, so that edges touch, overlap and repeat.
fn any_box() -> impl Strategy<Value = Vec<Point>> {
    (-4..4_i32, -4..4_i32, 1..5_i32, 1..5_i32).prop_map(|(x, y, w, h)| {
        let [x, y, w, h] = [x, y, w, h].map(|v| f64::from(v) * 10.0);
        vec![[x, y], [x + w, y], [x + w, y + h], [x, y + h]]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_share_is_what_clipping_gives(
        areas in prop::collection::vec(any_star(60.0, 50.0), 1..8),
        parcel in any_star(60.0, 30.0),
    ) {
        let (areas, parcel) = (shapes(&areas), shapes(&[parcel]));
        let region = Region::union_of(&[&areas]);
        let (found, expected) = (share(&region, &parcel), share_by_clipping(&region, &parcel));
        prop_assert!((found - expected).abs() < 1e-6, "{found} against {expected}");
        let outside = share(&region.complement(), &parcel);
        prop_assert!((found + outside - 1.0).abs() < 1e-9, "{found} inside, {outside} outside");
    }

    #[test]
    fn edges_that_touch_overlap_and_repeat_are_no_special_case(
        areas in prop::collection::vec(any_box(), 1..8),
        parcel in any_box(),
    ) {
        let (areas, parcel) = (shapes(&areas), shapes(&[parcel]));
        let region = Region::union_of(&[&areas]);
        let (found, expected) = (share(&region, &parcel), share_by_clipping(&region, &parcel));
        prop_assert!((found - expected).abs() < 1e-6, "{found} against {expected}");
    }

    #[test]
    fn sets_obey_their_algebra(
        a in prop::collection::vec(any_star(60.0, 50.0), 1..4),
        b in prop::collection::vec(any_box(), 1..4),
        parcel in any_star(60.0, 40.0),
    ) {
        let (a, b, parcel) = (shapes(&a), shapes(&b), shapes(&[parcel]));
        let (a, b) = (Region::union_of(&[&a]), Region::union_of(&[&b]));
        let both = share(&a.intersection(&b), &parcel);
        let either = share(&a.union(&b), &parcel);
        prop_assert!((both + either - share(&a, &parcel) - share(&b, &parcel)).abs() < 1e-6);
        prop_assert!((share(&a.minus(&b), &parcel) - (share(&a, &parcel) - both)).abs() < 1e-6);
        prop_assert!(both >= 0.0 && either <= 1.0);
    }

    #[test]
    fn moving_everything_changes_no_share(
        areas in prop::collection::vec(any_star(60.0, 50.0), 1..5),
        parcel in any_star(60.0, 30.0),
        east in -100_000.0..100_000.0_f64,
    ) {
        let moved = |ring: &Vec<Point>| ring.iter().map(|p| [p[0] + east, p[1] - 2.0 * east]).collect::<Vec<_>>();
        let here = share(&Region::union_of(&[&shapes(&areas)]), &shapes(std::slice::from_ref(&parcel)));
        let there_areas: Vec<_> = areas.iter().map(moved).collect();
        let there = share(&Region::union_of(&[&shapes(&there_areas)]), &shapes(&[moved(&parcel)]));
        prop_assert!((here - there).abs() < 1e-6, "{here} here, {there} there");
    }

    #[test]
    fn circles_hidden_in_others_change_nothing(
        centres in prop::collection::vec((-800.0..800.0_f64, -800.0..800.0_f64, 50.0..900.0_f64), 1..25),
        probes in prop::collection::vec((-1500.0..1500.0_f64, -1500.0..1500.0_f64), 60),
    ) {
        let scale = ScaleField::new(Plane::new(8).unwrap());
        let points: Vec<[Point; 1]> = centres.iter().map(|c| [[c.0, c.1]]).collect();
        let discs = around(points.iter().zip(&centres).map(|(p, c)| (&p[..], Metres(c.2))), &scale);
        let region = Region::union_of(&[&discs]).index();
        for (x, y) in probes {
            let nearest = points.iter().zip(&centres).map(|(p, c)| scale.ground_distance(p[0], [x, y]).0 - c.2);
            let margin = nearest.fold(f64::INFINITY, f64::min);
            if margin.abs() > MAX_ERROR.0 {
                prop_assert_eq!(region.contains([x, y]), margin < 0.0, "{} m beyond the nearest circle", margin);
            }
        }
    }
}

#[test]
fn a_circle_stays_within_its_bound_in_every_direction() {
    let scale = ScaleField::new(Plane::new(8).unwrap());
    for radius in [0.5, 100.0, 500.0, 1000.0, 5000.0] {
        for centre in [[0.0, 0.0], [120_000.0, -150_000.0]] {
            let ring = around([(&[centre][..], Metres(radius))], &scale);
            for pair in ring.points().windows(2) {
                let middle = [f64::midpoint(pair[0][0], pair[1][0]), f64::midpoint(pair[0][1], pair[1][1])];
                for point in [pair[0], middle] {
                    let error = scale.ground_distance(centre, point).0 - radius;
                    assert!(error.abs() <= MAX_ERROR.0, "{radius} m: {error} m off");
                }
            }
        }
    }
}

#[test]
fn a_platform_is_a_line_and_not_its_ends() {
    let scale = ScaleField::new(Plane::new(8).unwrap());
    let line = [[0.0, 0.0], [200.0, 0.0], [400.0, 50.0]];
    let region = Region::union_of(&[&around([(&line[..], Metres(100.0))], &scale)]).index();
    assert!(region.contains([100.0, 99.9]) && !region.contains([100.0, 100.1]));
    assert!(region.contains([-99.9, 0.0]) && !region.contains([-100.1, 0.0]));
}

#[test]
fn a_parcel_far_from_every_edge_is_answered_without_clipping() {
    let region = Region::from(std::borrow::Cow::Owned(Shapes::from(Bounds { min: [0.0; 2], max: [1000.0; 2] })));
    let parcel = Shapes::from(Bounds { min: [400.0; 2], max: [420.0; 2] });
    assert_eq!(share(&region, &parcel), 1.0);
    assert_eq!(share(&region.complement(), &parcel), 0.0);
    assert_eq!(share(&Region::everything(), &parcel), 1.0);
    assert_eq!(share(&Region::nothing(), &parcel), 0.0);
}
