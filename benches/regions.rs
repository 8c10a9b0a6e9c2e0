//! Sets of the plane, places and pairs: what one question costs. Every answer is held against another way to it first:
//! clipping by `geo`, a distance, every pair.

#[allow(dead_code, reason = "each bench uses a part of it")]
mod common;

use std::hint::black_box;

use common::{MIDDLE, anywhere, facilities, must_be, plane, platforms, ring, squares};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fastrand::Rng;
use geo::{Area, BooleanOps, coord};
use kyoten::crs::ScaleField;
use kyoten::evidence::{Nearest, Place, distance_between};
use kyoten::geometry::distance::shortest_way;
use kyoten::geometry::{Point, Shapes, area::area};
use kyoten::queries::spacing;
use kyoten::regions::{MAX_ERROR, Region, RegionIndex, Scratch, around};
use kyoten::units::Metres;

/// Parcels asked for in one go.
const PARCELS: usize = 1000;
/// The side of the parcels and of the land around, metres.
const PARCEL_SIDE: f64 = 16.0;
const SIDE: f64 = 20_000.0;
const RING_RADIUS: f64 = 3000.0;
const CIRCLE_RADIUS: Metres = Metres(500.0);

fn region_of(ring: &[Point]) -> Region {
    let mut shapes = Shapes::default();
    shapes.push_ring(ring);
    shapes.end_polygon();
    shapes.end_shape();
    Region::union_of(&[&shapes])
}

/// The sum of the shares of many parcels.
fn shares(region: &RegionIndex, parcels: &Shapes, scratch: &mut Scratch) -> f64 {
    parcels.iter().map(|parcel| region.share(&parcel, &parcel.bounds(), area(&parcel), scratch)).sum()
}

/// The same by clipping, slowly.
fn shares_by_clipping(ring: &[Point], parcels: &Shapes) -> f64 {
    let to_geo = |ring: &[Point]| {
        let line = ring.iter().map(|&[x, y]| coord! { x: x - MIDDLE[0], y: y - MIDDLE[1] }).collect();
        geo::Polygon::new(geo::LineString::new(line), Vec::new())
    };
    let region = to_geo(ring);
    parcels.iter().map(|parcel| region.intersection(&to_geo(parcel.points())).unsigned_area() / area(&parcel)).sum()
}

/// `prepare` and `share`: a ring of 2,000 vertices.
fn one_ring(criterion: &mut Criterion) {
    let mut random = Rng::with_seed(1);
    let outline = ring(MIDDLE, RING_RADIUS, 2000, &mut random);
    let region = region_of(&outline);
    let index = region.index();
    let mut scratch = Scratch::default();
    let near = |reach: f64, random: &mut Rng| MIDDLE.map(|v| v + (random.f64() - 0.5) * reach);
    let on_boundary = |random: &mut Rng| outline[random.usize(0..2000)].map(|v| v - random.f64() * PARCEL_SIDE);
    let inside = squares((0..PARCELS).map(|_| near(RING_RADIUS, &mut random)), PARCEL_SIDE);
    let outside = squares((0..PARCELS).map(|_| near(SIDE, &mut random).map(|v| v + SIDE)), PARCEL_SIDE);
    let between = squares((0..PARCELS).map(|_| near(SIDE, &mut random)), PARCEL_SIDE);
    let boundary = squares((0..PARCELS).map(|_| on_boundary(&mut random)), PARCEL_SIDE);

    let mut group = criterion.benchmark_group("share");
    group.throughput(Throughput::Elements(PARCELS as u64));
    for (name, parcels) in [("inside", inside), ("far outside", outside), ("anywhere", between), ("boundary", boundary)]
    {
        let expected = match name {
            "inside" => PARCELS as f64,
            "far outside" => 0.0,
            _ => shares_by_clipping(&outline, &parcels),
        };
        must_be(name, shares(&index, &parcels, &mut scratch), expected, 1e-4);
        group.bench_function(name, |bench| bench.iter(|| shares(black_box(&index), &parcels, &mut scratch)));
    }
    group.finish();
    criterion.bench_function("prepare/ring of 2,000 vertices", |bench| bench.iter(|| black_box(&region).index()));
}

/// `union` and `prepare`: 1,500 circles of 500 m.
fn circles(criterion: &mut Criterion) {
    let mut random = Rng::with_seed(2);
    let scale = ScaleField::new(plane());
    let centres: Vec<[Point; 1]> = (0..1500).map(|_| [anywhere(SIDE, &mut random)]).collect();
    let discs = || around(centres.iter().map(|centre| (&centre[..], CIRCLE_RADIUS)), &scale);
    let region = Region::union_of(&[&discs()]);
    let index = region.index();
    for _ in 0..2000 {
        let point = anywhere(SIDE, &mut random);
        let reach = |centre: &[Point; 1]| scale.ground_distance(centre[0], point).0 - CIRCLE_RADIUS.0;
        let margin = centres.iter().map(reach).fold(f64::INFINITY, f64::min);
        if margin.abs() > MAX_ERROR.0 {
            assert_eq!(index.contains(point), margin < 0.0, "{point:?}, {margin} m outside the nearest circle");
        }
    }
    let mut group = criterion.benchmark_group("1,500 circles of 500 m");
    group.sample_size(20);
    group.bench_function("draw", |bench| bench.iter(discs));
    group.bench_function("draw and unite", |bench| bench.iter(|| Region::union_of(&[&discs()])));
    group.bench_function("prepare", |bench| bench.iter(|| black_box(&region).index()));
    group.finish();
}

/// The nearest place to a parcel.
fn nearest(criterion: &mut Criterion) {
    let mut random = Rng::with_seed(3);
    let scale = ScaleField::new(plane());
    let parcels = squares((0..PARCELS).map(|_| anywhere(SIDE, &mut random)), PARCEL_SIDE);
    let points = (0..15_000).map(|_| vec![anywhere(SIDE, &mut random)]).collect();
    let mut group = criterion.benchmark_group("nearest");
    group.throughput(Throughput::Elements(PARCELS as u64));
    for (name, parts) in [("700 platform lines", platforms(700, SIDE, &mut random)), ("15,000 points", points)] {
        let place = |line: &Vec<Point>| Place { name: None, parts: vec![line.clone()].into() };
        let places = Nearest::new(parts.iter().map(place).collect());
        let sum = || -> f64 {
            let mut hint = None;
            let each = parcels.iter().filter_map(|parcel| places.to(&parcel, &parcel.bounds(), &scale, &mut hint));
            each.map(|(_, Metres(distance))| distance).sum()
        };
        let by_trying_all = parcels.iter().map(|parcel| {
            let ways = parts.iter().filter_map(|line| shortest_way(&parcel, line));
            let way = ways.min_by(|one, other| one.squared.total_cmp(&other.squared));
            way.map_or(f64::NAN, |way| scale.ground_distance(way.from, way.to).0)
        });
        must_be(name, sum(), by_trying_all.sum(), 1e-6);
        group.bench_function(name, |bench| bench.iter(sum));
    }
    group.finish();
}

/// Pairs of one kind closer than 700 m.
fn pairs(criterion: &mut Criterion) {
    let mut random = Rng::with_seed(4);
    let scale = ScaleField::new(plane());
    let all = facilities(2000, SIDE, &mut random);
    let places: Vec<Place> = all.iter().map(Place::from).collect();
    let mut too_close = Vec::new();
    for (a, b) in (0..all.len()).flat_map(|a| (a + 1..all.len()).map(move |b| (a, b))) {
        let distance = distance_between(&places[a], &places[b], &scale);
        if all[a].kind == all[b].kind && distance < Metres(700.0) {
            too_close.push((a, b));
        }
    }
    let found: Vec<_> = spacing(&all, Metres(700.0), &scale).pairs.iter().map(|&(a, b, _)| (a, b)).collect();
    assert!(found == too_close, "{} pairs found, {} by trying all", found.len(), too_close.len());
    criterion.bench_function("spacing/2,000 facilities", |bench| bench.iter(|| spacing(&all, Metres(700.0), &scale)));
}

criterion_group!(benches, one_ring, circles, nearest, pairs);
criterion_main!(benches);
