//! Where the timetables of real operators lie. They are no part of the repository: they are looked for in the folder that
//! KYOTEN_REAL names, else in `../shared/real` beside it; where they are not, a test says so and passes.

use std::path::{Path, PathBuf};

/// The folder of timetables, or `None`, which is told.
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
pub fn gtfs() -> Option<PathBuf> {
    let named = std::env::var_os("KYOTEN_REAL").map(PathBuf::from);
    let beside = || {
        let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
        places.map(|place| place.join("shared/real")).find(|place| place.is_dir())
    };
    let found = named.or_else(beside).map(|real| real.join("gtfs")).filter(|gtfs| gtfs.is_dir());
    if found.is_none() {
        println!("skipped: no real data (KYOTEN_REAL, or ../shared/real)");
    }
    found
}

/// Every timetable of the folder, sorted.
pub fn feeds(gtfs: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_feed = |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|extension| extension == "zip");
    let mut found: Vec<PathBuf> = entries(&gtfs.join("shizuoka_city_2026")).chain(entries(gtfs)).collect();
    found.retain(|path| is_feed(path) && !path.ends_with("shizuoka_city_2026"));
    found.sort();
    found
}
