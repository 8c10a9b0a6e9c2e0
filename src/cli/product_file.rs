//! What is written beside what is printed, where somebody wishes for a file of it.

use std::path::{Path, PathBuf};

use super::failure::not_written;
use super::{Failure, print};
use crate::disk::make_folders;
use crate::outputs::{OutputError, Product, SingleFile};

/// Where somebody wishes it.
pub(super) struct Wished<'a> {
    /// The folder into which it goes under the name.
    pub(super) folder: Option<&'a Path>,
    /// The name that it has there.
    pub(super) name: &'a str,
    /// The file, before the folder.
    pub(super) file: Option<&'a Path>,
}

/// A product in a file that is written and not yet in its place: where nothing can be printed, nothing is left.
pub(super) struct ProductFile {
    file: SingleFile,
    goal: PathBuf,
}

impl ProductFile {
    /// `None` where nobody wishes for a file. `inputs` are not replaced.
    pub(super) fn write<'i>(
        wished: &Wished<'_>,
        inputs: impl IntoIterator<Item = &'i Path>,
        product: impl FnOnce() -> Product,
    ) -> Result<Option<Self>, Failure> {
        let in_folder = wished.folder.map(|folder| folder.join(wished.name));
        let Some(goal) = wished.file.map(Path::to_owned).or(in_folder) else { return Ok(None) };
        let folder = wished.folder.map_or(Ok(()), make_folders);
        let begun = folder.map_err(OutputError::at(&goal)).and_then(|()| SingleFile::begin(&goal, inputs));
        let written = begun.and_then(|mut file| {
            product().write_geojson(|bytes| file.write(bytes))?;
            Ok(file)
        });
        let file = written.map_err(|error| not_written(&error))?;
        Ok(Some(Self { file, goal }))
    }

    /// Puts it into its place, and says so unless that is not wished.
    pub(super) fn finish(self, is_told: bool) -> Result<(), Failure> {
        self.file.finish().map_err(|error| not_written(&error))?;
        if is_told {
            let goal = self.goal.display();
            let written = text!("書き出したファイル：{goal}", "written: {goal}");
            print::out(format_args!("\n{}", written.get(super::reader::lang()))).map_err(Failure::though_done)?;
        }
        Ok(())
    }
}
