//! Something of one's own gathered from all parcels of a project: how much eligible land lies how far from a station.
//!
//!     cargo run --release --example own_collector data/sample/kyoten.toml

#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

use kyoten::assess::BatchResult;
use kyoten::collect::{Collector, Enough};
use kyoten::criteria::RuleSet;
use kyoten::pipeline;
use kyoten::project::Project;
use kyoten::verdicts::Status;

/// Hectares of land that is eligible for a central zone, by the hundred metres that a frequent station is away.
struct LandByDistance {
    /// Where the zone and the column of the station stand in the rule set.
    zone: usize,
    station: usize,
    found: BTreeMap<u64, f64>,
}

impl LandByDistance {
    fn by(rules: &'static RuleSet) -> Option<Self> {
        let (zone, station) = (rules.zone("central")?.index(), rules.near_set("station")?);
        Some(Self { zone, station, found: BTreeMap::new() })
    }
}

impl Collector for LandByDistance {
    type Piece = BTreeMap<u64, f64>;
    type Output = BTreeMap<u64, f64>;

    // On the thread that assessed the batch: all the work is here.
    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
        let found = &result.assessment;
        let to_station = &found.measures.nearest[self.station].metres;
        let mut piece = BTreeMap::new();
        for (row, status) in found.statuses[self.zone].iter().enumerate() {
            if let (Status::Eligible, Some(metres), Some(area)) =
                (status, to_station.get(row), found.measures.area_m2.get(row))
            {
                *piece.entry((metres / 100.0) as u64).or_default() += area / 10_000.0;
            }
        }
        piece
    }

    // In the order of the input, whatever thread was first: sums of floats come out the same on every machine.
    fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough> {
        for (step, hectares) in piece {
            *self.found.entry(step).or_default() += hectares;
        }
        Ok(())
    }

    fn finish(self) -> Self::Output {
        self.found
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let project = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("data/sample/kyoten.toml"), PathBuf::from);
    let project = Project::open(&project)?;
    let collector = LandByDistance::by(project.rules.set).ok_or("the rules know no central zone, or no station")?;
    // `()` wants no news of how far it is.
    let (land, notices) = pipeline::observe(&project, collector, &())?;
    for (step, hectares) in land {
        println!("{:>5} m to {:>5} m: {hectares:.2} ha", step * 100, (step + 1) * 100);
    }
    for (place, kind, tally) in notices.iter() {
        println!("{} [{place}] {} {}", kind.severity.word(), tally.count, kind.what.en);
    }
    Ok(())
}
