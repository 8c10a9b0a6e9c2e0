//! What is written beside what is printed, where somebody wishes for a file of it: a file of its own, or an addition to a finished run.

use std::path::{Path, PathBuf};

use super::failure::not_written;
use super::reader::lang;
use super::{Failure, print};
use crate::disk::MadeFolders;
use crate::outputs::names::{MAP, RUN, product};
use crate::outputs::{OutputError, SingleFile};
use crate::pipeline::{Findings, add_to_run};
use crate::runs::RunAddition;

/// Where somebody wishes it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wished<'a> {
    /// The folder into which it goes; where there is a run in it, it becomes part of the run.
    pub(super) folder: Option<&'a Path>,
    /// The file, before the folder.
    pub(super) file: Option<&'a Path>,
}

/// A product that is written and not yet in its place: where nothing can be printed, nothing is left.
pub(super) enum ProductFile {
    /// A file of its own.
    File { file: Box<SingleFile>, goal: PathBuf, folders: Option<MadeFolders> },
    /// Part of a run.
    OfRun { addition: Box<RunAddition>, goal: PathBuf },
}

impl ProductFile {
    /// `None` where nobody wishes for a file. `inputs` are not replaced.
    pub(super) fn write(wished: &Wished<'_>, inputs: &[PathBuf], found: &Findings) -> Result<Option<Self>, Failure> {
        let name = product(found.product.name);
        let in_folder = wished.folder.map(|folder| folder.join(&name));
        let Some(goal) = wished.file.map(Path::to_owned).or(in_folder) else { return Ok(None) };
        if let Some(folder) = wished.folder
            && wished.file.is_none()
            && folder.join(RUN).is_file()
        {
            let addition = Box::new(add_to_run(folder, found, inputs.iter().cloned())?);
            return Ok(Some(Self::OfRun { addition, goal }));
        }
        let folders = wished.folder.map(MadeFolders::make).transpose().map_err(OutputError::at(&goal));
        let written = folders.and_then(|folders| {
            let mut file = SingleFile::begin(&goal, inputs.iter().map(PathBuf::as_path))?;
            found.product.write_geojson(|bytes| file.write(bytes))?;
            Ok((file, folders))
        });
        let (file, folders) = written.map_err(|error| not_written(&error))?;
        Ok(Some(Self::File { file: Box::new(file), goal, folders }))
    }

    /// Puts it into its place, and says so unless that is not wished.
    pub(super) fn finish(self, is_told: bool) -> Result<(), Failure> {
        let (goal, page) = match self {
            Self::File { file, goal, folders } => {
                file.finish().map_err(|error| not_written(&error))?;
                folders.into_iter().for_each(MadeFolders::keep);
                (goal, None)
            }
            Self::OfRun { addition, goal } => {
                let files = addition.finish().map_err(|error| not_written(&error))?;
                (goal, files.into_iter().find(|file| file.file_name().is_some_and(|name| name == MAP)))
            }
        };
        if !is_told {
            return Ok(());
        }
        let goal = goal.display();
        let written = text!("書き出したファイル：{goal}", "written: {goal}");
        let told = match page {
            Some(page) => {
                let page = page.display();
                written.joined("\n", &text!("地図にも加えました：{page}", "shown by the map: {page}"))
            }
            None => written,
        };
        print::out(format_args!("\n{}", told.get(lang()))).map_err(Failure::though_done)
    }
}
