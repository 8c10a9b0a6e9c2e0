//! Whatever is lost of the data, no parcel comes to pass or to fail by it.
//!
//! Cities are drawn at random, and of each something is made unreadable: a geometry, a cell, a time, a coordinate, a row that
//! others refer to. Where the run goes on, every parcel that is sure afterwards was sure of the same before. What is deleted
//! without a trace nobody can see, and no test can ask for it.

mod garble;
mod sparse;
mod town;

use kyoten::assess::BatchResult;
use kyoten::collect::{Collector, Enough};
use kyoten::pipeline;
use kyoten::project::Project;
use kyoten::verdicts::Status;
use rayon::prelude::*;

use self::town::Town;

/// How many cities are drawn, and how many losses of each; more where `KYOTEN_CASES` says so.
const TOWNS: u64 = 16;
const LOSSES: u64 = 20;

/// The statuses of every parcel, by zone.
struct Statuses(Vec<Vec<Status>>);

impl Collector for Statuses {
    type Piece = Vec<Vec<Status>>;
    type Output = Vec<Vec<Status>>;

    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
        result.assessment.statuses.clone()
    }

    fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough> {
        self.0.resize(piece.len(), Vec::new());
        self.0.iter_mut().zip(piece).for_each(|(all, more)| all.extend(more));
        Ok(())
    }

    fn finish(self) -> Self::Output {
        self.0
    }
}

/// The statuses of a project's parcels; `None` where it is refused.
fn statuses(folder: &std::path::Path) -> Result<Vec<Vec<Status>>, String> {
    let project = Project::open(&folder.join("kyoten.toml")).map_err(|error| error.to_string())?;
    let observed = pipeline::observe(&project, Statuses(Vec::new()), &());
    observed.map(|(found, _)| found).map_err(|error| error.to_string())
}

fn is_sure(status: Status) -> bool {
    matches!(status, Status::Eligible | Status::Ineligible)
}

/// What came of the losses of one city.
#[derive(Default)]
struct Outcome {
    tried: u64,
    refused: u64,
    moved: u64,
    eligible: u64,
    wrong: Vec<String>,
}

/// How a city is drawn, and how something of it is made unreadable.
type Draws = (fn(&mut fastrand::Rng) -> Town, fn(&mut Town, &mut fastrand::Rng) -> String);

impl Outcome {
    fn of_town(seed: u64, (draw, garble): Draws) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let town = draw(&mut random);
        let folder = tempfile::tempdir().unwrap();
        town.write(folder.path());
        let before = statuses(folder.path()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let eligible = before.iter().flatten().filter(|status| **status == Status::Eligible).count() as u64;
        let mut found = Self { eligible, ..Self::default() };
        for loss in 0..LOSSES {
            let mut lossy = town.clone();
            let done: Vec<String> = (0..random.u8(1..4)).map(|_| garble(&mut lossy, &mut random)).collect();
            let folder = tempfile::tempdir().unwrap();
            lossy.write(folder.path());
            found.tried += 1;
            let Ok(after) = statuses(folder.path()) else {
                found.refused += 1;
                continue;
            };
            let pairs = before.iter().zip(&after).enumerate();
            let pairs = pairs.flat_map(|(zone, (was, is))| {
                was.iter().zip(is).enumerate().map(move |(parcel, (was, is))| (zone, parcel, *was, *is))
            });
            for (zone, parcel, was, is) in pairs.filter(|(.., was, is)| was != is) {
                found.moved += 1;
                // An expectation that is not enough for certain any more leaves the parcel to what it is without.
                let is_without = (was, is) == (Status::Prospective, Status::Ineligible);
                if is_sure(is) && !is_without {
                    let done = done.join("; ");
                    found.wrong.push(format!(
                        "seed {seed}, loss {loss} ({done}): zone {zone}, parcel {parcel}: {was:?} → {is:?}"
                    ));
                }
            }
        }
        found
    }
}

#[test]
fn whatever_is_lost_no_parcel_comes_to_pass_or_to_fail_by_it() {
    nothing_comes_of_a_loss(TOWNS, (Town::draw, garble::garble));
}

#[test]
fn what_a_bus_stop_of_a_layer_lacks_moves_no_centre() {
    nothing_comes_of_a_loss(2 * TOWNS, (sparse::draw, garble::stop));
}

#[expect(clippy::print_stdout, reason = "a test that fails shows it")]
fn nothing_comes_of_a_loss(towns: u64, draws: Draws) {
    let said = std::env::var("KYOTEN_CASES").ok().and_then(|cases| cases.parse::<u64>().ok());
    let (towns, first) = match std::env::var("KYOTEN_SEED").ok().and_then(|seed| seed.parse::<u64>().ok()) {
        Some(seed) => (1, seed),
        None => (said.map_or(towns, |cases| cases.div_ceil(LOSSES)), 0),
    };
    let towns: Vec<Outcome> =
        (first..first + towns).into_par_iter().map(|seed| Outcome::of_town(seed, draws)).collect();
    let sum = |of: fn(&Outcome) -> u64| towns.iter().map(of).sum::<u64>();
    let (tried, refused, moved) = (sum(|one| one.tried), sum(|one| one.refused), sum(|one| one.moved));
    let sure = sum(|one| one.eligible);
    let wrong: Vec<&String> = towns.iter().flat_map(|one| &one.wrong).collect();
    println!("{tried} losses, {refused} refused, {moved} verdicts moved; eligible before: {sure}");
    let told = &wrong[..wrong.len().min(20)];
    assert!(wrong.is_empty(), "{} verdicts came out of a loss: {told:#?}", wrong.len());
    // A test in which nothing happens shows nothing.
    assert!(moved > 0 && refused < tried / 2);
}
