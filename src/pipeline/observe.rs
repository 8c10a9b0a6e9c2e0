//! Everything of a run but its folder: open → assess → collect.

use super::open::Opened;
use super::{Progress, RunError, Stage, batches};
use crate::assess::Assessor;
use crate::collect::{Collector, Duplicates, ParcelNotices};
use crate::notices::Notices;
use crate::project::Project;

/// Measures every parcel of a project and gives what a collector makes of them, with the problems of the data. Nothing is
/// written.
///
/// # Errors
/// Bad input.
pub fn observe<C: Collector>(
    project: &Project,
    collector: C,
    progress: &dyn Progress,
) -> Result<(C::Output, Notices), RunError> {
    progress.stage(&Stage::Read.name());
    let mut notices = Notices::default();
    let mut opened = Opened::open(project, &mut notices)?;
    progress.stage(&Stage::Prepare.name());
    let extent = opened.parcels.survey(opened.plane, false)?.extent;
    opened.forget_elsewhere(extent);
    let assessor = Assessor::build(&opened.city, opened.timetable(), &project.terms(), extent);
    progress.stage(&Stage::Measure.name());
    let collectors = (collector, ParcelNotices::default(), Duplicates::default());
    let ((output, flaws, duplicates), _) = batches::collect(&opened, &assessor, collectors, false, progress)?;
    notices.merge(flaws);
    notices.merge(duplicates.map_err(RunError::Temporary)?);
    Ok((output, notices))
}
