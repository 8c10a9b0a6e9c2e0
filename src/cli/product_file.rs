//! What is written beside what is printed, where somebody wishes for a file of it: a file of its own, or an addition to a finished run.

use std::path::{Path, PathBuf};

use super::failure::not_written;
use super::reader::lang;
use super::{Failure, print};
use crate::disk::MadeFolders;
use crate::outputs::names::{MAP, PROJECT, RUN, product};
use crate::outputs::{OutputError, SingleFile};
use crate::pipeline::{Findings, add_to_run};
use crate::runs::RunAddition;
use crate::text::Text;

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
        let (goal, shown) = match self {
            Self::File { file, goal, folders } => {
                file.finish().map_err(|error| not_written(&error))?;
                folders.into_iter().for_each(MadeFolders::keep);
                (goal, Vec::new())
            }
            Self::OfRun { addition, goal } => {
                let project = addition.has(PROJECT).then(|| goal.with_file_name(PROJECT));
                let files = addition.finish().map_err(|error| not_written(&error))?;
                (goal, shown(&files, project))
            }
        };
        if !is_told {
            return Ok(());
        }
        let goal = goal.display();
        let written = text!("書き出したファイル：{goal}", "written: {goal}");
        let told = shown.iter().fold(written, |told, line| told.joined("\n", line));
        print::out(format_args!("\n{}", told.get(lang()))).map_err(Failure::though_done)
    }
}

/// What of a run shows what was added to it: its page, and its project for QGIS. Of a project that somebody has saved anew it is said
/// that it does not.
fn shown(written: &[PathBuf], project: Option<PathBuf>) -> Vec<Text> {
    let find = |name: &str| written.iter().find(|file| file.file_name().is_some_and(|one| one == name));
    let mut lines = Vec::new();
    if let Some(page) = find(MAP) {
        let page = page.display();
        lines.push(text!("地図にも加えました：{page}", "shown by the map: {page}"));
    }
    let Some(project) = project.filter(|project| project.is_file()) else { return lines };
    let path = project.display();
    if find(PROJECT).is_some() {
        lines.push(text!("QGISのプロジェクトにも加えました：{path}", "shown by the project for QGIS: {path}"));
    } else {
        lines.push(text!(
            "QGISのプロジェクトは書き換えられているため、そのままにしました：{path}\n    QGISで開き、書き出したファイルをレイヤーとして追加してください。",
            "left as it is, since somebody has saved it anew: {path}\n    open it in QGIS and add the file as a layer"
        ));
    }
    lines
}
