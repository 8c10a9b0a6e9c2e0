//! What if no data are at hand? A city that does not exist, in the files that its publishers would hand out.
//!
//! `kyoten demo` needs a city at hand, a benchmark needs one of any size, and an example needs one that everybody may
//! pass on. This one is drawn from a seed: the same seed and the same number of parcels give the same bytes.
//!
//! ```
//! use kyoten::demo::{DemoOptions, write_city};
//! let folder = std::env::temp_dir().join("kyoten-demo-example");
//! let city = write_city(&folder, &DemoOptions { parcels: 10, seed: 1 })?;
//! assert!(city.project.ends_with("kyoten.toml"));
//! # std::fs::remove_dir_all(&folder).ok();
//! # Ok::<(), kyoten::demo::DemoError>(())
//! ```
//!
//! The town 架空市 stands around a station, with a village (集落) to its east that has a halt of its own, fields
//! between the houses, and a river at each. What makes every answer occur in it is laid out in `plan.rs` and used by
//! all the other files:
//!
//! | where | what happens there |
//! |---|---|
//! | middle of the town | everything is known and met |
//! | its main street | the buses of two operators share poles; one timetable names no direction (`timetables.rs`) |
//! | its east | the district (DID) is expected, not there yet; a bus line runs there alone |
//! | around its core | the induction area is expected to be widened |
//! | its north | a stop stands where the urban zone is planned to come; another stop is planned: `what_if.toml` has both |
//! | the village | the trains are not counted, the census cell holds suppressed neighbours, one stop names no line |
//! | its west | a stop has three buses in an hour, by some ways of counting timetables |
//! | the fields | nothing is met |
//!
//! The last parcels of the city are odd ones (`odd.rs`), as real files have them. Beside the layers that the programme asks
//! for lie hazard areas and clinics, for rule sets of one's own.

mod areas;
mod clinics;
mod dbf;
mod facilities;
mod geojson;
mod ground;
mod gtfs;
mod hazards;
mod land;
mod layout;
mod names;
mod odd;
mod parcels;
mod people;
mod plan;
mod project;
mod shapefile;
mod tables;
mod timetables;
mod transit;
mod write;

use std::io;
use std::path::{Path, PathBuf};

use crate::crs::CrsError;
use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::disk::OutputError;
use crate::text::Text;
use layout::TownLayout;
use plan::Plan;
use write::Folder;

/// The sizes of city that can be asked for.
pub const PARCELS: std::ops::RangeInclusive<usize> = 10..=2_000_000;

/// Which city to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoOptions {
    /// How many parcels, within [`PARCELS`]; the odd ones count.
    pub parcels: usize,
    /// What the city is drawn from.
    pub seed: u64,
}

/// The files of a city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoCity {
    /// Where they lie.
    pub folder: PathBuf,
    /// The `kyoten.toml` that reads them; beside it lies a what-if.
    pub project: PathBuf,
    /// Every file, in the order of writing; `project` is the last.
    pub files: Vec<PathBuf>,
}

/// Why no city was written.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The number of parcels is out of range.
    Size {
        /// The number asked for.
        given: usize,
    },
    /// A file or the folder could not be written.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file could not be put into its place.
    Output(#[from] OutputError),
    /// A place of the city is not on the plane.
    Crs(#[from] CrsError),
}

impl Diagnose for DemoError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Size { given } => {
                let (least, most) = (PARCELS.start(), PARCELS.end());
                vec![Diagnostic::error(
                    "demo-size",
                    text!(
                        "{given}筆の市は作れません。{least}〜{most}筆を指定してください。",
                        "a city of {given} parcels cannot be drawn; ask for {least} to {most}"
                    ),
                )]
            }
            Self::Write { path, source } => vec![
                Diagnostic::error(
                    "demo-not-written",
                    text!("書き込めません（{reason}）。", "could not be written ({reason})", reason = refusal(source)),
                )
                .at(path.display())
                .help(SEE_TO_THE_FOLDER),
            ],
            Self::Output(error) => error.diagnostics().into_iter().map(|one| one.help(SEE_TO_THE_FOLDER)).collect(),
            Self::Crs(error) => error.diagnostics(),
        }
    }
}

display_diagnosed!(DemoError);

const SEE_TO_THE_FOLDER: Text = Text::new(
    "フォルダーのアクセス権とディスクの空きを確かめてください。",
    "check the folder's permissions and the free space",
);

/// Writes the city of the options into a folder, which is made where it does not exist.
///
/// Files of the same names are replaced, others left alone. Each file appears whole or not at all, and the project
/// file last. Parcels are written as they are drawn: a city of a million takes about
/// 3 s and 22 MB of memory.
///
/// # Errors
/// [`DemoError::Size`] for a number of parcels outside [`PARCELS`]; [`DemoError::Write`] names the file.
pub fn write_city(folder: &Path, options: &DemoOptions) -> Result<DemoCity, DemoError> {
    if !PARCELS.contains(&options.parcels) {
        return Err(DemoError::Size { given: options.parcels });
    }
    let plan = Plan::new(options)?;
    let layout = TownLayout::draw(&plan);
    let transit = transit::draw(&plan);
    let cells = people::draw(&plan)?;

    let mut files = Folder::create(folder)?;
    parcels::write(&mut files, &plan, &layout)?;
    transit::write(&mut files, &plan, &transit)?;
    gtfs::write(&mut files, &plan, &transit)?;
    areas::write(&mut files, &plan, people::residents(&cells))?;
    land::write(&mut files, &plan, &layout)?;
    let census = people::write(&mut files, &cells)?;
    facilities::write(&mut files, &plan)?;
    hazards::write(&mut files, &plan)?;
    clinics::write(&mut files, &plan)?;
    files.write(project::WHAT_IF, project::what_if(&plan, options, &census).as_bytes())?;
    files.write(project::HOUSING, project::housing().as_bytes())?;
    files.write(project::OWN_RULES, project::OWN_RULES_TEXT.as_bytes())?;
    let project = files.write(project::FILE, project::text(&plan, options, &census).as_bytes())?;
    Ok(DemoCity { folder: folder.to_path_buf(), project, files: files.into_files() })
}

#[cfg(test)]
mod tests;
