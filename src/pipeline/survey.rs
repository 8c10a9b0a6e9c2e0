//! What should be found out first? open → assess → survey.

use std::path::PathBuf;

use super::basis::Basis;
use super::open::Opened;
use super::preflight::{self, Preflight};
use super::{Findings, Progress, RunError, Stage, batches};
use crate::assess::Groundwork;
use crate::collect::{Duplicates, Keep, ParcelNotices};
use crate::criteria::Rules;
use crate::crs::FromPlane;
use crate::notices::Notices;
use crate::products::survey as surveyed_places;
use crate::project::Project;
use crate::queries::{Survey, survey as surveyed, survey_document};

/// What came of a survey.
#[derive(Debug)]
pub struct SurveyReport {
    /// What there is to be found out.
    pub survey: Survey,
    /// The rules that parcels were judged by.
    pub rules: Rules,
    /// From the plane to longitude and latitude.
    pub from_plane: FromPlane,
    /// What was noticed of the input.
    pub notices: Notices,
    /// Every file that was read.
    pub paths: Vec<PathBuf>,
    /// On what it rests.
    pub basis: Basis,
}

impl SurveyReport {
    /// What was found, so many items at most, for programs and for maps.
    #[must_use]
    pub fn findings(&self, most: Option<usize>) -> Findings {
        let Self { survey, rules, from_plane, .. } = self;
        Findings {
            basis: self.basis.clone(),
            document: survey_document(survey, rules, from_plane, most),
            product: surveyed_places(survey, most, from_plane),
            beside: None,
        }
    }
}

/// Surveys a project; `steps` items are taken together at most.
///
/// # Errors
/// Bad input.
pub fn survey(project: &Project, steps: usize, progress: &dyn Progress) -> Result<SurveyReport, RunError> {
    progress.stage(&Stage::Read.name());
    let mut notices = Notices::default();
    let mut opened = Opened::open(project, &mut notices)?;
    progress.stage(&Stage::Prepare.name());
    let terms = project.terms();
    let parcels = opened.parcels.survey(opened.city.plane, false)?;
    parcels.tell(&mut notices);
    opened.forget_elsewhere(parcels.extent);
    let (assessor, groundwork) = Groundwork::lay(&opened.city, opened.timetable(), &terms, parcels.extent);
    let flight = Preflight {
        opened: &opened,
        assessor: &assessor,
        parcels: parcels.extent,
        planned_kind: project.planned_kind.as_deref(),
    };
    preflight::check(&flight, &mut notices)?;
    preflight::set_zones(&flight, &groundwork, &mut notices);
    progress.stage(&Stage::Measure.name());
    let collectors = (Keep::default(), ParcelNotices::default(), Duplicates::default());
    let ((kept, flaws, duplicates), _) = batches::collect(&opened, &assessor, collectors, false, progress)?;
    notices.merge(flaws);
    notices.merge(duplicates.map_err(RunError::Temporary)?);
    progress.stage(&Stage::Zones.name());
    let survey = surveyed(&groundwork, &assessor, &kept, steps);
    opened.check_unchanged()?;
    let (from_plane, paths) = (opened.from_plane.clone(), opened.paths());
    let basis = Basis::of(project, &opened, &terms.rules);
    Ok(SurveyReport { survey, rules: terms.rules.clone(), from_plane, notices, paths, basis })
}
