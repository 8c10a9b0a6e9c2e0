//! Where can new facilities stand, all far enough from one another? The project is put together as for a run, its parcels are judged, and a
//! set is chosen of those that may be sites for certain.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::basis::Basis;
use super::grids::Grids;
use super::open::Opened;
use super::preflight::{self, Preflight};
use super::{Findings, Progress, RunError, Stage, batches};
use crate::assess::Groundwork;
use crate::collect::{FoundParcels, SiteParcels};
use crate::criteria::Rules;
use crate::crs::{FromPlane, Plane, ScaleField};
use crate::geometry::Shapes;
use crate::inputs::ReadOptions;
use crate::layers::{Content, LayerKey, LayerSpec, Onto, read_drawn, read_places};
use crate::notices::Notices;
use crate::products::{site_circles, sites};
use crate::project::Project;
use crate::queries::{
    FixedPlace, FixedSite, Merged, Most, SiteAnswer, SiteCandidate, SiteError, SiteField, SiteQuestion, SiteRules,
    choose_sites, merged, site_document, site_rules,
};
use crate::regions::Region;
use crate::text::Text;
use crate::units::{Metres, SquareMetres};

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct SiteOptions {
    /// The zone, where several of the rules ask how far facilities stand apart.
    pub zone: Option<String>,
    /// Of what there is to be most.
    pub most: Most,
    /// How near a resident is near.
    pub within: Metres,
    /// No more sites than so many.
    pub max: Option<usize>,
    /// A file with sites that are taken already.
    pub fixed: Option<String>,
    /// A file with areas in which none may be.
    pub exclude: Option<String>,
    /// The coordinate reference system of these files; `None`: they say it.
    pub crs: Option<String>,
    /// Whether neighbouring parcels may be one site together.
    pub merge: bool,
    /// Whether parcels that may be sites once the planner's expectations 見込み come true are candidates as well.
    pub expected: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct SiteReport {
    /// The sites.
    pub answer: SiteAnswer,
    /// What was asked.
    pub question: SiteQuestion,
    /// The zone and its numbers.
    pub site_rules: SiteRules,
    /// The rules.
    pub rules: Rules,
    /// What sites that are taken are called.
    pub fixed: Vec<String>,
    /// How many eligible parcels lie in what was left out.
    pub excluded: usize,
    /// How many candidates are parcels put together, and how many of these were too many to be looked at; `None` where nobody asked.
    pub merged: Option<[usize; 2]>,
    /// How many parcels there are of each status, in the order of [`crate::verdicts::Status::ALL`].
    pub statuses: [u64; 4],
    /// Whether parcels that may be sites once expectations come true were candidates as well.
    pub expected: bool,
    /// Whether the project says which kind of facility is planned.
    pub knows_kind: bool,
    /// The plane.
    pub plane: Plane,
    /// From there to longitude and latitude.
    pub from_plane: FromPlane,
    /// What was noticed of the input.
    pub notices: Notices,
    /// Every file that was read.
    pub paths: Vec<PathBuf>,
    /// On what it rests.
    pub basis: Basis,
}

impl SiteReport {
    /// What was found, for programs and for maps.
    #[must_use]
    pub fn findings(&self) -> Findings {
        let Self { answer, site_rules, question, fixed, merged, from_plane, .. } = self;
        let scale = ScaleField::new(self.plane);
        Findings {
            basis: self.basis.clone(),
            document: site_document(answer, site_rules, question, (fixed, *merged), from_plane),
            product: sites(&answer.sites, from_plane),
            beside: Some(site_circles(&answer.sites, question.spacing, &scale, from_plane)),
        }
    }
}

/// Chooses sites.
///
/// # Errors
/// Bad input.
pub fn site(project: &Project, options: &SiteOptions, progress: &dyn Progress) -> Result<SiteReport, RunError> {
    progress.stage(&Stage::Read.name());
    let mut notices = Notices::default();
    let site_rules = site_rules(&project.rules, options.zone.as_deref())?;
    let lists = [&options.fixed, &options.exclude].map(|file| file.as_deref().filter(|file| is_list(file)));
    let [fixed_ids, excluded_ids] = lists.map(|file| file.map(read_list).transpose());
    let lists = [fixed_ids?, excluded_ids?];
    let mut opened = Opened::open(project, &mut notices)?;
    let plane = opened.city.plane;
    let grids = Grids::read(project).map_err(RunError::of)?;
    let onto = Onto { plane, grids: &grids.all };
    let mut paths = Vec::new();
    let mut fixed = read_fixed(spec(options, options.fixed.as_deref()), onto, &mut notices, &mut paths)?;
    let excluded = read_excluded(spec(options, options.exclude.as_deref()), onto, &mut notices, &mut paths)?;

    progress.stage(&Stage::Prepare.name());
    let terms = project.terms();
    let survey = opened.parcels.survey(plane, false)?;
    survey.tell(&mut notices);
    let extent = survey.extent;
    opened.forget_elsewhere(extent);
    if options.most == Most::Seniors && opened.city.census().is_none() {
        return Err(SiteError::NoCensus.into());
    }
    let (assessor, work) = Groundwork::lay(&opened.city, opened.timetable(), &terms, extent);
    let planned_kind = project.planned_kind.as_deref();
    let flight = Preflight { opened: &opened, assessor: &assessor, parcels: extent, planned_kind };
    preflight::check(&flight, &mut notices)?;
    preflight::set_zones(&flight, &work, &mut notices);

    progress.stage(&Stage::Measure.name());
    let is_named = |id: &str| lists.iter().flatten().any(|list| list.ids.contains_key(id));
    let collector = SiteParcels::new(&assessor, site_rules, [options.merge, options.expected], &is_named);
    let (found, _) = batches::collect(&opened, &assessor, collector, false, progress)?;
    lists.iter().flatten().try_for_each(|list| list.check(&found))?;
    fixed.extend(of_list(lists[0].as_ref(), &found));

    progress.stage(&Text::new("敷地の選択", "choosing sites"));
    let statuses = found.statuses;
    let least = site_rules.area_key.and_then(|key| terms.rules.thresholds.get(key)).filter(|_| options.merge);
    let Merged { candidates: together, left_out: beyond } =
        least.map(|least| merged(&found.parcels, SquareMetres(least))).unwrap_or_default();
    let merged = options.merge.then_some([together.len(), beyond]);
    let alone = found.parcels.iter().filter(|parcel| parcel.is_site);
    let mut all: Vec<SiteCandidate> = alone.map(|parcel| SiteCandidate::of(&[parcel])).collect();
    all.extend(together);
    let before = all.len();
    let left_out = excluded.as_ref().map(|shapes| Region::union_of(&[shapes]).index());
    let is_in = |one: &SiteCandidate| {
        let is_listed = lists[1].as_ref().is_some_and(|list| one.ids.iter().any(|id| list.ids.contains_key(id)));
        let shape = one.shape.get(0);
        let area = || {
            left_out
                .as_ref()
                .is_some_and(|area| area.area_of(&shape, &mut crate::regions::Scratch::default()) > LEAST_M2)
        };
        is_listed || area()
    };
    let candidates: Vec<SiteCandidate> = all.into_iter().filter(|one| !is_in(one)).collect();
    let excluded = before - candidates.len();
    let question =
        SiteQuestion { most: options.most, within: options.within, max: options.max, spacing: site_rules.spacing };
    let names = fixed.iter().map(|one| one.name.clone()).collect();
    let field = SiteField { candidates, fixed, census: opened.city.census(), scale: &assessor.study.scale };
    let answer = choose_sites(field, &question);
    opened.check_unchanged()?;
    paths.extend(opened.paths());
    paths.extend(lists.iter().flatten().map(|list| list.path.clone()));
    let basis = Basis::of(project, &opened, &terms.rules);
    Ok(SiteReport {
        answer,
        question,
        site_rules,
        rules: terms.rules.clone(),
        fixed: names,
        excluded,
        merged,
        statuses,
        expected: options.expected,
        knows_kind: planned_kind.is_some(),
        plane,
        from_plane: opened.from_plane.clone(),
        notices,
        paths,
        basis,
    })
}

/// What boundaries that are meant to be the same have in common, m²: as fine as areas are told.
const LEAST_M2: f64 = 1e-3;

/// Sites that are taken already, of a file with places.
fn read_fixed(
    spec: Option<LayerSpec>,
    onto: Onto<'_>,
    notices: &mut Notices,
    paths: &mut Vec<PathBuf>,
) -> Result<Vec<FixedSite>, RunError> {
    let Some(spec) = spec else { return Ok(Vec::new()) };
    let read = read_places(LayerKey::own("fixed", Content::Facilities), &spec, onto, notices)?;
    none_lost("--fixed", &spec, read.lost)?;
    paths.extend(read.report.files.iter().map(|file| file.source.path.clone()));
    let site = |place: crate::layers::Facility| FixedSite {
        name: place.name.unwrap_or_else(|| place.number.to_string()),
        place: FixedPlace::Drawn(place.parts),
    };
    Ok(read.places.into_iter().map(site).collect())
}

/// Areas in which no site may be, of a file with polygons.
fn read_excluded(
    spec: Option<LayerSpec>,
    onto: Onto<'_>,
    notices: &mut Notices,
    paths: &mut Vec<PathBuf>,
) -> Result<Option<Shapes>, RunError> {
    let Some(spec) = spec else { return Ok(None) };
    let read = read_drawn(&spec, onto, notices)?;
    none_lost("--exclude", &spec, read.lost)?;
    paths.extend(read.report.files.iter().map(|file| file.source.path.clone()));
    Ok(Some(read.shapes))
}

fn none_lost(option: &'static str, spec: &LayerSpec, count: usize) -> Result<(), SiteError> {
    if count == 0 { Ok(()) } else { Err(SiteError::Lost { option, path: spec.paths.join(", "), count }) }
}

/// How a file is read that is no list of ids.
fn spec(options: &SiteOptions, file: Option<&str>) -> Option<LayerSpec> {
    let file = file.filter(|file| !is_list(file))?;
    let read = ReadOptions { crs: options.crs.clone(), ..ReadOptions::default() };
    Some(LayerSpec { paths: vec![file.to_owned()], read, ..LayerSpec::default() })
}

/// Whether a file is a list of ids of parcels: a text file, in which nothing has a place.
fn is_list(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
}

/// Ids of parcels, each with its line.
struct List {
    path: PathBuf,
    ids: BTreeMap<String, usize>,
}

fn read_list(file: &str) -> Result<List, SiteError> {
    let path = PathBuf::from(file);
    let text = std::fs::read_to_string(&path).map_err(|source| SiteError::List { path: path.clone(), source })?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).zip(1..);
    let ids = lines.filter(|(id, _)| !id.is_empty() && !id.starts_with('#')).map(|(id, line)| (id.to_owned(), line));
    let ids: BTreeMap<String, usize> = ids.collect();
    if ids.is_empty() { Err(SiteError::EmptyList { path }) } else { Ok(List { path, ids }) }
}

impl List {
    /// Makes sure that all of it is there.
    fn check(&self, found: &FoundParcels) -> Result<(), SiteError> {
        let there: BTreeSet<&str> = found.parcels.iter().map(|parcel| parcel.id.as_str()).collect();
        let mut lines: Vec<(&String, &usize)> = self.ids.iter().collect();
        lines.sort_by_key(|(_, line)| **line);
        for (id, &line) in lines {
            let (path, id) = (self.path.clone(), id.clone());
            if found.shapeless.contains(&id) {
                return Err(SiteError::NoShape { path, line, id });
            }
            if !there.contains(id.as_str()) {
                return Err(SiteError::NoParcel { path, line, id });
            }
        }
        Ok(())
    }
}

/// The parcels of a list as sites that are taken.
fn of_list(list: Option<&List>, found: &FoundParcels) -> Vec<FixedSite> {
    let Some(list) = list else { return Vec::new() };
    let named = found.parcels.iter().filter(|parcel| list.ids.contains_key(&parcel.id));
    named.map(|parcel| FixedSite { name: parcel.id.clone(), place: FixedPlace::Parcel(parcel.shape.clone()) }).collect()
}
