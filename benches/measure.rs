//! The measure step as a whole, on one thread: every criterion, zone, distance, ratio and density of every lot of a
//! town in memory; and what it takes to make the town ready for it.

#[allow(dead_code, reason = "each bench uses a part of it")]
mod common;

use std::hint::black_box;

use common::Town;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kyoten::criteria::Zone;
use kyoten::evidence::{Measured, PlaceShares};
use kyoten::geometry::Bounds;
use kyoten::pipeline::prepare;
use kyoten::units::{Interval, Share};
use kyoten::verdicts::{Status, status};

/// What a town comes to.
#[derive(Debug)]
struct Answer {
    lots: usize,
    /// Shares of all lots in all criteria and zones, summed: in what is sure, possible, expected.
    shares: [f64; 3],
    /// Distances of all lots to the nearest of every set, summed, metres.
    distances: f64,
    /// Public-land ratios and densities of all lots, summed, both ends.
    means: f64,
    /// Lots by status of the central, local and senior zone, in the order of [`Status::ALL`].
    statuses: [[usize; 4]; 3],
}

const ANSWERS: [Answer; 2] = [
    Answer {
        lots: 10_000,
        shares: [78_251.796_273, 79_723.625_116, 79_487.344_762],
        distances: 22_420_627.932_957,
        means: 517_224.134_942,
        statuses: [[4647, 617, 0, 4736], [2690, 0, 329, 6981], [190, 0, 87, 9723]],
    },
    Answer {
        lots: 100_000,
        shares: [797_419.378_757, 806_657.259_511, 808_903.473_727],
        distances: 377_230_164.969_518,
        means: 4_657_318.772_947,
        statuses: [[46586, 5750, 4, 47660], [26943, 0, 2020, 71037], [3265, 0, 275, 96460]],
    },
];

/// Sums of shares may differ by so much: every share is rounded to a millionth, and few lie at the edge of rounding.
const SHARES: f64 = 1e-4;
/// And sums of distances, ratios and densities.
const METRES: f64 = 1e-3;

fn answer(measured: &[Measured]) -> Answer {
    let places = || measured.iter().flat_map(|lot| lot.criteria.iter().chain(&lot.zones));
    let sum = |of: fn(&PlaceShares) -> Share| places().map(|place| of(place).0).sum::<f64>();
    let near = measured.iter().flat_map(|lot| lot.near.iter().flatten());
    let both_ends = |mean: Option<Interval<f64>>| mean.map_or(0.0, |mean| mean.lo + mean.hi);
    let means = measured.iter().map(|lot| both_ends(lot.public_land_ratio) + both_ends(lot.seniors_per_ha));
    let statuses = Zone::PLACES.map(|zone| {
        let of_lot = |lot: &Measured| status(&lot.zones[zone as usize], Some(true), Share(0.5));
        Status::ALL.map(|wanted| measured.iter().filter(|lot| of_lot(lot) == wanted).count())
    });
    Answer {
        lots: measured.len(),
        shares: [sum(|place| place.share.lo), sum(|place| place.share.hi), sum(|place| place.expected)],
        distances: near.map(|near| near.distance.0).sum(),
        means: means.sum(),
        statuses,
    }
}

fn check(found: &Answer, expected: &Answer) {
    let close = |found: f64, expected: f64, tolerance: f64| (found - expected).abs() <= tolerance;
    let same = found.lots == expected.lots
        && found.shares.into_iter().zip(expected.shares).all(|(found, expected)| close(found, expected, SHARES))
        && close(found.distances, expected.distances, METRES)
        && close(found.means, expected.means, METRES)
        && found.statuses == expected.statuses;
    assert!(same, "found {found:?}\nwanted {expected:?}");
}

fn measure(criterion: &mut Criterion) {
    for expected in &ANSWERS {
        let town = Town::new(expected.lots, 1);
        let boxes = (0..town.lots.len()).map(|place| town.lots.get(place).bounds());
        let extent = boxes.fold(Bounds::EMPTY, Bounds::union);
        let prepared = prepare(&town.city, None, &town.project, extent);
        check(&answer(&prepared.study.measure(&town.lots)), expected);
        let mut group = criterion.benchmark_group("measure");
        group.sample_size(20).throughput(Throughput::Elements(expected.lots as u64));
        group.bench_function(format!("{} lots", expected.lots), |bench| {
            bench.iter(|| black_box(&prepared.study).measure(&town.lots));
        });
        group.finish();
        let mut group = criterion.benchmark_group("prepare");
        group.sample_size(10);
        group.bench_function(format!("town of {} lots", expected.lots), |bench| {
            bench.iter(|| prepare(black_box(&town.city), None, &town.project, extent));
        });
        group.finish();
    }
}

criterion_group!(benches, measure);
criterion_main!(benches);
