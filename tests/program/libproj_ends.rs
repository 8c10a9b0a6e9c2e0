//! A run that asked libproj ends as it should: nothing of libproj is taken down while a thread still uses it.
//!
//! It went wrong once in a hundred runs, and more often on a busy machine. `KYOTEN_RUNS` sets how many are made.

use std::thread;

use crate::support::Folder;

/// So many, where nothing else is said.
const RUNS: usize = 24;

/// At a time: more than a small machine has processors, so that threads are held up anywhere.
const AT_A_TIME: usize = 4;

fn runs() -> usize {
    std::env::var("KYOTEN_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(RUNS)
}

#[test]
fn every_run_of_systems_that_libproj_reads_ends_well() {
    let folder = Folder::with_sample();
    // Of the old datum by its number, and a system without one: both are libproj's.
    let layer = "urban_zone = \"市街化区域.shp\"";
    let of = |crs: &str| format!("urban_zone = {{ path = \"市街化区域.shp\", crs = \"{crs}\" }}");
    let plain = folder.text("city/kyoten.toml");
    assert!(plain.contains(layer));
    folder.put("city/number.toml", plain.replacen(layer, &of("EPSG:30168"), 1));
    let text = "+proj=tmerc +lat_0=36 +lon_0=138.5 +k=0.9999 +ellps=GRS80 +units=m";
    folder.put("city/text.toml", plain.replacen(layer, &of(text), 1));
    thread::scope(|scope| {
        for worker in 0..AT_A_TIME {
            let folder = &folder;
            scope.spawn(move || {
                for run in (worker..runs()).step_by(AT_A_TIME) {
                    let project = ["city/number.toml", "city/text.toml"][run / AT_A_TIME % 2];
                    let out = format!("out{worker}");
                    folder.run(&[project, "--out", &out, "--no-map", "--threads", "4"]);
                }
            });
        }
    });
}
