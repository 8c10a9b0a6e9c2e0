//! What a run has to say of itself when it is done.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use super::gather::Gathered;
use super::seal::Run;
use crate::assess::set_by;
use crate::criteria::{Rules, World, Zone};
use crate::crs::Plane;
use crate::geometry::Shapes;
use crate::geometry::area::{area as plane_area, centroid};
use crate::layers::{Backdrop, EXPECTED, FileReport, LayerKey, LayerReport, LayerSpec, SUPPOSED, credit};
use crate::notices::{Notices, Severity};
use crate::project::Project;
use crate::queries::Spacing;
use crate::runs::{
    ErrorBounds, ExpectationRecord, FileRecord, Finished, InputRecord, NoticeRecord, Ordered, ParcelsRecord,
    PlaneRecord, ProjectRecord, RulesRecord, RunRecord, SelectionRecord, SetZonesRecord, Times, ToolRecord,
    TransitRecord, UnreadRecord, ZoneCount, ZonesRecord, hectares, sha256,
};
use crate::text::{Lang, Text};
use crate::transit::FeedReport;
use crate::units::SquareMetres;
use crate::zones::Candidates;

/// A finished run.
#[derive(Debug)]
pub struct Report {
    /// What its `run.json` says.
    pub record: RunRecord,
    /// The rules that it was judged by.
    pub rules: Rules,
    /// What its `times.json` says.
    pub times: Times,
    /// Its files, as they were placed; none of a run in memory.
    pub files: Vec<PathBuf>,
    /// The files of a run in memory, by name.
    pub in_memory: BTreeMap<String, Vec<u8>>,
    /// The file of parcels, which has no name, of a run that writes nothing else.
    pub parcels: Option<File>,
    /// What it found as tables, where they were asked for.
    #[cfg(feature = "geoparquet")]
    pub tables: Option<super::RunTables>,
}

impl Report {
    /// That of a run whose files are finished.
    pub(super) fn new(record: RunRecord, rules: Rules, times: Times, finished: Finished) -> Self {
        let (files, in_memory, parcels) = match finished {
            Finished::OnDisk(files) => (files, BTreeMap::new(), None),
            Finished::InMemory(files) => (Vec::new(), files, None),
            Finished::Nameless(file) => (Vec::new(), BTreeMap::new(), file),
        };
        Self {
            record,
            rules,
            times,
            files,
            in_memory,
            parcels,
            #[cfg(feature = "geoparquet")]
            tables: None,
        }
    }

    /// The timetables that were counted.
    #[must_use]
    pub fn feeds(&self) -> &[FeedReport] {
        self.record.transit.as_ref().map_or(&[], |transit| &transit.feeds)
    }

    /// Whether any notice asks as much of the reader as `least`, which `--strict` turns into an exit status.
    #[must_use]
    pub fn any_as_severe_as(&self, least: Severity) -> bool {
        self.record.notices.iter().any(|notice| notice.severity() <= least)
    }
}

/// The record of a run that has yet to name its files.
pub(super) fn record(
    run: &Run<'_>,
    gathered: &mut Gathered,
    spacing: Option<&Spacing>,
    notices: &Notices,
) -> RunRecord {
    let Run { project, opened, assessor, .. } = run;
    let totals = &gathered.totals;
    let counts = totals.counts.iter().map(|(zone, counts)| {
        let counts = counts.iter().map(|(&status, &count)| {
            (status, crate::runs::CountRecord { hectares: hectares(count.hectares), ..count })
        });
        (zone.id(), counts.collect())
    });
    let open = totals
        .open
        .iter()
        .map(|(zone, open)| (zone.id(), open.iter().map(|(&id, &parcels)| (id.to_owned(), parcels)).collect()));
    let note = |spec: &LayerSpec| spec.note.clone().unwrap_or_default();
    let expected = project.expectations.iter();
    RunRecord {
        tool: ToolRecord::default(),
        project: ProjectRecord { name: name(run), ..project_record(project) },
        plane: plane(opened.plane, &opened.plane_chosen_by),
        rules: rules(&assessor.judge.rules),
        expectations: expected
            .map(|(layer, spec)| ExpectationRecord { layer: layer.name().to_owned(), note: note(spec) })
            .collect(),
        scenario: opened.timetables.scenario(project, &opened.layers),
        transit: Some(TransitRecord::new(&project.transit, opened.timetables.feeds(), &opened.timetables.told.lines)),
        peak_variants: gathered.variants.take(),
        inputs: {
            let mut all = inputs(project, &opened.parcels.file_reports(), &opened.layers, totals.parcels);
            all.extend(run.ground.map(|ground| backdrop(&ground.read)));
            all
        },
        missing_layers: {
            let elsewhere = opened.elsewhere.keys().copied();
            let missing = opened.timetables.still_missing(project).into_iter().chain(elsewhere);
            missing.map(|layer| layer.name().to_owned()).collect()
        },
        public_land_units: opened.city.units().map(|units| units.origin.name().en.into_owned()),
        selection: selection(run),
        parcels: ParcelsRecord { count: totals.parcels, without_usable_geometry: totals.unusable },
        counts: counts.collect(),
        open: open.collect(),
        lacking: gathered.lacks.lacking.iter().map(|(zone, lacking)| (zone.id(), lacking.clone())).collect(),
        beside: gathered.lacks.beside.iter().map(|(zone, criteria)| (zone.id(), criteria.clone())).collect(),
        sweep: None,
        columns: run.options.columns.names().map(<[String]>::to_vec),
        own_properties_left_out: run.options.columns.drop_own,
        zones: assessor.by_zone.iter().map(|(zone, found)| (zone.id(), zones(found))).collect(),
        set_zones: set_zones(run),
        facility_pairs_too_close: spacing.map(|spacing| spacing.pairs.len()),
        notices: notice_records(notices),
        error_bounds: Some(ErrorBounds {
            circle_m: super::preflight::circle_bound(&run.extent, opened.plane),
            overlay_grid_m: crate::geometry::overlay::GRID_ERROR_M,
            share: 1.0 / crate::evidence::SHARE_STEPS,
        }),
        files: Vec::new(),
        outputs: Vec::new(),
    }
}

/// What the run is called. Wherever that stands, it says that the run is not of all parcels.
fn name(run: &Run<'_>) -> String {
    let name = run.project.full_name();
    if run.options.selection.is_all() {
        return name;
    }
    format!("{name} (selection: {} of {} parcels)", run.opened.parcels.len(), run.opened.parcels.of())
}

fn selection(run: &Run<'_>) -> Option<SelectionRecord> {
    let selection = &run.options.selection;
    (!selection.is_all()).then(|| SelectionRecord {
        bbox: selection.bbox.map(|bbox| bbox.degrees()),
        conditions: selection.filters.iter().map(|filter| filter.written.clone()).collect(),
        limit: selection.limit,
        of: run.opened.parcels.of() as u64,
    })
}

pub(super) fn project_record(project: &Project) -> ProjectRecord {
    ProjectRecord {
        name: project.full_name(),
        file: project.file.display().to_string(),
        municipality: project.municipality.clone(),
        area_division: project.area_division,
        planned_kind: project.planned_kind.clone(),
        is_found: project.is_found,
        set: project.settings.clone(),
        settings_sha256: project.settings_sha256(),
        map: project.map.clone(),
    }
}

fn plane(plane: Plane, chosen_by: &Text) -> PlaneRecord {
    let title = plane.title();
    PlaneRecord {
        name: plane.name(),
        name_ja: title.ja.into_owned(),
        chosen_by: chosen_by.en.to_string(),
        chosen_by_ja: chosen_by.ja.to_string(),
    }
}

pub(super) fn rules(rules: &Rules) -> RulesRecord {
    let thresholds = rules.thresholds.all().iter();
    let required = |zone: Zone| zone.criteria().map(str::to_owned).collect();
    RulesRecord {
        set: rules.set.id.to_owned(),
        title: rules.set.title.en.to_string(),
        file_sha256: (!rules.set.is_shipped()).then(|| sha256(rules.set.text.as_bytes())),
        unread: unread(rules),
        required: rules.zones().map(|zone| (zone.id(), required(zone))).collect(),
        thresholds: thresholds.filter_map(|one| Some((one.key, rules.thresholds.get(one.key)?))).collect(),
        waived: rules.waived.iter().map(|(&id, reason)| (id.to_owned(), reason.clone())).collect(),
    }
}

/// What could not be read in a primary source, of the rule set and of the criteria that are asked for.
fn unread(rules: &Rules) -> Vec<UnreadRecord> {
    let record = |criterion: Option<&str>, what: &Text| UnreadRecord {
        criterion: criterion.map(str::to_owned),
        what: what.en.to_string(),
        what_ja: what.ja.to_string(),
    };
    let of_set = rules.set.unread.iter().map(|what| record(None, what));
    let criteria = rules.set.criteria.iter().filter(|one| rules.asks_for(one) || rules.tells(one));
    of_set.chain(criteria.filter_map(|one| Some(record(Some(one.id), one.unread.as_ref()?)))).collect()
}

/// The parcels first, then every other layer.
pub(super) fn inputs(
    project: &Project,
    parcels: &[FileReport],
    layers: &[LayerReport],
    count: u64,
) -> Vec<InputRecord> {
    let files = |layer: &str, files: &[FileReport]| {
        let source = source_of(project, layer);
        files.iter().map(|one| file(one, source)).collect()
    };
    let parcels = InputRecord {
        layer: LayerKey::Parcels.name().to_owned(),
        files: files(LayerKey::Parcels.name(), parcels),
        fields: None,
        used: count,
        note: None,
    };
    let others = layers.iter().map(|layer| InputRecord {
        layer: layer.name.clone(),
        files: files(&layer.name, &layer.files),
        fields: Some(layer.fields.iter().map(|(&role, field)| (role.to_owned(), field.clone())).collect()),
        used: layer.used as u64,
        note: Some(layer.note.clone()),
    });
    std::iter::once(parcels).chain(others).collect()
}

/// Where the project file says that a layer is from, as a run calls it.
fn source_of<'p>(project: &'p Project, layer: &str) -> Option<&'p str> {
    let (layers, key) = match (layer.strip_prefix(EXPECTED), layer.strip_prefix(SUPPOSED)) {
        (Some(key), _) => (&project.expectations, key),
        (_, Some(key)) => (&project.supposed, key),
        _ => (&project.layers, layer),
    };
    layers.iter().find(|(known, _)| known.name() == key)?.1.source.as_deref()
}

/// What lies under maps, as the last of the inputs.
fn backdrop(read: &Backdrop) -> InputRecord {
    let report = &read.report;
    InputRecord {
        layer: report.name.clone(),
        files: report.files.iter().zip(&read.sources).map(|(one, source)| file(one, source.as_deref())).collect(),
        fields: Some(BTreeMap::new()),
        used: report.used as u64,
        note: Some(report.note.clone()),
    }
}

/// A file, and whose data it is: what the project file says, else what it was recognised as.
fn file(file: &FileReport, source: Option<&str>) -> FileRecord {
    let source = source.map_or_else(|| credit(&file.source.path, file.published.as_deref()), |said| Some(said.into()));
    let crs = |lang| file.crs.as_ref().map(|crs| crs.name.get(lang).to_owned());
    let crs_from = |lang| file.crs.as_ref().map(|crs| crs.found_in.get(lang).to_owned());
    FileRecord {
        path: file.source.path.display().to_string(),
        format: file.source.format.en.to_string(),
        sha256: file.source.sha256.hex().to_owned(),
        crs: crs(Lang::En),
        crs_ja: crs(Lang::Ja),
        crs_from: crs_from(Lang::En),
        crs_from_ja: crs_from(Lang::Ja),
        datum_grids: file.crs.as_ref().map(|crs| crs.grids.clone()).unwrap_or_default(),
        encoding: file.source.encoding.as_ref().map(|said| said.en.to_string()),
        features: file.source.features,
        source: source.as_ref().map(|said: &Text| said.en.to_string()),
        source_ja: source.map(|said| said.ja.into_owned()),
    }
}

/// How many candidate zones of each status there are, and how large they are together.
/// The zones that a plan has set, by the kinds at which others look.
fn set_zones(Run { opened, assessor, .. }: &Run<'_>) -> Ordered<SetZonesRecord> {
    let city = &opened.city;
    let record = |zone: Zone| {
        let (layer, pieces) = (set_by(zone, city)?, assessor.pieces.get(zone.id())?);
        let sure = pieces.in_world(World::Sure).filter_map(|(_, piece)| piece.region.pieces());
        let (mut zones, mut area) = (0, SquareMetres(0.0));
        for piece in sure.flat_map(Shapes::iter) {
            zones += 1;
            area = area + city.scale.ground_area(plane_area(&piece), centroid(&piece).unwrap_or_default());
        }
        let (layer, open) = (layer.name().to_owned(), city.is_unsure_of(layer));
        Some((zone.id(), SetZonesRecord { layer, zones, hectares: hectares(area.hectares()), open }))
    };
    assessor.judge.rules.zones().filter_map(record).collect()
}

fn zones(found: &Candidates) -> ZonesRecord {
    let mut record =
        ZonesRecord { slivers_dropped: found.slivers, unbounded: found.unbounded, ..ZonesRecord::default() };
    for zone in &found.zones {
        let count: &mut ZoneCount = record.by_status.entry(zone.status).or_default();
        count.zones += 1;
        count.hectares += zone.area.hectares();
        if let Some(answer) = zone.facts.meets_as_a_whole() {
            *record.as_a_whole.entry(answer.to_owned()).or_default() += 1;
        }
    }
    record.by_status.values_mut().for_each(|count| count.hectares = hectares(count.hectares));
    record
}

fn notice_records(notices: &Notices) -> Vec<NoticeRecord> {
    notices.iter().map(|(place, kind, found)| NoticeRecord::new(place, kind, found)).collect()
}
