//! Single parcels of a project, explained: open → assess → explain. Nothing is written.

use super::open::Opened;
use super::{Progress, RunError, Stage, batches};
use crate::assess::Groundwork;
use crate::collect::{ExplainChosen, ExplainedParcels};
use crate::crs::FromPlane;
use crate::notices::Notices;
use crate::project::Project;
use crate::queries::Explainer;

/// What came of it.
#[derive(Debug)]
pub struct Explained {
    /// The parcels.
    pub found: ExplainedParcels,
    /// Back to longitude and latitude.
    pub from_plane: FromPlane,
    /// Problems of the data.
    pub notices: Notices,
}

/// Explains the parcels of which `is_meant` says so, by their ids and their 1-based positions in the whole input.
///
/// # Errors
/// Bad input.
pub fn explain(
    project: &Project,
    is_meant: &(dyn Fn(&str, usize) -> bool + Sync),
    progress: &dyn Progress,
) -> Result<Explained, RunError> {
    progress.stage(&Stage::Read.name());
    let mut notices = Notices::default();
    let mut opened = Opened::open(project, &mut notices)?;
    progress.stage(&Stage::Prepare.name());
    let terms = project.terms();
    let extent = opened.parcels.survey(opened.city.plane, false)?.extent;
    opened.forget_elsewhere(extent);
    let (assessor, groundwork) = Groundwork::lay(&opened.city, opened.timetable(), &terms, extent);
    let explainer = Explainer::new(&groundwork, &assessor);
    progress.stage(&Stage::Measure.name());
    let chosen = ExplainChosen::new(&explainer, is_meant);
    let (found, _) = batches::collect(&opened, &assessor, chosen, false, progress)?;
    Ok(Explained { found, from_plane: opened.from_plane.clone(), notices })
}
