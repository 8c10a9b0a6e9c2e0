//! The first half of a run, kept: open → assess, and nothing measured.

use std::path::{Path, PathBuf};

use super::begin::told;
use super::grids::Grids;
use super::open::Opened;
use super::preflight::{self, Preflight};
use super::{Progress, RunError, Stage, go_on, study};
use crate::assess::Assessor;
use crate::crs::DatumGrids;
use crate::diagnostics::Diagnostic;
use crate::flat::Later;
use crate::layers::{City, Survey};
use crate::notices::Notices;
use crate::prepared::{MadeOf, StudyRef, Told};
use crate::project::Project;
use crate::text::Text;

/// What came of preparing.
#[derive(Debug)]
pub struct Prepared {
    /// How many bytes the file has.
    pub bytes: u64,
    /// The problems of the data, but for those of single parcels.
    pub notices: Notices,
}

/// A study that was put together from its layers.
#[derive(Debug)]
pub struct FreshStudy {
    /// Of what it was made.
    pub made_of: MadeOf,
    /// The layers.
    pub city: Later<City>,
    /// What parcels are measured and judged by.
    pub assessor: Assessor,
    /// What is told of it.
    pub told: Told,
    /// The grids of shifts from older datums that it was read with.
    pub grids: DatumGrids,
    /// The problems of the data, but for those of single parcels.
    pub notices: Notices,
    /// The files that it was read from.
    inputs: Vec<PathBuf>,
}

impl FreshStudy {
    /// Reads the layers of a project, and works out everything that no parcel is needed for.
    ///
    /// # Errors
    /// Bad input.
    pub fn of(project: &Project, progress: &dyn Progress) -> Result<Self, RunError> {
        progress.stage(&Stage::Read.name());
        let (mut notices, mut of_parcels) = Default::default();
        let files = study::files_of(project);
        let mut opened = Opened::open_apart(project, &mut notices, &mut of_parcels)?;
        let files = files?;

        go_on(progress)?;
        progress.stage(&Stage::Prepare.name());
        let plane = opened.plane;
        let survey = opened.parcels.survey(plane, false)?;
        survey.tell(&mut of_parcels);
        let Survey { extent, .. } = survey;
        opened.forget_elsewhere(extent);
        let assessor = Assessor::build(&opened.city, opened.timetable(), &project.terms(), extent);
        let planned_kind = project.planned_kind.as_deref();
        let flight = Preflight { opened: &opened, assessor: &assessor, parcels: extent, planned_kind };
        preflight::check(&flight, &mut notices)?;

        let made_of = study::made_of(project, files, plane, extent);
        study::unchanged(&made_of, project, &opened)?;
        let told = Told { timetables: opened.told_timetables(&assessor), ..told(project, &opened, &notices) };
        let mut inputs: Vec<PathBuf> = opened.paths();
        inputs.push(project.file.clone());
        notices.merge(of_parcels);
        let grids = Grids::read(project).map_err(RunError::of)?.all;
        Ok(Self { made_of, city: opened.city, assessor, told, grids, notices, inputs })
    }

    /// Writes it to a file, whole or not at all, and says how many bytes that were. [`super::run`] takes it as
    /// [`super::Options::study`].
    ///
    /// # Errors
    /// Where it cannot be written; then nothing is left behind.
    pub fn save(&self, path: &Path) -> Result<u64, RunError> {
        let Self { made_of, city, assessor, told, inputs, .. } = self;
        let study = StudyRef { made_of, city, assessor, told };
        Ok(study.save(path, inputs.iter().map(PathBuf::as_path))?)
    }
}

/// Reads the layers of a project, works out everything that no parcel is needed for, and writes it to a file, whole or not at
/// all. [`super::run`] takes it as [`super::Options::study`].
///
/// # Errors
/// Bad input, or a file that cannot be written; then nothing is left behind.
pub fn prepare(project: &Project, path: &Path, progress: &dyn Progress) -> Result<Prepared, RunError> {
    let study = FreshStudy::of(project, progress)?;
    progress.stage(&Stage::Write.name());
    let bytes = study.save(path)?;
    Ok(Prepared { bytes, notices: study.notices })
}

/// What is said where somebody asks a study from a file for what only its layers tell.
#[must_use]
pub fn without_layers() -> Diagnostic {
    Diagnostic::error(
        "study-without-layers",
        Text::new(
            "ファイルから読み込んだ準備結果には、レイヤーがありません。",
            "a study from a file has no layers to work with",
        ),
    )
    .help(Text::new("プロジェクトから準備し直してください。", "prepare it from its project again"))
}
