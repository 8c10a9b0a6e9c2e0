//! The measure step as a whole, on one thread: every criterion, zone, distance, ratio and density of every parcel of a
//! town in memory; beside it a plain pass over the same points, which adds the areas up; the statuses that follow; both with the candidate zones, as a run asks for them; and what it takes to
//! make the town ready for it.

#[allow(dead_code, reason = "each bench uses a part of it")]
mod common;

use std::hint::black_box;

use common::Town;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kyoten::assess::{Assessment, Assessor, Terms};
use kyoten::evidence::{Nullable, SHARE_STEPS, ShareColumns, Texts};
use kyoten::geometry::area::area;
use kyoten::verdicts::Status;

/// What a town comes to.
#[derive(Debug)]
struct Answer {
    parcels: usize,
    /// Shares of all parcels in all criteria and zones, summed: in what is sure, possible, expected.
    shares: [f64; 3],
    /// Distances of all parcels to the nearest of every set, summed, metres.
    distances: f64,
    /// Public-land ratios and densities of all parcels, summed, both ends.
    means: f64,
    /// Parcels by status of the central, local and senior zone, in the order of [`Status::ALL`].
    statuses: [[usize; 4]; 3],
}

const ANSWERS: [Answer; 2] = [
    Answer {
        parcels: 10_000,
        shares: [68_876.429_543, 70_257.099_920, 70_111.978_032],
        distances: 22_420_627.968_000,
        means: 517_224.142_498,
        statuses: [[4647, 617, 0, 4736], [2819, 0, 200, 6981], [190, 0, 87, 9723]],
    },
    Answer {
        parcels: 100_000,
        shares: [706_514.305_335, 713_767.925_023, 718_199.067_629],
        distances: 377_230_164.754_998,
        means: 4_657_318.993_781,
        statuses: [[46586, 5750, 4, 47660], [28217, 100, 646, 71037], [3265, 0, 275, 96460]],
    },
];

/// Sums of shares may differ by so much: every share is rounded to a millionth, and few lie at the edge of rounding.
const SHARES: f64 = 1e-4;
/// And sums of distances, ratios and densities.
const METRES: f64 = 1e-3;

fn answer(found: &Assessment) -> Answer {
    let measures = &found.measures;
    let shares = |of: fn(&ShareColumns) -> &[u32]| {
        let columns = measures.criteria.iter().chain(&measures.zones);
        columns.flat_map(of).map(|&share| f64::from(share)).sum::<f64>() / SHARE_STEPS
    };
    let sum = |column: &Nullable<f64>| column.iter().flatten().sum::<f64>();
    let means = [&measures.public_land_ratio, &measures.seniors_per_ha];
    let of_zone = |zone: usize| &found.statuses[zone];
    Answer {
        parcels: found.len(),
        shares: [shares(|column| &column.lo), shares(|column| &column.hi), shares(|column| &column.expected)],
        distances: measures.nearest.iter().map(|column| sum(&column.metres)).sum(),
        means: means.into_iter().map(|mean| sum(&mean.lo) + sum(&mean.hi)).sum(),
        statuses: [0, 1, 2]
            .map(|zone| Status::ALL.map(|wanted| of_zone(zone).iter().filter(|&&status| status == wanted).count())),
    }
}

fn check(found: &Answer, expected: &Answer) {
    let close = |found: f64, expected: f64, tolerance: f64| (found - expected).abs() <= tolerance;
    let same = found.parcels == expected.parcels
        && found.shares.into_iter().zip(expected.shares).all(|(found, expected)| close(found, expected, SHARES))
        && close(found.distances, expected.distances, METRES)
        && close(found.means, expected.means, METRES)
        && found.statuses == expected.statuses;
    assert!(same, "found {found:?}\nwanted {expected:?}");
}

fn measure(criterion: &mut Criterion) {
    for expected in &ANSWERS {
        let Town { city, parcels } = Town::new(expected.parcels, 1);
        let (terms, extent) = (Terms::default(), parcels.extent());
        let assessor = Assessor::build(&city, None, &terms, extent);
        let found = assessor.assess(&parcels, Texts::default());
        check(&answer(&found), expected);
        let mut stage = |name: &str, work: &dyn Fn()| {
            let mut group = criterion.benchmark_group(name);
            group.sample_size(20).throughput(Throughput::Elements(expected.parcels as u64));
            group.bench_function(format!("{} parcels", expected.parcels), |bench| bench.iter(work));
            group.finish();
        };
        let pass = || parcels.parcels().flatten().map(|parcel| area(&parcel.shape)).sum::<f64>();
        let areas: f64 = parcels.parcels().flatten().map(|parcel| parcel.plane_area).sum();
        assert!((pass() - areas).abs() < 1e-6 * areas);
        stage("pass", &|| _ = black_box(pass()));
        stage("measure", &|| drop(black_box(black_box(&assessor.study).measure(&parcels))));
        stage("judge", &|| drop(black_box(black_box(&assessor.judge).statuses(&found.measures))));
        stage("assess", &|| drop(black_box(black_box(&assessor).assess(&parcels, Texts::default()))));
        let mut group = criterion.benchmark_group("prepare");
        group.sample_size(10);
        group.bench_function(format!("town of {} parcels", expected.parcels), |bench| {
            bench.iter(|| Assessor::build(black_box(&city), None, &terms, extent));
        });
        group.finish();
    }
}

criterion_group!(benches, measure);
criterion_main!(benches);
