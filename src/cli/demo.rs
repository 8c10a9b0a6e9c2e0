//! `kyoten demo`: a made-up city in the publishers' formats, and the run on it.

use anstream::println;
use clap::Args;

use super::Failure;
use super::run::{How, run_project};
use crate::demo::{DemoOptions, PARCELS, write_city};

const EXAMPLES: &str = "\
Examples:
  kyoten demo                                  3,000 parcels
  kyoten demo --parcels 100000 --seed 7        a larger city, drawn in another way";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DemoArguments {
    /// How many parcels, 10 to 2,000,000.
    #[arg(long, value_name = "N", default_value_t = 3000)]
    parcels: usize,
    /// The seed: the same seed and number of parcels give the same city.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    how: How,
}

/// Writes the city into `city/` of the run folder and runs on it.
pub(super) fn demo(arguments: &DemoArguments) -> Result<u8, Failure> {
    if !PARCELS.contains(&arguments.parcels) {
        let range = format!("from {} to {}", PARCELS.start(), PARCELS.end());
        return Err(Failure::new(format!("--parcels {}: a city has {range} parcels", arguments.parcels), None));
    }
    let folder = arguments.how.out.join("city");
    let options = DemoOptions { parcels: arguments.parcels, seed: arguments.seed };
    let city = write_city(&folder, &options).map_err(|error| Failure::new(error, None))?;
    if !arguments.how.json {
        println!("a made-up city of {} parcels, seed {}: {}\n", arguments.parcels, arguments.seed, folder.display());
    }
    run_project(&city.project, &arguments.how, false)
}
