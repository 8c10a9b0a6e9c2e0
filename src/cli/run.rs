//! `kyoten run`: the main job.

use std::path::{Path, PathBuf};

use clap::Args;

use super::progress::Bar;
use super::{ATTENTION, DONE, Failure, expired, init, summary};
use crate::discovery::discover;
use crate::layers::LayerKey;
use crate::outputs::{PARCEL_FORMATS, ParcelFormat};
use crate::pipeline::{self, Options, Report};
use crate::project::{FILE_NAME, Project, ProjectError};

/// Where a run goes unless `--out` says otherwise.
pub(super) const DEFAULT_OUT: &str = "kyoten-out";

const EXAMPLES: &str = "\
Examples:
  kyoten run downloads/                        a folder of downloads, as it is
  kyoten run kyoten.toml --out 2026-11         a project, into a folder of its own
  kyoten run city/ --peak-variants             and what other ways of counting timetables would change
  kyoten run city/ --format gpkg,csv --strict  for QGIS and a spreadsheet; status 1 where input was skipped or mended";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RunArguments {
    /// A kyoten.toml, or a folder: its kyoten.toml, or what `init` would find in it.
    project: PathBuf,
    /// Also say how many parcels would change status if timetables were counted by other rules.
    #[arg(long)]
    peak_variants: bool,
    #[command(flatten)]
    how: How,
}

/// What `run` and `demo` have in common.
#[derive(Debug, Args)]
pub(super) struct How {
    /// The run folder; its files are replaced as a whole.
    #[arg(long, value_name = "DIR", default_value = DEFAULT_OUT)]
    pub(super) out: PathBuf,
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "geojson", value_parser = format,
        help = format!("Formats of the parcels, separated by commas: {}", formats()))]
    pub(super) format: Vec<&'static ParcelFormat>,
    /// Do not write the map.
    #[arg(long)]
    pub(super) no_map: bool,
    /// Threads to use; all there are unless given. The outputs do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Exit with status 1 where any of the input was skipped or mended.
    #[arg(long)]
    pub(super) strict: bool,
    /// Print the report as JSON instead of the summary.
    #[arg(long)]
    pub(super) json: bool,
}

/// The formats' names, for messages.
pub(super) fn formats() -> String {
    ParcelFormat::writable().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

/// The format of a name.
pub(super) fn format(name: &str) -> Result<&'static ParcelFormat, String> {
    let found = PARCEL_FORMATS.iter().find(|format| format.name == name.trim());
    match found.map(|format| (format, format.lacks())) {
        Some((format, None)) => Ok(format),
        Some((_, Some(feature))) => Err(format!("this build cannot write it: build with `--features {feature}`")),
        None => Err(format!("no such format; there are: {}", formats())),
    }
}

pub(super) fn run(arguments: &RunArguments) -> Result<u8, Failure> {
    run_project(&arguments.project, &arguments.how, arguments.peak_variants)
}

/// Runs a project and prints what came of it.
pub(super) fn run_project(project: &Path, how: &How, peak_variants: bool) -> Result<u8, Failure> {
    let report = measure(project, how, peak_variants)?;
    if how.json {
        summary::print_json(&report);
    } else {
        summary::print(&report);
    }
    expired::tell(report.feeds());
    let attention = how.strict && report.any_skipped_or_mended();
    Ok(if attention { ATTENTION } else { DONE })
}

/// Runs a project.
pub(super) fn measure(project: &Path, how: &How, peak_variants: bool) -> Result<Report, Failure> {
    let project = open(project)?;
    let mut formats: Vec<&ParcelFormat> = Vec::new();
    for format in &how.format {
        if !formats.iter().any(|known| known.name == format.name) {
            formats.push(format);
        }
    }
    let options = Options {
        out: how.out.clone(),
        formats,
        #[cfg(feature = "maps")]
        map: !how.no_map,
        peak_variants,
    };
    let bar = Bar::new();
    let report = in_pool(how.threads, || pipeline::run(&project, &options, &bar))?;
    bar.finish();
    Ok(report?)
}

/// Opens a project file; of a folder without one, what is found in the folder.
fn open(path: &Path) -> Result<Project, Failure> {
    match Project::open(path) {
        Err(ProjectError::NoProjectFile { folder }) => {
            let found = discover(&folder)?;
            init::tell(&found);
            if found.taken(LayerKey::Parcels).next().is_none() {
                return Err(Failure::new(
                    format!("{}: no file in it was recognised as the parcels (筆・敷地)", folder.display()),
                    Some(format!(
                        "give the file a name such as parcels.geojson, or name it in a {FILE_NAME}: `kyoten init` writes one"
                    )),
                ));
            }
            Ok(found.project()?)
        }
        other => Ok(other?),
    }
}

/// Does the work in a pool of so many threads.
fn in_pool<T: Send>(threads: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.map_or(0, usize::from));
    let pool = pool.build().map_err(|error| {
        Failure::new(format!("the threads cannot be started ({error})"), Some("give fewer with --threads".to_owned()))
    })?;
    Ok(pool.install(work))
}
