//! Is everything in order? All files are read, every problem is told; nothing is measured or written.

use super::backdrop::Ground;
use super::open::Opened;
use super::preflight::{self, Preflight};
use super::{Progress, RunError, Stage, batches};
use crate::assess::Groundwork;
use crate::collect::{Duplicates, ParcelNotices};
use crate::diagnostics::{Diagnose as _, Diagnostic};
use crate::notices::Notices;
use crate::project::Project;

/// Every error that would keep a run from being done, and what was noticed on the way. Where there are errors, what rests
/// on the files that they are about is not looked at.
pub fn check(project: &Project, progress: &dyn Progress) -> (Vec<Diagnostic>, Notices) {
    let mut notices = Notices::default();
    let errors = match look(project, &mut notices, progress) {
        Ok(()) => Vec::new(),
        Err(error) => error.diagnostics(),
    };
    (errors, notices)
}

/// Every file, how the layers fit together, and what the parcels themselves are like.
fn look(project: &Project, notices: &mut Notices, progress: &dyn Progress) -> Result<(), RunError> {
    progress.stage(&Stage::Read.name());
    let mut opened = Opened::open(project, notices)?;
    progress.stage(&Stage::Prepare.name());
    let survey = opened.parcels.survey(opened.plane, false)?;
    survey.tell(notices);
    let extent = survey.extent;
    opened.forget_elsewhere(extent);
    Ground::read(project, opened.plane, extent, notices)?;
    let terms = project.terms();
    let (assessor, work) = Groundwork::lay(&opened.city, opened.timetable(), &terms, extent);
    let flight = Preflight {
        opened: &opened,
        assessor: &assessor,
        parcels: extent,
        planned_kind: project.planned_kind.as_deref(),
    };
    preflight::check(&flight, notices)?;
    preflight::set_zones(&flight, &work, notices);
    preflight::stops_without_peaks(&flight, None, notices);
    let collectors = (ParcelNotices::default(), Duplicates::default());
    let (flaws, duplicates) = batches::read(&opened, collectors, progress)?;
    notices.merge(flaws);
    notices.merge(duplicates.map_err(RunError::Temporary)?);
    Ok(())
}
