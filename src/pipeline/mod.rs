//! What happens in which order? The whole run on one screen: read → project → regions → measure → judge → zones → write.

mod chunk;
mod clock;
mod doubles;
mod error;
mod flaws;
mod ground;
mod map;
mod parcels;
mod preflight;
mod products;
mod tally;
mod timetables;
mod variants;
mod zones;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::criteria::Zone;
use crate::crs::FromPlane;
use crate::layers::{LayerSpec, read_city};
use crate::notices::{Kind, Notices, Severity};
use crate::outputs::{Expectation, Folder, Layout, Open, ParcelOutput, Report, Seconds, run_json, write_map};
use crate::project::Project;

use chunk::Means;
use clock::{Clock, Stage};
pub use error::RunError;
use ground::{Basis, prepare_and_keep};
pub use ground::{Prepared, prepare};
use map::Mapping;
use parcels::{Lots, Outcome};
use preflight::Preflight;
use products::Products;
use variants::variants;

/// How a run is to be done; the project says what.
#[derive(Debug, Clone)]
pub struct Options {
    /// The run folder.
    pub out: PathBuf,
    /// The formats of the parcels.
    pub formats: Vec<&'static ParcelOutput>,
    /// Whether to write the map.
    pub map: bool,
    /// Whether to say what would change under other rules of counting timetables.
    pub peak_variants: bool,
}

/// Somebody who wants to know how far a run is.
pub trait Watch: Sync {
    /// A stage begins.
    fn stage(&self, name: &'static str);
    /// So many of all parcels are done.
    fn parcels(&self, done: u64, of: u64);
}

/// Does the main job: measures every parcel of a project against every criterion and writes the run folder.
///
/// The run uses the threads of the current rayon pool; its outputs do not depend on their number.
///
/// # Errors
/// Bad input, or a folder that cannot be written; then nothing is left behind.
pub fn run(project: &Project, options: &Options, watch: &dyn Watch) -> Result<Report, RunError> {
    let mut clock = Clock::start();
    let mut notices = Notices::default();

    watch.stage("read");
    let lots = Lots::open(project, &mut notices)?;
    let (plane, plane_chosen_by) = lots.plane(project)?;
    let (mut city, mut layers) = read_city(&project.sources(), plane, &mut notices)?;
    let timetables = timetables::read(project, &mut city, &mut notices)?;
    layers.extend(timetables.layer());
    tell_what_was_left(project, &mut notices);
    clock.lap(Stage::Read);

    watch.stage("prepare");
    let typed = options.formats.iter().any(|format| format.typed);
    let (extent, properties) = lots.survey(plane, typed)?;
    let basis = Basis { city: &city, project, timetable: timetables.timetable.as_ref(), settings: &project.transit };
    let (prepared, fixed) = prepare_and_keep(basis, extent);
    let variants = if options.peak_variants { variants(basis, &fixed, &prepared, extent) } else { Vec::new() };
    if prepared.far_stops > 0 {
        notices.add_many("stops", &FAR_STOPS, prepared.far_stops as u64, "a file of a larger area");
    }
    let from_plane = FromPlane::new(plane);
    let flight = Preflight {
        project,
        city: &city,
        layers: &layers,
        timetable: basis.timetable,
        prepared: &prepared,
        parcels: extent,
        from_plane: &from_plane,
    };
    preflight::check(&flight, &mut notices);
    let layout = Layout::new(&prepared.study.nearest, from_plane.clone(), properties);
    clock.lap(Stage::Prepare);

    watch.stage("measure");
    let mut folder = Folder::begin(&options.out)?;
    let parcel_files = lots.file_reports();
    let files = parcel_files.iter().chain(layers.iter().flat_map(|layer| &layer.files));
    folder.protect(files.map(|file| file.source.path.as_path()));
    let mapping = options.map.then(|| Mapping::new(&city, &prepared, &from_plane));
    let means = Means { prepared: &prepared, variants: &variants, layout: &layout, options, mapping: mapping.as_ref() };
    let Outcome { tally, sinks, map } = lots.judge(means, &mut folder, watch)?;
    notices.merge(tally.notices);
    clock.share_out(tally.work);

    watch.stage("zones");
    let products = Products {
        project,
        city: &city,
        timetables: &timetables,
        prepared: &prepared,
        from_plane: &from_plane,
        extent,
    };
    let (beside, spacing) = products.write(&tally.by_candidate, &mut folder)?;
    clock.lap(Stage::Zones);

    watch.stage("write");
    if options.formats.iter().any(|format| format.styled_beside) {
        folder.write("parcels.qml", layout.qml(Zone::Central).as_bytes())?;
    }
    for sink in sinks {
        sink.finish(&beside)?;
    }
    let mut report = Report {
        name: name_of_run(project),
        project: project.file.clone(),
        municipality: project.municipality.clone(),
        plane: (plane.name(), plane_chosen_by),
        rules: project.rules.clone(),
        planned_kind: project.planned_kind.clone(),
        expectations: declared_expectations(project),
        transit: timetables.report(project),
        scenario: timetables.scenario(project),
        variants: options
            .peak_variants
            .then(|| variants.iter().zip(tally.variants).map(|(variant, changes)| variant.report(changes)).collect()),
        parcel_files,
        layers,
        missing: timetables.still_missing(project),
        land_units: city.units.as_ref().map(|units| units.origin),
        parcels: (tally.parcels, tally.unusable),
        counts: tally.counts,
        open: by_zone(tally.open),
        zones: zones::totals(&prepared),
        close_pairs: spacing.as_ref().map(|spacing| spacing.pairs.len()),
        notices,
        circle_error_m: crate::regions::MAX_ERROR.0,
        grid_error_m: crate::geometry::overlay::GRID_ERROR_M,
        seconds: Seconds::default(),
        files: Vec::new(),
    };
    if let Some(parcels) = map {
        let basis = map::basis((project, &city), &prepared, (&report, &layout), spacing.as_ref());
        write_map(&parcels, &beside, &basis, &mut folder)?;
    }
    clock.lap(Stage::Write);
    report.seconds = clock.seconds();
    let mut names = folder.files().to_vec();
    names.push("run.json".to_owned());
    folder.write("run.json", &run_json(&report, &names))?;
    report.files = folder.finish()?;
    report.seconds = clock.seconds();
    Ok(report)
}

/// The project's name; a what-if says in it that it is one, wherever the name goes.
fn name_of_run(project: &Project) -> String {
    match &project.scenario {
        Some(scenario) => format!("{} (what-if: {})", project.name, scenario.note),
        None => project.name.clone(),
    }
}

/// The reasons by zone.
fn by_zone(open: BTreeMap<(Zone, &'static str), u64>) -> BTreeMap<Zone, Vec<Open>> {
    let mut by_zone: BTreeMap<Zone, Vec<Open>> = BTreeMap::new();
    for ((zone, criterion), parcels) in open {
        by_zone.entry(zone).or_default().push(Open { criterion, parcels });
    }
    by_zone
}

/// Stops of a national file, for instance.
static FAR_STOPS: Kind = Kind {
    id: "far-stops",
    severity: Severity::Info,
    what: "station(s) and stop(s) too far from every parcel for any zone here to owe its place to",
    advice: "",
};

/// Files of a folder without a project file that were taken for nothing.
static NOT_A_LAYER: Kind = Kind {
    id: "not-a-layer",
    severity: Severity::Info,
    what: "file(s) of the folder not taken for any layer",
    advice: "",
};

/// Tells of the files that were taken for nothing.
fn tell_what_was_left(project: &Project, notices: &mut Notices) {
    for (path, reason) in &project.left {
        notices.add("folder", &NOT_A_LAYER, format_args!("{}: {reason}", path.display()));
    }
}

/// What the planner expects, as the project file says it.
fn declared_expectations(project: &Project) -> Vec<Expectation> {
    let note = |spec: &LayerSpec| spec.note.clone().unwrap_or_default();
    project.expectations.iter().map(|(layer, spec)| Expectation { layer: layer.name(), note: note(spec) }).collect()
}
