//! Do a planner's own drawn zones meet what their kinds ask? The project is put together as for a run, and the zones are asked
//! in place of the parcels; of these only those are counted that lie in a zone.

use super::grids::Grids;
use super::open::Opened;
use super::preflight::{self, Preflight};
use super::{Progress, RunError, Stage, batches};
use crate::assess::Groundwork;
use crate::collect::Within;
use crate::criteria::Rules;
use crate::crs::{FromPlane, Plane};
use crate::layers::{LayerSpec, Onto, read_drawn};
use crate::notices::Notices;
use crate::project::Project;
use crate::queries::{AssessedZone, assess_drawn, check_places, kinds_of};

/// What came of assessing drawn zones.
#[derive(Debug)]
pub struct DrawnReport {
    /// The zones in the order of their file.
    pub zones: Vec<AssessedZone>,
    /// How many features could not be read as zones.
    pub lost: usize,
    /// The rules that they were asked by.
    pub rules: Rules,
    /// The plane on which they lie.
    pub plane: Plane,
    /// From there to longitude and latitude.
    pub from_plane: FromPlane,
    /// What was noticed of the input.
    pub notices: Notices,
    /// Every file that was read.
    pub paths: Vec<std::path::PathBuf>,
}

/// Assesses the zones that are drawn in a file; `otherwise` is the kind of those that do not say theirs.
///
/// # Errors
/// Bad input.
pub fn assess(
    project: &Project,
    drawn: &LayerSpec,
    otherwise: Option<&str>,
    progress: &dyn Progress,
) -> Result<DrawnReport, RunError> {
    progress.stage(&Stage::Read.name());
    let mut notices = Notices::default();
    let mut opened = Opened::open(project, &mut notices)?;
    let plane = opened.city.plane;
    // Those of the project, through which its layers went too.
    let grids = Grids::read(project).map_err(RunError::of)?;
    let read = read_drawn(drawn, Onto { plane, grids: &grids.all }, &mut notices)?;
    let kinds = kinds_of(&read.zones, otherwise, &project.rules)?;

    progress.stage(&Stage::Prepare.name());
    let terms = project.terms();
    let survey = opened.parcels.survey(plane, false)?;
    survey.tell(&mut notices);
    check_places(&read, survey.extent, &opened.from_plane)?;
    opened.forget_elsewhere(survey.extent);
    let extent = survey.extent.union(read.shapes.bounds());
    let (assessor, work) = Groundwork::lay(&opened.city, opened.timetable(), &terms, extent);
    let flight = Preflight {
        opened: &opened,
        assessor: &assessor,
        parcels: survey.extent,
        planned_kind: project.planned_kind.as_deref(),
    };
    preflight::check(&flight, &mut notices)?;
    preflight::set_zones(&flight, &work, &mut notices);

    progress.stage(&Stage::Zones.name());
    let mut zones = assess_drawn(&read, &kinds, &work, &assessor);
    let within = Within::new(zones.iter().map(|zone| &**zone.drawn.shape), terms.rules.thresholds.membership());
    let counts = batches::read(&opened, within, progress)?;
    zones.iter_mut().zip(counts).for_each(|(zone, parcels)| zone.parcels = parcels);
    opened.check_unchanged()?;
    let mut paths = opened.paths();
    paths.extend(read.report.files.iter().map(|file| file.source.path.clone()));
    let from_plane = opened.from_plane.clone();
    Ok(DrawnReport { zones, lost: read.lost, rules: terms.rules.clone(), plane, from_plane, notices, paths })
}
