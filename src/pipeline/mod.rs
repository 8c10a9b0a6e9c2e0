//! What happens in which order? The whole run on one screen: open → assess → collect → seal.

mod addition;
mod backdrop;
mod basis;
mod batches;
mod begin;
mod check;
mod clock;
mod drawn;
mod error;
mod explain;
mod facilities;
mod gather;
mod grids;
mod line_numbers;
mod map;
mod observe;
mod open;
mod options;
mod preflight;
mod prepare;
mod report;
mod seal;
mod site;
mod spacing;
mod study;
mod survey;
mod sweep;
#[cfg(feature = "geoparquet")]
mod table_assessor;
mod tables;
mod timetables;

use std::path::Path;
use std::sync::Arc;

use crate::assess::Groundwork;
use crate::collect::{SweepCounts, Variants};
use crate::outputs::ParcelLayout;
use crate::prepared::StudyError;
use crate::project::Project;
use crate::queries::Explainer;
use crate::runs::RunWriter;

pub use addition::{AdditionError, Findings, add_to_run};
use backdrop::Ground;
pub use basis::Basis;
use begin::Begun;
pub use check::check;
use clock::Clock;
pub use clock::Stage;
pub use drawn::{DrawnReport, assess};
pub use error::RunError;
pub use explain::{Explained, explain};
pub use facilities::{facilities_of_file, facilities_of_project};
use gather::Gathered;
pub use observe::observe;
#[cfg(feature = "maps")]
pub use options::MapFiles;
pub use options::{Options, Progress, Writes};
use preflight::Preflight;
pub use prepare::{FreshStudy, Prepared, prepare, without_layers};
pub use report::Report;
use seal::Run;
pub use site::{SiteOptions, SiteReport, site};
pub use spacing::{SpacingOptions, SpacingReport, spacing};
pub use study::fingerprint;
pub use survey::{SurveyReport, survey};
#[cfg(feature = "geoparquet")]
pub use table_assessor::{AssessedTable, TableAssessor, TableOptions};
#[cfg(feature = "geoparquet")]
pub use tables::RunTables;

/// Does the main job: measures every parcel of a project against every criterion and writes the run folder.
///
/// The run uses the threads of the current rayon pool; its outputs do not depend on their number.
///
/// # Errors
/// Bad input, or a folder that cannot be written; then nothing is left behind.
pub fn run(project: &Project, options: &Options, progress: &dyn Progress) -> Result<Report, RunError> {
    options.check()?;
    match begun_with(project, options, None, progress) {
        // Of the cache nobody knows that it is damaged before all of it has been asked for.
        Err(RunError::Study(error)) if options.study.is_none() => {
            let StudyError::Damaged { path } = &error else { return Err(error.into()) };
            study::tell_no_good(&error, progress);
            begun_with(project, options, Some(path), progress)
        }
        done => done,
    }
}

/// The same, where a file of the cache may be known to be damaged.
fn begun_with(
    project: &Project,
    options: &Options,
    damaged: Option<&Path>,
    progress: &dyn Progress,
) -> Result<Report, RunError> {
    let mut clock = Clock::start();
    let begun = Begun::begin(project, options, damaged, progress, &mut clock)?;
    let Begun { mut opened, assessor, extent, properties, mut notices, mut of_parcels, kept } = begun;

    opened.parcels.select(&options.selection, opened.plane)?;
    let terms = project.terms();
    let (assessor, groundwork) = if let Some(assessor) = assessor {
        (assessor, None)
    } else {
        let (assessor, groundwork) = Groundwork::lay(&opened.city, opened.timetable(), &terms, extent);
        (assessor, Some(groundwork))
    };
    let variants = groundwork.as_ref().filter(|_| options.peak_variants);
    let variants = variants.map(|groundwork| Variants::new(groundwork, &assessor, terms.transit.rule));
    let sweep = groundwork.as_ref().zip(options.sweep.as_ref());
    let sweep = sweep.map(|(groundwork, sweep)| SweepCounts::new(groundwork, &assessor, sweep));
    let planned_kind = project.planned_kind.as_deref();
    let flight = Preflight { opened: &opened, assessor: &assessor, parcels: extent, planned_kind };
    if let Some(groundwork) = &groundwork {
        preflight::check(&flight, &mut notices)?;
        preflight::set_zones(&flight, groundwork, &mut notices);
    }
    let beside = kept.beside(project, &opened, &notices);
    // What a study keeps is told without it: nothing is judged by what lies under a map.
    let is_drawn = options.sweep.is_none() && options.writes == Writes::All;
    let ground = if is_drawn { Ground::read(project, opened.plane, extent, &mut of_parcels)? } else { None };
    let own = properties.or_else(|| options.wants_types().then(Default::default));
    let layout = ParcelLayout::new(&assessor, opened.from_plane.clone(), own, &options.columns, options.writing);
    let layout = Arc::new(layout);
    clock.lap(Stage::Prepare);

    go_on(progress)?;
    progress.stage(&Stage::Measure.name());
    let mut folder = match &options.out {
        _ if options.writes == Writes::ParcelsAlone => RunWriter::nameless(),
        Some(out) => {
            let inputs = opened.paths().into_iter().chain(ground.iter().flat_map(Ground::paths));
            RunWriter::begin(out, inputs)?
        }
        None => RunWriter::in_memory(),
    };
    let collectors = gather::collectors(options, &opened, &assessor, (variants, sweep), &layout, &mut folder)?;
    // What the city was drawn from is let go of where nobody asks for it any more.
    let groundwork = groundwork.filter(|_| options.columns.explains);
    let explainer = groundwork.as_ref().map(|groundwork| Explainer::new(groundwork, &assessor));
    let assess = (&assessor, explainer.as_ref());
    let (measured, done) = rayon::join(
        || batches::collect_explained(&opened, assess, collectors, options.wants_types(), progress),
        || beside.done(project, &opened, &assessor, progress),
    );
    if let Some(survey) = done? {
        survey.tell(&mut of_parcels);
    }
    let (outputs, work) = measured?;
    notices.merge(of_parcels);
    let mut gathered = Gathered::of(outputs, &mut notices)?;
    preflight::stops_without_peaks(&flight, Some(&gathered.open_stops), &mut notices);
    clock.share_out(work, gathered.writing());

    progress.stage(&Stage::Zones.name());
    let run = Run {
        project,
        options,
        opened: &opened,
        assessor: &assessor,
        layout: &layout,
        extent,
        ground: ground.as_ref(),
    };
    if let Some(swept) = options.sweep.as_ref().zip(gathered.sweep.take()) {
        return run.seal_sweep(gathered, swept, &notices, (folder, progress), clock);
    }
    if options.writes == Writes::ParcelsAlone {
        return run.seal_parcels(gathered, &notices, (folder, progress), clock);
    }
    let beside = run.write_beside(&gathered, &mut folder, &mut notices)?;
    clock.lap(Stage::Zones);

    go_on(progress)?;
    progress.stage(&Stage::Write.name());
    run.seal(gathered, &beside, &notices, (folder, progress), clock)
}

/// Ends what nobody wants any more.
fn go_on(progress: &dyn Progress) -> Result<(), RunError> {
    if progress.is_cancelled() { Err(RunError::Cancelled) } else { Ok(()) }
}
