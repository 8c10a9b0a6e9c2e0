//! Inputs of one meaning in the many ways in which they are written: whichever is drawn, the answer is that of the plainest one.
//!
//! `KYOTEN_CASES` sets how many are drawn of each kind; where it is not said, they are the same every time.

mod archives;
mod changes;
mod feeds;
mod places;
mod shapes;
mod sheets;
mod systems;
mod tables;
mod timetables;

use std::fmt::Debug;

use crate::support::{Folder, column, rows};

/// So many of each kind, where nothing else is said.
const CASES: u64 = 12;

/// Draws cases of a kind and looks at each.
fn each_case(kind: &str, mut look: impl FnMut(&mut Draw)) {
    let cases = std::env::var("KYOTEN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let kind = kind.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte));
    for case in 0..cases {
        look(&mut Draw(fastrand::Rng::with_seed(kind.wrapping_add(case))));
    }
}

/// What a case is drawn with.
struct Draw(fastrand::Rng);

impl Draw {
    fn one<T: Clone + Debug>(&mut self, of: &[T]) -> T {
        of[self.0.usize(..of.len())].clone()
    }

    fn yes(&mut self) -> bool {
        self.0.bool()
    }

    fn shuffled<T>(&mut self, mut all: Vec<T>) -> Vec<T> {
        self.0.shuffle(&mut all);
        all
    }
}

/// A column of the parcels of a run, which must be done; and what was told, as JSON text.
fn parcels(folder: &Folder, name: &str, what: &str) -> (Vec<String>, String) {
    let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out", "--format", "csv", "--no-map"]);
    assert_eq!(run.status, 0, "{what}: {}", run.stderr);
    let rows = rows(&folder.text("out/parcels.csv"));
    let at = column(&rows, name);
    let cells = rows[1..].iter().map(|row| row[at].clone()).collect();
    (cells, folder.json("out/run.json")["notices"].to_string())
}
