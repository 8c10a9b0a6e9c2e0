//! The whole run, files to files, on the made-up city of `kyoten demo` with 10,000 parcels.

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kyoten::criteria::Zone;
use kyoten::demo::{DemoOptions, write_city};
use kyoten::pipeline::{self, Options, Report};
use kyoten::project::Project;
use kyoten::verdicts::Status;

const CITY: DemoOptions = DemoOptions { parcels: 10_000, seed: 1 };

/// Parcels by status of each zone, in the order of the rule set and that of [`Status::ALL`].
const STATUSES: [[u64; 4]; 4] =
    [[3391, 1976, 1331, 3302], [1239, 159, 189, 8413], [408, 45, 189, 9358], [138, 7, 89, 9766]];

fn run(project: &Project, out: &Path) -> Report {
    let options = Options {
        out: Some(out.to_owned()),
        #[cfg(feature = "maps")]
        map: false,
        ..Options::default()
    };
    pipeline::run(project, &options, &()).expect("the demo city can be run on")
}

fn check(report: &Report) {
    assert_eq!(report.record.parcels.count, CITY.parcels as u64);
    let count = |zone: Zone, status: Status| {
        report.record.counts.get(zone.id()).and_then(|counts| counts.get(&status)).map_or(0, |count| count.parcels)
    };
    let statuses: Vec<_> = report.rules.zones().map(|zone| Status::ALL.map(|status| count(zone, status))).collect();
    assert_eq!(statuses, STATUSES);
}

fn end_to_end(criterion: &mut Criterion) {
    let place = tempfile::tempdir().expect("a folder for the city");
    let city = write_city(&place.path().join("city"), &CITY).expect("the city can be written");
    let project = Project::open(&city.project).expect("the demo's project file is one");
    let out = place.path().join("out");
    check(&run(&project, &out));
    let mut group = criterion.benchmark_group("run");
    group.sample_size(10).throughput(Throughput::Elements(CITY.parcels as u64));
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        group.bench_function(format!("{} parcels, {threads} threads", CITY.parcels), |bench| {
            bench.iter(|| pool.install(|| run(&project, &out)));
        });
    }
    group.finish();
}

criterion_group!(benches, end_to_end);
criterion_main!(benches);
