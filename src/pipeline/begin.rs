//! All that a run knows before its first parcel is measured: worked out from the layers, or as it was kept.

use std::path::{Path, PathBuf};

use super::clock::Clock;
use super::open::{Opened, OpenedParcels};
use super::study::{self, Beside};
use super::{Options, Progress, RunError, Stage};
use crate::assess::Assessor;
use crate::geometry::Bounds;
use crate::inputs::Properties;
use crate::layers::Survey;
use crate::notices::Notices;
use crate::prepared::{MadeOf, PreparedStudy, StudyError, Told};
use crate::project::Project;
use crate::transit::ToldTimetables;

/// What a run begins with.
pub(super) struct Begun<'a> {
    pub(super) opened: Opened,
    /// `None` where it has yet to be put together.
    pub(super) assessor: Option<Assessor>,
    /// A box of the plane around all parcels.
    pub(super) extent: Bounds,
    /// Their own properties, where they were asked for.
    pub(super) properties: Option<Properties>,
    /// What was noticed of the layers.
    pub(super) notices: Notices,
    /// What was noticed of the parcels.
    pub(super) of_parcels: Notices,
    pub(super) kept: Kept<'a>,
}

/// What has to do with studies that are kept.
pub(super) enum Kept<'a> {
    /// Nothing.
    No,
    /// The study was given, and is yet to be held against the layers.
    Given {
        path: &'a Path,
        made_of: MadeOf,
        /// The box around the parcels, where somebody has looked.
        extent: Option<Bounds>,
    },
    /// This one is to be kept.
    New { path: PathBuf, made_of: MadeOf },
}

impl<'a> Begun<'a> {
    /// Opens the parcels, and reads the layers unless the study was prepared before. A file of the cache that was found to be
    /// damaged is `distrusted`, and replaced.
    ///
    /// # Errors
    /// Bad input; a study that is not that of this project.
    pub(super) fn begin(
        project: &Project,
        options: &'a Options,
        distrusted: Option<&Path>,
        progress: &dyn Progress,
        clock: &mut Clock,
    ) -> Result<Self, RunError> {
        progress.stage(&Stage::Read.name());
        if let Some(path) = &options.study {
            return Self::of_file(project, path, options, progress, clock);
        }
        if let Some(cache) = options.cache.as_deref().filter(|_| !options.asks_layers_again()) {
            return Self::of_cache(project, (cache, distrusted), options, progress, clock);
        }
        let (mut notices, mut of_parcels) = Default::default();
        let opened = Opened::open_apart(project, &mut notices, &mut of_parcels)?;
        clock.lap(Stage::Read);
        progress.stage(&Stage::Prepare.name());
        let survey = opened.parcels.survey(opened.city.plane, options.wants_own_types())?;
        Ok(Self::of_layers(opened, survey, [notices, of_parcels], Kept::No))
    }

    fn of_layers(mut opened: Opened, survey: Survey, [notices, mut of_parcels]: [Notices; 2], kept: Kept<'a>) -> Self {
        survey.tell(&mut of_parcels);
        let Survey { extent, properties, .. } = survey;
        opened.forget_elsewhere(extent);
        Self { opened, assessor: None, extent, properties, notices, of_parcels, kept }
    }

    /// From a file that was given.
    fn of_file(
        project: &Project,
        path: &'a Path,
        options: &Options,
        progress: &dyn Progress,
        clock: &mut Clock,
    ) -> Result<Self, RunError> {
        if options.asks_layers_again() {
            return Err(StudyError::NotWith { path: path.to_owned() }.into());
        }
        let mut of_parcels = Notices::default();
        let ((study, settings), parcels) = rayon::join(
            || (PreparedStudy::open_later(path), project.decides()),
            || Opened::open_parcels(project, &mut of_parcels),
        );
        let (study, parcels) = (study?, parcels?);
        clock.lap(Stage::Read);
        progress.stage(&Stage::Prepare.name());
        let (made_of, plane) = (&study.made_of, parcels.plane());
        let is_asked_for = made_of.settings == settings && made_of.plane == plane;
        // What the parcels are like has to be known before only for formats that ask for it.
        let wants_types = options.wants_own_types();
        let survey =
            if wants_types || !is_asked_for { Some(parcels.reader().survey(plane, wants_types)?) } else { None };
        if let Some(survey) = survey.as_ref().filter(|_| !is_asked_for) {
            study::agree(path, made_of, &study::made_of(project, study::files_of(project)?, plane, survey.extent))?;
        }
        let extent = survey.as_ref().map(|survey| survey.extent);
        let kept = |made_of| Kept::Given { path, made_of, extent };
        Ok(Self::of_study(project, parcels, (study, path), survey, of_parcels, kept))
    }

    /// From the cache, where it has one.
    fn of_cache(
        project: &Project,
        (cache, distrusted): (&Path, Option<&Path>),
        options: &Options,
        progress: &dyn Progress,
        clock: &mut Clock,
    ) -> Result<Self, RunError> {
        let mut of_parcels = Notices::default();
        let wants_types = options.wants_own_types();
        let (parcels, files) = rayon::join(
            || {
                let parcels = Opened::open_parcels(project, &mut of_parcels)?;
                let survey = parcels.reader().survey(parcels.plane(), wants_types)?;
                Ok::<_, RunError>((parcels, survey))
            },
            || study::files_of(project),
        );
        // What is wrong is told where all of it is read.
        let found = parcels.ok().zip(files.ok()).map(|((parcels, survey), files)| {
            let (plane, extent) = (parcels.plane(), survey.extent);
            let made_of = study::made_of(project, files, plane, extent);
            let path = study::in_cache(cache, &made_of);
            let is_trusted = distrusted != Some(path.as_path());
            let study = is_trusted.then(|| study::from_cache(&path, &made_of, progress)).flatten();
            (parcels, survey, made_of, path, study)
        });
        let Some((parcels, survey, made_of, path, study)) = found else {
            let (mut notices, mut of_parcels) = Default::default();
            let opened = Opened::open_apart(project, &mut notices, &mut of_parcels)?;
            let survey = opened.parcels.survey(opened.city.plane, wants_types)?;
            clock.lap(Stage::Read);
            progress.stage(&Stage::Prepare.name());
            return Ok(Self::of_layers(opened, survey, [notices, of_parcels], Kept::No));
        };
        if let Some(study) = study {
            clock.lap(Stage::Read);
            progress.stage(&Stage::Prepare.name());
            return Ok(Self::of_study(project, parcels, (study, &path), Some(survey), of_parcels, |_| Kept::No));
        }
        let mut notices = Notices::default();
        let opened = Opened::read_layers(project, parcels, &mut notices, &mut of_parcels)?;
        clock.lap(Stage::Read);
        progress.stage(&Stage::Prepare.name());
        Ok(Self::of_layers(opened, survey, [notices, of_parcels], Kept::New { path, made_of }))
    }

    fn of_study(
        project: &Project,
        parcels: OpenedParcels,
        (study, path): (PreparedStudy, &Path),
        survey: Option<Survey>,
        mut of_parcels: Notices,
        kept: impl FnOnce(MadeOf) -> Kept<'a>,
    ) -> Self {
        let aside = study.aside();
        let (made_of, city, assessor) = (study.made_of, study.city, study.assessor);
        let mut told = study.told.from_folder(&project.base);
        let notices = std::mem::take(&mut told.notices);
        let opened = parcels.with(project, (city, told), (path.to_owned(), aside), &mut of_parcels);
        let extent = made_of.extent;
        if let Some(survey) = &survey {
            survey.tell(&mut of_parcels);
        }
        let properties = survey.and_then(|survey| survey.properties);
        let kept = kept(made_of);
        Self { opened, assessor: Some(assessor), extent, properties, notices, of_parcels, kept }
    }
}

impl<'a> Kept<'a> {
    /// What there is to be done beside the measuring. `notices` are those of the layers.
    pub(super) fn beside(self, project: &Project, opened: &Opened, notices: &Notices) -> Beside<'a> {
        match self {
            Self::No => Beside::Nothing,
            Self::Given { path, made_of, extent } => Beside::Check { path, made_of, extent },
            Self::New { path, made_of } => {
                Beside::Leave { path, made_of, told: Box::new(told(project, opened, notices)) }
            }
        }
    }
}

/// What is told of a study whose peaks are yet to be told.
pub(super) fn told(project: &Project, opened: &Opened, notices: &Notices) -> Told {
    Told {
        base: project.base.display().to_string(),
        layers: opened.layers.clone(),
        elsewhere: opened.elsewhere.clone(),
        timetables: ToldTimetables::default(),
        notices: notices.clone(),
    }
}
