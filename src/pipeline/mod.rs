//! What happens in which order? The whole run on one screen: open → assess → collect → seal.

mod batches;
mod check;
mod clock;
mod error;
mod explain;
mod gather;
mod grids;
mod map;
mod observe;
mod open;
mod options;
mod preflight;
mod report;
mod seal;
mod sweep;
mod timetables;

use std::sync::Arc;

use crate::assess::Groundwork;
use crate::collect::{SweepCounts, Variants};
use crate::notices::Notices;
use crate::outputs::ParcelLayout;
use crate::project::Project;
use crate::queries::Explainer;
use crate::runs::RunWriter;

pub use check::check;
use clock::Clock;
pub use clock::Stage;
pub use error::RunError;
pub use explain::{Explained, explain};
use gather::Gathered;
pub use observe::observe;
use open::Opened;
pub use options::{Options, Progress};
use preflight::Preflight;
pub use report::Report;
use seal::Run;

/// Does the main job: measures every parcel of a project against every criterion and writes the run folder.
///
/// The run uses the threads of the current rayon pool; its outputs do not depend on their number.
///
/// # Errors
/// Bad input, or a folder that cannot be written; then nothing is left behind.
pub fn run(project: &Project, options: &Options, progress: &dyn Progress) -> Result<Report, RunError> {
    let mut clock = Clock::start();

    progress.stage(&Stage::Read.name());
    let mut notices = Notices::default();
    let mut opened = Opened::open(project, &mut notices)?;
    clock.lap(Stage::Read);

    progress.stage(&Stage::Prepare.name());
    let terms = project.terms();
    let survey = opened.parcels.survey(opened.city.plane, options.wants_own_types())?;
    survey.tell(&mut notices);
    opened.forget_elsewhere(survey.extent);
    let Opened { city, from_plane, .. } = &opened;
    let (assessor, groundwork) = Groundwork::lay(city, opened.timetable(), &terms, survey.extent);
    let variants = options.peak_variants.then(|| Variants::new(&groundwork, &assessor, terms.transit.rule));
    let sweep = options.sweep.as_ref().map(|sweep| SweepCounts::new(&groundwork, &assessor, sweep));
    let flight = Preflight {
        opened: &opened,
        assessor: &assessor,
        parcels: survey.extent,
        planned_kind: project.planned_kind.as_deref(),
    };
    preflight::check(&flight, &mut notices)?;
    let set = terms.rules.set;
    let nearest = &assessor.study.nearest;
    let own = survey.properties.or_else(|| options.wants_types().then(Default::default));
    let layout = ParcelLayout::new(set, nearest, from_plane.clone(), own, &options.columns, options.cells);
    let layout = Arc::new(layout);
    clock.lap(Stage::Prepare);

    progress.stage(&Stage::Measure.name());
    let mut folder = RunWriter::begin(&options.out, opened.paths())?;
    let collectors = gather::collectors(options, &opened, &assessor, (variants, sweep), &layout, &mut folder)?;
    let explainer = options.columns.explains.then(|| Explainer::new(&groundwork, &assessor));
    let assess = (&assessor, explainer.as_ref());
    let (outputs, work) = batches::collect_explained(&opened, assess, collectors, options.wants_types(), progress)?;
    let mut gathered = Gathered::of(outputs, &mut notices)?;
    preflight::stops_without_peaks(&flight, Some(&gathered.open_stops), &mut notices);
    clock.share_out(work, gathered.writing());

    progress.stage(&Stage::Zones.name());
    let run = Run { project, options, opened: &opened, assessor: &assessor, layout: &layout, extent: survey.extent };
    if let Some(swept) = options.sweep.as_ref().zip(gathered.sweep.take()) {
        return run.seal_sweep(gathered, swept, &notices, folder, clock);
    }
    let beside = run.write_beside(&gathered, &mut folder, &mut notices)?;
    clock.lap(Stage::Zones);

    progress.stage(&Stage::Write.name());
    run.seal(gathered, &beside, &notices, folder, clock)
}
