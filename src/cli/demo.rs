//! `kyoten demo`: a made-up city in the publishers' formats, and the run on it.

use anstream::println;
use clap::Args;

use super::Failure;
use super::reader::{Globals, lang, say};
use super::run::{How, run_project};
use super::usage::number;
use crate::demo::{DemoOptions, write_city};

const EXAMPLES_EN: &str = "\
Examples:
  kyoten demo                                  3,000 parcels
  kyoten demo --parcels 100000 --seed 7        a larger city, drawn in another way";

const EXAMPLES_JA: &str = "\
例:
  kyoten demo                                  3,000筆の市
  kyoten demo --parcels 100000 --seed 7        もっと大きな、別の市";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct DemoArguments {
    #[arg(long, value_name = "N", default_value_t = 3000, value_parser = number::<usize>, help = say("筆の数（10〜2,000,000）", "How many parcels, 10 to 2,000,000"))]
    parcels: usize,
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = number::<u64>, help = say(
        "乱数の種。種と筆の数が同じなら、同じ市になる", "The seed: the same seed and number of parcels give the same city"))]
    seed: u64,
    #[command(flatten)]
    pub(super) how: How,
}

/// Writes the city into `city/` of the run folder and runs on it.
pub(super) fn demo(arguments: &DemoArguments, globals: &Globals) -> Result<u8, Failure> {
    let DemoArguments { parcels, seed, how } = arguments;
    let folder = how.out.join("city");
    let city = write_city(&folder, &DemoOptions { parcels: *parcels, seed: *seed })?;
    if !how.json && !globals.quiet {
        let folder = folder.display();
        let made = text!(
            "{parcels}筆の架空の市（種 {seed}）: {folder}",
            "a made-up city of {parcels} parcels, seed {seed}: {folder}"
        );
        println!("{}\n", made.get(lang()));
    }
    run_project(&city.project, how, false, globals)
}
