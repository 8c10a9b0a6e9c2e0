//! What does a user type? One file a command; the only place that prints.

/// A line at the end of a text. Writing to a String cannot fail, so its result says nothing.
macro_rules! line {
    ($text:expr $(, $($part:tt)*)?) => {{ let _ = writeln!($text $(, $($part)*)?); }};
}

mod cells;
mod criteria;
mod demo;
mod diff;
mod expired;
mod failure;
mod init;
mod inspect;
#[cfg(feature = "maps")]
mod map;
mod peaks;
mod progress;
mod run;
#[cfg(feature = "serve")]
mod serve;
mod summary;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Done.
const DONE: u8 = 0;
/// Done, and the answer asks for attention.
const ATTENTION: u8 = 1;
/// Not run: bad usage or bad input, with nothing written.
const NOT_RUN: u8 = 2;

/// Says for every parcel of a Japanese city whether it can lie in a central, local or senior hub zone
/// (中心拠点区域・生活拠点区域・高齢者交流拠点区域), how sure that is, and why.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, after_help = examples())]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  kyoten demo                        make up a city in the publishers' formats and run on it
  kyoten init downloads/             look through downloaded files and write a kyoten.toml
  kyoten run kyoten.toml --out out   the main job
  kyoten run downloads/ --format csv the same for a folder, with or without a kyoten.toml
  kyoten serve kyoten-out            its map in the browser
  kyoten map kyoten-out --png a.png  a still map of it, for a paper
  kyoten inspect N02-23_GML.zip      what a file holds and how it is read
  kyoten peaks feed.zip              how many departures each stop has in its peak hour
  kyoten diff 2025 2026              what changed between two runs, and which stop did it
  kyoten criteria                    what the programme asks and how it is measured

Exit status: 0 done; 1 done, and the answer asks for attention; 2 not run, nothing written.";

/// The examples of the commands that this build has.
fn examples() -> String {
    let has = |command: &str| match command {
        "serve" => cfg!(feature = "serve"),
        "map" => cfg!(feature = "maps"),
        _ => true,
    };
    let is_there =
        |line: &&str| line.trim_start().strip_prefix("kyoten ").and_then(|rest| rest.split(' ').next()).is_none_or(has);
    EXAMPLES.split_inclusive('\n').filter(is_there).collect()
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure every parcel of a project and write the run folder.
    Run(run::RunArguments),
    /// Write a made-up city in the publishers' formats and run on it.
    Demo(demo::DemoArguments),
    /// Look through a folder of downloads and write a kyoten.toml for it.
    Init(init::InitArguments),
    /// What files hold and how they are read: layer, format, CRS, encoding, fields, problems.
    Inspect(inspect::InspectArguments),
    /// Peak service of the stops of timetables, under every rule of counting.
    Peaks(peaks::PeaksArguments),
    /// The map of a run in the browser, to this machine only.
    #[cfg(feature = "serve")]
    Serve(serve::ServeArguments),
    /// A still map of a run as PNG or SVG.
    #[cfg(feature = "maps")]
    Map(map::MapArguments),
    /// What changed between two runs, and why: which stop did it.
    Diff(diff::DiffArguments),
    /// What the programme asks, from the code that decides it.
    Criteria(criteria::CriteriaArguments),
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Demo(arguments) => demo::demo(&arguments),
        Command::Init(arguments) => init::init(&arguments),
        Command::Inspect(arguments) => inspect::inspect(&arguments),
        Command::Peaks(arguments) => peaks::peaks(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::serve(&arguments),
        #[cfg(feature = "maps")]
        Command::Map(arguments) => map::map(&arguments),
        Command::Diff(arguments) => diff::diff(&arguments),
        Command::Criteria(arguments) => criteria::criteria(&arguments),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            failure.print(crate::text::Lang::En);
            ExitCode::from(NOT_RUN)
        }
    }
}
