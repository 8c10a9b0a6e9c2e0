//! The first half of a run, kept as a file: open → assess, and nothing measured.

use std::path::{Path, PathBuf};

use super::begin::told;
use super::open::Opened;
use super::preflight::{self, Preflight};
use super::{Progress, RunError, Stage, study};
use crate::assess::Assessor;
use crate::layers::Survey;
use crate::notices::Notices;
use crate::prepared::{StudyRef, Told};
use crate::project::Project;

/// What came of preparing.
#[derive(Debug)]
pub struct Prepared {
    /// How many bytes the file has.
    pub bytes: u64,
    /// The problems of the data, but for those of single parcels.
    pub notices: Notices,
}

/// Reads the layers of a project, works out everything that no parcel is needed for, and writes it to a file, whole or not at
/// all. [`super::run`] takes it as [`super::Options::study`].
///
/// # Errors
/// Bad input, or a file that cannot be written; then nothing is left behind.
pub fn prepare(project: &Project, path: &Path, progress: &dyn Progress) -> Result<Prepared, RunError> {
    progress.stage(&Stage::Read.name());
    let (mut notices, mut of_parcels) = Default::default();
    let files = study::files_of(project);
    let mut opened = Opened::open_apart(project, &mut notices, &mut of_parcels)?;
    let files = files?;

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

    progress.stage(&Stage::Write.name());
    let made_of = study::made_of(project, files, plane, extent);
    study::unchanged(&made_of, project, &opened)?;
    let told = Told { timetables: opened.told_timetables(&assessor), ..told(project, &opened, &notices) };
    let mut inputs: Vec<PathBuf> = opened.paths();
    inputs.push(project.file.clone());
    let study = StudyRef { made_of: &made_of, city: &opened.city, assessor: &assessor, told: &told };
    let bytes = study.save(path, inputs.iter().map(PathBuf::as_path))?;
    notices.merge(of_parcels);
    Ok(Prepared { bytes, notices })
}
